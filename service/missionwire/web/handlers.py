"""Handlers and answers of the two calls whose cost counts: publishing an event and opening a feed.

Litestar copies a handler for each guard of each request, and builds each answer from headers, cookies and encoders;
these two need neither.
"""

from typing import Any

from litestar import Response
from litestar.connection import ASGIConnection
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send


class Route(HTTPRouteHandler):
    """A handler whose guards are given the handler itself."""

    async def authorize_connection(self, connection: ASGIConnection[Any, Any, Any, Any]) -> None:
        """Ask each guard, as Litestar does."""
        for guard in self.resolve_guards():
            await guard(connection, self)  # type: ignore[misc]  # all of ours are async


class Answer(Response[bytes]):
    """A response that is an ASGI app of its own: Litestar routes and checks, then the app answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.headers, self.cookies, self.background = {}, [], None

    def to_asgi_response(self, *_: Any, **__: Any) -> Any:  # noqa: ANN401  # as Litestar's own; any ASGI app will do
        """Give the app."""
        return self._app


def answer(status: int, media_type: bytes, body: bytes) -> Answer:
    """Give a whole answer in two messages."""
    start: Any = {
        "type": "http.response.start",
        "status": status,
        "headers": [(b"content-type", media_type), (b"content-length", b"%d" % len(body))],
    }

    async def app(_: Scope, __: Receive, send: Send) -> None:
        await send(start)
        await send({"type": "http.response.body", "body": body, "more_body": False})

    return Answer(app)
