"""Lanes: the entries of one mission run one after another, missions side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from missionwire.store.inbox import Entry

WINDOW: Final = 1024
"""At most so many entries are held with their payload; then no inbox stream is read further."""

HELD_PER_LANE: Final = 64
"""Beyond this a lane holds only the ids of its entries, so that one slow mission cannot fill the window."""

IDS: Final = 100_000
"""At most so many entries are held by their id alone."""

Key: TypeAlias = tuple[int, str]


class Lanes:
    """Runs entries by lane. `run` handles one entry; `fetch` reads again one that was held by its id alone."""

    def __init__(
        self,
        run: Callable[[Entry], Awaitable[None]],
        fetch: Callable[[int, bytes], Awaitable[Entry | None]],
    ) -> None:
        self._run = run
        self._fetch = fetch
        self._queues: dict[Key, deque[Entry | tuple[int, bytes]]] = {}
        self._tasks: dict[Key, asyncio.Task[None]] = {}
        self._held = 0
        self._ids = 0
        self.failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def has_room(self) -> bool:
        """Whether more may be read from the inbox."""
        return self._held < WINDOW and self._ids < IDS

    @property
    def in_hand(self) -> int:
        """How many entries wait or run."""
        return self._held + self._ids

    def add(self, entry: Entry) -> None:
        """Put an entry at the end of its lane."""
        key = (entry.partition, entry.lane)
        queue = self._queues.get(key)
        if queue is None:
            queue = self._queues[key] = deque()
            self._tasks[key] = asyncio.create_task(self._drive(key, queue))
        if len(queue) < HELD_PER_LANE:
            queue.append(entry)
            self._held += 1
        else:
            queue.append((entry.partition, entry.id))
            self._ids += 1

    async def _drive(self, key: Key, queue: deque[Entry | tuple[int, bytes]]) -> None:
        try:
            while queue:
                head = queue[0]
                entry = head if isinstance(head, Entry) else await self._fetch(*head)
                if entry is not None:  # None: committed by somebody else meanwhile
                    await self._run(entry)
                queue.popleft()
                if isinstance(head, Entry):
                    self._held -= 1
                else:
                    self._ids -= 1
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # handed to the worker, which starts anew from the inbox
            if not self.failure.done():
                self.failure.set_exception(error)
        finally:
            self._queues.pop(key, None)
            self._tasks.pop(key, None)

    async def drop_partition(self, partition: int) -> None:
        """Forget what is held of an inbox stream that is no longer ours."""
        await self._cancel([key for key in self._tasks if key[0] == partition])

    async def aclose(self) -> None:
        """Forget everything."""
        await self._cancel(list(self._tasks))
        if self.failure.done() and not self.failure.cancelled():
            self.failure.exception()  # it was seen, or does not matter any more
        else:
            self.failure.cancel()

    async def _cancel(self, keys: list[Key]) -> None:
        tasks = []
        for key in keys:
            for item in self._queues.get(key, ()):
                if isinstance(item, Entry):
                    self._held -= 1
                else:
                    self._ids -= 1
            tasks.append(self._tasks[key])
            tasks[-1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
