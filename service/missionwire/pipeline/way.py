"""The way of one event: how it is now, how hooks see it, what was done to it, and what became of it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from missionwire.domain.event import Event, Patch, frozen_once, view, view_again
from missionwire.domain.filter import mission_of
from missionwire.pipeline.calls import Fault
from missionwire.pipeline.merging import apply_patch
from missionwire.pipeline.plan import Seat
from missionwire.pipeline.trail import DeadError, Trail

_NAMING: Final = frozenset({"subject", "mission"})
"""Fields that name an event's mission."""


class Done(Struct, frozen=True):
    """What became of one event: as it goes onto the wire, or why it does not.

    `dropped` is the reason of a drop, `dead` the fault for which it becomes a dead letter; at most one is set.
    """

    event: dict[str, Any]
    dropped: str | None = None
    dead: Fault | None = None


class Way:
    """The way of one event. `seen` is what hooks are given; `is_over` once it is dropped or dead.

    An event that goes no further is told of as it was when it came to `enrich`.
    """

    __slots__ = ("_begun", "_dead", "_dropped", "event", "is_over", "is_to_wait", "seen", "trail")

    def __init__(self, event: dict[str, Any]) -> None:
        self.trail = Trail()
        self.is_over = self.is_to_wait = False
        self._dropped: str | None = None
        self._dead: Fault | None = None
        self._begin(event)

    def _begin(self, event: dict[str, Any]) -> None:
        self._begun = self.event = frozen_once(event)
        self.seen = view(self.event, mission_of(self.event))

    def given(self) -> Mapping[str, Event]:
        """Give what hooks may take."""
        return {"event": self.seen}

    def repair(self, changed: Mapping[str, Any]) -> None:
        """Change members of its data, before it comes to `enrich`."""
        if changed:
            self._begin({**self.event, "data": {**self.event["data"], **changed}})

    def enrich(self, answers: Sequence[tuple[Seat, Patch | None]]) -> None:
        """Merge patches in, the earlier first."""
        changed: set[str] = set()
        for seat, patch in answers:
            if patch is not None:
                self.event, written = apply_patch(self.event, seat.participant.name, patch)
                self.trail.wrote(seat.participant, written)
                changed.update((*written[:-1], "ext") if patch.ext else written)  # its own ext is told of last
        if changed:
            mission = self.seen.mission if _NAMING.isdisjoint(changed) else mission_of(self.event)
            self.seen = view_again(self.seen, self.event, mission, changed)

    def drop(self, reason: str) -> None:
        """End it: it goes not onto the wire."""
        self.is_over, self._dropped = True, reason

    def die(self, dead: DeadError) -> None:
        """End it as a dead letter."""
        self.is_over, self._dead, self.is_to_wait = True, dead.fault, dead.is_to_wait

    def done(self) -> Done:
        """Say what became of it."""
        return Done(self.trail.put(self._begun if self.is_over else self.event), self._dropped, self._dead)
