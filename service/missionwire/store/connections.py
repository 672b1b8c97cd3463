"""Connections of redis-py that heed a cancellation."""

import asyncio
from functools import cache
from typing import Any

import hiredis


class _Heedful:
    """Mixin for redis-py's connections: no cancellation is lost while a request is sent, and most are sent at once.

    redis-py sends within `asyncio.wait_for`, which before Python 3.12 makes a task for it, and swallows a cancellation
    that comes in the turn of the loop in which the bytes have gone. A task that loops over requests would then never
    end.
    """

    async def send_packed_command(self, command: Any, check_health: bool = True) -> None:  # noqa: ANN401, FBT001, FBT002  # redis-py's own signature
        timeout_s, self.socket_timeout = self.socket_timeout, None  # type: ignore[has-type]  # it then sends as it is
        try:
            async with asyncio.timeout(timeout_s):
                await super().send_packed_command(command, check_health)  # type: ignore[misc]  # of the class it is mixed into
        finally:
            self.socket_timeout = timeout_s

    def pack_command(self, *args: Any) -> list[bytes]:  # noqa: ANN401  # redis-py's own signature
        """Pack a request in C; redis-py's asyncio connections do it in Python, at five times the cost."""
        name, *rest = args
        words = name.split() if isinstance(name, str) else (name,)  # `SCRIPT LOAD` is two arguments
        return [hiredis.pack_command((*words, *rest))]


@cache
def _heedful(connection: type) -> type:
    return type(f"Heedful{connection.__name__}", (_Heedful, connection), {})


def make_heedful(pool: Any) -> None:  # noqa: ANN401  # redis-py's pools have several types
    """Let a pool that has no connection yet make only such as heed a cancellation."""
    pool.connection_class = _heedful(pool.connection_class)
