"""Readers that must not notice one another: posts beside many readers, live ones beside those behind or stalled."""

import os
import subprocess
import time
from pathlib import Path
from typing import Any, Final

import load
import parts
import servers
from events import marked
from goals import ratio
from rows import Row
from session import Session

POST_RATE: Final = 100
EVENT_RATE: Final = 20
BATCH: Final = 1000
BEHIND: Final = 10_000
"""So many events those who are behind have to catch up with."""

CATCH_UP_S: Final = 60.0
LATE_S: Final = 1.5
"""The live readers are there, and warm, before those behind come."""

_ALONE: Final = "post-beside: no reader"
_BESIDE: Final = "post-beside: 10,000 readers"
_NONE_BEHIND: Final = "behind: none"
_SOME_BEHIND: Final = "behind: 1,000 of 2,000"
_NONE_STALLED: Final = "stalled: none of 500"
_SOME_STALLED: Final = "stalled: 50 of 500"


def _post_beside(session: Session) -> None:
    """Post to the process that serves the readers; what is posted stays in the inbox, for lack of a worker."""
    for name in (_ALONE, _BESIDE):
        session.say(name)
        with session.fresh() as folder, parts.serving(folder, workers=0) as service:
            store_port = parts.open_store(folder)
            session.pin(service.pids)
            feed = servers.Feed(service.port, "/v1/feed", service.pids, servers.onto_wire(store_port))
            following = None
            if name == _BESIDE:
                seconds = session.seconds(2)
                following = session.load.start(feed, session.count(10_000), seconds, "-r", str(EVENT_RATE))
                _wait_for_readers(service.port, session.count(10_000))
                time.sleep(LATE_S)
            told = _posted(service.port, session.seconds())
            if following is not None:
                session.blame(name, load.faults_of(parts.finished(following, load.TIMEOUT_S)))
        session.figures.add(name, told)
        if set(told["codes"]) != {"202"}:
            session.blame(name, [f"answers {told['codes']}"])


def _posted(port: int, seconds: float) -> dict[str, Any]:
    words = ("--connections", "16", "--rate", str(POST_RATE), "--seconds", str(seconds))
    return parts.run_json(parts.script("sender.py", "--port", str(port), *words))


def _wait_for_readers(port: int, count: int) -> None:
    give_up_s = time.monotonic() + parts.START_S
    while parts.metric(port, "missionwire_feed_subscribers") < count:
        if time.monotonic() > give_up_s:
            raise parts.Failed(f"{count} readers are not there after {parts.START_S:.0f} s")
        time.sleep(0.05)


def _behind(session: Session) -> None:
    """Let readers come that start with the first event of a log that was there before the process.

    The process holds the last 2,000 events; what is before them, it reads from the log.
    """
    events = session.count(BEHIND, 3000)
    live = ("-r", str(EVENT_RATE), "-F", str(events))
    for name in (_NONE_BEHIND, _SOME_BEHIND):
        session.say(name)
        with session.fresh() as folder:
            _fill(folder, events)
            with session.feed(servers.MISSIONWIRE, folder) as feed:
                following = session.load.start(feed, session.count(1000), session.seconds(), *live)
                late = None
                if name == _SOME_BEHIND:
                    time.sleep(LATE_S)
                    late = _come_late(session, feed, events)
                told = parts.finished(following, load.TIMEOUT_S)
                session.blame(name, load.faults_of(told))
                if late is not None:
                    _finish_late(session, name, late, told)
        session.figures.add(name, told)


def _fill(folder: Path, events: int) -> None:
    """Publish events with a service that goes down again; they are of one mission, so their order is kept."""
    with parts.serving(folder, "--config", str(parts.no_plugins(folder))) as service:
        for first in range(1, events + 1, BATCH):
            numbers = range(first, min(first + BATCH, events + 1))
            parts.post(service.port, b"\n".join(map(marked, numbers)), "application/x-ndjson")
        parts.wait_until_published(service.port, events, parts.START_S)


def _come_late(session: Session, feed: servers.Feed, events: int) -> "subprocess.Popen[bytes]":
    """Start those who are behind; they leave the processor to the live ones, whose latency is measured."""
    late = session.load.start(
        feed._replace(path="/v1/feed?since=all"),
        session.count(1000),
        CATCH_UP_S,
        "-E",
        str(events),
        "-S",
        "0",
        publishing=("-m", "none"),
    )
    os.setpriority(os.PRIO_PROCESS, late.pid, 19)
    return late


def _finish_late(session: Session, name: str, late: "subprocess.Popen[bytes]", told: dict[str, Any]) -> None:
    caught_up = parts.finished(late, load.TIMEOUT_S)
    told["catch_up_s"] = caught_up["secs"]
    told["catch_up_msgs_s"] = caught_up["received"] / told["catch_up_s"]
    told["catch_up_cpu_per_m"] = caught_up["server_cpu_per_m"]
    if not session.is_smoke:
        session.note(
            f"{name}: all had caught up after {told['catch_up_s']:.1f} s, {told['catch_up_msgs_s']:,.0f} deliveries/s"
        )
    session.blame(name, (f"{member} {caught_up[member]}" for member in load.FAULTS if caught_up[member]))
    if not session.is_smoke and told["catch_up_s"] < session.seconds():
        session.note(f"{name}: that was before the measuring ended, so the ratio says too little")


def _stalled(session: Session) -> None:
    readers, stalled = session.count(500), session.count(500) // 10
    for name, words in ((_NONE_STALLED, ()), (_SOME_STALLED, ("-z", str(stalled)))):
        session.say(name)
        with session.feed(servers.MISSIONWIRE) as feed:
            told = session.load.run(feed, readers, session.seconds(5 / 3), "-r", "100", *words)
        session.figures.add(name, told)
        session.blame(name, load.faults_of(told, stalled=stalled if words else 0))


ROWS: Final = (
    Row(
        "post-beside",
        "posts beside 10,000 live readers at 20 events a second, against none",
        _post_beside,
        (ratio("p99 of POST, beside 10,000 readers / none", _BESIDE, _ALONE, "p99_ms", must=5, aim=2, unit="ms"),),
        load.absence,
    ),
    Row(
        "behind",
        "1,000 live readers while 1,000 others catch up with 10,000 events",
        _behind,
        (ratio("p99 live, 1,000 behind / none", _SOME_BEHIND, _NONE_BEHIND, "p99_ms", must=3, aim=1.5, unit="ms"),),
        load.absence,
    ),
    Row(
        "stalled",
        "500 readers, 50 of which take nothing",
        _stalled,
        (
            ratio(
                "p99 of the others, 50 of 500 stalled / none",
                _SOME_STALLED,
                _NONE_STALLED,
                "p99_ms",
                must=1.5,
                aim=1.5,
                unit="ms",
            ),
        ),
        load.absence,
    ),
)
