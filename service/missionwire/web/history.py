"""History: pages of the wire, filtered, by position or by the time an event came onto the wire."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from missionwire.domain.errors import PositionGone
from missionwire.domain.filter import Filter, facets
from missionwire.domain.position import Position
from missionwire.domain.serving import served
from missionwire.store.log import Gone, Log, Tip
from missionwire.store.wire import Entry, Wire

SCAN: Final = 20_000
"""At most so many events are looked at for one page; then it is given as it is, with a link to go on."""

CHUNK: Final = 500


class Range(NamedTuple):
    """What to page through: after a place, before a place (exclusive), from and until wire time in ms."""

    after: Position | None = None
    before: Position | None = None
    since_ms: int | None = None
    until_ms: int | None = None


class Page(NamedTuple):
    """Events oldest first; `next_` and `prev` are places to go on from, None when there is no more that way."""

    entries: Sequence[Entry]
    next_: Position | None
    prev: Position | None


class History:
    """Reads pages. Each request looks at a bounded number of events."""

    def __init__(self, log: Log, wire: Wire) -> None:
        self._log = log
        self._wire = wire

    async def page(self, filter_: Filter, range_: Range, limit: int) -> Page:
        """Give one page.

        Raises:
            PositionGone: a position that the range names is not in the log.
        """
        for place in (range_.after, range_.before):
            if place is not None:
                await self._check(place)
        if range_.before is not None and range_.after is None and range_.since_ms is None:
            return await self._back(filter_, range_, limit)
        return await self._forth(filter_, range_, limit)

    async def _check(self, place: Position) -> None:
        gone: Gone | None = await self._log.locate(place)
        if gone is not None:
            raise PositionGone(
                gone.reason,
                str(gone.from_) if gone.from_ else None,
                str(gone.to) if gone.to else None,
                gone.missing,
            )

    async def _first(self, range_: Range) -> Tip:
        if range_.after is not None:
            return Tip(range_.after.ms, range_.after.n)
        if range_.since_ms is not None:
            before = await self._wire.last_before_ms(range_.since_ms)
            if before is not None:
                return Tip(before.ms, before.n)
        return Tip(0, 0)

    async def _forth(self, filter_: Filter, range_: Range, limit: int) -> Page:
        place = await self._first(range_)
        found: list[Entry] = []
        looked = 0
        is_more = True
        while is_more and len(found) < limit and looked < SCAN:
            entries = await self._chunk(filter_, place, min(CHUNK, limit if filter_.is_all else CHUNK), is_back=False)
            is_more = bool(entries)
            for entry in entries:
                if self._is_beyond(entry, range_):
                    is_more = False
                    break
                if len(found) == limit:
                    break
                place = Tip(entry.ms, entry.n)
                looked += 1
                if _passes(filter_, entry):
                    found.append(entry)
        if is_more:
            following = await self._chunk(filter_, place, 1, is_back=False)
            is_more = bool(following) and not self._is_beyond(following[0], range_)
        return Page(found, self._log.position(*place) if is_more else None, None)

    async def _back(self, filter_: Filter, range_: Range, limit: int) -> Page:
        place = Tip(range_.before.ms, range_.before.n) if range_.before is not None else self._log.seen
        found: list[Entry] = []
        looked = 0
        is_more = True
        while is_more and len(found) < limit and looked < SCAN:
            entries = await self._chunk(filter_, place, CHUNK, is_back=True)
            is_more = bool(entries)
            for entry in entries:
                if len(found) == limit:
                    break
                place = Tip(entry.ms, entry.n)
                looked += 1
                if _passes(filter_, entry):
                    found.append(entry)
        is_more = is_more and bool(await self._chunk(filter_, place, 1, is_back=True))
        found.reverse()
        return Page(found, None, self._log.position(*place) if is_more else None)

    async def _chunk(self, filter_: Filter, place: Tip, count: int, *, is_back: bool) -> list[Entry]:
        if len(filter_.missions) == 1:
            (mission,) = filter_.missions
            return await self._wire.of_mission(mission, *place, count=count, is_back=is_back)
        if is_back:
            return await self._wire.before(*place, count=count)
        return await self._wire.after(*place, count=count)

    @staticmethod
    def _is_beyond(entry: Entry, range_: Range) -> bool:
        return (range_.before is not None and entry.n >= range_.before.n) or (
            range_.until_ms is not None and entry.ms >= range_.until_ms
        )

    def body(self, entries: Sequence[Entry]) -> bytes:
        """Give events as a JSON array, as they are served."""
        return b"[" + b",".join(self.event(entry) for entry in entries) + b"]"

    def event(self, entry: Entry) -> bytes:
        """Give one event as it is served."""
        return served(entry.payload, str(self._log.position(entry.ms, entry.n)))


def _passes(filter_: Filter, entry: Entry) -> bool:
    return filter_.is_all or filter_.matches(facets(msgspec.json.decode(entry.payload)))
