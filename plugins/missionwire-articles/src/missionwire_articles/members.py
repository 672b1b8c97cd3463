"""What an event's data say of where it happened: station, site, vehicle, pad, body, sea."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final

from msgspec import Struct, convert

from missionwire_articles.designations import Designations
from missionwire_articles.narrative import Narrative, between
from missionwire_articles.participants import MADE_OTHERS
from missionwire_articles.rules import MARKS

EARTH_LANDERS: Final = frozenset(
    {"soyuz", "shenzhou", "space-shuttle", "starliner", "vostok", "voskhod", "new-shepard"}
)
"""Craft that come down on land, and on Earth: their landing names the body even where the text does not."""

_STATION_NOUN: Final = re.compile(
    r"\b(?:(?:space|orbiting|orbital) (?:station|outpost|laboratory|complex)|the (?:station|outpost))\b", re.IGNORECASE
)
_OTHER_CRAFT: Final = re.compile(rf"\b(?:with|to)\s(?:the\s)?(?P<craft>{MARKS['mission']}+)")
_PAD: Final = re.compile(r"\b(?:[Ll]aunch )?(?:[Pp]ad|Launch Complex|LC|SLC|Site)[ -]?(\d{1,3}[A-E]?)\b")
_LIES_IN: Final = (", ", " in ", " (")
_ON_EARTH: Final = re.compile(r"\bEarth\b")


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
        found: dict[str, Any] = {}
        spacecraft = self._spacecraft(narrative, bounds, mission)
        if spacecraft:
            found["spacecraft"] = spacecraft
        for member in self.types.get(type_, _NO_ROW).members:
            value = self._member(narrative, member, bounds, found)
            if not value and wider:
                value = self._member(narrative, member, wider, found)
            if value:
                found[member] = value
        if "site" in found:
            found["location"] = found["site"]
        return found

    def _spacecraft(self, narrative: Narrative, bounds: tuple[int, int], mission: str | None) -> str | None:
        if mission and (known := self.spacecraft_of(mission)):
            return known
        named = [c for c in between(narrative.craft, *bounds) if c.mention.what == "spacecraft"]
        return _only(c.mention.id for c in named if not MADE_OTHERS.match(narrative.small, c.end, bounds[1]))

    def _member(self, narrative: Narrative, member: str, part: tuple[int, int], found: Mapping[str, Any]) -> str | None:
        match member:
            case "station":
                return _station(narrative, part)
            case "target":
                other = _OTHER_CRAFT.search(narrative.masked, *part)
                if other:
                    named = between(narrative.craft, other.start("craft"), other.end())
                    return named[0].mention.id if named else None
                return found.get("station") or _station(narrative, part)
            case "site":
                return _named(narrative, part, "site") or _place(narrative, part, "region")
            case "vehicle":
                return _named(narrative, part, "vehicle")
            case "pad":
                pad = _PAD.search(narrative.text, *part)
                return pad[1] if pad else None
            case "body":
                return _body(narrative, part, found)
            case _:
                return _place(narrative, part, "sea")


def _station(narrative: Narrative, part: tuple[int, int]) -> str | None:
    """Give the station that is named; "the station" is the one that the article names, if it names one only."""
    named = [c.mention.id for c in between(narrative.craft, *part) if c.mention.what == "station"]
    if named:
        return _only(named)
    one = _only(narrative.stations)
    return one if one and _STATION_NOUN.search(narrative.masked, *part) else None


def _named(narrative: Narrative, part: tuple[int, int], what: str) -> str | None:
    return _only(c.mention.id for c in between(narrative.craft, *part) if c.mention.what == what)


def _place(narrative: Narrative, part: tuple[int, int], kind: str) -> str | None:
    """Give the place that is named; of "White Sands in New Mexico" the first, which lies in the second."""
    inside = narrative.places[bisect_left(narrative.places, part[:1]) : bisect_left(narrative.places, part[1:])]
    named = [p for p in inside if p.kind == kind]
    if not named:
        return None
    is_nested = all(narrative.text[one.end : other.start] in _LIES_IN for one, other in pairwise(named))
    return _only(p.id for p in (named[:1] if is_nested else named))


def _body(narrative: Narrative, part: tuple[int, int], found: Mapping[str, Any]) -> str | None:
    named = _place(narrative, part, "body")
    if named:
        return named
    is_earth = "site" in found or found.get("spacecraft") in EARTH_LANDERS or _ON_EARTH.search(narrative.text, *part)
    return "earth" if is_earth else None


def _only(ids: Iterable[str | None]) -> str | None:
    """Give the one id among several mentions; None where there is none, or more than one."""
    distinct = set(filter(None, ids))
    return distinct.pop() if len(distinct) == 1 else None
