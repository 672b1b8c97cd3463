"""Whom a sentence means without naming all of them in its own clause: companions, rows of people, compatriots."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from msgspec.structs import replace

from missionwire.plugin import Document, Draft, PersonMention
from missionwire_articles import Articles

Tell = Callable[..., Awaitable[list[Draft]]]

ANA = "[[Ana Lima|p:ana-lima|astronaut]]"
PAVEL = "[[Pavel Orlov|p:pavel-orlov|cosmonaut]]"
JO = "[[Jo Reed|p:jo-reed|astronaut]]"
FRIDAY = "[[on Friday|t:2021-10-15T00:00:00Z|day]]"
MAY = "[[on May 4|t:2021-05-04T00:00:00Z|day]]"


def ids(drafts: list[Draft], what: str) -> set[Any]:
    (draft,) = [draft for draft in drafts if draft.type == f"missionwire.{what}"]
    return {person.id for person in draft.crew}


async def test_crewmates_listed_after_a_colon_came_along(tell: Tell) -> None:
    text = f"{ANA} splashed down off Florida {FRIDAY} with her two crewmates: Russia’s {PAVEL} and Britain’s {JO}."
    assert ids(await tell(text), "splashdown.completed") == {"ana-lima", "pavel-orlov", "jo-reed"}


async def test_who_is_listed_after_a_colon_that_follows_no_companions_did_not_come_along(tell: Tell) -> None:
    text = f"{ANA} splashed down off Florida {FRIDAY}. Two sent their regards: {PAVEL} and {JO}."
    assert ids(await tell(text), "splashdown.completed") == {"ana-lima"}


@pytest.mark.parametrize(
    "words",
    [
        f"Together with {PAVEL} she landed in Kazakhstan {FRIDAY}.",
        f"Alongside the Russian {PAVEL}, she landed in Kazakhstan {FRIDAY}.",
        f"{FRIDAY} she and {PAVEL} landed in Kazakhstan.",
        f"The astronaut landed in Kazakhstan {FRIDAY} together with {PAVEL}.",
    ],
)
async def test_a_pronoun_and_a_name_are_two(tell: Tell, words: str) -> None:
    assert ids(await tell(f"{ANA} is glad. {words}"), "landing.completed") == {"ana-lima", "pavel-orlov"}


async def test_whose_help_somebody_had_did_not_come_along(tell: Tell) -> None:
    text = f"{ANA} is glad. With the help of {PAVEL} she landed in Kazakhstan {FRIDAY}."
    assert "ana-lima" not in ids(await tell(text), "landing.completed")


@pytest.mark.parametrize(
    "row",
    [
        f"After her came {PAVEL} and, finally, {JO}.",
        f"{PAVEL} and {JO} were lifted out after her.",
        f"She was followed by {PAVEL} and {JO}.",
        f"{PAVEL} came next. The last one out was {JO}.",
    ],
)
async def test_a_row_of_people_goes_on_in_the_next_sentences(tell: Tell, row: str) -> None:
    drafts = await tell(f"{ANA} was the first to climb out. {row}")
    assert ids(drafts, "crew.egressed") == {"ana-lima", "pavel-orlov", "jo-reed"}


async def test_who_is_only_told_of_after_somebody_got_out_is_of_no_row(tell: Tell) -> None:
    drafts = await tell(f"{ANA} was the first to climb out. {PAVEL} watched the landing on television.")
    assert ids(drafts, "crew.egressed") == {"ana-lima"}


async def test_those_who_were_to_go_up_are_of_the_launch_that_was_called_off(tell: Tell) -> None:
    text = f"Rain forced SpaceX to scrub the launch {FRIDAY}, an hour before {ANA} and {JO} were to lift off."
    assert ids(await tell(text), "launch.scrubbed") == {"ana-lima", "jo-reed"}


async def test_who_greets_the_newcomers_did_not_arrive(tell: Tell) -> None:
    text = f"Soyuz MS-31 docked {FRIDAY}. {ANA} greeted the newcomers one by one as they floated aboard the station."
    assert all(person.id != "ana-lima" for draft in await tell(text) for person in draft.crew)


async def test_so_many_counted_before_they_are_named_are_the_ones_named_next(tell: Tell) -> None:
    text = f"Three astronauts landed in Kazakhstan {FRIDAY}.\n\n{ANA}, {PAVEL} and {JO} were in good health."
    assert ids(await tell(text), "landing.completed") == {"ana-lima", "pavel-orlov", "jo-reed"}


async def test_another_number_of_people_named_next_is_not_those_who_were_counted(tell: Tell) -> None:
    text = f"Three astronauts landed in Kazakhstan {FRIDAY}.\n\n{ANA} and {PAVEL} were in good health."
    assert ids(await tell(text), "landing.completed") == set()


async def test_a_group_by_country_is_those_of_that_country_named_together(articles: Articles) -> None:
    names = {"Ana Lima": "Brazil", "Lev Orlov": "Russia", "Ivan Sokol": "Russia"}
    text = "Ana Lima, Lev Orlov and Ivan Sokol arrived. The two Russians went outside on their own."
    people = tuple(
        PersonMention(
            start=text.index(name),
            end=text.index(name) + len(name),
            name=name,
            id=name.lower().replace(" ", "-"),
            nationality=country,
        )
        for name, country in names.items()
    )
    document = Document(id="a", text=text, published="2021-10-18", mentions=people)
    (walk,) = [draft for draft in await articles.extract(document) if draft.type.startswith("missionwire.eva")]
    assert {person.id for person in walk.crew} == {"lev-orlov", "ivan-sokol"}
    alone = replace(document, mentions=people[:2])
    walks = [draft for draft in await articles.extract(alone) if draft.type.startswith("missionwire.eva")]
    assert all(not draft.crew for draft in walks)


@pytest.mark.parametrize(
    "words",
    [
        f"{ANA} was the first to leave the capsule, and {PAVEL} the last.",
        f"{ANA} left the capsule first, and behind her came {PAVEL}.",
        f"{ANA} was the first to climb out of the capsule, with {PAVEL} right behind.",
        f"{PAVEL}, who left the capsule second after {ANA}, waved.",
        f"{ANA} was the first to leave the capsule. The engineer {PAVEL}, who had flown before, followed her.",
    ],
)
async def test_who_came_out_in_turn_is_of_the_row(tell: Tell, words: str) -> None:
    assert ids(await tell(f"The capsule landed in Kazakhstan {FRIDAY}. {words}"), "crew.egressed") == {
        "ana-lima",
        "pavel-orlov",
    }


async def test_who_followed_something_else_is_of_no_row(tell: Tell) -> None:
    text = f"The capsule landed {FRIDAY}. {ANA} was the first to leave the capsule. {PAVEL} watched the first steps."
    assert ids(await tell(text), "crew.egressed") == {"ana-lima"}


@pytest.mark.parametrize(
    "words",
    [
        "She grinned, waved with both hands and was examined by doctors.",
        "She sat up, drank some water and was examined by doctors.",
        "She laughed, shook hands, asked for tea and was examined by doctors.",
    ],
)
async def test_the_last_verb_of_a_row_is_of_the_one_with_whom_it_opens(tell: Tell, words: str) -> None:
    text = f"{ANA}, {PAVEL} and {JO} landed in Kazakhstan {FRIDAY}. {JO} waved. {words}"
    assert ids(await tell(text), "crew.examined") == {"jo-reed"}


@pytest.mark.parametrize(
    ("words", "who"),
    [
        (f"{ANA}, who had trained with {PAVEL}, landed in Kazakhstan {FRIDAY}.", {"ana-lima"}),
        (f"{ANA}, whose crew included {PAVEL}, landed in Kazakhstan {FRIDAY}.", {"ana-lima"}),
        (
            f"{ANA}, who is on her fourth flight, and the engineer {PAVEL} landed in Kazakhstan {FRIDAY}.",
            {"ana-lima", "pavel-orlov"},
        ),
        (f"{JO} was chosen with {ANA}, whose stay ended with a landing in Kazakhstan {FRIDAY}.", {"ana-lima"}),
        (f"{ANA} and the cosmonaut {PAVEL} landed in Kazakhstan {FRIDAY}.", {"ana-lima", "pavel-orlov"}),
    ],
)
async def test_whom_a_remark_on_the_subject_names_took_no_part(tell: Tell, words: str, who: set[str]) -> None:
    assert ids(await tell(words), "landing.completed") == who


@pytest.mark.parametrize(
    ("words", "who"),
    [
        (f"{ANA} repaired the toilet {FRIDAY}.", {"ana-lima"}),
        (f"The toilet was repaired {FRIDAY} by {PAVEL}.", {"pavel-orlov"}),
        (f"{ANA}, who had brought a patch, sealed the leak {FRIDAY}.", {"ana-lima"}),
        (f"Engineers told {ANA} that the leak had been sealed {FRIDAY}.", set()),
    ],
)
async def test_who_mended_it_is_named_right_beside_the_verb(tell: Tell, words: str, who: set[str]) -> None:
    assert ids(await tell(words), "anomaly.resolved") == who


@pytest.mark.parametrize(
    ("words", "who"),
    [
        (f"The handover of command to the Russian {PAVEL} took place {FRIDAY}.", {"pavel-orlov"}),
        (f"The change of command from {ANA} to {PAVEL} took place {FRIDAY}.", {"ana-lima", "pavel-orlov"}),
    ],
)
async def test_the_command_goes_from_one_to_another(tell: Tell, words: str, who: set[str]) -> None:
    assert ids(await tell(words), "crew.rotated") == who


async def test_the_four_of_another_flight_are_not_those_who_were_named(tell: Tell) -> None:
    text = f"{ANA} and {PAVEL} landed {FRIDAY}. The two members of Crew-31 are due to return to Earth {MAY}."
    assert ids(await tell(text), "splashdown.scheduled") == set()


async def test_two_pairs_with_one_in_common_went_out_twice(tell: Tell) -> None:
    text = f"{ANA} and {JO} began a spacewalk {FRIDAY}. Months ago, {PAVEL} had begun a spacewalk with {ANA}."
    walks = [draft for draft in await tell(text) if draft.type == "missionwire.eva.started"]
    assert {person.id for person in walks[0].crew} == {"ana-lima", "jo-reed"}


@pytest.mark.parametrize(
    "row",
    [
        f"She ate an apple. Ten minutes later {PAVEL} was sitting in the next armchair.\n\n{JO} was evacuated last.",
        f"Soon {PAVEL} sat in the second chair. {JO} was taken out last.",
        f"A doctor took her pulse. {PAVEL} was carried out next. The last to emerge was {JO}, who waved.",
    ],
)
async def test_a_row_of_people_goes_on_after_other_sentences(tell: Tell, row: str) -> None:
    drafts = await tell(f"{ANA} was the first to leave the capsule. {row}")
    assert ids(drafts, "crew.egressed") == {"ana-lima", "pavel-orlov", "jo-reed"}


@pytest.mark.parametrize("after", ["just after", "a few minutes after", "right behind", "shortly after the cosmonaut"])
async def test_after_whom_somebody_was_lifted_out_was_so_too(tell: Tell, after: str) -> None:
    drafts = await tell(f"{ANA} was lifted out of the capsule {after} {PAVEL}.")
    assert ids(drafts, "crew.egressed") == {"ana-lima", "pavel-orlov"}


@pytest.mark.parametrize("after", ["shortly after a call from", "years after", "soon after the launch of"])
async def test_what_somebody_else_did_before_is_no_row(tell: Tell, after: str) -> None:
    drafts = await tell(f"{ANA} was lifted out of the capsule {after} {PAVEL}.")
    assert ids(drafts, "crew.egressed") == {"ana-lima"}


async def test_they_take_one_after_the_other_out(tell: Tell) -> None:
    drafts = await tell(f"They pulled {ANA} out first, then {PAVEL}, who grinned. {JO} came last, still waving.")
    assert ids(drafts, "crew.egressed") == {"ana-lima", "pavel-orlov", "jo-reed"}
    drafts = await tell(f"They helped {ANA} out with money for her house.")
    assert [draft for draft in drafts if draft.type.endswith("egressed")] == []


@pytest.mark.parametrize(
    ("plan", "type_"),
    [
        ("The return to Earth of {0} and {1} is foreseen for {2}.", "landing.scheduled"),
        ("The next spacewalk, by the astronaut {0} and {1}, is planned for {2}.", "eva.scheduled"),
        ("The spacewalk of {0} and {1} at the ISS was postponed to {2}.", "eva.rescheduled"),
    ],
)
async def test_a_plan_is_of_those_whose_deed_it_is(tell: Tell, plan: str, type_: str) -> None:
    day = "[[October 20|t:2021-10-20T00:00:00Z|day]]"
    drafts = await tell(plan.format(ANA, PAVEL, day), published="2021-10-15")
    assert ids(drafts, type_) == {"ana-lima", "pavel-orlov"}
    drafts = await tell(f"According to {JO}, {plan.format(ANA, PAVEL, day)}", published="2021-10-15")
    assert ids(drafts, type_) == {"ana-lima", "pavel-orlov"}


async def test_whose_ship_it_is_does_not_fly_for_sure(tell: Tell) -> None:
    text = f"The return of the ship of {ANA} is planned for [[October 20|t:2021-10-20T00:00:00Z|day]]."
    assert ids(await tell(text, published="2021-10-15"), "landing.scheduled") == set()


async def test_who_dreamt_of_a_day_is_not_who_went_up(tell: Tell) -> None:
    text = f"{ANA} and {PAVEL} had lifted off from Baikonur {MAY}, a day {JO} had spent years preparing for."
    assert ids(await tell(text), "launch.lifted-off") == {"ana-lima", "pavel-orlov"}


async def test_with_whom_the_new_captain_came_has_no_part_in_the_handover(tell: Tell) -> None:
    text = f"{FRIDAY} {ANA} handed command of the ISS to {PAVEL}, who arrived {MAY} with {JO}."
    assert ids(await tell(text), "crew.rotated") == {"ana-lima", "pavel-orlov"}


async def test_who_is_counted_as_so_many_th_has_the_record(tell: Tell) -> None:
    text = f"{ANA}, a German materials scientist, is counted as the 600th person to reach space."
    assert ids(await tell(text), "milestone.reached") == {"ana-lima"}


async def test_so_many_passengers_are_those_named_next(tell: Tell) -> None:
    text = f"The New Shepard rocket took off {FRIDAY}, with three passengers aboard. With {ANA} flew {PAVEL} and {JO}."
    assert ids(await tell(text), "launch.lifted-off") == {"ana-lima", "pavel-orlov", "jo-reed"}


@pytest.mark.parametrize(
    ("words", "who"),
    [
        (f"{ANA}, who reached the ISS {MAY}, will stay there with {PAVEL}.", {"ana-lima"}),
        (f"{ANA}, who reached the ISS {MAY} with {JO}, remains there with {PAVEL}.", {"ana-lima", "jo-reed"}),
        (f"{ANA}, who reached the ISS {MAY}, accompanied by {JO}, is well.", {"ana-lima", "jo-reed"}),
    ],
)
async def test_who_follows_the_main_verb_did_not_do_what_the_remark_tells(
    tell: Tell, words: str, who: set[str]
) -> None:
    assert ids(await tell(words), "crew.arrived") == who


async def test_whom_the_first_verb_names_did_not_do_what_the_last_one_tells(tell: Tell) -> None:
    text = f"Soyuz MS-30 landed {FRIDAY}. {ANA} kissed {PAVEL} and then was examined by doctors in a tent."
    assert ids(await tell(text), "crew.examined") == {"ana-lima"}


async def test_who_came_along_with_a_subject_did_the_next_thing_too(tell: Tell) -> None:
    text = f"{ANA} took off from Baikonur {MAY} with {PAVEL} and landed in Kazakhstan {FRIDAY}."
    assert ids(await tell(text), "landing.completed") == {"ana-lima", "pavel-orlov"}


async def test_two_whom_the_sentence_has_told_of_own_what_it_goes_on_with(tell: Tell) -> None:
    text = f"{ANA} beat a record of {JO}. She and {PAVEL} lifted off from Baikonur {MAY}; their stay was prolonged."
    assert ids(await tell(text), "mission.extended") == {"ana-lima", "pavel-orlov"}


async def test_two_crewmates_without_names_are_those_named_next(tell: Tell) -> None:
    text = (
        f"{ANA} arrived at the ISS with two Russian crewmates {FRIDAY}.\n\n"
        f"Soyuz MS-30 docked with {ANA}, {PAVEL} and {JO} aboard."
    )
    assert ids(await tell(text), "crew.arrived") == {"ana-lima", "pavel-orlov", "jo-reed"}


@pytest.mark.parametrize("whom", ["the three out", "all three out of the capsule"])
async def test_rescuers_help_out_those_whom_a_number_counts(tell: Tell, whom: str) -> None:
    text = f"Soyuz MS-30 landed with {ANA}, {PAVEL} and {JO} {FRIDAY}. Rescuers, who came by air, helped {whom}."
    assert ids(await tell(text), "crew.egressed") == {"ana-lima", "pavel-orlov", "jo-reed"}


async def test_a_list_that_ends_in_and_also_has_its_remark_on_the_last_alone(tell: Tell) -> None:
    text = f"There wait {ANA} and {JO}, and also {PAVEL}, who will land {FRIDAY.replace('10-15', '10-22')}."
    assert ids(await tell(text), "landing.scheduled") == {"pavel-orlov"}


async def test_one_whose_stay_is_prolonged_is_whom_the_pronoun_means(tell: Tell) -> None:
    text = f"{ANA} went up {MAY}. In June the agency extended her stay by a month."
    assert ids(await tell(text), "mission.extended") == {"ana-lima"}


@pytest.mark.parametrize("why", ["to prepare for the return of", "which clears the way for the arrival of"])
async def test_those_whose_deed_it_only_serves_are_not_aboard(tell: Tell, why: str) -> None:
    text = f"A rocket with four astronauts lifted off from Florida {FRIDAY}, {why} {ANA} and {JO}."
    assert ids(await tell(text), "launch.lifted-off") == set()


@pytest.mark.parametrize(
    "went",
    [
        "went up with the two men",
        "had set off for the ISS alongside the two cosmonauts",
        "was launched together with the two",
    ],
)
async def test_who_went_with_the_two_went_with_those_named_before(tell: Tell, went: str) -> None:
    text = (
        f"{PAVEL} and {JO} are home.\n\nThey waved.\n\n"
        f"{ANA}, who {went} [[in March|t:2021-03-01T00:00:00Z|month]], stayed there."
    )
    (launch,) = [draft for draft in await tell(text) if draft.type == "missionwire.launch.lifted-off"]
    assert {person.id for person in launch.crew} == {"ana-lima", "pavel-orlov", "jo-reed"}


@pytest.mark.parametrize(
    "carried", ["which carried her, along with {}", "that brought her and {}", "carrying her together with {}"]
)
async def test_whom_a_craft_carried_with_others_came_in_it(tell: Tell, carried: str) -> None:
    others = f"{PAVEL} and {JO}"
    text = f"{ANA} smiled. The capsule {carried.format(others)}, docked with the ISS {FRIDAY}."
    (docking,) = [draft for draft in await tell(text) if draft.type == "missionwire.docking.completed"]
    assert {person.id for person in docking.crew} == {"ana-lima", "pavel-orlov", "jo-reed"}


@pytest.mark.parametrize(("span", "day"), [("thirty-four hours", "2021-10-14"), ("two days", "2021-10-13")])
async def test_a_launch_is_so_long_before_what_came_after_it(tell: Tell, span: str, day: str) -> None:
    clock = "[[at 8:15 pm|t:2021-10-15T20:15:00Z|minute]]"
    text = f"Crew-14 docked with the ISS {clock}, {span} after its launch from Florida."
    (launch,) = [draft for draft in await tell(text) if draft.type == "missionwire.launch.lifted-off"]
    assert (launch.subject, launch.time, launch.time_precision) == ("crew-14", f"{day}T00:00:00Z", "day")
