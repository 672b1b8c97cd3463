"""Seats: what somebody is called who sits in a craft."""

from typing import Final

from missionwire_crew.roster import Human

PARTICIPANT_ROLES: Final = {"participant": "spaceflight-participant", "payload-specialist": "payload-specialist"}
_TRADES: Final = {"Russia": "cosmonaut", "Soviet Union": "cosmonaut", "China": "taikonaut"}


def sure_role(human: Human, crew: tuple[str, ...]) -> str | None:
    """Give the role aboard where it is sure: the table names the commander first, and knows who flew as a guest."""
    if len(crew) > 1 and crew[0] == human.id:
        return "commander"
    return PARTICIPANT_ROLES.get(human.kind)


def flight_role(human: Human, crew: tuple[str, ...]) -> str:
    """Give the role aboard, and of those of whom it is not sure what they are called by nationality."""
    return sure_role(human, crew) or _TRADES.get(human.nationality or "", "astronaut")
