"""The goals: what a figure must be, what it aims at, and whether it is there."""

from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

from result import Rounds

Verdict: TypeAlias = Literal["aim met", "met", "NOT MET", "not measured"]


class Goal(NamedTuple):
    """A figure and its bounds. `at_least`: more is better. `sides` tells the two figures behind a ratio."""

    told: str
    must: float
    aim: float
    value: Callable[[Rounds], float | None]
    sides: Callable[[Rounds], str]
    unit: str = ""
    at_least: bool = False

    def verdict(self, figures: Rounds) -> Verdict:
        """Say whether it is there."""
        value = self.value(figures)
        if value is None:
            return "not measured"
        if _is_within(value, self.aim, at_least=self.at_least):
            return "aim met"
        return "met" if _is_within(value, self.must, at_least=self.at_least) else "NOT MET"


def _is_within(value: float, bound: float, *, at_least: bool) -> bool:
    return value >= bound if at_least else value <= bound


def ratio(
    told: str,
    name: str,
    other: str,
    member: str,
    *,
    must: float,
    aim: float,
    at_least: bool = False,
    unit: str = "",
) -> Goal:
    """Make the goal that a figure is so many times another one, by the median of the ratios of each round.

    `unit` is that of the two sides. There is no ratio where nothing was delivered, or a round has but one side.
    """

    def value(figures: Rounds) -> float | None:
        if not figures.count(name) or figures.count(name) != figures.count(other):
            return None
        is_whole = min(figures.spread(name, member)[0], figures.spread(other, member)[0]) > 0
        return figures.ratio(name, other, member) if is_whole else None

    def sides(figures: Rounds) -> str:
        one, two = (short(figures.median(each, member)) for each in (name, other))
        return f"{one} / {two} {unit}".rstrip()

    return Goal(told, must, aim, value, sides, "x", at_least)


def figure(told: str, name: str, member: str, *, must: float, aim: float, unit: str, at_least: bool = False) -> Goal:
    """Make the goal that a figure itself has a bound, by its median."""

    def value(figures: Rounds) -> float | None:
        return figures.median(name, member) if name in figures else None

    def sides(figures: Rounds) -> str:
        return " - ".join(map(short, figures.spread(name, member)))

    return Goal(told, must, aim, value, sides, unit, at_least)


def short(value: float) -> str:
    """Write a figure with three digits that tell something."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
