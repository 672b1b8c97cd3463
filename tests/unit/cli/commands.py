"""Runs `missionwire` as a user does: as a process of its own."""

import os
import signal
import subprocess
import sys
from typing import NamedTuple

COMMAND = [sys.executable, "-m", "missionwire"]


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def environment(**more: str) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if name not in ("MISSIONWIRE_URL", "FORCE_COLOR", "NO_COLOR")
    }
    return {**kept, "COLUMNS": "100", **more}


def run(*args: str, stdin: bytes = b"", timeout_s: float = 30, **more: str) -> Ran:
    """Run a command to its end; a traceback is never a right answer."""
    done = subprocess.run(
        [*COMMAND, *args], input=stdin, capture_output=True, timeout=timeout_s, check=False, env=environment(**more)
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ran.err, ran.err
    return ran


def begin(*args: str) -> subprocess.Popen[bytes]:
    """Start a command with a pipe to each of its streams."""
    return subprocess.Popen(
        [*COMMAND, *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        # a shell without job control starts children with SIGINT ignored; a terminal does not
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,  # noqa: PLW1509  # no threads here
    )
