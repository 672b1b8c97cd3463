"""Many raw readers at once, driven by one thread: what they were given is looked at in the end."""

import re
import selectors
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from tests.faults.feed_reader import Unframed

_EVENT: Final = re.compile(rb'^id: (\S+-(\d+))\ndata: \{"specversion"', re.MULTILINE)
_ID: Final = re.compile(rb"^id: (\S+)$", re.MULTILINE)


class Member:
    """One reader: a socket and all that came of it, over all its connections."""

    def __init__(self, query: str = "", place: str = "") -> None:
        self.query = query
        self.place = place
        self.is_closed = True
        self.ordinals: list[int] = []
        self.named: list[bytes] = []
        self._raw = bytearray()

    def connect(self, port: int, *, buffer_bytes: int | None = None) -> None:
        """Connect and ask, from the last id if there is one."""
        self.socket = socket.socket()
        if buffer_bytes is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer_bytes)
        self.socket.settimeout(30)
        self.socket.connect(("127.0.0.1", port))
        place = f"Last-Event-ID: {self.place}\r\n" if self.place else ""
        self.socket.sendall(f"GET /v1/feed{self.query} HTTP/1.1\r\nHost: x\r\n{place}\r\n".encode())
        self.socket.settimeout(0)
        self.is_closed = False
        self._raw = bytearray()

    def receive(self) -> None:
        """Take what is there."""
        try:
            data = self.socket.recv(1 << 18)
        except BlockingIOError:
            return
        except ConnectionResetError:
            data = b""
        self._raw += data
        self.is_closed = not data

    def close(self) -> None:
        """Close the socket."""
        self.socket.close()
        self.is_closed = True

    def look(self) -> None:
        """Take the frames of this connection apart; one that is not whole is none."""
        body = Unframed().take(bytes(self._raw)).rpartition(b"\n\n")[0] + b"\n\n"
        self.ordinals += [int(found[2]) for found in _EVENT.finditer(body)]
        self.named += re.findall(rb"^event: (\w+)$", body, re.MULTILINE)
        if ids := _ID.findall(body):
            self.place = ids[-1].decode()

    @property
    def has_begun(self) -> bool:
        """Whether the first frame of this connection has come."""
        return b"\n\n" in self._raw

    def has(self, part: bytes) -> bool:
        """Whether these bytes have come of late."""
        return part in self._raw[-20_000:]


class Crowd:
    """Readers on one thread."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.members = members

    def connect(self, port: int, *, buffer_bytes: int | None = None) -> None:
        """Connect all, one right after the other, and wait for nothing."""
        for member in self.members:
            member.connect(port, buffer_bytes=buffer_bytes)

    def read_until_begun(self, timeout_s: float = 30) -> None:
        """Read until everybody has the first frame, and no more than one piece of each."""
        self._read(lambda member: member.has_begun, self.members, timeout_s)

    def read_until(self, place: str, timeout_s: float = 60) -> None:
        """Read until everybody has the event at a position, the end of its frame with it."""
        wanted = f'"position":"{place}"}}\n\n'.encode()
        self._read(lambda member: member.has(wanted), self.members, timeout_s)

    def read_to_the_end(self, timeout_s: float = 30) -> None:
        """Read until every connection is closed by the other side."""
        self._read(lambda member: member.is_closed, self.members, timeout_s)

    def _read(self, is_done: Callable[[Member], bool], members: Iterable[Member], timeout_s: float) -> None:
        give_up_s = time.monotonic() + timeout_s
        with selectors.DefaultSelector() as selector:
            left = 0
            for member in members:
                if not is_done(member):
                    selector.register(member.socket, selectors.EVENT_READ, member)
                    left += 1
            while left:
                assert time.monotonic() < give_up_s, f"{left} readers wait for something"
                for key, _ in selector.select(1):
                    key.data.receive()
                    if is_done(key.data) or key.data.is_closed:
                        assert is_done(key.data), "closed before it had all"
                        selector.unregister(key.fileobj)
                        left -= 1

    def close(self) -> None:
        """Close all, and take apart what came."""
        for member in self.members:
            member.close()
            member.look()
