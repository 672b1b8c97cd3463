"""Calling plugins: each call with its deadline, contained, timed, and known by name while it holds the event loop."""

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import Any, ClassVar, Final, TypeVar

from msgspec import Struct

from missionwire.domain.errors import ServerAway, StoreFull, said_by
from missionwire.domain.redaction import Redactor
from missionwire.pipeline.journal import NOBODY, Journal, label_of
from missionwire.pipeline.merging import UndeclaredError
from missionwire.pipeline.participant import Hook, Participant
from missionwire.plugin import Drop, Retry

SYNC_THREADS: Final = 4
"""For each plugin: one that never gives its threads back waits for itself alone."""

RETRY_TOTAL_S: Final = 60.0
"""`Retry` holds its mission's lane for at most this long in all."""

CANCEL_GRACE_S: Final = 1.0
"""A coroutine that was cancelled may wait for so long to tidy up; then it is left behind."""

STORE: Final = "store"
"""The kind of a fault that is the store's: away, or full, when the plugin asked for its keys. No breaker counts it."""

_SHORTEST_RETRY_S: Final = 0.05
_LONGEST_LIST: Final = 100_000

T = TypeVar("T")

_LOG: Final = logging.getLogger("missionwire.plugins")


class Fault(Struct, frozen=True):
    """A call that went wrong. The message is for the log and for dead letters, never for the event."""

    plugin: str
    hook: str
    kind: str
    message: str = ""


class Holder:
    """Who has the event loop now. Written at every step of a plugin's coroutine, read by the watchdog."""

    __slots__ = ("_journal", "deadline_s", "entered_s", "left", "participant", "told")

    def __init__(self, journal: Journal | None = None) -> None:
        self._journal = journal
        self.participant: Participant | None = None
        self.entered_s = 0.0
        self.deadline_s = 0.0
        self.told = False
        self.left: list[Coroutine[Any, Any, Any]] = []
        """Those that refused to end. They are kept, for to be collected they would run once more, in any thread."""

    def enter(self, participant: Participant, label: bytes, deadline_s: float) -> None:
        """Note that a step of this participant begins."""
        self.entered_s, self.deadline_s, self.told = time.monotonic(), deadline_s, False
        self.participant = participant
        if self._journal is not None:
            self._journal.hold(label)

    def leave(self) -> float:
        """Note that the loop was given back; gives for how many seconds it was held."""
        self.participant = None
        if self._journal is not None:
            self._journal.hold(NOBODY)
        return time.monotonic() - self.entered_s


class _CallError(Exception):
    """A call went wrong in a way that has a kind of its own; the message is for the log."""

    kind: ClassVar[str]


class _HeldError(_CallError):
    """A step of a coroutine held the event loop past the call's deadline."""

    kind = "held"


class _LateError(_CallError):
    """No answer within the deadline."""

    kind = "timeout"


class _TiredError(_CallError):
    """The plugin asked for more time than it may."""

    kind = "retries"


class _OddRetryError(_CallError):
    """A `Retry` that does not say when."""

    kind = "invalid"


class _Watched:
    """Takes a coroutine step by step, with the holder told at each step: `begin` takes the first, to await it the rest.

    A step that holds the loop past the deadline ends the call. So does a coroutine that was cancelled and goes on
    waiting: it is left behind after a grace.
    """

    __slots__ = ("_coroutine", "_enter", "_holder", "_is_left", "_timer", "_yielded", "answer")

    def __init__(self, coroutine: Coroutine[Any, Any, Any], holder: Holder, enter: Callable[[], None]) -> None:
        self._coroutine = coroutine
        self._holder = holder
        self._enter = enter
        self._timer: asyncio.TimerHandle | None = None
        self._is_left = False
        self._yielded: Any = None
        self.answer: Any = None

    def begin(self) -> bool:
        """Take the first step; gives whether it was the last, as with most. Then nothing has to be awaited."""
        return self._step(self._coroutine.send, None)

    def _step(self, go: Callable[[Any], Any], value: object) -> bool:
        self._enter()
        try:
            self._yielded = go(value)
        except StopIteration as stop:
            self._leave(stop)
            self.answer = stop.value
            return True
        except BaseException as error:
            self._leave(error)
            raise
        self._leave(None)
        return False

    def __await__(self) -> Generator[Any, Any, Any]:
        try:
            return (yield from self._steps())
        finally:
            if self._timer is not None:
                self._timer.cancel()

    def _steps(self) -> Generator[Any, Any, Any]:
        go: Callable[[Any], Any]
        while True:
            try:
                value = yield self._yielded
                go = self._coroutine.send
            except GeneratorExit:
                self._abandon()
                raise
            except BaseException as error:
                if self._is_left:
                    self._abandon()
                    raise
                if isinstance(error, asyncio.CancelledError) and self._timer is None:
                    self._timer = self._bound_tidying()
                value, go = error, self._coroutine.throw
            if self._step(go, value):
                return self.answer

    def _leave(self, cause: BaseException | None) -> None:
        held_s, deadline_s = self._holder.leave(), self._holder.deadline_s
        if held_s > deadline_s:
            self._abandon()
            message = f"held the worker for {held_s:.1f} s, its deadline is {deadline_s:g} s"
            raise _HeldError(message) from cause

    def _bound_tidying(self) -> asyncio.TimerHandle | None:
        task = asyncio.current_task()
        if task is None:
            return None

        def leave_behind() -> None:
            self._is_left = True
            task.cancel()
            task.uncancel()  # whoever cancelled first is the one who counts

        return asyncio.get_running_loop().call_later(CANCEL_GRACE_S, leave_behind)

    def _abandon(self) -> None:
        try:
            self._coroutine.close()
        except BaseException:  # whatever it says to its end, nobody waits for it
            self._holder.left.append(self._coroutine)


class Caller:
    """Calls hooks. One for each worker process."""

    def __init__(self, journal: Journal | None = None, redactor: Redactor | None = None) -> None:
        self.holder = Holder(journal)
        self.redactor = redactor or Redactor()
        self._threads: dict[str, ThreadPoolExecutor] = {}
        self._labels: dict[tuple[str, str], bytes] = {}

    def close(self) -> None:
        """Let the threads go without waiting for one that hangs."""
        for threads in self._threads.values():
            threads.shutdown(wait=False, cancel_futures=True)

    async def call(
        self, participant: Participant, hook: str, arguments: Mapping[str, Any], check: Callable[[Any], T]
    ) -> T | Fault:
        """Call one hook within its deadline. Gives what `check` makes of its answer, or a `Fault`.

        `check` turns the answer into what the host takes and raises TypeError or ValueError for what it does not.

        Raises:
            Drop: the plugin asked for the event to be dropped.
        """
        if not participant.breaker.lets_through(time.monotonic()):
            participant.tallies[hook].errors["open"] += 1
            return Fault(participant.name, hook, "open")
        try:
            answer = await self._answered(participant, hook, arguments)
        except Drop:
            participant.breaker.succeeded()
            raise
        except BaseException as error:
            if isinstance(error, asyncio.CancelledError) and _is_cancelled():
                participant.breaker.gave_up()
                raise
            # a plugin's exit, interrupt or cancellation is contained and counted as any other error
            return self.fault(participant, hook, _kind_of(error), _message_of(error))
        try:
            checked = check(answer)
        except Exception as error:  # an answer may be lazy, and then anything may come of it
            kind = "undeclared" if isinstance(error, UndeclaredError) else "invalid"
            return self.fault(participant, hook, kind, _message_of(error))
        participant.breaker.succeeded()
        return checked

    async def _answered(self, participant: Participant, hook: str, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a plugin's answer
        """Call until there is an answer, for a plugin may ask for a wait."""
        give_up_s = time.monotonic() + RETRY_TOTAL_S
        while True:
            try:
                return await self._timed(participant, hook, arguments)
            except Retry as retry:
                wait_s = _wait_s(retry)
                if time.monotonic() + wait_s > give_up_s:
                    message = f"asked to wait longer than {RETRY_TOTAL_S:g} s"
                    raise _TiredError(message) from retry
                await asyncio.sleep(wait_s)

    async def _timed(self, participant: Participant, hook: str, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a plugin's answer
        tally = participant.tallies[hook]
        tally.calls += 1
        began_s = time.monotonic()
        try:
            return await self._within_deadline(participant, hook, arguments)
        finally:
            tally.latencies_s.append(time.monotonic() - began_s)

    async def _within_deadline(self, participant: Participant, hook: str, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a plugin's answer
        implementation: Hook = participant.hooks[hook]
        taken = {name: arguments[name] for name in implementation.arguments}
        timeout_s, loop = participant.timeout_s(hook), asyncio.get_running_loop()
        deadline_s = loop.time() + timeout_s
        answering: Awaitable[Any]
        if implementation.is_async:
            enter = partial(self.holder.enter, participant, self._label(participant.name, hook), timeout_s)
            answering = watched = _Watched(implementation.function(**taken), self.holder, enter)
            if watched.begin():
                return watched.answer
        else:
            call = partial(_contained, implementation.function, taken)
            answering = loop.run_in_executor(self._threads_of(participant), call)
        answer = await _until(deadline_s, answering, f"no answer in {timeout_s:g} s")
        if _is_cancelled():
            raise asyncio.CancelledError  # the plugin kept it to itself
        return answer

    def _threads_of(self, participant: Participant) -> ThreadPoolExecutor:
        threads = self._threads.get(participant.name)
        if threads is None:
            threads = ThreadPoolExecutor(SYNC_THREADS, thread_name_prefix=f"plugin {participant.name}")
            self._threads[participant.name] = threads
        return threads

    def _label(self, plugin: str, hook: str) -> bytes:
        key = (plugin, hook)
        if key not in self._labels:
            self._labels[key] = label_of(f"{plugin} {hook}")
        return self._labels[key]

    def fault(self, participant: Participant, hook: str, kind: str, message: str) -> Fault:
        """Count, log and give a fault."""
        participant.tallies[hook].errors[kind] += 1
        if kind == "held":
            participant.breaker.trip(time.monotonic())
        elif kind == STORE:
            participant.breaker.gave_up()  # with the store back, so is the plugin
        else:
            participant.breaker.failed(time.monotonic())
        message = self.redactor.mask(message)
        _LOG.warning("plugin %s %s: %s in %s: %s", participant.name, participant.version, kind, hook, message)
        return Fault(participant.name, hook, kind, message)


async def _until(deadline_s: float, answering: Awaitable[T], late: str) -> T:
    """Wait for an answer up to a moment of the loop's clock."""
    deadline = asyncio.timeout_at(deadline_s)
    try:
        async with deadline:
            answer = await answering
    except TimeoutError as error:
        if deadline.expired():
            raise _LateError(late) from error
        raise  # the plugin's own
    if deadline.expired():
        raise _LateError(late)
    return answer


def _kind_of(error: BaseException) -> str:
    if isinstance(error, (ServerAway, StoreFull)):
        return STORE
    return error.kind if isinstance(error, _CallError) else "raised"


def _message_of(error: BaseException) -> str:
    return str(error) if isinstance(error, (_CallError, UndeclaredError)) else said_by(error)


def _contained(function: Callable[..., Any], arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a plugin's answer
    """Run a sync hook, a generator to its end; what no future can carry becomes an ordinary error."""
    try:
        answer = function(**arguments)
        return list(islice(answer, _LONGEST_LIST)) if isinstance(answer, Generator) else answer
    except BaseException as error:
        if isinstance(error, Exception) and not isinstance(error, StopIteration):
            raise
        raise RuntimeError(said_by(error)) from error


def _wait_s(retry: Retry) -> float:
    try:
        wait_s = float(retry.after_s)
    except (TypeError, ValueError) as error:
        message = "`Retry` takes a number of seconds"
        raise _OddRetryError(message) from error
    return max(_SHORTEST_RETRY_S, wait_s) if math.isfinite(wait_s) else math.inf


def _is_cancelled() -> bool:
    """Whether this task was asked to end from outside."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
