"""A subscriber that has its connection to itself: a position, a filter and a transport, and nothing of the web server.

    live ──short write──> paused ──buffer empty──> behind ──caught up──> live
                            └── nothing taken for a named time: closed

A live one stands at the tip and is written to by the pass. A paused one has a full socket and keeps a position, not
bytes. One that is behind is served from the ring, or in fair order from the log.
"""

import asyncio
import contextlib
import socket
import struct
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from missionwire.domain.position import Position
from missionwire.feed.frames import COMMENT, chunk, control_frame, unchunked

if TYPE_CHECKING:
    from missionwire.feed.channels import Channel
    from missionwire.feed.fanout import Fanout

LAST_CHUNK = b"0\r\n\r\n"
"""What ends a chunked body."""


_LINGER_NOT = struct.pack("ii", 1, 0)


def cut(transport: asyncio.Transport) -> None:
    """Close a connection at once. A plain close would leave the kernel with all that its reader never took."""
    connection = transport.get_extra_info("socket")
    if connection is not None:
        with contextlib.suppress(OSError):  # it is closed already
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
    transport.abort()


class Piece(NamedTuple):
    """What is written to all who stand at one place with one filter: so many `events`, which lead to `ms` and `n`.

    `told_n` is the place that the last of them tells.
    """

    data: bytes
    ms: int
    n: int
    told_n: int
    events: int


class DirectSubscriber(asyncio.Protocol):
    """One of many thousands: kept small. `n` and `ms` are the place up to which all was sent or filtered out.

    `put` writes whole chunks; a client of HTTP/1.0, such as some proxies are, gets what they hold.
    """

    __slots__ = (
        "channel",
        "epoch",
        "fanout",
        "is_chunked",
        "is_paused",
        "ms",
        "n",
        "paused_s",
        "put",
        "told_n",
        "transport",
    )

    def __init__(
        self,
        fanout: "Fanout",
        channel: "Channel",
        transport: asyncio.Transport,
        place: Position,
        *,
        is_chunked: bool = True,
    ) -> None:
        self.fanout = fanout
        self.channel = channel
        self.transport = transport
        self.epoch = place.epoch
        self.ms = place.ms
        self.n = place.n
        self.told_n = place.n
        self.is_chunked = is_chunked
        self.put: Callable[[bytes], None] = transport.write if is_chunked else self._put_unchunked
        self.is_paused = False
        self.paused_s = 0.0

    # --- what the event loop calls --------------------------------------------------------------------------------

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's signature
        """Leave: the client hung up, or was closed."""
        self.fanout.left(self)

    def data_received(self, data: bytes) -> None:
        """Pass over what a client sends after its request; it is no place to pipeline."""

    def eof_received(self) -> bool:
        """Close when the client closes its half: it will not read for long."""
        return False

    def pause_writing(self) -> None:
        """Note a short write; called within `write`, for the limit of the buffer is one byte."""
        self.is_paused = True
        self.paused_s = time.monotonic()
        self.fanout.paused(self)

    def resume_writing(self) -> None:
        """Go on once the socket took everything."""
        self.is_paused = False
        self.fanout.resumed(self)

    # --- what the fanout calls ------------------------------------------------------------------------------------

    @property
    def place(self) -> Position:
        """The place up to which all was sent or filtered out."""
        return Position(self.epoch, self.ms, self.n)

    @property
    def is_here(self) -> bool:
        """Whether its connection is open."""
        return not self.transport.is_closing()

    def open(self, head: bytes, piece: Piece | None) -> None:
        """Write the head of the response, with what there is after it, at once."""
        if piece is None:
            self.transport.write(head)
            return
        self._move_to(piece)
        self.transport.write(head + (piece.data if self.is_chunked else unchunked(piece.data)))

    def take(self, piece: Piece) -> None:
        """Write a piece."""
        self._move_to(piece)
        if piece.data:
            self.put(piece.data)

    def _move_to(self, piece: Piece) -> None:
        """Move on: before the write, for that may call back."""
        self.ms, self.n = piece.ms, piece.n
        if piece.data:
            self.told_n = piece.told_n

    def _put_unchunked(self, data: bytes) -> None:
        self.transport.write(unchunked(data))

    def beat(self, position: Position) -> None:
        """Say something, so that the client knows it is alive: the place if it moved, else nothing but a comment."""
        if self.told_n != position.n:
            self.ms, self.n, self.told_n = position.ms, position.n, position.n
            self.put(chunk(control_frame("position", position)))
        else:
            self.put(chunk(COMMENT))

    def end(self, frame: bytes) -> None:
        """Send a last frame and close once it is out."""
        self.put(chunk(frame) + (LAST_CHUNK if self.is_chunked else b""))
        self.transport.close()

    def abort(self) -> None:
        """Close at once, whatever is still unsent."""
        cut(self.transport)
