"""A server for a moment: started when a plugin first asks for its keys, gone with them when the moment is over."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from missionwire.store.embedded import Embedded
from missionwire.store.log import Log
from missionwire.store.plugin_keys import PluginKeys
from missionwire.store.server import Server

MAX_MEMORY_BYTES: Final = 64 << 20


class TemporaryKeys:
    """The keys of plugins, on a real server that runs only if one of them asks. For the main thread's event loop."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._embedded: Embedded | None = None
        self._log: Log | None = None

    def of(self, plugin: str) -> "KeysOfOne":
        """Give the `KeyValueStore` of one plugin."""
        return KeysOfOne(self, plugin)

    def log(self) -> Log:
        """Give the log, with the server started.

        Raises:
            ServerFailed: it cannot be started.
        """
        if self._log is None:
            self._folder = Path(tempfile.mkdtemp(prefix="missionwire-"))
            self._embedded = Embedded(self._folder, max_memory_bytes=MAX_MEMORY_BYTES)
            self._embedded.start()
            self._log = Log(Server(self._embedded.url), "temporary")
        return self._log

    async def aclose(self) -> None:
        """End the server, and forget all keys."""
        if self._log is not None:
            await self._log.server.aclose()
        if self._embedded is not None:
            self._embedded.stop()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._log = self._embedded = self._folder = None


class KeysOfOne:
    """The `KeyValueStore` of one plugin, on a temporary server."""

    def __init__(self, keys: TemporaryKeys, plugin: str) -> None:
        self._keys = keys
        self._plugin = plugin

    async def get(self, key: str) -> bytes | None:
        """Give the value, or None where there is none."""
        return await PluginKeys(self._keys.log(), self._plugin).get(key)

    async def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """Give the values of several keys in one step, None where there is none."""
        return await PluginKeys(self._keys.log(), self._plugin).get_many(keys)

    async def set(self, key: str, value: bytes, *, ttl_s: float | None = None) -> None:
        """Keep a value, for `ttl_s` seconds where given."""
        await PluginKeys(self._keys.log(), self._plugin).set(key, value, ttl_s=ttl_s)

    async def delete(self, key: str) -> None:
        """Forget a key; one that is not there is no error."""
        await PluginKeys(self._keys.log(), self._plugin).delete(key)
