"""One place in an article where an event is told."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from msgspec import Struct, field

from missionwire.plugin import AgencyTag, Narration, Person
from missionwire_articles.moments import Moment

_WHERE: Final = frozenset({"station", "spacecraft", "vehicle"})
_OF_BODIES: Final = frozenset(
    {
        "agreement.signed",
        "contract.awarded",
        "event.corrected",
        "event.retracted",
        "experiment.performed",
        "media.published",
        "policy.stated",
        "project.announced",
        "project.cancelled",
    }
)
"""Types that tell of the word or work of an agency, a country or an instrument, not of one flight."""

_PRONOUN: Final = re.compile(r"\b(?:he|she|they|who|them|him|her)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)
"""A subject that tells nothing by itself."""


class Telling(Struct, frozen=True, kw_only=True):
    """What one verb of one sentence tells. `sentence` is an index, `start` and `end` its part of the reading.

    `per`, `follows`, `generic` and `who` are the rule's. `head` is what stands before the verb, which begins at `verb`,
    in its clause, masked. What it refers back to: its subject is "the capsule" (`is_of_craft`), that or "it"
    (`is_of_craft_or_it`), what happened itself, as "the docking" (`is_deed`), or "the three", so many people (`group`,
    0 where no number is told); it was so long after what was told before it, "six hours later" (`is_later`).
    It counts from the launch, "48 minutes after liftoff" (`is_since_launch`), was at some time, "on the way"
    (`is_meanwhile`), in a `phase` of the flight that steps of those types end, "during the approach", or came so long
    after what was told before (`after`): but for the phase this is told only where it has no `moment`, of a milestone
    always.
    `is_inferred`: no name beside the verb says whose it is, only the flight that the article tells of.
    """

    rule: str
    type: str
    sentence: int
    start: int
    end: int
    confidence: float
    narration: Narration
    per: str = "craft"
    who: str = "none"
    head: str = ""
    verb: int = 0
    is_caption: bool = False
    is_of_craft: bool = False
    is_deed: bool = False
    is_of_craft_or_it: bool = False
    group: int | None = None
    is_later: bool = False
    mission: str | None = None
    mission_name: str | None = None
    is_inferred: bool = False
    moment: Moment | None = None
    is_since_launch: bool = False
    is_meanwhile: bool = False
    phase: tuple[str, ...] = ()
    after: timedelta | None = None
    crew: tuple[Person, ...] = ()
    agencies: tuple[AgencyTag, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    follows: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()

    @property
    def stands_alone(self) -> bool:
        """Tell whether it says enough to be an event without another telling: whose it is, or when and which."""
        if self.generic and not self.mission:
            is_awaited = "net" in self.data and (bool(self.crew) or self.type.endswith(".scheduled"))
            return is_awaited or (self.type == "anomaly.occurred" and self.moment is not None)
        if self.type == "milestone.reached":
            return bool(self.crew or self.mission or self.agencies) or not _PRONOUN.search(self.head)
        if self.per == "person":
            return bool(self.crew) or (bool(self.mission) and bool(self.follows))
        if self.type in _OF_BODIES:
            return True
        is_named = bool(self.mission or self.crew or self.agencies)
        is_dated = self.moment is not None or "net" in self.data
        is_news = self.narration == "main" and not self.type.endswith(
            (".scheduled", "anomaly.occurred", "test.performed")
        )
        return is_named or is_dated or is_news or not _WHERE.isdisjoint(self.data)
