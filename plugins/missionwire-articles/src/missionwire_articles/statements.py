"""Finds who said what: words in quotes, and what somebody is reported to have said."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from missionwire.plugin import AgencyMention, Person, PersonMention, TimeMention
from missionwire_articles.antecedents import NATIONALS
from missionwire_articles.attributions import Attribution, attribution
from missionwire_articles.cues import Cued
from missionwire_articles.days import scene_day
from missionwire_articles.moments import Moment, moment
from missionwire_articles.narrative import Narrative, Placed, between
from missionwire_articles.participants import ON_THE_GROUND, person_of
from missionwire_articles.sayings import NO_VERBS, QUOTE, VOICES, Verbs, verbs_by_sentence
from missionwire_articles.sentences import Quote, Sentence

LONGEST_SENTENCE: Final = 2_000
"""What runs on for more characters is a table or a list, and says nothing."""

BACK: Final = 2
"""How many sentences back the one may be named whom a pronoun beside a quote means."""

_PRONOUNS: Final = {"he": "male", "she": "female"}

_GENDERED: Final = {"man": "male", "woman": "female", "actor": "male", "actress": "female", "spaceman": "male"}

_POSSESSOR: Final = re.compile(r"\b(?:of|by|with|from|to)\s(?:the\s)?(?:[\w-]++\s){0,2}$", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"[’']s?\b")
_NEAR: Final = 40
"""So far from a name its title may stand."""

_STAMPED: Final = re.compile(r"(?:\s?[-–—:|]|\.)?\s")
"""What stands after the clock that an entry of a ticker begins with."""

_TO: Final = Cued(
    r"\b(?:told|tells)\s(?P<to>(?!that\b)[\w\s]{3,40}?|[\ue001]+)(?=[,.]|\s(?:on|in|after|at|that|during|before|from)\b|$)"
)
_REMARK: Final = re.compile(r",\s(?:who|whose|which|where)\b", re.IGNORECASE)
_CALLED: Final = re.compile(
    r"(?<!the )(?<!of )(?<!for )\b[A-Z][\w’-]+(?:\s(?:de|da|di|van|von|bin|al|el|[A-Z]\.))?(?:\s[A-Z][\w’-]+){0,2}$"
)
"""A name that is on no roster, at the end of what calls somebody: "commentator Ana Lima"."""

_IS_BODY: Final = re.compile(
    r"\b(?:Agency|Institut\w+|Cent(?:re|er)|Office|Ministry|Department|Universit\w+|Company|Corporation|Corp|Industries|Observatory"
    r"|Laborator\w+|Museum|Council|Committee|Commission|Government|Academy|Bureau|Association|Society|Foundation"
    r"|Organi[sz]ation|Administration|Systems|Technolog\w+|Aerospace|Space|Group|Alliance|News|Television|TV|Control)$"
)
"""What is called so is a body, and nobody."""

_OF_WHERE: Final = re.compile(r"\s(?:of|from|at|for)\s")
"""After a name: whose somebody is, "NAME of the Institute"."""

_IN_OFFICE: Final = re.compile(
    r",\s(?:in charge of|responsible for|(?:(?:the|an?|its|their)\s)?(?:[\w-]++\s){0,3}?(?:minister|head|chief|director"
    r"|president|manager|commander|engineer|spokes\w+|secretary|mayor|leader|governor|designer)\b)"
)
"""After a name that is on no roster: what shows that somebody bears it, ", the minister of"."""

_OPENS: Final = re.compile(r"[“\"]?(?:(?:Also|Then|Only|Late|Early|Earlier|But|And)\s)?(?:(?:[Oo]n|[Ii]n|[Aa]t)\s)?")
"""What may stand before a time with which a sentence opens."""

_THANKS: Final = re.compile(r"\b(?:congratulated|thanked|praised|saluted|hailed|applauded)\b")
"""Verbs of what is said to somebody: nothing is reported after them whose time it might be."""

_HOUR: Final = Cued(
    r"\b(?:in the (?:evening|morning|afternoon)|that (?:evening|morning|night)"
    r"|the same (?:day|evening|morning|night))\b"
)
_OCCASION: Final = Cued(
    r"\b(?:in|at|during|by|gave|held|hosted|attended|recorded|joined)\s(?:an?|the|his|her|their|its|another)\s(?:[\w-]++\s){0,2}?"
    r"(?:broadcast|message|call|interview|video|(?:press|news)\sconference|briefing|speech|address|ceremony|transmission)\b"
)
"""On what occasion somebody speaks."""

_RIGHT_AFTER: Final = re.compile(r"\s?(?:on\s|in\s|late\s|early\s)?")
_NO_WORDS: Final = QUOTE + " ."
"""What stands in a sentence that is a quote and no more."""

_WORDS: Final = re.compile(r"\b(?:that|how|why)\b|[:\ue00b]")
"""Where what was said begins: a time before it is when it was said."""


class Statement(NamedTuple):
    """What somebody said. `spans` are the sentences' parts of the reading; `quote` is None where it is reported.

    Who speaks is a `person`, an `agency`, somebody whom `words` of the text call, or nobody knows. `is_report`: it is
    no statement where its sentence tells of an event.
    """

    spans: tuple[tuple[int, int], ...]
    quote: str | None
    to: str | None
    sentence: int
    person: Person | None = None
    agency: AgencyMention | None = None
    words: str | None = None
    moment: Moment | None = None
    is_report: bool = False

    @property
    def speaker(self) -> str | None:
        """Who speaks, by id, by name, or as the text calls them."""
        if self.person:
            return self.person.id or self.person.name
        return (self.agency.id or self.agency.name) if self.agency else self.words


def statements(narrative: Narrative) -> list[Statement]:
    """Give what is said, in the order of the text; what one says in sentences side by side is one statement."""
    words = [quote for quote in narrative.quotes if not narrative.is_title(quote)]
    blanked = _blanked(narrative.masked, words)
    verbs = verbs_by_sentence(_blanked(narrative.small, words), narrative.sentences)
    found: list[Statement] = []
    for index in sorted(_may_tell(narrative, verbs)):
        sentence = narrative.sentences[index]
        if sentence.is_caption or sentence.end - sentence.start > LONGEST_SENTENCE:
            continue
        beside = _beside(narrative, blanked, index)
        part = blanked[sentence.start : sentence.end]
        said = attribution(part, verbs.get(index, NO_VERBS), is_beside_quote=beside is not None)
        if said and (statement := _statement(narrative, index, said.shifted(sentence.start), beside)):
            _add(found, narrative, statement)
        elif not said and not part.strip(_NO_WORDS):
            _go_on(found, narrative, index)
    return found


def _may_tell(narrative: Narrative, verbs: Mapping[int, Verbs]) -> set[int]:
    """Give the sentences that may give somebody's words: by a verb that needs no quote, with a quote, or after one."""
    found = {index for index, may_be in verbs.items() if may_be.kinds & ~VOICES}
    for quote in narrative.quotes:
        inside = narrative.sentences_in(*quote)
        found.update(inside, range(inside.stop, min(inside.stop + 1, len(narrative.sentences))))
    return found


def _statement(narrative: Narrative, index: int, said: Attribution, beside: int | None) -> Statement | None:
    """Make a statement of an attribution; what somebody is only reported to have said needs to be of somebody known."""
    sentence = narrative.sentences[index]
    spans = [(sentence.start, sentence.end)]
    quote = _quote(narrative, (sentence.start, sentence.end))
    if quote is None and beside is not None:
        spans.insert(0, (narrative.sentences[beside].start, narrative.sentences[beside].end))
        quote = _quote(narrative, spans[0])
    if said.kind == "beside" and not _is_left_open(narrative, quote):
        return None
    if quote and quote.start < sentence.start:
        first = narrative.sentence_at(quote.start)
        spans += [(s.start, s.end) for s in narrative.sentences[first:index]] if first is not None else []
    who = _speaker(narrative, index, said, is_quoted=quote is not None)
    if who is None:
        return None
    is_to = narrative.cues[index] & _TO.cue
    to = _TO.search(narrative.masked, sentence.start, sentence.end) if is_to else None
    return Statement(
        tuple(sorted(set(spans))),
        narrative.text[quote.start : quote.end].strip('“”"«»„‘’ ').rstrip(",") if quote else None,
        narrative.text[to.start("to") : to.end("to")] if to else None,
        index,
        *who,
        moment=_moment(narrative, index, said),
        is_report=said.is_report and quote is None,
    )


class _Speaker(NamedTuple):
    person: Person | None = None
    agency: AgencyMention | None = None
    words: str | None = None


_NOBODY: Final = _Speaker()


def _speaker(narrative: Narrative, index: int, said: Attribution, *, is_quoted: bool) -> _Speaker | None:
    """Say who speaks; None where nothing is said."""
    words = narrative.text[slice(*said.place)].strip()
    match said.kind:
        case "agency":
            placed = between(narrative.agencies, said.place[0], said.place[0] + 1)
            return _Speaker(agency=placed[0].mention) if placed else None
        case "nobody":
            return _NOBODY
        case "unnamed":
            is_named = is_quoted or _IN_OFFICE.match(narrative.text, said.place[1])
            person = _called(narrative, said.place) if is_named else None
            return _Speaker(person) if person else _Speaker(words=words)
        case "called":
            person = _called(narrative, said.place)
            return _Speaker(person) if person else None
        case "who":
            who = _meant(narrative, index, said.place)
            if who is None and words.lower() in _PRONOUNS:
                return _NOBODY if is_quoted and between(narrative.people, 0, said.place[0]) else None
            return _Speaker(person_of(who)) if who else _Speaker(words=words)
        case _:
            mention = _at(narrative, said.place[0])
            return _Speaker(person_of(_whole(narrative, mention))) if mention else None


def _called(narrative: Narrative, place: tuple[int, int]) -> Person | None:
    """Give whom words call by a name that is on no roster, or by the last part of one that the text has whole."""
    start, end = _stripped(narrative, place)
    stop = _OF_WHERE.search(narrative.text, start, end)
    before = _CALLED.search(narrative.text, start, stop.start()) if stop else None
    called = before or _CALLED.search(narrative.text, start, end)
    if called is None or _IS_BODY.search(called[0]):
        return None
    is_agency = any(each.end > called.start() for each in between(narrative.agencies, place[0], called.end()))
    if is_agency or between(narrative.people, *place):
        return None
    if " " in called[0]:
        return Person(name=called[0])
    named = (each.mention for each in narrative.people if each.mention.name.endswith(f" {called[0]}"))
    return next(map(person_of, named), None)


def _whole(narrative: Narrative, mention: PersonMention) -> PersonMention:
    """Give the only one of the text whose family name somebody has of whom no more is known."""
    if mention.id or " " in mention.name:
        return mention
    named = [each.mention for each in narrative.people if each.mention.name.endswith(f" {mention.name}")]
    return named[0] if len({_key(each) for each in named}) == 1 else mention


def _meant(narrative: Narrative, index: int, who: tuple[int, int]) -> PersonMention | None:
    """Give the one whom a pronoun, or a title without a name, means."""
    return (
        _of_correction(narrative, who)
        or _of_title(narrative, who)
        or _of_nation(narrative, who)
        or _of_context(narrative, index, who)
        or _of_headline(narrative, who)
    )


def _of_nation(narrative: Narrative, who: tuple[int, int]) -> PersonMention | None:
    """Give the only one before of a country by which who speaks is called: "the Frenchman"."""
    country = NATIONALS.get(narrative.text[slice(*who)].rpartition(" ")[2].lower())
    known = {
        _key(placed.mention): placed.mention
        for placed in between(narrative.people, 0, who[0])
        if country and placed.mention.nationality == country and placed.mention.role not in ON_THE_GROUND
    }
    return next(iter(known.values())) if len(known) == 1 else None


def _of_headline(narrative: Narrative, who: tuple[int, int]) -> PersonMention | None:
    """Give the only one whom the headline names, where words, not a pronoun, stand for who speaks."""
    word = narrative.text[slice(*who)].rpartition(" ")[2].lower()
    titled = narrative.document.people("title") if word not in _PRONOUNS else ()
    known = {_key(mention): mention for mention in titled if mention.role not in ON_THE_GROUND}
    one = next(iter(known.values())) if len(known) == 1 else None
    return one if one and one.gender in {None, _GENDERED.get(word, one.gender)} else None


def _of_title(narrative: Narrative, who: tuple[int, int]) -> PersonMention | None:
    """Give the last one before who is called by the same title: "Colonel NAME", "NAME, the commander"."""
    title = narrative.text[slice(*who)].rpartition(" ")[2].lower()
    if title in _PRONOUNS:
        return None
    for placed in reversed(between(narrative.people, 0, who[0])):
        before = narrative.small[max(0, placed.start - _NEAR) : placed.start]
        after = narrative.small[placed.end : placed.end + _NEAR]
        if before.rstrip(" ,").endswith(title) or (
            after.startswith(", ") and title in after[2:].partition(",")[0].split()
        ):
            return placed.mention
    return None


def _stripped(narrative: Narrative, place: tuple[int, int]) -> tuple[int, int]:
    """Give a place without the spaces at its end."""
    return place[0], place[0] + len(narrative.text[slice(*place)].rstrip())


def _add(found: list[Statement], narrative: Narrative, said: Statement) -> None:
    """Add a statement; to the last one, where the same one goes on in its paragraph."""
    last = found[-1] if found else None
    is_same = (
        last is not None
        and last.speaker == said.speaker
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


def _go_on(found: list[Statement], narrative: Narrative, index: int) -> None:
    """Add a sentence that is a quote and no more: to what was said before it, or as words of the one named there."""
    sentence, before = narrative.sentences[index], narrative.sentences[index - 1] if index else None
    if before is None or before.paragraph != sentence.paragraph:
        return
    span = (sentence.start, sentence.end)
    if found and found[-1].sentence == index - 1:
        found[-1] = found[-1]._replace(spans=tuple(sorted({*found[-1].spans, span})), sentence=index)
        return
    quote = _quote(narrative, span)
    people = _people(narrative, before, before.end)
    if (
        quote
        and sentence.start <= quote.start
        and quote.end <= sentence.end
        and len({_key(person) for person in people}) == 1
    ):
        words = narrative.text[quote.start : quote.end].strip('“”"«»„‘’ ')
        found.append(Statement((span,), words, None, index, person=person_of(people[0])))


def _is_left_open(narrative: Narrative, quote: Quote | None) -> bool:
    """Tell whether a quote's last mark shows that the sentence goes on with whose it is."""
    return quote is not None and narrative.text[quote.start : quote.end].rstrip('”"»’“ ').endswith((",", "!", "?", "…"))


def _beside(narrative: Narrative, blanked: str, index: int) -> int | None:
    """Give the sentence before, where it ends in a quote that this one may go on from: "…!” he said"."""
    sentence = narrative.sentences[index]
    before = narrative.sentences[index - 1] if index else None
    if before is None or before.paragraph != sentence.paragraph or blanked[before.end - 1] != QUOTE:
        return None
    return index - 1


def _quote(narrative: Narrative, bounds: tuple[int, int]) -> Quote | None:
    """Give the first words in quotes that reach into a part of the text."""
    number = max(0, bisect_left(narrative.quotes, (bounds[0], 0)) - 1)
    while number < len(narrative.quotes) and narrative.quotes[number].start < bounds[1]:
        quote = narrative.quotes[number]
        if quote.end > bounds[0] and not narrative.is_title(quote):
            return quote
        number += 1
    return None


def _moment(narrative: Narrative, index: int, said: Attribution) -> Moment | None:
    """Give the time when it was said: "told reporters on March 4", "told us last night that …", or the ticker's clock.

    Of what is only reported, no time that may be of what was said.
    """
    sentence = narrative.sentences[index]
    if between(narrative.times, sentence.start, sentence.end):
        for placed in _times(narrative, sentence, said):
            if when := moment(placed.mention.time, placed.mention.time_precision):
                return when
    return _stamp(narrative, index) or _same_day(narrative, index) or _of_occasion(narrative, index)


def _times(narrative: Narrative, sentence: Sentence, said: Attribution) -> Iterator[Placed[TimeMention]]:
    """Give the times of a sentence that may tell when it was said, the likeliest first."""
    end = sentence.end
    if said.words is not None and not said.is_before:
        words = _WORDS.search(narrative.masked, said.end, end)
        is_thanks = bool(_THANKS.search(narrative.masked, said.place[0], said.end))
        end = words.start() if words else sentence.end if is_thanks else said.end
    for placed in between(narrative.times, said.end, end):
        if not narrative.quote_at(placed.start) and not _REMARK.search(narrative.masked, said.end, placed.start):
            yield placed
    yield from _opening_times(narrative, sentence, said)
    yield from _times_between(narrative, sentence, said)


def _same_day(narrative: Narrative, index: int) -> Moment | None:
    """Give the day of which the text tells where only the hour is told: "said in the evening"."""
    sentence, may_be_told = narrative.sentences[index], narrative.cues[index] & _HOUR.cue
    hour = _HOUR.search(narrative.small_text, sentence.start, sentence.end) if may_be_told else None
    if not hour or narrative.quote_at(hour.start()):
        return None
    return scene_day(narrative, index, "statement.made")


def _of_occasion(narrative: Narrative, index: int) -> Moment | None:
    """Give the only day of the sentence before, where it tells on what occasion: "On Tuesday he held a briefing"."""
    if not index or not narrative.cues[index - 1] & _OCCASION.cue:
        return None
    before = narrative.sentences[index - 1]
    if before.paragraph != narrative.sentences[index].paragraph:
        return None
    if not _OCCASION.search(narrative.small, before.start, before.end):
        return None
    placed = [each for each in between(narrative.times, before.start, before.end) if not narrative.quote_at(each.start)]
    told = [when.date for each in placed if (when := moment(each.mention.time, each.mention.time_precision))]
    return told[0] if len({day and day.time for day in told}) == 1 else None


def _opening_times(narrative: Narrative, sentence: Sentence, said: Attribution) -> list[Placed[TimeMention]]:
    """Give the time with which a sentence opens before who speaks ("On Friday NAME said"), or one between both.

    One that stands between the verb of a quote and who speaks: "…,” explained on Friday the director".
    """
    quote = _quote(narrative, (sentence.start, sentence.end))
    if quote and quote.start < said.place[0]:
        inside = between(narrative.times, max(quote.end, sentence.start), said.place[0])
        return [each for each in inside if _REMARK.search(narrative.masked, sentence.start, each.start) is None]
    stop = narrative.masked.rfind("; ", sentence.start, said.place[0])  # "she waved; on Friday she said"
    start = sentence.start if stop < 0 else stop + len("; ")
    inside = between(narrative.times, start, said.place[0]) if said.place[0] < said.end else []
    return [each for each in inside[:1] if _OPENS.fullmatch(narrative.masked, start, each.start)]


def _times_between(narrative: Narrative, sentence: Sentence, said: Attribution) -> list[Placed[TimeMention]]:
    """Give the time right after a verb that a comma parts from what was said: "As NAME explained on Friday, …"."""
    next_ = between(narrative.times, said.end, sentence.end)[:1]
    return [
        each
        for each in next_
        if _RIGHT_AFTER.fullmatch(narrative.masked, said.end, each.start)
        and narrative.masked.startswith(", ", each.end)
    ]


def _stamp(narrative: Narrative, index: int) -> Moment | None:
    """Give the clock with which the paragraph begins: it is an entry of a ticker."""
    paragraph = narrative.sentences[index].paragraph
    while index and narrative.sentences[index - 1].paragraph == paragraph:
        index -= 1
    start = narrative.sentences[index].start
    for placed in between(narrative.times, start, start + 1):
        if placed.mention.time_precision in {"minute", "second"} and _STAMPED.match(narrative.text, placed.end):
            return moment(placed.mention.time, placed.mention.time_precision)
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


def _of_context(narrative: Narrative, index: int, who: tuple[int, int]) -> PersonMention | None:
    """Give the one named first in the nearest sentence before that names anybody; of another paragraph the only one.

    Of several, those whose gender is another than the pronoun's are left out.
    """
    sentences = narrative.sentences
    gender = _PRONOUNS.get(narrative.text[slice(*who)].lower())
    for back in range(index, max(-1, index - 1 - BACK), -1):
        people = _people(narrative, sentences[back], who[0])
        if people:
            is_same = sentences[back].paragraph == sentences[index].paragraph
            fitting = [person for person in people if person.gender in {None, gender}] if gender else people
            known = [person for person in fitting if person.gender] or fitting or people
            is_sure = is_same or len({_key(person) for person in known}) == 1
            return known[0] if is_sure and not sentences[back].is_caption else None
    return None


def _people(narrative: Narrative, sentence: Sentence, end: int) -> list[PersonMention]:
    """Give who is named in a sentence before a place, outside quotes.

    Those who only own something, or are with another, only where nobody else is.
    """
    placed: Iterable[Placed[PersonMention]] = between(narrative.people, sentence.start, min(end, sentence.end))
    named = [each for each in placed if not narrative.quote_at(each.start)]
    leading = [each for each in named if not _is_beside_another(narrative, sentence, each)]
    return [each.mention for each in leading or named]


def _is_beside_another(narrative: Narrative, sentence: Sentence, placed: Placed[PersonMention]) -> bool:
    before = narrative.masked[sentence.start : placed.start]
    return bool(_POSSESSOR.search(before) or _POSSESSIVE.match(narrative.masked, placed.end))


def _key(mention: PersonMention) -> str:
    return mention.id or mention.name


def _blanked(masked: str, words: Iterable[Quote]) -> str:
    """Give a masked text with somebody's words blanked."""
    return "".join(_pieces(masked, words))


def _pieces(masked: str, words: Iterable[Quote]) -> Iterator[str]:
    place = 0
    for start, end in words:
        yield masked[place:start]
        yield QUOTE * (end - start)
        place = end
    yield masked[place:]


def _at(narrative: Narrative, place: int) -> PersonMention | None:
    found = between(narrative.people, place, place + 1)
    return found[0].mention if found else None
