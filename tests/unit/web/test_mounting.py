"""Routes of plugins: mounted one by one, and closed by a gate that stands outside all that is the plugin's."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar, get, post
from litestar.testing import TestClient
from litestar.types import ASGIApp, Receive, Scope, Send

from missionwire.domain.errors import MissionwireError
from missionwire.web.mounting import Mounts
from missionwire.web.problems import missionwire_error


@pytest.fixture
def held() -> list[str]:
    return []


@pytest.fixture
def app() -> Litestar:
    return Litestar(exception_handlers={MissionwireError: missionwire_error}, openapi_config=None)


@pytest.fixture
def mounts(app: Litestar, held: list[str]) -> Mounts:
    return Mounts(app, held.append)


@pytest.fixture
def client(app: Litestar) -> Iterator[TestClient[Litestar]]:
    with TestClient(app) as client:
        yield client


@get("/fine")
async def fine() -> str:
    return "fine"


def test_a_route_is_closed_until_it_is_opened(mounts: Mounts, client: TestClient[Litestar]) -> None:
    assert mounts.mount("one", [fine]) == 1
    closed = client.get("/v1/x/one/fine")
    mounts.open_only({"one"})

    assert (closed.status_code, closed.json()["type"]) == (404, "/problems/not-found")
    assert "plugin one does not run" in closed.json()["detail"]
    assert client.get("/v1/x/one/fine").text == "fine"


def test_closing_one_plugin_leaves_the_others_open(mounts: Mounts, client: TestClient[Litestar]) -> None:
    for name in ("one", "two"):
        mounts.mount(name, [fine])
    mounts.open_only({"one", "two"})
    mounts.open_only({"two"})

    assert client.get("/v1/x/one/fine").status_code == 404
    assert client.get("/v1/x/two/fine").status_code == 200


def test_nothing_of_a_closed_plugin_runs(mounts: Mounts, client: TestClient[Litestar]) -> None:
    ran = []

    def theirs(app: ASGIApp) -> ASGIApp:
        async def middleware(scope: Scope, receive: Receive, send: Send) -> None:
            ran.append("middleware")
            await app(scope, receive, send)

        return middleware

    @post("/taken", middleware=[theirs], before_request=lambda _: ran.append("before"))
    async def taken() -> None:
        ran.append("handler")

    mounts.mount("one", [taken])

    assert client.post("/v1/x/one/taken").status_code == 404
    assert not ran
    mounts.open_only({"one"})
    assert client.post("/v1/x/one/taken").status_code == 201
    assert ran == ["middleware", "before", "handler"]


@pytest.mark.parametrize("bad", [fine, None, 5, "handler", object(), lambda: None, Any])
def test_what_clashes_or_is_no_handler_is_left_out_and_the_rest_serves(
    mounts: Mounts, client: TestClient[Litestar], bad: object, caplog: pytest.LogCaptureFixture
) -> None:
    @get("/other")
    async def other() -> str:
        return "other"

    assert mounts.mount("one", [fine, bad, other]) == 2
    mounts.open_only({"one"})

    assert client.get("/v1/x/one/fine").text == "fine"
    assert client.get("/v1/x/one/other").text == "other"
    assert "plugin one: a route could not be mounted" in caplog.text


def test_who_has_the_loop_is_told_at_each_step_of_a_request(
    mounts: Mounts, client: TestClient[Litestar], held: list[str]
) -> None:
    mounts.mount("one", [fine])
    mounts.open_only({"one"})
    client.get("/v1/x/one/fine")

    assert held[::2] == ["one routes"] * (len(held) // 2)
    assert held[1::2] == [""] * (len(held) // 2)
    assert held
