"""Who flew together: whoever is named in full brings to mind those of the same crew, so that their family names do."""

from collections.abc import Iterable
from typing import Final

from missionwire_crew.flights import Flight, Flights, Way

_FEWEST: Final = 2
"""So many of a crew named in full bring the others to mind whatever the year; one does only in a text of its time."""

_WAYS: Final[tuple[Way, ...]] = ("up", "down")


def companions(flights: Flights, named: Iterable[str], year: int | None) -> dict[str, int]:
    """Give those who flew with people who are named, each with how many of the crew are.

    A crew counts with two of it named, or with one where the flight was in the year of the text, or beside it.
    """
    told: dict[tuple[str, Way], set[str]] = {}
    for person in named:
        for flight in flights.of(person):
            for way in _WAYS:
                if person in flight.crew(way):
                    told.setdefault((flight.id, way), set()).add(person)
    found: dict[str, int] = {}
    for (id_, way), members in told.items():
        flown = flights.get(id_)
        if flown and (len(members) >= _FEWEST or _is_of(flown, year)):
            for person in flown.crew(way):
                if person not in members:
                    found[person] = max(found.get(person, 0), len(members))
    return found


def _is_of(flight: Flight, year: int | None) -> bool:
    return year is not None and any(abs(time.year - year) <= 1 for time in flight.times.values())
