import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest

from missionwire.pipeline.siblings import Waiting, answers_of

S = TypeVar("S")
T = TypeVar("T")


def waiting(ask: Callable[[S], Coroutine[Any, Any, T]]) -> Callable[[S], T | Waiting[T]]:
    return lambda each: Waiting(ask(each))


async def test_those_that_have_nothing_to_wait_for_cost_no_task() -> None:
    before = asyncio.all_tasks()

    def at_once(number: int) -> int:
        assert asyncio.all_tasks() == before
        return number * 2

    assert await answers_of(at_once, [1, 2, 3]) == [2, 4, 6]


async def test_those_that_wait_do_so_at_the_same_time_and_answers_stand_in_order() -> None:
    met = asyncio.Barrier(3)

    async def meet(number: int) -> int:
        await met.wait()
        return number

    def begin(number: int) -> int | Waiting[int]:
        return Waiting(meet(number)) if number % 2 else number

    assert await asyncio.wait_for(answers_of(begin, [0, 1, 2, 3, 4, 5]), 5) == [0, 1, 2, 3, 4, 5]


async def test_what_waits_stays_in_the_task_in_which_it_began() -> None:
    async def stay(number: int, task: asyncio.Task[Any] | None) -> str:
        await asyncio.sleep(0)
        assert asyncio.current_task() is task
        return f"{number} stayed"

    def begin(number: int) -> str | Waiting[str]:
        return Waiting(stay(number, asyncio.current_task()))

    assert await answers_of(begin, [1, 2, 3]) == ["1 stayed", "2 stayed", "3 stayed"]


async def test_all_are_called_off_with_the_one_who_asks() -> None:
    began, ended = asyncio.Semaphore(0), []

    async def hang(number: int) -> None:
        began.release()
        try:
            await asyncio.sleep(600)
        finally:
            ended.append(number)

    asking = asyncio.create_task(answers_of(waiting(hang), [1, 2, 3]))
    for _ in range(3):
        await began.acquire()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    while len(ended) < 3:  # those in other tasks end a turn of the loop later
        await asyncio.sleep(0)

    assert sorted(ended) == [1, 2, 3]


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_a_fault_of_one_is_raised(number: int) -> None:
    async def fail(each: int) -> int:
        await asyncio.sleep(0)
        if each == number:
            raise ValueError(each)
        return each

    with pytest.raises(ValueError, match=str(number)):
        await answers_of(waiting(fail), [1, 2, 3])
