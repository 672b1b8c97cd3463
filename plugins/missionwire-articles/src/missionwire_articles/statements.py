"""Finds who said what: quotes with a named speaker."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from missionwire.plugin import Person, PersonMention
from missionwire_articles.narrative import Narrative, Placed, between
from missionwire_articles.participants import person_of
from missionwire_articles.rules import MARKS
from missionwire_articles.sentences import Quote

_REACH: Final = 300
"""How far before or after a quote its speaker may be named."""

_PERSON: Final = MARKS["person"]
_SAID: Final = r"(?:said|says|told|added|explained|noted|stated|wrote|tweeted|declared|recalled|remarked|commented)"
_AFTER: Final = re.compile(
    rf"^,?\s*(?:(?:[a-z][\w-]*\s){{0,3}}(?P<name>{_PERSON}+)(?:,[^,.“”\"]{{1,90}},)?\s(?:also\s|later\s)?{_SAID}\b"
    rf"|{_SAID}\s(?:[^,.;“”\"{_PERSON}]{{0,60}}\s)?(?P<later>{_PERSON}+))"
)
_BEFORE: Final = re.compile(
    rf"(?P<name>{_PERSON}+)(?:,[^,“”\"{_PERSON}]{{1,90}},)?\s(?:also\s|later\s)?{_SAID}\b[^.“”\";{_PERSON}]{{0,60}}[,:]\s*$"
)
_TO: Final = re.compile(
    r"\btold\s(?P<to>(?!that\b)[\w\s]{3,40}?|[\ue001]+)(?=[,.]|\s(?:on|in|after|at|that|during|before)\b|$)"
)


class Statement(NamedTuple):
    """What somebody said. `start` and `end` are the sentences' part of the reading."""

    start: int
    end: int
    speaker: Person
    quote: str
    to: str | None
    sentence: int


def statements(narrative: Narrative) -> Iterator[Statement]:
    """Give the quotes whose speaker is named beside them, in the order of the text; a pronoun names nobody."""
    for quote in narrative.quotes:
        if narrative.is_title(quote):
            continue
        index = narrative.sentence_at(quote.start)
        speaker = _speaker(narrative, quote)
        if index is None or speaker is None or not (speaker.mention.id or speaker.mention.role):
            continue
        last = narrative.sentence_at(max(quote.end - 1, speaker.end - 1))
        first_sentence = narrative.sentences[index]
        last_sentence = narrative.sentences[last if last is not None else index]
        to = _TO.search(narrative.masked, first_sentence.start, last_sentence.end)
        yield Statement(
            first_sentence.start,
            max(last_sentence.end, first_sentence.end),
            person_of(speaker.mention),
            narrative.text[quote.start : quote.end].strip('“”"«»„ ').rstrip(","),
            narrative.text[to.start("to") : to.end("to")] if to else None,
            index,
        )


def _speaker(narrative: Narrative, quote: Quote) -> Placed[PersonMention] | None:
    after = _AFTER.match(narrative.masked[quote.end : quote.end + _REACH].split("\n", 1)[0])
    if after:
        group = "name" if after["name"] else "later"
        return _at(narrative, quote.end + after.start(group))
    start = max(0, quote.start - _REACH)
    before = _BEFORE.search(narrative.masked, start, quote.start)
    if before and "\n" not in before[0]:
        return _at(narrative, before.start("name"))
    return None


def _at(narrative: Narrative, place: int) -> Placed[PersonMention] | None:
    found = between(narrative.people, place, place + 1)
    return found[0] if found else None
