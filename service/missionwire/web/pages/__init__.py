"""The page at `/` and the API reference at `/docs`: static files, read once, each with the policy it is served under.

Nothing here needs the internet, a build step or a template. `index.html` and `docs.html` stand at `/` and `/docs`, all
others at `/assets/<name>`.
"""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from missionwire.domain.errors import NotFound

_STRICT: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""No inline script, no inline style, no other host: what an event says can never become code."""

_REFERENCE: Final = _STRICT.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "img-src 'self'", "img-src 'self' data:"
)
"""Swagger UI sets styles inline and holds its icons as data. Scripts stay as strict, and no event is shown there."""

_HTML: Final = "text/html; charset=utf-8"
_CSS: Final = "text/css; charset=utf-8"
_SCRIPT: Final = "text/javascript; charset=utf-8"

_FILES: Final = {
    "index.html": ("index.html", _HTML),
    "page.css": ("page.css", _CSS),
    "page.js": ("page.js", _SCRIPT),
    "feed.js": ("feed.js", _SCRIPT),
    "card.js": ("card.js", _SCRIPT),
    "text.js": ("text.js", _SCRIPT),
    "words.js": ("words.js", _SCRIPT),
    "favicon.svg": ("favicon.svg", "image/svg+xml"),
    "docs.html": ("docs.html", _HTML),
    "docs.css": ("docs.css", _CSS),
    "docs.js": ("docs.js", _SCRIPT),
    "swagger-ui-bundle.js": ("vendor/swagger-ui/swagger-ui-bundle.js", _SCRIPT),
    "swagger-ui.css": ("vendor/swagger-ui/swagger-ui.css", _CSS),
}

ASSETS: Final = frozenset(_FILES) - {"index.html", "docs.html"}
"""The names that stand below `/assets/`."""


class Page(NamedTuple):
    """One file as it is served: `etag` is quoted and changes with the bytes, `csp` is its Content-Security-Policy."""

    body: bytes
    media_type: str
    etag: str
    csp: str


def page(name: str) -> Page:
    """Give a file by name; it is read the first time it is asked for.

    Raises:
        NotFound: there is no such file.
    """
    if name not in _FILES:
        raise NotFound(f"There is no page {name[:80]!r}.")
    return _read(name)


@cache
def _read(name: str) -> Page:
    path, media_type = _FILES[name]
    body = files(__package__).joinpath(path).read_bytes()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Page(body, media_type, etag, _REFERENCE if name == "docs.html" else _STRICT)
