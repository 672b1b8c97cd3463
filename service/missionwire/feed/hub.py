"""The hub: one reader of the wire in a process, its frames in the ring, and all who follow."""

import asyncio
import logging
import random
from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import Struct

from missionwire.domain.errors import MissionwireError
from missionwire.domain.filter import Filter, facets
from missionwire.domain.position import Position
from missionwire.feed.channels import Channel, Channels, Match
from missionwire.feed.fanout import Fanout
from missionwire.feed.frames import chunk, control_frame, event_frame, gap_frame
from missionwire.feed.ring import Frame, Ring
from missionwire.feed.start import Start
from missionwire.store.log import Log, Tip
from missionwire.store.wire import Entry, Wire

READ_COUNT: Final = 1000
READ_BLOCK_S: Final = 5.0
FILL_COUNT: Final = 2000
"""At the start the ring is filled with at most so many of the latest events."""

BACKOFF_S: Final = (0.1, 2.0)

_LOG: Final = logging.getLogger("missionwire.feed")


class Cors(Struct, frozen=True, kw_only=True):
    """Which origins' pages may read the feed; `*` is all."""

    origins: tuple[str, ...] = ("*",)

    def headers_for(self, origin: bytes) -> list[tuple[bytes, bytes]]:
        """Give the headers of an answer to a page of this origin."""
        if "*" in self.origins:
            return [(b"access-control-allow-origin", b"*")]
        if origin.decode("latin-1") in self.origins:
            return [(b"access-control-allow-origin", origin), (b"vary", b"Origin")]
        return [(b"vary", b"Origin")]


class Limits(Struct, frozen=True, kw_only=True):
    """The bounds of the feed; each says what happens there.

    At `max_subscribers` newcomers are refused. `ring_bytes` of frames are in memory, `pass_bytes` leave in one write,
    `catch_up_bytes` to one who is behind. `catch_up_reads` pages of the log are read at once, others wait. Who takes
    nothing for `write_timeout_s` is closed and can resume. `heartbeat_s` is how long a stream may be silent.
    `is_direct`: plain streams take their connection to themselves, where the web server allows it. `cors` answers pages
    of other origins.
    """

    max_subscribers: int = 20_000
    ring_bytes: int = 64 << 20
    pass_bytes: int = 256 << 10
    catch_up_reads: int = 8
    catch_up_page: int = 500
    catch_up_bytes: int = 64 << 10
    write_timeout_s: float = 30.0
    heartbeat_s: float = 15.0
    retry_ms: int = 3000
    drain_s: float = 5.0
    is_direct: bool = True
    cors: Cors = Cors()


class Hub:
    """What all subscribers of a process share."""

    def __init__(self, log: Log, limits: Limits) -> None:
        self.log = log
        self.wire = Wire(log)
        self.limits = limits
        self.ring = Ring(limits.ring_bytes)
        self.channels = Channels(self.ring)
        self.catch_ups = asyncio.Semaphore(limits.catch_up_reads)
        self.subscribers = 0
        self.delivered = 0
        self.gaps = 0
        self.refused = 0
        self.resets = 0
        self.is_draining = False
        self.is_away = True
        self.epoch = ""
        self.fanout = Fanout(self)
        self._passed = self._tip = Tip(0, 0)
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    # --- for subscribers ------------------------------------------------------------------------------------------

    @property
    def tip(self) -> Tip:
        """The last entry that was read."""
        return self._tip

    @property
    def now(self) -> Position:
        """The place after the last entry that was read."""
        return Position(self.epoch, self._tip.ms, self._tip.n)

    @property
    def passed(self) -> Position:
        """The place up to which the last whole pass has served all who are live."""
        return Position(self.epoch, self._passed.ms, self._passed.n)

    def enter(self, filter_: Filter) -> Channel:
        """Count one subscriber more and give its channel."""
        self.subscribers += 1
        return self.channels.join(filter_)

    def leave(self, channel: Channel) -> None:
        """Count one subscriber less."""
        self.subscribers -= 1
        self.channels.leave(channel)

    def first_frame(self, start: Start) -> bytes:
        """Make the first frame of a stream: `gap` where one is due, else `position`; with `retry:`, spread."""
        retry_ms = int(self.limits.retry_ms * random.uniform(0.8, 1.2))  # noqa: S311  # spread, not secrecy
        if start.gap is None:
            return control_frame("position", start.position, retry_ms=retry_ms)
        self.gaps += 1
        return gap_frame(start.gap, start.position, retry_ms)

    @property
    def news(self) -> asyncio.Event:
        """Is set when there is something after today's tip, or the feed drains; then another one takes its place."""
        return self._news

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def drain(self) -> None:
        """Say goodbye to everybody; newcomers are refused."""
        self.is_draining = True
        self._wake()

    # --- the reader -----------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start reading; the server may be away, then the hub waits for it."""
        self._task = asyncio.create_task(self._read_for_ever(), name="feed reader")
        self.fanout.start()

    async def stop(self) -> None:
        """Say goodbye to who is still there, and stop reading."""
        await self.fanout.goodbye()
        await self.fanout.stop()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _read_for_ever(self) -> None:
        backoff_s = BACKOFF_S[0]
        while True:
            try:
                await self._connect()
                backoff_s = BACKOFF_S[0]
                await self._follow()
                self.resets += 1
            except (MissionwireError, OSError) as error:
                if not self.is_away:
                    _LOG.warning("the feed lost the store: %s", error)
                self.is_away = True
                self.resets += 1
            except Exception:  # the one reader of the process must not end: told, counted, started anew
                _LOG.exception("the feed reader starts anew")
                self.is_away = True
                self.resets += 1
            await asyncio.sleep(backoff_s * (0.5 + random.random()))  # noqa: S311  # spread, not secrecy
            backoff_s = min(backoff_s * 2, BACKOFF_S[1])

    async def _connect(self) -> None:
        """Open the log, notice whether it is still the one that was read before, and fill the ring the first time.

        The epoch of what is read is our own: others may notice another log before, and what is here is of the old one.
        """
        tip = await self.log.open()
        epoch = self.log.epoch
        if self.ring and (epoch != self.epoch or not await self._is_same_log()):
            _LOG.warning("the log is another one now, or went back; its epoch is %s", epoch)
            self.ring.clear()
            self.channels.clear()
        if not self.ring:
            entries = await self.wire.last(count=FILL_COUNT)
            entries.reverse()
            passed, self.epoch = self.passed, epoch
            self._tip = Tip(entries[0].ms, entries[0].n - 1) if entries else tip
            self._take(entries)
            self._passed = self._tip
            self.fanout.start_over(passed)
        self.is_away = False
        self._wake()

    async def _is_same_log(self) -> bool:
        return self._tip.n == 0 or await self.log.locate(self.now) is None

    async def _follow(self) -> None:
        async with self.log.server.connection(block_s=READ_BLOCK_S) as client:
            while True:
                entries = await self.wire.follow(
                    client, self._tip.ms, self._tip.n, count=READ_COUNT, block_s=READ_BLOCK_S
                )
                if self.log.epoch != self.epoch:  # somebody else noticed that it is another one
                    return
                if not entries:
                    continue
                if entries[0].n != self._tip.n + 1:  # trimmed while we were away, or another log
                    self.ring.clear()
                    self.channels.clear()
                    return
                passed = self._take(entries)
                self._wake()
                await self.fanout.pass_on(passed.items(), *self._tip)
                self._passed = self._tip

    def _take(self, entries: Iterable[Entry]) -> dict[Channel, list[Match]]:
        frames = [self.frame(entry) for entry in entries]
        for frame in frames:
            self.ring.append(frame)
        passed = self.channels.offer(frames)
        if frames:
            self._tip = Tip(frames[-1].ms, frames[-1].n)
            self.log.saw(self._tip)
        return passed

    def forget(self) -> None:
        """Let channels forget what left the ring."""
        self.channels.forget_before(self.ring.first_n or 0)

    def frame(self, entry: Entry) -> Frame:
        """Encode an event once for all who get it."""
        return Frame(
            entry.ms,
            entry.n,
            chunk(event_frame(Position(self.epoch, entry.ms, entry.n), entry.payload)),
            facets(msgspec.json.decode(entry.payload)),
        )
