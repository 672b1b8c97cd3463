"""The plugin: hands each field of a document to the terminology and to the reader of times."""

from collections.abc import Iterable
from typing import Final

from missionwire.plugin import Config, Correction, Document, Mention, Plugin, hookimpl
from missionwire_terms.lexicon import Lexicon
from missionwire_terms.scene import Scene
from missionwire_terms.signposts import Signposts
from missionwire_terms.terminology import Terminology
from missionwire_terms.times import TimeReader

_FIELDS: Final = ("text", "title")


class Settings(Config):
    """The settings: `off` names rows of the table of terms that are not to be mended, such as `launch` or `crew`."""

    off: tuple[str, ...] = ()


class Terms(Plugin[Settings]):
    """Mends spaceflight terms of machine-translated text, and reads the times that a text tells."""

    after = ("agencies", "articles", "crew")

    @hookimpl
    def startup(self) -> None:
        """Read the tables and compile them."""
        signposts = Signposts()
        self._lexicon = Lexicon.load(signposts)
        self._times = TimeReader(signposts)
        self._terminology = Terminology(self._lexicon, signposts, self.config.off)

    @hookimpl
    async def annotate(self, document: Document) -> Iterable[Mention]:
        """Give the times that the text and the title tell."""
        return [mention for field in _FIELDS for mention in self._times.read(document, field).mentions]

    @hookimpl
    async def repair(self, document: Document) -> Iterable[Correction]:
        """Give the corrections of terms, of zones that contradict each other, and of a stray dateline."""
        read = {field: self._times.read(document, field) for field in _FIELDS}
        corrections = [correction for times in read.values() for correction in times.corrections]
        scenes = [
            Scene(document, field, read[field].passage, self._lexicon, read[other].passage)
            for field, other in (_FIELDS, _FIELDS[::-1])
            if read[field].passage.text
        ]
        if scenes:
            is_faulty = any(correction.applied for correction in corrections)
            corrections += self._terminology.corrections(scenes, is_faulty=is_faulty)
        return corrections
