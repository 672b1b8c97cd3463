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
from typing import Any, ClassVar, Final, TypeAlias, TypeVar, final

from msgspec import Struct

from missionwire.domain.errors import ServerAway, StoreFull, said_by
from missionwire.domain.redaction import Redactor
from missionwire.pipeline.holder import HeldError, Holder, Watched
from missionwire.pipeline.journal import Journal
from missionwire.pipeline.merging import UndeclaredError
from missionwire.pipeline.participant import Participant
from missionwire.pipeline.siblings import Waiting
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


@final
class Fault(Struct, frozen=True):
    """A call that went wrong. The message is for the log and for dead letters, never for the event."""

    plugin: str
    hook: str
    kind: str
    message: str = ""


Answer: TypeAlias = T | Fault | Drop


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
        self._spare: Watched | None = None  # most calls answer in their first step, and one serves them all

    def close(self) -> None:
        """Let the threads go without waiting for one that hangs."""
        for threads in self._threads.values():
            threads.shutdown(wait=False, cancel_futures=True)

    def begin(
        self, participant: Participant, hook: str, arguments: Callable[[], Mapping[str, Any]], check: Callable[[Any], T]
    ) -> Answer[T] | Waiting[Answer[T]]:
        """Call one hook within its deadline. Gives what `check` makes of its answer, or a `Fault`, or a `Drop`.

        Most hooks answer in their first step, which is taken here; for the others the rest is to be waited for.

        `arguments` is asked for when it is this call's turn, and again when the plugin wants to be called later.
        `check` turns the answer into what the host takes and raises TypeError or ValueError for what it does not.
        """
        if hook not in participant.at_once:
            return Waiting(self.call(participant, hook, arguments, check))
        try:
            first = self._first_step(participant, hook, arguments)
        except BaseException as error:
            return self._failed(participant, hook, error)
        if not first.has_answered:
            return Waiting(self.call(participant, hook, arguments, check, first))
        return self._checked(participant, hook, first.answer(), check)

    async def call(
        self,
        participant: Participant,
        hook: str,
        arguments: Callable[[], Mapping[str, Any]],
        check: Callable[[Any], T],
        first: Watched | None = None,
    ) -> Answer[T]:
        """Call one hook and wait for its answer, from the beginning, or after its `first` step; see `begin`."""
        try:
            answer = await self._answered(participant, hook, arguments, first)
        except BaseException as error:
            return self._failed(participant, hook, error)
        return self._checked(participant, hook, answer, check)

    def _failed(self, participant: Participant, hook: str, error: BaseException) -> Fault | Drop:
        """Give what comes of a call that raised; its being called off goes on to whoever called it off."""
        if isinstance(error, Drop):
            participant.breaker.succeeded()
            return error
        if isinstance(error, _OpenError):
            participant.tallies[hook].errors[error.kind] += 1
            return Fault(participant.name, hook, error.kind)
        if isinstance(error, asyncio.CancelledError) and _is_cancelled():
            participant.breaker.gave_up()
            raise error
        # a plugin's exit, interrupt or cancellation is contained and counted as any other error
        return self.fault(participant, hook, _kind_of(error), _message_of(error))

    def _checked(self, participant: Participant, hook: str, answer: object, check: Callable[[Any], T]) -> T | Fault:
        try:
            checked = check(answer)
        except Exception as error:  # an answer may be lazy, and then anything may come of it
            kind = "undeclared" if isinstance(error, UndeclaredError) else "invalid"
            return self.fault(participant, hook, kind, _message_of(error))
        participant.breaker.succeeded()
        return checked

    async def _answered(
        self, participant: Participant, hook: str, arguments: Callable[[], Mapping[str, Any]], first: Watched | None
    ) -> Any:  # noqa: ANN401  # a plugin's answer
        """Call until there is an answer, for a plugin may ask for a wait, which takes nobody's turn."""
        turns, began_s = participant.turns(hook), time.monotonic()
        while True:
            try:
                if first is not None:
                    return await self._ended(participant, hook, first)
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
                first = None
                await asyncio.sleep(wait_s)

    async def _attempted(self, participant: Participant, hook: str, arguments: Callable[[], Mapping[str, Any]]) -> Any:  # noqa: ANN401  # a plugin's answer
        if participant.hooks[hook].is_async:
            first = self._first_step(participant, hook, arguments)
            return first.answer() if first.has_answered else await self._ended(participant, hook, first)
        began_s = time.monotonic()
        function, taken = _admitted(participant, hook, arguments)
        try:
            return await _within(participant.timeout_s(hook), self._in_thread(participant, function, taken), began_s)
        finally:
            participant.tallies[hook].latencies_s.append(time.monotonic() - began_s)

    def _first_step(self, participant: Participant, hook: str, arguments: Callable[[], Mapping[str, Any]]) -> Watched:
        function, taken = _admitted(participant, hook, arguments)
        first, self._spare = self._spare or Watched(self.holder), None
        first.begin(function(**taken), participant, hook)
        if first.has_answered:
            self._spare = first
            participant.tallies[hook].latencies_s.append(first.held_s)
        return first

    async def _ended(self, participant: Participant, hook: str, begun: Watched) -> Any:  # noqa: ANN401  # a plugin's answer
        """Take what is left of an attempt after its first step, which did not answer."""
        try:
            return await (begun if begun.is_over else _within(participant.timeout_s(hook), begun, begun.began_s))
        finally:
            participant.tallies[hook].latencies_s.append(time.monotonic() - begun.began_s)
            if begun.has_cancelled:
                await _shake_off()

    def _in_thread(
        self, participant: Participant, function: Callable[..., Any], taken: Mapping[str, Any]
    ) -> Awaitable[Any]:
        call = partial(_contained, function, taken)
        return asyncio.get_running_loop().run_in_executor(self._threads_of(participant), call)

    def _threads_of(self, participant: Participant) -> ThreadPoolExecutor:
        threads = self._threads.get(participant.name)
        if threads is None:
            threads = ThreadPoolExecutor(SYNC_THREADS, thread_name_prefix=f"plugin {participant.name}")
            self._threads[participant.name] = threads
        return threads

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


def _admitted(
    participant: Participant, hook: str, arguments: Callable[[], Mapping[str, Any]]
) -> tuple[Callable[..., Any], Mapping[str, Any]]:
    """Count a call, if the breaker lets it through; gives the implementation and what it takes."""
    if not participant.breaker.lets_through(time.monotonic()):
        raise _OpenError
    participant.tallies[hook].calls += 1
    (function, names, _), given = participant.hooks[hook], arguments()
    return function, given if len(names) == len(given) else {name: given[name] for name in names}


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
