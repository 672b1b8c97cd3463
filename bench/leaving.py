"""Follows a feed many times over until every stream has ended; counts those that were told goodbye.

`leaving.py PORT COUNT` prints how many are connected, and at the end what came of it, as JSON.
"""

import asyncio
import json
import sys
from typing import Final, cast

import uvloop

CONNECT_S: Final = 30.0
LEAVE_S: Final = 30.0
AT_ONCE: Final = 100
_REQUEST: Final = b"GET /v1/feed HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n"


class Follower(asyncio.Protocol):
    """One stream; `told` once it was said goodbye, `is_whole` once the body has ended as it should."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.first: asyncio.Future[None] = loop.create_future()
        self.over: asyncio.Future[None] = loop.create_future()
        self.told = self.is_whole = False
        self._tail = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast("asyncio.Transport", transport).write(_REQUEST)  # uvloop's own is none by class

    def data_received(self, data: bytes) -> None:
        seen = self._tail + data
        if not self.first.done() and b"event: position" in seen:
            self.first.set_result(None)
        self.told = self.told or b"event: goodbye" in seen
        self.is_whole = seen.endswith(b"0\r\n\r\n")
        self._tail = seen[-200:]

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's signature
        for each in (self.first, self.over):
            if not each.done():
                each.set_result(None)


async def follow(port: int, count: int) -> None:
    """Run it."""
    loop = asyncio.get_running_loop()
    places = asyncio.Semaphore(AT_ONCE)

    async def connected() -> Follower:
        async with places, asyncio.timeout(CONNECT_S):
            _, follower = await loop.create_connection(lambda: Follower(loop), "127.0.0.1", port)
            await follower.first
            return follower

    everybody = await asyncio.gather(*(connected() for _ in range(count)))
    print(sum(not each.over.done() for each in everybody), flush=True)
    await asyncio.wait([each.over for each in everybody], timeout=LEAVE_S)
    told = sum(each.told for each in everybody)
    ended = sum(each.is_whole for each in everybody)
    print(json.dumps({"goodbye": told, "goodbye_percent": 100 * told / count, "ended_percent": 100 * ended / count}))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(follow(int(sys.argv[1]), int(sys.argv[2])))
