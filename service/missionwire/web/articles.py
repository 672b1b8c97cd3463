"""`/v1/articles`: texts that narrate events."""

from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.params import PathParameter, QueryParameter

from missionwire.domain.article import (
    DEFAULT_SOURCE,
    ArticleDocument,
    SentArticle,
    SentWebpage,
    accepted,
    checked,
    queued,
    read_sent,
)
from missionwire.domain.errors import ArticleNotFound, FaultyParameter, UnsupportedMediaType
from missionwire.domain.webpage import decode_html
from missionwire.store.articles import find_article
from missionwire.store.inbox import Item
from missionwire.web.bodies import content_type_of, media_type_of, read_bytes
from missionwire.web.parameters import refuse_repeated, refuse_unknown
from missionwire.web.services import services_of

JSON: Final = "application/json"
HTML: Final = "text/html"

_ABOUT: Final = ("title", "url", "source", "published", "language")
_STATUS: Final = {"a": "accepted", "r": "accepted", "d": "duplicate", "v": "revised"}


def _of_page(told: str) -> Any:  # noqa: ANN401  # what Litestar reads beside a type
    return QueryParameter(description=f"{told} Only with a page as the body; in JSON it is a member.")


@post(
    "/v1/articles",
    status_code=202,
    summary="Publish an article",
    tags=["publish"],
    operation_id="publishArticle",
)
async def publish_article(
    request: Request[Any, Any, Any],
    dry_run: Annotated[
        bool, QueryParameter(description="Give what would become of it, with status 200; nothing is stored.")
    ] = False,
    title: Annotated[str | None, _of_page("Its title, if not the page's.")] = None,
    url: Annotated[str | None, _of_page("Where it was published; with its source, its identity.")] = None,
    source: Annotated[str | None, _of_page("Where it comes from: a URI.")] = None,
    published: Annotated[str | None, _of_page("When it was published, if not as the page says.")] = None,
    language: Annotated[str | None, _of_page("The language of its text, if not the page's.")] = None,
) -> Response[bytes]:
    """Take an article; its events appear on the wire. The same again is a duplicate, with other content a revision.

    An article comes as its `text`, or as the `html` of the page that carries it, in JSON or as the body itself
    (`text/html`, in any charset). A page is reduced to title, text, date and language; what is given wins over what it
    says. An article's identity is its `source` and `url`, without a url its text.
    """
    refuse_unknown(request, "dry_run", *_ABOUT)
    refuse_repeated(request, ("dry_run", *_ABOUT))
    services = services_of(request)
    about = {"title": title, "url": url, "source": source, "published": published, "language": language}
    sent = await _read(request, services.max_body_bytes, {k: v for k, v in about.items() if v is not None})
    article = accepted(await services.reducer.article(sent) if isinstance(sent, SentWebpage) else sent)
    if dry_run:
        document = await services.asks.put(article.payload, timeout_s=services.dry_run_timeout_s)
        return Response(document, status_code=200, media_type="application/json")
    letters = await services.intake.submit([Item.of_article(article)])
    answer = {"id": article.id, "status": _STATUS[letters]}
    location = f"/v1/articles/{article.id}"
    return Response(
        msgspec.json.encode(answer), status_code=202, media_type="application/json", headers={"Location": location}
    )


async def _read(request: Request[Any, Any, Any], limit: int, about: dict[str, str]) -> SentArticle | SentWebpage:
    """Read the body: a page, of which the query tells the rest, or JSON, which tells all by itself."""
    media_type, charset = content_type_of(request)
    if media_type == HTML:
        html = decode_html(await read_bytes(request, limit), charset)
        return checked(SentWebpage(html=html, **{"source": DEFAULT_SOURCE, **about}))
    if media_type_of(request) != JSON:
        raise UnsupportedMediaType(media_type, (JSON, HTML))
    if about:
        raise FaultyParameter(next(iter(about)), "goes with a page as the body; in JSON, make it a member")
    return read_sent(await read_bytes(request, limit))


@get("/v1/articles/{article:str}", summary="One article", tags=["read"], operation_id="getArticle")
async def get_article(
    request: Request[Any, Any, Any],
    article: Annotated[str, PathParameter(description="An article's id, as it was given when it was published.")],
) -> Response[bytes]:
    """Give an article: its state, its corrections and the events that came of it. While it waits, what was sent."""
    refuse_unknown(request)
    kept = await find_article(services_of(request).log, article)
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
