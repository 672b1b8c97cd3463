"""Which time of a sentence is of the event: the one of the verb's clause, never one of a remark."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Draft

Tell = Callable[..., Awaitable[list[Draft]]]

LIMA = "[[Ana Lima|p:ana-lima|astronaut]]"
IN_2013 = "in [[2013|t:2013-01-01T00:00:00Z|year]]"
FRIDAY = "[[Friday|t:2021-10-15T00:00:00Z|day]]"
SUNDAY = "[[Sunday|t:2021-10-17T00:00:00Z|day]]"
CLOCK = "[[4:36 GMT|t:2021-10-17T04:36:00Z|minute]]"
AGENCY = "[[NASA|a:nasa]]"


async def time_of(tell: Tell, text: str, what: str) -> str | None:
    (draft,) = [draft for draft in await tell(text) if draft.type == f"missionwire.{what}"]
    return draft.time


@pytest.mark.parametrize(
    "text",
    [
        f"{LIMA}, who was chosen by {AGENCY} {IN_2013}, was taken off the capsule.",
        f"{LIMA}, who was chosen from 6,000 candidates {IN_2013}, was taken off the capsule.",
        f"{LIMA}, an astronaut since [[2013|t:2013-01-01T00:00:00Z|year]], was taken off the capsule.",
        f"{LIMA}, chosen by {AGENCY} {IN_2013}, was taken off the capsule.",
        f"{LIMA} (selected {IN_2013}) was taken off the capsule.",
        f"The astronaut who was chosen {IN_2013}, {LIMA}, was taken off the capsule.",
        f"{LIMA} was taken off the capsule by a doctor who joined {AGENCY} {IN_2013}.",
        f"{LIMA} was taken off the capsule, built {IN_2013}.",
        f"{LIMA} was taken off the capsule, {AGENCY} said on {FRIDAY}.",
        f"{AGENCY} said on {FRIDAY} that {LIMA} was taken off the capsule.",
        f"In a statement on {FRIDAY}, {AGENCY} said {LIMA} was taken off the capsule.",
    ],
)
async def test_a_time_of_a_remark_is_not_the_events(tell: Tell, text: str) -> None:
    assert await time_of(tell, text, "crew.egressed") is None


@pytest.mark.parametrize(
    "text",
    [
        f"{LIMA}, who was chosen by {AGENCY} {IN_2013}, was taken off the capsule on {SUNDAY}.",
        f"{LIMA}, who was chosen by {AGENCY} {IN_2013}, on {SUNDAY} was taken off the capsule.",
        f"On {SUNDAY}, {LIMA}, who was chosen by {AGENCY}, was taken off the capsule.",
        f"{LIMA}, who was taken off the capsule on {SUNDAY}, smiled.",
        f"{LIMA}, who on {SUNDAY} was taken off the capsule, smiled.",
        f"{LIMA} was taken off the capsule, which cost a fortune, on {SUNDAY}.",
    ],
)
async def test_a_time_of_the_verbs_own_clause_is_the_events(tell: Tell, text: str) -> None:
    assert await time_of(tell, text, "crew.egressed") == "2021-10-17T00:00:00Z"


async def test_each_of_two_verbs_has_its_own_time(tell: Tell) -> None:
    text = f"Soyuz MS-31 undocked from the ISS on {FRIDAY} and landed in Kazakhstan on {SUNDAY}."
    assert await time_of(tell, text, "undocking.completed") == "2021-10-15T00:00:00Z"
    assert await time_of(tell, text, "landing.completed") == "2021-10-17T00:00:00Z"


async def test_the_time_of_one_verb_is_not_lent_to_the_next(tell: Tell) -> None:
    text = f"Soyuz MS-31 undocked from the ISS on {FRIDAY} and landed in Kazakhstan."
    assert await time_of(tell, text, "landing.completed") is None


async def test_a_time_that_opens_the_sentence_holds_for_all_its_verbs(tell: Tell) -> None:
    text = f"On {SUNDAY}, Soyuz MS-31 undocked from the ISS and landed in Kazakhstan."
    assert await time_of(tell, text, "landing.completed") == "2021-10-17T00:00:00Z"


async def test_a_time_that_opens_the_sentence_does_not_hold_for_what_came_later(tell: Tell) -> None:
    text = f"On {SUNDAY}, Soyuz MS-31 undocked from the ISS and later landed in Kazakhstan."
    assert await time_of(tell, text, "landing.completed") is None


@pytest.mark.parametrize("span", ["before dawn", "after six months in orbit", "shortly before noon"])
async def test_a_stretch_of_time_is_no_clause_of_its_own(tell: Tell, span: str) -> None:
    text = f"Soyuz MS-31 landed in Kazakhstan {span} on {SUNDAY}."
    assert await time_of(tell, text, "landing.completed") == "2021-10-17T00:00:00Z"


async def test_a_participle_before_a_noun_is_no_verb_that_parts_the_sentence(tell: Tell) -> None:
    text = f"On {FRIDAY}, the thrusters of the docked Soyuz MS-31 suddenly fired during a check of its antennas."
    assert await time_of(tell, text, "anomaly.occurred") == "2021-10-15T00:00:00Z"
    assert await time_of(tell, text, "test.performed") == "2021-10-15T00:00:00Z"
