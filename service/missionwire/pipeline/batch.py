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
    """Where events wait for one plugin. Whoever comes before the call begins is in it; then the next one gathers."""

    def __init__(self) -> None:
        self._open: _Batch | None = None

    async def answer(self, event: Event, ask: Ask) -> Any:  # noqa: ANN401  # what `ask` gives
        """Put an event into the batch that is open, and give what is answered to it."""
        size_bytes = len(_ENCODE(event))
        batch = self._open
        if batch is None or not batch.takes(size_bytes):
            batch = self._open = _Batch(ask)
        return await batch.answer(event, size_bytes)


class _Batch:
    """One batch, with the task that makes its call. The call ends when nobody waits for it any more."""

    def __init__(self, ask: Ask) -> None:
        self._events: dict[asyncio.Future[Any], Event] = {}
        self._asked: tuple[asyncio.Future[Any], ...] = ()
        self._size_bytes = 0
        self._is_closed = False
        self._task = asyncio.create_task(self._run(ask))  # a turn of the loop later: who comes in this one is in it

    def takes(self, size_bytes: int) -> bool:
        """Whether one more event of this size may come in."""
        return not self._is_closed and len(self._events) < MAX_EVENTS and self._size_bytes + size_bytes <= MAX_BYTES

    async def answer(self, event: Event, size_bytes: int) -> Any:  # noqa: ANN401  # what `ask` gives
        """Wait for the answer to one event."""
        answer = asyncio.get_running_loop().create_future()
        self._events[answer] = event
        self._size_bytes += size_bytes
        try:
            return await answer
        finally:
            del self._events[answer]
            if not self._events:
                self._is_closed = True
                self._task.cancel()

    def _close(self) -> tuple[Event, ...]:
        self._is_closed = True
        self._asked = tuple(self._events)
        return tuple(self._events.values())

    async def _run(self, ask: Ask) -> None:
        try:
            answers = await ask(self._close)
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
