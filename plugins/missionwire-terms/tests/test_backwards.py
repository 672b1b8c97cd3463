import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire_terms.backwards import backwards

SHAPES = [
    r"\b(?:flexible|quick-release)\s+",
    r"""(?:^|[.!?“"\n]\s*|\b(?:the|[Ii]ts)\s+(?:automatic\s+|manual\s+)?)""",
    r"(?:(?:was|were)\s+(?:\w+ly\s+|then\s+){0,2}|['’]s\s+|-)",
    r"\b(?:the|two)\s+(?:(?!door\b)(?!to\b)[\w-]+\s+){0,2}?",
    r"(?<!\bnot )(?:[A-Z][\w-]+['’]s|\d{1,2}(?:st|th)?)[ \t]+",
    r"\b[Ss](?i:hips?)s?(?!\w)(?:[\s-]+(?:[\w-]*\d[\w-]*|X))?,?\s+",
    r"[^]a-z\]\\]+|(?=the )\w+ ",
]
PIECES = (
    "the The two its was were not door to quickly then flexible quick-release ship Ship’s 25th Soyuz-2 X , . “ - ] \n"
)
TEXTS = st.lists(st.sampled_from([*PIECES.split(" "), " ", " ", " "]), max_size=12).map("".join)


@pytest.mark.parametrize("shape", SHAPES)
@given(text=TEXTS)
def test_a_turned_pattern_matches_from_the_end_what_the_pattern_finds_there(shape: str, text: str) -> None:
    found = re.search(rf"(?:{shape})\Z", text)
    assert bool(re.match(backwards(shape), text[::-1])) is bool(found)


@pytest.mark.parametrize("shape", ["a)", "[a", "a\\"])
def test_a_pattern_that_cannot_be_read_is_refused(shape: str) -> None:
    with pytest.raises(ValueError, match=re.escape(shape)):
        backwards(shape)
