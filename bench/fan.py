"""What `ssefan.c` does, for machines without a C compiler: follow a feed N times over, publish, check, measure.

It takes the options of ssefan that this benchmark uses, and prints the same members. It is slower, so that it, and not
the server, may be the limit; the server's CPU time stays right.
"""

import argparse
import asyncio
import contextlib
import json
import re
import sys
import time
from typing import Final, cast

import machine
import uvloop

_MARK: Final = re.compile(rb"~s(\d{10})t(\d{19})~|~e(\d{10})~")
_HEAD: Final = (
    '{"specversion":"1.0","id":"%(ns)019d-%(n)010d","type":"mission.telemetry.updated","source":"urn:bench:fan",'
    '"subject":"soyuz-bench","time":"2021-10-05T12:22:31Z","datacontenttype":"application/json",'
    '"data":{"mark":"~s%(n)010dt%(ns)019d~","note":"%(note)s","zend":"~e%(n)010d~"}}'
)
_NOTE: Final = "waypoint " * 33


class Reader(asyncio.Protocol):
    """One subscriber, and what was wrong with what it got."""

    def __init__(self, run: "Run") -> None:
        self._run = run
        self._kept = b""
        self._current = 0
        self.last = 0
        self.is_connected = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast("asyncio.Transport", transport).write(  # uvloop's own is none by class
            f"GET {self._run.given.u} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        run, now_ns = self._run, time.monotonic_ns()
        if not self.is_connected:
            self.is_connected = data.startswith(b"HTTP/1.1 200")
        data, end = self._kept + data, 0
        for mark in _MARK.finditer(data):
            end = mark.end()
            if mark[1]:
                self._current = int(mark[1])
                if run.measure_from_ns and int(mark[2]) >= run.measure_from_ns:
                    run.latencies_ns.append(now_ns - int(mark[2]))
            else:
                self._whole(int(mark[3]))
        self._kept = data[max(end, len(data) - 40) :]

    def _whole(self, number: int) -> None:
        run = self._run
        run.received += 1
        if number != self._current:
            run.malformed += 1
        elif number <= self.last:
            run.duplicate += 1
        else:
            run.missing += number - self.last - 1
            self.last = number

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's signature
        self._run.closed += not self._run.is_over


class Run:
    """One run."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given = given
        self.readers: list[Reader] = []
        self.latencies_ns: list[int] = []
        self.measure_from_ns = 0
        self.sent = self.received = self.missing = self.duplicate = self.malformed = self.closed = self.refused = 0
        self.is_over = False

    async def measure(self) -> dict[str, float]:
        """Connect, publish for a while, wait until all is there; gives the result."""
        given, loop = self.given, asyncio.get_running_loop()
        rss_kb, cpu_s = machine.rss_kb(given.c), machine.cpu_s(given.c)
        for _ in range(given.n):
            _, reader = await loop.create_connection(lambda: Reader(self), "127.0.0.1", given.p)
            self.readers.append(reader)
        give_up_s = time.monotonic() + 60
        while not all(reader.is_connected for reader in self.readers) and time.monotonic() < give_up_s:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.5)
        told: dict[str, float] = {
            "conn_cpu_us": (machine.cpu_s(given.c) - cpu_s) / given.n * 1e6,
            "kb_per_conn": (machine.rss_kb(given.c) - rss_kb) / given.n,
        }
        if given.m == "none":
            await asyncio.sleep(given.d)
        else:
            told |= await self._load()
        self.is_over = True
        return told | {
            "connected": sum(reader.is_connected for reader in self.readers),
            "failed": sum(not reader.is_connected for reader in self.readers),
            "closed": self.closed,
            "sent": self.sent,
            "received": self.received,
            "missing": self.missing,
            "tail_missing": sum(self.sent - reader.last for reader in self.readers),
            "duplicate": self.duplicate,
            "malformed": self.malformed,
            "pub_err": self.refused,
        }

    async def _load(self) -> dict[str, float]:
        given = self.given
        publishing = asyncio.create_task(self._publish())
        await asyncio.sleep(given.W)
        self.measure_from_ns, before = time.monotonic_ns(), self.received
        cpu_s, sent = machine.cpu_s(given.c), self.sent
        await asyncio.sleep(given.d)
        took_s = (time.monotonic_ns() - self.measure_from_ns) / 1e9
        delivered, spent_s, sent = self.received - before, machine.cpu_s(given.c) - cpu_s, self.sent - sent
        publishing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await publishing
        give_up_s = time.monotonic() + 15
        while self.received < self.sent * given.n and time.monotonic() < give_up_s:
            await asyncio.sleep(0.01)
        waits_ms = sorted(wait / 1e6 for wait in self.latencies_ns) or [-1.0]
        return {
            "msgs_s": delivered / took_s,
            "events_s": sent / took_s,
            "server_cpu_s": spent_s,
            "msgs_per_server_cpu_s": delivered / spent_s if spent_s else 0,
            "p50_ms": waits_ms[len(waits_ms) // 2],
            "p99_ms": waits_ms[len(waits_ms) * 99 // 100],
        }

    async def _publish(self) -> None:
        given, began_ns = self.given, time.monotonic_ns()
        reader, writer = await asyncio.open_connection("127.0.0.1", given.o)
        while True:
            due_ns = time.monotonic_ns()
            if given.r:
                due_ns = began_ns + int(self.sent / given.r * 1e9)
                await asyncio.sleep((due_ns - time.monotonic_ns()) / 1e9)
            elif self.received < (self.sent + 1 - given.w) * given.n:
                await asyncio.sleep(0.0005)
                continue
            self.sent += 1
            body = (_HEAD % {"n": self.sent, "ns": due_ns, "note": _NOTE}).encode()
            await asyncio.shield(self._post(reader, writer, body))

    async def _post(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> None:
        writer.write(
            b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            % (self.given.U.encode(), self.given.T.encode(), len(body), body)
        )
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        self.refused += not head.startswith(b"HTTP/1.1 2")


def main() -> int:
    """Run it; gives 1 where something was missing, repeated or malformed."""
    parser = argparse.ArgumentParser(description=__doc__)
    for option, kind, default in (
        ("p", int, 8000),
        ("u", str, "/events"),
        ("n", int, 100),
        ("m", str, "none"),
        ("o", int, 8000),
        ("U", str, "/pub"),
        ("T", str, "application/json"),
        ("r", float, 0),
        ("w", int, 16),
        ("W", float, 1),
        ("d", float, 5),
        ("c", int, 0),
    ):
        parser.add_argument(f"-{option}", type=kind, default=default)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        told = runner.run(Run(parser.parse_args()).measure())
    print(json.dumps(told))
    return int(any(told[name] for name in ("failed", "missing", "tail_missing", "duplicate", "malformed")))


if __name__ == "__main__":
    sys.exit(main())
