import asyncio
import re
from collections.abc import Awaitable, Callable

import pytest

from missionwire.domain.errors import ServerUnfit
from missionwire.domain.position import Position
from missionwire.store import upkeep
from missionwire.store.log import PARTITIONS, Gone, Log, Tip
from missionwire.store.server import Server
from missionwire.store.upkeep import Retention
from missionwire.store.wire import Wire
from tests.unit.store.takes import event, publish, put_back, snapshot


async def test_a_log_is_made_once_and_found_again(log: Log, server: Server) -> None:
    await publish(log, event("1"))
    again = Log(server, log.keys.name)
    tip = await again.open()
    assert re.fullmatch(r"[a-z0-9]{8}", log.epoch)
    assert (again.epoch, again.partitions, tip.n) == (log.epoch, PARTITIONS, 1)


async def test_a_log_of_another_layout_is_not_touched(log: Log, server: Server) -> None:
    await server.pool.hset(log.keys.meta, "layout", "99")
    with pytest.raises(ServerUnfit, match="layout 99"):
        await Log(server, log.keys.name).open()


async def test_all_keys_share_one_hash_tag(log: Log) -> None:
    keys = log.keys
    names = [getattr(keys, name) for name in ("meta", "wire", "dead", "missions", "articles", "suspects", "leases")]
    names += [keys.workers, keys.reports, keys.asks, *log.inbox_keys(), *log.marks_keys()]
    names += [keys.mission("m"), keys.article("a"), keys.answer("x"), keys.plugin("crew", "k{y}")]
    assert {name[: len(keys.prefix)] for name in names} == {"{missionwire:" + keys.name + "}:"}
    assert len(set(names)) == len(names)


# --- the log went back --------------------------------------------------------------------------------------------


async def test_a_log_that_went_back_gets_a_new_epoch_and_positions_up_to_the_fork_stay_valid(log: Log) -> None:
    await publish(log, event("1"), event("2"))
    past = await snapshot(log)
    await publish(log, event("3"), event("4"))
    places = [log.position(entry.ms, entry.n) for entry in await Wire(log).after(0, 0, count=10)]
    old = log.epoch
    await put_back(log, past)

    await log.open()

    assert log.epoch != old
    assert log.forks == {old: 2}
    await asyncio.sleep(0.002)  # into another millisecond
    await publish(log, event("new"), event("newer"))
    assert await log.locate(places[0]) is None
    assert await log.locate(places[1]) is None
    assert _reason(await log.locate(places[2])) == "epoch"
    assert _reason(await log.locate(places[3])) == "epoch"


async def test_asking_for_the_tip_notices_that_the_log_went_back(log: Log) -> None:
    past, old = await snapshot(log), log.epoch
    await publish(log, event("1"))
    await put_back(log, past)
    assert (await log.tip()).n == 0
    assert log.epoch != old


async def test_two_processes_that_saw_the_end_make_one_fork(log: Log, server: Server) -> None:
    other = Log(server, log.keys.name)
    await other.open()
    await publish(log, event("1"))
    past = await snapshot(log)
    await publish(log, event("2"))
    await other.tip()
    await put_back(log, past)

    await asyncio.gather(log.open(), other.open())
    assert (log.epoch, log.forks) == (other.epoch, other.forks)
    assert len(log.forks) == 1


async def test_a_process_that_comes_after_a_fork_makes_no_other(log: Log, server: Server) -> None:
    late = Log(server, log.keys.name)
    await late.open()
    past = await snapshot(log)
    await publish(log, event("1"))
    await late.tip()
    await put_back(log, past)
    await log.open()

    await late.open()
    assert (late.epoch, late.forks) == (log.epoch, log.forks)


async def test_a_second_fork_keeps_the_first(log: Log) -> None:
    await publish(log, event("1"))
    past = await snapshot(log)
    first = log.epoch
    await publish(log, event("2"), event("3"))
    await put_back(log, past)
    await log.open()
    second, past = log.epoch, await snapshot(log)
    await publish(log, event("4"))
    await put_back(log, past)
    await log.open()

    (entry,) = await Wire(log).after(0, 0, count=10)
    assert log.forks == {first: 1, second: 1}
    for epoch in (first, second, log.epoch):
        assert await log.locate(Position(epoch, entry.ms, 1)) is None


@pytest.mark.parametrize("ask", [Log.open, Log.tip])
async def test_an_answer_that_comes_after_that_to_a_later_request_is_no_fork(
    log: Log, ask: Callable[[Log], Awaitable[Tip]]
) -> None:
    await publish(log, event("1"))
    epoch, tip = log.epoch, await log.tip()
    asking = asyncio.ensure_future(ask(log))
    await asyncio.sleep(0)  # it has begun to ask
    log.saw(Tip(tip.ms + 1, tip.n + 1))  # and another request has its answer already
    await asking
    assert (log.epoch, log.forks) == (epoch, {})


async def test_asking_from_many_sides_while_the_wire_grows_is_no_fork(log: Log) -> None:
    epoch = log.epoch

    async def ask() -> None:
        for _ in range(60):
            await log.tip()
            await log.open()

    await asyncio.gather(publish(log, *(event(str(n)) for n in range(40))), *(ask() for _ in range(8)))
    assert (log.epoch, log.forks) == (epoch, {})


# --- where a position stands --------------------------------------------------------------------------------------


async def test_a_position_on_the_wire_is_gone_on_from(log: Log) -> None:
    await publish(log, *(event(str(n)) for n in range(3)))
    for entry in await Wire(log).after(0, 0, count=10):
        assert await log.locate(log.position(entry.ms, entry.n)) is None
    assert await log.locate(log.position(0, 0)) is None


async def test_the_start_of_an_empty_wire_is_gone_on_from(log: Log) -> None:
    assert await log.locate(log.position(0, 0)) is None
    assert await log.before_oldest() == log.position(0, 0)


async def test_the_place_before_the_oldest_is_never_after_an_entry_that_comes_meanwhile(server: Server) -> None:
    for number in range(100):
        log = Log(server, f"meanwhile-{number}")
        await log.open()
        publishing = asyncio.create_task(publish(log, event("1")))
        while not publishing.done():
            assert await log.before_oldest() == log.position(0, 0)
        await publishing


async def test_a_trimmed_position_tells_exactly_how_many_are_missing(log: Log) -> None:
    await publish(log, *(event(str(n)) for n in range(10)))
    entries = await Wire(log).after(0, 0, count=10)
    size = len(entries[0].payload)
    await upkeep.trim(log, Retention(wire_bytes=4 * size), 0)  # keeps 7, 8, 9, 10

    gone = await log.locate(log.position(entries[1].ms, 2))
    assert isinstance(gone, Gone)
    assert (gone.reason, gone.missing) == ("trimmed", 4)
    assert (gone.from_, gone.to) == (log.position(entries[1].ms, 2), log.position(entries[6].ms, 6))
    assert gone.restart is not None
    rest = await Wire(log).after(gone.restart.ms, gone.restart.n, count=10)
    assert [entry.n for entry in rest] == [7, 8, 9, 10]
    assert await log.locate(gone.restart) is None


async def test_the_position_just_before_the_oldest_misses_nothing(log: Log) -> None:
    await publish(log, *(event(str(n)) for n in range(5)))
    entries = await Wire(log).after(0, 0, count=10)
    await upkeep.trim(log, Retention(wire_bytes=2 * len(entries[0].payload)), 0)
    assert await log.locate(log.position(entries[2].ms, 3)) is None
    assert await log.locate(await log.before_oldest()) is None
    gone = await log.locate(log.position(0, 0))
    assert isinstance(gone, Gone)
    assert (gone.reason, gone.missing) == ("trimmed", 3)


async def test_a_position_after_the_last_entry_is_ahead(log: Log) -> None:
    await publish(log, event("1"))
    tip = await log.tip()
    assert _reason(await log.locate(log.position(tip.ms, 2))) == "ahead"


async def test_a_position_of_another_log_is_of_another_epoch(log: Log) -> None:
    await publish(log, event("1"))
    tip = await log.tip()
    assert _reason(await log.locate(Position("another1", tip.ms, tip.n))) == "epoch"


async def test_a_position_where_no_entry_stands_is_of_another_history(log: Log) -> None:
    await publish(log, *(event(str(n)) for n in range(3)))
    first, second, third = await Wire(log).after(0, 0, count=10)
    for ms, n in ((first.ms - 1, 1), (second.ms + 1, 2), (1, 2), (third.ms + 9, 3), (first.ms - 5, 3), (10**15, 1)):
        assert _reason(await log.locate(log.position(ms, n))) == "epoch", (ms, n)


async def test_positions_stay_right_while_the_wire_is_trimmed(log: Log) -> None:
    await publish(log, *(event(str(n)) for n in range(60)))
    entries = await Wire(log).after(0, 0, count=100)
    size = len(entries[0].payload)

    async def trim() -> None:
        for kept in range(60, 0, -1):
            await upkeep.trim(log, Retention(wire_bytes=kept * size), 0)

    async def ask() -> None:
        for entry in entries * 2:
            gone = await log.locate(log.position(entry.ms, entry.n))
            assert gone is None or gone.reason == "trimmed"

    await asyncio.gather(trim(), *(ask() for _ in range(4)))


def _reason(gone: Gone | None) -> str | None:
    return gone.reason if gone else None
