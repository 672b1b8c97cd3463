"""Which part of a flight an event belongs to."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from missionwire_articles.telling import Telling

LEGS: Final[Mapping[str, str]] = {
    "launch": "up",
    "stage": "up",
    "payload": "up",
    "orbit": "up",
    "docking": "up",
    "flyby": "stay",
    "maneuver": "stay",
    "hatch": "up",
    "hatch.closed": "stay",
    "undocking": "down",
    "reentry": "down",
    "landing": "down",
    "splashdown": "down",
    "recovery": "down",
    "crew.boarded": "up",
    "crew.assigned": "up",
    "crew.replaced": "up",
    "crew.arrived": "up",
    "crew.departed": "down",
    "crew.egressed": "down",
    "crew.examined": "down",
    "mission": "down",
    "anomaly": "stay",
    "test": "stay",
    "spacecraft": "stay",
    "eva": "crew",
    "milestone": "crew",
    "experiment": "crew",
}
"""Which part of a flight an event of a noun, or of a type, belongs to. "stay" is any part, "crew" what a crew does."""

WAYS: Final = frozenset({"up", "down"})
"""The legs that go one way; on the others a flight is where it is."""


@lru_cache(maxsize=512)
def leg_of(type_: str) -> str | None:
    """Give the part of a flight that an event of a type belongs to."""
    return LEGS.get(type_) or LEGS.get(type_.partition(".")[0])


def is_of_one_way(telling: Telling) -> bool:
    """Tell whether it is a part of a flight, and sure which: a ship that "departed" went up, or home."""
    legs = {leg_of(type_) for type_ in (telling.type, *telling.generic)}
    return len(legs) == 1 and None not in legs
