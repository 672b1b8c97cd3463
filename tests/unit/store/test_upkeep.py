import time

from msgspec.structs import replace

from missionwire.store import ledger, upkeep
from missionwire.store.articles import find_article
from missionwire.store.commit import Result, commit
from missionwire.store.dead_letters import DeadLetters
from missionwire.store.inbox import Item
from missionwire.store.log import Log
from missionwire.store.server import Server
from missionwire.store.upkeep import Retention
from missionwire.store.wire import Wire
from tests.unit.store.takes import accept, article, event, extracted, own, publish, published, waiting, wire_ids

FORGETS_AT_ONCE = Retention(wire_bytes=0, dedupe_window_s=0)


# --- trim ---------------------------------------------------------------------------------------------------------


async def test_bytes_are_counted_exactly_over_commits_and_trims(log: Log) -> None:
    for n in range(30):
        await publish(log, event(str(n), note="x" * n))
        if n % 7 == 0:
            await upkeep.trim(log, Retention(wire_bytes=1500), 0)
        entries = await Wire(log).last(count=100)
        assert await Wire(log).size() == (len(entries), sum(len(entry.payload) for entry in entries))


async def test_no_more_is_cut_than_needed(log: Log) -> None:
    await publish(log, *(event(f"{n:02}") for n in range(10)))
    size = len((await Wire(log).last(count=1))[0].payload)
    assert await upkeep.trim(log, Retention(wire_bytes=10 * size), 0) == 0
    assert await upkeep.trim(log, Retention(wire_bytes=10 * size - 1), 0) == 1
    assert len(await wire_ids(log)) == 9


async def test_the_tip_is_always_kept(log: Log) -> None:
    await publish(log, event("1"), event("2"))
    tip = await log.tip()
    await _trim_all(log, Retention(wire_bytes=0))
    assert await wire_ids(log) == [f"{tip.ms}-{tip.n}".encode()]
    await publish(log, event("3"))
    assert (await log.tip()).n == 3


async def test_one_call_cuts_a_bounded_piece(log: Log) -> None:
    await accept(log, [event(str(n), mission=f"crew-{n}") for n in range(700)], limit=0)
    await commit(log, log.server.pool, [published(entry) for entry in await waiting(log)])
    assert await upkeep.trim(log, Retention(wire_bytes=0), 0) == 500 + 500  # events, and their missions
    assert len(await wire_ids(log)) == 200
    await _trim_all(log, Retention(wire_bytes=0))
    assert len(await wire_ids(log)) == 1
    assert len(await Wire(log).missions(count=100)) == 1


async def test_age_cuts_where_it_is_set(log: Log) -> None:
    await publish(log, event("1"), event("2"))
    now_ms = int(time.time() * 1000)
    assert await upkeep.trim(log, Retention(), now_ms + 10**10) == 0
    assert await upkeep.trim(log, Retention(wire_age_s=60), now_ms) == 0
    assert await upkeep.trim(log, Retention(wire_age_s=60), now_ms + 61_000) == 1


async def test_missions_and_articles_go_with_their_last_event(log: Log, server: Server) -> None:
    story = article("https://a/1")
    await _read(log, story, extracted("x", mission="crew-1"))
    await publish(log, event("1", mission="crew-2"), event("2", mission="crew-3"), event("3", mission="crew-3"))
    await _trim_all(log, Retention(wire_bytes=0))

    assert await Wire(log).missions(count=100) == [("crew-3", 4, 2)]
    assert await find_article(log, story.article) is None
    left = {key async for key in server.pool.scan_iter(match=log.keys.prefix + "*", count=1000)}
    assert log.keys.mission("crew-1").encode() not in left
    assert log.keys.mission("crew-2").encode() not in left
    assert await server.pool.zcard(log.keys.articles) == 0


async def test_an_article_that_waits_is_kept_and_is_not_in_the_way_of_others(log: Log) -> None:
    queued, read = article("https://a/1"), article("https://a/2")
    await accept(log, [queued])
    await accept(log, [read])
    for entry in await waiting(log):
        if entry.lane == read.article:
            await commit(log, log.server.pool, [Result(entry.partition, entry.id, [], entry.lane, b"{}")])
    for n in range(4):
        await accept(log, [event(str(n))])
        last = [entry for entry in await waiting(log) if entry.kind == "e"]
        await commit(log, log.server.pool, [published(entry) for entry in last])
    await _trim_all(log, Retention(wire_bytes=0))

    assert await find_article(log, queued.article) is not None
    assert await find_article(log, read.article) is None


async def test_dead_letters_are_cut_by_age_to_the_millisecond(log: Log) -> None:
    for n in range(3):
        await _die(log, event(str(n)))
        time.sleep(0.003)  # noqa: ASYNC251  # ids of different milliseconds
    letters = await DeadLetters(log).page()
    now_ms = letters[1].time_ms + 60_000
    assert await upkeep.trim(log, Retention(dead_letters_s=60), now_ms) == 1
    assert await DeadLetters(log).page() == letters[1:]


# --- rotate -------------------------------------------------------------------------------------------------------


async def test_a_generation_is_closed_when_it_is_full_and_old_enough(log: Log) -> None:
    await publish(log, event("1"), event("2"))
    await upkeep.rotate(log, Retention(), full=3)
    assert log.generations == "1:1"
    await upkeep.rotate(log, Retention(), full=2)
    assert log.generations == "1:2"
    await publish(log, event("3"), event("4"))
    await upkeep.rotate(log, Retention(), full=2)
    assert log.generations == "1:2", "an eighth of the window has not gone by"
    await upkeep.rotate(log, Retention(dedupe_window_s=0), full=2)
    assert log.generations == "1:3"


async def test_identities_are_known_over_generations(log: Log) -> None:
    await publish(log, event("1"))
    await upkeep.rotate(log, Retention(), full=1)
    assert await accept(log, [event("1")], [event("1", note="other")]) == ["d", "c"]
    assert (await ledger.find(log, event("1").ident)).state == "published"


async def test_what_nothing_can_need_is_forgotten(log: Log, server: Server) -> None:
    await _forgettable(log)
    await upkeep.rotate(log, FORGETS_AT_ONCE, full=10)
    assert log.generations == "2:2"
    assert not await server.pool.exists(log.keys.marks(1))
    assert await accept(log, [event("old")]) == ["a"]
    assert await accept(log, [event("tip")]) == ["d"]


async def test_nothing_is_forgotten_within_the_dedupe_window(log: Log) -> None:
    await _forgettable(log)
    await upkeep.rotate(log, Retention(wire_bytes=0, dedupe_window_s=60), full=10)
    assert log.generations == "1:2"
    assert await accept(log, [event("old")]) == ["d"]


async def test_nothing_on_the_wire_is_forgotten(log: Log) -> None:
    await publish(log, event("old"))
    await upkeep.rotate(log, FORGETS_AT_ONCE, full=1)
    await publish(log, event("tip"))
    await upkeep.rotate(log, FORGETS_AT_ONCE, full=10)
    assert log.generations == "1:2"
    assert await accept(log, [event("old")]) == ["d"]


async def test_nothing_that_waits_in_the_inbox_is_forgotten(log: Log) -> None:
    await accept(log, [event("waits", mission="crew-1")])
    await upkeep.rotate(log, FORGETS_AT_ONCE, full=1)
    await upkeep.rotate(log, FORGETS_AT_ONCE, full=10)
    assert log.generations == "1:2"
    assert await accept(log, [event("waits", mission="crew-1")]) == ["d"]


async def test_a_dead_letter_keeps_its_identity_and_holds_no_other(log: Log) -> None:
    await _die(log, event("dead"))
    await _forgettable(log)
    await upkeep.rotate(log, FORGETS_AT_ONCE, full=10)

    assert log.generations == "2:2"
    assert (await ledger.find(log, event("dead").ident)).state == "dead"
    assert (await ledger.find(log, event("old").ident)).state == "unknown"
    assert await accept(log, [event("dead")]) == ["r"]


async def test_an_event_accepted_before_and_published_after_a_rotation_keeps_its_identity(log: Log) -> None:
    await accept(log, [event("1")])
    await upkeep.rotate(log, FORGETS_AT_ONCE, full=1)
    await commit(log, log.server.pool, [published(entry) for entry in await waiting(log)])
    await upkeep.rotate(log, FORGETS_AT_ONCE, full=10)
    assert log.generations == "2:2"
    assert await accept(log, [event("1")]) == ["d"]


async def test_an_article_is_known_for_as_long_as_it_is_kept(log: Log) -> None:
    sent = article("https://a/1")
    await _read(log, sent)
    await upkeep.rotate(log, FORGETS_AT_ONCE, full=1)
    await upkeep.rotate(log, FORGETS_AT_ONCE, full=10)
    assert log.generations == "2:2"
    assert (await ledger.find(log, sent.ident)).state == "unknown"

    assert await accept(log, [sent]) == ["d"]
    assert await accept(log, [article("https://a/1", text="revised")]) == ["v"]


async def test_a_rotation_by_a_process_that_lags_behind_changes_nothing(log: Log, server: Server) -> None:
    other = Log(server, log.keys.name)
    await other.open()
    await publish(log, event("1"))
    await upkeep.rotate(log, FORGETS_AT_ONCE, full=1)
    await upkeep.rotate(other, FORGETS_AT_ONCE, full=0)
    assert other.generations == log.generations == "1:2"


async def _forgettable(log: Log) -> None:
    """Close a generation of which nothing is left on the wire."""
    await publish(log, event("old"))
    await upkeep.rotate(log, FORGETS_AT_ONCE, full=1)
    await publish(log, event("tip"))
    await _trim_all(log, FORGETS_AT_ONCE)


async def _trim_all(log: Log, retention: Retention) -> None:
    while await upkeep.trim(log, retention, 0):
        pass


async def _read(log: Log, sent: Item, *outputs: object) -> None:
    await accept(log, [sent])
    (entry,) = await waiting(log)
    told = Result(entry.partition, entry.id, list(outputs), entry.lane, b"{}")  # type: ignore[arg-type]  # outputs
    await commit(log, log.server.pool, [told])


async def _die(log: Log, item: Item) -> None:
    await accept(log, [item])
    (entry,) = await waiting(log)
    dead = own(entry, fate="dead", error=b'{"kind":"X","message":"m"}')
    await commit(log, log.server.pool, [replace(published(entry), outputs=[dead])])
