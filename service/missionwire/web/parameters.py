"""Query parameters that feed and history share."""

import difflib
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Annotated, Any, Final, TypeAlias

from litestar import Request
from litestar.di import Provide
from litestar.params import QueryParameter

from missionwire.domain.errors import FaultyParameter
from missionwire.domain.filter import Filter

_FILTERS: Final = frozenset({"type", "mission", "agency", "crew", "source", "occurred_since", "occurred_until"})

Types: TypeAlias = Annotated[
    list[str] | None,
    QueryParameter(
        name="type",
        description="Exact, or a family: `missionwire.docking.*`. Repeated: any of them.",
    ),
]
Missions: TypeAlias = Annotated[
    list[str] | None,
    QueryParameter(
        name="mission", description="A mission's slug or designation, `soyuz-ms-18` or `Soyuz MS-18`. Repeated: any."
    ),
]
Agencies: TypeAlias = Annotated[
    list[str] | None, QueryParameter(name="agency", description="An agency's id or name. Repeated: any of them.")
]
Crew: TypeAlias = Annotated[
    list[str] | None, QueryParameter(name="crew", description="A person's id or name. Repeated: any of them.")
]
Sources: TypeAlias = Annotated[
    list[str] | None, QueryParameter(name="source", description="A source, exactly as sent. Repeated: any of them.")
]
Since: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        name="since",
        description="Where to start, by the time an event came onto the wire: RFC 3339, `10m` back, or `all`.",
    ),
]
Until: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        name="until",
        description="Where to end, by the time an event came onto the wire; on the feed it may lie ahead.",
    ),
]
OccurredSince: TypeAlias = Annotated[
    str | None,
    QueryParameter(name="occurred_since", description="Only events whose `time` is not before this RFC 3339 moment."),
]
OccurredUntil: TypeAlias = Annotated[
    str | None,
    QueryParameter(name="occurred_until", description="Only events whose `time` is before this RFC 3339 moment."),
]


async def read_filter(
    types: Types = None,
    missions: Missions = None,
    agencies: Agencies = None,
    crew: Crew = None,
    sources: Sources = None,
    occurred_since: OccurredSince = None,
    occurred_until: OccurredUntil = None,
) -> Filter:
    """Read the filter of a request; a dependency, so that each call that filters documents the same parameters.

    Raises:
        FaultyParameter: a value can match nothing, or there are too many.
    """
    named = (tuple(each or ()) for each in (types, missions, agencies, crew, sources))
    return _built(*named, occurred_since, occurred_until)


@lru_cache(maxsize=1024)
def _built(
    types: tuple[str, ...],
    missions: tuple[str, ...],
    agencies: tuple[str, ...],
    crew: tuple[str, ...],
    sources: tuple[str, ...],
    occurred_since: str | None,
    occurred_until: str | None,
) -> Filter:
    """Build a filter once for all who ask for the same."""
    return Filter.build(
        types=types,
        missions=missions,
        agencies=agencies,
        crew=crew,
        sources=sources,
        occurred_since=occurred_since,
        occurred_until=occurred_until,
    )


FILTERED: Final = {"wanted": Provide(read_filter)}
"""The dependencies of a handler that takes the filter's parameters."""


def refuse_unknown(request: Request[Any, Any, Any], *known: str, has_filters: bool = False) -> None:
    """Refuse query parameters that a call does not know: a misspelt filter would silently match everything.

    Raises:
        FaultyParameter: with a did-you-mean.
    """
    if not (given := request.query_params):
        return
    allowed = _allowed(known, has_filters=has_filters)
    if given.keys() <= allowed:
        return
    for name in given:
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, n=1)
            hint = (
                f"; did you mean {near[0]!r}?" if near else f"; this call knows {', '.join(sorted(allowed)) or 'none'}"
            )
            raise FaultyParameter(name, f"is not known here{hint}")


@cache
def _allowed(known: tuple[str, ...], *, has_filters: bool) -> frozenset[str]:
    return frozenset(known) | _FILTERS if has_filters else frozenset(known)


def refuse_repeated(request: Request[Any, Any, Any], names: Iterable[str]) -> None:
    """Refuse parameters that may be given once only.

    Raises:
        FaultyParameter: one is given twice.
    """
    given = request.query_params
    for name in names:
        if name in given and len(given.getall(name)) > 1:
            raise FaultyParameter(name, "is given twice")
