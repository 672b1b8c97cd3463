"""Foreign SSE clients follow the feed through everything that breaks: nothing missed, nothing repeated, in order."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.foreign.conftest import QUICK, Follow
from tests.foreign.follower import Follower
from tests.foreign.proxy import Proxy
from tests.foreign.traffic import kept, metric, publish, publish_and_wait, some_events, wait_until
from tests.service import Service, an_event

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with Service(tmp_path_factory.mktemp("service"), env=QUICK) as running:
        yield running


def the_ids(events: list[dict[str, Any]]) -> list[str]:
    return [event["id"] for event in events]


def assert_sound(follower: Follower, expected: list[dict[str, Any]]) -> None:
    """Nothing missed, nothing repeated, in order, whole; and no frame that a client could not use."""
    assert follower.ids == the_ids(expected)
    assert follower.events == expected, "the feed gives what REST gives"
    assert all(frame.data for frame in follower.frames), "no client hands its user an empty event"
    messages = [frame for frame in follower.frames if frame.event == "message"]
    assert [frame.id for frame in messages] == [event["position"] for event in expected]


def test_a_reader_behind_a_bad_line_misses_nothing_and_repeats_nothing(service: Service, follow: Follow) -> None:
    source = f"urn:test:{uuid4().hex}"
    first, second = some_events(60, source), some_events(60, source)
    publish_and_wait(service, first[:20])
    # the answers break in the middle of frames, at places that have nothing to do with theirs
    with (
        Proxy(service.url, budgets=[150, 333, 777, 1501, 2222, 3333]) as line,
        follow(f"{line.url}/v1/feed?source={source}&mission=Soyuz%20MS-18&mission=crew-3&since=all") as follower,
    ):
        publish(service, first[20:])
        follower.wait_for_events(40)
        line.cut()
        publish(service, second)
        follower.wait_for_events(80)
        expected = kept(service, source=source, mission=["soyuz-ms-18", "crew-3"])
        assert line.breaks == 6
    assert len(follower.requests) >= 7
    assert_sound(follower, expected)
    assert not follower.named("gap")


def test_a_reader_goes_on_after_the_service_was_killed(tmp_path: Path, follow: Follow) -> None:
    with Service(tmp_path, env=QUICK) as service:
        docked = some_events(40, "urn:test", type="missionwire.docking.docked")
        others = some_events(40, "urn:test", type="missionwire.launch.lifted-off")
        mixed = [event for pair in zip(docked, others, strict=True) for event in pair]
        publish(service, mixed[:40])
        with follow(f"{service.url}/v1/feed?type=missionwire.docking.*&since=all") as follower:
            follower.wait_for_events(10)
            service.kill()
            service.start()
            publish(service, mixed[40:])
            follower.wait_for_events(40)
            expected = kept(service, type="missionwire.docking.*")
        assert len(kept(service)) == 80
    assert_sound(follower, expected)
    assert len(follower.requests) >= 2
    assert not follower.named("gap")


def test_a_reader_is_told_goodbye_and_comes_back_after_the_restart(tmp_path: Path, follow: Follow) -> None:
    with Service(tmp_path, env=QUICK) as service:
        before, after = some_events(10, "urn:test"), some_events(10, "urn:test")
        with follow(f"{service.url}/v1/feed?since=all") as follower:
            publish(service, before)
            follower.wait_for_events(10)
            service.stop()
            follower.wait_until(lambda f: bool(f.named("goodbye")))
            service.start()
            publish(service, after)
            follower.wait_for_events(20)
            expected = kept(service)
    assert_sound(follower, expected)
    [goodbye] = follower.named("goodbye")
    assert goodbye.id == expected[9]["position"]
    assert follower.requests[1] == goodbye.id


def test_a_limited_feed_ends_and_its_client_stops_for_good(service: Service, follow: Follow) -> None:
    source = f"urn:test:{uuid4().hex}"
    publish_and_wait(service, some_events(8, source))
    with follow(f"{service.url}/v1/feed?source={source}&since=all&limit=5") as follower:
        assert follower.wait_for_end() == 0
    expected = kept(service, source=source)[:5]
    assert_sound(follower, expected)
    [end] = follower.named("end")
    assert follower.frames[-1] == end
    assert follower.requests == ["", end.id]
    assert follower.statuses == [200, 204]


def test_a_quiet_filter_moves_its_reader_on(service: Service, follow: Follow) -> None:
    """Else a reader of rare events would come back with a place that was trimmed long ago."""
    source = f"urn:test:{uuid4().hex}"
    with (
        Proxy(service.url) as line,
        follow(f"{line.url}/v1/feed?source={source}") as follower,
    ):
        follower.wait_until(lambda f: bool(f.named("position")))
        others = some_events(5, "urn:test:others")
        publish_and_wait(service, others)
        last = service.wait_for("urn:test:others", others[-1]["id"])["position"]
        follower.wait_until(lambda f: any(frame.id == last for frame in f.named("position")))
        line.cut()
        follower.wait_until(lambda f: len(f.requests) == 2)
        publish_and_wait(service, some_events(3, source))
        follower.wait_for_events(3)
        expected = kept(service, source=source)
    assert follower.requests[1] == last
    assert_sound(follower, expected)


def test_odd_and_long_texts_arrive_as_they_were_sent(service: Service, follow: Follow) -> None:
    """Line ends of all kinds, a byte order mark, and more than any buffer holds at once."""
    source = f"urn:test:{uuid4().hex}"
    odd = ["\ufeffdata: x\r\n\r\nid: 1\n\n", "a\u2028b\u2029c\x85d\x0be\x0cf", "Союз 🚀 联盟", ":", " ", "y" * 300_000]
    events = [an_event(source=source, data={"note": text}, subject="one") for text in odd]
    publish_and_wait(service, events)
    with follow(f"{service.url}/v1/feed?source={source}&since=all") as follower:
        follower.wait_for_events(len(odd))
    assert [event["data"]["note"] for event in follower.events] == odd
    assert_sound(follower, kept(service, source=source))


def test_heartbeats_are_nothing_to_a_client(service: Service, follow: Follow) -> None:
    source = f"urn:test:{uuid4().hex}"
    with (
        follow(f"{service.url}/v1/feed?source={source}&since=1s") as follower,
        service.frames(source=source, since="1s") as feed,
    ):
        follower.wait_until(lambda f: bool(f.frames))
        comments = (frame for frame in feed if "comment" in frame)
        assert len([*itertools.islice(comments, 3)]) == 3
        publish_and_wait(service, some_events(1, source))
        follower.wait_for_events(1)
    assert {frame.event for frame in follower.frames} == {"position", "message"}
    assert_sound(follower, kept(service, source=source))


# --- gaps -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service whose wire holds little: the first of 600 events are trimmed."""
    env = QUICK | {"MISSIONWIRE_KEEP_WIRE_BYTES": "65536"}
    with Service(tmp_path_factory.mktemp("small"), env=env) as running:
        yield running


def trimmed_place(service: Service) -> str:
    """Publish until an event was trimmed; gives its position."""
    first = an_event(subject="first")
    service.post(first)
    place: str = service.wait_for("urn:test", first["id"])["position"]
    publish(service, some_events(600, "urn:test", data={"note": "z" * 200}))
    wait_until(
        lambda: service.get(f"/v1/events/{place}").status_code != httpx.codes.OK and is_settled(service),
        "the first event is trimmed",
    )
    return place


def is_settled(service: Service) -> bool:
    """Whether nothing waits to come onto the wire, nor to be trimmed from it."""
    return metric(service, "inbox_events") == 0 and metric(service, "wire_bytes") <= 65536


def ordinal(position: str) -> int:
    """The number of an entry, which a client need not know of."""
    return int(position.rpartition("-")[2])


def test_a_reader_learns_exactly_how_many_events_were_trimmed(small_service: Service, follow: Follow) -> None:
    place = trimmed_place(small_service)
    wire = kept(small_service)
    with follow(f"{small_service.url}/v1/feed?last_event_id={place}") as follower:
        follower.wait_for_events(len(wire))
        gap = follower.frames[0]
        told = json.loads(gap.data)
        assert small_service.get(told["link"]).json()[0] == wire[0], "the link leads to what is kept"
        publish(small_service, some_events(2, "urn:test"))
        follower.wait_for_events(len(wire) + 2)
        expected = [*wire, *kept(small_service)[-2:]]
    assert gap.event == "gap"
    assert told["reason"] == "trimmed"
    assert told["from"] == place
    assert told["count"] == ordinal(wire[0]["position"]) - ordinal(place) - 1
    assert_sound(follower, expected)
    assert len(follower.named("gap")) == 1


def test_a_start_older_than_what_was_trimmed_is_told_and_all_is_not(small_service: Service) -> None:
    trimmed_place(small_service)
    wire = kept(small_service)
    for since, first in (("1h", "gap"), ("all", "position")):
        with small_service.frames(since=since, limit=len(wire)) as feed:
            frames = list(feed)
        assert [frame["event"] for frame in frames if "event" in frame] == [first, "end"], since
        assert [frame["id"] for frame in frames if "event" not in frame] == [event["position"] for event in wire]
        if first == "gap":
            told = json.loads(frames[0]["data"])
            assert (told["reason"], told["from"], told["count"]) == ("trimmed", None, None), "nobody knows how many"
            assert small_service.get(told["link"]).json()[0] == wire[0]


@pytest.mark.parametrize("reason", ["malformed", "ahead", "epoch"])
@pytest.mark.parametrize("since", ["", "&since=all"])
def test_a_reader_of_another_history_is_told_and_goes_on(
    service: Service, small_service: Service, follow: Follow, reason: str, since: str
) -> None:
    publish_and_wait(service, some_events(3, "urn:test"))
    publish_and_wait(small_service, some_events(3, "urn:test"))
    wire = kept(service)
    epoch, _, rest = wire[-1]["position"].partition(".")
    place = {
        "malformed": "what-is.this",
        "ahead": f"{epoch}.{int(rest.partition('-')[0]) + 1000}-{ordinal(rest) + 1000}",
        "epoch": kept(small_service)[-1]["position"],
    }[reason]
    with follow(f"{service.url}/v1/feed?last_event_id={place}{since}") as follower:
        follower.wait_until(lambda f: bool(f.frames))
        publish_and_wait(service, some_events(3, "urn:test"))
        expected = (wire if since else []) + kept(service, after=wire[-1]["position"])
        follower.wait_for_events(len(expected))
    gap = follower.frames[0]
    told = json.loads(gap.data)
    assert gap.event == "gap"
    assert told["reason"] == reason
    assert service.get(told["link"]).status_code == httpx.codes.OK
    assert_sound(follower, expected)


def test_a_reader_of_rare_events_meets_no_gap_when_the_wire_was_trimmed_past_its_last_one(
    small_service: Service, follow: Follow
) -> None:
    source = f"urn:test:{uuid4().hex}"
    with (
        Proxy(small_service.url) as line,
        follow(f"{line.url}/v1/feed?source={source}") as follower,
    ):
        follower.wait_until(lambda f: bool(f.frames))
        trimmed_place(small_service)
        tip = kept(small_service)[-1]["position"]
        follower.wait_until(lambda f: f.frames[-1].id == tip)
        line.cut()
        follower.wait_until(lambda f: len(f.statuses) == 2)
        publish_and_wait(small_service, some_events(2, source))
        follower.wait_for_events(2)
    assert not follower.named("gap")
    assert_sound(follower, kept(small_service, source=source))


# --- busy -------------------------------------------------------------------------------------------------------------


@pytest.mark.node
def test_an_event_source_comes_back_by_itself_when_a_place_is_free(tmp_path: Path, follow_natively: Follow) -> None:
    with (
        Service(tmp_path, env=QUICK | {"MISSIONWIRE_FEED_MAX_SUBSCRIBERS": "1"}) as service,
        Proxy(service.url) as line,
        follow_natively(f"{line.url}/v1/feed") as follower,
    ):
        follower.wait_until(lambda f: bool(f.frames))
        publish_and_wait(service, some_events(3, "urn:test"))
        follower.wait_for_events(3)
        line.is_shut = True
        line.cut()
        wait_until(lambda: metric(service, "feed_subscribers") == 0, "the place is free")
        with service.frames() as holder:
            next(iter(holder))
            line.is_shut = False
            follower.wait_until(lambda f: bool(f.named("busy")))
            publish_and_wait(service, some_events(3, "urn:test"))
        follower.wait_for_events(6, timeout_s=60)
        expected = kept(service)
    assert_sound(follower, expected)
    assert set(follower.statuses) == {200}
    assert follower.requests[-1] == expected[2]["position"], "a refusal takes no reader's place away"
    assert follower.named("busy")[0].id in ("", None, expected[2]["position"])
