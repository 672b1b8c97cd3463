"""A row of the benchmark: what is measured together, and the goals that are read from it."""

from collections.abc import Callable
from typing import NamedTuple

from goals import Goal
from session import Session


class Row(NamedTuple):
    """One row. `absence` says why it cannot be measured here; a smoke run takes each kind of row once."""

    name: str
    told: str
    measure: Callable[[Session], None]
    goals: tuple[Goal, ...]
    absence: Callable[[], str | None] = lambda: None
    in_smoke: bool = True
