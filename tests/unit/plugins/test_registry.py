from collections.abc import AsyncIterator
from typing import Any

import pytest

from missionwire.plugin import Config, Event, Patch, Plugin, hookimpl
from missionwire.plugins.registry import UnfitPluginError, implementations
from missionwire.testing import make


class Good(Plugin[Config]):
    """Implements two hooks."""

    @hookimpl
    async def enrich(self, event: Event) -> Patch | None:
        """Add nothing."""

    @hookimpl
    def startup(self) -> None:
        """Set nothing up."""


class Misspelt(Plugin[Config]):
    """Means enrich."""

    @hookimpl
    def enrch(self, event: Event) -> None:
        """Is no hook."""


class Undecorated(Plugin[Config]):
    """Forgot something."""

    def enrich(self, event: Event) -> None:
        """Is not decorated."""


class Greedy(Plugin[Config]):
    """Takes what no hook gives."""

    @hookimpl
    def enrich(self, event: Event, database: object) -> None:
        """Takes too much."""


class Streams(Plugin[Config]):
    """Is an async generator."""

    @hookimpl
    async def annotate(self) -> AsyncIterator[int]:
        """Gives one by one."""
        yield 1


class Idle(Plugin[Config]):
    """Does nothing at all."""


class Misdeclares(Plugin[Config]):
    """Declares a text where a set belongs."""

    writes = "crew"  # type: ignore[assignment]  # plugins do

    @hookimpl
    def enrich(self, event: Event) -> None:
        """Add nothing."""


def test_implementations_are_given_with_the_arguments_that_they_name() -> None:
    found = implementations("good", make(Good))

    assert {name: (each.arguments, each.is_async) for name, each in found.items()} == {
        "enrich": (("event",), True),
        "startup": ((), False),
    }


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (Misspelt, "there is no hook enrch; did you mean enrich?"),
        (Undecorated, "enrich is a hook, but is not decorated; put @hookimpl above it"),
        (Greedy, "database"),
        (Streams, "return a list"),
        (Idle, "implements no hook"),
        (Misdeclares, "writes is a collection of names"),
    ],
)
def test_a_class_that_cannot_serve_is_told_what_to_do(kind: type[Plugin[Any]], told: str) -> None:
    with pytest.raises(UnfitPluginError) as found:
        implementations("made", make(kind))

    assert "plugin made" in str(found.value)
    assert told in str(found.value)
