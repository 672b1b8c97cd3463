"""The worker process: where plugins run."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, Literal, TypeAlias

import msgspec

from missionwire.app.garbage import collect_seldom
from missionwire.app.report import worker_report
from missionwire.app.start import USER_AGENT, beat_for_ever
from missionwire.domain.errors import MissionwireError
from missionwire.domain.redaction import Redactor
from missionwire.ensemble import Ensemble
from missionwire.pipeline.calls import Caller
from missionwire.pipeline.journal import Journal, label_of
from missionwire.pipeline.participant import Participant
from missionwire.pipeline.pipeline import Pipeline
from missionwire.pipeline.worker import Worker
from missionwire.plugins.host import Host
from missionwire.settings import Settings
from missionwire.store import reports
from missionwire.store.inbox import Inbox
from missionwire.store.log import Log
from missionwire.store.plugin_keys import PluginKeys
from missionwire.store.server import Server
from missionwire.store.upkeep import Retention

REPORT_EVERY_S: Final = 2.0
WATCH_EVERY_S: Final = 0.1

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
        beating = asyncio.create_task(beat_for_ever(partial(beat, "starting")))
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
        collect_seldom()
        watchdog = _watch(caller)
        beating.cancel()
        beating = asyncio.create_task(beat_for_ever(partial(beat, "working")))
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
