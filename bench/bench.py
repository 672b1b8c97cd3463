"""Measures missionwire on this machine, side by side with what it is built on. Figures, no pass marks.

`make bench`, or `python bench/bench.py --seconds 5 --json result.json`. How to read it: bench/README.md.
"""

import argparse
import json
import resource
import sys
import tempfile
from pathlib import Path

import feed
import intake
import machine
from events import SIZE_BYTES
from result import Rounds

SIZES = (100, 1000)
SMOKE_SIZES = (5, 20)


def main() -> int:
    """Run it all; gives 1 where an event was missing or repeated."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3, help="how long each figure is measured [3]")
    parser.add_argument("--rounds", type=int, default=3, help="how often; medians are shown [3]")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was measured there")
    parser.add_argument("--smoke", action="store_true", help="a few seconds: does it run, and is nothing lost?")
    given = parser.parse_args()
    seconds, rounds = (0.5, 1) if given.smoke else (given.seconds, given.rounds)
    _allow_many_sockets()
    told = machine.describe()
    print(*(f"{name}: {value}" for name, value in told.items()), sep="\n")
    print(f"\nEvents of {SIZE_BYTES} bytes, {rounds} rounds of {seconds:g} s each, medians; the server fsyncs always.")
    found: dict[str, Rounds] = {}
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="mw-bench-") as scratch:
        folder = Path(scratch)
        found["intake"], more = intake.measure(folder, seconds, rounds)
        faults += more
        _show_intake(found["intake"])
        found["through"], more = intake.through(folder, 500 if given.smoke else 5000, rounds)
        faults += more
        _show_through(found["through"])
        if machine.has_proc():
            fan = feed.fan_command(folder)
            found["latency"], more = feed.latency(folder, fan, max(seconds, 2))
            faults += more
            _show_latency(found["latency"])
            sizes = SMOKE_SIZES if given.smoke else SIZES
            found["feed"], more = feed.measure(folder, fan, sizes, seconds, rounds)
            faults += more
            _show_feed(found["feed"], sizes)
        else:
            print("\nThe feed is measured only where /proc tells what a process has used.")
    if given.json:
        figures = {name: each.as_json() for name, each in found.items()}
        given.json.write_text(json.dumps({"machine": told, "figures": figures, "faults": faults}, indent=1) + "\n")
    print("\nMissing or repeated: nothing." if not faults else "\n".join(["", "MISSING OR REPEATED:", *faults]))
    return int(bool(faults))


def _allow_many_sockets() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _show_intake(figures: Rounds) -> None:
    print("\nEvents in, acknowledged as on disk: events/s (least - most), ratio to redis-py, p50 and p99, CPU of serve")
    ceiling = intake.CEILING
    print(
        f"  {ceiling:36} {figures.median(ceiling, 'events_s'):9,.0f}  {figures.spread(ceiling, 'events_s'):>17}  1.00"
    )
    for name in intake.WAYS:
        print(
            f"  {name:36} {figures.median(name, 'events_s'):9,.0f}  {figures.spread(name, 'events_s'):>17}"
            f"  {figures.ratio(name, ceiling, 'events_s'):.2f}"
            f"  {figures.median(name, 'p50_ms'):7.1f} ms {figures.median(name, 'p99_ms'):7.1f} ms"
            f"  {figures.median(name, 'cpu_us_per_event'):6.1f} us/event"
        )


def _show_through(figures: Rounds) -> None:
    events_s = figures.median(intake.THROUGH, "events_s")
    print(f"\nEvents through, one worker, every plugin that is installed: {events_s:,.0f} events/s")


def _show_latency(figures: Rounds) -> None:
    p50_ms, p99_ms = (figures.median(feed.LATENCY, member) for member in ("p50_ms", "p99_ms"))
    print(f"\nFrom post to subscriber, {feed.LATENCY}: p50 {p50_ms:.1f} ms, p99 {p99_ms:.1f} ms")


def _show_feed(figures: Rounds, sizes: tuple[int, ...]) -> None:
    print("\nEvents out: deliveries for each CPU second of the server (least - most), p99 from post to subscriber")
    for size in sizes:
        for load, told in (("full", "as fast as events come"), ("rate", f"{feed.DELIVERIES_S:,} deliveries/s")):
            print(f"  {size} subscribers, {told}")
            ours, peer = (f"{name}, {size} subscribers, {load}" for name in (feed.OURS, feed.PEER))
            for label, name in ((feed.OURS, ours), (feed.PEER, peer)):
                member = "msgs_per_server_cpu_s"
                print(
                    f"    {label:26} {figures.median(name, member):9,.0f}  {figures.spread(name, member):>19}"
                    f"  {figures.median(name, 'p99_ms'):7.1f} ms"
                )
            print(f"    ratio {figures.ratio(ours, peer, 'msgs_per_server_cpu_s'):30.2f}")
    print("\nSubscribers: CPU for a new one, resident memory for an idle one (a fresh process each)")
    for name in (feed.OURS, feed.PEER):
        most = f"{name}, {sizes[-1]} subscribers, full"
        cpu_us, kb = figures.median(most, "conn_cpu_us"), figures.median(most, "kb_per_conn")
        print(f"    {name:26} {cpu_us:9,.0f} us {kb:8.1f} kB, with {sizes[-1]}")


if __name__ == "__main__":
    sys.exit(main())
