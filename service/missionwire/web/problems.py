"""Errors as RFC 9457 problem documents: one row for each class, the same document for the framework's own errors."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from missionwire.domain import errors
from missionwire.domain.errors import MissionwireError

_LOG: Final = logging.getLogger("missionwire.web")

PROBLEM_JSON: Final = "application/problem+json"
TYPE_PREFIX: Final = "/problems/"
"""Problem types are relative references; each answers with its explanation."""


class Row(NamedTuple):
    """How one class of error is told: status, the last part of its type, its title, and what to do about it."""

    status: int
    name: str
    title: str
    advice: str


ROWS: Final[Mapping[type[MissionwireError], Row]] = {
    errors.UnreadableBody: Row(
        400, "unreadable-body", "The body cannot be read", "Send valid UTF-8 JSON, whole and not nested too deep."
    ),
    errors.FaultyParameter: Row(
        400, "faulty-parameter", "A parameter is unknown or wrong", "Mend or leave out the parameter that is named."
    ),
    errors.MalformedPosition: Row(
        400, "malformed-position", "That is no position", "Use a position as the feed or a page gave it."
    ),
    errors.EventNotFound: Row(
        404, "event-not-found", "No such event on the wire", "The member `state` says where the event is instead."
    ),
    errors.ArticleNotFound: Row(404, "article-not-found", "No such article", "Articles are kept as long as the wire."),
    errors.MissionNotFound: Row(
        404, "mission-not-found", "No event of such a mission", "See /v1/missions for those on the wire."
    ),
    errors.PluginNotFound: Row(404, "plugin-not-found", "No such plugin", "See /v1/plugins for those that are there."),
    errors.DeadLetterNotFound: Row(
        404, "dead-letter-not-found", "No such dead letter", "It may have been replayed, or is older than what is kept."
    ),
    errors.NotFound: Row(404, "not-found", "Nothing is here", "See /docs for what is."),
    errors.IdentityConflict: Row(
        409,
        "identity-conflict",
        "The same source and id with another content",
        "Give a changed event an id of its own; to correct one, publish missionwire.event.corrected.",
    ),
    errors.PositionGone: Row(
        410, "position-gone", "That position is gone", "Go on from the oldest event that is kept, linked as rel=first."
    ),
    errors.BodyTooLarge: Row(413, "body-too-large", "The body is too large", "Send less at once."),
    errors.UnsupportedMediaType: Row(
        415, "unsupported-media-type", "That media type is not taken", "Send one of the media types that are named."
    ),
    errors.FaultyItems: Row(
        422, "faulty-items", "An item breaks the rules", "Mend what the member `faults` names; nothing was taken."
    ),
    errors.NoArticle: Row(
        422, "no-article", "There is no article in that page", "Send the page of one article, or the article's text."
    ),
    errors.UnreadableWebpage: Row(
        422, "unreadable-webpage", "That page cannot be read", "Send the article's text instead of its page."
    ),
    errors.HtmlMissing: Row(
        501, "html-missing", "Web pages cannot be read here", "Run: pip install 'missionwire[html]', or send text."
    ),
    errors.IntakeFull: Row(503, "intake-full", "Too much is waiting", "Send it again after `Retry-After` seconds."),
    errors.ServerAway: Row(503, "store-away", "The store does not answer", "Send it again; a repeat does no harm."),
    errors.Draining: Row(503, "draining", "This server is going down", "Try again; it or another will answer."),
    errors.FeedFull: Row(503, "feed-full", "The feed is full", "Try again after `Retry-After` seconds."),
    errors.WorkerBusy: Row(503, "worker-busy", "No worker answered in time", "Try again after `Retry-After` seconds."),
    errors.WebpagesFull: Row(
        503, "webpages-full", "Too many pages wait to be read", "Try again after `Retry-After` seconds."
    ),
    errors.StoreFull: Row(
        507, "store-full", "The store is full", "Free disk or memory, or keep less; what was taken stays."
    ),
}
"""One row for each class that can reach a client."""

_FRAMEWORK: Final[Mapping[int, Row]] = {
    400: Row(400, "faulty-parameter", "A parameter is unknown or wrong", "Mend the parameter that is named."),
    404: ROWS[errors.NotFound],
    405: Row(405, "method-not-allowed", "That method is not taken here", "See the Allow header and /docs."),
    413: ROWS[errors.BodyTooLarge],
    415: ROWS[errors.UnsupportedMediaType],
}
HTTP: Final = Row(400, "http", "The request was refused", "The title and the status say why.")
"""What the framework, or a plugin's route, refuses with a status of its own."""

NO_HTTP: Final = Row(400, "no-http", "That is no HTTP request", "Send HTTP/1.1.")
NOT_READY: Final = Row(503, "not-ready", "This server cannot serve now", "The member `reasons` says why.")
INTERNAL: Final = Row(500, "internal", "Something went wrong here", "It was logged. Try again, or tell the operator.")


def all_rows() -> tuple[Row, ...]:
    """Give every row once, by name."""
    rows = {row.name: row for row in (*ROWS.values(), *_FRAMEWORK.values(), HTTP, NO_HTTP, NOT_READY, INTERNAL)}
    return tuple(rows[name] for name in sorted(rows))


def row_of(error: MissionwireError) -> Row:
    """Give the row of the nearest class that has one."""
    return next((ROWS[kind] for kind in type(error).__mro__ if kind in ROWS), INTERNAL)


def problem(row: Row, detail: str, instance: str, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Make a problem document."""
    return {
        "type": TYPE_PREFIX + row.name,
        "title": row.title,
        "status": row.status,
        "detail": detail,
        "instance": instance,
        **(more or {}),
    }


def members(error: MissionwireError) -> dict[str, Any]:
    """Give the members that an error adds to its document."""
    match error:
        case errors.FaultyItems():
            return {"faults": msgspec.to_builtins(error.faults)}
        case errors.IdentityConflict():
            return {"conflicts": [{"item": item, "source": s, "id": i} for item, s, i in error.conflicts]}
        case errors.UnsupportedMediaType():
            return {"taken": list(error.taken)}
        case errors.BodyTooLarge():
            return {"limit": error.limit, "unit": error.unit}
        case errors.FaultyParameter():
            return {"parameter": error.name}
        case errors.PositionGone():
            return {"reason": error.reason, "from": error.from_, "to": error.to, "count": error.count}
        case errors.EventNotFound():
            found = {"state": error.state, "reason": error.reason, "dead_letter": error.dead_letter}
            return {name: value for name, value in found.items() if value is not None}
        case _:
            return {}


def _answer(
    request: Request[Any, Any, Any], row: Row, detail: str, more: Mapping[str, Any], headers: Mapping[str, str]
) -> Response[bytes]:
    body = msgspec.json.encode(problem(row, detail, request.url.path, more))
    return Response(body, status_code=row.status, media_type=PROBLEM_JSON, headers=dict(headers))


def missionwire_error(request: Request[Any, Any, Any], error: MissionwireError) -> Response[bytes]:
    """Answer one of our errors."""
    headers = {}
    if isinstance(error, errors.Unavailable):
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, errors.PositionGone):
        headers["Link"] = '</v1/events>; rel="first"'
    return _answer(request, row_of(error), error.detail, members(error), headers)


def framework_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """Answer an error of the framework: no route, wrong method, a parameter of the wrong type."""
    row = _FRAMEWORK.get(error.status_code)
    more: dict[str, Any] = {}
    detail = error.detail
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        found = [each for each in error.extra if isinstance(each, dict)]
        detail = "; ".join(f"parameter {each.get('key')!r}: {each.get('message')}" for each in found) or detail
        more = {"parameter": found[0].get("key")} if found else {}
    if row is None:
        row = HTTP._replace(status=error.status_code, title=HTTPStatus(error.status_code).phrase)
    if row.status == ROWS[errors.NotFound].status and detail == "Not Found":
        detail = f"Nothing is at {request.url.path}. See /docs for what is."
    return _answer(request, row, detail, more, error.headers or {})


def unexpected_error(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Answer what nobody foresaw; the trace goes to the log, never to the client."""
    _LOG.error("unexpected error at %s", request.url.path, exc_info=error)
    return _answer(request, INTERNAL, "Something went wrong here. It was logged.", {}, {})


def explained(row: Row) -> str:
    """Give the page that a problem type answers with."""
    return f"{row.title} ({row.status})\n\n{row.advice}\n"
