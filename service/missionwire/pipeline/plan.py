"""The plan: who is called in which stage in which order, the same on every machine, with the reason for each place."""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Final, NamedTuple

from missionwire.pipeline.participant import Participant

STAGES: Final = ("annotate", "repair", "extract", "enrich", "classify", "keep")
"""The stages in the order in which an event meets them; `enrich_batch` belongs to `enrich`."""


class Seat(NamedTuple):
    """One participant's place in a stage; `reason` says why it sits there."""

    participant: Participant
    hook: str
    reason: str


Plan = Mapping[str, tuple[Seat, ...]]


def make_plan(participants: Iterable[Participant], operator_order: Sequence[str] = ()) -> Plan:
    """Order the participants of each stage: the operator's list first, then `before`/`after`, then by name.

    Names in `before` and `after` that are absent are ignored. Wishes that make a ring are left out, all of the ring's;
    the reason of each seat in it names the ring.
    """
    named = {p.name: p for p in participants}
    return {stage: _seats(stage, named, operator_order) for stage in STAGES}


def _seats(stage: str, named: Mapping[str, Participant], operator_order: Sequence[str]) -> tuple[Seat, ...]:
    hooks = (stage, "enrich_batch") if stage == "enrich" else (stage,)
    present = {name: p for name, p in named.items() if any(h in p.hooks for h in hooks)}
    listed = [name for name in dict.fromkeys(operator_order) if name in present]
    rest = _by_wishes({name: p for name, p in present.items() if name not in listed})
    order = [(name, "the operator's list") for name in listed] + rest
    return tuple(
        Seat(present[name], hook, reason) for name, reason in order for hook in hooks if hook in present[name].hooks
    )


def _by_wishes(present: Mapping[str, Participant]) -> list[tuple[str, str]]:
    wishes: dict[str, set[str]] = {name: set() for name in present}
    for name, participant in present.items():
        for other in participant.after:
            if other in present:
                wishes[name].add(other)
        for other in participant.before:
            if other in present:
                wishes[other].add(name)
    rings: dict[str, str] = {}
    while ring := _ring(wishes):
        for name in ring:
            wishes[name] -= set(ring)
            rings[name] = " -> ".join(ring)
    sorter = TopologicalSorter(wishes)
    sorter.prepare()
    order: list[tuple[str, str]] = []
    ready: list[str] = []
    while sorter.is_active():
        ready = sorted({*ready, *sorter.get_ready()})
        name = ready.pop(0)
        reason = f"after {', '.join(sorted(wishes[name]))}" if wishes[name] else "its name"
        if name in rings:
            reason += f"; `before` and `after` make a ring, and are left out: {rings[name]}"
        order.append((name, reason))
        sorter.done(name)
    return order


def _ring(wishes: Mapping[str, set[str]]) -> list[str]:
    """Give the members of a ring, the first at both ends; empty where there is none."""
    try:
        TopologicalSorter(wishes).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []
