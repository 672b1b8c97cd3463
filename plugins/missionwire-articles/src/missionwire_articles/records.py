"""Whose a record is, and of which deed; and who "four astronauts" are, of whom a text's opening speaks."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from missionwire.plugin import Person
from missionwire_articles import participants
from missionwire_articles.antecedents import OF_PEOPLE, one_before
from missionwire_articles.cues import Cued
from missionwire_articles.narrative import Narrative
from missionwire_articles.rules import MARKS
from missionwire_articles.subjects import COUNTS
from missionwire_articles.telling import Telling

OPENING: Final = 3
"""So many sentences open a text; those of whom it is are named in the next ones."""

DEED: Final = 5
"""So many sentences on, "it was the first time" is still said of what was done."""

_DEEDS: Final = ("eva.", "launch.lifted-off", "landing.", "splashdown.", "docking.", "flyby.", "undocking.")

_THAT_DEED: Final = re.compile(
    r"[“\"]?(?:it|this|that(?:\s(?:outing|spacewalk|sortie|flight|landing|launch|docking|feat))?)"
    r"\s(?:(?:was|is|also|thus|had|has)\s)*$",
    re.IGNORECASE,
)

_FOR_WHOM: Final = re.compile(
    rf"\b(?:spacewalk|outing|sortie|walk|flight|trip|mission|first|second|third|\w+th)\sfor\s(?:the\s)?(?:[\w-]+\s){{0,3}}?{MARKS['person']}+"
    rf"(?:\sand\s(?:for\s)?{MARKS['person']}+)?"
)
"""Whose a deed is that is counted: "It was the ninth spacewalk for NAME, and the fifth for NAME"."""

_OLD_RECORD: Final = re.compile(r"(?:the|his|her|their)\s(?:previous|former|old|last)\s", re.IGNORECASE)

_NO_OTHER: Final = re.compile(
    r"(?:(?:with|after|at|in)\s[^,;]{1,60},\s)?(?:no|never|nobody)\s(?:[\w-]+\s){0,3}?(?:before|had|has|ever)\s",
    re.IGNORECASE,
)

_HOLDER: Final = re.compile(r"[\w-]+\s(?:[\w-]+\s)?(?:his|her)\s(?:\w+\s)?(?:total|career|tally|record|time)\b")

_SO_MANY: Final = re.compile(
    rf"(?:^|[—–]\s|,\s|\.\s|{MARKS['time']}\s)(?:all\s|the\s)?(?P<count>{'|'.join(COUNTS)})\s(?:[\w-]+\s){{0,2}}?(?:astronauts|cosmonauts|taikonauts"
    r"|people|women|men|civilians|travell?ers|tourists|spacefarers|crew members)\b",
    re.IGNORECASE,
)
"""People who are counted before anybody is named: "Four astronauts returned …"."""

_SO_MANY_ABOARD: Final = re.compile(
    rf"\b(?:with|carrying)\s(?:all\s)?(?P<count>{'|'.join(COUNTS)})\s(?:[\w-]+\s){{0,2}}?(?:passengers|people|astronauts|cosmonauts"
    r"|taikonauts|tourists|travell?ers|women|men|crew\smembers|tripulants|civilians)\s(?:aboard|on\sboard|inside|in\sit)\b"
)
"""After the verb: how many flew in it."""

_OF_SO_MANY: Final = re.compile(
    rf"[\w-]+(?:\s[\w-]+){{0,2}}?\s(?:the|a|its)\s(?:[\w-]+\s)?(?:return|launch|departure|landing|homecoming|undocking|flight)\sof\s"
    rf"(?:all\s|the\s|its\s)?(?P<count>{'|'.join(COUNTS)})\s(?:[\w-]+\s){{0,2}}?(?:astronauts|cosmonauts|taikonauts|people|men|women"
    r"|crew\smembers)\b"
)
"""A verb, and of how many people the deed is: "put off the return of three astronauts"."""

_WITH_SO_MANY: Final = Cued(
    rf"\b(?:with|and|alongside|by)\s(?:(?:his|her|the|their)\s)?(?P<count>{'|'.join(COUNTS)}|an?|one)\s(?:other\s|more\s)?(?:(?!from\b)[\w-]+\s){{0,2}}?"
    r"(?:crewmates?|colleagues?|others|companions?|comrades?|cosmonauts?|astronauts?|taikonauts?|crew\smembers?|compatriots?)\b"
)
"""Beside the one who is named: "NAME arrived with two Russian crewmates"."""

_AMONG_THEM: Final = re.compile(r",\s(?:among them|among whom|including|one of them)\b")


def of_deed(narrative: Narrative, telling: Telling, known: Sequence[Telling]) -> Telling:
    """Give a record what was done just before it: "It was the first spacewalk …", "That outing took her total …"."""
    if telling.type != "milestone.reached" or telling.crew or _OLD_RECORD.match(telling.head):
        return telling
    if _NO_OTHER.match(narrative.masked, telling.start) or _HOLDER.search(narrative.small, telling.verb, telling.end):
        return replace(telling, crew=one_before(narrative, telling) or _opening_one(narrative))
    far = DEED if _THAT_DEED.match(telling.head) else 0
    spans = [found.span() for found in _FOR_WHOM.finditer(narrative.small, telling.verb, telling.end)] if far else []
    whose = participants.people(narrative, spans)
    paragraph = narrative.sentences[telling.sentence].paragraph
    for one in reversed(known):
        if telling.sentence - one.sentence > far or narrative.sentences[one.sentence].paragraph != paragraph:
            break
        if one.type.startswith(_DEEDS) and one.narration == telling.narration:
            return replace(
                telling,
                crew=whose or one.crew,
                mission=telling.mission or one.mission,
                mission_name=telling.mission_name or one.mission_name,
                moment=telling.moment or one.moment,
            )
    return telling


def _fliers(narrative: Narrative) -> tuple[Person, ...]:
    """Give everybody whom the text names, and who may fly."""
    return participants.named(narrative, narrative.sentences[0].start, narrative.sentences[-1].end)


def _opening_one(narrative: Narrative) -> tuple[Person, ...]:
    """Give the only one whom the first sentence names: the text is about them."""
    first = narrative.sentences[0]
    people = participants.named(narrative, first.start, first.end)
    return people if len(people) == 1 else ()


def with_all(narrative: Narrative, telling: Telling, known: Sequence[Telling]) -> Telling:
    """Give the opening's "four astronauts", or "four, among them NAME", all whom the text names later."""
    is_first = telling.type == "milestone.reached"
    if telling.sentence >= OPENING or (telling.who not in OF_PEOPLE and not is_first):
        return telling
    found = _SO_MANY.search(narrative.masked[telling.start : telling.end] if is_first else telling.head)
    if telling.type.startswith("launch."):
        found = found or _SO_MANY_ABOARD.search(narrative.masked, telling.verb, telling.end)
    if telling.type.endswith(".rescheduled"):
        found = found or _OF_SO_MANY.match(narrative.masked, telling.verb, telling.end)
    size = COUNTS[found["count"].lower()] if found else 0
    may_be_beside = telling.crew and narrative.cues[telling.sentence] & _WITH_SO_MANY.cue
    beside = _WITH_SO_MANY.search(narrative.small, telling.start, telling.end) if may_be_beside else None
    if beside and not found:
        size = len(telling.crew) + COUNTS.get(beside["count"], 1)
    is_part = bool(beside) or bool(telling.crew and _AMONG_THEM.search(narrative.small, telling.start, telling.end))
    if not size or len(telling.crew) >= size or (telling.crew and not is_part):
        return telling
    sentences = narrative.sentences[telling.sentence + 1 : telling.sentence + 1 + OPENING]
    named = [participants.named(narrative, each.start, each.end) for each in sentences]
    told = [one.crew for one in known if is_part or one.type == "crew.egressed"]  # one by one, all come out
    crews = [each for each in (*named, *told, _fliers(narrative)) if len(each) == size]
    crews = [crew for crew in crews if len(participants.joined([crew, telling.crew])) == size]
    return replace(telling, crew=crews[0]) if crews else telling
