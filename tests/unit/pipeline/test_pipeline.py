"""One event, one article, through real plugins and the real pipeline; no server."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, Literal

import msgspec
import pytest

from missionwire.domain.article import SentArticle
from missionwire.domain.cloudevents import SentData
from missionwire.domain.correction import Correction
from missionwire.domain.document import Document, Draft, PersonMention, TimeMention
from missionwire.domain.span import Span
from missionwire.pipeline.calls import Caller
from missionwire.pipeline.pipeline import Pipeline
from missionwire.pipeline.plan import make_plan
from missionwire.plugin import Config, Drop, Event, Patch, Person, Plugin, hookimpl
from tests.unit.pipeline.made import of_class

TEXT = "It flew on. The coupling of the ship held. The coupling was good."
SENT = {
    "specversion": "1.0",
    "id": "1",
    "source": "urn:test",
    "type": "missionwire.docking.completed",
    "subject": "Soyuz MS-18",
    "data": {"text": TEXT, "crew": ["Oleg Novitskiy"]},
}


class Mends(Plugin[Config]):
    """Mends each "coupling"."""

    @hookimpl
    async def repair(self, document: Document) -> list[Correction]:
        starts = [n for n in range(len(document.text)) if document.text.startswith("coupling", n)]
        return [
            Correction(start=n, end=n + 8, original="coupling", replacement="docking", reason="r", confidence=1.0)
            for n in starts
        ]


class Rivals(Plugin[Config]):
    """Wants to mend the same place in another way."""

    @hookimpl
    async def repair(self, document: Document) -> list[Correction]:
        start = document.text.index("The coupling of")
        return [
            Correction(
                start=start, end=start + 12, original="The coupling", replacement="A hitch", reason="r", confidence=1.0
            )
        ]


class Agrees(Plugin[Config]):
    """Mends the first word where a plugin before it has mended anything, and not the words that it did."""

    after = ("mends",)

    @hookimpl
    async def repair(self, document: Document) -> list[Correction]:
        is_mended = any(each.applied and each.plugin == "mends" for each in document.corrections)
        is_original = document.text == TEXT
        found = Correction(start=0, end=2, original="It", replacement="She", reason="r", confidence=1.0)
        return [found] if is_mended and is_original else []


class Knows(Plugin[Config]):
    """Knows who Oleg is."""

    writes = frozenset({"crew", "station"})

    @hookimpl
    async def annotate(self) -> list[PersonMention]:
        return [PersonMention(start=0, end=2, name="It", id="it")]

    @hookimpl
    async def enrich(self) -> Patch:
        return Patch(
            crew=(Person(name="Oleg Novitskiy", id="oleg-novitskiy", role="commander"),), fields={"station": "iss"}
        )

    @hookimpl
    async def classify(self, event: Event) -> Patch:
        return Patch(ext={"crew_seen": len(event.data.crew), "station_seen": event.data.station})


class Fails(Plugin[Config]):
    """Fails wherever it can."""

    @hookimpl
    async def annotate(self) -> None:
        raise ValueError("annotate")

    @hookimpl
    async def repair(self) -> list[Correction]:
        return [Correction(start=0, end=2, original="XX", replacement="", reason="r", confidence=1.0)]

    @hookimpl
    async def extract(self) -> str:
        return "an event"

    @hookimpl
    async def enrich(self) -> Patch:
        return Patch(fields={"station": "mir"})

    @hookimpl
    async def classify(self) -> dict[str, Any]:
        return {"ext": {}}

    @hookimpl
    async def keep(self) -> bool:
        return False


class Drops(Plugin[Config]):
    """Keeps nothing."""

    @hookimpl
    async def keep(self) -> Drop:
        return Drop("old news")


class Extracts(Plugin[Config]):
    """Finds an event in each sentence about a coupling, and one that breaks the rules."""

    @hookimpl
    async def extract(self, document: Document) -> list[Draft]:
        drafts = []
        for start in (n for n in range(len(document.text)) if document.text.startswith("The coupling", n)):
            sentence = Span(start, document.text.index(".", start) + 1)
            drafts.append(
                Draft(
                    type="missionwire.docking.completed",
                    sentence=sentence,
                    subject="soyuz-ms-18",
                    time="2021-04-09T14:05:00+03:00",
                    time_precision="minute",
                    data={"mode": "automatic"},
                )
            )
        bad = Draft(type="missionwire.docking.completed", sentence=Span(0, 2), data={"station": 5})
        return [*reversed(drafts), bad]


class Dates(Plugin[Config]):
    """Finds a dateline."""

    @hookimpl
    async def annotate(self) -> list[TimeMention]:
        return [
            TimeMention(start=0, end=2, time="2021-04-09T00:00:00Z", time_precision="day", is_dateline=True),
        ]


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    caller = Caller()
    yield caller
    caller.close()


def _pipeline(
    caller: Caller,
    *kinds: type[Plugin[Config]],
    on_error: Literal["skip", "dead-letter", "drop"] = "skip",
    order: Sequence[str] = (),
) -> Pipeline:
    return Pipeline(make_plan([of_class(kind, on_error=on_error) for kind in kinds], order), caller)


# --- events -----------------------------------------------------------------------------------------------------------


async def test_without_plugins_an_event_goes_on_as_it_was_sent(caller: Caller) -> None:
    done = await _pipeline(caller).event(SENT)

    assert done.event == SENT | {"data": {**SENT["data"], "time_precision": "unknown"}}  # type: ignore[dict-item]
    assert (done.dropped, done.dead) == (None, None)


async def test_a_repaired_field_keeps_its_original_and_each_correction_its_plugin(caller: Caller) -> None:
    data = (await _pipeline(caller, Mends).event(SENT)).event["data"]

    assert data["text"] == "It flew on. The docking of the ship held. The docking was good."
    assert data["original"] == {"text": TEXT}
    assert [(each["start"], each["plugin"], each["applied"]) for each in data["corrections"]] == [
        (16, "mends", True),
        (47, "mends", True),
    ]
    assert data["provenance"] == [{"plugin": "mends", "version": "1.0", "fields": ["text"]}]


async def test_the_earlier_plugin_of_the_plan_wins_and_the_other_proposal_is_kept(caller: Caller) -> None:
    by_name = (await _pipeline(caller, Mends, Rivals).event(SENT)).event["data"]
    turned = (await _pipeline(caller, Mends, Rivals, order=["rivals"]).event(SENT)).event["data"]

    assert "The docking of" in by_name["text"]
    assert [each["plugin"] for each in by_name["corrections"] if not each["applied"]] == ["rivals"]
    assert "A hitch of" in turned["text"]
    assert [each["start"] for each in turned["corrections"] if not each["applied"]] == [16]


async def test_a_later_plugin_sees_the_original_text_and_what_earlier_ones_mend(caller: Caller) -> None:
    both = (await _pipeline(caller, Mends, Agrees).event(SENT)).event["data"]
    alone = (await _pipeline(caller, Agrees).event(SENT)).event["data"]

    assert both["text"] == "She flew on. The docking of the ship held. The docking was good."
    assert "corrections" not in alone


async def test_a_later_stage_sees_what_an_earlier_one_found(caller: Caller) -> None:
    data = (await _pipeline(caller, Knows).event(SENT)).event["data"]

    assert data["crew"] == [{"name": "Oleg Novitskiy", "id": "oleg-novitskiy", "role": "commander"}]
    assert data["ext"] == {"knows": {"crew_seen": 1, "station_seen": "iss"}}
    assert [each["fields"] for each in data["provenance"]] == [["station", "crew"], ["ext.knows"]]


async def test_a_bad_plugin_never_loses_the_event_and_each_fault_is_named_without_a_message(caller: Caller) -> None:
    done = await _pipeline(caller, Fails, Knows, Mends).event(SENT)

    data = done.event["data"]
    assert (done.dropped, done.dead) == (None, None)
    assert data["errors"] == [
        {"plugin": "fails", "hook": "annotate", "kind": "raised"},
        {"plugin": "fails", "hook": "repair", "kind": "invalid"},
        {"plugin": "fails", "hook": "enrich", "kind": "undeclared"},
        {"plugin": "fails", "hook": "classify", "kind": "invalid"},
        {"plugin": "fails", "hook": "keep", "kind": "invalid"},
    ]
    assert data["station"] == "iss"
    assert data["text"].count("docking") == 2
    assert "fails" not in [each["plugin"] for each in data["provenance"]]


async def test_a_fault_drops_or_kills_the_event_where_the_operator_set_so(caller: Caller) -> None:
    dropped = await _pipeline(caller, Fails, on_error="drop").event(SENT)
    dead = await _pipeline(caller, Fails, on_error="dead-letter").event(SENT)

    assert dropped.dropped == "fails: raised"
    assert dead.dead is not None
    assert (dead.dead.plugin, dead.dead.hook, dead.dead.message) == ("fails", "annotate", "ValueError: annotate")


async def test_a_plugin_may_drop_an_event_with_a_reason(caller: Caller) -> None:
    done = await _pipeline(caller, Drops, Knows).event(SENT)

    assert done.dropped == "old news"
    assert done.dead is None


async def test_what_an_event_brought_along_is_not_overwritten(caller: Caller) -> None:
    sent = SENT | {
        "data": {
            "text": TEXT,
            "original": {"text": "as its source had it"},
            "provenance": [{"plugin": "theirs"}],
            "errors": [{"plugin": "theirs"}],
        }
    }

    data = (await _pipeline(caller, Mends, Fails).event(sent)).event["data"]

    assert data["original"] == {"text": "as its source had it"}
    assert data["provenance"][0] == {"plugin": "theirs"}
    assert data["errors"][0] == {"plugin": "theirs"}


# --- articles ---------------------------------------------------------------------------------------------------------


async def test_events_of_an_article_stand_in_its_order_with_ids_that_stay(caller: Caller) -> None:
    article = SentArticle(text=TEXT, url="https://example.org/1")
    pipeline = _pipeline(caller, Extracts, Mends)

    first, again = await pipeline.article(article), await pipeline.article(article)

    ids = [done.event["id"] for done in first.events]
    assert ids == [
        f"{article.id}:docking.completed:soyuz-ms-18",
        f"{article.id}:docking.completed:soyuz-ms-18:2",
    ]
    assert [done.event["id"] for done in again.events] == ids
    assert [list(done.event["data"]["evidence"]) for done in first.events] == [
        [{"start": 12, "end": 42}],
        [{"start": 43, "end": 65}],
    ]


async def test_an_extracted_event_has_its_repaired_sentence_and_offsets_count_in_the_sentence(caller: Caller) -> None:
    article = SentArticle(text=TEXT, url="https://example.org/1", source="urn:paper")

    done = await _pipeline(caller, Extracts, Mends, Knows).article(article)

    event = done.events[1].event
    data = event["data"]
    assert event["source"] == "urn:paper"
    assert event["time"] == "2021-04-09T11:05:00Z"
    assert data["text"] == "The docking was good."
    assert data["original"] == {"text": "The coupling was good."}
    (correction,) = data["corrections"]
    assert data["original"]["text"][correction["start"] : correction["end"]] == "coupling"
    assert data["article"] == article.id
    assert data["mode"] == "automatic"
    assert data["crew"][0]["id"] == "oleg-novitskiy", "it enters at enrich"
    assert data["provenance"][0] == {"plugin": "extracts", "version": "1.0", "fields": ["*"]}
    assert "agencies" not in data, "nothing empty is published"


async def test_a_draft_that_breaks_the_rules_is_left_out_and_named(caller: Caller) -> None:
    done = await _pipeline(caller, Extracts).article(SentArticle(text=TEXT))

    assert len(done.events) == 2
    assert done.document.errors == ({"plugin": "extracts", "hook": "extract", "kind": "invalid"},)


async def test_an_articles_document_tells_what_became_of_it(caller: Caller) -> None:
    done = await _pipeline(caller, Extracts, Mends, Knows, Dates).article(SentArticle(text=TEXT, title="Held"))

    document = done.document
    assert document.state == "published"
    assert document.text.count("docking") == 2
    assert document.original == {"text": TEXT}
    assert document.title == "Held"
    assert document.published == "2021-04-09"
    assert [person.id for person in document.people] == ["it"]
    assert [each["id"] for each in document.events] == [each.event["id"] for each in done.events]


async def test_an_articles_document_tells_what_plugins_in_shadow_mode_would_have_done(caller: Caller) -> None:
    plan = make_plan([of_class(kind, is_shadow=True) for kind in (Knows, Mends, Extracts, Fails)])

    document = (await Pipeline(plan, caller).article(SentArticle(text=TEXT))).document

    shadow = document.shadow
    assert isinstance(shadow, dict)
    assert {plugin: list(answers) for plugin, answers in shadow.items()} == {
        "extracts": ["extract"],
        "knows": ["annotate"],
        "mends": ["repair"],
    }
    assert shadow["knows"]["annotate"][0]["id"] == "it"
    assert [(each["start"], each["replacement"]) for each in shadow["mends"]["repair"]] == [
        (16, "docking"),
        (47, "docking"),
    ]
    assert len(shadow["extracts"]["extract"]) == 3
    assert (document.text, document.people, document.corrections, document.events) == (TEXT, (), (), ())


async def test_without_a_shadow_an_articles_document_has_no_such_member(caller: Caller) -> None:
    document = (await _pipeline(caller, Mends).article(SentArticle(text=TEXT))).document

    assert "shadow" not in msgspec.to_builtins(document)


async def test_a_fault_in_an_article_ends_its_way_where_the_operator_set_so(caller: Caller) -> None:
    article = SentArticle(text=TEXT)

    dead = await _pipeline(caller, Fails, Extracts, on_error="dead-letter").article(article)
    dropped = await _pipeline(caller, Fails, Extracts, on_error="drop").article(article)

    assert dead.dead is not None
    assert (dead.document.state, dead.events) == ("dead", ())
    assert (dropped.dead, dropped.events) == (None, ())
    assert dropped.document.errors[0]["plugin"] == "fails"


@pytest.mark.parametrize("member", sorted({*SentData.__struct_fields__}))
async def test_a_member_that_was_sent_as_null_stops_nothing(caller: Caller, member: str) -> None:
    sent = {**SENT, "data": {"title": "It held", member: None}}

    done = await _pipeline(caller, Knows).event(sent)

    assert done.event["data"]["crew"][0]["id"] == "oleg-novitskiy"
    assert done.event["data"]["station"] == "iss"
