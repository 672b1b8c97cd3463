"""The fan-out: what a pass writes to all who are live, and how those who are not come back."""

import asyncio
import random
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from missionwire.domain.errors import MissionwireError
from missionwire.domain.position import Position
from missionwire.feed.channels import Channel, Match
from missionwire.feed.direct import DirectSubscriber
from missionwire.feed.frames import chunk, gap_frame, goodbye_frame
from missionwire.feed.ring import Frame

if TYPE_CHECKING:
    from missionwire.feed.hub import Hub

YIELD_EVERY: Final = 100
"""Writes after which other tasks get their turn, about half a millisecond."""

SLOTS: Final = 64
"""Heartbeats are spread over so many slots of the interval."""

_AWAY_S: Final = 0.5

GOODBYE_SHARE: Final = 0.02
GOODBYE_EVERY_S: Final = 0.02


class Fanout:
    """All direct subscribers of a process."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._paused: dict[DirectSubscriber, None] = {}
        self._behind: OrderedDict[tuple[str, int], dict[DirectSubscriber, None]] = OrderedDict()
        self._work = asyncio.Event()
        self._slots: list[dict[DirectSubscriber, None]] = [{} for _ in range(SLOTS)]
        self._slot_of: dict[DirectSubscriber, int] = {}
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def paused_count(self) -> int:
        """How many have a full socket."""
        return len(self._paused)

    @property
    def behind_count(self) -> int:
        """How many wait to be served from the log."""
        return sum(map(len, self._behind.values()))

    def start(self) -> None:
        """Start the catch-up readers and the sweeper."""
        self._tasks = [asyncio.create_task(self._catch_up(), name="feed catch-up")]
        self._tasks += [
            asyncio.create_task(self._catch_up(), name="feed catch-up")
            for _ in range(self._hub.limits.catch_up_reads - 1)
        ]
        self._tasks.append(asyncio.create_task(self._sweep(), name="feed sweep"))

    async def stop(self) -> None:
        """Stop the tasks; connections are closed by `goodbye` before."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # --- joining and leaving --------------------------------------------------------------------------------------

    def join(self, subscriber: DirectSubscriber, head: bytes) -> None:
        """Take a new subscriber: its head and first frame leave in one write, with what the ring has for it."""
        slot = random.randrange(SLOTS)  # noqa: S311  # spread
        self._slots[slot][subscriber] = None
        self._slot_of[subscriber] = slot
        subscriber.transport.write(head)
        if not subscriber.is_paused:
            self._go_on(subscriber)

    def left(self, subscriber: DirectSubscriber) -> None:
        """Forget a subscriber."""
        slot = self._slot_of.pop(subscriber, None)
        if slot is None:
            return
        del self._slots[slot][subscriber]
        self._paused.pop(subscriber, None)
        subscriber.channel.live.pop(subscriber, None)
        self._behind.get((subscriber.epoch, subscriber.n), {}).pop(subscriber, None)
        self._hub.leave(subscriber.channel)

    def paused(self, subscriber: DirectSubscriber) -> None:
        """Take a subscriber with a full socket out of the live set."""
        subscriber.channel.live.pop(subscriber, None)
        self._paused[subscriber] = None

    def resumed(self, subscriber: DirectSubscriber) -> None:
        """Serve a subscriber whose socket is empty again."""
        if self._paused.pop(subscriber, 0) is None:
            self._go_on(subscriber)

    def _go_on(self, subscriber: DirectSubscriber) -> None:
        """Serve from the ring until caught up or the socket is full; who stands before the ring waits for the log."""
        hub = self._hub
        while not subscriber.is_paused and not subscriber.transport.is_closing():
            if subscriber.epoch != hub.epoch:
                self._wait_for_log(subscriber)
                return
            if subscriber.n >= hub.tip.n:
                subscriber.channel.live[subscriber] = None
                return
            if not hub.ring.reaches(subscriber.n):
                self._wait_for_log(subscriber)
                return
            self._from_ring(subscriber)

    def _wait_for_log(self, subscriber: DirectSubscriber) -> None:
        self._behind.setdefault((subscriber.epoch, subscriber.n), {})[subscriber] = None
        self._work.set()

    def _from_ring(self, subscriber: DirectSubscriber) -> None:
        hub = self._hub
        tip = hub.tip
        matches, is_cut = subscriber.channel.after(subscriber.n, tip.n, hub.limits.pass_bytes, None)
        last: Frame | None = hub.ring.at(matches[-1].n) if is_cut else None
        ms, n = (last.ms, last.n) if last is not None else (tip.ms, tip.n)
        if not matches:
            subscriber.ms, subscriber.n = ms, n
            return
        hub.delivered += len(matches)
        subscriber.send(b"".join(m.chunk for m in matches), ms, n, matches[-1].n)

    # --- the pass -------------------------------------------------------------------------------------------------

    async def pass_on(self, channels: Iterable[tuple[Channel, Sequence[Match]]], ms: int, n: int) -> None:
        """Write what is new to all who are live, channel by channel, in pieces of a bounded size."""
        written = 0
        for channel, matches in channels:
            for piece in _pieces(matches, self._hub.limits.pass_bytes):
                is_last = piece[-1] is matches[-1]
                data = b"".join(match.chunk for match in piece)
                place = (ms, n) if is_last else (piece[-1].ms, piece[-1].n)
                for subscriber in _rotated(channel.live):
                    if subscriber.n >= piece[-1].n or subscriber.is_paused or subscriber not in channel.live:
                        continue  # it joined, or left the live set, while this pass was under way
                    subscriber.send(data, *place, piece[-1].n)
                    self._hub.delivered += len(piece)
                    written += 1
                    if written % YIELD_EVERY == 0:
                        await asyncio.sleep(0)

    # --- catching up from the log ---------------------------------------------------------------------------------

    async def _catch_up(self) -> None:
        """Serve those who stand at one place together: a page is read and encoded once for all of them."""
        while True:
            while not self._behind:
                self._work.clear()
                await self._work.wait()
            (epoch, n), waiting = self._behind.popitem(last=False)
            group = [subscriber for subscriber in waiting if self._is_here(subscriber)]
            if not group:
                continue
            try:
                is_served = await self._serve_page(Position(epoch, group[0].ms, n), group)
            except MissionwireError:
                is_served = False  # the store is away
            if not is_served:  # places are kept
                for subscriber in filter(self._is_here, group):
                    self._wait_for_log(subscriber)
                await asyncio.sleep(_AWAY_S)

    def _is_here(self, subscriber: DirectSubscriber) -> bool:
        return subscriber in self._slot_of and not subscriber.transport.is_closing()

    async def _serve_page(self, place: Position, group: list[DirectSubscriber]) -> bool:
        """Serve who stands at a place. False when the log is another one, and the hub has yet to notice."""
        hub = self._hub
        if place.epoch != hub.epoch:
            return await self._find_again(place, group)
        entries = await hub.wire.after(place.ms, place.n, count=hub.limits.catch_up_page)
        if not entries or place.epoch != hub.epoch:
            return False
        if entries[0].n != place.n + 1:
            return await self._find_again(place, group)
        frames = [hub.frame(entry) for entry in entries]
        pages: dict[Channel, list[Frame]] = {}
        for written, subscriber in enumerate(group, start=1):
            channel = subscriber.channel
            if channel not in pages:
                pages[channel] = [f for f in frames if channel.filter.matches(f.facets)]
            self._send_page(subscriber, pages[channel], frames[-1])
            if written % YIELD_EVERY == 0:
                await asyncio.sleep(0)
        return True

    def _send_page(self, subscriber: DirectSubscriber, passed: list[Frame], last: Frame) -> None:
        if not self._is_here(subscriber):
            return  # it left meanwhile
        if passed:
            self._hub.delivered += len(passed)
            subscriber.send(b"".join(f.chunk for f in passed), last.ms, last.n, passed[-1].n)
        else:
            subscriber.ms, subscriber.n = last.ms, last.n
        if not subscriber.is_paused:
            self._go_on(subscriber)

    # --- a log that is not what it was ----------------------------------------------------------------------------

    def start_over(self, passed: Position) -> None:
        """Let all who are live be served by their place, for the ring holds another part of the log, or another log.

        They had got all up to the end of the last whole pass.
        """
        for channel in self._hub.channels:
            live, channel.live = channel.live, {}
            for subscriber in live:
                if subscriber.n < passed.n:
                    subscriber.ms, subscriber.n = passed.ms, passed.n
                self._wait_for_log(subscriber)

    async def _find_again(self, place: Position, group: list[DirectSubscriber]) -> bool:
        """Find out where a place stands now, and tell who stood there what is missing."""
        hub = self._hub
        gone = await hub.log.locate(place)
        if hub.epoch != hub.log.epoch:
            return False
        to = place._replace(epoch=hub.epoch) if gone is None else gone.restart or hub.now
        for written, subscriber in enumerate(group, start=1):
            if self._is_here(subscriber):
                subscriber.epoch = to.epoch
                if gone is not None:
                    hub.gaps += 1
                    subscriber.send(chunk(gap_frame(gone, to)), to.ms, to.n, to.n)
                if not subscriber.is_paused:
                    self._go_on(subscriber)
            if written % YIELD_EVERY == 0:
                await asyncio.sleep(0)
        return True

    # --- time -----------------------------------------------------------------------------------------------------

    async def _sweep(self) -> None:
        """Beat for one slot after another, and close who has taken nothing for too long."""
        slot = 0
        while True:
            await asyncio.sleep(self._hub.limits.heartbeat_s / SLOTS)
            slot = (slot + 1) % SLOTS
            self._beat(slot)
            self._hub.forget()
            now_s = time.monotonic()
            for subscriber in [s for s in self._paused if now_s - s.paused_s > self._hub.limits.write_timeout_s]:
                subscriber.abort()

    def _beat(self, slot: int) -> None:
        hub = self._hub
        position = None if hub.is_away else hub.passed
        for subscriber in list(self._slots[slot]):
            if subscriber in subscriber.channel.live:
                subscriber.beat(subscriber.place if position is None else self._served(subscriber, position))

    def _served(self, subscriber: DirectSubscriber, passed: Position) -> Position:
        """Give how far a subscriber was served, who is live: it may be ahead of the last whole pass, in another one."""
        return passed if passed.n > subscriber.n else subscriber.place

    async def goodbye(self) -> None:
        """Say goodbye to everybody, a few at a time and in no order, and close."""
        hub = self._hub
        everybody = list(self._slot_of)
        random.shuffle(everybody)
        step = max(1, int(len(everybody) * GOODBYE_SHARE))
        give_up_s = time.monotonic() + hub.limits.drain_s
        for start in range(0, len(everybody), step):
            for subscriber in islice(everybody, start, start + step):
                if self._is_here(subscriber):
                    is_live = subscriber in subscriber.channel.live
                    place = self._served(subscriber, hub.passed) if is_live else subscriber.place
                    subscriber.end(goodbye_frame(place, hub.limits.drain_s))
            await asyncio.sleep(GOODBYE_EVERY_S)
        while self._slot_of and time.monotonic() < give_up_s:
            await asyncio.sleep(GOODBYE_EVERY_S)
        for subscriber in list(self._slot_of):
            subscriber.abort()
        await asyncio.sleep(0)


def _rotated(live: dict[DirectSubscriber, None]) -> list[DirectSubscriber]:
    """Give the live ones from another start each time, so that nobody is always last."""
    everybody = list(live)
    start = random.randrange(len(everybody)) if everybody else 0  # noqa: S311  # fairness, not secrecy
    return everybody[start:] + everybody[:start]


def _pieces(matches: Sequence[Match], max_bytes: int) -> Iterable[Sequence[Match]]:
    start = size = 0
    for i, match in enumerate(matches):
        size += len(match.chunk)
        if size > max_bytes and i > start:
            yield matches[start:i]
            start, size = i, len(match.chunk)
    yield matches[start:]
