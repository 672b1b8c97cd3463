"""Flights as tickers, agencies and translations tell them: in fragments, lists, participles, and odd words."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Draft

Tell = Callable[..., Awaitable[list[Draft]]]

GONE = "[[October 15|t:2021-10-15T00:00:00Z|day]]"
FRIDAY = "[[on Friday|t:2021-10-15T00:00:00Z|day]]"
AHEAD = "[[November 10|t:2021-11-10T00:00:00Z|day]]"
LIMA = "[[Ana Lima|p:ana-lima|astronaut]]"
ORLOV = "[[Pavel Orlov|p:pavel-orlov|cosmonaut]]"
NASA = "[[NASA|a:nasa]]"


def types(drafts: list[Draft]) -> list[str]:
    return [draft.type.removeprefix("missionwire.") for draft in drafts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Soyuz MS-31 was hurled into space on {GONE}.", "launch.lifted-off"),
        (f"The voyage of Crew-14 began on {GONE} with a Falcon 9.", "launch.lifted-off"),
        (f"Crew-14 cannot start before {AHEAD}.", "launch.scheduled"),
        (f"If all goes well, Crew-14 will lift off on {AHEAD}.", "launch.scheduled"),
        (f"{NASA} moved the launch of Crew-14 by a week.", "launch.rescheduled"),
        (f"Crew-14 will wait until {AHEAD}.", "launch.rescheduled"),
        (f"The countdown of Crew-14 was cut off on {GONE} with ten seconds left.", "launch.scrubbed"),
        (f"Crew-14 stayed on the ground on {GONE} because of a valve.", "launch.scrubbed"),
        ("The clock of Crew-14 stands still at T minus 4 minutes.", "launch.held"),
        (f"The clock for Crew-14 is running again, since {GONE}.", "launch.resumed"),
        ("Crew-14 has been given the green light.", "launch.cleared"),
        (f"The flight of the Electron ended in an explosion on {GONE}.", "launch.failed"),
        (f"The decoupling of the capsule from the rocket of Crew-14 followed on {GONE}.", "stage.separated"),
        ("The first floor of Crew-14’s rocket came down softly on its landing place.", "stage.landed"),
        (f"Vikram parted from its propulsion module on {GONE}.", "payload.deployed"),
        (f"The rover of Chandrayaan-3 rolled down the ramp on {GONE}.", "payload.deployed"),
        (f"Chandrayaan-3 has been in lunar orbit since {GONE}.", "orbit.inserted"),
        (f"The hitching of Crew-14 to the ISS took place on {GONE}.", "docking.completed"),
        (f"Crew-14 had to break off its approach to the ISS on {GONE}.", "docking.aborted"),
        (f"Crew-14 bade farewell to the ISS on {GONE}.", "undocking.completed"),
        (f"The door of the capsule of Crew-14 was closed on {GONE}. The hatch was locked.", "hatch.closed"),
        (f"{LIMA} left the ISS by its airlock on {GONE}.", "eva.started"),
        (f"{LIMA} and {ORLOV} came back inside on {GONE} after six hours.", "eva.ended"),
        (f"Two burns of Chandrayaan-3 followed on {GONE}.", "maneuver.performed"),
        (f"BepiColombo made its third pass of Mercury on {GONE}.", "flyby.completed"),
        (f"Soyuz MS-31 began its plunge into the atmosphere on {GONE}.", "reentry.started"),
        (f"Soyuz MS-31 sank into the dust of the desert on {GONE}.", "landing.completed"),
        (f"Chandrayaan-3 set its Vikram lander down on {GONE}.", "landing.completed"),
        (f"The probe Luna-25 had been wrecked on the Moon on {GONE}.", "landing.failed"),
        (f"Three parachutes lowered Crew-14 into the sea on {GONE}.", "splashdown.completed"),
        (f"The parachutes of Orion went through a drop test on {GONE}.", "test.performed"),
        (f"A thruster of Crew-14 refused to fire on {GONE}.", "anomaly.occurred"),
        (f"Engineers had Crew-14’s radio working again on {GONE}.", "anomaly.resolved"),
        (f"Soyuz MS-31 changed its berth on {GONE}.", "spacecraft.relocated"),
    ],
)
async def test_a_flight_is_told_in_many_words(tell: Tell, text: str, expected: str) -> None:
    assert expected in types(await tell(text))


@pytest.mark.parametrize(
    "text",
    [
        f"Their marriage broke up on {GONE}.",
        f"The director left the museum on {GONE}.",
        f"{NASA} has opened the door to private stations.",
        f"The book about the landing came out on {GONE}.",
        f"The train with the reporters left the station on {GONE}.",
        f"Engineers left the company on {GONE}.",
        f"The weather delayed the launch of a balloon on {GONE}.",
        "The clock of the museum is running again.",
        "The hold of the ship was full of rice.",
    ],
)
async def test_what_is_no_flight_is_no_event(tell: Tell, text: str) -> None:
    assert types(await tell(text)) == []


async def test_a_participle_that_opens_a_clause_speaks_of_what_comes_after_it(tell: Tell) -> None:
    found = {
        draft.type.removeprefix("missionwire."): draft for draft in await tell(f"Launched {FRIDAY}, Crew-14 smiled.")
    }
    assert found["launch.lifted-off"].subject == "crew-14"
    assert found["launch.lifted-off"].time == "2021-10-15T00:00:00Z"


async def test_what_is_told_of_two_days_happened_twice(tell: Tell) -> None:
    drafts = await tell(
        "On [[October 5|t:2021-10-05T00:00:00Z|day]] and [[October 8|t:2021-10-08T00:00:00Z|day]] "
        f"{LIMA} and {ORLOV} carried out two exits to open space."
    )
    assert sorted((draft.time or "", draft.type) for draft in drafts) == [
        ("2021-10-05T00:00:00Z", "missionwire.eva.ended"),
        ("2021-10-08T00:00:00Z", "missionwire.eva.ended"),
    ]


async def test_a_second_day_may_be_a_number_alone(tell: Tell) -> None:
    drafts = await tell(
        f"On [[October 5|t:2021-10-05T00:00:00Z|day]] and 8 {LIMA} carried out two exits to open space."
    )
    assert sorted((draft.time or "", draft.type) for draft in drafts) == [
        ("2021-10-05T00:00:00Z", "missionwire.eva.ended"),
        ("2021-10-08T00:00:00Z", "missionwire.eva.ended"),
    ]


async def test_from_one_day_to_another_is_no_list(tell: Tell) -> None:
    drafts = await tell(
        "Between [[October 5|t:2021-10-05T00:00:00Z|day]] and [[October 8|t:2021-10-08T00:00:00Z|day]] "
        "Crew-14 docked with the ISS."
    )
    assert len(drafts) <= 1


async def test_the_entries_of_a_live_text_have_their_clocks(tell: Tell) -> None:
    text = (
        "Crew-14, minute by minute.\n"
        "[[9:17 GMT|t:2021-10-15T09:17:00Z|minute]] A hold, at T minus 15 minutes.\n"
        "[[9:30 GMT|t:2021-10-15T09:30:00Z|minute]] The clock is running again.\n"
        "[[9:49 GMT|t:2021-10-15T09:49:00Z|minute]] LIFTOFF!\n"
        f"[[9:59 GMT|t:2021-10-15T09:59:00Z|minute]] {LIMA} shuts the hatch."
    )
    found = {draft.type.removeprefix("missionwire."): draft.time for draft in await tell(text)}
    assert found == {
        "launch.held": "2021-10-15T09:17:00Z",
        "launch.resumed": "2021-10-15T09:30:00Z",
        "launch.lifted-off": "2021-10-15T09:49:00Z",
        "hatch.closed": "2021-10-15T09:59:00Z",
    }


async def test_a_plan_that_came_to_nothing_is_no_schedule(tell: Tell) -> None:
    drafts = await tell(f"Crew-14 was meant to go up {FRIDAY}, but {NASA} moved it by a day.")
    assert types(drafts) == ["launch.rescheduled"]


async def test_what_somebody_had_to_do_was_done(tell: Tell) -> None:
    drafts = await tell(f"{LIMA} had to return to Earth {FRIDAY} with Soyuz MS-31.")
    assert types(drafts) == ["landing.completed"]


async def test_a_name_that_nobody_knows_may_be_a_craft(tell: Tell) -> None:
    assert types(await tell(f"Nimbus touched down on the Moon {FRIDAY}.")) == ["landing.completed"]


BEFORE = "[[In October 2018|t:2018-10-01T00:00:00Z|month]]"


@pytest.mark.parametrize(
    "words",
    [
        f"{BEFORE} the flight of {LIMA} was cut short when a booster struck the rocket.",
        f"{BEFORE} the first attempt of {LIMA} ended abruptly two minutes into the flight.",
        f"{LIMA} survived the aborted flight of a Soyuz {BEFORE}.",
        f"{LIMA}, who walked away from a failed Soyuz launch {BEFORE}, smiled.",
        f"{LIMA} had lived through the abort of Soyuz MS-10 {BEFORE}.",
    ],
)
async def test_who_came_through_an_aborted_launch_is_told_in_passing(tell: Tell, words: str) -> None:
    (aborted,) = [draft for draft in await tell(words) if draft.type == "missionwire.launch.aborted"]
    assert [person.id for person in aborted.crew] == ["ana-lima"]
    assert aborted.time == "2018-10-01T00:00:00Z"


@pytest.mark.parametrize(
    "words",
    [
        f"{LIMA} survived a car accident {BEFORE}.",
        f"{BEFORE} the spacewalk of {LIMA} was cut short after a battery failed.",
        f"{BEFORE} a test was cut short when the rocket’s valve broke.",
    ],
)
async def test_what_was_cut_short_on_the_ground_or_outside_is_no_aborted_launch(tell: Tell, words: str) -> None:
    assert "launch.aborted" not in types(await tell(words))


@pytest.mark.parametrize(
    "words",
    [
        "was to depart {}, but three hours before the launch a fire broke out and the work was stopped",
        "was due to lift off {}, but a leak halted the countdown minutes before ignition",
        "should have flown {}; a storm prevented it",
    ],
)
async def test_what_was_to_fly_on_a_day_and_was_stopped_was_scrubbed_then(tell: Tell, words: str) -> None:
    drafts = await tell(f"Crew-14 {words.format(FRIDAY)}.")
    assert [draft.time for draft in drafts if draft.type.endswith("launch.scrubbed")] == ["2021-10-15T00:00:00Z"]


@pytest.mark.parametrize(
    "words", ["was to leave the station {}, but a storm prevented it", "was to fly {}, but will now wait for spring"]
)
async def test_what_was_to_leave_a_station_or_only_moved_was_not_scrubbed(tell: Tell, words: str) -> None:
    assert "launch.scrubbed" not in types(await tell(f"Crew-14 {words.format(FRIDAY)}."))


async def test_what_was_early_because_of_a_fault_tells_whose_and_when_it_was(tell: Tell) -> None:
    june = "[[in June|t:2021-06-01T00:00:00Z|month]]"
    text = (
        f"Crew-14 docked with the ISS {FRIDAY}. Three people were there since the return {june}"
        " of Crew-13, brought back to Earth ahead of time because of a problem of the cooling system."
    )
    drafts = await tell(text)
    (fault,) = [draft for draft in drafts if draft.type == "missionwire.anomaly.occurred"]
    assert (fault.subject, fault.time) == ("crew-13", "2021-06-01T00:00:00Z")
    assert "anomaly.resolved" not in types(drafts)
