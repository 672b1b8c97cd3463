"""The holder of the event loop: known by name at every step of a plugin's coroutine, and parted from it."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Generator
from typing import Any, ClassVar, Final, cast

from missionwire.pipeline.journal import NOBODY, Journal
from missionwire.pipeline.participant import Participant

CANCEL_GRACE_S: Final = 1.0
"""A coroutine that was cancelled may wait for so long to tidy up; then it is left behind."""


class HeldError(Exception):
    """A step of a coroutine held the event loop past the call's deadline; `kind` is that of the fault."""

    kind: ClassVar = "held"


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


class Watched:
    """Takes a coroutine step by step, with the holder told at each step: `begin` takes the first, to await it the rest.

    A step that holds the loop past the deadline ends the call. So does a coroutine that was cancelled and goes on
    waiting: it is left behind after a grace. `has_cancelled`: it cancelled the task that it runs in, which is the
    host's; that does not count, but the task's next wait is still to be cut short.
    """

    __slots__ = (
        "_coroutine",
        "_deadline_s",
        "_holder",
        "_is_left",
        "_label",
        "_participant",
        "_task",
        "_timer",
        "_yielded",
        "answer",
        "has_cancelled",
    )

    def __init__(
        self,
        coroutine: Coroutine[Any, Any, Any],
        holder: Holder,
        participant: Participant,
        label: bytes,
        deadline_s: float,
    ) -> None:
        self._coroutine = coroutine
        self._holder = holder
        self._participant = participant
        self._label = label
        self._deadline_s = deadline_s
        self._task = cast("asyncio.Task[Any]", asyncio.current_task())
        self._timer: asyncio.TimerHandle | None = None
        self._is_left = False
        self.has_cancelled = False

    def begin(self) -> bool:
        """Take the first step; gives whether it was the last, as with most. Then nothing has to be awaited."""
        return self._step(self._coroutine.send, None)

    def _step(self, go: Callable[[Any], Any], value: object) -> bool:
        cancels = self._task.cancelling()
        self._holder.enter(self._participant, self._label, self._deadline_s)
        try:
            self._yielded = go(value)
        except StopIteration as stop:
            self._leave(cancels, stop)
            self.answer = stop.value
            return True
        except BaseException as error:
            self._leave(cancels, error)
            raise
        self._leave(cancels, None)
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

    def _leave(self, cancels: int, cause: BaseException | None) -> None:
        held_s = self._holder.leave()
        while self._task.cancelling() > cancels:  # nobody else could, in this step
            self._task.uncancel()
            self.has_cancelled = True
        if held_s > self._deadline_s:
            self._abandon()
            message = f"held the worker for {held_s:.1f} s, its deadline is {self._deadline_s:g} s"
            raise HeldError(message) from cause

    def _bound_tidying(self) -> asyncio.TimerHandle:
        task = self._task

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
