from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from missionwire.domain.identity import partition
from missionwire.store import upkeep
from missionwire.store.articles import find_article
from missionwire.store.commit import commit
from missionwire.store.dead_letters import DeadLetters
from missionwire.store.inbox import FULL, Inbox, Item
from missionwire.store.log import Log
from missionwire.store.server import Server
from missionwire.store.upkeep import Retention
from tests.unit.store.takes import accept, article, event, own, publish, published, snapshot, waiting


async def test_what_is_accepted_waits_in_the_stream_of_its_lane(log: Log) -> None:
    item = event("1")
    assert await accept(log, [item]) == ["a"]

    (entry,) = await waiting(log)
    assert (entry.partition, entry.lane, entry.kind) == (partition("soyuz-ms-24", log.partitions), "soyuz-ms-24", "e")
    assert entry.payload == item.payload
    assert await Inbox(log, limit=0).get(entry.partition, entry.id) == entry


async def test_a_mission_keeps_the_order_in_which_it_was_sent(log: Log) -> None:
    items = [event(str(n)) for n in range(50)]
    await accept(log, items[:20], items[20:30])
    await accept(log, items[30:])
    assert [entry.payload for entry in await waiting(log)] == [item.payload for item in items]


async def test_the_same_event_again_is_a_duplicate_and_waits_once(log: Log) -> None:
    await accept(log, [event("1")])
    assert await accept(log, [event("1")]) == ["d"]
    assert len(await waiting(log)) == 1


async def test_the_same_event_twice_in_one_batch_counts_once(log: Log) -> None:
    assert await accept(log, [event("1"), event("2"), event("1")]) == ["aad"]
    assert len(await waiting(log)) == 2


async def test_a_published_event_is_still_a_duplicate(log: Log) -> None:
    await publish(log, event("1"))
    assert await accept(log, [event("1")]) == ["d"]
    assert await waiting(log) == []


async def test_another_content_by_the_same_identity_is_a_conflict_and_nothing_of_the_group_is_taken(log: Log) -> None:
    await accept(log, [event("1")])
    assert await accept(log, [event("2"), event("1", note="other"), event("1")]) == ["-cd"]
    assert len(await waiting(log)) == 1


async def test_two_contents_by_one_identity_in_one_batch_are_a_conflict(log: Log) -> None:
    before = await snapshot(log)
    assert await accept(log, [event("1"), event("1", note="other")]) == ["-c"]
    after = await snapshot(log)
    assert before.keys() == after.keys()


async def test_groups_do_not_depend_on_one_another(log: Log) -> None:
    await accept(log, [event("1")])
    groups = [[event("2")], [event("3"), event("1", note="other")], [event("2"), event("4")], []]
    assert await accept(log, *groups) == ["a", "-c", "da", ""]
    assert len(await waiting(log)) == 3


async def test_a_full_stream_refuses_the_whole_group_and_others_go_on(log: Log) -> None:
    await accept(log, [event("1"), event("2")], limit=2)
    groups = [[event("3"), event("4", mission="crew-1")], [event("4", mission="crew-1")], [event("1")]]
    assert await accept(log, *groups, limit=2) == [FULL, "a", "d"]
    assert sorted(entry.lane for entry in await waiting(log)) == ["crew-1", "soyuz-ms-24", "soyuz-ms-24"]


async def test_a_batch_of_a_thousand_is_taken_whole(log: Log) -> None:
    items = [event(str(n), mission=f"crew-{n % 40}") for n in range(1000)]
    assert await accept(log, items, items) == ["a" * 1000, "d" * 1000]
    assert await Inbox(log, limit=0).depth() == 1000


async def test_a_dead_letter_sent_again_is_replayed(log: Log) -> None:
    await _die(log, event("1"))
    assert await accept(log, [event("1")]) == ["r"]
    assert await DeadLetters(log).count() == 0
    assert len(await waiting(log)) == 1
    assert await accept(log, [event("1")]) == ["d"]


async def test_a_dead_letter_sent_with_other_content_is_replaced(log: Log) -> None:
    await _die(log, event("1"))
    better = event("1", note="mended")
    assert await accept(log, [better]) == ["r"]
    assert [entry.payload for entry in await waiting(log)] == [better.payload]
    assert await accept(log, [event("1")]) == ["c"]


async def test_a_dead_letter_in_a_group_with_a_conflict_stays(log: Log) -> None:
    await _die(log, event("1"))
    await accept(log, [event("2")])
    assert await accept(log, [event("1"), event("2", note="other")]) == ["-c"]
    assert await DeadLetters(log).count() == 1


async def test_an_article_with_another_content_is_a_revision(log: Log) -> None:
    old, new = article("https://a/1"), article("https://a/1", text="Soyuz MS-24 has docked at Prichal.")
    assert await accept(log, [old]) == ["a"]
    assert await accept(log, [old]) == ["d"]
    assert await accept(log, [new]) == ["v"]

    assert [entry.payload for entry in await waiting(log)] == [old.payload, new.payload]
    kept = await find_article(log, new.article)
    assert kept is not None
    assert (kept.sent, kept.document, kept.state) == (new.payload, None, "queued")


async def test_an_unknown_article_is_none(log: Log) -> None:
    assert await find_article(log, "a-unknown") is None


async def test_a_process_learns_of_a_generation_that_another_opened(log: Log, server: Server) -> None:
    other = Log(server, log.keys.name)
    await other.open()
    await accept(log, [event("1")])
    await upkeep.rotate(other, Retention(), full=1)
    assert other.generations == "1:2"

    assert await accept(log, [event("1"), event("2")]) == ["da"]
    assert log.generations == "1:2"
    assert len(await waiting(log)) == 2


async def test_a_log_that_was_wiped_out_is_made_anew_by_the_next_event(log: Log) -> None:
    epoch = log.epoch
    await publish(log, event("1"))
    await log.server.pool.delete(*await snapshot(log))

    assert await accept(log, [event("1")]) == ["a"]
    assert log.epoch != epoch


async def test_a_read_goes_on_after_its_cursors_and_waits_no_longer_than_told(log: Log) -> None:
    await accept(log, [event("1"), event("2")])
    first, second = await waiting(log)
    inbox = Inbox(log, limit=0)
    assert await inbox.read(log.server.pool, {first.partition: first.id}, count=9, block_s=0.01) == [second]
    assert await inbox.read(log.server.pool, {first.partition: second.id}, count=9, block_s=0.01) == []
    assert await inbox.read(log.server.pool, {}, count=9, block_s=60) == []
    assert await inbox.get(first.partition, b"1-1") is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), max_size=5), max_size=5))
async def test_any_batches_are_answered_as_by_a_plain_table(log: Log, batches: list[list[tuple[str, str]]]) -> None:
    example = uuid4().hex
    table: dict[str, str] = {}
    for batch in batches:
        items = [event(f"{example}-{id_}", note=note) for id_, note in batch]
        assert await accept(log, items, limit=0) == [_by_a_table(table, batch)]


def _by_a_table(table: dict[str, str], batch: list[tuple[str, str]]) -> str:
    then = dict(table)
    letters = ""
    for id_, note in batch:
        letters += "a" if id_ not in then else "d" if then[id_] == note else "c"
        then.setdefault(id_, note)
    if "c" in letters:
        return letters.replace("a", "-")
    table.update(then)
    return letters


async def _die(log: Log, item: Item) -> None:
    await accept(log, [item])
    (entry,) = await waiting(log)
    dead = own(entry, fate="dead", error=b'{"kind":"X","message":"m"}')
    await commit(log, log.server.pool, [replace(published(entry), outputs=[dead])])
