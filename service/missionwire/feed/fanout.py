"""The fan-out: what a pass writes to all who are live, and how those who are not come back."""

import asyncio
import random
import time
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from missionwire.domain.position import Position
from missionwire.feed.channels import Channel, Match
from missionwire.feed.direct import DirectSubscriber, Piece
from missionwire.feed.frames import goodbye_frame
from missionwire.feed.laggards import Laggards

if TYPE_CHECKING:
    from missionwire.feed.hub import Hub

YIELD_EVERY: Final = 100
"""Writes after which other tasks get their turn, about half a millisecond."""

SLOTS: Final = 64
"""Heartbeats are spread over so many slots of the interval."""

GOODBYE_SHARE: Final = 0.02
GOODBYE_EVERY_S: Final = 0.02


class Fanout:
    """All direct subscribers of a process."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._paused: dict[DirectSubscriber, None] = {}
        self._laggards = Laggards(hub)
        self._slots: list[dict[DirectSubscriber, None]] = [{} for _ in range(SLOTS)]
        self._slot_of: dict[DirectSubscriber, int] = {}
        self._sweeping: asyncio.Task[None] | None = None
        self._turn_writes = 0

    @property
    def paused_count(self) -> int:
        """How many have a full socket."""
        return len(self._paused)

    @property
    def behind_count(self) -> int:
        """How many are behind, and wait for their turn or for the log."""
        return len(self._laggards)

    def start(self) -> None:
        """Start what serves laggards, and the sweeper."""
        self._laggards.start()
        self._sweeping = asyncio.create_task(self._sweep(), name="feed sweep")

    async def stop(self) -> None:
        """Stop the tasks; connections are closed by `goodbye` before."""
        await self._laggards.stop()
        if self._sweeping is not None:
            self._sweeping.cancel()
            await asyncio.gather(self._sweeping, return_exceptions=True)

    # --- joining and leaving --------------------------------------------------------------------------------------

    def join(self, subscriber: DirectSubscriber, head: bytes) -> None:
        """Take a new subscriber: its head and first frame leave in one write, with what the ring has for it."""
        slot = random.randrange(SLOTS)  # noqa: S311  # spread
        self._slots[slot][subscriber] = None
        self._slot_of[subscriber] = slot
        piece = None if self.is_at_tip(subscriber) else self._laggards.piece(subscriber)
        if piece is not None:
            self._hub.delivered += piece.events
        subscriber.open(head, piece)
        if not subscriber.is_paused:
            self.go_on(subscriber)

    def left(self, subscriber: DirectSubscriber) -> None:
        """Forget a subscriber."""
        slot = self._slot_of.pop(subscriber, None)
        if slot is None:
            return
        del self._slots[slot][subscriber]
        self._paused.pop(subscriber, None)
        subscriber.channel.live.pop(subscriber, None)
        self._laggards.left(subscriber)
        self._hub.leave(subscriber.channel)

    def paused(self, subscriber: DirectSubscriber) -> None:
        """Take a subscriber with a full socket out of the live set."""
        subscriber.channel.live.pop(subscriber, None)
        self._paused[subscriber] = None

    def resumed(self, subscriber: DirectSubscriber) -> None:
        """Serve a subscriber whose socket is empty again."""
        if self._paused.pop(subscriber, 0) is None:
            self.go_on(subscriber)

    def go_on(self, subscriber: DirectSubscriber) -> None:
        """Let one whose socket is empty live, or catch up."""
        if self.is_at_tip(subscriber):
            subscriber.channel.live[subscriber] = None
        else:
            self._laggards.add(subscriber)

    def is_at_tip(self, subscriber: DirectSubscriber) -> bool:
        """Whether there is nothing for a subscriber: it stands at the tip, or ahead, for another process read on."""
        return subscriber.epoch == self._hub.epoch and subscriber.n >= self._hub.tip.n

    def start_over(self, passed: Position) -> None:
        """Let all who are live be served by their place, for the ring holds another part of the log, or another log.

        They had got all up to the end of the last whole pass.
        """
        self._laggards.start_over()
        for channel in self._hub.channels:
            live, channel.live = channel.live, {}
            for subscriber in live:
                if subscriber.n < passed.n:
                    subscriber.ms, subscriber.n = passed.ms, passed.n
                self._laggards.add(subscriber)

    # --- the pass -------------------------------------------------------------------------------------------------

    async def pass_on(self, channels: Iterable[tuple[Channel, Sequence[Match]]], ms: int, n: int) -> None:
        """Write what is new to all who are live, channel by channel, in pieces of a bounded size."""
        for channel, matches in channels:
            for part in _parts(matches, self._hub.limits.pass_bytes):
                last = part[-1]
                place = (ms, n) if last is matches[-1] else (last.ms, last.n)
                data = b"".join(match.chunk for match in part)
                await self._write(channel, Piece(data, *place, last.n, len(part)))

    async def _write(self, channel: Channel, piece: Piece) -> None:
        """Write one piece to all who are live and stand before it; others joined while this pass was under way."""
        data, ms, n, told_n, events = piece
        everybody, live = _rotated(channel.live), channel.live
        for start in range(0, len(everybody), YIELD_EVERY):
            written = 0
            for subscriber in everybody[start : start + YIELD_EVERY]:
                if subscriber.n < told_n and subscriber in live:  # a short write takes one out of `live` at once
                    subscriber.ms, subscriber.n, subscriber.told_n = ms, n, told_n
                    subscriber.put(data)
                    written += 1
            self._hub.delivered += written * events
            self._turn_writes += written
            if self._turn_writes >= YIELD_EVERY:
                self._turn_writes = 0
                await asyncio.sleep(0)

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
                if subscriber.is_here:
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


def _parts(matches: Sequence[Match], max_bytes: int) -> Iterable[Sequence[Match]]:
    start = size = 0
    for i, match in enumerate(matches):
        size += len(match.chunk)
        if size > max_bytes and i > start:
            yield matches[start:i]
            start, size = i, len(match.chunk)
    yield matches[start:]
