"""The conformance suite: a plugin is made, started, tried with every sample, cancelled and stopped, under observation.

Runs in a process of its own (see `child.py`): what is examined may hang, exit, or take the process down.
"""

import asyncio
import sys
from collections.abc import Mapping
from itertools import permutations
from typing import Any, Final

from missionwire.authoring.bench import Bench, UnmadeError, Workshop, timeout_of
from missionwire.authoring.calling import Observer
from missionwire.authoring.casework import Casework
from missionwire.authoring.configuration import fault_of_settings
from missionwire.authoring.findings import Findings
from missionwire.authoring.lines import Line, Order, Tell
from missionwire.authoring.network import Refusal
from missionwire.authoring.points import point
from missionwire.authoring.stages import MARGIN_S, Stages
from missionwire.pipeline.participant import STAGE_HOOKS, Hook, Participant
from missionwire.pipeline.plan import Plan, make_plan
from missionwire.plugin import Health, Plugin

_ENDING_S: Final = 0.05
"""What was told to end may take so long."""

_NEIGHBOURS: Final = ("aa", "zz")
"""Names that stand before and after most others."""

_ASIDES: Final[Mapping[str, tuple[type, ...]]] = {
    "health": (Health,),
    "routes": (list, tuple, type(None)),
    "commands": (Mapping, type(None)),
}


class Inspection:
    """Looks at one plugin's class, point by point, and tells each verdict."""

    def __init__(self, order: Order, kind: type[Plugin[Any]], tell: Tell, refusal: Refusal) -> None:
        self._order = order
        self._name = order.found.name
        self._kind = kind
        self._tell = tell
        self._refusal = refusal
        self._findings = Findings()
        self._observer = Observer(sys.stdout.flush)
        self._workshop = Workshop(self._name, kind, refusal, self._observer)

    async def run(self) -> None:
        """Look at everything; gives up where a point fails without which nothing else can be tried."""
        try:
            bench = self._made()
            if bench is None or not await self._has_started(bench):
                return
            stages = Stages(bench, self._findings, self._tell)
            await stages.try_all()
            self._tell(Line(digests=stages.digests))
            if self._order.part == "again":
                return
            await stages.settle()
            await stages.cancel()
            await self._try_asides(bench)
            await self._stop(bench)
            self._judge(bench)
            await Casework(self._workshop, self._tell).run(self._order.case_files)
        finally:
            self._observer.close()
            await self._workshop.aclose()

    def _verdict(self, name: str, *, is_good: bool, detail: str = "") -> None:
        self._tell(Line(point=point(name, "pass" if is_good else "fail", detail)))

    def _made(self) -> Bench | None:
        """Make the plugin from defaults, and tell how that went."""
        self._tell(Line(now="making it", limit_s=timeout_of("startup") + MARGIN_S))
        if fault := fault_of_settings(self._name, self._kind):
            self._verdict("config", is_good=False, detail=fault)
            return None
        try:
            bench = self._workshop.make({})
        except UnmadeError as error:
            if error.point != "config":
                self._verdict("config", is_good=True)
            self._verdict(error.point, is_good=False, detail=str(error))
            return None
        self._verdict("config", is_good=True)
        self._verdict("hooks", is_good=True, detail=", ".join(bench.hooks))
        fault = fault_of_place(bench)
        self._verdict("order", is_good=not fault, detail=fault)
        return bench

    async def _has_started(self, bench: Bench) -> bool:
        self._threads = self._observer.threads()
        self._tasks = asyncio.all_tasks()
        if "startup" not in bench.hooks:
            self._verdict("startup", is_good=True, detail="it needs no set-up")
            return True
        self._tell(Line(now="startup", limit_s=timeout_of("startup") + MARGIN_S))
        called = await bench.call("startup")
        if called.printed_bytes:
            self._findings.note("stdout", "startup", "printed")
        self._verdict("startup", is_good=not called.fault, detail=called.fault or f"{called.took_s * 1000:.0f} ms")
        return not called.fault

    async def _try_asides(self, bench: Bench) -> None:
        for hook, kinds in _ASIDES.items():
            if hook not in bench.hooks:
                continue
            self._tell(Line(now=hook, limit_s=timeout_of(hook) + MARGIN_S))
            called = await bench.call(hook)
            if called.printed_bytes:
                self._findings.note("stdout", hook, "printed")
            if called.fault and not called.is_away:
                self._findings.note("asides", hook, called.fault)
            elif not called.fault and not isinstance(called.answer, kinds):
                self._findings.note("asides", hook, f"it gave {type(called.answer).__name__}")

    async def _stop(self, bench: Bench) -> None:
        for time in ("the first time", "the second time") if "shutdown" in bench.hooks else ():
            self._tell(Line(now=f"shutdown, {time}", limit_s=timeout_of("shutdown") + MARGIN_S))
            if fault := (await bench.call("shutdown")).fault:
                self._findings.note("shutdown", time, fault)
                break
        await asyncio.sleep(_ENDING_S)
        for task in asyncio.all_tasks() - self._tasks:
            name = getattr(task.get_coro(), "__qualname__", task.get_name())
            self._findings.note("tasks", "after shutdown", f"the task {name} runs")
            task.cancel()
        for thread in self._observer.threads() - self._threads:
            if not thread.name.startswith("asyncio_"):  # the loop's own pool, which `asyncio.to_thread` fills
                self._findings.note("tasks", "after shutdown", f"the thread {thread.name} runs")
        for host in self._refusal.unnamed(bench.plugin.hosts):
            self._findings.note("hosts", "", f"it asked for {host}")

    def _judge(self, bench: Bench) -> None:
        """Tell the verdicts that follow from what was found while the plugin was called."""
        stages = [hook for hook in STAGE_HOOKS if hook in bench.hooks]
        is_async = any(bench.hooks[hook].is_async for hook in stages)
        is_tried = {
            **dict.fromkeys(("answers", "deadline", "input", "same-answer"), bool(stages)),
            "writes": any(hook.startswith(("enrich", "classify")) for hook in stages),
            "settled": "repair" in stages,
            **dict.fromkeys(("cancel", "loop"), is_async),
            **dict.fromkeys(("tasks", "stdout", "hosts"), True),
            "asides": any(hook in bench.hooks for hook in _ASIDES),
            "shutdown": "shutdown" in bench.hooks,
        }
        away = ", ".join(dict.fromkeys(self._findings.away))
        for name, has_hook in is_tried.items():
            well = "" if has_hook else "it has no such hook"
            if name == "answers" and away:
                well = f"for want of network not judged everywhere: {away}"
            self._tell(Line(point=self._findings.verdict(name, well=well, is_tried=has_hook)))


def fault_of_place(bench: Bench) -> str:
    """Say why a plugin's place in the plan is not clear; empty where it is, whatever the order of installation."""
    before, after = tuple(bench.plugin.before), tuple(bench.plugin.after)
    if both := {bench.name} & {*before, *after} or set(before) & set(after):
        return f"`before` and `after` make a ring with {', '.join(sorted(both))}"
    hooks = {name: Hook(*found) for name, found in bench.hooks.items() if name in STAGE_HOOKS}
    own = Participant(bench.name, "0", hooks, before=before, after=after)
    others = [Participant(name, "0", hooks) for name in sorted({*before[:1], *after[:1], *_NEIGHBOURS})]
    plans = [_names(make_plan(each)) for each in permutations([own, *others])]
    return "" if all(plan == plans[0] for plan in plans) else "it depends on the order of installation"


def _names(plan: Plan) -> dict[str, list[str]]:
    return {stage: [seat.participant.name for seat in seats] for stage, seats in plan.items()}
