import asyncio
from typing import Any

from missionwire.domain.cloudevents import normalised
from missionwire.pipeline.calls import Caller
from missionwire.pipeline.pipeline import Pipeline
from missionwire.pipeline.plan import make_plan
from tests.unit.pipeline.made import participant


async def most_at_a_time(concurrency: int | None, events: int) -> int:
    """How many calls of one plugin were under way at most, when so many events come at once."""
    under_way = most = 0

    async def enrich(event: Any) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        for _ in range(5):
            await asyncio.sleep(0)
        under_way -= 1

    caller = Caller()
    pipeline = Pipeline(make_plan([participant("a", {"enrich": enrich}, concurrency=concurrency)]), caller)
    sent = {"specversion": "1.0", "id": "1", "source": "urn:test", "type": "missionwire.test.performed"}
    await asyncio.gather(*(pipeline.event(normalised(sent)) for _ in range(events)))
    caller.close()
    return most


async def test_a_plugin_gets_no_more_calls_at_a_time_than_the_operator_set() -> None:
    assert await most_at_a_time(2, events=10) == 2


async def test_without_a_bound_all_events_meet_it_at_once() -> None:
    assert await most_at_a_time(None, events=10) == 10
