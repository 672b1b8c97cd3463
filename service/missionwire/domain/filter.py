"""Filters: which events a reader wants. Values of one member mean any of them, members mean all."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from missionwire.domain.errors import FaultyParameter
from missionwire.domain.moment import milliseconds, parse_moment
from missionwire.domain.slug import mission_slug, slug

MAX_VALUES: Final = 100
"""At most so many values in one filter; more is a `FaultyParameter`."""

_TYPE: Final = re.compile(r"[^\s*\x00-\x1f]{1,255}(?:\.\*)?|\*")


class Facets(NamedTuple):
    """What of an event filters look at, worked out once for each event."""

    type: str
    source: str
    mission: str | None
    agencies: frozenset[str]
    crew: frozenset[str]
    time_ms: int | None


def facets(event: Mapping[str, Any]) -> Facets:
    """Work out the facets of an event as published (the decoded JSON object)."""
    data = event.get("data") or {}
    time = event.get("time")
    return Facets(
        type=event["type"],
        source=event["source"],
        mission=mission_of(event),
        agencies=_names(data.get("agencies"), slug),
        crew=_names(data.get("crew"), slug),
        time_ms=milliseconds(parse_moment(time)) if time else None,
    )


def mission_of(event: Mapping[str, Any]) -> str | None:
    """Give the mission's slug: of `subject`, else of `data.mission`, else None."""
    data = event.get("data")
    named = event.get("subject") or (isinstance(data, dict) and data.get("mission")) or ""
    return (mission_slug(named) or None) if isinstance(named, str) else None


def _names(items: Iterable[Any] | None, fold: Callable[[str], str]) -> frozenset[str]:
    found: set[str] = set()
    for item in items or ():
        if isinstance(item, str):
            found.add(fold(item))
        elif isinstance(item, Mapping):
            found.update(fold(name) for key in ("id", "name") if isinstance(name := item.get(key), str))
    return frozenset(found - {""})


class Filter(NamedTuple):
    """A reader's wish, in one canonical form, so that equal filters are equal and can be shared.

    `types` are exact or end in `.*`; `missions`, `agencies` and `crew` are slugs; the moments are milliseconds since
    1970 of the occurrence, the first inclusive, the second exclusive.
    """

    types: frozenset[str] = frozenset()
    missions: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    crew: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    occurred_since_ms: int | None = None
    occurred_until_ms: int | None = None

    @classmethod
    def build(
        cls,
        *,
        types: Iterable[str] = (),
        missions: Iterable[str] = (),
        agencies: Iterable[str] = (),
        crew: Iterable[str] = (),
        sources: Iterable[str] = (),
        occurred_since: str | None = None,
        occurred_until: str | None = None,
    ) -> "Filter":
        """Check and fold the values of a request.

        Raises:
            FaultyParameter: a value can match nothing, or there are too many.
        """
        made = cls(
            types=_checked("type", types, _a_type),
            missions=_checked("mission", missions, mission_slug),
            agencies=_checked("agency", agencies, slug),
            crew=_checked("crew", crew, slug),
            sources=_checked("source", sources, str),
            occurred_since_ms=_occurred("occurred_since", occurred_since),
            occurred_until_ms=_occurred("occurred_until", occurred_until),
        )
        if sum(map(len, made[:5])) > MAX_VALUES:
            raise FaultyParameter("filter", f"more than {MAX_VALUES} values; follow everything and filter at your end")
        return made

    @property
    def is_all(self) -> bool:
        """Whether every event passes."""
        return self == _EVERYTHING

    def matches(self, event: Facets) -> bool:
        """Decide whether an event passes."""
        return (
            (not self.missions or event.mission in self.missions)
            and (not self.sources or event.source in self.sources)
            and (not self.types or self._has_type(event.type))
            and (not self.agencies or not self.agencies.isdisjoint(event.agencies))
            and (not self.crew or not self.crew.isdisjoint(event.crew))
            and self._has_time(event.time_ms)
        )

    def _has_type(self, type_: str) -> bool:
        if type_ in self.types or "*" in self.types:
            return True
        parts = type_.split(".")
        return any(".".join(parts[:i]) + ".*" in self.types for i in range(len(parts) - 1, 0, -1))

    def _has_time(self, time_ms: int | None) -> bool:
        if self.occurred_since_ms is None and self.occurred_until_ms is None:
            return True
        if time_ms is None:
            return False
        return (self.occurred_since_ms is None or time_ms >= self.occurred_since_ms) and (
            self.occurred_until_ms is None or time_ms < self.occurred_until_ms
        )


_EVERYTHING: Final = Filter()


def _checked(name: str, values: Iterable[str], fold: Callable[[str], str]) -> frozenset[str]:
    folded = set()
    for value in values:
        if not (made := fold(value)):
            raise FaultyParameter(name, f"{value[:80]!r} cannot match anything")
        folded.add(made)
    return frozenset(folded)


def _a_type(value: str) -> str:
    if not _TYPE.fullmatch(value):
        raise FaultyParameter(
            "type", f"{value[:80]!r} is no type; write it whole, or end it in '.*' like missionwire.docking.*"
        )
    return value


def _occurred(name: str, value: str | None) -> int | None:
    if value is None:
        return None
    try:
        return milliseconds(parse_moment(value))
    except ValueError as error:
        raise FaultyParameter(name, str(error)) from error
