"""Times as spans: a time with its precision is a stretch of time, and two tellings agree if their stretches meet."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from msgspec import Struct

from missionwire.plugin import TimePrecision

_LENGTH: Final[dict[str, timedelta]] = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}
_ORDER: Final = ("second", "minute", "hour", "day", "month", "year")
_DAY: Final = _ORDER.index("day")
_MIDNIGHT: Final = "T00:00:00Z"

LOCAL_DAY: Final = timedelta(hours=14)
"""A day told in a local calendar may begin so much before or after the day in UTC."""

EAST: Final = timedelta(hours=8)
WEST: Final = timedelta(hours=-5)
"""How far the clocks of places are ahead of UTC, or behind it, where it is another day than there."""

CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""Two tellings of one occurrence may give clocks that differ by rounding, and by which of its steps they mean."""


class Moment(Struct, frozen=True):
    """A time as a mention gives it: the start of what the text tells, RFC 3339 in UTC, and how much of it is told.

    `end` is the end of the stretch that the precision leaves open, `rank` how fine it is: 0 is the finest. `day` is the
    day that the text tells with a clock, which may be another one than in UTC.
    """

    time: str
    precision: TimePrecision
    start: datetime
    end: datetime
    rank: int
    day: str | None = None

    @property
    def date(self) -> "Moment | None":
        """The day of it as it is told; None where only a month or a year is."""
        if self.rank > _DAY:
            return None
        if self.rank == _DAY and not self.day and self.time.endswith(_MIDNIGHT):
            return self  # as most are
        return moment(self.day or f"{self.start.date().isoformat()}{_MIDNIGHT}", "day")

    def on(self, day: str) -> "Moment":
        """Give it as one that the text tells with a day."""
        return Moment(self.time, self.precision, self.start, self.end, self.rank, day)

    def is_on_other_day(self, other: "Moment") -> bool:
        """Tell whether one is a clock told with its day, and the other another day."""
        days = {moment.day or moment.time for moment in (self, other) if moment.day or moment.precision == "day"}
        return len(days) > 1 and bool(self.day or other.day)

    def later(self, after: timedelta | None) -> "Moment | None":
        """Give the day so long after it: of a clock by its hours, of a day by whole days; None of a month or a year."""
        day = self.date
        if day is None or after is None:
            return day
        if self.precision == "day":
            start = day.start + timedelta(days=after.days if after > timedelta(0) else -(-after).days)
        else:
            start = self.start + self._ahead(day.start) + after  # on the clock of the place
        return moment(f"{start.date().isoformat()}{_MIDNIGHT}", "day")

    def _ahead(self, day: datetime) -> timedelta:
        """Give how far ahead of UTC the clock may be that shows this moment on a day."""
        if day.date() == self.start.date():
            return timedelta(0)
        usual = self.start + (EAST if day > self.start else WEST)
        return (usual if usual.date() == day.date() else day if day > self.start else _eve(day)) - self.start

    def meets(self, other: "Moment") -> bool:
        """Tell whether both may be one time: a day of a local calendar reaches into its neighbours in UTC."""
        if (self.rank == _DAY) != (other.rank == _DAY):
            slack = LOCAL_DAY
        elif self.rank < _DAY and other.rank < _DAY:
            slack = CLOCKS_DIFFER
        else:
            return self.start < other.end and other.start < self.end
        return self.start < other.end + slack and other.start < self.end + slack


def _end(start: datetime, length: timedelta) -> datetime:
    """Give when a stretch of time ends; the last year of the calendar ends with it."""
    last = datetime.max.replace(tzinfo=UTC)
    return last if last - start < length else start + length


def _eve(day: datetime) -> datetime:
    """Give the last minute of a day."""
    return day + timedelta(hours=23, minutes=59)


@lru_cache(maxsize=4096)
def moment(time: str | None, precision: TimePrecision) -> Moment | None:
    """Make a moment of what a mention gives; None where it gives no time that can be read."""
    if not time:
        return None
    start = instant(time)
    if start is None:
        return None
    rank = _ORDER.index(precision) if precision in _ORDER else len(_ORDER)
    return Moment(time, precision, start, _end(start, _LENGTH.get(precision, timedelta(days=1))), rank)


def instant(time: str | None) -> datetime | None:
    """Read RFC 3339, a date, or a month; a time without a zone is UTC. None where it cannot be read."""
    if not time:
        return None
    try:
        read = datetime.fromisoformat(f"{time}-01" if len(time) == len("2022-11") else time)
    except ValueError:
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
