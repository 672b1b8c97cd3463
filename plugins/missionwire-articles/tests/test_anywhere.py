"""A pattern that is only searched for stands in the same texts however it is compiled."""

import re
from typing import Final

import pytest

from missionwire_articles.anywhere import anywhere

TEXTS: Final = (
    "",
    "landing",
    "a soft landing",
    "the drone ship landing zone",
    "its landings, and the relanding",
    "safely gone",
    " the crew",
    "on the way home\nit was nearly lost",
    "the probe \ue003\ue003 and -landing",
)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\blanding\b",
        r"\b(?:landing|lost|gone)(?!\w)",
        r"(?<!drone ship )landing",
        r"(?:the|its|\ue003+)\s\w+",
        r"\w+ly gone",
        r"^ the",
        r"(?:^|,\s)and",
        r"(?:crew)?",
        r"\bon (?:the|its) way\b|\bnearly\s(?:lost|gone)$",
        r"[-]landing|[lg]o(?:st|ne)$",
    ],
)
def test_a_pattern_matches_where_it_did(pattern: str) -> None:
    written, compiled = re.compile(pattern), anywhere(pattern)
    for text in TEXTS:
        for start, end in ((0, len(text)), (2, len(text)), (0, len(text) - 1)):
            assert bool(compiled.search(text, start, end)) == bool(written.search(text, start, end)), text


def test_groups_are_those_of_the_pattern() -> None:
    found = anywhere(r"\b(?:capsule|ship),?\s([A-Z]\w+)").search("The capsule Grace")

    assert found
    assert (found[1], found.span(1)) == ("Grace", (12, 17))
