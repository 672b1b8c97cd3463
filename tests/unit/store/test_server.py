import asyncio
import os
import signal
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from missionwire.domain.errors import ServerAway, ServerUnfit, StoreFull
from missionwire.store import leases, reports, suspects, upkeep
from missionwire.store.commit import commit
from missionwire.store.dead_letters import DeadLetters
from missionwire.store.embedded import Embedded
from missionwire.store.inbox import Inbox
from missionwire.store.log import Log
from missionwire.store.server import POOL_SIZE, Server
from missionwire.store.upkeep import Retention
from missionwire.store.wire import Wire
from tests.unit.store.takes import accept, event, own, publish, published, put_back, snapshot, waiting, wire_ids

ERROR = b'{"kind":"ValueError","message":"no"}'


# --- fitness ------------------------------------------------------------------------------------------------------


async def test_a_server_that_evicts_is_refused(own_log: Log) -> None:
    await own_log.server.pool.config_set("maxmemory-policy", "allkeys-lru")
    with pytest.raises(ServerUnfit, match="allkeys-lru"):
        await own_log.server.check()


async def test_durability_is_told_as_it_is(own_log: Log) -> None:
    server = own_log.server
    assert (await server.check()).level == "disk"
    await server.pool.config_set("appendfsync", "everysec")
    told = await server.check()
    assert (told.level, told.is_synced) == ("memory", False)
    assert "everysec" in told.detail
    await server.pool.config_set("appendonly", "no")
    assert "appendonly is no" in (await server.check()).detail


async def test_a_server_that_hides_its_settings_is_taken_with_unknown_durability(own_log: Log) -> None:
    pool = own_log.server.pool
    await pool.execute_command("ACL", "SETUSER", "shy", "on", ">secret", "~*", "+@all", "-config")
    path = own_log.server.url.removeprefix("unix://")
    server = Server(f"unix://shy:secret@{path}")
    assert (await server.check()).level == "unknown"
    await server.aclose()


async def test_a_wrong_password_is_no_absence(own_log: Log) -> None:
    server = Server(f"unix://nobody:wrong@{own_log.server.url.removeprefix('unix://')}")
    with pytest.raises(ServerUnfit, match="does not let missionwire in"):
        await server.check()
    await server.aclose()


# --- away ---------------------------------------------------------------------------------------------------------


async def test_each_request_to_a_killed_server_says_that_it_is_away(own_valkey: Embedded, own_log: Log) -> None:
    await accept(own_log, [event("1")])
    (entry,) = await waiting(own_log)
    assert own_valkey.pid is not None
    os.kill(own_valkey.pid, signal.SIGKILL)

    for request in (
        lambda: accept(own_log, [event("2")]),
        lambda: commit(own_log, own_log.server.pool, [published(entry)]),
        lambda: Wire(own_log).last(count=1),
        own_log.tip,
        own_log.open,
        own_log.server.check,
        lambda: leases.renew(own_log, "w1", 5),
        lambda: DeadLetters(own_log).page(),
    ):
        with pytest.raises(ServerAway):
            await request()


async def test_a_blocked_read_ends_when_the_server_is_killed(own_valkey: Embedded, own_log: Log) -> None:
    async with own_log.server.connection(block_s=60) as client:
        following = asyncio.create_task(Wire(own_log).follow(client, 0, 0, count=1, block_s=60))
        await asyncio.sleep(0.02)
        assert own_valkey.pid is not None
        os.kill(own_valkey.pid, signal.SIGKILL)
        with pytest.raises(ServerAway):
            await asyncio.wait_for(following, 5)


async def test_all_goes_on_when_the_server_is_back(own_valkey: Embedded, own_log: Log) -> None:
    await accept(own_log, [event("1")])
    assert own_valkey.pid is not None
    os.kill(own_valkey.pid, signal.SIGKILL)
    with pytest.raises(ServerAway):
        await own_log.tip()
    assert await asyncio.to_thread(_has_ended, own_valkey)

    own_valkey.start()
    own_log.server.url = own_valkey.url
    await own_log.server.drop_connections()

    epoch = own_log.epoch
    await own_log.open()
    assert own_log.epoch == epoch
    assert await accept(own_log, [event("1")]) == ["d"]


async def test_nobody_listening_is_away(tmp_path: Path) -> None:
    server = Server(f"unix://{tmp_path}/none.sock")
    with pytest.raises(ServerAway):
        await server.check()
    await server.aclose()


async def test_more_requests_than_connections_wait_for_their_turn(log: Log) -> None:
    tips = await asyncio.gather(*(log.tip() for _ in range(POOL_SIZE * 8)))
    assert {tip.n for tip in tips} == {0}


# --- full ---------------------------------------------------------------------------------------------------------


async def test_when_memory_is_full_intake_is_refused_with_nothing_written_and_the_inbox_drains(own_log: Log) -> None:
    await accept(own_log, [event(str(n), mission=f"crew-{n}") for n in range(100)])
    await _cap(own_log, 1)
    before = await snapshot(own_log)
    with pytest.raises(StoreFull):
        await accept(own_log, [event("one more")], [event("and more")])
    assert await snapshot(own_log) == before

    entries = (await waiting(own_log))[:60]
    async with own_log.server.connection() as client:
        results = [published(entry) for entry in entries]
        assert await commit(own_log, client, results[:40]) == "1" * 40
        assert await commit(own_log, client, results) == "0" * 40 + "1" * 20
        assert await commit(own_log, client, results) == "0" * 60
    assert await Inbox(own_log, limit=0).depth() == 40
    assert len(await wire_ids(own_log)) == 60


async def test_when_memory_is_full_a_worker_can_do_all_it_has_to(own_log: Log) -> None:
    await accept(own_log, [event("1"), event("2")])
    await _cap(own_log, 1)

    assert len(await leases.renew(own_log, "w1", 5)) == own_log.partitions
    assert await suspects.accuse(own_log, "0:1-1") == 1
    await reports.publish(own_log, "w1", b"{}")
    await own_log.open()
    await upkeep.rotate(own_log, Retention(dedupe_window_s=0), full=1)
    assert own_log.generations == "1:2"
    dead = [replace(published(each), outputs=[own(each, fate="dead", error=ERROR)]) for each in await waiting(own_log)]
    async with own_log.server.connection() as client:
        assert await commit(own_log, client, dead) == "11"
    (letter, other) = await DeadLetters(own_log).page()
    assert await DeadLetters(own_log).replay([letter.id]) == 1
    await DeadLetters(own_log).discard(other.id)
    await leases.leave(own_log, "w1")


async def test_when_memory_is_full_a_log_that_went_back_gets_its_new_epoch(own_log: Log) -> None:
    past, epoch = await snapshot(own_log), own_log.epoch
    await publish(own_log, event("1"))
    await put_back(own_log, past)
    await _cap(own_log, 1)
    await own_log.open()
    assert own_log.forks == {epoch: 0}


async def test_space_given_back_by_the_wire_heals_intake(own_log: Log) -> None:
    used = (await own_log.server.pool.info("memory"))["used_memory"]
    await _cap(own_log, used + (3 << 20))
    with pytest.raises(StoreFull):
        await _fill(own_log)
    async with own_log.server.connection() as client:
        while entries := (await waiting(own_log))[:500]:
            await commit(own_log, client, [published(entry) for entry in entries])
            await upkeep.trim(own_log, Retention(wire_bytes=0), 0)
    assert await accept(own_log, [event("one more")]) == ["a"]


def _has_ended(valkey: Embedded) -> bool:
    for _ in range(500):
        if valkey.poll() is not None:
            return True
        time.sleep(0.01)
    return False


async def _fill(log: Log) -> None:
    for n in range(1000):
        await accept(log, [event(f"{n}-{m}", note="x" * 2000) for m in range(100)], limit=0)


async def _cap(log: Log, memory_bytes: int) -> None:
    await log.server.pool.config_set("maxmemory", memory_bytes)
