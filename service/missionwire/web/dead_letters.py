"""`/v1/dead-letters`: what could not be handled, and again."""

import re
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.params import PathParameter, QueryParameter

from missionwire.domain.errors import DeadLetterNotFound
from missionwire.store.dead_letters import DeadLetter
from missionwire.web.parameters import refuse_unknown
from missionwire.web.services import services_of

LIMIT: Final = 100

_ID: Final = re.compile(r"[0-9]{1,16}-[0-9]{1,16}")

LetterId = Annotated[str, PathParameter(description="A dead letter's id.")]


def _checked(letter: str) -> str:
    if not _ID.fullmatch(letter):
        message = f"{letter[:40]!r} is no dead letter's id; they look like 1634445360000-0."
        raise DeadLetterNotFound(message)
    return letter


def _told(letter: DeadLetter) -> dict[str, Any]:
    return {
        "id": letter.id,
        "time_ms": letter.time_ms,
        "kind": letter.kind,
        "error": letter.error,
        "event": letter.event,
        "replay": f"/v1/dead-letters/{letter.id}/replay",
    }


@get("/v1/dead-letters", summary="Dead letters", tags=["operate"], operation_id="listDeadLetters")
async def list_dead_letters(
    request: Request[Any, Any, Any],
    after: Annotated[str | None, QueryParameter(description="Only those after this id.")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=LIMIT, description="At most so many.")] = LIMIT,
) -> Response[bytes]:
    """Give dead letters oldest first, each with the original event and the error."""
    refuse_unknown(request, "after", "limit")
    letters = await services_of(request).dead_letters.page(after=_checked(after) if after else "", limit=limit)
    headers = {}
    if len(letters) == limit:
        headers["Link"] = f'</v1/dead-letters?limit={limit}&after={letters[-1].id}>; rel="next"'
    body = msgspec.json.encode([_told(letter) for letter in letters])
    return Response(body, media_type="application/json", headers=headers)


@get("/v1/dead-letters/{letter:str}", summary="One dead letter", tags=["operate"], operation_id="getDeadLetter")
async def get_dead_letter(request: Request[Any, Any, Any], letter: LetterId) -> Response[bytes]:
    """Give one dead letter."""
    refuse_unknown(request)
    found = await services_of(request).dead_letters.get(_checked(letter))
    return Response(msgspec.json.encode(_told(found)), media_type="application/json")


@post(
    "/v1/dead-letters/{letter:str}/replay",
    status_code=202,
    summary="Replay a dead letter",
    tags=["operate"],
    operation_id="replayDeadLetter",
)
async def replay_dead_letter(request: Request[Any, Any, Any], letter: LetterId) -> Response[bytes]:
    """Put an event back into the inbox with its identity; it is published once, at a new place."""
    refuse_unknown(request)
    count = await services_of(request).dead_letters.replay([_checked(letter)])
    return Response(msgspec.json.encode({"replayed": count}), status_code=202, media_type="application/json")


@delete(
    "/v1/dead-letters/{letter:str}",
    status_code=204,
    summary="Discard a dead letter",
    tags=["operate"],
    operation_id="discardDeadLetter",
)
async def discard_dead_letter(request: Request[Any, Any, Any], letter: LetterId) -> None:
    """Forget an event for good."""
    refuse_unknown(request)
    await services_of(request).dead_letters.discard(_checked(letter))


HANDLERS: Final = (list_dead_letters, get_dead_letter, replay_dead_letter, discard_dead_letter)
