"""The real service, started as a user starts it, and whatever else has to run beside it."""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

import machine

HERE: Final = Path(__file__).parent
START_S: Final = 60.0
STOP_S: Final = 30.0
_SERVES: Final = re.compile(r"serves http://127\.0\.0\.1:(\d+) ")


class Part(NamedTuple):
    """A server that runs: where it listens, and the process that answers (for its CPU time and memory)."""

    port: int
    pid: int


@contextlib.contextmanager
def serving(folder: Path, *flags: str, workers: int = 1, awaits_workers: bool = True) -> Iterator[Part]:
    """Run `missionwire serve` until left; ready means that it answers, and, if awaited, that its workers reported."""
    command = [sys.executable, "-m", "missionwire", "serve", "--port", "0", "--workers", str(workers)]
    command += flags or ("--data-dir", str(folder / "data"))
    awaited = workers if awaits_workers else 0
    with _running(command, folder / "serve.log") as process:
        port = int(_said(process, folder / "serve.log", _SERVES)[1])
        _await(lambda: ready(port)["workers"] >= awaited, "the service is not ready", folder / "serve.log")
        yield Part(port, machine.child_of(process.pid, "http") if machine.has_proc() else 0)


@contextlib.contextmanager
def working(folder: Path, url: str) -> Iterator[None]:
    """Run `missionwire worker` until left."""
    with _running([sys.executable, "-m", "missionwire", "worker", "--redis-url", url], folder / "worker.log"):
        yield


@contextlib.contextmanager
def peer(folder: Path, script: str, *words: str) -> Iterator[Part]:
    """Run a peer until left; it says `port N` once it listens."""
    log = folder / f"{script}.log"
    with _running([sys.executable, str(HERE / "peers" / f"{script}.py"), *words], log) as process:
        yield Part(int(_said(process, log, re.compile(r"port (\d+)"))[1]), process.pid)


def cpu_of(part: Part) -> float:
    """Give the CPU seconds that a part has used, 0 where the system does not tell."""
    return machine.cpu_s(part.pid) if part.pid else 0.0


def run_json(command: Sequence[str | Path], timeout_s: float = 120) -> dict[str, Any]:
    """Run a program that prints one JSON object, give that."""
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False, timeout=timeout_s)
    if not done.stdout.strip():
        raise SystemExit(f"{command[0]} ended with {done.returncode} and no result")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def script(name: str, *words: str) -> list[str]:
    """Give the command line of a script of this folder."""
    return [sys.executable, str(HERE / name), *words]


def ready(port: int) -> dict[str, Any]:
    """Ask a service how it is."""
    found: dict[str, Any] = json.loads(_get(port, "/health/ready"))
    return found


def metric(port: int, name: str) -> float:
    """Give one metric of a service."""
    lines = _get(port, "/metrics").decode().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))


def _get(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        body: bytes = answer.read()
    return body


def wait_until_published(port: int, count: int, timeout_s: float) -> float:
    """Wait until so many events ever came onto the wire; gives the monotonic time when that was so."""
    give_up_s = time.monotonic() + timeout_s
    while metric(port, "missionwire_wire_published_total") < count:
        if time.monotonic() > give_up_s:
            raise SystemExit(f"not all of {count} events came onto the wire within {timeout_s:.0f} s")
        time.sleep(0.02)
    return time.monotonic()


@contextlib.contextmanager
def _running(command: Sequence[str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("MISSIONWIRE_")}
    with log.open("wb") as out:
        process = _start(command, out, env)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start(command: Sequence[str], out: IO[bytes], env: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=env)


def _said(process: "subprocess.Popen[bytes]", log: Path, pattern: "re.Pattern[str]") -> "re.Match[str]":
    give_up_s = time.monotonic() + START_S
    while True:
        found = pattern.search(log.read_text())
        if found:
            return found
        if process.poll() is not None or time.monotonic() > give_up_s:
            raise SystemExit(f"it did not start:\n{log.read_text()}")
        time.sleep(0.05)


def _await(is_so: Any, told: str, log: Path) -> None:  # noqa: ANN401  # a function without arguments
    give_up_s = time.monotonic() + START_S
    while True:
        with contextlib.suppress(urllib.error.URLError):
            if is_so():
                return
        if time.monotonic() > give_up_s:
            raise SystemExit(f"{told}:\n{log.read_text()}")
        time.sleep(0.05)
