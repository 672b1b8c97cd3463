"""Frames of the feed, as bytes of `text/event-stream`. Pure."""

import random
from typing import Any, Final, Literal, TypeAlias

import msgspec

from missionwire.domain.position import Position
from missionwire.domain.serving import served
from missionwire.store.log import Gone

Control: TypeAlias = Literal["position", "gap", "end", "goodbye", "busy"]

COMMENT: Final = b":\n"
"""What is sent when nothing else is to be said: a reader that hears nothing for 45 s should connect anew.

No empty line follows it: after one, httpx-sse hands its user a message without data.
"""


def event_frame(position: Position, payload: bytes) -> bytes:
    """Make the frame of a mission event: no `event:`, so that `onmessage` gets it; the data is one line of JSON."""
    place = str(position)
    return b"id: %b\ndata: %b\n\n" % (place.encode(), served(payload, place))


def chunk(data: bytes) -> bytes:
    """Wrap bytes as one chunk of HTTP/1.1, once for all who get them."""
    return b"%x\r\n%b\r\n" % (len(data), data)


def unchunked(data: bytes) -> bytes:
    """Give the bytes that one chunk or several hold."""
    parts: list[bytes] = []
    place = 0
    while place < len(data):
        start = data.index(b"\n", place) + 1
        end = start + int(data[place : start - 2], 16)
        parts.append(data[start:end])
        place = end + 2
    return b"".join(parts)


def control_frame(
    name: Control, position: Position | None, data: dict[str, Any] | None = None, retry_ms: int | None = None
) -> bytes:
    """Make a named frame. It has data always, since real clients take an id only from a frame that has some."""
    lines = [f"event: {name}"]
    if position is not None:
        lines.append(f"id: {position}")
    if retry_ms is not None:
        lines.append(f"retry: {retry_ms}")
    lines.append(f"data: {msgspec.json.encode(data or {}).decode()}")
    return ("\n".join(lines) + "\n\n").encode()


def gap_frame(gone: Gone, place: Position, retry_ms: int | None = None) -> bytes:
    """Make the frame that tells what is missing, why, and where it can be read instead; `place` is where it goes on."""
    data = {
        "reason": gone.reason,
        "from": str(gone.from_) if gone.from_ else None,
        "to": str(gone.to) if gone.to else None,
        "count": gone.missing,
        "link": f"/v1/events?after={gone.restart}" if gone.restart else "/v1/events",
    }
    return control_frame("gap", place, data, retry_ms)


def goodbye_frame(place: Position, spread_s: float) -> bytes:
    """Make the frame of a drain: the client comes back after a wait of its own, so that not all come at once."""
    return control_frame("goodbye", place, retry_ms=500 + random.randrange(max(1, int(spread_s * 1000))))  # noqa: S311  # spread
