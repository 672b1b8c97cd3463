"""Subscribers: what one costs to take in and to hold, what filters cost, and how they are let go."""

import json
import os
import signal
import time
from collections.abc import Mapping
from typing import Any, Final

import load
import machine
import parts
import servers
from events import event
from fanout import COST
from goals import figure, ratio
from rows import Row
from session import Session

from missionwire.settings import FeedSettings

FILTERED: Final = "/v1/feed?mission=uav-0042&type=mission.telemetry.*"
FIVE_FILTERS: Final = (
    "/v1/feed?type=mission.telemetry.*&mission=uav-0042&agency=nasa&crew=peggy-whitson&source=urn%3Abench"
)
FILTERS: Final = 1000
SPREAD_S: Final = 1.0
"""Goodbyes leave in 50 steps of 20 ms."""

_NOTHING: Final = ("-m", "none")
_MANY: Final = "filters: 1,000 distinct"
_ONE: Final = "filters: one"


def _memory(session: Session) -> None:
    """Hold subscribers that came with a position and a filter; a fresh process, and nothing is published meanwhile."""
    with session.feed(servers.MISSIONWIRE_HTTP) as feed:
        position = _published(feed.port)
        told = session.load.run(
            feed._replace(path=FILTERED),
            session.count(10_000),
            session.seconds(1 / 3),
            "-H",
            f"Last-Event-ID: {position}\r\n",
            publishing=_NOTHING,
        )
    session.figures.add("memory", _idle(told))
    session.blame("memory", load.faults_of(told))


def _idle(told: Mapping[str, Any]) -> dict[str, Any]:
    """Give what means something where nothing was delivered."""
    return {name: told[name] for name in ("n", "connected", "connect_s", "conn_cpu_us", "kb_per_conn", "rss_kb_start")}


def _published(port: int) -> str:
    """Publish one event, and give its position."""
    parts.post(port, event("bench", 1))
    parts.wait_until_published(port, 1, parts.START_S)
    position: str = parts.get_json(port, "/v1/events")[0]["position"]
    return position


def _connect(session: Session) -> None:
    with session.feed(servers.MISSIONWIRE) as feed:
        told = session.load.run(
            feed._replace(path=FIVE_FILTERS), session.count(5000), session.seconds(1 / 3), publishing=_NOTHING
        )
    session.figures.add("connect", _idle(told))
    session.blame("connect", load.faults_of(told))


def _filters(session: Session) -> None:
    """Follow by filters that all pass every event, so that both sides write as much.

    The distinct ones differ in a second mission that nothing comes from.
    """
    for name, path in ((_ONE, "/v1/feed?mission=uav-0042&mission=m0"), (_MANY, "/v1/feed?mission=uav-0042&mission=m@")):
        session.say(name)
        distinct = ("-D", str(session.count(FILTERS))) if name == _MANY else ()
        with session.feed(servers.MISSIONWIRE) as feed:
            told = session.load.run(
                feed._replace(path=path), session.count(10_000), session.seconds(), "-w", "4", *distinct
            )
        session.figures.add(name, told)
        session.blame(name, load.faults_of(told))


def _drain(session: Session) -> None:
    """Ask a service to end while it has open feeds, and count who was told so."""
    wanted = session.count(2000)
    with session.fresh() as folder, parts.serving(folder) as service:
        session.pin(service.pids)
        following = parts.started(parts.script("leaving.py", str(service.port), str(wanted)))
        assert following.stdout is not None
        connected = json.loads(following.stdout.readline() or b"0")
        asked_s = time.monotonic()
        os.kill(service.service_pid, signal.SIGTERM)
        http_s = _ended_after(service.pids, asked_s)
        whole_s = _ended_after((service.service_pid,), asked_s)
        told: dict[str, Any] = parts.finished(following)
    session.figures.add("drain", told | {"connected": connected, "exit_s": http_s, "serve_exit_s": whole_s})
    session.note(f"drain: the whole service, store and worker, had ended after {whole_s:.1f} s")
    if connected != wanted:
        session.blame("drain", [f"{connected} of {wanted} connected"])


def _ended_after(pids: tuple[int, ...], since_s: float) -> float:
    """Wait until processes have ended; gives the seconds."""
    while any(map(machine.is_running, pids)):
        if time.monotonic() - since_s > parts.STOP_S:
            raise parts.Failed("the service does not end")
        time.sleep(0.005)
    return time.monotonic() - since_s


ROWS: Final = (
    Row(
        "memory",
        "10,000 idle subscribers with a position and a filter",
        _memory,
        (figure("memory per idle subscriber, N=10,000", "memory", "kb_per_conn", must=2.5, aim=2.0, unit="kB"),),
        load.absence,
    ),
    Row(
        "connect",
        "5,000 new subscribers with five filter parameters, behind the guard",
        _connect,
        (figure("CPU per new subscriber, 5 filters", "connect", "conn_cpu_us", must=110, aim=85, unit="us"),),
        load.absence,
    ),
    Row(
        "filters",
        "10,000 subscribers, 4 events under way, 1,000 distinct filters against one",
        _filters,
        (ratio("CPU per delivery, 1,000 filters / one", _MANY, _ONE, COST, must=1.5, aim=1.15, unit="us"),),
        load.absence,
    ),
    Row(
        "drain",
        "2,000 open feeds when the service is asked to end",
        _drain,
        (
            figure("goodbye received", "drain", "goodbye_percent", must=100, aim=100, unit="%", at_least=True),
            figure(
                "exit after drain", "drain", "exit_s", must=FeedSettings().drain_s + 0.5, aim=SPREAD_S + 0.5, unit="s"
            ),
        ),
        machine.proc_absence,
    ),
)
