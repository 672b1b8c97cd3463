import asyncio

from missionwire.store import leases
from missionwire.store.log import PARTITIONS, Log

ALL = set(range(PARTITIONS))


async def test_one_worker_holds_all_streams(log: Log) -> None:
    assert await leases.renew(log, "w1", 5) == ALL


async def test_workers_share_fairly_and_no_stream_is_held_twice(log: Log) -> None:
    held = await _settle(log, "w1", "w2", "w3")
    assert sorted(len(streams) for streams in held.values()) == [4, 6, 6]
    assert set().union(*held.values()) == ALL
    assert sum(len(streams) for streams in held.values()) == PARTITIONS


async def test_a_worker_keeps_what_it_holds(log: Log) -> None:
    held = await _settle(log, "w1", "w2")
    assert await _settle(log, "w1", "w2") == held


async def test_more_workers_than_streams_are_no_trouble(log: Log) -> None:
    names = [f"w{n}" for n in range(PARTITIONS + 4)]
    held = await _settle(log, *names)
    assert sorted(len(streams) for streams in held.values()) == [0] * 4 + [1] * PARTITIONS


async def test_what_a_dead_worker_held_is_free_after_its_time(log: Log) -> None:
    await leases.renew(log, "dead", 0.4)
    assert await leases.renew(log, "w1", 5) == set()
    await asyncio.sleep(0.45)
    assert await leases.renew(log, "w1", 5) == ALL


async def test_what_a_leaving_worker_held_is_free_at_once(log: Log) -> None:
    await leases.renew(log, "w1", 60)
    await leases.leave(log, "w1")
    assert await leases.renew(log, "w2", 60) == ALL


async def _settle(log: Log, *names: str) -> dict[str, set[int]]:
    """Let workers renew until each has its share: one gives up before another can take."""
    for _ in range(2):
        for name in names:
            await leases.renew(log, name, 5)
    return {name: await leases.renew(log, name, 5) for name in names}
