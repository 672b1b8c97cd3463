"""Calling plugins: each call with its deadline, contained, timed, and known by name while it holds the event loop."""

import asyncio
import contextlib
import logging
import math
import time
from collections.abc import Awaitable, Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import Any, ClassVar, Final, TypeVar

from msgspec import Struct

from missionwire.domain.errors import ServerAway, StoreFull, said_by
from missionwire.domain.redaction import Redactor
from missionwire.pipeline.holder import HeldError, Holder, Watched
from missionwire.pipeline.journal import Journal, label_of
from missionwire.pipeline.merging import UndeclaredError
from missionwire.pipeline.participant import Hook, Participant
from missionwire.plugin import Drop, Retry

SYNC_THREADS: Final = 4
"""For each plugin: one that never gives its threads back waits for itself alone."""

RETRY_TOTAL_S: Final = 60.0
"""`Retry` holds its mission's lane for at most this long in all."""

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


class _CallError(Exception):
    """A call went wrong in a way that has a kind of its own; the message is for the log."""

    kind: ClassVar[str]


class _OpenError(_CallError):
    """The plugin's breaker lets no call through."""

    kind = "open"


class _LateError(_CallError):
    """No answer within the deadline."""

    kind = "timeout"


class _TiredError(_CallError):
    """The plugin asked for more time than it may."""

    kind = "retries"


class _OddRetryError(_CallError):
    """A `Retry` that does not say when."""

    kind = "invalid"


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
        self, participant: Participant, hook: str, arguments: Callable[[], Mapping[str, Any]], check: Callable[[Any], T]
    ) -> T | Fault:
        """Call one hook within its deadline. Gives what `check` makes of its answer, or a `Fault`.

        `arguments` is asked for when it is this call's turn, and again when the plugin wants to be called later.
        `check` turns the answer into what the host takes and raises TypeError or ValueError for what it does not.

        Raises:
            Drop: the plugin asked for the event to be dropped.
        """
        try:
            answer = await self._answered(participant, hook, arguments)
        except Drop:
            participant.breaker.succeeded()
            raise
        except _OpenError:
            participant.tallies[hook].errors[_OpenError.kind] += 1
            return Fault(participant.name, hook, _OpenError.kind)
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

    async def _answered(self, participant: Participant, hook: str, arguments: Callable[[], Mapping[str, Any]]) -> Any:  # noqa: ANN401  # a plugin's answer
        """Call until there is an answer, for a plugin may ask for a wait, which takes nobody's turn."""
        turns, began_s = participant.turns(hook), time.monotonic()
        while True:
            try:
                if turns is None:
                    return await self._attempted(participant, hook, arguments)
                async with turns:  # the deadline begins when it is this call's turn
                    return await self._attempted(participant, hook, arguments)
            except Retry as retry:
                wait_s = _wait_s(retry)
                if time.monotonic() + wait_s > began_s + RETRY_TOTAL_S:
                    message = f"asked to wait longer than {RETRY_TOTAL_S:g} s"
                    raise _TiredError(message) from retry
                participant.breaker.gave_up()
                await asyncio.sleep(wait_s)

    async def _attempted(self, participant: Participant, hook: str, arguments: Callable[[], Mapping[str, Any]]) -> Any:  # noqa: ANN401  # a plugin's answer
        began_s = time.monotonic()
        if not participant.breaker.lets_through(began_s):
            raise _OpenError
        tally = participant.tallies[hook]
        tally.calls += 1
        try:
            implementation, given = participant.hooks[hook], arguments()
            taken = {name: given[name] for name in implementation.arguments}
            timeout_s = participant.timeout_s(hook)
            if not implementation.is_async:
                return await _within(timeout_s, self._in_thread(participant, implementation, taken), began_s)
            label = self._label(participant.name, hook)
            watched = Watched(implementation.function(**taken), self.holder, participant, label, timeout_s)
            try:
                return watched.answer if watched.begin() else await _within(timeout_s, watched, began_s)
            finally:
                if watched.has_cancelled:
                    await _shake_off()
        finally:
            tally.latencies_s.append(time.monotonic() - began_s)

    def _in_thread(self, participant: Participant, hook: Hook, taken: Mapping[str, Any]) -> Awaitable[Any]:
        call = partial(_contained, hook.function, taken)
        return asyncio.get_running_loop().run_in_executor(self._threads_of(participant), call)

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


async def _within(timeout_s: float, answering: Awaitable[T], began_s: float) -> T:
    """Wait for an answer for what is left of the time since the call began."""
    deadline = asyncio.timeout(began_s + timeout_s - time.monotonic())
    late = f"no answer in {timeout_s:g} s"
    try:
        async with deadline:
            answer = await answering
    except TimeoutError as error:
        if deadline.expired():
            raise _LateError(late) from error
        raise  # the plugin's own
    if deadline.expired():
        raise _LateError(late)
    if _is_cancelled():
        raise asyncio.CancelledError  # the plugin kept it to itself
    return answer


async def _shake_off() -> None:
    """Take what a plugin left to the task's next wait, so that nobody else meets it."""
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.sleep(0)
    if _is_cancelled():
        raise asyncio.CancelledError


def _kind_of(error: BaseException) -> str:
    if isinstance(error, (ServerAway, StoreFull)):
        return STORE
    return error.kind if isinstance(error, (_CallError, HeldError)) else "raised"


def _message_of(error: BaseException) -> str:
    return str(error) if isinstance(error, (_CallError, HeldError, UndeclaredError)) else said_by(error)


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
