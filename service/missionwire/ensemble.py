"""The ensemble: the plugins of one worker with their plan, as the settings and the manifest want them, also later."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from missionwire.domain.errors import SettingsError, StartError
from missionwire.pipeline.participant import DOCUMENT_TIMEOUT_S, STAGE_HOOKS, Hook, Participant
from missionwire.pipeline.plan import Plan, make_plan, rivals
from missionwire.plugin import KeyValueStore
from missionwire.plugins.discovery import Found, discover
from missionwire.plugins.host import Host, Loaded, Wish
from missionwire.plugins.manifest import Manifest, ManifestError, Watch, read_manifest
from missionwire.settings import PluginSettings, Settings, load_settings

LOOK_EVERY_S: Final = 1.0
"""How often the settings file and the manifest are looked at."""

RETIRE_S: Final = DOCUMENT_TIMEOUT_S
"""A plugin that was replaced is stopped so much later: what was under way with it is over by then."""

_LOG: Final = logging.getLogger("missionwire.plugins")


class Ensemble:
    """Starts plugins, makes their plan, and follows what the operator changes while it runs.

    `left_out` names plugins that are not started, with the reason. `on_plan` is told of each new plan.
    """

    def __init__(
        self,
        settings: Settings,
        host: Host,
        store_of: Callable[[str], KeyValueStore],
        *,
        on_plan: Callable[[Plan], None] = lambda _: None,
    ) -> None:
        self.host = host
        self.participants: list[Participant] = []
        self.plan: Plan = make_plan([])
        self.on_plan = on_plan
        self._settings = settings
        self._wanted = dict(settings.plugins)
        self._order = list(settings.plugin_order)
        self._store_of = store_of
        self._manifest = Manifest()
        self._watch: Watch | None = None
        self._file_seen: tuple[int, int] | None = _revision(settings)
        self._retiring: set[asyncio.Task[None]] = set()

    async def start(self, left_out: Mapping[str, str] | None = None) -> None:
        """Load and start everything, and make the plan.

        Raises:
            StartError: the manifest cannot be read; with `strict_plugins`, a plugin cannot be loaded.
            SettingsError: the plugins' wishes for an order make a ring.
        """
        folder = self._settings.data_folder
        try:
            self._watch, self._manifest = Watch(folder), read_manifest(folder)
        except ManifestError as error:
            raise StartError(str(error)) from error
        found = found_by(self._settings)
        await self.host.start(
            found, {each.name: self._wish(each.name) for each in found}, self._store_of, left_out=left_out
        )
        self._refuse_unloaded()
        self._plan_anew()

    async def follow(self) -> None:
        """Look for changes for ever; a change that cannot be taken over is told, and what runs goes on."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                if self._has_news():
                    await self._apply()
            except Exception:  # a change that breaks here must not end the following of later ones
                _LOG.exception("a change of the plugins could not be taken over")

    # --- what is wanted -------------------------------------------------------------------------------------------

    def _wish(self, name: str) -> Wish:
        wanted = self._wanted.get(name, PluginSettings())
        if not wanted.enabled:
            return Wish(is_enabled=False, off_reason="the settings say so", config=wanted.config)
        if name in self._manifest.disabled:
            return Wish(is_enabled=False, off_reason="it was switched off by `plugins disable`", config=wanted.config)
        return Wish(config=wanted.config)

    def _has_news(self) -> bool:
        is_new = False
        try:
            manifest = self._watch.news() if self._watch is not None else None
        except ManifestError as error:
            _LOG.error("the manifest of plugins is left as it was: %s", error)  # a sentence says all
            manifest = None
        if manifest is not None:
            self._manifest, is_new = manifest, True
        revision = _revision(self._settings)
        if revision != self._file_seen:
            self._file_seen = revision
            is_new = self._read_file() or is_new
        return is_new

    def _read_file(self) -> bool:
        if self._settings.config_file is None:
            return False
        try:
            read = load_settings(Path(self._settings.config_file), {})
        except SettingsError as error:
            _LOG.error("the settings are left as they were: %s", "; ".join(error.faults))  # same
            return False
        is_new = read.plugins != self._wanted or read.plugin_order != self._order
        self._wanted, self._order = dict(read.plugins), list(read.plugin_order)
        return is_new

    # --- taking it over -------------------------------------------------------------------------------------------

    async def _apply(self) -> None:
        here = found_by(self._settings)
        for gone in self.host.let_go(here):
            self._retire(gone)
        for found in here:
            there = next((loaded for loaded in self.host.plugins if loaded.is_of(found)), None)
            wish = self._wish(found.name)
            if there is not None and there.is_as_wanted(found, wish):
                continue
            old = await self.host.renew(found, wish, self._store_of)
            if old is not None:
                self._retire(old)
        try:
            self._plan_anew()
        except SettingsError as error:
            _LOG.error("the plan is left as it was: %s", "; ".join(error.faults))  # same
            return
        _LOG.info("plugins now: %s", ", ".join(each.name for each in self.participants) or "none")

    def _plan_anew(self) -> None:
        known = {participant.name: participant for participant in self.participants}
        participants = participants_of(self.host, self._wanted)
        for each in participants:
            each.take_over(known.get(each.name))
        plan = make_plan(participants, self._operator_order())
        for stage, field, one, other in rivals(plan):
            _LOG.warning(
                "%s and %s both write %s in %s, without an order: %s goes first", one, other, field, stage, one
            )
        self.participants, self.plan = participants, plan
        self.on_plan(plan)

    def _operator_order(self) -> list[str]:
        numbered = sorted((s.order, name) for name, s in self._wanted.items() if s.order is not None)
        return [*self._order, *(name for _, name in numbered)]

    def _retire(self, old: Loaded) -> None:
        task = asyncio.create_task(self._retire_later(old))
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)

    async def _retire_later(self, old: Loaded) -> None:
        await asyncio.sleep(RETIRE_S)
        await self.host.retire(old)

    def _refuse_unloaded(self) -> None:
        broken = [each for each in self.host.plugins if each.state not in ("running", "disabled")]
        if self._settings.strict_plugins and broken:
            told = "; ".join(f"{each.name} is {each.state}: {each.reason}" for each in broken)
            message = f"strict_plugins is set, and not every plugin could be loaded: {told}"
            raise StartError(message)

    async def stop(self) -> None:
        """Stop all plugins."""
        for task in self._retiring:
            task.cancel()
        await asyncio.gather(*self._retiring, return_exceptions=True)
        await self.host.stop()


def found_by(settings: Settings) -> tuple[Found, ...]:
    """Find the plugins that are there."""
    return discover(settings.plugins_folder)


def participants_of(host: Host, wanted: Mapping[str, PluginSettings]) -> list[Participant]:
    """Give the running plugins as the pipeline sees them."""
    found = []
    for loaded in host.running:
        if loaded.plugin is None:
            continue
        wish = wanted.get(loaded.name, PluginSettings())
        found.append(
            Participant(
                loaded.name,
                loaded.found.version,
                {name: Hook(*each) for name, each in loaded.hooks.items() if name in STAGE_HOOKS},
                writes=frozenset(loaded.plugin.writes),
                before=tuple(loaded.plugin.before),
                after=tuple(loaded.plugin.after),
                timeout_s=wish.timeout_s,
                on_error=wish.on_error,
                is_shadow=wish.mode == "shadow",
                concurrency=wish.concurrency,
            )
        )
    return found


def _revision(settings: Settings) -> tuple[int, int] | None:
    """Tell one state of the settings file from another."""
    if settings.config_file is None:
        return None
    try:
        status = Path(settings.config_file).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
