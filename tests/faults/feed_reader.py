"""A raw reader of the feed that checks each frame as it comes, and comes back with its last id."""

import asyncio
import json
import socket
from collections.abc import Callable
from typing import Any

from litestar.types import ASGIApp

from tests.faults.wire_writer import Writer, Written

CHUNKED = b"transfer-encoding: chunked"


class Unframed:
    """Takes the bytes of one response, strictly, and gives what its body holds."""

    def __init__(self, *, is_chunkable: bool = True) -> None:
        self.head = b""
        self._is_chunkable = is_chunkable
        self.is_over = False
        self._rest = b""

    def take(self, data: bytes) -> bytes:
        """Take bytes as they came; gives those of the body."""
        self._rest += data
        if not self.head:
            head, end, rest = self._rest.partition(b"\r\n\r\n")
            if not end:
                return b""
            assert head.startswith(b"HTTP/1.1 200 OK\r\n"), head
            self.head, self._rest = head, rest
            assert self._is_chunkable or CHUNKED not in head.lower(), "a client of HTTP/1.0 knows no chunks"
        if CHUNKED not in self.head.lower():
            body, self._rest = self._rest, b""
            return body
        return self._chunks()

    def _chunks(self) -> bytes:
        body = b""
        while True:
            line, end, rest = self._rest.partition(b"\r\n")
            if not end or len(rest) < int(line, 16) + 2:
                assert end or len(line) < 20, line
                return body
            assert not self.is_over, f"after the last chunk came {self._rest[:80]!r}"
            size = int(line, 16)
            assert rest[size : size + 2] == b"\r\n", rest[:80]
            body += rest[:size]
            self._rest = rest[size + 2 :]
            self.is_over = size == 0


class History:
    """All that one follower was given, over all its connections.

    The one rule, checked at each id: what was delivered is exactly what its filter passes between the place where it
    started and that id, but for what a `gap` told. So an id never claims too much (a hole for who comes back with it)
    nor too little (a repeat).
    """

    def __init__(self, writer: Writer, passes: Callable[[Written], bool]) -> None:
        self._writer = writer
        self._passes = passes
        self.place, self.epoch, self.n = "", "", 0
        self.named: list[str] = []
        self.delivered: list[int] = []

    def start(self, place: str) -> None:
        """Start after a place."""
        self.place = place
        self.epoch, self.n = _parts(place)

    def take(self, frame: str) -> None:
        """Take one frame."""
        fields = dict(line.partition(": ")[::2] for line in frame.split("\n") if line and not line.startswith(":"))
        if not fields:
            return
        name, place = fields.get("event", ""), fields.get("id", self.place).removesuffix(".end")
        self.named.append(f"{name}:{place}" + (fields["data"] if name == "gap" else ""))
        if name == "gap":
            self._gap(json.loads(fields["data"]), place)
            return
        if not self.place:
            self.start(place)
        delivered = []
        if not name:
            data = json.loads(fields["data"])
            assert data["position"] == place, frame
            assert place in [w.position for w in self._log_of(place) if w.id == data["id"]], frame
            delivered = [_parts(place)[1]]
        self._go_to(place, delivered)

    def _go_to(self, place: str, delivered: list[int]) -> None:
        epoch, n = _parts(place)
        if epoch != self.epoch:
            assert self.n <= self._writer.forks.get(self.epoch, -1), f"another log without a word: {self}"
        due = [w.n for w in self._log_of(place) if self.n < w.n <= n and self._passes(w)]
        assert delivered == due, f"{delivered} came, {due} were due: {self}"
        assert n >= self.n, f"back from {self.n} to {place}: {self}"
        self.delivered += delivered
        self.place, self.epoch, self.n = place, epoch, n

    def _log_of(self, place: str) -> list[Written]:
        return self._writer.logs.get(_parts(place)[0], [])

    def __str__(self) -> str:
        return f"at {self.place} after {self.named[-12:]}; written: {[w.n for w in self._writer.written][-12:]}"

    def _gap(self, told: dict[str, object], place: str) -> None:
        epoch, n = _parts(place)
        if told["reason"] == "trimmed":
            assert epoch == self.epoch
            self._go_to(str(told["from"]), [])  # further on than what was told, if all between was filtered out
            assert told["to"] == place, f"{told}: {self}"
            assert told["count"] == n - self.n > 0, told
            assert any(w.position == f"{place.rpartition('-')[0]}-{n + 1}" for w in self._log_of(place)), (
                f"{told}: {self}"
            )
        else:
            assert told["reason"] in ("epoch", "ahead"), told
            assert n == 0 or place in [w.position for w in self._log_of(place)], f"{told} leads nowhere: {self}"
        self.place, self.epoch, self.n = place, epoch, n

    @property
    def is_complete(self) -> bool:
        """Whether the last event that passes has come."""
        last = next((w for w in reversed(self._writer.written) if self._passes(w)), None)
        return last is None or (self.epoch == last.epoch and self.n >= last.n)


def _parts(place: str) -> tuple[str, int]:
    epoch, _, rest = place.partition(".")
    return epoch, int(rest.partition("-")[2])


class Reader:
    """One follower: a socket that reads only when told to, and connects anew with the last id when told to."""

    def __init__(self, history: History, *, query: str = "", http: str = "1.1") -> None:
        self.history = history
        self.is_closed = True
        self.has_begun = False
        self._query = query
        self._http = http
        self._socket: socket.socket | None = None
        self._answer = Unframed()
        self._rest = ""

    def connect(self, port: int, *, buffer_bytes: int = 4096) -> None:
        """Connect and ask; nothing is read yet."""
        self.close()
        self._begin()
        self._socket = connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer_bytes)
        connection.settimeout(10)
        connection.connect(("127.0.0.1", port))
        lines = [f"GET /v1/feed{self._query} HTTP/{self._http}", "Host: x", "Accept: text/event-stream"]
        if self.history.place:
            lines.append(f"Last-Event-ID: {self.history.place}")
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        connection.settimeout(0)

    def _begin(self) -> None:
        self._answer, self._rest = Unframed(is_chunkable=self._http != "1.0"), ""
        self.is_closed = self.has_begun = False

    def read(self, max_bytes: int = 1 << 20) -> None:
        """Take what is there, at most so much."""
        while max_bytes > 0 and not self.is_closed:
            try:
                data = self._receive(min(max_bytes, 1 << 16))
            except BlockingIOError:
                return
            except ConnectionResetError:
                data = b""
            if not data:
                self.is_closed = True
                return
            max_bytes -= len(data)
            self._take(self._answer.take(data))

    def _receive(self, max_bytes: int) -> bytes:
        assert self._socket is not None
        return self._socket.recv(max_bytes)

    def _take(self, body: bytes) -> None:
        *frames, self._rest = (self._rest + body.decode()).split("\n\n")
        for frame in frames:
            self.has_begun = True
            if "event: busy" in frame:
                self.is_closed = True  # an answer of its own, after which the connection may live on
                return
            self.history.take(frame)

    def close(self) -> None:
        """Close, or do nothing."""
        if self._socket is not None:
            self._socket.close()
        self.is_closed = True

    @property
    def is_complete(self) -> bool:
        """Whether all that is written was read."""
        self.read()
        return self.history.is_complete


class AppReader(Reader):
    """A follower that calls the app itself, as another ASGI server would."""

    def __init__(self, history: History, app: ASGIApp, *, query: str = "") -> None:
        super().__init__(history, query=query)
        self._app = app
        self._task: asyncio.Task[None] | None = None

    def connect(self, port: int, *, buffer_bytes: int = 4096) -> None:  # noqa: ARG002  # there is no socket
        self.close()
        self._begin()
        self._buffer = bytearray()
        self._buffer_bytes = buffer_bytes
        self._has_room, self._is_gone = asyncio.Event(), asyncio.Event()
        self._task = asyncio.get_running_loop().create_task(self._ask())

    async def _ask(self) -> None:
        headers = [(b"host", b"x"), (b"accept", b"text/event-stream")]
        if self.history.place:
            headers.append((b"last-event-id", self.history.place.encode()))
        scope: Any = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "2",
            "method": "GET",
            "scheme": "http",
            "path": "/v1/feed",
            "raw_path": b"/v1/feed",
            "query_string": self._query[1:].encode(),
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
        }
        asked = iter([{"type": "http.request", "body": b"", "more_body": False}])
        # what an app still sends to who has left goes nowhere, and not to the next connection
        buffer, has_room, gone = self._buffer, self._has_room, self._is_gone

        async def receive() -> Any:
            if (first := next(asked, None)) is not None:
                return first
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            while len(buffer) > self._buffer_bytes and not gone.is_set():
                has_room.clear()
                await has_room.wait()
            if not gone.is_set():
                buffer.extend(message.get("body", b""))

        await self._app(scope, receive, send)

    def _receive(self, max_bytes: int) -> bytes:
        data = bytes(self._buffer[:max_bytes])
        del self._buffer[:max_bytes]
        self._has_room.set()
        if not data and self._task is not None and not self._task.done():
            raise BlockingIOError
        return data

    def read(self, max_bytes: int = 1 << 20) -> None:
        while max_bytes > 0 and not self.is_closed:
            try:
                data = self._receive(max_bytes)
            except BlockingIOError:
                return
            self.is_closed = not data
            max_bytes -= len(data)
            self._take(data)

    def close(self) -> None:
        if self._task is not None:
            self._is_gone.set()
            self._has_room.set()
        self.is_closed = True
