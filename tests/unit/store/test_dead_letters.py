import pytest

from missionwire.domain.errors import DeadLetterNotFound
from missionwire.store import ledger, upkeep
from missionwire.store.articles import find_article
from missionwire.store.commit import Result, commit
from missionwire.store.dead_letters import DeadLetters
from missionwire.store.inbox import Item
from missionwire.store.ledger import Place
from missionwire.store.log import Log
from missionwire.store.server import Server
from missionwire.store.upkeep import Retention
from tests.unit.store.takes import accept, article, event, extracted, own, published, waiting, wire_ids

ERROR = b'{"kind":"ValueError","message":"no","plugin":"crew","version":"1.0","hook":"enrich","attempts":3}'


async def test_letters_are_paged_oldest_first(log: Log) -> None:
    for n in range(5):
        await _die(log, event(str(n)))
    letters = DeadLetters(log)
    first = await letters.page(limit=2)
    rest = await letters.page(after=first[-1].id)
    assert [bytes(letter.event) for letter in first + rest] == [event(str(n)).payload for n in range(5)]
    assert await letters.get(rest[0].id) == rest[0]
    assert (rest[0].error.plugin, rest[0].error.attempts) == ("crew", 3)
    assert await letters.count() == 5


async def test_a_replayed_letter_waits_at_a_new_place_and_is_published_once(log: Log) -> None:
    await _die(log, event("1"))
    await accept(log, [event("2")])
    (letter,) = await DeadLetters(log).page()
    assert await DeadLetters(log).replay([letter.id]) == 1

    entries = await waiting(log)
    assert [entry.payload for entry in entries] == [event("2").payload, event("1").payload]
    assert await ledger.find(log, event("1").ident) == Place("queued", "")
    await commit(log, log.server.pool, [published(entry) for entry in entries])
    assert len(await wire_ids(log)) == 2
    assert await accept(log, [event("1")]) == ["d"]


async def test_a_letter_is_replayed_once_however_often_it_is_asked_for(log: Log) -> None:
    await _die(log, event("1"))
    (letter,) = await DeadLetters(log).page()
    assert await DeadLetters(log).replay([letter.id, letter.id]) == 1
    with pytest.raises(DeadLetterNotFound):
        await DeadLetters(log).replay([letter.id])
    assert len(await waiting(log)) == 1


async def test_a_letter_replayed_and_sent_again_waits_once(log: Log) -> None:
    await _die(log, event("1"))
    (letter,) = await DeadLetters(log).page()
    await DeadLetters(log).replay([letter.id])
    assert await accept(log, [event("1")]) == ["d"]
    assert len(await waiting(log)) == 1


async def test_of_several_ids_one_that_is_unknown_stops_all(log: Log) -> None:
    await _die(log, event("1"))
    (letter,) = await DeadLetters(log).page()
    with pytest.raises(DeadLetterNotFound):
        await DeadLetters(log).replay([letter.id, "1-1"])
    assert await DeadLetters(log).count() == 1


async def test_an_extracted_letter_comes_back_with_its_own_identity(log: Log) -> None:
    await accept(log, [article("https://a/1")])
    (story,) = await waiting(log)
    dead = extracted("x", fate="dead", error=ERROR)
    await commit(log, log.server.pool, [Result(story.partition, story.id, [dead], story.lane, b"{}")])
    (letter,) = await DeadLetters(log).page()
    await DeadLetters(log).replay([letter.id])

    (entry,) = await waiting(log)
    assert (letter.kind, entry.kind, entry.lane) == ("extracted", "x", "soyuz-ms-24")
    await commit(log, log.server.pool, [published(entry)])
    assert (await ledger.find(log, dead.ident)).state == "published"


async def test_a_replayed_article_is_queued_again(log: Log) -> None:
    sent = article("https://a/1")
    await _die(log, sent)
    (letter,) = await DeadLetters(log).page()
    await DeadLetters(log).replay([letter.id])
    kept = await find_article(log, sent.article)
    assert kept is not None
    assert (letter.kind, kept.state, kept.sent) == ("article", "queued", sent.payload)


async def test_replaying_an_old_revision_does_not_take_the_place_of_the_new_one(log: Log) -> None:
    old, new = article("https://a/1"), article("https://a/1", text="revised")
    await accept(log, [old])
    await accept(log, [new])
    first, _ = await waiting(log)
    dead = own(first, fate="dead", error=ERROR)
    await commit(log, log.server.pool, [Result(first.partition, first.id, [dead], first.lane)])
    (letter,) = await DeadLetters(log).page()
    await DeadLetters(log).replay([letter.id])

    kept = await find_article(log, new.article)
    assert kept is not None
    assert kept.sent == new.payload
    assert await accept(log, [new]) == ["d"]


async def test_a_discarded_letter_is_gone_and_its_event_known_as_dropped(log: Log) -> None:
    await _die(log, event("1"))
    (letter,) = await DeadLetters(log).page()
    await DeadLetters(log).discard(letter.id)

    assert await DeadLetters(log).count() == 0
    assert await ledger.find(log, event("1").ident) == Place("dropped", "discarded")
    assert await accept(log, [event("1")]) == ["d"]
    with pytest.raises(DeadLetterNotFound):
        await DeadLetters(log).discard(letter.id)


async def test_replay_and_discard_work_over_generations_that_others_opened(log: Log, server: Server) -> None:
    other = Log(server, log.keys.name)
    await other.open()
    await _die(log, event("1"))
    await _die(log, event("2"))
    first, second = await DeadLetters(log).page()
    await upkeep.rotate(log, Retention(), full=1)

    await DeadLetters(other).discard(first.id)
    await DeadLetters(other).replay([second.id])
    assert (await ledger.find(log, event("1").ident)).state == "dropped"
    assert (await ledger.find(log, event("2").ident)).state == "queued"


@pytest.mark.parametrize("id_", ["", "-", "+", "x", "1", "1-", "(1-1", "1-1 ", "1-x", "9" * 30 + "-1", "٣-١"])
async def test_what_is_no_id_is_not_found(log: Log, id_: str) -> None:
    letters = DeadLetters(log)
    with pytest.raises(DeadLetterNotFound):
        await letters.get(id_)
    with pytest.raises(DeadLetterNotFound):
        await letters.discard(id_)
    with pytest.raises(DeadLetterNotFound):
        await letters.replay([id_])
    if id_:
        with pytest.raises(DeadLetterNotFound):
            await letters.page(after=id_)


async def _die(log: Log, item: Item) -> None:
    await accept(log, [item])
    (entry,) = await waiting(log)
    dead = own(entry, fate="dead", error=ERROR)
    article_ = entry.lane if entry.kind == "a" else ""
    await commit(log, log.server.pool, [Result(entry.partition, entry.id, [dead], article_)])
