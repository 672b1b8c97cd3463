"""Asking the roster: by id, by a name however it is spelled, and who was in space at a time."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Final

from msgspec import Struct

from missionwire.plugin import slug
from missionwire_crew.flights import Flight, Flights, Stay, Way
from missionwire_crew.names import Names
from missionwire_crew.roster import Human, Roster, Term
from missionwire_crew.seats import sure_role

MOST_FOUND = 50
"""People in one answer."""

_MOST_SUGGESTED = 5
_CLOSE_ENOUGH = 0.6
_MOMENTS: Final[Mapping[Way, str]] = {"up": "launched", "down": "landed"}


class Membership(Struct, frozen=True, omit_defaults=True):
    """A time with an agency, and the post held there if one is known: whole years, both included, absent if open."""

    agency: str | None
    role: str | None = None
    since: int | None = None
    to: int | None = None
    source: str = ""


class Leg(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One way of somebody's flight, out (`up`) or home (`down`): `time` is that of the launch or the landing.

    `role` is there where it is sure: the commander's, a participant's, a payload specialist's.
    """

    mission: str
    way: Way
    spacecraft: str
    time: datetime | None = None
    station: str | None = None
    role: str | None = None
    source: str = ""


class Spelling(Struct, frozen=True, omit_defaults=True):
    """Another way to write a name, in a language where that is known."""

    name: str
    language: str | None = None
    source: str = ""


class Profile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of somebody. `source` is that of the name, the gender and the nationality; other facts have theirs.

    `agency` is absent where it is not sure or changed over the years: then `agencies` tells.
    """

    id: str
    name: str
    gender: str | None = None
    nationality: str | None = None
    agency: str | None = None
    occupation: str | None = None
    missions: tuple[str, ...] = ()
    flights: tuple[Leg, ...] = ()
    agencies: tuple[Membership, ...] = ()
    offices: tuple[Membership, ...] = ()
    aliases: tuple[Spelling, ...] = ()
    source: str = ""


class SearchResult(Struct, frozen=True):
    """People who bear a name, and names that were perhaps meant where nobody does."""

    people: tuple[Profile, ...]
    did_you_mean: tuple[str, ...] = ()


class Aboard(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who was in space: on which mission, in which craft they went up, and since when."""

    id: str
    name: str
    gender: str | None = None
    nationality: str | None = None
    agency: str | None = None
    mission: str
    spacecraft: str
    station: str | None = None
    since: datetime


class InSpace(Struct, frozen=True):
    """Who was in space at a time, as far as the data of `data_version` tell; `is_beyond_data`: the time is later."""

    at: datetime
    number: int
    people: tuple[Aboard, ...]
    data_version: str
    is_beyond_data: bool


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
        stays = [(human, stay) for human in self._roster for stay in self._flights.stays(human.id) if stay.holds(at)]
        people = sorted((_aboard(human, stay) for human, stay in stays), key=lambda aboard: (aboard.since, aboard.id))
        is_beyond = at.date() > date.fromisoformat(self._data_version)
        return InSpace(at, len(people), tuple(people), self._data_version, is_beyond)

    def _profile(self, human: Human) -> Profile:
        flown = self._flights.of(human.id)
        return Profile(
            id=human.id,
            name=human.name,
            gender=human.gender,
            nationality=human.nationality,
            agency=human.agency(None),
            occupation=human.occupation,
            missions=tuple(flight.id for flight in flown),
            flights=tuple(sorted((leg for flight in flown for leg in _legs(human, flight)), key=_time)),
            agencies=tuple(map(_membership, human.agencies)),
            offices=tuple(map(_membership, human.offices)),
            aliases=tuple(
                Spelling(alias.text, alias.language or None, alias.source)
                for alias in dict.fromkeys(human.aliases)
                if alias.text != human.name
            ),
            source=human.source,
        )


def _membership(term: Term) -> Membership:
    return Membership(term.agency, term.role, term.first, term.last, term.source)


def _legs(human: Human, flight: Flight) -> Iterator[Leg]:
    """Give the ways of a flight that somebody made: up and down are two facts, and may be in two craft."""
    for way, moment in _MOMENTS.items():
        if human.id in flight.crew(way):
            yield Leg(
                mission=flight.id,
                way=way,
                spacecraft=flight.spacecraft,
                time=flight.times.get(moment),
                station=flight.station or None,
                role=sure_role(human, flight.crew(way)),
                source=flight.source,
            )


def _time(leg: Leg) -> datetime:
    return leg.time or datetime.max.replace(tzinfo=UTC)


def _aboard(human: Human, stay: Stay) -> Aboard:
    return Aboard(
        id=human.id,
        name=human.name,
        gender=human.gender,
        nationality=human.nationality,
        agency=human.agency(stay.first.year),
        mission=stay.flight.id,
        spacecraft=stay.flight.spacecraft,
        station=stay.flight.station or None,
        since=stay.first,
    )
