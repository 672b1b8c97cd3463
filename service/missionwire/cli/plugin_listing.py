"""Plugins made to be read at a glance: one below the other in columns that line up, with what else is known under each.

plugin    version  state    stage       calls  errors     p50 ms  p99 ms
agencies  0.1.0    running  annotate 1     12                0.3     1.2
                            enrich 2       40  timeout 3     0.1     0.4
  writes agencies; contacts nobody
future    2.0      incompatible
  it is written for API level 9, this service has level 1
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from missionwire.cli import terminal
from missionwire.cli.rendering import Wrapped

_INDENT: Final = 2
_GAP: Final = 2

_STYLES: Final = {
    **dict.fromkeys(("running", "ready"), "green"),
    **dict.fromkeys(("shadow", "open", "needs-config", "missing"), "yellow"),
    **dict.fromkeys(("failed", "incompatible"), "red"),
    "disabled": "dim",
}

_HEAD: Final = ("plugin", "version", "state")
_INSTALLED: Final = (*_HEAD, "distribution", "installed")
_HOOKS: Final = ("stage", "calls", "errors", "p50 ms", "p99 ms")
_NUMBERS: Final = frozenset({"calls", "p50 ms", "p99 ms"})


class _Entry(NamedTuple):
    """One plugin: its lines in columns, and what is told below them."""

    lines: Sequence[Sequence[str]]
    below: Sequence[Text]


def installed(rows: Iterable[Mapping[str, Any]], width: int) -> Iterator[RenderableType]:
    """Make plugins printable as they are known without a service, on lines of `width` cells."""
    entries = [_Entry([[*_head(row), row["distribution"], _kind(row)]], [*_reason(row), *_wishes(row)]) for row in rows]
    yield from _laid_out(_INSTALLED, entries, _fitted(_INSTALLED, entries, width))


def running(rows: Sequence[Mapping[str, Any]], width: int) -> Iterator[RenderableType]:
    """Make plugins printable as a service tells of them; where lines are too short for it, calls stand below."""
    columns = (*_HEAD, *_HOOKS)
    entries = [_running(row) for row in rows]
    widths = _fitted(columns, entries, width)
    if _total(widths) <= width:
        yield from _laid_out(columns, entries, widths)
        return
    for row in rows:
        yield Text(terminal.line("  ".join(_head(row))), style="bold")
        yield from (Wrapped(text, _INDENT, _INDENT) for text in _reason(row))
        yield from hooks(row, width)


def hooks(row: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    """Make the calls of one plugin printable, as a service tells of them, with what it writes and contacts."""
    yield from (Wrapped(text, _INDENT, _INDENT) for text in [*_health(row), *_reach(row)])
    if lines := list(_hook_lines(row)):
        entries = [_Entry(lines, ())]
        yield from _laid_out(_HOOKS, entries, _fitted(_HOOKS, entries, width - _INDENT), indent=_INDENT)


def _running(row: Mapping[str, Any]) -> _Entry:
    hooks = list(_hook_lines(row)) or [[""] * len(_HOOKS)]
    lines = [[*(_head(row) if number == 0 else [""] * len(_HEAD)), *hook] for number, hook in enumerate(hooks)]
    return _Entry(lines, [*_reason(row), *_health(row), *_reach(row)])


# --- what is told of one plugin ---------------------------------------------------------------------------------------


def _head(row: Mapping[str, Any]) -> list[str]:
    return [row["name"], row["version"], row["state"]]


def _kind(row: Mapping[str, Any]) -> str:
    found = row.get("installed")
    return str(found["kind"]) if found else "by hand"


def _hook_lines(row: Mapping[str, Any]) -> Iterator[list[str]]:
    """Give each hook of the stages with its place, in the order in which events meet them."""
    tallies = row["hooks"]
    seen = set()
    for seat in row["stages"]:
        hook = seat["stage"] if seat["stage"] in tallies and seat["stage"] not in seen else f"{seat['stage']}_batch"
        seen.add(hook)
        if (tally := tallies.get(hook)) is not None:
            errors = ", ".join(f"{kind} {count:,}" for kind, count in sorted(tally["errors"].items()))
            times = (_milliseconds(tally["p50_ms"]), _milliseconds(tally["p99_ms"]))
            yield [f"{hook} {seat['place']}", f"{tally['calls']:,}", errors, *times]


def _milliseconds(found: float | None) -> str:
    return "" if found is None else f"{found:,.1f}"


def _reason(row: Mapping[str, Any]) -> Iterator[Text]:
    if row["reason"]:
        yield Text(terminal.line(row["reason"]), style=_STYLES.get(row["state"], ""))


def _wishes(row: Mapping[str, Any]) -> Iterator[Text]:
    """Say what the operator set for it."""
    if told := "; ".join(f"{name} {value}" for name, value in row["settings"].items()):
        yield Text(terminal.line(f"set: {told}"), style="dim")


def _health(row: Mapping[str, Any]) -> Iterator[Text]:
    health = row["health"]
    if health is not None and not health["is_ok"]:
        yield Text(terminal.line(f"not well: {health['detail'] or 'it does not say why'}"), style="yellow")


def _reach(row: Mapping[str, Any]) -> Iterator[Text]:
    """Say what it may write and whom it contacts; nothing of one that was not loaded, which has not said so."""
    if row["about"] is None:
        return
    implements = row["implements"]
    if row["writes"] or any(hook in implements for hook in ("enrich", "enrich_batch", "classify")):
        told = [f"writes {', '.join(row['writes']) or 'only its ext'}"]
    else:
        told = ["writes no fields"]
    told.append(f"contacts {', '.join(row['hosts']) or 'nobody'}")
    if more := [hook for hook in ("routes", "commands") if hook in implements]:
        told.append(f"has {' and '.join(more)}")
    yield Text(terminal.line("; ".join(told)), style="dim")


# --- the layout -------------------------------------------------------------------------------------------------------


def _fitted(columns: Sequence[str], entries: Sequence[_Entry], width: int) -> list[int]:
    """Give each column the width of its widest cell; that of errors gives way, down to one kind a line."""
    lines = [list(columns), *(line for entry in entries for line in entry.lines)]
    widths = [max(_cells(line[place]) for line in lines) for place in range(len(columns))]
    if "errors" in columns:
        place = columns.index("errors")
        least = max(_cells(each) for line in lines for each in line[place].replace(", ", ",\n").split("\n"))
        widths[place] = max(least, widths[place] - max(0, _total(widths) - width))
    return widths


def _cells(told: str) -> int:
    return Text(terminal.line(told)).cell_len


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _laid_out(
    columns: Sequence[str], entries: Sequence[_Entry], widths: Sequence[int], *, indent: int = 0
) -> Iterator[RenderableType]:
    yield _table(columns, widths, [columns], "bold", indent)
    for entry in entries:
        yield _table(columns, widths, entry.lines, "", indent)
        yield from (Wrapped(text, _INDENT, _INDENT) for text in entry.below)


def _table(
    columns: Sequence[str], widths: Sequence[int], lines: Iterable[Sequence[str]], style: str, indent: int
) -> RenderableType:
    table = Table.grid(padding=(0, _GAP, 0, 0))
    for column, width in zip(columns, widths, strict=True):
        table.add_column(width=width, overflow="fold", justify="right" if column in _NUMBERS else "left")
    for line in lines:
        table.add_row(*(_cell(*each) for each in zip(columns, line, widths, strict=True)), style=style)
    return Padding(table, (0, 0, 0, indent), expand=False)


def _cell(column: str, cell: str, width: int) -> Text:
    shown = Text(terminal.line(cell))
    if column == "state":
        shown.stylize(_STYLES.get(cell, ""))
    elif column == "errors" and cell != column:
        told = shown.plain if shown.cell_len <= width else shown.plain.replace(", ", ",\n")
        shown = Text(told, style="yellow")
    return shown
