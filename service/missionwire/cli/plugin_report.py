"""What an examination found, made to be read at a glance: verdicts, what to do, the diffs of cases, the grade."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from missionwire.cli import terminal

if TYPE_CHECKING:
    from missionwire.authoring.verdict import CaseResult, Point, Report

MAX_DIFF_LINES: Final = 60
"""A longer difference is cut, and says so."""

_SIGNS: Final = {"pass": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "red"), "skip": ("·", "dim")}
_GRADES: Final = {"A": "bold green", "B": "bold yellow", "C": "bold red", "D": "bold red"}
_WORDS: Final = {
    "A": "all is well",
    "B": "nothing failed, there are warnings",
    "C": "something failed",
    "D": "the service would not run it",
}
_DIFF_STYLES: Final = {"+": "green", "-": "red", "@": "dim"}


def render(report: "Report") -> RenderableType:
    """Make a report printable."""
    head = Text.assemble(
        (report.plugin, "bold"), f" {report.version}", (f"  {terminal.line(report.distribution)}", "dim")
    )
    parts: list[RenderableType] = [head]
    for point in report.points:
        parts.append(_point(point))
        if point.name == "cases":
            parts += [line for case in report.cases if not case.is_met for line in render_case(case)]
    if report.tests_output:
        parts.append(Padding(Text(terminal.text(report.tests_output), style="dim"), (0, 0, 0, 4)))
    grade = report.grade
    told = f" {_WORDS[grade]}; {report.passed} of {report.counted} points"
    parts.append(Text.assemble("grade ", (grade, _GRADES[grade]), told))
    return Group(*parts)


def _point(point: "Point") -> RenderableType:
    """One row, its second line under the words of the first, with the advice below."""
    sign, style = _SIGNS[point.verdict]
    body = Text(point.title, style="dim" if point.verdict == "skip" else "")
    if point.detail:
        body.append(f"  {terminal.line(point.detail)}", style="dim" if point.verdict in ("pass", "skip") else style)
    if point.advice:
        body.append(f"\n→ {terminal.line(point.advice)}")
    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_row(Text(f"  {sign}", style=style), body)
    return row


def render_case(case: "CaseResult") -> list[RenderableType]:
    """Make a case that is not met printable: what is wrong with it, or the difference."""
    from missionwire.authoring.cases import described, difference

    lines: list[RenderableType] = [Text(f"      {terminal.line(described(case))}", style="bold")]
    if case.error:
        return [*lines, Text(f"        {terminal.line(case.error)}", style="red")]
    return [*lines, *render_diff(difference(case))]


def render_diff(lines: Sequence[str]) -> list[RenderableType]:
    """Make the lines of a diff printable."""
    shown: list[RenderableType] = [
        Text(f"        {terminal.line(line)}", style=_DIFF_STYLES.get(line[:1], "")) for line in lines[:MAX_DIFF_LINES]
    ]
    if len(lines) > MAX_DIFF_LINES:
        shown.append(Text(f"        … {len(lines) - MAX_DIFF_LINES} more lines", style="dim"))
    return shown
