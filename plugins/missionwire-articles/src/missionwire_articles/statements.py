"""Finds who said what: words in quotes, and what a named person is reported to have said."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from missionwire.plugin import Person, PersonMention
from missionwire_articles.moments import Moment, moment
from missionwire_articles.narrative import FINE, Narrative, Placed, between
from missionwire_articles.participants import person_of
from missionwire_articles.rules import MARKS
from missionwire_articles.sentences import Quote, Sentence

LONGEST_SENTENCE: Final = 2_000
"""What runs on for more characters is a table or a list, and says nothing."""

BACK: Final = 2
"""How many sentences back the one may be named whom a pronoun beside a quote means."""

_QUOTE: Final = "\ue00b"
"""Stands for each letter of a quote."""

_PERSON: Final = MARKS["person"]
_SAID: Final = (
    r"(?:said|says|told|tells|wrote|writes|added|adds"
    r"|(?:explain|recall|remark|comment|confess|assur|insist|stress|jok|radio|repl|answer|exclaim|specif|warn|promis|confirm"
    r"|acknowledg|affirm|assert|indicat|underlin|emphasi[sz]|maintain|claim|reveal|conclud|observ|hail|complain|suggest|report"
    r"|announc|argu|predict|congratulat|prais|describ|declar|stat|not|tweet|admit|thank|den|contradict|regret|apologi[sz]"
    r"|estimat|caution|pledg|vow|guarante|reassur|conced|mention|recount|narrat|point(?:ed|s)\sout|summ"
    r"|summari[sz]|clarif|demand|urg|criticis|criticiz|repeat|reiterat|inform|post)"
    r"(?:ed|es|s|ied|ies|ted|ting)"
    r"|called(?=\s(?:it|the|this|his|her|their)\b)|spoke\sof|swore|wished|hoped|made\s(?:it\s)?clear|let\sit\sbe\sknown|paid\stribute)"
)
_VOICED: Final = (
    r"(?:shouted|cried|laughed|quipped|whispered|asked|began|continued|went\son|mused|marvelled|marveled|sighed|murmured"
    r"|greeted|read\sout|ordered|called|responded|smiled|enthused|gushed|summed\sup|opined|thinks|thought|repeated|signed\soff)"
)
"""Verbs that tell of words only beside a quote."""

_ADVERB: Final = r"(?:(?:had|has|have|also|later|then|simply|only|\w+ly)\s){0,2}"
_ASIDE: Final = rf"(?:,[^;{_PERSON}{_QUOTE}]{{1,120}}?,|\s\([^)]{{1,60}}\))?"
_WHO: Final = (
    r"(?P<who>he|she|the\s(?:[a-z-]+\s){0,2}?(?:astronaut|cosmonaut|taikonaut|actress|actor|commander|pilot|engineer"
    r"|director|chief|head|administrator|woman|man|official|spokes\w+|scientist|tourist|\d\d-year-old|other|latter))"
)
_NAME: Final = rf"(?P<name>{_PERSON}(?<!{_PERSON}{_PERSON}){_PERSON}*+)"
"""A whole name: nothing is looked for in the middle of one."""

_NAMED: Final = re.compile(rf"{_NAME}{_ASIDE},?\s{_ADVERB}(?P<said>{_SAID})\b")
_NAMED_AFTER: Final = re.compile(
    rf"(?:{_QUOTE},?|,)\s{_ADVERB}(?P<said>{_SAID})\s(?:[^.;{_QUOTE}{_PERSON}]{{0,90}}?\s)?(?P<name>{_PERSON}+)"
)
_VOICED_AFTER: Final = re.compile(
    rf"{_QUOTE},?\s{_ADVERB}(?P<said>{_VOICED})\s(?:[^.;{_QUOTE}{_PERSON}]{{0,90}}?\s)?(?P<name>{_PERSON}+)"
    rf"|{_QUOTE},?\s(?P<name_>{_PERSON}+){_ASIDE},?\s{_ADVERB}(?P<said_>{_VOICED})\b"
)
_AND_SAID: Final = re.compile(
    rf"{_NAME}{_ASIDE},?\s\w+(?:ed|ew|ook|aid|ent|ave|et|ot)\s[^,.;{_PERSON}{_QUOTE}]{{1,80}},?\s(?:and|but)\s"
    rf"{_ADVERB}(?P<said>{_SAID})\b"
)
"""Said after something else was done: "NAME received the crew and promised that …"."""

_ACCORDING: Final = re.compile(
    rf"(?:\b(?:according\sto|in\sthe\swords\sof|as)|{_QUOTE},?\sso)\s(?:the\s(?:[\w-]+\s){{1,4}})?(?P<name>{_PERSON}+)(?![’'\w])"
    rf"(?!\s(?:was|were|had|has|is|and|did|left|came|went|looked|watched))",
    re.IGNORECASE,
)
"""Words that stand with whose they are: "according to NAME"."""

_WHO_LATER: Final = _WHO.replace("?P<who>", "?P<who_>")
_MEANT: Final = re.compile(rf"{_QUOTE},?\s(?:{_WHO}\s{_ADVERB}{_SAID}|{_ADVERB}{_SAID}\s{_WHO_LATER})\b", re.IGNORECASE)
_MEANT_BEFORE: Final = re.compile(rf"\b{_WHO}\s{_ADVERB}{_SAID}\b[^.;{_QUOTE}]{{0,60}}[,:]\s{_QUOTE}", re.IGNORECASE)
_REPORTED: Final = re.compile(
    r"\s(?:\w+\s){0,6}?(?:that|him|them|the|it|he|she|they|there|his|her|its|this|all|everything|no|one|a|an)\b"
)
_AT_END: Final = re.compile(r"(?:\s(?:on|in|at|to|during|after)\s[^,;]{1,60})?[.!]?\s*")
_WORDS_BEFORE: Final = re.compile(r"(?:\S+\s){4}[^;]*,\s(?:[\w-]+\s){0,6}$")
"""Words that somebody is said to have said stand before their name: "there was no danger, manager X said"."""

_TO: Final = re.compile(
    r"\btold\s(?P<to>(?!that\b)[\w\s]{3,40}?|[\ue001]+)(?=[,.]|\s(?:on|in|after|at|that|during|before|from)\b|$)"
)


class Statement(NamedTuple):
    """What somebody said. `spans` are the sentences' parts of the reading; `quote` is None where it is reported."""

    spans: tuple[tuple[int, int], ...]
    speaker: Person
    quote: str | None
    to: str | None
    sentence: int
    moment: Moment | None = None


class _Said(NamedTuple):
    speaker: PersonMention
    end: int


def statements(narrative: Narrative) -> list[Statement]:
    """Give what is said, in the order of the text; what one says in sentences side by side is one statement."""
    blanked = _blanked(narrative)
    found: list[Statement] = []
    for index, sentence in enumerate(narrative.sentences):
        if sentence.is_caption or sentence.end - sentence.start > LONGEST_SENTENCE:
            continue
        said = _said(narrative, blanked, index)
        if said:
            _add(found, narrative, _statement(narrative, blanked, index, said))
    return found


def _statement(narrative: Narrative, blanked: str, index: int, said: _Said) -> Statement:
    sentence = narrative.sentences[index]
    spans = [(sentence.start, sentence.end)]
    quote = _quote(narrative, (sentence.start, sentence.end))
    beside = _beside(narrative, blanked, index)
    if quote is None and beside is not None:
        spans.insert(0, (narrative.sentences[beside].start, narrative.sentences[beside].end))
        quote = _quote(narrative, spans[0])
    if quote and quote.start < sentence.start:
        first = narrative.sentence_at(quote.start)
        spans += [(s.start, s.end) for s in narrative.sentences[first:index]] if first is not None else []
    to = _TO.search(narrative.masked, sentence.start, sentence.end)
    return Statement(
        tuple(sorted(set(spans))),
        person_of(said.speaker),
        narrative.text[quote.start : quote.end].strip('“”"«»„ ').rstrip(",") if quote else None,
        narrative.text[to.start("to") : to.end("to")] if to else None,
        index,
        _moment(narrative, sentence, said.end) if quote else None,
    )


def _add(found: list[Statement], narrative: Narrative, said: Statement) -> None:
    """Add a statement; to the last one, where the same person goes on in its paragraph."""
    last = found[-1] if found else None
    is_same = (
        last is not None
        and (last.speaker.id or last.speaker.name) == (said.speaker.id or said.speaker.name)
        and narrative.sentences[last.sentence].paragraph == narrative.sentences[said.sentence].paragraph
    )
    if last is None or not is_same:
        found.append(said)
        return
    found[-1] = last._replace(
        spans=tuple(sorted({*last.spans, *said.spans})),
        quote=last.quote or said.quote,
        to=last.to or said.to,
        moment=last.moment or said.moment,
    )


def _said(narrative: Narrative, blanked: str, index: int) -> _Said | None:
    """Tell who speaks in a sentence; None where nobody does, or it is not sure who."""
    sentence = narrative.sentences[index]
    bounds = (sentence.start, sentence.end)
    part = blanked[slice(*bounds)]
    is_quoted, has_person = _QUOTE in part, _PERSON in part
    if not (is_quoted or has_person):
        return None  # every pattern has one of them
    has_quote = is_quoted or _beside(narrative, blanked, index) is not None
    named = has_person and (
        _NAMED_AFTER.search(blanked, *bounds) or _NAMED.search(blanked, *bounds) or _AND_SAID.search(blanked, *bounds)
    )
    if named and (has_quote or _is_reported(blanked, named, *bounds)):
        mention = _at(narrative, named.start("name"))
        return _Said(mention, named.end()) if mention and _is_known(mention) else None
    voiced = _VOICED_AFTER.search(blanked, *bounds) if is_quoted and has_person else None
    if voiced:
        mention = _at(narrative, voiced.start("name" if voiced["name"] else "name_"))
        return _Said(mention, voiced.end()) if mention and _is_known(mention) else None
    meant = is_quoted and (_MEANT.search(blanked, *bounds) or _MEANT_BEFORE.search(blanked, *bounds))
    if not meant:
        told = _ACCORDING.search(blanked, *bounds) if has_person else None
        mention = _at(narrative, told.start("name")) if told else None
        return _Said(mention, told.end()) if told and mention and _is_known(mention) else None
    who = next(meant.span(name) for name, found in meant.groupdict().items() if found)
    mention = _of_correction(narrative, who) or _of_context(narrative, index)
    return _Said(mention, meant.end()) if mention else None


def _is_reported(blanked: str, named: re.Match[str], start: int, end: int) -> bool:
    """Tell whether a sentence without a quote reports words: "X said that …", "…, said X"."""
    is_at_end = _AT_END.fullmatch(blanked, named.end(), end) and _WORDS_BEFORE.search(blanked, start, named.start())
    return (
        named.start("said") < named.start("name") or bool(_REPORTED.match(blanked, named.end(), end)) or bool(is_at_end)
    )


def _is_known(mention: PersonMention) -> bool:
    return bool(mention.id or mention.role or " " in mention.name)


def _beside(narrative: Narrative, blanked: str, index: int) -> int | None:
    """Give the sentence before, where it ends in a quote that this one goes on from: "…!” he said"."""
    sentence = narrative.sentences[index]
    before = narrative.sentences[index - 1] if index else None
    if before is None or before.paragraph != sentence.paragraph or blanked[before.end - 1] != _QUOTE:
        return None
    return index - 1 if blanked[sentence.start] == _QUOTE or blanked[sentence.start].islower() else None


def _quote(narrative: Narrative, bounds: tuple[int, int]) -> Quote | None:
    """Give the first words in quotes that reach into a part of the text."""
    number = max(0, bisect_left(narrative.quotes, (bounds[0], 0)) - 1)
    while number < len(narrative.quotes) and narrative.quotes[number].start < bounds[1]:
        quote = narrative.quotes[number]
        if quote.end > bounds[0] and not narrative.is_title(quote):
            return quote
        number += 1
    return None


def _moment(narrative: Narrative, sentence: Sentence, start: int) -> Moment | None:
    """Give the time that stands after the verb and outside the quote: "told reporters on March 4"."""
    for placed in between(narrative.times, start, sentence.end):
        is_said_then = not narrative.quote_at(placed.start) and placed.mention.time_precision in FINE
        if is_said_then and (when := moment(placed.mention.time, placed.mention.time_precision)):
            return when
    return None


def _of_correction(narrative: Narrative, who: tuple[int, int]) -> PersonMention | None:
    """Give the one whom a mended pronoun was found to mean: its evidence names them."""
    place = narrative.to_original(*who)
    for correction in narrative.document.corrections:
        if correction.kind == "pronoun" and correction.start < place.end and place.start < correction.end:
            meant = [
                m
                for m in narrative.document.people()
                for e in correction.evidence
                if m.start < e.end and e.start < m.end
            ]
            return meant[0] if len({mention.id or mention.name for mention in meant}) == 1 else None
    return None


def _of_context(narrative: Narrative, index: int) -> PersonMention | None:
    """Give the one named first in the nearest sentence before that names anybody; of another paragraph the only one."""
    sentences = narrative.sentences
    for back in range(index, max(-1, index - 1 - BACK), -1):
        people = _people(narrative, sentences[back])
        if people:
            is_same = sentences[back].paragraph == sentences[index].paragraph
            is_sure = is_same or len({mention.id or mention.name for mention in people}) == 1
            return people[0] if is_sure and not sentences[back].is_caption else None
    return None


def _people(narrative: Narrative, sentence: Sentence) -> list[PersonMention]:
    placed: Iterable[Placed[PersonMention]] = between(narrative.people, sentence.start, sentence.end)
    return [each.mention for each in placed if not narrative.quote_at(each.start)]


def _blanked(narrative: Narrative) -> str:
    """Give the masked text with its quotes, but for those of a word or two, blanked."""
    return "".join(_pieces(narrative))


def _pieces(narrative: Narrative) -> Iterator[str]:
    place = 0
    for quote in narrative.quotes:
        yield narrative.masked[place : quote.start]
        whole = narrative.masked[quote.start : quote.end]
        yield whole if narrative.is_title(quote) else _QUOTE * len(whole)
        place = quote.end
    yield narrative.masked[place:]


def _at(narrative: Narrative, place: int) -> PersonMention | None:
    found = between(narrative.people, place, place + 1)
    return found[0].mention if found else None
