"""When an event happened, as far as it says; and at which moment of a flight an event of its type stands."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from missionwire.plugin import Event, TimePrecision
from missionwire_crew.flights import Flight, Way

_TYPE_PREFIX: Final = "missionwire."
_MOST_KEPT: Final = 16


class Phase(NamedTuple):
    """Where an event stands in a flight: the way says who is aboard, the moment when it was."""

    way: Way
    moment: str


_LIFTOFF: Final = Phase("up", "launched")
_DOCKING: Final = Phase("up", "docked")
_UNDOCKING: Final = Phase("down", "undocked")
_LANDING: Final = Phase("down", "landed")

PHASES: Final[Mapping[str, tuple[Phase, ...]]] = MappingProxyType(
    {
        "launch.lifted-off": (_LIFTOFF,),
        "launch.succeeded": (_LIFTOFF,),
        "launch.failed": (_LIFTOFF,),
        "launch.aborted": (_LIFTOFF,),
        "orbit.inserted": (_LIFTOFF,),
        "docking.completed": (_DOCKING,),
        "docking.aborted": (_DOCKING,),
        "crew.arrived": (_DOCKING,),
        "hatch.opened": (_DOCKING,),
        "crew.boarded": (_LIFTOFF, _UNDOCKING),
        "crew.departed": (_UNDOCKING, _LIFTOFF),
        "hatch.closed": (_UNDOCKING,),
        "undocking.completed": (_UNDOCKING,),
        "reentry.started": (_LANDING,),
        "landing.completed": (_LANDING,),
        "landing.failed": (_LANDING,),
        "splashdown.completed": (_LANDING,),
        "crew.egressed": (_LANDING,),
        "crew.examined": (_LANDING, _LIFTOFF),
        "recovery.completed": (_LANDING,),
    }
)
"""Types that tell of people in flight. A crew departs for a station and from it, and boards and is examined on both
ways: there the date decides. Types of plans (`launch.scheduled`) are not here: crews change until they fly.
"""


BESIDE: Final[Mapping[str, tuple[Phase, ...]]] = MappingProxyType(
    {
        "launch.scrubbed": (_LIFTOFF,),
        "launch.held": (_LIFTOFF,),
        "launch.resumed": (_LIFTOFF,),
        "launch.rescheduled": (_LIFTOFF,),
        "stage.separated": (_LIFTOFF,),
        "stage.landed": (_LIFTOFF,),
        "milestone.reached": (_LIFTOFF, _DOCKING, _UNDOCKING, _LANDING),
    }
)
"""Types that tell of no one in flight, but of the day of a moment of one: in an article that tells of the flight."""


PLANS: Final[Mapping[str, tuple[Phase, ...]]] = MappingProxyType(
    {
        "docking.scheduled": (_DOCKING,),
        "undocking.scheduled": (_UNDOCKING,),
        "landing.scheduled": (_LANDING,),
        "splashdown.scheduled": (_LANDING,),
    }
)
"""Types of a plan for a day of a flight under way, in an article that tells of the flight: it came so."""


MOVED: Final[Mapping[str, Phase]] = MappingProxyType(
    {
        "launch.rescheduled": _LIFTOFF,
        "docking.rescheduled": _DOCKING,
        "undocking.rescheduled": _UNDOCKING,
        "landing.rescheduled": _LANDING,
        "splashdown.rescheduled": _LANDING,
    }
)
"""Types of a step that was put off, and then came: the article tells of it, too."""


ATTEMPTS: Final = frozenset({"launch.scrubbed", "launch.held", "launch.resumed", "launch.aborted", "crew.boarded"})
"""Types of an attempt to launch, which may have come to nothing: the flight then went up some days later."""

ANOMALY: Final = f"{_TYPE_PREFIX}anomaly.occurred"

LONGEST_DELAY: Final = timedelta(days=14)
"""After an attempt no more time goes by until the next one, as a rule."""


class When(NamedTuple):
    """The span of time that an event tells: `first` to `last`, both included."""

    first: datetime
    last: datetime

    @property
    def is_a_day(self) -> bool:
        """Tell whether the day is known."""
        return self.last - self.first < timedelta(days=1)

    def comes_before(self, time: datetime) -> bool:
        """Tell whether a time follows a known day as the next attempt follows one that came to nothing."""
        return self.is_a_day and self.first <= time <= self.last + LONGEST_DELAY

    def holds(self, time: datetime) -> bool:
        """Tell whether a time lies in the span; a day beside a known day counts, for time zones."""
        slack = 1 if self.is_a_day else 0
        return self.first.toordinal() - slack <= time.toordinal() <= self.last.toordinal() + slack


def when(event: Event) -> When | None:
    """Give when an event happened; None where it does not say."""
    precision = event.data.time_precision or "second"
    return None if event.time is None or precision == "unknown" else _read(event.time, precision)


def planned(event: Event) -> When | None:
    """Give the day for which a step of a flight is planned; None where it is planned for no day."""
    net, precision = event.data.extra.get("net"), event.data.extra.get("net_precision")
    is_day = event.type.removeprefix(_TYPE_PREFIX) in PLANS and precision in {"second", "minute", "hour", "day"}
    return _read(net, "day") if is_day and isinstance(net, str) else None


@lru_cache(maxsize=_MOST_KEPT)
def _read(written: str, precision: TimePrecision) -> When | None:
    """Read a time; it is kept for a while, as one of an event is read again and again."""
    try:
        time = datetime.fromisoformat(written)
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return _span(time, precision)


def _span(time: datetime, precision: TimePrecision) -> When:
    if precision == "month":
        return When(time, time.replace(day=monthrange(time.year, time.month)[1]))
    if precision == "year":
        return When(time, time.replace(month=12, day=31))
    return When(time, time)


def phases(event: Event) -> tuple[Phase, ...]:
    """Give where an event of this type stands in a flight; empty where it tells of no one in flight.

    A landing on another body than Earth takes part of a crew down: nothing can be said of who.
    """
    body = event.data.extra.get("body")
    if isinstance(body, str) and body.casefold() != "earth":
        return ()
    return PHASES.get(event.type.removeprefix(_TYPE_PREFIX), ())


def phases_beside(event: Event) -> tuple[Phase, ...]:
    """Give where an event stands in a flight of which its article tells, though it may tell of no one in flight."""
    type_ = event.type.removeprefix(_TYPE_PREFIX)
    return phases(event) or BESIDE.get(type_) or PLANS.get(type_, ())


def phase_moved(event: Event) -> Phase | None:
    """Give the step of a flight that was put off; None where an event tells of something else."""
    return MOVED.get(event.type.removeprefix(_TYPE_PREFIX))


def is_attempt(event: Event) -> bool:
    """Tell whether an event is of an attempt to launch, which may have come to nothing."""
    return event.type.removeprefix(_TYPE_PREFIX) in ATTEMPTS


def phase_in(flight: Flight, event: Event) -> Phase | None:
    """Give where an event stands in a flight of which it is known to tell; None where time and flight disagree."""
    told = when(event)
    fitting = phases(event)
    if told is None:
        return fitting[0] if len(fitting) == 1 else None
    return next((phase for phase in fitting if _agrees(flight, phase, told, is_only=len(fitting) == 1)), None)


def _agrees(flight: Flight, phase: Phase, told: When, *, is_only: bool) -> bool:
    known = flight.times.get(phase.moment)
    if known is not None:
        return told.holds(known)
    if not is_only or "launched" not in flight.times:
        return False
    landed = flight.times.get("landed")
    has_begun = flight.times["launched"].toordinal() <= told.last.toordinal() + 1
    return has_begun and (landed is None or told.first.toordinal() <= landed.toordinal() + 1)
