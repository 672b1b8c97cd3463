"""Lanes: the entries of one mission run one after another, missions side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import Final, NamedTuple, TypeAlias

from missionwire.store.inbox import Entry

WINDOW: Final = 1024
"""At most so many entries are held with their payload; then no inbox stream is read further."""

WINDOW_BYTES: Final = 64 << 20
"""The same for the bytes of their payloads."""

HELD_PER_LANE: Final = 64
"""Beyond this a lane holds only the ids of its entries, so that one slow mission cannot fill the window."""

IDS: Final = 100_000
"""At most so many entries are held by their id alone."""

Key: TypeAlias = tuple[int, str]


class _Id(NamedTuple):
    """An entry whose payload is read again when its turn comes."""

    partition: int
    id: bytes


_Held: TypeAlias = Entry | _Id


class Lanes:
    """Runs entries by lane. `run` handles one entry; `fetch` reads again one that was held by its id alone.

    `room` is set while more may be read from the inbox. `failure` ends with what `run` or `fetch` raised.
    """

    def __init__(
        self,
        run: Callable[[Entry], Awaitable[None]],
        fetch: Callable[[int, bytes], Awaitable[Entry | None]],
    ) -> None:
        self._run = run
        self._fetch = fetch
        self._queues: dict[Key, deque[_Held]] = {}
        self._tasks: dict[Key, asyncio.Task[None]] = {}
        self._held = 0
        self._held_bytes = 0
        self._ids = 0
        self._is_finishing = False
        self.room = asyncio.Event()
        self.room.set()
        self.failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def add(self, entry: Entry) -> None:
        """Put an entry at the end of its lane."""
        key = (entry.partition, entry.lane)
        queue = self._queues.get(key)
        if queue is None:
            queue = self._queues[key] = deque()
            self._tasks[key] = asyncio.create_task(self._drive(key, queue))
        held: _Held = entry if len(queue) < HELD_PER_LANE else _Id(entry.partition, entry.id)
        queue.append(held)
        self._count(held, 1)

    async def _drive(self, key: Key, queue: deque[_Held]) -> None:
        try:
            while queue and not self._is_finishing:
                head = queue[0]
                entry = head if isinstance(head, Entry) else await self._fetch(*head)
                if entry is not None:  # None: committed by somebody else meanwhile
                    await self._run(entry)
                self._count(queue.popleft(), -1)
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # handed to the worker, which starts anew from the inbox
            if not self.failure.done():
                self.failure.set_exception(error)
        finally:
            self._forget(key)

    def _forget(self, key: Key) -> None:
        self._tasks.pop(key, None)
        for held in self._queues.pop(key, ()):
            self._count(held, -1)

    def _count(self, held: _Held, by: int) -> None:
        if isinstance(held, Entry):
            self._held += by
            self._held_bytes += by * len(held.payload)
        else:
            self._ids += by
        if self._held < WINDOW and self._held_bytes < WINDOW_BYTES and self._ids < IDS:
            self.room.set()
        else:
            self.room.clear()

    async def finish(self) -> None:
        """Let each lane finish the entry that it runs, and begin no other. The rest stays in the inbox."""
        self._is_finishing = True
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def drop(self, partitions: Collection[int]) -> None:
        """Forget what is held of inbox streams that are no longer ours."""
        await self._cancel([key for key in self._tasks if key[0] in partitions])

    async def aclose(self) -> None:
        """Forget everything."""
        await self._cancel(list(self._tasks))
        if self.failure.done() and not self.failure.cancelled():
            self.failure.exception()  # it was seen, or does not matter any more
        else:
            self.failure.cancel()

    async def _cancel(self, keys: Iterable[Key]) -> None:
        tasks = {key: self._tasks[key] for key in keys}
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
        for key in tasks:
            self._forget(key)  # one that was cancelled before its first step did not do so itself
