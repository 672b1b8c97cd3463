"""Clients that connect and abort, at every phase of a connection's life. A program: PORT COUNT PLACE."""

import contextlib
import socket
import struct
import sys
from collections import deque

RST = struct.pack("ii", 1, 0)
HELD = 200
"""So many connections are held open for a while, live or lagging, before they are aborted."""


def ask(path: str, place: str = "", http: str = "1.1") -> bytes:
    last = f"Last-Event-ID: {place}\r\n" if place else ""
    return f"GET {path} HTTP/{http}\r\nHost: x\r\n{last}\r\n".encode()


def phases(place: str) -> list[tuple[str, bytes, int]]:
    """Name, what is sent, and what then: bytes to read at once, or -1 to be held for a while without reading."""
    post = b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n"
    feed, other = ask("/v1/feed"), ask("/v1/events?limit=1")
    return [
        ("nothing asked", b"", 0),
        ("half a request", feed[:20], 0),
        ("before the head", feed, 0),
        ("at the head", feed, 10),
        ("live", feed, -1),
        ("live, filtered", ask("/v1/feed?mission=crew-3"), -1),
        ("live, HTTP/1.0", ask("/v1/feed", http="1.0"), -1),
        ("catching up", ask("/v1/feed", place), 3000),
        ("catching up, filtered", ask("/v1/feed?mission=crew-3", place), 500),
        ("lagging", ask("/v1/feed", place), -1),
        ("through ASGI", ask("/v1/feed?limit=1000"), 10),
        ("through ASGI, catching up", ask("/v1/feed?limit=1000", place), 3000),
        ("through ASGI, lagging", ask("/v1/feed?limit=100000", place), -1),
        ("pipelined before", other + feed, 10),
        ("pipelined after", feed + other * 3, 10),
        ("in the middle of a body", post + b"x" * 100_000, 0),
        ("a wrong parameter", ask("/v1/feed?since=yesterday"), 10),
        ("rubbish", b"\0\1\2\r\n\r\n", 0),
        ("late bytes", feed + b"\0" * 5000, 10),
    ]


def abort(connection: socket.socket, *, is_reset: bool) -> None:
    with contextlib.suppress(OSError):
        if is_reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RST)
    connection.close()


def main(port: int, count: int, place: str) -> None:
    held: deque[socket.socket] = deque()
    all_phases = phases(place)
    for number in range(count):
        _, sent, then = all_phases[number % len(all_phases)]
        is_reset = number // len(all_phases) % 2 == 0
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(20)
        connection.connect(("127.0.0.1", port))
        with contextlib.suppress(ConnectionError):
            connection.sendall(sent)
            got = 0
            while got < then and (data := connection.recv(4096)):
                got += len(data)
        if then >= 0:
            abort(connection, is_reset=is_reset)
            continue
        held.append(connection)
        if len(held) > HELD:
            abort(held.popleft(), is_reset=is_reset)
    for connection in held:
        abort(connection, is_reset=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
