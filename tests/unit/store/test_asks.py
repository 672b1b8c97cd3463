import asyncio
import time

import msgspec
import pytest

from missionwire.domain.errors import WorkerBusy
from missionwire.store.asks import MAX_WAITING, Ask, Asks
from missionwire.store.log import Log


async def test_an_ask_is_taken_once_and_its_answer_reaches_the_asker(log: Log) -> None:
    asks = Asks(log)
    asking = asyncio.create_task(asks.put(b'{"text":"t"}', timeout_s=5))
    async with log.server.connection(block_s=5) as client:
        ask = await asks.take(client, block_s=5)
        assert ask is not None
        assert await asks.take(client, block_s=0.01) is None
    assert bytes(ask.article) == b'{"text":"t"}'
    await asks.answer(ask, b'{"id":"a"}')
    assert await asking == b'{"id":"a"}'


async def test_without_a_worker_the_asker_is_told_in_time(log: Log) -> None:
    with pytest.raises(WorkerBusy):
        await Asks(log).put(b"{}", timeout_s=0.03)


async def test_an_ask_whose_asker_has_left_is_not_worked_on(log: Log) -> None:
    asks = Asks(log)
    with pytest.raises(WorkerBusy):
        await asks.put(b"{}", timeout_s=0.02)
    async with log.server.connection(block_s=1) as client:
        assert await asks.take(client, block_s=1) is None
        assert await log.server.pool.llen(log.keys.asks) == 0


async def test_an_answer_nobody_fetches_is_forgotten(log: Log) -> None:
    ask = Ask(id="left", deadline_ms=int(time.time() * 1000) + 30_000, article=msgspec.Raw(b"{}"))
    await Asks(log).answer(ask, b"{}")
    assert 0 < await log.server.pool.pttl(log.keys.answer(ask.id)) <= 30_000


async def test_too_many_that_wait_are_refused(log: Log) -> None:
    await log.server.pool.rpush(log.keys.asks, *["{}"] * MAX_WAITING)
    with pytest.raises(WorkerBusy):
        await Asks(log).put(b"{}", timeout_s=5)
