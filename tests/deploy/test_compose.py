"""The composed parts: options and variables that there are, and promises kept."""

import re
import subprocess
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # PyYAML has no types

from missionwire.children import HTTP_STOP_S, WORKER_STOP_S
from missionwire.settings import environment_names, load_settings
from tests.deploy.pieces import DEPLOY, parsed, seconds, tool

COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("serve", "worker")


def options(words: list[str]) -> dict[str, str]:
    """The options of the server's command line."""
    return dict(zip((word.removeprefix("--") for word in words[1::2]), words[2::2], strict=True))


def test_it_is_what_the_compose_specification_allows() -> None:
    checked = subprocess.run(
        [tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "compose.yaml"],
        cwd=DEPLOY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_a_setting_with_a_value_that_it_takes(name: str) -> None:
    given = SERVICES[name]["environment"]
    assert set(given) <= set(environment_names())
    settings = load_settings(None, given)
    assert settings.redis_url == "redis://valkey:6379"


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_one_with_options_that_it_takes(name: str) -> None:
    assert parsed(SERVICES[name]["command"])


def test_the_parts_are_apart() -> None:
    assert load_settings(None, SERVICES["serve"]["environment"]).workers == 0
    assert SERVICES["worker"]["command"][0] == "worker"
    for name in OURS:
        assert SERVICES[name]["depends_on"]["valkey"]["condition"] == "service_healthy"


def test_the_server_fsyncs_before_it_answers_and_never_forgets() -> None:
    given = options(SERVICES["valkey"]["command"])
    assert given["appendonly"] == "yes"
    assert given["appendfsync"] == "always"
    assert given["maxmemory-policy"] == "noeviction"
    assert "valkey:/data" in SERVICES["valkey"]["volumes"]


def test_only_this_machine_reaches_it() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:8000:8000"]


def test_everything_starts_again_and_says_how_it_is() -> None:
    for service in SERVICES.values():
        assert service["restart"] == "unless-stopped"
    assert SERVICES["valkey"]["healthcheck"]["test"] == ["CMD", "valkey-cli", "ping"]
    assert "healthcheck" not in SERVICES["serve"], "the image's own holds"


def test_each_part_has_the_time_that_it_takes_to_stop() -> None:
    drain_s = load_settings(None, SERVICES["serve"]["environment"]).feed.drain_s
    assert seconds(SERVICES["serve"]["stop_grace_period"]) > drain_s + HTTP_STOP_S
    assert seconds(SERVICES["worker"]["stop_grace_period"]) > WORKER_STOP_S


def test_images_have_a_tag() -> None:
    assert re.fullmatch(r"valkey/valkey:\d+(\.\d+)*", SERVICES["valkey"]["image"])
