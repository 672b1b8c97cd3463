"""The examination of a plugin: its own tests and the suite, each in a process of its own, and the report of both."""

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from missionwire.authoring.lines import Line, Order
from missionwire.authoring.points import POINTS, point
from missionwire.authoring.target import Target
from missionwire.authoring.verdict import FATAL, CaseResult, Point, Report
from missionwire.plugin import API_LEVEL

IMPORT_WARNING_S: Final = 0.2
"""An import may take so long beyond that of `missionwire.plugin`."""

TESTS_TIMEOUT_S: Final = 600.0
"""A plugin's own tests may take so long."""

MAX_TESTS_OUTPUT_CHARS: Final = 4000
MAX_PRINTED_CHARS: Final = 80

_POLL_S: Final = 0.02
_START_S: Final = 20.0
"""A process may take so long until its first line."""

_SEEDS: Final = ("0", "1")
"""Two processes iterate over sets in different orders: an answer that shows it is not the same on every machine."""

_NO_TESTS: Final = 5
"""What pytest exits with where it found no test."""


class Told(NamedTuple):
    """All that an examining process told. `stuck` is what it was at when it told nothing any more."""

    lines: tuple[Line, ...]
    stuck: str = ""
    printed: str = ""

    @property
    def points(self) -> dict[str, Point]:
        """The verdicts, by point."""
        return {line.point.name: line.point for line in self.lines if line.point is not None}

    @property
    def import_s(self) -> float | None:
        """How long the import took."""
        return next((line.import_s for line in self.lines if line.import_s is not None), None)

    @property
    def digests(self) -> Mapping[str, str] | None:
        """The digests of all answers, None where it did not come to that."""
        return next((line.digests for line in self.lines if line.digests is not None), None)


def examine(target: Target, *, runs_tests: bool = True, on_step: Callable[[str], None] = lambda _: None) -> Report:
    """Examine one plugin. `on_step` is told what is being looked at."""
    found = target.found
    if found.reason is not None or found.api_level != API_LEVEL:
        reason = found.reason or f"it is written for API level {found.api_level}, this service has level {API_LEVEL}"
        return _report(target, [point("level", "fail", reason)])
    points: dict[str, Point] = {"level": point("level", "pass", f"API level {found.api_level}")}
    first = _ask(target, "all", _SEEDS[0], on_step)
    points |= first.points
    on_step("another process")
    again = _ask(target, "again", _SEEDS[1], lambda _: None) if first.digests is not None else first
    points |= _import_speed(first, again)
    points |= _same_in_both(first, again, points)
    points |= _stuck(first)
    if first.printed and "stdout" in points and points["stdout"].verdict == "fail":
        said = f"{points['stdout'].detail}: {first.printed[:MAX_PRINTED_CHARS]!r}"
        points["stdout"] = point("stdout", "fail", said)
    cases = tuple(line.case for line in first.lines if line.case is not None)
    points["cases"] = judged_cases(cases)
    output = ""
    if runs_tests:
        on_step("its own tests")
        points["tests"], output = run_tests(target)
    return _report(target, points.values(), cases, output)


def _report(target: Target, points: Iterable[Point], cases: tuple[CaseResult, ...] = (), output: str = "") -> Report:
    found, known = target.found, {each.name: each for each in points}
    return Report(
        plugin=found.name,
        version=found.version,
        distribution=found.distribution,
        api_level=found.api_level,
        points=tuple(known.get(name) or point(name, "skip", _why_not(name, known)) for name in POINTS),
        cases=cases,
        tests_output=output,
    )


def _why_not(name: str, known: Mapping[str, Point]) -> str:
    if name == "tests":
        return "left out"
    failed = [each for each in POINTS if each in FATAL and each in known and known[each].verdict == "fail"]
    return f"not looked at, for the point above: {failed[0]}" if failed else "not looked at"


# --- the suite --------------------------------------------------------------------------------------------------------


def _ask(target: Target, part: str, seed: str, on_step: Callable[[str], None]) -> Told:
    """Examine in a process, for as long as it tells something within the time that it announces."""
    with tempfile.TemporaryDirectory(prefix="missionwire-") as scratch:
        folder = Path(scratch)
        order = {
            "found": msgspec.to_builtins(target.found),
            "lines": str(folder / "lines"),
            "paths": [str(path) for path in target.paths],
            "case_files": [str(path) for path in target.case_files] if part == "all" else [],
            "part": part,
        }
        msgspec.convert(order, Order)
        (folder / "order").write_bytes(msgspec.json.encode(order))
        (folder / "lines").touch()
        with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
            process = subprocess.Popen(  # noqa: S603  # our own module, in our own Python
                [sys.executable, "-m", "missionwire.authoring.child", str(folder / "order")],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=folder,
                env={**os.environ, "PYTHONHASHSEED": seed},
            )
            try:
                lines, stuck = _follow(process, folder / "lines", on_step)
            finally:
                process.kill()
                process.wait()
        if stuck and process.returncode is not None and (told := _last_line(folder / "err")):
            stuck = f"{stuck} ({told})"
        return Told(tuple(lines), stuck, _first_line(folder / "out"))


def _follow(process: "subprocess.Popen[bytes]", file: Path, on_step: Callable[[str], None]) -> tuple[list[Line], str]:
    """Read lines as they come; gives what it was at if it ended, or fell silent, before the last one."""
    lines: list[Line] = []
    now, give_up_s = "its start", time.monotonic() + _START_S
    with file.open("rb") as written:
        rest = b""
        while True:
            has_ended = process.poll() is not None
            *whole, rest = (rest + written.read()).split(b"\n")
            for each in whole:
                line = msgspec.json.decode(each, type=Line)
                lines.append(line)
                if line.is_end:
                    return lines, ""
                if line.now:
                    now, give_up_s = line.now, time.monotonic() + line.limit_s
                    on_step(now)
            if has_ended:
                return lines, f"it took the process down in {now}"
            if time.monotonic() > give_up_s:
                return lines, f"it never came back from {now}"
            time.sleep(_POLL_S)


def _stuck(told: Told) -> dict[str, Point]:
    """Give the verdict of a plugin that hung or took its process down, on the point that was being looked at."""
    if not told.stuck:
        return {}
    for name in ("import", "config", "startup"):
        if name not in told.points:
            return {name: point(name, "fail", told.stuck)}
    return {"deadline": point("deadline", "fail", told.stuck)}


def _import_speed(first: Told, again: Told) -> dict[str, Point]:
    """Judge the faster of two imports: the first may have had to compile."""
    if first.import_s is None or "quiet-import" not in first.points:
        return {}
    took_s = min(first.import_s, first.import_s if again.import_s is None else again.import_s)
    told = f"{took_s * 1000:.0f} ms"
    if took_s <= IMPORT_WARNING_S:
        return {"fast-import": point("fast-import", "pass", told)}
    return {"fast-import": point("fast-import", "warn", f"{told}, over {IMPORT_WARNING_S * 1000:.0f} ms")}


def _same_in_both(first: Told, again: Told, points: Mapping[str, Point]) -> dict[str, Point]:
    known = points.get("same-answer")
    if known is None or known.verdict != "pass" or first.digests is None or again.digests is None:
        return {}
    other = [label for label, digest in first.digests.items() if again.digests.get(label, digest) != digest]
    if not other:
        return {}
    return {"same-answer": point("same-answer", "fail", f"{other[0]}: in another process it gave another answer")}


def _first_line(file: Path) -> str:
    return file.read_bytes()[:10_000].decode(errors="replace").strip().partition("\n")[0]


def _last_line(file: Path) -> str:
    return file.read_bytes()[-10_000:].decode(errors="replace").strip().rpartition("\n")[2]


# --- cases and tests --------------------------------------------------------------------------------------------------


def judged_cases(cases: tuple[CaseResult, ...]) -> Point:
    """Judge the cases together."""
    missed = sum(not case.is_met for case in cases)
    if not cases:
        return point(
            "cases", "warn", "it has none", advice='Write one: cases/NAME.json, {"event": {...}, "expect": ...}.'
        )
    return point("cases", "fail" if missed else "pass", f"{missed} of {len(cases)}" if missed else f"{len(cases)}")


def run_tests(target: Target) -> tuple[Point, str]:
    """Run a plugin's own tests with pytest; gives the verdict and, where they failed, the end of what pytest said."""
    if target.tests is None:
        told = "it has none" if target.folder is not None else "its source is not at hand"
        return point(
            "tests", "warn", told, advice="Write one: tests/test_NAME.py; missionwire.testing has a bench."
        ), ""
    if importlib.util.find_spec("pytest") is None:
        return point(
            "tests", "warn", "pytest is not installed here", advice="Install pytest into this environment."
        ), ""
    path = os.pathsep.join([*map(str, target.paths), *filter(None, [os.environ.get("PYTHONPATH")])])
    try:
        done = subprocess.run(  # noqa: S603  # pytest, on what the person who asks has written
            [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", str(target.tests)],
            cwd=target.folder,
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TESTS_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return point("tests", "fail", f"they took longer than {TESTS_TIMEOUT_S:.0f} s"), ""
    summary = done.stdout.decode(errors="replace").strip().rpartition("\n")[2].strip("= ")
    if done.returncode == 0:
        return point("tests", "pass", summary), ""
    if done.returncode == _NO_TESTS:
        return point("tests", "warn", "pytest found none"), ""
    output = (done.stdout + done.stderr).decode(errors="replace").strip()
    return point("tests", "fail", summary), output[-MAX_TESTS_OUTPUT_CHARS:]
