"""The inbox: what was accepted and is not yet on the wire."""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from missionwire.domain.article import AcceptedArticle
from missionwire.domain.cloudevents import Accepted
from missionwire.domain.identity import partition
from missionwire.store.log import Log
from missionwire.store.server import Client, named_errors

Kind: TypeAlias = Literal["e", "a", "x"]
"""What an entry is: an event as sent, an article, or an extracted event that comes back from the dead letters."""

FULL: Final = "F"
"""The answer for a group that found its inbox stream full."""


class Item(NamedTuple):
    """One thing to take in."""

    ident: bytes
    digest: bytes
    lane: str
    kind: Kind
    article: str
    payload: bytes

    @classmethod
    def of_event(cls, event: Accepted) -> "Item":
        """Make the item of an event."""
        return cls(event.ident, event.digest, event.lane, "e", "", event.payload)

    @classmethod
    def of_article(cls, article: AcceptedArticle) -> "Item":
        """Make the item of an article; its lane is its own, else all articles would wait for one another."""
        return cls(article.ident, article.digest, article.id, "a", article.id, article.payload)


class Entry(NamedTuple):
    """One entry of an inbox stream."""

    partition: int
    id: bytes
    lane: str
    kind: Kind
    payload: bytes


class Inbox:
    """Takes groups of items in and gives entries out, in the order in which they were accepted."""

    def __init__(self, log: Log, *, limit: int) -> None:
        self._log = log
        self._limit = limit

    async def accept(self, groups: Sequence[Sequence[Item]], client: Client | None = None) -> list[str]:
        """Take groups in with one script call, each group whole or not at all.

        Gives for each group a letter an item, as `accept.lua` tells, or `FULL`.

        Raises:
            ServerAway: no answer; the items may be in or not, and can be sent again.
            StoreFull: the server's memory is full; nothing was taken.
        """
        log = self._log

        def arguments() -> list[str | bytes | int]:
            made: list[str | bytes | int] = [
                log.generations,
                self._limit,
                log.keys.prefix,
                len(log.marks_keys()),
            ]
            for group in groups:
                made.append(len(group))
                for item in group:
                    made += (
                        partition(item.lane, log.partitions),
                        item.ident,
                        item.digest,
                        item.lane,
                        item.kind,
                        item.article,
                        item.payload,
                    )
            return made

        with named_errors():
            answers = await log.run_with_marks(
                client or log.server.pool,
                "accept",
                [log.keys.meta, log.keys.dead, log.keys.articles],
                arguments,
            )
        return [answer.decode() for answer in answers]

    async def read(self, client: Client, cursors: dict[int, bytes], *, count: int, block_s: float) -> list[Entry]:
        """Read what comes after the cursors, given by inbox stream; waits up to `block_s` for the first entry."""
        if not cursors:
            return []
        keys = {self._log.keys.inbox(p): p for p in cursors}
        with named_errors():
            answer = await client.xread(
                {key: cursors[p] for key, p in keys.items()}, count=count, block=max(1, int(block_s * 1000))
            )
        return [
            Entry(keys[key.decode()], id_, fields[b"m"].decode(), fields[b"k"].decode(), fields[b"e"])
            for key, entries in answer or ()
            for id_, fields in entries
        ]

    async def get(self, partition_: int, id_: bytes) -> Entry | None:
        """Give one entry, None when it is no longer there."""
        with named_errors():
            found = await self._log.server.pool.xrange(self._log.keys.inbox(partition_), min=id_, max=id_, count=1)
        if not found:
            return None
        fields = found[0][1]
        return Entry(partition_, id_, fields[b"m"].decode(), fields[b"k"].decode(), fields[b"e"])

    async def depth(self) -> int:
        """Count what waits in all inbox streams."""
        with named_errors():
            async with self._log.server.pool.pipeline(transaction=False) as pipe:
                for key in self._log.inbox_keys():
                    pipe.xlen(key)
                return sum(await pipe.execute())
