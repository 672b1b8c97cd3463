"""Articles: texts that narrate events. As sent, and the document that tells what became of one."""

from typing import Any, Final, Literal, NamedTuple

import msgspec
from msgspec import Struct
from msgspec import field as member

from missionwire.domain.attribute import fault_of
from missionwire.domain.correction import Correction
from missionwire.domain.document import AgencyMention, Document, PersonMention
from missionwire.domain.errors import Fault, FaultyItems, UnreadableBody
from missionwire.domain.identity import article_id, digest, ident
from missionwire.domain.moment import parse_moment
from missionwire.domain.span import Span
from missionwire.domain.vocabulary import TimePrecision

DEFAULT_SOURCE: Final = "urn:missionwire:articles"
"""The source of an article that names none."""

_DATE_LENGTHS: Final = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d"}


class SentArticle(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An article as it is sent. `published` is RFC 3339, or a date: `2021-10-18`, `2021-10`, `2021`."""

    text: str
    title: str | None = None
    url: str | None = None
    source: str = DEFAULT_SOURCE
    published: str | None = None
    language: str | None = None

    @property
    def id(self) -> str:
        """The article's id: of its `source` and `url`, without a url of its text."""
        return article_id(self.source, self.url, self.text)


class AcceptedArticle(NamedTuple):
    """An article that may go into the inbox; its lane is its own id."""

    article: SentArticle
    id: str
    ident: bytes
    digest: bytes
    payload: bytes


def read_article(body: bytes) -> AcceptedArticle:
    """Read one article.

    Raises:
        UnreadableBody: the body is no JSON.
        FaultyItems: it is JSON, but no article.
    """
    try:
        article = msgspec.json.decode(body, type=SentArticle)
    except RecursionError as error:
        message = "The JSON is nested too deep for an article."
        raise UnreadableBody(message) from error
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `")
        raise FaultyItems([Fault(item=0, path=path.removesuffix("`") or "$", message=message)]) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = f"The JSON cannot be read: {str(error).removeprefix('JSON is malformed: ')}."
        raise UnreadableBody(message) from error
    if fault := _fault(article):
        raise FaultyItems([fault])
    payload = msgspec.json.encode(article)
    return AcceptedArticle(
        article=article,
        id=article.id,
        ident=ident("article", article.source, article.id),
        digest=digest(msgspec.to_builtins(article)),
        payload=payload,
    )


def _fault(article: SentArticle) -> Fault | None:
    if not article.text.strip():
        return Fault(item=0, path="$.text", message="is empty; an article needs a text")
    if not article.source.strip():
        return Fault(item=0, path="$.source", message="is empty; leave it out, or name where the article comes from")
    for name in ("source", "url", "language"):
        if fault := fault_of(getattr(article, name) or ""):
            return Fault(item=0, path=f"$.{name}", message=fault)
    if article.published is not None and not _is_moment_or_date(article.published):
        return Fault(
            item=0,
            path="$.published",
            message=f"{article.published[:40]!r} is no RFC 3339 time with a zone and no date like 2021-10-18",
        )
    return None


def _is_moment_or_date(text: str) -> bool:
    try:
        if len(text) in _DATE_LENGTHS:
            year, _, rest = text.partition("-")
            month, _, day = rest.partition("-")
            parse_moment(f"{year}-{month or '01'}-{day or '01'}T00:00:00Z")
        else:
            parse_moment(text)
    except ValueError:
        return False
    return True


class PersonFound(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody whom an article names, with every place where it does."""

    name: str
    id: str | None = None
    role: str | None = None
    gender: str | None = None
    nationality: str | None = None
    agency: str | None = None
    mentions: tuple[Span, ...] = ()


class AgencyFound(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An agency or company that an article names, with every place where it does."""

    name: str
    id: str | None = None
    role: str | None = None
    mentions: tuple[Span, ...] = ()


class TimeFound(Struct, frozen=True, kw_only=True):
    """A time that an article tells: where, as written, resolved to UTC, how precise, whether it contradicts itself."""

    start: int
    end: int
    original: str
    time: str | None
    time_precision: TimePrecision
    contradiction: bool


class ArticleDocument(Struct, frozen=True, kw_only=True):
    """What became of an article. `text` is repaired, `original` holds the members that changed, as they were sent."""

    id: str
    state: Literal["queued", "published", "dead"]
    title: str | None
    text: str
    source: str
    url: str | None = None
    published: str | None = None
    language: str | None = None
    original: dict[str, Any] = member(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    times: tuple[TimeFound, ...] = ()
    people: tuple[PersonFound, ...] = ()
    agencies: tuple[AgencyFound, ...] = ()
    events: tuple[dict[str, Any], ...] = ()
    errors: tuple[dict[str, Any], ...] = ()


def queued(article: SentArticle) -> ArticleDocument:
    """Give the document of an article that waits to be read."""
    return ArticleDocument(
        id=article.id,
        state="queued",
        title=article.title,
        text=article.text,
        source=article.source,
        url=article.url,
        published=article.published,
        language=article.language,
    )


def times_found(document: Document) -> tuple[TimeFound, ...]:
    """Gather the times of a document for its readers."""
    return tuple(
        TimeFound(
            start=m.start,
            end=m.end,
            original=document.text[m.start : m.end],
            time=m.time,
            time_precision=m.time_precision,
            contradiction=m.contradiction,
        )
        for m in document.times()
    )


def people_found(document: Document) -> tuple[PersonFound, ...]:
    """Gather the people of a document, one entry each, in the order of their first mention."""
    by_key: dict[str, list[PersonMention]] = {}
    for mention in (*document.people(), *document.people("title")):
        by_key.setdefault(mention.id or f"name:{mention.name}", []).append(mention)
    return tuple(
        PersonFound(
            name=max((m.name for m in mentions), key=len),
            id=mentions[0].id,
            role=_first(m.role for m in mentions),
            gender=_first(m.gender for m in mentions),
            nationality=_first(m.nationality for m in mentions),
            agency=_first(m.agency for m in mentions),
            mentions=tuple(Span(m.start, m.end) for m in mentions if m.field == "text"),
        )
        for mentions in by_key.values()
    )


def agencies_found(document: Document) -> tuple[AgencyFound, ...]:
    """Gather the agencies of a document, one entry each, in the order of their first mention."""
    by_key: dict[str, list[AgencyMention]] = {}
    for mention in (*document.agencies(), *document.agencies("title")):
        by_key.setdefault(mention.id or f"name:{mention.name}", []).append(mention)
    return tuple(
        AgencyFound(
            name=mentions[0].name,
            id=mentions[0].id,
            role=_first(m.role for m in mentions if m.role != "mentioned") or _first(m.role for m in mentions),
            mentions=tuple(Span(m.start, m.end) for m in mentions if m.field == "text"),
        )
        for mentions in by_key.values()
    )


def _first(values: Any) -> Any:  # noqa: ANN401  # one helper for members of several types
    return next((value for value in values if value is not None), None)
