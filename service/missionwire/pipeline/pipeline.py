"""The way of one event, or of one article and its events, through the stages of the plan."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

import msgspec
from msgspec import Struct
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
from missionwire.domain.event import Event, Patch, frozen_once, view, with_ext
from missionwire.domain.filter import mission_of
from missionwire.domain.moment import in_utc
from missionwire.domain.vocabulary import TimePrecision
from missionwire.pipeline.batch import MAX_EVENTS, Close
from missionwire.pipeline.calls import Caller, Fault
from missionwire.pipeline.checks import check_corrections, check_drafts, check_mentions
from missionwire.pipeline.drafting import drafted, keyed
from missionwire.pipeline.merging import apply_patch, check_patch, check_patches
from missionwire.pipeline.participant import Participant
from missionwire.pipeline.plan import Plan, Seat, levels
from missionwire.pipeline.siblings import answers_of
from missionwire.pipeline.trail import DeadError, Trail
from missionwire.plugin import Drop

MAX_REASON_CHARS: Final = 200
"""The reason of a drop is cut to this length."""

PATIENCE_S: Final = 60.0
"""An event waits at most so long for a plugin that it must not go on without."""

RETRY_S: Final = 1.0

Stages: TypeAlias = Mapping[str, Sequence[Sequence[Seat]]]
"""The seats of each stage, in groups that are asked one after another."""

T = TypeVar("T")
D = TypeVar("D")

_REPAIRED_FIELDS: Final = ("title", "text")


class Done(Struct, frozen=True):
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


class Pipeline:
    """Runs events and articles through one plan. It may be swapped at any time; what is under way keeps its own."""

    def __init__(self, plan: Plan, caller: Caller) -> None:
        self.plan = plan
        self._caller = caller

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
            passage = _Passage(self._stages, self._caller)
            done = await run(passage)
            if not passage.is_to_wait or time.monotonic() + RETRY_S > give_up_s:
                return done
            await asyncio.sleep(RETRY_S)


class _Passage:
    """The way of one event or article through one plan, with its trail."""

    def __init__(self, stages: Stages, caller: Caller) -> None:
        self._stages = stages
        self._caller = caller
        self._trail = Trail()
        self.is_to_wait = False

    async def event(self, sent: Mapping[str, Any]) -> Done:
        event = normalised(sent)
        has_readers = bool(self._stages["annotate"] or self._stages["repair"])
        is_to_read = has_readers and any(isinstance(event.get("data", {}).get(each), str) for each in _REPAIRED_FIELDS)
        return await self._done(event, is_to_read=is_to_read)

    async def extracted(self, event: dict[str, Any]) -> Done:
        return await self._done(event, is_to_read=False)

    async def _done(self, event: dict[str, Any], *, is_to_read: bool) -> Done:
        event = frozen_once(event)
        seen = view(event, mission_of(event))
        try:
            if is_to_read and (changed := await self._repaired(event, seen)):
                event = frozen_once({**event, "data": {**event["data"], **changed}})
                seen = view(event, mission_of(event))
            return await self._enriched(event, seen)
        except Drop as drop:
            return Done(self._trail.put(event), dropped=self._reason(drop))
        except DeadError as dead:
            self.is_to_wait = dead.is_to_wait
            return Done(self._trail.put(event), dead=dead.fault)

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
        dead: Fault | None = None
        events: list[dict[str, Any]] = []
        try:
            document = await self._read(document)
            events = self._drafted(document, await self._extract(document))
        except Drop:
            events = []  # the operator set so for a plugin that failed; the document's errors name it
        except DeadError as error:
            dead, self.is_to_wait = error.fault, error.is_to_wait
        done = await self._run_extracted(events)
        told = self._told(document, article, done)
        if dead is not None:
            told = replace(told, state="dead")
        return ArticleDone(told, tuple(done), document, dead)

    async def _run_extracted(self, events: Sequence[dict[str, Any]]) -> list[Done]:
        """Run an article's events one after another; together where a plugin takes several at once."""

        def run(event: dict[str, Any]) -> Coroutine[Any, Any, Done]:
            return _Passage(self._stages, self._caller).extracted(event)

        if all(seat.hook != "enrich_batch" for seats in self._stages["enrich"] for seat in seats):
            return [await run(event) for event in events]
        done: list[Done] = []
        for first in range(0, len(events), MAX_EVENTS):
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(run(event)) for event in events[first : first + MAX_EVENTS]]
            done += [task.result() for task in tasks]
        return done

    async def _ask(
        self, seats: Sequence[Seat], arguments: Mapping[str, Any], check: Callable[[Seat], Callable[[Any], T]]
    ) -> list[tuple[Seat, T]]:
        """Ask those who do not wait for one another at the same time; gives the good answers in the plan's order."""
        if len(seats) == 1:
            answers = [await self._asked(seats[0], arguments, check(seats[0]))]
        else:
            answers = await answers_of(lambda seat: self._asked(seat, arguments, check(seat)), seats)
        good: list[tuple[Seat, T]] = []
        for seat, answer in zip(seats, answers, strict=True):
            if isinstance(answer, Fault):
                self._trail.failed(seat.participant, answer)
            elif isinstance(answer, Drop):
                if not seat.participant.is_shadow:
                    raise answer
                self._trail.shadowed(seat.participant, seat.hook, {"drop": self._reason(answer)})
            elif not seat.participant.is_shadow:
                good.append((seat, answer))
            elif answer:
                self._trail.shadowed(seat.participant, seat.hook, answer)
        return good

    def _reason(self, drop: Drop) -> str:
        """Give the reason of a drop as a short text that can be written and shown, whatever the plugin put there."""
        reason: object = drop.reason
        reason = reason if isinstance(reason, str) else type(reason).__name__
        return self._caller.redactor.mask(reason)[:MAX_REASON_CHARS].encode(errors="backslashreplace").decode()

    async def _asked(self, seat: Seat, arguments: Mapping[str, Any], check: Callable[[Any], T]) -> T | Fault | Drop:
        if seat.hook == "enrich_batch":
            ask = partial(self._asked_together, seat)
            return await seat.participant.gathering.answer(arguments["event"], ask)  # type: ignore[no-any-return]  # T
        try:
            return await self._caller.call(seat.participant, seat.hook, lambda: arguments, check)
        except Drop as drop:
            return drop

    async def _asked_together(self, seat: Seat, close: Close) -> Sequence[Patch | Fault | Drop | None]:
        """Ask about all events of a batch in one call; a fault of it is each event's."""
        events: tuple[Event, ...] = ()

        def arguments() -> Mapping[str, Any]:
            nonlocal events
            events = close()
            return {"events": events}

        def check(answer: object) -> Sequence[Patch | None]:
            return check_patches(answer, len(events), seat.participant.writes)

        answer: Sequence[Patch | None] | Fault | Drop
        try:
            answer = await self._caller.call(seat.participant, seat.hook, arguments, check)
        except Drop as drop:
            if len(events) > 1:  # nobody knows which of them is meant
                return [await self._asked_about(seat, event) for event in events]
            answer = drop
        return [answer] * len(close()) if isinstance(answer, (Fault, Drop)) else answer

    async def _asked_about(self, seat: Seat, event: Event) -> Patch | Fault | Drop | None:
        (answer,) = await self._asked_together(seat, lambda: (event,))
        return answer

    # --- documents ------------------------------------------------------------------------------------------------

    async def _repaired(self, event: Mapping[str, Any], seen: Event) -> dict[str, Any]:
        """Read an event's own words; gives the members of its data that change with their corrections."""
        data = event["data"]
        document = Document(
            id=event["id"],
            source=event["source"],
            text=data.get("text") or "",
            title=data.get("title"),
            language=data.get("language"),
            url=data.get("url"),
            published=event.get("time"),
            event=seen,
        )
        document = await self._read(document)
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

    async def _read(self, document: Document) -> Document:
        """Annotate and repair: the document with all mentions and the corrections as they stand."""
        for seats in self._stages["annotate"]:
            check = partial(check_mentions, document)
            for _, found in await self._ask(seats, {"document": document}, lambda _, check=check: check):  # type: ignore[misc]  # bound now
                if found:
                    document = replace(document, mentions=(*document.mentions, *found))
        if document.published is None:
            document = replace(document, published=_dateline(document))
        proposed: list[Correction] = []
        for seats in self._stages["repair"]:
            fits = partial(check_corrections, document)
            for seat, edits in await self._ask(seats, {"document": document}, lambda _, fits=fits: fits):  # type: ignore[misc]  # bound now
                mine = [replace(c, plugin=seat.participant.name) for c in edits]
                self._trail.wrote(seat.participant, dict.fromkeys(c.field for c in mine if c.applied))
                proposed += mine
            document = replace(document, corrections=settle(proposed))
        return document

    async def _extract(self, document: Document) -> list[tuple[Participant, Draft]]:
        drafts: list[tuple[Participant, Draft]] = []
        for seats in self._stages["extract"]:
            for seat, found in await self._ask(
                seats, {"document": document}, lambda _: partial(check_drafts, document)
            ):
                drafts += [(seat.participant, draft) for draft in found]
        return sorted(drafts, key=lambda each: (each[1].sentence.start, each[1].type))

    def _drafted(self, document: Document, drafts: Iterable[tuple[Participant, Draft]]) -> list[dict[str, Any]]:
        """Make the events of the drafts, by the rules for those that are sent; a draft that breaks them is left out."""
        events = []
        for participant, draft, key in keyed(drafts):
            event = drafted(document, participant, draft, key)
            try:
                check_event(event)
            except ValueError as error:
                self._trail.failed(participant, self._caller.fault(participant, "extract", "invalid", str(error)))
            else:
                events.append({**event, "time": in_utc(event["time"])} if "time" in event else event)
        return events

    def _told(self, document: Document, article: SentArticle, events: Sequence[Done]) -> ArticleDocument:
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
            errors=tuple(self._trail.errors),
            shadow=self._trail.shadows or msgspec.UNSET,
        )

    # --- events ---------------------------------------------------------------------------------------------------

    async def _enriched(self, event: dict[str, Any], seen: Event) -> Done:
        for seats in chain(self._stages["enrich"], self._stages["classify"]):
            answers = await self._ask(seats, {"event": seen}, _patch_check)
            if patches := [(seat.participant, patch) for seat, patch in answers if patch is not None]:
                for participant, patch in patches:
                    event, written = apply_patch(event, participant.name, patch)
                    self._trail.wrote(participant, written)
                seen = _seen_anew(seen, event, (patch for _, patch in patches))
        for seats in self._stages["keep"]:
            for _, drop in await self._ask(seats, {"event": seen}, lambda _: _check_drop):
                if drop is not None:
                    raise drop
        return Done(self._trail.put(event))


def _seen_anew(seen: Event, event: Mapping[str, Any], patches: Iterable[Patch]) -> Event:
    """Give the view of an event that was patched: the same but for its labels, where plugins wrote nothing else."""
    if any(patch.fields or patch.crew or patch.agencies for patch in patches):
        return view(event, mission_of(event))
    return with_ext(seen, ext) if (ext := (event.get("data") or {}).get("ext")) else seen


def _patch_check(seat: Seat) -> Callable[[Any], Patch | None]:
    return partial(check_patch, writes=seat.participant.writes)


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
