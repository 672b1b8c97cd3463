"""The one guard: every handler stands behind it. It lets all through until keys and scopes exist."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler


async def admit(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let a request through. Async on purpose: Litestar would run a sync guard in a thread."""
