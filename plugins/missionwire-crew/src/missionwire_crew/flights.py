"""Crewed flights: who went up, who came down, and when."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, NamedTuple, TypeAlias

from missionwire_crew.tables import read_table

Way: TypeAlias = Literal["up", "down"]
"""The way out, from boarding to docking, or the way home, from undocking to landing."""

SOVIET_CRAFT: Final = frozenset({"vostok", "voskhod", "soyuz"})
"""Craft whose crews are cosmonauts, wherever they come from."""

_DAY: Final = timedelta(days=1)
_OPEN_END: Final = datetime.max.replace(tzinfo=UTC) - 2 * _DAY


class Flight(NamedTuple):
    """One craft's flight. `times` holds, as far as known, `launched`, `docked`, `undocked` and `landed`, in UTC.

    Crews are ids, the commander of the craft first. Source: `source` in data/flights.csv, explained in data/NOTICE.
    """

    id: str
    name: str
    spacecraft: str
    station: str
    agency: str
    is_lost: bool
    crew_up: tuple[str, ...]
    crew_down: tuple[str, ...]
    times: Mapping[str, datetime]
    source: str

    def crew(self, way: Way) -> tuple[str, ...]:
        """Give who was aboard on the way out or the way home."""
        return self.crew_up if way == "up" else self.crew_down


class Stay(NamedTuple):
    """A time in space, from a launch to a landing; `flight` is the one that began it."""

    first: datetime
    last: datetime
    flight: Flight

    def holds(self, time: datetime) -> bool:
        """Tell whether a time is in it."""
        return self.first <= time <= self.last


class Flights:
    """All flights of the table, by id and by person."""

    def __init__(self, flights: Iterable[Flight]) -> None:
        self._by_id = {flight.id: flight for flight in flights}
        self.spacecraft = frozenset(flight.spacecraft for flight in self._by_id.values())
        self.stations = frozenset(flight.station for flight in self._by_id.values() if flight.station)
        self._of: dict[str, list[Flight]] = {}
        for flight in self._by_id.values():
            for person in dict.fromkeys((*flight.crew_up, *flight.crew_down)):
                self._of.setdefault(person, []).append(flight)

    def __iter__(self) -> Iterator[Flight]:
        return iter(self._by_id.values())

    def get(self, slug: str | None) -> Flight | None:
        """Give the flight of a mission's slug, None where the table has none."""
        return self._by_id.get(slug) if slug else None

    def of(self, person: str) -> tuple[Flight, ...]:
        """Give the flights on which a person went up or came down, oldest first."""
        return tuple(self._of.get(person, ()))

    def crew_of(self, slugs: Iterable[str]) -> frozenset[str]:
        """Give everybody who went up or came down on one of these missions."""
        known = (flight for slug in slugs if (flight := self._by_id.get(slug)))
        return frozenset(person for flight in known for person in (*flight.crew_up, *flight.crew_down))

    def is_in_space(self, person: str, time: datetime) -> bool:
        """Tell whether somebody was off the ground on that day or the day before or after it."""
        return any(stay.first - _DAY <= time <= stay.last + _DAY for stay in self.stays(person))

    def stays(self, person: str) -> Iterator[Stay]:
        """Give from when until when somebody was in space; one who is not down yet stays."""
        up: Flight | None = None
        for flight in sorted(self.of(person), key=lambda flight: _boarded(flight, person)):
            if person in flight.crew_up and "launched" in flight.times:
                up = None if flight.is_lost else flight
            if person in flight.crew_down and "landed" in flight.times and up:
                yield Stay(up.times["launched"], flight.times["landed"], up)
                up = None
        if up:
            yield Stay(up.times["launched"], _OPEN_END, up)


def _boarded(flight: Flight, person: str) -> datetime:
    """Give when a person boarded: on the way out at launch, else on the way home."""
    moment = "launched" if person in flight.crew_up else "landed"
    return flight.times.get(moment) or datetime.max.replace(tzinfo=UTC)


def load_flights() -> Flights:
    """Read the table that comes with the plugin."""
    return Flights(_flight(row) for row in read_table("flights"))


def _flight(row: Mapping[str, str]) -> Flight:
    moments = ("launched", "docked", "undocked", "landed")
    return Flight(
        id=row["id"],
        name=row["name"],
        spacecraft=row["spacecraft"],
        station=row["station"],
        agency=row["agency"],
        is_lost=row["landing"].startswith("lost"),
        crew_up=tuple(row["crew_up"].split()),
        crew_down=tuple(row["crew_down"].split()),
        times={moment: _time(row[moment]) for moment in moments if row[moment]},
        source=row["source"],
    )


def _time(text: str) -> datetime:
    """Read a UTC time of the table, or a day alone."""
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
