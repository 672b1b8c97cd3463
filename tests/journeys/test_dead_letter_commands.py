"""Dead letters by the command line: list, show, replay by plugin, discard."""

import json
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from tests.service import Service, an_event

FUSSY = """
# /// script
# requires-python = ">=3.11"
# [tool.missionwire]
# api = 1
# ///
from missionwire.plugin import Config, Event, Plugin, hookimpl


class Settings(Config):
    is_patient: bool = False


class Fussy(Plugin[Settings]):
    \"\"\"Cannot handle what names no mission.\"\"\"

    @hookimpl
    async def enrich(self, event: Event) -> None:
        if event.mission is None and not self.config.is_patient:
            raise ValueError("no mission")
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("fussy")
    (folder / "fussy.py").write_text(FUSSY, encoding="utf-8")
    settings = folder / "missionwire.toml"
    settings.write_text(f'plugins_dir = "{folder}"\n[plugins.fussy]\non_error = "dead-letter"\n', encoding="utf-8")
    with Service(folder / "data", flags=["--config", str(settings)]) as running:
        yield running


def command(service: Service, *words: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "missionwire", "dead-letters", *words, "--url", service.url],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return ran.stdout


def a_dead_letter(service: Service) -> str:
    """Publish what the plugin cannot handle; gives the dead letter's id."""
    event = an_event()
    service.post(event)
    while True:
        answer = service.get("/v1/events", source="urn:test", id=event["id"])
        if answer.json().get("state") == "dead":
            return str(answer.json()["dead_letter"]).rpartition("/")[2]
        assert answer.status_code == httpx.codes.NOT_FOUND
        assert answer.json()["state"] == "queued"


def test_a_dead_letter_is_listed_and_shown_with_its_error_and_the_event_as_sent(service: Service) -> None:
    letter = a_dead_letter(service)
    assert letter in command(service, "list")
    shown = json.loads(command(service, "show", letter))
    assert shown["error"]["plugin"] == "fussy"
    assert shown["event"]["source"] == "urn:test"


def test_replay_takes_those_of_a_plugin_or_a_kind_of_error(service: Service) -> None:
    a_dead_letter(service)
    assert command(service, "replay", "--plugin", "nobody") == "0 replayed.\n"
    assert command(service, "replay", "--plugin", "fussy", "--kind", "timeout") == "0 replayed.\n"
    waiting = len(json.loads(command(service, "list", "--json")))
    assert command(service, "replay", "--plugin", "fussy", "--kind", "raised") == f"{waiting} replayed.\n"


def test_what_is_discarded_is_gone(service: Service) -> None:
    letter = a_dead_letter(service)
    command(service, "discard", letter)
    assert letter not in command(service, "list")
