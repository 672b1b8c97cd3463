"""A plain Redis client reads the public wire, and sees what the feed gives in the same order."""

import json
from uuid import uuid4

import redis

from tests.foreign.traffic import kept, publish, publish_and_wait, some_events, wait_until
from tests.service import Service

KEY = "{missionwire:main}:wire"


def connect(service: Service) -> "redis.Redis":
    """Connect to the embedded server, where its folder says it is."""
    told = json.loads((service.data_dir / "server.json").read_text())
    return redis.Redis.from_url(told["url"], protocol=2)


def test_xread_gives_the_events_of_the_feed_in_its_order(service: Service) -> None:
    publish_and_wait(service, some_events(30, f"urn:test:{uuid4().hex}"))
    with connect(service) as client:
        [[key, entries]] = client.xread({KEY: "0-0"})
    with service.frames(since="all", limit=len(entries)) as feed:
        frames = [frame for frame in feed if "event" not in frame and "data" in frame]
    assert key.decode() == KEY
    assert [set(fields) for _, fields in entries] == [{b"event"}] * len(entries)
    served = [json.loads(frame["data"]) for frame in frames]
    positions = [event.pop("position") for event in served]
    assert [json.loads(fields[b"event"]) for _, fields in entries] == served
    assert positions == [frame["id"] for frame in frames]
    ordinals = [int(id_.partition(b"-")[2]) for id_, _ in entries]
    assert ordinals == list(range(ordinals[0], ordinals[0] + len(entries))), "without holes"
    moments_ms = [int(id_.partition(b"-")[0]) for id_, _ in entries]
    assert moments_ms == sorted(moments_ms)


def test_a_blocking_xread_and_a_group_of_its_own_follow_live(service: Service) -> None:
    source, group = f"urn:test:{uuid4().hex}", uuid4().hex
    events = some_events(10, source)
    with connect(service) as client:
        last = client.xinfo_stream(KEY)["last-generated-id"] if client.exists(KEY) else b"0-0"
        client.xgroup_create(KEY, group, last, mkstream=True)
        publish(service, events)
        alone: list[str] = []
        while len(alone) < len(events):
            answer = client.xread({KEY: last}, block=20_000)
            assert answer, "nothing came"
            alone += [json.loads(fields[b"event"])["id"] for _, fields in answer[0][1]]
            last = answer[0][1][-1][0]
        [[_, entries]] = client.xreadgroup(group, "reader", {KEY: ">"}, count=100)
        client.xgroup_destroy(KEY, group)
    in_group = [json.loads(fields[b"event"])["id"] for _, fields in entries]
    wait_until(lambda: len(kept(service, source=source)) == len(events), "REST has them")
    assert alone == in_group == [event["id"] for event in kept(service, source=source)]
