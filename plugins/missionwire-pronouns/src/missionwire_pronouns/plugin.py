"""The plugin: it hands the people that others found to the scene, and the scene's corrections to the host."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Final, Literal

import msgspec
from msgspec.structs import replace

from missionwire.plugin import Config, Correction, Document, PersonMention, Plugin, hookimpl
from missionwire_pronouns.forms import may_hold_pronouns
from missionwire_pronouns.lexicon import Lexicon, load_lexicon
from missionwire_pronouns.mention import Gender
from missionwire_pronouns.names import Listed
from missionwire_pronouns.ownership import may_hold_its
from missionwire_pronouns.repairer import Thresholds, repair
from missionwire_pronouns.scene import set_scene

_GENDERS: Final[dict[str, Gender]] = {"female": "f", "male": "m", "other": "x"}
_MOST_KEPT: Final = 1024
"""For how many roles and occupations it is kept in mind what they are called."""
_FLYER: Final = frozenset({"spacefarer"})
_OF_TRANSLATION: Final = frozenset({"term", "zone", "dateline"})
"""Kinds of corrections that only a text needs which was translated badly."""
_Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class Settings(Config):
    """From which confidence on a repair is applied, and from which on it is only suggested."""

    apply_at: _Share = 0.95
    suggest_at: _Share = 0.6


class Pronouns(Plugin[Settings]):
    """Repairs pronouns that have the wrong gender, and only where the text proves it."""

    after = ("terms",)  # whose repairs tell that a text was translated badly

    _lexicon: Lexicon

    @hookimpl
    async def startup(self) -> None:
        """Read the word lists."""
        self._lexicon = load_lexicon()

    @hookimpl
    async def repair(self, document: Document) -> Sequence[Correction]:
        """Propose repairs of the text and its title; each says its rule, its person and why."""
        is_faulty = any(each.applied and each.kind in _OF_TRANSLATION for each in document.corrections)
        found = self._repaired(document, "text", is_faulty=is_faulty)
        is_faulty = is_faulty or any(each.applied for each in found)
        return [*found, *self._repaired(document, "title", is_faulty=is_faulty)]

    def _repaired(self, document: Document, field: Literal["text", "title"], *, is_faulty: bool) -> list[Correction]:
        """Read one field: whom only the other one names may be meant, too."""
        text = document.text if field == "text" else document.title or ""
        if not may_hold_pronouns(text) and not may_hold_its(text, self._lexicon):
            return []
        listed: list[Listed] = []
        elsewhere: list[Listed] = []
        others: list[tuple[int, int]] = []
        for mention in document.mentions:
            if isinstance(mention, PersonMention):
                (listed if mention.field == field else elsewhere).append(self._listed(mention))
            elif mention.field == field:
                others.append((mention.start, mention.end))
        named = {(person.start, person.end) for person in listed}
        taken = [place for place in others if place not in named]
        elsewhere.sort(key=lambda person: person.start)
        scene = set_scene(text, self._lexicon, listed, taken, elsewhere, is_title=field == "title")
        found = repair(scene, Thresholds(self.config.apply_at, self.config.suggest_at), is_faulty=is_faulty)
        return [replace(each, field=field) for each in found] if field != "text" else found

    def _listed(self, mention: PersonMention) -> Listed:
        """Read a mention; somebody who is not sure to be one person has no known gender."""
        gender = _GENDERS.get(mention.gender or "") if mention.id or not mention.candidates else None
        nouns = _nouns(mention.role, mention.occupation, gender)
        if mention.id and not nouns:  # who is on the roster for nothing else flies
            nouns = _FLYER
        peoples = self._lexicon.callings.get(mention.nationality or "", frozenset())
        return Listed(
            mention.start, mention.end, mention.name, mention.id or f"?{mention.name}", gender, nouns, peoples
        )


@lru_cache(maxsize=_MOST_KEPT)
def _nouns(role: str | None, occupation: str | None, gender: Gender | None) -> frozenset[str]:
    """Give what somebody may be called by what they are: `flight-engineer` is an `engineer`."""
    trades = (trade.rpartition("-")[2] for trade in (role, occupation) if trade)
    return frozenset("actress" if trade == "actor" and gender == "f" else trade for trade in trades)
