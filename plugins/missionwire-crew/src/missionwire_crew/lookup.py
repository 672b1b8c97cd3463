"""Asking the roster: by id, by a name however it is spelled, and who was in space at a time."""

from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches

from msgspec import Struct

from missionwire.plugin import slug
from missionwire_crew.flights import Flights
from missionwire_crew.names import Names
from missionwire_crew.roster import Human, Roster

MOST_FOUND = 50
"""People in one answer."""

_MOST_SUGGESTED = 5
_CLOSE_ENOUGH = 0.6


class Office(Struct, frozen=True, omit_defaults=True):
    """A post that somebody held: whole years, `to` absent while it lasts."""

    agency: str | None
    role: str | None
    since: int | None = None
    to: int | None = None


class Profile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of somebody. `agency` is absent where it is not sure or changed over the years."""

    id: str
    name: str
    gender: str | None = None
    nationality: str | None = None
    agency: str | None = None
    occupation: str | None = None
    missions: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    aliases: tuple[str, ...] = ()
    source: str = ""


class SearchResult(Struct, frozen=True):
    """People who bear a name, and names that were perhaps meant where nobody does."""

    people: tuple[Profile, ...]
    did_you_mean: tuple[str, ...] = ()


class InSpace(Struct, frozen=True):
    """Who was in space at a time, as far as the data of `data_version` tell."""

    at: datetime
    people: tuple[Profile, ...]
    data_version: str


class Lookup:
    """Answers questions; a search is bounded by `MOST_FOUND`."""

    def __init__(self, flights: Flights, roster: Roster, names: Names, data_version: str) -> None:
        self._flights = flights
        self._roster = roster
        self._names = names
        self._data_version = data_version

    def person(self, id_: str) -> Profile | None:
        """Give somebody by id."""
        human = self._roster.get(id_)
        return self._profile(human) if human else None

    def search(self, query: str) -> SearchResult:
        """Find people by name: a whole name in any spelling, a family name, or a part of one."""
        bearing = self._names.bearers_of(query)
        part = slug(query)
        found: Iterable[str] = bearing.full or bearing.family
        if not found and part:
            found = [human.id for human in self._roster if part in human.id]
        people = tuple(self._profile(self._roster[id_]) for id_ in sorted(found)[:MOST_FOUND])
        return SearchResult(people, () if people else self.suggest(query))

    def suggest(self, query: str) -> tuple[str, ...]:
        """Give ids that look like a name or id, the likest first."""
        ids = [human.id for human in self._roster]
        return tuple(get_close_matches(slug(query), ids, n=_MOST_SUGGESTED, cutoff=_CLOSE_ENOUGH))

    def in_space(self, at: datetime) -> InSpace:
        """Give who was off the ground at a time; suborbital flights are not told."""
        up = [h for h in self._roster if any(first <= at <= last for first, last in self._flights.stays(h.id))]
        return InSpace(at, tuple(self._profile(human) for human in up), self._data_version)

    def _profile(self, human: Human) -> Profile:
        return Profile(
            id=human.id,
            name=human.name,
            gender=human.gender,
            nationality=human.nationality,
            agency=human.agency(None),
            occupation=human.occupation,
            missions=tuple(flight.id for flight in self._flights.of(human.id)),
            offices=tuple(Office(term.agency, term.role, term.first, term.last) for term in human.offices),
            aliases=tuple(alias for alias in dict.fromkeys(human.aliases) if alias != human.name),
            source=human.source,
        )
