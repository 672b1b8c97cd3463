"""Puts events onto a wire by the store's own commit, from a thread of its own: done when the call returns."""

import asyncio
import itertools
import threading
from collections.abc import Coroutine
from typing import Any, NamedTuple, Self, TypeVar

from missionwire.store.commit import commit
from missionwire.store.log import Log
from missionwire.store.server import Server
from missionwire.store.upkeep import Retention, trim
from missionwire.store.wire import Wire
from tests.unit.store.takes import accept, event, published, put_back, snapshot, waiting

T = TypeVar("T")

MISSIONS = ("crew-3", "soyuz-ms-24")


class Written(NamedTuple):
    """An entry of the wire as it was written."""

    epoch: str
    ms: int
    n: int
    mission: str
    id: str

    @property
    def position(self) -> str:
        """Its position, as a client gets it."""
        return f"{self.epoch}.{self.ms}-{self.n}"


class Writer:
    """The one who writes. `logs` is all that ever was on the wire, in its order, by epoch.

    `forks` are the epochs that ended when the log went back, each with the last ordinal that is still valid.
    """

    def __init__(self, url: str, name: str) -> None:
        self.logs: dict[str, list[Written]] = {}
        self.forks: dict[str, int] = {}
        self._numbers = itertools.count()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server = Server(url)
        self._log = Log(self._server, name)

    def __enter__(self) -> Self:
        self._thread.start()
        self._open()
        return self

    def __exit__(self, *_: object) -> None:
        self._wait(self._server.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _wait(self, doing: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(20)

    def _open(self) -> int:
        tip = self._wait(self._log.open())
        self.logs.setdefault(self.epoch, [])
        return tip.n

    @property
    def epoch(self) -> str:
        """The epoch of the log as it is now."""
        return self._log.epoch

    @property
    def written(self) -> list[Written]:
        """What is on the wire now, and what was trimmed off it."""
        return self.logs[self.epoch]

    @property
    def place(self) -> str:
        """The position of the last event."""
        return self.written[-1].position

    def publish(self, count: int = 1, *, size: int = 10) -> None:
        """Put events of two missions by turns onto the wire, the last of the first mission."""
        numbers = [next(self._numbers) for _ in range(count)]
        missions = [MISSIONS[(count - 1 - i) % 2] for i in range(count)]
        self._wait(
            self._publish([event(f"e{n}", mission=m, note="x" * size) for n, m in zip(numbers, missions, strict=True)])
        )

    async def _publish(self, items: list[Any]) -> None:
        before = await self._log.tip()
        await accept(self._log, items)
        await commit(self._log, self._server.pool, [published(entry) for entry in await waiting(self._log)])
        for entry in await Wire(self._log).after(before.ms, before.n, count=10_000):
            mission = next(m for m in MISSIONS if m.encode() in entry.payload)
            id_ = entry.payload.partition(b'"id":')[2].split(b'"')[1].decode()
            self.written.append(Written(self._log.epoch, entry.ms, entry.n, mission, id_))

    def trim(self, keep_bytes: int) -> None:
        """Cut the wire down to so many bytes of events, as upkeep does."""
        self._wait(self._trim(Retention(wire_bytes=keep_bytes)))

    async def _trim(self, retention: Retention) -> None:
        while await trim(self._log, retention, 0):
            pass

    def snapshot(self) -> dict[bytes, bytes]:
        """Give all keys, to be put back later."""
        return self._wait(snapshot(self._log))

    def lose(self) -> None:
        """Lose the log: what is written from now on is another one."""
        self._wait(put_back(self._log, {}))
        self._open()

    def go_back(self, past: dict[bytes, bytes]) -> None:
        """Make the log what it was, as a server does that lost its last writes; it gets a new epoch when opened."""
        before = self.epoch
        self._wait(put_back(self._log, past))
        n = self.forks[before] = self._open()
        self.logs[self.epoch] = [w._replace(epoch=self.epoch) for w in self.logs[before] if w.n <= n]

    def cut_connections(self) -> None:
        """Cut the connections of everybody else, as a server does that is started anew."""
        self._wait(self._cut())

    async def _cut(self) -> None:
        await self._server.pool.client_kill_filter(_type="normal", skipme=True)
