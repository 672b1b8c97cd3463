"""What is found wrong while a plugin is called: gathered by point, told as a few words each. Pure."""

from typing import Final

from missionwire.authoring.points import point
from missionwire.authoring.verdict import Point, Verdict

MAX_TOLD: Final = 3
"""So many findings of a point are told; how many more there are is said."""


class Findings:
    """Faults by the point that they break."""

    def __init__(self) -> None:
        self._faults: dict[str, list[str]] = {}
        self.away: list[str] = []

    def note(self, name: str, where: str, what: str) -> None:
        """Note a fault: in which hook and with which sample, and what."""
        self._faults.setdefault(name, []).append(f"{where}: {what}" if where else what)

    def has(self, name: str) -> bool:
        """Whether a point is broken."""
        return name in self._faults

    def verdict(self, name: str, *, well: str = "", is_tried: bool = True, otherwise: Verdict = "fail") -> Point:
        """Give the verdict on a point; `well` is told where nothing is wrong."""
        faults = list(dict.fromkeys(self._faults.get(name, ())))
        if not faults:
            return point(name, "pass" if is_tried else "skip", well)
        more = f" (and {len(faults) - MAX_TOLD} more)" if len(faults) > MAX_TOLD else ""
        return point(name, otherwise, "; ".join(faults[:MAX_TOLD]) + more)
