"""Grammar that carries from one deed to another: nouns, participles, remarks, inversions, words of bodies."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Draft

Tell = Callable[..., Awaitable[list[Draft]]]

LIMA = "[[Ana Lima|p:ana-lima|astronaut]]"
ORLOV = "[[Pavel Orlov|p:pavel-orlov|cosmonaut]]"
NASA = "[[NASA|a:nasa]]"
GONE = "[[October 15|t:2021-10-15T00:00:00Z|day]]"
AHEAD = "[[November 10|t:2021-11-10T00:00:00Z|day]]"
LANDED = f"Soyuz MS-31 landed on {GONE}."


def types(drafts: list[Draft]) -> list[str]:
    return [draft.type.removeprefix("missionwire.") for draft in drafts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LIMA} laughed after the opening of the hatch of Soyuz MS-31 on {GONE}.", "hatch.opened"),
        (f"The guests fell silent at the separation of the second stage of the Proton-M on {GONE}.", "stage.separated"),
        (f"{LIMA} waved to her son before the boarding of the crew of Soyuz MS-31 on {GONE}.", "crew.boarded"),
        (f"The arrival of {LIMA} with {ORLOV} on {GONE} brought their number to six.", "crew.arrived"),
        (f"{LANDED} {LIMA}, whose emergence on {GONE} was cheered, waved.", "crew.egressed"),
        (f"{LIMA} and {ORLOV} saw the Proton-M with Soyuz MS-31 climb from the pad on {GONE}.", "launch.lifted-off"),
        (f"The return of {LIMA}, {ORLOV} and their guest is foreseen for {AHEAD}.", "landing.scheduled"),
        (
            f"The launch of Crew-14, which had been delayed because of the wind and of an illness, is set for {AHEAD}.",
            "launch.scheduled",
        ),
        (f"{LANDED} The first to be helped out was {LIMA}.", "crew.egressed"),
        (f"{LANDED} {ORLOV} followed third and smiled.", "crew.egressed"),
        (f"On {GONE} {LIMA} inspected the hull during a space exit of almost eight hours.", "eva.ended"),
        (f"The first European to walk in space was {LIMA}, on {GONE}.", "eva.ended"),
        (f"{LIMA} and {ORLOV} were called back inside on {GONE} after half an hour outside.", "eva.ended"),
        (f"{LIMA} ceded her place on the walk to {ORLOV} on {GONE}.", "crew.replaced"),
        (f"{LIMA} arrived on {GONE} as commander of Crew-14.", "crew.arrived"),
        (f"{LIMA} entrusted the command of the ISS to {ORLOV} on {GONE}.", "crew.rotated"),
        (f"The splashdown put an end to the flight of Crew-14 on {GONE}.", "mission.completed"),
        (f"The Crew-14 capsule slid into the Atlantic on {GONE}.", "splashdown.completed"),
        (f"A clogging of a filter of Soyuz MS-31 lasted for hours on {GONE}.", "anomaly.occurred"),
        (f"The countdown of Crew-14 stopped on {GONE} after the jamming of a valve.", "anomaly.occurred"),
        (f"One panel of Soyuz MS-31 stayed folded on {GONE}.", "anomaly.occurred"),
        (f"Controllers found a way around the fault of Soyuz MS-31 on {GONE}.", "anomaly.resolved"),
        (f"The new pump on Soyuz MS-31 works as it should since {GONE}.", "anomaly.resolved"),
        (f"On {GONE} Soyuz MS-31 approached the ISS from below, a rehearsal for later crews.", "test.performed"),
        (f"{NASA} postponed the arrival of Soyuz MS-31 at the ISS to {AHEAD}.", "docking.rescheduled"),
        (f"{LIMA} has spent more than a year in orbit, which no other woman has reached.", "milestone.reached"),
        (f"The crew was never in danger, {NASA} said.", "statement.made"),
        ("The agency said that the capsule was safe.", "statement.made"),
        (f"The engineer {LIMA}, who trained {ORLOV} in Houston, said that he had learned a lot.", "statement.made"),
    ],
)
async def test_grammar_carries_from_one_deed_to_another(tell: Tell, text: str, expected: str) -> None:
    assert expected in types(await tell(text))


@pytest.mark.parametrize(
    ("text", "unexpected"),
    [
        (f"Crew-14 will fly on {AHEAD} after the launch of Soyuz MS-31.", "launch.lifted-off"),
        (f"They will rest before the opening of the hatch of Soyuz MS-31 on {AHEAD}.", "hatch.opened"),
        (f"The first to be chosen was {LIMA}, on {GONE}.", "crew.egressed"),
        (f"A film about the first woman to walk in space opened on {GONE}.", "eva.ended"),
        (f"The probe of Chandrayaan-4 stopped at the edge of a crater on {GONE}.", "anomaly.occurred"),
        (f"{NASA} found no leak in Soyuz MS-31 on {GONE}.", "anomaly.occurred"),
        (f"{LIMA} installed a new antenna on the ISS on {GONE}.", "docking.completed"),
        (f"{NASA} asked for one more day to review a valve of Crew-14.", "policy.stated"),
        (f"The Dragon slid into its port at the ISS on {GONE}.", "splashdown.completed"),
        (f"Soyuz MS-31 landed on {GONE}, {NASA} said.", "statement.made"),
        (f"{NASA} said it will answer questions on {AHEAD}.", "statement.made"),
        (f"{LIMA}, who had put it in her bag, fixed the cover.", "statement.made"),
    ],
)
async def test_what_only_looks_like_it_is_not_told(tell: Tell, text: str, unexpected: str) -> None:
    assert unexpected not in types(await tell(text))
