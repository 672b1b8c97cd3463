"""The words that open dates: a text is walked through once, and a form is tried only where one of its words stands."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from missionwire_terms import forms
from missionwire_terms.numbers import NUMBERS

_WORD: Final = re.compile(r"\w+")
_DIGITS: Final = "0"
"""Stands for every word that begins with a digit."""

_WEEKDAYS: Final = "monday tuesday wednesday thursday friday saturday sunday"
_WHICH: Final = "this last next past coming"
_MONTHS: Final = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
_COUNTS: Final = f"{_DIGITS} {' '.join(NUMBERS)}"

_OPENINGS: Final[Mapping[re.Pattern[str], str]] = {
    forms.BRACKETED: f"{_WEEKDAYS} {_WHICH}",
    forms.WEEKDAY_AND_MONTH: _WEEKDAYS,
    forms.WEEKDAY_AND_DAY: _WEEKDAYS,
    forms.ISO: _DIGITS,
    forms.MONTH_AND_DAY: _MONTHS,
    forms.DAY_AND_MONTH: _DIGITS,
    forms.SLASHED: _DIGITS,
    forms.MONTH_OF_YEAR: _MONTHS,
    forms.MONTH: "in since last next until before by during late early mid end beginning start middle course",
    forms.WEEKDAY: f"{_WEEKDAYS} {_WHICH}",
    forms.DAY_ALONE: "on",
    forms.TODAY: "today",
    forms.NEXT_DAY: "yesterday tomorrow",
    forms.THIS_SPAN: "last this next previous",
    forms.OF_THE_MONTH: "the",
    forms.AGO: _COUNTS,
    forms.YEAR: "in since by of during until from early late mid after before",
    forms.COUNTED_ON: f"the that {_COUNTS}",
}


def _by_word() -> Mapping[str, Sequence[re.Pattern[str]]]:
    found: dict[str, list[re.Pattern[str]]] = {}
    for form, words in _OPENINGS.items():
        for word in words.split():
            found.setdefault(word, []).append(form)
    return found


_BY_WORD: Final = _by_word()


def find_forms(text: str) -> Mapping[re.Pattern[str], Sequence[re.Match[str]]]:
    """Give the places of each form in a text, as looking for it alone would, but for counts in words of no number."""
    found: dict[re.Pattern[str], list[re.Match[str]]] = {form: [] for form in _OPENINGS}
    for word in _WORD.finditer(text):
        said = word[0]
        for form in _BY_WORD.get(_DIGITS if said[0].isdecimal() else said.casefold(), ()):
            match, before = form.match(text, word.start()), found[form]
            if match and not (before and match.start() < before[-1].end()):
                before.append(match)
    return found
