"""What plugins cost: CPU per event of ten trivial async plugins, and of ten trivial sync ones, in the real pipeline.

`python bench/plugins.py`, or with `--events 50000 --json result.json`. No server, no other process: the time is that of
this process with all its threads, so a sync plugin's hop into a thread counts. How to read it: bench/README.md.
"""

import argparse
import asyncio
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import machine
from result import Rounds

from missionwire.pipeline.calls import Caller
from missionwire.pipeline.participant import Hook, Participant
from missionwire.pipeline.pipeline import Pipeline
from missionwire.pipeline.plan import make_plan
from missionwire.plugin import Config, Event, Patch, Plugin, hookimpl
from missionwire.plugins.registry import implementations
from missionwire.testing import make

PLUGINS: Final = 10
AT_ONCE: Final = 16
"""So many events are under way together, as in a worker: each in a lane of its own."""


class Async(Plugin[Config]):
    """Adds one figure."""

    @hookimpl
    async def enrich(self, event: Event) -> Patch | None:
        return Patch(ext={"letters": len(event.data.text or "")})


class Sync(Plugin[Config]):
    """Adds one figure, in a thread."""

    @hookimpl
    def enrich(self, event: Event) -> Patch | None:
        return Patch(ext={"letters": len(event.data.text or "")})


class Silent(Plugin[Config]):
    """Looks, and has nothing to add, as most plugins do with most events."""

    @hookimpl
    async def enrich(self, event: Event) -> Patch | None:
        return None if event.data.text else Patch(ext={"letters": 0})


KINDS: Final[Mapping[str, type[Plugin[Config]] | None]] = {
    "no plugin": None,
    "ten async": Async,
    "ten async, silent": Silent,
    "ten sync": Sync,
}


def event_of(number: int) -> dict[str, Any]:
    """Make an event as it is sent."""
    return {
        "specversion": "1.0",
        "id": str(number),
        "source": "urn:bench",
        "type": "missionwire.landing.completed",
        "subject": f"Soyuz MS-{number % 100}",
        "time": "2021-10-17T04:35:00Z",
        "data": {"title": "Crew of three lands", "text": "The capsule came down on the steppe. " * 8},
    }


def participants_of(kind: type[Plugin[Config]] | None) -> list[Participant]:
    """Make ten plugins of one kind, as a worker has them; none for None."""
    found = []
    for number in range(PLUGINS if kind is not None else 0):
        plugin = make(kind, name=f"plugin-{number}")  # type: ignore[arg-type]  # not None here
        hooks = {hook: Hook(*each) for hook, each in implementations(plugin.name, plugin).items()}
        found.append(Participant(plugin.name, "1.0", hooks))
    return found


async def run(kind: type[Plugin[Config]] | None, count: int) -> dict[str, float]:
    """Send events through the pipeline; gives milliseconds of CPU and of time for one of them."""
    caller = Caller()
    pipeline = Pipeline(make_plan(participants_of(kind)), caller)
    waiting = iter(range(count))

    async def lane() -> None:
        for number in waiting:
            done = await pipeline.event(event_of(number))
            assert "errors" not in done.event["data"]

    began_s, began_cpu_s = time.perf_counter(), time.process_time()
    await asyncio.gather(*(lane() for _ in range(AT_ONCE)))
    cpu_s, took_s = time.process_time() - began_cpu_s, time.perf_counter() - began_s
    caller.close()
    return {"cpu_ms": cpu_s * 1000 / count, "took_ms": took_s * 1000 / count}


def main() -> None:
    """Run it all, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=20_000, help="events for each figure [20000]")
    parser.add_argument("--rounds", type=int, default=3, help="how often; medians are shown [3]")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was measured there")
    given = parser.parse_args()
    told = machine.describe()
    print(*(f"{name}: {value}" for name, value in told.items()), sep="\n")
    print(f"\npython bench/plugins.py --events {given.events} --rounds {given.rounds}\n")
    rounds = Rounds()
    with asyncio.Runner() as loop:
        for kind in KINDS.values():
            loop.run(run(kind, 500))  # to be warm
        for _ in range(given.rounds):
            for name, kind in KINDS.items():
                rounds.add(name, loop.run(run(kind, given.events)))
    _show(rounds)
    if given.json:
        given.json.write_text(json.dumps({"machine": told, "figures": rounds.as_json()}, indent=1) + "\n")


def _show(rounds: Rounds) -> None:
    bare = rounds.median("no plugin", "cpu_ms")
    print(f"{'':20}{'CPU per event':>15}{'added':>11}{'a plugin':>13}{'time per event':>17}")
    for name, kind in KINDS.items():
        cpu, took = rounds.median(name, "cpu_ms"), rounds.median(name, "took_ms")
        added = f"{cpu - bare:8.3f} ms{(cpu - bare) * 1000 / PLUGINS:10.1f} µs" if kind is not None else " " * 24
        print(f"{name:20}{cpu:12.3f} ms{added}{took:14.3f} ms")


if __name__ == "__main__":
    main()
