"""The plugin: names craft in texts, and finds the events that articles narrate."""

import asyncio
from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from missionwire.plugin import Config, CraftMention, Document, Draft, Plugin, hookimpl
from missionwire_articles.drafts import drafts
from missionwire_articles.members import Members
from missionwire_articles.names import Names
from missionwire_articles.narrative import Narrative
from missionwire_articles.occurrence import Occurrence
from missionwire_articles.occurrences import occurrences
from missionwire_articles.places import Places
from missionwire_articles.rules import languages, load_rules, load_words
from missionwire_articles.statements import Statement, statements
from missionwire_articles.teller import Teller
from missionwire_articles.tongue import tongue_of

ENGLISH: Final = "en"


class Settings(Config):
    """The settings of the plugin.

    `min_confidence` leaves out events whose rule is less sure; `statements` says whether quotes with a named speaker
    become events; `narrations` which manners of telling do.
    """

    min_confidence: float = 0.0
    statements: bool = True
    narrations: tuple[str, ...] = ("main", "planned", "background", "quoted")


class Articles(Plugin[Settings]):
    """Finds the missions, craft, stations and sites that a text names, and the mission events that it narrates."""

    @hookimpl
    async def startup(self) -> None:
        """Read the tables and rules."""
        self._names = Names.load()
        self._places = Places.load()
        self._members = Members.load(self._names.designations)
        self._tellers: dict[str, Teller] = {}
        self._preparing: dict[str, asyncio.Future[Teller]] = {}
        self._words = {language: load_words(language) for language in languages()}

    @hookimpl
    async def annotate(self, document: Document) -> list[CraftMention]:
        """Give where missions, spacecraft, vehicles, stations and sites are named."""
        titled = self._names.find(document.title) if document.title else []
        return [*self._names.find(document.text), *(replace(mention, field="title") for mention in titled)]

    @hookimpl
    async def extract(self, document: Document) -> list[Draft]:
        """Give the events that an article tells, one for each occurrence, with the spans that tell of it.

        An article in a language without rules tells of none.
        """
        tongue = tongue_of(document.text, document.language, self._words, ENGLISH)
        if tongue is None:
            return []
        teller = self._tellers.get(tongue) or await self._prepared(tongue)
        narrative = Narrative(document, self._places)
        told = occurrences(narrative, teller.tellings(narrative))
        said = statements(narrative) if self.config.statements else ()
        told = [occurrence for occurrence in told if not _is_said(occurrence, said)]
        sentences = {telling.sentence for occurrence in told for telling in occurrence.tellings}
        said = [statement for statement in said if not (statement.is_report and statement.sentence in sentences)]
        return [draft for draft in drafts(narrative, told, said, self._members.types) if self._is_wanted(draft)]

    async def _prepared(self, language: str) -> Teller:
        """Give what reads a language, from its first article on.

        Its rules take a second or two to prepare: a thread does it, and the event loop goes on. Who no longer waits
        for it does not end it for others.
        """
        if language not in self._preparing:
            preparing = asyncio.to_thread(lambda: Teller(load_rules(language), self._members))
            self._preparing[language] = asyncio.ensure_future(preparing)
        self._tellers[language] = await asyncio.shield(self._preparing[language])
        return self._tellers[language]

    def _is_wanted(self, draft: Draft) -> bool:
        return draft.ext["confidence"] >= self.config.min_confidence and draft.narration in self.config.narrations


def _is_said(occurrence: Occurrence, said: Iterable[Statement]) -> bool:
    """Tell whether a policy is what a named person is reported to have said: that is told once, as their statement."""
    return occurrence.type == "policy.stated" and any(
        start <= telling.start < end
        for telling in occurrence.tellings
        for statement in said
        if not statement.quote and not statement.is_report
        for start, end in statement.spans
    )
