"""Where people of a list are named, and where their names mean something else."""

import pytest

from missionwire_pronouns.lexicon import load_lexicon
from missionwire_pronouns.roster import RosterPerson, match_roster

LEXICON = load_lexicon()
PEOPLE = (RosterPerson("Dana Kennedy", "f"), RosterPerson("Jean Young", "f"), RosterPerson("Sally Ride", "f"))


def found(text: str) -> list[tuple[str, str | None]]:
    return [(text[person.start : person.end], person.gender) for person in match_roster(text, PEOPLE, LEXICON)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kennedy slept.", "Kennedy"),
        ("Dana Kennedy slept.", "Dana Kennedy"),
        ("“Young is late,” they said.", "Young"),
        ("They met Ride in May.", "Ride"),
        ("Astronaut Kennedy slept.", "Kennedy"),
    ],
)
def test_somebody_is_found_by_any_part_of_the_name(text: str, name: str) -> None:
    assert found(text) == [(name, "f")]


@pytest.mark.parametrize(
    "text", ["It flew from Kennedy Space Center.", "They met Jean Marshall.", "They met Bob Kennedy."]
)
def test_a_part_of_another_name_is_nobody_of_the_list(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["Young engineers built it.", "Ride to orbit took an hour.", "It hangs in the Kennedy museum."]
)
def test_what_may_be_a_plain_word_proves_no_gender(text: str) -> None:
    assert [gender for _, gender in found(text)] == [None]
