"""The words that are looked for before a pattern is: none is told without which it matches."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire_articles.atoms import AtomFinder, atoms
from missionwire_articles.rules import Rule, load_rules
from missionwire_articles.sentences import Sentence


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("landed", {"landed"}),
        ("(?:is|was) on board", {"on board"}),
        (r"\b(?:launch(?:ing|es)?|lift-?off)(?!\w)", {"launch", "lift"}),
        (r"spac(?:e|ious)", {"spac"}),
        ("(?:the )?flights?", {"flight"}),
        ("go+ing on", {"ing on"}),
        (r"\bthe (?=launch)", {"launch"}),
        ("(?<!no )sail|(?<=top )mast", {"sail", "mast"}),
        ("[ab]cdef|space", {"cdef", "space"}),
        (r"(?P<name>rocket) by|rockets", {"rocket"}),
        ("x{2}yacht", {"yacht"}),
        ("\ue003+|\ue004 ship", {"\ue003", "\ue004 ship"}),
        (r"dock\x27s", {"dock"}),
    ],
)
def test_a_match_holds_one_of_the_words(pattern: str, expected: set[str]) -> None:
    assert atoms(pattern) == expected


@pytest.mark.parametrize("pattern", ["a|spacecraft", r"\w+", "(?:launch)?", "(?:launch){0,2}", "[ab]+", "it", "", "x|"])
def test_nothing_is_told_of_what_may_match_anywhere(pattern: str) -> None:
    assert atoms(pattern) == frozenset()


_WORDS = st.sampled_from(["it", "the", "crew", "crews", "lift-off", "landed", "\ue000\ue000", "\ue003", "in", ","])


@given(words=st.lists(_WORDS, min_size=1, max_size=12), rule=st.sampled_from(load_rules()))
def test_where_a_pattern_of_the_rules_matches_its_words_stand(words: list[str], rule: Rule) -> None:
    text = " ".join(words)
    for pattern in (rule.row.subject, rule.row.object, rule.row.near):
        told = rule._in_small(pattern)  # as it is compiled
        if atoms(told) and re.search(told, text):
            assert any(atom in text for atom in atoms(told))


def test_the_atoms_of_each_sentence_of_a_text_are_found_in_one_pass() -> None:
    finder = AtomFinder()
    bits = {atom: finder.bits(frozenset({atom})) for atom in ("land", "landed", " on", "\ue000", "\ue001", "at sea")}
    text = "\ue000\ue000\ue000 landed on time. \ue000\ue000 was at\nsea, on land."
    found = [
        {atom for atom, bit in bits.items() if bit & held}
        for held in finder.held(
            text,
            [
                Sentence(0, 19, 0, is_caption=False),
                Sentence(20, 29, 0, is_caption=False),
                Sentence(30, len(text), 1, is_caption=False),
            ],
        )
    ]
    assert found == [{"land", "landed", " on", "\ue000"}, {"\ue000"}, {"land", " on"}]


def test_what_a_sentence_holds_is_cut_at_its_bounds() -> None:
    finder = AtomFinder()
    bit, mark = finder.bits(frozenset({"landed"})), finder.bits(frozenset({"\ue000"}))
    text = "lan\ue000ded landed\ue000 land"
    first, then = finder.held(text, [Sentence(0, 2, 0, is_caption=False), Sentence(15, len(text), 0, is_caption=False)])
    assert not (first | then) & (bit | mark)


def test_where_nothing_is_told_every_sentence_holds_it() -> None:
    finder = AtomFinder()
    assert finder.held("anything", [Sentence(0, 8, 0, is_caption=False)])[0] & finder.bits(frozenset())
    assert finder.held("", []) == []
