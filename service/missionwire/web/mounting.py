"""Mounting the routes of plugins below `/v1/x/<plugin>/`, one by one: one that clashes is left out, the rest serve."""

import logging
from collections.abc import Sequence
from typing import Any, Final

from litestar import Litestar, Router
from litestar.exceptions import LitestarException

_LOG: Final = logging.getLogger("missionwire.plugins")


def mount(app: Litestar, plugin: str, handlers: Sequence[Any]) -> int:
    """Mount what a plugin's `routes` gave; gives how many could be."""
    count = 0
    for handler in handlers:
        try:
            app.register(Router(path=f"/v1/x/{plugin}", route_handlers=[handler], tags=[plugin]))
        except (LitestarException, TypeError, ValueError) as error:
            _LOG.warning("plugin %s: a route could not be mounted: %s", plugin, error)
        else:
            count += 1
    return count
