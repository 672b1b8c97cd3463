"""Each hook of the contract is used by a plugin of ours: a hook that nobody uses is a promise that nobody has tried."""

import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from missionwire.plugins.discovery import GROUP
from missionwire.plugins.registry import HOOKS, implementations
from missionwire.testing import make

PLUGINS = Path(__file__).parents[2] / "plugins"


@pytest.fixture(scope="module")
def used() -> dict[str, set[str]]:
    """Give the plugins that implement each hook."""
    found: dict[str, set[str]] = {hook: set() for hook in HOOKS}
    for file in PLUGINS.glob("*/pyproject.toml"):
        distribution = tomllib.loads(file.read_text(encoding="utf-8"))["project"]["name"]
        for point in metadata.distribution(distribution).entry_points:
            if point.group.startswith(GROUP):
                for hook in implementations(point.name, make(point.load())):
                    found[hook].add(point.name)
    return found


@pytest.mark.parametrize("hook", HOOKS)
def test_a_plugin_of_ours_uses_the_hook(used: dict[str, set[str]], hook: str) -> None:
    assert used[hook]
