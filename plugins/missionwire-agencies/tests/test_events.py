"""What an event says of its agencies once it went through the pipeline."""

from typing import Any

import msgspec
import pytest

from missionwire.plugin import Event
from missionwire.testing import Workbench, make
from missionwire_agencies import Agencies


async def published(**data: object) -> list[Any]:
    event = {
        "specversion": "1.0",
        "id": "1",
        "source": "urn:test",
        "type": "missionwire.landing.completed",
        "subject": "shenzhou-12",
        "data": data,
    }
    async with Workbench(Agencies) as bench:
        out = msgspec.json.decode(msgspec.json.encode((await bench.event(event))["data"]), type=dict[str, Any])
    agencies: list[Any] = out.get("agencies", [])
    return agencies


@pytest.mark.parametrize("name", ["esa", "ESA", "European space agency", "European Space Agency (ESA)", "ЕКА"])
async def test_a_name_as_sent_gets_an_id_and_stays_as_sent(name: str) -> None:
    (agency,) = await published(agencies=[name])
    assert (agency["id"], agency["name"]) == ("esa", name)


async def test_what_was_set_stays_and_only_what_is_absent_is_filled() -> None:
    (agency,) = await published(agencies=[{"name": "NASA", "role": "partner"}], text="NASA said the rover is fine.")
    assert agency == {"id": "nasa", "name": "NASA", "role": "partner", "evidence": [{"start": 0, "end": 4}]}


async def test_a_name_that_nobody_bears_stays_without_an_id() -> None:
    assert await published(agencies=["Acme Rockets", "ISA"]) == ["Acme Rockets", "ISA"]


async def test_a_company_whose_name_is_a_word_is_known_where_agencies_are_listed() -> None:
    (agency,) = await published(agencies=["Energia"])
    assert agency["id"] == "energia"


async def test_two_names_of_different_agencies_in_one_are_nobodys() -> None:
    assert await published(agencies=["NASA (ESA)"]) == ["NASA (ESA)"]


async def test_an_agency_named_twice_is_one_tag_with_the_strongest_role_and_both_places() -> None:
    text = "According to NASA, the rover is fine. NASA's Spirit rover had stopped."
    (agency,) = await published(text=text)
    assert agency == {
        "id": "nasa",
        "name": "National Aeronautics and Space Administration",
        "role": "operator",
        "evidence": [{"start": 13, "end": 17}, {"start": 38, "end": 42}],
    }


async def test_no_agency_is_guessed_from_the_mission() -> None:
    assert await published(text="The capsule landed.", mission="Shenzhou 12", spacecraft="shenzhou") == []


async def test_an_acronym_needs_no_word_of_space_in_an_event_of_a_mission() -> None:
    assert [agency["id"] for agency in await published(text="DLR was pleased.")] == ["dlr"]


async def test_the_title_of_an_event_that_was_sent_names_agencies_without_evidence() -> None:
    (agency,) = await published(title="ISRO probe wakes up", text="It woke.")
    assert agency == {"id": "isro", "name": "Indian Space Research Organisation", "role": "operator"}


async def test_the_title_of_an_event_out_of_an_article_is_not_its_words() -> None:
    plugin = make(Agencies)
    plugin.startup()
    event = Event(id="1", source="urn:test", type="missionwire.landing.completed")
    data = type(event.data)(title="NASA films a movie", text="The capsule landed.", article="x")
    assert await plugin.enrich(type(event)(id="1", source="urn:test", type=event.type, data=data)) is None


async def test_evidence_counts_in_the_original_text() -> None:
    plugin = make(Agencies)
    plugin.startup()
    base = Event(id="1", source="urn:test", type="missionwire.docking.completed")
    data = type(base.data)(
        text="The docking was confirmed by JAXA.", original={"text": "The coupling of it was confirmed by JAXA."}
    )
    patch = await plugin.enrich(type(base)(id="1", source="urn:test", type=base.type, data=data))
    assert patch is not None
    (agency,) = patch.agencies
    assert [(span.start, span.end) for span in agency.evidence] == [(36, 40)]
    assert agency.role == "source"


async def test_an_event_enriched_twice_is_as_after_the_first_time() -> None:
    first = await published(text="The capsule built by Boeing landed, NASA said.", agencies=["Boeing"])
    assert await published(text="The capsule built by Boeing landed, NASA said.", agencies=first) == first


async def test_an_articles_document_lists_each_agency_of_its_text() -> None:
    async with Workbench(Agencies) as bench:
        result = await bench.article("The rover was launched by ISRO. ISRO said that the rover is well.")
    assert [(a.id, a.role) for a in result.document.agencies()] == [("isro", "launcher"), ("isro", "source")]
    assert result.errors == ()


async def test_the_plugin_says_how_many_agencies_it_knows() -> None:
    plugin = make(Agencies)
    plugin.startup()
    health = await plugin.health()
    assert (health.is_ok, health.detail) == (True, "32 agencies are known")


async def test_a_text_of_nothing_but_names_lists_a_bounded_number_of_places() -> None:
    (agency,) = await published(text="NASA. " * 3_000)
    assert len(agency["evidence"]) == 100
