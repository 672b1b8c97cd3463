"""What an operator changes while the service runs takes effect without a restart, and nothing is lost meanwhile."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.service import Service, an_event

LABELLER = """
# /// script
# requires-python = ">=3.11"
# [tool.missionwire]
# api = 1
# ///
from missionwire.plugin import Config, Event, Patch, Plugin, hookimpl


class Settings(Config):
    label: str = "first"


class Labeller(Plugin[Settings]):
    \"\"\"Labels each event.\"\"\"

    @hookimpl
    async def classify(self, event: Event) -> Patch:
        return Patch(ext={"label": self.config.label})
"""


def write_settings(path: Path, text: str) -> None:
    """Put a whole file in place, as an editor does."""
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


@pytest.fixture
def running(tmp_path: Path) -> Any:  # a generator of a service
    plugins = tmp_path / "plugins"
    plugins.mkdir()
    (plugins / "labeller.py").write_text(LABELLER, encoding="utf-8")
    settings = tmp_path / "missionwire.toml"
    write_settings(settings, f'plugins_dir = "{plugins}"\n')
    with Service(tmp_path / "data", flags=["--config", str(settings)]) as service:
        yield service


def labels_until(
    service: Service, is_right: Callable[[dict[str, Any]], bool], limit: int = 200
) -> list[dict[str, Any]]:
    """Publish events, each once the one before is on the wire, until one comes out as it should; gives their `ext`."""
    seen: list[dict[str, Any]] = []
    while len(seen) < limit:
        event = an_event(subject="Soyuz MS-18", data={"text": "Hello"})
        service.post(event)
        seen.append(service.wait_for("urn:test", event["id"])["data"].get("ext") or {})
        if is_right(seen[-1]):
            return seen
    message = f"not so after {limit} events; the last were {seen[-3:]}"
    raise AssertionError(message)


def test_a_setting_of_a_plugin_takes_effect_while_it_runs(running: Service, tmp_path: Path) -> None:
    labels_until(running, lambda ext: ext.get("labeller") == {"label": "first"}, limit=1)
    write_settings(
        tmp_path / "missionwire.toml",
        f'plugins_dir = "{tmp_path / "plugins"}"\n[plugins.labeller.config]\nlabel = "second"\n',
    )
    seen = labels_until(running, lambda ext: ext.get("labeller") == {"label": "second"})
    assert all(ext["labeller"]["label"] in ("first", "second") for ext in seen), "no event went without"


@pytest.mark.slow
def test_a_wrong_setting_leaves_the_plugin_as_it_is(running: Service, tmp_path: Path) -> None:
    labels_until(running, lambda ext: "labeller" in ext, limit=1)
    write_settings(
        tmp_path / "missionwire.toml", f'plugins_dir = "{tmp_path / "plugins"}"\n[plugins.labeller.config]\nlabel = 3\n'
    )
    labels_until(running, lambda _: any("labeller" in line and "label" in line for line in running.lines), limit=1000)
    labels_until(running, lambda ext: ext.get("labeller") == {"label": "first"}, limit=1)


@pytest.mark.slow
def test_a_plugin_is_switched_off_and_on_by_command(running: Service, tmp_path: Path) -> None:
    def command(*words: str) -> None:
        subprocess.run(
            [
                *(sys.executable, "-m", "missionwire", "plugins", *words),
                *("--config", str(tmp_path / "missionwire.toml"), "--data-dir", str(tmp_path / "data")),
            ],
            check=True,
            capture_output=True,
        )

    labels_until(running, lambda ext: "labeller" in ext, limit=1)
    command("disable", "labeller")
    labels_until(running, lambda ext: "labeller" not in ext)
    states = {plugin["name"]: plugin["state"] for plugin in running.get("/v1/plugins").json()}
    assert states["crew"] == "running"
    command("enable", "labeller")
    labels_until(running, lambda ext: "labeller" in ext)


@pytest.mark.slow
def test_in_shadow_mode_a_plugin_shows_what_it_would_do_and_does_nothing(running: Service, tmp_path: Path) -> None:
    write_settings(
        tmp_path / "missionwire.toml",
        f'plugins_dir = "{tmp_path / "plugins"}"\n'
        '[plugins.labeller]\nmode = "shadow"\n[plugins.pronouns]\nmode = "shadow"\n',
    )
    labels_until(running, lambda ext: ext.get("labeller", {}).get("shadow") is not None)
    text = "Cosmonaut Yulia Peresild said she was glad. Yulia Peresild smiled as he left the capsule."
    event = an_event(subject="Soyuz MS-18", data={"text": text})
    running.post(event)
    published = running.wait_for("urn:test", event["id"])["data"]
    assert published["text"] == text
    assert published["ext"]["labeller"] == {
        "shadow": {"classify": {"ext": {"label": "first"}, "crew": [], "agencies": [], "fields": {}}}
    }


@pytest.mark.slow
def test_with_reload_a_changed_plugin_is_used_without_a_restart_by_hand(tmp_path: Path) -> None:
    (tmp_path / "labeller.py").write_text(LABELLER, encoding="utf-8")
    with Service(tmp_path / "data", flags=["--plugins-dir", str(tmp_path), "--reload"]) as service:
        labels_until(service, lambda ext: ext.get("labeller") == {"label": "first"}, limit=1)
        (tmp_path / "labeller.py").write_text(LABELLER.replace('"first"', '"changed"'), encoding="utf-8")
        with service.frames(since="all") as feed:  # says goodbye when the HTTP process is started anew
            assert any(frame.get("event") == "goodbye" for frame in feed)
        service.wait_until_ready()
        labels_until(service, lambda ext: ext.get("labeller") == {"label": "changed"})
