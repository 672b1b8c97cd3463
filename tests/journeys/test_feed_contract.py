"""The feed as DESIGN says it is, parameter by parameter and frame by frame, seen with a raw reader."""

import contextlib
import http.client
import itertools
import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from tests.service import PLAIN, Service, an_event

OLD = "2021-10-05T08:55:02Z"


def moment(ahead_s: float = 0) -> str:
    """A moment from now, as RFC 3339."""
    return (datetime.now(UTC) + timedelta(seconds=ahead_s)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def publish(service: Service, **attributes: Any) -> dict[str, Any]:  # attributes of an event
    """Publish an event and wait until it is on the wire; gives it as published."""
    event = an_event(**{"source": "urn:test", **attributes})
    service.post(event)
    return service.wait_for(event["source"], event["id"])


def replay(service: Service, **params: Any) -> list[dict[str, str]]:  # of several types
    """All frames of a feed that ends now, from the oldest event if nothing else is said."""
    start = {} if "last_event_id" in params else {"since": "all"}
    end = {"until": moment()}
    publish(service, source="urn:test:later")  # the feed ends with it; else it would wait a while for stragglers
    with service.frames(**{**start, **end, **params}) as feed:
        return list(feed)


def ids_of(frames: list[dict[str, str]]) -> list[str]:
    """The ids of the mission events among frames."""
    return [json.loads(frame["data"])["id"] for frame in frames if "event" not in frame and "data" in frame]


def events_of(feed: Iterable[dict[str, str]], count: int | None = None) -> list[dict[str, Any]]:
    """The next mission events of a feed, or all until it ends."""
    found = (json.loads(frame["data"]) for frame in feed if "event" not in frame and "data" in frame)
    return [*itertools.islice(found, count)]


def up_to(feed: Iterator[dict[str, str]], is_last: Callable[[dict[str, str]], bool]) -> list[dict[str, str]]:
    """The next frames of a feed up to one, with it."""
    found = []
    for frame in feed:
        found.append(frame)
        if is_last(frame):
            break
    return found


def wait_until(is_so: Callable[[], bool], what: str, timeout_s: float = 20) -> None:
    """Ask again and again until something can be seen from outside."""
    tick = threading.Event()
    give_up_s = time.monotonic() + timeout_s
    while not is_so():
        assert time.monotonic() < give_up_s, f"{what}: not so after {timeout_s} s"
        tick.wait(0.02)


def metric(service: Service, name: str) -> float:
    """The value of a metric without labels."""
    lines = service.get("/metrics").text.splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith(f"missionwire_{name} ")))


def subscribers(service: Service) -> int:
    """How many feeds are open."""
    return int(metric(service, "feed_subscribers"))


# --- filters ----------------------------------------------------------------------------------------------------------


class Scene(NamedTuple):
    """Events with one-letter names, from sources that no other test uses."""

    service: Service
    mark: str
    place: str

    def letters(self, **params: str | list[str]) -> str:
        """The names of the events that a feed with these filters gives, in its order."""
        filled = {name: self.filled(value) for name, value in params.items()}
        return "".join(id_[-1] for id_ in ids_of(replay(self.service, last_event_id=self.place, **filled)))

    def filled(self, value: str | list[str]) -> str | list[str]:
        """A value with the mark in it."""
        return (
            value.replace("MARK", self.mark)
            if isinstance(value, str)
            else [v.replace("MARK", self.mark) for v in value]
        )


@pytest.fixture(scope="module")
def scene(service: Service) -> Scene:
    mark = uuid4().hex[:8]
    place = publish(service)["position"]
    attributes: dict[str, dict[str, Any]] = {
        "a": {
            "type": "missionwire.docking.docked",
            "subject": "Soyuz MS-18",
            "time": "2021-10-05T12:22:00Z",
            "data": {"crew": ["Zora Testova"], "agencies": ["Test Bureau"]},
        },
        "b": {"type": "missionwire.docking.undocked", "subject": "soyuz-ms-18", "time": "2021-10-17T01:14:00Z"},
        "c": {
            "type": "missionwire.launch.lifted-off",
            "subject": "Crew-3",
            "time": "2021-11-11T02:03:31Z",
            "data": {"crew": [{"name": "Other Testova"}, "Zora Testova"], "agencies": [{"name": "Second Bureau"}]},
        },
        "d": {"type": "missionwire.docking", "data": {"mission": "Союз МС-18"}},
        "e": {"type": "missionwire.dockings.docked", "subject": "nothing-at-all"},
        "f": {"type": "missionwire.docking.docked", "source": f"urn:test:{mark}:2", "subject": "Soyuz MS-19"},
    }
    for name, each in attributes.items():
        publish(service, **{"id_": f"{mark}-{name}", "source": f"urn:test:{mark}", **each})
    return Scene(service, mark, place)


SOURCE, SECOND = "urn:test:MARK", "urn:test:MARK:2"


@pytest.mark.parametrize(
    ("params", "letters"),
    [
        ({"source": SOURCE}, "abcde"),
        ({"source": [SOURCE, SECOND]}, "abcdef"),
        ({"source": SECOND}, "f"),
        ({"source": "urn:test:MAR"}, ""),
        ({"source": "URN:TEST:MARK"}, ""),
        ({"type": "missionwire.docking.docked", "source": SOURCE}, "a"),
        ({"type": "missionwire.docking.*", "source": [SOURCE, SECOND]}, "abf"),
        ({"type": "missionwire.*", "source": SOURCE}, "abcde"),
        ({"type": ["missionwire.docking.undocked", "missionwire.launch.*"], "source": SOURCE}, "bc"),
        ({"mission": "Soyuz MS-18", "source": SOURCE}, "abd"),
        ({"mission": "soyuz-ms-18", "source": SOURCE}, "abd"),
        ({"mission": "Союз МС-18", "source": SOURCE}, "abd"),
        ({"mission": ["Soyuz MS-18", "crew 3"], "source": SOURCE}, "abcd"),
        ({"mission": "soyuz-ms-1", "source": SOURCE}, ""),
        ({"crew": "Zora Testova", "source": SOURCE}, "ac"),
        ({"crew": "zora-testova", "source": SOURCE}, "ac"),
        ({"crew": "Other  TESTOVA", "source": SOURCE}, "c"),
        ({"crew": "Testova", "source": SOURCE}, ""),
        ({"agency": "test bureau", "source": SOURCE}, "a"),
        ({"agency": ["Test Bureau", "second-bureau"], "source": SOURCE}, "ac"),
        ({"agency": ["Test Bureau", "second-bureau"], "mission": "Crew-3", "source": SOURCE}, "c"),
        ({"crew": "Zora Testova", "type": "missionwire.docking.*", "mission": "soyuz-ms-18", "source": SOURCE}, "a"),
        ({"crew": "Zora Testova", "mission": "Soyuz MS-19", "source": [SOURCE, SECOND]}, ""),
        ({"occurred_since": "2021-10-17T01:14:00Z", "source": SOURCE}, "bc"),
        ({"occurred_until": "2021-10-17T01:14:00Z", "source": SOURCE}, "a"),
        ({"occurred_since": "2021-10-17T04:00:00+03:00", "occurred_until": "2021-10-18T00:00:00Z"}, "b"),
    ],
)
def test_a_filter_gives_what_it_says(scene: Scene, params: dict[str, str | list[str]], letters: str) -> None:
    """One member repeated means any of its values, different members mean all; times include since, exclude until."""
    assert scene.letters(**params) == letters


# --- where it starts and ends -----------------------------------------------------------------------------------------


def test_without_a_start_the_feed_gives_only_what_comes_now(service: Service) -> None:
    source = f"urn:test:{uuid4().hex}"
    publish(service, source=source)
    last = publish(service, source=source)
    with service.frames(source=source) as feed:
        first = next(iter(feed))
        fresh = publish(service, source=source)
        assert events_of(feed, 1) == [fresh]
    assert first["id"] == last["position"], "now is after the last event"


def test_since_means_the_time_an_event_came_onto_the_wire(service: Service) -> None:
    source = f"urn:test:{uuid4().hex}"
    before = publish(service, source=source, time="2030-01-01T00:00:00Z")
    between = moment()
    after = publish(service, source=source, time=OLD)
    everything = [before["id"], after["id"]]
    assert ids_of(replay(service, source=source)) == everything
    assert ids_of(replay(service, source=source, since="10m")) == everything
    assert ids_of(replay(service, source=source, since="1w")) == everything
    assert ids_of(replay(service, source=source, since=between)) == [after["id"]]
    assert ids_of(replay(service, source=source, until=between)) == [before["id"]]
    assert ids_of(replay(service, source=source, since=moment())) == []


def test_until_may_lie_ahead_and_the_feed_ends_then(service: Service) -> None:
    source = f"urn:test:{uuid4().hex}"
    started_s = time.monotonic()
    with service.frames(source=source, until=moment(1.5)) as feed:
        frames = iter(feed)
        next(frames)
        event = publish(service, source=source)
        rest = list(frames)
    assert time.monotonic() - started_s >= 1.5
    assert ids_of(rest) == [event["id"]]
    assert rest[-1]["event"] == "end"


def test_limit_counts_the_mission_events_of_one_connection(service: Service) -> None:
    source = f"urn:test:{uuid4().hex}"
    events = [publish(service, source=source) for _ in range(5)]
    first = replay(service, source=source, limit=2)
    assert [frame.get("event", "message") for frame in first] == ["position", "message", "message", "end"]
    second = replay(service, source=source, limit=2, last_event_id=events[1]["position"])
    assert ids_of(first) + ids_of(second) == [event["id"] for event in events[:4]]


def test_a_request_with_the_id_of_an_end_gets_204_and_without_its_mark_goes_on(service: Service) -> None:
    source = f"urn:test:{uuid4().hex}"
    events = [publish(service, source=source) for _ in range(3)]
    end = replay(service, source=source, limit=1)[-1]
    assert end["event"] == "end"
    assert end["id"] == events[0]["position"] + ".end"
    for answer in (
        service.get("/v1/feed", last_event_id=end["id"]),
        httpx.get(f"{service.url}/v1/feed", headers={"Last-Event-ID": end["id"]}, verify=PLAIN),
    ):
        assert (answer.status_code, answer.content) == (httpx.codes.NO_CONTENT, b"")
    went_on = replay(service, source=source, last_event_id=end["id"].removesuffix(".end"))
    assert ids_of(went_on) == [event["id"] for event in events[1:]]


def test_the_header_goes_before_the_parameter_and_both_before_since(service: Service) -> None:
    source = f"urn:test:{uuid4().hex}"
    events = [publish(service, source=source) for _ in range(4)]
    places, ids = [event["position"] for event in events], [event["id"] for event in events]
    assert ids_of(replay(service, source=source, last_event_id=places[1])) == ids[2:]
    assert ids_of(replay(service, source=source, headers={"Last-Event-ID": places[1]})) == ids[2:]
    both = replay(service, source=source, headers={"Last-Event-ID": places[2]}, last_event_id=places[0])
    assert ids_of(both) == ids[3:]
    empty = replay(service, source=source, headers={"Last-Event-ID": ""}, last_event_id=places[0])
    assert ids_of(empty) == ids[1:], "an empty header names no place"


def test_speed_paces_by_time_and_goes_live_when_caught_up(service: Service) -> None:
    source = f"urn:test:{uuid4().hex}"
    for at in ("2021-10-05T12:00:00Z", "2021-10-05T12:00:02Z", "2021-10-05T12:00:01Z", "2021-10-05T12:00:03Z"):
        publish(service, source=source, time=at)
    with service.frames(source=source, since="all", speed=4) as feed:
        frames = iter(feed)
        came_s = []
        for frame in frames:
            if "event" not in frame:
                came_s.append(time.monotonic())
            if len(came_s) == 4:
                break
        live = publish(service, source=source, time="2021-10-06T12:00:00Z")
        assert ids_of([next(frame for frame in frames if "event" not in frame and "data" in frame)]) == [live["id"]]
        live_s = time.monotonic()
    waits_s = [later - sooner for sooner, later in itertools.pairwise(came_s)]
    assert 0.4 <= waits_s[0] < 3
    assert waits_s[1] < 0.4, "in wire order, whatever the times say"
    assert 0.4 <= waits_s[2] < 3
    assert live_s - came_s[-1] < 10, "a day lies between, but this is live"


@pytest.mark.parametrize("filters", [{}, {"type": "missionwire.launch.*"}])
def test_a_paced_replay_keeps_to_its_limit(service: Service, filters: dict[str, str]) -> None:
    source = f"urn:test:{uuid4().hex}"
    events = [publish(service, source=source, time=OLD) for _ in range(4)]
    frames = replay(service, source=source, speed=1000, limit=2, **filters)
    assert ids_of(frames) == [event["id"] for event in events[:2]]
    assert frames[-1]["event"] == "end"
    assert frames[-1]["id"] == events[1]["position"] + ".end"


# --- heads and frames -------------------------------------------------------------------------------------------------


def test_the_head_keeps_proxies_from_holding_the_stream_back_and_lets_other_pages_read_it(service: Service) -> None:
    with service.frames(headers={"Origin": "https://example.org"}) as feed:
        head = feed.response.headers
    assert feed.response.status_code == httpx.codes.OK
    assert head["content-type"].startswith("text/event-stream")
    assert {"no-cache", "no-transform"} <= {part.strip() for part in head["cache-control"].split(",")}
    assert head["x-accel-buffering"] == "no"
    assert head["access-control-allow-origin"] in ("*", "https://example.org")
    assert "content-encoding" not in head


def test_a_page_of_another_origin_may_send_the_last_event_id(service: Service) -> None:
    answer = httpx.options(
        f"{service.url}/v1/feed",
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "last-event-id",
        },
        verify=PLAIN,
    )
    assert answer.is_success
    assert "last-event-id" in answer.headers["access-control-allow-headers"].lower()


def test_no_encoding_is_put_on_the_stream_though_the_client_takes_it(service: Service) -> None:
    with service.frames(headers={"Accept-Encoding": "gzip, br, zstd"}, since="all") as feed:
        assert "content-encoding" not in feed.response.headers
        assert next(iter(feed))["event"] == "position"


@pytest.mark.parametrize("params", [{}, {"since": "all"}, {"since": "1s"}, {"since": "all", "speed": "10"}])
def test_the_first_frame_is_a_position_with_a_retry(service: Service, params: dict[str, Any]) -> None:
    with service.frames(**params) as feed:
        first = next(iter(feed))
    assert first["event"] == "position"
    assert first["data"] == "{}"
    assert first["id"]
    assert int(first["retry"]) > 0


def test_the_id_of_the_first_position_is_a_place_to_come_back_to(service: Service) -> None:
    source = f"urn:test:{uuid4().hex}"
    with service.frames(source=source) as feed:
        first = next(iter(feed))
    event = publish(service, source=source)
    with service.frames(source=source, headers={"Last-Event-ID": first["id"]}) as feed:
        assert events_of(feed, 1) == [event]


def test_a_retry_is_spread_over_connections(service: Service) -> None:
    seen = set()
    for _ in range(8):
        with service.frames() as feed:
            seen.add(next(iter(feed))["retry"])
    assert len(seen) > 1


def test_a_mission_event_is_one_line_with_its_position_as_id_and_without_a_name(service: Service) -> None:
    source = f"urn:test:{uuid4().hex}"
    event = publish(service, source=source, data={"text": "One.\r\nTwo.\nThree."})
    answer = service.get("/v1/feed", source=source, since="all", limit=1)
    frame = answer.text.split("\n\n")[1].split("\n")
    assert [line.partition(": ")[0] for line in frame] == ["id", "data"]
    assert frame[0] == f"id: {event['position']}"
    assert json.loads(frame[1].partition(": ")[2]) == event == service.get(f"/v1/events/{event['position']}").json()


@pytest.mark.parametrize("place", ["nonsense", "a.b.c", "0", "abcdefgh.1-1.endless", "x" * 5000, "-", "1-1"])
@pytest.mark.parametrize("way", ["header", "parameter"])
def test_a_bad_position_is_told_in_the_stream_and_nothing_goes_before_it(
    service: Service, place: str, way: str
) -> None:
    source = f"urn:test:{uuid4().hex}"
    kept = publish(service, source=source)
    headers = {"Last-Event-ID": place} if way == "header" else {}
    params = {} if way == "header" else {"last_event_id": place}
    with service.frames(source=source, headers=headers, **params) as feed:
        first = next(iter(feed))
        fresh = publish(service, source=source)
        assert events_of(feed, 1) == [fresh], "from now"
    assert feed.response.status_code == httpx.codes.OK
    assert first["event"] == "gap"
    assert int(first["retry"]) > 0
    told = json.loads(first["data"])
    assert told["reason"] == "malformed"
    assert told["from"] is told["to"] is told["count"] is None
    assert service.get(told["link"]).status_code == httpx.codes.OK
    again = replay(service, source=source, headers=headers, since="all", **params)
    assert again[0]["event"] == "gap"
    assert ids_of(again) == [kept["id"], fresh["id"]], "since= says from where"


# --- refusals before the stream ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "parameter", "word"),
    [
        ("misson=crew-3", "misson", "did you mean 'mission'"),
        ("Type=x", "Type", "did you mean 'type'"),
        ("after=x", "after", "not known"),
        ("xyz=1", "xyz", "this call knows"),
        ("type=docking%20of%20all", "type", "is no type"),
        ("type=missionwire.*.docked", "type", "is no type"),
        ("type=", "type", ""),
        ("mission=!!!", "mission", "cannot match anything"),
        ("crew=", "crew", "cannot match anything"),
        ("agency=%20", "agency", "cannot match anything"),
        ("&".join(f"mission=crew-{n}" for n in range(101)), "filter", "more than 100"),
        ("since=yesterday", "since", "RFC 3339"),
        ("since=2021-10-17", "since", "RFC 3339"),
        ("since=2021-10-17T04:36:00", "since", "no zone"),
        ("since=all&since=all", "since", "twice"),
        ("until=tomorrow", "until", "RFC 3339"),
        ("occurred_since=10m", "occurred_since", "RFC 3339"),
        ("occurred_until=x", "occurred_until", "RFC 3339"),
        ("limit=0", "limit", ""),
        ("limit=-1", "limit", ""),
        ("limit=many", "limit", ""),
        ("since=all&speed=0", "speed", ""),
        ("since=all&speed=-2", "speed", ""),
        ("since=all&speed=nan", "speed", ""),
        ("since=all&speed=inf", "speed", ""),
        ("speed=2", "speed", "start in the past"),
    ],
)
@pytest.mark.parametrize("accept", ["text/event-stream", "*/*"])
def test_a_wrong_parameter_is_refused_by_name_before_the_stream(
    service: Service, query: str, parameter: str, word: str, accept: str
) -> None:
    answer = httpx.get(f"{service.url}/v1/feed?{query}", headers={"Accept": accept}, verify=PLAIN)
    assert answer.status_code == httpx.codes.BAD_REQUEST
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["parameter"] == parameter
    assert word in told["detail"]


# --- special set-ups --------------------------------------------------------------------------------------------------

CAP = 2


@pytest.fixture(scope="module")
def tight_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with few places, quick heartbeats and next to no ring: whoever falls behind is served from the log."""
    env = {
        "MISSIONWIRE_FEED_MAX_SUBSCRIBERS": str(CAP),
        "MISSIONWIRE_FEED_HEARTBEAT_S": "0.3",
        "MISSIONWIRE_FEED_RING_BYTES": "65536",
    }
    with Service(tmp_path_factory.mktemp("tight"), env=env) as running:
        yield running


@pytest.fixture
def tight(tight_service: Service) -> Service:
    """The same, with all places free."""
    wait_until(lambda: subscribers(tight_service) == 0, "all places are free")
    return tight_service


def test_a_quiet_stream_gives_a_sign_of_life(tight: Service) -> None:
    started_s = time.monotonic()
    with tight.frames() as feed:
        frames = [*itertools.islice(feed, 4)]
    assert [frame.get("event", "comment") for frame in frames] == ["position", "comment", "comment", "comment"]
    assert time.monotonic() - started_s >= 2 * 0.3 * 0.8, (
        "two intervals lie between three; the first may begin anywhere"
    )


def test_a_filtered_reader_whose_place_moved_gets_the_position_as_a_sign_of_life(tight: Service) -> None:
    with tight.frames(source="urn:test:nobody") as feed:
        frames = iter(feed)
        first = next(frames)
        moved = publish(tight)
        beat = next(frame for frame in frames if "comment" not in frame)
        after = next(frames)
    assert beat == {"event": "position", "id": moved["position"], "data": "{}"}
    assert beat["id"] != first["id"]
    assert "comment" in after, "a place is told once"


def test_at_the_cap_a_program_gets_503_and_an_event_source_a_busy_frame(tight: Service) -> None:
    with tight.frames() as one, tight.frames() as two:
        assert [next(iter(feed))["event"] for feed in (one, two)] == ["position"] * CAP
        refused = httpx.get(f"{tight.url}/v1/feed", verify=PLAIN)
        with tight.frames() as busy:
            [frame] = list(busy)
        assert subscribers(tight) == CAP, "nobody is evicted"
        event = publish(tight)
        assert [events_of(feed, 1) for feed in (one, two)] == [[event]] * CAP
    assert refused.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert int(refused.headers["retry-after"]) > 0
    assert refused.headers["content-type"] == "application/problem+json"
    assert busy.response.status_code == httpx.codes.OK
    assert busy.response.headers["content-type"].startswith("text/event-stream")
    assert frame["event"] == "busy"
    assert int(frame["retry"]) > 0
    assert json.loads(frame["data"])["reason"]
    assert "id" not in frame, "a refusal moves nobody's place"


# --- slow readers -----------------------------------------------------------------------------------------------------

BIG = 100_000
MANY = 120
"""Twelve megabytes: more than what lies between the service and a reader that takes nothing."""


class SlowReader:
    """A socket that asks for a feed and reads only when told to."""

    def __init__(self, service: Service, query: str, last_event_id: str = "") -> None:
        parts = urlsplit(service.url)
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        self.socket.settimeout(30)
        self.socket.connect((parts.hostname, parts.port))
        place = f"Last-Event-ID: {last_event_id}\r\n" if last_event_id else ""
        self.socket.sendall(f"GET /v1/feed?{query} HTTP/1.1\r\nHost: {parts.netloc}\r\n{place}\r\n".encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def __iter__(self) -> Iterator[dict[str, str]]:
        """Read frames until the service closes; what ends in the middle of one is none."""
        rest = b""
        with (
            http.client.HTTPResponse(self.socket) as answer,
            contextlib.suppress(http.client.IncompleteRead, ConnectionResetError),
        ):
            answer.begin()
            while data := answer.read1(1 << 16):
                *frames, rest = (rest + data).split(b"\n\n")
                for frame in frames:
                    lines = frame.decode().lstrip(":\n").split("\n")  # comments may stand before a frame
                    yield {name: value for name, _, value in (line.partition(": ") for line in lines)}

    @property
    def is_connected(self) -> bool:
        """Whether the kernel still holds the connection, without reading from it."""
        established = 1
        return self.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] == established


def publish_much(service: Service, source: str) -> list[str]:
    """Publish twelve megabytes and wait until they are on the wire; gives the ids."""
    ids = [f"{source[-4:]}-{n:04}" for n in range(MANY)]
    for start in range(0, MANY, 20):
        batch = [
            an_event(id_, source=source, subject="big", data={"note": "x" * BIG}) for id_ in ids[start : start + 20]
        ]
        answer = httpx.post(
            f"{service.url}/v1/events",
            content=json.dumps(batch).encode(),
            headers={"Content-Type": "application/cloudevents-batch+json"},
            timeout=60,
            verify=PLAIN,
        )
        assert answer.status_code == httpx.codes.ACCEPTED, answer.text
    service.wait_for(source, ids[-1], timeout_s=60)
    return ids


@pytest.mark.slow
def test_a_reader_that_does_not_read_for_long_misses_nothing_then(tight: Service) -> None:
    source = f"urn:test:{uuid4().hex}"
    with SlowReader(tight, f"source={source}") as reader:
        wait_until(lambda: subscribers(tight) == 1, "the reader is there")
        ids = publish_much(tight, source)
        with tight.frames(source=source, since="all") as feed:
            assert [event["id"] for event in events_of(feed, MANY)] == ids, "a stalled reader holds up nobody"
        assert [event["id"] for event in events_of(reader, MANY)] == ids


@pytest.fixture(scope="module")
def impatient_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that waits a second for a reader that takes nothing."""
    with Service(tmp_path_factory.mktemp("impatient"), env={"MISSIONWIRE_FEED_WRITE_TIMEOUT_S": "1"}) as running:
        yield running


@pytest.mark.slow
def test_a_reader_that_takes_nothing_loses_its_place_and_can_resume(impatient_service: Service) -> None:
    source = f"urn:test:{uuid4().hex}"
    ids = publish_much(impatient_service, source)
    with SlowReader(impatient_service, f"source={source}&since=all") as reader:
        wait_until(lambda: subscribers(impatient_service) == 1, "the reader is there")
        wait_until(lambda: subscribers(impatient_service) == 0, "the reader's place is free")
        got = events_of(reader)
    assert 0 < len(got) < MANY
    with SlowReader(impatient_service, f"source={source}", got[-1]["position"]) as reader:
        rest = events_of(reader, MANY - len(got))
    assert [event["id"] for event in got + rest] == ids


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at the connection with TCP_INFO, on Linux")
def test_the_connection_of_a_reader_that_takes_nothing_is_closed(impatient_service: Service) -> None:
    """Else its socket, and what is buffered for it, would be held for as long as the other end likes."""
    source = f"urn:test:{uuid4().hex}"
    publish_much(impatient_service, source)
    with SlowReader(impatient_service, f"source={source}&since=all") as reader:
        wait_until(lambda: subscribers(impatient_service) == 1, "the reader is there")
        wait_until(lambda: not reader.is_connected, "its connection is closed")


@pytest.mark.slow
def test_a_reader_that_trimming_overtakes_is_told_how_many_it_missed(tmp_path: Path) -> None:
    env = {"MISSIONWIRE_KEEP_WIRE_BYTES": "1000000", "MISSIONWIRE_FEED_RING_BYTES": "65536"}
    with Service(tmp_path, env=env) as service, SlowReader(service, "since=all") as reader:
        wait_until(lambda: subscribers(service) == 1, "the reader is there")
        ids = publish_much(service, "urn:test")
        wait_until(lambda: metric(service, "wire_bytes") <= 1_000_000, "the wire is trimmed")
        frames = up_to(iter(reader), lambda frame: ids[-1] in ids_of([frame]))
    place, due, gaps = "", 0, 0
    for frame in frames:
        if frame.get("event") == "gap":
            told = json.loads(frame["data"])
            assert (told["reason"], told["from"], told["to"]) == ("trimmed", place, frame["id"])
            due, gaps = due + told["count"], gaps + 1
        elif "event" not in frame and "data" in frame:
            assert ids_of([frame]) == [ids[due]], "each event is there, or in the count of a gap"
            due += 1
        place = frame.get("id", place)
    assert due == MANY
    assert gaps


def test_a_client_of_http_1_0_gets_frames_without_chunks(service: Service) -> None:
    """Proxies such as nginx speak HTTP/1.0 to what stands behind them unless told otherwise."""
    event = publish(service, source=f"urn:test:{uuid4().hex}")
    parts = urlsplit(service.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        connection.sendall(f"GET /v1/feed?since=all&source={event['source']} HTTP/1.0\r\n\r\n".encode())
        answer = b""
        while event["id"].encode() not in answer or not answer.endswith(b"\n\n"):
            answer += connection.recv(1 << 16)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"transfer-encoding" not in head.lower()
    assert [line.partition(b":")[0] for line in body.splitlines()] == [
        *(b"event", b"id", b"retry", b"data", b""),
        *(b"id", b"data", b""),
    ]
