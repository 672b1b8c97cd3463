"""One sentence for each kind of event, and sentences that look alike and tell of nothing."""

import re
import tomllib
from collections.abc import Awaitable, Callable
from importlib.resources import files

import pytest

from missionwire.plugin import Draft
from missionwire_articles.rules import load_rules

Tell = Callable[..., Awaitable[list[Draft]]]
TYPE = re.compile(r"^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$")

LIMA = "[[Ana Lima|p:ana-lima|astronaut]]"
ORLOV = "[[Pavel Orlov|p:pavel-orlov|cosmonaut]]"
HEAD = "[[Igor Head|p:igor-head|agency-head]]"
FRIDAY = "[[on Friday|t:2021-10-15T00:00:00Z|day]]"
CLOCK = "[[at 4:36 GMT|t:2021-10-17T04:36:00Z|minute]]"
NOVEMBER = "[[November 10|t:2021-11-10T00:00:00Z|day]]"


def types(drafts: list[Draft]) -> list[str]:
    return [draft.type.removeprefix("missionwire.") for draft in drafts]


def test_every_macro_of_the_table_is_used() -> None:
    table = files("missionwire_articles").joinpath("data/rules/en.toml").read_text(encoding="utf-8")
    assert [name for name in tomllib.loads(table)["macros"] if f"{{{name}}}" not in table] == []


def test_every_rule_has_a_name_of_its_own_and_a_type_of_the_vocabulary() -> None:
    rules = load_rules()
    assert len({rule.name for rule in rules}) == len(rules)
    assert all(TYPE.match(rule.type) and 0 < rule.row.confidence <= 1 for rule in rules)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Soyuz MS-31 lifted off from Baikonur {FRIDAY}.", "launch.lifted-off"),
        (f"A Falcon 9 rocket launched Crew-14 from Kennedy Space Center {FRIDAY}.", "launch.lifted-off"),
        (f"{LIMA} and {ORLOV} left Baikonur for the International Space Station {FRIDAY}.", "launch.lifted-off"),
        (f"The launch of Soyuz MS-31 took place {FRIDAY}.", "launch.lifted-off"),
        (f"The launch of Crew-14 is scheduled for {NOVEMBER}.", "launch.scheduled"),
        (f"Crew-14 will lift off on {NOVEMBER} from Kennedy Space Center.", "launch.scheduled"),
        (f"The launch of Crew-14 has been postponed to {NOVEMBER} because of strong winds.", "launch.rescheduled"),
        (f"[[Rocket Lab|a:rocket-lab]] postponed the launch of its Electron to {NOVEMBER}.", "launch.rescheduled"),
        (f"[[Axiom|a:axiom-space]] plans to launch its first crew, Ax-1, on {NOVEMBER}.", "launch.scheduled"),
        ("SpaceX scrubbed the launch of Crew-14 because of strong winds.", "launch.scrubbed"),
        ("The countdown for Crew-14 was held at T-minus 10 minutes.", "launch.held"),
        ("The countdown for Crew-14 was resumed an hour later.", "launch.resumed"),
        ("Crew-14 was cleared for launch by mission managers.", "launch.cleared"),
        ("The first stage of the Soyuz-2.1a separated two minutes after liftoff of Soyuz MS-31.", "stage.separated"),
        ("The Falcon 9's first stage landed on a drone ship after it launched Crew-14.", "stage.landed"),
        ("The Crew-14 satellites were deployed from the upper stage.", "payload.deployed"),
        (f"The Proton-M rocket failed {FRIDAY} two minutes after launch.", "launch.failed"),
        (f"The Long March 5B successfully reached orbit {FRIDAY}.", "launch.succeeded"),
        ("Chandrayaan-3 entered lunar orbit.", "orbit.inserted"),
        (f"Soyuz MS-31 docked with the ISS {FRIDAY}.", "docking.completed"),
        (f"{ORLOV} had to dock the ship manually at the ISS.", "docking.completed"),
        ("Starliner aborted its docking approach to the ISS during the Crew Flight Test.", "docking.aborted"),
        (f"Soyuz MS-31 undocked from the station {FRIDAY}.", "undocking.completed"),
        (f"The undocking of Soyuz MS-31 had taken place {FRIDAY}.", "undocking.completed"),
        (f"The docking of Soyuz MS-31 happened {FRIDAY}.", "docking.completed"),
        (f"Crew-14 had departed {FRIDAY} from Kennedy Space Center.", "launch.lifted-off"),
        (f"The crew had taken off from Baikonur {FRIDAY}.", "launch.lifted-off"),
        (f"Crew-14 made a successful splashdown in the Gulf of Mexico {CLOCK}.", "splashdown.completed"),
        (f"Crew-14 splashed down {CLOCK}. The ship hoisted the capsule aboard.", "recovery.completed"),
        ("Cosmonauts waited. The leak of Soyuz MS-31 was discovered by the crew.", "anomaly.occurred"),
        ("Its antenna moved during a test of the radio system of Soyuz MS-31.", "test.performed"),
        (f"The Soyuz MS-31 capsule left the ISS {FRIDAY}.", "undocking.completed"),
        (f"{LIMA} and {ORLOV} boarded the International Space Station {FRIDAY}.", "crew.arrived"),
        (f"{LIMA} left the International Space Station {FRIDAY}.", "crew.departed"),
        (f"{LIMA} was helped out of the capsule.", "crew.egressed"),
        (f"{LIMA} was taken in a helicopter.\n{LIMA} was carried away for a medical check.", "crew.examined"),
        (f"{LIMA} was chosen out of 2,400 candidates.", "crew.selected"),
        (f"{LIMA} was assigned to Crew-14 as commander.", "crew.assigned"),
        (f"{LIMA} and {ORLOV} began a spacewalk {FRIDAY}.", "eva.started"),
        (f"{LIMA} completed a six-hour, 32-minute spacewalk.", "eva.ended"),
        (f"Soyuz MS-31 landed in Kazakhstan {CLOCK}.", "landing.completed"),
        ("Vikram of Chandrayaan-3 landed on the Moon.", "landing.completed"),
        (f"Soyuz MS-31 broke apart {FRIDAY}, shortly before it was to land.", "landing.failed"),
        (f"{LIMA} entered {FRIDAY} in the International Space Station.", "crew.arrived"),
        ("Chandrayaan-2 crashed in its landing attempt on the Moon.", "landing.failed"),
        (f"Crew-14 splashed down in the Gulf of Mexico {CLOCK}.", "splashdown.completed"),
        (f"The Crew-14 capsule landed in the Pacific {CLOCK}.", "splashdown.completed"),
        ("The thrusters of Soyuz MS-31 unexpectedly fired at the ISS.", "anomaly.occurred"),
        ("Cosmonauts found a leak in the Soyuz MS-31 spacecraft.", "anomaly.occurred"),
        ("Engineers tested the thrusters of Soyuz MS-31.", "test.performed"),
        ("SpaceX completed a static fire test of the Falcon 9 for Crew-14.", "test.performed"),
        (f"{LIMA} began filming aboard the ISS.", "filming.started"),
        ("[[NASA|a:nasa]] unveiled a new Moon mission.", "project.announced"),
        ("[[SpaceX|a:spacex]] won a $2.9 billion contract from [[NASA|a:nasa]].", "contract.awarded"),
        (f"{LIMA} became the first woman to command the station.", "milestone.reached"),
        (f"{ORLOV} handed over command of the ISS to {LIMA}.", "crew.rotated"),
        ("Roscosmos extended the Soyuz MS-31 mission by six months.", "mission.extended"),
        (f"The rocket with Crew-14 roared into the night from Kennedy Space Center {FRIDAY}.", "launch.lifted-off"),
        ("The launch of Crew-14 has been delayed again.", "launch.rescheduled"),
        (f"[[NASA|a:nasa]] wants to launch Crew-14 on {NOVEMBER}.", "launch.scheduled"),
        ("The flight of Soyuz MS-31 was aborted two minutes after launch.", "launch.aborted"),
        (f"Crew-14 performed its docking with the ISS {FRIDAY}.", "docking.completed"),
        ("HTV-X1 was captured by the robot arm of the ISS.", "docking.completed"),
        (f"The docking of Crew-14 was postponed to {NOVEMBER}.", "docking.rescheduled"),
        (f"The undocking of Crew-14 is planned for {NOVEMBER}.", "undocking.scheduled"),
        (f"The undocking of Crew-14 was postponed to {NOVEMBER}.", "undocking.rescheduled"),
        (f"The landing of Soyuz MS-31 was put off to {NOVEMBER}.", "landing.rescheduled"),
        (f"The splashdown of Crew-14 was put off to {NOVEMBER}.", "splashdown.rescheduled"),
        (f"A spacewalk of {LIMA} is planned for {NOVEMBER}.", "eva.scheduled"),
        ("[[NASA|a:nasa]] postponed a spacewalk outside the ISS.", "eva.rescheduled"),
        (f"{LIMA} and {ORLOV} worked for seven hours outside the ISS {FRIDAY}.", "eva.ended"),
        ("The Crew-14 capsule plunged back through the atmosphere.", "reentry.started"),
        (f"Crew-14 flew past the far side of the Moon {FRIDAY}.", "flyby.completed"),
        ("The Crew-14 capsule fired its engines to leave orbit.", "maneuver.performed"),
        (f"Progress MS-22 will raise the orbit of the ISS on {NOVEMBER}.", "maneuver.scheduled"),
        (f"Soyuz MS-31 will move to another port on {NOVEMBER}.", "spacecraft.scheduled"),
        (f"Engineers will test the engines of Soyuz MS-31 on {NOVEMBER}.", "test.scheduled"),
        (f"Crew-14 is home. Doctors examined all four {FRIDAY}.", "crew.examined"),
        (f"Crew-14 landed {FRIDAY}. Rescuers pulled {LIMA} out of the capsule.", "crew.egressed"),
        (f"{LIMA} took command of the ISS {FRIDAY}.", "crew.rotated"),
        ("A blocked valve delayed the launch of Crew-14.", "anomaly.occurred"),
        ("The computer of Soyuz MS-31 failed.", "anomaly.occurred"),
        ("Controllers regained contact with Soyuz MS-31.", "anomaly.resolved"),
        ("The leak in Soyuz MS-31 was sealed by the crew.", "anomaly.resolved"),
        ("[[NASA|a:nasa]] wants to build a base on the Moon.", "policy.stated"),
        ("Russia said it would leave the project.", "policy.stated"),
        ("[[NASA|a:nasa]] corrected its earlier statement about Crew-14.", "event.corrected"),
        ("[[NASA|a:nasa]] withdrew its report about Crew-14.", "event.retracted"),
        (f"{LIMA} released ten small satellites by hand outside the ISS.", "payload.deployed"),
        (f"“This is a good day for all of us,” {LIMA} said.", "statement.made"),
    ],
)
async def test_a_sentence_tells_of_its_event(tell: Tell, text: str, expected: str) -> None:
    assert expected in types(await tell(text))


@pytest.mark.parametrize(
    "text",
    [
        f"Soyuz MS-31 did not land in Kazakhstan {FRIDAY}.",
        f"Soyuz MS-31 never docked with the ISS, and no one landed {FRIDAY}.",
        "Soyuz MS-31 could have landed in Kazakhstan.",
        "Soyuz MS-31 might land in Kazakhstan.",
        "Had Soyuz MS-31 landed in Kazakhstan? Nobody knew whether it had landed.",
        f"{LIMA} hopes to land a role in a film.",
        f"{LIMA} landed a role in a film about Soyuz MS-31.",
        f"{LIMA} took off her gloves aboard the ISS.",
        "NASA launched an investigation into Crew-14.",
        "Ice fell during a test flight of Soyuz MS-31, and during a test of blood for Soyuz MS-31.",
        "No leak was found in Soyuz MS-31.",
        f"The launched and landed Soyuz MS-31 is in a museum {FRIDAY}.",
        "SpaceX launched a new website for Crew-14.",
        "Soyuz MS-31 remains docked to the ISS.",
        "The Soyuz MS-31 spacecraft is docked to the ISS.",
        "The film “Landed on Mars” was shown aboard the ISS.",
        f"{ORLOV} trained to dock the ship manually in a simulator.",
        f"The aircraft took off from Baikonur with {LIMA} {FRIDAY}.",
        f"{LIMA} left the airport for the hotel in Baikonur.",
        "The engines were tested on a test stand.",
        f"The helicopter with {LIMA} landed in Karaganda.",
        "The rocket is 50 metres tall. The station orbits Earth.",
        "The crew rehearsed how they would exit the capsule.",
        "The weather delayed the launch of a balloon.",
        "No fault of Soyuz MS-31 was found, and nothing failed.",
        "The computer of the ticket office failed.",
        "[[NASA|a:nasa]] hopes for the best.",
        f"{LIMA} went farther into the museum.",
        f"{HEAD} was greeted by {LIMA} in the hotel.",
        "A reporter leaked a document about Crew-14.",
        "He said that it “never landed at all here”.",
        "“He was a good man,” he said.",
        "Leisure trips were made by [[Rick Rich|p:rick-rich|executive]] and [[Tim Tall|p:tim-tall|executive]].",
        "Sending the first man into space made the country proud for decades.",
        "The Apollo 11 landing is remembered. A museum shows boots that walked on the Moon.",
        "Mission to nowhere: an actor will play an astronaut who must save the ISS.",
    ],
)
async def test_what_did_not_happen_is_no_event(tell: Tell, text: str) -> None:
    assert types(await tell(text)) == []
