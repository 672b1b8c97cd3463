"""Whatever happens at whichever await point of a subscriber's life, its history has no hole, no repeat, no inversion.

A life is run once for each of its turns, with the deed at that turn: two awaits lie in different turns of the loop.
"""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Sized
from functools import partial
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

import pytest
from msgspec import structs

from missionwire.feed.hub import Limits
from missionwire.store.embedded import Embedded
from tests.faults.feed_reader import AppReader, History, Reader
from tests.faults.feed_world import Running, running
from tests.faults.turns import Life, Turns
from tests.faults.wire_writer import MISSIONS, Writer
from tests.service import an_event

T = TypeVar("T")

slow = pytest.mark.slow

BIG = 30_000
"""More than what lies between the service and a reader that takes nothing, with the small buffers of these tests."""

LIFE_S = 10.0

TIGHT = Limits(ring_bytes=1200, pass_bytes=700, catch_up_page=2, catch_up_bytes=700, catch_up_reads=2, drain_s=2.0)
"""A ring of three events or less, two in a write, two in a page: each branch is taken by a handful of events."""


class Way(NamedTuple):
    """How a reader is served."""

    name: str
    is_direct: bool = True
    http: str = "1.1"
    is_in_process: bool = False


DIRECT = Way("handed over")
OLD = Way("handed over, HTTP/1.0", http="1.0")
ASGI = Way("ASGI", is_direct=False)
OLD_ASGI = Way("ASGI, HTTP/1.0", is_direct=False, http="1.0")
APP = Way("the app alone", is_direct=False, is_in_process=True)
WAYS = (DIRECT, OLD, ASGI, OLD_ASGI, APP)


class Scene(NamedTuple):
    """What a life and a deed have to do with."""

    turns: Turns
    writer: Writer
    feed: Running
    reader: Reader
    start: str

    def completion(self) -> Life:
        """Read until all is there, connecting anew as often as it takes."""
        while True:
            yield lambda: self.reader.is_complete or (self.reader.is_closed and not self.feed.hub.is_away)
            if self.reader.history.is_complete:
                return
            self.reader.connect(self.feed.port)

    def until_idle(self) -> Callable[[], bool]:
        return lambda: self.turns.is_idle


# --- lives ------------------------------------------------------------------------------------------------------------


def follows_from_now(scene: Scene) -> Life:
    scene.reader.connect(scene.feed.port)
    yield lambda: scene.reader.is_complete or scene.reader.has_begun
    yield scene.until_idle()
    scene.writer.publish()
    yield from scene.completion()


def resumes(scene: Scene) -> Life:
    scene.reader.history.start(scene.start)
    scene.reader.connect(scene.feed.port)
    yield from scene.completion()
    scene.writer.publish()
    yield from scene.completion()


def comes_back(scene: Scene) -> Life:
    scene.reader.history.start(scene.start)
    for _ in range(3):
        scene.reader.connect(scene.feed.port)
        yield lambda: scene.reader.is_complete or scene.reader.has_begun
        scene.reader.close()
        scene.writer.publish(2)
    scene.reader.connect(scene.feed.port)
    yield from scene.completion()


def lags(scene: Scene) -> Life:
    """Stall while live, take a little now and then, and come back by way of log and ring."""
    scene.reader.connect(scene.feed.port)
    yield lambda: scene.reader.is_complete or scene.reader.has_begun
    yield scene.until_idle()
    scene.writer.publish(2, size=BIG)
    yield scene.until_idle()
    scene.writer.publish(4)
    yield scene.until_idle()
    for _ in range(4):
        scene.reader.read(BIG // 2)
        yield scene.until_idle()
    yield from scene.completion()
    scene.writer.publish()
    yield from scene.completion()


LIVES = (follows_from_now, resumes, comes_back, lags)


# --- deeds ------------------------------------------------------------------------------------------------------------


def publishes_one(scene: Scene) -> None:
    scene.writer.publish()


def publishes_many(scene: Scene) -> None:
    """More than the ring, a page and a pass hold."""
    scene.writer.publish(6)


def publishes_big(scene: Scene) -> None:
    scene.writer.publish(1, size=BIG)


def publishes_a_lot(scene: Scene) -> None:
    """A pass over many has some twenty turns then."""
    scene.writer.publish(30)


def trims(scene: Scene) -> None:
    scene.writer.publish(2)
    scene.writer.trim(400)


def cuts(scene: Scene) -> None:
    """The server goes away and comes back, and there is news meanwhile."""
    scene.writer.cut_connections()
    scene.writer.publish(2)


def loses_the_log(scene: Scene) -> None:
    scene.writer.lose()
    scene.writer.publish(3)


def loses_the_log_and_connections(scene: Scene) -> None:
    scene.writer.lose()
    scene.writer.cut_connections()
    scene.writer.publish(3)


# --- running them -----------------------------------------------------------------------------------------------------


def run(main: Callable[[Turns], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine on a loop whose turns can be stepped."""
    turns = Turns()
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(turns)) as runner:
        return runner.run(main(turns))


class Stage:
    """A running feed, on which one life after the other is played."""

    def __init__(self, turns: Turns, writer: Writer, feed: Running, way: Way, *, is_filtered: bool) -> None:
        self._turns = turns
        self._writer = writer
        self._feed = feed
        self._way = way
        self._is_filtered = is_filtered

    async def play(self, life: Callable[[Scene], Life], deed: Callable[[Scene], None], at: Collection[int]) -> int:
        """Play a life with the deed at these of its turns; gives how many it had."""
        start = self._writer.place
        self._writer.publish(7)
        history = History(self._writer, lambda written: not self._is_filtered or written.mission == MISSIONS[0])
        query = f"?mission={MISSIONS[0]}" if self._is_filtered else ""
        reader = (
            AppReader(history, self._feed.app, query=query)
            if self._way.is_in_process
            else Reader(history, query=query, http=self._way.http)
        )
        scene = Scene(self._turns, self._writer, self._feed, reader, start)
        try:
            return await self._turns.play(life(scene), lambda: deed(scene), at, lambda: history, LIFE_S)
        finally:
            reader.close()


@contextlib.asynccontextmanager
async def stage(turns: Turns, valkey: Embedded, way: Way, *, is_filtered: bool = False) -> AsyncIterator[Stage]:
    """Set up a running feed with some history."""
    name = uuid4().hex[:12]
    limits = structs.replace(TIGHT, is_direct=way.is_direct)
    with Writer(valkey.url, name) as writer:
        writer.publish(7)
        async with running(valkey.url, name, limits) as feed:
            yield Stage(turns, writer, feed, way, is_filtered=is_filtered)


def at_each_turn(
    valkey: Embedded,
    way: Way,
    life: Callable[[Scene], Life],
    deed: Callable[[Scene], None],
    *,
    is_filtered: bool = False,
    every: int = 1,
) -> None:
    """Play a life as often as it has turns, with the deed at one after the other, and once with it at many of them.

    With `every`, only one turn of so many has its play: first, last or in between, another one in each life and way.
    """
    first = (WAYS.index(way) + LIVES.index(life)) % every

    async def main(turns: Turns) -> None:
        async with stage(turns, valkey, way, is_filtered=is_filtered) as played:
            turn, longest = first, first + 1
            while turn < longest:
                longest = max(longest, await played.play(life, deed, [turn]))
                turn += every
            assert longest > 10, "a life has turns"
            await played.play(life, deed, range(0, min(longest, 100), 2 * every))

    run(main)


ways = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
lives = pytest.mark.parametrize("life", LIVES)
filtered = pytest.mark.parametrize("is_filtered", [False, True], ids=["all", "filtered"])


@pytest.mark.parametrize("way", [DIRECT, ASGI], ids=lambda way: way.name)
@pytest.mark.parametrize("life", [resumes])
def test_an_event_at_any_turn_of_a_life_comes_once_and_in_its_place(
    valkey: Embedded, way: Way, life: Callable[[Scene], Life]
) -> None:
    at_each_turn(valkey, way, life, publishes_one)


@slow
@pytest.mark.parametrize("deed", [publishes_one, publishes_many, publishes_big, trims])
@filtered
@lives
@ways
def test_whatever_is_written_or_trimmed_at_any_turn_no_history_is_wrong(
    valkey: Embedded,
    way: Way,
    life: Callable[[Scene], Life],
    deed: Callable[[Scene], None],
    is_filtered: bool,  # noqa: FBT001  # a parameter of a test
) -> None:
    at_each_turn(valkey, way, life, deed, is_filtered=is_filtered, every=1 if way in (DIRECT, ASGI) else 5)


@slow
@pytest.mark.parametrize("deed", [cuts, loses_the_log, loses_the_log_and_connections])
@lives
@pytest.mark.parametrize("way", [DIRECT, ASGI, APP], ids=lambda way: way.name)
def test_whatever_becomes_of_the_store_at_any_turn_no_history_is_wrong(
    valkey: Embedded, way: Way, life: Callable[[Scene], Life], deed: Callable[[Scene], None]
) -> None:
    at_each_turn(valkey, way, life, deed, every=7)


# --- many -------------------------------------------------------------------------------------------------------------

MANY = 130
"""More than a pass writes to before it lets others have their turn."""


def _has_begun(reader: Reader) -> bool:
    reader.read()
    return reader.has_begun


def _is_complete(reader: Reader, goodbyes: Sized) -> bool:
    return reader.is_complete or len(goodbyes) > 0


def _is_told(reader: Reader) -> bool:
    reader.read()
    return reader.is_closed


async def crowd_of(count: int, turns: Turns, writer: Writer, feed: Running) -> list[Reader]:
    """Connect live readers, and wait until each has its first frame."""
    readers = [Reader(History(writer, lambda _: True)) for _ in range(count)]

    def connecting() -> Life:
        for reader in readers:
            reader.connect(feed.port, buffer_bytes=1 << 16)
            yield partial(_has_begun, reader)

    await turns.play(connecting(), lambda: None, [], lambda: "not all connect", LIFE_S)
    return readers


@slow
@pytest.mark.parametrize("way", [DIRECT, ASGI], ids=lambda way: way.name)
def test_a_goodbye_at_any_turn_of_a_pass_over_many_names_the_place_to_come_back_to(valkey: Embedded, way: Way) -> None:
    """The rule of a history holds at the id of a goodbye as at any other: no hole and no repeat for who comes back."""
    limits = structs.replace(TIGHT, is_direct=way.is_direct, pass_bytes=300)

    async def at(turn: int, turns: Turns, writer: Writer, name: str) -> int:
        async with running(valkey.url, name, limits, send_buffer_bytes=1 << 16) as feed:
            readers = await crowd_of(MANY, turns, writer, feed)
            goodbyes: list[asyncio.Task[None]] = []

            def goodbye() -> None:
                feed.hub.drain()
                goodbyes.append(asyncio.get_running_loop().create_task(feed.hub.fanout.goodbye()))

            def life() -> Life:
                writer.publish(3)
                for reader in readers:
                    yield partial(_is_complete, reader, goodbyes)
                if not goodbyes:
                    return
                for reader in readers:
                    yield partial(_is_told, reader)

            had = await turns.play(life(), goodbye, [turn], lambda: "not all are told", LIFE_S)
            for reader in readers:
                reader.read()
                assert not goodbyes or reader.history.named[-1].startswith("goodbye:"), reader.history
                reader.close()
            await asyncio.gather(*goodbyes)
            return had

    async def main(turns: Turns) -> None:
        name = uuid4().hex[:12]
        with Writer(valkey.url, name) as writer:
            writer.publish(3)
            turn = 0
            while turn < await at(turn, turns, writer, name):
                turn += 1
            assert turn > 2, "a pass has turns"

    run(main)


@slow
def test_nobody_is_always_the_last_of_a_pass(valkey: Embedded) -> None:
    async def main(turns: Turns) -> None:
        name = uuid4().hex[:12]
        with Writer(valkey.url, name) as writer:
            writer.publish()
            async with running(valkey.url, name, Limits(), send_buffer_bytes=1 << 16) as feed:
                readers = await crowd_of(250, turns, writer, feed)
                first: set[Reader] = set()

                def life() -> Life:
                    for _ in range(40):
                        writer.publish()
                        yield lambda: any([reader.is_complete for reader in readers])  # noqa: C419  # each is to be read
                        got = {reader for reader in readers if reader.history.is_complete}
                        assert len(got) < len(readers), "a pass lets others have their turn"
                        first.update(got)
                        yield lambda: all(reader.is_complete for reader in readers)

                await turns.play(life(), lambda: None, [], lambda: "not all are served", 60)
                assert first == set(readers)
                for reader in readers:
                    reader.close()

    run(main)


@slow
def test_a_post_is_answered_while_a_pass_over_many_is_under_way(valkey: Embedded) -> None:
    async def main(turns: Turns) -> None:
        name = uuid4().hex[:12]
        with Writer(valkey.url, name) as writer:
            writer.publish()
            limits = Limits(pass_bytes=300)
            async with running(valkey.url, name, limits, send_buffer_bytes=1 << 20) as feed:
                readers = await crowd_of(300, turns, writer, feed)
                event = json.dumps(an_event()).encode()
                head = f"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: {len(event)}\r\n"
                request = f"{head}Content-Type: application/cloudevents+json\r\n\r\n".encode() + event
                with socket.create_connection(("127.0.0.1", feed.port)) as posting:
                    answer = bytearray()

                    def is_answered() -> bool:
                        with contextlib.suppress(BlockingIOError):
                            answer.extend(posting.recv(4096))
                        return bool(answer)

                    def life() -> Life:
                        writer.publish(100)
                        yield lambda: readers[0].history.n < feed.hub.tip.n and feed.hub.passed.n < feed.hub.tip.n
                        posting.sendall(request)
                        posting.settimeout(0)
                        yield is_answered
                        assert answer.startswith(b"HTTP/1.1 202"), answer
                        assert feed.hub.passed.n < feed.hub.tip.n, "the pass is still under way"

                    await turns.play(life(), lambda: None, [], lambda: f"no answer: {answer!r}", 60)
                for reader in readers:
                    reader.close()

    run(main)


@slow
@pytest.mark.parametrize("life", [resumes, comes_back])
def test_who_comes_in_the_middle_of_a_pass_over_many_gets_all_once(
    valkey: Embedded, life: Callable[[Scene], Life]
) -> None:
    """A pass lets others have their turn: some join, catch up and leave while it is under way."""

    async def main(turns: Turns) -> None:
        name = uuid4().hex[:12]
        with Writer(valkey.url, name) as writer:
            writer.publish(7)
            limits = structs.replace(TIGHT, ring_bytes=1 << 20)
            async with running(valkey.url, name, limits, send_buffer_bytes=1 << 16) as feed:
                readers = await crowd_of(MANY, turns, writer, feed)
                played = Stage(turns, writer, feed, DIRECT, is_filtered=False)
                turn, longest = 0, 1
                while turn < longest:
                    longest = max(longest, await played.play(life, publishes_a_lot, [turn]))
                    turn += 2
                    for reader in readers:
                        reader.read()
                await turns.play(_all_read(readers), lambda: None, [], lambda: "not all are served", LIFE_S)
                for reader in readers:
                    reader.close()

    run(main)


def _all_read(readers: list[Reader]) -> Life:
    for reader in readers:
        yield partial(_is_complete, reader, ())
