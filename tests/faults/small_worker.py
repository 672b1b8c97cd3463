"""A worker without leases, to be killed: `python -m tests.faults.small_worker URL WIRE NAME`.

The real worker reads only what it has leased. This one reads everything, always, and so shows that nothing which is
promised rests on the leases. What it makes of an entry hangs on the entry alone, so that the judge knows what has to
come of it.
"""

import asyncio
import random
import sys
from collections import deque
from typing import Any, NoReturn

import msgspec

from missionwire.domain.errors import ServerAway
from missionwire.store.commit import Result, commit
from missionwire.store.inbox import Entry, Inbox
from missionwire.store.log import Log
from missionwire.store.server import Server
from tests.faults.fates import SLOW_MISSION, fate, keys_of
from tests.unit.store.takes import extracted, own

WINDOW = 1024
ERROR = b'{"kind":"raised","message":"ValueError: the figure is 3"}'


class SmallWorker:
    def __init__(self, log: Log, name: str) -> None:
        self._log = log
        self._name = name
        self._inbox = Inbox(log, limit=0)

    async def run(self) -> NoReturn:
        while True:
            try:
                await self._log.open()
                await self._session()
            except* ServerAway as error:
                print(self._name, "starts anew:", error.exceptions[0], flush=True)  # noqa: T201  # into its log file
            await self._log.server.drop_connections()
            await asyncio.sleep(0.05)

    async def _session(self) -> None:
        """Work until a connection fails; then nothing in memory is kept."""
        self._lanes: dict[tuple[int, str], tuple[deque[Entry], asyncio.Task[None]]] = {}
        self._results: asyncio.Queue[Result] = asyncio.Queue()
        async with asyncio.TaskGroup() as self._tasks:
            for loop in (self._read, self._commit):
                self._tasks.create_task(loop())

    async def _read(self) -> None:
        cursors = dict.fromkeys(range(self._log.partitions), b"0-0")
        async with self._log.server.connection(block_s=0.2) as client:
            while True:
                if sum(len(queue) for queue, _ in self._lanes.values()) > WINDOW:
                    await asyncio.sleep(0.005)
                    continue
                for entry in await self._inbox.read(client, cursors, count=64, block_s=0.2):
                    cursors[entry.partition] = entry.id
                    self._add(entry)

    def _add(self, entry: Entry) -> None:
        key = (entry.partition, entry.lane)
        if key in self._lanes:
            self._lanes[key][0].append(entry)
        else:
            queue = deque([entry])
            self._lanes[key] = (queue, self._tasks.create_task(self._drive(key, queue)))

    async def _drive(self, key: tuple[int, str], queue: deque[Entry]) -> None:
        while queue:
            await asyncio.sleep(0.1 if key[1] == SLOW_MISSION else random.random() * 0.003)  # noqa: S311  # as plugins do
            self._results.put_nowait(self._result(queue[0]))
            queue.popleft()
        del self._lanes[key]

    def _result(self, entry: Entry) -> Result:
        sent = msgspec.json.decode(entry.payload)
        if entry.kind == "a":
            told = [extracted(f"{entry.lane}:{key}", mission="soyuz-ms-24") for key in keys_of(sent["text"])]
            return Result(entry.partition, entry.id, told, entry.lane, entry.payload)
        changes: dict[str, dict[str, Any]] = {
            "dead": {"fate": "dead", "error": ERROR},
            "drop": {"fate": "drop", "reason": "the figure is 7"},
            "publish": {"payload": entry.payload[:-1] + b',"by":"%b"}' % self._name.encode()},
        }
        return Result(entry.partition, entry.id, [own(entry, **changes[fate(sent["id"])])])

    async def _commit(self) -> None:
        async with self._log.server.connection() as client:
            while True:
                batch = [await self._results.get()]
                while len(batch) < 256 and not self._results.empty():
                    batch.append(self._results.get_nowait())
                await commit(self._log, client, batch)


if __name__ == "__main__":
    url, wire, worker = sys.argv[1:]
    asyncio.run(SmallWorker(Log(Server(url), wire), worker).run())
