"""One text with its dates: which day, and which zone, a clock in it has (VOCABULARY, section 6)."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from msgspec.structs import replace

from missionwire.plugin import Span, TimeMention
from missionwire_terms.chronicle import Chronicle
from missionwire_terms.clocks import Clock, Pair
from missionwire_terms.dates import Forms, Told, counted_on, read_dates
from missionwire_terms.letters import led_by
from missionwire_terms.moments import rfc3339
from missionwire_terms.published import Published
from missionwire_terms.sentences import Passage
from missionwire_terms.tense import GONE, TO_COME, Tense, is_past, tense_between, tense_of_opening
from missionwire_terms.ticker import Ticker, days_of_entries
from missionwire_terms.zones import Zone

REACH: Final = 3
"""How many sentences back the day of a clock may have been told."""

NEWS: Final = timedelta(days=2)
"""A day so shortly before the publication is the one that the text is about."""

FEW: Final = 30
"""So many days a text may tell before a clock to be about one of them."""

LONG_AGO: Final = timedelta(days=7)
"""So long before the news a day told of somebody in passing is none of it."""

NIGHT: Final = timedelta(hours=9)
"""So much later a clock may be that follows another one across midnight."""

BACK: Final = timedelta(hours=6)
"""So far back a new paragraph may go on the day told before it."""

LOOK_BACK: Final = 240
"""How many characters before a time, in its sentence, tell its tense."""

_OPENS: Final = re.compile(r"(?:(?:For|On|In|By|At|From|Late|Early)\s+(?:the\s+)?){0,2}")
"""What may stand before a time that opens its sentence: "For March 30 …"."""
_OPENING: Final = 40
"""So many characters that has never."""

_TIED: Final = re.compile(r"[\s,]*(?:(?:on|at|of|around|about|exactly|the|this|early|late)\s+){0,3}")
"""What may stand between a clock and its own date."""

_NEIGHBOURS: Final = 4
"""How many dates on each side of a clock may be its own."""

_RANGE: Final = re.compile(r"\s+(?:to|and|until|till|or)\s+(?:at\s+)?|\s?[–-]\s?")
_OF_SPEAKER: Final = re.compile(r"(?:to(?:day|night|morrow)|yesterday|this\s|last\s)", re.IGNORECASE)
_SAYS: Final = re.compile(
    r"(?:”\s+|[”,]\s+)(?!and\b|but\b|then\b)[^.;“”]{0,60}?\b(?:said|told|added|explained|wrote|tweeted|announced|commented|joked|recalled)\s"
    r"(?:(?!that\b|and\b)[^.;,“”\s]+\s+){0,6}?(?:on\s+|this\s+|last\s+)?$"
)
"""Before a day: on it something was said, ", she told reporters on Wednesday"."""
_RELATIVE: Final = re.compile(r",\s+(?:who|whom|whose|which)\b")
_APPOSITION: Final = re.compile(r",\s+(?:[A-Z][\w’-]*\s*){1,3},")
_EVENING: Final = re.compile(
    r"(?:(?:[5-9]|1[01])(?:[:.]\d\d)?\s?[Pp]\.?[Mm]|(?:1[7-9]|2[0-3])(?:[:.h]\s?)?[0-5]\d(?!\s?[AaPp]\.?[Mm]))"
)
_OF_NIGHT: Final = re.compile(r"(?s:.*)\bnight\s+(?:of|from|between)\s+(?:the\s+)?")
_TO_NEXT: Final = re.compile(r"\s+(?:to|and|on)\s+(?:the\s+)?")
_SINCE: Final = re.compile(r"\bsince\s+$")
_NEAR: Final = 10
_LONGEST_BRACKET: Final = 80
_NOON: Final = 12
_AT_ONCE: Final = re.compile(r"[\s,]*(?:in|of)?\s*")
_LOCAL: Final = re.compile(r"[\s(,]*(?:local\b|there\b|their\s+time)", re.IGNORECASE)
_HAD: Final = re.compile(r"\bhad\s+(?:\w+ly\s+|already\s+|just\s+|also\s+)?\w")
_OF_LAUNCH: Final = re.compile(
    r"\bhad\b|\b(?:[Ll]aunch\w*|[Ll]ift(?:ed)?[- ]?off|[Tt]ook\s+off|[Tt]ake-?off|[Rr]ocket"
    r"|Falcon|rose|climbed|ignit\w+)\b"
)
"""What is told from before the news."""
_EARLIER: Final = led_by(("had Had earlier Earlier previously Previously", r"\b"), ("before Before", r"\s+that\b"))
_TOLD_BACK: Final = led_by(
    ("undock Undock uncoupl Uncoupl unhitch Unhitch decoupl Decoupl deorbit Deorbit", r"\w*"),
    ("departure Departure decollage Decollage launch Launch takeoff Takeoff braking Braking", r"\b"),
    ("liftoff Liftoff lift-off Lift-off take-off Take-off", r"\b"),
    ("battery", r"\s+power\b"),
    (
        "spacewalk Spacewalk excursion Excursion outing Outing sortie Sortie",
        r"\s+(?:had\s+)?(?:beg[au]n|started|opened)\b",
    ),
)
"""A step of a flight that news tells after the one that it is about, though it came before it on that day."""


class Page:
    """One text with its sentences and the days it tells, ready to give the day of a clock."""

    def __init__(self, passage: Passage, found: Forms, published: Published | None, start: int) -> None:
        """Read the dates from `start` on; before it stands a dateline."""
        self.passage = passage
        self.text = text = passage.text
        self.sentence = passage.sentence
        self._number = passage.number
        self._published = published
        self._tenses: dict[int, Tense] = {}
        self._days_of: dict[Span, date | None] = {}
        self._days_beside: dict[Span, Sequence[Told]] = {}
        self._ticker = Ticker()
        self._entry_days: Mapping[int, date | None] = {}
        days = [day for day in read_dates(found, published, self.tense) if day.start >= start]
        days = Chronicle(text, published, self.sentence, self._is_apart_from_story).read(days)
        self.days = counted_on(found.get("counted on", ()), days, self._is_meant)
        self._day_starts = [day.start for day in self.days]

    @cached_property
    def _lines(self) -> Mapping[bool, "_Line"]:
        """The days that lend themselves to what follows them: those told as gone, and those told as to come."""
        told = [day for day in self.days if day.precision == "day" and not self._is_of_its_own(day)]
        return {is_ahead: _Line(told, is_ahead=is_ahead) for is_ahead in (False, True)}

    def _words(self, place: int) -> str:
        """Give the sentence that a place is in, as far as it is looked at."""
        sentence = self.sentence(place)
        return self.text[max(sentence.start, place - LOOK_BACK) : min(sentence.end, place + LOOK_BACK)]

    def tense(self, place: int) -> Tense:
        """Tell the tense of a time at a place: by the words before it, of one that opens a sentence by those after."""
        if place not in self._tenses:
            self._tenses[place] = self._read_tense(place)
        return self._tenses[place]

    def _read_tense(self, place: int) -> Tense:
        sentence = self.sentence(place)
        if place - sentence.start < _OPENING and _OPENS.fullmatch(self.text, sentence.start, place):
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
        entry = self._ticker.entry_of(clock.start)
        if entry is not None and (entry == clock.start or not self._is_dated(clock)):
            return self._entry_days.get(entry)
        own = self.sentence(clock.start)
        inside = self._beside(clock)
        if inside:
            days = [told for told in inside if told.precision == "day"] or inside
            nearest = min(days, key=lambda told: self._distance(clock, told))
            return self._on_evening(nearest, clock) if nearest.precision == "day" else None
        return self._told_before(clock, own)

    def _told_before(self, clock: Span, own: Span) -> date | None:
        """Give the last day told before a clock's sentence that lies on its side of the publication."""
        is_ahead = self.tense(clock.start) is TO_COME
        last, is_only = self._lines[is_ahead].last_before(own.start)
        other, is_only_other = self._lines[not is_ahead].last_before(own.start)
        if last is None:
            is_today = other is not None and is_only_other and other.on == self._of_today()
            return self._today(own.start) if is_ahead else other.on if other and is_today else None
        is_near = self._is_near(last.start, clock.start)
        is_news = is_only and (is_ahead or self._is_news(last.on))
        if other and other.start > last.start and not (is_news or (is_near and self._is_past_for_sure(clock))):
            return None
        if is_news:
            return self._on_evening(last, clock)
        if is_near and self._is_in_relative(last.start):
            return None if is_ahead else self._news_before(own.start, last, LONG_AGO)
        if is_near and not is_ahead and self._is_told_back(last, own):
            return (
                None if _OF_LAUNCH.search(self._words(own.start)) else self._news_before(own.start, last, timedelta(0))
            )
        return self._on_evening(last, clock) if is_near else None

    def _on_evening(self, day: Told, clock: Span) -> date | None:
        """Give the day of a clock; the evening of "the night from Thursday to Friday" is still on Thursday."""
        number = bisect_left(self._day_starts, day.start)
        first = self.days[number - 1] if number else day
        is_night = (
            _EVENING.match(self.text, clock.start)
            and _OF_NIGHT.fullmatch(self.text, max(0, first.start - _NEAR * 2), first.start)
            and _TO_NEXT.fullmatch(self.text, first.end, day.start)
        )
        return first.on if is_night else day.on

    def _today(self, place: int) -> date | None:
        """Give the day of the news for a clock to come on it: "left on Wednesday. It is to dock at 9:45 pm"."""
        today = self._of_today()
        return today if self._today_from is not None and self._today_from < place else None

    def _is_told_back(self, day: Told, clocks: Span) -> bool:
        """Tell whether a day is one before the news, "he had said on Thursday", and a clock in another paragraph."""
        return "\n" in self.text[day.end : clocks.start] and bool(_HAD.search(self._words(day.start)))

    def _news_before(self, place: int, aside: Told, since: timedelta) -> date | None:
        """Give the day of the news, the only one told but for some in passing, to a clock in another paragraph."""
        told = self._lines[False].told_before(place, FEW)  # a text that tells of many is of no one day
        days = [day for day in told if day is not aside and not self._is_in_relative(day.start)]
        if aside.on is None or not days or "\n" not in self.text[aside.end : place]:
            return None
        only = days[0].on if len({day.on for day in days}) == 1 and self._is_news(days[0].on) else None
        return only if only and only - aside.on > since else None

    @cached_property
    def _today_from(self) -> int | None:
        """Where the text first tells the day of publication."""
        return next((day.start for day in self.days if day.on == self._of_today()), None)

    def _of_today(self) -> date | None:
        return self._published.last if self._published and self._published.precision == "day" else None

    def _is_past_for_sure(self, clock: Span) -> bool:
        return is_past(self.text[max(self.sentence(clock.start).start, clock.start - LOOK_BACK) : clock.start])

    def _is_meant(self, anchor: Told, place: int, *, is_only: bool) -> bool:
        """Tell whether a day told before may be meant by "the next day": a near one, or the only one, the news."""
        return self._is_near(anchor.start, place) or (is_only and self._is_news(anchor.on))

    def _is_news(self, day: date | None) -> bool:
        """Tell whether a day is the one that a text is about: a text that tells of it alone means it everywhere."""
        return bool(day and self._published and timedelta(0) <= self._published.last - day <= NEWS)

    def _is_near(self, told: int, place: int) -> bool:
        """Tell whether the day told at a place may still be meant at a later one."""
        return self._number(place) - self._number(told) <= REACH

    def with_zones(
        self, clocks: Sequence[Clock | Pair], ticker: Ticker, bare: Callable[[str], Zone | None]
    ) -> list[Clock | Pair]:
        """Give clocks without a zone, or without the half of the day, those that the text means.

        The zone is that of the ticker, else the one in which the text tells its clocks of that form once it has told
        it, else that of the clock told last in the paragraph. A text that names two zones, or calls the clock local,
        means another one perhaps. Where it has told none until then, `bare` tells that of the sentence.
        """
        if all(isinstance(each, Pair) or (each.zone_span and not each.needs_half) for each in clocks):
            return list(clocks)
        told: dict[bool, set[Zone | None]] = {}
        for clock in _apart(clocks):
            if clock.zone_span:
                told.setdefault(clock.is_halved, set()).add(replace(clock.zone, said="") if clock.zone else None)
        first_told = [each.first if isinstance(each, Pair) else each for each in clocks]
        main = {form: _main(first_told, is_halved=form) for form in (None, True, False)}
        # where two clocks that disagree name one zone, one of these words is wrong
        is_wrong = any(isinstance(clock, Pair) and _is_of_greenwich_twice(clock) for clock in clocks)
        first = next((clock.span.start for clock in _apart(clocks) if clock.zone_span), len(self.text))
        zoned: list[Clock | Pair] = []
        carried: Zone | None = None
        for number, each in enumerate(clocks):
            if isinstance(each, Pair):
                zoned.append(each)
                continue
            read = self._in_its_half(each, zoned)
            if number + 1 < len(clocks) and (zone := self._zone_of_range(read, clocks[number + 1])):
                zoned.append(replace(read, zone=zone))
                continue
            zone = ticker.zone
            if zone is None and read.span.start > first and not is_wrong:
                zone = _only(told, read) or main[None if read.is_noon else read.is_halved]
            if zone is None and read.span.start < first and not read.zone_span and read.is_halved:
                zone = carried = bare(self._words(read.span.start)) or (carried if first == len(self.text) else None)
            zoned.append(self._in_zone(read, zone, zoned[-1] if zoned else None))
        return zoned

    def _zone_of_range(self, clock: Clock, other: Clock | Pair) -> Zone | None:
        """Give the zone that stands behind the second clock of a range: "from 8 am to 8:45 am, local time"."""
        is_one = (
            isinstance(other, Clock)
            and not clock.zone_span
            and _RANGE.fullmatch(self.text, clock.span.end, other.span.start)
        )
        return other.zone if is_one and isinstance(other, Clock) else None

    def _in_zone(self, clock: Clock, zone: Zone | None, last: Clock | Pair | None) -> Clock:
        """Give a clock that names no zone the one that the text tells, else that of the clock before it."""
        if clock.zone_span or _LOCAL.match(self.text, clock.span.end):
            return clock
        if zone is None and isinstance(last, Clock) and self._is_beside(last, clock):
            zone = last.zone
        return clock if zone is clock.zone else replace(clock, zone=zone)

    def _is_beside(self, last: Clock, clock: Clock) -> bool:
        """Tell whether two clocks are told in one manner, and in one paragraph."""
        return last.is_halved == clock.is_halved and "\n" not in self.text[last.span.end : clock.span.start]

    @staticmethod
    def _in_its_half(clock: Clock, before: Sequence[Clock | Pair]) -> Clock:
        """Give "seven o'clock" the half of the day of the clock told last; where none is told it has no zone."""
        if not clock.needs_half:
            return clock
        halved = [each for each in _apart(before) if each.is_halved]
        if not halved:
            return replace(clock, zone=None, zone_span=clock.zone_span or clock.span)
        hour = clock.at.hour % _NOON + (_NOON if halved[-1].at.hour >= _NOON else 0)
        return replace(clock, at=clock.at.replace(hour=hour), is_halved=True)

    def open_ticker(self, ticker: Ticker, clocks: Sequence[Clock | Pair]) -> None:
        """Give the clocks of a ticker the days of its entries."""
        self._ticker = ticker
        self._entry_days = days_of_entries(ticker, self.text, list(_apart(clocks)), self.days, self._published)

    def in_order(self, mention: TimeMention, last: TimeMention | None) -> TimeMention:
        """Take the time from a clock that has its day from an earlier one, and would run backwards on it.

        It may be of the day after: "lifted off at 11 pm on Friday. It docked at 5 am". Where the text goes back itself
        ("had undocked"), it may be of the day before.
        """
        if not mention.time or not last or not last.time or self._ticker.entry_of(mention.start) is not None:
            return mention
        head = self.text[max(self.sentence(mention.start).start, mention.start - LOOK_BACK) : mention.start]
        is_earlier = _EARLIER.search(f" {head}") is not None
        if mention.time >= last.time and not is_earlier:
            return mention
        place = Span(mention.start, mention.end)
        if self.day_of(Span(last.start, last.end)) != self.day_of(place) or self._is_dated(place):
            return mention
        is_back = is_earlier and self._number(mention.start) != self._number(last.start)
        if "\n" in self.text[last.end : mention.start] and last.time > mention.time and _is_shortly(mention, last):
            return mention  # a new paragraph may go back by some hours, but hardly to a day after
        if (
            (mention.time < last.time) == is_back
            or _TOLD_BACK.search(f" {head}")
            or (not is_back and self._is_of_the_news(mention, last))
        ):
            return mention  # may go back or not: "the landing was at 3. The undocking was at 12"
        return replace(mention, time=None if is_back else self._after_midnight(mention, last))

    def _is_of_the_news(self, mention: TimeMention, last: TimeMention) -> bool:
        """Tell whether a clock that runs backwards is of the day of publication: the day after was not known yet.

        One that would follow through a night may be of a publication told too early.
        """
        day = self.day_of(Span(mention.start, mention.end))
        if not (mention.time and last.time and self._published and day == self._published.last):
            return False
        apart = datetime.fromisoformat(last.time) - datetime.fromisoformat(mention.time)
        return timedelta(days=1) - apart > NIGHT and self.tense(mention.start) is GONE

    def _after_midnight(self, mention: TimeMention, last: TimeMention) -> str | None:
        """Give the time of a clock on the day after, where that follows the last one through a night."""
        if not mention.time or not last.time:
            return None
        if "\n" in self.text[last.end : mention.start]:
            return None  # a new paragraph may tell of an earlier day
        on = datetime.fromisoformat(mention.time) + timedelta(days=1)
        is_known = not self._published or on.date() <= self._published.last
        is_soon = on - datetime.fromisoformat(last.time) <= NIGHT
        return rfc3339(on.replace(tzinfo=None)) if is_known and is_soon else None

    def _is_dated(self, clock: Span) -> bool:
        """Tell whether a clock has a date that is tied to it."""
        return any(not self._distance(clock, date)[0] for date in self._beside(clock))

    def _distance(self, clock: Span, told: Told) -> tuple[bool, int]:
        """Tell how far a date is from a clock; one that only a word like `on` parts from it is nearest."""
        is_first = (told.start, told.end) < (clock.start, clock.end)
        between = self.text[told.end : clock.start] if is_first else self.text[clock.end : told.start]
        return not _TIED.fullmatch(between[:LOOK_BACK]), len(between)

    def day_in(self, start: int, end: int) -> date | None:
        """Give the day that is told between two places."""
        first, last = (bisect_left(self._day_starts, place) for place in (start, end))
        return next((told.on for told in self.days[first:last] if told.precision == "day"), None)

    def portuguese_manner(self) -> Span | None:
        """Give the first weekday that has its number in brackets."""
        return next((Span(told.start, told.end) for told in self.days if told.is_bracketed), None)

    def _beside(self, clock: Span) -> Sequence[Told]:
        """Give the few dates of a clock's sentence that stand next to it, before and after.

        What is in brackets is said of the clock in them alone, what is in a relative clause of one in it. A year or
        month behind a comma is of something else, as in ", the first since 1968".
        """
        if clock not in self._days_beside:
            self._days_beside[clock] = self._find_beside(clock, self.sentence(clock.start))
        return self._days_beside[clock]

    def _find_beside(self, clock: Span, own: Span) -> Sequence[Told]:
        first, last = (bisect_left(self._day_starts, place) for place in (own.start, max(own.end, clock.end)))
        before, after = (bisect_left(self._day_starts, place) for place in (clock.start, clock.end))
        if before < after and "(" not in self.text[clock.start : self.days[before].start]:
            return self.days[before:after]  # "1:16 am on Monday, Beijing time"
        beside = self.days[max(first, before - _NEIGHBOURS) : before]
        beside += self.days[after : min(last, after + _NEIGHBOURS)]
        return [told for told in beside if not self._is_apart(clock, told)]

    def _is_aside(self, told: Told) -> bool:
        """Tell whether a date stands in brackets, so that it is of what they hold alone."""
        head = self.text[max(0, told.start - _LONGEST_BRACKET) : told.start]
        return "(" in head and head.rfind("(") > head.rfind(")")

    def _is_of_its_own(self, told: Told) -> bool:
        """Tell whether a day lends nothing to what follows it: in brackets, "since" it, or "today" in a quotation."""
        if self._is_aside(told):
            return True
        first = max(0, told.start - LOOK_BACK)
        if told.start > self._day_starts[0]:
            head = self.text[max(first, self.sentence(told.start).start) : told.start]
            if head.rstrip().endswith("since") and _SINCE.search(head):
                return True
            if ("," in head or "”" in head) and _SAYS.search(head):
                return True
        is_quoted = self.text.rfind("“", first, told.start) > self.text.rfind("”", first, told.start)
        return is_quoted and bool(_OF_SPEAKER.match(self.text, told.start))

    def _is_apart_from_story(self, told: Told) -> bool:
        return self._is_aside(told) or self._is_in_relative(told.start)

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
        pronouns = list(_RELATIVE.finditer(head)) if "wh" in head else []
        return bool(pronouns) and "," not in _APPOSITION.sub(" ", head[pronouns[-1].end() :])


class _Line:
    """The days told as gone, or those told as to come, in their order."""

    def __init__(self, told: Sequence[Told], *, is_ahead: bool) -> None:
        self._told = [day for day in told if day.is_to_come is is_ahead]
        self._starts = [day.start for day in self._told]
        self._one = 0
        while self._one < len(self._told) and self._told[self._one].on == self._told[0].on:
            self._one += 1

    def told_before(self, place: int, most: int) -> Sequence[Told]:
        """Give the days told before a place; none where there are more than so many."""
        count = bisect_left(self._starts, place)
        return self._told[:count] if count <= most else ()

    def last_before(self, place: int) -> tuple[Told | None, bool]:
        """Give the last day told before a place, and whether no other was told until there."""
        number = bisect_left(self._starts, place)
        return (self._told[number - 1] if number else None), 0 < number <= self._one


def _only(told: Mapping[bool, AbstractSet[Zone | None]], clock: Clock) -> Zone | None:
    """Give the one zone in which a text tells its clocks of one form; noon is of any.

    A text that tells all clocks of the other form on that of one place tells those of this form on it, too.
    """
    own, every = told.get(clock.is_halved, set()), {zone for zones in told.values() for zone in zones}
    only = every if clock.is_noon or (not own and all(zone and zone.iana for zone in every)) else own
    return next(iter(only)) if len(only) == 1 else None


def _main(clocks: Iterable[Clock], *, is_halved: bool | None) -> Zone | None:
    """Give the zone that a text always tells first: "at 3:37 a.m. EST (2:37 p.m. Kazakhstan time)"."""
    zones = [each.zone for each in clocks if each.zone_span and is_halved in {None, each.is_halved}]
    known = {replace(zone, said="") if zone else None for zone in zones}
    return next(iter(known)) if len(zones) > 1 and len(known) == 1 else None


def _apart(clocks: Sequence[Clock | Pair]) -> Iterator[Clock]:
    """Give all clocks, those of pairs one by one."""
    for clock in clocks:
        yield from (clock,) if isinstance(clock, Clock) else (clock.first, clock.second)


def _is_of_greenwich_twice(pair: Pair) -> bool:
    return pair.first.zone == pair.second.zone and (pair.first.zone is None or pair.first.zone.minutes == 0)


def _is_shortly(one: TimeMention, other: TimeMention) -> bool:
    """Tell whether two times are close enough for one to be told back to on the same day."""
    if not one.time or not other.time:
        return False
    return abs(datetime.fromisoformat(one.time) - datetime.fromisoformat(other.time)) <= BACK
