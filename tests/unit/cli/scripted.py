"""A service that answers as a test says: for what a real one does only in trouble, such as silence, breaks and 503."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, urlsplit


class Exchange(NamedTuple):
    method: str
    path: str
    query: dict[str, list[str]]
    headers: Mapping[str, str]
    body: bytes


class Answer(NamedTuple):
    """`steps` are sent one after another; a number is a wait in seconds."""

    status: int = 200
    steps: Iterable[bytes | float] = ()
    headers: Mapping[str, str] = {}


class Scripted:
    """A real HTTP server on a free port; `answer` decides about each request, all of which are kept in `exchanges`."""

    def __init__(self, answer: Callable[[Exchange], Answer]) -> None:
        self.exchanges: list[Exchange] = []
        self._closing = threading.Event()
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:  # the name that http.server asks for
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                exchange = Exchange(self.command, parts.path, parse_qs(parts.query), dict(self.headers), body)
                scripted.exchanges.append(exchange)
                given = answer(exchange)
                self.close_connection = True
                self.send_response(given.status)
                for name, value in {**given.headers, "Connection": "close"}.items():
                    self.send_header(name, value)
                self.end_headers()
                for step in given.steps:
                    if scripted._closing.is_set():
                        return
                    if isinstance(step, bytes):
                        try:
                            self.wfile.write(step)
                            self.wfile.flush()
                        except OSError:
                            return
                    else:
                        scripted._closing.wait(step)

            do_POST = do_GET  # noqa: N815  # same

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def asked(self, path: str) -> list[Exchange]:
        return [exchange for exchange in self.exchanges if exchange.path == path]

    def wait_for(self, path: str, count: int, within_s: float = 10.0) -> list[Exchange]:
        deadline_s = time.monotonic() + within_s
        while len(found := self.asked(path)) < count and time.monotonic() < deadline_s:
            time.sleep(0.01)
        assert len(found) >= count, f"{path} was asked {len(found)} times, not {count}"
        return found


def stream(*steps: bytes | float) -> Answer:
    """Answer with an event stream."""
    return Answer(200, steps, {"Content-Type": "text/event-stream; charset=utf-8"})


def as_json(status: int, document: object, **headers: str) -> Answer:
    """Answer with JSON; from 400 on it is a problem document."""
    media_type = "application/json" if status < 400 else "application/problem+json"
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, [json.dumps(document).encode()], {"Content-Type": media_type, **names})


def frame(data: object, *, id: str | None = None, event: str | None = None, retry: int | None = None) -> bytes:  # noqa: A002  # the field's name
    """Make one frame of an event stream."""
    fields = {"event": event, "id": id, "retry": retry}
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return ("\n".join([*lines, f"data: {json.dumps(data, ensure_ascii=False)}"]) + "\n\n").encode()


def start(position: str = "e1.1-0", retry: int = 20) -> bytes:
    """Make the first frame of a stream."""
    return frame({}, id=position, event="position", retry=retry)


def event(number: int, **members: object) -> dict[str, Any]:
    """Make an event as the wire serves it."""
    return {
        "specversion": "1.0",
        "id": f"n{number}",
        "source": "urn:test",
        "type": "missionwire.docking.completed",
        "position": f"e1.{number}-0",
        **members,
    }


def event_frame(number: int, **members: object) -> bytes:
    """Make the frame of an event."""
    return frame(event(number, **members), id=f"e1.{number}-0")
