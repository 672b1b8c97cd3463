import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from missionwire.store.connections import make_heedful
from missionwire.store.log import Log
from missionwire.store.server import Client


@pytest.fixture
async def own_connection(log: Log) -> AsyncIterator[Client]:
    async with log.server.connection(block_s=20) as client:
        yield client


@pytest.mark.parametrize("turns", range(20))
async def test_a_cancellation_at_any_moment_of_a_request_is_heeded(
    log: Log, own_connection: Client, turns: int
) -> None:
    """Python 3.11's `wait_for`, with which redis-py sends, would lose some of these; the task would wait for 20 s."""
    for client in (log.server.pool, own_connection):
        waiting = asyncio.create_task(client.blpop([log.keys.asks], timeout=20))
        for _ in range(turns):
            await asyncio.sleep(0)
        waiting.cancel()
        _, still = await asyncio.wait([waiting], timeout=10)
        assert not still
        assert waiting.cancelled()
        assert await client.get("nothing") is None  # and no answer is taken for that to another request


async def test_a_request_that_does_not_go_out_is_given_up_in_time() -> None:
    ended = asyncio.Event()

    async def never_read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reader.feed_data(bytes(1 << 20))  # more than it holds: it asks its socket for nothing more
        await ended.wait()
        writer.close()

    async with await asyncio.start_server(never_read, "127.0.0.1", limit=1) as server:
        port = server.sockets[0].getsockname()[1]
        client = Redis(
            port=port, protocol=2, driver_info=None, single_connection_client=True, socket_timeout=0.1,
            retry=Retry(NoBackoff(), 0),
        )  # fmt: skip
        make_heedful(client.connection_pool)
        with pytest.raises(TimeoutError):
            await client.set("large", bytes(64 << 20))
        assert client.connection is not None
        assert not client.connection.is_connected
        assert client.connection.socket_timeout == 0.1
        ended.set()
        await client.aclose()
