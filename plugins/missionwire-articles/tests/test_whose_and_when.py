"""Whose an event is, and when it was, where the sentence tells it by what was told before."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from missionwire.plugin import Draft
from missionwire_articles.moments import moment
from missionwire_articles.sentences import sentences

Tell = Callable[..., Awaitable[list[Draft]]]

ANA = "[[Ana Lima|p:ana-lima|astronaut]]"
PAVEL = "[[Pavel Orlov|p:pavel-orlov|cosmonaut]]"
JO = "[[Jo Reed|p:jo-reed|astronaut]]"
FRIDAY = "[[on Friday|t:2021-10-15T00:00:00Z|day]]"
EARLIER = "[[on Tuesday|t:2021-10-12T00:00:00Z|day]]"
CLOCK = "[[at 3:54 pm|t:2021-10-15T15:54:00Z|minute]]"
AHEAD = "[[in March|t:2022-03-01T00:00:00Z|month]]"


def only(drafts: list[Draft], what: str) -> Draft:
    (draft,) = [draft for draft in drafts if draft.type == f"missionwire.{what}"]
    return draft


def ids(drafts: list[Draft], what: str) -> set[Any]:
    return {person.id for person in only(drafts, what).crew}


async def test_a_mission_of_which_a_flight_is_part_is_no_comparison(tell: Tell) -> None:
    text = f"{ANA} flew to the station as part of the Crew-14 mission. The hatch was opened {FRIDAY}."
    assert only(await tell(text), "hatch.opened").subject == "crew-14"


@pytest.mark.parametrize("relief", ["when Crew-15 will take over", "until Crew-15 relieves them"])
async def test_a_flight_that_is_to_take_over_is_not_the_one_told_of(tell: Tell, relief: str) -> None:
    text = f"The capsule docked with the station {FRIDAY}.\n\nThe crew is to stay {AHEAD}, {relief}."
    assert only(await tell(text), "docking.completed").subject is None
    named = f"The capsule of Crew-15 docked with the station {FRIDAY}. It will take over {AHEAD}."
    assert only(await tell(named), "docking.completed").subject == "crew-15"


async def test_a_clock_that_opens_a_clause_is_of_the_day_behind_its_verb(tell: Tell) -> None:
    [launch] = await tell(f"{CLOCK.replace('at', 'At', 1)} the Soyuz MS-31 rocket lifted off {FRIDAY} from Baikonur.")
    assert (launch.time, launch.time_precision) == ("2021-10-15T15:54:00Z", "minute")
    [launch] = await tell(f"{CLOCK.replace('at', 'At', 1)} the Soyuz MS-31 rocket lifted off {EARLIER} from Baikonur.")
    assert (launch.time, launch.time_precision) == ("2021-10-12T00:00:00Z", "day")


async def test_an_orbit_to_come_does_not_hide_whose_a_launch_of_today_is(tell: Tell) -> None:
    text = (
        f"The launch of BepiColombo followed {FRIDAY}. The attempt {EARLIER} had been called off."
        " BepiColombo will enter orbit around Mercury [[in 2026|t:2026-01-01T00:00:00Z|year]]."
    )
    assert {draft.subject for draft in await tell(text) if draft.type.endswith("launch.scrubbed")} == {"bepicolombo"}


@pytest.mark.parametrize(
    ("time", "told", "after", "day"),
    [
        ("2024-10-29T20:27:00Z", "2024-10-30", 6, "2024-10-30"),  # 4:27 in Beijing
        ("2022-04-27T23:37:00Z", "2022-04-28", -16, "2022-04-27"),  # 1:37 in Rome
        ("2022-04-28T01:10:00Z", "2022-04-27", 1, "2022-04-27"),  # 9:10 pm in Florida
        ("2022-04-28T12:00:00Z", "2022-04-28", 13, "2022-04-29"),
    ],
)
def test_hours_are_counted_on_the_clock_that_was_told(time: str, told: str, after: int, day: str) -> None:
    known = moment(time, "minute")
    assert known is not None
    counted = known.on(f"{told}T00:00:00Z").later(timedelta(hours=after))
    assert counted is not None
    assert counted.time[: len(day)] == day


@pytest.mark.parametrize("times", ["", f", one {EARLIER} and one {FRIDAY},", f", {EARLIER} and {FRIDAY},"])
async def test_who_went_along_may_stand_after_the_time(tell: Tell, times: str) -> None:
    walks = [each for each in await tell(f"{ANA} made two spacewalks{times} with {PAVEL}.") if "eva" in each.type]
    assert walks
    assert all({person.id for person in walk.crew} == {"ana-lima", "pavel-orlov"} for walk in walks)


async def test_who_is_named_after_the_subject_did_not_go_up_with_it(tell: Tell) -> None:
    text = f"Launched from Baikonur {EARLIER} on Soyuz MS-31, {ANA} worked outside with {PAVEL} {FRIDAY}."
    assert ids(await tell(text), "launch.lifted-off") == {"ana-lima"}


@pytest.mark.parametrize("mates", ["his colleagues", "his two crewmates", "his companions"])
async def test_one_stands_for_a_crew_that_was_named(tell: Tell, mates: str) -> None:
    text = f"On the station remain {PAVEL}, {ANA} and {JO}. {PAVEL} and {mates} will return to Earth {AHEAD}."
    assert ids(await tell(text), "landing.scheduled") == {"pavel-orlov", "ana-lima", "jo-reed"}


async def test_one_stands_for_no_crew_of_another_size(tell: Tell) -> None:
    text = f"On the station remain {PAVEL} and {JO}. {PAVEL} and his two crewmates will return to Earth {AHEAD}."
    assert ids(await tell(text), "landing.scheduled") == {"pavel-orlov"}


@pytest.mark.parametrize(
    ("words", "type_"),
    [
        ("The Crew-14 capsule took off {FRIDAY} from Florida.", "launch.lifted-off"),
        ("The Crew-14 capsule undocked {FRIDAY} from the station.", "undocking.completed"),
    ],
)
async def test_a_ship_that_departs_goes_on_from_what_was_told(tell: Tell, words: str, type_: str) -> None:
    drafts = await tell(f"{words.format(FRIDAY=FRIDAY)} It departed {CLOCK}, as the broadcast showed.")
    assert [draft.type for draft in drafts] == [f"missionwire.{type_}"]
    assert drafts[0].time == "2021-10-15T15:54:00Z"


@pytest.mark.parametrize(
    "end",
    [
        f"The activity ended {CLOCK}.",
        f"The outing was over {CLOCK}.",
        f"The airlock was closed again {CLOCK}.",
        f"The work began early, when both switched to battery power, and concluded {CLOCK}.",
    ],
)
async def test_an_outing_told_of_before_ends(tell: Tell, end: str) -> None:
    drafts = await tell(f"{ANA} and {PAVEL} spent seven hours outside the station {FRIDAY}. {end}")
    assert only(drafts, "eva.ended").time == "2021-10-15T15:54:00Z"


@pytest.mark.parametrize("end", [f"The activity ended {CLOCK}.", f"The airlock was closed again {CLOCK}."])
async def test_without_an_outing_nothing_ends(tell: Tell, end: str) -> None:
    assert not [draft for draft in await tell(f"{ANA} spoke to children {FRIDAY}. {end}") if "eva" in draft.type]


@pytest.mark.parametrize(
    "row",
    [
        f"{ANA} was the first to float in, followed by {PAVEL} and {JO}.",
        f"The first to enter was {ANA}, followed by {PAVEL} and {JO}.",
        f"{ANA} passed first. {PAVEL} followed her, then {JO}.",
    ],
)
async def test_who_floats_in_one_after_the_other_arrives(tell: Tell, row: str) -> None:
    text = f"{ANA} arrived {FRIDAY} at the International Space Station. {row}"
    assert ids(await tell(text), "crew.arrived") == {"ana-lima", "pavel-orlov", "jo-reed"}


async def test_who_is_first_in_a_tent_arrives_nowhere(tell: Tell) -> None:
    drafts = await tell(f"{ANA} was the first to enter the tent, followed by {PAVEL} {FRIDAY}.")
    assert not [draft for draft in drafts if draft.type.endswith("crew.arrived")]


async def test_news_is_told_anew_with_its_time_and_who_else_was_there(tell: Tell) -> None:
    first = f"{ANA} has set out on her second trip into space."
    text = f"{first} {FRIDAY} Soyuz MS-31 lifted off from Baikonur, with {PAVEL} on board."
    assert ids(await tell(text), "launch.lifted-off") == {"ana-lima", "pavel-orlov"}


async def test_a_plan_has_no_time_of_what_was_before(tell: Tell) -> None:
    text = f"Progress MS-31 was undocked {EARLIER} and will burn up over the Pacific."
    assert only(await tell(text), "reentry.started").time is None


async def test_what_was_dealt_with_is_of_the_craft_in_trouble(tell: Tell) -> None:
    text = f"A sensor of Crew-14 failed {FRIDAY}. The problem was solved within minutes."
    assert only(await tell(text), "anomaly.resolved").subject == "crew-14"


def test_a_network_of_one_letter_ends_a_sentence_and_an_initial_does_not() -> None:
    assert len(sentences("He wrote it on the network X. Others answered him at once.")) == 1 + 1
    assert len(sentences("It was John X. Smith who answered him at once.")) == 1


@pytest.mark.parametrize("later", ["six hours later, at", "six hours later at"])
async def test_a_clock_beside_how_much_later_it_was_is_its_own(tell: Tell, later: str) -> None:
    text = f"The Soyuz MS-31 lifted off {FRIDAY}. The docking took place {later} {CLOCK.replace('at ', '')}."
    assert only(await tell(text), "docking.completed").time == "2021-10-15T15:54:00Z"


async def test_the_flight_of_somebody_met_is_not_the_one_told_of(tell: Tell) -> None:
    met = f"The capsule docked {FRIDAY}.\n\nThe hatch was opened, and {ANA} embraced {JO}, who had come on Soyuz MS-31."
    assert only(await tell(met), "hatch.opened").subject is None


async def test_a_ship_of_another_kind_is_not_of_the_flight_told_of(tell: Tell) -> None:
    text = (
        f"The Soyuz MS-31 lifted off {FRIDAY}.\n\nOrbital launched its Cygnus cargo ship {EARLIER}, and it is due to"
        f" reach the station {AHEAD}."
    )
    assert {draft.subject for draft in await tell(text) if draft.type.endswith("docking.scheduled")} <= {None}


async def test_the_flight_of_the_headline_is_told_of_beside_another(tell: Tell) -> None:
    text = f"The rocket lifted off {FRIDAY}.\n\nThe newcomers will relieve the crew of Crew-7, who are to land {AHEAD}."
    assert only(await tell(text, title="SpaceX launches Crew-8"), "launch.lifted-off").subject == "crew-8"


async def test_all_who_fly_are_those_who_are_counted(tell: Tell) -> None:
    text = (
        f"The two astronauts landed {FRIDAY} in the Soyuz MS-31.\n\n{ANA} smiled. The wind was strong.\n\n{JO} waved."
    )
    assert ids(await tell(text), "landing.completed") == {"ana-lima", "jo-reed"}
    more = f"{text} {PAVEL} watched from the station."
    assert ids(await tell(more), "landing.completed") == set()


async def test_a_title_before_who_spoke_ends_no_sentence(tell: Tell) -> None:
    assert ids(await tell(f"“We have waited for you,” said Ms. {JO}, who was glad."), "statement.made") == {"jo-reed"}


async def test_whom_somebody_embraced_did_not_arrive(tell: Tell) -> None:
    assert ids(await tell(f"{ANA} entered the station {FRIDAY} and embraced {JO}."), "crew.arrived") == {"ana-lima"}


async def test_a_counted_deed_is_of_the_one_for_whom_it_is_counted(tell: Tell) -> None:
    text = f"{ANA} and {JO} ended a spacewalk {FRIDAY}. It was the first spacewalk for {ANA}, who took many pictures."
    assert ids(await tell(text), "milestone.reached") == {"ana-lima"}


async def test_whom_a_country_sent_is_told_with_the_launch(tell: Tell) -> None:
    text = f"China sent its first astronaut, {ANA}, into space [[in 2003|t:2003-01-01T00:00:00Z|year]]."
    assert ids(await tell(text), "launch.lifted-off") == {"ana-lima"}


async def test_a_spacewalk_of_somebody_may_have_its_day_before_its_verb(tell: Tell) -> None:
    walk = only(await tell(f"{ANA} flew in May. Her spacewalk, {EARLIER}, was ended early."), "eva.ended")
    assert (walk.time, [person.id for person in walk.crew]) == ("2021-10-12T00:00:00Z", ["ana-lima"])


async def test_two_plans_of_one_sentence_are_each_for_its_day(tell: Tell) -> None:
    first, second = (
        f"[[in {name}|t:2021-{number}-01T00:00:00Z|month]]" for name, number in (("May", 11), ("June", 12))
    )
    drafts = await tell(f"Two spacewalks are planned, one {first} and one {second}.")
    assert [draft.data["net"][:7] for draft in drafts if draft.type.endswith("eva.scheduled")] == ["2021-11", "2021-12"]


async def test_by_whom_they_were_received_is_not_who_came(tell: Tell) -> None:
    drafts = await tell(f"{ANA} docked with the ISS {FRIDAY}.\n\nThe two were received by {JO}, commander of the ISS.")
    assert "jo-reed" not in ids(drafts, "crew.arrived")


async def test_a_first_has_the_time_of_its_deed(tell: Tell) -> None:
    draft = only(await tell(f"{ANA} became the first Martian to walk in space {EARLIER}."), "milestone.reached")
    assert draft.time == "2021-10-12T00:00:00Z"


async def test_hours_before_have_a_clock_of_their_own(tell: Tell) -> None:
    clock = "[[2157 GMT|t:2021-10-14T21:57:00Z|minute]]"
    draft = only(await tell(f"{ANA} had left the ISS three hours before, at {clock}."), "crew.departed")
    assert draft.time == "2021-10-14T21:57:00Z"


async def test_a_month_is_of_the_plan_that_it_stands_with(tell: Tell) -> None:
    month = "[[in December|t:2021-12-01T00:00:00Z|month]]"
    drafts = await tell(f"[[Ana Lima|p:ana-lima|astronaut]] will carry out eleven experiments and will return {month}.")
    times = {draft.type.removeprefix("missionwire."): draft.time or draft.data.get("net") for draft in drafts}
    assert times == {"experiment.performed": None, "landing.scheduled": "2021-12-01T00:00:00Z"}
