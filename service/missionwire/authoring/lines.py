"""What an examining process is told, and the lines in which it tells what it finds, one JSON object each."""

from collections.abc import Callable
from typing import Literal, TypeAlias

from msgspec import Struct

from missionwire.authoring.verdict import CaseResult, Point
from missionwire.plugins.discovery import Found


class Order(Struct, frozen=True, kw_only=True):
    """What to examine. `again`: only what another process may see otherwise, the import's time and the answers."""

    found: Found
    lines: str
    paths: tuple[str, ...] = ()
    case_files: tuple[str, ...] = ()
    part: Literal["all", "again"] = "all"


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line. `now` names what begins, and `limit_s` for how long there may be no other line.

    `digests` are those of all answers, by hook and sample.
    """

    now: str = ""
    limit_s: float = 0.0
    import_s: float | None = None
    point: Point | None = None
    case: CaseResult | None = None
    digests: dict[str, str] | None = None
    is_end: bool = False


Tell: TypeAlias = Callable[[Line], None]
