"""The pages for people: `/`, `/docs`, their assets, the explanations of problem types, and `/openapi.json`."""

from typing import Any, Final

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath

from missionwire.domain.errors import NotFound
from missionwire.web.pages import page
from missionwire.web.problems import all_rows, explained
from missionwire.web.services import services_of


def _served(request: Request[Any, Any, Any], name: str) -> Response[bytes]:
    found = page(name)
    headers = {
        "ETag": found.etag,
        "Content-Security-Policy": found.csp,
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    if request.headers.get("if-none-match") == found.etag:
        return Response(b"", status_code=304, headers=headers, media_type=found.media_type)
    return Response(found.body, headers=headers, media_type=found.media_type)


@get("/", include_in_schema=False)
async def get_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Give the page that follows the feed."""
    return _served(request, "index.html")


@get("/docs", include_in_schema=False)
async def get_docs(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Give the API reference."""
    return _served(request, "docs.html")


@get("/favicon.ico", include_in_schema=False)
async def get_icon(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Give the picture that browsers ask for by this name."""
    return _served(request, "favicon.svg")


@get("/assets/{name:str}", include_in_schema=False)
async def get_asset(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    """Give a style, a script or a picture."""
    if name.endswith(".html"):
        raise NotFound
    return _served(request, name)


@get("/openapi.json", include_in_schema=False)
async def get_openapi(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Give the OpenAPI document."""
    return Response(msgspec.json.encode(services_of(request).describe()), media_type="application/json")


@get("/problems/{name:str}", include_in_schema=False)
async def get_problem(name: FromPath[str]) -> Response[str]:
    """Explain a problem type."""
    row = next((each for each in all_rows() if each.name == name), None)
    if row is None:
        message = f"There is no problem type {name[:80]!r}."
        raise NotFound(message)
    return Response(explained(row), media_type="text/plain; charset=utf-8")


HANDLERS: Final = (get_page, get_docs, get_icon, get_asset, get_openapi, get_problem)
