"""Events in: acknowledged per second, against what redis-py writes onto the same kind of server."""

import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import parts
from result import Rounds

from missionwire.store.embedded import Embedded

CEILING: Final = "redis-py, XADD in pipelines of 500"
THROUGH: Final = "accepted, through every plugin, on the wire"
WAYS: Final = {
    "POST, 16 connections": ("--mode", "single", "--connections", "16"),
    "POST, 64 connections": ("--mode", "single", "--connections", "64"),
    "POST, batches of 500": ("--mode", "batch", "--connections", "4"),
    "POST, NDJSON of 500": ("--mode", "ndjson", "--connections", "4"),
}
_MEMORY_BYTES: Final = 4 << 30


def measure(folder: Path, seconds: float, rounds: int) -> tuple[Rounds, list[str]]:
    """Measure all ways in turn, `rounds` times; gives figures, and what was missing or repeated."""
    faults: list[str] = []
    figures = Rounds()
    for number in range(rounds):
        here = folder / f"intake-{number}"
        here.mkdir()
        embedded = Embedded(here / "valkey", max_memory_bytes=_MEMORY_BYTES)
        embedded.start()
        try:
            faults += _ceiling(embedded.url, seconds, figures)
            faults += _ways(here, embedded.url, seconds, figures)
        finally:
            embedded.stop()
            shutil.rmtree(here)
    return figures, faults


def _ceiling(url: str, seconds: float, figures: Rounds) -> Iterable[str]:
    told = parts.run_json(parts.script("peers/xadd.py", url, "--seconds", str(seconds)))
    figures.add(CEILING, told)
    if not told["is_whole"]:
        yield f"{CEILING}: not every event is there"


def _ways(folder: Path, url: str, seconds: float, figures: Rounds) -> Iterable[str]:
    """Measure intake alone: no worker takes its share of the machine, and what was accepted waits in the inbox."""
    with parts.serving(folder, "--redis-url", url, workers=0) as service:
        waiting = 0
        for name, words in WAYS.items():
            spent_s = parts.cpu_of(service)
            told = _send(service, *words, "--seconds", str(seconds))
            told["cpu_us_per_event"] = (parts.cpu_of(service) - spent_s) / told["acknowledged"] * 1e6
            figures.add(name, told)
            waiting += told["acknowledged"]
            yield from _unacknowledged(name, told)
            found = int(parts.metric(service.port, "missionwire_inbox_events"))
            if found != waiting:
                yield f"{name}: {waiting} events were acknowledged, {found} are in the inbox"


def through(folder: Path, count: int, rounds: int) -> tuple[Rounds, list[str]]:
    """Measure how fast events come onto the wire, plugins and all, with one worker."""
    faults: list[str] = []
    figures = Rounds()
    with parts.serving(folder) as service:
        before = int(parts.metric(service.port, "missionwire_wire_published_total"))
        for _ in range(rounds):
            began_s = time.monotonic()
            told = _send(service, "--mode", "ndjson", "--connections", "4", "--limit", str(count), "--seconds", "60")
            before += told["acknowledged"]
            ended_s = parts.wait_until_published(service.port, before, 120)
            figures.add(THROUGH, told | {"events_s": told["acknowledged"] / (ended_s - began_s)})
            faults += _unacknowledged(THROUGH, told)
        time.sleep(0.5)
        found = int(parts.metric(service.port, "missionwire_wire_published_total"))
        if found != before:
            faults.append(f"{THROUGH}: {before} events were accepted, {found} are on the wire")
    return figures, faults


def _send(service: parts.Part, *words: str) -> dict[str, Any]:
    return parts.run_json(parts.script("sender.py", "--port", str(service.port), *words))


def _unacknowledged(name: str, told: dict[str, Any]) -> Iterable[str]:
    if set(told["codes"]) != {"202"} or told["sent"] != told["acknowledged"]:
        yield f"{name}: {told['sent']} events were sent, {told['acknowledged']} acknowledged: {told['codes']}"
