"""Litestar as its documentation shows it: Channels on the Redis stream backend, a `ServerSentEvent` each."""

import os
from collections.abc import AsyncIterator

from litestar import Litestar, get
from litestar.channels import ChannelsPlugin
from litestar.channels.backends.redis import RedisChannelsStreamBackend
from litestar.response import ServerSentEvent, ServerSentEventMessage
from redis.asyncio import Redis

# 100 ms between two looks of a process that nobody follows yet: the default of 1 ms would cost CPU before the run
BACKEND = RedisChannelsStreamBackend(
    history=1000, redis=Redis(port=int(os.environ["REDIS_PORT"])), stream_sleep_no_subscriptions=100
)
CHANNELS = ChannelsPlugin(backend=BACKEND, channels=["events"], create_ws_route_handlers=False)


@get("/events")
async def events(channels: ChannelsPlugin) -> ServerSentEvent:
    """Follow the channel."""

    async def messages() -> AsyncIterator[ServerSentEventMessage]:
        yield ServerSentEventMessage(comment="ok")
        async with channels.start_subscription(["events"]) as subscriber:
            async for event in subscriber.iter_events():
                yield ServerSentEventMessage(data=event.decode())

    return ServerSentEvent(messages())


app = Litestar([events], plugins=[CHANNELS])
