"""What a telling refers back to: "the three", "the capsule", "the docking", "six hours later"."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from missionwire.plugin import Draft

Tell = Callable[..., Awaitable[list[Draft]]]

CREW = "[[Ana Lima|p:ana-lima|astronaut]], [[Pavel Orlov|p:pavel-orlov|cosmonaut]] and [[Jo Reed|p:jo-reed|astronaut]]"
IDS = {"ana-lima", "pavel-orlov", "jo-reed"}
LANDING = f"Soyuz MS-31 with {CREW} on board landed in Kazakhstan [[on Sunday|t:2021-10-17T00:00:00Z|day]]."
MAY = "[[on May 4|t:2021-05-04T00:00:00Z|day]]"
CLOCK = "[[at 4:36 GMT|t:2021-10-17T04:36:00Z|minute]]"


def one(drafts: list[Draft], what: str) -> Draft:
    (draft,) = [draft for draft in drafts if draft.type == f"missionwire.{what}"]
    return draft


def ids(draft: Draft) -> set[Any]:
    return {person.id for person in draft.crew}


@pytest.mark.parametrize("group", ["The three", "All three", "The trio", "The three astronauts", "The three of them"])
async def test_the_three_are_the_crew_of_three_that_was_named(tell: Tell, group: str) -> None:
    launch = one(await tell(f"{LANDING}\n\n{group} had taken off from Baikonur {MAY}."), "launch.lifted-off")
    assert ids(launch) == IDS
    assert launch.subject is None


@pytest.mark.parametrize("group", ["The two", "The four", "The crew"])
async def test_a_group_of_another_size_is_nobody_named(tell: Tell, group: str) -> None:
    launch = one(await tell(f"{LANDING}\n\n{group} had taken off from Baikonur {MAY}."), "launch.lifted-off")
    assert ids(launch) == set()


async def test_where_two_crews_of_three_were_named_the_three_are_nobody(tell: Tell) -> None:
    other = (
        "[[Li Wei|p:li-wei|taikonaut]], [[Wu Fan|p:wu-fan|taikonaut]] and [[Hu Jun|p:hu-jun|taikonaut]] of "
        f"Shenzhou-44 landed in Inner Mongolia {CLOCK}."
    )
    launch = one(await tell(f"{LANDING} {other}\n\nThe three had taken off from Baikonur {MAY}."), "launch.lifted-off")
    assert ids(launch) == set()


async def test_the_three_are_the_only_people_of_the_paragraph_before(tell: Tell) -> None:
    other = (
        "[[Li Wei|p:li-wei|taikonaut]] and [[Wu Fan|p:wu-fan|taikonaut]] of Shenzhou-44 slept. [[Hu Jun|p:hu-jun]] ate."
    )
    launch = one(await tell(f"{LANDING}\n\n{other}\n\nThe three had taken off {MAY}."), "launch.lifted-off")
    assert ids(launch) == {"li-wei", "wu-fan", "hu-jun"}


async def test_six_hours_later_it_is_the_same_flight_that_docks(tell: Tell) -> None:
    launch = f"The three had taken off from Baikonur {MAY}."
    text = f"{LANDING}\n\n{launch} The docking with the ISS took place six hours later."
    docking = one(await tell(text), "docking.completed")
    assert ids(docking) == IDS
    assert (docking.time, docking.time_precision) == ("2021-05-04T00:00:00Z", "day")
    assert (docking.data["target"], docking.narration) == ("iss", "background")


async def test_a_docking_long_after_in_the_text_is_nobodys(tell: Tell) -> None:
    text = (
        f"{LANDING}\n\nThe three had taken off from Baikonur {MAY}.\n\nThe docking with the ISS took place a day later."
    )
    assert [draft for draft in await tell(text) if draft.type == "missionwire.docking.completed" and draft.crew] == []


async def test_the_capsule_is_the_only_craft_named_so_far(tell: Tell) -> None:
    text = f"Friends waited for Soyuz MS-31. They were cold. The capsule landed in Kazakhstan {CLOCK}."
    landing = one(await tell(text), "landing.completed")
    assert (landing.subject, landing.data["spacecraft"]) == ("soyuz-ms-31", "soyuz")


@pytest.mark.parametrize(
    "before",
    [
        "Friends waited for Soyuz MS-31 and Crew-14. They were cold.",
        "Friends waited for Soyuz MS-31, not for a Shenzhou or a Starliner. They were cold.",
        "Friends waited for Expedition 65. They were cold.",
    ],
)
async def test_the_capsule_is_none_where_another_may_be_meant(tell: Tell, before: str) -> None:
    landing = one(await tell(f"{before} The capsule landed in Kazakhstan {CLOCK}."), "landing.completed")
    assert landing.subject is None


async def test_a_craft_named_to_compare_with_is_not_meant(tell: Tell) -> None:
    text = (
        "Crew-14 is home. It was the first landing at night since Apollo 8. "
        f"The capsule splashed down in the Gulf of Mexico {CLOCK}."
    )
    assert one(await tell(text), "splashdown.completed").subject == "crew-14"


async def test_a_soyuz_is_not_the_dragon_that_was_named(tell: Tell) -> None:
    text = f"Friends waited for Crew-14. They were cold. The Soyuz landed in Kazakhstan {CLOCK}."
    assert one(await tell(text), "landing.completed").subject is None


async def test_the_leak_is_the_one_told_of_before(tell: Tell) -> None:
    text = "The Soyuz MS-31 capsule sprang a leak. The leak was discovered [[on Friday|t:2021-10-15T00:00:00Z|day]]."
    leak = one(await tell(text), "anomaly.occurred")
    assert (leak.subject, leak.time, len(leak.evidence)) == ("soyuz-ms-31", "2021-10-15T00:00:00Z", 2)


async def test_the_opening_sentence_gives_its_day_to_the_articles_news(tell: Tell) -> None:
    text = (
        "An astronaut and a cosmonaut made an emergency landing [[this Friday|t:2021-10-15T00:00:00Z|day]].\n\n"
        "The Soyuz MS-31 capsule landed near Zhezkazgan, in Kazakhstan."
    )
    landing = one(await tell(text), "landing.completed")
    assert (landing.subject, landing.time) == ("soyuz-ms-31", "2021-10-15T00:00:00Z")


async def test_the_crew_of_an_opened_hatch_is_not_who_is_met_behind_it(tell: Tell) -> None:
    text = (
        "Soyuz MS-31 docked with the ISS. The hatches were opened aboard Soyuz MS-31 and "
        "[[Ana Lima|p:ana-lima|astronaut]] shook hands with [[Jo Reed|p:jo-reed|astronaut]]."
    )
    assert ids(one(await tell(text), "hatch.opened")) == set()


async def test_a_craft_after_the_next_verb_is_not_this_ones(tell: Tell) -> None:
    text = (
        "[[Ana Lima|p:ana-lima|astronaut]], who was chosen from 400 candidates, lifted off from Baikonur "
        f"aboard Soyuz MS-31 {MAY}."
    )
    drafts = await tell(text)
    assert one(drafts, "crew.selected").subject is None
    assert one(drafts, "launch.lifted-off").subject == "soyuz-ms-31"


async def test_the_craft_that_somebody_came_on_is_not_the_one_told_of(tell: Tell) -> None:
    text = (
        "[[Ana Lima|p:ana-lima|astronaut]], who got there on Soyuz MS-31, floated out of the Quest airlock "
        f"{CLOCK} and worked outside the ISS."
    )
    spacewalk = one(await tell(text), "eva.started")
    assert (spacewalk.subject, ids(spacewalk)) == (None, {"ana-lima"})


async def test_the_hatches_opened_later_are_those_of_the_craft_that_docked(tell: Tell) -> None:
    text = "Soyuz MS-31 docked with the ISS. The opening of the hatches happened two hours later."
    assert one(await tell(text), "hatch.opened").subject == "soyuz-ms-31"


async def test_both_without_a_comma_are_the_two_named_before(tell: Tell) -> None:
    text = (
        f"[[Ana Lima|p:ana-lima|astronaut]] and [[Jo Reed|p:jo-reed|astronaut]] began their spacewalk {CLOCK}. "
        "After six hours both were back inside."
    )
    assert ids(one(await tell(text), "eva.ended")) == {"ana-lima", "jo-reed"}


async def test_their_ship_is_of_those_whom_the_sentence_names(tell: Tell) -> None:
    text = f"{CREW} had set out from Baikonur {MAY}, and the docking of their ship took place {CLOCK}."
    assert ids(one(await tell(text), "docking.completed")) == IDS


async def test_he_with_somebody_is_two(tell: Tell) -> None:
    text = (
        "[[Ana Lima|p:ana-lima|astronaut]] is on the ISS. She will return to Earth "
        "[[in May|t:2022-05-01T00:00:00Z|month]] in Soyuz MS-31, with [[Pavel Orlov|p:pavel-orlov|cosmonaut]]."
    )
    assert ids(one(await tell(text), "landing.scheduled")) == {"ana-lima", "pavel-orlov"}


async def test_who_only_met_them_is_none_of_them(tell: Tell) -> None:
    text = (
        f"[[Ana Lima|p:ana-lima|astronaut]] and [[Jo Reed|p:jo-reed|astronaut]] docked with the ISS {MAY}. There they "
        f"were met by [[Pavel Orlov|p:pavel-orlov|cosmonaut]] and [[Bo Dahl|p:bo-dahl|astronaut]]. "
        f"They undocked {CLOCK}."
    )
    assert ids(one(await tell(text), "undocking.completed")) == {"ana-lima", "jo-reed"}


async def test_somebody_is_meant_by_a_pronoun_as_the_object(tell: Tell) -> None:
    text = (
        f"Soyuz MS-31 landed in Kazakhstan {CLOCK}. [[Ana Lima|p:ana-lima|astronaut]] was tired, and rescuers "
        "lifted her out of the capsule."
    )
    assert ids(one(await tell(text), "crew.egressed")) == {"ana-lima"}


async def test_who_set_a_record_may_stand_behind_by(tell: Tell) -> None:
    text = (
        "The space record was set [[in May|t:2021-05-01T00:00:00Z|month]] by the astronaut "
        "[[Ana Lima|p:ana-lima|astronaut]]."
    )
    assert ids(one(await tell(text), "milestone.reached")) == {"ana-lima"}


LIMA = "[[Ana Lima|p:ana-lima|astronaut]]"
REED = "[[Jo Reed|p:jo-reed|astronaut]]"
ORLOV = "[[Pavel Orlov|p:pavel-orlov|cosmonaut]]"


async def test_who_left_is_the_one_right_before(tell: Tell) -> None:
    text = f"{LIMA} handed the keys to {ORLOV}, who lifted off from Baikonur {MAY} with {REED}."
    assert ids(one(await tell(text), "launch.lifted-off")) == {"pavel-orlov", "jo-reed"}
    text = f"{LIMA} waved to {ORLOV} and {REED}, who lifted off from Baikonur {MAY}."
    assert ids(one(await tell(text), "launch.lifted-off")) == {"pavel-orlov", "jo-reed"}


async def test_a_launch_is_of_the_craft_right_before_and_of_whom_it_takes(tell: Tell) -> None:
    text = f"Two seats were freed for {LIMA} and {ORLOV} on Crew-14, now due to launch {MAY} with {REED}."
    launch = one(await tell(text, published="2021-04-30"), "launch.scheduled")
    assert (ids(launch), launch.subject) == ({"jo-reed"}, "crew-14")


@pytest.mark.parametrize("way", ["in the company of", "with", "accompanied by"])
async def test_who_comes_along_takes_part(tell: Tell, way: str) -> None:
    text = f"{LIMA} landed in Kazakhstan {MAY}, {way} {ORLOV}."
    assert ids(one(await tell(text), "landing.completed")) == {"ana-lima", "pavel-orlov"}


async def test_a_time_after_than_is_no_comparison(tell: Tell) -> None:
    text = f"Crew-14 will launch no earlier than {MAY} with {LIMA}."
    assert ids(one(await tell(text, published="2021-04-30"), "launch.scheduled")) == {"ana-lima"}


@pytest.mark.parametrize("going_on", [", then {0} and, at the end, {1}", ". {0} came out next, then {1}"])
async def test_those_who_climb_out_one_after_the_other_are_told_of_once(tell: Tell, going_on: str) -> None:
    text = f"{LANDING}\n\n{LIMA} was the first to leave the capsule{going_on.format(ORLOV, REED)}."
    egress = one(await tell(text), "crew.egressed")
    assert ids(egress) >= {"ana-lima", "jo-reed"}


async def test_he_whom_a_doctor_examined_is_the_one_who_spoke(tell: Tell) -> None:
    text = f"{LANDING}\n\n“I only want a shower,” said {ORLOV} to {LIMA}. A doctor examined him in a tent."
    assert ids(one(await tell(text), "crew.examined")) == {"pavel-orlov"}


async def test_what_takes_place_when_somebody_did_it_is_theirs(tell: Tell) -> None:
    text = (
        f"The first docking took place [[in March 1966|t:1966-03-01T00:00:00Z|month]], when {ORLOV} steered Gemini 8."
    )
    docking = one(await tell(text), "docking.completed")
    assert (ids(docking), docking.subject) == ({"pavel-orlov"}, "gemini-8")


async def test_a_leak_in_a_suit_is_of_its_wearer(tell: Tell) -> None:
    text = f"A spacewalk was called off after water began to leak from a fitting on {LIMA}’s suit {MAY}."
    assert ids(one(await tell(text), "anomaly.occurred")) == {"ana-lima"}


async def test_the_four_are_those_among_whom_the_paragraph_has_one(tell: Tell) -> None:
    wei, fan = "[[Li Wei|p:li-wei|taikonaut]]", "[[Wu Fan|p:wu-fan|taikonaut]]"
    first = f"{LIMA}, {ORLOV} and {REED} are well."
    other = f"{wei} took over from {fan} and met [[Hu Jun|p:hu-jun|taikonaut]]."
    text = f"{first}\n\n{other}\n\n{LIMA} waited a year. The three had taken off {MAY}."
    assert ids(one(await tell(text), "launch.lifted-off")) == IDS


async def test_whom_doctors_examined_is_the_one_right_before(tell: Tell) -> None:
    text = f"{LANDING}\n\n“I am well and I am home,” said {ORLOV}, whom doctors had examined."
    assert ids(one(await tell(text), "crew.examined")) == {"pavel-orlov"}


async def test_she_who_hands_over_takes_part(tell: Tell) -> None:
    text = f"{LIMA} is home. She passed the command of the station to {ORLOV} {MAY}."
    assert ids(one(await tell(text), "crew.rotated")) == {"ana-lima", "pavel-orlov"}


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ("and reached the ISS in three hours", "04"),
        ("and docked with the ISS within 29 hours", "05"),
        ("and docked with the ISS in just three hours", "04"),
    ],
)
async def test_what_a_subject_does_next_in_its_sentence_is_of_its_flight_and_day(
    tell: Tell, row: str, day: str
) -> None:
    docking = one(await tell(f"Crew-14 is home.\n\nThe ship set off from Florida {MAY} {row}."), "docking.completed")
    assert (docking.subject, docking.time) == ("crew-14", f"2021-05-{day}T00:00:00Z")


async def test_an_attempt_was_so_many_days_before_the_launch(tell: Tell) -> None:
    for pause in (", three days after a first attempt", " three days after its first attempt"):
        drafts = await tell(f"Crew-14 lifted off from Florida {MAY}{pause} was called off.")
        assert one(drafts, "launch.scrubbed").time == "2021-05-01T00:00:00Z"


@pytest.mark.parametrize(
    ("before", "ship", "mission"),
    [
        ("Soyuz MS-30 is mended.", "it", "soyuz-ms-30"),
        ("Soyuz MS-30 is mended.", "that ship", "soyuz-ms-30"),
        ("Soyuz MS-30 and Soyuz MS-31 are fine.", "it", None),
    ],
)
async def test_people_come_home_in_the_ship_told_of_just_before(
    tell: Tell, before: str, ship: str, mission: str | None
) -> None:
    plan = "[[on the 20th|t:2021-05-20T00:00:00Z|day]]"
    text = f"Soyuz MS-31 is new, Soyuz MS-30 is old.\n\n{before} {LIMA} will land in {ship} {plan}."
    assert one(await tell(text, published="2021-05-04"), "landing.scheduled").subject == mission


async def test_a_plan_has_not_the_time_of_what_was_found_before(tell: Tell) -> None:
    plan = "[[On December 11|t:2021-12-11T00:00:00Z|day]]"
    text = (
        f"{plan}, {LIMA} will make a spacewalk to inspect a hole discovered in [[August|t:2022-08-01T00:00:00Z|month]]."
    )
    assert one(await tell(text, published="2021-12-03"), "eva.scheduled").data["net"] == "2021-12-11T00:00:00Z"
