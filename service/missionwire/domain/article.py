"""Articles: texts that narrate events. As sent, and the document that tells what became of one."""

from collections.abc import Iterable
from typing import Any, Final, Literal, NamedTuple, TypeVar

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
from missionwire.domain.webpage import Reduced

DEFAULT_SOURCE: Final = "urn:missionwire:articles"
"""The source of an article that names none."""

_NEEDED: Final = {"text": "a text", "html": "a page"}

_DATE_LENGTHS: Final = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d"}


class _About(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    title: str | None = None
    url: str | None = None
    source: str = DEFAULT_SOURCE
    published: str | None = None
    language: str | None = None


class SentArticle(_About, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An article as it is sent. `published` is RFC 3339, or a date: `2021-10-18`, `2021-10`, `2021`."""

    text: str

    @property
    def id(self) -> str:
        """The article's id: of its `source` and `url`, without a url of its text."""
        return article_id(self.source, self.url, self.text)


class SentWebpage(_About, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An article as the page that carries it. What else is given wins over what the page says."""

    html: str

    def article(self, reduced: Reduced) -> SentArticle:
        """Give the article that the page was reduced to."""
        return SentArticle(
            text=reduced.text,
            title=self.title or reduced.title,
            url=self.url,
            source=self.source,
            published=self.published or reduced.published,
            language=self.language or reduced.language,
        )


class _Sent(_About, frozen=True, kw_only=True, forbid_unknown_fields=True):
    text: str | msgspec.UnsetType = msgspec.UNSET
    html: str | msgspec.UnsetType = msgspec.UNSET


T = TypeVar("T")
S = TypeVar("S", SentArticle, SentWebpage)


class AcceptedArticle(NamedTuple):
    """An article that may go into the inbox; its lane is its own id."""

    article: SentArticle
    id: str
    ident: bytes
    digest: bytes
    payload: bytes


def read_sent(body: bytes) -> SentArticle | SentWebpage:
    """Read what was sent: an article as its `text`, or as the page (`html`) that carries it.

    Raises:
        UnreadableBody: the body is no JSON.
        FaultyItems: it is JSON, but no article.
    """
    sent = _decoded(body, _Sent)
    about = {name: getattr(sent, name) for name in _About.__struct_fields__}
    if isinstance(sent.text, str) and not isinstance(sent.html, str):
        return checked(SentArticle(text=sent.text, **about))
    if isinstance(sent.html, str) and not isinstance(sent.text, str):
        return checked(SentWebpage(html=sent.html, **about))
    message = "needs the member `text`, or `html` for a page, and not both"
    raise FaultyItems([Fault(item=0, path="$", message=message)])


def read_article(body: bytes) -> AcceptedArticle:
    """Read one article that is sent as its text.

    Raises:
        UnreadableBody: the body is no JSON.
        FaultyItems: it is JSON, but no article.
    """
    return accepted(_decoded(body, SentArticle))


def accepted(article: SentArticle) -> AcceptedArticle:
    """Give what may go into the inbox.

    Raises:
        FaultyItems: a member breaks the rules.
    """
    checked(article)
    return AcceptedArticle(
        article=article,
        id=article.id,
        ident=ident("article", article.source, article.id),
        digest=digest(msgspec.to_builtins(article)),
        payload=msgspec.json.encode(article),
    )


def checked(sent: S) -> S:
    """Give what was sent, if its members keep the rules.

    Raises:
        FaultyItems: one of them breaks one.
    """
    if fault := _fault(sent):
        raise FaultyItems([fault])
    return sent


def _decoded(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except RecursionError as error:
        message = "The JSON is nested too deep for an article."
        raise UnreadableBody(message) from error
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `")
        raise FaultyItems([Fault(item=0, path=path.removesuffix("`") or "$", message=message)]) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = f"The JSON cannot be read: {str(error).removeprefix('JSON is malformed: ')}."
        raise UnreadableBody(message) from error


def _fault(sent: SentArticle | SentWebpage) -> Fault | None:
    name, told = ("text", sent.text) if isinstance(sent, SentArticle) else ("html", sent.html)
    if not told.strip():
        return Fault(item=0, path=f"$.{name}", message=f"is empty; an article needs {_NEEDED[name]}")
    if not sent.source.strip():
        return Fault(item=0, path="$.source", message="is empty; leave it out, or name where the article comes from")
    for name in ("source", "url", "language"):
        if fault := fault_of(getattr(sent, name) or ""):
            return Fault(item=0, path=f"$.{name}", message=fault)
    if sent.published is not None and not _is_moment_or_date(sent.published):
        return Fault(
            item=0,
            path="$.published",
            message=f"{sent.published[:40]!r} is no RFC 3339 time with a zone and no date like 2021-10-18",
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
    """What became of an article. `text` is repaired, `original` holds the members that changed, as they were sent.

    `shadow` is there where plugins in shadow mode had something to say of it: what, by plugin and hook.
    """

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
    shadow: dict[str, dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET


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
    for mention in document.people() + (document.people("title") if document.title else ()):
        by_key.setdefault(mention.id or f"name:{mention.name}", []).append(mention)
    return tuple(
        PersonFound(
            name=max([m.name for m in mentions], key=len),
            id=mentions[0].id,
            role=_first(mentions, "role"),
            gender=_first(mentions, "gender"),
            nationality=_first(mentions, "nationality"),
            agency=_first(mentions, "agency"),
            mentions=_places(mentions),
        )
        for mentions in by_key.values()
    )


def agencies_found(document: Document) -> tuple[AgencyFound, ...]:
    """Gather the agencies of a document, one entry each, in the order of their first mention."""
    by_key: dict[str, list[AgencyMention]] = {}
    for mention in document.agencies() + (document.agencies("title") if document.title else ()):
        by_key.setdefault(mention.id or f"name:{mention.name}", []).append(mention)
    return tuple(
        AgencyFound(
            name=mentions[0].name,
            id=mentions[0].id,
            role=_first([m for m in mentions if m.role != "mentioned"], "role") or _first(mentions, "role"),
            mentions=_places(mentions),
        )
        for mentions in by_key.values()
    )


def _first(mentions: Iterable[PersonMention | AgencyMention], member: str) -> str | None:
    """Give what the first mention says that says something of it."""
    for mention in mentions:
        value: str | None = getattr(mention, member)
        if value is not None:
            return value
    return None


def _places(mentions: Iterable[PersonMention | AgencyMention]) -> tuple[Span, ...]:
    return tuple([Span(m.start, m.end) for m in mentions if m.field == "text"])
