"""The trace of one event or article: what each plugin got, what it gave and what that changed, without a service.

The plugins that are installed here run by the plan that a worker would make of the same settings.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from missionwire.app.start import USER_AGENT
from missionwire.authoring.answer import completed, plain, whole
from missionwire.domain.article import SentArticle, read_article
from missionwire.domain.cloudevents import check_event
from missionwire.domain.document import Document
from missionwire.domain.errors import RequestError
from missionwire.domain.event import Event, Patch
from missionwire.domain.redaction import Redactor
from missionwire.ensemble import Ensemble
from missionwire.pipeline.calls import Answer, Caller, Fault
from missionwire.pipeline.holder import Watched
from missionwire.pipeline.merging import apply_patch
from missionwire.pipeline.participant import Participant
from missionwire.pipeline.pipeline import Pipeline
from missionwire.pipeline.siblings import Waiting
from missionwire.plugin import Drop
from missionwire.plugins.host import Host
from missionwire.settings import Settings
from missionwire.store.temporary import TemporaryKeys

MAX_STEPS: Final = 2000
"""At most so many calls are kept; how many more there were is told."""

T = TypeVar("T")


class Change(Struct, frozen=True, kw_only=True):
    """One member of an event that a patch changed. `before` is None where it was not there, `after` where it went."""

    path: str
    before: Any = None
    after: Any = None


class Step(Struct, frozen=True, kw_only=True):
    """One call. `answer` is plain JSON, `fault` says what went wrong, `dropped` the reason of a drop."""

    stage: str
    plugin: str
    version: str
    took_ms: float
    subject: str
    given: Any
    answer: Any = None
    changes: tuple[Change, ...] = ()
    fault: str = ""
    dropped: str = ""


class Away(NamedTuple):
    """A plugin that does not run, and why."""

    name: str
    state: str
    reason: str


class Trace(Struct, frozen=True, kw_only=True):
    """All steps in their order, and what came out: an event as published, or the article's document."""

    steps: tuple[Step, ...]
    left_out: int
    result: Any
    dropped: str | None
    away: tuple[Away, ...]
    running: tuple[str, ...]


class NotTraceableError(Exception):
    """The input is no event, or no article; the message says what is wrong with it."""


class Recorder(Caller):
    """Calls plugins as a worker does, and keeps what went in and came out."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__(redactor=redactor)
        self.steps: list[Step] = []
        self.left_out = 0

    def begin(
        self, participant: Participant, hook: str, arguments: Callable[[], Mapping[str, Any]], check: Callable[[Any], T]
    ) -> Waiting[Answer[T]]:
        """Call one hook; see `Caller.begin`."""
        return Waiting(self.call(participant, hook, arguments, check))

    async def call(
        self,
        participant: Participant,
        hook: str,
        arguments: Callable[[], Mapping[str, Any]],
        check: Callable[[Any], T],
        first: Watched | None = None,
    ) -> Answer[T]:
        """Call one hook; see `Caller.call`. A batch makes a step for each of its events."""
        taken = arguments()
        (given,) = taken.values()
        several = given if isinstance(given, tuple) else (given,)
        before = [whole(each) for each in several]
        began_s = time.perf_counter()
        answer = await super().call(participant, hook, lambda: taken, check, first)
        answers = answer if isinstance(given, tuple) and isinstance(answer, Sequence) else [answer] * len(several)
        self._keep(participant, hook, zip(several, before, answers, strict=True), began_s)
        return answer

    def _told(self, participant: Participant, before: dict[str, Any], answer: object) -> dict[str, Any]:
        """Give the members of a step that tell what came of the call."""
        if isinstance(answer, Fault):
            return {"fault": f"{answer.kind}: {answer.message}" if answer.message else answer.kind}
        if isinstance(answer, Drop):
            return {"dropped": self.redactor.mask(str(answer.reason))}
        changes = tuple(changes_of(before, participant.name, answer)) if isinstance(answer, Patch) else ()
        return {"answer": plain(answer), "changes": changes}

    def _keep(
        self,
        participant: Participant,
        hook: str,
        called: Iterable[tuple[Document | Event, dict[str, Any], object]],
        began_s: float,
    ) -> None:
        """Keep a step for each input: with it, how it was before the call, and what came of it."""
        took_ms = round((time.perf_counter() - began_s) * 1000, 3)
        for given, before, answer in called:
            if len(self.steps) >= MAX_STEPS:
                self.left_out += 1
                continue
            step = Step(
                stage=hook,
                plugin=participant.name,
                version=participant.version,
                took_ms=took_ms,
                subject=subject_of(given),
                given=before,
                **self._told(participant, before, answer),
            )
            self.steps.append(step)


def subject_of(given: Document | Event) -> str:
    """Give the words by which an input is told of."""
    if isinstance(given, Document):
        size = f"{len(given.text):,} code points"
        return f"document of {size}, {len(given.mentions)} mentions, {len(given.corrections)} corrections"
    return f"event {given.id} {given.type}"


def changes_of(before: dict[str, Any], plugin: str, patch: Patch) -> Iterator[Change]:
    """Give what a patch changes in an event, member by member."""
    after, _ = apply_patch(before, plugin, patch)
    old, new = (dict(_leaves(each, "")) for each in (before, after))
    for path in dict.fromkeys([*old, *new]):
        if old.get(path) != new.get(path):
            yield Change(path=path, before=old.get(path), after=new.get(path))


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  # JSON
    if isinstance(value, Mapping) and value:
        for name, each in value.items():
            yield from _leaves(each, f"{path}.{name}" if path else str(name))
    elif isinstance(value, (list, tuple)) and value:
        for index, each in enumerate(value):
            yield from _leaves(each, f"{path}[{index}]")
    elif value not in (None, {}, [], ()):
        yield path, value


def read_input(written: bytes, *, is_article: bool) -> dict[str, Any] | SentArticle:
    """Read an event as it is sent, of which attributes may be left out, or an article: its JSON or its bare text.

    Raises:
        NotTraceableError: it is neither.
    """
    try:
        if is_article:
            is_json = written.lstrip().startswith(b"{")
            return read_article(written if is_json else msgspec.json.encode({"text": written.decode()})).article
        sent = msgspec.json.decode(written, type=dict[str, Any])
        whole = completed(sent)
        check_event(whole)
    except RequestError as error:
        raise NotTraceableError(error.detail) from error
    except (msgspec.DecodeError, ValueError) as error:
        raise NotTraceableError(str(error)) from error
    return whole


async def trace(settings: Settings, given: dict[str, Any] | SentArticle) -> Trace:
    """Run one event or article through all plugins that the settings let run."""
    redactor = Redactor()
    recorder, keys, host = Recorder(redactor), TemporaryKeys(), Host(USER_AGENT, redactor=redactor)
    ensemble = Ensemble(settings, host, keys.of)
    try:
        await ensemble.start()
        pipeline = Pipeline(ensemble.plan, recorder)
        dropped = None
        if isinstance(given, SentArticle):
            result: Any = msgspec.to_builtins((await pipeline.article(given)).document)
        else:
            done = await pipeline.event(given)
            result, dropped = done.event, done.dropped
        away = [Away(each.name, each.state, each.reason or "") for each in host.plugins if each.state != "running"]
        running = tuple(each.name for each in host.running)
    finally:
        await ensemble.stop()
        recorder.close()
        await keys.aclose()
    return Trace(
        steps=tuple(recorder.steps),
        left_out=recorder.left_out,
        result=result,
        dropped=dropped,
        away=tuple(away),
        running=running,
    )
