"""The letters by which verbs are looked up: none that a pattern matches is missing."""

import re

import pytest

from missionwire_articles.beginnings import ADVERB, LENGTH, beginnings
from missionwire_articles.rules import load_rules


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
    assert {each.letters for each in beginnings(pattern)} == expected


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
    assert beginnings(pattern) == expected


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
    assert [each for each in patterns if any(begun.letters in open_to_all for begun in beginnings(each))] == []
