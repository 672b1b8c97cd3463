"""One place in an article where an event is told."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct, field

from missionwire.plugin import AgencyTag, Narration, Person
from missionwire_articles.moments import Moment

_WHICH: Final = frozenset({"site", "spacecraft", "vehicle", "station", "target", "stage", "payload"})


class Telling(Struct, frozen=True, kw_only=True):
    """What one verb of one sentence tells. `sentence` is an index, `start` and `end` its part of the reading.

    `per`, `follows` and `generic` are the rule's. What it refers back to: its subject is "the capsule" (`is_of_craft`),
    that or "it" (`is_of_craft_or_it`), what happened itself, as "the docking" (`is_deed`), or "the three", so many
    people (`group`); it was so long after what was told before it, "six hours later" (`is_later`).
    """

    rule: str
    type: str
    sentence: int
    start: int
    end: int
    confidence: float
    narration: Narration
    per: str = "craft"
    is_caption: bool = False
    is_of_craft: bool = False
    is_deed: bool = False
    is_of_craft_or_it: bool = False
    group: int | None = None
    is_later: bool = False
    mission: str | None = None
    mission_name: str | None = None
    moment: Moment | None = None
    crew: tuple[Person, ...] = ()
    agencies: tuple[AgencyTag, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    follows: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()

    @property
    def stands_alone(self) -> bool:
        """Tell whether it says enough to be an event without another telling: whose it is, or when and which."""
        if self.generic and not self.mission:
            return False
        if self.per == "person":
            return bool(self.crew)
        is_named = bool(self.mission or self.crew or self.agencies)
        is_dated = self.moment is not None or "net" in self.data
        return is_named or (is_dated and not _WHICH.isdisjoint(self.data)) or "kind" in self.data
