import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio

from missionwire.plugin import (
    AgencyMention,
    Correction,
    Document,
    Draft,
    Mention,
    PersonMention,
    TimeMention,
)
from missionwire.testing import make
from missionwire_articles import Articles

MARKUP = re.compile(r"\[\[(?P<text>[^|\]]+)\|(?P<kind>[patc])(?::(?P<first>[^\]|]*))?(?:\|(?P<second>[^\]]*))?\]\]")
"""`[[Ana Lima|p:ana-lima|astronaut]]`, `[[NASA|a:nasa]]`, `[[on Friday|t:2021-10-15|day]]`, `[[device|c:capsule]]`."""

Tell = Callable[..., Awaitable[list[Draft]]]


def read(marked: str) -> tuple[str, list[Mention], list[Correction]]:
    """Take the mark-up out of a text, and give what it says: mentions and corrections."""
    text = ""
    mentions: list[Mention] = []
    corrections: list[Correction] = []
    place = 0
    for match in MARKUP.finditer(marked):
        text += marked[place : match.start()]
        start, end = len(text), len(text) + len(match["text"])
        text += match["text"]
        place = match.end()
        first, second = match["first"] or "", match["second"]
        if match["kind"] == "p":
            mentions.append(PersonMention(start=start, end=end, name=match["text"], id=first or None, role=second))
        elif match["kind"] == "a":
            mentions.append(AgencyMention(start=start, end=end, name=match["text"], id=first))
        elif match["kind"] == "t":
            time: Any = {"time": first, "time_precision": second or "day"}
            mentions.append(TimeMention(start=start, end=end, **time))
        else:
            corrections.append(
                Correction(
                    start=start, end=end, original=match["text"], replacement=first, reason="a test", confidence=1.0
                )
            )
    return text + marked[place:], mentions, corrections


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def articles() -> Articles:
    """One for all tests: its rules take a third of a second to prepare, and no text changes them."""
    plugin = make(Articles)
    await plugin.startup()
    return plugin


@pytest.fixture
def tell(articles: Articles) -> Tell:
    """Read a marked text as an article, and give the drafts of its events."""

    async def telling(marked: str, published: str | None = "2021-10-18", title: str | None = None) -> list[Draft]:
        text, mentions, corrections = read(marked)
        document = Document(id="a", text=text, title=title, published=published)
        mentions += await articles.annotate(document)
        whole = Document(
            id="a",
            text=text,
            title=title,
            published=published,
            mentions=tuple(mentions),
            corrections=tuple(corrections),
        )
        return await articles.extract(whole)

    return telling
