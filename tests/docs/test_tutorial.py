"""The tutorial works as it is written: every command is run, in order, and prints what the page shows."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from tests.following import until
from tests.journeys.test_plugin_install import FOUND_UV, make_environment
from tests.service import PLAIN

PAGE = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text(encoding="utf-8")
PORT_SHOWN = "8000"
ANYTHING = "…"
COMMAND_S = 120.0
START_S = 60.0
AGAIN_S = 20.0
"""A command that only looks is run again for so long, until a running service has taken note."""

_BLOCK = re.compile(r"(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<language>\w+)\n(?P<body>.*?)```\n", re.DOTALL)
_LOOKS = ("missionwire plugins list", "missionwire plugins show", "missionwire tail")
_SERVES = re.compile(r"missionwire serves http")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(FOUND_UV is None, reason="there is no uv here: `make setup` brings it"),
]


class File(NamedTuple):
    """A file that the reader writes."""

    path: str
    text: str


class Command(NamedTuple):
    """A command that the reader types, and what the page shows of its output."""

    line: str
    shown: str


def steps() -> Iterator[File | Command]:
    """Give all that the reader does, in order."""
    for block in _BLOCK.finditer(PAGE):
        if block["file"]:
            yield File(block["file"], block["body"])
        elif block["language"] == "console":
            for part in re.split(r"(?m)^\$ ", block["body"])[1:]:
                line, _, shown = part.partition("\n")
                yield Command(line, shown.rstrip("\n"))


def is_shown(shown: str, said: str) -> bool:
    """Whether an output is what the page shows: a line that is `…` stands for any lines, or none."""
    pattern = "".join(
        r"(?:.*\n)*" if line == ANYTHING else re.escape(line.rstrip()).replace(re.escape(ANYTHING), ".*") + r" *\n"
        for line in shown.splitlines()
    )
    return re.fullmatch(pattern, said.strip("\n") + "\n" if said.strip() else "") is not None


class Reader:
    """Somebody who follows the page in an empty folder, with a home and an environment of their own."""

    def __init__(self, environment: Path, folder: Path, port: int) -> None:
        self._folder = folder
        self._port = port
        self._serving: subprocess.Popen[str] | None = None
        path = [str(environment / "bin"), str(Path(FOUND_UV or "uv").parent), "/usr/bin", "/bin"]
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MISSIONWIRE_", "UV_", "PIP_", "PYTHON"))}
        cache = os.environ.get("UV_CACHE_DIR") or str(Path("~/.cache/uv").expanduser())
        self._env = {
            **kept,
            "PATH": os.pathsep.join(path),
            "VIRTUAL_ENV": str(environment),
            "HOME": str(folder / "home"),
            "XDG_DATA_HOME": str(folder / "home" / "data"),
            "UV_CACHE_DIR": cache,
            "COLUMNS": "120",
            "MISSIONWIRE_PORT": str(port),
            "MISSIONWIRE_URL": f"http://127.0.0.1:{port}",
        }
        (folder / "home").mkdir()
        self._work = folder / "work"
        self._work.mkdir()

    def write(self, file: File) -> None:
        path = self._work / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")

    def type(self, command: Command) -> None:
        """Run a command; it must print what is shown."""
        if command.line.startswith("missionwire serve"):
            self._serve(command)
            return
        give_up_s = time.monotonic() + (AGAIN_S if command.line.startswith(_LOOKS) else 0)
        while not is_shown(command.shown, said := self._run(command.line)):
            assert time.monotonic() < give_up_s, f"$ {command.line}\nprints\n{said}\nshown is\n{command.shown}"
            time.sleep(0.2)

    def _run(self, line: str) -> str:
        done = subprocess.run(
            line,
            shell=True,
            cwd=self._work,
            env=self._env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
            timeout=COMMAND_S,
        )
        return done.stdout

    def _serve(self, command: Command) -> None:
        self.stop()
        told = self._folder / "told"
        with told.open("w", encoding="utf-8") as out:
            self._serving = subprocess.Popen(
                command.line.split(), cwd=self._work, env=self._env, stdout=out, stderr=out, text=True
            )
        until(lambda: _SERVES.search(told.read_text(encoding="utf-8")), START_S, told.read_text)
        said = told.read_text(encoding="utf-8")
        assert is_shown(command.shown.replace(PORT_SHOWN, str(self._port)), said), said
        until(self._has_worker, START_S, told.read_text)

    def _has_worker(self) -> bool:
        answer = httpx.get(f"http://127.0.0.1:{self._port}/health/ready", timeout=5, verify=PLAIN)
        return answer.is_success and answer.json()["workers"] > 0

    def stop(self) -> None:
        """Press Ctrl-C."""
        if self._serving is not None and self._serving.poll() is None:
            self._serving.send_signal(signal.SIGINT)
            try:
                self._serving.wait(30)
            finally:
                self._serving.kill()
                self._serving.wait()


@pytest.fixture
def reader(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, unused_port: int) -> Iterator[Reader]:
    reader = Reader(make_environment(tmp_path_factory.mktemp("environment")), tmp_path, unused_port)
    yield reader
    reader.stop()


@pytest.fixture
def unused_port() -> int:
    """A port that was free a moment ago: the page starts the service twice, and its commands know where it is."""
    import socket  # noqa: PLC0415  # only here

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def test_every_command_of_the_tutorial_prints_what_the_page_shows(
    reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    began_s = time.monotonic()
    on_feed_s = None
    for step in steps():
        if isinstance(step, File):
            reader.write(step)
            continue
        reader.type(step)
        if step.line.startswith("missionwire tail") and on_feed_s is None:
            on_feed_s = time.monotonic() - began_s
    assert on_feed_s is not None
    with capsys.disabled():
        sys.stdout.write(
            f"\nfrom `plugins new` to the plugin's field on the feed: {on_feed_s:.1f} s; "
            f"the whole tutorial: {time.monotonic() - began_s:.1f} s\n"
        )


def test_three_commands_stand_between_nothing_and_an_installed_plugin() -> None:
    lines = [step.line for step in steps() if isinstance(step, Command)]

    assert [line.split()[:3] for line in lines[:4]] == [
        ["missionwire", "plugins", "new"],
        ["missionwire", "plugins", "test"],
        ["missionwire", "plugins", "install"],
        ["missionwire", "serve"],
    ]
