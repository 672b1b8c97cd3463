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


def told(event: Event) -> frozenset[Fact]:
    """Give the facts that an event tells."""
    data = event.data
    has: dict[Fact, bool] = {
        "when": event.time is not None,
        "mission": event.mission is not None,
        "who": bool(data.crew or data.agencies) or _has_any(event, _WHO),
        "where": bool(data.station or data.location) or _has_any(event, _WHERE),
    }
    return frozenset(fact for fact in FACTS if has[fact])


def doubtful(event: Event) -> frozenset[Fact]:
    """Give the facts that an event tells, but not for sure.

    A time without its minute, a mission that was inferred, people of whom nobody is known by id.
    """
    data = event.data
    named: tuple[Person | AgencyTag, ...] = (*data.crew, *data.agencies)
    doubts: dict[Fact, bool] = {
        "when": event.time is not None and data.time_precision in _COARSE,
        "mission": event.mission is not None and bool(data.mission_inferred),
        "who": bool(named) and not any(each.id for each in named),
        "where": False,
    }
    return frozenset(fact for fact in FACTS if doubts[fact])


def _has_any(event: Event, members: frozenset[str]) -> bool:
    extra = event.data.extra
    return any(extra[member] not in (None, "", [], {}) for member in members & extra.keys())
