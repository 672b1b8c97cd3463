"""What both kinds of process do when they start."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

from missionwire import __version__
from missionwire.domain.errors import ServerAway
from missionwire.store.server import Durability, Server

BEAT_EVERY_S: Final = 0.5

AWAY_AT_START_S: Final = 30.0
"""How long a start waits for an external server that does not answer."""

USER_AGENT: Final = f"missionwire/{__version__}"


async def check_server(server: Server) -> Durability:
    """Check a server at the start, waiting a bounded time for one that does not answer yet.

    Raises:
        ServerAway: it did not answer in time.
        ServerUnfit: it cannot keep what is promised.
    """
    give_up_s = time.monotonic() + AWAY_AT_START_S
    while True:
        try:
            return await server.check()
        except ServerAway:
            if time.monotonic() > give_up_s:
                raise
            await server.drop_connections()
            await asyncio.sleep(0.5)


async def beat_for_ever(beat: Callable[[], None]) -> None:
    """Let the supervisor know that the event loop turns."""
    while True:
        beat()
        await asyncio.sleep(BEAT_EVERY_S)
