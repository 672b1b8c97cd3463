"""Frames of the feed, as bytes of `text/event-stream`. Pure."""

from typing import Any, Final, Literal, TypeAlias

import msgspec

from missionwire.domain.position import Position
from missionwire.domain.serving import served

Control: TypeAlias = Literal["position", "gap", "end", "goodbye", "busy"]

COMMENT: Final = b":\n"
"""What is sent when nothing else is to be said: a reader that hears nothing for 45 s should connect anew.

No empty line follows it: after one, httpx-sse hands its user a message without data.
"""


def event_frame(position: Position, payload: bytes) -> bytes:
    """Make the frame of a mission event: no `event:`, so that `onmessage` gets it; the data is one line of JSON."""
    place = str(position)
    return b"id: %b\ndata: %b\n\n" % (place.encode(), served(payload, place))


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
