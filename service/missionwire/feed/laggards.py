"""Those who are behind: served from the ring, or from pages of the log that are read and encoded once for all of them.

One task writes to them in turn, a bounded number of bytes in each turn of the loop, so that those who are live do not
wait. So many pages of the log are read at once, each for all who stand within it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from missionwire.domain.errors import MissionwireError
from missionwire.domain.position import Position
from missionwire.feed.channels import Channel
from missionwire.feed.direct import DirectSubscriber, Piece
from missionwire.feed.frames import chunk, gap_frame
from missionwire.feed.ring import Frame
from missionwire.store.wire import Entry

if TYPE_CHECKING:
    from missionwire.feed.hub import Hub

TURN_BYTES: Final = 512 << 10
"""Written to laggards in one turn of the loop, some 0.3 ms."""

WRITE_COST_BYTES: Final = 4 << 10
"""What a write costs beside its bytes, as so many of them."""

ENCODED_AT_ONCE: Final = 50
"""Frames encoded in one turn of the loop, some 0.3 ms."""

PIECES_KEPT: Final = 32
SEGMENTS_PER_READ: Final = 2

_AWAY_S: Final = 0.5


class Segment(NamedTuple):
    """A page of the log, encoded. Ordinals have no holes, so a place in it is a subtraction away."""

    epoch: str
    first_n: int
    frames: list[Frame]

    def reaches(self, epoch: str, n: int) -> bool:
        """Whether what comes after a place begins here."""
        return self.epoch == epoch and self.first_n <= n + 1 < self.first_n + len(self.frames)


class Laggards:
    """All direct subscribers of a process that are behind."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._ready: OrderedDict[DirectSubscriber, None] = OrderedDict()
        self._behind: OrderedDict[tuple[str, int], dict[DirectSubscriber, None]] = OrderedDict()
        self._under_way: set[tuple[str, int]] = set()
        self._segments: OrderedDict[tuple[str, int], Segment] = OrderedDict()
        self._pieces: OrderedDict[tuple[Channel, str, int], Piece] = OrderedDict()
        self._is_ready = asyncio.Event()
        self._is_behind = asyncio.Event()
        self._spent_bytes = 0
        self._tasks: list[asyncio.Task[None]] = []

    def __len__(self) -> int:
        return len(self._ready) + sum(map(len, self._behind.values()))

    def start(self) -> None:
        """Start the one that writes, and those that read."""
        self._tasks = [asyncio.create_task(self._write_for_ever(), name="feed laggards")]
        self._tasks += [
            asyncio.create_task(self._read_for_ever(), name="feed catch-up")
            for _ in range(self._hub.limits.catch_up_reads)
        ]

    async def stop(self) -> None:
        """Stop them."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def add(self, subscriber: DirectSubscriber) -> None:
        """Take one that is behind, whose socket is empty; it comes when its turn is."""
        self._ready[subscriber] = None
        self._is_ready.set()

    def left(self, subscriber: DirectSubscriber) -> None:
        """Forget one that left."""
        self._ready.pop(subscriber, None)
        self._behind.get(self._page_of(subscriber), {}).pop(subscriber, None)

    def _page_of(self, subscriber: DirectSubscriber) -> tuple[str, int]:
        return subscriber.epoch, subscriber.n // self._hub.limits.catch_up_page

    def start_over(self) -> None:
        """Forget what was kept in memory: the log is another one, or went back."""
        self._segments.clear()
        self._pieces.clear()

    # --- writing --------------------------------------------------------------------------------------------------

    async def _write_for_ever(self) -> None:
        while True:
            while not self._ready:
                self._is_ready.clear()
                await self._is_ready.wait()
            subscriber, _ = self._ready.popitem(last=False)
            if subscriber.is_here and not subscriber.is_paused:
                await self._pay(self._serve(subscriber))
            del subscriber  # else the last one would stay as long as nobody is behind

    def _serve(self, subscriber: DirectSubscriber) -> int:
        """Serve the next piece; gives its bytes. Who stands nowhere that is in memory waits for the log."""
        if self._hub.fanout.is_at_tip(subscriber):
            self._hub.fanout.go_on(subscriber)
            return 0
        piece = self.piece(subscriber)
        if piece is None:
            self._behind.setdefault(self._page_of(subscriber), {})[subscriber] = None
            self._is_behind.set()
            return 0
        self._hub.delivered += piece.events
        subscriber.take(piece)
        if not subscriber.is_paused:
            self._hub.fanout.go_on(subscriber)
        return len(piece.data)

    async def _pay(self, written_bytes: int) -> None:
        self._spent_bytes += written_bytes + WRITE_COST_BYTES
        if self._spent_bytes >= TURN_BYTES:
            self._spent_bytes = 0
            await asyncio.sleep(0)

    def piece(self, subscriber: DirectSubscriber) -> Piece | None:
        """Give what comes after a place, joined once for all who stand there; None where that is not in memory."""
        key = (subscriber.channel, subscriber.epoch, subscriber.n)
        found = self._pieces.get(key)
        if found is None and (found := self._made(*key)) is not None:
            self._pieces[key] = found
            if len(self._pieces) > PIECES_KEPT:
                self._pieces.popitem(last=False)
        return found

    def _made(self, channel: Channel, epoch: str, n: int) -> Piece | None:
        hub = self._hub
        max_bytes = hub.limits.catch_up_bytes
        if epoch == hub.epoch and hub.ring.reaches(n):
            matches, is_cut = channel.after(n, hub.tip.n, max_bytes, None)
            ms, to_n = (matches[-1].ms, matches[-1].n) if is_cut else hub.tip
            data = b"".join(match.chunk for match in matches)
            return Piece(data, ms, to_n, matches[-1].n if matches else n, len(matches))
        segment = next((each for each in self._segments.values() if each.reaches(epoch, n)), None)
        if segment is None:
            return None
        passed: list[Frame] = []
        size, end = 0, segment.frames[-1]
        for i in range(n + 1 - segment.first_n, len(segment.frames)):
            frame = segment.frames[i]
            if channel.filter.matches(frame.facets):
                size += len(frame.chunk)
                if passed and size > max_bytes:
                    end = segment.frames[i - 1]
                    break
                passed.append(frame)
        data = b"".join(frame.chunk for frame in passed)
        return Piece(data, end.ms, end.n, passed[-1].n if passed else n, len(passed))

    # --- reading --------------------------------------------------------------------------------------------------

    async def _read_for_ever(self) -> None:
        """Read a page of the log for all who stand within it."""
        while True:
            while (page := self._next_page()) is None:
                self._is_behind.clear()
                await self._is_behind.wait()
            self._under_way.add(page)
            group = self._behind.pop(page)
            try:
                is_read = await self._read(page, group)
            except MissionwireError:
                is_read = False  # the store is away
            finally:
                self._under_way.discard(page)
            if not is_read:
                await asyncio.sleep(_AWAY_S)
            for subscriber in group:
                if subscriber.is_here:
                    self.add(subscriber)
            del group  # same
            self._is_behind.set()  # who came to stand in this page meanwhile may be served now

    def _next_page(self) -> tuple[str, int] | None:
        return next((page for page in self._behind if page not in self._under_way), None)

    async def _read(self, page: tuple[str, int], group: dict[DirectSubscriber, None]) -> bool:
        """Read what a group needs. False when the log is another one, and the hub has yet to notice."""
        hub, here = self._hub, [subscriber for subscriber in group if subscriber.is_here]
        if not here:
            return True
        first = min(here, key=lambda subscriber: subscriber.n)
        place = first.place
        if place.epoch != hub.epoch:
            return await self._find_again(here)
        if self.piece(first) is not None:
            return True  # it was read meanwhile, or came into the ring
        size = hub.limits.catch_up_page
        entries = await hub.wire.after(place.ms, place.n, count=size - place.n % size)
        if not entries or place.epoch != hub.epoch:
            return False
        if entries[0].n != place.n + 1:
            return await self._find_again(here)
        frames = [frame async for frame in self._encoded(entries)]
        if place.epoch != hub.epoch:  # it changed while they were encoded
            return False
        self._segments[page] = Segment(place.epoch, place.n + 1, frames)
        self._segments.move_to_end(page)
        if len(self._segments) > SEGMENTS_PER_READ * hub.limits.catch_up_reads:
            self._segments.popitem(last=False)
        return True

    async def _encoded(self, entries: Sequence[Entry]) -> AsyncIterator[Frame]:
        for number, entry in enumerate(entries, start=1):
            yield self._hub.frame(entry)
            if number % ENCODED_AT_ONCE == 0:
                await asyncio.sleep(0)

    # --- a log that is not what it was ----------------------------------------------------------------------------

    async def _find_again(self, group: list[DirectSubscriber]) -> bool:
        """Find out where places stand now, each once, and tell who stood there what is missing."""
        by_place: dict[Position, list[DirectSubscriber]] = {}
        for subscriber in group:
            by_place.setdefault(subscriber.place, []).append(subscriber)
        return all([await self._tell(place, there) for place, there in by_place.items()])

    async def _tell(self, place: Position, there: list[DirectSubscriber]) -> bool:
        hub = self._hub
        gone = await hub.log.locate(place)
        if hub.epoch != hub.log.epoch:
            return False
        to = place._replace(epoch=hub.epoch) if gone is None else gone.restart or hub.now
        for subscriber in there:
            if subscriber.is_here and subscriber.place == place:
                subscriber.epoch = to.epoch
                if gone is not None:
                    hub.gaps += 1
                    data = chunk(gap_frame(gone, to))
                    subscriber.take(Piece(data, to.ms, to.n, to.n, 0))
                    await self._pay(len(data))
        return True
