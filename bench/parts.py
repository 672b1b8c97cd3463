"""The real service, started as a user starts it, and whatever else has to run beside it."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final, NamedTuple

import machine
from redis import Redis

from missionwire.store.embedded import binary

HERE: Final = Path(__file__).parent
START_S: Final = 60.0
STOP_S: Final = 30.0
TAIL_CHARS: Final = 1500
"""So much of a log is shown when its program failed."""

_SERVES: Final = re.compile(r"serves http://127\.0\.0\.1:(\d+) ")


class Failed(SystemExit):
    """A program of the benchmark did not do its work. Where nobody takes it, it ends the run with its sentence."""


class Part(NamedTuple):
    """A server that runs: where it listens, and the processes that answer (for their CPU time and memory).

    `service_pid` is the process that started them.
    """

    port: int
    pids: tuple[int, ...]
    service_pid: int = 0


@contextlib.contextmanager
def serving(
    folder: Path, *flags: str, workers: int = 1, awaits_workers: bool = True, env: Mapping[str, str] | None = None
) -> Iterator[Part]:
    """Run `missionwire serve` until left; ready means that it answers, and, if awaited, that its workers reported."""
    command = [sys.executable, "-m", "missionwire", "serve", "--port", "0", "--workers", str(workers)]
    command += ("--data-dir", str(folder / "data"), *flags)
    awaited = workers if awaits_workers else 0
    log = folder / "serve.log"
    with running(command, log, env) as process:
        port = int(said(process, log, _SERVES)[1])
        _await(lambda: ready(port)["workers"] >= awaited, "the service is not ready", log)
        pids = machine.children_of(process.pid, "http") if machine.has_proc() else []
        yield Part(port, tuple(pids), process.pid)


def open_store(folder: Path) -> int:
    """Let the embedded server of a running service listen on a port of this machine, too; gives the port."""
    told = json.loads((folder / "data" / "server.json").read_text())
    port = free_port()
    with Redis.from_url(told["url"], protocol=2) as redis:
        redis.config_set("bind", "127.0.0.1")
        redis.config_set("port", port)
    return port


def no_plugins(folder: Path) -> Path:
    """Write a settings file that turns every installed plugin off."""
    file = folder / "no-plugins.toml"
    names = sorted(point.name for point in entry_points(group="missionwire.v1"))
    file.write_text("".join(f'[plugins."{name}"]\nenabled = false\n' for name in names))
    return file


@contextlib.contextmanager
def valkey(folder: Path) -> Iterator[int]:
    """Run a Valkey that writes nothing to disk, for the peers, until left; gives its port."""
    port = free_port()
    words = {"port": str(port), "bind": "127.0.0.1", "dir": str(folder), "save": "", "appendonly": "no"}
    command = [str(binary()), *(word for name, value in words.items() for word in (f"--{name}", value))]
    with running(command, folder / "valkey.log") as process:
        await_port(process, port, folder / "valkey.log")
        yield port


def run_json(command: Sequence[str | Path], timeout_s: float = 120) -> dict[str, Any]:
    """Run a program that prints one JSON object, give that."""
    return finished(started(command), timeout_s)


def started(command: Sequence[str | Path]) -> "subprocess.Popen[bytes]":
    """Start a program that prints one JSON object."""
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)


def finished(process: "subprocess.Popen[bytes]", timeout_s: float = 120) -> dict[str, Any]:
    """Wait for a program that prints one JSON object, give that."""
    try:
        out, complaint = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise Failed(f"{process.args!r} did not end in {timeout_s:.0f} s") from None
    try:
        found: dict[str, Any] = json.loads(out)
    except ValueError:
        told = complaint.decode(errors="replace")[-TAIL_CHARS:]
        raise Failed(f"{process.args!r} ended with {process.returncode} and no result\n{told}") from None
    return found


def script(name: str, *words: str) -> list[str]:
    """Give the command line of a script of this folder."""
    return [sys.executable, str(HERE / name), *words]


def ready(port: int) -> dict[str, Any]:
    """Ask a service how it is."""
    found: dict[str, Any] = get_json(port, "/health/ready")
    return found


def get_json(port: int, path: str) -> Any:  # noqa: ANN401  # whatever JSON may be
    """Get a resource of a service."""
    return json.loads(_get(port, path))


def post(port: int, body: bytes, media_type: str = "application/cloudevents+json") -> None:
    """Publish one event, or several."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/events",
        data=body,
        headers={"Content-Type": media_type},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  # our own service, by http
        answer.read()


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
            raise Failed(f"not all of {count} events came onto the wire within {timeout_s:.0f} s")
        time.sleep(0.02)
    return time.monotonic()


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def _end_held_back() -> Iterator[None]:
    """Hold back SIGTERM until left: a program that has just started must be known to whoever stops it."""
    ends: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: ends.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
    if ends:
        signal.raise_signal(signal.SIGTERM)


@contextlib.contextmanager
def running(
    command: Sequence[str], log: Path, env: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program until left; what it says goes to a file. No setting of the service is inherited."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MISSIONWIRE_")}
    with log.open("wb") as out, contextlib.ExitStack() as held:
        held.enter_context(_end_held_back())
        process = subprocess.Popen(
            command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env={**inherited, **(env or {})}
        )
        try:
            held.close()
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def said(process: "subprocess.Popen[bytes]", log: Path, pattern: "re.Pattern[str]") -> "re.Match[str]":
    """Wait until a program says something."""
    give_up_s = time.monotonic() + START_S
    while True:
        found = pattern.search(log.read_text())
        if found:
            return found
        if process.poll() is not None or time.monotonic() > give_up_s:
            raise Failed(f"it did not start:\n{log.read_text()[-TAIL_CHARS:]}")
        time.sleep(0.05)


def await_port(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Wait until a program listens."""

    def listens() -> bool:
        if process.poll() is not None:
            raise Failed(f"it did not start:\n{log.read_text()[-TAIL_CHARS:]}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        return False

    _await(listens, f"nothing listens on port {port}", log)


def _await(is_so: Callable[[], bool], told: str, log: Path) -> None:
    give_up_s = time.monotonic() + START_S
    while True:
        with contextlib.suppress(urllib.error.URLError):
            if is_so():
                return
        if time.monotonic() > give_up_s:
            raise Failed(f"{told}:\n{log.read_text()[-TAIL_CHARS:]}")
        time.sleep(0.05)
