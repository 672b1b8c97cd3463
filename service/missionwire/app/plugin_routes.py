"""The routes of plugins in an HTTP process: loaded here once a worker runs their plugin, closed while none does."""

import asyncio
import logging
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from litestar import Litestar

from missionwire.app.holding import Holding, Loading
from missionwire.app.start import USER_AGENT
from missionwire.domain.errors import MissionwireError, SettingsError
from missionwire.domain.redaction import Redactor
from missionwire.ensemble import found_by
from missionwire.plugins.host import Host, Wish
from missionwire.settings import Settings, load_settings
from missionwire.store import reports
from missionwire.store.log import Log
from missionwire.store.plugin_keys import PluginKeys
from missionwire.web.mounting import Mounts

LOOK_EVERY_S: Final = 2.0
"""How often the workers' reports are looked at; they come as often."""

_ENDED: Final = "an HTTP process ended while it loaded its routes; they are left out until the service is started anew"

_LOG: Final = logging.getLogger("missionwire.plugins")


class PluginRoutes:
    """Follows what the workers report, and has the routes of plugins served accordingly; faults harm only their plugin.

    `loading` is where the plugin that is being loaded is noted for the process after this one.
    """

    def __init__(
        self, app: Litestar, log: Log, settings: Settings, redactor: Redactor | None, loading: Loading | None
    ) -> None:
        self._holding = Holding()
        self._host = Host(USER_AGENT, self._holding.hold, redactor=redactor)
        self._mounts = Mounts(app, self._holding.hold)
        self._log = log
        self._settings = settings
        self._loading = loading
        self._mounted: set[str] = set()
        self._tried: set[str] = set()

    async def follow(self) -> None:
        """Look for ever."""
        stop_watch = self._holding.watch()
        try:
            while True:
                try:
                    await self._look()
                except Exception:  # what breaks here must not leave later changes unseen
                    _LOG.exception("the routes of plugins could not be brought up to date")
                await asyncio.sleep(LOOK_EVERY_S)
        finally:
            stop_watch()

    async def _look(self) -> None:
        try:
            served = served_by(await reports.read(self._log, int(time.time() * 1000)))
        except MissionwireError:
            return  # the store is away: asked again at the next look
        if served is None:
            return
        self._mounts.open_only(served)
        self._tried = (self._tried & served) | self._mounted  # one that failed here is tried again once it comes back
        for name in sorted(served - self._tried):
            self._tried.add(name)
            await self._load(name)

    async def stop(self) -> None:
        """Stop the plugins here."""
        await self._host.stop()
        if self._loading is not None:
            self._loading.close()

    async def _load(self, name: str) -> None:
        if self._loading is not None and name in self._loading.ended_in():
            _LOG.error("plugin %s: %s", name, _ENDED)
            return
        self._note(name)
        try:
            found = [each for each in await asyncio.to_thread(found_by, self._settings) if each.name == name]
            for loaded in await self._host.start(
                found, {name: self._wish(name)}, lambda plugin: PluginKeys(self._log, plugin)
            ):
                self._mounts.mount(name, await self._host.routes(loaded))
                self._mounted.add(name)
        finally:
            self._note("")

    def _note(self, name: str) -> None:
        if self._loading is not None:
            self._loading.note(name)

    def _wish(self, name: str) -> Wish:
        """Give the plugin's own settings as the file has them now; that it is on, a worker says."""
        plugins = self._settings.plugins
        if self._settings.config_file is not None:
            try:
                plugins = load_settings(Path(self._settings.config_file), {}).plugins
            except SettingsError as error:
                _LOG.warning("plugin %s gets its settings as they were at the start: %s", name, "; ".join(error.faults))
        return Wish(config=plugins[name].config) if name in plugins else Wish()


def served_by(told: Mapping[str, Mapping[str, Any]]) -> set[str] | None:
    """Name the plugins with routes that some worker runs, by the workers' reports; None while no worker is there.

    A plugin whose breaker is open runs: it is only not asked about events for a while.
    """
    if not told:
        return None
    plugins = [plugin for report in told.values() for plugin in _plugins_of(report)]
    return {each["name"] for each in plugins if each["state"] in ("running", "open") and "routes" in each["implements"]}


def _plugins_of(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = report.get("plugins")
    return found if isinstance(found, list) else []
