"""Which flight a crew and a date mean, where they fit exactly one."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from missionwire.plugin import Event, slug
from missionwire_crew.flights import Flight, Flights
from missionwire_crew.moments import Phase, When, is_attempt, phases, phases_beside, planned, when

_FEWEST_WITHOUT_DATE: Final = 2
"""One person alone, without a date, means no flight: the same person may fly again."""

_CREWLESS: Final = frozenset(
    {"progress", "cygnus", "tianzhou", "htv", "htv-x", "atv", "cargo-dragon", "dream-chaser", "starship"}
)
"""Craft of which none has flown with a crew."""

_LAUNCHERS: Final[Mapping[str, tuple[str, ...]]] = {
    "soyuz": ("soyuz",),
    "crew-dragon": ("falcon-9",),
    "shenzhou": ("long-march-2f",),
    "starliner": ("atlas",),
    "orion": ("sls",),
    "space-shuttle": ("space-shuttle",),
    "apollo": ("saturn",),
    "gemini": ("titan",),
    "mercury": ("mercury", "atlas"),
    "vostok": ("vostok",),
    "voskhod": ("voskhod",),
}
"""Which rockets fly a craft with its crew, by how their ids begin."""

_OTHERS: Final = (
    "angara", "antares", "ariane", "delta", "electron", "falcon", "h-ii", "h3", "long-march", "lvm3", "new-glenn",
    "proton", "pslv", "vega", "vulcan",
)  # fmt: skip
"""Rockets that fly no crews, or of whose kind not all do."""

_ROCKETS: Final = (*{make for makes in _LAUNCHERS.values() for make in makes}, *_OTHERS)

_FREIGHT: Final = re.compile(
    r"\b(?:freighters?|satellites?|(?:cargo|supply|resupply|transfer)\s(?:ship|craft|spacecraft|spaceship|capsule|vehicle|mission"
    r"|flight|dragon|vessel))\b",
    re.IGNORECASE,
)
"""What flies without a crew: a sentence of it that names nobody tells of no crew's flight."""

_OF_FREIGHT: Final = ("cargo", "supply", "freighter", "satellite", "transfer")
"""Of these one stands in all that tells so: where none does, as mostly, nothing is searched for."""


def infer_flight(flights: Flights, people: frozenset[str], event: Event) -> Flight | None:
    """Give the one flight on which all these people were aboard at the moment that the event tells of.

    The event's date must be that of the flight, a day more or less for time zones. Without a date the people and the
    direction must fit one flight ever, and the event must have happened. None where no flight fits, or more than one.
    """
    told = when(event)
    is_bare = told is None and (len(people) < _FEWEST_WITHOUT_DATE or event.data.narration == "planned")
    if is_bare:
        return None
    moments = phases_beside(event) if is_attempt(event) else phases(event)
    of_them = flights.of(min(people))
    fitting = [flight for flight in of_them if _fits(flight, people, moments, told)]
    if not fitting and is_attempt(event):
        fitting = [flight for flight in of_them if _is_put_off(flight, people, told)]
    fitting = [flight for flight in fitting if _is_craft_of(flights, flight, event)]
    return fitting[0] if len(fitting) == 1 else None


def shared_flight(flights: Iterable[Flight], people: frozenset[str], event: Event) -> Flight | None:
    """Give the one of some flights, of which the same article tells, that an event may be of.

    All who were aboard flew that way with it, and the time, where it is told, is the flight's; where nobody is named,
    the time must be told, and no other craft or rocket. None where no flight fits, or more than one. A plan is of a
    flight that did so on that day.
    """
    plan = planned(event)
    told = plan or when(event)
    if (event.data.narration == "planned" and plan is None) or (told is None and not people):
        return None
    moments = phases_beside(event)
    if told is None and moments != phases(event):
        return None
    if not people and _tells_of_freight(event.data.text or ""):
        return None
    known = [flight for flight in flights if _may_be_craft_of(flight, event)]
    fitting = [flight for flight in known if _fits(flight, people, moments, told)]
    if not fitting and is_attempt(event):
        fitting = [flight for flight in known if _is_put_off(flight, people, told)]
    return fitting[0] if len(fitting) == 1 else None


def _tells_of_freight(text: str) -> bool:
    small = text.casefold()
    return any(word in small for word in _OF_FREIGHT) and _FREIGHT.search(text) is not None


def _is_put_off(flight: Flight, people: frozenset[str], told: When | None) -> bool:
    """Tell whether a flight went up with these people some days after the attempt."""
    launched = flight.times.get("launched")
    return bool(told and launched and people <= set(flight.crew("up")) and told.comes_before(launched))


def _fits(flight: Flight, people: frozenset[str], moments: Iterable[Phase], told: When | None) -> bool:
    for phase in moments:
        if people <= set(flight.crew(phase.way)):
            known = flight.times.get(phase.moment)
            if told is None or (known is not None and told.holds(known)):
                return True
    return False


def _is_craft_of(flights: Flights, flight: Flight, event: Event) -> bool:
    """Tell whether spacecraft and station, where the event names ones of the table, are the flight's."""
    craft, station = slug(event.data.spacecraft or ""), slug(event.data.station or "")
    if craft in flights.spacecraft and craft != flight.spacecraft:
        return False
    return station not in flights.stations or station == flight.station


def _may_be_craft_of(flight: Flight, event: Event) -> bool:
    """Tell whether craft and rocket, where the event names ones that are known, may be a crew's, and the flight's."""
    craft, rocket = slug(event.data.spacecraft or ""), slug(str(event.data.extra.get("vehicle") or ""))
    if craft in _CREWLESS:
        return False
    return not rocket.startswith(_ROCKETS) or rocket.startswith(_LAUNCHERS.get(flight.spacecraft, _ROCKETS))
