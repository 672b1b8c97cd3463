"""The composition root: settings in, wired processes out. Nothing else builds a real thing."""

import asyncio
import logging
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import msgspec

from missionwire import __version__
from missionwire.domain.errors import MissionwireError, ServerAway, StartError
from missionwire.domain.redaction import Redactor
from missionwire.ensemble import Ensemble, found_by
from missionwire.pipeline.calls import Caller
from missionwire.pipeline.journal import Journal, label_of
from missionwire.pipeline.participant import Participant
from missionwire.pipeline.pipeline import Pipeline
from missionwire.pipeline.plan import Plan
from missionwire.pipeline.worker import Worker
from missionwire.plugin import Health
from missionwire.plugins.host import Host, Loaded, Wish
from missionwire.plugins.loading import config_schema
from missionwire.settings import Settings
from missionwire.store import reports
from missionwire.store.inbox import Inbox
from missionwire.store.log import Log
from missionwire.store.machine import free_disk_bytes
from missionwire.store.plugin_keys import PluginKeys
from missionwire.store.server import Durability, Server
from missionwire.store.upkeep import Retention

BEAT_EVERY_S: Final = 0.5
REPORT_EVERY_S: Final = 2.0
DISK_EVERY_S: Final = 1.0
WATCH_EVERY_S: Final = 0.1
AWAY_AT_START_S: Final = 30.0
"""How long a start waits for an external server that does not answer."""

USER_AGENT: Final = f"missionwire/{__version__}"

_LOG: Final = logging.getLogger("missionwire")


Stage: TypeAlias = Literal["starting", "working"]
"""How far a worker is: its plugins start, or it takes entries."""


def retention_of(settings: Settings) -> Retention:
    """Give what the settings say is kept."""
    keep = settings.keep
    return Retention(
        wire_bytes=keep.wire_bytes,
        wire_age_s=keep.wire_age_s,
        dedupe_window_s=keep.dedupe_window_s,
        dead_letters_s=keep.dead_letters_s,
    )


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


# --- the worker -------------------------------------------------------------------------------------------------------


async def run_worker(
    settings: Settings,
    url: str,
    name: str,
    journal_file: Path,
    beat: Callable[[Stage], None],
    redactor: Redactor,
) -> None:
    """Run one worker until SIGTERM. `beat` is called while the event loop turns.

    `name` and `journal_file` are those of the worker before it in the same place, which ended.

    Raises:
        StartError: with `strict_plugins`, a plugin cannot be loaded.
    """
    server, plugins_server = Server(url), Server(url)
    log = Log(server, settings.name)
    theirs = Log(plugins_server, settings.name)  # a plugin that takes all connections takes none of the worker's
    with Journal(journal_file) as journal:
        past = journal.take_over()
        was_hung = past.end == "hung"
        caller = Caller(journal, redactor)
        host = Host(USER_AGENT, lambda label: journal.hold(label_of(label)), redactor=redactor)
        ensemble = Ensemble(settings, host, partial(PluginKeys, theirs))
        beating = asyncio.create_task(_beat_for_ever(partial(beat, "starting")))
        await ensemble.start(_held_at_start(past.holder) if was_hung else {})
        if was_hung:
            _trip(ensemble.participants, past.holder)
        elif past.end == "by itself" and past.holder:
            _LOG.error("the worker before this one ended while %s had its event loop", past.holder)
        pipeline = Pipeline(ensemble.plan, caller)
        ensemble.on_plan = partial(setattr, pipeline, "plan")

        async def report() -> None:
            told = await worker_report(name, ensemble, worker)
            await reports.publish(log, name, msgspec.json.encode(told))

        worker = Worker(
            name,
            log,
            Inbox(log, limit=settings.intake.max_inbox_entries),
            pipeline,
            journal=journal,
            past=past,
            retention=retention_of(settings),
            report=report,
            report_every_s=REPORT_EVERY_S,
        )
        loop = asyncio.get_running_loop()
        for signal_number in (15, 2):
            loop.add_signal_handler(signal_number, worker.stop)
        watchdog = _watch(caller)
        beating.cancel()
        beating = asyncio.create_task(_beat_for_ever(partial(beat, "working")))
        following = asyncio.create_task(ensemble.follow())
        try:
            await worker.run()
        finally:
            following.cancel()
            watchdog()
            try:
                await reports.withdraw(log, name)
            except MissionwireError:
                _LOG.debug("the report of %s stays until it is out of date", name)
            await ensemble.stop()
            beating.cancel()
            caller.close()
            await plugins_server.aclose()
            await server.aclose()


def _held_at_start(holder: str) -> dict[str, str]:
    """Name the plugin that held the worker before this one outside of any event."""
    plugin, _, hook = holder.partition(" ")
    return {plugin: f"it held the worker in {hook} until that was replaced"} if hook in ("startup", "health") else {}


async def _beat_for_ever(beat: Callable[[], None]) -> None:
    while True:
        beat()
        await asyncio.sleep(BEAT_EVERY_S)


def _trip(participants: list[Participant], holder: str) -> None:
    """Open the breaker of the plugin that held the worker before this one until it was ended."""
    plugin, _, hook = holder.partition(" ")
    for participant in participants:
        if participant.name == plugin:
            participant.breaker.trip(time.monotonic())
            if hook in participant.tallies:
                participant.tallies[hook].errors["held"] += 1
            _LOG.error("plugin %s held a worker in %s until it was ended; it is left out for a while", plugin, hook)


def _watch(caller: Caller) -> Callable[[], None]:
    """Name, from a thread, whoever holds the event loop past its deadline, and open its breaker. Gives the stop."""
    stopped = threading.Event()

    def look() -> None:
        while not stopped.wait(WATCH_EVERY_S):
            holder = caller.holder
            participant, entered_s = holder.participant, holder.entered_s
            if participant is None or holder.told:
                continue
            held_s = time.monotonic() - entered_s
            if held_s > holder.deadline_s:
                holder.told = True
                participant.breaker.trip(time.monotonic())
                _LOG.error(
                    "plugin %s holds the worker since %.1f s; it is left out for a while", participant.name, held_s
                )

    threading.Thread(target=look, name="watchdog", daemon=True).start()
    return stopped.set


async def worker_report(name: str, ensemble: Ensemble, worker: Worker) -> dict[str, Any]:
    """Say how a worker and its plugins are, as `/v1/plugins` shows it."""
    health = await ensemble.host.health()
    by_name = {participant.name: participant for participant in ensemble.participants}
    return {
        "worker": name,
        "time_ms": int(time.time() * 1000),
        "counters": msgspec.to_builtins(worker.counters),
        "plugins": [
            _plugin_report(loaded, by_name.get(loaded.name), ensemble.plan, health.get(loaded.name))
            for loaded in ensemble.host.plugins
        ],
    }


def _plugin_report(
    loaded: Loaded, participant: Participant | None, plan: Plan, health: Health | None
) -> dict[str, Any]:
    plugin = loaded.plugin
    is_open = participant is not None and participant.breaker.state == "open"
    stages = [
        {"stage": stage, "place": place, "reason": seat.reason}
        for stage, seats in plan.items()
        for place, seat in enumerate(seats, start=1)
        if seat.participant.name == loaded.name
    ]
    return {
        "name": loaded.name,
        "version": loaded.found.version,
        "distribution": loaded.found.distribution,
        "api_level": loaded.found.api_level,
        "state": _state(loaded, participant),
        "reason": "it failed repeatedly and is left out for a while" if is_open else loaded.reason,
        "about": _first_line(type(plugin).__doc__) if plugin is not None else None,
        "stages": stages,
        "writes": sorted(plugin.writes) if plugin is not None else [],
        "hosts": list(plugin.hosts) if plugin is not None else [],
        "config_schema": _schema(type(plugin).config_type()) if plugin is not None else None,
        "implements": sorted(loaded.hooks),
        "health": None if health is None else msgspec.to_builtins(health),
        "hooks": {
            hook: {
                "calls": tally.calls,
                "errors": dict(tally.errors),
                "p50_ms": tally.percentile_ms(0.5),
                "p99_ms": tally.percentile_ms(0.99),
            }
            for hook, tally in (participant.tallies if participant is not None else {}).items()
        },
    }


def _state(loaded: Loaded, participant: Participant | None) -> str:
    if participant is None:
        return loaded.state
    if participant.breaker.state == "open":
        return "open"
    return "shadow" if participant.is_shadow else loaded.state


def _first_line(text: str | None) -> str:
    return (text or "").strip().split("\n")[0]


@cache
def _schema(kind: type) -> dict[str, Any] | None:
    try:
        return config_schema(kind)
    except TypeError:  # a plugin's own type, which has none
        return None


# --- HTTP -------------------------------------------------------------------------------------------------------------


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


def make_http(settings: Settings, url: str, redactor: Redactor | None = None) -> tuple[Any, Callable[[], None]]:
    """Wire the HTTP app. Gives the app, and what to call before its connections are closed."""
    from missionwire.feed.hub import Cors, Hub, Limits  # noqa: PLC0415  # a worker needs none of the web
    from missionwire.store.asks import Asks  # noqa: PLC0415
    from missionwire.store.dead_letters import DeadLetters  # noqa: PLC0415
    from missionwire.store.wire import Wire  # noqa: PLC0415
    from missionwire.web.intake import Intake  # noqa: PLC0415
    from missionwire.web.openapi import describe  # noqa: PLC0415
    from missionwire.web.routes import make_app  # noqa: PLC0415
    from missionwire.web.services import Services  # noqa: PLC0415

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
    found: list[Durability] = []

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:  # noqa: ANN401  # the app
        found.append(await check_server(server))
        if not found[-1].is_synced:
            _LOG.warning("durability is %s: %s", found[-1].level, found[-1].detail)
        await log.open()
        await hub.start()
        await intake.start()
        host = Host(USER_AGENT, redactor=redactor)
        mounting = asyncio.create_task(_mount_routes(app, log, host, settings), name="plugin routes")
        try:
            yield
        finally:
            mounting.cancel()
            await asyncio.gather(mounting, return_exceptions=True)
            await host.stop()
            await intake.stop()
            await hub.stop()
            await server.aclose()

    unknown = Durability(level="unknown", is_synced=False, detail="The server was not looked at yet.")
    services = Services(
        log=log,
        wire=Wire(log),
        intake=intake,
        hub=hub,
        asks=Asks(log),
        dead_letters=DeadLetters(log),
        durability=lambda: found[-1] if found else unknown,
        max_body_bytes=settings.intake.max_body_bytes,
        dry_run_timeout_s=settings.intake.dry_run_timeout_s,
        version=__version__,
        describe=cache(lambda: describe(app)),
    )
    app = make_app(services, cors_origins=settings.cors_origins, lifespan=lifespan)
    return app, hub.drain


async def _mount_routes(app: Any, log: Log, host: Host, settings: Settings) -> None:  # noqa: ANN401  # a Litestar app
    """Load here what workers report as running with routes, once, and serve it; faults harm only that plugin."""
    from missionwire.web.mounting import mount  # noqa: PLC0415  # a worker needs none of the web

    wishes = {name: Wish(is_enabled=s.enabled, config=s.config) for name, s in settings.plugins.items()}
    known: set[str] = set()
    while True:
        wanted = await _with_routes(log) - known
        if wanted:
            known |= wanted
            found = await asyncio.to_thread(found_by, settings)
            fresh = [each for each in found if each.name in wanted]
            for loaded in await host.start(fresh, wishes, lambda name: PluginKeys(log, name)):
                mount(app, loaded.name, await host.routes(loaded))
        await asyncio.sleep(REPORT_EVERY_S)


async def _with_routes(log: Log) -> set[str]:
    """Name the plugins that some worker runs and that have routes."""
    try:
        told = await reports.read(log, int(time.time() * 1000))
    except MissionwireError:
        return set()  # the store is away: asked again at the next turn
    plugins = [plugin for report in told.values() for plugin in _plugins_of(report)]
    return {each["name"] for each in plugins if each["state"] == "running" and "routes" in each["implements"]}


def _plugins_of(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = report.get("plugins")
    return found if isinstance(found, list) else []


def run_http(settings: Settings, url: str, ready: Callable[[int], None], redactor: Redactor) -> None:
    """Serve HTTP until SIGTERM; `ready` is called with the port once requests are answered."""
    import uvicorn  # noqa: PLC0415  # a worker needs none of the web

    from missionwire.web.connection import Connection  # noqa: PLC0415

    app, drain = make_http(settings, url, redactor)
    listener = _listen(settings.host, settings.port)

    class DrainingServer(uvicorn.Server):
        """Says goodbye to open feeds before uvicorn closes them."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready(listener.getsockname()[1])

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            drain()
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
        backlog=4096,
        timeout_graceful_shutdown=max(1, int(settings.feed.drain_s)),
        timeout_keep_alive=30,
    )
    DrainingServer(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        message = (
            f"cannot listen on {host}:{port}: {error.strerror}. Choose another with --port, or --port 0 for a free one."
        )
        raise StartError(message) from error
    listener.listen(4096)
    listener.setblocking(False)  # noqa: FBT003  # the socket module's own signature
    return listener


def describe_api() -> dict[str, Any]:
    """Give the OpenAPI document without starting anything."""
    from missionwire.web.openapi import describe  # noqa: PLC0415  # only here

    app, _ = make_http(Settings(), "unix:///nowhere")
    return describe(app)
