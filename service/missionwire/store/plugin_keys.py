"""A plugin's own keys on the server."""

from collections.abc import Sequence
from typing import Final

from missionwire.store.log import Log
from missionwire.store.server import named_errors

MAX_VALUE_BYTES: Final = 1 << 20


class PluginKeys:
    """The `KeyValueStore` of one plugin; no other plugin sees its keys."""

    def __init__(self, log: Log, plugin: str) -> None:
        self._log = log
        self._plugin = plugin

    async def get(self, key: str) -> bytes | None:
        """Give the value, or None where there is none."""
        with named_errors():
            value = await self._log.server.pool.get(self._log.keys.plugin(self._plugin, key))
        return None if value is None else bytes(value)

    async def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """Give the values of several keys in one step, None where there is none."""
        if not keys:
            return []
        with named_errors():
            values = await self._log.server.pool.mget([self._log.keys.plugin(self._plugin, key) for key in keys])
        return [None if value is None else bytes(value) for value in values]

    async def set(self, key: str, value: bytes, *, ttl_s: float | None = None) -> None:
        """Keep a value, for `ttl_s` seconds where given.

        Raises:
            ValueError: the value is over 1 MiB.
        """
        if len(value) > MAX_VALUE_BYTES:
            message = f"plugin {self._plugin}: the value of {key!r} is over {MAX_VALUE_BYTES:,} bytes"
            raise ValueError(message)
        with named_errors():
            await self._log.server.pool.set(
                self._log.keys.plugin(self._plugin, key), value, px=None if ttl_s is None else max(1, int(ttl_s * 1000))
            )

    async def delete(self, key: str) -> None:
        """Forget a key; one that is not there is no error."""
        with named_errors():
            await self._log.server.pool.delete(self._log.keys.plugin(self._plugin, key))
