"""The verdict on one event: what it lacks of what its type should tell, and what of that is in doubt."""

from typing import Any, Literal, NamedTuple, TypeAlias

from missionwire.plugin import Event
from missionwire_quality.expectations import Expectations
from missionwire_quality.facts import Fact, leaves_open, tells

Grade: TypeAlias = Literal["complete", "doubtful", "incomplete"]


class Verdict(NamedTuple):
    """What an event lacks and what is in doubt, in the order when, mission, who, where."""

    lacks: tuple[Fact, ...]
    doubts: tuple[Fact, ...]

    @property
    def grade(self) -> Grade:
        """One word for it: nothing lacks and nothing is in doubt; something is in doubt; something lacks."""
        if self.lacks:
            return "incomplete"
        return "doubtful" if self.doubts else "complete"

    def labels(self) -> dict[str, Any]:
        """Give it as it goes to `ext.quality`: the grade, and lists where there is something in them."""
        labels: dict[str, Any] = {"grade": self.grade}
        if self.lacks:
            labels["lacks"] = list(self.lacks)
        if self.doubts:
            labels["doubts"] = list(self.doubts)
        return labels


def judge(event: Event, expectations: Expectations) -> Verdict | None:
    """Judge an event; None for one of a type that nothing is expected of."""
    expected = expectations.facts.get(event.type)
    if expected is None:
        return None
    return Verdict(
        lacks=tuple([fact for fact in expected if not tells(event, fact)]),
        doubts=tuple([fact for fact in expected if leaves_open(event, fact)]),
    )
