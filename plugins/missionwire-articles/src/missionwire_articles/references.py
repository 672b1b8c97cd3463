"""What a telling refers back to: "the capsule" a craft named before, "the three" a crew, "six hours later" a flight."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from missionwire.plugin import CraftMention, Person
from missionwire_articles import participants
from missionwire_articles.antecedents import less_sure, with_people
from missionwire_articles.days import phase_of
from missionwire_articles.flights import SWAPPED, Flights, SpacecraftOf
from missionwire_articles.legs import leg_of
from missionwire_articles.makes import may_be_meant
from missionwire_articles.measures import number
from missionwire_articles.moments import Moment
from missionwire_articles.narrative import Narrative, between
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


_ASCENT: Final = ("orbit.", "launch.succeeded", "launch.failed", "stage.", "payload.")
"""What happens on the way up."""

_AND_DID: Final = re.compile(
    r"(?:,?\s(?:and|but)|,)\s(?:then\s)?(?:[^,;]{1,40},\s)?(?:(?:then|later|finally|also|eventually|had|has|was|\w+ly)\s)*$"
)
"""Between two verbs of one subject."""

_SO_SOON: Final = re.compile(
    r"[^,;.]{0,60}?\b(?:in|within)\s(?:(?:just|only|about|around|some|exactly|barely|roughly|a\slittle\sover)\s){0,2}"
    r"(?P<number>an?|\d{1,3}|[a-z]+(?:-[a-z]+)?)\s(?P<unit>minute|hour)s?\b"
)
"""After a verb: how long it took."""

_IN_IT: Final = re.compile(
    r"[^,;.]{0,40}?\b(?:in|aboard)\s(?:it|that\s(?:one|ship|craft|capsule|spacecraft))(?=[\s,.])"
)
"""After a verb: people go in the craft told of just before."""


def resolved(narrative: Narrative, tellings: Sequence[Telling], spacecraft_of: SpacecraftOf) -> list[Telling]:
    """Give the tellings with what they refer back to, where just one thing may be meant."""
    flights = Flights(narrative, tellings, spacecraft_of)
    known: list[Telling] = []
    for telling in tellings:
        peopled = with_people(narrative, telling, known)
        told = of_deed(narrative, peopled, known)
        if told.type.startswith("anomaly.") and not (told.moment or between(narrative.times, told.start, told.end)):
            told = replace(told, phase=phase_of(narrative, told))
        known.append(_of_flight(narrative, told, known, flights, spacecraft_of))
    return [with_all(narrative, telling, known) for telling in known]


def _of_flight(
    narrative: Narrative, telling: Telling, known: Sequence[Telling], flights: Flights, spacecraft_of: SpacecraftOf
) -> Telling:
    """Give a telling the flight that it goes on from, or the one that the article tells of."""
    if telling.mission:
        return telling
    last = known[-1] if known else None
    if launch := _launch_of(narrative, telling, known):
        return _of_craft(replace(telling, moment=telling.moment or launch.moment), launch)
    if last and _is_next_step(narrative, telling, last):
        narration = last.narration if telling.moment is None else telling.narration
        moment = telling.moment or (last.moment.later(telling.after) if last.moment else None)
        return _of_craft(replace(telling, narration=narration, moment=moment), last, crew=telling.crew or last.crew)
    if last and (_is_in_ascent(narrative, telling, last) or _is_of_craft(narrative, telling, last)):
        return _of_craft(telling, last)
    if first := _first_of_row(telling, known, spacecraft_of):
        telling = replace(telling, moment=telling.moment or _so_soon(narrative, telling, first))
        if first.mission:
            return _of_craft(telling, first)
    if craft := _in_it(narrative, telling):
        return replace(telling, mission=craft.id, mission_name=craft.name)
    flight = flights.of(telling)
    if flight is None or is_of_other(telling):
        ship = flights.freighter_of(telling) if flight is None else None
        return replace(telling, data={"spacecraft": ship} | dict(telling.data)) if ship else telling
    spacecraft = spacecraft_of(flight.id or "")
    is_named = telling.is_of_craft or telling.is_deed
    return replace(
        telling,
        mission=flight.id,
        mission_name=flight.name,
        is_inferred=not (is_named or telling.follows),
        confidence=less_sure(telling.confidence),
        data=({"spacecraft": spacecraft} if spacecraft else {}) | dict(telling.data),
    )


def _launch_of(narrative: Narrative, telling: Telling, known: Sequence[Telling]) -> Telling | None:
    """Give the launch told of just before, of which is told that it was moved: "The launch was two weeks late"."""
    last = known[-1] if known and telling.type == "launch.rescheduled" else None
    if last is None or last.type != "launch.lifted-off" or last.sentence < telling.sentence - 1:
        return None
    sentences = narrative.sentences
    is_near = sentences[last.sentence].paragraph == sentences[telling.sentence].paragraph
    is_day = last.moment is not None and last.moment.date is not None
    return last if is_near and is_day and (telling.moment is None or telling.moment == last.moment) else None


def _is_next_step(narrative: Narrative, telling: Telling, last: Telling) -> bool:
    """Tell whether "the docking took place six hours later" goes on from what was told just before it."""
    if not telling.is_later or telling.crew or telling.sentence - 1 > last.sentence:
        return False
    sentences = narrative.sentences
    is_near = sentences[last.sentence].paragraph == sentences[telling.sentence].paragraph
    return is_near and _NEXT_STEP.get(telling.type) == last.type


def _first_of_row(telling: Telling, known: Sequence[Telling], spacecraft_of: SpacecraftOf) -> Telling | None:
    """Give what the same subject did before it in its sentence: "the ship set off and reached the station"."""
    if leg_of(telling.type) in {None, "crew"}:
        return None
    for one in reversed(known):
        if one.sentence != telling.sentence:
            return None
        row = telling.head[len(one.head) :] if one.head.strip() and telling.head.startswith(one.head) else ""
        if one.verb < telling.verb and _AND_DID.search(row):
            is_one_way = leg_of(one.type) == leg_of(telling.type)
            return one if is_one_way or spacecraft_of(one.mission or "") not in SWAPPED else None
    return None


def _so_soon(narrative: Narrative, telling: Telling, first: Telling) -> Moment | None:
    """Give the day on which a subject did the next thing: "reached the station in three hours"."""
    span = _SO_SOON.match(narrative.small, telling.verb, telling.end) if first.moment else None
    count = number(span["number"]) if span else None
    if span is None or count is None or first.moment is None:
        return None
    return first.moment.later(timedelta(**{f"{span['unit']}s": count}))


def _in_it(narrative: Narrative, telling: Telling) -> CraftMention | None:
    """Give the one craft of the sentence before, in which people go: "they will return in it on Friday"."""
    before = narrative.sentences[telling.sentence - 1] if telling.sentence else None
    if before is None or not telling.crew or not _IN_IT.match(narrative.small, telling.verb, telling.end):
        return None
    named = participants.missions(narrative, before.start, before.end)
    return named[0] if len(named) == 1 else None


def _is_of_craft(narrative: Narrative, telling: Telling, last: Telling) -> bool:
    """Tell whether "it landed …" goes on from the sentence just before it, and that one tells of one craft alone."""
    if not telling.is_of_craft_or_it or not last.mission or last.sentence != telling.sentence - 1:
        return False
    is_other = not may_be_meant(telling.head, last.data.get("spacecraft"))
    if is_other or participants.craft_before(narrative, telling.start, telling.verb):
        return False
    before = narrative.sentences[last.sentence]
    named = participants.missions(narrative, before.start, before.end)
    return last.narration == telling.narration == "main" and [mention.id for mention in named] == [last.mission]


def _is_in_ascent(narrative: Narrative, telling: Telling, last: Telling) -> bool:
    """Tell whether it goes on from the launch in its sentence: "launched by a rocket whose stage put it in orbit"."""
    is_of_launch = last.type == "launch.lifted-off" and telling.type.startswith(_ASCENT) and bool(last.mission)
    if not is_of_launch or last.sentence != telling.sentence or telling.crew:
        return False
    named = participants.missions(narrative, last.verb, telling.end)
    return all(mention.id == last.mission for mention in named)


def _of_craft(telling: Telling, last: Telling, crew: tuple[Person, ...] | None = None) -> Telling:
    spacecraft = {"spacecraft": last.data["spacecraft"]} if "spacecraft" in last.data else {}
    return replace(
        telling,
        mission=last.mission,
        mission_name=last.mission_name,
        crew=telling.crew if crew is None else crew,
        data=spacecraft | dict(telling.data),
        confidence=less_sure(telling.confidence),
    )
