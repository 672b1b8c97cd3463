"""Which flight an article tells of, which day its scenes have, and whom it means, where a sentence does not say so."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from missionwire.plugin import Draft

Tell = Callable[..., Awaitable[list[Draft]]]

LIMA = "[[Ana Lima|p:ana-lima|astronaut]]"
ORLOV = "[[Pavel Orlov|p:pavel-orlov|cosmonaut]]"
SUNDAY = "[[on Sunday|t:2021-10-17T00:00:00Z|day]]"
FRIDAY = "[[on Friday|t:2021-10-15T00:00:00Z|day]]"
APRIL = "[[on April 9|t:2021-04-09T00:00:00Z|day]]"
HOME = f"Crew-14 splashed down in the Gulf of Mexico {SUNDAY}."


def one(drafts: list[Draft], what: str) -> Draft:
    (draft,) = [draft for draft in drafts if draft.type == f"missionwire.{what}"]
    return draft


def ids(draft: Draft) -> set[Any]:
    return {person.id for person in draft.crew}


async def test_what_an_article_about_one_flight_tells_is_of_that_flight(tell: Tell) -> None:
    text = f"{HOME}\n\nDoctors were there.\n\nThe weather was fine.\n\nThe rocket left pad 39A {APRIL}."
    launch = one(await tell(text), "launch.lifted-off")
    assert (launch.subject, launch.mission_inferred) == ("crew-14", True)


async def test_the_capsule_is_the_craft_told_of_and_so_it_is_not_inferred(tell: Tell) -> None:
    text = f"{HOME}\n\nDoctors were there.\n\nThe capsule had undocked from the station {SUNDAY}."
    undocking = one(await tell(text), "undocking.completed")
    assert (undocking.subject, undocking.mission_inferred) == ("crew-14", False)


async def test_the_flight_that_comes_down_is_not_the_one_that_went_up(tell: Tell) -> None:
    text = f"{HOME}\n\nCrew-15 had docked with the ISS {APRIL}.\n\nThe undocking took place {SUNDAY}."
    assert one(await tell(text), "undocking.completed").subject == "crew-14"


async def test_a_soyuz_that_lands_tells_not_in_which_one_its_crew_went_up(tell: Tell) -> None:
    text = f"Soyuz MS-31 landed in Kazakhstan {SUNDAY}.\n\nIts crew had been there long. They had lifted off {APRIL}."
    assert one(await tell(text), "launch.lifted-off").subject is None


async def test_a_flight_of_long_ago_or_one_to_come_is_not_the_one_told_of(tell: Tell) -> None:
    text = (
        f"{HOME}\n\nApollo 8 launched [[in 1968|t:1968-01-01T00:00:00Z|year]].\n\nCrew-16 will launch "
        f"[[in May|t:2022-05-01T00:00:00Z|month]].\n\nThe capsule had undocked {SUNDAY}."
    )
    assert one(await tell(text), "undocking.completed").subject == "crew-14"


async def test_of_two_flights_without_a_sign_none_is_meant(tell: Tell) -> None:
    text = f"{HOME[:-1]} and Crew-15 landed {SUNDAY}. Snow fell.\n\nThe capsule had undocked {SUNDAY}."
    assert one(await tell(text), "undocking.completed").subject is None


@pytest.mark.parametrize("other", ["Another capsule", "A Russian probe", "A second spacecraft"])
async def test_another_craft_is_not_the_one_told_of(tell: Tell, other: str) -> None:
    text = f"{HOME}\n\nThe sea was calm. {other} undocked from the station {SUNDAY}."
    assert one(await tell(text), "undocking.completed").subject is None


async def test_steps_of_one_way_lie_within_days(tell: Tell) -> None:
    text = f"Crew-15 docked with the ISS {SUNDAY}.\n\nThe old crew had lifted off from Kennedy Space Center {APRIL}."
    assert one(await tell(text), "launch.lifted-off").subject is None


async def test_a_craft_is_known_by_the_name_that_it_was_given(tell: Tell) -> None:
    text = f"{HOME} Their capsule, Hope, was full.\n\nHope had undocked from the station {SUNDAY}."
    assert one(await tell(text), "undocking.completed").subject == "crew-14"


async def test_who_comes_out_does_so_on_the_day_of_the_landing_as_it_is_told(tell: Tell) -> None:
    night = "[[9:30 pm EDT|t:2021-10-18T01:30:00Z|minute]]"
    text = f"Crew-14 splashed down at {night} {SUNDAY}. {LIMA} was helped out of the capsule."
    egress = one(await tell(text), "crew.egressed")
    assert (egress.time, egress.time_precision) == ("2021-10-17T00:00:00Z", "day")


async def test_where_two_days_may_be_meant_the_scene_has_none(tell: Tell) -> None:
    text = f"Crew-14 splashed down {SUNDAY}. Crew-15 splashed down {FRIDAY}. {LIMA} was helped out of the capsule."
    assert one(await tell(text), "crew.egressed").time is None


@pytest.mark.parametrize("group", ["They", "The two", "Both", "Their capsule"])
async def test_they_are_those_named_just_before(tell: Tell, group: str) -> None:
    text = f"{LIMA} and {ORLOV} are well. {group} had undocked from the station {SUNDAY}."
    assert ids(one(await tell(text), "undocking.completed")) == {"ana-lima", "pavel-orlov"}


async def test_she_is_the_only_one_named_just_before_or_nobody(tell: Tell) -> None:
    she = "She became the first woman from Brazil in space."
    assert ids(one(await tell(f"{LIMA} is home. {she}"), "milestone.reached")) == {"ana-lima"}
    assert not [d for d in await tell(f"{LIMA} and {ORLOV} are home. {she}") if d.type.endswith("milestone.reached")]


async def test_the_beginning_and_the_end_of_one_spacewalk_have_the_same_people(tell: Tell) -> None:
    text = (
        f"Two spacewalkers completed a spacewalk of seven hours {SUNDAY}.\n\n"
        f"{LIMA} and {ORLOV} opened the hatch of the Poisk airlock at [[7:17 GMT|t:2021-10-17T07:17:00Z|minute]]."
    )
    drafts = await tell(text)
    assert ids(one(drafts, "eva.ended")) == ids(one(drafts, "eva.started")) == {"ana-lima", "pavel-orlov"}


async def test_a_flight_with_another_rocket_is_not_the_one_told_of(tell: Tell) -> None:
    text = f"{HOME}\n\nThe first flight of Ariane 6 is set for [[May 9|t:2022-05-09T00:00:00Z|day]]."
    assert one(await tell(text), "launch.scheduled").subject is None


async def test_each_paragraph_of_a_roundup_keeps_to_its_own_flight(tell: Tell) -> None:
    text = (
        f"Crew-14 lifted off {SUNDAY}.\n\nTianzhou-9 docked with Tiangong {SUNDAY}.\n\nSoyuz MS-31 landed {SUNDAY}.\n\n"
        f"An engine was fired {SUNDAY} for three minutes in a test stand. The test was a success."
    )
    assert {draft.subject for draft in await tell(text) if draft.type == "missionwire.test.performed"} <= {None}


async def test_the_freighter_is_the_one_that_was_named(tell: Tell) -> None:
    text = (
        f"Progress MS-31 rammed the ISS {SUNDAY}.\n\nSoyuz MS-31 is docked there, and a shuttle came by.\n\n"
        f"The freighter had reached the ISS {APRIL}."
    )
    assert one(await tell(text), "docking.completed").subject == "progress-ms-31"


async def test_a_spacewalk_is_not_of_a_freighter(tell: Tell) -> None:
    text = f"Tianzhou-9 docked with Tiangong {SUNDAY}.\n\n{LIMA} went on a spacewalk {FRIDAY}."
    assert not [draft for draft in await tell(text) if draft.type.startswith("missionwire.eva") and draft.subject]


async def test_a_flight_named_before_the_verb_is_its_own(tell: Tell) -> None:
    text = f"Crew-14 splashed down {FRIDAY}. Progress MS-31 fared better: it docked with the ISS {SUNDAY}."
    assert one(await tell(text), "docking.completed").subject == "progress-ms-31"


async def test_what_is_handed_over_to_another_crew_is_not_of_its_flight(tell: Tell) -> None:
    text = (
        "Shenzhou-13 docked with Tiangong [[on Friday|t:2021-10-15T00:00:00Z|day]]. The crew should land "
        "[[in April|t:2022-04-01T00:00:00Z|month]], after handing over the station to the crew of Shenzhou-14."
    )
    assert one(await tell(text), "landing.scheduled").subject == "shenzhou-13"


async def test_a_probe_flies_for_years(tell: Tell) -> None:
    text = (
        f"The probe Zaria reached the Moon {SUNDAY}.\n\nZaria had lifted off from Wenchang "
        "[[on May 4, 2018|t:2018-05-04T00:00:00Z|day]]. The probe flew past Venus "
        "[[on May 4, 2020|t:2020-05-04T00:00:00Z|day]]."
    )
    found = await tell(text, title="Zaria is there")
    assert one(found, "launch.lifted-off").subject == "zaria"
    assert one(found, "flyby.completed").subject == "zaria"


async def test_a_flight_anew_is_another(tell: Tell) -> None:
    text = f"{HOME}\n\nThe company plans to launch people once more [[in May|t:2022-05-01T00:00:00Z|month]]."
    assert {draft.subject for draft in await tell(text) if draft.type == "missionwire.launch.scheduled"} <= {None}


async def test_a_flight_named_far_below_is_not_the_one_that_the_text_tells_of(tell: Tell) -> None:
    text = (
        f"A capsule splashed down off Florida {SUNDAY}.\n\nDivers reached it.\n\nThe weather was fine.\n\n"
        "It was a good year.\n\n[[In 2018|t:2018-01-01T00:00:00Z|year]], Crew-14 docked with the ISS."
    )
    assert one(await tell(text), "splashdown.completed").subject is None


async def test_a_maiden_flight_of_long_ago_is_not_the_one_told_of(tell: Tell) -> None:
    text = (
        f"The ESCAPADE mission lifted off {SUNDAY} on a New Glenn.\n\nNew Glenn reached orbit on its maiden flight "
        "[[in January|t:2021-01-01T00:00:00Z|month]]."
    )
    assert one(await tell(text), "launch.succeeded").subject is None


async def test_what_the_previous_crew_did_is_not_of_the_flight_told_of(tell: Tell) -> None:
    text = f"{HOME}\n\nThe previous crew, headed by {LIMA}, had landed in Kazakhstan {APRIL}."
    landing = one(await tell(text), "landing.completed")
    assert (landing.subject, ids(landing)) == (None, {"ana-lima"})


async def test_people_of_another_flight_do_nothing_on_the_one_told_of(tell: Tell) -> None:
    text = (
        f"Shenzhou-41 with {LIMA} is ready at Tiangong.\n\nSnow fell.\n\nThe crew of Shenzhou-40 is there. "
        f"{ORLOV} is to return soon.\n\nSnow fell.\n\n{ORLOV} finished a spacewalk {APRIL}."
    )
    assert one(await tell(text), "eva.ended").subject != "shenzhou-41"


@pytest.mark.parametrize(
    ("plan", "mission"),
    [
        ("NASA will send a rover to the Moon in two years", None),
        ("NASA will launch it once more in two years", None),
    ],
)
async def test_a_plan_for_another_craft_is_not_of_the_flight_told_of(tell: Tell, plan: str, mission: str) -> None:
    text = f"{HOME}\n\nDoctors were there.\n\nNext, {plan}, [[in 2023|t:2023-01-01T00:00:00Z|year]]."
    assert {d.subject for d in await tell(text) if d.type == "missionwire.launch.scheduled"} <= {mission}


@pytest.mark.parametrize("is_news", [True, False])
async def test_a_milestone_in_the_news_is_of_the_flight_told_of(tell: Tell, *, is_news: bool) -> None:
    then = "" if is_news else ", [[in 1998|t:1998-01-01T00:00:00Z|year]]"
    text = f"{HOME} {LIMA} flew in it.\n\n{LIMA} became the first woman from Brazil in space{then}."
    milestone = one(await tell(text), "milestone.reached")
    assert milestone.subject == ("crew-14" if is_news else None)


@pytest.mark.parametrize(
    ("name", "mission"), [("AB-C1", "ab-c1"), ("DockSat", "docksat"), ("Cervantes", None), ("Il-76", None)]
)
async def test_a_flight_that_is_on_no_list_is_called_as_the_text_calls_it(
    tell: Tell, name: str, mission: str | None
) -> None:
    text = f"An empty capsule was tried.\n\nThe {name} flight began at dawn. The capsule splashed down {SUNDAY}."
    assert (
        one(await tell(f"{text} All was well.\n\nThe crowd went home. It was late."), "splashdown.completed").subject
        == mission
    )


async def test_a_seat_is_lost_on_the_flight_from_which_one_is_removed(tell: Tell) -> None:
    text = f"{LIMA}, commander of Crew-16, was removed from Crew-14 {APRIL}."
    assert one(await tell(text), "crew.replaced").subject == "crew-14"


async def test_a_freighter_takes_nobody_up(tell: Tell) -> None:
    text = f"Progress MS-24 docked with the ISS {SUNDAY}.\n\nSnow fell.\n\n{LIMA} was launched from Baikonur {APRIL}."
    assert one(await tell(text), "launch.lifted-off").subject is None


async def test_a_rover_with_a_name_of_its_own_is_not_the_craft_told_of(tell: Tell) -> None:
    orbit = "[[On February 10|t:2021-02-10T00:00:00Z|day]] Tianwen-1 entered orbit around Mars"
    landing = one(
        await tell(f"Mars is busy. {orbit}, eight days before the rover Endeavor landed there."), "landing.completed"
    )
    assert (landing.subject, landing.time) == (None, "2021-02-18T00:00:00Z")


@pytest.mark.parametrize(
    ("words", "mission"),
    [
        ("In ten days the crew carried out 25 experiments.", "axiom-1"),
        ("The crew of the station carried out 25 experiments in May.", None),
    ],
)
async def test_what_a_whole_crew_did_in_science_is_of_its_flight(tell: Tell, words: str, mission: str | None) -> None:
    text = f"The Ax-1 capsule docked with the ISS [[on Friday|t:2021-10-15T00:00:00Z|day]].\n\n{words}"
    (done,) = [draft for draft in await tell(text) if draft.type == "missionwire.experiment.performed"]
    assert done.subject == mission


RUBBLE = "A capsule with rubble parachuted into the desert [[on Sunday|t:2023-09-24T00:00:00Z|day]]."
PROBE = f"{RUBBLE}\n\nIt was small.\n\nIt was black."


async def test_a_probe_named_last_is_what_the_text_is_about_if_it_did_something_that_day(tell: Tell) -> None:
    last = "OSIRIS-REx let go of it [[early on Sunday|t:2023-09-24T00:00:00Z|day]]."
    drafts = await tell(f"{PROBE}\n\n{last}", published="2023-09-24")
    assert one(drafts, "landing.completed").subject == "osiris-rex"
    old = "OSIRIS-REx had left Florida [[in 2016|t:2016-01-01T00:00:00Z|year]]."
    drafts = await tell(f"{PROBE}\n\n{old}", published="2023-09-24")
    assert one(drafts, "landing.completed").subject is None


async def test_the_flight_of_the_headline_is_the_text_s_though_it_names_it_nowhere_else(tell: Tell) -> None:
    text = f"Two astronauts are in orbit.\n\nThe rocket lifted off {SUNDAY}.\n\nDocking with the ISS is set {FRIDAY}."
    assert one(await tell(text, title="Crew-14 takes off"), "launch.lifted-off").subject == "crew-14"
    assert one(await tell(text, title="Crew-14 and Crew-15 in space"), "launch.lifted-off").subject is None


async def test_a_text_that_comes_back_to_its_flight_is_no_roundup(tell: Tell) -> None:
    text = (
        f"Tianzhou-9 docked with Tiangong {SUNDAY}.\n\nThe craft had lifted off from Wenchang {SUNDAY}.\n\n"
        f"Tianzhou-9 carries food.\n\nTianzhou-8 undocked {FRIDAY}.\n\nShenzhou-22 will lift off in May."
    )
    assert one(await tell(text), "launch.lifted-off").subject == "tianzhou-9"


async def test_what_made_others_do_something_is_not_what_they_did_it_with(tell: Tell) -> None:
    text = f"Soyuz MS-31 landed {SUNDAY}.\n\nThe loss of Progress MS-40 forced the agencies to prolong the mission."
    assert one(await tell(text), "mission.extended").subject == "soyuz-ms-31"


async def test_what_is_a_flight_s_own_is_of_it(tell: Tell) -> None:
    text = f"{HOME} They replace Crew-13, whose splashdown is planned [[for May 4|t:2022-05-04T00:00:00Z|day]]."
    assert one(await tell(text), "splashdown.scheduled").subject == "crew-13"


async def test_a_flight_that_has_only_come_is_not_the_one_that_came_down(tell: Tell) -> None:
    text = (
        f"Four astronauts splashed down in the Gulf of Mexico {SUNDAY}.\n\nIt was night.\n\nThey were well.\n\n"
        f"The sea was calm.\n\nCrew-15, which docked with the ISS {FRIDAY}, will stay there."
    )
    assert one(await tell(text), "splashdown.completed").subject is None


async def test_a_launch_that_was_late_is_the_one_told_of_just_before(tell: Tell) -> None:
    text = f"Soyuz MS-31 took off from Baikonur {FRIDAY}. The launch was two weeks late because of a fault."
    moved = one(await tell(text), "launch.rescheduled")
    assert (moved.subject, moved.time) == ("soyuz-ms-31", "2021-10-15T00:00:00Z")


@pytest.mark.parametrize(
    "met", [" will receive them", " are to welcome the newcomers", ", among them Ana Lima, will greet the four"]
)
async def test_the_flight_of_those_who_meet_the_newcomers_is_not_the_text_s(tell: Tell, met: str) -> None:
    text = f"A rocket took off with four astronauts {SUNDAY}.\n\nAll was well.\n\nThe members of Crew-15{met}."
    assert one(await tell(text), "launch.lifted-off").subject is None


async def test_the_only_flight_that_a_text_names_at_last_is_the_text_s(tell: Tell) -> None:
    text = (
        f"A rocket took off with four astronauts {SUNDAY}.\n\nAll was well.\n\nThe members of Crew-15 will stay long."
    )
    assert one(await tell(text), "launch.lifted-off").subject == "crew-15"


async def test_a_freighter_without_a_number_is_not_the_ship_of_the_crew_that_came_that_day(tell: Tell) -> None:
    text = (
        f"A Cygnus cargo ship reached the ISS {SUNDAY}. It was launched {FRIDAY}.\n\n"
        f"{LIMA} and {ORLOV} went up {FRIDAY} aboard Soyuz MS-31."
    )
    launches = [draft for draft in await tell(text) if draft.type == "missionwire.launch.lifted-off"]
    assert [(draft.subject, draft.data.get("spacecraft")) for draft in launches] == [
        (None, "cygnus"),
        ("soyuz-ms-31", "soyuz"),
    ]


async def test_what_a_rocket_does_with_its_load_is_of_the_launch_told_of_before_it(tell: Tell) -> None:
    text = (
        f"Tianzhou No. 9 docked with Tiangong {SUNDAY}. {LIMA} came up {FRIDAY} aboard Soyuz MS-31.\n\n"
        f"The freighter was launched {FRIDAY} by a rocket whose second stage put it into orbit."
    )
    told = await tell(text)
    assert one(told, "launch.succeeded").subject == "tianzhou-9"
