"""A breaker: after repeated faults a plugin is left out for a while, then tried once; success closes it by itself."""

from typing import Final, Literal

FAULTS: Final = 5
"""Faults in a row that open a breaker."""

OPEN_S: Final = 30.0
"""How long it stays open before one call is let through."""


class Breaker:
    """Counts faults in a row. Time comes in as an argument: seconds of any steady clock."""

    __slots__ = ("_faults", "_is_trying", "_opened_s")

    def __init__(self) -> None:
        self._faults = 0
        self._opened_s: float | None = None
        self._is_trying = False

    @property
    def state(self) -> Literal["closed", "open"]:
        """Whether calls are let through as a rule."""
        return "closed" if self._opened_s is None else "open"

    def lets_through(self, now_s: float) -> bool:
        """Decide about one call; while half-open only the first is let through."""
        if self._opened_s is None:
            return True
        if now_s - self._opened_s < OPEN_S or self._is_trying:
            return False
        self._is_trying = True
        return True

    def succeeded(self) -> None:
        """Note a call without fault: closed again, unless it was begun before the breaker opened."""
        if self._opened_s is not None and not self._is_trying:
            return
        self._faults, self._opened_s, self._is_trying = 0, None, False

    def failed(self, now_s: float) -> None:
        """Note a fault: opens after several in a row, or at once when it was half-open."""
        self._faults += 1
        if self._is_trying or self._faults >= FAULTS:
            self.trip(now_s)

    def gave_up(self) -> None:
        """Note a call that was called off by us, without a result: another one may try."""
        self._is_trying = False

    def trip(self, now_s: float) -> None:
        """Open at once, as for a call that held the whole worker."""
        self._opened_s, self._is_trying = now_s, False
