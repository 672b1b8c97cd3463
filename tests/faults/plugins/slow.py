# /// script
# [tool.missionwire]
# api = 1
# ///
"""Takes its time for one mission."""

import asyncio

from missionwire.plugin import Config, Event, Patch, Plugin, hookimpl


class Slow(Plugin[Config]):
    """Waits 0.1 s for events of the mission crew-0."""

    @hookimpl
    async def classify(self, event: Event) -> Patch | None:
        if event.mission == "crew-0":
            await asyncio.sleep(0.1)
        return None
