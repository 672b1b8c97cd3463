"""A batch: events that stand at one `enrich_batch` at the same time go into one call."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import chain, islice
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

Ask: TypeAlias = Callable[[Close], Awaitable[list[Any]]]
"""Makes the call of a batch, which it closes when its turn has come; gives one answer for each event."""


class Gathering:
    """Where events wait for one plugin. Whoever comes before the call begins is in it; then the next one gathers.

    `turns` are those that its calls take.
    """

    def __init__(self, turns: asyncio.Semaphore) -> None:
        self._turns = turns
        self._open: _Batch | None = None

    async def answers(self, events: Sequence[Event], ask: Ask) -> list[Any]:
        """Put events that come together into the batch that is open; gives what is answered to each of them."""
        if len(events) > 1 and (len(events) > MAX_EVENTS or _size_bytes(events) > MAX_BYTES):
            middle = len(events) // 2
            return [*await self.answers(events[:middle], ask), *await self.answers(events[middle:], ask)]
        batch = self._open
        if batch is None or not batch.takes(events):
            batch = self._open = _Batch(ask, self._turns)
        return await batch.answers(events)


def _size_bytes(events: Sequence[Event]) -> int:
    return len(_ENCODE(events))


class _Batch:
    """One batch. Its call ends when nobody waits for it any more.

    A task makes it, which begins a turn of the loop later. Who is still alone then, with nobody's call in the way,
    makes it without one: most are.
    """

    def __init__(self, ask: Ask, turns: asyncio.Semaphore) -> None:
        self._ask = ask
        self._turns = turns
        self._parties: dict[asyncio.Future[list[Any]], Sequence[Event]] = {}
        self._asked: dict[asyncio.Future[list[Any]], Sequence[Event]] = {}
        self._size_bytes = 0
        self._is_closed = False
        self._task: asyncio.Task[None] | None = None

    def takes(self, events: Sequence[Event]) -> bool:
        """Whether these events may come in, too; their size is then counted."""
        if self._is_closed or sum(map(len, self._parties.values())) + len(events) > MAX_EVENTS:
            return False
        if not self._size_bytes:
            self._size_bytes = sum(map(_size_bytes, self._parties.values()))
        size_bytes = self._size_bytes + _size_bytes(events)
        if size_bytes > MAX_BYTES:
            return False
        self._size_bytes = size_bytes
        return True

    async def answers(self, events: Sequence[Event]) -> list[Any]:
        """Wait for the answers to events that come together."""
        is_first = not self._parties
        answers: asyncio.Future[list[Any]] = asyncio.get_running_loop().create_future()
        self._parties[answers] = events
        try:
            if is_first:
                await asyncio.sleep(0)  # who comes in this turn of the loop is in the batch
                if self._task is None and not self._turns.locked():
                    self._is_closed = True
                    return await self._ask(lambda: tuple(events))
            if self._task is None:
                self._task = asyncio.create_task(self._run())
            return await answers
        finally:
            del self._parties[answers]
            if not self._parties:
                self._is_closed = True
                if self._task is not None:
                    self._task.cancel()

    def _close(self) -> tuple[Event, ...]:
        self._is_closed = True
        self._asked = dict(self._parties)
        return tuple(chain.from_iterable(self._asked.values()))

    async def _run(self) -> None:
        try:
            answers = iter(await self._ask(self._close))
            for waiting, events in self._asked.items():
                theirs = list(islice(answers, len(events)))
                if not waiting.done():
                    waiting.set_result(theirs)
        except Exception as error:  # a fault of our own, which each of them meets
            for waiting in self._parties:
                if not waiting.done():
                    waiting.set_exception(error)
        except asyncio.CancelledError:
            for waiting in self._parties:
                waiting.cancel()
            raise
