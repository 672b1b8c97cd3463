"""Whether a text tells of a time as gone or as to come, by the words before it in its sentence."""

import re
from enum import Enum
from typing import Final


class Tense(Enum):
    """Which way a relative time lies from the publication."""

    GONE = "gone"
    TO_COME = "to come"
    UNCLEAR = "unclear"


_REPORTED: Final = re.compile(
    r"\b(?:said|says|announced|reported|confirmed|added|tweeted|wrote|stated|revealed|declared|told\s+\w+|unveiled)"
    r"\s+(?:\w+\s+){0,2}$"
)
"""Said on a day: the day is gone, whatever is said of the future."""

_MOVED: Final = re.compile(
    r"\b(?P<earlier>(?:had|originally|initially|first|previously|earlier)\s+(?:been\s+)?)?"
    r"(?:postponed|delayed|moved|rescheduled|pushed|slipped|put\s+off|brought\s+forward)\s+(?:[^\s.;]+\s+){0,12}?"
    r"(?:to|until|till|for)\s+(?:no\s+earlier\s+than\s+|at\s+least\s+|about\s+|early\s+|late\s+|the\s+)?$"
)
"""A day to which something was put off lies ahead, unless that was put off in its turn."""

_AIMED_AT: Final = re.compile(
    r"\b(?:(?:was|were|been)\s+(?:\w+\s+)?(?:scheduled|planned|expected|due|set|supposed)(?:\s+\w+){0,5}"
    r"|(?:postponed|delayed|moved|rescheduled|pushed|slipped)(?:\s+(?!on\b)\w+){0,3}|by|until|till)\s+$"
)
"""A day that was aimed at may lie before or after the publication."""

_STAYS: Final = re.compile(r"\b(?:will|shall|is\s+to|are\s+to)\b[^,;]{0,60}\b(?:until|till|by)\s+$")
"""A day up to which something will be so lies ahead."""

_TO_COME: Final = re.compile(
    r"\b(?:will|would|should|must|won['’]t|shall|going\s+to|plans?\s+to|wants?\s+to|intends?\s+to|aims?\s+to|means?\s+to|hopes?\s+to|expects?\s+to|no\s+earlier\s+than|upcoming|coming"
    r"|(?:is|are|be)\s+(?:\w+\s+)?(?:scheduled|expected|due|set|planned|slated|targeted|programmed|foreseen|fixed|projected|to)\b"
    r"|scheduled\s+for|planned\s+for|slated\s+for|due)\b|['’]ll\b"
)
_OPEN_QUOTE: Final = re.compile(r"[“\"][^”\"]*$")
"""Words of a quotation that is not closed yet: "We launch Sunday" tells of no Sunday gone."""

_PAST: Final = re.compile(
    r"\b(?:\w+ed|was|were|had|did|came|went|flew|saw|took|left|got|made|sent|began|met|lost|found|knew|thought|spoke)\b"
)


_STANDING: Final = re.compile(
    r"(?:^|[\s,;])[Tt]he\s+(?:\w+\s+){0,3}?(?:return|landing|launch|flight|spacewalk|docking|undocking|splashdown|mission)"
    r"(?:\s+of\s+(?:[^\s,;]+\s+){0,5}?[^\s,;]+)?,\s+(?:on|in)\s+$"
)
"""A day set beside what is to be, or was, on it: "the return of the three, on December 13, has not been moved"."""


_REMARK: Final = re.compile(r",\s+(?:who|whom|whose|which|where|when)\s+(?=(?:[^\s,]+\s+){1,8}$)")
"""A relative clause with few words before the time has a tense of its own: "will stay longer than X, who came on …"."""


def tense_before(words: str) -> Tense:
    """Tell the tense of a time from the words of its sentence that stand before it."""
    remark = _REMARK.search(words)
    if remark and _PAST.search(words, remark.end()):
        words = words[remark.end() :]
    if _REPORTED.search(words):
        return Tense.GONE
    if moved := _MOVED.search(words):
        return Tense.UNCLEAR if moved["earlier"] else Tense.TO_COME
    if _AIMED_AT.search(words):
        return Tense.TO_COME if _STAYS.search(words) else Tense.UNCLEAR
    if _TO_COME.search(words):
        return Tense.TO_COME
    quoted = _OPEN_QUOTE.search(words)
    if quoted and not _PAST.search(quoted[0]):
        return Tense.UNCLEAR
    if _STANDING.search(words):
        return Tense.UNCLEAR
    return Tense.GONE


def tense_between(before: str, after: str) -> Tense:
    """Tell the tense of a time by the words before it; where no verb is among them, by the first one after it."""
    tense = tense_before(before)
    is_bare = tense is Tense.GONE and not _PAST.search(before) and not _REPORTED.search(before)
    return tense_of_opening(after) if is_bare else tense


def tense_of_opening(words: str) -> Tense:
    """Tell the tense of a time that opens a sentence from the words after it: "For March 30 the landing is planned"."""
    to_come, past = _TO_COME.search(words), _PAST.search(words)
    is_ahead = to_come and (past is None or to_come.start() <= past.start())
    return Tense.TO_COME if is_ahead else Tense.GONE
