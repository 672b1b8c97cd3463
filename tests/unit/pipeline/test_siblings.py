import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from missionwire.pipeline.siblings import answers_of


async def test_those_that_have_nothing_to_wait_for_cost_no_task() -> None:
    before = asyncio.all_tasks()

    async def at_once(number: int) -> int:
        assert asyncio.all_tasks() == before
        return number * 2

    assert await answers_of(at_once, [1, 2, 3]) == [2, 4, 6]


async def test_those_that_wait_do_so_at_the_same_time_and_answers_stand_in_order() -> None:
    met = asyncio.Barrier(3)

    async def meet(number: int) -> int:
        if number % 2:
            await met.wait()
        return number

    assert await asyncio.wait_for(answers_of(meet, [0, 1, 2, 3, 4, 5]), 5) == [0, 1, 2, 3, 4, 5]


async def test_what_waits_stays_in_the_task_in_which_it_began() -> None:
    async def bounded(number: int) -> str:
        task = asyncio.current_task()
        try:
            async with asyncio.timeout(0.01):
                await asyncio.sleep(600)
        except TimeoutError:
            assert asyncio.current_task() is task
            return f"{number} gave up"
        return "did not"

    assert await answers_of(bounded, [1, 2, 3]) == ["1 gave up", "2 gave up", "3 gave up"]


async def test_all_are_called_off_with_the_one_who_asks() -> None:
    began, ended = asyncio.Semaphore(0), []

    async def hang(number: int) -> None:
        began.release()
        try:
            await asyncio.sleep(600)
        finally:
            ended.append(number)

    asking = asyncio.create_task(answers_of(hang, [1, 2, 3]))
    for _ in range(3):
        await began.acquire()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    while len(ended) < 3:  # those in other tasks end a turn of the loop later
        await asyncio.sleep(0)

    assert sorted(ended) == [1, 2, 3]


@pytest.mark.parametrize("waits", [True, False])
async def test_a_fault_of_one_is_raised(waits: bool) -> None:  # noqa: FBT001  # a row
    async def fail(number: int) -> int:
        if waits:
            await asyncio.sleep(0)
        if number == 2:
            raise ValueError(number)
        return number

    ask: Callable[[int], Coroutine[Any, Any, int]] = fail
    with pytest.raises(ValueError, match="2"):
        await answers_of(ask, [1, 2, 3])
