import asyncio
import contextlib
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from missionwire.pipeline.breaker import FAULTS
from missionwire.pipeline.calls import SYNC_THREADS, Caller, Fault
from missionwire.pipeline.holder import CANCEL_GRACE_S
from missionwire.pipeline.siblings import Waiting
from missionwire.plugin import Drop, Retry
from tests.unit.pipeline.made import participant

TIMEOUT_S = 0.2


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    caller = Caller()
    yield caller
    caller.close()


def _plugin(function: Callable[..., Any], *, is_async: bool = True, timeout_s: float = TIMEOUT_S) -> Any:
    return participant("made", {"enrich": function}, is_async=is_async, timeout_s=timeout_s)


async def _call(caller: Caller, plugin: Any, check: Callable[[Any], Any] = lambda answer: answer) -> Any:
    begun = caller.begin(plugin, "enrich", lambda: {"event": "the event"}, check)
    return await begun if isinstance(begun, Waiting) else begun


async def _kind(caller: Caller, function: Callable[..., Any], *, is_async: bool = True) -> str:
    answer = await _call(caller, _plugin(function, is_async=is_async))
    assert isinstance(answer, Fault)
    assert (answer.plugin, answer.hook) == ("made", "enrich")
    return answer.kind


async def test_a_hook_gets_the_arguments_that_it_names_and_its_answer_is_given(caller: Caller) -> None:
    async def with_event(event: object) -> object:
        return event

    async def without() -> str:
        return "nothing taken"

    assert await _call(caller, _plugin(with_event)) == "the event"
    assert await _call(caller, _plugin(without)) == "nothing taken"


async def test_a_sync_hook_runs_in_a_thread_and_the_loop_goes_on(caller: Caller) -> None:
    go = threading.Event()

    def wait(event: object) -> int:
        assert go.wait(5)
        return threading.get_ident()

    running = asyncio.create_task(_call(caller, _plugin(wait, is_async=False, timeout_s=10)))
    await asyncio.sleep(0)
    go.set()

    assert await running != threading.get_ident()


class _Mute(Exception):
    def __str__(self) -> str:
        message = "no text either"
        raise ValueError(message)


@pytest.mark.parametrize("is_async", [True, False])
@pytest.mark.parametrize(
    "error",
    [
        ValueError("x"),
        SystemExit(1),
        KeyboardInterrupt(),
        asyncio.CancelledError(),
        TimeoutError("its own"),
        GeneratorExit(),
        StopIteration(5),
        _Mute(),
        ValueError("\ud800"),
        BaseExceptionGroup("several", [SystemExit(1)]),
    ],
)
async def test_whatever_a_hook_raises_is_its_own_fault(caller: Caller, error: BaseException, is_async: bool) -> None:  # noqa: FBT001  # a row
    async def fail(event: object) -> None:
        raise error

    def fail_in_thread(event: object) -> None:
        raise error

    assert await _kind(caller, fail if is_async else fail_in_thread, is_async=is_async) == "raised"


async def test_sys_exit_ends_nobody(caller: Caller) -> None:
    async def leave(event: object) -> None:
        sys.exit(1)

    assert await _kind(caller, leave) == "raised"


@pytest.mark.parametrize("how", ["answers", "waits", "raises", "waits and keeps it"])
async def test_who_cancels_the_task_that_calls_it_cancels_nobody_but_itself(caller: Caller, how: str) -> None:
    async def cancel(event: object) -> str:
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        if how == "raises":
            raise ValueError
        if how != "answers":
            with contextlib.suppress(*[asyncio.CancelledError] * (how == "waits and keeps it")):
                await asyncio.sleep(600)
        return "answered"

    answer = await _call(caller, _plugin(cancel, timeout_s=60))
    await asyncio.sleep(0)  # were it still to come, it would end the test here

    if how in ("answers", "waits and keeps it"):
        assert answer == "answered"
    else:
        assert answer.kind == "raised"


async def test_a_call_that_is_called_off_after_its_plugin_cancelled_it_ends(caller: Caller) -> None:
    async def cancel(event: object) -> None:
        task = asyncio.current_task()
        assert task is not None
        with contextlib.suppress(asyncio.CancelledError):
            task.cancel()
            await asyncio.sleep(600)
        await asyncio.sleep(600)

    running = asyncio.create_task(_call(caller, _plugin(cancel, timeout_s=60)))
    await asyncio.sleep(0.01)
    running.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running


async def test_a_hook_that_does_not_answer_in_time_is_left(caller: Caller) -> None:
    was_cancelled = asyncio.Event()

    async def hang(event: object) -> None:
        try:
            await asyncio.sleep(600)
        finally:
            was_cancelled.set()

    assert await _kind(caller, hang) == "timeout"
    assert was_cancelled.is_set()


async def test_a_hook_may_tidy_up_when_its_time_is_over(caller: Caller) -> None:
    is_tidy = asyncio.Event()

    async def hang(event: object) -> None:
        try:
            await asyncio.sleep(600)
        finally:
            await asyncio.sleep(0.01)
            is_tidy.set()

    assert await _kind(caller, hang) == "timeout"
    assert is_tidy.is_set()


async def test_a_hook_that_swallows_its_end_is_left_behind(caller: Caller) -> None:
    async def hang(event: object) -> None:
        for _ in ("cancelled", "closed", "collected"):
            with contextlib.suppress(BaseException):
                await asyncio.sleep(600)

    began_s = time.monotonic()

    assert await _kind(caller, hang) == "timeout"
    assert time.monotonic() - began_s < TIMEOUT_S + CANCEL_GRACE_S + 1


async def test_a_late_answer_is_no_answer(caller: Caller) -> None:
    async def late(event: object) -> str:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(600)
        return "late"

    assert await _kind(caller, late) == "timeout"


async def test_a_step_that_holds_the_loop_past_the_deadline_opens_the_breaker(caller: Caller) -> None:
    async def hold(event: object) -> str:
        await asyncio.sleep(0)
        time.sleep(TIMEOUT_S * 1.5)  # noqa: ASYNC251  # what the test is about
        return "done"

    plugin = _plugin(hold)

    assert (await _call(caller, plugin)).kind == "held"
    assert plugin.breaker.state == "open"
    assert (await _call(caller, plugin)).kind == "open"


async def test_who_holds_the_loop_is_known_only_while_it_does(caller: Caller) -> None:
    seen = []

    async def look(event: object) -> None:
        seen.append(caller.holder.participant)
        await asyncio.sleep(0.01)
        seen.append(caller.holder.participant)

    plugin = _plugin(look)
    running = asyncio.create_task(_call(caller, plugin))
    await asyncio.sleep(0.001)
    assert caller.holder.participant is None, "it waits"
    await running

    assert seen == [plugin, plugin]
    assert caller.holder.participant is None


async def test_threads_that_never_come_back_are_missed_by_nobody_else(caller: Caller) -> None:
    go = threading.Event()

    def hang(event: object) -> None:
        go.wait(60)

    stuck = _plugin(hang, is_async=False, timeout_s=0.05)
    answers = await asyncio.gather(*(_call(caller, stuck) for _ in range(SYNC_THREADS + 1)))
    assert {answer.kind for answer in answers} == {"timeout"}

    other = participant("other", {"enrich": lambda: "fine"}, is_async=False, timeout_s=5)
    assert await caller.call(other, "enrich", lambda: {"event": 1}, lambda answer: answer) == "fine"
    go.set()


async def test_a_retry_waits_and_asks_again(caller: Caller) -> None:
    asked = []

    async def wait(event: object) -> str:
        asked.append(time.monotonic())
        if len(asked) < 3:
            raise Retry(0.05)
        return "at last"

    assert await _call(caller, _plugin(wait)) == "at last"
    assert all(b - a >= 0.045 for a, b in pairwise(asked))


@pytest.mark.parametrize(
    ("after_s", "kind"), [(3600, "retries"), (float("inf"), "retries"), (float("nan"), "retries"), ("soon", "invalid")]
)
async def test_a_retry_that_asks_too_much_is_a_fault(caller: Caller, after_s: Any, kind: str) -> None:
    async def wait(event: object) -> None:
        raise Retry(after_s, "because")

    assert await _kind(caller, wait) == kind


@pytest.mark.parametrize("is_async", [True, False])
async def test_a_drop_is_a_decision_and_no_fault(caller: Caller, is_async: bool) -> None:  # noqa: FBT001  # a row
    async def drop(event: object) -> None:
        raise Drop("old news")

    def drop_in_thread(event: object) -> None:
        raise Drop("old news")

    plugin = _plugin(drop if is_async else drop_in_thread, is_async=is_async)
    for _ in range(FAULTS + 1):
        answer = await _call(caller, plugin)
        assert isinstance(answer, Drop)
        assert answer.reason == "old news"

    assert plugin.breaker.state == "closed"
    assert plugin.tallies["enrich"].errors == {}


async def test_an_answer_that_the_check_refuses_is_invalid(caller: Caller) -> None:
    async def answer(event: object) -> Iterator[int]:
        return (1 // n for n in (1, 0))

    def lazily(given: Iterator[int]) -> list[int]:
        return list(given)

    found = await _call(caller, _plugin(answer), lazily)

    assert found.kind == "invalid"
    assert "ZeroDivisionError" in found.message


async def test_a_generator_of_a_sync_hook_runs_in_its_thread_within_the_deadline(caller: Caller) -> None:
    def generate(event: object) -> Iterator[int]:
        yield threading.get_ident()

    (ident,) = await _call(caller, _plugin(generate, is_async=False, timeout_s=5))

    assert ident != threading.get_ident()


async def test_after_faults_in_a_row_the_plugin_is_left_out_and_counted(caller: Caller) -> None:
    async def fail(event: object) -> None:
        raise ValueError

    plugin = _plugin(fail)
    kinds = [(await _call(caller, plugin)).kind for _ in range(FAULTS + 2)]

    assert kinds == ["raised"] * FAULTS + ["open"] * 2
    tally = plugin.tallies["enrich"]
    assert (tally.calls, dict(tally.errors)) == (FAULTS, {"raised": FAULTS, "open": 2})
    assert tally.percentile_ms(0.5) is not None


async def test_a_call_that_is_called_off_ends_and_is_no_fault(caller: Caller) -> None:
    async def hang(event: object) -> None:
        await asyncio.sleep(600)

    plugin = _plugin(hang, timeout_s=60)
    running = asyncio.create_task(_call(caller, plugin))
    await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert plugin.tallies["enrich"].errors == {}


async def test_a_call_that_is_called_off_ends_even_if_the_plugin_keeps_it_to_itself(caller: Caller) -> None:
    async def keep(event: object) -> str:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(600)
        return "still here"

    running = asyncio.create_task(_call(caller, _plugin(keep, timeout_s=60)))
    await asyncio.sleep(0.01)
    running.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running
