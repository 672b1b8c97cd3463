"""Missions, craft, stations and sites named in a text, as mentions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from missionwire.plugin import CraftMention, mission_slug
from missionwire_articles.designations import Designations
from missionwire_articles.gazetteer import Found, Gazetteer
from missionwire_articles.openings import Opening, Openings

_CHRISTENED: Final = re.compile(
    r"(?<!\w)(?:[Pp]robe|[Ss]pace\s?craft|[Oo]rbiter)\s(?:(?:named|called|christened)\s)?[“\"«]?"
    r"(?P<name>[A-Z][A-Z0-9-]*[A-Z0-9]|[A-Z][a-z]{2,}(?:[\s-]\d{1,2})?)(?![\w-]|[’'.]s?\w|\s[A-Z])"
)
"""A probe with its name, which the table need not know: "the probe Hera"."""

_PROBES: Final = ("Probe", "probe", "Space", "space", "Orbiter", "orbiter")
"""With which it begins."""

_NO_NAME: Final = re.compile(
    "NASA|ESA|JAXA|ISRO|CNSA|CNES|DLR|ASI|UK|US|USA|EU|The|This|That|When|While|After|Before|Since|Moon|Mars|Venus|Earth"
    "|Jupiter|Saturn|Mercury|Sun|He|She|It|They|And|But|In|On|At|For|From|To|By"
    "|Endeavour|Resilience|Endurance|Freedom|Grace|Calypso"
)
"""What stands after a probe and is none, or is a ship that flies many missions."""

MOST_NAMES: Final = 10
"""A text that christens more probes than so many is no news article."""


class Names:
    """Finds what `annotate` gives: designations of missions, and the names of the table where no mission stands."""

    def __init__(self, designations: Designations, gazetteer: Gazetteer) -> None:
        """Take both tables, loaded."""
        self.designations = designations
        self._gazetteer = gazetteer
        self._openings = Openings(designations.openings.union(gazetteer.openings, _PROBES))

    @classmethod
    def load(cls) -> "Names":
        """Load both tables."""
        return cls(Designations.load(), Gazetteer.load())

    def find(self, text: str) -> list[CraftMention]:
        """Give the mentions in the order of the text; none overlaps another."""
        mentions: list[CraftMention] = []
        place = 0
        openings = self._openings.find(text)
        known = [*self.designations.find(text, openings), *self._gazetteer.find(text, openings)]
        for found in sorted([*known, *_christened(text, openings, known)], key=_rank):
            if found.start >= place:
                place = found.end
                mentions.append(
                    CraftMention(start=found.start, end=found.end, name=found.name, what=found.what, id=found.id)
                )
        return mentions


def _christened(text: str, openings: Iterable[Opening], known: Sequence[Found]) -> Iterator[Found]:
    """Give where a text names probes that it has called so once, as missions."""
    probes = [at for at, letters in openings if letters.startswith(_PROBES)]
    christened = [named for at in probes if (named := _CHRISTENED.match(text, at))]
    if not christened:
        return
    taken = {word for found in known for word in found.name.split()}
    ships = {found.end + 1 for found in known if found.what == "spacecraft"}  # "the Crew Dragon spacecraft NAME"
    names = {
        named["name"]
        for named in christened
        if not _NO_NAME.fullmatch(named["name"])
        and named["name"].split()[0] not in taken
        and named.start() not in ships
    }
    if names and len(names) <= MOST_NAMES:
        again = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?![\w-])")
        for named in again.finditer(text):
            yield Found(*named.span(), "mission", named[0], mission_slug(named[0]))


def _rank(found: Found) -> tuple[int, int, bool]:
    """First in the text, then the longer, then the mission: `Shenzhou-13` before `Shenzhou`."""
    return found.start, -found.end, found.what != "mission"
