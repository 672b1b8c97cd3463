"""The same events in other words: nouns, participles, the present tense, the English that translations leave."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Document, Draft, PersonMention
from missionwire_articles import Articles

Tell = Callable[..., Awaitable[list[Draft]]]

LIMA = "[[Ana Lima|p:ana-lima|astronaut]]"
ORLOV = "[[Pavel Orlov|p:pavel-orlov|cosmonaut]]"
NELSON = "[[Nils Nelson|p:nils-nelson|agency-head]]"
NASA = "[[NASA|a:nasa]]"
GONE = "[[October 15|t:2021-10-15T00:00:00Z|day]]"
CLOCK = "[[at 4:36 GMT|t:2021-10-17T04:36:00Z|minute]]"
AHEAD = "[[November 10|t:2021-11-10T00:00:00Z|day]]"
LANDED = f"Soyuz MS-31 landed on {GONE}."


def told(drafts: list[Draft]) -> list[tuple[str, str]]:
    return [(draft.type.removeprefix("missionwire."), draft.narration) for draft in drafts]


def types(drafts: list[Draft]) -> list[str]:
    return [type_ for type_, _ in told(drafts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"The Soyuz-2.1a with Soyuz MS-31 had risen from Baikonur on {GONE}.", "launch.lifted-off"),
        (f"Soyuz MS-31 had departed towards the International Space Station on {GONE}.", "launch.lifted-off"),
        (f"Crew-14 has been in orbit since the launch, on {GONE}, from Florida.", "launch.lifted-off"),
        (f"Was the launch of Crew-14 produced? On {GONE} was produced the launch of Crew-14.", "launch.lifted-off"),
        (f"{LIMA} flew in a Soyuz on {GONE}.", "launch.lifted-off"),
        (f"Crew-14 should go up on {AHEAD}.", "launch.scheduled"),
        (f"Crew-14 launches on {AHEAD} from Florida.", "launch.scheduled"),
        (f"For {AHEAD} the launch of Crew-14 is planned.", "launch.scheduled"),
        (f"{NASA} is preparing the launch of Crew-14 for {AHEAD}.", "launch.scheduled"),
        (f"A storm had made {NASA} postpone the launch of Crew-14.", "launch.rescheduled"),
        (f"High winds forced {NASA} to scrub Crew-14 on {GONE}.", "launch.scrubbed"),
        (f"A failure cut short the ascent of Soyuz MS-31 on {GONE}.", "launch.aborted"),
        (f"{LIMA} and {ORLOV} came out unharmed on {GONE} from the failure of their rocket.", "launch.aborted"),
        (f"The Proton-M failed to put its payload into orbit on {GONE}.", "launch.failed"),
        (f"Progress MS-26 was placed into orbit nine minutes after liftoff on {GONE}.", "launch.succeeded"),
        (f"Crew-14 was connected to the International Space Station on {GONE}.", "docking.completed"),
        (f"On {GONE} Crew-14 slid into its port on the Harmony module.", "docking.completed"),
        (f"The Soyuz MS-31 docking to the ISS was registered {CLOCK}.", "docking.completed"),
        (f"Crew-14 cast off from the ISS on {GONE}.", "undocking.completed"),
        (f"The separation of Soyuz MS-31 from the ISS took place on {GONE}.", "undocking.completed"),
        (f"Crew-14 is expected to leave the station of the ISS on {AHEAD}.", "undocking.scheduled"),
        (f"{LIMA} floated through the hatch into the International Space Station on {GONE}.", "crew.arrived"),
        (f"{LANDED} {LIMA} was the first to be extracted.", "crew.egressed"),
        (f"{LANDED} The rescuers extracted first {LIMA} from the capsule.", "crew.egressed"),
        (f"{LANDED} The doctors found no injury in {LIMA}.", "crew.examined"),
        (f"{LANDED} The helicopters were already in the air when the capsule touched the ground.", "recovery.deployed"),
        (f"{LANDED} Search teams were beside the capsule within minutes.", "recovery.completed"),
        (f"{LIMA} was selected in [[2019|t:2019-01-01T00:00:00Z|year]].", "crew.selected"),
        (f"On {GONE} {ORLOV} handed the key of the ISS to {LIMA}.", "crew.rotated"),
        (f"The spacewalk of {LIMA} and {ORLOV} began {CLOCK}.", "eva.started"),
        (f"{LIMA} and {ORLOV} worked in open space for four hours on {GONE}.", "eva.ended"),
        (f"In a spacewalk {LIMA} and {ORLOV} are to photograph the window in November.", "eva.scheduled"),
        (f"The next spacewalk, by {LIMA}, is on {AHEAD}.", "eva.scheduled"),
        (f"At noon the Soyuz MS-31 capsule stood on the sand of Dongfeng on {GONE}.", "landing.completed"),
        (f"Soyuz MS-31 thumped onto the steppe of Kazakhstan on {GONE}.", "landing.completed"),
        ("Soyuz MS-31 will land without people; the date is not fixed.", "landing.scheduled"),
        (f"The return of Soyuz MS-31, on {AHEAD}, has not been moved.", "landing.scheduled"),
        (f"On {GONE} the agency put off the return of {LIMA} on Soyuz MS-31.", "landing.rescheduled"),
        (f"One of the boosters struck the second stage of the Soyuz MS-31 rocket on {GONE}.", "anomaly.occurred"),
        (f"In a window of Soyuz MS-31 a fine crack was found on {GONE}.", "anomaly.occurred"),
        (f"{LIMA} has spent 400 days in space, longer than any other woman.", "milestone.reached"),
        (f"{NASA} and Roscosmos renewed an agreement that was signed in {GONE} by {NASA}.", "agreement.signed"),
        (f"{NELSON} received the crew and promised that it would fly again.", "statement.made"),
        (f"{NELSON} thanked the rescue teams for their work.", "statement.made"),
    ],
)
async def test_an_event_is_found_in_other_words(tell: Tell, text: str, expected: str) -> None:
    assert expected in types(await tell(text))


@pytest.mark.parametrize(
    "text",
    [
        f"{LIMA}, who in 2011 became the first Brazilian in space, waved.",
        "The country becomes the fourth to land softly on the Moon.",
        f"{LIMA} had been the second woman in space.",
        f"Soyuz MS-31 landed on {GONE}, which makes Brazil the fourth country with a soft landing.",
        f"The landing on {GONE} ended Soyuz MS-31, the first flight led by a woman.",
        f"{LIMA} and {ORLOV}, as the first people, circled the Moon.",
        "An instrument from Sweden has become the first European one to work on the Moon.",
        f"{LIMA} made history as the first Brazilian to walk in space.",
        f"{LIMA} extended the record to 695 days in space.",
        "Seventeen people are in orbit at once, a new record.",
        "The crew went farther from the Earth than anybody since Apollo 17.",
        "Never before had a private crew walked in space.",
        f"For the first time {NASA} has flown a used engine to orbit.",
    ],
)
async def test_a_first_or_a_record_is_a_milestone(tell: Tell, text: str) -> None:
    assert types(await tell(text)).count("milestone.reached") == 1


async def test_who_was_told_of_before_it_has_no_part_in_what_never_happened_before(tell: Tell) -> None:
    drafts = await tell(
        "From [[the year 1970|t:1970|year]] to the letters of [[Ana Lima|p:ana-lima|astronaut]], never before had a"
        " poem been read in space."
    )
    assert [draft for draft in drafts if draft.type == "missionwire.milestone.reached"] == []


@pytest.mark.parametrize(
    "text",
    [
        f"{LIMA} was the first to climb out of the capsule.",
        f"{LIMA} flew for the first time on Soyuz MS-31.",
        "It was the first spacewalk of his career.",
        f"{LIMA} could become the first Brazilian on the Moon.",
        "The first stage landed on a barge.",
        f"{LIMA} is the only woman among the cosmonauts of the station.",
        "The company set a record for sales in the space business.",
    ],
)
async def test_what_is_only_the_first_in_a_row_is_no_milestone(tell: Tell, text: str) -> None:
    assert "milestone.reached" not in types(await tell(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LANDED} Doctors waited before they walked down the stairs, {LIMA} last.", "crew.egressed"),
        (f"{LANDED} {LIMA} is the first to climb out, {ORLOV} the last.", "crew.egressed"),
        (f"{LANDED} The doctors looked at the cosmonauts after their removal from the capsule.", "crew.egressed"),
        (f"{LIMA} danced through the hatch into the station.", "crew.arrived"),
        (f"{ORLOV}, commander of the station, embraced the newcomers at the hatch.", "crew.arrived"),
        (f"The crew of Soyuz MS-31 said goodbye to the three colleagues who stay in orbit on {GONE}.", "crew.departed"),
        (f"{LIMA} and {ORLOV} are strapping themselves into Soyuz MS-31.", "crew.boarded"),
        (f"{LIMA} was removed from Crew-9.", "crew.replaced"),
        (f"{LIMA} takes the place of {ORLOV} on Soyuz MS-31.", "crew.replaced"),
        (f"{NASA} picked {LIMA} among 3,000 candidates.", "crew.selected"),
        (f"For more than an hour {LIMA} welded plates of titanium.", "experiment.performed"),
        ("The seismometer of the Crew-14 lander recorded a quake in the ground.", "experiment.performed"),
        ("More than 200 experiments were carried out on the ISS.", "experiment.performed"),
        (f"The images, distributed by {NASA}, show the capsule.", "media.published"),
        (f"The film project was announced by {NASA} in {GONE}.", "project.announced"),
        (f"{LIMA}, who had announced it in {GONE}, cancelled the project.", "project.announced"),
        (f"{LIMA}, who had announced it in {GONE}, cancelled the project.", "project.cancelled"),
        (f"{LIMA} filmed the cable from the cabin.", "filming.performed"),
        (f"The contract with {NASA} was signed by the ministry.", "agreement.signed"),
        (f"{NASA} chose three firms to build a lander.", "contract.awarded"),
        (f"{NASA} announced the crew of Soyuz MS-31: {LIMA} and {ORLOV}.", "crew.assigned"),
        (f"{NASA} decided in May to build a cargo capsule.", "policy.stated"),
        (f"The mission of Soyuz MS-31 was declared over on {GONE}.", "mission.completed"),
    ],
)
async def test_what_crews_and_agencies_do_is_found_in_other_words(tell: Tell, text: str, expected: str) -> None:
    assert expected in types(await tell(text))


@pytest.mark.parametrize(
    "text",
    [
        f"{LIMA} and {ORLOV} are strapping themselves into a simulator.",
        f"{LIMA} came down the stairs of the hotel.",
        f"{LIMA} collected samples of rock at the university.",
        f"{LIMA} took her place in the hall.",
        f"The flat was abandoned in {GONE}.",
        f"{NASA} had assigned {LIMA} to a flight with a spacewalk.",
    ],
)
async def test_what_is_done_elsewhere_is_none_of_it(tell: Tell, text: str) -> None:
    assert set(types(await tell(text))) <= {"crew.assigned"}


async def test_what_is_denied_is_a_statement_alone(tell: Tell) -> None:
    assert types(await tell(f"{NASA} denied that Soyuz MS-31 had been hit by debris.")) == ["statement.made"]


@pytest.mark.parametrize(
    "text",
    [
        f"{ORLOV} was ready to dock Soyuz MS-31 by hand had the automatic system failed.",
        f"Had the parachutes of Crew-14 not opened, {LIMA} would have been in danger.",
        f"If Crew-14 had not splashed down on {GONE}, the food would have run out.",
        f"{LIMA} prepared for the launch of Soyuz MS-31 for months.",
        f"The crew of Crew-14 trains for the landing on {AHEAD} in a simulator.",
        "Soyuz capsules land in Kazakhstan. A Soyuz usually docks at the station within three hours.",
        "The docking port of the Harmony module is 1.3 metres wide.",
        "The book tells of the launch of Apollo 11.",
        f"{LIMA} dreams of a landing on Mars.",
    ],
)
async def test_what_only_sounds_alike_is_no_event(tell: Tell, text: str) -> None:
    assert types(await tell(text)) == []


async def test_the_present_tense_tells_of_a_plan_where_its_time_lies_ahead(tell: Tell) -> None:
    assert told(await tell(f"Soyuz MS-31 lands on {AHEAD} in Kazakhstan.")) == [("landing.scheduled", "planned")]
    assert told(await tell(f"Soyuz MS-31 lands on {GONE} in Kazakhstan.")) == [("landing.completed", "main")]


async def test_a_noun_with_a_time_is_of_the_verb_that_governs_it(tell: Tell) -> None:
    assert types(await tell(f"{NASA} cleared Crew-14 for the launch on {AHEAD}.")) == ["launch.cleared"]


async def test_a_clause_with_its_own_time_is_no_part_of_the_one_before(tell: Tell) -> None:
    text = (
        f"The undocking of Soyuz MS-31 took place on {GONE}, and {CLOCK} the capsule stood in the steppe of Kazakhstan."
    )
    found = {draft.type.removeprefix("missionwire."): draft for draft in await tell(text)}
    assert found["landing.completed"].time == "2021-10-17T04:36:00Z"
    assert found["landing.completed"].subject == "soyuz-ms-31"


async def test_who_is_named_by_their_country_is_the_only_one_of_it(articles: Articles) -> None:
    text = "Ana Lima and Pavel Orlov smiled. The Italian set a record for time in space."
    people = tuple(
        PersonMention(start=text.index(name), end=text.index(name) + len(name), name=name, id=id_, nationality=country)
        for name, id_, country in (("Ana Lima", "ana-lima", "Italy"), ("Pavel Orlov", "pavel-orlov", "Russia"))
    )
    (record,) = await articles.extract(Document(id="a", text=text, published="2021-10-18", mentions=people))
    assert [person.id for person in record.crew] == ["ana-lima"]


async def test_what_names_nothing_belongs_to_the_scene_that_the_article_tells(tell: Tell) -> None:
    text = f"Crew-14 lifted off from Florida on {GONE}. Nine minutes later the first stage came down on a barge."
    found = {draft.type.removeprefix("missionwire."): draft for draft in await tell(text)}
    assert found["stage.landed"].time == "2021-10-15T00:00:00Z"


async def test_a_policy_that_a_person_reports_is_told_once(tell: Tell) -> None:
    text = f"Russia suspends all crewed flights until the cause is known, announced {NELSON}."
    assert types(await tell(text)) == ["statement.made"]


DOCKED = f"Soyuz MS-31 docked at the International Space Station on {GONE}."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LIMA} and {ORLOV} have been in orbit since {GONE}.", "launch.lifted-off"),
        (f"Soyuz MS-31 tore itself away from Baikonur on {GONE}.", "launch.lifted-off"),
        (f"Soyuz MS-31 pierced the clouds over Baikonur on {GONE}.", "launch.lifted-off"),
        (f"Progress MS-27 is to depart on {AHEAD}.", "launch.scheduled"),
        (f"{LIMA} could fly on Crew-14 as soon as {AHEAD}.", "launch.scheduled"),
        (f"Instead of {GONE}, Crew-14 is now to start on {AHEAD}.", "launch.rescheduled"),
        (f"On {GONE} {NASA} kept Crew-14 grounded because of a storm.", "launch.scrubbed"),
        (f"Progress MS-27 burned up on {GONE} because of a failure in the third stage.", "launch.failed"),
        (f"{LIMA} and {ORLOV} will stay there, on the ISS, until {AHEAD}.", "landing.scheduled"),
        (f"{LIMA} is to come home on {AHEAD} in Soyuz MS-31.", "landing.scheduled"),
        (f"Soyuz MS-31 brought {LIMA} and {ORLOV} back to Kazakhstan on {GONE}.", "landing.completed"),
        (f"The return capsule of Soyuz MS-31 came back from orbit to the steppe on {GONE}.", "landing.completed"),
        (f"Hayabusa2 will pass the Earth by, swing past it on {AHEAD} and enter orbit around Mars.", "orbit.inserted"),
        (f"The probe Hayabusa2 arrived at the asteroid Ryugu on {GONE}.", "orbit.inserted"),
        (f"Soyuz MS-31 slipped its moorings at the ISS on {GONE}.", "undocking.completed"),
        (f"Almost two hours later the hatch between Soyuz MS-31 and the station opened. {DOCKED}", "hatch.opened"),
        (f"{DOCKED} The residents embraced the newcomers, {LIMA} and {ORLOV}, in the hatch.", "crew.arrived"),
        (f"{LIMA} had visited the ISS on {GONE}.", "crew.arrived"),
        (f"The spacewalk of {LIMA} was interrupted after an hour on {GONE}.", "eva.ended"),
        (f"{LIMA} and {ORLOV} switched to battery power {CLOCK} for their spacewalk.", "eva.started"),
        (f"The walk that {LIMA} was to start, their second spacewalk, was put off on {GONE}.", "eva.rescheduled"),
        (f"On {GONE} two of the gyroscopes of Soyuz MS-31 refused to spin up.", "anomaly.occurred"),
        (f"Helium leaks of Crew-14 turned up on {GONE} on the way to the station.", "anomaly.occurred"),
        (f"On {GONE} the helmet of {LIMA} filled with water during the spacewalk.", "anomaly.occurred"),
        (f"{NASA} attributed the stop of Crew-14 on {GONE} to a drop in voltage of a battery.", "anomaly.occurred"),
        (f"{DOCKED} The picture of the camera of the ship vanished for a minute.", "anomaly.occurred"),
        (f"On {GONE} a hole could be seen in the parachute of Soyuz MS-31.", "anomaly.occurred"),
        (f"The fault of Crew-14 was put right on {GONE} within the hour.", "anomaly.resolved"),
        (f"{LIMA} will carry out the Crew-14 mission, {NASA} announced.", "crew.assigned"),
        (f"The seats on Crew-14 go to {LIMA} and {ORLOV}.", "crew.assigned"),
        (f"{LIMA}, a cosmonaut since {GONE}, waits for her flight.", "crew.selected"),
        (f"{LIMA} was withdrawn from the mission Crew-14 on {GONE}.", "crew.replaced"),
        (f"{ORLOV}, commander of the ISS since {GONE}, sent a greeting.", "crew.rotated"),
        (f"{LANDED} The search crews arrived with five helicopters within ten minutes.", "recovery.completed"),
        (f"{LANDED} {LIMA} will be examined in the hospital until Friday.", "crew.examined"),
        (f"On {GONE} the deorbit burn of Soyuz MS-31 began over the Pacific.", "maneuver.performed"),
        (f"A joint rehearsal of Soyuz MS-31 was completed on {GONE}.", "test.performed"),
        (f"{LIMA} will test a device on the ISS that forms lenses.", "experiment.performed"),
        (f"{LIMA} is the astronaut with the most days in space.", "milestone.reached"),
        (f"{NASA} does not want to fly the Starliner again before the leaks are understood.", "policy.stated"),
        (f"{NELSON} spoke of “a new era” of flight.", "statement.made"),
        (f"{NELSON} offered congratulations on the flight.", "statement.made"),
        (f"So it was announced by the head of the agency, {NELSON}.", "statement.made"),
    ],
)
async def test_an_event_is_found_in_yet_other_words(tell: Tell, text: str, expected: str) -> None:
    assert expected in types(await tell(text))


@pytest.mark.parametrize(
    "text",
    [
        f"The talks on the module of the ISS broke down on {GONE} in Paris.",
        f"If a thruster of Soyuz MS-31 fails, {LIMA} can land by hand.",
        f"{LIMA} stays in the hotel until {AHEAD}, when the press conference begins.",
        f"The film tells how a leak forces the crew of Soyuz MS-31 to flee; the premiere is on {AHEAD}.",
        f"The police arrived within minutes on {GONE} and closed the street.",
        f"The museum in Moscow tested its new lamps on {GONE}.",
        f"The rehearsal of the choir was held on {GONE}.",
        f"{LIMA} launched a website on {GONE}.",
        f"The bus with the families left the hotel on {GONE}.",
        f"{NASA} said it will answer questions on {AHEAD}.",
        f"Before either astronaut had left the airlock, on {GONE}, the work was called off.",
    ],
)
async def test_what_breaks_and_stays_elsewhere_is_no_event(tell: Tell, text: str) -> None:
    assert types(await tell(text)) == []


JULY = "[[in July|t:2021-07-01T00:00:00Z|month]]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LIMA} and {ORLOV} switched on the batteries of their suits {CLOCK}.", "eva.started"),
        (f"{LIMA} and {ORLOV} activated their suits’ batteries {CLOCK}.", "eva.started"),
        (f"{LIMA} put the command of the ISS in the hands of {ORLOV} on {GONE}.", "crew.rotated"),
        (f"The next Soyuz, with an American on board, is expected on {AHEAD}.", "launch.scheduled"),
        (f"{LANDED} Fast boats reached the craft within minutes.", "recovery.completed"),
        (f"Crew-14 splashed down on {GONE}. The capsule was raised to the ship in half an hour.", "recovery.completed"),
        (f"Soyuz MS-31 took off on {GONE}. The second stage was just separating.", "stage.separated"),
        (f"Soyuz MS-31 sprayed its coolant into space on {GONE}.", "anomaly.occurred"),
        (f"On {GONE} Soyuz MS-31 may have been hit by a piece of orbital debris.", "anomaly.occurred"),
        (f"On {GONE} Soyuz MS-31 is thought to have been struck by a micrometeoroid.", "anomaly.occurred"),
        ("Rough seas kept the crew of Crew-14 aboard the ISS for four more days.", "mission.extended"),
        (f"{NASA} decided on {GONE} that {LIMA} would remain aboard until May.", "mission.extended"),
        (f"{NASA} called off the return of Crew-14 on {GONE}.", "splashdown.rescheduled"),
        (
            f"Crew-14 took off on {GONE}. The departure had been postponed twice because of the wind.",
            "launch.rescheduled",
        ),
    ],
)
async def test_newsrooms_have_their_own_words(tell: Tell, text: str, expected: str) -> None:
    assert expected in types(await tell(text))


@pytest.mark.parametrize(
    "text",
    [
        f"{LIMA} switched on the batteries of the car on {GONE}.",
        f"{LIMA} put her fate in the hands of {ORLOV} on {GONE}.",
        f"The station was moved on {GONE}: its orbit was raised to the ship’s height.",
        f"The dinner of {LIMA} was called off on {GONE}.",
    ],
)
async def test_what_is_only_near_such_words_is_no_event(tell: Tell, text: str) -> None:
    found = {"eva.started", "crew.rotated", "recovery.completed", "landing.rescheduled", "splashdown.rescheduled"}
    assert found.isdisjoint(types(await tell(text)))


@pytest.mark.parametrize("step", ["return", "splashdown", "docking"])
async def test_what_is_called_off_of_a_flight_is_not_the_flight(tell: Tell, step: str) -> None:
    assert "mission.cancelled" not in types(await tell(f"{NASA} called off the {step} of Crew-14 on {GONE}."))


async def test_the_ship_that_carried_them_up_was_launched_then(tell: Tell) -> None:
    text = f"{LIMA} and {ORLOV} are to land aboard Soyuz MS-31, the ship that carried them up {JULY}."
    (launch,) = [draft for draft in await tell(text) if draft.type.endswith("lifted-off")]
    assert (launch.subject, launch.time) == ("soyuz-ms-31", "2021-07-01T00:00:00Z")
    assert {person.id for person in launch.crew} == {"ana-lima", "pavel-orlov"}


async def test_the_following_month_is_that_after_the_time_told_before(tell: Tell) -> None:
    text = f"Soyuz MS-31 leaked {JULY}, and Soyuz MS-32 was launched the following February."
    (launch,) = [draft for draft in await tell(text) if draft.type.endswith("lifted-off")]
    assert (launch.time, launch.time_precision) == ("2022-02-01T00:00:00Z", "month")


async def test_who_is_to_stay_longer_is_the_one_told_of_before(tell: Tell) -> None:
    text = f"{LIMA} is still aboard the ISS.\n\n{ORLOV} went home. {NASA} decided {JULY} that he would stay until May."
    (longer,) = [draft for draft in await tell(text) if draft.type.endswith("extended")]
    assert ([person.id for person in longer.crew], longer.time) == (["pavel-orlov"], "2021-07-01T00:00:00Z")
