"""The times of a text: dates, clocks, and clocks on their dates, in UTC (VOCABULARY, section 6)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from missionwire.plugin import AgencyMention, Correction, Document, Span, TimeMention, TimePrecision
from missionwire_terms.clocks import Clock, Clocks, Pair
from missionwire_terms.contradiction import Home, Verdict, judge
from missionwire_terms.dates import Told, find_dates
from missionwire_terms.moments import rfc3339
from missionwire_terms.published import Dateline, Published, find_dateline, read_published
from missionwire_terms.sentences import split_sentences
from missionwire_terms.tense import Tense, tense_before
from missionwire_terms.zones import BRASILIA, MOSCOW, Zones

REACH: Final = 3
"""How many sentences back the day of a clock may have been told."""

LOOK_BACK: Final = 240
"""How many characters before a time, in its sentence, tell its tense."""

_TIED: Final = re.compile(r"[\s,]*(?:(?:on|at|of|around|about|exactly|the|this|early|late)\s+){0,3}")
"""What may stand between a clock and its own date."""

_NEIGHBOURS: Final = 4
"""How many dates on each side of a clock may be its own."""

_HALF: Final = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_LOCAL: Final = re.compile(r"[\s(,]*(?:local|there\b|their\s+time)", re.IGNORECASE)
_EARLIER: Final = re.compile(r"\b(?:had|earlier|before\s+that|previously)\b", re.IGNORECASE)

_INSTANT: Final = re.compile(
    r"(?<![\w-])(?P<date>\d{4}-\d{2}-\d{2})T(?P<clock>\d{2}:\d{2}(?P<seconds>:\d{2}(?:\.\d+)?)?)(?P<zone>Z|[+-]\d{2}:?\d{2})(?!\w)"
)


class Times(Struct, frozen=True):
    """What a field of a document tells of time, and the corrections that its zones and its dateline need."""

    mentions: tuple[TimeMention, ...]
    corrections: tuple[Correction, ...]


class TimeReader:
    """Reads the times of documents; made once, holds the zones and what finds clocks."""

    def __init__(self) -> None:
        """Read the zones."""
        self._zones = Zones()
        self._clocks = Clocks(self._zones)

    def read(self, document: Document, field: str) -> Times:
        """Read the times of one field, relative to the publication, else to a dateline at the head of the text."""
        dateline = find_dateline(document.text)
        given = read_published(document.published)
        published = given or (dateline.published if dateline else None)
        text = (document.title or "") if field == "title" else document.text
        own_line = dateline if field == "text" else None
        page = _Page(text, published, own_line.whole.end if own_line else 0)
        mentions = [_day_mention(told) for told in page.days]
        corrections: list[Correction] = []
        clocks = page.with_zones(self._clocks.find(text, page.sentence))
        homes = self._homes(page, document) if any(isinstance(clock, Pair) for clock in clocks) else ()
        last: TimeMention | None = None
        for clock in clocks:
            day = page.day_of(clock.span)
            if isinstance(clock, Clock):
                mention = _clock_mention(clock, day)
            else:
                verdict = judge(clock, day, homes, published.first if published else None)
                mention = verdict.mention
                corrections += _zone_corrections(text, verdict)
            last = page.in_order(mention, last)
            mentions.append(last)
        mentions += _instants(text)
        if own_line:
            mentions = [mention for mention in mentions if mention.start >= own_line.whole.end]
            mentions.append(_dateline_mention(own_line))
            corrections.append(_deletion(text, own_line, given))
        return Times(
            tuple(replace(mention, field=field) for mention in _without_parts(mentions)),
            tuple(replace(correction, field=field) for correction in corrections),
        )

    def _homes(self, page: "_Page", document: Document) -> tuple[Home, ...]:
        """Give the zones that the text may have been told in, the surest first (section 6.3)."""
        homes: list[Home] = []
        manner = page.portuguese_manner()
        if manner or (document.language or "").lower().startswith("pt"):
            why = "the text comes from Portuguese, as a weekday with its number in brackets shows"
            homes.append(Home(BRASILIA, 0.8, why, (manner,) if manner else ()))
        ids = {mention.id for mention in document.mentions if isinstance(mention, AgencyMention) and mention.id}
        for zone, place in self._zones.of_agencies(page.text, ids):
            evidence = (Span(*place.span()),) if place else ()
            homes.append(Home(zone, 0.6, "it is the clock of the agency that the text tells of", evidence))
        homes += [Home(zone, 0.3, "the difference would fit", decides=False) for zone in (BRASILIA, MOSCOW)]
        return tuple(homes)


class _Page:
    """One text with its sentences and the days it tells, ready to give the day of a clock."""

    def __init__(self, text: str, published: Published | None, start: int) -> None:
        self.text = text
        self._sentences = split_sentences(text)
        self._starts = [sentence.start for sentence in self._sentences]
        self.days = [day for day in find_dates(text, published, self.tense) if day.start >= start]
        self._day_starts = [day.start for day in self.days]

    def sentence(self, place: int) -> Span:
        return self._sentences[self._number(place)] if self._sentences else Span(0, len(self.text))

    def tense(self, place: int) -> Tense:
        return tense_before(self.text[max(self.sentence(place).start, place - LOOK_BACK) : place])

    def day_of(self, clock: Span) -> date | None:
        """Give the day of a clock: of the nearest date in its sentence, else of the last day told shortly before it.

        A sentence whose own date is no day, or could not be resolved, leaves its clock without one; so does an earlier
        day that lies ahead where the clock is gone, or the other way.
        """
        own = self.sentence(clock.start)
        inside = self._beside(clock, own)
        if inside:
            days = [told for told in inside if told.precision == "day"] or inside
            nearest = min(days, key=lambda told: self._distance(clock, told))
            return nearest.on if nearest.precision == "day" else None
        first = self._sentences[max(0, self._number(clock.start) - REACH)].start
        before = [told for told in self._between(first, own.start) if told.precision == "day"]
        if not before or before[-1].is_to_come != (self.tense(clock.start) is Tense.TO_COME):
            return None
        return before[-1].on

    def with_zones(self, clocks: Sequence[Clock | Pair]) -> list[Clock | Pair]:
        """Give clocks without a zone the one that the text tells its other clocks in, told shortly before in that form.

        A text that names two zones, or calls the clock local, means another one perhaps.
        """
        told = [clock for clock in _apart(clocks) if clock.zone_span]
        if len({clock.zone for clock in told}) != 1 or not told[0].zone:
            return list(clocks)
        given: list[Clock | Pair] = []
        last: Clock | None = None
        for clock in clocks:
            if isinstance(clock, Clock) and last and self._goes_on(last, clock):
                given.append(replace(clock, zone=last.zone))
                continue
            given.append(clock)
            if isinstance(clock, Clock) and clock.zone_span:
                last = clock
        return given

    def _goes_on(self, last: Clock, clock: Clock) -> bool:
        """Tell whether a clock without a zone is told in the manner of the last one with a zone."""
        return (
            clock.zone_span is None
            and self._number(clock.span.start) - self._number(last.span.start) <= REACH
            and _is_halved(self.text, clock) == _is_halved(self.text, last)
            and not _LOCAL.match(self.text, clock.span.end)
        )

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
        return replace(mention, time=None) if (mention.time < last.time) != is_back else mention

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
        """Give the few dates of a clock's sentence that stand next to it, before and after."""
        first, last = (bisect_left(self._day_starts, place) for place in (own.start, max(own.end, clock.end)))
        before, after = (bisect_left(self._day_starts, place) for place in (clock.start, clock.end))
        return self.days[max(first, before - _NEIGHBOURS) : before] + self.days[after : min(last, after + _NEIGHBOURS)]

    def _number(self, place: int) -> int:
        return max(0, bisect_right(self._starts, place) - 1)


def _apart(clocks: Sequence[Clock | Pair]) -> Iterator[Clock]:
    """Give all clocks, those of pairs one by one."""
    for clock in clocks:
        yield from (clock,) if isinstance(clock, Clock) else (clock.first, clock.second)


def _is_halved(text: str, clock: Clock) -> bool:
    """Tell whether a clock names the half of the day: `6:56 a.m.`."""
    return bool(_HALF.search(text, clock.span.start, clock.span.end))


def _day_mention(told: Told) -> TimeMention:
    return TimeMention(
        start=told.start,
        end=told.end,
        time=rfc3339(told.on) if told.on else None,
        time_precision=told.precision,
        contradiction=told.rival is not None,
        readings=(rfc3339(told.on), rfc3339(told.rival)) if told.on and told.rival else (),
    )


def _clock_mention(clock: Clock, day: date | None) -> TimeMention:
    moment = clock.utc(day) if day else None
    return TimeMention(
        start=clock.span.start,
        end=clock.span.end,
        time=rfc3339(moment) if moment else None,
        time_precision=clock.precision,
    )


def _dateline_mention(dateline: Dateline) -> TimeMention:
    return TimeMention(
        start=dateline.told.start,
        end=dateline.told.end,
        time=rfc3339(dateline.published.first),
        time_precision=dateline.published.precision,
        is_dateline=True,
    )


def _instants(text: str) -> list[TimeMention]:
    """Give the moments written in full, `2021-10-17T04:36Z`."""
    found = []
    for match in _INSTANT.finditer(text):
        try:
            moment = datetime.fromisoformat(match[0]).astimezone(UTC).replace(tzinfo=None, microsecond=0)
        except (ValueError, OverflowError):
            continue
        precision: TimePrecision = "second" if match["seconds"] else "minute"
        found.append(TimeMention(start=match.start(), end=match.end(), time=rfc3339(moment), time_precision=precision))
    return found


def _deletion(text: str, dateline: Dateline, given: Published | None) -> Correction:
    """Take the dateline out of the text; where the sender gave another date, only suggest it."""
    is_same = given is None or (dateline.published.first <= given.last and given.first <= dateline.published.last)
    why = (
        "is the date of publication, no part of the text"
        if is_same
        else "is not the date of publication that was given"
    )
    return Correction(
        start=dateline.whole.start,
        end=dateline.whole.end,
        original=text[dateline.whole.start : dateline.whole.end],
        replacement="",
        reason=f"‘date {dateline.iso}’ at the head {why}.",
        confidence=0.95 if is_same else 0.5,
        evidence=(dateline.told,),
        applied=is_same,
        kind="dateline",
    )


def _zone_corrections(text: str, verdict: Verdict) -> list[Correction]:
    """Mend the zone word that is wrong, never the digits; where it was not decided, every way is only suggested."""
    corrections = []
    for mend in verdict.mends:
        if mend.wrong.zone_span is None:
            continue
        start, end, said = mend.wrong.zone_span.start, mend.wrong.zone_span.end, mend.home.zone.said
        told, other = (text[clock.span.start : clock.span.end].strip("()") for clock in (mend.wrong, mend.right))
        corrections.append(
            Correction(
                start=start,
                end=end,
                original=text[start:end],
                replacement=said,
                reason=f"‘{told}’ and ‘{other}’ tell one time, so ‘{text[start:end]}’ is {said}: {mend.home.why}.",
                confidence=mend.home.confidence,
                evidence=tuple(sorted({mend.right.span, *mend.home.evidence})),
                applied=verdict.is_decided,
                kind="zone",
            )
        )
    return corrections


def _without_parts(mentions: Sequence[TimeMention]) -> list[TimeMention]:
    """Leave out a mention inside another one: a date that is part of a moment, a weekday in a pair's brackets."""
    kept: list[TimeMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
