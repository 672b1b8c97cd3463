"""`/v1/events`: publish, and page through what was published."""

import time
from typing import Annotated, Any, Final
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from missionwire.domain.cloudevents import Accepted, read_body
from missionwire.domain.errors import EventNotFound, FaultyParameter, IdentityConflict
from missionwire.domain.filter import Filter
from missionwire.domain.identity import ident
from missionwire.domain.position import Position
from missionwire.feed.start import parse_since
from missionwire.store.inbox import Item
from missionwire.store.ledger import find
from missionwire.web.bodies import binary_headers, media_type_of, read_bytes
from missionwire.web.handlers import Route, answer
from missionwire.web.history import History, Page, Range
from missionwire.web.parameters import FILTERED, Since, Until, refuse_repeated, refuse_unknown
from missionwire.web.services import Services, services_of

CLOUDEVENT: Final = "application/cloudevents+json"
BATCH: Final = "application/cloudevents-batch+json"
LIMIT: Final = 100
MAX_LIMIT: Final = 1000

_STATUS: Final = {"a": "accepted", "r": "accepted", "d": "duplicate"}


@Route(
    "/v1/events",
    http_method="POST",
    status_code=202,
    summary="Publish events",
    tags=["publish"],
    operation_id="publishEvents",
)
async def publish_events(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Take one event or up to 1,000, all or none. 202 only once they are as safe as the configured durability says.

    One event: `application/json`, `application/cloudevents+json`, or binary mode with `ce-` headers. Several:
    `application/cloudevents-batch+json` or `application/x-ndjson`. Sent again, an event is acknowledged again and
    published once.
    """
    refuse_unknown(request)
    media_type = media_type_of(request)
    headers = binary_headers(request)
    services = services_of(request)
    body = await read_bytes(request, services.max_body_bytes)
    events = read_body(media_type, headers, body)
    letters = await services.intake.submit([Item.of_event(event) for event in events]) if events else ""
    return answer(202, b"application/json", _acknowledged(events, letters))


def _acknowledged(events: tuple[Accepted, ...], letters: str) -> bytes:
    if "c" in letters:
        raise IdentityConflict(
            [(i, e.source, e.id) for i, (e, letter) in enumerate(zip(events, letters, strict=True)) if letter == "c"]
        )
    return msgspec.json.encode(
        {
            "accepted": [
                {"source": event.source, "id": event.id, "status": _STATUS[letter]}
                for event, letter in zip(events, letters, strict=True)
            ]
        }
    )


@get("/v1/events", dependencies=FILTERED, summary="Page through history", tags=["read"], operation_id="listEvents")
async def list_events(
    request: Request[Any, Any, Any],
    wanted: NamedDependency[Filter],
    since: Since = None,
    until: Until = None,
    after: Annotated[str | None, QueryParameter(description="Only events after this position.")] = None,
    before: Annotated[
        str | None, QueryParameter(description="Only events before this position; alone, the last `limit` before it.")
    ] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT, description="At most so many events.")] = LIMIT,
    id_: Annotated[
        str | None,
        QueryParameter(name="id", description="With one `source`: that event alone, or a 404 that says where it is."),
    ] = None,
) -> Response[bytes]:
    """Give events oldest first, as a JSON array, with `Link: rel="next"` while there is more.

    A page may be short, even empty, while `next` is there: a filter looks at a bounded number of events at a time.
    With `source` and `id` together: that event alone, as an object.
    """
    once = ("since", "until", "occurred_since", "occurred_until", "after", "before", "limit", "id")
    refuse_unknown(request, *once, has_filters=True)
    refuse_repeated(request, once)
    services = services_of(request)
    history = History(services.log, services.wire)
    if id_ is not None:
        return await _single(services, history, sorted(wanted.sources), id_)
    page = await history.page(wanted, read_range(after, before, since, until), limit)
    return Response(history.body(page.entries), media_type="application/json", headers=links(request, page))


def read_range(after: str | None, before: str | None, since: str | None, until: str | None) -> Range:
    """Read what a request wants to page through.

    Raises:
        MalformedPosition, FaultyParameter: a value cannot be read.
    """
    now_ms = int(time.time() * 1000)
    return Range(
        after=Position.parse(after) if after is not None else None,
        before=Position.parse(before) if before is not None else None,
        since_ms=None if since in (None, "all") else parse_since("since", since or "", now_ms),
        until_ms=None if until in (None, "all") else parse_since("until", until or "", now_ms),
    )


def links(request: Request[Any, Any, Any], page: Page) -> dict[str, str]:
    """Give the Link header of a page, with the request's own parameters carried on."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in ("after", "before")]
    found = []
    if page.next_ is not None:
        low = [each for each in request.query_params.multi_items() if each[0] == "before"]
        query = urlencode([*(each for each in kept if each[0] != "since"), *low, ("after", str(page.next_))])
        found.append(f'<{request.url.path}?{query}>; rel="next"')
    if page.prev is not None:
        found.append(f'<{request.url.path}?{urlencode([*kept, ("before", str(page.prev))])}>; rel="prev"')
    return {"Link": ", ".join(found)} if found else {}


async def _single(services: Services, history: History, sources: list[str], id_: str) -> Response[bytes]:
    if len(sources) != 1:
        raise FaultyParameter("id", "needs exactly one `source` beside it")
    place = await find(services.log, ident("event", sources[0], id_))
    match place.state:
        case "published":
            ms, _, n = place.at.partition("-")
            entry = await services.wire.at(int(ms), int(n))
            if entry is not None:
                return Response(history.event(entry), media_type=CLOUDEVENT)
            raise EventNotFound("It was on the wire; the wire has been trimmed since.", "trimmed")
        case "queued":
            raise EventNotFound("It was accepted and waits to be enriched. Ask again.", "queued")
        case "dropped":
            raise EventNotFound(f"It was dropped: {place.at}.", "dropped", reason=place.at)
        case "dead":
            link = f"/v1/dead-letters/{place.at}"
            raise EventNotFound(f"It could not be handled; see {link}.", "dead", dead_letter=link)
        case _:
            raise EventNotFound("No event with this source and id is known here.", "unknown")


@get("/v1/events/{position:str}", summary="One event", tags=["read"], operation_id="getEvent")
async def get_event(
    request: Request[Any, Any, Any],
    position: Annotated[str, PathParameter(description="A position, as feed and pages give it.")],
) -> Response[bytes]:
    """Give the event at a position."""
    refuse_unknown(request)
    place = Position.parse(position)
    services = services_of(request)
    history = History(services.log, services.wire)
    await history.page(Filter(), Range(after=place), 1)  # a place that the log does not hold is told as 410
    entry = await services.wire.at(place.ms, place.n)
    if entry is None:
        raise EventNotFound("No event stands at this position.", "unknown")
    return Response(history.event(entry), media_type=CLOUDEVENT)


HANDLERS: Final = (publish_events, list_events, get_event)
