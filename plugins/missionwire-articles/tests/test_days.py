"""The day of what is told without one: that of its sentence or paragraph, or so long after what was told before."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Draft

Tell = Callable[..., Awaitable[list[Draft]]]

CLOCK = "[[on Sunday at 22:36 GMT|t:2021-10-17T22:36:00Z|minute]]"
SUNDAY = "[[on Sunday|t:2021-10-17T00:00:00Z|day]]"
FRIDAY = "[[on Friday|t:2021-10-15T00:00:00Z|day]]"
APRIL = "[[on April 9|t:2021-04-09T00:00:00Z|day]]"
OLD = "[[on May 4, 2012|t:2012-05-04T00:00:00Z|day]]"


def one(drafts: list[Draft], what: str) -> Draft:
    (draft,) = [draft for draft in drafts if draft.type == f"missionwire.{what}"]
    return draft


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Six hours later it docked with the ISS.", "2021-10-18"),
        ("Fifty-five minutes ago nothing was known. It docked with the ISS an hour later.", "2021-10-17"),
        ("Two days later it docked with the ISS.", "2021-10-19"),
    ],
)
async def test_what_came_so_long_later_has_the_day_of_then(tell: Tell, told: str, day: str) -> None:
    docking = one(await tell(f"Crew-14 lifted off {CLOCK}. {told}", "2021-10-20"), "docking.completed")
    assert docking.time == f"{day}T00:00:00Z"


async def test_what_goes_on_in_a_paragraph_has_its_day(tell: Tell) -> None:
    text = f"Crew-14 lifted off {SUNDAY}. The first stage landed on a barge. The capsule separated from the rocket."
    found = await tell(text)
    assert one(found, "stage.landed").time == "2021-10-17T00:00:00Z"
    assert one(found, "payload.deployed").time == "2021-10-17T00:00:00Z"


async def test_another_step_of_the_flight_has_another_day(tell: Tell) -> None:
    text = f"Crew-14 lifted off {APRIL}. The capsule splashed down in the Gulf of Mexico."
    assert one(await tell(text), "splashdown.completed").time is None


async def test_what_a_paragraph_tells_after_another_day_is_not_of_the_first(tell: Tell) -> None:
    text = f"Crew-14 lifted off {APRIL}. Snow fell in the hills {SUNDAY}. The thrusters failed."
    assert one(await tell(text), "anomaly.occurred").time != "2021-04-09T00:00:00Z"


async def test_a_paragraph_of_old_days_is_not_of_today(tell: Tell) -> None:
    text = (
        f"Crew-14 splashed down in the Gulf of Mexico {SUNDAY}.\n\nA drill of the kind had gone wrong {OLD}. The "
        "capsule landed safely in the desert."
    )
    landings = [draft for draft in await tell(text) if draft.type == "missionwire.landing.completed"]
    assert not [draft for draft in landings if draft.subject == "crew-14"]


async def test_a_time_between_commas_is_of_the_verb_after_when(tell: Tell) -> None:
    text = f"When Crew-14 did lift off, {CLOCK}, a short circuit knocked out a computer."
    found = await tell(text)
    assert one(found, "launch.lifted-off").time == "2021-10-17T22:36:00Z"


async def test_each_when_has_the_time_before_it(tell: Tell) -> None:
    text = (
        "The ship flew twice: [[in March|t:2021-03-01T00:00:00Z|month]], when Crew-13 docked with the ISS, and "
        "[[in May|t:2021-05-01T00:00:00Z|month]], when Crew-14 docked there."
    )
    times = {draft.subject: draft.time for draft in await tell(text) if draft.type == "missionwire.docking.completed"}
    assert times == {"crew-13": "2021-03-01T00:00:00Z", "crew-14": "2021-05-01T00:00:00Z"}


async def test_a_craft_that_is_docked_somewhere_has_not_docked_now(tell: Tell) -> None:
    text = f"{SUNDAY} the crew used the thrusters of Soyuz MS-31, docked at the other end, to turn the station."
    assert not [draft for draft in await tell(text) if draft.type == "missionwire.docking.completed"]


@pytest.mark.parametrize("when", ["On the way", "During the long journey", "Meanwhile"])
async def test_what_happened_on_the_way_has_no_day(tell: Tell, when: str) -> None:
    found = await tell(f"Crew-14 lifted off {APRIL}. {when} the thrusters failed.")
    assert one(found, "anomaly.occurred").time is None


async def test_a_scene_goes_on_over_paragraphs_until_another_day_is_told(tell: Tell) -> None:
    text = (
        "Crew-14 lifted off from Florida [[on Saturday at 9:00 GMT|t:2021-10-16T09:00:00Z|minute]]. Engines roared.\n\n"
        "Three minutes passed before the first stage dropped away."
    )
    assert [d.time for d in await tell(text) if d.type == "missionwire.stage.separated"] == ["2021-10-16T00:00:00Z"]


async def test_a_capsule_splashes_down_on_the_day_of_which_its_paragraph_has_told_before(tell: Tell) -> None:
    text = (
        "A rocket rose from its pad at [[10:00 GMT|t:2021-10-16T10:00:00Z|minute]]. An engine pulled the capsule off. "
        "It splashed down some miles offshore."
    )
    assert [d.time for d in await tell(text) if d.type == "missionwire.splashdown.completed"] == [
        "2021-10-16T00:00:00Z"
    ]


@pytest.mark.parametrize(
    "before",
    [
        "The country hopes to fly people [[in 2025|t:2025-01-01T00:00:00Z|year]].",
        "The next flight is planned for [[Monday|t:2021-10-25T00:00:00Z|day]].",
        "The flight had been put off [[on Friday|t:2021-10-15T00:00:00Z|day]].",
    ],
)
async def test_a_plan_a_year_or_what_was_before_is_no_scene(tell: Tell, before: str) -> None:
    drafts = await tell(f"{before} Nobody was there.\n\nThe capsule splashed down offshore.")
    assert [d.time for d in drafts if d.type == "missionwire.splashdown.completed"] == [None]


async def test_what_goes_on_has_no_day(tell: Tell) -> None:
    text = (
        "Crew-14 docked with the ISS [[on Saturday|t:2021-10-16T00:00:00Z|day]].\n\nThe capsule also is leaking helium."
    )
    assert {d.time for d in await tell(text) if d.type == "missionwire.anomaly.occurred"} <= {None}


async def test_what_came_after_the_launch_has_its_day_and_not_that_of_an_attempt_before(tell: Tell) -> None:
    text = (
        "XRISM was launched from Tanegashima [[on September 7|t:2021-09-07T00:00:00Z|day]]. A first attempt "
        "[[on August 28|t:2021-08-28T00:00:00Z|day]] had been scrubbed. It separated from the second stage 48 minutes "
        "after the launch."
    )
    days = [d.time for d in await tell(text) if d.type == "missionwire.payload.deployed"]
    assert days == ["2021-09-07T00:00:00Z"]


async def test_the_next_sentence_may_tell_the_clock(tell: Tell) -> None:
    text = (
        "Progress MS-24 docked with the ISS [[on Saturday|t:2021-10-16T00:00:00Z|day]]. The contact took place at "
        "[[05:12 GMT|t:2021-10-16T05:12:00Z|minute]]."
    )
    (docking,) = [d for d in await tell(text) if d.type == "missionwire.docking.completed"]
    assert (docking.time, len(docking.evidence)) == ("2021-10-16T05:12:00Z", 2)


async def test_days_that_are_counted_stand_after_a_colon(tell: Tell) -> None:
    text = "Hayabusa2 touched down there twice: [[in February|t:2021-02-01T00:00:00Z|month]], and again later."
    (landing,) = [d for d in await tell(text) if d.type == "missionwire.landing.completed"]
    assert landing.time == "2021-02-01T00:00:00Z"


async def test_a_clause_with_when_has_the_time_before_it(tell: Tell) -> None:
    text = (
        "The walk began [[at 11:37 GMT|t:2021-10-16T11:37:00Z|minute]], when [[Ana Lima|p:ana-lima|astronaut]] left "
        "the airlock, and ended [[at 18:33 GMT|t:2021-10-16T18:33:00Z|minute]]."
    )
    (walk,) = [d for d in await tell(text) if d.type == "missionwire.eva.started"]
    assert walk.time == "2021-10-16T11:37:00Z"


async def test_a_paragraph_of_what_was_before_has_not_the_day_of_the_one_before_it(tell: Tell) -> None:
    text = (
        "Crew-14 splashed down [[on Saturday|t:2021-10-16T00:00:00Z|day]].\n\nIt had lifted off from Florida "
        "[[on April 9|t:2021-04-09T00:00:00Z|day]]. The docking was made by hand."
    )
    assert {d.time for d in await tell(text) if d.type == "missionwire.docking.completed"} <= {None}


async def test_a_scene_that_is_told_later_lends_no_day(tell: Tell) -> None:
    text = (
        "The walkers came back in [[at 10:50 GMT|t:2021-10-16T10:50:00Z|minute]]. The hatch was closed after that.\n\n"
        "The four had launched [[on Tuesday|t:2021-10-12T00:00:00Z|day]] from Florida."
    )
    assert {d.time for d in await tell(text) if d.type == "missionwire.hatch.closed"} == {"2021-10-16T00:00:00Z"}


async def test_an_anniversary_tells_when_it_was(tell: Tell) -> None:
    friday = "[[on Friday|t:2021-10-15T00:00:00Z|day]]"
    text = f"Cuba marked {friday} the 41st anniversary of the flight of [[Ana Lima|p:ana-lima]], who went into space."
    (launch,) = [draft for draft in await tell(text) if draft.type == "missionwire.launch.lifted-off"]
    assert (launch.time, launch.narration) == ("1980-10-15T00:00:00Z", "background")


async def test_days_later_than_a_month_are_not_counted_from_an_earlier_sentence(tell: Tell) -> None:
    left = "Juice left Kourou [[on 14 April 2019|t:2019-04-14T00:00:00Z|day]]."
    month, later = "[[In May 2020|t:2020-05-01T00:00:00Z|month]]", "[[a day later|t:2019-04-15T00:00:00Z|day]]"
    drafts = await tell(f"{left} {month} it flew past the Moon and then, {later}, past Earth.")
    assert {draft.time for draft in drafts if "flyby" in draft.type} == {"2020-05-01T00:00:00Z"}


async def test_hours_earlier_is_counted_from_the_landing_though_it_was_told_far_above(tell: Tell) -> None:
    landing = "Soyuz MS-31 landed in Kazakhstan [[on Friday|t:2021-10-15T00:00:00Z|day]]."
    rest = "\n\nRescuers were there at once.\n\nThe weather was fine. A tent stood ready.\n\n"
    undocking = "The undocking of Soyuz MS-31 had taken place about three and a half hours earlier."
    (draft,) = [d for d in await tell(f"{landing}{rest}{undocking}") if d.type == "missionwire.undocking.completed"]
    assert draft.time == "2021-10-15T00:00:00Z"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("A week after a leak was found, the ship lifted off [[on Friday|t:2021-10-15T00:00:00Z|day]].", "2021-10-08"),
        ("Two days after a leak was found, it lifted off [[on Friday|t:2021-10-15T00:00:00Z|day]].", "2021-10-13"),
        ("Less than a week after a leak was found, it lifted off [[on Friday|t:2021-10-15T00:00:00Z|day]].", None),
        ("Days after a leak was found, it lifted off [[on Friday|t:2021-10-15T00:00:00Z|day]].", None),
    ],
)
async def test_what_a_sentence_counts_from_was_so_long_before(tell: Tell, words: str, day: str | None) -> None:
    (leak,) = [draft for draft in await tell(f"{words}") if draft.type == "missionwire.anomaly.occurred"]
    assert (leak.time or "")[:10] != "2021-10-15" if day is None else (leak.time or "")[:10] == day


async def test_what_a_day_is_told_for_happened_then_in_the_clause_with_when(tell: Tell) -> None:
    text = (
        "It was the first launch since the failure of [[October 11|t:2021-10-11T00:00:00Z|day]], when "
        "[[Ana Lima|p:ana-lima]] and [[Jo Reed|p:jo-reed]] landed in the steppe of Kazakhstan."
    )
    (landing,) = [draft for draft in await tell(text) if draft.type == "missionwire.landing.completed"]
    assert landing.time == "2021-10-11T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"Crew-14 splashed down {CLOCK}, about four hours after undocking from the ISS.", "2021-10-17"),
        (f"Crew-14 splashed down {SUNDAY}, two days after it undocked from the ISS.", "2021-10-15"),
        (f"Crew-14 splashed down {CLOCK}, 23 and a half hours after it undocked.", "2021-10-16"),
        (f"A valve of Crew-14 failed {SUNDAY}, shortly after the undocking from the ISS.", "2021-10-17"),
    ],
)
async def test_what_a_clause_counts_from_is_so_long_before(tell: Tell, text: str, day: str) -> None:
    undocking = one(await tell(text, "2021-10-20"), "undocking.completed")
    assert undocking.time == f"{day}T00:00:00Z"


async def test_what_a_clause_counts_from_may_have_a_clock_of_its_own(tell: Tell) -> None:
    own = "[[at 18:20 GMT|t:2021-10-17T18:20:00Z|minute]]"
    text = f"Crew-14 splashed down {CLOCK}, about four hours after it had undocked from the ISS {own}."
    assert one(await tell(text, "2021-10-20"), "undocking.completed").time == "2021-10-17T18:20:00Z"


@pytest.mark.parametrize(
    ("clock", "later", "day"),
    [
        ("[[at 4:27 am on October 18|t:2021-10-17T20:27:00Z|minute]]", "Six hours", "2021-10-18"),
        ("[[at 10:40 pm on October 17|t:2021-10-18T02:40:00Z|minute]]", "Three hours", "2021-10-18"),
        ("[[at 8:40 pm on October 17|t:2021-10-18T00:40:00Z|minute]]", "Two hours", "2021-10-17"),
    ],
)
async def test_hours_are_counted_on_the_clock_of_the_place(tell: Tell, clock: str, later: str, day: str) -> None:
    docking = one(
        await tell(f"Crew-14 lifted off {clock}. {later} later it docked.", "2021-10-20"), "docking.completed"
    )
    assert docking.time == f"{day}T00:00:00Z"


@pytest.mark.parametrize(
    "text",
    [
        f"It was {APRIL} before Crew-14 docked with the ISS.",
        f"They have had it to themselves since {APRIL.replace('on ', '')}, when Crew-14 docked with the ISS.",
        f"The next visit came {APRIL}: then Crew-14 docked with the ISS.",
    ],
)
async def test_a_clause_may_be_the_time_of_the_next_one(tell: Tell, text: str) -> None:
    assert [draft.time for draft in await tell(text) if draft.type.endswith("docking.completed")] == [
        "2021-04-09T00:00:00Z"
    ]


@pytest.mark.parametrize(
    ("part", "day"),
    [
        ("During the approach", "2021-10-15T00:00:00Z"),
        ("During the descent", "2021-10-17T00:00:00Z"),
        ("Minutes before the docking", "2021-10-15T00:00:00Z"),
        ("An hour before splashdown", "2021-10-17T00:00:00Z"),
    ],
)
async def test_trouble_has_the_day_of_the_part_of_the_flight_in_which_it_arose(tell: Tell, part: str, day: str) -> None:
    text = f"Crew-14 docked with the ISS {FRIDAY}.\n\nIt splashed down {SUNDAY}.\n\n{part} a camera failed."
    assert [draft.time for draft in await tell(text) if draft.type.endswith("anomaly.occurred")] == [day]


async def test_who_has_been_in_orbit_since_a_day_went_up_then(tell: Tell) -> None:
    text = f"[[Ana Lima|p:ana-lima]] has been in orbit since {APRIL.replace('on ', '')}: her ship is Soyuz MS-30."
    assert one(await tell(text), "launch.lifted-off").time == "2021-04-09T00:00:00Z"


AT_NOON = "[[at 12:05 GMT|t:2021-10-17T12:05:00Z|minute]]"


@pytest.mark.parametrize(
    "told",
    [
        f"It ended {AT_NOON}.",
        f"The airlock was closed again {AT_NOON}.",
        f"The activity began early, when they switched to battery power, and concluded {AT_NOON}.",
    ],
)
async def test_an_outing_may_have_its_end_in_another_sentence(tell: Tell, told: str) -> None:
    text = f"[[Ana Lima|p:ana-lima]] and [[Jo Reed|p:jo-reed]] spent six hours outside the ISS {SUNDAY}. {told}"
    assert one(await tell(text, "2021-10-18"), "eva.ended").time == "2021-10-17T12:05:00Z"


async def test_what_only_goes_on_tells_of_no_outing_of_its_own(tell: Tell) -> None:
    found = await tell(f"Crew-14 docked with the ISS {SUNDAY}. It ended {AT_NOON}.", "2021-10-18")
    assert [draft.type for draft in found] == ["missionwire.docking.completed"]


@pytest.mark.parametrize(
    "told",
    [
        f"The Crew-14 capsule, with four people aboard, departed {AT_NOON}.",
        f"The departure of the ship occurred {AT_NOON}.",
        f"The engines of the rocket ignited {AT_NOON}.",
    ],
)
async def test_a_craft_that_departs_on_the_day_of_its_launch_leaves_no_station(tell: Tell, told: str) -> None:
    found = await tell(f"Crew-14 was launched from Florida {SUNDAY}. {told}", "2021-10-18")
    assert [(draft.type, draft.time) for draft in found] == [("missionwire.launch.lifted-off", "2021-10-17T12:05:00Z")]


@pytest.mark.parametrize("planned", ["was planned for", "had been scheduled for", "was foreseen for"])
async def test_minutes_after_the_launch_are_of_its_day_not_of_one_for_which_it_was_planned(
    tell: Tell, planned: str
) -> None:
    text = (
        f"The Falcon 9 lifted off from Florida {SUNDAY}.\n\n"
        f"The launch {planned} [[Saturday|t:2021-10-16T00:00:00Z|day]], but was put off because of the wind. "
        "Nine minutes after the launch, the first stage landed on a barge."
    )
    assert one(await tell(text, "2021-10-18"), "stage.landed").time == "2021-10-17T00:00:00Z"


@pytest.mark.parametrize(
    "told",
    [
        f"was docked {SUNDAY} to the ISS",
        f"was automatically joined to the ISS {SUNDAY}",
        f"was hooked {SUNDAY} to the ISS",
    ],
)
async def test_a_craft_that_was_docked_on_a_day_has_docked_and_the_maneuver_is_that_of_its_clock(
    tell: Tell, told: str
) -> None:
    found = await tell(f"The Crew-14 ship {told}. The maneuver was completed {AT_NOON}.", "2021-10-18")
    assert [(draft.type, draft.time) for draft in found] == [("missionwire.docking.completed", "2021-10-17T12:05:00Z")]


async def test_where_nothing_docked_before_a_maneuver_is_one(tell: Tell) -> None:
    found = await tell(f"Crew-14 changed its orbit {SUNDAY}. The maneuver was completed {AT_NOON}.", "2021-10-18")
    assert {draft.type for draft in found} == {"missionwire.maneuver.performed"}


@pytest.mark.parametrize(
    "told",
    [
        "The crew of Crew-13, of which [[Ana Lima|p:ana-lima]] is part, will wait for it until then.",
        "The start of the outing of Crew-14 had been held up because of a glove.",
    ],
)
async def test_who_waits_for_a_launch_is_no_launch_that_was_moved_nor_is_an_outing(tell: Tell, told: str) -> None:
    found = await tell(f"Crew-14 docked with the ISS {SUNDAY}. {told}", "2021-10-18")
    assert "missionwire.launch.rescheduled" not in {draft.type for draft in found}
