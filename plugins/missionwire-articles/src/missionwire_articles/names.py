"""Missions, craft, stations and sites named in a text, as mentions."""

from missionwire.plugin import CraftMention
from missionwire_articles.designations import Designations
from missionwire_articles.gazetteer import Found, Gazetteer


class Names:
    """Finds what `annotate` gives: designations of missions, and the names of the table where no mission stands."""

    def __init__(self, designations: Designations, gazetteer: Gazetteer) -> None:
        """Take both tables, loaded."""
        self.designations = designations
        self._gazetteer = gazetteer

    @classmethod
    def load(cls) -> "Names":
        """Load both tables."""
        return cls(Designations.load(), Gazetteer.load())

    def find(self, text: str) -> list[CraftMention]:
        """Give the mentions in the order of the text; none overlaps another."""
        mentions: list[CraftMention] = []
        place = 0
        for found in sorted([*self.designations.find(text), *self._gazetteer.find(text)], key=_rank):
            if found.start >= place:
                place = found.end
                mentions.append(
                    CraftMention(start=found.start, end=found.end, name=found.name, what=found.what, id=found.id)
                )
        return mentions


def _rank(found: Found) -> tuple[int, int, bool]:
    """First in the text, then the longer, then the mission: `Shenzhou-13` before `Shenzhou`."""
    return found.start, -found.end, found.what != "mission"
