"""Kill anything at any moment: nothing acknowledged is lost, nothing is doubled, and every reader sees one order."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from missionwire.domain.errors import ServerAway
from missionwire.store import upkeep
from missionwire.store.embedded import Embedded
from missionwire.store.log import Log
from missionwire.store.server import Server
from missionwire.store.upkeep import Retention
from tests.faults.history import MISSIONS, History
from tests.faults.power import COMPILER, build_shim

ROOT = Path(__file__).parents[2]
SECONDS = float(os.environ.get("MISSIONWIRE_FAULT_SECONDS", "6"))
"""So long each run goes on; two runs."""

SETTLE_S = 60.0
WORKERS = 2

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the power cut is made with LD_PRELOAD, on Linux"),
    pytest.mark.skipif(COMPILER is None, reason="the power cut needs a C compiler (cc)"),
]


@pytest.fixture
def valkey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Embedded]:
    """A server that loses what it has not synced when it is killed."""
    embedded = Embedded(tmp_path / "data")
    monkeypatch.setenv("LD_PRELOAD", str(build_shim(tmp_path)))
    embedded.start()
    yield embedded
    embedded.stop()


async def test_the_power_cut_is_real(valkey: Embedded) -> None:
    """Else the runs below would prove less than they say."""
    server = Server(valkey.url)
    await server.pool.xadd("synced", {"n": 1})
    await server.pool.config_set("appendfsync", "no")
    for n in range(100):
        await server.pool.xadd("unsynced", {"n": n})
    await server.drop_connections()

    _cut_power(valkey)

    assert await server.pool.xlen("synced") == 1
    assert await server.pool.xlen("unsynced") == 0
    await server.aclose()


@pytest.mark.slow
@pytest.mark.timeout(SECONDS + 2 * SETTLE_S)
@pytest.mark.parametrize("lease", ["leased", "unleased"])
async def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(
    valkey: Embedded, tmp_path: Path, lease: str
) -> None:
    """Without leases both workers do everything, always: what is promised does not rest on them."""
    seed = int(os.environ.get("MISSIONWIRE_FAULT_SEED", time.time_ns() % 10**9))
    log = Log(Server(valkey.url), "faults")
    await log.open()
    history = History(log, seed)
    team = Team(valkey.url, log.keys.name, lease, tmp_path)
    try:
        async with asyncio.TaskGroup() as tasks:
            producers = [tasks.create_task(history.send_events(mission)) for mission in MISSIONS]
            producers.append(tasks.create_task(history.send_articles()))
            others = [tasks.create_task(history.follow(valkey.url)), tasks.create_task(_keep_up(log))]
            await _break_things(valkey, team, history, random.Random(seed + 1))  # noqa: S311  # same
            history.is_over = True
            await asyncio.wait(producers)
            await history.settle(SETTLE_S)
            for each in others:
                each.cancel()
        faults = await history.judge()
    finally:
        team.kill()
        print(f"\nseed {seed}, {lease}: {dict(sorted(history.counts.items()))}")  # noqa: T201  # to run it again
        await log.server.aclose()
    assert faults == []
    assert min(history.counts["workers killed"], history.counts["power cuts"], history.counts["wire"]) > 0


class Team:
    """The worker processes."""

    def __init__(self, url: str, wire: str, lease: str, folder: Path) -> None:
        self._arguments = [url, wire]
        self._lease = lease
        self._folder = folder
        self._environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
        self._born = 0
        self._workers = [self._start() for _ in range(WORKERS)]

    def _start(self) -> "subprocess.Popen[bytes]":
        self._born += 1
        name = f"w{self._born}"
        command = [sys.executable, "-m", "tests.faults.small_worker", *self._arguments, name, self._lease]
        with (self._folder / f"{name}.log").open("wb") as out:
            return subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=out, stderr=out)

    def replace(self, number: int) -> None:
        """Kill one worker and start another."""
        self._workers[number].kill()
        self._workers[number].wait()
        self._workers[number] = self._start()

    def kill(self) -> None:
        for worker in self._workers:
            worker.kill()
            worker.wait()


async def _break_things(valkey: Embedded, team: Team, history: History, chance: random.Random) -> None:
    def kill_worker() -> None:
        history.counts["workers killed"] += 1
        team.replace(chance.randrange(WORKERS))

    def cut_power() -> None:
        history.counts["power cuts"] += 1
        _cut_power(valkey)

    breaks: list[Callable[[], None]] = [kill_worker, cut_power]  # each at least once
    end = time.monotonic() + SECONDS
    while breaks or time.monotonic() < end:
        await asyncio.sleep(chance.uniform(0.2, 0.9))
        (breaks.pop() if breaks else chance.choice([kill_worker, kill_worker, cut_power]))()


def _cut_power(valkey: Embedded) -> None:
    assert valkey.pid is not None
    os.kill(valkey.pid, signal.SIGKILL)
    while valkey.poll() is None:
        time.sleep(0.001)
    valkey.start()


async def _keep_up(log: Log) -> None:
    """Open new generations of marks meanwhile; nothing is forgotten, since all stays on the wire."""
    while True:
        await asyncio.sleep(0.5)
        try:
            await upkeep.rotate(log, Retention(dedupe_window_s=4), full=300)
        except ServerAway:
            continue
