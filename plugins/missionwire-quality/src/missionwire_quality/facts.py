"""What an event tells: when, of which mission, who, where; and which of it is in doubt."""

from typing import Final, Literal, TypeAlias

from missionwire.plugin import AgencyTag, Event, Person

Fact: TypeAlias = Literal["when", "mission", "who", "where"]

FACTS: Final[tuple[Fact, ...]] = ("when", "mission", "who", "where")

_WHO: Final = frozenset({"speaker", "by", "parties", "partners", "holder"})
"""Members, beside `crew` and `agencies`, that the vocabulary has for people and bodies."""

_WHERE: Final = frozenset(
    {"pad", "site", "landing_site", "target", "port", "to_port", "body", "coordinates", "sea", "place"}
)
"""Members, beside `station` and `location`, that the vocabulary has for places."""

_COARSE: Final = frozenset({"hour", "day", "month", "year", "unknown"})
"""Precisions of a time that leave the minute open."""


def tells(event: Event, fact: Fact) -> bool:
    """Tell whether an event tells a fact."""
    data = event.data
    if fact == "when":
        return event.time is not None
    if fact == "mission":
        return event.mission is not None
    if fact == "who":
        return bool(data.crew or data.agencies) or _has_any(event, _WHO)
    return bool(data.station or data.location) or _has_any(event, _WHERE)


def leaves_open(event: Event, fact: Fact) -> bool:
    """Tell whether an event tells a fact, but not for sure.

    A time without its minute, a mission that was inferred, people of whom nobody is known by id.
    """
    data = event.data
    if fact == "when":
        return event.time is not None and data.time_precision in _COARSE
    if fact == "mission":
        return event.mission is not None and bool(data.mission_inferred)
    if fact == "who":
        named: tuple[Person | AgencyTag, ...] = (*data.crew, *data.agencies)
        return bool(named) and not any(each.id for each in named)
    return False


def _has_any(event: Event, members: frozenset[str]) -> bool:
    extra = event.data.extra
    return any(extra[member] not in (None, "", [], {}) for member in members & extra.keys())
