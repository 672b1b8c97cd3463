import msgspec
import pytest

from missionwire.domain.errors import ServerAway
from missionwire.store import ledger, upkeep
from missionwire.store.articles import find_article
from missionwire.store.commit import MAX_REASON_CHARS, Result, commit
from missionwire.store.dead_letters import DeadLetters, Failure
from missionwire.store.inbox import Entry, Item
from missionwire.store.ledger import Place
from missionwire.store.log import PARTITIONS, Log, Tip
from missionwire.store.server import Server
from missionwire.store.upkeep import Retention
from missionwire.store.wire import Wire
from tests.unit.store.takes import (
    accept,
    article,
    event,
    extracted,
    own,
    publish,
    published,
    snapshot,
    waiting,
    wire_ids,
)

ERROR = msgspec.json.encode(Failure(kind="ValueError", message="no such crew", plugin="crew", hook="enrich"))


async def test_ids_are_a_time_and_an_ordinal_without_holes(log: Log) -> None:
    await publish(log, *(event(str(n), mission=f"crew-{n}") for n in range(5)))
    await accept(log, [event("x"), event("y")])
    await _commit(log, [published(entry) for entry in await waiting(log)])

    entries = await Wire(log).after(0, 0, count=100)
    assert [entry.n for entry in entries] == [1, 2, 3, 4, 5, 6, 7]
    times = [entry.ms for entry in entries]
    assert times == sorted(times)
    assert await log.tip() == Tip(times[-1], 7)


async def test_what_is_committed_leaves_the_inbox_and_stands_on_the_wire_as_the_pipeline_made_it(log: Log) -> None:
    await accept(log, [event("1")])
    (entry,) = await waiting(log)
    assert await _commit(log, [published(entry, is_enriched=True)]) == "1"

    (there,) = await Wire(log).after(0, 0, count=10)
    assert there.payload == entry.payload + b" "
    assert await waiting(log) == []
    assert await ledger.find(log, event("1").ident) == Place("published", f"{there.ms}-{there.n}")


async def test_a_commit_sent_twice_publishes_once(log: Log) -> None:
    await accept(log, [event("1"), event("2")])
    results = [published(entry) for entry in await waiting(log)]
    assert await _commit(log, results) == "11"
    tip = await log.tip()
    assert await _commit(log, results) == "00"
    assert await log.tip() == tip
    assert len(await wire_ids(log)) == 2


async def test_what_another_worker_has_done_is_skipped_and_the_rest_goes_on(log: Log) -> None:
    await accept(log, [event("1"), event("2"), event("3")])
    first, second, third = (published(entry) for entry in await waiting(log))
    await _commit(log, [second])
    assert await _commit(log, [first, second, third]) == "101"
    assert [id_.split(b"-")[1] for id_ in await wire_ids(log)] == [b"1", b"2", b"3"]


async def test_a_dropped_event_is_known_with_its_reason_and_not_on_the_wire(log: Log) -> None:
    await accept(log, [event("1")])
    (entry,) = await waiting(log)
    await _commit(log, [_with(entry, own(entry, fate="drop", reason="not news " * 40))])

    assert await wire_ids(log) == []
    assert await waiting(log) == []
    assert await ledger.find(log, event("1").ident) == Place("dropped", ("not news " * 40)[:MAX_REASON_CHARS])
    assert await accept(log, [event("1")]) == ["d"]


async def test_a_dead_event_is_kept_as_sent_with_its_error(log: Log) -> None:
    await accept(log, [event("1")])
    (entry,) = await waiting(log)
    await _commit(log, [_with(entry, own(entry, fate="dead", error=ERROR))])

    (letter,) = await DeadLetters(log).page()
    assert (letter.lane, letter.kind, bytes(letter.event)) == ("soyuz-ms-24", "event", entry.payload)
    assert letter.error.plugin == "crew"
    assert await wire_ids(log) == []
    assert await ledger.find(log, event("1").ident) == Place("dead", letter.id)


async def test_an_unknown_event_is_unknown_and_an_accepted_one_is_queued(log: Log) -> None:
    await accept(log, [event("1")])
    assert await ledger.find(log, event("1").ident) == Place("queued", "")
    assert await ledger.find(log, event("2").ident) == Place("unknown", "")


async def test_events_of_an_article_stand_together_and_it_keeps_its_document(log: Log) -> None:
    await accept(log, [article("https://a/1"), event("1", mission="crew-1")])
    story, other = sorted(await waiting(log), key=lambda entry: entry.kind)
    told = Result(
        story.partition, story.id, [extracted("x"), extracted("y", mission="")], article=story.lane, document=b"{}"
    )
    await _commit(log, [told, published(other)])

    entries = await Wire(log).after(0, 0, count=10)
    assert [msgspec.json.decode(entry.payload)["id"] for entry in entries] == ["x", "y", "1"]
    kept = await find_article(log, story.lane)
    assert kept is not None
    assert (kept.document, kept.state) == (b"{}", "published")


async def test_an_extracted_event_is_published_once_over_articles_and_revisions(log: Log) -> None:
    await _read(log, article("https://a/1"), "x", "y")
    await _read(log, article("https://a/1", text="revised"), "x", "z")
    await _read(log, article("https://a/2"), "y", "z", "z")

    entries = await Wire(log).after(0, 0, count=10)
    assert [msgspec.json.decode(entry.payload)["id"] for entry in entries] == ["x", "y", "z"]


async def test_an_extracted_event_that_is_dead_comes_with_the_revision_that_mends_it(log: Log) -> None:
    await accept(log, [article("https://a/1")])
    (entry,) = await waiting(log)
    await _commit(
        log, [Result(entry.partition, entry.id, [extracted("x", fate="dead", error=ERROR)], entry.lane, b"{}")]
    )
    assert [letter.kind for letter in await DeadLetters(log).page()] == ["extracted"]

    await _read(log, article("https://a/1", text="revised"), "x")

    assert await DeadLetters(log).count() == 0
    assert len(await wire_ids(log)) == 1


async def test_an_article_that_is_dead_says_so_and_waits_again_when_it_is_sent_again(log: Log) -> None:
    sent = article("https://a/1")
    await _die(log, sent)
    kept = await find_article(log, sent.article)
    assert kept is not None
    assert kept.state == "dead"

    assert await accept(log, [sent]) == ["r"]
    kept = await find_article(log, sent.article)
    assert kept is not None
    assert kept.state == "queued"


async def test_an_article_revised_while_it_waited_is_not_dead_because_its_old_text_is(log: Log) -> None:
    old, new = article("https://a/1"), article("https://a/1", text="revised")
    await accept(log, [old])
    await accept(log, [new])
    first, _ = await waiting(log)
    await _commit(log, [_with(first, own(first, fate="dead", error=ERROR))])

    assert await ledger.find(log, new.ident) == Place("queued", "")
    assert await accept(log, [new]) == ["d"]


async def test_a_mission_has_an_index_of_its_events(log: Log) -> None:
    await publish(log, event("1", mission="crew-1"), event("2", mission="crew-2"), event("3", mission="crew-1"))
    ids = await wire_ids(log)
    index = [id_ for id_, _ in await log.server.pool.xrange(log.keys.mission("crew-1"))]
    assert index == [ids[0], ids[2]]
    assert await Wire(log).missions(count=100) == [("crew-1", 3, 2), ("crew-2", 2, 1)]


async def test_a_commit_to_a_log_with_another_epoch_is_refused_with_nothing_written(log: Log, server: Server) -> None:
    await accept(log, [event("1")])
    results = [published(entry) for entry in await waiting(log)]
    await server.pool.hset(log.keys.meta, "epoch", "another1")
    before = await snapshot(log)

    with pytest.raises(ServerAway, match="opened again"):
        await _commit(log, results)
    assert await snapshot(log) == before

    await log.open()
    assert await _commit(log, results) == "1"


async def test_a_commit_to_a_log_that_went_back_is_refused_with_nothing_written(log: Log, server: Server) -> None:
    await publish(log, event("1"))
    await accept(log, [event("2")])
    results = [published(entry) for entry in await waiting(log)]
    await server.pool.hset(log.keys.meta, "n", 0)
    before = await snapshot(log)

    with pytest.raises(ServerAway, match="went back"):
        await _commit(log, results)
    assert await snapshot(log) == before


async def test_a_commit_learns_of_a_new_generation_and_moves_the_mark_there(log: Log, server: Server) -> None:
    await accept(log, [event("1")])
    other = Log(server, log.keys.name)
    await other.open()
    await upkeep.rotate(other, Retention(), full=1)
    await _commit(log, [published(entry) for entry in await waiting(log)])

    assert await server.pool.hlen(log.keys.marks(1)) == 0
    assert await server.pool.hlen(log.keys.marks(2)) == 1
    assert (await ledger.find(other, event("1").ident)).state == "published"


async def test_ids_go_on_when_the_clock_goes_back(log: Log, server: Server) -> None:
    await publish(log, event("1"))
    ahead = (await log.tip()).ms + 3_600_000
    await server.pool.hset(log.keys.meta, "ms", ahead)
    await publish(log, event("2"), event("3"))
    assert (await wire_ids(log))[1:] == [f"{ahead}-2".encode(), f"{ahead}-3".encode()]


async def test_a_hundred_missions_in_one_commit(log: Log) -> None:
    await accept(log, [event(str(n), mission=f"crew-{n % 100}") for n in range(300)])
    entries = await waiting(log)
    assert len({entry.partition for entry in entries}) == PARTITIONS
    assert await _commit(log, [published(entry) for entry in entries]) == "1" * 300
    assert (await log.tip()).n == 300


async def _commit(log: Log, results: list[Result]) -> str:
    async with log.server.connection() as client:
        return await commit(log, client, results)


def _with(entry: Entry, *outputs: object) -> Result:
    return Result(entry.partition, entry.id, list(outputs), article=entry.lane if entry.kind == "a" else "")  # type: ignore[arg-type]  # outputs


async def _read(log: Log, sent: Item, *ids: str) -> None:
    await accept(log, [sent])
    (entry,) = await waiting(log)
    await _commit(log, [Result(entry.partition, entry.id, [extracted(i) for i in ids], entry.lane, b"{}")])


async def _die(log: Log, sent: Item) -> None:
    await accept(log, [sent])
    (entry,) = await waiting(log)
    await _commit(log, [_with(entry, own(entry, fate="dead", error=ERROR))])
