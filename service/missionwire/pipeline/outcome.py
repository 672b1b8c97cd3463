"""From what the pipeline made of an entry to what is committed. Pure."""

from typing import Any, Final

import msgspec

from missionwire.domain.article import ArticleDocument, SentArticle
from missionwire.domain.filter import mission_of
from missionwire.domain.identity import digest, ident
from missionwire.domain.serving import one_line
from missionwire.pipeline.calls import Fault
from missionwire.pipeline.pipeline import ArticleDone
from missionwire.pipeline.plan import Plan
from missionwire.pipeline.way import Done
from missionwire.store.commit import Output, Result
from missionwire.store.dead_letters import Failure
from missionwire.store.inbox import Entry

MAX_MESSAGE_CHARS: Final = 500
"""The message of an error is cut to this length in a dead letter."""

_ENCODE: Final = msgspec.json.Encoder().encode


def of_event(entry: Entry, sent: dict[str, Any], done: Done, plan: Plan) -> Result:
    """Give the result of an event: as sent, or extracted and come back from the dead letters."""
    return Result(entry.partition, entry.id, (_output(entry, sent, done, plan, is_own=True),))


def of_article(entry: Entry, article: SentArticle, done: ArticleDone, plan: Plan) -> Result:
    """Give the result of an article: its own end, and its events, which stand together on the wire."""
    outputs = [_output(entry, event.event, event, plan, is_own=False) for event in done.events]
    own = Output(
        fate="drop",
        is_own=True,
        mission="",
        ident=ident("article", article.source, article.id),
        digest=digest(msgspec.to_builtins(article)),
        payload=b"",
        reason="article",
    )
    return Result(entry.partition, entry.id, (*outputs, own), done.document.id, _ENCODE(done.document))


def of_failure(entry: Entry, failure: Failure, document: ArticleDocument | None = None) -> Result:
    """Give the result of an entry that could not be handled: a dead letter. `document` is what an article came to."""
    source, id_ = _identity(entry)
    output = Output(
        fate="dead",
        is_own=True,
        mission="",
        ident=ident("article" if entry.kind == "a" else "event", source, id_),
        digest=_digest_of(entry),
        payload=entry.payload,
        lane=entry.lane,
        kind=entry.kind,
        error=_ENCODE(failure),
    )
    article = entry.lane if entry.kind == "a" else ""  # the lane of an article is its id
    return Result(entry.partition, entry.id, (output,), article, _ENCODE(document) if document is not None else b"")


def _output(entry: Entry, sent: dict[str, Any], done: Done, plan: Plan, *, is_own: bool) -> Output:
    event = done.event
    fate = "drop" if done.dropped is not None else "dead" if done.dead is not None else "publish"
    return Output(
        fate=fate,  # type: ignore[arg-type]  # one of the three
        is_own=is_own,
        mission=mission_of(event) or "",
        ident=ident("event", event["source"], event["id"]),
        digest=digest(sent),
        payload=one_line(_ENCODE(event if fate == "publish" else sent)),
        lane=entry.lane if is_own else mission_of(sent) or sent["source"],
        kind=entry.kind if is_own else "x",
        reason=done.dropped or "",
        error=_ENCODE(failure_of(done.dead, plan)) if done.dead is not None else b"",
    )


def failure_of(fault: Fault, plan: Plan) -> Failure:
    """Give a plugin's fault as a dead letter tells it."""
    versions = {seat.participant.name: seat.participant.version for seats in plan.values() for seat in seats}
    return Failure(
        kind=fault.kind,
        message=fault.message[:MAX_MESSAGE_CHARS],
        plugin=fault.plugin,
        version=versions.get(fault.plugin),
        hook=fault.hook,
    )


def _identity(entry: Entry) -> tuple[str, str]:
    if entry.kind == "a":
        article = msgspec.json.decode(entry.payload, type=SentArticle)
        return article.source, article.id
    event = msgspec.json.decode(entry.payload)
    return event["source"], event["id"]


def _digest_of(entry: Entry) -> bytes:
    if entry.kind == "a":
        return digest(msgspec.to_builtins(msgspec.json.decode(entry.payload, type=SentArticle)))
    return digest(msgspec.json.decode(entry.payload))
