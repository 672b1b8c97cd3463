"""How news agencies and newspapers put what they tell most, in their own and in translated words."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Draft

Tell = Callable[..., Awaitable[list[Draft]]]

LIMA = "[[Ana Lima|p:ana-lima|astronaut]]"
ORLOV = "[[Pavel Orlov|p:pavel-orlov|cosmonaut]]"
NASA = "[[NASA|a:nasa]]"
GONE = "[[October 15|t:2021-10-15T00:00:00Z|day]]"
MAY = "[[in May|t:2021-05-01T00:00:00Z|month]]"
AHEAD = "[[November 10|t:2021-11-10T00:00:00Z|day]]"


def types(drafts: list[Draft]) -> list[str]:
    return [draft.type.removeprefix("missionwire.") for draft in drafts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Only on {GONE} did the Falcon 9 lift off with Crew-14 from Baikonur.", "launch.lifted-off"),
        (f"The mission left on {GONE} from Baikonur with Crew-14, whose first stage returned.", "launch.lifted-off"),
        (f"Soyuz MS-31 parted from the launch table on {GONE}.", "launch.lifted-off"),
        (f"Crew-14 set sail for the ISS on {GONE}.", "launch.lifted-off"),
        (f"{LIMA} flew two years later, on {GONE}, in a shuttle of {NASA}.", "launch.lifted-off"),
        (f"The launch of Crew-14 was first postponed on {GONE} because of a leak.", "launch.rescheduled"),
        (
            f"The start had been foreseen for {GONE}, but was postponed twice, said the team of Crew-14.",
            "launch.rescheduled",
        ),
        (f"The contact of Soyuz MS-31 with the Prichal module took place on {GONE}.", "docking.completed"),
        (f"The union of the Crew-14 capsule and the ISS took place on {GONE}.", "docking.completed"),
        (f"Crew-14 is expected at the ISS on {AHEAD}.", "docking.scheduled"),
        (f"The freighter Progress MS-31 will visit them on {AHEAD}, aboard the ISS.", "docking.scheduled"),
        (f"Crew-14 parted ways with the ISS on {GONE}.", "undocking.completed"),
        (f"If Crew-14 flies in time, the four could undock as early as {AHEAD}.", "undocking.scheduled"),
        (f"Soyuz MS-31 descended with both in the steppe of Kazakhstan on {GONE}.", "landing.completed"),
        (f"A parachute carried Soyuz MS-31 to the steppe on {GONE}.", "landing.completed"),
        (f"{LIMA} will be back on Earth on {AHEAD}.", "landing.scheduled"),
        (f"On {GONE} the parachutes of Crew-14 laid the capsule gently on the sea.", "splashdown.completed"),
        (f"{LIMA} left the Poisk module for open space on {GONE}.", "eva.started"),
        (f"{LIMA} was the first to leave the node cabin on {GONE}.", "eva.started"),
        (f"{LIMA} left her ship for twelve minutes {MAY}.", "eva.ended"),
        (f"After seven hours, {LIMA} returned through the airlock on {GONE}.", "eva.ended"),
        (f"It is planned that {LIMA} and {ORLOV} carry out three space exits.", "eva.scheduled"),
        (f"On {AHEAD} {LIMA} and {ORLOV} are due to spend six hours outside the ISS.", "eva.scheduled"),
        (f"{NASA} has set {AHEAD} for the spacewalk of {LIMA}.", "eva.scheduled"),
        (f"The crew of Crew-14 has passed aboard the ISS on {GONE}.", "crew.arrived"),
        (f"{LIMA} and {ORLOV} were met on {GONE} by the commander of the ISS.", "crew.arrived"),
        (f"{LIMA} joined the seven residents of the ISS on {GONE}.", "crew.arrived"),
        (f"The removal of the crew of Soyuz MS-31 took half an hour on {GONE}.", "crew.egressed"),
        (f"{LIMA} of Crew-14 was wheeled off for a routine medical check on {GONE}.", "crew.examined"),
        (f"{LIMA} of Crew-14 waved on {GONE} before being examined by the doctors.", "crew.examined"),
        (f"The boss {ORLOV} spoke on {GONE} of a giant leap.", "statement.made"),
        (f"{ORLOV}, who assured on {GONE} that the doors remain open, signed the letter.", "statement.made"),
        ("“It was a test of a diving suit,” finds the engineer Ulla Brand.", "statement.made"),
        (f"Damage to the hull of Soyuz MS-31 was discovered on {GONE}.", "anomaly.occurred"),
        (f"Crew-14 ran into trouble on {GONE}.", "anomaly.occurred"),
        (f"One of the parachutes of Crew-14 took longer than the others to inflate on {GONE}.", "anomaly.occurred"),
        (f"Soyuz MS-31 switched to a ballistic descent on {GONE}.", "anomaly.occurred"),
        (f"On {GONE} engineers sent commands for hours before the spacecraft answered.", "anomaly.resolved"),
        (f"On {GONE} Crew-14 is sending data again.", "anomaly.resolved"),
        (f"Flybys of Venus by Crew-14 will follow on {AHEAD}.", "flyby.scheduled"),
        (f"Crew-14 passed 1,500 kilometers from Venus on {GONE}.", "flyby.completed"),
        (f"The biomedical researcher carried out twenty experiments aboard the ISS on {GONE}.", "experiment.performed"),
        (f"So far from home no human had been since {GONE}, in space.", "milestone.reached"),
        (f"With a thousand days in space, {ORLOV} has overtaken {LIMA}.", "milestone.reached"),
        (f"The first Martian in space had been {LIMA}.", "milestone.reached"),
        (f"The next checkout of Crew-14 begins on {AHEAD}.", "test.scheduled"),
        (f"A test of the heat shield of Crew-14 ended well on {GONE}.", "test.performed"),
    ],
)
async def test_it_is_told_in_everyday_words(tell: Tell, text: str, expected: str) -> None:
    assert expected in types(await tell(text))


@pytest.mark.parametrize(
    ("text", "unexpected"),
    [
        (f"The launch of Crew-14 was first postponed on {GONE}.", "milestone.reached"),
        (f"A new app about Crew-14 took off on {GONE}.", "launch.lifted-off"),
        (f"The idea of sending Crew-14 was launched on {GONE}.", "launch.lifted-off"),
        (f"The airliner with the crew of Soyuz MS-31 took off on {GONE}.", "launch.lifted-off"),
        (f"{LIMA} will fly to Moscow on {AHEAD}.", "launch.scheduled"),
        (f"Did the Falcon 9 not lift off with Crew-14 on {GONE}, as some say.", "launch.lifted-off"),
        (f"The Dragon of Crew-14, suspended from parachutes, came down on {GONE}.", "launch.scrubbed"),
        (f"The talks on Soyuz MS-31 landed in Moscow on {GONE}.", "landing.completed"),
        (f"{LIMA} went out with her husband on {GONE}.", "eva.started"),
        (f"The spacewalk film of {LIMA} lasted two hours on {GONE}.", "eva.ended"),
        (f"{LIMA} left her ship for twelve minutes {MAY}.", "crew.egressed"),
        (f"The crew of Soyuz MS-31 passed a medical check before the launch on {GONE}.", "crew.examined"),
        (f"{NASA}, asked on {GONE}, answered that Crew-14 is well.", "anomaly.resolved"),
        (f"The checks of Crew-14 have not begun on {GONE}.", "test.performed"),
    ],
)
async def test_words_that_look_alike_tell_something_else(tell: Tell, text: str, unexpected: str) -> None:
    assert unexpected not in types(await tell(text))


async def test_a_first_is_told_and_not_what_its_remark_only_names(tell: Tell) -> None:
    text = f"The first woman to walk in space was {LIMA}, who left the International Space Station on {GONE}."
    assert types(await tell(text)) == ["milestone.reached"]


async def test_a_cause_has_the_time_of_what_it_caused(tell: Tell) -> None:
    drafts = await tell(f"The launch of Crew-14 was postponed on {GONE} because of a helium leak.")
    assert {draft.time for draft in drafts} == {"2021-10-15T00:00:00Z"}


async def test_who_wants_a_record_has_none_yet(tell: Tell) -> None:
    (record,) = await tell(f"{ORLOV} is to break the record for days in space on {AHEAD}.")
    assert record.narration == "planned"


LANDED = f"Soyuz MS-31 landed on {GONE}."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"The drogue parachute of Crew-14 took nearly half a minute longer than the other to open on {GONE}.",
            "anomaly.occurred",
        ),
        (f"On {GONE} telemetry from Soyuz MS-31 vanished for six minutes.", "anomaly.occurred"),
        (f"Aboard Crew-14 a bolt of the cover would not come free on {GONE}.", "anomaly.occurred"),
        (f"On {GONE} the sensors of Crew-14 reported conflicting distances.", "anomaly.occurred"),
        (f"{LIMA} came down with a mild flu aboard Crew-14 on {GONE}.", "anomaly.occurred"),
        (f"{LANDED} The toilets of the ship having broken down, the three had to wait.", "anomaly.occurred"),
        (f"Engineers of Crew-14 studied a crack noticed on {GONE} in the window.", "anomaly.occurred"),
        (f"On {GONE} controllers of Crew-14 received no confirmation from the capsule.", "anomaly.occurred"),
        (f"The navigation system of Crew-14 righted itself on {GONE}.", "anomaly.resolved"),
        (f"Soyuz MS-31 was sent up empty on {GONE}.", "launch.lifted-off"),
        (f"{LIMA} arrived with {NASA}’s Crew-14 {MAY}.", "crew.arrived"),
        (f"After the hatch had opened {ORLOV} embraced {LIMA} on {GONE}.", "crew.arrived"),
        (f"On the ISS {LIMA} has been living since {GONE}.", "crew.arrived"),
        (f"{LANDED} They lifted {LIMA} out by the arms.", "crew.egressed"),
        (f"{LANDED} {LIMA} came last.", "crew.egressed"),
        (f"{ORLOV} had to steer Soyuz MS-31 in by hand on {GONE}.", "docking.completed"),
        (f"On {GONE} came the docking of Crew-14 with the ISS.", "docking.completed"),
        ("The storm over the pad of Crew-14 forced another delay.", "launch.rescheduled"),
        (f"{LIMA} spent nine days aboard the ISS {MAY} to film scenes.", "filming.performed"),
        (f"{NASA} sent {LIMA} around the Moon on {GONE}.", "flyby.completed"),
        ("The capsule of Crew-14, called Hope, was released shortly after that.", "payload.deployed"),
        (f"{LIMA} will bring Crew-14 to a splashdown off Florida on {AHEAD}.", "splashdown.scheduled"),
        (f"{LIMA} was chosen as an astronaut candidate in [[2019|t:2019-01-01T00:00:00Z|year]].", "crew.selected"),
        (f"{LIMA} hopes to make a spacewalk with {ORLOV}.", "eva.scheduled"),
        (f"{LIMA} became on {GONE} the first woman of her country to fly to space.", "milestone.reached"),
        (f"{ORLOV} greeted {LIMA}, who grinned and said she could hardly wait for tea.", "statement.made"),
    ],
)
async def test_classes_of_wording_tell_of_it(tell: Tell, text: str, expected: str) -> None:
    assert expected in types(await tell(text))


@pytest.mark.parametrize(
    "text",
    [
        f"Fog kept the helicopters on the ground on {GONE}, and Crew-14 waited.",
        f"A helicopter was waiting for {LIMA} on {GONE}.",
        f"{LIMA} flew to Kennedy on {GONE} in a jet.",
        f"The crew of Crew-14 flew to Florida on {GONE}.",
        f"{NASA} sent {LIMA} around the country on {GONE}.",
        f"{LIMA} brought home samples of cheese on {GONE}.",
        f"{ORLOV} embraced {LIMA} at the airport on {GONE}.",
        "Neither the side boosters nor the core of the rocket of Crew-14 were recovered.",
        f"The weather forced a change of plan for the picnic of {LIMA}.",
        f"{LIMA} spent nine days in Rome to film scenes.",
        f"{LIMA} was captain of the team since {GONE}.",
        f"{LIMA} came last in the race on {GONE}.",
        f"{LIMA} hopes to see her mother on {AHEAD}.",
        f"{LIMA}, who waited and said nothing, left.",
        f"{ORLOV} embraced {LIMA} and said goodbye aboard the ISS on {GONE}.",
        f"{ORLOV} gave {LIMA} a coin, and {LIMA} gave him a second one, on {GONE}.",
        f"The countdown of the Falcon 9 was almost stopped on {GONE}.",
        f"The storm warning for Crew-14 was lifted on {GONE}.",
        f"{LIMA} was carried by the robotic arm on {GONE}.",
        f"{NASA} plans to call {LIMA} on {AHEAD}.",
        "She had answered an advertisement: “Astronaut wanted, no experience necessary.”",
    ],
)
async def test_what_only_looks_like_them_tells_nothing(tell: Tell, text: str) -> None:
    assert types(await tell(text)) == []


async def test_a_cargo_ship_brings_no_crew(tell: Tell) -> None:
    text = f"The cargo ship Progress MS-31 reached the ISS on {GONE} with two tons of food."
    assert types(await tell(text)) == ["docking.completed"]


async def test_two_craft_that_fly_over_an_ocean_pass_nothing(tell: Tell) -> None:
    text = f"Crew-14 docked with the ISS on {GONE} as the two flew 420 km above the Pacific coast of [[Mexico|r:MX]]."
    assert types(await tell(text)) == ["docking.completed"]


async def test_a_ship_with_people_that_arrives_at_a_station_has_docked(tell: Tell) -> None:
    assert "crew.arrived" not in types(await tell(f"A ship with three astronauts arrived on {GONE} at the ISS."))


async def test_another_one_follows_what_the_sentence_has_named(tell: Tell) -> None:
    later = "[[November 12|t:2021-11-12T00:00:00Z|day]]"
    drafts = await tell(f"The spacewalk of {LIMA} is scheduled for {AHEAD}, another will follow on {later}.")
    assert types(drafts) == ["eva.scheduled", "eva.scheduled"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"On {GONE} two sensors of the Crew-14 capsule displayed strange values.", "anomaly.occurred"),
        (f"On {GONE} the clock of Crew-14 ran too fast.", "anomaly.occurred"),
        (f"The docking of Soyuz MS-31 was delayed on {GONE} by a stuck hook.", "anomaly.occurred"),
        (f"The countdown of Crew-14 was halted on {GONE} because of a humming valve.", "anomaly.occurred"),
        (f"The crew of the ISS got on {GONE} a warning that a fragment could pass close by.", "anomaly.occurred"),
        (
            f"A panel of Soyuz MS-31 did not open on {GONE}, and it unfolded only at the second attempt.",
            "anomaly.resolved",
        ),
        (f"The link to Soyuz MS-31 was lost on {GONE}, but it came back within seconds.", "anomaly.resolved"),
        (f"Technicians exchanged the faulty sensor of Crew-14 on {GONE}.", "anomaly.resolved"),
        (f"{NASA} decided on {GONE} to go on. It agreed to prolong the stay of {LIMA} {MAY}.", "mission.extended"),
        (f"{LIMA} would stay aboard the ISS two months longer, {NASA} said on {GONE}.", "mission.extended"),
        (f"{LIMA} and {ORLOV} are to stay a week on the ISS and then land in Kazakhstan.", "landing.scheduled"),
        ("The crew of Soyuz MS-31 will spend a year aboard the ISS before returning to Earth.", "landing.scheduled"),
        (f"{LANDED} All three were carried to a tent for medical checks.", "crew.examined"),
        (f"{LIMA} beat on {GONE} the American record with her seventh spacewalk.", "milestone.reached"),
        (f"Crew-14 came back on {GONE} in the first night landing of a crew since 1968.", "milestone.reached"),
        (f"The first Kazakh woman in space took off on {GONE} aboard Soyuz MS-31.", "milestone.reached"),
        (f"On {GONE} {LIMA} and {ORLOV} became the first Danes to make a spacewalk together.", "eva.ended"),
        (f"{LIMA} hugged {ORLOV} on {GONE} and told the others that she would miss them.", "statement.made"),
        (f"{LIMA} left the command of the ISS on {GONE} to {ORLOV}.", "crew.rotated"),
        (f"{LIMA} will travel to the ISS on {AHEAD} in a Soyuz.", "launch.scheduled"),
        (f"The second test of Starliner, on {GONE}, succeeded.", "test.performed"),
        (f"Progress MS-31 left the same port on {GONE}.", "undocking.completed"),
        (f"The crew of Crew-14 posed for a picture that {NASA} released on {GONE}.", "media.published"),
    ],
)
async def test_translators_words_tell_of_it(tell: Tell, text: str, expected: str) -> None:
    assert expected in types(await tell(text))


@pytest.mark.parametrize(
    "text",
    [
        f"The sensor of Soyuz MS-31 gave good values on {GONE}.",
        f"The clock in the museum ran wrong on {GONE}.",
        f"The repair of the road lasted until {GONE}.",
        f"{LIMA} came back after the interview on {GONE}.",
        f"The hatch of the museum will be opened on {AHEAD}.",
        f"{NASA} decided to review the data of Crew-14 on {GONE}.",
        f"{LIMA} will travel on {AHEAD} in a car to the coast.",
        f"A study got on {GONE} a prize for its notice of growing debris.",
        f"In the first week aboard the ISS, {LIMA} slept badly.",
    ],
)
async def test_what_only_sounds_like_them_tells_nothing(tell: Tell, text: str) -> None:
    assert types(await tell(text)) == []


async def test_two_months_are_two_spacewalks(tell: Tell) -> None:
    march = "[[March|t:2021-03-01T00:00:00Z|month]]"
    drafts = await tell(
        f"{LIMA} made two spacewalks with {ORLOV}, in [[January|t:2021-01-01T00:00:00Z|month]] and in {march}."
    )
    assert [draft.time for draft in drafts] == ["2021-01-01T00:00:00Z", "2021-03-01T00:00:00Z"]


async def test_a_hatch_that_will_be_opened_is_planned(tell: Tell) -> None:
    (opened,) = await tell(f"The hatch of Soyuz MS-31 will be opened on {AHEAD}.")
    assert opened.narration == "planned"


async def test_an_own_first_is_no_milestone(tell: Tell) -> None:
    assert types(await tell(f"{LIMA} made her first spacewalk on {GONE}.")) == ["eva.ended"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LIMA} of Crew-14 swam through the hatch of the ISS, which was opened on {GONE}.", "hatch.opened"),
        (f"On {GONE} the opening of the hatch of Crew-14 was delayed by half an hour.", "hatch.opened"),
        (f"The start from the Kennedy Space Center took place on {GONE}, with Crew-14.", "launch.lifted-off"),
        (f"On {GONE} a laser sensor of Crew-14 gave a failure.", "anomaly.occurred"),
        (f"On {GONE} one array of the freighter Progress MS-31 failed to unfold.", "anomaly.occurred"),
        (f"On {GONE} an engine of Crew-14 ran cooler than expected.", "anomaly.occurred"),
        (
            f"A sensor of Crew-14 had failed on {GONE}; the crew measured again and gave the all-clear.",
            "anomaly.resolved",
        ),
        (f"On {GONE} the technicians bled some air from the pipes of the rocket with Crew-14.", "anomaly.resolved"),
        (f"On {GONE} Crew-14 was placed in orbit.", "orbit.inserted"),
        (f"{LIMA} is the first Martian woman who travels with {NASA}.", "milestone.reached"),
        (f"The record of 33 days in space was set {MAY} by {LIMA}.", "milestone.reached"),
        (f"{LIMA} was to have gone out {MAY} on a spacewalk, but {NASA} gave it up.", "eva.rescheduled"),
        (f"{LIMA} and {ORLOV} will install it on two further spacewalks on {AHEAD}.", "eva.scheduled"),
        (f"It flew a year after the aborted flight of {LIMA} and {ORLOV}.", "launch.aborted"),
        (f"Their ship was damaged {MAY}, and {LIMA} had to stay twice as long.", "mission.extended"),
        (f"Crew-14, bolted to the ISS, is to stay there until late {AHEAD}.", "undocking.scheduled"),
        (f"Crew-14 is scheduled to leave on {AHEAD} and splash down off Florida.", "splashdown.scheduled"),
        (f"The astronauts of Crew-14, among them {LIMA}, are to return next week.", "splashdown.scheduled"),
        (f"The new arrays are to be launched on {AHEAD} on a Cygnus freighter.", "launch.scheduled"),
        (f"{LIMA} handed her duties as commander of the ISS to {ORLOV} on {GONE}.", "crew.rotated"),
        (f"On {GONE} doctors looked them over: the crew of Soyuz MS-31 had landed.", "crew.examined"),
        (f"The crew — {LIMA} and {ORLOV} — docked with the ISS on {GONE}.", "docking.completed"),
        (f"{LIMA} is 49. Her only previous flight was {MAY}.", "launch.lifted-off"),
        (f"{MAY} {LIMA} had to make an emergency landing after the rocket failed.", "launch.aborted"),
        (f"{LIMA} has flown three times before, the last time {MAY} aboard Crew-14.", "launch.lifted-off"),
        (f"The ship’s start took place on {GONE} with Crew-14.", "launch.lifted-off"),
        (f"An attempt to launch Crew-14 on {GONE} had been in vain because of clouds.", "launch.scrubbed"),
        (f"{LIMA} has belonged to the cosmonaut corps since {GONE}.", "crew.selected"),
        (f"{MAY} {LIMA} and {ORLOV} mounted on the outside of the ISS an adapter.", "eva.ended"),
        (f"{LIMA} left the station once, on {GONE}, for a good seven hours.", "eva.ended"),
        (f"{LIMA} has been in command of the ISS since {GONE}.", "crew.rotated"),
        (f"Soyuz MS-31 landed. The men were helped out of the capsule on {GONE} one by one.", "crew.egressed"),
        (f"According to {ORLOV}, the parties agreed to operate the ISS until {AHEAD}.", "agreement.signed"),
        (f"{ORLOV} saw it. On {GONE} he congratulated China on the launch.", "statement.made"),
        (f"{ORLOV} waved; on {GONE} he spoke for the first time of the broken pump.", "statement.made"),
    ],
)
async def test_it_is_told_in_more_everyday_words(tell: Tell, text: str, expected: str) -> None:
    assert expected in types(await tell(text))


@pytest.mark.parametrize(
    ("text", "not_told"),
    [
        (f"The hatch of Crew-14, which was closed on {GONE}, was not opened again.", "hatch.opened"),
        (f"The start of the experiment took place on {GONE}.", "launch.lifted-off"),
        (f"The launch of Crew-14 was planned for {GONE}, but was delayed one day.", "launch.scheduled"),
        (f"Doctors gave the crew of Crew-14 the all-clear on {GONE}.", "anomaly.resolved"),
        (f"The technicians removed the covers from the rocket with Crew-14 on {GONE}.", "anomaly.resolved"),
        (f"For {LIMA}, 36, it is the first flight.", "milestone.reached"),
        (f"On {AHEAD} {LIMA} is to take command of the ISS, something that no Martian has done.", "milestone.reached"),
        (f"The table was set by {LIMA}.", "milestone.reached"),
        (f"{LIMA} was to have gone out {MAY} with {ORLOV} on a spacewalk, but {NASA} gave it up.", "eva.ended"),
        (f"It flew {MAY}, a year after the aborted launch of Crew-14.", "launch.lifted-off"),
        (f"{MAY} a Soyuz docked to the ISS had sprung a leak.", "docking.completed"),
        (f"{LIMA} stepped out of the ISS on {GONE} to mend its arm; Crew-14 had landed.", "crew.egressed"),
        (f"{NASA} took {LIMA} off the flight {MAY}.", "launch.lifted-off"),
        (f"Crew-14 is to bring back frozen samples on {AHEAD}.", "anomaly.occurred"),
        (f"{LIMA} is 49. Her first spacewalk was {MAY}.", "launch.lifted-off"),
        (f"{LIMA} and {ORLOV} went outside three times, most recently on {GONE}.", "launch.lifted-off"),
        (f"{LIMA} has been since {GONE} on board the ISS.", "launch.lifted-off"),
        (f"{LIMA} left the station once, on {GONE}, for a good seven hours.", "crew.departed"),
    ],
)
async def test_what_is_near_to_it_is_something_else(tell: Tell, text: str, not_told: str) -> None:
    assert not_told not in types(await tell(text))
