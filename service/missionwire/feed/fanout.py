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
from missionwire.store.log import Gone

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
        self._behind: OrderedDict[int, dict[DirectSubscriber, None]] = OrderedDict()
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
        self._behind.get(subscriber.n, {}).pop(subscriber, None)
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
            if subscriber.n >= hub.tip.n:
                subscriber.channel.live[subscriber] = None
                return
            if not hub.ring.reaches(subscriber.n):
                self._behind.setdefault(subscriber.n, {})[subscriber] = None
                self._work.set()
                return
            self._from_ring(subscriber)

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
                place = (ms, n) if is_last else (self._hub.ring_ms(piece[-1].n, ms), piece[-1].n)
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
            n, waiting = self._behind.popitem(last=False)
            group = [subscriber for subscriber in waiting if subscriber in self._slot_of]
            if not group:
                continue
            try:
                await self._serve_page(n, group)
            except MissionwireError:
                self._behind.setdefault(n, {}).update(dict.fromkeys(group))
                await asyncio.sleep(_AWAY_S)  # the store is away; places are kept

    async def _serve_page(self, n: int, group: list[DirectSubscriber]) -> None:
        hub = self._hub
        entries = await hub.wire.after(group[0].ms, n, count=hub.limits.catch_up_page)
        if not entries:
            await asyncio.sleep(_AWAY_S)  # the tip was read, and is not there any more: the hub will notice
            for subscriber in group:
                self._go_on(subscriber)
            return
        if entries[0].n != n + 1:
            self._tell_trimmed(group, entries[0].ms, entries[0].n)
        frames = [hub.frame(entry) for entry in entries]
        pages: dict[Channel, list[Frame]] = {}
        for written, subscriber in enumerate(group, start=1):
            channel = subscriber.channel
            if channel not in pages:
                pages[channel] = [f for f in frames if channel.filter.matches(f.facets)]
            self._send_page(subscriber, pages[channel], frames[-1])
            if written % YIELD_EVERY == 0:
                await asyncio.sleep(0)

    def _send_page(self, subscriber: DirectSubscriber, passed: list[Frame], last: Frame) -> None:
        if subscriber not in self._slot_of:
            return  # it left meanwhile
        if passed:
            self._hub.delivered += len(passed)
            subscriber.send(b"".join(f.chunk for f in passed), last.ms, last.n, passed[-1].n)
        else:
            subscriber.ms, subscriber.n = last.ms, last.n
        if not subscriber.is_paused:
            self._go_on(subscriber)

    def _tell_trimmed(self, group: list[DirectSubscriber], ms: int, n: int) -> None:
        """Tell that trimming overtook these readers, with the exact count."""
        before = self._hub.log.position(ms, n - 1)
        for subscriber in group:
            at = self._hub.log.position(subscriber.ms, subscriber.n)
            gone = Gone("trimmed", at, before, n - subscriber.n - 1, before)
            self._hub.gaps += 1
            subscriber.send(chunk(gap_frame(gone, before)), before.ms, before.n, before.n)

    # --- another log ----------------------------------------------------------------------------------------------

    async def relocate(self, epoch: str) -> None:
        """Find every subscriber its place in a log that is not what it was; `epoch` is the one they stood in."""
        hub = self._hub
        for subscriber in list(self._slot_of):
            subscriber.channel.live.pop(subscriber, None)
            gone = await hub.log.locate(Position(epoch, subscriber.ms, subscriber.n))
            if gone is not None:
                place = gone.restart or hub.now
                hub.gaps += 1
                subscriber.send(chunk(gap_frame(gone, place)), place.ms, place.n, place.n)
            if not subscriber.is_paused:
                self._go_on(subscriber)

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
                place = position if position is not None and position.n >= subscriber.n else None
                subscriber.beat(place or hub.log.position(subscriber.ms, subscriber.n))

    async def goodbye(self) -> None:
        """Say goodbye to everybody, a few at a time and in no order, and close."""
        hub = self._hub
        everybody = list(self._slot_of)
        random.shuffle(everybody)
        step = max(1, int(len(everybody) * GOODBYE_SHARE))
        give_up_s = time.monotonic() + hub.limits.drain_s
        for start in range(0, len(everybody), step):
            for subscriber in islice(everybody, start, start + step):
                if subscriber in self._slot_of and not subscriber.transport.is_closing():
                    at = hub.passed if subscriber in subscriber.channel.live else None
                    place = at or hub.log.position(subscriber.ms, subscriber.n)
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
