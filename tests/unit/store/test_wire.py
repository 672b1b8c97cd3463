import asyncio

from missionwire.store import upkeep
from missionwire.store.log import Log
from missionwire.store.upkeep import Retention
from missionwire.store.wire import Wire
from tests.unit.store.takes import event, publish


async def test_pages_go_both_ways_from_a_place(log: Log) -> None:
    await publish(log, *(event(str(n)) for n in range(7)))
    wire = Wire(log)
    entries = await wire.after(0, 0, count=3)
    assert [entry.n for entry in entries] == [1, 2, 3]
    assert [entry.n for entry in await wire.after(entries[-1].ms, 3, count=3)] == [4, 5, 6]
    assert [entry.n for entry in await wire.before(entries[-1].ms, 3, count=9)] == [2, 1]
    assert [entry.n for entry in await wire.last(count=2)] == [7, 6]


async def test_one_entry_is_found_by_its_place(log: Log) -> None:
    await publish(log, event("1"), event("2"))
    first, second = await Wire(log).after(0, 0, count=2)
    assert await Wire(log).at(second.ms, 2) == second
    assert await Wire(log).at(first.ms, 3) is None


async def test_the_last_entry_before_a_moment(log: Log) -> None:
    await publish(log, event("1"))
    await asyncio.sleep(0.005)
    await publish(log, event("2"))
    first, second = await Wire(log).after(0, 0, count=2)
    assert await Wire(log).last_before_ms(second.ms) == first
    assert await Wire(log).last_before_ms(first.ms) is None


async def test_a_follower_waits_for_the_next_entry(log: Log) -> None:
    await publish(log, event("1"))
    tip = await log.tip()
    async with log.server.connection(block_s=5) as client:
        following = asyncio.create_task(Wire(log).follow(client, tip.ms, tip.n, count=10, block_s=5))
        await asyncio.sleep(0.02)
        assert not following.done()
        await publish(log, event("2"))
        assert [entry.n for entry in await following] == [2]


async def test_a_follower_of_a_quiet_wire_gets_nothing_in_time(log: Log) -> None:
    async with log.server.connection(block_s=0.01) as client:
        assert await Wire(log).follow(client, 0, 0, count=10, block_s=0.01) == []


async def test_size_is_entries_and_bytes_of_their_events(log: Log) -> None:
    assert await Wire(log).size() == (0, 0)
    await publish(log, event("1"), event("22"))
    entries = await Wire(log).last(count=9)
    assert await Wire(log).size() == (2, sum(len(entry.payload) for entry in entries))


async def test_a_missions_events_go_both_ways(log: Log) -> None:
    await publish(log, *(event(str(n), mission=f"crew-{n % 2}") for n in range(8)))
    wire = Wire(log)
    first = await wire.of_mission("crew-1", 0, 0, count=3)
    assert [entry.n for entry in first] == [2, 4, 6]
    assert [entry.n for entry in await wire.of_mission("crew-1", first[-1].ms, 6, count=3)] == [8]
    back = await wire.of_mission("crew-1", first[-1].ms, 6, count=3, is_back=True)
    assert [entry.n for entry in back] == [4, 2]
    assert await wire.of_mission("crew-9", 0, 0, count=3) == []


async def test_what_was_trimmed_does_not_fill_a_missions_page(log: Log) -> None:
    await publish(log, *(event(f"{n:02}") for n in range(20)))
    size = len((await Wire(log).last(count=1))[0].payload)
    await upkeep.trim(log, Retention(wire_bytes=4 * size), 0)

    wire = Wire(log)
    assert [entry.n for entry in await wire.of_mission("soyuz-ms-24", 0, 0, count=3)] == [17, 18, 19]
    ms = (await log.tip()).ms + 1
    assert [entry.n for entry in await wire.of_mission("soyuz-ms-24", ms, 0, count=9, is_back=True)] == [20, 19, 18, 17]


async def test_missions_are_told_latest_first(log: Log) -> None:
    assert await Wire(log).missions(count=100) == []
    await publish(log, event("1", mission="crew-1"), event("2", mission="crew-2"), event("3", mission="crew-1"))
    assert await Wire(log).missions(count=100) == [("crew-1", 3, 2), ("crew-2", 2, 1)]
