"""What the table says of a figure."""

from collections.abc import Iterable
from pathlib import Path

import pictures
import pytest
import table
from goals import Goal, figure, ratio, short
from load import faults_of
from result import Rounds
from rows import Row
from session import Session

CLEAN = {
    "failed": 0,
    "closed": 0,
    "missing": 0,
    "tail_missing": 0,
    "duplicate": 0,
    "malformed": 0,
    "pub_err": 0,
    "sent": 10,
    "connected": 5,
    "received": 50,
}


def rounds(**told: Iterable[float]) -> Rounds:
    """Give rounds in which each of the names told these costs."""
    found = Rounds()
    for name, costs in told.items():
        for cost in costs:
            found.add(name, {"cost": cost})
    return found


def against(other: str, *, must: float, aim: float, at_least: bool = False) -> Goal:
    """Make a goal of `ours` against another."""
    return ratio("cost", "ours", other, "cost", must=must, aim=aim, at_least=at_least)


def test_a_ratio_is_the_median_of_the_ratios_of_each_round() -> None:
    figures = rounds(ours=[1, 8, 3], theirs=[2, 4, 4])
    assert against("theirs", must=1, aim=1).value(figures) == 0.75


@pytest.mark.parametrize("theirs", [[2], [], [2, -1]], ids=["a round without it", "never there", "nothing delivered"])
def test_a_ratio_needs_both_sides_in_every_round(theirs: list[float]) -> None:
    assert against("theirs", must=1, aim=1).value(rounds(ours=[1, 1], theirs=theirs)) is None


@pytest.mark.parametrize(
    ("ours", "at_least", "verdict"),
    [
        (0.2, False, "aim met"),
        (0.3, False, "met"),
        (0.36, False, "NOT MET"),
        (0.2, True, "NOT MET"),
        (0.36, True, "met"),
        (0.5, True, "aim met"),
    ],
)
def test_a_figure_is_held_against_both_bounds(ours: float, verdict: str, *, at_least: bool) -> None:
    must, aim = (0.35, 0.5) if at_least else (0.35, 0.2)
    goal = figure("cost", "ours", "cost", must=must, aim=aim, unit="us", at_least=at_least)
    assert goal.verdict(rounds(ours=[ours])) == verdict


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    goal = against("absent", must=1, aim=1)
    assert goal.verdict(rounds(ours=[1])) == "not measured"
    line = list(table.goals([_row(goal)], rounds(ours=[1]), is_asked=True))[1]
    assert line.split()[-2:] == ["not", "measured"]


def test_the_table_tells_both_sides_the_ratio_the_bounds_and_the_verdict() -> None:
    goal = against("theirs", must=0.35, aim=0.2)
    line = list(table.goals([_row(goal)], rounds(ours=[1], theirs=[4]), is_asked=True))[1]
    assert line.split() == ["row", "cost", "1.00", "/", "4.00", "0.25", "x", "<=", "0.35", "<=", "0.20", "met"]


def test_a_run_that_does_not_ask_for_speed_gives_no_verdict() -> None:
    goal = against("theirs", must=0.35, aim=0.2)
    assert "met" not in "\n".join(table.goals([_row(goal)], rounds(ours=[1], theirs=[1]), is_asked=False))


@pytest.mark.parametrize(
    ("value", "text"), [(0.123, "0.12"), (12.34, "12.3"), (123.4, "123"), (12345.6, "12,346"), (-0.5, "-0.50")]
)
def test_figures_are_written_with_what_tells_something(value: float, text: str) -> None:
    assert short(value) == text


@pytest.mark.parametrize("member", ["missing", "tail_missing", "duplicate", "malformed", "closed", "failed"])
def test_each_kind_of_loss_is_a_fault(member: str) -> None:
    assert list(faults_of(CLEAN)) == []
    assert list(faults_of({**CLEAN, member: 2})) == [f"{member} 2"]


def test_deliveries_are_counted_without_the_stalled_ones() -> None:
    assert list(faults_of({**CLEAN, "received": 40}, stalled=1)) == []
    assert list(faults_of({**CLEAN, "received": 40})) == ["10 events to 5 subscribers, 40 deliveries"]


def test_pictures_have_a_line_for_each_that_was_measured(tmp_path: Path) -> None:
    figures = Rounds()
    for name, cost in (("one", 0.5), ("two", 5.0)):
        for row, subscribers in (("few", 100), ("many", 1000), ("most", 10_000)):
            figures.add(f"{row}: {name}", {"n": subscribers, "server_cpu_per_m": cost, "kb_per_conn": 0.0})
    rows = [_row(name=name) for name in ("few", "many", "most")]
    made = pictures.draw(tmp_path, rows, ["one", "two", "absent"], figures)
    assert [file.name for file in made] == ["cost-per-delivery.svg", "memory-per-subscriber.svg"]
    for file in made:
        drawn = file.read_text(encoding="utf-8")
        assert drawn.startswith("<svg")
        assert "<script" not in drawn
        assert ">one<" in drawn
        assert ">two<" in drawn
        assert ">absent<" not in drawn


def _row(*goals: Goal, name: str = "row") -> Row:
    return Row(name, "told", _measures_nothing, goals)


def _measures_nothing(_: Session) -> None:
    """Measure nothing."""
