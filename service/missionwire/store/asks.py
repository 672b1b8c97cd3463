"""Asks: dry runs that the HTTP process puts to any worker, with a deadline, and the answers."""

import secrets
import time
from typing import Final

import msgspec
from msgspec import Struct

from missionwire.domain.errors import WorkerBusy
from missionwire.store.log import Log
from missionwire.store.server import Client, named_errors

MAX_WAITING: Final = 64
"""At most so many asks wait; one more is refused."""


class Ask(Struct, frozen=True, kw_only=True):
    """One dry run: an article as sent, and until when (ms since 1970) somebody waits for the answer."""

    id: str
    deadline_ms: int
    article: msgspec.Raw


class Asks:
    """Both ends of the line between those who ask and the workers."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def put(self, article: bytes, *, timeout_s: float) -> bytes:
        """Ask for a dry run and wait for the answer.

        Raises:
            WorkerBusy: too many wait, or nobody answered in time.
        """
        keys = self._log.keys
        ask = Ask(
            id=secrets.token_hex(12),
            deadline_ms=int((time.time() + timeout_s) * 1000),
            article=msgspec.Raw(article),
        )
        with named_errors():
            if await self._log.server.pool.llen(keys.asks) >= MAX_WAITING:
                raise WorkerBusy
            await self._log.server.pool.rpush(keys.asks, msgspec.json.encode(ask))
            async with self._log.server.connection(block_s=timeout_s) as client:
                found = await client.blpop([keys.answer(ask.id)], timeout=timeout_s)
        if found is None:
            raise WorkerBusy
        return bytes(found[1])

    async def take(self, client: Client, *, block_s: float) -> Ask | None:
        """Wait for an ask whose asker still waits, on a connection of one's own."""
        with named_errors():
            found = await client.blpop([self._log.keys.asks], timeout=block_s)
        if found is None:
            return None
        ask = msgspec.json.decode(found[1], type=Ask)
        return ask if ask.deadline_ms > time.time() * 1000 else None

    async def answer(self, ask: Ask, document: bytes) -> None:
        """Give the answer; it is forgotten by itself if the asker has left."""
        key = self._log.keys.answer(ask.id)
        with named_errors():
            async with self._log.server.pool.pipeline(transaction=True) as pipe:
                pipe.rpush(key, document)
                pipe.pexpire(key, max(1000, ask.deadline_ms - int(time.time() * 1000)))
                await pipe.execute()
