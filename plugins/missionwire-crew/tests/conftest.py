from collections.abc import Callable

import pytest

from missionwire.plugin import CraftMention, Document, Event, PersonMention
from missionwire.testing import make
from missionwire_crew import Crew


@pytest.fixture(scope="session")
def crew() -> Crew:
    plugin = make(Crew)
    plugin.startup()
    return plugin


Annotate = Callable[..., "list[PersonMention]"]


@pytest.fixture
def find(crew: Crew) -> Callable[..., "object"]:
    """Annotate a text; `missions` are what an earlier plugin found."""

    async def annotate(
        text: str,
        *,
        title: str | None = None,
        published: str | None = None,
        event: Event | None = None,
        missions: tuple[str, ...] = (),
    ) -> list[PersonMention]:
        craft = tuple(CraftMention(start=0, end=0, name=m, what="mission", id=m) for m in missions)
        document = Document(id="a", text=text, title=title, published=published, event=event, mentions=craft)
        found = list(await crew.annotate(document) or ())
        people = [mention for mention in found if isinstance(mention, PersonMention) and mention.field == "text"]
        assert all(text[m.start : m.end] == m.name for m in people)
        return people

    return annotate
