"""`/v1/feed`: the live feed over Server-Sent Events. From here on no framework layer is paid per event."""

import asyncio
import random
import time
from asyncio import Transport
from functools import lru_cache
from typing import Annotated, Any, Final

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, QueryParameter
from litestar.types import ASGIApp, Receive, Scope, Send

from missionwire.domain.errors import (
    Draining,
    FaultyParameter,
    FeedFull,
    MissionwireError,
    ServerAway,
    StoreFull,
    Unavailable,
)
from missionwire.domain.filter import Filter
from missionwire.domain.position import Position
from missionwire.feed.direct import DirectSubscriber
from missionwire.feed.frames import chunk, control_frame
from missionwire.feed.hub import Cors, Hub
from missionwire.feed.start import Start, Wish, check_wish, find_start, parse_since, wished_position
from missionwire.feed.subscriber import Subscriber, Wishes
from missionwire.web.connection import Handover, handover_of
from missionwire.web.handlers import Answer, Route
from missionwire.web.parameters import FILTERED, Since, Until, refuse_repeated, refuse_unknown
from missionwire.web.services import services_of

EVENT_STREAM: Final = "text/event-stream"
MAX_SPEED: Final = 100_000.0

_HEAD: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
]
_ONCE: Final = ("since", "until", "occurred_since", "occurred_until", "last_event_id", "limit", "speed")


@Route(
    "/v1/feed",
    http_method="GET",
    dependencies=FILTERED,
    media_type=EVENT_STREAM,
    summary="Follow the feed",
    tags=["read"],
    operation_id="followFeed",
)
async def follow_feed(
    request: Request[Any, Any, Any],
    wanted: NamedDependency[Filter],
    since: Since = None,
    until: Until = None,
    last_event_id: Annotated[
        str | None, QueryParameter(description="As the header, for clients that cannot send one; the header wins.")
    ] = None,
    last_event_id_header: Annotated[
        str | None, HeaderParameter(name="Last-Event-ID", description="The id of the last frame: go on after it.")
    ] = None,
    limit: Annotated[int | None, QueryParameter(ge=1, description="End after so many mission events.")] = None,
    speed: Annotated[
        float | None,
        QueryParameter(gt=0, le=MAX_SPEED, description="Replay the past at this pace of `time`, then go live."),
    ] = None,
) -> Response[bytes]:
    """Follow mission events as Server-Sent Events: `id` is the position, `data` the whole CloudEvent on one line.

    Mission events have no `event:` field. Control frames are named: `position`, `gap`, `end`, `goodbye`, `busy`.
    Come back with `Last-Event-ID` to get exactly what came after.
    """
    refuse_unknown(request, *_ONCE, has_filters=True)
    refuse_repeated(request, _ONCE)
    wish = Wish(last_event_id_header or last_event_id, since)
    check_wish(wish)
    wishes = Wishes(
        filter=wanted,
        until_ms=_until(until),
        limit=limit,
        speed=speed,
    )
    if speed is not None and since is None and wish.last_event_id is None:
        raise FaultyParameter("speed", "needs a start in the past: since= or last_event_id=")
    position = wished_position(wish)
    if isinstance(position, Position) and position.is_end:
        return Response(b"", status_code=204)
    return await _open(request, services_of(request).hub, wish, wishes)


def _until(until: str | None) -> int | None:
    if until in (None, "all"):
        return None
    return parse_since("until", until or "", int(time.time() * 1000))


async def _open(request: Request[Any, Any, Any], hub: Hub, wish: Wish, wishes: Wishes) -> Response[bytes]:
    try:
        _admit(hub)
        start = await find_start(hub.log, hub.wire, wish, hub.now)
    except (Unavailable, StoreFull) as error:
        hub.refused += 1
        if EVENT_STREAM not in request.headers.get("accept", ""):
            raise
        return _busy(hub, error)
    return Answer(_stream(hub, start, wishes))


def _admit(hub: Hub) -> None:
    if hub.is_draining:
        raise Draining
    if hub.is_away:
        raise ServerAway("The store does not answer. Try again.")
    if hub.subscribers >= hub.limits.max_subscribers:
        raise FeedFull


def _busy(hub: Hub, error: MissionwireError) -> Response[bytes]:
    """Answer an EventSource, which gives up for good on anything but 200, with a frame that lets it come back."""
    wait_s = error.retry_after_s if isinstance(error, Unavailable) else hub.limits.retry_ms / 1000
    retry_ms = int(wait_s * 1000 * random.uniform(0.5, 1.5))  # noqa: S311  # spread
    body = control_frame("busy", None, {"reason": error.detail, "retry_ms": retry_ms}, retry_ms)
    return Response(
        body,
        media_type=EVENT_STREAM,
        headers={"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"},
    )


def _stream(hub: Hub, start: Start, wishes: Wishes) -> ASGIApp:
    """Give the app that writes the stream: by the connection itself where it can be had, else by ASGI messages."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        handover = handover_of(scope)
        if handover is not None and hub.limits.is_direct and wishes.is_plain:
            _hand_over(hub, start, wishes, handover, _origin(scope))
            return
        channel = hub.enter(wishes.filter)
        subscriber = Subscriber(hub, channel, start, wishes)
        gone = asyncio.create_task(_until_gone(receive))
        task = asyncio.current_task()
        gone.add_done_callback(lambda _: task.cancel() if task is not None else None)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEAD})
            async for piece in subscriber.frames(start):
                # a reader that takes nothing for this long is closed; it can come back with its last id
                async with asyncio.timeout(hub.limits.write_timeout_s):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            if handover is not None:
                handover.abort()  # its socket is full: a close would wait for it
        except asyncio.CancelledError:
            if not gone.done() and task is not None and task.cancelling():
                raise
        finally:
            hub.leave(channel)
            gone.cancel()

    return app


def _origin(scope: Scope) -> bytes | None:
    return next((value for name, value in scope["headers"] if name == b"origin"), None)


def _hand_over(hub: Hub, start: Start, wishes: Wishes, handover: Handover, origin: bytes | None) -> None:
    """Take the connection, and write head and first frame at once; the request and its objects are let go."""
    channel = hub.enter(wishes.filter)

    def make(transport: Transport) -> DirectSubscriber:
        return DirectSubscriber(hub.fanout, channel, transport, start.position, is_chunked=handover.is_chunked)

    subscriber = handover.take(make)
    if subscriber is None:
        hub.leave(channel)
        return
    first = hub.first_frame(start)
    head = _direct_head(hub.limits.cors, origin, is_chunked=handover.is_chunked)
    hub.fanout.join(subscriber, head + (chunk(first) if handover.is_chunked else first))


@lru_cache(maxsize=256)
def _direct_head(cors: Cors, origin: bytes | None, *, is_chunked: bool) -> bytes:
    framing = b"transfer-encoding: chunked" if is_chunked else b"connection: close"
    lines = [b"HTTP/1.1 200 OK", *(b"%b: %b" % header for header in _HEAD), framing]
    if origin is not None:
        lines += [b"%b: %b" % header for header in cors.headers_for(origin)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


HANDLERS: Final = (follow_feed,)
