"""What an event's data say of where it happened: station, site, vehicle, pad, body, sea."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final

from msgspec import Struct, convert

from missionwire_articles.atoms import atoms
from missionwire_articles.designations import Designations
from missionwire_articles.kept import Kept
from missionwire_articles.narrative import Narrative, between
from missionwire_articles.participants import MADE_OTHERS
from missionwire_articles.places import Place
from missionwire_articles.rules import MARKS

EARTH_LANDERS: Final = frozenset(
    {"soyuz", "shenzhou", "space-shuttle", "starliner", "vostok", "voskhod", "new-shepard"}
)
"""Craft that come down on land, and on Earth: their landing names the body even where the text does not."""

_STATION_NOUN: Final = re.compile(
    r"\b(?:(?:space|orbiting|orbital) (?:station|outpost|laboratory|complex)|the (?:station|outpost))\b"
)
_STATION_NOUNS: Final = atoms(_STATION_NOUN.pattern)
"""Of which it has one: in most clauses none stands."""

_WITH: Final = re.compile(r"\b(?:with|to)\s(?:the\s)?$")
"""Before a craft with which something is joined."""

_SO_FAR: Final = len(" with the ")
"""No farther before a craft that is looked for."""

_PAD: Final = re.compile(r"\b(?:[Ll]aunch )?(?:[Pp]ad|Launch Complex|LC|SLC|Site)[ -]?(\d{1,3}[A-E]?)\b")
_PADS: Final = ("ad", "LC", "Complex", "Site")
"""What stands in a name of a pad: in most clauses none does."""

_LIES_IN: Final = (", ", " in ", " (")
_ON_EARTH: Final = re.compile(r"Earth(?<!\wEarth)\b")


class TypeRow(Struct, frozen=True, kw_only=True):
    """A row of `data/types.toml`."""

    members: tuple[str, ...] = ()
    title: str = ""


_NO_ROW: Final = TypeRow()


class Members:
    """Knows which members an event of a type has, and finds them in its clause."""

    def __init__(self, types: Mapping[str, TypeRow], designations: Designations) -> None:
        """Take the table of types, and the designations that know who flies what."""
        self.types = types
        self.spacecraft_of = designations.spacecraft_of

    @classmethod
    def load(cls, designations: Designations) -> "Members":
        """Read the table that comes with the plugin."""
        source = files(__package__).joinpath("data/types.toml")
        table = tomllib.loads(source.read_text(encoding="utf-8"))["type"]
        return cls(convert(table, dict[str, TypeRow]), designations)

    def of(
        self,
        narrative: Narrative,
        bounds: tuple[int, int],
        wider: tuple[int, int] | None,
        *,
        type_: str,
        mission: str | None,
    ) -> dict[str, Any]:
        """Give the members that the clause tells; `wider`, where it is given, is asked where the clause is silent.

        Of two sites, stations or vehicles none is sure, and none is given.
        """
        members = self.types.get(type_, _NO_ROW).members
        spacecraft = self.spacecraft_of(mission) if mission else None
        if not members and spacecraft:
            return {"spacecraft": spacecraft}
        clause = _Part(narrative, bounds)
        spacecraft = spacecraft or clause.spacecraft()
        found: dict[str, Any] = {"spacecraft": spacecraft} if spacecraft else {}
        around = _Part(narrative, wider) if wider and members else None
        for member in members:
            value = clause.member(member, found) or (around and around.member(member, found))
            if value:
                found[member] = value
        if "site" in found:
            found["location"] = found["site"]
        return found


class _Part:
    """A part of the text, with the craft and the places that it names."""

    def __init__(self, narrative: Narrative, part: tuple[int, int]) -> None:
        self._narrative = narrative
        self._part = part
        self._craft = between(narrative.craft, *part)

    @Kept
    def _places(self) -> list[Place]:
        places, (start, end) = self._narrative.places, self._part
        first = bisect_left(places, (start,))
        return places[first : bisect_left(places, (end,), first)]

    def member(self, member: str, found: Mapping[str, Any]) -> str | None:
        """Give what it tells of a member of an event, of which others are found."""
        match member:
            case "station":
                return self._station()
            case "target":
                return self._target(found)
            case "site":
                return self._named("site") or self._place("region")
            case "vehicle":
                return self._named("vehicle")
            case "pad":
                pad = _PAD.search(self._narrative.text, *self._part) if self._has(self._narrative.text, _PADS) else None
                return pad[1] if pad else None
            case "body":
                return self._place("body") or self._earth(found)
            case _:
                return self._place("sea")

    def spacecraft(self) -> str | None:
        """Give the kind of craft that is named, but for one that made others do something."""
        if not self._craft:
            return None
        named = [c for c in self._craft if c.mention.what == "spacecraft"]
        small, end = self._narrative.small, self._part[1]
        return _only(c.mention.id for c in named if not MADE_OTHERS.match(small, c.end, end)) if named else None

    def _target(self, found: Mapping[str, Any]) -> str | None:
        """Give the craft, or else the station, with which it is joined."""
        for place, _, craft in self._craft:
            if self._is_joined(place):
                return craft.id
        return found.get("station") or self._station()

    def _is_joined(self, place: int) -> bool:
        """Tell whether a mission stands there, and before it that something is joined with it."""
        masked, start = self._narrative.masked, self._part[0]
        is_mission = masked.startswith(MARKS["mission"], place)
        return is_mission and _WITH.search(masked[max(start, place - _SO_FAR) : place]) is not None

    def _has(self, text: str, words: Iterable[str]) -> bool:
        """Tell whether one of some words stands in it, maybe as a part of another."""
        return any(map(text[slice(*self._part)].__contains__, words))

    def _station(self) -> str | None:
        """Give the station that is named; "the station" is the one that the article names, if it names one only."""
        named = [c.mention.id for c in self._craft if c.mention.what == "station"] if self._craft else None
        if named:
            return _only(named)
        one, small = _only(self._narrative.stations), self._narrative.small
        is_meant = one and self._has(small, _STATION_NOUNS) and _STATION_NOUN.search(small, *self._part)
        return one if is_meant else None

    def _named(self, what: str) -> str | None:
        return _only([c.mention.id for c in self._craft if c.mention.what == what]) if self._craft else None

    def _place(self, kind: str) -> str | None:
        """Give the place that is named; of "White Sands in New Mexico" the first, which lies in the second."""
        named = [p for p in self._places if p.kind == kind]
        if not named:
            return None
        text = self._narrative.text
        is_nested = all(text[one.end : other.start] in _LIES_IN for one, other in pairwise(named))
        return _only(p.id for p in (named[:1] if is_nested else named))

    def _earth(self, found: Mapping[str, Any]) -> str | None:
        is_told = "site" in found or found.get("spacecraft") in EARTH_LANDERS
        return "earth" if is_told or _ON_EARTH.search(self._narrative.text, *self._part) else None


def _only(ids: Iterable[str | None]) -> str | None:
    """Give the one id among several mentions; None where there is none, or more than one."""
    distinct = set(filter(None, ids))
    return distinct.pop() if len(distinct) == 1 else None
