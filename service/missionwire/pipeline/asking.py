"""Asking plugins by their seats: about one document, or about events that go together."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeAlias, TypeVar

from missionwire.domain.document import Document
from missionwire.domain.event import Event, Patch
from missionwire.pipeline.batch import Close
from missionwire.pipeline.calls import Answer, Caller, Fault
from missionwire.pipeline.merging import check_patches
from missionwire.pipeline.plan import Seat
from missionwire.pipeline.siblings import Waiting, begin_all
from missionwire.pipeline.trail import DeadError, Trail
from missionwire.pipeline.way import Way
from missionwire.plugin import Drop

MAX_REASON_CHARS: Final = 200
"""The reason of a drop is cut to this length."""

T = TypeVar("T")

Check: TypeAlias = Callable[[Any], T]
"""Turns an answer into what the host takes; raises TypeError or ValueError for what it does not."""

_Begun: TypeAlias = list[T] | Waiting[list[T]]


class Asker:
    """Asks those who do not wait for one another at the same time, and tells the good answers from the others."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def about_document(
        self, seats: Sequence[Seat], document: Document, check: Check[T], trail: Trail
    ) -> list[tuple[Seat, T]]:
        """Give what was found, in the plan's order; the trail is told of answers that are not good.

        Raises:
            Drop, DeadError: one of them ends the document's way.
        """
        begin = self._caller.begin
        begun: _Begun[Answer[T]] = begin_all(
            lambda seat: begin(seat.participant, seat.hook, lambda: {"document": document}, check), seats
        )
        answers = await begun if type(begun) is Waiting else begun
        return self._found(seats, answers, trail)

    async def about_events(
        self, seats: Sequence[Seat], ways: Sequence[Way], check: Callable[[Seat], Check[T]]
    ) -> list[tuple[Way, list[tuple[Seat, T]]]]:
        """Give what was found about each event of which something was; ways that are not let go on end here."""
        if not ways:
            return []
        answers = await self._answers(seats, ways, check)
        found: list[tuple[Way, list[tuple[Seat, T]]]] = []
        for way, *of_it in zip(ways, *answers, strict=True):
            if any(of_it):  # most have nothing to say of most
                try:
                    found.append((way, self._found(seats, of_it, way.trail)))
                except Drop as drop:
                    way.drop(self.reason(drop))
                except DeadError as dead:
                    way.die(dead)
        return found

    async def _answers(
        self, seats: Sequence[Seat], ways: Sequence[Way], check: Callable[[Seat], Check[T]]
    ) -> list[list[Answer[T]]]:
        """Give what each answers about each event."""
        if len(seats) == 1:  # most
            (seat,) = seats
            alone = self._begin(seat, ways, check(seat))
            return [await alone if type(alone) is Waiting else alone]
        begun: _Begun[list[Answer[T]]] = begin_all(lambda seat: self._begin(seat, ways, check(seat)), seats)
        return await begun if type(begun) is Waiting else begun

    def _begin(self, seat: Seat, ways: Sequence[Way], check: Check[T]) -> _Begun[Answer[T]]:
        participant, hook, begin = seat.participant, seat.hook, self._caller.begin
        if hook == "enrich_batch":
            events = [way.seen for way in ways]
            return Waiting(participant.gathering.answers(events, partial(self._asked_together, seat)))
        return begin_all(lambda way: begin(participant, hook, way.given, check), ways)

    async def _asked_together(self, seat: Seat, close: Close) -> list[Answer[Patch | None]]:
        """Ask about all events of a batch in one call; a fault of it is each event's."""
        batch = _Closing(close)
        check = partial(batch.check, seat.participant.writes)
        answer = await self._caller.call(seat.participant, seat.hook, batch.given, check)
        if isinstance(answer, Drop) and len(batch.events) > 1:  # nobody knows which of them is meant
            return [await self._asked_alone(seat, event) for event in batch.events]
        return [answer] * len(close()) if isinstance(answer, (Fault, Drop)) else [*answer]

    async def _asked_alone(self, seat: Seat, event: Event) -> Answer[Patch | None]:
        (answer,) = await self._asked_together(seat, lambda: (event,))
        return answer

    def _found(self, seats: Sequence[Seat], answers: Sequence[Answer[T]], trail: Trail) -> list[tuple[Seat, T]]:
        found: list[tuple[Seat, T]] = []
        for seat, answer in zip(seats, answers, strict=True):
            if not answer:
                continue
            if type(answer) is Fault or isinstance(answer, Drop):
                self._note(seat, answer, trail)
            elif seat.participant.is_shadow:
                trail.shadowed(seat.participant, seat.hook, answer)
            else:
                found.append((seat, answer))
        return found

    def _note(self, seat: Seat, bad: Fault | Drop, trail: Trail) -> None:
        if isinstance(bad, Fault):
            trail.failed(seat.participant, bad)
        elif seat.participant.is_shadow:
            trail.shadowed(seat.participant, seat.hook, {"drop": self.reason(bad)})
        else:
            raise bad

    def reason(self, drop: Drop) -> str:
        """Give the reason of a drop as a short text that can be written and shown, whatever the plugin put there."""
        reason: object = drop.reason
        reason = reason if isinstance(reason, str) else type(reason).__name__
        return self._caller.redactor.mask(reason)[:MAX_REASON_CHARS].encode(errors="backslashreplace").decode()


class _Closing:
    """A batch that closes when its call begins; then its `events` are known."""

    __slots__ = ("_close", "events")

    def __init__(self, close: Close) -> None:
        self._close = close
        self.events: tuple[Event, ...] = ()

    def given(self) -> Mapping[str, Any]:
        self.events = self._close()
        return {"events": self.events}

    def check(self, writes: frozenset[str], answer: object) -> list[Patch | None]:
        return check_patches(answer, len(self.events), writes)
