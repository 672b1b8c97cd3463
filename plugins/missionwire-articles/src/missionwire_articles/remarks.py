"""Whether a time is of the verb beside it, or of a remark: a relative clause, an apposition, a report of what was said.

Offsets are of a masked text in small letters; a remark is looked for inside one clause.
"""

import re
from typing import Final

from missionwire_articles.anywhere import anywhere
from missionwire_articles.cues import Cued
from missionwire_articles.rules import MARKS

_TIME: Final = MARKS["time"]
_BEING: Final = r"(?:is|are|was|were|been|being|has|have|had|will|would|did)"
_LINK: Final = (
    rf"(?:on|at|in|by|early|late|later|just|shortly|only|about|around|during|before|after|since|until|the|of|and"
    rf"|morning|afternoon|evening|night|local|{_BEING}|then|also|again|first|finally|safely|\w+ly|{_TIME}+)"
)
"""What may stand between a verb and its time, or its pronoun, without another verb among it."""

_PRONOUN: Final = Cued(
    rf"\b(?:who|whom|whose|which|where)\b|\bthat(?=\s(?:{_BEING}|\w+ed|flew|took|brought|left|went|came|made|saw|sent)\b)",
)
_LINKED: Final = re.compile(rf"[\s,]*(?:{_LINK}[\s,]+)*")
_BESIDE: Final = re.compile(rf"\s(?:{_LINK}\s)*")
_CLOSED: Final = re.compile(rf",\s(?:{_LINK}\s)*$")
_APPOSED: Final = re.compile(
    rf"(?:,|\()\s?(?!(?:{_LINK}\s)*$)(?!\s?(?:will|would|is|are|was|were|has|had|have)\s)(?![\w\s]{{0,20}}\b(?:said|says)\b)"
    r"(?![^,()]{2,60}\s(?:came|began|started|followed|ended|took place)\s)[^,()]*$",
)
_PARTICIPLE: Final = re.compile(
    r",\s(?:\w+ly\s|first\s|then\s)?(?:\w+ed|born|built|made|flown|known|chosen|begun|set|led|sent)\s[^,]*$",
)
_TIMES_ALONE: Final = re.compile(
    rf"\s(?:(?:on|in|at|and)\s|{_TIME}+,?\s?)*?{_TIME}+(?:\sof\s(?:that|the\ssame)\s(?:year|month))?,"
)
"""Times between commas are no remark: "attempts, on August 29 and September 3, were scrubbed"."""

_THAN: Final = Cued(
    r"(?<!more )(?<!less )(?<!fewer )(?<!no earlier )(?<!not earlier )(?<!no sooner )(?<!no later )\bthan\s",
    anywhere,
)
"""What follows is compared with: "farther than Apollo 13 did in 1970"."""

_ATTRIBUTED: Final = anywhere(
    r"\bsince\s(?:the\s)?(?:\w+\sof\s)?$"
    r"|\b(?!(?:morning|afternoon|evening|night|day|days|end|start|beginning|spring|summer|autumn|fall|winter|hours|middle)\b)"
    r"\w+\sof\s$",
)
_ATTRIBUTES: Final = ("since", "the", "of")
"""Its last words: before most times stands none, which is sooner seen."""
_NEAR: Final = 40
"""So far before a time stands what it is of."""

_OWN: Final = re.compile(
    r"\ssince\s|(?:\s(?:the|a|an|his|her|their|its|this))?(?:\s[\w-]+)?\s?(?:\b(?:outing|spacewalk|sortie|walk|flight|launch|landing"
    r"|docking|attempt))?\sof\s(?:the\s)?"
)
"""Between a verb and the day by which its object is named: "carried out the outing of May 4"."""

_WHEN_NEXT: Final = Cued(
    rf",\s(?:when|on which|in which)\s(?:[^,;]|,\s(?:and\s)?(?:[^\s,;]+\s){{0,3}}?{MARKS['person']})*"
)
"""Between a day and the verb of the clause that tells what was then."""

_SAY: Final = (
    r"(?:said|says|told|announced|reported|confirmed|added|stated|wrote|tweeted|explained|noted|posted|revealed"
    r"|declared)"
)
_SAID: Final = Cued(rf"\b{_SAY}\s(?:[^\s,.]+\s){{0,4}}$", anywhere)
_IN_WORDS: Final = Cued(
    r"\b(?:statement|release|briefing|conference|interview|tweet|post|message|report|blog|update)\s(?:on\s|from\s|of\s)?$",
    anywhere,
)


def is_in_remark(small: str, cues: int, clause: int, time: tuple[int, int], verb: tuple[int, int]) -> bool:
    """Tell whether a time in the clause that begins at `clause` is of something else than the verb tells.

    `cues` are those of its sentence.
    """
    if time[1] < verb[0] and cues & _WHEN_NEXT.cue and _WHEN_NEXT.fullmatch(small, time[1], verb[0]):
        return False
    before = small[max(clause, time[0] - _NEAR) : time[0]]
    if before.rstrip().endswith(_ATTRIBUTES) and _ATTRIBUTED.search(before):
        return not _OWN.fullmatch(small, verb[1], time[0])
    return _is_behind(small, cues, time, verb) if verb[1] <= time[0] else _is_ahead(small, cues, clause, time, verb)


def is_in_relative(small: str, clause: int, thing: tuple[int, int], verb: tuple[int, int]) -> bool:
    """Tell whether a thing before a verb is of a relative clause without the verb: ", who came on THING,"."""
    if "," not in small[thing[1] : verb[0]]:
        return False
    pronoun = _last(small[clause : thing[0]])
    if pronoun is None:
        return False
    return not _LINKED.fullmatch(small, clause + pronoun.end(), verb[0]) and not _closes(
        small[clause + pronoun.end() : thing[0]]
    )


def _is_behind(small: str, cues: int, time: tuple[int, int], verb: tuple[int, int]) -> bool:
    """Look at a time after the verb: what stands between them may open a remark that holds it."""
    words = small[verb[1] : time[0]]
    if _is_reported(words, cues) or (cues & _THAN.cue and _THAN.search(words)):
        return True
    pronoun = _last(words) if cues & _PRONOUN.cue else None
    return bool(pronoun and not _closes(words[pronoun.end() :])) or bool(_PARTICIPLE.search(words))


def _is_ahead(small: str, cues: int, clause: int, time: tuple[int, int], verb: tuple[int, int]) -> bool:
    """Look at a time before the verb: it may be of a remark about the subject, which the verb comes after."""
    words = small[clause : time[0]]
    if _is_reported(words, cues):
        return True
    pronoun = _last(words) if cues & _PRONOUN.cue else None
    if pronoun:
        is_its_verb = _LINKED.fullmatch(small, clause + pronoun.end(), verb[0])
        is_beside_verb = _CLOSED.search(words) and _BESIDE.fullmatch(small, time[1], verb[0])
        return not (is_its_verb or is_beside_verb or _closes(words[pronoun.end() :]))
    return (
        bool(_APPOSED.search(words))
        and any(sign in small[time[1] : verb[0]] for sign in ",)")
        and not _TIMES_ALONE.fullmatch(small, clause + words.rfind(",") + 1, small.find(",", time[1]) + 1)
    )


def _is_reported(words: str, cues: int) -> bool:
    """Tell whether what stands before a time tells that something was said then, or stood in a statement of then."""
    return bool((cues & _SAID.cue and _SAID.search(words)) or (cues & _IN_WORDS.cue and _IN_WORDS.search(words)))


def _last(words: str) -> re.Match[str] | None:
    found = list(_PRONOUN.finditer(words))
    return found[-1] if found else None


def _closes(words: str) -> bool:
    """Tell whether a comma ends a remark right before a time: ", who was chosen by NASA, on Friday"."""
    return _TIME not in words and bool(_CLOSED.search(words))
