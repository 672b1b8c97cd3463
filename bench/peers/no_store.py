"""The service's own HTTP app, all of it, over an intake that answers at once and keeps nothing: `no_store.py PORT`.

What a durable post takes longer than here is what its durability costs.
"""

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import msgspec
import uvicorn
from litestar import Litestar

from missionwire.app.web import make_http
from missionwire.settings import Settings
from missionwire.web.connection import Connection
from missionwire.web.routes import make_app


class Forgetful:
    """An intake that says of everything that it was accepted."""

    async def submit(self, items: Sequence[object]) -> str:
        """Accept."""
        return "a" * len(items)


@asynccontextmanager
async def lifespan(_: Litestar) -> AsyncIterator[None]:
    """Start nothing: there is no store."""
    yield


def main() -> None:
    """Serve as the service does."""
    settings = Settings()
    wired, _ = make_http(settings, "unix:///nowhere")
    services = msgspec.structs.replace(wired.state.services, intake=Forgetful())
    app = make_app(services, cors_origins=settings.cors_origins, lifespan=lifespan)
    uvicorn.run(
        app,
        port=int(sys.argv[1]),
        loop="auto",
        http=Connection,
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        backlog=4096,
        timeout_graceful_shutdown=1,
    )


if __name__ == "__main__":
    main()
