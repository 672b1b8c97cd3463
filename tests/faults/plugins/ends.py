# /// script
# [tool.missionwire]
# api = 1
# ///
"""Ends the worker for some events."""

import os

from missionwire.plugin import Config, Event, Patch, Plugin, hookimpl


class Ends(Plugin[Config]):
    """Ends the process that runs it for events of the source `urn:ends`."""

    @hookimpl
    async def enrich(self, event: Event) -> Patch | None:
        if event.source == "urn:ends":
            os._exit(3)
        return None
