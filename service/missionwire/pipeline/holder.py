"""The holder of the event loop: known by name at every step of a plugin's coroutine, and parted from it."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Generator
from types import coroutine
from typing import Any, ClassVar, Final, cast

from missionwire.pipeline.journal import NOBODY, Journal, label_of
from missionwire.pipeline.participant import Participant

CANCEL_GRACE_S: Final = 1.0
"""A coroutine that was cancelled may wait for so long to tidy up; then it is left behind."""


class HeldError(Exception):
    """A step of a coroutine held the event loop past the call's deadline; `kind` is that of the fault."""

    kind: ClassVar = "held"


class Holder:
    """Who has the event loop now. Written at every step of a plugin's coroutine, read by the watchdog."""

    __slots__ = ("_journal", "_labels", "deadline_s", "entered_s", "left", "participant", "told")

    def __init__(self, journal: Journal | None = None) -> None:
        self._journal = journal
        self._labels: dict[tuple[str, str], bytes] = {}
        self.participant: Participant | None = None
        self.entered_s = 0.0
        self.deadline_s = 0.0
        self.told = False
        self.left: list[Generator[Any, Any, None]] = []
        """Those that refused to end. They are kept, for to be collected they would run once more, in any thread."""

    def enter(self, participant: Participant, hook: str, deadline_s: float) -> None:
        """Note that a step of this participant's hook begins."""
        self.entered_s, self.deadline_s, self.told = time.monotonic(), deadline_s, False
        self.participant = participant
        if self._journal is not None:
            self._journal.hold(self._label(participant.name, hook))

    def _label(self, plugin: str, hook: str) -> bytes:
        key = (plugin, hook)
        if key not in self._labels:
            self._labels[key] = label_of(f"{plugin} {hook}")
        return self._labels[key]

    def leave(self) -> float:
        """Note that the loop was given back; gives for how many seconds it was held."""
        self.participant = None
        if self._journal is not None:
            self._journal.hold(NOBODY)
        return time.monotonic() - self.entered_s


_ANSWERED: Final = object()


@coroutine
def _steps_of(answers: list[Any]) -> Generator[Any, Any, None]:
    """Take the steps of the coroutine that is sent in; where it ends, its answer is put there and the next may come.

    A coroutine that ends by itself raises an exception, which costs more than many a hook. One that is waited for does
    not, and so this is kept from call to call.
    """
    while True:
        answers.append((yield from (yield _ANSWERED)))


class Watched:
    """A coroutine taken step by step, with the holder told at each step: the first one when it begins.

    To await it takes the other steps. With most the first is the last: `is_over`. `has_answered`: it gave an `answer`,
    and left nothing behind; then the next coroutine may begin here.

    A step that holds the loop past the deadline ends the call. So does a coroutine that was cancelled and goes on
    waiting: it is left behind after a grace. `has_cancelled`: it cancelled the task that it runs in, which is the
    host's; that does not count, but the task's next wait is still to be cut short.
    """

    __slots__ = (
        "_answers",
        "_coroutine",
        "_deadline_s",
        "_error",
        "_holder",
        "_hook",
        "_is_left",
        "_participant",
        "_task",
        "_timer",
        "_yielded",
        "began_s",
        "has_answered",
        "has_cancelled",
        "held_s",
        "is_over",
    )

    def __init__(self, holder: Holder) -> None:
        self._holder = holder
        self._answers: list[Any] = []
        self._coroutine = _steps_of(self._answers)
        self._coroutine.send(None)
        self._timer: asyncio.TimerHandle | None = None
        self._is_left = self.has_cancelled = False
        self._error: BaseException | None = None

    def begin(self, call: Coroutine[Any, Any, Any], participant: Participant, hook: str) -> None:
        """Take the first step of a call."""
        self._participant = participant
        self._hook = hook
        self._deadline_s = participant.timeout_s(hook)
        self._task = cast("asyncio.Task[Any]", asyncio.current_task())
        try:
            self.is_over = self._step(self._coroutine.send, call)
        except BaseException as error:
            self.is_over, self._error = True, error
        self.has_answered = self.is_over and self._error is None and not self.has_cancelled
        self.began_s = self._holder.entered_s

    def answer(self) -> Any:  # noqa: ANN401  # a plugin's answer
        """Give the answer, once."""
        return self._answers.pop()

    def _step(self, go: Callable[[Any], Any], value: object) -> bool:
        """Take a step; gives whether it was the last."""
        holder, task = self._holder, self._task
        cancels = task.cancelling()
        holder.enter(self._participant, self._hook, self._deadline_s)
        try:
            self._yielded = go(value)
        except BaseException as error:
            self.held_s = holder.leave()
            self._settle(cancels, error)
            raise
        self.held_s = holder.leave()
        if self.held_s > self._deadline_s or task.cancelling() > cancels:
            self._settle(cancels, None)
        return self._yielded is _ANSWERED

    def __await__(self) -> Generator[Any, Any, Any]:
        if self.is_over:
            return self._outcome()
        try:
            return (yield from self._steps())
        finally:
            if self._timer is not None:
                self._timer.cancel()

    def _outcome(self) -> Any:  # noqa: ANN401  # a plugin's answer
        if self._error is None:
            return self.answer()
        try:
            raise self._error
        finally:
            self._error = None  # its traceback leads back to this: a ring, which would live on for a while

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
                return self.answer()

    def _settle(self, cancels: int, cause: BaseException | None) -> None:
        """Make good that a step cancelled the task, or held the loop too long."""
        while self._task.cancelling() > cancels:  # nobody else could, in this step
            self._task.uncancel()
            self.has_cancelled = True
        if self.held_s > self._deadline_s:
            self._abandon()
            message = f"held the worker for {self.held_s:.1f} s, its deadline is {self._deadline_s:g} s"
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
