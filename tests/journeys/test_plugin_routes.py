"""The calls that a plugin brings: there while it runs, gone when it does not, and nobody else notices."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.following import Follower, children_of, until
from tests.plugin_projects import write_file
from tests.problems import problem_of
from tests.service import PLAIN, Service, an_event

pytestmark = pytest.mark.slow

SEEN_S = 15.0
"""A change is seen by the worker, told in its report, and seen by the process that serves HTTP: a few seconds."""

GREETER = """
from collections.abc import Sequence
from typing import Any

from missionwire.plugin import Config, Event, Patch, Plugin, hookimpl


class Settings(Config):
    word: str = "hello"


class Greeter(Plugin[Settings]):
    \"\"\"Greets, on the wire and when asked.\"\"\"

    @hookimpl
    async def enrich(self, event: Event) -> Patch:
        return Patch(ext={"word": self.config.word})

    @hookimpl
    def routes(self) -> Sequence[Any]:
        from litestar import get

        @get("/word")
        async def word() -> str:
            return self.config.word

        return [word]
"""


class Scene:
    """A service with two plugins in single files, both installed by command, and what an operator does with them."""

    def __init__(self, folder: Path) -> None:
        self.settings = folder / "missionwire.toml"
        self.settings.write_text("", encoding="utf-8")
        self._flags = ["--data-dir", str(folder / "data"), "--config", str(self.settings)]
        for name in ("greeter", "neighbour"):
            self.command("install", str(write_file(folder / "sources" / f"{name}.py", code=GREETER)))
        self.service = Service(folder / "data", flags=["--config", str(self.settings)])

    def command(self, *words: str) -> None:
        command = [sys.executable, "-m", "missionwire", "plugins", *words, *self._flags]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr

    def answer(self, plugin: str = "greeter") -> httpx.Response:
        return self.service.get(f"/v1/x/{plugin}/word")

    def wait_for(self, status: int, plugin: str = "greeter") -> httpx.Response:
        def found() -> httpx.Response | None:
            answer = self.answer(plugin)
            return answer if answer.status_code == status else None

        return until(found, SEEN_S, lambda: self.service.lines[-5:])

    def ext_of_an_event(self) -> dict[str, dict[str, str]]:
        event = an_event()
        self.service.post(event)
        found: dict[str, dict[str, str]] = self.service.wait_for(event["source"], event["id"])["data"].get("ext", {})
        return found


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path)
    with scene.service:
        for plugin in ("greeter", "neighbour"):
            scene.wait_for(200, plugin)
        yield scene


def test_switched_off_its_calls_answer_404_and_they_come_back_while_all_else_goes_on(scene: Scene) -> None:
    is_over, statuses = threading.Event(), set[int]()

    def ask() -> None:
        with httpx.Client(base_url=scene.service.url, timeout=30, verify=PLAIN) as client:
            while not is_over.wait(0.02):
                statuses.add(client.get("/v1/x/neighbour/word").status_code)
                statuses.add(client.get("/health/ready").status_code)

    asker = threading.Thread(target=ask, daemon=True)
    with Follower(scene.service) as follower:
        asker.start()
        scene.command("disable", "greeter")
        gone = scene.wait_for(404)
        scene.command("enable", "greeter")
        back = scene.wait_for(200)
        is_over.set()
        asker.join(30)
        event = an_event()
        scene.service.post(event)
        follower.wait_for(event["id"])

    problem = problem_of(gone, 404, "not-found")
    assert "plugin greeter does not run" in problem["detail"]
    assert back.text == "hello"
    assert statuses == {200}
    assert not {"gap", "end", "goodbye", "busy"} & set(follower.named)


def test_removed_while_the_service_runs_its_calls_and_fields_are_gone(scene: Scene) -> None:
    assert scene.ext_of_an_event().keys() >= {"greeter", "neighbour"}
    scene.command("remove", "greeter")
    gone = scene.wait_for(404)

    problem_of(gone, 404, "not-found")
    assert scene.answer("neighbour").text == "hello"
    assert "greeter" not in scene.ext_of_an_event()
    assert "neighbour" in scene.ext_of_an_event()
    problem_of(scene.service.get("/v1/plugins/greeter"), 404, "plugin-not-found")


def test_in_shadow_mode_its_calls_are_closed_as_they_are_after_a_restart(scene: Scene) -> None:
    scene.settings.write_text('[plugins.greeter]\nmode = "shadow"\n', encoding="utf-8")

    problem_of(scene.wait_for(404), 404, "not-found")


def test_one_that_was_off_at_the_start_has_its_calls_once_it_is_on_with_the_settings_of_that_moment(
    tmp_path: Path,
) -> None:
    scene = Scene(tmp_path)
    scene.settings.write_text("[plugins.greeter]\nenabled = false\n", encoding="utf-8")
    with scene.service:
        scene.wait_for(200, "neighbour")
        problem_of(scene.answer(), 404, "not-found")
        scene.settings.write_text('[plugins.greeter.config]\nword = "good day"\n', encoding="utf-8")

        assert scene.wait_for(200).text == "good day"


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_while_no_worker_is_there_to_tell_the_calls_stay_as_they_are(tmp_path: Path) -> None:
    """A restart of the only worker must not close what its successor will run."""
    scene = Scene(tmp_path)
    with scene.service:
        scene.wait_for(200)
        restarted = threading.Event()
        statuses = set[int]()

        def ask() -> None:
            while not restarted.is_set():
                statuses.add(scene.answer().status_code)

        asker = threading.Thread(target=ask, daemon=True)
        asker.start()
        before = workers(scene.service)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        until(lambda: workers(scene.service) - before, 30)
        scene.ext_of_an_event()
        restarted.set()
        asker.join(30)

        assert statuses == {200}


def workers(service: Service) -> set[int]:
    return {pid for pid, command in children_of(service.pid).items() if "missionwire.child worker" in command}
