"""Trying the hooks of the stages with every sample: once, once more, on what was repaired, and cancelled."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from missionwire.authoring import samples
from missionwire.authoring.answer import Given, plain, whole
from missionwire.authoring.bench import Bench, timeout_of
from missionwire.authoring.calling import Called
from missionwire.authoring.findings import Findings
from missionwire.authoring.lines import Line, Tell
from missionwire.authoring.settling import repaired
from missionwire.domain.correction import Correction
from missionwire.domain.document import Document
from missionwire.pipeline.participant import DOCUMENT_HOOKS, STAGE_HOOKS

HOLD_S: Final = 0.05
"""An async hook that computes longer than this in one step stands in the way of everybody else."""

TRIES: Final = 3
"""A step that took too long is tried again: the machine may have been busy. The shortest counts."""

CANCEL_TURNS: Final = (1, 2, 5)
"""Turns of the event loop after which a call is cancelled."""

MAX_LATE: Final = 2
"""A hook that was late so often is not asked about other samples."""

MARGIN_S: Final = 5.0
"""What is announced may take so much longer than its deadline until something else is told."""


class Trial(NamedTuple):
    """One call to be tried: a hook, and what goes into it."""

    hook: str
    sample: str
    given: Given
    is_huge: bool = False

    @property
    def label(self) -> str:
        """The words by which it is told of."""
        return f"{self.hook} with {self.sample}"


class Stages:
    """Tries the stage hooks of one plugin; faults go to the findings, digests of the answers are kept."""

    def __init__(self, bench: Bench, findings: Findings, tell: Tell) -> None:
        self.digests: dict[str, str] = {}
        self._bench = bench
        self._findings = findings
        self._tell = tell
        self._late: Counter[str] = Counter()
        self._hooks = [hook for hook in STAGE_HOOKS if hook in bench.hooks]

    def _begin(self, hook: str, label: str) -> None:
        self._tell(Line(now=label, limit_s=timeout_of(hook) * TRIES + MARGIN_S))

    async def try_all(self) -> None:
        """Ask every hook about every sample, twice."""
        for hook in self._hooks:
            for trial, twin in zip(await self._trials(hook), await self._trials(hook), strict=True):
                if self._late[hook] < MAX_LATE:
                    self._begin(hook, trial.label)
                    await self._try(trial, twin)

    async def _trials(self, hook: str) -> list[Trial]:
        """Make what goes into a hook, fresh each time."""
        if hook == "enrich_batch":
            return [Trial(hook, "several events", tuple(s.event for s in samples.events() if not s.is_huge))]
        if hook not in DOCUMENT_HOOKS:
            return [Trial(hook, f"the event {s.name!r}", s.event, s.is_huge) for s in samples.events()]
        return [
            Trial(
                hook,
                f"the document {s.name!r}",
                s.document if hook == "annotate" else await self._annotated(s.document),
                s.is_huge,
            )
            for s in samples.documents()
        ]

    async def _annotated(self, document: Document) -> Document:
        """Give a document with what the plugin itself finds in it, as `repair` and `extract` get it."""
        if "annotate" not in self._bench.hooks:
            return document
        _, mentions = await self._bench.answer("annotate", document)
        return replace(document, mentions=(*document.mentions, *(mentions or ())))

    async def _try(self, trial: Trial, twin: Trial) -> None:
        before = whole(trial.given)
        called, answer = await self._bench.answer(trial.hook, trial.given)
        self._note_conduct(trial, called)
        if whole(trial.given) != before:
            self._findings.note("input", trial.label, "it changed what it was given")
        if called.is_away:
            self._findings.away.append(trial.hook)
            return
        if called.is_late:
            self._late[trial.hook] += 1
        else:
            await self._note_hold(trial, called)
        if called.fault:
            self._findings.note(_point_of(called), trial.label, called.fault)
        else:
            told = plain(answer)
            self.digests[trial.label] = sha256(msgspec.json.encode(told)).hexdigest()
            await self._note_second(trial, twin, told)

    def _note_conduct(self, trial: Trial, called: Called) -> None:
        if called.leaked:
            self._findings.note("tasks", trial.label, f"left running {', '.join(dict.fromkeys(called.leaked))}")
        if called.printed_bytes:
            self._findings.note("stdout", trial.label, "printed")

    async def _note_second(self, trial: Trial, twin: Trial, told: object) -> None:
        called, answer = await self._bench.answer(trial.hook, twin.given)
        if called.is_away:
            return
        if called.fault:
            self._findings.note("same-answer", trial.label, f"the second time: {called.fault}")
        elif plain(answer) != told:
            self._findings.note("same-answer", trial.label, "asked twice, it gave two answers")

    async def _note_hold(self, trial: Trial, called: Called) -> None:
        """Judge how long the event loop was held; the huge text is measured against the deadline alone."""
        held_s = called.longest_step_s
        for _ in range(TRIES - 1):
            if held_s <= HOLD_S or trial.is_huge:
                return
            held_s = min(held_s, (await self._bench.call(trial.hook, trial.given)).longest_step_s)
        if held_s > HOLD_S:
            self._findings.note("loop", trial.label, f"held the event loop for {held_s * 1000:.0f} ms")

    async def settle(self) -> None:
        """Ask `repair` about what it has repaired."""
        if "repair" not in self._hooks:
            return
        for trial in await self._trials("repair"):
            if trial.is_huge or not isinstance(trial.given, Document):
                continue
            self._begin("repair", f"{trial.label}, repaired")
            corrections: Sequence[Correction] = (await self._bench.answer("repair", trial.given))[1] or ()
            if not any(each.applied for each in corrections):
                continue
            mended = await self._annotated(repaired(trial.given, corrections))
            once_more: Sequence[Correction] = (await self._bench.answer("repair", mended))[1] or ()
            for each in once_more:
                if each.applied:
                    what = f"it would then make {each.replacement!r} of {each.original!r}"
                    self._findings.note("settled", trial.label, what)

    async def cancel(self) -> None:
        """Cancel calls of the async hooks in the middle."""
        for hook in self._hooks:
            if self._bench.hooks[hook].is_async:
                for trial in await self._trials(hook):
                    if not trial.is_huge and not self._findings.has("cancel"):
                        await self._cancel(trial)

    async def _cancel(self, trial: Trial) -> None:
        self._begin(trial.hook, f"{trial.label}, cancelled")
        for turns in CANCEL_TURNS:
            if fault := await self._bench.cancelled(trial.hook, trial.given, turns):
                self._findings.note("cancel", trial.label, fault)
                return


def _point_of(called: Called) -> str:
    """Give the point that a fault breaks."""
    if called.is_undeclared:
        return "writes"
    if called.is_change:
        return "input"
    return "deadline" if called.is_late else "answers"
