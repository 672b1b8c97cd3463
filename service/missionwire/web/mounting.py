"""The routes of plugins below `/v1/x/<plugin>/`: mounted one by one, and open only while their plugin runs.

A route that clashes is left out, the rest serve. What is mounted stays mounted, for Litestar takes nothing out again;
so a gate stands before each plugin's routes, outside all that is the plugin's, and answers 404 while it is closed.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from litestar import Litestar, Router
from litestar.types import ASGIApp, Receive, Scope, Send

from missionwire.domain.errors import NotFound, said_by
from missionwire.plugins.steps import Labelled

_LOG: Final = logging.getLogger("missionwire.plugins")


class Mounts:
    """The routes of plugins in one HTTP process. `hold` is told who has the event loop at each step of a request."""

    def __init__(self, app: Litestar, hold: Callable[[str], None] = lambda _: None) -> None:
        self._app = app
        self._hold = hold
        self._open: frozenset[str] = frozenset()

    def open_only(self, plugins: Collection[str]) -> None:
        """Let requests through to the routes of these plugins, and to no others; those under way go on."""
        self._open = frozenset(plugins)

    def mount(self, plugin: str, handlers: Sequence[Any]) -> int:
        """Mount what a plugin's `routes` gave; gives how many could be."""
        count = 0
        for handler in handlers:
            try:
                self._app.register(
                    Router(
                        path=f"/v1/x/{plugin}", route_handlers=[handler], middleware=[self._gate(plugin)], tags=[plugin]
                    )
                )
            except Exception as error:  # whatever a plugin gave for a handler
                _LOG.warning("plugin %s: a route could not be mounted: %s", plugin, said_by(error))
            else:
                count += 1
        return count

    def _gate(self, plugin: str) -> Callable[[ASGIApp], ASGIApp]:
        def gated(app: ASGIApp) -> ASGIApp:  # litestar gives it by this name
            async def gate(scope: Scope, receive: Receive, send: Send) -> None:
                if plugin not in self._open:
                    message = f"The plugin {plugin} does not run now, so its routes are closed. See /v1/plugins."
                    raise NotFound(message)

                async def answer() -> None:
                    await app(scope, receive, send)

                await Labelled(answer(), f"{plugin} routes", self._hold)

            return gate

        return gated
