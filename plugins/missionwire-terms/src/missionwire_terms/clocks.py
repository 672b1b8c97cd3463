"""Clock times as texts tell them, with their zones, alone or in pairs: `4:36 am GMT (7:36 am Moscow time)`."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from missionwire.plugin import Span
from missionwire_terms.backwards import backwards
from missionwire_terms.numbers import NUMBERS
from missionwire_terms.sentences import Passage
from missionwire_terms.signposts import Signposts
from missionwire_terms.zones import Zone, Zones, is_local

_NOON: Final = 12
_MIDNIGHT: Final = 24
_LONGEST_SENTENCE: Final = 1000
"""How many characters of a sentence are searched for the country of a zone."""


class Clock(Struct, frozen=True):
    """One reading of a clock. `zone` is None where the text gives none or it is not sure which.

    `is_halved`: it names the half of the day, `6:56 a.m.` or "6:56 in the morning"; `needs_half`: it may be of either,
    "six o'clock". `is_noon`: told in that word. `doubted`: the zone that it is in if the clock beside it, that
    disagrees, is wrong.
    """

    span: Span
    at: time
    precision: Literal["second", "minute", "hour"]
    zone: Zone | None = None
    zone_span: Span | None = None
    is_halved: bool = False
    needs_half: bool = False
    is_noon: bool = False
    doubted: Zone | None = None

    def utc(self, day: date, zone: Zone | None = None) -> datetime | None:
        """Give the UTC of this reading on a day of its zone, or of another `zone`; naive. None without a zone."""
        read_in = zone or self.zone
        if read_in is None:
            return None
        try:
            return read_in.to_utc(datetime.combine(day, self.at))
        except OverflowError:
            return None


class Pair(Struct, frozen=True):
    """Two clocks that tell one time; `span` covers both."""

    span: Span
    first: Clock
    second: Clock
    is_bracketed: bool


_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:morning|afternoon|evening|night))?"
_JOINED: Final = re.compile(
    rf"(?:,?\s+(?:on\s+)?(?:this\s+)?{_WEEKDAY}(?=\s*[(\[]))?"
    r"\s*(?:(?P<bracket>[(\[])\s*(?:or\s+|i\.e\.,?\s+|that\s+is,?\s+|(?:at\s+)?(?:about|around|exactly)\s+|at\s+)?|/\s*|,?\s*or\s+|,\s*|;\s*)$"
)
"""What joins two clocks; before a bracket the day of both may stand: "8:47 p.m. EDT on Saturday (0047 GMT)"."""
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_ON_A_DAY: Final = (
    r",?\s+(?:(?:on|of|this|last|that)\s+){1,2}(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:morning|afternoon|evening|night))?"
    rf"(?:\s*\(\d{{1,2}}\))?|the\s+\d{{1,2}}(?:st|nd|rd|th)|(?:the\s+)?(?:very\s+)?(?:same|next|following)\s+day|day|{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+20\d\d)?,?"
)
_ON_BARE_DAY: Final = rf",?\s+{_WEEKDAY},?"
"""A day that no word leads to: "9:56 a.m. Saturday Beijing time"."""
_IN_A_PART: Final = r"(?:\s+in\s+the\s+(?:morning|afternoon|evening)|\s+at\s+night),?"
"""A day, or a part of it, between a clock and its zone: "1:16 am on Monday, Beijing time"."""
_CLOSED: Final = re.compile(
    r"(?:\s+(?:(?:on|of)\s+)?[A-Z]\w+(?:\s+\d{1,2})?)?(?:(?:[,;/]|\s+(?:or|and)\s)\s*\d{1,2}[:.h]?\d\d?[^()\[\]]{0,40})?\s*[)\]]"
)
"""What may close a bracket behind a clock in it: a day, and the clock of yet another zone."""
_DIGITS: Final = "0123456789"
_NO_CLOCK_BEHIND: Final = frozenset(f"_:.,+/−-{_DIGITS}")
"""Behind one of these signs, a letter or a digit no clock begins."""
_HOURS: Final = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_QUARTERS: Final = "half past|quarter past|quarter to"
_DIGITS_AND_HOURS: Final = re.compile(
    rf"[0-9](?<![\w:.,+/−-][0-9])[0-9]*|(?<![\w-])(?ai:{_HOURS})(?=\s+o[’']clock)|(?<![\w-])(?ai:{_QUARTERS})(?=\s+(?:\d|{_HOURS}))|(?<![\w-])noon(?![\w-])"
)
_ASKED_FOR: Final = re.compile(
    backwards(r"\b(?:[Aa]t|[Aa]bout|[Aa]round|[Bb]y|until|[Ff]rom|before|after|since)\s+(?:about\s+|exactly\s+)?")
)
"""What asks for a clock, read backwards from that."""
_LOOK_BACK: Final = 30
_DAY_PART: Final = (
    r",?\s+(?:(?:in|on|at|that|this|the|same|of|early|late)\s+){{0,3}}(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+)?"
    r"(?P<{name}>morning|afternoon|evening|night)(?!\w)"
)
"""What tells the half of the day behind a clock: "7:47 that Friday morning"."""
_NOON_OF_A_CLOCK: Final = re.compile(r"\b(?:[Aa]t|[Aa]round|[Aa]bout|[Ee]xactly)\s+(?:about\s+|exactly\s+|local\s+)?$")
_IN_WORDS: Final = (" noon", "clock", *_QUARTERS.split("|"))
"""One of these stands in a text that tells a clock in words."""
_OTHER_PLACES_OF_ZONE: Final = ("aside", "later", "apart")
"""The groups of a clock's pattern in one of which the zone stands, where it is not in that of its own name."""
_DAWN: Final = 5
"""Up to this hour a clock at night is one after midnight."""


class _Said(NamedTuple):
    """What the groups of a clock's pattern hold, in their order."""

    military: str | None
    moment: str | None
    quarter: str | None
    word: str | None
    noon: str | None
    hour: str | None
    sign: str | None
    minute: str | None
    second: str | None
    half: str | None
    full: str | None
    hours: str | None
    part: str | None
    zone: str | None
    aside: str | None
    later: str | None
    apart: str | None
    then: str | None


class Clocks:
    """Finds clock times; made once, for the zones of the table."""

    def __init__(self, zones: Zones, signposts: Signposts) -> None:
        """Compile the pattern for these zones, and put up what shows where clocks begin."""
        self._zones = zones
        self._digits = frozenset(map(signposts.number, _DIGITS))
        self._in_words = frozenset(map(signposts.number, _IN_WORDS))
        zone = zones.pattern
        self._pattern = re.compile(
            r"(?<![\w:.,+/−-])"
            rf"(?:(?P<military>(?:[01]\d|2[0-3])[0-5]\d)(?::(?P<moment>[0-5]\d))?(?=\s*(?:hours\s+|hrs\s+)?(?:{zone}))"
            rf"|(?:(?P<quarter>(?ai:{_QUARTERS}))\s+(?=\d|\w+\b(?!\s+o[’']clock)))?(?P<word>(?ai:{_HOURS}))(?(quarter)|(?=\s+o[’']clock))"
            r"|(?P<noon>noon)"
            r"|(?P<hour>\d{1,2})(?:(?P<sign>[:.h])(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?(?![:\d]))"
            r"(?:\s*(?P<half>[ap]\.?m\b\.?|[AP]\.?M\b\.?))?(?P<full>\s+o[’']clock(?!\s+position))?(?P<hours>\s+(?:hours|hrs))?"
            rf"(?:(?={_DAY_PART.format(name='part')}))?"
            rf"(?:(?:,?\s*+(?P<zone>{zone}))|\s*+\((?P<aside>{zone})\)|(?:(?:{_IN_A_PART})?{_ON_A_DAY}|{_ON_BARE_DAY}|{_IN_A_PART})(?:\s++(?P<later>{zone})|\s*+\((?P<apart>{zone})\)))?(?!\w)"
            rf"(?:(?={_DAY_PART.format(name='then')}))?"
        )

    def find(self, passage: Passage, entries: Collection[int] = ()) -> list[Clock | Pair]:
        """Give the clocks of a text, in its order; two that tell one time come as a pair.

        At the places `entries` a line of a log begins with its clock.
        """
        text = passage.text
        found: list[Clock | Pair] = []
        zone_of = self._zone_finder(passage)
        for match in self._matches(passage):
            clock = self._read(match, text, zone_of, is_entry=match.start() in entries)
            if clock is None:
                continue
            last = found[-1] if found else None
            if isinstance(last, Pair) and clock.span.start < last.span.end:
                continue
            if isinstance(last, Clock) and (pair := _pair(text, last, clock)):
                found[-1] = pair
            else:
                found.append(clock)
        return found

    def _matches(self, passage: Passage) -> Iterator[re.Match[str]]:
        """Find what looks like a clock; only digits, and hours in words, are looked at closely."""
        end = 0
        for start in self._openings(passage):
            if start >= end and (match := self._pattern.match(passage.text, start)):
                yield match
                end = match.end()

    def _openings(self, passage: Passage) -> Iterable[int]:
        """Give where a clock may begin: at digits, and where the text tells one in words, at these."""
        text, found = passage.text, passage.found
        if not self._in_words.isdisjoint(found):
            return [opening.start() for opening in _DIGITS_AND_HOURS.finditer(text)]
        digits = sorted(place for digit in self._digits & found.keys() for place in found[digit])
        return [
            place
            for place in digits
            if not place or not ((before := text[place - 1]) in _NO_CLOCK_BEHIND or before.isalnum())
        ]

    def _zone_finder(self, passage: Passage) -> Callable[[Span], Zone | None]:
        """Give what names the zone of a place: its sentence decides, else the text, asked once for each name."""
        text = passage.text
        in_text: dict[str, Zone | None] = {}

        def zone_of(place: Span) -> Zone | None:
            name = text[place.start : place.end]
            if zone := self._zones.alone(name):
                return zone
            near = passage.sentence(place.start)
            if zone := self._zones.named(name, text[near.start : near.end][:_LONGEST_SENTENCE]):
                return zone
            if name not in in_text:
                in_text[name] = self._zones.named(name, text)
            return in_text[name]

        return zone_of

    def _read(
        self, match: re.Match[str], text: str, zone_of: Callable[[Span], Zone | None], *, is_entry: bool
    ) -> Clock | None:
        said = _Said(*match.groups())
        zone_span = _zone_span(match, said)
        if not (is_entry or _is_clock(said, text, match.start(), has_zone=zone_span is not None)):
            return None
        at = _time(said)
        if at is None:
            return None
        is_of_day = said.sign == "h" and not said.half  # "8h20 in the morning" is told on the clock of a day
        is_halved = bool(said.half or (_part(said) and _hour(said) <= _NOON and not is_of_day))
        return Clock(
            Span(*match.span()),
            at,
            _precision(said),
            zone_of(zone_span) if zone_span else None,
            zone_span,
            is_halved=is_halved,
            is_noon=bool(said.noon),
            needs_half=bool(said.full or said.quarter) and not is_halved and at.hour <= _NOON,
        )


def _zone_span(match: re.Match[str], said: _Said) -> Span | None:
    if said.zone:
        return Span(*match.span("zone"))
    where = next((name for name in _OTHER_PLACES_OF_ZONE if getattr(said, name)), None)
    return Span(*match.span(where)) if where else None


def _precision(said: _Said) -> Literal["second", "minute", "hour"]:
    if said.second or said.moment:
        return "second"
    return "minute" if said.minute or said.military or said.quarter else "hour"


def _part(said: _Said) -> str:
    """Give the part of the day that is told behind a clock."""
    return said.part or said.then or ""


def _hour(said: _Said) -> int:
    if said.noon:
        return _NOON
    if said.military:
        return int(said.military[:2])
    return NUMBERS[said.word.lower()] if said.word else int(said.hour or 0)


def _is_clock(said: _Said, text: str, start: int, *, has_zone: bool) -> bool:
    """Tell whether digits are a clock time: a score, ratio or count has no zone, no half of the day, no `at`."""
    if said.noon:
        return bool(_NOON_OF_A_CLOCK.search(text, max(0, start - _LOOK_BACK), start))
    if said.military or said.half or said.full or said.quarter:
        return True
    zone, sign = said.zone or "", said.sign
    if sign is None:
        is_named = has_zone and zone.isupper() and len(zone) > 1
        return is_named or (bool(_part(said)) and _is_asked_for(text, start))
    if sign == ".":
        has_zone = bool(len(zone) > 1 or said.aside or said.later or said.apart or said.hours)
        return has_zone and _is_asked_for(text, start)
    return has_zone or _is_asked_for(text, start)


def _is_asked_for(text: str, start: int) -> bool:
    return _ASKED_FOR.match(text[max(0, start - _LOOK_BACK) : start][::-1]) is not None


def _time(said: _Said) -> time | None:
    hour = _hour(said)
    if said.military:
        return time(hour, int(said.military[2:]), int(said.moment or 0))
    if said.half and hour > _NOON:
        return None
    hour = _in_half(hour, said.half or "", _part(said)) if hour <= _NOON else hour
    if said.quarter:
        return _quarter(hour, said.quarter.lower())
    return time(hour, int(said.minute or 0), int(said.second or 0)) if hour < _MIDNIGHT else None


def _quarter(hour: int, which: str) -> time:
    """Give the time of "half past nine", "quarter to ten"."""
    if which.endswith("to"):
        return time((hour - 1) % _MIDNIGHT, 45)
    return time(hour % _MIDNIGHT, 30 if which.startswith("half") else 15)


def _in_half(hour: int, half: str, part: str) -> int:
    """Give the hour of the day of one up to twelve."""
    if half:
        return hour % _NOON + (_NOON if half[0] in "pP" else 0)
    if part in {"afternoon", "evening"} or (part == "night" and hour % _NOON > _DAWN):
        return hour % _NOON + _NOON
    return hour % _NOON if part == "night" else hour


def _pair(text: str, first: Clock, second: Clock) -> Pair | None:
    """Join two clocks that tell one time: the second in brackets, or both with zones that say the same."""
    joined = _JOINED.match(text, first.span.end, second.span.start)
    if joined and joined["bracket"] and not first.zone_span and second.zone_span:
        first = _beside(first, second)
    if not joined or not (first.zone_span and second.zone_span):
        return None
    first, second = _without_doubt(text, first, second)
    if joined["bracket"]:
        closed = _CLOSED.match(text, second.span.end)
        return Pair(Span(first.span.start, closed.end()), first, second, is_bracketed=True) if closed else None
    if first.zone == second.zone or not _agree(first, second):
        return None
    return Pair(Span(first.span.start, second.span.end), first, second, is_bracketed=False)


def _without_doubt(text: str, *pair: Clock) -> tuple[Clock, Clock]:
    """Take the zone from a clock that is only called local where it does not agree with the other one."""
    local = [each for each in pair if each.zone_span and is_local(text[each.zone_span.start : each.zone_span.end])]
    first, second = pair
    if not local or _agree(first, second):
        return first, second
    first, second = (replace(each, zone=None, doubted=each.zone) if each in local else each for each in pair)
    return first, second


def _beside(first: Clock, second: Clock) -> Clock:
    """Give a clock that names no zone the one that the clock in brackets shows it to be in: "4:33 p.m. (2033 GMT)"."""
    told = second.utc(_ANY_DAY)
    ahead = (datetime.combine(_ANY_DAY, first.at) - told + _FARTHEST_BEHIND) % _DAY if told else None
    if told is None or ahead is None or ahead % _QUARTER:
        return first
    minutes = int((ahead - _FARTHEST_BEHIND).total_seconds()) // 60
    return replace(first, zone=Zone(minutes=minutes), zone_span=first.span)


_FARTHEST_BEHIND: Final = timedelta(hours=11)
_DAY: Final = timedelta(days=1)
_QUARTER: Final = timedelta(minutes=15)
_ANY_DAY: Final = date(2021, 7, 1)


def _agree(first: Clock, second: Clock) -> bool:
    """Tell whether two clocks may show one time, in summer or in winter, whatever the day."""
    return any(
        (one := first.utc(day)) is not None and (other := second.utc(day)) is not None and not (one - other) % _DAY
        for day in (_ANY_DAY, _ANY_DAY + timedelta(days=184))
    )
