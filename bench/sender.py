"""Sends events as fast as they are acknowledged, or at a rate, over so many connections; prints the result as JSON.

At a rate, the wait of a request counts from when it was due: a late answer makes the next ones late, too.

A process of its own, with no HTTP library: what it costs must not be what is measured.
"""

import argparse
import asyncio
import json
import secrets
import time
from collections import Counter
from typing import Final, cast

import uvloop
from events import event

MEDIA_TYPES: Final = {
    "single": "application/cloudevents+json",
    "batch": "application/cloudevents-batch+json",
    "ndjson": "application/x-ndjson",
}


class Sending:
    """What all connections share."""

    def __init__(self, mode: str, port: int, size: int, until_s: float, limit: int, rate: float) -> None:
        self.mode, self.size, self.until_s, self.limit = mode, size, until_s, limit
        self.every_s = 1 / rate if rate else 0.0
        self.due_s = time.monotonic()
        self.run = secrets.token_hex(4)
        self.sent = 0
        self.acknowledged = 0
        self.codes: Counter[int] = Counter()
        self.waits_s: list[float] = []
        self.head = (
            f"POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {MEDIA_TYPES[mode]}\r\n"
            "Content-Length: "
        ).encode()

    def next_due_s(self) -> float:
        """Give when the next request is due."""
        due_s = self.due_s if self.every_s else time.monotonic()
        self.due_s += self.every_s
        return due_s

    def next_request(self) -> bytes | None:
        """Give the next request, none when it is over."""
        if time.monotonic() > self.until_s or self.sent >= self.limit:
            return None
        events = [event(self.run, self.sent + number) for number in range(self.size)]
        self.sent += self.size
        body = b"[%s]" % b",".join(events) if self.mode == "batch" else b"\n".join(events)
        return b"%s%d\r\n\r\n%s" % (self.head, len(body), body)


class Connection(asyncio.Protocol):
    """One request after the other."""

    def __init__(self, sending: Sending, over: "asyncio.Future[None]") -> None:
        self._sending = sending
        self._over = over
        self._answer = b""
        self._due_s = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own is none by class
        self._send()

    def _send(self) -> None:
        self._due_s = self._sending.next_due_s()
        wait_s = self._due_s - time.monotonic()
        if wait_s > 0:
            asyncio.get_running_loop().call_later(wait_s, self._send_now)
        else:
            self._send_now()

    def _send_now(self) -> None:
        assert self._transport is not None
        request = self._sending.next_request()
        if request is None:
            self._transport.close()
            return
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(body) < length:
            return
        self._answer = b""
        sending = self._sending
        code = int(head[9:12])
        sending.codes[code] += 1
        sending.waits_s.append(time.monotonic() - self._due_s)
        if code == 202:
            sending.acknowledged += body.count(b'"status":"accepted"')
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's signature
        if not self._over.done():
            self._over.set_result(None)


async def send(arguments: argparse.Namespace) -> dict[str, object]:
    """Run it; gives the result."""
    loop = asyncio.get_running_loop()
    began_s, began_cpu_s = time.monotonic(), time.process_time()
    size = 1 if arguments.mode == "single" else arguments.size
    sending = Sending(
        arguments.mode, arguments.port, size, began_s + arguments.seconds, arguments.limit, arguments.rate
    )
    ends: list[asyncio.Future[None]] = [loop.create_future() for _ in range(arguments.connections)]
    await asyncio.gather(
        *(
            loop.create_connection(lambda over=over: Connection(sending, over), "127.0.0.1", arguments.port)  # type: ignore[misc]  # a lambda with a default
            for over in ends
        )
    )
    await asyncio.gather(*ends)
    took_s = time.monotonic() - began_s
    waits_s = sorted(sending.waits_s)
    return {
        "sent": sending.sent,
        "acknowledged": sending.acknowledged,
        "events_s": sending.acknowledged / took_s,
        "p50_ms": 1000 * waits_s[len(waits_s) // 2],
        "p99_ms": 1000 * waits_s[len(waits_s) * 99 // 100],
        "codes": {str(code): count for code, count in sending.codes.items()},
        "own_cpu_s": time.process_time() - began_cpu_s,
        "seconds": took_s,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--mode", choices=MEDIA_TYPES, default="single")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--size", type=int, default=500, help="events in a request, not for single")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rate", type=float, default=0, help="requests a second over all connections; 0: as they can")
    parser.add_argument("--limit", type=int, default=1 << 60, help="stop after so many events")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(send(parser.parse_args()))))
