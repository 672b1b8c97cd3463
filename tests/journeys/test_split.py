"""The parts apart: an external Valkey, `serve --workers 0`, and `worker` as a process of its own."""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.external import Valkey, Workers
from tests.service import PLAIN, Frames, Service, an_event

pytestmark = pytest.mark.slow

AWAY_S = 10.0


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder whose path is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="mw-") as path:
        yield Path(path)


@pytest.fixture
def valkey(folder: Path) -> Iterator[Valkey]:
    with Valkey(folder) as server:
        yield server


def serve(valkey: Valkey, folder: Path) -> Service:
    return Service(folder, flags=[f"--redis-url={valkey.url}", "--workers", "0"])


def ids(feed: Frames, count: int) -> list[str]:
    """The ids of the next mission events of a feed."""
    found: list[str] = []
    for frame in feed:
        if "event" not in frame and "data" in frame:
            found.append(json.loads(frame["data"])["id"])
        if len(found) == count:
            break
    return found


def test_what_serve_accepts_a_worker_of_its_own_publishes(valkey: Valkey, folder: Path) -> None:
    with Workers(folder, valkey.url), serve(valkey, folder) as service, service.frames() as feed:
        frames = iter(feed)
        assert next(frames)["event"] == "position"
        event = an_event(subject="Soyuz MS-18")
        assert service.post(event).status_code == httpx.codes.ACCEPTED
        assert ids(feed, 1) == [event["id"]]
        ready = service.get("/health/ready").json()
    assert ready["workers"] == 1
    assert ready["durability"]["level"] == "disk"


def test_two_workers_publish_each_event_once_and_keep_the_order_of_each_mission(valkey: Valkey, folder: Path) -> None:
    with Workers(folder, valkey.url, workers=2), serve(valkey, folder) as service:
        give_up_s = time.monotonic() + 30
        while service.get("/health/ready").json()["workers"] < 2:
            assert time.monotonic() < give_up_s, "the second worker does not come"
        sent = [
            an_event(f"{mission:02}-{n:03}", subject=f"mission {mission}") for n in range(40) for mission in range(12)
        ]
        answer = httpx.post(
            f"{service.url}/v1/events",
            json=sent,
            headers={"Content-Type": "application/cloudevents-batch+json"},
            verify=PLAIN,
        )
        assert answer.status_code == httpx.codes.ACCEPTED
        with service.frames(since="all") as feed:
            seen = ids(feed, len(sent))
    assert sorted(seen) == sorted(event["id"] for event in sent)
    for mission in range(12):
        of_mission = [id_ for id_ in seen if id_.startswith(f"{mission:02}-")]
        assert of_mission == sorted(of_mission)


def test_a_server_that_fsyncs_every_second_is_told_of_and_used(folder: Path) -> None:
    with Valkey(folder, appendfsync="everysec") as valkey, Workers(folder, valkey.url):
        with serve(valkey, folder) as service:
            durability = service.get("/health/ready").json()["durability"]
            assert service.post(an_event()).status_code == httpx.codes.ACCEPTED
        warnings = [line for line in service.lines if "WARNING" in line and "durability is memory" in line]
    assert durability["level"] == "memory"
    assert "appendfsync is everysec" in durability["detail"]
    assert len(warnings) == 1


@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["worker"]], ids=["serve", "worker"])
def test_a_server_that_would_forget_events_is_refused_in_one_line(command: list[str], folder: Path) -> None:
    with Valkey(folder, policy="allkeys-lru") as valkey:
        ended = subprocess.run(
            [sys.executable, "-m", "missionwire", *command, "--redis-url", valkey.url],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    assert line.startswith("Error: The server's maxmemory-policy is allkeys-lru")


def test_a_server_that_does_not_answer_is_told_of_in_one_line(folder: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "missionwire", "serve", "--port", "0", "--redis-url", f"unix://{folder}/nobody.sock"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert line.startswith("Error: The server did not answer for 30 s.")


def test_a_server_that_goes_away_and_comes_back_loses_nothing_that_was_acknowledged(
    valkey: Valkey, folder: Path
) -> None:
    with Workers(folder, valkey.url), serve(valkey, folder) as service, service.frames() as feed:
        frames = iter(feed)
        assert next(frames)["event"] == "position"
        before, during, after = an_event("before"), an_event("during"), an_event("after")
        assert service.post(before).status_code == httpx.codes.ACCEPTED
        valkey.kill()
        refused = service.post(during)
        health = service.get("/health/ready")
        live = service.get("/health/live")
        threading.Event().wait(AWAY_S)
        valkey.start()
        give_up_s = time.monotonic() + 15
        while service.post(after).status_code != httpx.codes.ACCEPTED:
            assert time.monotonic() < give_up_s, "intake does not heal"
        seen = ids(feed, 2)
        ready = service.get("/health/ready")
    assert refused.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert "Retry-After" in refused.headers
    assert health.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert live.status_code == httpx.codes.OK
    assert seen == ["before", "after"], "the feed stayed open, and tells each event once"
    assert ready.status_code == httpx.codes.OK
