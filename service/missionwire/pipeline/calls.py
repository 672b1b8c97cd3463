"""Calling plugins: each call with its deadline, contained, timed, and known by name while it holds the event loop."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar

from msgspec import Struct

from missionwire.pipeline.journal import NOBODY, Journal, label_of
from missionwire.pipeline.participant import Hook, Participant
from missionwire.plugin import Drop, Retry

SYNC_THREADS: Final = 4
RETRY_TOTAL_S: Final = 60.0
"""`Retry` holds its mission's lane for at most this long in all."""

_SHORTEST_RETRY_S: Final = 0.05

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

    __slots__ = ("_journal", "deadline_s", "entered_s", "participant", "told")

    def __init__(self, journal: Journal | None = None) -> None:
        self._journal = journal
        self.participant: Participant | None = None
        self.entered_s = 0.0
        self.deadline_s = 0.0
        self.told = False

    def enter(self, participant: Participant, label: bytes, deadline_s: float) -> None:
        """Note that a step of this participant begins."""
        self.entered_s, self.deadline_s, self.told = time.monotonic(), deadline_s, False
        self.participant = participant
        if self._journal is not None:
            self._journal.hold(label)

    def leave(self) -> None:
        """Note that the loop was given back."""
        self.participant = None
        if self._journal is not None:
            self._journal.hold(NOBODY)


class _Watched:
    """Awaits a coroutine step by step, with the holder told at each step."""

    __slots__ = ("_coroutine", "_enter", "_leave")

    def __init__(
        self, coroutine: Coroutine[Any, Any, Any], enter: Callable[[], None], leave: Callable[[], None]
    ) -> None:
        self._coroutine = coroutine
        self._enter = enter
        self._leave = leave

    def __await__(self) -> Generator[Any, Any, Any]:
        send, value = self._coroutine.send, None
        while True:
            self._enter()
            try:
                yielded = send(value)
            except StopIteration as stop:
                return stop.value
            finally:
                self._leave()
            try:
                value = yield yielded
                send = self._coroutine.send
            except GeneratorExit:
                self._coroutine.close()
                raise
            except BaseException as error:  # cancellation and time-outs are handed on into the coroutine
                value, send = error, self._coroutine.throw


class Caller:
    """Calls hooks. One for each worker process."""

    def __init__(self, journal: Journal | None = None) -> None:
        self.holder = Holder(journal)
        self._threads = ThreadPoolExecutor(SYNC_THREADS, thread_name_prefix="plugin")
        self._labels: dict[tuple[str, str], bytes] = {}

    def close(self) -> None:
        """Let the threads go without waiting for one that hangs."""
        self._threads.shutdown(wait=False, cancel_futures=True)

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
        give_up_s = time.monotonic() + RETRY_TOTAL_S
        while True:
            try:
                answer = await self._timed(participant, hook, arguments)
                break
            except Retry as retry:
                wait_s = max(_SHORTEST_RETRY_S, retry.after_s)
                if time.monotonic() + wait_s > give_up_s:
                    return self._fault(participant, hook, "retries", f"asked to wait longer than {RETRY_TOTAL_S:g} s")
                await asyncio.sleep(wait_s)
            except Drop:
                participant.breaker.succeeded()
                raise
            except asyncio.CancelledError:
                raise
            except TimeoutError:
                return self._fault(participant, hook, "timeout", f"no answer in {participant.timeout_s(hook):g} s")
            except BaseException as error:  # a plugin's exit or interrupt is contained and counted, too
                return self._fault(participant, hook, "raised", f"{type(error).__name__}: {error}")
        try:
            checked = check(answer)
        except (TypeError, ValueError) as error:
            return self._fault(participant, hook, "invalid", f"{error}")
        participant.breaker.succeeded()
        return checked

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
        timeout_s = participant.timeout_s(hook)
        async with asyncio.timeout(timeout_s):
            if not implementation.is_async:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._threads, partial(_contained, implementation.function, taken))
            label = self._label(participant.name, hook)
            return await _Watched(
                implementation.function(**taken),
                partial(self.holder.enter, participant, label, timeout_s),
                self.holder.leave,
            )

    def _label(self, plugin: str, hook: str) -> bytes:
        key = (plugin, hook)
        if key not in self._labels:
            self._labels[key] = label_of(plugin, hook)
        return self._labels[key]

    def _fault(self, participant: Participant, hook: str, kind: str, message: str) -> Fault:
        participant.tallies[hook].errors[kind] += 1
        participant.breaker.failed(time.monotonic())
        _LOG.warning("plugin %s %s: %s in %s: %s", participant.name, participant.version, kind, hook, message)
        return Fault(participant.name, hook, kind, message)


def _contained(function: Callable[..., Any], arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a plugin's answer
    """Run a sync hook; an exit or an interrupt in a thread becomes an ordinary error."""
    try:
        return function(**arguments)
    except (SystemExit, KeyboardInterrupt) as error:
        message = f"{type(error).__name__}: {error}"
        raise RuntimeError(message) from error
