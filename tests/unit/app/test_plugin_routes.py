"""Whose routes are served follows from what the workers report."""

from typing import Any

import pytest

from missionwire.app.plugin_routes import served_by


def report(**states: str) -> dict[str, Any]:
    """What a worker tells of plugins that all have routes."""
    return {"plugins": [{"name": name, "state": state, "implements": ["routes"]} for name, state in states.items()]}


@pytest.mark.parametrize("state", ["running", "open"])
def test_a_plugin_that_runs_is_served(state: str) -> None:
    assert served_by({"w": report(crew=state)}) == {"crew"}


@pytest.mark.parametrize("state", ["shadow", "disabled", "failed", "incompatible", "needs-config"])
def test_a_plugin_that_does_not_run_is_not_served(state: str) -> None:
    assert served_by({"w": report(crew=state)}) == set()


def test_one_worker_that_runs_it_is_enough() -> None:
    assert served_by({"v": report(crew="failed"), "w": report(crew="running", terms="disabled")}) == {"crew"}


def test_a_plugin_without_routes_is_none_of_them() -> None:
    assert served_by({"w": {"plugins": [{"name": "terms", "state": "running", "implements": ["repair"]}]}}) == set()


def test_while_no_worker_is_there_nothing_is_known() -> None:
    assert served_by({}) is None


@pytest.mark.parametrize("told", [{"plugins": []}, {"plugins": None}, {}])
def test_a_worker_without_a_plugin_closes_them_all(told: dict[str, Any]) -> None:
    assert served_by({"w": told}) == set()
