"""The way of one event, or of one article and its events, through the stages of the plan."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

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
from missionwire.domain.event import Patch
from missionwire.domain.moment import in_utc
from missionwire.domain.vocabulary import TimePrecision
from missionwire.pipeline.asking import Asker, Check
from missionwire.pipeline.batch import MAX_EVENTS
from missionwire.pipeline.calls import Caller, Fault
from missionwire.pipeline.checks import check_corrections, check_drafts, check_mentions
from missionwire.pipeline.drafting import drafted, keyed, with_claims
from missionwire.pipeline.merging import check_patch
from missionwire.pipeline.participant import Participant
from missionwire.pipeline.plan import Plan, Seat, levels
from missionwire.pipeline.trail import DeadError, Trail
from missionwire.pipeline.way import Done, Way
from missionwire.plugin import Drop

PATIENCE_S: Final = 60.0
"""An event waits at most so long for a plugin that it must not go on without."""

RETRY_S: Final = 1.0

Stages: TypeAlias = Mapping[str, Sequence[Sequence[Seat]]]
"""The seats of each stage, in groups that are asked one after another."""

T = TypeVar("T")
D = TypeVar("D")

_REPAIRED_FIELDS: Final = ("title", "text")


class ArticleDone(NamedTuple):
    """What became of an article: its document, and its events in the order of the text.

    There are none where a plugin's fault ended its way: `dead` is the fault for which it becomes a dead letter.
    """

    document: ArticleDocument
    events: tuple[Done, ...]
    reading: Document
    dead: Fault | None = None


class Pipeline:
    """Runs events and articles through one plan. It may be swapped at any time; what is under way keeps its own."""

    def __init__(self, plan: Plan, caller: Caller) -> None:
        self.plan = plan
        self._caller = caller
        self._asker = Asker(caller)

    @property
    def plan(self) -> Plan:
        """Who is called in which stage in which order."""
        return self._plan

    @plan.setter
    def plan(self, plan: Plan) -> None:
        self._plan = plan
        self._stages = {stage: levels(seats) for stage, seats in plan.items()}

    async def event(self, sent: Mapping[str, Any]) -> Done:
        """Run an event as sent through all stages."""
        return await self._patiently(lambda passage: passage.event(sent))

    async def extracted(self, event: dict[str, Any]) -> Done:
        """Run an event that came of an article, or a dead letter of one: it enters at `enrich`."""
        return await self._patiently(lambda passage: passage.extracted(event))

    async def article(self, article: SentArticle) -> ArticleDone:
        """Run an article through all stages, and its events through theirs."""
        return await self._patiently(lambda passage: passage.article(article))

    async def _patiently(self, run: Callable[["_Passage"], Awaitable[D]]) -> D:
        """Run one passage; again, for a bounded time, while a plugin fails that the operator will not do without."""
        give_up_s = time.monotonic() + PATIENCE_S
        while True:
            passage = _Passage(self._stages, self._caller, self._asker)
            done = await run(passage)
            if not passage.is_to_wait or time.monotonic() + RETRY_S > give_up_s:
                return done
            await asyncio.sleep(RETRY_S)


class _Passage:
    """The way of one event, or of one article and its events, through one plan."""

    def __init__(self, stages: Stages, caller: Caller, asker: Asker) -> None:
        self._stages = stages
        self._caller = caller
        self._asker = asker
        self.is_to_wait = False

    async def event(self, sent: Mapping[str, Any]) -> Done:
        way = Way(event := normalised(sent))
        has_readers = bool(self._stages["annotate"] or self._stages["repair"])
        if has_readers and any(isinstance(event.get("data", {}).get(each), str) for each in _REPAIRED_FIELDS):
            try:
                way.repair(await self._repaired(way))
            except Drop as drop:
                way.drop(self._asker.reason(drop))
            except DeadError as dead:
                way.die(dead)
        return await self._alone(way)

    async def extracted(self, event: dict[str, Any]) -> Done:
        return await self._alone(Way(event))

    async def _alone(self, way: Way) -> Done:
        await self._enrich([way])
        self.is_to_wait = way.is_to_wait
        return way.done()

    async def article(self, article: SentArticle) -> ArticleDone:
        document = Document(
            id=article.id,
            text=article.text,
            source=article.source,
            title=article.title,
            language=article.language,
            url=article.url,
            published=article.published,
        )
        trail = Trail()
        dead: Fault | None = None
        events: list[dict[str, Any]] = []
        try:
            document = await self._read(document, trail)
            events = self._drafted(document, await self._extract(document, trail), trail)
        except Drop:
            events = []  # the operator set so for a plugin that failed; the document's errors name it
        except DeadError as error:
            dead, self.is_to_wait = error.fault, error.is_to_wait
        done = await self._extracted(events)
        told = _told(document, article, done, trail)
        if dead is not None:
            told = replace(told, state="dead")
        return ArticleDone(told, tuple(done), document, dead)

    async def _extracted(self, events: Iterable[dict[str, Any]]) -> list[Done]:
        """Run an article's events one after another; together where a plugin takes several at once."""
        ways = [Way(event) for event in events]
        takes_several = any(seat.hook == "enrich_batch" for seats in self._stages["enrich"] for seat in seats)
        at_once = MAX_EVENTS if takes_several else 1
        for first in range(0, len(ways), at_once):
            await self._enrich(ways[first : first + at_once])
        return [way.done() for way in ways]

    # --- documents ------------------------------------------------------------------------------------------------

    async def _repaired(self, way: Way) -> dict[str, Any]:
        """Read an event's own words; gives the members of its data that change with their corrections."""
        event, data = way.event, way.event["data"]
        document = Document(
            id=event["id"],
            source=event["source"],
            text=data.get("text") or "",
            title=data.get("title"),
            language=data.get("language"),
            url=data.get("url"),
            published=event.get("time"),
            event=way.seen,
        )
        document = await self._read(document, way.trail)
        if not document.corrections:
            return {}
        readings = {field: document.reading(field) for field in _REPAIRED_FIELDS}
        edited = {field: reading for field, reading in readings.items() if reading.text != reading.original}
        changed: dict[str, Any] = {field: reading.text for field, reading in edited.items()}
        if edited:
            as_sent = {field: reading.original for field, reading in edited.items()}
            changed["original"] = {**as_sent, **(data.get("original") or {})}
        changed["corrections"] = [*(data.get("corrections") or []), *_told_corrections(document.corrections)]
        return changed

    async def _read(self, document: Document, trail: Trail) -> Document:
        """Annotate and repair: the document with all mentions and the corrections as they stand."""
        for seats in self._stages["annotate"]:
            check = partial(check_mentions, document)
            for _, found in await self._asker.about_document(seats, document, check, trail):
                if found:
                    document = replace(document, mentions=(*document.mentions, *found))
        if document.published is None:
            document = replace(document, published=_dateline(document))
        proposed: list[Correction] = []
        for seats in self._stages["repair"]:
            fits, known = partial(check_corrections, document), len(proposed)
            for seat, edits in await self._asker.about_document(seats, document, fits, trail):
                mine = [replace(c, plugin=seat.participant.name) for c in edits]
                trail.wrote(seat.participant, dict.fromkeys(c.field for c in mine if c.applied))
                proposed += mine
            if len(proposed) > known:
                document = replace(document, corrections=settle(proposed))
        return document

    async def _extract(self, document: Document, trail: Trail) -> list[tuple[Participant, Draft]]:
        drafts: list[tuple[Participant, Draft]] = []
        for seats in self._stages["extract"]:
            for seat, found in await self._asker.about_document(
                seats, document, partial(check_drafts, document), trail
            ):
                drafts += [(seat.participant, draft) for draft in found]
        return sorted(drafts, key=lambda each: (each[1].sentence.start, each[1].type))

    def _drafted(
        self, document: Document, drafts: Iterable[tuple[Participant, Draft]], trail: Trail
    ) -> list[dict[str, Any]]:
        """Make the events of the drafts, by the rules for those that are sent; a draft that breaks them is left out."""
        events = []
        for participant, draft, key in keyed(drafts):
            event = drafted(document, participant, draft, key)
            try:
                check_event(with_claims(event, draft))
            except ValueError as error:
                trail.failed(participant, self._caller.fault(participant, "extract", "invalid", str(error)))
            else:
                events.append({**event, "time": in_utc(event["time"])} if "time" in event else event)
        return events

    # --- events ---------------------------------------------------------------------------------------------------

    async def _enrich(self, ways: Sequence[Way]) -> None:
        """Take events together through the stages that add facts, label, and keep."""
        for seats in chain(self._stages["enrich"], self._stages["classify"]):
            for way, patches in await self._asker.about_events(seats, _going(ways), _patch_check):
                way.enrich(patches)
        for seats in self._stages["keep"]:
            await self._asker.about_events(seats, _going(ways), lambda _: _check_drop)


def _going(ways: Iterable[Way]) -> list[Way]:
    return [way for way in ways if not way.is_over]


def _patch_check(seat: Seat) -> Check[Patch | None]:
    writes = seat.participant.writes
    return lambda answer: check_patch(answer, writes)


def _check_drop(answer: object) -> Drop | None:
    if answer is None or answer is True:
        return None
    if isinstance(answer, Drop):
        return answer
    message = f"expected Drop or None, got {type(answer).__name__}"
    raise TypeError(message)


def _told(document: Document, article: SentArticle, events: Sequence[Done], trail: Trail) -> ArticleDocument:
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
        shadow=trail.shadows or msgspec.UNSET,
    )


def _told_corrections(corrections: Iterable[Correction]) -> list[Any]:
    return [msgspec.to_builtins(c) for c in corrections]


_LENGTH_OF_DATE: Mapping[TimePrecision, int] = {"year": 4, "month": 7, "day": 10}


def _dateline(document: Document) -> str | None:
    """Give the publication date that a stray dateline tells, cut to its precision."""
    for mention in document.mentions:
        if type(mention) is TimeMention and mention.is_dateline and mention.time:
            return mention.time[: _LENGTH_OF_DATE.get(mention.time_precision, len(mention.time))]
    return None
