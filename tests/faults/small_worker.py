"""A small worker on the real store, to be killed: `python -m tests.faults.small_worker URL WIRE NAME leased|unleased`.

What it makes of an entry hangs on the entry alone, so that the judge knows what has to come of it.
"""

import asyncio
import random
import sys
from collections import deque
from typing import Any, NoReturn

import msgspec

from missionwire.domain.errors import ServerAway
from missionwire.store import leases
from missionwire.store.commit import Result, commit
from missionwire.store.inbox import Entry, Inbox
from missionwire.store.log import Log
from missionwire.store.server import Server
from tests.unit.store.takes import extracted, own

LEASE_TTL_S = 1.0
WINDOW = 1024
SLOW_MISSION = "crew-0"
ERROR = b'{"kind":"ValueError","message":"the figure is 3"}'


class SmallWorker:
    def __init__(self, log: Log, name: str, *, is_leased: bool) -> None:
        self._log = log
        self._name = name
        self._is_leased = is_leased
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
        self._cursors: dict[int, bytes] = {}
        self._lanes: dict[tuple[int, str], tuple[deque[Entry], asyncio.Task[None]]] = {}
        self._results: asyncio.Queue[Result] = asyncio.Queue()
        async with asyncio.TaskGroup() as self._tasks:
            for loop in (self._lease, self._read, self._commit):
                self._tasks.create_task(loop())

    async def _lease(self) -> None:
        while True:
            held = set(range(self._log.partitions))
            if self._is_leased:
                held = await leases.renew(self._log, self._name, LEASE_TTL_S)
            for lost in self._cursors.keys() - held:
                del self._cursors[lost]
                for key in [key for key in self._lanes if key[0] == lost]:
                    self._lanes.pop(key)[1].cancel()
            for taken in held - self._cursors.keys():
                self._cursors[taken] = b"0-0"
            await asyncio.sleep(LEASE_TTL_S / 3)

    async def _read(self) -> None:
        async with self._log.server.connection(block_s=0.2) as client:
            while True:
                asked = dict(self._cursors)
                if not asked or sum(len(queue) for queue, _ in self._lanes.values()) > WINDOW:
                    await asyncio.sleep(0.005)
                    continue
                for entry in await self._inbox.read(client, asked, count=64, block_s=0.2):
                    if self._cursors.get(entry.partition) == asked[entry.partition]:
                        asked[entry.partition] = self._cursors[entry.partition] = entry.id
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
            number = int(sent["url"].rpartition("/")[2])
            told = [extracted(f"x-{each}", mission="soyuz-ms-24") for each in (number, number + 1)]
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


def fate(id_: str) -> str:
    """Give what becomes of an event: the last figure of its id tells."""
    return {"3": "dead", "7": "drop"}.get(id_[-1], "publish")


if __name__ == "__main__":
    url, wire, worker, lease = sys.argv[1:]
    asyncio.run(SmallWorker(Log(Server(url), wire), worker, is_leased=lease == "leased").run())
