"""All handlers of the service, and the app around them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

from litestar import Litestar, Router
from litestar.config.cors import CORSConfig
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Contact, License, Tag
from litestar.routes import BaseRoute
from litestar.types import ControllerRouterHandler

from missionwire.domain.errors import MissionwireError
from missionwire.web import articles, dead_letters, events, feed, health, missions, plugins, site
from missionwire.web.guard import admit
from missionwire.web.problems import framework_error, missionwire_error, unexpected_error
from missionwire.web.services import Services

HANDLERS: Final = (
    *events.HANDLERS,
    *articles.HANDLERS,
    *feed.HANDLERS,
    *missions.HANDLERS,
    *plugins.HANDLERS,
    *dead_letters.HANDLERS,
    *health.HANDLERS,
    *site.HANDLERS,
)

_TOLD: Final = (
    "A live wire for space missions: events and articles in, repaired and enriched, one durable ordered feed out. "
    "Every error is an RFC 9457 problem document."
)


class _NoPages(Router):
    """Takes the pages that Litestar makes of the schema, and serves none: they load scripts from elsewhere.

    Ours are at `/docs` and `/openapi.json`.
    """

    def register(self, value: ControllerRouterHandler) -> list[BaseRoute]:  # noqa: ARG002  # as as its own
        """Register nothing."""
        return []


def make_app(
    services: Services,
    *,
    cors_origins: Sequence[str],
    lifespan: Callable[[Litestar], AbstractAsyncContextManager[None]],
    plugin_routes: Sequence[Any] = (),
) -> Litestar:
    """Make the HTTP app. `lifespan` starts and stops the parts of `services`."""
    return Litestar(
        route_handlers=[*HANDLERS, *plugin_routes],
        guards=[admit],
        exception_handlers={
            MissionwireError: missionwire_error,
            HTTPException: framework_error,
            Exception: unexpected_error,
        },
        cors_config=CORSConfig(
            allow_origins=list(cors_origins),
            allow_methods=["GET"],  # pages of other origins may read; publishing from them waits for keys
            allow_headers=["Last-Event-ID", "Cache-Control"],
            expose_headers=["Link", "Retry-After", "Location"],
            max_age=86400,
        ),
        openapi_config=OpenAPIConfig(
            title="missionwire",
            version=services.version,
            description=_TOLD,
            license=License(name="Apache-2.0", identifier="Apache-2.0"),
            contact=Contact(name="missionwire"),
            tags=[
                Tag(name="publish", description="Events and articles go in."),
                Tag(name="read", description="Follow, page, look up."),
                Tag(name="operate", description="Plugins, dead letters, health."),
            ],
            openapi_router=_NoPages("/schema", route_handlers=[]),
        ),
        state=State({"services": services}),
        lifespan=[lifespan],
        logging_config=None,  # ours is set up before: one line a record, secrets masked
        debug=False,
    )
