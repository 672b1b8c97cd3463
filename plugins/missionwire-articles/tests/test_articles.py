"""Whole articles: one event for one occurrence, told in the manner of translated and of plain news."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from missionwire.plugin import Document, Draft
from missionwire.testing import make
from missionwire_articles import Articles

Tell = Callable[..., Awaitable[list[Draft]]]

# Invented people on invented flights, with the faults of machine translation: terms, stray captions, two times.
HARVEST = """\
Two Brazilians who grew coffee for 9 days aboard the International Space Station (ISS) came back to Earth unharmed \
[[this Saturday night (12)|t:2022-03-12T00:00:00Z|day]]; the space cook and the botanist returned safely to Earth \
[[that night|t:2022-03-12T00:00:00Z|day]].

The capsule Soyuz MS-47, with botanist [[Ana Lima|p:ana-lima|scientist]], 41, and cook \
[[Caio Prado|p:caio-prado|spaceflight-participant]], 35, and their commander [[Pavel Orlov|p:pavel-orlov|cosmonaut]] \
on board, touched down in Kazakhstan at [[11:20 pm GMT (8:20 pm GMT)|t:2022-03-12T23:20:00Z|minute]], the \
[[Russian space agency|a:roscosmos]] showed on its channel.

When he emerged from the capsule, [[Prado|p:caio-prado]] waved to the doctors, before being carried to the tent for \
a health check.

[[Ana Lima|p:ana-lima|scientist]], who was selected from 1,200 applicants, was lifted out of the [[device|c:capsule]] \
under a blanket.

[[Orlov|p:pavel-orlov]] was the first out of the ship and was welcomed by the chief of the agency, \
[[Igor Head|p:igor-head|agency-head]].

Botanist [[Ana Lima|p:ana-lima|scientist]] with her plants on the International Space Station (ISS)

The two travellers set off for the ISS [[on March 3|t:2022-03-03T00:00:00Z|day]] from the polygon of Baikonur, \
together with cosmonaut [[Lev Sokol|p:lev-sokol|cosmonaut]].

Gardeners [[Ana Lima|p:ana-lima|scientist]] and [[Caio Prado|p:caio-prado|spaceflight-participant]] take off for \
the ISS [[this Thursday (3)|t:2022-03-03T00:00:00Z|day]]

There, [[Sokol|p:lev-sokol]] was forced to dock their craft at the [[space lab|c:space station]] by hand.

While engineers were checking the Soyuz MS-47 capsule [[on Monday|t:2022-03-07T00:00:00Z|day]], in which the crew was \
due to leave [[at the weekend|t:2022-03-12T00:00:00Z|day]], its thrusters unexpectedly fired and tilted the station; \
there was no danger for the ISS.

“The plants are well and so are we,” [[Prado|p:caio-prado]] said.

A poster recalls the day, 61 years ago, when [[Yuri Gagarin|p:yuri-gagarin]] became the first person in space. Rich \
people such as [[Rick Rich|p:rick-rich|executive]] make such trips, too.
"""

# Plain agency English about a flight of 2021: facts only, words of our own.
SPLASHDOWN = """\
Four astronauts splashed down in the Gulf of Mexico [[on Monday night|t:2021-11-08T00:00:00Z|day]] after half a year \
on the International Space Station.

The Crew-2 capsule, with [[Shane Kimbrough|p:robert-kimbrough|commander]] and \
[[Thomas Pesquet|p:thomas-pesquet|astronaut]] on board, parachuted into the sea off Pensacola at \
[[10:33 p.m. EST|t:2021-11-09T03:33:00Z|minute]]. Recovery teams hoisted the capsule onto a ship.

The crew had undocked from the station at [[2:05 p.m. EST|t:2021-11-08T19:05:00Z|minute]].

The astronauts did not land in the Atlantic, as planners had once hoped.

Crew-3 is scheduled to launch no earlier than [[November 10|t:2021-11-10T00:00:00Z|day]] from Kennedy Space Center.

[[In 2011|t:2011-01-01T00:00:00Z|year]], the space shuttle Atlantis landed at Kennedy on STS-135.
"""

SPACEWALK = """\
China launched the Shenzhou-13 spacecraft from Jiuquan [[at 00:23 Beijing time|t:2021-10-15T16:23:00Z|minute]].

The spacecraft docked with the Tianhe core module [[at 6:56 a.m.|t:2021-10-15T22:56:00Z|minute]].

[[Zhai Zhigang|p:zhai-zhigang|taikonaut]] and [[Wang Yaping|p:wang-yaping|taikonaut]] completed a six-hour, 25-minute \
spacewalk [[on November 8|t:2021-11-08T00:00:00Z|day]]. [[Wang|p:wang-yaping]] became the first Chinese woman to walk \
in space.

The Shenzhou-13 crew will return to Earth [[in April 2022|t:2022-04-01T00:00:00Z|month]].
"""


def by_type(drafts: list[Draft]) -> dict[str, list[Draft]]:
    found: dict[str, list[Draft]] = {}
    for draft in drafts:
        found.setdefault(draft.type.removeprefix("missionwire."), []).append(draft)
    return found


def ids(draft: Draft) -> set[Any]:
    return {person.id for person in draft.crew}


async def test_a_landing_told_twice_is_one_event_with_all_its_facts(tell: Tell) -> None:
    (landing,) = by_type(await tell(HARVEST, "2022-03-13"))["landing.completed"]
    assert landing.subject == "soyuz-ms-47"
    assert (landing.time, landing.time_precision) == ("2022-03-12T23:20:00Z", "minute")
    assert ids(landing) == {"ana-lima", "caio-prado", "pavel-orlov"}
    assert landing.data["site"] == landing.data["location"] == "kazakhstan"
    assert (landing.data["body"], landing.data["spacecraft"]) == ("earth", "soyuz")
    assert landing.narration == "main"
    assert landing.title == "Soyuz MS-47 lands in Kazakhstan"
    assert len(landing.evidence) == 2


async def test_a_launch_is_not_given_the_mission_of_the_landing(tell: Tell) -> None:
    found = by_type(await tell(HARVEST, "2022-03-13"))
    (launch,) = found["launch.lifted-off"]
    assert launch.subject is None
    assert launch.time == "2022-03-03T00:00:00Z"
    assert launch.data["site"] == "baikonur"
    assert ids(launch) == {"ana-lima", "caio-prado", "lev-sokol"}
    assert len(launch.evidence) == 2
    (docking,) = found["docking.completed"]
    assert (docking.subject, docking.data["mode"], docking.data["target"]) == (None, "manual", "iss")
    assert ids(docking) == {"lev-sokol"}


async def test_a_thruster_that_fires_in_a_test_gives_two_events_of_the_craft_tested(tell: Tell) -> None:
    found = by_type(await tell(HARVEST, "2022-03-13"))
    (anomaly,), (test,) = found["anomaly.occurred"], found["test.performed"]
    assert anomaly.subject == test.subject == "soyuz-ms-47"
    assert anomaly.time == test.time == "2022-03-07T00:00:00Z"
    assert anomaly.data["kind"] == "unplanned-thruster-firing"
    assert (anomaly.data["effect"], anomaly.data["danger"], anomaly.data["station"]) == (
        "attitude-change",
        False,
        "iss",
    )
    assert test.data["kind"] == "thruster-check"


async def test_who_got_out_got_out_of_the_craft_that_landed(tell: Tell) -> None:
    found = by_type(await tell(HARVEST, "2022-03-13"))["crew.egressed"]
    assert [ids(draft) for draft in found] == [{"caio-prado"}, {"ana-lima"}, {"pavel-orlov"}]
    assert {draft.subject for draft in found} == {"soyuz-ms-47"}
    assert len({draft.key for draft in found}) == 3
    assert found[2].data["order"] == 1


async def test_history_told_in_passing_is_background(tell: Tell) -> None:
    found = by_type(await tell(HARVEST, "2022-03-13"))
    assert [draft.narration for draft in found["milestone.reached"]] == ["background"]
    assert [draft.narration for draft in found["crew.selected"]] == ["background"]


async def test_nothing_else_is_told(tell: Tell) -> None:
    assert set(by_type(await tell(HARVEST, "2022-03-13"))) == {
        "landing.completed",
        "crew.egressed",
        "crew.examined",
        "crew.selected",
        "launch.lifted-off",
        "docking.completed",
        "anomaly.occurred",
        "test.performed",
        "statement.made",
        "milestone.reached",
    }


async def test_the_sentence_of_a_draft_stands_in_the_original_text(tell: Tell) -> None:
    original = HARVEST.replace("[[device|c:capsule]]", "device")
    drafts = await tell(HARVEST, "2022-03-13")
    assert all(draft.sentence in draft.evidence for draft in drafts)
    (first,) = [draft for draft in drafts if ids(draft) == {"ana-lima"} and draft.type.endswith("egressed")]
    assert "lifted out of the device under a blanket." in original
    assert first.sentence.end - first.sentence.start == len(
        "Ana Lima, who was selected from 1,200 applicants, was lifted out of the device under a blanket."
    )


async def test_a_splashdown_its_undocking_and_the_next_launch(tell: Tell) -> None:
    found = by_type(await tell(SPLASHDOWN, "2021-11-09"))
    (splashdown,) = found["splashdown.completed"]
    assert (splashdown.subject, splashdown.time) == ("crew-2", "2021-11-09T03:33:00Z")
    assert splashdown.data["sea"] == "gulf-of-mexico"
    assert ids(splashdown) == {"robert-kimbrough", "thomas-pesquet"}
    (undocking,) = found["undocking.completed"]
    assert (undocking.time, undocking.data["station"]) == ("2021-11-08T19:05:00Z", "iss")
    (launch,) = found["launch.scheduled"]
    assert (launch.subject, launch.time, launch.data["net"]) == ("crew-3", None, "2021-11-10T00:00:00Z")
    (landing,) = found["landing.completed"]
    assert (landing.subject, landing.narration) == ("sts-135", "background")


async def test_the_spacecraft_is_the_one_of_the_sentence_before(tell: Tell) -> None:
    found = by_type(await tell(SPACEWALK, "2021-11-10"))
    (launch,), (docking,) = found["launch.lifted-off"], found["docking.completed"]
    assert launch.subject == docking.subject == "shenzhou-13"
    assert docking.data["target"] == "tiangong"
    (walk,) = found["eva.ended"]
    assert walk.data["duration_s"] == 6 * 3600 + 25 * 60
    (landing,) = found["landing.scheduled"]
    assert (landing.narration, landing.data["net"]) == ("planned", "2022-04-01T00:00:00Z")
    (record,) = found["milestone.reached"]
    assert record.data["holder"] == "wang-yaping"


async def test_an_article_read_twice_gives_the_same_drafts(tell: Tell) -> None:
    assert await tell(HARVEST, "2022-03-13") == await tell(HARVEST, "2022-03-13")


async def test_a_title_alone_tells_nothing(tell: Tell) -> None:
    assert await tell("Nothing to see.", title="Soyuz MS-47 lands in Kazakhstan") == []


async def test_two_flights_in_one_article_are_two_events(tell: Tell) -> None:
    text = (
        "Soyuz MS-31 landed in Kazakhstan [[on Friday|t:2021-10-15T00:00:00Z|day]]. "
        "Shenzhou-15 landed at Dongfeng landing site [[on Saturday|t:2021-10-16T00:00:00Z|day]]."
    )
    assert [draft.subject for draft in await tell(text)] == ["soyuz-ms-31", "shenzhou-15"]


async def test_two_flights_in_one_sentence_are_two_events(tell: Tell) -> None:
    text = (
        "Crew-9 undocked from the ISS [[on Friday|t:2021-10-15T00:00:00Z|day]] and "
        "Crew-10 docked with the ISS [[on Saturday|t:2021-10-16T00:00:00Z|day]]."
    )
    found = by_type(await tell(text))
    (undocking,), (docking,) = found["undocking.completed"], found["docking.completed"]
    assert (undocking.subject, undocking.time) == ("crew-9", "2021-10-15T00:00:00Z")
    assert (docking.subject, docking.time) == ("crew-10", "2021-10-16T00:00:00Z")


async def test_of_two_missions_that_may_be_meant_none_is_taken(tell: Tell) -> None:
    text = "Soyuz MS-31, unlike Soyuz MS-30 and Crew-9, or Progress MS-20, landed in Kazakhstan."
    assert all(draft.subject is None for draft in await tell(text))


async def test_a_craft_docked_with_is_the_target_not_the_subject(tell: Tell) -> None:
    (docking,) = await tell("Crew-9 docked with Soyuz MS-31 [[on Friday|t:2021-10-15T00:00:00Z|day]] in orbit.")
    assert (docking.subject, docking.data["target"]) == ("crew-9", "soyuz-ms-31")


async def test_an_expedition_is_no_craft(tell: Tell) -> None:
    (landing,) = await tell(
        "[[Ana Lima|p:ana-lima|astronaut]] of Expedition 80 landed in Kazakhstan [[on Friday|t:2021-10-15|day]]."
    )
    assert landing.subject is None


async def test_words_in_quotes_are_quoted(tell: Tell) -> None:
    drafts = await tell("“Soyuz MS-31 landed in Kazakhstan,” [[Ana Lima|p:ana-lima|astronaut]] said.")
    assert [(draft.type, draft.narration) for draft in drafts] == [
        ("missionwire.landing.completed", "quoted"),
        ("missionwire.statement.made", "main"),
    ]
    assert drafts[1].data == {"speaker": "ana-lima", "quote": "Soyuz MS-31 landed in Kazakhstan"}


async def test_a_pronoun_is_no_speaker(tell: Tell) -> None:
    assert await tell("“It is a unique experience for me,” she told reporters.") == []


async def test_people_of_another_clause_took_no_part(tell: Tell) -> None:
    (landing,) = by_type(
        await tell(
            "Soyuz MS-31 with [[Pavel Orlov|p:pavel-orlov|cosmonaut]] landed in Kazakhstan, "
            "while [[Ana Lima|p:ana-lima|astronaut]] watched from the station."
        )
    )["landing.completed"]
    assert ids(landing) == {"pavel-orlov"}


async def test_landing_after_a_comma_has_the_subject_of_the_sentence(tell: Tell) -> None:
    (landing,) = by_type(
        await tell(
            "[[Ana Lima|p:ana-lima|astronaut]] came home [[on Friday|t:2021-10-15|day]] after 300 days in orbit, "
            "landing in Kazakhstan aboard Soyuz MS-31 with [[Pavel Orlov|p:pavel-orlov|cosmonaut]]."
        )
    )["landing.completed"]
    assert (landing.subject, ids(landing)) == ("soyuz-ms-31", {"ana-lima", "pavel-orlov"})
    assert landing.time == "2021-10-15"


async def test_manual_control_on_the_way_is_no_manual_docking(tell: Tell) -> None:
    text = "[[Ana Lima|p:ana-lima|astronaut]] took manual control of the capsule before it docked automatically."
    assert all(draft.data.get("mode") != "manual" for draft in await tell(text))


async def test_a_place_in_a_place_is_the_nearer_one(tell: Tell) -> None:
    (landing,) = await tell("Starliner landed at White Sands in New Mexico [[on Friday|t:2021-10-15|day]].")
    assert landing.data["site"] == "white-sands"


async def test_two_people_and_one_verb_stay_together(tell: Tell) -> None:
    found = by_type(
        await tell(
            "When Apollo 11 landed on the Moon [[on July 20, 1969|t:1969-07-20T00:00:00Z|day]], "
            "[[Neil Armstrong|p:neil-armstrong]] and [[Buzz Aldrin|p:edwin-aldrin]] became the first people "
            "to walk in space clothes on it."
        )
    )
    (landing,), (first,) = found["landing.completed"], found["milestone.reached"]
    assert ids(first) == {"neil-armstrong", "edwin-aldrin"}
    assert (landing.narration, first.narration) == ("background", "background")
    assert landing.data["body"] == "moon"


async def test_a_remark_about_somebody_does_not_make_news_old(tell: Tell) -> None:
    (landing,) = await tell(
        "[[Ana Lima|p:ana-lima|astronaut]], who first flew [[in 2012|t:2012-01-01T00:00:00Z|year]], "
        "landed in Kazakhstan aboard Soyuz MS-31."
    )
    assert (landing.narration, landing.time) == ("main", None)


async def test_what_has_no_time_in_an_old_sentence_is_old(tell: Tell) -> None:
    text = (
        "Luna 25 crashed [[in August 2019|t:2019-08-01T00:00:00Z|month]]; days later Chandrayaan-3 landed on the Moon."
    )
    (landing,) = by_type(await tell(text))["landing.completed"]
    assert landing.narration == "background"


async def test_histories_of_two_flights_are_not_put_together(tell: Tell) -> None:
    text = (
        "Vostok 1 landed near Engels [[on April 12, 1961|t:1961-04-12T00:00:00Z|day]]. The launch of Soyuz MS-10 was "
        "aborted [[in 2018|t:2018-01-01T00:00:00Z|year]], and [[Ana Lima|p:ana-lima]] landed safely in Kazakhstan."
    )
    landings = by_type(await tell(text))["landing.completed"]
    assert not landings[0].crew
    assert [draft.subject for draft in landings] == ["vostok-1", "soyuz-ms-10"][: len(landings)]


async def test_a_schedule_is_not_set_for_the_past(tell: Tell) -> None:
    text = "The launch of Crew-14 is scheduled for [[November 10|t:2020-11-10T00:00:00Z|day]]."
    assert all("net" not in draft.data for draft in await tell(text))


async def test_without_a_publication_date_the_first_day_told_is_the_news(tell: Tell) -> None:
    drafts = await tell(
        "Soyuz MS-31 landed in Kazakhstan [[on Friday|t:2021-10-15T00:00:00Z|day]]. "
        "Crew-14 will launch [[in March|t:2022-03-01T00:00:00Z|month]]. "
        "Vostok 1 landed [[in 1961|t:1961-01-01T00:00:00Z|year]].",
        None,
    )
    assert [draft.narration for draft in drafts] == ["main", "planned", "background"]


async def test_the_rules_are_prepared_beside_the_event_loop_once_for_all_who_wait() -> None:
    plugin = make(Articles)
    await plugin.startup()
    landing = Document(id="a", text="Soyuz MS-31 landed in Kazakhstan.", language="en")
    leaving, staying = (asyncio.ensure_future(plugin.extract(landing)) for _ in range(2))
    await asyncio.sleep(0)  # both have taken their first step
    assert not leaving.done()
    assert not staying.done()
    leaving.cancel()
    assert [draft.type for draft in await staying] == ["missionwire.landing.completed"]
    assert [draft.type for draft in await plugin.extract(landing)] == ["missionwire.landing.completed"]
