"""Publish, follow, crash, come back: what missionwire is for."""

import json
import threading
from pathlib import Path

import httpx

from tests.service import Service, an_event


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
    event = an_event()
    assert service.post(event).json()["accepted"][0]["status"] == "accepted"
    assert service.post(event).json()["accepted"][0]["status"] == "duplicate"
    service.wait_for("urn:test", event["id"])
    page = service.get("/v1/events", limit=1000).json()
    assert [each["id"] for each in page].count(event["id"]) == 1


def test_nothing_acknowledged_is_lost_or_doubled_when_the_service_is_killed(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        acknowledged: list[str] = []
        is_over = threading.Event()

        def publish() -> None:
            number = 0
            while not is_over.is_set() and number < 5000:
                number += 1
                event = an_event(f"n{number:05}", subject="Soyuz MS-18", data={"n": number})
                try:
                    if service.post(event).status_code == httpx.codes.ACCEPTED:
                        acknowledged.append(event["id"])
                except (httpx.HTTPError, httpx.InvalidURL):
                    return

        publisher = threading.Thread(target=publish)
        publisher.start()
        seen: list[str] = []
        last_id = ""
        with service.frames(since="all") as feed:
            for frame in feed:
                last_id = frame.get("id", last_id)
                if "event" not in frame and "data" in frame:
                    seen.append(json.loads(frame["data"])["id"])
                if len(seen) >= 50:
                    break
        service.kill()
        is_over.set()
        publisher.join()
        service.start()
        with service.frames(headers={"Last-Event-ID": last_id}) as feed:
            for frame in feed:
                assert frame.get("event") != "gap"
                if "event" not in frame and "data" in frame:
                    seen.append(json.loads(frame["data"])["id"])
                if seen[-1] >= acknowledged[-1]:
                    break
        wire = [event["id"] for event in service.get("/v1/events", limit=1000).json()]
    assert len(acknowledged) >= 50
    assert seen == sorted(set(seen)), "each event once, in one order"
    assert set(acknowledged) <= set(seen), "every acknowledged event is there"
    assert wire[: len(seen)] == seen[: len(wire)], "REST and the feed see one order"
