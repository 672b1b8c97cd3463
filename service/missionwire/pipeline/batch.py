"""A batch: events that stand at one `enrich_batch` at the same time go into one call."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, TypeAlias

import msgspec

from missionwire.domain.event import Event

MAX_EVENTS: Final = 64
"""At most so many events in one call."""

MAX_BYTES: Final = 1 << 20
"""A batch takes no event that would bring it over so many bytes of JSON; one alone may be larger."""

_ENCODE: Final = msgspec.json.Encoder().encode

Close: TypeAlias = Callable[[], tuple[Event, ...]]
"""Closes a batch, and gives its events."""

Ask: TypeAlias = Callable[[Close], Awaitable[Sequence[Any]]]
"""Makes the call of a batch, which it closes when its turn has come; gives one answer for each event."""


class Gathering:
    """Where events wait for one plugin. Whoever comes before the call begins is in it; then the next one gathers.

    `turns` are those that its calls take.
    """

    def __init__(self, turns: asyncio.Semaphore) -> None:
        self._turns = turns
        self._open: _Batch | None = None

    async def answer(self, event: Event, ask: Ask) -> Any:  # noqa: ANN401  # what `ask` gives
        """Put an event into the batch that is open, and give what is answered to it."""
        batch = self._open
        if batch is None or not batch.takes(event):
            batch = self._open = _Batch(ask, self._turns)
        return await batch.answer(event)


class _Batch:
    """One batch. Its call ends when nobody waits for it any more.

    A task makes it, which begins a turn of the loop later. An event that is still alone then, with nobody's call in its
    way, makes it itself: most are, and need no task.
    """

    def __init__(self, ask: Ask, turns: asyncio.Semaphore) -> None:
        self._ask = ask
        self._turns = turns
        self._events: dict[asyncio.Future[Any], Event] = {}
        self._asked: tuple[asyncio.Future[Any], ...] = ()
        self._size_bytes = 0
        self._is_closed = False
        self._task: asyncio.Task[None] | None = None

    def takes(self, event: Event) -> bool:
        """Whether one more event may come in; its size is then counted."""
        if self._is_closed or len(self._events) >= MAX_EVENTS:
            return False
        if not self._size_bytes:
            self._size_bytes = sum(len(_ENCODE(each)) for each in self._events.values())
        size_bytes = self._size_bytes + len(_ENCODE(event))
        if size_bytes > MAX_BYTES:
            return False
        self._size_bytes = size_bytes
        return True

    async def answer(self, event: Event) -> Any:  # noqa: ANN401  # what `ask` gives
        """Wait for the answer to one event."""
        is_first = not self._events
        answer = asyncio.get_running_loop().create_future()
        self._events[answer] = event
        try:
            if is_first and not self._turns.locked():
                await asyncio.sleep(0)  # who comes in this turn of the loop is in the batch
                if self._task is None and not self._turns.locked():
                    self._is_closed = True
                    (alone,) = await self._ask(lambda: (event,))
                    return alone
            if self._task is None:
                self._task = asyncio.create_task(self._run())
            return await answer
        finally:
            del self._events[answer]
            if not self._events:
                self._is_closed = True
                if self._task is not None:
                    self._task.cancel()

    def _close(self) -> tuple[Event, ...]:
        self._is_closed = True
        self._asked = tuple(self._events)
        return tuple(self._events.values())

    async def _run(self) -> None:
        try:
            answers = await self._ask(self._close)
            for waiting, answer in zip(self._asked, answers, strict=True):
                if not waiting.done():
                    waiting.set_result(answer)
        except Exception as error:  # a fault of our own, which each of them meets
            for waiting in self._events:
                if not waiting.done():
                    waiting.set_exception(error)
        except asyncio.CancelledError:
            for waiting in self._events:
                waiting.cancel()
            raise
