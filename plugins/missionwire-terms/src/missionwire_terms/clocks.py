"""Clock times as texts tell them, with their zones, alone or in pairs: `4:36 am GMT (7:36 am Moscow time)`."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from msgspec import Struct

from missionwire.plugin import Span
from missionwire_terms.zones import Zone, Zones

_NOON: Final = 12
_MIDNIGHT: Final = 24
_LONGEST_SENTENCE: Final = 1000
"""How many characters of a sentence are searched for the country of a zone."""


class Clock(Struct, frozen=True):
    """One reading of a clock. `zone` is None where the text gives none or it is not sure which."""

    span: Span
    at: time
    precision: Literal["second", "minute", "hour"]
    zone: Zone | None = None
    zone_span: Span | None = None

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


_JOINED: Final = re.compile(
    r"\s*(?:(?P<bracket>[(\[])\s*(?:or\s+|i\.e\.,?\s+|that\s+is,?\s+)?|/\s*|,?\s*or\s+|,\s*|;\s*)$"
)
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_ON_A_DAY: Final = (
    r",?\s+(?:on|of)\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:morning|afternoon|evening|night))?"
    rf"|the\s+\d{{1,2}}(?:st|nd|rd|th)|{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+20\d\d)?,?"
)
"""A day between a clock and its zone: "1:16 am on Monday, Beijing time"."""
_CLOSED: Final = re.compile(r"(?:\s+(?:(?:on|of)\s+)?[A-Z]\w+(?:\s+\d{1,2})?)?\s*[)\]]")
_DIGITS: Final = re.compile(r"\d+")
_ASKED_FOR: Final = re.compile(r"\b(?:at|about|around|by|until|from|before|after)\s+(?:about\s+|exactly\s+)?$")


class Clocks:
    """Finds clock times; made once, for the zones of the table."""

    def __init__(self, zones: Zones) -> None:
        """Compile the pattern for these zones."""
        self._zones = zones
        zone = zones.pattern
        self._pattern = re.compile(
            r"(?<![\w:.,+/−-])"
            rf"(?:(?P<military>(?:[01]\d|2[0-3])[0-5]\d)(?::(?P<moment>[0-5]\d))?(?=\s*(?:hours\s+|hrs\s+)?(?:{zone}))"
            r"|(?P<hour>\d{1,2})(?:(?P<sign>[:.h])(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?(?![:\d]))"
            r"(?:\s*(?P<half>[ap]\.?m\b\.?|[AP]\.?M\b\.?))?(?:\s+(?:hours|hrs))?"
            rf"(?:(?:,?\s*(?P<zone>{zone}))|\s*\((?P<aside>{zone})\)|{_ON_A_DAY}\s+(?P<later>{zone}))?(?!\w)"
        )

    def find(self, text: str, sentence_of: Callable[[int], Span]) -> list[Clock | Pair]:
        """Give the clocks of a text, in its order; two that tell one time come as a pair."""
        found: list[Clock | Pair] = []
        zone_of = self._zone_finder(text, sentence_of)
        for match in self._matches(text):
            clock = self._read(match, text, zone_of)
            if clock is None:
                continue
            last = found[-1] if found else None
            if isinstance(last, Clock) and (pair := _pair(text, last, clock)):
                found[-1] = pair
            else:
                found.append(clock)
        return found

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        """Find what looks like a clock; only digits are looked at closely."""
        digits = _DIGITS.search(text)
        while digits:
            match = self._pattern.match(text, digits.start())
            if match:
                yield match
            digits = _DIGITS.search(text, (match or digits).end())

    def _zone_finder(self, text: str, sentence_of: Callable[[int], Span]) -> Callable[[Span], Zone | None]:
        """Give what names the zone of a place: its sentence decides, else the text, asked once for each name."""
        in_text: dict[str, Zone | None] = {}

        def zone_of(place: Span) -> Zone | None:
            name, near = text[place.start : place.end], sentence_of(place.start)
            if zone := self._zones.named(name, text[near.start : near.end][:_LONGEST_SENTENCE]):
                return zone
            if name not in in_text:
                in_text[name] = self._zones.named(name, text)
            return in_text[name]

        return zone_of

    def _read(self, match: re.Match[str], text: str, zone_of: Callable[[Span], Zone | None]) -> Clock | None:
        zone_span = next((Span(*match.span(name)) for name in ("zone", "aside", "later") if match[name]), None)
        if not _is_clock(match, text, has_zone=zone_span is not None):
            return None
        at = _time(match)
        if at is None:
            return None
        zone = zone_of(zone_span) if zone_span else None
        precision: Literal["second", "minute", "hour"] = "minute" if match["minute"] or match["military"] else "hour"
        if match["second"] or match["moment"]:
            precision = "second"
        return Clock(Span(match.start(), match.end()), at, precision, zone, zone_span)


def _is_clock(match: re.Match[str], text: str, *, has_zone: bool) -> bool:
    """Tell whether digits are a clock time: a score, ratio or count has no zone, no half of the day, no `at`."""
    if match["military"] or match["half"]:
        return True
    if match["sign"] is None:
        return has_zone and bool(match["zone"]) and match["zone"].isupper() and len(match["zone"]) > 1
    if match["sign"] == ".":
        return False
    return has_zone or bool(_ASKED_FOR.search(text, max(0, match.start() - 30), match.start()))


def _time(match: re.Match[str]) -> time | None:
    if match["military"]:
        return time(int(match["military"][:2]), int(match["military"][2:]), int(match["moment"] or 0))
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if match["half"]:
        if hour > _NOON:
            return None
        hour = hour % _NOON + (_NOON if match["half"][0] in "pP" else 0)
    return time(hour, minute, second) if hour < _MIDNIGHT else None


def _pair(text: str, first: Clock, second: Clock) -> Pair | None:
    """Join two clocks that tell one time: the second in brackets, or both with zones that say the same."""
    joined = _JOINED.match(text, first.span.end, second.span.start)
    if not joined or not (first.zone_span and second.zone_span):
        return None
    if joined["bracket"]:
        closed = _CLOSED.match(text, second.span.end)
        return Pair(Span(first.span.start, closed.end()), first, second, is_bracketed=True) if closed else None
    if first.zone == second.zone or not _agree(first, second):
        return None
    return Pair(Span(first.span.start, second.span.end), first, second, is_bracketed=False)


_ANY_DAY: Final = date(2021, 7, 1)


def _agree(first: Clock, second: Clock) -> bool:
    """Tell whether two clocks may show one time, in summer or in winter, whatever the day."""
    return any(
        (one := first.utc(day)) is not None
        and (other := second.utc(day)) is not None
        and (one - other) % timedelta(days=1) == timedelta(0)
        for day in (_ANY_DAY, _ANY_DAY + timedelta(days=184))
    )
