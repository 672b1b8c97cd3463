"""sse-starlette with one reader of a Redis channel in the process, and a queue for each subscriber."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator

from redis.asyncio import Redis
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

QUEUES: set["asyncio.Queue[str]"] = set()


async def events(_: Request) -> EventSourceResponse:
    """Follow the channel."""

    async def messages() -> AsyncIterator[dict[str, str]]:
        queue: asyncio.Queue[str] = asyncio.Queue(1024)
        QUEUES.add(queue)
        try:
            yield {"comment": "ok"}
            while True:
                yield {"data": await queue.get()}
        finally:
            QUEUES.discard(queue)

    return EventSourceResponse(messages(), ping=3600)


async def read() -> None:
    """Hand every message of the channel to every queue."""
    async with Redis(port=int(os.environ["REDIS_PORT"])) as redis, redis.pubsub() as channel:
        await channel.subscribe("events")
        async for message in channel.listen():
            if message["type"] == "message":
                for queue in QUEUES:
                    queue.put_nowait(message["data"].decode())


@contextlib.asynccontextmanager
async def lifespan(_: Starlette) -> AsyncIterator[None]:
    """Read as long as the app lives."""
    task = asyncio.create_task(read())
    yield
    task.cancel()


app = Starlette(routes=[Route("/events", events)], lifespan=lifespan)
