"""What `web/connection.py` leans on in uvicorn, and what it makes of it on real connections."""

import asyncio
import gc
import inspect
import socket
import struct
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
import uvloop
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from missionwire.web.connection import Connection, Handover, handover_of

LOOK = (
    "uvicorn's insides have changed: read uvicorn/protocols/http/httptools_impl.py and flow_control.py against "
    "service/missionwire/web/connection.py (Handover.take, Connection), mend that, and run tests/faults/test_feed_*.py"
)


def protocol() -> HttpToolsProtocol:
    async def app(scope: Any, receive: Any, send: Any) -> None: ...

    config = uvicorn.Config(app, ws="none", lifespan="off", log_config=None)
    return HttpToolsProtocol(config, ServerState(), {}, asyncio.get_running_loop())


# --- uvicorn's insides ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        (HttpToolsProtocol._start_asgi_task, ["self", "cycle", "app"]),
        (HttpToolsProtocol.send_400_response, ["self", "msg"]),
        (HttpToolsProtocol.connection_lost, ["self", "exc"]),
        (HttpToolsProtocol._unset_keepalive_if_required, ["self"]),
        (FlowControl.resume_reading, ["self"]),
        (FlowControl.pause_writing, ["self"]),
        (RequestResponseCycle.run_asgi, ["self", "app"]),
        (RequestResponseCycle.send, ["self", "message"]),
    ],
)
def test_the_methods_of_uvicorn_that_we_override_or_call_are_there(method: Any, parameters: list[str]) -> None:
    assert list(inspect.signature(method).parameters) == parameters, LOOK


@pytest.mark.parametrize("caller", ["on_headers_complete", "on_response_complete"])
def test_each_request_starts_by_the_one_method_that_we_override(caller: str) -> None:
    """Else a feed would get no handover, and be served by ASGI, at many times the cost, without a word."""
    assert "_start_asgi_task" in getattr(HttpToolsProtocol, caller).__code__.co_names, LOOK
    starters = [name for name, each in vars(HttpToolsProtocol).items() if "run_asgi" in _names(each)]
    assert starters == ["_start_asgi_task"], LOOK


def _names(function: Any) -> tuple[str, ...]:
    code = getattr(function, "__code__", None)
    return () if code is None else code.co_names


async def test_a_protocol_of_uvicorn_has_the_members_that_a_handover_lets_go_of() -> None:
    members = vars(protocol())
    for name in ("transport", "flow", "cycle", "parser", "scope", "headers", "pipeline", "connections"):
        assert name in members, f"HttpToolsProtocol.{name}: {LOOK}"
    known = {"app", "app_state", "config", "loop", "logger", "access_logger", "access_log", "ws_protocol_class"}
    known |= {"root_path", "asgi_version", "limit_concurrency", "timeout_keep_alive_task", "timeout_keep_alive"}
    known |= {"server_state", "connections", "tasks", "transport", "flow", "server", "client", "scheme", "pipeline"}
    known |= {"scope", "headers", "expect_100_continue", "cycle", "parser"}
    assert set(members) == known, f"members came or went, which a handover may have to let go of: {LOOK}"


def test_a_request_of_uvicorn_has_the_members_that_a_handover_sets() -> None:
    members = RequestResponseCycle.__init__.__code__.co_names
    named = {"disconnected", "on_response", "scope", "keep_alive", "chunked_encoding", "expected_content_length"}
    for name in named | {"message_event", "response_complete"}:
        assert name in members, f"RequestResponseCycle.{name}: {LOOK}"
    for method in (RequestResponseCycle.run_asgi, RequestResponseCycle.send):
        assert "disconnected" in _names(method), f"who is disconnected is sent nothing more: {LOOK}"


def test_the_flow_control_of_uvicorn_says_whether_it_is_paused() -> None:
    flow = FlowControl(asyncio.Transport())
    assert flow.write_paused is False, LOOK
    flow.pause_writing()
    assert flow.write_paused is True, LOOK


def test_our_connection_overrides_nothing_of_uvicorns_but_these() -> None:
    ours = {name for name in vars(Connection) if not name.startswith("__")}
    assert ours == {"answered", "connection_lost", "send_400_response", "_start_asgi_task"}, LOOK
    assert [name for name in ours if not hasattr(HttpToolsProtocol, name)] == ["answered"], LOOK


# --- real connections -------------------------------------------------------------------------------------------------


class Taker(asyncio.Protocol):
    """Takes a connection, and says hello."""

    taken: "list[Taker]"

    def __init__(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        self.is_paused = False
        self.heard = bytearray()
        self.is_lost = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        self.heard += data

    def pause_writing(self) -> None:
        self.is_paused = True

    def resume_writing(self) -> None:
        self.is_paused = False

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's signature
        self.is_lost.set()


class Site:
    """An app with a feed that takes its connection, and with answers of other kinds."""

    def __init__(self) -> None:
        self.takers: list[Taker] = []
        self.left: list[weakref.ref[Any]] = []
        self.port = 0
        self.server: uvicorn.Server

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        handover = handover_of(scope)
        if scope["path"] == "/v1/feed" and handover is not None:
            self.left += [weakref.ref(handover._protocol), weakref.ref(handover._cycle)]
            taker = handover.take(Taker)
            if taker is not None:
                self.takers.append(taker)
                taker.transport.write(b"hello")
            return
        assert handover is None
        if scope["path"] == "/endless":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            while (await receive())["type"] != "http.disconnect":
                pass
            return
        sizes = {"/big": [400_000] * 10, "/stream": [3, 5]}.get(scope["path"], [2])
        headers = [] if scope["path"] == "/stream" else [(b"content-length", str(sum(sizes)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for number, size in enumerate(sizes, start=1):
            await send({"type": "http.response.body", "body": b"x" * size, "more_body": number < len(sizes)})


@asynccontextmanager
async def a_site() -> AsyncIterator[Site]:
    site = Site()
    config = uvicorn.Config(site, http=Connection, ws="none", lifespan="off", log_config=None, access_log=False)
    server = site.server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
        site.port = listener.getsockname()[1]
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:
            await asyncio.sleep(0.001)  # uvicorn has no event for it
        try:
            yield site
        finally:
            for taker in site.takers:
                taker.transport.abort()
            server.should_exit = True
            await serving


loops = pytest.mark.parametrize("loop", [uvloop.new_event_loop, asyncio.SelectorEventLoop], ids=["uvloop", "asyncio"])
Loop = Callable[[], asyncio.AbstractEventLoop]


def run(loop: Loop, main: Callable[[Site], Any]) -> None:
    async def inside() -> None:
        async with a_site() as site, asyncio.timeout(20):
            await main(site)

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(inside())


@loops
def test_a_connection_that_was_taken_is_its_takers_alone_and_nothing_of_the_request_is_left(loop: Loop) -> None:
    async def main(site: Site) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(b"GET /v1/feed HTTP/1.1\r\nHost: x\r\n\r\n")
        assert await reader.readexactly(5) == b"hello"
        writer.write(b"late")
        (taker,) = site.takers
        taker.transport.write(b"more")
        assert await reader.readexactly(4) == b"more"
        assert taker.heard == b"late"
        assert not site.server.server_state.connections
        assert not site.server.server_state.tasks
        gc.collect()
        assert [each() for each in site.left] == [None, None], LOOK
        writer.close()
        await taker.is_lost.wait()

    run(loop, main)


@loops
@pytest.mark.parametrize("before", [0, 3])
@pytest.mark.parametrize("after", [0, 3])
def test_a_feed_among_pipelined_requests_is_answered_in_its_turn_and_ends_the_pipeline(
    loop: Loop, before: int, after: int
) -> None:
    async def main(site: Site) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        other, feed = (f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for path in ("/other", "/v1/feed"))
        writer.write(other * before + feed + other * after)
        for _ in range(before):
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
            assert await reader.readexactly(2) == b"xx"
        assert await reader.readexactly(5) == b"hello"
        site.takers[0].transport.write(b"more")
        assert await reader.readexactly(4) == b"more", "nothing comes in between"
        writer.close()
        await site.takers[0].is_lost.wait()

    run(loop, main)


@pytest.mark.slow
@loops
def test_a_taker_is_told_when_the_answer_before_it_has_filled_the_socket(loop: Loop) -> None:
    """Else it would write all it has into a buffer that nobody empties."""

    async def main(site: Site) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port, limit=1 << 12)
        writer.write(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/feed HTTP/1.1\r\nHost: x\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        assert b"content-length: 4000000" in head
        left = 4_000_000
        while not site.takers:
            left -= len(await reader.read(1 << 12))
        assert left, "the client has yet to read"
        assert site.takers[0].transport.get_write_buffer_size()
        assert site.takers[0].is_paused
        await reader.readexactly(left)
        assert await reader.readexactly(5) == b"hello"
        assert not site.takers[0].is_paused
        writer.close()

    run(loop, main)


@loops
def test_a_client_of_http_1_0_gets_no_chunks_and_the_end_of_a_stream_is_the_end_of_the_connection(loop: Loop) -> None:
    async def main(site: Site) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(b"GET /stream HTTP/1.0\r\n\r\n")
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        assert b"transfer-encoding" not in head
        assert b"connection: close" in head
        assert body == b"x" * 8
        writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(b"GET /other HTTP/1.0\r\n\r\n")
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        assert b"content-length: 2" in head
        assert body == b"xx"
        writer.close()

    run(loop, main)


@loops
def test_a_connection_that_is_closing_is_not_taken_and_nothing_is_logged(
    loop: Loop, caplog: pytest.LogCaptureFixture
) -> None:
    async def main(site: Site) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(b"GET /v1/feed HTTP/1.1\r\nHost: x\r\n\r\nrubbish\r\n\r\n")  # answered by 400 before the feed runs
        answer = await reader.read()
        assert b"hello" not in answer
        assert answer.startswith(b"HTTP/1.1 400"), answer
        assert answer.count(b"HTTP/1.1") == 1
        assert not site.takers
        writer.close()

    run(loop, main)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@loops
def test_a_stream_with_requests_behind_it_ends_when_its_client_is_gone(
    loop: Loop, caplog: pytest.LogCaptureFixture
) -> None:
    async def main(site: Site) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n" + b"GET /other HTTP/1.1\r\nHost: x\r\n\r\n" * 3)
        await reader.readuntil(b"\r\n\r\n")
        writer.transport.abort()
        while site.server.server_state.connections or site.server.server_state.tasks:
            await asyncio.sleep(0.01)  # there is no event for it; bounded by the whole

    run(loop, main)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@loops
def test_nothing_of_a_connection_that_was_reset_is_left(loop: Loop) -> None:
    async def main(site: Site) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(b"GET /other HTTP/1.1\r\nHost: x\r\n\r\n")
        await reader.readuntil(b"xx")
        (left,) = map(weakref.ref, site.server.server_state.connections)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
        while site.server.server_state.connections:
            await asyncio.sleep(0.01)  # there is no event for it; bounded by the whole
        await asyncio.sleep(0)
        gc.collect()
        assert left() is None, "the timer of its keep-alive holds it"

    run(loop, main)


def test_another_server_gives_no_handover() -> None:
    assert handover_of({"path": "/v1/feed"}) is None
    assert handover_of({"path": "/v1/feed", "extensions": {"missionwire.handover": object()}}) is None
    assert Handover.__slots__ == ("_cycle", "_protocol")
