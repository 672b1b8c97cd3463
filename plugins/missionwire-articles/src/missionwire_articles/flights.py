"""Which flight an article tells of, where a verb has no mission beside it: by leg and craft, never the nearest name."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from missionwire.plugin import CraftMention, Person
from missionwire_articles import participants
from missionwire_articles.moments import Moment
from missionwire_articles.narrative import Narrative, Placed
from missionwire_articles.telling import Telling

SpacecraftOf: TypeAlias = Callable[[str], str | None]
"""Gives the spacecraft that flies a mission, from its slug."""

LEGS: Final[Mapping[str, str]] = {
    "launch": "up",
    "stage": "up",
    "payload": "up",
    "orbit": "up",
    "docking": "up",
    "flyby": "stay",
    "maneuver": "stay",
    "hatch": "up",
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

SWAPPED: Final = frozenset({"soyuz", "space-shuttle"})
"""Craft that bring home others than they took up: the mission of one way does not tell that of the other."""

LONG_AGO: Final = timedelta(days=400)
"""A flight that ended longer ago than any lasts is history: what the article tells of now is not of it."""

LONGEST_WAY: Final = timedelta(days=30)
"""From the launch until a craft has arrived, and from its departure until it has landed, no more time goes by."""

AT_ONCE: Final = timedelta(days=3)
"""Who is back on the ground so soon is back in the craft that went up."""

ONE_CREW: Final = "tiangong"
"""A station where the crew is one mission's: what it does there is of that mission. On the ISS several are aboard."""

_COMPARED: Final = re.compile(
    r"\b(?:since|than|like|unlike|as|after|before|of earlier|previous)\s(?:the\s)?(?:\w+\s){0,3}$", re.IGNORECASE
)
_REACH: Final = 40


class _Named(NamedTuple):
    start: int
    mention: CraftMention
    is_compared: bool


class Flights:
    """The missions that an article names, and what it tells of each."""

    def __init__(self, narrative: Narrative, tellings: Sequence[Telling], spacecraft_of: SpacecraftOf) -> None:
        """Take what was told so far; tellings without a mission are those to be asked about."""
        self._narrative = narrative
        self._spacecraft_of = spacecraft_of
        self._tellings = [telling for telling in tellings if telling.mission and leg_of(telling.type)]
        self._named = [self._one(placed) for placed in narrative.craft if _is_flight(placed.mention)]
        self._starts = [one.start for one in self._named]
        self._first = _first((one.mention.id, one.start) for one in self._named)
        self._kinds = _first((c.mention.name, c.start) for c in narrative.craft if c.mention.what == "spacecraft")

    def of(self, telling: Telling) -> CraftMention | None:
        """Give the one flight that a telling without a mission may be of; None where there is none, or several."""
        if not self._named:
            return None
        leg = leg_of(telling.type)
        if leg == "crew" and telling.is_of_craft:
            leg = "stay"
        if leg is None or (leg == "crew" and not self._is_of_one_crew()) or _is_by_hand(telling):
            return None
        if leg != "crew" and telling.moment and telling.crew and len(self._all) > 1:
            return None  # crew and date know better than the text
        if telling.is_of_craft and self._is_among_others(telling):
            return None
        told = [one for one in self._in_paragraph(telling) if self._may_fly(telling, one)]
        if not told:
            told = [one for one in self._in_article(telling, leg) if self._may_fly(telling, one)]
        return told[0] if len(told) == 1 else None

    def _is_among_others(self, telling: Telling) -> bool:
        """Tell whether "the capsule" may be one of several kinds that were named without a mission."""
        return sum(start < telling.end for start in self._kinds.values()) > 1

    def _one(self, placed: Placed[CraftMention]) -> _Named:
        head = self._narrative.masked[max(0, placed.start - _REACH) : placed.start]
        return _Named(placed.start, placed.mention, bool(_COMPARED.search(head)))

    def _in_paragraph(self, telling: Telling) -> list[CraftMention]:
        """Give the flights that the paragraph has named up to the end of the telling's sentence, or its main part."""
        sentences = self._narrative.sentences
        paragraph = sentences[telling.sentence].paragraph
        first = telling.sentence
        while first and sentences[first - 1].paragraph == paragraph:
            first -= 1
        stop = self._narrative.masked.find(";", telling.verb, telling.end)
        start, end = sentences[first].start, stop if stop > 0 else sentences[telling.sentence].end
        inside = self._named[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return _distinct(one.mention for one in inside if not one.is_compared)

    def _in_article(self, telling: Telling, leg: str) -> list[CraftMention]:
        """Give the flights of which the article tells the same leg; else those of which it tells at all; else names."""
        live = [one for one in self._tellings if self._is_live(one)]
        same = {one.mission for one in live if leg_of(one.type) == leg}
        for missions in (same, {one.mission for one in live}):
            if missions:
                fitting = [one for one in self._all if one.id in missions and self._is_of_leg(telling, one, leg, same)]
                return [one for one in fitting if one.id == self._hero] or fitting
        told = {one.mission for one in self._tellings}
        before = {mission for mission, start in self._first.items() if start < telling.end}
        rest = [
            one
            for one in self._all
            if one.id not in told and one.id in before and self._is_of_leg(telling, one, leg, same)
        ]
        return [one for one in rest if one.id == self._hero] or rest

    def _is_of_leg(self, telling: Telling, flight: CraftMention, leg: str, same: set[str | None]) -> bool:
        """Tell whether a flight may be of that way; of a Soyuz told the other way only if it is back within days."""
        if flight.id in same or leg in {"stay", "crew"} or self._spacecraft_of(flight.id or "") not in SWAPPED:
            return True
        moments = [one.moment for one in self._tellings if one.mission == flight.id and one.moment]
        now = telling.moment
        return now is not None and any(
            now.start < one.end + AT_ONCE and one.start < now.end + AT_ONCE for one in moments
        )

    @cached_property
    def _all(self) -> list[CraftMention]:
        return _distinct(one.mention for one in self._named if not one.is_compared)

    def _is_of_one_crew(self) -> bool:
        """Tell whether the crew is one flight's: on Tiangong, and where no station is told of."""
        stations = self._narrative.stations
        return not stations or (ONE_CREW in stations and "iss" not in stations)

    @cached_property
    def _hero(self) -> str | None:
        """The flight that the article is about: the only one of its headline, else of the first paragraph with any."""
        named = [c.id for c in self._narrative.document.craft("title") if _is_flight(c)]
        if not named and self._named:
            sentences = self._narrative.sentences
            numbers = [self._narrative.sentence_at(one.start) for one in self._named]
            paragraphs = [None if number is None else sentences[number].paragraph for number in numbers]
            named = [
                one.mention.id for one, number in zip(self._named, paragraphs, strict=True) if number == paragraphs[0]
            ]
        return named[0] if len(set(named)) == 1 else None

    def _is_live(self, telling: Telling) -> bool:
        told = self._narrative.told
        is_old = telling.moment and told and telling.moment.end < told - LONG_AGO
        is_plan = telling.narration == "planned" or telling.type.endswith(("scheduled", "assigned"))
        return not is_plan and not is_old

    def _may_fly(self, telling: Telling, flight: CraftMention) -> bool:
        """Tell whether nothing that is told of both disagrees: the kind of craft, the people, the time."""
        spacecraft = self._spacecraft_of(flight.id or "")
        if spacecraft and not _is_kind(telling.data.get("spacecraft"), spacecraft):
            return False
        others = [
            one for one in self._tellings if one.mission == flight.id and leg_of(one.type) == leg_of(telling.type)
        ]
        if telling.moment and any(one.moment and not _is_one_way(telling.moment, one.moment) for one in others):
            return False
        crew = participants.joined([one.crew for one in others])
        if crew and telling.crew and not _are_among(telling, crew):
            return False
        told = self._narrative.told
        is_old = telling.moment and told and telling.moment.end < told - LONG_AGO
        return not is_old or any(not self._is_live(one) for one in self._tellings if one.mission == flight.id)


def leg_of(type_: str) -> str | None:
    """Give the part of a flight that an event of a type belongs to."""
    return LEGS.get(type_) or LEGS.get(type_.partition(".")[0])


def _is_by_hand(telling: Telling) -> bool:
    """Tell whether people in flight did it themselves, as on a spacewalk: it is not of the craft that brought them."""
    return telling.type == "payload.deployed" and (bool(telling.crew) or telling.group is not None)


def _first(named: Iterable[tuple[str | None, int]]) -> dict[str | None, int]:
    """Give where each was named first."""
    found: dict[str | None, int] = {}
    for name, start in named:
        found.setdefault(name, start)
    return found


def _is_flight(mention: CraftMention) -> bool:
    return (
        mention.what == "mission" and bool(mention.id) and not (mention.id or "").startswith(participants.NOT_A_CRAFT)
    )


def _is_one_way(one: Moment, other: Moment) -> bool:
    """Tell whether two steps of one way up or down lie so close that they may be of one flight."""
    return one.start < other.end + LONGEST_WAY and other.start < one.end + LONGEST_WAY


def _is_kind(told: object, spacecraft: str) -> bool:
    """Tell whether a craft may be of a kind: "Dragon" alone is either of its kinds."""
    return not told or told == spacecraft or (told == "dragon" and spacecraft.endswith("dragon"))


def _are_among(telling: Telling, crew: Iterable[Person]) -> bool:
    known = list(crew)
    return all(any(participants.same_person(one, other) for other in known) for one in telling.crew)


def _distinct(mentions: Iterable[CraftMention]) -> list[CraftMention]:
    found: dict[str, CraftMention] = {}
    for mention in mentions:
        found.setdefault(mention.id or "", mention)
    return list(found.values())
