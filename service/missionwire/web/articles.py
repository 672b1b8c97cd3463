"""`/v1/articles`: texts that narrate events."""

from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from missionwire.domain.article import ArticleDocument, SentArticle, queued, read_article
from missionwire.domain.errors import ArticleNotFound, UnsupportedMediaType
from missionwire.store.articles import find_article
from missionwire.store.inbox import Item
from missionwire.web.bodies import media_type_of, read_bytes
from missionwire.web.parameters import refuse_unknown
from missionwire.web.services import Services

TAKEN: Final = ("application/json",)

_STATUS: Final = {"a": "accepted", "r": "accepted", "d": "duplicate", "v": "revised"}


@post(
    "/v1/articles",
    status_code=202,
    summary="Publish an article",
    tags=["publish"],
    operation_id="publishArticle",
)
async def publish_article(
    request: Request[Any, Any, Any],
    services: NamedDependency[Services],
    dry_run: Annotated[
        bool, QueryParameter(description="Give what would become of it, with status 200; nothing is stored.")
    ] = False,
) -> Response[bytes]:
    """Take an article; its events appear on the wire. The same again is a duplicate, with other content a revision.

    An article's identity is its `source` and `url`, without a url its text.
    """
    refuse_unknown(request, "dry_run")
    if (media_type := media_type_of(request)) not in TAKEN:
        raise UnsupportedMediaType(media_type, TAKEN)
    article = read_article(await read_bytes(request, services.max_body_bytes))
    if dry_run:
        document = await services.asks.put(article.payload, timeout_s=services.dry_run_timeout_s)
        return Response(document, status_code=200, media_type="application/json")
    letters = await services.intake.submit([Item.of_article(article)])
    answer = {"id": article.id, "status": _STATUS[letters]}
    location = f"/v1/articles/{article.id}"
    return Response(
        msgspec.json.encode(answer), status_code=202, media_type="application/json", headers={"Location": location}
    )


@get("/v1/articles/{article:str}", summary="One article", tags=["read"], operation_id="getArticle")
async def get_article(
    services: NamedDependency[Services],
    request: Request[Any, Any, Any],
    article: Annotated[str, PathParameter(description="An article's id, as it was given when it was published.")],
) -> Response[bytes]:
    """Give an article: its state, its corrections and the events that came of it. While it waits, what was sent."""
    refuse_unknown(request)
    kept = await find_article(services.log, article)
    if kept is None:
        message = f"There is no article {article[:80]!r}. Articles are kept as long as the wire."
        raise ArticleNotFound(message)
    if kept.document is None:
        document = queued(msgspec.json.decode(kept.sent, type=SentArticle))
    else:
        document = msgspec.json.decode(kept.document, type=ArticleDocument)
    told = msgspec.structs.replace(document, state=kept.state)
    return Response(msgspec.json.encode(told), media_type="application/json")


HANDLERS: Final = (publish_article, get_article)
