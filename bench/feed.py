"""Events out: deliveries for each CPU second of the server, and memory for each subscriber, against Litestar's own."""

import contextlib
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import machine
import parts
from result import Rounds

from missionwire.store.embedded import Embedded

OURS: Final = "missionwire"
PEER: Final = "Litestar ServerSentEvent"
DELIVERIES_S: Final = 10_000
"""What is delivered in a second where the rate is fixed."""

WINDOW: Final = {100: 32, 1000: 16}
STREAM: Final = "{missionwire:main}:wire"
LATENCY: Final = "20 events a second to 10 subscribers"


def fan_command(folder: Path) -> list[str]:
    """Give the program that follows and publishes: ssefan where there is a C compiler, else the same in Python."""
    compiler = shutil.which("cc")
    if compiler is None:
        return parts.script("fan.py")
    made = folder / "ssefan"
    subprocess.run([compiler, "-O2", "-o", str(made), str(parts.HERE / "ssefan.c")], check=True)
    return [str(made)]


def measure(
    folder: Path, fan: list[str], sizes: Iterable[int], seconds: float, rounds: int
) -> tuple[Rounds, list[str]]:
    """Measure both in turn on one wire; gives figures, and what was missing or repeated.

    A process of its own serves the feed, so that its CPU time is that of the feed alone: another one takes the events
    in. Both peers read the same stream, whose events a worker publishes.
    """
    faults: list[str] = []
    figures = Rounds()
    here = folder / "feed"
    here.mkdir()
    embedded = Embedded(here / "valkey", max_memory_bytes=2 << 30)
    embedded.start()
    try:
        with parts.working(here, embedded.url), parts.serving(here, "--redis-url", embedded.url, workers=0) as intake:
            for number in range(rounds):
                for size in sizes:
                    for name in (OURS, PEER) if number % 2 == 0 else (PEER, OURS):
                        with _server(name, here, embedded.url) as server:
                            faults += _one(name, fan, server, intake.port, size, seconds, figures)
    finally:
        embedded.stop()
    return figures, faults


@contextlib.contextmanager
def _server(name: str, folder: Path, url: str) -> Iterator[parts.Part]:
    if name == PEER:
        with parts.peer(folder, "litestar_sse", url, STREAM) as part:
            yield part
    else:
        feed = folder / "replica"
        feed.mkdir(exist_ok=True)
        with parts.serving(feed, "--redis-url", url, workers=0) as part:
            yield part


def _one(
    name: str, fan: list[str], server: parts.Part, port: int, size: int, seconds: float, figures: Rounds
) -> Iterable[str]:
    """Measure one server: as fast as it can, then at a fixed rate. The first run after a start tells the memory."""
    window = WINDOW.get(size, 16)
    loads = {"full": ["-w", str(window)], "rate": ["-r", str(DELIVERIES_S / size)]}
    for load, words in loads.items():
        told = _fan(fan, server, "/events" if name == PEER else "/v1/feed", port, size, seconds, *words)
        figures.add(f"{name}, {size} subscribers, {load}", told)
        yield from faults_of(f"{name}, {size} subscribers, {load}", told)


def latency(folder: Path, fan: list[str], seconds: float) -> tuple[Rounds, list[str]]:
    """Measure from the post of an event to its arrival at a reader, at a rate that strains nothing."""
    figures = Rounds()
    here = folder / "latency"
    here.mkdir()
    with parts.serving(here) as service:
        told = _fan(fan, service, "/v1/feed", service.port, 10, seconds, "-r", "20")
    figures.add(LATENCY, told)
    return figures, list(faults_of(LATENCY, told))


def _fan(
    fan: list[str], server: parts.Part, path: str, port: int, size: int, seconds: float, *load: str
) -> dict[str, Any]:
    pid = server.pid if machine.has_proc() else 0
    words = {
        "-p": server.port,
        "-u": path,
        "-n": size,
        "-m": "http",
        "-o": port,
        "-U": "/v1/events",
        "-T": "application/cloudevents+json",
        "-W": min(1.0, seconds / 2),
        "-d": seconds,
        "-c": pid,
    }
    return parts.run_json([*fan, *(str(word) for pair in words.items() for word in pair), *load])


def faults_of(name: str, told: dict[str, Any]) -> Iterable[str]:
    """Say what was missing or repeated."""
    for member in ("failed", "closed", "missing", "tail_missing", "duplicate", "malformed", "pub_err"):
        if told[member]:
            yield f"{name}: {member} {told[member]}"
    if not told["received"] or told["received"] != told["sent"] * told["connected"]:
        yield f"{name}: {told['sent']} events to {told['connected']} subscribers, {told['received']} deliveries"
