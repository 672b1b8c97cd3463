"""Running JSON cases: each with a plugin of its own settings, started as the host starts it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from missionwire.authoring.answer import as_answered, plain
from missionwire.authoring.bench import Bench, UnmadeError, Workshop, timeout_of
from missionwire.authoring.cases import Placed, config_key, given_to, read_cases
from missionwire.authoring.lines import Line, Tell
from missionwire.authoring.stages import MARGIN_S
from missionwire.authoring.verdict import CaseResult


class Casework:
    """Runs the cases of one plugin; an instance serves all cases of its settings."""

    def __init__(self, workshop: Workshop, tell: Tell) -> None:
        self._workshop = workshop
        self._tell = tell
        self._benches: dict[str, Bench | str] = {}

    async def run(self, files: Iterable[str]) -> None:
        """Run all cases of these files, and tell what came out."""
        for placed in read_cases(Path(file) for file in files):
            limit_s = timeout_of("startup") + timeout_of(placed.case.hook) + MARGIN_S
            self._tell(Line(now=f"the case {Path(placed.file).name}[{placed.number}]", limit_s=limit_s))
            self._tell(Line(case=await self._result(placed)))
        for bench in self._benches.values():
            if isinstance(bench, Bench) and "shutdown" in bench.hooks:
                await bench.call("shutdown")

    async def _bench(self, settings: Mapping[str, Any]) -> Bench | str:
        """Give an instance that has started, or why there is none."""
        key = config_key(settings)
        if key not in self._benches:
            self._benches[key] = await self._started(settings)
        return self._benches[key]

    async def _started(self, settings: Mapping[str, Any]) -> Bench | str:
        try:
            bench = self._workshop.make(settings)
        except UnmadeError as error:
            return str(error)
        called = await bench.call("startup") if "startup" in bench.hooks else None
        return f"startup: {called.fault}" if called is not None and called.fault else bench

    async def _result(self, placed: Placed) -> CaseResult:
        case = placed.case
        told = CaseResult(file=placed.file, index=placed.number, about=case.about, is_met=False)
        if placed.fault:
            return replace(told, error=placed.fault)
        bench = await self._bench(case.config)
        if isinstance(bench, str):
            return replace(told, error=bench)
        if case.hook not in bench.hooks:
            return replace(told, error=f"the plugin has no {case.hook}")
        try:
            given = given_to(case)
        except ValueError as error:
            return replace(told, error=str(error))
        called, answer = await bench.answer(case.hook, given)
        if called.fault:
            return replace(told, error=called.fault)
        return _compared(replace(told, got=plain(answer)), case.hook, case.expect)


def _compared(told: CaseResult, hook: str, expect: object) -> CaseResult:
    if expect is UNSET:
        return replace(told, about=f"{told.about} (says not what to expect)".strip())
    try:
        expected = as_answered(hook, expect)
    except ValueError:
        expected = expect  # no answer can look like that
    return replace(told, expected=expected, is_met=told.got == expected)
