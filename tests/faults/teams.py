"""The workers that are killed: small ones, and the real ones under their supervisors."""

import contextlib
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.following import children_of

ROOT = Path(__file__).parents[2]
PLUGINS = Path(__file__).with_name("plugins")
SIZE = 2

_SETTINGS = """\
[plugins.articles]
enabled = false  # the events of the articles here are told by doubts alone
[plugins.doubts]
on_error = "dead-letter"
"""


class Team:
    """Two processes of one kind. `kills` are the ways to kill in it, by what counts call them; each tells if it did."""

    pauses_s = (0.2, 0.9)
    """The shortest and the longest time between two kills."""

    def __init__(self, url: str, wire: str, folder: Path, chance: random.Random) -> None:
        self.kills: dict[str, Callable[[], bool]] = {"workers killed": self.replace_one}
        self.folder = folder
        self._url = url
        self._wire = wire
        self._chance = chance
        self._environment = {
            name: value
            for name, value in os.environ.items()
            if name != "LD_PRELOAD" and not name.startswith("MISSIONWIRE_")
        }
        self._environment |= {"MISSIONWIRE_NAME": wire, "TMPDIR": str(folder)}
        self._born = 0
        self._processes = [self._start() for _ in range(SIZE)]

    def _command(self, name: str) -> list[str]:
        return ["-m", "tests.faults.small_worker", self._url, self._wire, name]

    def _start(self) -> "subprocess.Popen[bytes]":
        self._born += 1
        name = f"w{self._born}"
        command = [sys.executable, *self._command(name)]
        with (self.folder / f"{name}.log").open("wb") as out:
            return subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=out, stderr=out)

    def replace_one(self) -> bool:
        """Kill one process and start another."""
        number = self._chance.randrange(SIZE)
        self._processes[number].kill()
        self._processes[number].wait()
        self._processes[number] = self._start()
        return True

    def pids(self) -> list[int]:
        """Give the processes that were started here."""
        return [process.pid for process in self._processes]

    def kill(self) -> None:
        """End all of it."""
        for process in self._processes:
            process.kill()
            process.wait()


class RealTeam(Team):
    """Two times `missionwire worker`, each with one child, and the plugins of the folder beside this file."""

    pauses_s = (0.3, 2.5)  # a process, its child and the plugins have to start in between, or nothing is killed at work

    def __init__(self, url: str, wire: str, folder: Path, chance: random.Random) -> None:
        (folder / "missionwire.toml").write_text(_SETTINGS, encoding="utf-8")
        super().__init__(url, wire, folder, chance)
        self.kills = {"workers killed": self.kill_child, "supervisors killed": self.replace_one}

    def _command(self, _: str) -> list[str]:
        flags = ["--plugins-dir", str(PLUGINS), "--config", str(self.folder / "missionwire.toml")]
        return ["-m", "missionwire", "worker", "--redis-url", self._url, "--log-level", "info", *flags]

    def kill_child(self) -> bool:
        """Kill a worker; its supervisor starts another."""
        children = [pid for parent in self.pids() for pid in children_of(parent)]
        if not children:
            return False
        with contextlib.suppress(ProcessLookupError):  # it ended by itself a moment before
            os.kill(self._chance.choice(children), signal.SIGKILL)
        return True
