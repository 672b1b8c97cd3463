"""Events in: what durability costs a post, and how many events a core takes in, against the least a program can do."""

from typing import Any, Final

import load
import machine
import parts
import servers
import worker
from goals import figure, ratio
from rows import Row
from session import Session

CONNECTIONS: Final = 256
BATCH: Final = 500
MOST_EVENTS: Final = 300_000
"""Beyond, an inbox stream would be full: there is no worker that empties it."""

LATENCY_RATE: Final = 20
BUSY: Final = 0.95
"""The sender has a core to itself; busier than this, it may be what bounds the requests."""

_DURABLE: Final = "durable-post: on disk"
_NO_STORE: Final = "durable-post: without a store"
_BATCHES: Final = "batch-intake: NDJSON of 500"
_CEILING: Final = "batch-intake: redis-py, XADD in pipelines of 500"
_LATENCY: Final = "latency: 20 events a second to 10 subscribers"


def _durable_post(session: Session) -> None:
    session.say(_DURABLE)
    with session.fresh() as folder, parts.serving(folder, workers=0) as service:
        session.pin(service.pids)
        told = _sent(session, _DURABLE, service, "--connections", str(session.count(CONNECTIONS)))
        found = int(parts.metric(service.port, "missionwire_inbox_events"))
        if found != told["acknowledged"]:
            session.blame(_DURABLE, [f"{told['acknowledged']} were acknowledged, {found} are in the inbox"])
    session.say(_NO_STORE)
    port = parts.free_port()
    with session.fresh() as folder:
        log = folder / "no_store.log"
        with parts.running(parts.script("peers/no_store.py", str(port)), log) as process:
            parts.await_port(process, port, log)
            session.pin([process.pid])
            part = parts.Part(port, (process.pid,))
            _sent(session, _NO_STORE, part, "--connections", str(session.count(CONNECTIONS)))


def _batch_intake(session: Session) -> None:
    with session.fresh() as folder, parts.serving(folder, workers=0) as service:
        store_port = parts.open_store(folder)
        session.say(_CEILING)
        seconds = str(session.seconds())
        told = parts.run_json(parts.script("peers/xadd.py", f"redis://127.0.0.1:{store_port}", "--seconds", seconds))
        told["events_per_cpu_s"] = told["acknowledged"] / told["own_cpu_s"]
        session.figures.add(_CEILING, told)
        session.say(_BATCHES)
        session.pin(service.pids)
        told = _sent(session, _BATCHES, service, "--mode", "ndjson", "--connections", "4", "--size", str(BATCH))
        found = int(parts.metric(service.port, "missionwire_inbox_events"))
        if found != told["acknowledged"]:
            session.blame(_BATCHES, [f"{told['acknowledged']} were acknowledged, {found} are in the inbox"])


def _sent(session: Session, name: str, service: parts.Part, *words: str) -> dict[str, Any]:
    """Send for a while, and see what it cost the processes that answer."""
    spent_s = sum(map(machine.cpu_s, service.pids))
    limits = ("--seconds", str(session.seconds()), "--limit", str(MOST_EVENTS))
    told = parts.run_json(parts.script("sender.py", "--port", str(service.port), *limits, *words))
    spent_s = sum(map(machine.cpu_s, service.pids)) - spent_s
    told["events_per_cpu_s"] = told["acknowledged"] / spent_s
    told["cpu_us_per_event"] = spent_s / max(1, told["acknowledged"]) * 1e6
    session.figures.add(name, told)
    if set(told["codes"]) != {"202"} or told["sent"] != told["acknowledged"]:
        session.blame(name, [f"{told['sent']} were sent, {told['acknowledged']} acknowledged: {told['codes']}"])
    if told["own_cpu_s"] / told["seconds"] > BUSY:
        session.note(f"{name}: the sender was busy all the time, so the server may be faster than this")
    return told


def _latency(session: Session) -> None:
    """Measure from the post of an event to its arrival, through inbox and worker; no plugin takes its own time."""
    session.say(_LATENCY)
    with session.fresh() as folder, parts.serving(folder, "--config", str(parts.no_plugins(folder))) as service:
        session.pin(service.pids)
        feed = servers.Feed(service.port, "/v1/feed", service.pids, servers.posting(service.port))
        told = session.load.run(feed, 10, session.seconds(5 / 3), "-r", str(LATENCY_RATE))
    session.figures.add(_LATENCY, told)
    session.blame(_LATENCY, load.faults_of(told))


def _worker(session: Session) -> None:
    with session.fresh() as folder:
        figures, faults = worker.measure(folder, session.seconds(), rounds=1)
    session.add(figures)
    session.blame("worker", faults)


ROWS: Final = (
    Row(
        "durable-post",
        "single posts over 256 connections, each on disk before its 202, against the same app without a store",
        _durable_post,
        (
            ratio(
                "posts/s, on disk / without a store",
                _DURABLE,
                _NO_STORE,
                "events_s",
                must=0.4,
                aim=0.8,
                at_least=True,
                unit="/s",
            ),
        ),
        machine.proc_absence,
    ),
    Row(
        "batch-intake",
        "NDJSON of 500, identities checked, against redis-py's pipelined XADD",
        _batch_intake,
        (
            ratio(
                "events per CPU second, NDJSON / XADD by redis-py",
                _BATCHES,
                _CEILING,
                "events_per_cpu_s",
                must=0.4,
                aim=0.7,
                at_least=True,
                unit="/s",
            ),
        ),
        machine.proc_absence,
    ),
    Row(
        "worker",
        "events through inbox, a plan without plugins, and wire, against redis-py's pipelined XADD",
        _worker,
        (
            ratio(
                "events per CPU second, worker / XADD by redis-py",
                worker.WORKER,
                worker.CEILING,
                "events_per_cpu_s",
                must=0.1,
                aim=0.2,
                at_least=True,
                unit="/s",
            ),
        ),
        machine.proc_absence,
    ),
    Row(
        "latency",
        "from post to subscriber, 20 events a second, no plugin",
        _latency,
        (
            figure("from post to subscriber, p50", _LATENCY, "p50_ms", must=5, aim=5, unit="ms"),
            figure("from post to subscriber, p99", _LATENCY, "p99_ms", must=15, aim=15, unit="ms"),
        ),
        load.absence,
    ),
)
