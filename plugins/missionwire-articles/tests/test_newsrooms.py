"""The same events as different newsrooms, and translations of them, put them; and what only sounds like them."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Draft

Tell = Callable[..., Awaitable[list[Draft]]]

LIMA = "[[Ana Lima|p:ana-lima|astronaut]]"
ORLOV = "[[Pavel Orlov|p:pavel-orlov|cosmonaut]]"
PRADO = "[[Caio Prado|p:caio-prado|astronaut]]"
NASA = "[[NASA|a:nasa]]"
GONE = "[[October 15|t:2021-10-15T00:00:00Z|day]]"
AHEAD = "[[November 10|t:2021-11-10T00:00:00Z|day]]"


def types(drafts: list[Draft]) -> list[str]:
    return [draft.type.removeprefix("missionwire.") for draft in drafts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"One of two radars of Soyuz MS-31 delivered no data on {GONE}.", "anomaly.occurred"),
        (f"One of the parachutes of Crew-14 filled some seconds after the others on {GONE}.", "anomaly.occurred"),
        (f"A display of Soyuz MS-31 went dark on {GONE}.", "anomaly.occurred"),
        (f"A star tracker of Soyuz MS-31 reset itself on {GONE}.", "anomaly.occurred"),
        (f"The flight of Soyuz MS-31 on {GONE} was smooth but for a brief loss of the picture.", "anomaly.occurred"),
        (f"On {GONE} there was a small problem with the clock of Soyuz MS-31.", "anomaly.occurred"),
        (f"On {GONE} {ORLOV} of Soyuz MS-31 heard a strange knocking noise from the hull.", "anomaly.occurred"),
        (f"A thruster of Soyuz MS-31 ran hotter than expected on {GONE}.", "anomaly.occurred"),
        (f"The crew closed the hole in Soyuz MS-31 on {GONE} with tape.", "anomaly.resolved"),
        (f"Tests on the ground on {GONE} showed that the valves of Soyuz MS-31 could fly again.", "test.performed"),
        (f"Soyuz MS-31 passed the leak check on {GONE}.", "test.performed"),
        (f"On the program of {LIMA} are forty experiments aboard the ISS.", "experiment.performed"),
        (f"{LIMA} gave a lesson from orbit on {GONE}.", "experiment.performed"),
        (f"Crew-14, which took {LIMA} and {ORLOV} up on {GONE}, is empty.", "launch.lifted-off"),
        (f"{LIMA}, who had left with {ORLOV} on {GONE}, waved.", "launch.lifted-off"),
        (f"The Crew-14 probe was sent on its way on {GONE}.", "launch.lifted-off"),
        (f"{NASA} named {AHEAD} as the earliest date for the launch of Crew-14.", "launch.scheduled"),
        (f"Crew-14 was to have flown on {GONE}, but a hurricane came between.", "launch.rescheduled"),
        (f"On {GONE} {NASA} declared Crew-14 ready to fly.", "launch.cleared"),
        (f"The ship Soyuz MS-31 was left in the planned orbit on {GONE}.", "orbit.inserted"),
        (f"Soyuz MS-31 separated from the rocket on {GONE} and unfolded its solar panels.", "payload.deployed"),
        (f"Shenzhou-17 flew on {GONE}. After ten minutes it detached from the rocket.", "payload.deployed"),
        (f"Soyuz MS-31 was put into orbit on {GONE} from the Baikonur cosmodrome.", "launch.lifted-off"),
        (f"Soyuz MS-31 flew on {GONE}. Nine minutes after the start it was set free in orbit.", "payload.deployed"),
        (f"A second Starliner is foreseen for {AHEAD}.", "launch.scheduled"),
        (f"Crew-14 carried out a first deep-space manoeuvre on {GONE}.", "maneuver.performed"),
        (f"On {AHEAD} Crew-14 will gather momentum at Venus.", "flyby.scheduled"),
        (f"Soyuz MS-31 is free. The uncoupling had intervened on {GONE}.", "undocking.completed"),
        (f"Soyuz MS-31, which arrived without crew on {GONE}, is there.", "docking.completed"),
        (f"The first attempt of Soyuz MS-31 to dock failed on {GONE}.", "docking.aborted"),
        (f"Touchdown of Soyuz MS-31 southeast of Dzhezkazgan came on {GONE}.", "landing.completed"),
        (f"Soyuz MS-31 returned empty on {GONE}.", "landing.completed"),
        (f"{LIMA} is to be joined on {AHEAD} by the four astronauts of Crew-14.", "crew.arrived"),
        (f"{LIMA}, who had arrived on {GONE} with the cosmonaut {ORLOV}, waved.", "crew.arrived"),
        (f"In [[2018|t:2018-01-01T00:00:00Z|year]] {NASA} gave {LIMA} a seat on Crew-14.", "crew.assigned"),
        (f"{LIMA} led the way into the Crew-14 capsule on {GONE}.", "crew.boarded"),
        (f"{LIMA} of Crew-14 was led to the tent of the doctors on {GONE}.", "crew.examined"),
        (f"On {GONE} {LIMA} turned the station over to {ORLOV}.", "crew.rotated"),
        (f"On {AHEAD} {LIMA} could make a second space exit with {ORLOV}.", "eva.scheduled"),
        (f"Half an hour later, on {GONE}, Crew-14 was already on the deck of the ship.", "recovery.completed"),
        (f"{LIMA} filmed the arrival of Crew-14 on {GONE}.", "filming.performed"),
        (f"{NASA} chose the mission Crew-14 on {GONE}.", "project.announced"),
        (f"{NASA} answered that all was well with Crew-14.", "statement.made"),
        (f"Asked about it, {LIMA} named vegetables and a shower.", "statement.made"),
        (f"{LIMA} waved. The astronaut praised her two crewmates.", "statement.made"),
        ("Two crews will be there for the first time, agency official Ji Ulan said.", "statement.made"),
    ],
)
async def test_each_newsroom_tells_it_in_its_own_words(tell: Tell, text: str, expected: str) -> None:
    assert expected in types(await tell(text))


@pytest.mark.parametrize(
    "text",
    [
        f"On {GONE} the crew of Crew-14 practised what to do when a screen goes black.",
        f"This is the second flight of the company to the ISS, said nobody on {GONE}.",
        f"The defect of Crew-14 had been ruled out on {GONE}.",
        f"{LIMA} was the first to float to the other side on {GONE}.",
        f"The new date of Crew-14 would be communicated on {AHEAD}.",
        f"{LIMA} answered the phone on {GONE}.",
        f"Had Soyuz MS-31 missed the ISS on {GONE}, it would have landed.",
        f"The helicopters rose from the town on {GONE}.",
        f"{LIMA} is the commander of the ISS until {AHEAD}.",
    ],
)
async def test_what_sounds_like_it_is_none(tell: Tell, text: str) -> None:
    assert not {"anomaly.occurred", "milestone.reached", "launch.scrubbed", "launch.scheduled", "launch.lifted-off"} & {
        *types(await tell(text))
    }
    assert not {"statement.made", "crew.rotated", "landing.scheduled"} & {*types(await tell(text))}


async def test_who_gets_out_one_after_the_other_is_one_event(tell: Tell) -> None:
    found = await tell(
        f"Soyuz MS-31 landed in Kazakhstan on {GONE}. {LIMA} was the first to come out. {ORLOV} came out second. "
        f"{PRADO} came third."
    )
    (egress,) = [draft for draft in found if draft.type.endswith("crew.egressed")]
    assert {person.id for person in egress.crew} == {"ana-lima", "pavel-orlov", "caio-prado"}


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (f"Soyuz MS-31 lifted off from Baikonur on {GONE} with {LIMA}.", "landing.scheduled"),
        (f"Crew-14 lifted off from Florida on {GONE} with {LIMA}.", "splashdown.scheduled"),
    ],
)
async def test_a_return_to_come_is_that_of_the_only_flight(tell: Tell, first: str, expected: str) -> None:
    found = await tell(f"{first}\n\nThe crew will come back to Earth on {AHEAD}.")
    (back,) = [draft for draft in found if draft.type.endswith(expected)]
    assert back.subject in {"soyuz-ms-31", "crew-14"}


async def test_a_network_of_one_letter_ends_a_sentence(tell: Tell) -> None:
    found = await tell(f"“We fly when we are ready,” wrote {LIMA} on the network X. {ORLOV} said that all was well.")
    assert types(found) == ["statement.made", "statement.made"]
