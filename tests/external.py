"""The parts apart, as at scale: a Valkey that somebody else runs, and workers of their own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Self

from missionwire.store.embedded import binary

START_S = 20.0


class Valkey:
    """A Valkey started by hand on a socket in `folder`; `kill` and `start` in between keep its data."""

    def __init__(self, folder: Path, *, appendfsync: str = "always", policy: str = "noeviction") -> None:
        self.socket = folder / "valkey.sock"
        self._settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "dir": str(folder),
            "logfile": str(folder / "valkey.log"),
            "save": "",
            "appendonly": "yes",
            "appendfsync": appendfsync,
            "maxmemory": "256mb",
            "maxmemory-policy": policy,
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What `--redis-url` takes."""
        return f"unix://{self.socket}"

    def start(self) -> Self:
        """Start it and wait until it answers."""
        words = [word for name, value in self._settings.items() for word in (f"--{name}", value)]
        self._process = subprocess.Popen([binary(), *words])
        give_up_s = time.monotonic() + START_S
        while not self._answers():
            assert time.monotonic() < give_up_s, "the server does not answer"
            threading.Event().wait(0.02)  # a poll of a foreign process, bounded above
        return self

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe, contextlib.suppress(OSError):
            probe.settimeout(1)
            probe.connect(str(self.socket))
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith(b"+PONG")
        return False

    def kill(self) -> None:
        """End it at once, as a crash does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.kill()


class Workers:
    """`missionwire worker` as a process; what it says is in `folder`."""

    def __init__(self, folder: Path, url: str, *, workers: int = 1) -> None:
        self._log = folder / "workers.log"
        self._command = [sys.executable, "-m", "missionwire", "worker", "--redis-url", url, "--workers", str(workers)]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def said(self) -> str:
        """What it wrote to standard error."""
        return self._log.read_text()

    def __enter__(self) -> Self:
        env = {name: value for name, value in os.environ.items() if not name.startswith("MISSIONWIRE_")}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(self._command, stderr=log, env=env)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        try:
            assert self._process.wait(30) == 0, self.said
        finally:
            self._process.kill()
            self._process.wait()
