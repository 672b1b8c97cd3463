"""What the tests share: a plugin that was started, and people who are in no roster but the test's own."""

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from missionwire.plugin import Correction, Document, Gender, Mention, PersonMention
from missionwire.testing import make
from missionwire_pronouns import Pronouns

PEOPLE: dict[str, Gender] = {
    "Hanna Virtanen": "female",
    "Ingrid Moe": "female",
    "Aiko Sakamoto": "female",
    "Diego Serrano": "male",
    "Pavol Kral": "male",
    "Samir Haddou": "male",
    "Robin Yates": "other",
}


class Repaired(NamedTuple):
    """A text as it reads with its applied corrections, and all corrections."""

    text: str
    corrections: list[Correction]

    @property
    def applied(self) -> list[Correction]:
        return [correction for correction in self.corrections if correction.applied]


def mentions_in(text: str) -> Iterator[PersonMention]:
    """Give the mentions of the people above, by full name or surname, as another plugin would."""
    for name, gender in PEOPLE.items():
        for place in re.finditer(rf"(?i:\b(?:{name}|{name.split()[-1]})\b)", text):
            key = name.lower().replace(" ", "-")
            yield PersonMention(start=place.start(), end=place.end(), name=name, id=key, gender=gender)


@pytest.fixture
def term() -> Correction:
    """Give the correction of a term with which a text begins: it tells that the text was translated badly."""
    return Correction(
        start=0, end=3, original="Die", replacement="The", reason="a term", confidence=0.99, kind="term", plugin="terms"
    )


Start = Callable[[float, float], Awaitable[Pronouns]]


@pytest.fixture(scope="session")
def started() -> Start:
    """Give a started plugin by its thresholds, one for each pair of them: reading the lexicon is what takes time."""
    plugins: dict[tuple[float, float], Pronouns] = {}

    async def start(apply_at: float, suggest_at: float) -> Pronouns:
        if (apply_at, suggest_at) not in plugins:
            plugin = plugins[apply_at, suggest_at] = make(Pronouns, apply_at=apply_at, suggest_at=suggest_at)
            await plugin.startup()
        return plugins[apply_at, suggest_at]

    return start


@pytest.fixture
def repair(started: Start) -> Callable[..., object]:
    """Repair a text; `more` are mentions beside those of the people above, the thresholds the plugin's settings.

    `mended` are the corrections of plugins before this one.
    """

    async def run(
        text: str,
        *more: Mention,
        title: str = "",
        apply_at: float = 0.95,
        suggest_at: float = 0.6,
        mended: tuple[Correction, ...] = (),
    ) -> Repaired:
        plugin = await started(apply_at, suggest_at)
        headline = (replace(mention, field="title") for mention in mentions_in(title))
        mentions = (*mentions_in(text), *headline, *more)
        document = Document(id="a", title=title, text=text, mentions=mentions, corrections=mended)
        corrections = list(await plugin.repair(document))
        for correction in sorted(corrections, key=lambda c: -c.start):
            if correction.applied:
                text = text[: correction.start] + correction.replacement + text[correction.end :]
        return Repaired(text, corrections)

    return run
