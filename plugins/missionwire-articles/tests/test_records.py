"""Whose a record is, and when it was set: that of what was done just before it."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from missionwire.plugin import Draft

Tell = Callable[..., Awaitable[list[Draft]]]

ANA = "[[Ana Lima|p:ana-lima|astronaut]]"
JO = "[[Jo Reed|p:jo-reed|astronaut]]"
FRIDAY = "[[On Friday|t:2021-10-15T00:00:00Z|day]]"
WALK = f"{FRIDAY} {ANA} and {JO} worked outside the station for seven hours."


def record(drafts: list[Draft]) -> Draft:
    (draft,) = [draft for draft in drafts if draft.type == "missionwire.milestone.reached"]
    return draft


def ids(draft: Draft) -> set[Any]:
    return {person.id for person in draft.crew}


@pytest.mark.parametrize(
    "words",
    ["It was the first spacewalk by two women.", "They took their time. This was the first spacewalk by two women."],
)
async def test_it_was_the_first_is_said_of_those_who_did_it(tell: Tell, words: str) -> None:
    draft = record(await tell(f"{WALK} {words}"))
    assert (ids(draft), draft.time) == ({"ana-lima", "jo-reed"}, "2021-10-15T00:00:00Z")


async def test_what_is_the_first_in_another_paragraph_is_nobodys(tell: Tell) -> None:
    drafts = await tell(f"{WALK}\n\nIt was the first spacewalk of the year, the agency’s archive shows.")
    assert all(not draft.crew for draft in drafts if draft.type == "missionwire.milestone.reached")


async def test_no_other_before_is_said_of_the_one_whom_the_text_is_about(tell: Tell) -> None:
    text = f"{ANA} is back on Earth.\n\nNo woman before had spent so much time in space in one piece."
    assert ids(record(await tell(text))) == {"ana-lima"}


async def test_a_record_of_command_is_not_of_the_day_of_the_landing(tell: Tell) -> None:
    text = f"{FRIDAY} {ANA} landed in Kazakhstan. {ANA} was the first woman to command the station."
    assert record(await tell(text)).time is None


async def test_a_year_of_another_verb_is_not_the_records(tell: Tell) -> None:
    year = "[[in 2018|t:2018-01-01T00:00:00Z|year]]"
    text = f"{ANA} retired from the air force {year} and was the first woman to command the station."
    assert record(await tell(text)).time is None


@pytest.mark.parametrize(
    "record_",
    [
        "took away from [[Jo Reed|p:jo-reed|astronaut]] the record of days in space",
        "brought her total to 500 days in space, a record for a woman",
    ],
)
async def test_a_record_of_days_in_space_is_no_launch(tell: Tell, record_: str) -> None:
    drafts = await tell(f"[[In April|t:2021-04-01T00:00:00Z|month]] {ANA} {record_}.")
    assert {draft.type for draft in drafts} == {"missionwire.milestone.reached"}
    assert record(drafts).time == "2021-04-01T00:00:00Z"


@pytest.mark.parametrize(
    "was", ["was going to be", "was supposed to become", "had been meant to be", "should have been"]
)
async def test_what_would_have_been_the_first_is_no_milestone(tell: Tell, was: str) -> None:
    text = f"{FRIDAY} {ANA} and {JO} ended a spacewalk which {was} the first in history made only by women."
    assert "missionwire.milestone.reached" not in {draft.type for draft in await tell(text)}


async def test_who_was_commander_then_took_over_from_nobody(tell: Tell) -> None:
    text = (
        f"[[In 2007|t:2007-01-01T00:00:00Z|year]], when {ANA} came up with the Shuttle, she was commander of the ISS."
    )
    assert "missionwire.crew.rotated" not in {draft.type for draft in await tell(text)}


@pytest.mark.parametrize(
    "relief", ["Their relief, the Crew-11 of", "Their successors, Crew-11 of", "The crew of Crew-11 of"]
)
async def test_people_who_arrive_are_told_once(tell: Tell, relief: str) -> None:
    drafts = await tell(f"{relief} {ANA}, arrived at the station [[on Friday|t:2021-10-15T00:00:00Z|day]].")
    assert {draft.type for draft in drafts} == {"missionwire.crew.arrived"}


@pytest.mark.parametrize("told", ["the first Italian to command it, in a ceremony", "the first woman to lead it,"])
async def test_what_an_apposition_tells_is_of_the_last_named_and_parts_no_time(tell: Tell, told: str) -> None:
    friday = "[[on Friday|t:2021-10-15T00:00:00Z|day]]"
    drafts = await tell(f"{ANA} turned the ISS over to {JO}, {told} {friday}.")
    assert ids(record(drafts)) == {"jo-reed"}
    (rotated,) = [draft for draft in drafts if draft.type == "missionwire.crew.rotated"]
    assert (rotated.time, ids(rotated)) == ("2021-10-15T00:00:00Z", {"ana-lima", "jo-reed"})
