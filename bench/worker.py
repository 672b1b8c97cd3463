"""Events through inbox, a plan without plugins, and wire, for each CPU second of a worker, against redis-py's XADD.

`python bench/worker.py`, or with `--seconds 5 --json result.json`. How to read it: bench/README.md.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final

import machine
import parts
from events import SIZE_BYTES, event
from redis import Redis
from result import Rounds

from missionwire.domain.cloudevents import read_body
from missionwire.store.embedded import Embedded
from missionwire.store.inbox import Inbox, Item
from missionwire.store.keys import Keys
from missionwire.store.log import Log
from missionwire.store.server import Server

CEILING: Final = "worker: redis-py, XADD in pipelines of 500"
WORKER: Final = "worker: inbox, no plugin, wire"

EVENTS_S: Final = 20_000
"""So many events are put into the inbox for each second that is to be measured."""

PATIENCE: Final = 30.0
"""All events are through within so many times the seconds, or the run is ended."""

_AT_ONCE: Final = 500
_MEMORY_BYTES: Final = 4 << 30
_NAME: Final = "main"


def measure(folder: Path, seconds: float, rounds: int) -> tuple[Rounds, list[str]]:
    """Measure both in turn, `rounds` times, on a fresh server each; gives figures, and what was missing or repeated."""
    figures = Rounds()
    faults: list[str] = []
    for number in range(rounds):
        here = folder / f"worker-{number}"
        here.mkdir()
        embedded = Embedded(here / "valkey", max_memory_bytes=_MEMORY_BYTES)
        embedded.start()
        try:
            told = parts.run_json(parts.script("peers/xadd.py", embedded.url, "--seconds", str(seconds)))
            figures.add(CEILING, told | {"events_per_cpu_s": told["acknowledged"] / told["own_cpu_s"]})
            count = asyncio.run(_fill(embedded.url, int(seconds * EVENTS_S)))
            told = _drained(here, embedded.url, count, seconds * PATIENCE)
            figures.add(WORKER, told)
            if told["on_wire"] != count:
                faults.append(f"{WORKER}: {count} events were accepted, {told['on_wire']} are on the wire")
        finally:
            embedded.stop()
    return figures, faults


async def _fill(url: str, count: int) -> int:
    """Put events into the inbox as intake does; gives how many it took."""
    server = Server(url)
    log = Log(server, _NAME)
    await log.open()
    inbox = Inbox(log, limit=count)
    taken = 0
    for first in range(0, count, _AT_ONCE):
        bodies = (event("worker00", number) for number in range(first, min(first + _AT_ONCE, count)))
        items = [Item.of_event(each) for body in bodies for each in read_body("application/json", {}, body)]
        (letters,) = await inbox.accept([items])
        taken += letters.count("a")
    await server.aclose()
    return taken


def _drained(folder: Path, url: str, count: int, patience_s: float) -> dict[str, Any]:
    """Let one worker bring them onto the wire. Measured is from the first that are seen there, so its start is not."""
    command = [sys.executable, "-m", "missionwire", "worker", "--redis-url", url, "--config", str(_settings(folder))]
    with Redis.from_url(url, protocol=2) as redis, parts.running(command, folder / "worker.log") as supervisor:
        give_up_s = time.monotonic() + parts.START_S
        while not (first := _published(redis)):
            if supervisor.poll() is not None or time.monotonic() > give_up_s:
                raise parts.Failed(f"nothing comes onto the wire:\n{(folder / 'worker.log').read_text()}")
            time.sleep(0.005)
        (pid,) = machine.children_of(supervisor.pid, "worker")
        began_s, began_cpu_s = time.monotonic(), machine.cpu_s(pid)
        give_up_s = began_s + patience_s
        while (last := _published(redis)) < count and time.monotonic() < give_up_s:
            time.sleep(0.005)
        took_s, cpu_s = time.monotonic() - began_s, machine.cpu_s(pid) - began_cpu_s
        commits = int(redis.hget(Keys(_NAME).meta, "commits") or 0)
        return {
            "events": last - first,
            "events_s": (last - first) / took_s,
            "events_per_cpu_s": (last - first) / cpu_s,
            "own_cpu_s": cpu_s,
            "events_per_commit": last / max(1, commits),
            "on_wire": redis.xlen(Keys(_NAME).wire),
        }


def _published(redis: "Redis") -> int:
    return int(redis.hget(Keys(_NAME).meta, "n") or 0)


def _settings(folder: Path) -> Path:
    """Write a settings file that turns every installed plugin off."""
    names = sorted(point.name for point in entry_points(group="missionwire.v1"))
    file = folder / "no-plugins.toml"
    tables = "".join(f'[plugins."{name}"]\nenabled = false\n' for name in names)
    file.write_text(f'data_dir = "{folder / "data"}"\n{tables}')
    return file


def main() -> int:
    """Run it, and print both figures; gives 1 where an event was missing or repeated."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3, help="how long each figure is measured [3]")
    parser.add_argument("--rounds", type=int, default=3, help="how often; medians are shown [3]")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was measured there")
    given = parser.parse_args()
    if absence := machine.proc_absence():
        print(f"Nothing can be measured here: {absence}.")
        return 0
    told = machine.describe()
    print(*(f"{name}: {value}" for name, value in told.items()), sep="\n")
    print(f"\nEvents of {SIZE_BYTES} bytes, {given.rounds} rounds of about {given.seconds:g} s, medians\n")
    with tempfile.TemporaryDirectory(prefix="mw-bench-") as scratch:
        figures, faults = measure(Path(scratch), given.seconds, given.rounds)
    _show(figures)
    if given.json:
        found = {"machine": told, "figures": figures.as_json(), "faults": faults}
        given.json.write_text(json.dumps(found, indent=1) + "\n")
    print("\nMissing or repeated: nothing." if not faults else "\n".join(["", "MISSING OR REPEATED:", *faults]))
    return int(bool(faults))


def _show(figures: Rounds) -> None:
    print(f"{'':44}{'events/CPU s':>14}{'events/s':>12}")
    for name in (CEILING, WORKER):
        print(f"{name:44}{figures.median(name, 'events_per_cpu_s'):14,.0f}{figures.median(name, 'events_s'):12,.0f}")
    by_cpu, by_time = (figures.ratio(WORKER, CEILING, member) for member in ("events_per_cpu_s", "events_s"))
    print(f"{'ratio':44}{by_cpu:14.2f}{by_time:12.2f}")
    print(f"events in one commit: {figures.median(WORKER, 'events_per_commit'):.0f}")


if __name__ == "__main__":
    sys.exit(main())
