"""The trace of an event, made to be read as a diff: what each plugin got, found and changed, and how long it took."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from missionwire.cli import terminal

if TYPE_CHECKING:
    from missionwire.authoring.trace import Step, Trace

MAX_LINES: Final = 40
"""So many lines for one call; how many more there are is told."""

MAX_VALUE_CHARS: Final = 160


def render(trace: "Trace", name: str | None) -> Iterator[Text]:
    """Make a trace printable, of all plugins or of one."""
    for away in trace.away:
        if name in (None, away.name):
            yield Text(terminal.line(f"{away.name} is {away.state}: {away.reason}"), style="yellow")
    subject = ""
    for step in trace.steps:
        if name not in (None, step.plugin):
            continue
        if step.subject != subject:
            subject = step.subject
            yield Text(terminal.line(subject), style="dim")
        yield Text.assemble(
            f"  {step.stage}  ", (step.plugin, "bold"), (f" {step.version}  {step.took_ms:.1f} ms", "dim")
        )
        yield from _cut(list(_lines(step)))
    if trace.left_out:
        yield Text(f"… {trace.left_out} more calls", style="dim")
    if trace.dropped is not None:
        yield Text(f"dropped: {terminal.line(trace.dropped)}", style="yellow")


def _cut(lines: list[Text]) -> Iterable[Text]:
    yield from lines[:MAX_LINES]
    if len(lines) > MAX_LINES:
        yield Text(f"      … {len(lines) - MAX_LINES} more lines", style="dim")


def _lines(step: "Step") -> Iterator[Text]:
    if step.fault:
        yield _line("!", step.fault, "red")
    elif step.dropped:
        yield _line("!", f"drop: {step.dropped}", "yellow")
    elif step.stage in ("annotate", "repair", "extract"):
        for found in step.answer or ():
            yield from _found(step, found)
    for change in step.changes:
        if change.before is not None:
            yield _line("-", f"{change.path}: {_short(change.before)}", "red")
        if change.after is not None:
            yield _line("+", f"{change.path}: {_short(change.after)}", "green")


def _found(step: "Step", found: Mapping[str, Any]) -> Iterator[Text]:
    if step.stage == "repair":
        sign = "" if found.get("applied", True) else " (not applied)"
        place = f"{found.get('field', 'text')}[{found['start']}:{found['end']}]"
        yield _line("-", f"{place} {found['original']!r}", "red")
        yield _line(
            "+", f"{place} {found['replacement']!r}{sign}  {found['reason']}, {found['confidence']:.0%}", "green"
        )
    elif step.stage == "annotate":
        field = found.get("field", "text")
        said = (step.given.get(field) or "")[found["start"] : found["end"]]
        rest = {name: value for name, value in found.items() if name not in ("start", "end", "field", "kind")}
        yield _line("+", f"{found['kind']} {field}[{found['start']}:{found['end']}] {said!r} {_short(rest)}", "green")
    else:
        rest = {name: value for name, value in found.items() if name not in ("type", "sentence", "evidence")}
        sentence = found["sentence"]
        yield _line("+", f"{found['type']} text[{sentence['start']}:{sentence['end']}] {_short(rest)}", "green")


def _short(value: object) -> str:
    told = json.dumps(value, ensure_ascii=False)
    return told if len(told) <= MAX_VALUE_CHARS else f"{told[:MAX_VALUE_CHARS]}…"


def _line(sign: str, told: str, style: str) -> Text:
    return Text(f"    {sign} {terminal.line(told)}", style=style)
