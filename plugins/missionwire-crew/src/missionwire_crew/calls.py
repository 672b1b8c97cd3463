"""The plugin's HTTP calls. Imported by `routes` alone, so that a worker never loads Litestar."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

from litestar import get
from litestar.exceptions import NotFoundException, ValidationException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, QueryParameter

from missionwire_crew.lookup import InSpace, Lookup, Profile, SearchResult

_LONGEST_QUERY = 100


def handlers(lookup: Lookup) -> Sequence[HTTPRouteHandler]:
    """Give the handlers over one roster."""

    @get("/people/{person_id:str}", sync_to_thread=False)
    def person(person_id: FromPath[str]) -> Profile:
        """Somebody of the roster by id."""
        if (found := lookup.person(person_id)) is None:
            likely = ", ".join(lookup.suggest(person_id[:_LONGEST_QUERY]))
            hint = f" Did you mean {likely}?" if likely else ""
            raise NotFoundException(f"Nobody has the id {person_id!r}.{hint}")
        return found

    @get("/people", sync_to_thread=True)
    def people(
        q: Annotated[str, QueryParameter(min_length=1, max_length=_LONGEST_QUERY)],
    ) -> SearchResult:
        """People by name, with what was perhaps meant where nobody bears it."""
        return lookup.search(q)

    @get("/in-space", sync_to_thread=True)
    def in_space(
        at: Annotated[str | None, QueryParameter(description="RFC 3339, or a date; now if absent.")] = None,
    ) -> InSpace:
        """Who was in space at a time, as far as the data tell."""
        return lookup.in_space(datetime.now(UTC) if at is None else _moment(at))

    return [person, people, in_space]


def _moment(text: str) -> datetime:
    """Read a time of ISO 8601, in UTC where it names no zone."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"{text[:40]!r} is no time; write it like 2021-10-17T04:36:00Z or 2021-10-17"
        raise ValidationException(message, extra=[{"key": "at", "message": message}]) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)
