"""Which flights a text names, and which of them it is about."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from missionwire.plugin import CraftMention, Person
from missionwire_articles import participants
from missionwire_articles.anywhere import anywhere
from missionwire_articles.cues import Cued
from missionwire_articles.kept import Kept
from missionwire_articles.moments import moment as moment_of
from missionwire_articles.narrative import Narrative, Placed, between, is_flight
from missionwire_articles.rules import MARKS
from missionwire_articles.telling import Telling

LONG_AGO: Final = timedelta(days=400)
"""A flight that ended longer ago than any lasts is history: what the article tells of now is not of it."""

OPENS: Final = 2
"""So many sentences open a paragraph."""

ROUND: Final = 3
"""So many paragraphs with each its own flight, half of all, make a text a roundup."""

LATE: Final = 1
"""A flight that no paragraph up to this one names is not what the text is about."""

_COMPARED: Final = anywhere(
    r"\b(?:since|than|like|unlike|together with|along with|alongside|as(?!\s(?:a\s)?part\sof\b)|after|before"
    r"|of earlier|previous"
    r"|(?:to|by) the crew of)\s(?:the\s)?(?:[\w-]+\s){0,3}$"
)
_RELIEVES: Final = Cued(
    r"(?:,[^,;.]{1,40},)?\s(?:(?:will|would|should|is|are)\s)?(?:(?:due|set|scheduled|expected|planned|supposed)\s)?(?:to\s)?"
    r"(?:takes?\sover|relieves?|replaces?|succeeds?|takes?\s(?:their|its|his|her)\splaces?)\b"
)
"""After a flight: it is to come for those of whom the text tells, "until FLIGHT takes over"."""

_REACH: Final = 40
_WHO_CAME: Final = Cued(
    r"\bwho\s(?:(?:had|have|has|both|all|also|already|earlier|recently|then)\s)*(?:been\s)?(?:arrived|came|come|flew|flown|launched|lifted|blasted"
    r"|travell?ed|went|gone|rode|ridden)\b[^,;.]*$"
)
"""Before a flight: it is that of somebody met, "embraced NAME, who had arrived in October on FLIGHT"."""

_LIST: Final = 120
_WITH_FLIGHT: Final = re.compile(
    rf"{MARKS['person']}+(?:(?:,\s(?:and\s)?|\sand\s)(?:[a-z-]+\s){{0,3}}{MARKS['person']}+)*,?\s(?:of|from)\s(?:the\s)?$"
)
"""Before a flight that is told only of those right before it: "they welcomed A and B of FLIGHT"."""

_HOSTS: Final = Cued(
    r"(?:[^;.]{0,80},)?\s(?:will\s|would\s|are\sto\s|were\sto\s|had\s|have\s)?"
    r"(?:receiv|welcom|greet|await|host|embrac|hugg|met\b|meet|hand)\w*\s(?:over\s)?(?:to\s)?"
    r"(?:them|the\s(?:newcomers|new\s\w+|arrivals|colleagues|visitors|guests|two|three|four))\b"
)
"""After a flight: its crew is aboard the station to which those come of whom the text tells."""

_YEARS_AGO: Final = Cued(r"\b(?:years?|decades?)\s(?:ago|earlier)\b|\blast\syear\b", anywhere)
"""A sentence of history."""


class Named(Struct, frozen=True):
    """A place where a flight is named, and the index of its sentence, None between sentences.

    `is_of_met`: as that of people whom others met, `is_of_hosts`: who met them.
    """

    start: int
    mention: CraftMention
    sentence: int | None
    is_compared: bool = False
    is_of_met: bool = False
    is_of_hosts: bool = False

    @property
    def is_news(self) -> bool:
        """Whether the text may be about it."""
        return not (self.is_compared or self.is_of_met or self.is_of_hosts)


_ANY: Final = -1
"""The cues of what stands in no sentence: all."""


class Topic:
    """The flights that a text names, where it names them, and which it is about."""

    def __init__(self, narrative: Narrative, tellings: Sequence[Telling]) -> None:
        """Take what the text tells of the flights that it names."""
        self._narrative = narrative
        self._tellings = tellings
        self._headline = list(narrative.document.craft("title"))
        self.named = [self._one(placed) for placed in narrative.flights]
        titled = self._titled()
        if titled and titled[0].mention.id not in {one.mention.id for one in self.named}:
            self.named = [*titled, *self.named]
        self.starts = [one.start for one in self.named]
        self._in_paragraph: dict[tuple[int, int], list[CraftMention]] = {}
        self.first = first_places((one.mention.id, one.start) for one in self.named)

    @Kept
    def flights_of(self) -> dict[str, set[str | None]]:
        """The flights of people, as far as paragraphs tell that name one flight alone."""
        inside: dict[int, set[str | None]] = {}
        theirs: dict[int, tuple[int, str | None]] = {}
        for one in self.named:
            paragraph = self.paragraph_of(one.start)
            if apposed := _WITH_FLIGHT.search(self._narrative.masked, max(0, one.start - _LIST), one.start):
                theirs[paragraph] = (apposed.start(), one.mention.id)
            elif not one.is_compared:
                inside.setdefault(paragraph, set()).add(one.mention.id)
        found: dict[str, set[str | None]] = {}
        for placed in self._narrative.people:
            paragraph = self.paragraph_of(placed.start)
            flights = inside.get(paragraph, set())
            if not flights and paragraph in theirs and placed.start >= theirs[paragraph][0]:
                flights = {theirs[paragraph][1]}
            if len(flights) == 1:
                found.setdefault(placed.mention.id or placed.mention.name, set()).update(flights)
        return found

    @Kept
    def opening(self) -> tuple[Person, ...]:
        """The people of the first paragraphs."""
        last = max(LATE, self.paragraph_of(self.starts[0]))
        spans = [s for s in self._narrative.sentences if s.paragraph <= last and not s.is_caption]
        return participants.named(self._narrative, spans[0].start, spans[-1].end) if spans else ()

    def _titled(self) -> list[Named]:
        """Give the only flight of the headline, as if the text opened with it: it may name it nowhere else."""
        titled = distinct(mention for mention in self._headline if is_flight(mention))
        return [Named(0, titled[0], self._narrative.sentence_at(0))] if len(titled) == 1 else []

    def _one(self, placed: Placed[CraftMention]) -> Named:
        small, start, end = self._narrative.small, placed.start, placed.end
        sentence = self._narrative.sentence_at(start)
        cues = _ANY if sentence is None else self._narrative.cues[sentence]
        is_compared = (
            _COMPARED.search(small[max(0, start - _REACH) : start])
            or participants.MADE_OTHERS.match(small, end)
            or (cues & _RELIEVES.cue and _RELIEVES.match(small, end))
        )
        if start <= self._narrative.sentences[0].end:
            return Named(start, placed.mention, sentence, bool(is_compared))
        who = small.find("who", max(0, start - _LIST), start) if cues & _WHO_CAME.cue else -1
        is_of_met = who >= 0 and bool(_WHO_CAME.search(small, who, start))
        is_of_hosts = bool(cues & _HOSTS.cue and _HOSTS.match(small, end))
        return Named(start, placed.mention, sentence, bool(is_compared), is_of_met, is_of_hosts)

    def named_in(self, start: int, end: int) -> list[Named]:
        """Give the places in a part of the text where flights are named."""
        return self.named[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def in_paragraph(self, telling: Telling) -> list[CraftMention]:
        """Give the flights that the paragraph has named up to the end of the telling's sentence, or its main part."""
        place = telling.sentence, telling.verb
        if (known := self._in_paragraph.get(place)) is None:
            known = self._in_paragraph[place] = self._named_up_to(telling)
        return known

    def _named_up_to(self, telling: Telling) -> list[CraftMention]:
        stop = self._narrative.masked.find(";", telling.verb, telling.end)
        start, end = self.paragraph(telling)
        inside = [one for one in self.named_in(start, stop if stop > 0 else end) if not one.is_compared]
        if inside and self.is_to_come(telling):
            inside = [one for one in inside if not self._is_of_history(one)]
        return distinct(one.mention for one in inside if not one.is_of_met) if inside else []

    def in_paragraph_before(self, telling: Telling) -> list[CraftMention]:
        """Give the flights of the last paragraph before the telling's that names any."""
        start, _ = self.paragraph(telling)
        before = [one for one in self.named_in(0, start) if not one.is_compared]
        last = self.paragraph_of(before[-1].start) if before else -1
        return distinct(one.mention for one in before if self.paragraph_of(one.start) == last)

    def paragraph(self, telling: Telling) -> tuple[int, int]:
        """Give the part of the telling's paragraph up to the end of its sentence."""
        sentences = self._narrative.sentences
        paragraph = sentences[telling.sentence].paragraph
        first = telling.sentence
        while first and sentences[first - 1].paragraph == paragraph:
            first -= 1
        return sentences[first].start, sentences[telling.sentence].end

    @Kept
    def all(self) -> list[CraftMention]:
        """The flights that it names, each once, but for those that something is only compared with."""
        told = [one for one in self.named if not one.is_compared]
        return distinct(one.mention for one in told) if any(one.is_news for one in told) else []

    @Kept
    def is_roundup(self) -> bool:
        """Whether the text goes from flight to flight: each paragraph opens with its own."""
        if any(is_flight(c) for c in self._headline):
            return False
        topics: dict[int, set[str | None]] = {}
        told = {one.mission for one in self._tellings}
        flown = [one for one in self._tellings if not one.type.startswith("experiment.")]  # done years into a flight
        news = {one.mission for one in flown if self.is_live(one)}
        sentences = self._narrative.sentences
        for one in self.named:
            number = one.sentence
            if number is None or one.mention.id in told - news:
                continue
            paragraph = sentences[number].paragraph
            if number < OPENS or sentences[number - OPENS].paragraph != paragraph:
                topics.setdefault(paragraph, set()).add(one.mention.id)
        if sum(self.hero in missions for missions in topics.values()) > 1:
            return False
        firsts = [frozenset(missions) for missions in topics.values()]
        if len(set(firsts)) < ROUND:
            return False
        return 2 * len(firsts) >= len({sentence.paragraph for sentence in sentences})

    @Kept
    def is_late(self) -> bool:
        """Whether the text names its first flight far down: it is about none."""
        titled = any(c.what in {"mission", "spacecraft", "vehicle"} for c in self._headline)
        return not titled and self.paragraph_of(self.starts[0]) > LATE

    @Kept
    def is_upper(self) -> bool:
        """Whether the text names its first flight in its upper half: it may be about it, though others opened it."""
        return not self.is_late or 3 * self.paragraph_of(self.starts[0]) < 2 * self._narrative.sentences[-1].paragraph

    def paragraph_of(self, place: int) -> int:
        """Give the number of the paragraph that holds a place; -1 between paragraphs."""
        number = self._narrative.sentence_at(place)
        return -1 if number is None else self._narrative.sentences[number].paragraph

    @Kept
    def news(self) -> list[Named]:
        """The places where a flight is named that is no history, and none to compare with."""
        return [one for one in self.named if self._is_news(one)]

    def _is_news(self, one: Named) -> bool:
        return one.is_news and not self._is_of_history(one)

    def _is_of_history(self, one: Named) -> bool:
        """Tell whether the sentence that names a flight tells of long ago alone."""
        long_ago, number = self.long_ago, one.sentence
        if long_ago is None or number is None:
            return False
        sentence = self._narrative.sentences[number]
        may_be_told = self._narrative.cues[number] & _YEARS_AGO.cue
        if may_be_told and _YEARS_AGO.search(self._narrative.small_text, sentence.start, sentence.end):
            return True
        known = [
            moment
            for placed in between(self._narrative.times, sentence.start, sentence.end)
            if not placed.mention.is_dateline
            and (moment := moment_of(placed.mention.time, placed.mention.time_precision))
        ]
        return bool(known) and all(moment.end < long_ago for moment in known)

    @Kept
    def long_ago(self) -> datetime | None:
        """What ended before it is history to the text; None where it tells no time."""
        return self._narrative.told - LONG_AGO if self._narrative.told else None

    @Kept
    def hero(self) -> str | None:
        """The flight that the article is about: the only one of its headline, else of the first paragraph with any."""
        named = [c.id for c in self._headline if is_flight(c)]
        if not named and self.named:
            first = next((one for one in self.named if self._is_news(one)), None)
            paragraph = self.paragraph_of((first or self.named[0]).start)
            inside = [one for one in self.named if self.paragraph_of(one.start) == paragraph]
            named = [one.mention.id for one in inside if first is None or self._is_news(one)]
        return named[0] if len(set(named)) == 1 else None

    def is_live(self, telling: Telling) -> bool:
        """Tell whether it is neither history nor still to come."""
        is_old = telling.moment and self.long_ago and telling.moment.end < self.long_ago
        return not is_old and not self.is_to_come(telling)

    def is_to_come(self, telling: Telling) -> bool:
        """Tell whether it is a plan."""
        return telling.narration == "planned" or telling.type.endswith((".scheduled", ".assigned"))


def first_places(named: Iterable[tuple[str | None, int]]) -> dict[str | None, int]:
    """Give where each was named first."""
    found: dict[str | None, int] = {}
    for name, start in named:
        found.setdefault(name, start)
    return found


def distinct(mentions: Iterable[CraftMention]) -> list[CraftMention]:
    """Give each craft once, in the order of their names."""
    found: dict[str, CraftMention] = {}
    for mention in mentions:
        found.setdefault(mention.id or "", mention)
    return list(found.values())
