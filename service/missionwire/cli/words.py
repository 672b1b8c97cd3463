"""What the fields of an event are called for people. Pure: values in, plain strings out.

The page at `/` says the same: `web/pages/words.js` is the twin of this file, and a test compares the two.
"""

import re
from typing import Final

from missionwire.domain.vocabulary import PREFIX

NAMES: Final = {
    "launch.lifted-off": "Lift-off",
    "launch.held": "Countdown held",
    "launch.resumed": "Countdown resumed",
    "launch.cleared": "Launch declared go",
    "orbit.inserted": "Orbit reached",
    "eva.started": "Spacewalk started",
    "eva.ended": "Spacewalk ended",
    "eva.scheduled": "Spacewalk scheduled",
    "eva.rescheduled": "Spacewalk rescheduled",
    "reentry.started": "Re-entry started",
    "landing.completed": "Landing",
    "splashdown.completed": "Splashdown",
    "docking.completed": "Docking",
    "undocking.completed": "Undocking",
    "flyby.completed": "Flyby",
    "crew.egressed": "Crew out of the spacecraft",
    "recovery.deployed": "Recovery teams set out",
    "event.corrected": "Correction of an earlier event",
    "event.retracted": "Earlier event withdrawn",
}
"""Types whose own two words would read badly."""

_FAMILIES: Final = {
    "ascent": ("launch", "stage", "payload"),
    "flight": ("orbit", "maneuver", "flyby", "docking", "undocking", "spacecraft", "hatch"),
    "people": ("crew", "eva", "experiment", "filming", "test"),
    "return": ("reentry", "landing", "splashdown", "recovery"),
    "trouble": ("anomaly",),
}
_FAMILY_OF: Final = {noun: family for family, nouns in _FAMILIES.items() for noun in nouns}
_TROUBLES: Final = frozenset({"failed", "aborted", "scrubbed"})

_CAPITALS: Final = frozenset({"ms", "tma", "tm", "sts", "crs", "ng", "htv", "atv", "iss", "vss", "cst"})
"""Parts of designations that are written in capitals."""
_HYPHENED: Final = _CAPITALS | {"crew", "cargo"}
"""Parts of designations whose number hangs on a hyphen."""

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SEPARATORS: Final = re.compile(r"[.-]+")
_RFC3339_UTC: Final = re.compile(
    r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)T(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:\.\d+)?Z",
    re.ASCII,
)
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_HOURS_A_DAY: Final = 24

_GAP_REASONS: Final = {
    "trimmed": "those events were trimmed to make room",
    "epoch": "the place belongs to another history of this wire",
    "ahead": "the place lies after the end of this wire",
    "malformed": "the place could not be read",
}


def type_in_words(type_: str) -> str:
    """Give a type in plain words: `missionwire.docking.completed` is "Docking"; a foreign type stays as it is."""
    if not type_.startswith(PREFIX):
        return type_
    name = type_.removeprefix(PREFIX)
    words = NAMES.get(name) or _SEPARATORS.sub(" ", name).strip()
    return words[:1].upper() + words[1:] if words else type_


def family_of(type_: str) -> str:
    """Give the family of a type, which decides its colour: ascent, flight, people, return, trouble or other."""
    _, noun, verb = (*type_.split("."), "", "")[:3]
    return "trouble" if verb in _TROUBLES else _FAMILY_OF.get(noun, "other")


_NUMBERED: Final = re.compile(r"\d+[a-z]")
"""A number with a letter behind it, as in TMA-06M."""


def mission_in_words(subject: str) -> str:
    """Give a mission's slug as it is written: `soyuz-ms-18` is "Soyuz MS-18"; what is no slug stays as it is."""
    if not _SLUG.fullmatch(subject):
        return subject
    words = ""
    before = ""
    for part in subject.split("-"):
        is_series = part in _CAPITALS or _NUMBERED.fullmatch(part) is not None
        word = part.upper() if is_series else part[0].upper() + part[1:]
        joint = "-" if part[0].isdigit() and before in _HYPHENED else " "
        words += f"{joint}{word}" if before else word
        before = part
    return words


def time_in_words(time: str | None, precision: str | None) -> str:
    """Give a time with no more precision than its source gave: a month is "October 2021 (month only)"."""
    if not time:
        return "time not known"
    found = _RFC3339_UTC.fullmatch(time)
    if not found:
        return time
    hour, month = int(found["hour"]), _MONTHS[int(found["month"]) - 1]
    date = f"{int(found['day'])} {month[:3]} {found['year']}"
    to_minute = f"{date}, {found['hour']}:{found['minute']}"
    to_second = f"{to_minute}:{found['second']} UTC"
    as_given = f"{to_minute} UTC" if found["second"] == "00" else to_second
    return {
        "year": f"{found['year']} (year only)",
        "month": f"{month} {found['year']} (month only)",
        "day": f"{date} (day only)",
        "hour": f"{date}, {hour:02}:00–{(hour + 1) % _HOURS_A_DAY:02}:00 UTC",
        "minute": f"{to_minute} UTC",
        "second": to_second,
        "unknown": f"{to_minute} UTC, precision not known",
    }.get(precision or "", as_given)


def gap_in_words(reason: object) -> str:
    """Say why a gap is there."""
    return (
        _GAP_REASONS.get(reason, "the reason was not given") if isinstance(reason, str) else "the reason was not given"
    )


def plain(slug: str) -> str:
    """`spaceflight-participant` is "spaceflight participant", `time_precision` is "time precision"."""
    return re.sub(r"[-_]+", " ", slug).strip()


def sureness(confidence: object) -> str:
    """Give a confidence of 0..1 as "95% sure", or nothing where none is given."""
    if isinstance(confidence, bool) or not isinstance(confidence, (int, float)) or not 0 <= confidence <= 1:
        return ""
    return f"{int(confidence * 100 + 0.5)}% sure"
