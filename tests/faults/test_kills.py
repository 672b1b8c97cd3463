"""Kill anything at any moment: nothing acknowledged is lost, nothing is doubled, and every reader sees one order."""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
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
from tests.faults.teams import RealTeam, Team

SECONDS = float(os.environ.get("MISSIONWIRE_FAULT_SECONDS", "6"))
"""So long the run with small workers goes on; that with the real ones, which take longer to start, twice as long."""

SETTLE_S = 120.0

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
@pytest.mark.timeout(2 * SECONDS + 2 * SETTLE_S)
async def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(valkey: Embedded, tmp_path: Path) -> None:
    """Kill workers, their supervisors, and the power of the server; some events end their worker besides.

    Those, and no others, become dead letters for it: a kill from outside is held against nobody.
    """
    await _run(valkey, tmp_path, RealTeam, 2 * SECONDS)


@pytest.mark.slow
@pytest.mark.timeout(SECONDS + 2 * SETTLE_S)
async def test_nothing_is_lost_or_doubled_without_leases(valkey: Embedded, tmp_path: Path) -> None:
    """Both workers do everything, always: what is promised does not rest on leases."""
    await _run(valkey, tmp_path, Team, SECONDS)


async def _run(valkey: Embedded, folder: Path, kind: type[Team], seconds: float) -> None:
    seed = int(os.environ.get("MISSIONWIRE_FAULT_SEED", time.time_ns() % 10**9))
    chance = random.Random(seed + 1)  # noqa: S311  # no secret; the seed is printed to run it again
    log = Log(Server(valkey.url), "faults")
    await log.open()
    history = History(log, seed)
    team = kind(valkey.url, log.keys.name, folder, chance)
    try:
        async with asyncio.TaskGroup() as tasks:
            producers = [tasks.create_task(history.send_events(mission)) for mission in MISSIONS]
            producers.append(tasks.create_task(history.send_articles()))
            if kind is RealTeam:
                producers.append(tasks.create_task(history.send_ends()))
            others = [tasks.create_task(history.follow(valkey.url)), tasks.create_task(_keep_up(log))]
            await _break_things(valkey, team, history, chance, seconds)
            history.is_over = True
            await asyncio.wait(producers)
            await history.settle(SETTLE_S)
            for each in others:
                each.cancel()
        faults = await history.judge()
    finally:
        team.kill()
        print(f"\nseed {seed}, {kind.__name__}: {dict(sorted(history.counts.items()))}")  # noqa: T201  # to run it again
        await log.server.aclose()
    assert faults == []
    assert min(history.counts[name] for name in (*team.kills, "power cuts", "wire")) > 0


async def _break_things(valkey: Embedded, team: Team, history: History, chance: random.Random, seconds: float) -> None:
    ways: dict[str, Callable[[], bool]] = {**team.kills, "power cuts": partial(_cut_power, valkey)}
    end = time.monotonic() + seconds
    due = list(ways)  # each at least once
    while due or time.monotonic() < end:
        await asyncio.sleep(chance.uniform(*team.pauses_s))
        way = due.pop() if due else chance.choice([*ways, "workers killed"])
        history.counts[way] += ways[way]()


def _cut_power(valkey: Embedded) -> bool:
    assert valkey.pid is not None
    os.kill(valkey.pid, signal.SIGKILL)
    while valkey.poll() is None:
        time.sleep(0.001)
    valkey.start()
    return True


async def _keep_up(log: Log) -> None:
    """Open new generations of marks meanwhile; nothing is forgotten, since all stays on the wire."""
    while True:
        await asyncio.sleep(0.5)
        try:
            await upkeep.rotate(log, Retention(dedupe_window_s=4), full=300)
        except ServerAway:
            continue
