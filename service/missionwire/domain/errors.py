"""Every failure that a user can meet, each with a name, fields and a sentence.

MissionwireError
├── RequestError                    the request is wrong
│   ├── UnreadableBody              the body cannot be read as a whole
│   ├── UnsupportedMediaType        no media type that this call takes
│   ├── BodyTooLarge                more bytes, or items, than the limit
│   ├── FaultyItems                 an event or article breaks the rules; a list of faults
│   ├── NoArticle                   a web page without an article in it
│   ├── UnreadableWebpage           a web page that cannot be read, or not in time
│   ├── IdentityConflict            the same (source, id) with another content
│   ├── FaultyParameter             a query parameter that is unknown or has a bad value
│   ├── MalformedPosition           no position at all
│   └── PositionGone                a position that the log no longer holds
├── NotFound                        nothing by that name
│   ├── EventNotFound               … with where the event is instead
│   ├── ArticleNotFound
│   ├── MissionNotFound
│   ├── PluginNotFound
│   └── DeadLetterNotFound
├── Unavailable                     not now; try again
│   ├── IntakeFull                  the inbox or the intake queue is full
│   ├── ServerAway                  Redis or Valkey does not answer
│   ├── Draining                    this process is going down
│   ├── FeedFull                    no place for another subscriber
│   ├── WorkerBusy                  no worker answered a dry run in time
│   └── WebpagesFull                too many web pages wait to be read
├── HtmlMissing                     the packages that read web pages are not installed
├── StoreFull                       memory or disk is full
└── StartError                      the service cannot start
    ├── SettingsError               one or more settings are wrong
    ├── DataFolderLocked            another service uses the data folder
    ├── ServerUnfit                 the server is too old, or set up so that promises break
    └── ServerFailed                the embedded server did not start
"""

from collections.abc import Sequence
from typing import ClassVar, Final, Literal

from msgspec import Struct

MAX_SAID_CHARS: Final = 500
"""What a plugin raised is told up to this length."""


class Fault(Struct, frozen=True, kw_only=True):
    """One thing wrong with one item: `item` counts from 0 in a batch, `path` is like `$.data.crew[1].name`."""

    item: int
    path: str
    message: str


def said_by(error: BaseException) -> str:
    """Say in a line what a plugin raised; a text that cannot be made, or written, harms nobody."""
    try:
        text = f"{type(error).__name__}: {error}"
    except Exception:  # its own `__str__`
        text = type(error).__name__
    return " ".join(text[:MAX_SAID_CHARS].encode(errors="backslashreplace").decode().split())


class MissionwireError(Exception):
    """The root of all errors that missionwire names."""

    sentence: ClassVar[str] = "Something went wrong."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.sentence)
        self.detail = detail or self.sentence


class RequestError(MissionwireError):
    """The request is wrong; sent again as it is, it will fail again."""


class UnreadableBody(RequestError):
    """The body cannot be read as a whole: no JSON, no UTF-8, cut short, nested too deep."""

    sentence = "The body cannot be read."


class UnsupportedMediaType(RequestError):
    """The call does not take this media type."""

    def __init__(self, given: str, taken: Sequence[str]) -> None:
        super().__init__(f"Media type {given or '(none)'!r} is not taken here. Send one of: {', '.join(taken)}.")
        self.given = given
        self.taken = tuple(taken)


class BodyTooLarge(RequestError):
    """More than the limit of bytes or items."""

    def __init__(self, limit: int, unit: Literal["bytes", "items"] = "bytes") -> None:
        super().__init__(f"The body is larger than the limit of {limit:,} {unit}. Send less at once.")
        self.limit = limit
        self.unit = unit


class FaultyItems(RequestError):
    """One or more items break the rules; nothing was taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        first = faults[0]
        more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"Item {first.item}, {first.path}: {first.message}{more}. Nothing was taken.")
        self.faults = tuple(faults)


class NoArticle(RequestError):
    """A web page in which no article was found."""

    sentence = (
        "No article was found in that page. Send the page of one article, as a reader gets it, or the article's text "
        "as the member `text`."
    )


class UnreadableWebpage(RequestError):
    """A web page that could not be read, or not in the time that one may take."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The page could not be read: {reason}. Send the article's text instead, as the member `text`."
        )


class IdentityConflict(RequestError):
    """The same (source, id) is known with another content; nothing was taken."""

    def __init__(self, conflicts: Sequence[tuple[int, str, str]]) -> None:
        item, source, id_ = conflicts[0]
        more = f", and {len(conflicts) - 1} more" if len(conflicts) > 1 else ""
        super().__init__(
            f"Item {item}: source {source!r} with id {id_!r} was sent before with another content{more}. "
            "Nothing was taken. Give a changed event an id of its own."
        )
        self.conflicts = tuple(conflicts)


class FaultyParameter(RequestError):
    """A query parameter that this call does not know, or with a value it cannot take."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"Parameter {name!r}: {message}")
        self.name = name


class MalformedPosition(RequestError):
    """A text that is no position."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text[:80]!r} is no position. Use one as the feed or a page gave it.")
        self.text = text


class PositionGone(RequestError):
    """A position whose place the log does not hold, with what is kept instead."""

    def __init__(self, reason: str, from_: str | None, to: str | None, count: int | None) -> None:
        super().__init__(
            f"That position is gone ({reason}). Go on from the oldest event that is kept: leave out `after`."
        )
        self.reason = reason
        self.from_ = from_
        self.to = to
        self.count = count


class NotFound(MissionwireError):
    """Nothing by that name."""

    sentence = "There is nothing here."


class EventNotFound(NotFound):
    """No such event on the wire; `state` says where it is instead: queued, dropped, dead, trimmed or unknown."""

    def __init__(
        self,
        detail: str,
        state: Literal["queued", "dropped", "dead", "trimmed", "unknown"],
        *,
        reason: str | None = None,
        dead_letter: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.state = state
        self.reason = reason
        self.dead_letter = dead_letter


class ArticleNotFound(NotFound):
    """No such article."""


class MissionNotFound(NotFound):
    """No event of such a mission is on the wire."""


class PluginNotFound(NotFound):
    """No such plugin."""


class DeadLetterNotFound(NotFound):
    """No such dead letter."""


class Unavailable(MissionwireError):
    """Not now. `retry_after_s` says when to try again."""

    retry_after_s: ClassVar[int] = 5


class IntakeFull(Unavailable):
    """More waits to be enriched, or to be written, than the limit."""

    sentence = "Too much is waiting: the inbox is full. Nothing was taken; send it again later."


class ServerAway(Unavailable):
    """The Redis or Valkey server does not answer."""

    sentence = "The store does not answer. Nothing was acknowledged; send it again."


class Draining(Unavailable):
    """This process takes no new work because it is going down."""

    sentence = "This server is going down. Try again, it or another will answer."
    retry_after_s = 2


class FeedFull(Unavailable):
    """The feed has as many subscribers as it may."""

    sentence = "The feed is full. Try again later."
    retry_after_s = 15


class WorkerBusy(Unavailable):
    """No worker answered in time."""

    sentence = "No worker answered in time. Try again."


class WebpagesFull(Unavailable):
    """As many web pages wait to be read as may."""

    sentence = "Too many web pages wait to be read. Nothing was taken; send it again later."


class HtmlMissing(MissionwireError):
    """The packages that read web pages are not installed; everything else works without them."""

    sentence = (
        "Web pages cannot be read here: the packages for it are not installed. Where the service runs, run: "
        "pip install 'missionwire[html]'. It is then there at once, without a restart. Or send the article's text."
    )


class StoreFull(MissionwireError):
    """Memory or disk of the store is full. The feed goes on; intake heals once space is given back."""

    sentence = "The store is full. Nothing was taken. Events can be sent again once space was given back."


class StartError(MissionwireError):
    """The service cannot start."""


class SettingsError(StartError):
    """One or more settings are wrong; all faults are told together, one a line."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class DataFolderLocked(StartError):
    """Another service uses the data folder."""


class ServerUnfit(StartError):
    """The external server is too old, or set up so that a promise would break."""


class ServerFailed(StartError):
    """The embedded server did not start."""
