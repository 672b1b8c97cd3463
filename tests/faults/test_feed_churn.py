"""Thousands of connections that abort at every phase leave nothing behind."""

import asyncio
import gc
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
import uvloop

from missionwire.feed.hub import Limits
from missionwire.store.embedded import Embedded
from tests.faults.feed_world import Running, running
from tests.faults.wire_writer import Writer

CLIENTS = Path(__file__).parent / "aborting_clients.py"

COUNT = 40_000
"""So many come from two processes, after a quarter of them that fill caches, the pool of connections and the heap."""

ROUNDS = 3
"""What leaks grows in each round; the heap grows in one or two, by what happened to be held in its middle."""

RSS_BYTES = 8 << 20
"""By so much a round may grow that counts as none."""

KINDS = ("Connection", "RequestResponseCycle", "Handover", "Subscriber", "Task", "Request")
"""Of these objects not one more may be there than before."""

CACHED = {"Channel": 40, "DirectSubscriber": 20}
"""Of these so many may be held for a while by a cache of bounded size, or by a task that waits."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform != "linux", reason="counts connections and memory in /proc"),
]


class Left:
    """What a process holds at a quiet moment."""

    def __init__(self, feed: Running) -> None:
        gc.collect()
        objects = gc.get_objects()
        kinds = Counter(type(each).__name__ for each in objects)
        self.exact = Counter({kind: kinds[kind] for kind in KINDS})
        self.cached = {kind: kinds[kind] for kind in CACHED}
        self.exact["connections of the kernel"] = _connections(feed.port)
        self.exact["uvicorn's connections"] = len(feed.server.server_state.connections)
        self.exact["uvicorn's tasks"] = len(feed.server.server_state.tasks)
        self.exact["running tasks"] = len(asyncio.all_tasks())
        self.exact |= {name: int(n) for name, n in feed.gauges.items() if name != "feed_ring_events"}
        self.tracked = len(objects)
        self.rss_bytes = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def has_settled(left: list[Left]) -> bool:
    """Tell whether the last round left no memory behind."""
    return len(left) > 1 and left[-1].rss_bytes < left[-2].rss_bytes + RSS_BYTES


def _connections(port: int) -> int:
    """Count the sockets that this end still holds open; those that wait out their time belong to no process."""
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(int(row[1].partition(":")[2], 16) == port and row[9] != "0" and row[3] != "0A" for row in rows)


async def quiet(feed: Running, is_so: Callable[[], bool] = lambda: True) -> None:
    """Wait until the feed has noticed that everybody left."""

    def is_quiet() -> bool:
        state = feed.server.server_state
        return not (feed.hub.subscribers or state.connections or state.tasks) and is_so()

    async with asyncio.timeout(60):
        while not is_quiet():
            await asyncio.sleep(0.05)  # a poll of what has no event, bounded above


async def churn(feed: Running, count: int, writer: Writer, place: str) -> None:
    """Let clients come and abort while events flow."""
    command = [sys.executable, str(CLIENTS), str(feed.port), str(count // 2), place]
    clients = [await asyncio.create_subprocess_exec(*command) for _ in range(2)]
    ended = asyncio.gather(*(client.wait() for client in clients))
    while not ended.done():
        await asyncio.to_thread(writer.publish, 2, size=500)
        await asyncio.wait([ended], timeout=0.05)
    assert await ended == [0, 0]
    await quiet(feed)


@pytest.mark.parametrize("is_direct", [True, False], ids=["handed over", "ASGI"])
def test_connections_that_abort_at_any_phase_leave_nothing_behind(
    valkey: Embedded,
    caplog: pytest.LogCaptureFixture,
    is_direct: bool,  # noqa: FBT001  # a parameter of a test
) -> None:
    caplog.set_level("ERROR", logger="uvicorn.error")  # pytest would keep a record of each request that is none
    limits = Limits(ring_bytes=100_000, catch_up_page=50, heartbeat_s=2.0, is_direct=is_direct)
    count = COUNT if is_direct else COUNT // 4  # through ASGI each costs more

    async def main() -> None:
        name = uuid4().hex[:12]
        with Writer(valkey.url, name) as writer:
            writer.publish(500, size=500)
            place = writer.written[0].position
            async with running(valkey.url, name, limits) as feed:
                await churn(feed, count // 4, writer, place)
                left = [Left(feed)]
                while len(left) <= ROUNDS and not has_settled(left):
                    await churn(feed, count, writer, place)
                    left.append(Left(feed))
                    assert not left[-1].exact - left[0].exact
                    assert all(left[-1].cached[kind] <= most for kind, most in CACHED.items()), left[-1].cached
                    # what it holds more the test itself remembers
                    assert left[-1].tracked < left[-2].tracked + 2_000 + len(writer.written)
                assert has_settled(left), [each.rss_bytes >> 20 for each in left]

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
