"""`/health/live`, `/health/ready` and `/metrics`: for operators."""

import time
from typing import Any, Final

import msgspec
from litestar import Request, Response, get

from missionwire.domain.errors import MissionwireError
from missionwire.store import reports
from missionwire.web.metrics import MEDIA_TYPE, exposition
from missionwire.web.parameters import refuse_unknown
from missionwire.web.problems import NOT_READY, PROBLEM_JSON, problem
from missionwire.web.services import services_of


@get("/health/live", summary="Is the process alive?", tags=["operate"], operation_id="getLive")
async def get_live(request: Request[Any, Any, Any]) -> dict[str, str]:
    """Answer as long as the event loop turns."""
    refuse_unknown(request)
    return {"status": "live"}


@get("/health/ready", summary="Can it serve?", tags=["operate"], operation_id="getReady")
async def get_ready(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Say whether requests should come here: 200, or 503 with the reasons, while draining or without the store."""
    refuse_unknown(request)
    reasons: list[str] = []
    workers = 0
    services = services_of(request)
    if services.hub.is_draining:
        reasons.append("This server is going down.")
    try:
        await services.log.tip()
        workers = len(await reports.read(services.log, int(time.time() * 1000)))
    except MissionwireError as error:
        reasons.append(error.detail)
    if services.hub.is_away and not reasons:
        reasons.append("The feed has not read the wire yet.")
    durability = services.durability()
    body = {
        "status": "ready",
        "reasons": reasons,
        "durability": {"level": durability.level, "detail": durability.detail},
        "workers": workers,
        "version": services.version,
        "subscribers": services.figures().gauges["feed_subscribers"],
    }
    if reasons:
        refusal = body | problem(NOT_READY, " ".join(reasons), request.url.path)
        return Response(msgspec.json.encode(refusal), status_code=NOT_READY.status, media_type=PROBLEM_JSON)
    return Response(msgspec.json.encode(body), media_type="application/json")


@get("/metrics", summary="Metrics", tags=["operate"], operation_id="getMetrics", media_type=MEDIA_TYPE)
async def get_metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Give metrics in the Prometheus text format."""
    refuse_unknown(request)
    return Response(await exposition(services_of(request)), media_type=MEDIA_TYPE)


HANDLERS: Final = (get_live, get_ready, get_metrics)
