"""The plan is the same whatever the order in which plugins were installed."""

from importlib import metadata
from random import Random
from typing import Any

import pytest

from missionwire.pipeline.plan import Plan, make_plan
from missionwire.plugin import API_LEVEL, Config, Plugin, hookimpl
from missionwire.plugins.discovery import GROUP
from tests.unit.pipeline.made import of_class

SHUFFLES = 20
FIRST_PARTY = {f"missionwire_{name}" for name in ("agencies", "articles", "crew", "pronouns", "terms")}


class Weather(Plugin[Config]):
    """Wants to come before one that is there, and before one that is not."""

    before = ("crew", "nobody")

    @hookimpl
    async def enrich(self) -> None: ...


class Altitude(Plugin[Config]):
    """Its name would bring it to the head; it wants to come after two others."""

    after = ("weather", "crew")

    @hookimpl
    async def annotate(self) -> None: ...

    @hookimpl
    async def enrich(self) -> None: ...


class Zenith(Plugin[Config]):
    """Wants to be the first, in every stage that it is in."""

    before = ("agencies", "altitude", "articles", "weather")

    @hookimpl
    async def annotate(self) -> None: ...

    @hookimpl
    async def enrich(self) -> None: ...

    @hookimpl
    async def keep(self) -> None: ...


class Batch(Plugin[Config]):
    """Has no wish, and both hooks of one stage."""

    @hookimpl
    async def enrich(self) -> None: ...

    @hookimpl
    async def enrich_batch(self) -> None: ...

    @hookimpl
    async def classify(self) -> None: ...


def _installed() -> list[type[Plugin[Any]]]:
    """The first-party plugins and those of this file, as they are found on the path."""
    points = metadata.entry_points(group=f"{GROUP}{API_LEVEL}")
    first_party: list[type[Plugin[Any]]] = [each.load() for each in points if each.module.startswith("missionwire_")]
    assert {each.__module__.split(".")[0] for each in first_party} >= FIRST_PARTY
    return [*first_party, Weather, Altitude, Zenith, Batch]


def _told(plan: Plan) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a seat says, with its participant by name."""
    return {stage: [(seat.participant.name, *seat[1:]) for seat in seats] for stage, seats in plan.items()}


def _plan(kinds: list[type[Plugin[Any]]], operator_order: tuple[str, ...]) -> dict[str, list[tuple[Any, ...]]]:
    return _told(make_plan([of_class(kind, before=kind.before, after=kind.after) for kind in kinds], operator_order))


@pytest.mark.parametrize(
    ("operator_order", "wished"),
    [((), ["zenith", "weather", "crew", "altitude"]), (("terms", "crew"), ["crew", "zenith", "weather", "altitude"])],
    ids=["by wishes and names", "with a list"],
)
def test_the_plan_does_not_know_the_order_of_installation(operator_order: tuple[str, ...], wished: list[str]) -> None:
    kinds, random = _installed(), Random(4)  # noqa: S311  # the same orders in every run
    expected = _plan(kinds, operator_order)
    orders = set()

    for _ in range(SHUFFLES):
        random.shuffle(kinds)
        orders.add(tuple(kind.__name__ for kind in kinds))
        assert _plan(kinds, operator_order) == expected

    assert len(orders) == SHUFFLES
    assert [name for name, *_ in expected["enrich"] if name in wished] == wished
