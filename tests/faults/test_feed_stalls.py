"""Readers that do not read, and readers that all come back at once: nobody else pays for them, and nobody loses."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest
import uvloop

from missionwire.feed.hub import Limits
from missionwire.store.embedded import Embedded
from tests.faults.crowd import Crowd, Member
from tests.faults.feed_world import Running, running
from tests.faults.wire_writer import Writer
from tests.service import PLAIN

BUFFER_BYTES = 8192


def run(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a coroutine on the loop that the service runs on."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())


@asynccontextmanager
async def a_feed(valkey: Embedded, limits: Limits, *, events: int = 0) -> AsyncIterator[tuple[Writer, Running]]:
    name = uuid4().hex[:12]
    with Writer(valkey.url, name) as writer:
        writer.publish(1 + events)
        async with running(valkey.url, name, limits, send_buffer_bytes=BUFFER_BYTES) as feed:
            yield writer, feed


@pytest.fixture
def gather() -> Iterator[Callable[[list[Member]], Crowd]]:
    """Gives crowds whose sockets are closed in the end."""
    everybody: list[Member] = []

    def crowd_of(members: list[Member]) -> Crowd:
        everybody.extend(members)
        return Crowd(members)

    yield crowd_of
    for member in everybody:
        if not member.is_closed:
            member.close()


async def until(is_so: Callable[[], bool], what: str, timeout_s: float = 30) -> None:
    try:
        async with asyncio.timeout(timeout_s):
            while not is_so():
                await asyncio.sleep(0.01)  # a poll of what has no event, bounded above
    except TimeoutError:
        pytest.fail(f"not in {timeout_s} s: {what}")


@pytest.mark.slow
@pytest.mark.parametrize("is_direct", [True, False], ids=["handed over", "ASGI"])
def test_who_never_reads_is_put_aside_then_closed_and_resumes_with_all_of_it_once(
    valkey: Embedded,
    gather: Callable[[list[Member]], Crowd],
    is_direct: bool,  # noqa: FBT001  # a parameter of a test
) -> None:
    limits = Limits(write_timeout_s=5.0, heartbeat_s=6.0, ring_bytes=100_000, catch_up_page=20, is_direct=is_direct)

    async def main() -> None:
        members = [Member() for _ in range(500)]
        stalled, reading = members[::10], [m for i, m in enumerate(members) if i % 10]
        async with a_feed(valkey, limits) as (writer, feed):
            crowd = gather(members)
            others, late = Crowd(reading), Crowd(stalled)
            await asyncio.to_thread(crowd.connect, feed.port, buffer_bytes=BUFFER_BYTES)
            await asyncio.to_thread(crowd.read_until_begun)
            first, told = writer.written[-1].n + 1, b""
            for _ in range(20):
                writer.publish(10, size=1000)
                await asyncio.to_thread(others.read_until, writer.place)
                if not told and feed.gauges["feed_subscribers_paused"] == len(stalled):
                    told = await _metrics(feed)
            if is_direct:  # through ASGI the server does not tell
                assert b"missionwire_feed_subscribers_paused 50" in told
            await until(lambda: feed.gauges["feed_subscribers"] == len(reading), "the stalled are closed")
            writer.publish(10)
            await asyncio.to_thread(others.read_until, writer.place)

            await asyncio.to_thread(late.read_to_the_end)
            late.close()
            assert all(not _is_all(m, first, writer) for m in stalled), "they have not got everything yet"
            await asyncio.to_thread(late.connect, feed.port)
            await asyncio.to_thread(late.read_until, writer.place)
            crowd.close()
            await until(lambda: feed.gauges["feed_subscribers"] == 0, "all have left")
            for member in members:
                assert _is_all(member, first, writer), member.ordinals
                assert b"gap" not in member.named

    run(main)


def _is_all(member: Member, first: int, writer: Writer) -> bool:
    return member.ordinals == list(range(first, writer.written[-1].n + 1))


async def _metrics(feed: Running) -> bytes:
    async with httpx.AsyncClient(verify=PLAIN) as client:
        return (await client.get(f"http://127.0.0.1:{feed.port}/metrics")).content


@pytest.mark.slow
@pytest.mark.parametrize("is_direct", [True, False], ids=["handed over", "ASGI"])
@pytest.mark.parametrize("ring_bytes", [20_000, 1 << 20], ids=["from the log", "from the ring"])
def test_a_thousand_who_come_back_at_once_lose_nothing(
    valkey: Embedded,
    gather: Callable[[list[Member]], Crowd],
    is_direct: bool,  # noqa: FBT001  # a parameter of a test
    ring_bytes: int,
) -> None:
    limits = Limits(ring_bytes=ring_bytes, catch_up_page=50, is_direct=is_direct)

    async def main() -> None:
        async with a_feed(valkey, limits, events=300) as (writer, feed):
            places = writer.written[::3]
            starts = [places[i % len(places)] for i in range(1000)]
            members = [Member(place=start.position) for start in starts]
            crowd = gather(members)
            writing = asyncio.create_task(_write_on(writer))
            await asyncio.to_thread(crowd.connect, feed.port)
            await writing
            await asyncio.to_thread(crowd.read_until, writer.place)
            assert feed.hub.refused == 0
            crowd.close()
            for member, start in zip(members, starts, strict=True):
                assert _is_all(member, start.n + 1, writer), member.ordinals
                assert b"gap" not in member.named
            await until(lambda: feed.gauges["feed_subscribers"] == 0, "all have left")

    run(main)


async def _write_on(writer: Writer) -> None:
    for _ in range(20):
        await asyncio.to_thread(writer.publish, 5)
