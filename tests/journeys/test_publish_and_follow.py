"""Publish, follow, crash, come back: what missionwire is for."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.service import Frames, Service, an_event


def test_a_published_event_comes_out_of_the_feed_with_its_position(service: Service) -> None:
    with service.frames(since="1s") as feed:
        frames = iter(feed)
        assert next(frames)["event"] == "position"
        event = an_event(subject="Soyuz MS-18")
        assert service.post(event).json()["accepted"][0]["status"] == "accepted"
        frame = next(f for f in frames if event["id"] in f.get("data", ""))
    served = json.loads(frame["data"])
    assert "event" not in frame
    assert served["position"] == frame["id"]
    assert served["subject"] == "Soyuz MS-18"


def test_a_second_sending_is_acknowledged_again_and_published_once(service: Service) -> None:
    event = an_event(source="urn:twice")
    assert service.post(event).json()["accepted"][0]["status"] == "accepted"
    assert service.post(event).json()["accepted"][0]["status"] == "duplicate"
    service.wait_for("urn:twice", event["id"])
    assert len(service.get("/v1/events", source="urn:twice").json()) == 1


class Publisher(threading.Thread):
    """Publishes numbered events, one after another, and keeps the ids of those that were acknowledged."""

    def __init__(self, service: Service) -> None:
        super().__init__()
        self.acknowledged: list[str] = []
        self.is_over = threading.Event()
        self._service = service

    def run(self) -> None:
        for number in range(1, 5000):
            event = an_event(f"n{number:05}", subject="Soyuz MS-18", data={"n": number})
            try:
                if self._service.post(event).status_code == httpx.codes.ACCEPTED:
                    self.acknowledged.append(event["id"])
            except (httpx.HTTPError, httpx.InvalidURL):
                return
            if self.is_over.is_set():
                return


def follow(feed: Frames, is_enough: Callable[[list[str]], bool]) -> tuple[list[str], str]:
    """Give the ids of the events that come, and the id of the last frame."""
    seen: list[str] = []
    last_id = ""
    for frame in feed:
        assert frame.get("event") != "gap"
        last_id = frame.get("id", last_id)
        if "event" not in frame and "data" in frame:
            seen.append(json.loads(frame["data"])["id"])
        if is_enough(seen):
            break
    return seen, last_id


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_or_doubled_when_the_service_is_killed(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        publisher = Publisher(service)
        publisher.start()
        with service.frames(since="all") as feed:
            before, last_id = follow(feed, lambda seen: len(seen) >= 50)
        service.kill()
        publisher.is_over.set()
        publisher.join()
        last = publisher.acknowledged[-1]
        service.start()
        with service.frames(headers={"Last-Event-ID": last_id}) as feed:
            after, _ = follow(feed, lambda seen: bool(seen) and seen[-1] >= last)
        wire = [event["id"] for event in service.get("/v1/events", limit=1000).json()]
    seen = before + after
    assert len(publisher.acknowledged) >= 50
    assert seen == sorted(set(seen)), "each event once, in one order"
    assert set(publisher.acknowledged) <= set(seen), "every acknowledged event is there"
    assert wire[: len(seen)] == seen[: len(wire)], "REST and the feed see one order"
