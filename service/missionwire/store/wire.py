"""The wire: the stream of enriched events in the one order that every reader sees."""

from typing import Final, NamedTuple

from missionwire.store.log import Log, split_id
from missionwire.store.server import Client, named_errors

MISSION_PAGE: Final = 500
"""At most so many ids of a mission's index are looked at in one step."""


class Entry(NamedTuple):
    """One event on the wire: its place and its JSON."""

    ms: int
    n: int
    payload: bytes


class Wire:
    """Reads of the wire. Nothing here writes."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def after(self, ms: int, n: int, *, count: int) -> list[Entry]:
        """Give up to `count` entries after a place, oldest first."""
        return await self._range(f"({ms}-{n}", "+", count)

    async def before(self, ms: int, n: int, *, count: int) -> list[Entry]:
        """Give up to `count` entries before a place, newest first."""
        with named_errors():
            found = await self._log.server.pool.xrevrange(self._log.keys.wire, max=f"({ms}-{n}", min="-", count=count)
        return [_entry(*each) for each in found]

    async def last(self, *, count: int) -> list[Entry]:
        """Give the last entries, newest first."""
        with named_errors():
            found = await self._log.server.pool.xrevrange(self._log.keys.wire, count=count)
        return [_entry(*each) for each in found]

    async def at(self, ms: int, n: int) -> Entry | None:
        """Give the entry at a place, None where there is none."""
        found = await self._range(f"{ms}-{n}", f"{ms}-{n}", 1)
        return found[0] if found else None

    async def last_before_ms(self, ms: int) -> Entry | None:
        """Give the last entry that came onto the wire before a moment, None where none is kept."""
        with named_errors():
            found = await self._log.server.pool.xrevrange(self._log.keys.wire, max=f"({ms}-0", min="-", count=1)
        return _entry(*found[0]) if found else None

    async def follow(self, client: Client, ms: int, n: int, *, count: int, block_s: float) -> list[Entry]:
        """Wait up to `block_s` for entries after a place, on a connection of one's own. Never from `$`."""
        with named_errors():
            answer = await client.xread(
                {self._log.keys.wire: f"{ms}-{n}"}, count=count, block=max(1, int(block_s * 1000))
            )
        return [_entry(*each) for _, entries in answer or () for each in entries]

    async def size(self) -> tuple[int, int]:
        """Give how many entries are kept, and the bytes of their events."""
        with named_errors():
            async with self._log.server.pool.pipeline(transaction=False) as pipe:
                pipe.xlen(self._log.keys.wire)
                pipe.hget(self._log.keys.meta, "wire_bytes")
                length, size = await pipe.execute()
        return int(length), int(size or 0)

    async def of_mission(self, slug: str, ms: int, n: int, *, count: int, is_back: bool = False) -> list[Entry]:
        """Give up to `count` entries of one mission after a place, oldest first; `is_back`: before it, newest first.

        Fewer than `count` (at most `MISSION_PAGE`) say that there are no more.
        """
        key, pool = self._log.keys.mission(slug), self._log.server.pool
        count = min(count, MISSION_PAGE)
        oldest = await self._range("-", "+", 1)
        if not oldest:
            return []
        # the index may hold ids of what was trimmed: they must not fill the page
        first = (oldest[0].ms, oldest[0].n)
        low = f"{first[0]}-{first[1]}"
        with named_errors():
            if is_back:
                ids = await pool.xrevrange(key, max=f"({ms}-{n}", min=low, count=count)
            else:
                ids = await pool.xrange(key, min=low if (ms, n) < first else f"({ms}-{n}", max="+", count=count)
            if not ids:
                return []
            async with pool.pipeline(transaction=False) as pipe:
                for id_, _ in ids:
                    pipe.xrange(self._log.keys.wire, min=id_, max=id_, count=1)
                pages = await pipe.execute()
        return [_entry(*each) for page in pages for each in page]  # an id whose event was trimmed gives nothing

    async def missions(self, *, count: int, before_n: int | None = None) -> list[tuple[str, int, int]]:
        """Give missions, latest first: slug, ordinal of the last event, number of events in the index."""
        keys, pool = self._log.keys, self._log.server.pool
        high = "+inf" if before_n is None else f"({before_n}"
        with named_errors():
            found = await pool.zrevrangebyscore(keys.missions, high, "-inf", start=0, num=count, withscores=True)
            async with pool.pipeline(transaction=False) as pipe:
                for slug, _ in found:
                    pipe.xlen(keys.mission(slug.decode()))
                lengths = await pipe.execute()
        return [(slug.decode(), int(n), length) for (slug, n), length in zip(found, lengths, strict=True)]

    async def mission_length(self, slug: str) -> int:
        """Count the events of one mission that its index holds."""
        with named_errors():
            return int(await self._log.server.pool.xlen(self._log.keys.mission(slug)))

    async def _range(self, low: str, high: str, count: int) -> list[Entry]:
        with named_errors():
            found = await self._log.server.pool.xrange(self._log.keys.wire, min=low, max=high, count=count)
        return [_entry(*each) for each in found]


def _entry(id_: bytes, fields: dict[bytes, bytes]) -> Entry:
    ms, n = split_id(id_)
    return Entry(ms, n, fields[b"event"])
