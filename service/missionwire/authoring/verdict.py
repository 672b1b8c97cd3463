"""What an examination found: a verdict for each point, and the grade that follows from them. Pure."""

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

from msgspec import Struct

Verdict: TypeAlias = Literal["pass", "warn", "fail", "skip"]
"""`skip`: the point could not be looked at; `detail` says why."""

Grade: TypeAlias = Literal["A", "B", "C", "D"]

FATAL: Final = frozenset({"level", "import", "hooks", "config", "startup"})
"""Points without which the service does not run a plugin at all."""


class Point(Struct, frozen=True, kw_only=True):
    """One thing that a plugin owes. `detail` says what was found, `advice` what to do about it."""

    name: str
    title: str
    verdict: Verdict
    detail: str = ""
    advice: str = ""


class CaseResult(Struct, frozen=True, kw_only=True):
    """What came out of one JSON case; `got` and `expected` as in the file. `error` where nothing came out."""

    file: str
    index: int
    about: str
    is_met: bool
    expected: object = None
    got: object = None
    error: str = ""


class Report(Struct, frozen=True, kw_only=True):
    """All that was found out about one plugin."""

    plugin: str
    version: str
    distribution: str
    api_level: int
    points: tuple[Point, ...]
    cases: tuple[CaseResult, ...] = ()
    tests_output: str = ""

    @property
    def grade(self) -> Grade:
        """The grade of all points together."""
        return grade_of(self.points)

    @property
    def is_good(self) -> bool:
        """Whether nothing failed."""
        return self.grade in ("A", "B")

    @property
    def passed(self) -> int:
        """How many points passed."""
        return sum(point.verdict == "pass" for point in self.points)

    @property
    def counted(self) -> int:
        """How many points could be looked at."""
        return sum(point.verdict != "skip" for point in self.points)

    def told(self) -> dict[str, object]:
        """Give the report as an object for JSON."""
        members = {name: getattr(self, name) for name in self.__struct_fields__ if name != "tests_output"}
        return {**members, "grade": self.grade, "passed": self.passed, "of": self.counted}


def grade_of(points: Iterable[Point]) -> Grade:
    """Give the grade: A all is well, B there are warnings, C something failed, D the service would not run it."""
    verdicts = {point.name: point.verdict for point in points}
    if any(verdicts.get(name) == "fail" for name in FATAL):
        return "D"
    if "fail" in verdicts.values():
        return "C"
    return "B" if "warn" in verdicts.values() else "A"
