"""The letters by which verbs are looked up: none that a pattern matches is missing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire_articles.beginnings import ADVERB, LENGTH, beginnings
from missionwire_articles.rules import load_rules
from missionwire_articles.syntax import phrases


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("landed", {"landed"}),
        ("(?:is|was) on", {"is on", "was on"}),
        ("(?:re-?)?dock", {"re-dock", "redock", "dock"}),
        (r"(?<=x )go(?= home)", {"go home"}),
        (r"go(?= [a-z])", {"go "}),
        (r"go(?! home)", {"go"}),
        (r"\w+ing", {""}),
        ("[ab]c", {""}),
        ("go(?:es)?", {"go", "goes"}),
        ("a{2,3}b", {"a"}),
        (r"was (?:\w+ly )?lit", {"was " + ADVERB, "was lit"}),
        (r"was (?:\w+ly?)?lit", {"was ", "was lit"}),
    ],
)
def test_a_pattern_begins_with_what_its_matches_begin_with(pattern: str, expected: set[str]) -> None:
    assert {letters for letters, _ in beginnings(pattern)} == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("land", {("land", False)}),
        (r"(?:land)(?!\w)", {("land", False)}),
        (r"land\w+", {("land", True)}),
        ("lands?", {("land", False), ("lands", False)}),
        ("(?:go )+", {("go ", True)}),
        ("undocking", {("undockin", True)}),
        ("undocked from", {("undocked", True)}),
    ],
)
def test_what_more_may_follow_is_told_from_all_that_a_pattern_matches(
    pattern: str, expected: set[tuple[str, bool]]
) -> None:
    assert set(beginnings(pattern)) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"was (?:\w+ )?towed", {"was ": {"towed"}, "was towe": set()}),
        (r"went (?=[a-z]+ ashore|[a-z]+ inland)", {"went ": {"ashore", "inland"}}),
        (r"took(?= the [a-z]+ ashore)|took(?=[a-z ]+ inland)", {"took the": {"ashore"}, "took": {"inland"}}),
        (r"held(?= the [a-z]+ ashore)|held(?= the [a-z]+ inland)", {"held the": {"ashore", "inland"}}),
        (r"held(?= the [a-z]+ ashore)|held(?= the )", {"held the": set()}),
    ],
)
def test_what_a_match_must_hold_behind_its_beginning_is_told(pattern: str, expected: dict[str, set[str]]) -> None:
    assert {letters: set(atoms) for (letters, _), atoms in beginnings(pattern).items()} == expected


_WORDS = st.sampled_from(
    ["was", "taken", "out", "of", "the", "capsule", "landed", "safely", "in", "\ue000\ue000", "\ue007", ","]
)
_PHRASES = [phrase for rule in load_rules() for pattern, _ in rule.verbs for phrase in phrases(pattern)]


@given(words=st.lists(_WORDS, min_size=1, max_size=12), phrase=st.sampled_from(_PHRASES))
def test_a_match_begins_as_told_and_holds_what_its_beginning_needs(words: list[str], phrase: str) -> None:
    text = " ".join(words)
    told = beginnings(phrase)
    for match in re.finditer(phrase, text):
        begun = [
            atoms for (letters, _), atoms in told.items() if text.startswith(letters.rstrip(ADVERB), match.start())
        ]
        assert any(not atoms or any(atom in text for atom in atoms) for atoms in begun)


def test_every_verb_of_the_rules_is_found_by_its_beginning() -> None:
    for rule in load_rules():
        for pattern, _ in rule.verbs:
            assert all(
                re.fullmatch(rf"[a-z\d’',.;:!“”\"\ue000-\ue00a -]+{ADVERB}?", letters)
                for letters, _ in beginnings(pattern)
            )
            assert all(len(letters) <= LENGTH for letters, _ in beginnings(pattern))


def test_no_verb_of_the_rules_is_tried_at_every_word() -> None:
    patterns = {pattern for rule in load_rules() for pattern, _ in rule.verbs}
    open_to_all = {"", ADVERB}
    assert [each for each in patterns if any(letters in open_to_all for letters, _ in beginnings(each))] == []
