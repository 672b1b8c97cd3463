import re
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from missionwire_terms import forms
from missionwire_terms.numbers import NUMBERS
from missionwire_terms.openings import FORMS, Openings
from missionwire_terms.sentences import Passage
from missionwire_terms.signposts import Signposts

PIECES = """
Monday Friday this Last next coming (17) (16/11) morning evening the The of that same day days weeks October Oct. May 17
3 5th 2021 1969 2021-10-17 05/10/2021 T04:36Z on On today Tomorrow year month in since early mid end middle by later
from before earlier ago Christmas Eve New Year's 1968 tonight night scheduled for between
following Long March two a some landed , . -
"""
TEXTS = st.lists(st.sampled_from(PIECES.split()), max_size=40).flatmap(
    lambda pieces: st.sampled_from((" ", "  ", "\n", "", "-")).map(lambda between: between.join(pieces))
)

SIGNPOSTS = Signposts()
OPENINGS = Openings(SIGNPOSTS)


def _spans(matches: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    return [match.span() for match in matches if _is_counted(match.groupdict().get("count"))]


def _is_counted(count: str | None) -> bool:
    return count is None or count.isdigit() or count.lower() in NUMBERS


@settings(max_examples=300)
@given(text=TEXTS)
def test_one_walk_through_a_text_finds_what_looking_for_each_form_alone_finds(text: str) -> None:
    found = OPENINGS.find_forms(Passage(text, SIGNPOSTS))
    for name, form in FORMS.items():
        assert _spans(found.get(name, ())) == _spans(list(form.finditer(text))), name


def test_every_form_of_a_date_is_looked_for() -> None:
    assert set(FORMS.values()) == {each for each in vars(forms).values() if isinstance(each, re.Pattern)}
