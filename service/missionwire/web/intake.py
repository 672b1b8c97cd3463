"""Intake: concurrent posts join into one script call, so that all who wait share one fsync."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from missionwire.domain.errors import IntakeFull, MissionwireError, ServerAway, StoreFull
from missionwire.store.inbox import FULL, Inbox, Item
from missionwire.store.log import Log
from missionwire.store.server import Client

FLUSH_ITEMS: Final = 1000
FLUSH_BYTES: Final = 8 << 20
"""One script call takes at most so much, but at least one group."""


class _Waiting(NamedTuple):
    items: Sequence[Item]
    answer: "asyncio.Future[str]"
    size: int


class Intake:
    """One flusher on one connection, one call under way at a time. `has_disk` says whether the reserve is free."""

    def __init__(self, log: Log, inbox: Inbox, *, max_items: int, has_disk: Callable[[], bool]) -> None:
        self._log = log
        self._inbox = inbox
        self._max_items = max_items
        self._has_disk = has_disk
        self._queue: deque[_Waiting] = deque()
        self._queued = 0
        self._work = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.accepted = 0
        self.duplicates = 0
        self.conflicts = 0
        self.refused = 0

    async def start(self) -> None:
        """Start the flusher."""
        self._task = asyncio.create_task(self._flush_for_ever(), name="intake")

    async def stop(self) -> None:
        """Stop the flusher; who still waits is told to try again."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        for waiting in self._queue:
            if not waiting.answer.done():
                waiting.answer.set_exception(ServerAway())
        self._queue.clear()

    @property
    def queued(self) -> int:
        """How many items wait to be written."""
        return self._queued

    async def submit(self, items: Sequence[Item]) -> str:
        """Take items in, all or none, and wait until they are as safe as the server makes them. Gives a letter each.

        Raises:
            IntakeFull: too much waits here or in the inbox.
            StoreFull: memory or disk is full.
            ServerAway: no answer; the items may be in or not.
        """
        if not self._has_disk():
            self.refused += len(items)
            raise StoreFull("The disk is full but for its reserve. Nothing was taken; free some and send it again.")
        if self._queued + len(items) > self._max_items:
            self.refused += len(items)
            raise IntakeFull
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._queue.append(_Waiting(items, answer, sum(len(item.payload) for item in items)))
        self._queued += len(items)
        self._work.set()
        letters = await answer
        if letters == FULL and items:
            self.refused += len(items)
            raise IntakeFull
        self._count(letters)
        return letters

    def _count(self, letters: str) -> None:
        if "c" in letters:
            self.conflicts += letters.count("c")
            return
        self.duplicates += letters.count("d")
        self.accepted += len(letters) - letters.count("d")

    async def _flush_for_ever(self) -> None:
        while True:
            try:
                async with self._log.server.connection() as client:
                    while True:
                        await self._flush(client)
            except MissionwireError:
                await asyncio.sleep(0.05)  # the callers were told; a new connection for the next

    async def _flush(self, client: Client) -> None:
        while not self._queue:
            self._work.clear()
            await self._work.wait()
        group = self._take()
        try:
            answers = await self._inbox.accept([waiting.items for waiting in group], client)
        except asyncio.CancelledError:
            self._fail(group, ServerAway())
            raise
        except StoreFull as error:
            self._fail(group, error)
        except MissionwireError as error:
            self._fail(group, error)
            raise
        except Exception as error:  # whoever waits must be answered
            self._fail(group, error)
        else:
            for waiting, letters in zip(group, answers, strict=True):
                if not waiting.answer.done():
                    waiting.answer.set_result(letters)

    def _take(self) -> list[_Waiting]:
        group: list[_Waiting] = []
        items = size = 0
        while self._queue:
            head = self._queue[0]
            if group and (items + len(head.items) > FLUSH_ITEMS or size + head.size > FLUSH_BYTES):
                break
            group.append(self._queue.popleft())
            items, size = items + len(head.items), size + head.size
        self._queued -= items
        return group

    @staticmethod
    def _fail(group: Sequence[_Waiting], error: Exception) -> None:
        for waiting in group:
            if not waiting.answer.done():
                waiting.answer.set_exception(error)
