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
_OF_MONTHS: Final = "in since last next until before by during late early mid end beginning start middle course"
_COUNTS: Final = f"{_DIGITS} {' '.join(NUMBERS)}"

FORMS: Final[Mapping[str, tuple[re.Pattern[str], str]]] = {
    "bracketed": (forms.BRACKETED, f"{_WEEKDAYS} {_WHICH}"),
    "weekday and month": (forms.WEEKDAY_AND_MONTH, _WEEKDAYS),
    "weekday and day": (forms.WEEKDAY_AND_DAY, _WEEKDAYS),
    "iso": (forms.ISO, _DIGITS),
    "month and day": (forms.MONTH_AND_DAY, _MONTHS),
    "day and month": (forms.DAY_AND_MONTH, _DIGITS),
    "slashed": (forms.SLASHED, _DIGITS),
    "month of year": (forms.MONTH_OF_YEAR, _MONTHS),
    "month": (
        forms.MONTH,
        f"{_OF_MONTHS} scheduled planned expected set foreseen slated targeted due fixed",
    ),
    "weekday": (forms.WEEKDAY, f"{_WEEKDAYS} {_WHICH}"),
    "day alone": (forms.DAY_ALONE, "on"),
    "today": (forms.TODAY, "today"),
    "next day": (forms.NEXT_DAY, "yesterday tomorrow"),
    "this span": (forms.THIS_SPAN, "last this next previous"),
    "of the month": (forms.OF_THE_MONTH, "the"),
    "ago": (forms.AGO, _COUNTS),
    "year": (forms.YEAR, "in since by of during until from early late mid after before"),
    "counted on": (forms.COUNTED_ON, f"the that {_COUNTS}"),
}
"""The forms by name, with the words that each may open with.

By name, for a compiled pattern is hashed anew, all of it, each time it is looked up.
"""


def _by_word() -> Mapping[str, Sequence[tuple[str, re.Pattern[str]]]]:
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name, (form, words) in FORMS.items():
        for word in words.split():
            found.setdefault(word, []).append((name, form))
    return found


_BY_WORD: Final = _by_word()


def find_forms(text: str) -> Mapping[str, Sequence[re.Match[str]]]:
    """Give the places of each form in a text, as looking for it alone would, but for counts in words of no number."""
    found: dict[str, list[re.Match[str]]] = {name: [] for name in FORMS}
    for word in _WORD.finditer(text):
        said = word[0]
        for name, form in _BY_WORD.get(_DIGITS if said[0].isdecimal() else said.casefold(), ()):
            match = form.match(text, word.start())
            if match and not (found[name] and match.start() < found[name][-1].end()):
                found[name].append(match)
    return found
