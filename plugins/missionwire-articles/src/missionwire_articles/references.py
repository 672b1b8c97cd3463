"""What a telling refers back to: "the capsule" a craft named before, "the three" a crew, "six hours later" a flight."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from missionwire.plugin import Person
from missionwire_articles import participants
from missionwire_articles.antecedents import LESS_SURE, with_people
from missionwire_articles.flights import Flights, SpacecraftOf
from missionwire_articles.narrative import Narrative
from missionwire_articles.records import of_deed, with_all
from missionwire_articles.subjects import is_of_other
from missionwire_articles.telling import Telling

_NEXT_STEP: Final[Mapping[str, str]] = {
    "docking.completed": "launch.lifted-off",
    "orbit.inserted": "launch.lifted-off",
    "crew.arrived": "docking.completed",
    "hatch.opened": "docking.completed",
    "landing.completed": "undocking.completed",
    "splashdown.completed": "undocking.completed",
}
"""What follows in a flight, and from what: "six hours later" after the launch it is the same craft that docks."""


def resolved(narrative: Narrative, tellings: Sequence[Telling], spacecraft_of: SpacecraftOf) -> list[Telling]:
    """Give the tellings with what they refer back to, where just one thing may be meant."""
    flights = Flights(narrative, tellings, spacecraft_of)
    known: list[Telling] = []
    for telling in tellings:
        peopled = with_people(narrative, telling, known)
        told = of_deed(narrative, peopled, known)
        known.append(_of_flight(narrative, told, known, flights, spacecraft_of))
    return [with_all(narrative, telling, known) for telling in known]


def _of_flight(
    narrative: Narrative, telling: Telling, known: Sequence[Telling], flights: Flights, spacecraft_of: SpacecraftOf
) -> Telling:
    """Give a telling the flight that it goes on from, or the one that the article tells of."""
    if telling.mission:
        return telling
    last = known[-1] if known else None
    if last and _is_next_step(narrative, telling, last):
        narration = last.narration if telling.moment is None else telling.narration
        moment = telling.moment or (last.moment.later(telling.after) if last.moment else None)
        return _of_craft(replace(telling, narration=narration, moment=moment), last, crew=telling.crew or last.crew)
    if last and _is_of_craft(narrative, telling, last):
        return _of_craft(telling, last)
    flight = flights.of(telling)
    if flight is None or is_of_other(telling):
        return telling
    spacecraft = spacecraft_of(flight.id or "")
    is_named = telling.is_of_craft or telling.is_deed
    return replace(
        telling,
        mission=flight.id,
        mission_name=flight.name,
        is_inferred=not (is_named or telling.follows),
        confidence=round(telling.confidence * LESS_SURE, 2),
        data=({"spacecraft": spacecraft} if spacecraft else {}) | dict(telling.data),
    )


def _is_next_step(narrative: Narrative, telling: Telling, last: Telling) -> bool:
    """Tell whether "the docking took place six hours later" goes on from what was told just before it."""
    paragraphs = {narrative.sentences[index].paragraph for index in (last.sentence, telling.sentence)}
    return (
        telling.is_later
        and not telling.crew
        and telling.sentence - 1 <= last.sentence
        and len(paragraphs) == 1
        and _NEXT_STEP.get(telling.type) == last.type
    )


def _is_of_craft(narrative: Narrative, telling: Telling, last: Telling) -> bool:
    """Tell whether "it landed …" goes on from the sentence just before it, and that one tells of one craft alone."""
    if not telling.is_of_craft_or_it or not last.mission or last.sentence != telling.sentence - 1:
        return False
    if participants.craft_before(narrative, telling.start, telling.verb):
        return False
    before = narrative.sentences[last.sentence]
    named = participants.missions(narrative, before.start, before.end)
    return last.narration == telling.narration == "main" and [mention.id for mention in named] == [last.mission]


def _of_craft(telling: Telling, last: Telling, crew: tuple[Person, ...] | None = None) -> Telling:
    spacecraft = {"spacecraft": last.data["spacecraft"]} if "spacecraft" in last.data else {}
    return replace(
        telling,
        mission=last.mission,
        mission_name=last.mission_name,
        crew=telling.crew if crew is None else crew,
        data=spacecraft | dict(telling.data),
        confidence=round(telling.confidence * LESS_SURE, 2),
    )
