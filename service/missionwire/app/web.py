"""The HTTP app, wired."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from litestar import Litestar

from missionwire import __version__
from missionwire.app.holding import Loading
from missionwire.app.plugin_routes import PluginRoutes
from missionwire.app.start import check_server
from missionwire.domain.redaction import Redactor
from missionwire.feed.hub import Cors, Hub, Limits
from missionwire.settings import Settings
from missionwire.store.asks import Asks
from missionwire.store.dead_letters import DeadLetters
from missionwire.store.inbox import Inbox
from missionwire.store.log import Log
from missionwire.store.machine import free_disk_bytes
from missionwire.store.server import Durability, Server
from missionwire.store.wire import Wire
from missionwire.tallies import Figures, Tally
from missionwire.web.figures import figures_of
from missionwire.web.intake import Intake
from missionwire.web.openapi import describe
from missionwire.web.reducer import Reducer
from missionwire.web.routes import make_app
from missionwire.web.services import Services

DISK_EVERY_S: Final = 1.0
TALLY_EVERY_S: Final = 1.0

_LOG: Final = logging.getLogger("missionwire")


class _Disk:
    """Whether the disk has more than the reserve, looked up once a second at most."""

    def __init__(self, folder: Path | None, reserve_bytes: int) -> None:
        self._folder = folder
        self._reserve_bytes = reserve_bytes
        self._looked_s = 0.0
        self._has = True

    def has_reserve(self) -> bool:
        if self._folder is None:
            return True
        now_s = time.monotonic()
        if now_s - self._looked_s > DISK_EVERY_S:
            self._looked_s, self._has = now_s, free_disk_bytes(self._folder) > self._reserve_bytes
        return self._has


def make_http(
    settings: Settings, url: str, redactor: Redactor | None = None, tally: Tally | None = None
) -> tuple[Litestar, Callable[[], None]]:
    """Wire the HTTP app. Gives the app, and what to call before its connections are closed.

    With a `tally` this process is one of several, which add up what they count.
    """
    server = Server(url)
    log = Log(server, settings.name)
    feed = settings.feed
    hub = Hub(
        log,
        Limits(
            max_subscribers=feed.max_subscribers,
            ring_bytes=feed.ring_bytes,
            catch_up_reads=feed.catch_up_reads,
            write_timeout_s=feed.write_timeout_s,
            heartbeat_s=feed.heartbeat_s,
            retry_ms=feed.retry_ms,
            drain_s=feed.drain_s,
            is_direct=feed.direct,
            cors=Cors(origins=tuple(settings.cors_origins)),
        ),
    )
    disk = _Disk(None if settings.redis_url else settings.data_folder, settings.keep.reserve_disk_bytes)
    intake = Intake(
        log,
        Inbox(log, limit=settings.intake.max_inbox_entries),
        max_items=settings.intake.max_queued_items,
        has_disk=disk.has_reserve,
    )
    reducer = Reducer(timeout_s=settings.intake.webpage_timeout_s)
    found: list[Durability] = []

    def figures() -> Figures:
        mine = figures_of(hub, intake)
        return mine if tally is None else tally.summed(mine)

    async def tell_siblings(tally: Tally) -> None:
        while True:
            tally.write(figures_of(hub, intake))
            await asyncio.sleep(TALLY_EVERY_S)

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        found.append(await check_server(server))
        if not found[-1].is_synced:
            _LOG.warning("durability is %s: %s", found[-1].level, found[-1].detail)
        await log.open()
        await hub.start()
        await intake.start()
        routes = PluginRoutes(
            app, log, settings, redactor, None if tally is None else Loading(tally.file_beside("loading"))
        )
        beside = [asyncio.create_task(routes.follow(), name="plugin routes")]
        if tally is not None:
            beside.append(asyncio.create_task(tell_siblings(tally), name="tally"))
        try:
            yield
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await routes.stop()
            await reducer.aclose()
            await intake.stop()
            await hub.stop()
            if tally is not None:
                tally.write(figures_of(hub, intake))
            await server.aclose()

    unknown = Durability(level="unknown", is_synced=False, detail="The server was not looked at yet.")
    services = Services(
        log=log,
        wire=Wire(log),
        intake=intake,
        hub=hub,
        asks=Asks(log),
        dead_letters=DeadLetters(log),
        reducer=reducer,
        durability=lambda: found[-1] if found else unknown,
        max_body_bytes=settings.intake.max_body_bytes,
        dry_run_timeout_s=settings.intake.dry_run_timeout_s,
        version=__version__,
        describe=cache(lambda: describe(app)),
        figures=figures,
    )
    app = make_app(services, cors_origins=settings.cors_origins, lifespan=lifespan)
    return app, hub.drain


def describe_api() -> dict[str, Any]:
    """Give the OpenAPI document without starting anything."""
    app, _ = make_http(Settings(), "unix:///nowhere")
    return describe(app)
