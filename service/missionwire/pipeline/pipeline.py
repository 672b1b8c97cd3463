"""The way of one event, or of one article and its events, through the stages of the plan."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import msgspec
from msgspec.structs import replace

from missionwire.domain.article import (
    ArticleDocument,
    SentArticle,
    agencies_found,
    people_found,
    times_found,
)
from missionwire.domain.cloudevents import check_event, normalised
from missionwire.domain.correction import Correction, settle
from missionwire.domain.document import Document, Draft, TimeMention
from missionwire.domain.event import Event, Patch, view
from missionwire.domain.filter import mission_of
from missionwire.domain.moment import in_utc
from missionwire.domain.vocabulary import PREFIX, TimePrecision
from missionwire.pipeline.calls import Caller, Fault
from missionwire.pipeline.checks import check_corrections, check_drafts, check_mentions
from missionwire.pipeline.merging import apply_patch, check_patch
from missionwire.pipeline.participant import Participant
from missionwire.pipeline.plan import Plan, Seat
from missionwire.pipeline.sentences import cut_sentence
from missionwire.plugin import Drop

MAX_REASON_CHARS: Final = 200
"""The reason of a drop is cut to this length."""

_REPAIRED_FIELDS: Final = ("title", "text")


class Done(NamedTuple):
    """What became of one event: as it goes onto the wire, or why it does not.

    `dropped` is the reason of a drop, `dead` the fault for which it becomes a dead letter; at most one is set.
    """

    event: dict[str, Any]
    dropped: str | None = None
    dead: Fault | None = None


class ArticleDone(NamedTuple):
    """What became of an article: its document, and its events in the order of the text.

    There are none where a plugin's fault ended its way: `dead` is the fault for which it becomes a dead letter.
    """

    document: ArticleDocument
    events: tuple[Done, ...]
    reading: Document
    dead: Fault | None = None


class _DeadError(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _Trail:
    """What plugins did to one event: provenance and errors, as they are published."""

    def __init__(self) -> None:
        self.provenance: list[dict[str, Any]] = []
        self.errors: list[dict[str, str]] = []

    def wrote(self, participant: Participant, fields: Iterable[str]) -> None:
        fields = list(fields)
        if fields:
            self.provenance.append({"plugin": participant.name, "version": participant.version, "fields": fields})

    def failed(self, participant: Participant, fault: Fault) -> None:
        """Note a fault; it ends the event's way if the operator set so for this plugin."""
        self.errors.append({"plugin": fault.plugin, "hook": fault.hook, "kind": fault.kind})
        if participant.on_error == "drop":
            raise Drop(f"{fault.plugin}: {fault.kind}")
        if participant.on_error == "dead-letter":
            raise _DeadError(fault)

    def put(self, event: dict[str, Any]) -> dict[str, Any]:
        """Give the event with the trail in its data."""
        if not self.provenance and not self.errors:
            return event
        data = dict(event.get("data") or {})
        for name, found in (("provenance", self.provenance), ("errors", self.errors)):
            if found:
                data[name] = [*(data.get(name) or []), *found]
        return {**event, "data": data}


class Pipeline:
    """Runs events and articles through one plan. The plan may be swapped between two calls; a call keeps its own."""

    def __init__(self, plan: Plan, caller: Caller) -> None:
        self.plan = plan
        self._caller = caller

    @property
    def _has_readers(self) -> bool:
        return bool(self.plan["annotate"] or self.plan["repair"])

    async def event(self, sent: Mapping[str, Any]) -> Done:
        """Run an event as sent through all stages."""
        event = normalised(sent)
        trail = _Trail()
        try:
            if self._has_readers and any(isinstance(event.get("data", {}).get(each), str) for each in _REPAIRED_FIELDS):
                event = await self._repaired(event, trail)
            return await self._enriched(event, trail)
        except Drop as drop:
            return Done(trail.put(event), dropped=_reason(drop))
        except _DeadError as dead:
            return Done(trail.put(event), dead=dead.fault)

    async def extracted(self, event: dict[str, Any]) -> Done:
        """Run an event that came of an article, or a dead letter of one: it enters at `enrich`."""
        trail = _Trail()
        try:
            return await self._enriched(event, trail)
        except Drop as drop:
            return Done(trail.put(event), dropped=_reason(drop))
        except _DeadError as dead:
            return Done(trail.put(event), dead=dead.fault)

    async def article(self, article: SentArticle) -> ArticleDone:
        """Run an article through all stages, and its events through theirs."""
        trail = _Trail()
        document = Document(
            id=article.id,
            text=article.text,
            source=article.source,
            title=article.title,
            language=article.language,
            url=article.url,
            published=article.published,
        )
        dead: Fault | None = None
        events: list[dict[str, Any]] = []
        try:
            document = await self._read(document, trail)
            events = self._drafted(document, await self._extract(document, trail), trail)
        except Drop:
            events = []  # the operator set so for a plugin that failed; the document's errors name it
        except _DeadError as error:
            dead = error.fault
        done = [await self.extracted(event) for event in events]
        told = self._told(document, article, done, trail)
        if dead is not None:
            told = replace(told, state="dead")
        return ArticleDone(told, tuple(done), document, dead)

    # --- documents ------------------------------------------------------------------------------------------------

    async def _repaired(self, event: dict[str, Any], trail: _Trail) -> dict[str, Any]:
        data = event["data"]
        document = Document(
            id=event["id"],
            source=event["source"],
            text=data.get("text") or "",
            title=data.get("title"),
            language=data.get("language"),
            url=data.get("url"),
            published=event.get("time"),
            event=view(event, mission_of(event)),
        )
        document = await self._read(document, trail)
        if not document.corrections:
            return event
        changed = {}
        for field in _REPAIRED_FIELDS:
            reading = document.reading(field)
            if reading.text != reading.original:
                changed[field] = reading
        data = {**data, **{field: reading.text for field, reading in changed.items()}}
        if changed:
            as_sent = {field: reading.original for field, reading in changed.items()}
            data["original"] = {**as_sent, **(data.get("original") or {})}
        data["corrections"] = [*(data.get("corrections") or []), *_told_corrections(document.corrections)]
        return {**event, "data": data}

    async def _read(self, document: Document, trail: _Trail) -> Document:
        """Annotate and repair: the document with all mentions and the corrections as they stand."""
        for seat in self.plan["annotate"]:
            found = await self._caller.call(
                seat.participant, "annotate", {"document": document}, partial(check_mentions, document)
            )
            if isinstance(found, Fault):
                trail.failed(seat.participant, found)
            elif found:
                document = replace(document, mentions=(*document.mentions, *found))
        if document.published is None:
            document = replace(document, published=_dateline(document))
        proposed: list[Correction] = []
        for seat in self.plan["repair"]:
            edits = await self._caller.call(
                seat.participant, "repair", {"document": document}, partial(check_corrections, document)
            )
            if isinstance(edits, Fault):
                trail.failed(seat.participant, edits)
                continue
            mine = [replace(c, plugin=seat.participant.name) for c in edits]
            trail.wrote(seat.participant, dict.fromkeys(c.field for c in mine if c.applied))
            proposed += mine
        return replace(document, corrections=settle(proposed))

    async def _extract(self, document: Document, trail: _Trail) -> list[tuple[Participant, Draft]]:
        drafts: list[tuple[Participant, Draft]] = []
        for seat in self.plan["extract"]:
            found = await self._caller.call(
                seat.participant, "extract", {"document": document}, partial(check_drafts, document)
            )
            if isinstance(found, Fault):
                trail.failed(seat.participant, found)
            else:
                drafts += [(seat.participant, draft) for draft in found]
        return sorted(drafts, key=lambda each: (each[1].sentence.start, each[1].type))

    def _drafted(
        self, document: Document, drafts: Iterable[tuple[Participant, Draft]], trail: _Trail
    ) -> list[dict[str, Any]]:
        """Make the events of the drafts, by the rules for those that are sent; a draft that breaks them is left out."""
        events = []
        for participant, draft, key in _keyed(drafts):
            event = _drafted(document, participant, draft, key)
            try:
                check_event(event)
            except ValueError as error:
                trail.failed(participant, self._caller.fault(participant, "extract", "invalid", str(error)))
            else:
                events.append({**event, "time": in_utc(event["time"])} if "time" in event else event)
        return events

    def _told(self, document: Document, article: SentArticle, events: Sequence[Done], trail: _Trail) -> ArticleDocument:
        texts = {field: document.reading(field) for field in _REPAIRED_FIELDS}
        original = {field: r.original for field, r in texts.items() if r.text != r.original}
        return ArticleDocument(
            id=document.id,
            state="published",
            title=texts["title"].text if document.title is not None else None,
            text=texts["text"].text,
            source=article.source,
            url=article.url,
            published=document.published,
            language=article.language,
            original=original,
            corrections=document.corrections,
            times=times_found(document),
            people=people_found(document),
            agencies=agencies_found(document),
            events=tuple(done.event for done in events if done.dropped is None and done.dead is None),
            errors=tuple(trail.errors),
        )

    # --- events ---------------------------------------------------------------------------------------------------

    async def _enriched(self, event: dict[str, Any], trail: _Trail) -> Done:
        seen: Event | None = None  # made again only after a plugin wrote something
        for seat in (*self.plan["enrich"], *self.plan["classify"]):
            seen = seen or view(event, mission_of(event))
            patched = await self._patched(event, seen, seat, trail)
            if patched is not event:
                event, seen = patched, None
        for seat in self.plan["keep"]:
            seen = seen or view(event, mission_of(event))
            answer = await self._caller.call(seat.participant, "keep", {"event": seen}, _check_drop)
            if isinstance(answer, Fault):
                trail.failed(seat.participant, answer)
            elif answer is not None:
                raise answer
        return Done(trail.put(event))

    async def _patched(self, event: dict[str, Any], seen: Event, seat: Seat, trail: _Trail) -> dict[str, Any]:
        participant = seat.participant
        check = partial(check_patch, writes=participant.writes)
        if seat.hook == "enrich_batch":
            answer = await self._caller.call(
                participant, seat.hook, {"events": (seen,)}, partial(_check_one_patch, check)
            )
        else:
            answer = await self._caller.call(participant, seat.hook, {"event": seen}, check)
        if isinstance(answer, Fault):
            trail.failed(participant, answer)
            return event
        if answer is None:
            return event
        event, written = apply_patch(event, participant.name, answer)
        trail.wrote(participant, written)
        return event


def _check_one_patch(check: Callable[[object], Patch | None], answer: Any) -> Patch | None:  # noqa: ANN401  # a plugin's answer
    if answer is None:
        return None
    if not isinstance(answer, Sequence) or len(answer) != 1:
        message = "expected one patch, or None, for each event"
        raise TypeError(message)
    return check(answer[0])


def _reason(drop: Drop) -> str:
    """Give the reason of a drop as a short text that can be written, whatever the plugin put there."""
    reason: object = drop.reason
    reason = reason if isinstance(reason, str) else type(reason).__name__
    return reason[:MAX_REASON_CHARS].encode(errors="backslashreplace").decode()


def _check_drop(answer: object) -> Drop | None:
    if answer is None or answer is True:
        return None
    if isinstance(answer, Drop):
        return answer
    message = f"expected Drop or None, got {type(answer).__name__}"
    raise TypeError(message)


def _told_corrections(corrections: Iterable[Correction]) -> list[Any]:
    return [msgspec.to_builtins(c) for c in corrections]


_LENGTH_OF_DATE: Mapping[TimePrecision, int] = {"year": 4, "month": 7, "day": 10}


def _dateline(document: Document) -> str | None:
    """Give the publication date that a stray dateline tells, cut to its precision."""
    for mention in document.mentions:
        if isinstance(mention, TimeMention) and mention.is_dateline and mention.time:
            return mention.time[: _LENGTH_OF_DATE.get(mention.time_precision, len(mention.time))]
    return None


def _keyed(drafts: Iterable[tuple[Participant, Draft]]) -> Iterable[tuple[Participant, Draft, str]]:
    """Give each draft the part of its id that stays the same when the article is sent again."""
    seen: dict[str, int] = {}
    for participant, draft in drafts:
        key = ":".join(part for part in (draft.type.removeprefix(PREFIX), draft.subject or "", draft.key) if part)
        seen[key] = seen.get(key, 0) + 1
        yield participant, draft, key if seen[key] == 1 else f"{key}:{seen[key]}"


def _drafted(document: Document, participant: Participant, draft: Draft, key: str) -> dict[str, Any]:
    """Make the event of a draft, as it enters at `enrich`."""
    sentence = cut_sentence(document.text, document.corrections, draft.sentence)
    data: dict[str, Any] = {
        "title": draft.title,
        "text": sentence.text,
        "language": document.language,
        "url": document.url,
        "narration": draft.narration,
        "time_precision": draft.time_precision if draft.time else "unknown",
        **msgspec.to_builtins(dict(draft.data)),
        "crew": msgspec.to_builtins(draft.crew),
        "agencies": msgspec.to_builtins(draft.agencies),
        "mission_inferred": draft.mission_inferred or None,
        "article": document.id,
        "evidence": msgspec.to_builtins(draft.evidence or (draft.sentence,)),
        "original": {"text": sentence.original} if sentence.text != sentence.original else None,
        "corrections": _told_corrections(sentence.corrections),
        "ext": {participant.name: msgspec.to_builtins(dict(draft.ext))} if draft.ext else None,
        "provenance": [{"plugin": participant.name, "version": participant.version, "fields": ["*"]}],
    }
    event = {
        "specversion": "1.0",
        "id": f"{document.id}:{key}",
        "source": document.source,
        "type": draft.type,
        "subject": draft.subject,
        "time": draft.time,
        "datacontenttype": "application/json",
        "data": {name: value for name, value in data.items() if value not in (None, [], (), {})},
    }
    return {name: value for name, value in event.items() if value is not None}
