"""The feed as it runs, on the loop of a test: hub, app, and uvicorn with the connections of our own."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from litestar import Litestar

from missionwire.feed.hub import Hub, Limits
from missionwire.store.asks import Asks
from missionwire.store.dead_letters import DeadLetters
from missionwire.store.inbox import Inbox
from missionwire.store.log import Log
from missionwire.store.server import Durability, Server
from missionwire.store.wire import Wire
from missionwire.tallies import Figures
from missionwire.web.connection import Connection
from missionwire.web.figures import figures_of
from missionwire.web.intake import Intake
from missionwire.web.reducer import Reducer
from missionwire.web.routes import make_app
from missionwire.web.services import Services


class Running:
    """A running feed."""

    def __init__(self, hub: Hub, intake: Intake, app: Litestar, server: uvicorn.Server, port: int) -> None:
        self.hub = hub
        self.app = app
        self.server = server
        self.port = port
        self._intake = intake

    @property
    def gauges(self) -> dict[str, int]:
        """The figures of the moment, by the names of the metrics."""
        return figures_of(self.hub, self._intake).gauges


@contextlib.asynccontextmanager
async def running(url: str, name: str, limits: Limits, *, send_buffer_bytes: int = 4096) -> AsyncIterator[Running]:
    """Run a feed; leaving says goodbye to all who are there, as a stop of the service does."""
    store = Server(url)
    log = Log(store, name)
    await log.open()
    hub = Hub(log, limits)
    intake = Intake(log, Inbox(log, limit=10_000), max_items=10_000, has_disk=lambda: True)

    @contextlib.asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        await hub.start()
        await intake.start()
        yield
        await intake.stop()
        await hub.stop()

    services = Services(
        log=log,
        wire=Wire(log),
        intake=intake,
        hub=hub,
        asks=Asks(log),
        dead_letters=DeadLetters(log),
        reducer=Reducer(timeout_s=5),
        durability=lambda: Durability(level="disk", is_synced=True, detail=""),
        max_body_bytes=1 << 20,
        dry_run_timeout_s=5,
        version="0",
        describe=dict,
        figures=lambda: _figures(hub, intake),
    )
    app = make_app(services, cors_origins=["*"], lifespan=lifespan)
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer_bytes)
        server = _Drained(hub, app)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started or hub.is_away:
            await asyncio.sleep(0.001)  # there is no event for it
        try:
            yield Running(hub, intake, app, server, listener.getsockname()[1])
        finally:
            server.should_exit = True
            await serving
            await store.aclose()


def _figures(hub: Hub, intake: Intake) -> Figures:
    return figures_of(hub, intake)


class _Drained(uvicorn.Server):
    """Drains as `missionwire serve` does."""

    def __init__(self, hub: Hub, app: Any) -> None:
        config = uvicorn.Config(
            app,
            http=Connection,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=2,
        )
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._hub.drain()
        await super().shutdown(sockets)
