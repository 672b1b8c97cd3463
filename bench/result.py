"""Figures of several rounds, their medians and ratios."""

from collections.abc import Mapping
from statistics import median
from typing import Any


class Rounds:
    """What each round told, by name and member."""

    def __init__(self) -> None:
        self._told: dict[str, list[Mapping[str, Any]]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._told

    def add(self, name: str, told: Mapping[str, Any]) -> None:
        """Keep what a round told."""
        self._told.setdefault(name, []).append(dict(told))

    def count(self, name: str) -> int:
        """Give how many rounds told something."""
        return len(self._told.get(name, ()))

    def median(self, name: str, member: str) -> float:
        """Give the median of a member over the rounds."""
        return median(float(each[member]) for each in self._told[name])

    def spread(self, name: str, member: str) -> tuple[float, float]:
        """Give the least and the most of a member over the rounds."""
        values = sorted(float(each[member]) for each in self._told[name])
        return values[0], values[-1]

    def ratio(self, name: str, other: str, member: str) -> float:
        """Give the median of the ratios within each round: what disturbs one round disturbs both of its sides."""
        pairs = zip(self._told[name], self._told[other], strict=True)
        return median(float(each[member]) / max(1e-9, float(than[member])) for each, than in pairs)

    def as_json(self) -> dict[str, list[Mapping[str, Any]]]:
        """Give all that was told."""
        return self._told
