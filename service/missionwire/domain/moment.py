"""Moments and durations as people and CloudEvents write them: RFC 3339, and `10m` back."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

_RFC3339: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?P<fraction>\.\d{1,9})?(?P<zone>[Zz]|[+-]\d{2}:\d{2})?",
    re.ASCII,
)
_DURATION: Final = re.compile(r"(\d{1,9})(s|m|h|d|w)", re.ASCII)
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


_LONGEST_MOMENT: Final = len("2021-10-17T04:36:00.123456789+03:00")


def parse_moment(text: str) -> datetime:
    """Read RFC 3339 with a zone.

    Raises:
        ValueError: with a sentence that says what is wrong.
    """
    return _remembered_moment(text) if len(text) <= _LONGEST_MOMENT else _parsed(text)


def _parsed(text: str) -> datetime:
    found = _RFC3339.fullmatch(text)
    if not found:
        message = f"{text[:40]!r} is no RFC 3339 time; write it like 2021-10-17T04:36:00Z"
        raise ValueError(message)
    if found["zone"] is None:
        message = f"{text[:40]!r} has no zone; add Z for UTC, or an offset like +03:00"
        raise ValueError(message)
    head, fraction = text[:19].upper().replace(" ", "T"), (found["fraction"] or "")[:7]
    zone = "+00:00" if found["zone"] in "Zz" else found["zone"]
    try:
        return datetime.fromisoformat(head + fraction.ljust(7, "0") * bool(fraction) + zone)
    except ValueError as error:
        message = f"{text[:40]!r} is no real time: {error}"
        raise ValueError(message) from error


_remembered_moment: Final = lru_cache(maxsize=1024)(_parsed)  # a text tells one time again and again


def in_utc(text: str) -> str:
    """Give the same moment in UTC with `Z`, with the digits of its seconds kept.

    Raises:
        ValueError: as `parse_moment`.
    """
    moment = parse_moment(text)
    if text[-1] in "Zz":
        return text if text[10] == "T" and text[-1] == "Z" else f"{text[:10]}T{text[11:-1]}Z"
    found = _RFC3339.fullmatch(text)
    fraction = (found and found["fraction"]) or ""
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0") + fraction + "Z"
    except OverflowError as error:
        message = f"{text[:40]!r} lies outside the years 1 to 9999 in UTC"
        raise ValueError(message) from error


def milliseconds(moment: datetime) -> int:
    """Give the whole milliseconds since 1970 in UTC, rounded down."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def parse_duration_s(text: str) -> int | None:
    """Give the seconds of `90s`, `10m`, `2h`, `3d` or `1w`; None when the text is no duration."""
    found = _DURATION.fullmatch(text)
    return int(found[1]) * _UNITS[found[2]] if found else None
