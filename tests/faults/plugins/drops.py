# /// script
# [tool.missionwire]
# api = 1
# ///
"""Drops some events."""

from missionwire.plugin import Config, Drop, Event, Plugin, hookimpl


class Drops(Plugin[Config]):
    """Drops events whose id ends in 7."""

    @hookimpl
    async def keep(self, event: Event) -> Drop | None:
        return Drop("the figure is 7") if event.id.endswith("7") else None
