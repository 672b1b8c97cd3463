"""Several HTTP processes on one port: they share the work, are counted together, and are restarted without a gap."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.following import Follower, children_of, is_alive, until
from tests.service import PLAIN, Service, an_event

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]

PROCESSES = 3
FEEDS = 30


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with Service(tmp_path, flags=["--processes", str(PROCESSES)]) as running:
        yield running


def http_pids(service: Service, role: str = "http") -> set[int]:
    """The HTTP processes of a service, or those of another role."""
    return {pid for pid, command in children_of(service.pid).items() if f"missionwire.child {role}" in command}


def metric(service: Service, name: str) -> int:
    """The value of a metric without labels."""
    lines = service.get("/metrics").text.splitlines()
    return int(float(next(line.split()[1] for line in lines if line.startswith(f"missionwire_{name} "))))


def sent_to(service: Service, count: int) -> list[str]:
    """Publish events one after another; gives their ids."""
    ids = []
    for _ in range(count):
        event = an_event(subject="Soyuz MS-18")
        assert service.post(event).status_code == httpx.codes.ACCEPTED
        ids.append(event["id"])
    return ids


def test_feeds_and_posts_are_spread_and_counted_together(service: Service) -> None:
    assert len(http_pids(service)) == PROCESSES
    with ExitStack() as stack:
        feeds = [stack.enter_context(Follower(service)) for _ in range(FEEDS)]
        sent = sent_to(service, 10)
        for feed in feeds:
            feed.wait_for(sent[-1])
            assert feed.ids == sent
        until(lambda: metric(service, "feed_events_delivered_total") == FEEDS * len(sent), 20)
        until(lambda: metric(service, "intake_accepted_total") == len(sent), 20)
        until(lambda: metric(service, "feed_subscribers") == FEEDS, 20)
    until(lambda: metric(service, "feed_subscribers") == 0, 20)


def test_a_process_that_dies_is_replaced_and_what_it_had_counted_stays(service: Service) -> None:
    with ExitStack() as stack:
        feeds = [stack.enter_context(Follower(service)) for _ in range(FEEDS)]
        sent = sent_to(service, 10)
        for feed in feeds:
            feed.wait_for(sent[-1])
        delivered = FEEDS * len(sent)
        until(lambda: metric(service, "feed_events_delivered_total") == delivered, 20)
        until(lambda: not _is_writing(service, delivered), 20)
        before = http_pids(service)
        os.kill(min(before), signal.SIGKILL)
        until(lambda: len(http_pids(service) - {min(before)}) == PROCESSES, 20)
        assert {*http_pids(service)} > before - {min(before)}
        lost = sum(feed.has_ended for feed in feeds)
        until(lambda: metric(service, "feed_subscribers") == FEEDS - lost, 20)
        assert metric(service, "feed_events_delivered_total") == delivered


def _is_writing(service: Service, delivered: int) -> bool:
    """Whether some process has not told the others all yet: then not every answer gives the whole sum."""
    return any(metric(service, "feed_events_delivered_total") != delivered for _ in range(PROCESSES * 4))


def test_a_rolling_restart_replaces_every_process_and_the_feed_has_no_gap(service: Service) -> None:
    before, stopped = http_pids(service) | http_pids(service, "worker"), threading.Event()
    sent: list[str] = []
    seen: list[str] = []

    def publish() -> None:
        with httpx.Client(timeout=30, verify=PLAIN, headers={"Connection": "close"}) as client:
            while not stopped.is_set():
                event = an_event(subject="Soyuz MS-18")
                with contextlib.suppress(httpx.RemoteProtocolError, httpx.ReadError):  # cut: sent again, counted once
                    assert client.post(f"{service.url}/v1/events", json=event).status_code == httpx.codes.ACCEPTED
                    sent.append(event["id"])
                    continue
                assert client.post(f"{service.url}/v1/events", json=event).status_code == httpx.codes.ACCEPTED
                sent.append(event["id"])

    def follow() -> None:
        place: str | None = None
        while not stopped.is_set() or seen[-1:] != sent[-1:]:
            params: dict[str, Any] = {"last_event_id": place} if place else {"since": "all"}
            with service.frames(**params) as feed:
                for frame in feed:
                    place = frame.get("id", place)
                    if "event" not in frame and "data" in frame:
                        seen.append(frame["data"].partition('"id":"')[2].partition('"')[0])
                    if frame.get("event") == "goodbye" or (stopped.is_set() and seen[-1:] == sent[-1:]):
                        break

    publisher, follower = threading.Thread(target=publish, daemon=True), threading.Thread(target=follow, daemon=True)
    publisher.start()
    until(lambda: len(sent) > 10, 20)
    follower.start()
    until(lambda: len(seen) > 10, 20)
    os.kill(service.pid, signal.SIGUSR2)
    until(lambda: not any(is_alive(pid) for pid in before), 60, lambda: service.lines)
    until(lambda: len(http_pids(service)) == PROCESSES, 20)
    service.wait_until_ready()
    stopped.set()
    publisher.join(30)
    follower.join(30)
    assert not publisher.is_alive()
    assert not follower.is_alive()
    assert seen == sent
