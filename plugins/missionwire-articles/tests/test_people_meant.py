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
