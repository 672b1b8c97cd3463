"""`/v1/missions`: missions seen on the wire, and the timeline of one."""

from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, get
from litestar.params import PathParameter, QueryParameter

from missionwire.domain.errors import MissionNotFound
from missionwire.domain.filter import Filter
from missionwire.domain.slug import mission_slug
from missionwire.web.events import LIMIT, MAX_LIMIT, links, read_range
from missionwire.web.history import History
from missionwire.web.parameters import Types, refuse_unknown
from missionwire.web.services import services_of


@get("/v1/missions", summary="Missions seen", tags=["read"], operation_id="listMissions")
async def list_missions(
    request: Request[Any, Any, Any],
    limit: Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT, description="At most so many missions.")] = LIMIT,
    before: Annotated[
        int | None, QueryParameter(ge=1, description="Only missions whose last event has an ordinal below this one.")
    ] = None,
) -> Response[bytes]:
    """Give the missions of the events that are kept, the latest first, each with how many events it has."""
    refuse_unknown(request, "limit", "before")
    found = await services_of(request).wire.missions(count=limit, before_n=before)
    body = [
        {"mission": slug, "events": count, "last_ordinal": n, "timeline": f"/v1/missions/{slug}"}
        for slug, n, count in found
    ]
    headers = {}
    if len(found) == limit:
        headers["Link"] = f'</v1/missions?limit={limit}&before={found[-1][1]}>; rel="next"'
    return Response(msgspec.json.encode(body), media_type="application/json", headers=headers)


@get("/v1/missions/{mission:str}", summary="A mission's timeline", tags=["read"], operation_id="getMission")
async def get_mission(
    request: Request[Any, Any, Any],
    mission: Annotated[str, PathParameter(description="A mission's slug or designation.")],
    types: Types = None,
    after: Annotated[str | None, QueryParameter(description="Only events after this position.")] = None,
    before: Annotated[str | None, QueryParameter(description="Only events before this position.")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT, description="At most so many events.")] = LIMIT,
) -> Response[bytes]:
    """Give one mission's events in the order of the wire, with `Link: rel="next"` while there is more."""
    refuse_unknown(request, "type", "after", "before", "limit")
    slug = mission_slug(mission)
    services = services_of(request)
    history = History(services.log, services.wire)
    filter_ = Filter.build(missions=[slug] if slug else [mission], types=types or ())
    page = await history.page(filter_, read_range(after, before, None, None), limit)
    count = await services.wire.mission_length(slug)
    if not count:
        message = f"No event of {mission[:80]!r} is on the wire. See /v1/missions for those that are."
        raise MissionNotFound(message)
    body = b'{"mission":%b,"count":%d,"events":%b}' % (msgspec.json.encode(slug), count, history.body(page.entries))
    return Response(body, media_type="application/json", headers=links(request, page))


HANDLERS: Final = (list_missions, get_mission)
