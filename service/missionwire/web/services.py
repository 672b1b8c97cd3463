"""What the handlers of one process share, put together in `app`."""

from collections.abc import Callable
from typing import Any

from litestar import Request
from msgspec import Struct

from missionwire.feed.hub import Hub
from missionwire.store.asks import Asks
from missionwire.store.dead_letters import DeadLetters
from missionwire.store.log import Log
from missionwire.store.server import Durability
from missionwire.store.wire import Wire
from missionwire.tallies import Figures
from missionwire.web.intake import Intake
from missionwire.web.reducer import Reducer


class Services(Struct, frozen=True, kw_only=True):
    """The wired parts. `durability` says how safe a 202 is; `describe` gives the completed OpenAPI document.

    `figures` gives what the processes of this service count, summed.
    """

    log: Log
    wire: Wire
    intake: Intake
    hub: Hub
    asks: Asks
    dead_letters: DeadLetters
    reducer: Reducer
    durability: Callable[[], Durability]
    max_body_bytes: int
    dry_run_timeout_s: float
    version: str
    describe: Callable[[], dict[str, Any]]
    figures: Callable[[], Figures]


def services_of(request: Request[Any, Any, Any]) -> Services:
    """Give the parts to a handler. Not a dependency of Litestar's: two of them for one handler start a task group."""
    services: Services = request.app.state.services
    return services
