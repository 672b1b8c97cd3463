"""The words that open dates: a text is walked through once, and a form is tried only where one of its words stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from missionwire_terms import forms
from missionwire_terms.letters import any_word
from missionwire_terms.numbers import NUMBERS
from missionwire_terms.sentences import Passage
from missionwire_terms.signposts import Signposts

FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "bracketed": forms.BRACKETED,
    "weekday and month": forms.WEEKDAY_AND_MONTH,
    "weekday and day": forms.WEEKDAY_AND_DAY,
    "iso": forms.ISO,
    "month and day": forms.MONTH_AND_DAY,
    "day and month": forms.DAY_AND_MONTH,
    "slashed": forms.SLASHED,
    "month of year": forms.MONTH_OF_YEAR,
    "month": forms.MONTH,
    "weekday": forms.WEEKDAY,
    "day alone": forms.DAY_ALONE,
    "today": forms.TODAY,
    "next day": forms.NEXT_DAY,
    "feast": forms.FEAST,
    "this span": forms.THIS_SPAN,
    "of the month": forms.OF_THE_MONTH,
    "ago": forms.AGO,
    "year": forms.YEAR,
    "counted on": forms.COUNTED_ON,
}
"""The forms by name, for a compiled pattern is hashed anew, all of it, each time it is looked up."""

_WEEKDAY: Final = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH: Final = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_COUNTED: Final = r"\s+(?:year|month|week|day)s?\s+(?:ago|later|afterwards|earlier|before)\b"


class _Opening(NamedTuple):
    """Words that may open some forms, in small letters, and the beginning of what follows them in each of these."""

    words: str
    follows: str
    forms: tuple[str, ...]


_NUMBER: Final = _Opening(
    "",
    rf"\d(?=\d*(?:[-/]\d|(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}|{_COUNTED}))",
    ("iso", "day and month", "slashed", "ago", "counted on"),
)
"""What begins with a digit, which is its word; these differ each time."""

_OPENINGS: Final = (
    _Opening(
        "monday tuesday wednesday thursday friday saturday sunday",
        "",
        ("bracketed", "weekday and month", "weekday and day", "weekday"),
    ),
    _Opening(
        "january february march april may june july august september october november december "
        "jan feb mar apr jun jul aug sept sep oct nov dec",
        r"\.?,?\s+(?:(?:of|the)\s+)?\d",
        ("month and day", "month of year"),
    ),
    _Opening(
        "this last next past coming previous",
        rf"[\s-]+(?:{_WEEKDAY}|{_MONTH}|year|month|night|morning|afternoon|evening)",
        ("bracketed", "weekday", "month", "this span", "next day"),
    ),
    _Opening(
        "in since until before by during late early mid from after between around about than",
        rf"[\s-]+(?:{_MONTH}|\d{{4}}|the\s+\d)",
        ("month", "year", "day alone"),
    ),
    _Opening("of", rf"[\s-]+(?:\d{{4}}|{_MONTH})", ("month", "year")),
    _Opening("and or", r"[\s-]+\d{4}", ("year",)),
    _Opening("to", r"\s+(?:\d{4}|the\s+\d)", ("year", "day alone")),
    _Opening("till", r"\s+the\s+\d", ("day alone",)),
    _Opening("for", rf"[\s-]+(?:the\s+\d|{_MONTH})", ("month", "day alone")),
    _Opening("dawn morning afternoon evening night", r"\s+of\s+the\s+\d", ("day alone",)),
    _Opening("end beginning start middle course", rf"\s+of[\s-]+{_MONTH}", ("month",)),
    _Opening(
        "scheduled planned expected set foreseen slated targeted due fixed",
        rf"\s+for[\s-]+(?:{_MONTH}|\d{{4}})",
        ("month", "year"),
    ),
    _Opening("on", r"\s+the\s+\d", ("day alone",)),
    _Opening("today", "", ("today",)),
    _Opening("yesterday tomorrow tonight", "", ("next day",)),
    _Opening("christmas", "", ("feast",)),
    _Opening("new", r"\s+year['’]s\s", ("feast",)),
    _Opening(
        "the",
        r"\s+(?:very|same|next|following|previous|day|morning|evening|night|eve|beginning|start|middle|end)\b",
        ("of the month", "counted on"),
    ),
    _Opening("that", rf"[\s-]+(?:very|same|day|morning|afternoon|evening|night|{_MONTH})", ("month", "counted on")),
    _Opening(" ".join(NUMBERS), _COUNTED, ("ago", "counted on")),
)

_FORMS_OF: Final = {
    word: tuple((name, FORMS[name]) for name in opening.forms)
    for opening in _OPENINGS
    for word in opening.words.split()
}
_FORMS_OF_NUMBER: Final = tuple((name, FORMS[name]) for name in _NUMBER.forms)


def _opening() -> re.Pattern[str]:
    words = ((word, f"(?={opening.follows})") for opening in _OPENINGS for word in opening.words.split())
    return re.compile(rf"[^a-z](?:{any_word(words)}|{_NUMBER.follows})")


_OPENING: Final = _opening()
"""With the sign before it, or what passes for one: the forms themselves look closely at it.

A search for one of many signs is quicker than one for a word boundary.
"""

_CORES: Final = (
    "monday tuesday wednesday thursday friday saturday sunday jan feb mar apr may jun jul aug sep oct nov dec "
    "today yesterday tomorrow tonight day week month year morning afternoon evening eve night christmas "
    "15 16 17 18 19 20 0th 1st 2nd 3rd 1th 2th 3th 4th 5th 6th 7th 8th 9th"
)
"""Words and parts of words one of which every form holds."""
_CORE: Final = re.compile(
    rf"(?:(?P<weekday>{_WEEKDAY})|to(?:day|morrow|night)|yesterday|(?:day|week|month|year)s?|morning|afternoon|evening|eve|night|christmas)\b"
    r"|(?P<month>january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|\d"
)
_REACHES: Final[Mapping[str | None, tuple[int, int]]] = {"weekday": (10, 0), "month": (20, 16), None: (28, 16)}
"""How many characters before the core of a form, and behind it, the words stand that open it.

A weekday opens its forms itself, whatever stands behind it.
"""


class Openings:
    """Finds the forms of dates; made once, with the signposts of the plugin."""

    def __init__(self, signposts: Signposts) -> None:
        """Put up what shows that a form may stand near."""
        self._cores = frozenset(map(signposts.number, _CORES.split()))

    def find_forms(self, passage: Passage) -> Mapping[str, Sequence[re.Match[str]]]:
        """Give the places of each form that a text holds, as looking for it alone would.

        But for counts in words of no number, and for forms with long rows of blanks.
        """
        found: dict[str, list[re.Match[str]]] = {}
        for opening in self._find(passage):
            place = opening.start()  # with the blank before the text, that of the sign is that of the word in the text
            for name, form in _FORMS_OF.get(opening[0][1:], _FORMS_OF_NUMBER):
                match = form.match(passage.text, place)
                if match is None:
                    continue
                others = found.setdefault(name, [])
                if not (others and match.start() < others[-1].end()):
                    others.append(match)
        return found

    def _find(self, passage: Passage) -> Iterator[re.Match[str]]:
        """Find the words that open forms, around the cores of these alone."""
        small, end = f" {passage.small}", 0
        for place in sorted(place for core in self._cores & passage.found.keys() for place in passage.found[core]):
            if small[place].isalpha() or not (core := _CORE.match(small, place + 1)):
                continue
            before, behind = _REACHES[core.lastgroup]
            for opening in _OPENING.finditer(small, max(end, place - before), core.end() + behind):
                yield opening
                end = opening.end()
