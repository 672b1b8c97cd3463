"""The forms of a rule's verbs that the rule does not write out."""

import re

import pytest

from missionwire_articles.conjugation import Conjugation

CONJUGATION = Conjugation({"rose": ("risen", "rising", "rise"), "flew": ("flown", "flying", "fl(?:y|ies)")})


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(?:rose|flew) from", ["rose from", "risen from", "rising from", "flown from"]),
        ("docked", ["docked", "docking"]),
        ("(?:landed|carried(?= it)|was seen)", ["landing", "was seen"]),
        (r"(?:\w+ly )?landed", ["softly landed"]),
        (r"(?:(?:rose|set[x]) up|flew)", ["risen up", "setx up", "flying"]),
    ],
)
def test_what_happened_is_found_in_its_participles(pattern: str, words: list[str]) -> None:
    done = re.compile(CONJUGATION.done(pattern))
    assert [word for word in words if not done.fullmatch(word)] == []


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(?:rose|flew) from", ["rise from", "rises from", "fly from", "flies from"]),
        ("(?:docked|carried|dropped|arrived)", ["dock", "docks", "carry", "carries", "drop", "drops", "arrive"]),
        ("(?:was|were|been) (?:launched|sent)", ["be launched", "is sent"]),
    ],
)
def test_a_plan_is_found_in_the_plain_form(pattern: str, words: list[str]) -> None:
    plain = re.compile(CONJUGATION.plain(pattern))
    assert [word for word in words if not plain.fullmatch(word)] == []


@pytest.mark.parametrize("pattern", ["no earlier than", r"\w+ing", "(?:mission|crewed)"])
def test_what_begins_with_no_verb_has_no_plain_form(pattern: str) -> None:
    assert CONJUGATION.plain(pattern) == ""


def test_verbs_with_the_same_plain_form_are_written_once() -> None:
    assert CONJUGATION.plain("(?:was|were) sent") == CONJUGATION.plain("(?:was) sent")
