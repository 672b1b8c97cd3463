"""One text with its dates: which day, and which zone, a clock in it has (VOCABULARY, section 6)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from missionwire.plugin import Span, TimeMention
from missionwire_terms.clocks import Clock, Pair
from missionwire_terms.dates import Told, counted_on, read_dates
from missionwire_terms.openings import find_forms
from missionwire_terms.published import Published
from missionwire_terms.sentences import split_sentences
from missionwire_terms.tense import Tense, tense_between, tense_of_opening
from missionwire_terms.zones import Zone

REACH: Final = 3
"""How many sentences back the day of a clock may have been told."""

NEWS: Final = timedelta(days=2)
"""A day so shortly before the publication is the one that the text is about."""

LOOK_BACK: Final = 240
"""How many characters before a time, in its sentence, tell its tense."""

_OPENS: Final = re.compile(r"(?:(?:For|On|In|By|At|From|Late|Early)\s+(?:the\s+)?){0,2}")
"""What may stand before a time that opens its sentence: "For March 30 …"."""

_TIED: Final = re.compile(r"[\s,]*(?:(?:on|at|of|around|about|exactly|the|this|early|late)\s+){0,3}")
"""What may stand between a clock and its own date."""

_NEIGHBOURS: Final = 4
"""How many dates on each side of a clock may be its own."""

_RELATIVE: Final = re.compile(r",\s+(?:who|whom|whose|which)\b")
_LONGEST_BRACKET: Final = 80
_AT_ONCE: Final = re.compile(r"[\s,]*(?:in|of)?\s*")
_HALF: Final = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_LOCAL: Final = re.compile(r"[\s(,]*(?:local|there\b|their\s+time)", re.IGNORECASE)
_EARLIER: Final = re.compile(r"\b(?:had|earlier|before\s+that|previously)\b", re.IGNORECASE)
_TOLD_BACK: Final = re.compile(
    r"\b(?:undock\w*|uncoupl\w*|unhitch\w*|decoupl\w*|launch|lift-?off|departure|take-?off|decollage|braking|deorbit\w*)\b",
    re.IGNORECASE,
)
"""A step of a flight that news tells after the one that it is about, though it came before it on that day."""


class Page:
    """One text with its sentences and the days it tells, ready to give the day of a clock."""

    def __init__(self, text: str, published: Published | None, start: int) -> None:
        """Find the dates from `start` on; before it stands a dateline."""
        self.text = text
        self._published = published
        self._tenses: dict[int, Tense] = {}
        self._days_of: dict[Span, date | None] = {}
        self.sentences = tuple(split_sentences(text))
        self._starts = [sentence.start for sentence in self.sentences]
        found = find_forms(text)
        days = [day for day in read_dates(found, published, self.tense) if day.start >= start]
        self.days = counted_on(found["counted on"], days, self._is_meant)
        self._day_starts = [day.start for day in self.days]
        self._told = [day for day in self.days if day.precision == "day" and not self._is_aside(day)]
        self._told_starts = [day.start for day in self._told]
        self._are_one = [day.on == self._told[0].on for day in self._told]
        for number in range(1, len(self._told)):
            self._are_one[number] = self._are_one[number] and self._are_one[number - 1]

    def sentence(self, place: int) -> Span:
        """Give the sentence that a place is in."""
        return self.sentences[self._number(place)] if self.sentences else Span(0, len(self.text))

    def tense(self, place: int) -> Tense:
        """Tell the tense of a time at a place: by the words before it, of one that opens a sentence by those after."""
        if place not in self._tenses:
            self._tenses[place] = self._read_tense(place)
        return self._tenses[place]

    def _read_tense(self, place: int) -> Tense:
        sentence = self.sentence(place)
        if _OPENS.fullmatch(self.text, sentence.start, place):
            return tense_of_opening(self.text[place : min(sentence.end, place + LOOK_BACK)])
        before = self.text[max(sentence.start, place - LOOK_BACK) : place]
        after = self.text[place : min(sentence.end, place + LOOK_BACK)]
        return tense_between(before, after)

    def day_of(self, clock: Span) -> date | None:
        """Give the day of a clock: of the nearest date in its sentence, else of the last day told shortly before it.

        A sentence whose own date is no day, or could not be resolved, leaves its clock without one; so does an earlier
        day that lies ahead where the clock is gone, or the other way.
        """
        if clock not in self._days_of:
            self._days_of[clock] = self._find_day_of(clock)
        return self._days_of[clock]

    def _find_day_of(self, clock: Span) -> date | None:
        own = self.sentence(clock.start)
        inside = self._beside(clock, own)
        if inside:
            days = [told for told in inside if told.precision == "day"] or inside
            nearest = min(days, key=lambda told: self._distance(clock, told))
            return nearest.on if nearest.precision == "day" else None
        number = bisect_left(self._told_starts, own.start) - 1
        if number < 0 or self._is_in_relative(self._told[number].start):
            return None
        last = self._told[number]
        if not self._is_near(last.start, clock.start) and not (self._are_one[number] and self._is_news(last.on)):
            return None
        if last.is_to_come != (self.tense(clock.start) is Tense.TO_COME):
            return None
        return last.on

    def _is_meant(self, anchor: Told, place: int, *, is_only: bool) -> bool:
        """Tell whether a day told before may be meant by "the next day": a near one, or the only one, the news."""
        return self._is_near(anchor.start, place) or (is_only and self._is_news(anchor.on))

    def _is_news(self, day: date | None) -> bool:
        """Tell whether a day is the one that a text is about: a text that tells of it alone means it everywhere."""
        return bool(day and self._published and timedelta(0) <= self._published.last - day <= NEWS)

    def _is_near(self, told: int, place: int) -> bool:
        """Tell whether the day told at a place may still be meant at a later one."""
        return self._number(place) - self._number(told) <= REACH

    def with_zones(self, clocks: Sequence[Clock | Pair]) -> list[Clock | Pair]:
        """Give clocks without a zone the one in which the text tells its clocks of that form, once it has told it.

        A text that names two zones so, or calls the clock local, means another one perhaps.
        """
        zones: dict[bool, set[Zone | None]] = {}
        for clock in _apart(clocks):
            if clock.zone_span:
                zones.setdefault(_is_halved(self.text, clock), set()).add(clock.zone)
        if any(isinstance(clock, Pair) and clock.first.zone == clock.second.zone for clock in clocks):
            return list(self._with_zones_beside(clocks))  # one of its zone words is wrong
        first = next((clock.span.start for clock in _apart(clocks) if clock.zone_span), len(self.text))
        return [self._with_zone(clock, zones, first) for clock in clocks]

    def _with_zones_beside(self, clocks: Sequence[Clock | Pair]) -> Iterator[Clock | Pair]:
        """Give a clock without a zone the one of the clock just before it in its sentence, where that stands alone."""
        last: Clock | Pair | None = None
        for clock in clocks:
            is_bare = isinstance(clock, Clock) and not clock.zone_span and not _LOCAL.match(self.text, clock.span.end)
            is_beside = last is not None and self._number(last.span.start) == self._number(clock.span.start)
            if is_bare and is_beside and isinstance(last, Clock) and isinstance(clock, Clock):
                yield replace(clock, zone=last.zone)
            else:
                yield clock
            last = clock

    def _with_zone(self, clock: Clock | Pair, zones: Mapping[bool, set[Zone | None]], start: int) -> Clock | Pair:
        if isinstance(clock, Pair) or clock.zone_span or _LOCAL.match(self.text, clock.span.end):
            return clock
        told = zones.get(_is_halved(self.text, clock), set())
        return replace(clock, zone=next(iter(told))) if len(told) == 1 and clock.span.start > start else clock

    def in_order(self, mention: TimeMention, last: TimeMention | None) -> TimeMention:
        """Take the time from a clock that has its day from an earlier one, and would run backwards on it.

        It may be of the day after: "lifted off at 11 pm on Friday. It docked at 5 am". Where the text goes back itself
        ("had undocked"), it may be of the day before.
        """
        if not mention.time or not last or not last.time or self._is_dated(Span(mention.start, mention.end)):
            return mention
        if self.day_of(Span(last.start, last.end)) != self.day_of(Span(mention.start, mention.end)):
            return mention
        head = self.text[max(self.sentence(mention.start).start, mention.start - LOOK_BACK) : mention.start]
        is_back = bool(_EARLIER.search(head)) and self._number(mention.start) != self._number(last.start)
        is_told_back = bool(
            _TOLD_BACK.search(head)
        )  # may go back or not: "the landing was at 3. The undocking was at 12"
        return replace(mention, time=None) if (mention.time < last.time) != is_back and not is_told_back else mention

    def _is_dated(self, clock: Span) -> bool:
        """Tell whether a clock has a date that is tied to it."""
        return any(not self._distance(clock, date)[0] for date in self._beside(clock, self.sentence(clock.start)))

    def _distance(self, clock: Span, told: Told) -> tuple[bool, int]:
        """Tell how far a date is from a clock; one that only a word like `on` parts from it is nearest."""
        first, last = sorted((clock, Span(told.start, told.end)))
        between = self.text[first.end : max(first.end, last.start)]
        return not _TIED.fullmatch(between[:LOOK_BACK]), len(between)

    def portuguese_manner(self) -> Span | None:
        """Give the first weekday that has its number in brackets."""
        return next((Span(told.start, told.end) for told in self.days if told.is_bracketed), None)

    def _between(self, start: int, end: int) -> list[Told]:
        return self.days[bisect_left(self._day_starts, start) : bisect_left(self._day_starts, end)]

    def _beside(self, clock: Span, own: Span) -> list[Told]:
        """Give the few dates of a clock's sentence that stand next to it, before and after.

        What is in brackets is said of the clock in them alone, what is in a relative clause of one in it. A year or
        month behind a comma is of something else, as in ", the first since 1968".
        """
        first, last = (bisect_left(self._day_starts, place) for place in (own.start, max(own.end, clock.end)))
        before, after = (bisect_left(self._day_starts, place) for place in (clock.start, clock.end))
        if before < after and "(" not in self.text[clock.start : self.days[before].start]:
            return self.days[before:after]  # "1:16 am on Monday, Beijing time"
        beside = self.days[max(first, before - _NEIGHBOURS) : before]
        beside += self.days[after : min(last, after + _NEIGHBOURS)]
        return [told for told in beside if not self._is_apart(clock, told)]

    def _is_aside(self, told: Told) -> bool:
        """Tell whether a date stands in brackets, so that it is of what they hold alone."""
        return self.text.rfind("(", max(0, told.start - _LONGEST_BRACKET), told.start) > self.text.rfind(
            ")", max(0, told.start - _LONGEST_BRACKET), told.start
        )

    def _is_apart(self, clock: Span, told: Told) -> bool:
        if told.start >= clock.end:
            between = self.text[clock.end : told.start][-LOOK_BACK:]
            is_remark = told.precision != "day" and "," in between and not _AT_ONCE.fullmatch(between)
        else:
            between, is_remark = self.text[told.end : clock.start][-LOOK_BACK:], False
        return (
            is_remark or between.count("(") != between.count(")") or ("," in between and self._is_parted(clock, told))
        )

    def _is_parted(self, clock: Span, told: Told) -> bool:
        """Tell whether a relative clause holds one of a clock and a date: "X, who came on Sunday, woke at 7:38"."""
        return self._is_in_relative(min(clock.start, told.start))

    def _is_in_relative(self, place: int) -> bool:
        """Tell whether a place stands in a relative clause that no comma has ended."""
        head = self.text[max(self.sentence(place).start, place - LOOK_BACK) : place]
        pronouns = list(_RELATIVE.finditer(head))
        return bool(pronouns) and "," not in head[pronouns[-1].end() :]

    def _number(self, place: int) -> int:
        return max(0, bisect_right(self._starts, place) - 1)


def _apart(clocks: Sequence[Clock | Pair]) -> Iterator[Clock]:
    """Give all clocks, those of pairs one by one."""
    for clock in clocks:
        yield from (clock,) if isinstance(clock, Clock) else (clock.first, clock.second)


def _is_halved(text: str, clock: Clock) -> bool:
    """Tell whether a clock names the half of the day: `6:56 a.m.`."""
    return bool(_HALF.search(text, clock.span.start, clock.span.end))
