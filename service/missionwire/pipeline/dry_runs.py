"""Dry runs: articles that somebody waits for, run beside the inbox, a few at a time, and never stored."""

import asyncio
import logging
import time
from typing import Final

import msgspec

from missionwire.domain.article import SentArticle
from missionwire.domain.errors import MissionwireError
from missionwire.pipeline.pipeline import Pipeline
from missionwire.store.asks import Ask, Asks
from missionwire.store.log import Log
from missionwire.store.server import Client

AT_ONCE: Final = 4
"""One that waits long does not hold up the others; more than these wait in line, or go to another worker."""

BLOCK_S: Final = 1.0

_LOG: Final = logging.getLogger("missionwire.worker")


class DryRuns:
    """Takes asks and answers them. No entry of the inbox is in hand for one, so its end accuses nothing."""

    def __init__(self, log: Log, pipeline: Pipeline) -> None:
        self._server = log.server
        self._asks = Asks(log)
        self._pipeline = pipeline

    async def serve(self) -> None:
        """Answer until cancelled.

        Raises:
            ServerAway: no more asks can be taken.
        """
        places = asyncio.Semaphore(AT_ONCE)
        running: set[asyncio.Task[None]] = set()

        def ended(task: asyncio.Task[None]) -> None:
            running.discard(task)
            places.release()

        try:
            async with self._server.connection(block_s=BLOCK_S) as client:
                while True:
                    await places.acquire()
                    ask = await self._take(client)
                    if ask is None:
                        places.release()
                        continue
                    task = asyncio.create_task(self._answer(ask))
                    running.add(task)
                    task.add_done_callback(ended)
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _take(self, client: Client) -> Ask | None:
        try:
            return await self._asks.take(client, block_s=BLOCK_S)
        except msgspec.DecodeError:
            _LOG.exception("an ask for a dry run cannot be read; another version put it")
            return None

    async def _answer(self, ask: Ask) -> None:
        """Answer one while somebody waits for it; whatever comes of it, the worker goes on."""
        try:
            async with asyncio.timeout(ask.deadline_ms / 1000 - time.time()):
                done = await self._pipeline.article(msgspec.json.decode(ask.article, type=SentArticle))
                await self._asks.answer(ask, msgspec.json.encode(done.document))
        except TimeoutError:
            _LOG.info("a dry run took longer than its asker waits")
        except MissionwireError as error:
            _LOG.warning("a dry run could not be answered: %s: %s", type(error).__name__, error)
        except Exception:  # a fault of our own
            _LOG.exception("a dry run failed")
