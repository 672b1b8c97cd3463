"""The plan: who is called in which stage in which order, the same on every machine, with the reason for each place."""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import combinations, groupby
from typing import Final, NamedTuple

from missionwire.domain.errors import SettingsError
from missionwire.pipeline.participant import Participant

STAGES: Final = ("annotate", "repair", "extract", "enrich", "classify", "keep")
"""The stages in the order in which an event meets them; `enrich_batch` belongs to `enrich`."""


class Seat(NamedTuple):
    """One participant's place in a stage; `reason` says why it sits there.

    Those of one `level` do not wait for one another: they are asked at the same time, about the same thing.
    """

    participant: Participant
    hook: str
    reason: str
    level: int = 0


Plan = Mapping[str, tuple[Seat, ...]]


def make_plan(participants: Iterable[Participant], operator_order: Sequence[str] = ()) -> Plan:
    """Order the participants of each stage: the operator's list first, then `before`/`after`, then by name.

    Names in `before` and `after` that are absent are ignored.

    Raises:
        SettingsError: `before` and `after` make a ring; its members are named.
    """
    named = {p.name: p for p in participants}
    return {stage: _seats(stage, named, operator_order) for stage in STAGES}


def levels(seats: Sequence[Seat]) -> list[Sequence[Seat]]:
    """Give the seats of a stage in groups that are asked one after another."""
    return [list(group) for _, group in groupby(seats, key=lambda seat: seat.level)]


def rivals(plan: Plan) -> list[tuple[str, str, str, str]]:
    """Name pairs that write one core field in one stage without an order: stage, field, and the two."""
    found = []
    for stage in ("enrich", "classify"):
        for group in levels(plan[stage]):
            for one, other in combinations(group, 2):
                if one.participant is not other.participant:
                    shared = one.participant.writes & other.participant.writes
                    found += [(stage, field, one.participant.name, other.participant.name) for field in sorted(shared)]
    return found


def _seats(stage: str, named: Mapping[str, Participant], operator_order: Sequence[str]) -> tuple[Seat, ...]:
    hooks = (stage, "enrich_batch") if stage == "enrich" else (stage,)
    present = {name: p for name, p in named.items() if any(h in p.hooks for h in hooks)}
    listed = [name for name in dict.fromkeys(operator_order) if name in present]
    rest = _by_wishes(stage, {name: p for name, p in present.items() if name not in listed})
    order = [(name, "the operator's list", level) for level, name in enumerate(listed)]
    order += [(name, reason, level + len(listed)) for name, reason, level in rest]
    return tuple(
        Seat(present[name], hook, reason, level)
        for name, reason, level in order
        for hook in hooks
        if hook in present[name].hooks
    )


def _by_wishes(stage: str, present: Mapping[str, Participant]) -> list[tuple[str, str, int]]:
    """Give names with reason and level: each after all that it waits for, those of one level by name."""
    wishes: dict[str, set[str]] = {name: set() for name in present}
    for name, participant in present.items():
        for other in {*participant.after} & present.keys() - {name}:
            wishes[name].add(other)
        for other in {*participant.before} & present.keys() - {name}:
            wishes[other].add(name)
    sorter = TopologicalSorter(wishes)
    try:
        sorter.prepare()
    except CycleError as error:
        ring = " -> ".join(error.args[1])
        raise SettingsError([f"plugins: `before` and `after` make a ring in the stage {stage}: {ring}"]) from error
    order: list[tuple[str, str, int]] = []
    level = 0
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        for name in ready:
            reason = f"after {', '.join(sorted(wishes[name]))}" if wishes[name] else "its name"
            order.append((name, reason, level))
        sorter.done(*ready)
        level += 1
    return order
