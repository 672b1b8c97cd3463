"""The plugin in the real pipeline."""

import re
from pathlib import Path

import msgspec

from missionwire.testing import Workbench
from missionwire_crew import Crew


async def test_an_article_gets_its_people() -> None:
    async with Workbench(Crew) as bench:
        result = await bench.article(
            "ESA astronaut Matthias Maurer came home. Maurer thanked Kayla Barron.", published="2022-05-06"
        )
    assert result.errors == ()
    assert [person.id for person in result.document.people()] == ["matthias-maurer", "matthias-maurer", "kayla-barron"]


async def test_a_title_gets_its_people_in_its_own_field() -> None:
    async with Workbench(Crew) as bench:
        result = await bench.article("She came home in a capsule.", title="Astronaut Kayla Barron is back")
    (person,) = result.document.people("title")
    assert (person.id, person.start, person.end) == ("kayla-barron", 10, 22)
    assert result.document.people() == ()


async def test_an_event_gets_crew_and_mission() -> None:
    async with Workbench(Crew) as bench:
        event = await bench.event(
            {
                "specversion": "1.0",
                "id": "1",
                "source": "urn:test",
                "type": "missionwire.splashdown.completed",
                "time": "2022-05-06T04:43:00Z",
                "data": {"crew": ["Raja Chari", {"name": "Tom Marshburn", "role": "pilot"}, "Jane Doe (guest)"]},
            }
        )
    data = event["data"]
    assert "errors" not in data
    assert data["crew"][0]["id"] == "raja-chari"
    assert data["crew"][1] == {
        "name": "Tom Marshburn",
        "id": "thomas-marshburn",
        "role": "pilot",
        "agency": "nasa",
        "nationality": "United States",
    }
    assert data["crew"][2] in ("Jane Doe (guest)", {"name": "Jane Doe (guest)"})
    assert "subject" not in event  # a stranger aboard: no flight is known to have had this crew


async def test_an_event_without_subject_gets_one() -> None:
    async with Workbench(Crew) as bench:
        event = await bench.event(
            {
                "specversion": "1.0",
                "id": "1",
                "source": "urn:test",
                "type": "missionwire.splashdown.completed",
                "time": "2022-05-06T04:43:00Z",
                "data": {"crew": ["Raja Chari", "Tom Marshburn"]},
            }
        )
    assert event["subject"] == "crew-3"
    assert event["data"]["mission_inferred"] is True
    assert event["data"]["crew"][0]["role"] == "commander"
    assert event["data"]["ext"]["crew"] == {"data_version": "2026-10-08"}


async def test_the_example_in_the_readme_is_true() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    example, promise = re.findall(r"```json\n(.*?)```(.*?)## Settings", readme, re.DOTALL)[0]
    async with Workbench(Crew) as bench:
        event = await bench.event(msgspec.json.decode(example))
    assert f"`subject: {event['subject']}`" in promise
    assert [f"`{person['id']}`" in promise for person in event["data"]["crew"]] == [True] * 4
    assert event["data"]["crew"][0]["role"] == "commander"
