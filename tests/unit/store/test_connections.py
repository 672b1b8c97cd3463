import asyncio
from collections.abc import AsyncIterator

import pytest

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
