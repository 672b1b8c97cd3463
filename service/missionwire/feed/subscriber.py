"""A subscriber through ASGI: a position and a filter. One loop, "send what is after my place", from log or ring."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Final, NamedTuple

from missionwire.domain.errors import MissionwireError
from missionwire.domain.filter import Filter
from missionwire.domain.position import Position
from missionwire.feed.channels import Channel
from missionwire.feed.frames import COMMENT, control_frame, gap_frame, goodbye_frame, unchunked
from missionwire.feed.hub import Hub
from missionwire.feed.ring import Frame
from missionwire.feed.start import Start
from missionwire.store.log import Gone, Tip
from missionwire.store.wire import Entry

MAX_WAIT_S: Final = 60.0
"""A paced replay waits no longer than this between two events, whatever lies between them."""

_RETRY_AWAY_S: Final = 0.5
_GRACE_S: Final = 0.5


class Wishes(NamedTuple):
    """What a request asks for beside its start. `until_ms` is wire time; `speed` paces a replay of the past."""

    filter: Filter = Filter()
    until_ms: int | None = None
    limit: int | None = None
    speed: float | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the stream has neither an end nor a pace of its own."""
        return self.until_ms is None and self.limit is None and self.speed is None


class Subscriber:
    """Makes the bytes of one stream. Holds a place, never a queue."""

    __slots__ = ("_beat_s", "_channel", "_epoch", "_hub", "_is_past_until", "_left", "_ms", "_n", "_told_n", "_wishes")

    def __init__(self, hub: Hub, channel: Channel, start: Start, wishes: Wishes) -> None:
        self._hub = hub
        self._channel = channel
        self._wishes = wishes
        self._epoch, self._ms, self._n, _ = start.position
        self._told_n = self._n
        self._left = wishes.limit
        self._is_past_until = False
        self._beat_s = 0.0

    @property
    def position(self) -> Position:
        """The place up to which everything was sent or filtered out."""
        return Position(self._epoch, self._ms, self._n)

    async def frames(self, start: Start) -> AsyncIterator[bytes]:
        """Give the stream piece by piece; each piece holds whole frames."""
        yield self._hub.first_frame(start)
        self._rest()
        if self._wishes.speed and start.is_past:
            async for piece in self._paced(self._wishes.speed):
                yield piece
        while True:
            piece = b"" if self._is_over() else await self._next()
            if piece:
                yield piece
                self._rest()
            if self._is_over():
                yield control_frame("end", self.position.as_end())
                return
            if self._hub.is_draining:
                yield self._goodbye()
                return
            if not piece and not await self._wait():
                yield self._heartbeat()
                self._rest()

    # --- pieces ---------------------------------------------------------------------------------------------------

    def _gap(self, gone: Gone, retry_ms: int | None = None) -> bytes:
        self._hub.gaps += 1
        self._told_n = self._n
        return gap_frame(gone, self.position, retry_ms)

    def _goodbye(self) -> bytes:
        return goodbye_frame(self.position, self._hub.limits.drain_s)

    def _heartbeat(self) -> bytes:
        if self._told_n == self._n:
            return COMMENT
        self._told_n = self._n
        return control_frame("position", self.position)

    def _rest(self) -> None:
        """Draw when the next heartbeat is due, spread so that subscribers do not beat together."""
        self._beat_s = time.monotonic() + self._hub.limits.heartbeat_s * random.uniform(0.8, 1.0)  # noqa: S311  # spread

    async def _wait(self) -> bool:
        """Wait for news; False when a heartbeat is due first."""
        news = self._hub.news
        if self._epoch != self._hub.epoch or self._hub.tip.n > self._n or self._hub.is_draining:
            return True
        due_s = self._beat_s - time.monotonic()
        if self._wishes.until_ms is not None:
            due_s = min(due_s, max(_GRACE_S / 4, self._wishes.until_ms / 1000 + _GRACE_S - time.time()))
        try:
            async with asyncio.timeout(max(0.0, due_s)):
                await news.wait()
        except TimeoutError:
            return time.monotonic() < self._beat_s
        return True

    # --- what is after my place -----------------------------------------------------------------------------------

    async def _next(self) -> bytes:
        """Give the frames after the place, as much as one write should hold; nothing when there is none."""
        hub = self._hub
        if self._epoch != hub.epoch:
            return await self._relocate()
        if hub.tip.n <= self._n:
            return b""
        if hub.ring.reaches(self._n):
            return self._from_ring()
        try:
            async with hub.catch_ups:
                return await self._from_log()
        except MissionwireError:
            await asyncio.sleep(_RETRY_AWAY_S)  # the store is away: the place is kept, the stream stays open
            return b""

    def _from_ring(self) -> bytes:
        hub = self._hub
        last: Tip | Frame | None = hub.tip
        if self._wishes.until_ms is not None and hub.tip.ms >= self._wishes.until_ms:
            last = hub.ring.last_before(self._wishes.until_ms)
            self._is_past_until = True
        if last is None or last.n <= self._n:
            return b""
        matches, is_cut = self._channel.after(self._n, last.n, hub.limits.pass_bytes, self._left)
        if is_cut:
            self._is_past_until = False
            last = hub.ring.at(matches[-1].n) or last
        self._ms, self._n = last.ms, last.n
        return self._sent([unchunked(m.chunk) for m in matches], matches[-1].n if matches else None)

    def _sent(self, frames: list[bytes], last_n: int | None) -> bytes:
        if not frames:
            return b""
        self._hub.delivered += len(frames)
        if self._left is not None:
            self._left -= len(frames)
        self._told_n = last_n or self._told_n
        return b"".join(frames)

    async def _from_log(self) -> bytes:
        entries = await self._hub.wire.after(self._ms, self._n, count=self._hub.limits.catch_up_page)
        if self._epoch != self._hub.epoch:
            return b""
        if not entries:  # the tip was read, and is not there any more
            await asyncio.sleep(_RETRY_AWAY_S)
            return await self._relocate()
        if entries[0].n != self._n + 1:
            return await self._relocate()
        passed: list[bytes] = []
        last_n, size = None, 0
        for entry in entries:
            if self._is_after_until(entry):
                self._is_past_until = True
                break
            if self._left is not None and len(passed) >= self._left:
                break
            frame = self._hub.frame(entry)
            self._ms, self._n = entry.ms, entry.n
            if self._channel.filter.matches(frame.facets):
                passed.append(unchunked(frame.chunk))
                last_n, size = entry.n, size + len(frame.chunk)
                if size >= self._hub.limits.pass_bytes:
                    break
        return self._sent(passed, last_n)

    def _is_after_until(self, entry: Entry) -> bool:
        return self._wishes.until_ms is not None and entry.ms >= self._wishes.until_ms

    async def _relocate(self) -> bytes:
        """Find out where this place stands in a log that is not what it was."""
        hub = self._hub
        with suppress(MissionwireError):
            gone = await hub.log.locate(self.position)
            if hub.epoch == hub.log.epoch:  # else the hub has yet to notice that the log is another one
                place = self.position._replace(epoch=hub.epoch) if gone is None else gone.restart or hub.now
                self._epoch, self._ms, self._n, _ = place
                return b"" if gone is None else self._gap(gone)
        await asyncio.sleep(_RETRY_AWAY_S)
        return b""

    # --- ends -----------------------------------------------------------------------------------------------------

    def _is_over(self) -> bool:
        if self._is_past_until or (self._left is not None and self._left <= 0):
            return True
        until_ms = self._wishes.until_ms
        # what came onto the wire just before that moment may still be on its way here
        return until_ms is not None and time.time() > until_ms / 1000 + _GRACE_S and self._n >= self._hub.tip.n

    # --- replay ---------------------------------------------------------------------------------------------------

    async def _paced(self, speed: float) -> AsyncIterator[bytes]:
        """Replay the past in wire order, paced by the differences of `time`, until caught up."""
        before_ms: int | None = None
        async for entry in self._past():
            frame = self._hub.frame(entry)
            if self._channel.filter.matches(frame.facets):
                time_ms = frame.facets.time_ms
                if time_ms is not None:
                    wait_s = 0.0 if before_ms is None else max(0, time_ms - before_ms) / 1000 / speed
                    async for beat in self._pause(min(MAX_WAIT_S, wait_s)):
                        yield beat
                    before_ms = time_ms
                if self._hub.is_draining:
                    return
            self._ms, self._n = entry.ms, entry.n
            if self._channel.filter.matches(frame.facets):
                yield self._sent([unchunked(frame.chunk)], entry.n)
                self._rest()

    async def _past(self) -> AsyncIterator[Entry]:
        """Give the entries after the place, page by page, until there is none, or a bound of the request is met."""
        while not self._is_over() and not self._hub.is_draining:
            try:
                async with self._hub.catch_ups:
                    entries = await self._hub.wire.after(self._ms, self._n, count=self._hub.limits.catch_up_page)
            except MissionwireError:
                await asyncio.sleep(_RETRY_AWAY_S)
                continue
            if not entries or entries[0].n != self._n + 1:
                return  # caught up; or trimmed meanwhile, which the loop after this one tells
            for entry in entries:
                if self._is_after_until(entry):
                    self._is_past_until = True
                if self._is_over() or self._epoch != self._hub.epoch:
                    return
                yield entry

    async def _pause(self, wait_s: float) -> AsyncIterator[bytes]:
        """Wait between two events of a replay, with heartbeats; a drain cuts it short."""
        until_s = time.monotonic() + wait_s
        while (left_s := until_s - time.monotonic()) > 0 and not self._hub.is_draining:
            await asyncio.sleep(min(left_s, 0.25))
            if time.monotonic() >= self._beat_s:
                yield self._heartbeat()
                self._rest()
