# /// script
# [tool.missionwire]
# api = 1
# ///
"""Fails for some events, which the settings make dead letters."""

from collections.abc import Sequence

from missionwire.plugin import Config, Event, Patch, Plugin, hookimpl


class Doubts(Plugin[Config]):
    """Raises for events whose id ends in 3. What it does just before keeps its faults from standing in a row."""

    @hookimpl
    async def enrich_batch(self, events: Sequence[Event]) -> list[Patch | None]:
        return [None for _ in events]

    @hookimpl
    async def classify(self, event: Event) -> Patch:
        return Patch(ext={"length": len(event.id)})

    @hookimpl
    async def keep(self, event: Event) -> None:
        if event.id.endswith("3"):
            raise ValueError("the figure is 3")
