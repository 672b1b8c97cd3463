"""How phrases are taken apart: their parts match what they match."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire_articles.heads import Headed, headed
from missionwire_articles.rules import load_rules
from missionwire_articles.syntax import phrases


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("landed", [("(?:landed)", "")]),
        ("lande?s?", [("(?:lande?s?)", "")]),
        (r"(?:docked|docking)(?: at| to)?", [("(?:docked|docking)", "(?: at| to)?")]),
        (
            "(?:rose|came up|sailed) from",
            [("(?:rose)", " from"), ("", "(?:came up) from"), ("(?:sailed)", " from")],
        ),
        (r"lit(?! up)(?= the)", [("(?:lit)", "(?! up)(?= the)")]),
        (r"set,? (?:off|out)", [("(?:set)", ",? (?:off|out)")]),
        ("(?:re)?dock from", [("", "(?:re)?dock from")]),
        ("dock(?:ed| up)", [("", "dock(?:ed| up)")]),
        (r"dock(?: up)?\w+", [("", r"dock(?: up)?\w+")]),
        (r"(?<!un)docking", [("", r"(?<!un)docking")]),
        (r"late(?=[.,]|$)", [("", r"late(?=[.,]|$)")]),
        ("lift-?off", [("", "lift-?off")]),
    ],
)
def test_words_at_the_head_are_told_from_what_follows(phrase: str, expected: list[tuple[str, str]]) -> None:
    assert list(headed(phrase)) == expected


PHRASES = [phrase for rule in load_rules() for pattern, _ in rule.verbs for phrase in phrases(pattern)]
WORDS = st.sampled_from(
    [
        *(
            "landed",
            "docked",
            "was",
            "is",
            "the",
            "first",
            "to",
            "from",
            "down",
            "off",
            "up",
            "in",
            "at",
            "took",
            "place",
        ),
        *(
            "planned",
            "for",
            "launch",
            "crew",
            "came",
            "went",
            "set",
            "out",
            "back",
            "place",
            "\ue000\ue000",
            "\ue003",
            "\ue007",
        ),
    ]
)


@given(phrase=st.sampled_from(PHRASES), words=st.lists(WORDS, min_size=1, max_size=8))
def test_the_first_part_that_matches_matches_what_the_phrase_does(phrase: str, words: list[str]) -> None:
    text = " ".join(words)
    whole = re.compile(rf"(?:{phrase})(?!\w)").match(text)
    found = (end for part in headed(phrase) if (end := _end(part, text)) is not None)
    assert next(found, None) == (whole.end() if whole else None)


def _end(part: Headed, text: str) -> int | None:
    word = re.match(r"\w*", text)
    start = 0
    if part.head:
        if not word or not re.fullmatch(part.head, word[0]):
            return None
        start = word.end()
    match = re.compile(rf"(?:{part.rest})(?!\w)").match(text, start)
    return match.end() if match else None
