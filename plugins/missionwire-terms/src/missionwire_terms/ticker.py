"""Live tickers and logs: texts whose lines begin with clocks, all in one zone, under headings that tell the day."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from msgspec import Struct

from missionwire_terms.clocks import Clock
from missionwire_terms.dates import Told, shifted
from missionwire_terms.published import Published
from missionwire_terms.zones import Zone, Zones

_ENTRY: Final = re.compile(
    r"\n[ \t]*(?:[-–—•*▪]\s*)?(?P<clock>\d{1,2}[:.h]\d\d(?::\d\d)?)(?!\d)"
    r"(?:[ \t]*[ap]\.?m\b\.?)?(?:[ \t]+[A-Z]{2,4}(?!\w))?[ \t]*(?:[–—:|.-]|(?=[A-Z“\"‘]))",
    re.IGNORECASE,
)
"""`9:49 a.m. LIFTOFF`, `14:30 – The capsule …`, behind the end of the line before."""

_FEWEST: Final = 3
"""So many lines that begin with clocks make a ticker, where no note on its times does."""

_HEADING: Final = 40
"""How many characters around a day are looked at to tell whether its line holds nothing else."""
_BARE: Final = frozenset(" \t*#:.–—-")


class Ticker(Struct, frozen=True):
    """Where the lines of a ticker begin with clocks, and the zone in which it says that all its times are."""

    entries: tuple[int, ...] = ()
    zone: Zone | None = None

    def entry_of(self, place: int) -> int | None:
        """Give the beginning of the entry that a place is in."""
        index = bisect_right(self.entries, place) - 1
        return self.entries[index] if index >= 0 else None


class Tickers:
    """Finds tickers; made once, for the zones of the table."""

    def __init__(self, zones: Zones) -> None:
        """Compile the pattern of a note on times: "All times are Central Daylight Time", "(times in JST)"."""
        self._zones = zones
        self._note = re.compile(
            r"(?:\b[Aa]ll(?:\s+the)?\s+times|(?<=\()[Tt]imes|^[Tt]imes)(?:[ ,:(]+\w+){0,5}?[ ,:(]+"
            rf"(?P<zone>{zones.pattern})",
            re.MULTILINE,
        )

    def find(self, text: str) -> Ticker:
        """Give the ticker that a text is, one without entries where it is none."""
        note = self._note.search(text) if "imes " in text else None
        entries = tuple(match.start("clock") - 1 for match in _ENTRY.finditer(f"\n{text}"))
        zone = self._zones.named(note["zone"], text) if note else None
        return Ticker(entries if note or len(entries) >= _FEWEST else (), zone)


def days_of_entries(
    ticker: Ticker, text: str, clocks: Sequence[Clock], days: Sequence[Told], published: Published | None
) -> dict[int, date | None]:
    """Give the day of each entry: that of the heading above it, else counted back from the publication."""
    if not ticker.entries:
        return {}
    headings = [day for day in days if day.precision == "day" and _stands_alone(text, day)]
    starts = [day.start for day in headings]
    at = {clock.span.start: clock for clock in clocks}
    if not headings:
        return _counted_back([at[entry] for entry in ticker.entries if entry in at], published)
    return {
        entry: headings[index].on if (index := bisect_right(starts, entry) - 1) >= 0 else None
        for entry in ticker.entries
    }


def _stands_alone(text: str, day: Told) -> bool:
    head = text[max(0, day.start - _HEADING) : day.start].rpartition("\n")[2]
    tail = text[day.end : day.end + _HEADING].partition("\n")[0]
    return _BARE.issuperset(head + tail)


def _counted_back(clocks: Sequence[Clock], published: Published | None) -> dict[int, date | None]:
    """Give the days of clocks from the newest, which stands next to the publication, to the oldest."""
    falling = sum(later.at < earlier.at for earlier, later in pairwise(clocks))
    newest_first = clocks if falling * 2 > len(clocks) - 1 else clocks[::-1]
    if not published or published.precision != "day" or not newest_first:
        return {}
    day = _latest_day(newest_first[0], published)
    days: dict[int, date | None] = {}
    last = newest_first[0].at
    for clock in newest_first:
        if clock.at > last and day:
            day = shifted(day, -1)
        days[clock.span.start], last = day, clock.at
    return days


def _latest_day(clock: Clock, published: Published) -> date | None:
    """Give the last day on which a clock was not after the publication, by the hour of that where it is known."""
    for day in (shifted(published.first, 1), published.first):
        moment = clock.utc(day) if day else None
        if published.moment and moment and moment <= published.moment:
            return day
    return published.first if not published.moment or not clock.zone else shifted(published.first, -1)
