"""Articles through all language plugins together: what an editor would check of repairs, times, people and events.

The facts are real, the words are the project's own; the faults are those of machine translation.
"""

from collections.abc import AsyncIterator
from importlib import resources
from typing import Any

import pytest
import pytest_asyncio

from missionwire.testing import ArticleResult, Workbench
from missionwire_agencies import Agencies
from missionwire_articles import Articles
from missionwire_crew import Crew
from missionwire_pronouns import Pronouns
from missionwire_terms import Terms

FROM_PORTUGUESE = """\
date 2022-04-17 Three Chinese taikonauts who stayed six months aboard the Tiangong spatial station returned to Earth \
this Saturday (16), in the longest manned mission of the history of China.

The Shenzhou-13 capsule with Zhai Zhigang, Wang Yaping and Ye Guangfu on board landed in the Gobi Desert, in the north \
of the country, at 9:56 am Beijing time (10:56 pm on Friday in Brasília), according to the state television CCTV.

Commander Zhai was the first to be taken out of the device.

The three had taken off from the Jiuquan space base on October 16, 2021, aboard a Long March 2F rocket, and the \
coupling with the Tianhe module happened six hours later.

The retreat of the crew from the capsule took less than an hour. The China Manned Space Agency plans to launch \
Shenzhou-14 in June with another three tripulants.
"""

FROM_SPANISH = """\
Four astronauts of the Crew-1 mission of NASA and the company Space X returned safely this Sunday to the Earth after \
167 days in the International Space Station (ISS).

The device, baptized Resilience, made a successful amerizaje in the waters of the Gulf of Mexico, in front of the \
coasts of Panama City (Florida), at 2:56 am local time (06:56 GMT), the first nocturnal watering of a manned American \
capsule since Apollo 8 in 1968.

The recovery crew hoisted the capsule aboard the ship Go Navigator half an hour later.

The uncoupling of the ISS had occurred on Saturday at 20:35 hours Eastern time (00:35 GMT of Sunday). Crew-1 had \
departed on November 15 from Kennedy Space Center in Florida.
"""

ABORTED = """\
date 2018-10-12 A Russian cosmonaut and an American astronaut made an emergency landing this Thursday (11), after a \
failure of the Soyuz rocket that should take them to the International Space Station.

The Soyuz MS-10 took off from the cosmodrome of Baikonur at 8:40 am GMT (5:40 am GMT) with Alexei Ovchinin and Nick \
Hague. About two minutes after the take-off, one of the four lateral propellers did not separate correctly and hit the \
rocket, and the escape system fired.

The device with the two crewmen landed some 20 kilometers from the city of Zhezkazgan, in Kazakhstan.

It was the first failure of this type since 1983, when Vladimir Titov and Gennady Strekalov escaped from a fire.
"""

AGENCY_ENGLISH = {
    "sts-135": (
        "2011-07-22",
        """\
The space shuttle Atlantis landed at NASA's Kennedy Space Center before dawn on Thursday, bringing the 30-year shuttle \
program to an end. Commander Christopher Ferguson guided the orbiter onto Runway 15 at 5:57 a.m. EDT on July 21.

Atlantis and its crew had lifted off on July 8 on the STS-135 mission to deliver supplies to the International Space \
Station. The shuttle undocked from the station on July 19 after a stay of eight and a half days.

Columbia, the first shuttle to reach orbit, was launched from the same center on April 12, 1981, with John Young and \
Bob Crippen. NASA Administrator Charles Bolden, a former shuttle commander who flew in 1994, met the crew.
""",
    ),
    "crew-9": (
        "2024-09-29",
        """\
NASA astronaut Nick Hague and Roscosmos cosmonaut Aleksandr Gorbunov are on their way to the International Space \
Station after their SpaceX Crew-9 mission lifted off at 1:17 p.m. EDT on Saturday from Space Launch Complex 40 at Cape \
Canaveral Space Force Station in Florida. The launch had been postponed from September 26 because of a hurricane.

The Dragon spacecraft, named Freedom, is scheduled to dock with the station's Harmony module at about 5:30 p.m. on \
Sunday. Hague survived the aborted launch of Soyuz MS-10 in 2018 and spent 203 days on the station in 2019.

NASA's Crew-8 is to undock in early October and splash down off the coast of Florida.
""",
    ),
    "vostok-6": (
        "2013-06-16",
        """\
Valentina Tereshkova, a former textile worker who was chosen from more than 400 candidates in 1962, lifted \
off from Baikonur aboard Vostok 6 on June 16, 1963. Russia on Sunday marked the anniversary.

Wang Yaping is aboard Shenzhou-10, which docked with Tiangong-1 on Thursday. The spacecraft was launched from Jiuquan \
on June 11 with Wang, Nie Haisheng and Zhang Xiaoguang.
""",
    ),
}


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bench() -> AsyncIterator[Workbench]:
    """One for all articles: to start the plugins takes longer than to read one, and they keep nothing of it."""
    async with Workbench(Agencies, Articles, Crew, Pronouns, Terms) as started:
        yield started


def told(result: ArticleResult, what: str) -> list[dict[str, Any]]:
    return [event for event in result.events if event["type"] == f"missionwire.{what}"]


def one(result: ArticleResult, what: str) -> dict[str, Any]:
    (event,) = told(result, what)
    return event


def crew_of(event: dict[str, Any]) -> set[str | None]:
    return {person.get("id") for person in event["data"].get("crew", ())}


async def test_an_article_from_portuguese_is_mended_and_tells_the_whole_flight(bench: Workbench) -> None:
    result = await bench.article(FROM_PORTUGUESE)
    assert result.errors == ()
    for mended in (
        "Tiangong space station",
        "longest crewed mission",
        "taken out of the capsule",
        "the Jiuquan spaceport",
        "the docking with the Tianhe module",
        "The evacuation of the crew from the capsule",
        "another three crew members",
        "The China Manned Space Agency",
    ):
        assert mended in result.text

    crew = {"zhai-zhigang", "wang-yaping", "ye-guangfu"}
    landing = one(result, "landing.completed")
    assert (landing["subject"], landing["time"], crew_of(landing)) == ("shenzhou-13", "2022-04-16T01:56:00Z", crew)
    launch, docking = one(result, "launch.lifted-off"), one(result, "docking.completed")
    assert (launch["subject"], launch["data"]["mission_inferred"]) == ("shenzhou-13", True)
    assert (launch["time"], crew_of(launch)) == ("2021-10-16T00:00:00Z", crew)
    assert (docking["subject"], docking["time"], crew_of(docking)) == ("shenzhou-13", launch["time"], crew)
    planned = one(result, "launch.scheduled")
    assert (planned["subject"], planned["data"]["net"]) == ("shenzhou-14", "2022-06-01T00:00:00Z")


async def test_an_article_from_spanish_is_mended_and_keeps_two_zones_apart(bench: Workbench) -> None:
    result = await bench.article(FROM_SPANISH, published="2021-05-02")
    assert "The capsule, baptized Resilience, made a successful splashdown" in result.text
    assert "the first nocturnal splashdown of a crewed American capsule" in result.text
    splashdown = one(result, "splashdown.completed")
    assert (splashdown["subject"], splashdown["time"]) == ("crew-1", "2021-05-02T06:56:00Z")
    assert crew_of(splashdown) == {"michael-hopkins", "victor-glover", "shannon-walker", "soichi-noguchi"}
    assert one(result, "undocking.completed")["time"] == "2021-05-02T00:35:00Z"
    assert one(result, "launch.lifted-off")["time"] == "2020-11-15T00:00:00Z"
    assert one(result, "recovery.completed")["subject"] == "crew-1"


async def test_an_aborted_launch_is_told_with_its_landing_and_without_history(bench: Workbench) -> None:
    result = await bench.article(ABORTED)
    assert "8:40 am GMT (5:40 am Brasília time)" in result.text
    assert "one of the four lateral boosters did not separate" in result.text
    launch, abort, landing = (
        one(result, what) for what in ("launch.lifted-off", "launch.aborted", "landing.completed")
    )
    assert {launch["subject"], abort["subject"], landing["subject"]} == {"soyuz-ms-10"}
    assert launch["time"] == "2018-10-11T08:40:00Z"
    assert landing["time"] == "2018-10-11T00:00:00Z"
    assert "vladimir-titov" not in {person for event in result.events for person in crew_of(event)}


@pytest.mark.parametrize("name", AGENCY_ENGLISH)
async def test_agency_english_comes_through_as_it_is(bench: Workbench, name: str) -> None:
    published, text = AGENCY_ENGLISH[name]
    result = await bench.article(text, published=published)
    assert result.text == text
    assert [correction for correction in result.document.corrections if correction.applied] == []
    assert result.errors == ()


async def test_the_last_shuttle_landed_before_dawn_on_thursday(bench: Workbench) -> None:
    published, text = AGENCY_ENGLISH["sts-135"]
    result = await bench.article(text, published=published)
    landing = one(result, "landing.completed")
    assert (landing["time"], landing["data"]["site"]) == ("2011-07-21T00:00:00Z", "kennedy")
    undocking = one(result, "undocking.completed")
    assert (undocking["subject"], undocking["time"]) == ("sts-135", "2011-07-19T00:00:00Z")
    first, last = sorted(told(result, "launch.lifted-off"), key=lambda event: event["time"])
    assert (first["subject"], first["data"]["narration"]) == ("sts-1", "background")
    assert (last["subject"], last["time"]) == ("sts-135", "2011-07-08T00:00:00Z")


async def test_a_clock_without_a_zone_is_told_in_the_articles_only_zone(bench: Workbench) -> None:
    published, text = AGENCY_ENGLISH["crew-9"]
    result = await bench.article(text, published=published)
    launch = one(result, "launch.lifted-off")
    assert (launch["subject"], launch["time"]) == ("crew-9", "2024-09-28T17:17:00Z")
    assert crew_of(launch) == {"nick-hague", "aleksandr-gorbunov"}
    docking = one(result, "docking.scheduled")
    assert (docking["subject"], docking["data"]["net"]) == ("crew-9", "2024-09-29T21:30:00Z")
    assert one(result, "undocking.scheduled")["subject"] == "crew-8"


async def test_a_year_of_selection_is_not_the_year_of_a_launch(bench: Workbench) -> None:
    published, text = AGENCY_ENGLISH["vostok-6"]
    result = await bench.article(text, published=published)
    selected = one(result, "crew.selected")
    assert (selected.get("subject"), selected["time"]) == (None, "1962-01-01T00:00:00Z")
    launches = {event["subject"]: event["time"] for event in told(result, "launch.lifted-off")}
    assert launches == {"vostok-6": "1963-06-16T00:00:00Z", "shenzhou-10": "2013-06-11T00:00:00Z"}
    docking = one(result, "docking.completed")
    assert (docking["subject"], docking["data"]["target"]) == ("shenzhou-10", "tiangong-1")


async def test_the_article_of_the_demo_tells_of_one_flight_alone(bench: Workbench) -> None:
    text = (resources.files("missionwire.cli") / "demo_article.txt").read_text(encoding="utf-8")
    result = await bench.article(text)
    assert "Russian cosmodrome at Baikonur" in result.text
    assert "The evacuation of the crew from the capsule" in result.text
    told = [
        event for event in result.events if event["type"] != "missionwire.milestone.reached"
    ]  # a stay, not a flight
    assert {event["subject"] for event in told} == {"soyuz-tma-15m"}
    assert {event["type"].removeprefix("missionwire.") for event in told} == {
        "landing.completed",
        "crew.egressed",
        "launch.lifted-off",
        "docking.completed",
        "anomaly.occurred",
        "test.performed",
    }
    assert one(result, "anomaly.occurred")["time"] == one(result, "test.performed")["time"] == "2015-06-09T00:00:00Z"
