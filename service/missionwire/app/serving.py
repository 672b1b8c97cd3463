"""The HTTP process: the app, run by uvicorn on the socket that all HTTP processes share."""

import asyncio
import socket
from collections.abc import Callable
from typing import Final

import uvicorn

from missionwire.app.garbage import collect_seldom
from missionwire.app.start import beat_for_ever
from missionwire.app.web import make_http
from missionwire.domain.redaction import Redactor
from missionwire.listener import BACKLOG
from missionwire.settings import Settings
from missionwire.tallies import Tally
from missionwire.web.connection import Connection

GRACE_S: Final = 0.2
"""Connections that were accepted just before the end get their request in; uvicorn would close them unheard."""


def run_http(
    settings: Settings,
    url: str,
    listener: socket.socket,
    tally: Tally,
    beat: Callable[[], None],
    redactor: Redactor,
) -> None:
    """Serve HTTP until SIGTERM. `beat` is called while the event loop turns, first when requests are answered."""
    app, drain = make_http(settings, url, redactor, tally)

    class DrainingServer(uvicorn.Server):
        """Beats once it answers, and says goodbye to open feeds before uvicorn closes them."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                collect_seldom()
                self.beating = asyncio.create_task(beat_for_ever(beat), name="beat")

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            drain()
            for server in self.servers:
                server.close()
            await asyncio.sleep(GRACE_S)
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        loop="auto",
        http=Connection,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=max(1, int(settings.feed.drain_s)),
        timeout_keep_alive=30,
    )
    DrainingServer(config).run(sockets=[listener])
