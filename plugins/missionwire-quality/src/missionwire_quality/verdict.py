"""The verdict on one event: what it lacks of what its type should tell, and what of that is in doubt."""

from typing import Any, Literal, NamedTuple, TypeAlias

from missionwire.plugin import Event
from missionwire_quality.expectations import Expectations
from missionwire_quality.facts import FACTS, Fact, doubtful, told

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
        lists = {"lacks": list(self.lacks), "doubts": list(self.doubts)}
        return {"grade": self.grade, **{name: facts for name, facts in lists.items() if facts}}


def judge(event: Event, expectations: Expectations) -> Verdict | None:
    """Judge an event; None for one of a type that nothing is expected of."""
    expected = expectations.facts.get(event.type)
    if expected is None:
        return None
    has, unsure = told(event), doubtful(event)
    return Verdict(
        lacks=tuple(fact for fact in FACTS if fact in expected and fact not in has),
        doubts=tuple(fact for fact in FACTS if fact in expected and fact in unsure),
    )
