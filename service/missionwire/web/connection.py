"""One HTTP/1.1 connection: uvicorn's, with a named answer to garbage, and with a way to hand its transport over.

This is the one file that leans on uvicorn's insides; its minor version is pinned, and a test fails if they change.
"""

from asyncio import Protocol, Transport
from collections.abc import Callable
from typing import Any, Final, TypeVar

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from missionwire.feed.direct import cut
from missionwire.web.problems import NO_HTTP, PROBLEM_JSON, problem

EXTENSION: Final = "missionwire.handover"
"""The key in the scope's `extensions` under which a request finds its `Handover`."""

HANDED_OVER: Final = frozenset({"/v1/feed"})
"""The paths whose connections may be handed over."""

P = TypeVar("P", bound=Protocol)


class Handover:
    """The way for one request to take its connection to itself, or to cut it."""

    __slots__ = ("_cycle", "_protocol")

    def __init__(self, protocol: "Connection", cycle: RequestResponseCycle) -> None:
        self._protocol = protocol
        self._cycle = cycle

    @property
    def is_chunked(self) -> bool:
        """Whether the client understands a chunked body: not before HTTP/1.1."""
        return self._cycle.scope["http_version"] == "1.1"

    def abort(self) -> None:
        """Close the connection at once, whatever is still unsent."""
        if self._protocol.transport is not None:
            cut(self._protocol.transport)

    def take(self, make: Callable[[Transport], P]) -> P | None:
        """Give the transport to the protocol that `make` makes, and let go of the request. None when it is closing.

        Nothing may be awaited between the making and the first write.
        """
        protocol, cycle = self._protocol, self._cycle
        transport, flow = protocol.transport, protocol.flow
        cycle.disconnected = True  # uvicorn then sends nothing when the app returns
        if transport.is_closing():
            return None
        flow.resume_reading()  # a large body or a pipelined request has paused it: a hang-up was never seen
        cycle.on_response = _nothing  # it and the scope's extensions are reference cycles
        cycle.scope.pop("extensions", None)
        protocol.pipeline.clear()
        protocol.connections.discard(protocol)
        taker = make(transport)
        transport.set_protocol(taker)
        # with these limits the transport tells of each short write at once, within `write`
        transport.set_write_buffer_limits(1, 0)
        if flow.write_paused:
            taker.pause_writing()  # the answer before it has filled the socket
        for name in ("answered", "cycle", "parser", "scope", "headers", "flow", "transport"):
            setattr(protocol, name, None)
        return taker


def handover_of(scope: Any) -> Handover | None:  # noqa: ANN401  # an ASGI scope
    """Give the handover of a request, None on another server or for another path."""
    found = (scope.get("extensions") or {}).get(EXTENSION)
    return found if isinstance(found, Handover) else None


def _nothing() -> None:
    """Stand in for uvicorn's callback at the end of a response."""


class Connection(HttpToolsProtocol):
    """Answers garbage by name and closes; such bytes never reach the app."""

    answered: RequestResponseCycle | None = None
    """The request that the app answers just now, or answered last."""

    def send_400_response(self, msg: str) -> None:
        """Answer in our own form; `msg` is uvicorn's, which says no more."""
        body = msgspec.json.encode(problem(NO_HTTP, msg, "/"))
        head = (
            "HTTP/1.1 400 Bad Request\r\n"
            f"content-type: {PROBLEM_JSON}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the request that is being answered, and stop the timer: uvicorn tells the last one of a pipeline."""
        if self.answered is not None and not self.answered.response_complete:
            self.answered.disconnected = True
            self.answered.message_event.set()
        self.pipeline.clear()
        self._unset_keepalive_if_required()  # uvicorn leaves it after a reset, and it holds all this
        super().connection_lost(exc)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:  # noqa: ANN401  # an ASGI app
        # here, and not by `self.cycle`: with pipelined requests that is another one's
        self.answered = cycle
        if cycle.scope["path"] in HANDED_OVER:
            cycle.scope["extensions"] = {EXTENSION: Handover(self, cycle)}  # type: ignore[dict-item]  # our own extension
        super()._start_asgi_task(cycle, app if cycle.scope["http_version"] != "1.0" else _unchunked(cycle, app))


def _unchunked(cycle: RequestResponseCycle, app: Any) -> Any:  # noqa: ANN401  # ASGI apps
    """Give an app for a client of HTTP/1.0, which knows no chunks: uvicorn sends some even so.

    A body of unknown length ends with the connection, as uvicorn closes it then anyway.
    """

    async def plain(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401  # ASGI's
        is_measured = False

        async def send_plain(message: Any) -> None:  # noqa: ANN401  # same
            nonlocal is_measured
            if message["type"] == "http.response.start":
                is_measured = any(name.lower() == b"content-length" for name, _ in message.get("headers", ()))
                cycle.chunked_encoding = None if is_measured else False
            elif not is_measured:
                cycle.expected_content_length = len(message.get("body", b""))
            await send(message)

        await app(scope, receive, send_plain)

    return plain
