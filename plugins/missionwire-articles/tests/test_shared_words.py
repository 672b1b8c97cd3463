"""What parts, clocks and crews do in few words, and words that only look like it."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Draft
from missionwire_articles.rules import load_rules

Tell = Callable[..., Awaitable[list[Draft]]]

LIMA = "[[Ana Lima|p:ana-lima|astronaut]]"
NASA = "[[NASA|a:nasa]]"
ESA = "[[ESA|a:esa]]"
GONE = "[[October 15|t:2021-10-15T00:00:00Z|day]]"
LONG_AGO = "[[2014|t:2014-01-01T00:00:00Z|year]]"


def types(drafts: list[Draft]) -> list[str]:
    return [draft.type.removeprefix("missionwire.") for draft in drafts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"On {GONE} one of the parachutes of Crew-14 never fully opened.", "anomaly.occurred"),
        (f"The solar cells of Luna-25 do not generate power since {GONE}.", "anomaly.occurred"),
        (f"Two of the station’s gyroscopes stopped on {GONE} and Crew-14 had to wait.", "anomaly.occurred"),
        (f"The engine of Soyuz MS-31 switched off after six seconds on {GONE}.", "anomaly.occurred"),
        (f"On {GONE} the crew of Soyuz MS-31 put out the fire.", "anomaly.resolved"),
        (f"On {GONE} a computer halted the count of Crew-14.", "launch.held"),
        (f"The teams of Crew-14 picked up the count on {GONE}.", "launch.resumed"),
        (f"The launch of Crew-14 was declared a complete success on {GONE}.", "launch.succeeded"),
        (f"The Electron returned to flight on {GONE}.", "launch.lifted-off"),
        (f"Sent into orbit on {GONE} by a Falcon 9, Crew-14 flew well.", "launch.lifted-off"),
        (f"{LIMA} tasted weightlessness on {GONE}, in the Crew-14 capsule.", "launch.lifted-off"),
        (f"On {GONE} the flight director told them to back off from the docking of Crew-14.", "docking.aborted"),
        (f"{LIMA} danced her way into the ISS on {GONE}.", "crew.arrived"),
        (f"The decoupling finally took place on {GONE} for Crew-14.", "undocking.completed"),
        (f"The amerrissage of Crew-14 took place on {GONE}.", "splashdown.completed"),
        (f"The escape system of Crew-14 was fired once on {GONE}.", "test.performed"),
        (f"Crew-14 released two small robots on {GONE} from a height of five metres.", "payload.deployed"),
        (f"The agreement between {NASA} and {ESA} had been signed on {GONE}.", "agreement.signed"),
        (f"As {LIMA} explained, Crew-14 was late.", "statement.made"),
    ],
)
async def test_it_is_told_in_few_words(tell: Tell, text: str, expected: str) -> None:
    assert expected in types(await tell(text))


@pytest.mark.parametrize(
    ("text", "unexpected"),
    [
        (f"On {GONE} {LIMA} had stopped waiting for Crew-14.", "anomaly.occurred"),
        (f"The thrusters of the Soyuz MS-31, docked at the other end, turned the ISS on {GONE}.", "docking.completed"),
        (f"{NASA} gave up the launch of Crew-14 on {GONE} in order to check it.", "contract.awarded"),
        (f"{NASA} wanted it on {GONE} in order to do without a pilot.", "policy.stated"),
        (f"On {GONE} {LIMA} told them to come back.", "statement.made"),
        (f"{LIMA} flew to the ISS in {LONG_AGO}.", "crew.arrived"),
        (f"Since {GONE} {LIMA} has released a number of albums.", "payload.deployed"),
        (f"{LIMA} left for Baikonur on {GONE}.", "launch.lifted-off"),
        (f"{LIMA} made a second film on {GONE}.", "filming.performed"),
    ],
)
async def test_words_that_look_like_it_tell_something_else(tell: Tell, text: str, unexpected: str) -> None:
    assert unexpected not in types(await tell(text))


def test_rules_of_a_type_share_what_the_type_says() -> None:
    rules = [rule for rule in load_rules() if rule.type == "launch.scrubbed" and not rule.family]
    assert len(rules) > 1
    assert all([take.member for take in rule.row.take] == ["reason"] for rule in rules)
