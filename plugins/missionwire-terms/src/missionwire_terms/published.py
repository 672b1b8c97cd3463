"""When a text was published: the day from which its relative dates count, and the stray dateline that may give it."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from missionwire.plugin import Span

_GIVEN: Final = re.compile(r"\s*(\d{4})-(\d{2})(?:-(\d{2}))?(?=$|[T\s])")

_DATELINE: Final = re.compile(
    r"""\s*(?P<told>(?i:date)\b\s*:?\s*(?P<iso>\d{4}-\d{2}(?:-\d{2})?)(?![-\d])"""
    r"""(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)?)"""
    r"""(?:[\s.:;,|–—-]+(?=(?:[^\w\s.:;,|–—-]{1,4}\s?){0,3}[A-ZÀ-ÞЀ-Я\d])|\s*$)"""
)
"""The word "date", a day or a month as ISO writes it, and then the beginning of a sentence or a sign before it, 📷."""


class Published(Struct, frozen=True):
    """A day or month of publication; `last` is the last day of it. `moment` is its hour in UTC, where that is known."""

    first: date
    precision: Literal["day", "month"]
    moment: datetime | None = None

    @property
    def last(self) -> date:
        """The day of publication, or the last day of the month of it."""
        if self.precision == "day":
            return self.first
        return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])


class Dateline(Struct, frozen=True):
    """A stray dateline at the head: `told` is the line itself, `whole` also the blanks around it that go with it."""

    told: Span
    whole: Span
    published: Published
    iso: str


@lru_cache
def read_published(given: str | None) -> Published | None:
    """Read `published` as a document gives it: a day, a month or RFC 3339, of which the day counts as it is written."""
    found = _GIVEN.match(given) if given else None
    published = _read(found) if found else None
    return replace(published, moment=_moment(given or "")) if published else None


def _moment(given: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(given.strip())
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def find_dateline(text: str) -> Dateline | None:
    """Find the dateline that an export left at the head of a text: `date 2021-10-18 `, also `date 2022-11 `."""
    found = _DATELINE.match(text)
    iso = _GIVEN.match(found["iso"]) if found else None
    if not found or not iso or not (published := _read(iso)):
        return None
    told = Span(*found.span("told"))
    return Dateline(told=told, whole=Span(0, found.end()), published=published, iso=found["iso"])


def _read(parts: re.Match[str]) -> Published | None:
    try:
        first = date(int(parts[1]), int(parts[2]), int(parts[3] or 1))
    except ValueError:
        return None
    return Published(first=first, precision="day" if parts[3] else "month")
