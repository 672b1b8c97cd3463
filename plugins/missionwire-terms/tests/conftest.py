"""One plugin, made and started once: reading its tables is the only slow thing about it."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Correction, Document
from missionwire.testing import make
from missionwire_terms import Terms

Mender = Callable[[str], Awaitable[tuple[str, list[Correction]]]]


@pytest.fixture(scope="session")
def terms() -> Terms:
    plugin = make(Terms)
    plugin.startup()
    return plugin


@pytest.fixture(scope="session")
def mend(terms: Terms) -> Mender:
    """Give the text as it reads after the repairs, and all corrections."""

    async def run(text: str) -> tuple[str, list[Correction]]:
        document = Document(id="a", text=text)
        corrections = tuple(await terms.repair(document))
        mended = Document(id="a", text=text, corrections=corrections)
        return mended.reading().text, list(corrections)

    return run
