"""The Redis or Valkey server: connections with every wait bounded, and its errors under our names."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final, TypeAlias

import redis.exceptions as redis_errors
from msgspec import Struct
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from missionwire.domain.errors import ServerAway, ServerUnfit, StoreFull
from missionwire.store.connections import make_heedful

REQUEST_TIMEOUT_S: Final = 5.0
"""A request that is not answered in this time counts as lost; its connection is closed."""

CONNECT_TIMEOUT_S: Final = 2.0
POOL_SIZE: Final = 32

Client: TypeAlias = Any
"""A redis-py client that answers in bytes. redis-py types an answer as all that it might be under any option; what one
of ours is, the line that reads it says."""

_OLDEST: Final = (7, 2)


class Durability(Struct, frozen=True, kw_only=True):
    """How safe a 202 is: `level` as DESIGN names it, `is_synced` whether the server fsyncs before it answers."""

    level: str
    is_synced: bool
    detail: str


class Server:
    """One standalone server, by URL: `redis://`, `rediss://` or `unix://`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._pool: Client | None = None

    @property
    def pool(self) -> Client:
        """The shared connections for short requests."""
        if self._pool is None:
            # one that waits for a free connection; redis-py's default raises at once
            pool: Any = BlockingConnectionPool.from_url(
                self.url, max_connections=POOL_SIZE, timeout=REQUEST_TIMEOUT_S, **_options(REQUEST_TIMEOUT_S)
            )
            make_heedful(pool)
            self._pool = Redis.from_pool(pool)
        return self._pool

    @asynccontextmanager
    async def connection(self, *, block_s: float = 0) -> AsyncIterator[Client]:
        """Give a connection of one's own, for reads that block up to `block_s`; closed at the end."""
        client = Redis.from_url(self.url, single_connection_client=True, **_options(block_s + REQUEST_TIMEOUT_S))
        make_heedful(client.connection_pool)
        try:
            yield client
        finally:
            await client.aclose()

    async def drop_connections(self) -> None:
        """Close all shared connections, as after a fault; the next request opens new ones."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.aclose()

    async def aclose(self) -> None:
        """Close everything."""
        await self.drop_connections()

    async def check(self) -> Durability:
        """Look whether the server keeps what missionwire promises.

        Raises:
            ServerAway: it does not answer.
            ServerUnfit: it is too old, throws data away when it is full, or refuses the name or password.
        """
        with named_errors():
            try:
                info = await self.pool.info("server")
            except redis_errors.RedisError as error:
                # redis-py wraps what the server says to the password of a new connection
                if isinstance(error, _REFUSED) or isinstance(error.__cause__, _REFUSED):
                    raise ServerUnfit(f"The server does not let missionwire in: {error}.") from error
                raise
            version = str(info.get("valkey_version") or info.get("redis_version"))
            if "valkey_version" not in info and _version(version) < _OLDEST:
                message = f"The server is Redis {version}; missionwire needs Redis 7.2 or Valkey."
                raise ServerUnfit(message)
            policy = await self._setting("maxmemory-policy")
            if policy not in (None, "noeviction"):
                message = (
                    f"The server's maxmemory-policy is {policy}: it would forget events when memory is full. "
                    "Set it to noeviction."
                )
                raise ServerUnfit(message)
            return await self._durability()

    async def _durability(self) -> Durability:
        only, fsync = await self._setting("appendonly"), await self._setting("appendfsync")
        if only is None or fsync is None:
            return Durability(
                level="unknown", is_synced=False, detail="The server does not let its appendonly setting be read."
            )
        if only == "yes" and fsync == "always":
            return Durability(level="disk", is_synced=True, detail="The server fsyncs before it answers.")
        told = f"appendonly is {only}" + (f", appendfsync is {fsync}" if only == "yes" else "")
        return Durability(
            level="memory",
            is_synced=False,
            detail=f"A 202 is no safer than the server's memory: {told}. Set appendonly yes and appendfsync always.",
        )

    async def _setting(self, name: str) -> str | None:
        """Give a setting of the server, None where CONFIG is forbidden."""
        try:
            answer = await self.pool.config_get(name)
        except (redis_errors.NoPermissionError, redis_errors.ResponseError):
            return None
        value = answer.get(name)
        return value.decode() if isinstance(value, bytes) else value


def _options(timeout_s: float) -> dict[str, Any]:
    # redis-py retries by itself and would hide a reconnect, after which the log must be looked at again: none here
    return {
        "protocol": 2,
        "socket_timeout": timeout_s,
        "socket_connect_timeout": CONNECT_TIMEOUT_S,
        "retry": Retry(NoBackoff(), 0),
        "health_check_interval": 0,
    }


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:2] if part.isdigit())


AWAY: Final = (
    redis_errors.ConnectionError,
    redis_errors.TimeoutError,
    redis_errors.BusyLoadingError,
    redis_errors.ReadOnlyError,
    redis_errors.ClusterDownError,
    redis_errors.TryAgainError,
    OSError,
    TimeoutError,
)
"""What redis-py raises when the server is away for the moment."""

_REFUSED: Final = (redis_errors.AuthenticationError, redis_errors.NoPermissionError)

_AWAY_WORDS: Final = frozenset({"BUSY", "MISCONF", "NOREPLICAS", "UNBLOCKED"})
"""First words of errors that say the same, and have no class in redis-py."""

_OTHER_LOG_WORDS: Final = frozenset({"EPOCH", "WENTBACK"})
"""First words of the errors with which our scripts refuse to write to a log that is not the one the caller knows."""


@contextmanager
def named_errors() -> Iterator[None]:
    """Turn what redis-py raises into our errors.

    Raises:
        ServerAway: no answer, or an answer that says so; or the log is not the one that was opened.
        StoreFull: the server's memory is full.
    """
    try:
        yield
    except redis_errors.OutOfMemoryError as error:
        raise StoreFull from error
    except AWAY as error:
        raise ServerAway from error
    except redis_errors.ResponseError as error:
        word = str(error).partition(" ")[0]
        if word in _AWAY_WORDS:
            raise ServerAway from error
        if word in _OTHER_LOG_WORDS:
            raise ServerAway("The log is another one than before, or went back. It has to be opened again.") from error
        raise
