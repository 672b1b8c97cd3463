"""The CloudEvents SDKs read what the service gives, and publish to it in each mode of the HTTP binding."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings.http import HTTPMessage, from_http_event, to_binary_event, to_structured_event
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from tests.foreign.traffic import kept, publish_and_wait, some_events
from tests.service import PLAIN, Service, an_event

ATTRIBUTES = {
    "type": "missionwire.docking.docked",
    "subject": "Soyuz MS-18",
    "time": "2021-10-05T12:22:00Z",
    "dataschema": "https://example.org/schemas/docking",
    "datacontenttype": "application/json",
    "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
}
DATA = {
    "title": "Docked",
    "port": "Rassvet",
    "note": '30 % of "all" – Союз 🚀',
    "nested": {"list": [1, 2.5, None, True]},
}


def node(folder: Path, work: str, asked: object) -> Any:  # whatever the work gives
    """Let the npm package do something."""
    command = ["node", str(folder / "events.js"), work]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def assert_published(service: Service, sent: dict[str, Any]) -> None:
    """All that was sent stands on the wire as it was sent; plugins may have added to it."""
    event = service.wait_for(sent["source"], sent["id"])
    for name in ("id", "source", "type", "specversion", *ATTRIBUTES):
        assert event.get(name) == sent.get(name), name
    assert {name: event["data"].get(name) for name in DATA} == DATA


# --- Python -----------------------------------------------------------------------------------------------------------


def made_in_python(**attributes: str) -> tuple[BaseCloudEvent, dict[str, Any]]:
    """An event of the SDK, and what should be published of it."""
    sent = {"id": uuid4().hex, "source": "urn:test:sdk", "specversion": "1.0", **ATTRIBUTES, **attributes}
    event = CloudEvent({**sent, "time": datetime(2021, 10, 5, 12, 22, tzinfo=UTC)}, DATA)
    return event, sent


def post(service: Service, message: HTTPMessage) -> httpx.Response:
    """Send what the SDK made, as it made it."""
    return httpx.post(
        f"{service.url}/v1/events", headers=message.headers, content=message.body, timeout=30, verify=PLAIN
    )


@pytest.mark.parametrize("mode", [to_structured_event, to_binary_event])
def test_the_python_sdk_publishes(service: Service, mode: Callable[[BaseCloudEvent], HTTPMessage]) -> None:
    event, sent = made_in_python()
    answer = post(service, mode(event))
    assert answer.status_code == httpx.codes.ACCEPTED, answer.text
    assert answer.json() == {"accepted": [{"source": sent["source"], "id": sent["id"], "status": "accepted"}]}
    assert_published(service, sent)


def test_both_modes_of_the_python_sdk_are_the_same_event(service: Service) -> None:
    event, _ = made_in_python()
    first, second = post(service, to_structured_event(event)), post(service, to_binary_event(event))
    assert first.json()["accepted"][0]["status"] == "accepted"
    assert second.json()["accepted"][0]["status"] == "duplicate"


def test_binary_mode_carries_more_than_ascii_in_its_headers(service: Service) -> None:
    event, sent = made_in_python(subject='Союз МС-18 "50 %" 🚀')
    assert post(service, to_binary_event(event)).status_code == httpx.codes.ACCEPTED
    assert_published(service, sent)


def test_an_event_of_the_python_sdk_needs_no_data(service: Service) -> None:
    for mode in (to_structured_event, to_binary_event):
        event = CloudEvent(
            {"id": uuid4().hex, "source": "urn:test:sdk", "type": "missionwire.event", "specversion": "1.0"}
        )
        answer = post(service, mode(event))
        assert answer.status_code == httpx.codes.ACCEPTED, answer.text
        assert service.wait_for("urn:test:sdk", event.get_id())["type"] == "missionwire.event"


def test_a_batch_of_events_of_the_python_sdk_is_published(service: Service) -> None:
    """The SDK has no batch mode of its own; a batch is a JSON array of what its format writes."""
    made = [made_in_python() for _ in range(3)]
    body = b"[" + b",".join(JSONFormat().write(event) for event, _ in made) + b"]"
    answer = post(service, HTTPMessage({"content-type": "application/cloudevents-batch+json"}, body))
    assert answer.status_code == httpx.codes.ACCEPTED, answer.text
    assert [each["id"] for each in answer.json()["accepted"]] == [sent["id"] for _, sent in made]
    for _, sent in made:
        assert_published(service, sent)


def test_the_python_sdk_reads_what_feed_and_rest_give(service: Service) -> None:
    source = f"urn:test:{uuid4().hex}"
    docked = an_event(source=source, **ATTRIBUTES, data=DATA)
    publish_and_wait(service, [*some_events(3, source), docked])
    page = kept(service, source=source)
    with service.frames(source=source, since="all", limit=4) as feed:
        frames = [frame for frame in feed if "event" not in frame and "data" in frame]
    alone = [service.get(f"/v1/events/{event['position']}") for event in page]
    read = {
        "feed": [JSONFormat().read(None, frame["data"]) for frame in frames],
        "page": [JSONFormat().read(None, json.dumps(event)) for event in page],
        "alone": [from_http_event(HTTPMessage(dict(answer.headers), answer.content)) for answer in alone],
    }
    for way, events in read.items():
        assert [event.get_id() for event in events] == [event["id"] for event in page], way
        assert [event.get_extension("position") for event in events] == [event["position"] for event in page], way
        assert [event.get_data() for event in events] == [event["data"] for event in page], way
        [with_time] = [event for event in events if event.get_id() == docked["id"]]
        assert with_time.get_time() == datetime(2021, 10, 5, 12, 22, tzinfo=UTC), way
    assert [frame["id"] for frame in frames] == [event["position"] for event in page]


# --- JavaScript -------------------------------------------------------------------------------------------------------


@pytest.mark.node
@pytest.mark.parametrize("mode", ["structured", "binary", "batch"])
def test_the_npm_sdk_publishes(service: Service, node_folder: Path, mode: str) -> None:
    events = [
        {"id": uuid4().hex, "source": "urn:test:npm", **ATTRIBUTES, "time": "2021-10-05T12:22:00.000Z", "data": DATA}
        for _ in range(3)
    ]
    url = f"{service.url}/v1/events"
    outcome = node(node_folder, "send", {"url": url, "events": events, "mode": mode})
    assert {answer["status"] for answer in outcome["answers"]} == {httpx.codes.ACCEPTED}
    accepted = [each for answer in outcome["answers"] for each in answer["body"]["accepted"]]
    assert accepted == [{"source": "urn:test:npm", "id": event["id"], "status": "accepted"} for event in events]
    for event in events:
        assert_published(service, {"specversion": "1.0", **event})
    again = node(node_folder, "send", {"url": url, "events": events, "mode": mode})
    assert {each["status"] for answer in again["answers"] for each in answer["body"]["accepted"]} == {"duplicate"}


@pytest.mark.node
def test_the_npm_sdk_reads_what_feed_and_rest_give(service: Service, node_folder: Path) -> None:
    source = f"urn:test:{uuid4().hex}"
    publish_and_wait(service, [an_event(source=source, **ATTRIBUTES, data={**DATA, "number": n}) for n in range(3)])
    page = service.get("/v1/events", source=source)
    with service.frames(source=source, since="all", limit=3) as feed:
        frames = [frame["data"] for frame in feed if "event" not in frame and "data" in frame]
    alone = [service.get(f"/v1/events/{event['position']}") for event in page.json()]
    whole = {"content-type": "application/cloudevents+json"}
    messages = [
        {"headers": {"content-type": "application/cloudevents-batch+json"}, "body": page.text},
        *({"headers": whole, "body": frame} for frame in frames),
        *({"headers": dict(answer.headers), "body": answer.text} for answer in alone),
    ]
    batch, *others = node(node_folder, "read", {"messages": messages})
    expected = [{**event, "time": "2021-10-05T12:22:00.000Z"} for event in page.json()]
    assert batch == expected
    assert others == [*expected, *expected]
