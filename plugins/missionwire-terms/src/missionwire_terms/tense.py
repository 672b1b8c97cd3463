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
    r"\b(?:(?:was|were|been)\s+(?:\w+\s+)?(?:scheduled|planned|expected|due|set|supposed|foreseen|fixed|programmed"
    r"|slated|targeted)(?:\s+\w+){0,5}"
    r"|(?:postponed|delayed|moved|rescheduled|pushed|slipped)(?:\s+(?!on\b)\w+){0,3}|by|until|till)\s+$"
)
"""A day that was aimed at may lie before or after the publication."""

_HAD_BEEN: Final = re.compile(r"\bhad\s+(?:\w+\s+)?been\b")

_STAYS: Final = re.compile(r"\b(?:will|shall|is\s+to|are\s+to)\b[^,;]{0,60}\b(?:until|till|by)\s+$")
"""A day up to which something will be so lies ahead."""

_TO_COME: Final = re.compile(
    r"\b(?:will|would|should|must|won['’]t|shall|going\s+to|plans?\s+to|wants?\s+to|intends?\s+to|aims?\s+to|means?\s+to|hopes?\s+to|expects?\s+to|ha(?:s|ve)\s+(?:still\s+)?to|needs?\s+to|no\s+earlier\s+than|upcoming|coming"
    r"|(?:is|are|be)\s+(?:\w+\s+)?(?:scheduled|expected|due|set|planned|slated|targeted|programmed|foreseen|fixed|projected|to)\b"
    r"|(?:remains?|stays?)\s+(?:\w+\s+)?(?:set|fixed|foreseen|expected|targeted|programmed|due)"
    r"|(?:scheduled|planned|slated|foreseen)\s+for|due)\b|['’]ll\b"
)
_COMES: Final = re.compile(
    r"\b(?:goes|comes|flies|leaves|departs|arrives|returns|follows|starts|begins|ends|opens)\b[^,.;“”]*\bin\s+(?:early\s+|late\s+|mid-)?$"
)
"""A present that tells of a month to come: "it goes to California in September"."""
_SAID_BY: Final = re.compile(
    r",[”\"]?\s+(?:said|affirmed|announced|reported|confirmed|added|wrote|stated|declared|informed|explained|assured)\s+"
    r"(?P<who>[^;.“”]{2,120})\b(?:on|this|last)\s+$"
)
"""Said behind what is said: "…, affirmed the head of ESA at an air show on Wednesday"."""
_OF_ANOTHER: Final = re.compile(
    r"\b(?:that|those|the\s+ones?|the\s+(?:flight|launch|landing|attempt|accident)s?)\s+(?:of|on)\s+$"
)
"""A day by which something that was is named: "the second flight after that of July 20"."""
_GIVEN_UP: Final = re.compile(
    r"[^.;]{0,40}?\b(?:but|and|until)\s+(?:[\w’']+\s+){0,4}?"
    r"(?:(?P<now>will|(?:is|are)\s+now|now)\b|(?:was|were|had\s+to\s+be)\s+(?:\w+\s+)?(?:put\s+off|postponed|delayed|scrubbed|moved|called\s+off|broken\s+off|pushed|cancell?ed|stopped))"
)
"""What became of an aim, behind its day: it "was put off by a day", or "will now wait"."""
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
    remark = _REMARK.search(words) if "wh" in words else None
    if remark and _PAST.search(words, remark.end()):
        words = words[remark.end() :]
    last = "".join(words[-8:].split()[-1:])  # what ends in one word is looked for only where that word stands
    if _REPORTED.search(words) or _is_reported(words, last):
        return Tense.GONE
    if last in _LEADS_TO_AIMS and (moved := _MOVED.search(words)):
        return Tense.UNCLEAR if moved["earlier"] else Tense.TO_COME
    if _AIMED_AT.search(words):
        return Tense.TO_COME if _STAYS.search(words) else Tense.UNCLEAR
    if _TO_COME.search(words) or (last in _LEADS_TO_MONTHS and _COMES.search(words) and not _PAST.search(words)):
        return Tense.TO_COME
    quoted = _OPEN_QUOTE.search(words)
    if quoted and not _PAST.search(quoted[0]):
        return Tense.UNCLEAR
    if last in _LEADS_TO_STANDING and _STANDING.search(words):
        return Tense.UNCLEAR
    return Tense.GONE


def _is_reported(words: str, last: str) -> bool:
    """Tell whether a day is that on which something was said, or one by which something that was is named."""
    if last not in _LEADS_TO_DAYS:
        return False
    said_by = _SAID_BY.search(words)
    return bool(_OF_ANOTHER.search(words) or (said_by and not _TO_COME.search(said_by["who"])))


_LEADS_TO_DAYS: Final = frozenset({"of", "on", "this", "last"})
_LEADS_TO_AIMS: Final = frozenset({"to", "until", "till", "for", "than", "least", "about", "early", "late", "the"})
_LEADS_TO_STANDING: Final = frozenset({"on", "in"})
_LEADS_TO_MONTHS: Final = frozenset({"in", "early", "late", "mid-"})


def tense_between(before: str, after: str) -> Tense:
    """Tell the tense of a time by the words before it; where no verb is among them, by the first one after it."""
    tense = tense_before(before)
    if tense is Tense.UNCLEAR and _AIMED_AT.search(before) and (given_up := _GIVEN_UP.match(after)):
        if given_up["now"]:
            return Tense.TO_COME
        return Tense.GONE if _HAD_BEEN.search(before) else tense
    is_bare = tense is Tense.GONE and not _PAST.search(before) and not _REPORTED.search(before)
    return tense_of_opening(after) if is_bare else tense


def tense_of_opening(words: str) -> Tense:
    """Tell the tense of a time that opens a sentence from the words after it: "For March 30 the landing is planned"."""
    to_come, past = _TO_COME.search(words), _PAST.search(words)
    is_ahead = to_come and (past is None or to_come.start() <= past.start())
    return Tense.TO_COME if is_ahead else Tense.GONE
