"""The tables: each goal with its figure, then what else the rows told."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from fanout import COST
from goals import Goal, short
from result import Rounds
from rows import Row

Columns: TypeAlias = Sequence[tuple[str, str]]
"""Members of the figures, and what is written above them."""

FAN_COLUMNS: Final[Columns] = (
    (COST, "us/delivery"),
    ("msgs_s", "deliveries/s"),
    ("p50_ms", "p50 ms"),
    ("p99_ms", "p99 ms"),
    ("kb_per_conn", "kB/subscriber"),
    ("conn_cpu_us", "us/connect"),
)
INTAKE_COLUMNS: Final[Columns] = (("events_per_cpu_s", "events/CPU s"), ("events_s", "events/s"))
POST_COLUMNS: Final[Columns] = (("own_cpu_s", "sender CPU s"), ("p50_ms", "p50 ms"), ("p99_ms", "p99 ms"))


def goals(rows: Iterable[Row], figures: Rounds, *, is_asked: bool) -> Iterator[str]:
    """Give the table of the goals, line by line; where they are not asked, without a verdict."""
    lines: list[tuple[str, ...]] = [("row", "goal", "medians, or least - most", "is", "must", "aim", "")]
    for row in rows:
        lines += [(row.name, *_cells(goal, figures)) for goal in row.goals]
    yield from _aligned(lines if is_asked else [line[:4] for line in lines])


def _cells(goal: Goal, figures: Rounds) -> tuple[str, ...]:
    value, sign = goal.value(figures), ">=" if goal.at_least else "<="
    bounds = (f"{sign} {short(goal.must)}", f"{sign} {short(goal.aim)}")
    if value is None:
        return goal.told, "", "", *bounds, goal.verdict(figures)
    return goal.told, goal.sides(figures), f"{short(value)} {goal.unit}", *bounds, goal.verdict(figures)


def beside(figures: Rounds, columns: Columns) -> Iterator[str]:
    """Give, line by line, what each that was measured so told in these columns; nothing where there is none."""
    lines: list[tuple[str, ...]] = [("medians", *(told for _, told in columns), "rounds")]
    for name, rounds in figures.as_json().items():
        if all(member in rounds[0] for member, _ in columns):
            cells = (short(figures.median(name, member)) for member, _ in columns)
            lines.append((name, *cells, str(len(rounds))))
    if len(lines) > 1:
        yield ""
        yield from _aligned(lines)


def _aligned(lines: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
