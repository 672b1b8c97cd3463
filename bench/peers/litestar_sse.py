"""The peer of the feed: the same wire, served by Litestar's own ServerSentEvent as its documentation shows it.

One reader of the stream in the process, a queue for each subscriber. It has no ids, filters, history, gaps or limits.
"""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from litestar import Litestar, get
from litestar.response import ServerSentEvent, ServerSentEventMessage
from redis.asyncio import Redis

URL, STREAM = sys.argv[1], sys.argv[2]
QUEUES: set["asyncio.Queue[bytes]"] = set()


async def read() -> None:
    """Hand every event of the stream to every queue."""
    redis: Any = Redis.from_url(URL, protocol=2)  # its answers have no types
    last: bytes | str = "$"
    while True:
        for _, entries in await redis.xread({STREAM: last}, count=1000, block=5000) or ():
            last = entries[-1][0]
            for _, fields in entries:
                for queue in QUEUES:
                    queue.put_nowait(fields[b"event"])


@get("/events")
async def events() -> ServerSentEvent:
    """Follow the stream."""

    async def messages() -> AsyncIterator[ServerSentEventMessage]:
        queue: asyncio.Queue[bytes] = asyncio.Queue()
        QUEUES.add(queue)
        try:
            yield ServerSentEventMessage(comment="ok")
            while True:
                yield ServerSentEventMessage(data=(await queue.get()).decode())
        finally:
            QUEUES.discard(queue)

    return ServerSentEvent(messages())


@asynccontextmanager
async def lifespan(_: Litestar) -> AsyncIterator[None]:
    """Read as long as the app lives."""
    task = asyncio.create_task(read())
    yield
    task.cancel()


class Server(uvicorn.Server):
    """Says where it listens."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or ():
            print("port", listener.getsockname()[1], flush=True)


def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    app: Any = Litestar([events], lifespan=[lifespan])
    config = uvicorn.Config(
        app, loop="uvloop", http="httptools", access_log=False, log_level="warning", timeout_graceful_shutdown=1
    )
    Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
