"""What the tests of the store put in, and short ways to put it in."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from missionwire.domain.article import SentArticle, read_article
from missionwire.domain.cloudevents import read_body
from missionwire.domain.identity import digest, ident
from missionwire.store.commit import Output, Result, commit
from missionwire.store.inbox import Entry, Inbox, Item
from missionwire.store.log import Log

SOURCE = "urn:test"
LIMIT = 1000


def event(id_: str, *, mission: str = "soyuz-ms-24", note: str = "", source: str = SOURCE) -> Item:
    """Give the item of an event; another `note` is another content."""
    body = {
        "specversion": "1.0",
        "source": source,
        "id": id_,
        "type": "missionwire.docking",
        "subject": mission,
        "data": {"note": note},
    }
    return Item.of_event(read_body("application/json", {}, json.dumps(body).encode())[0])


def article(url: str, *, text: str = "Soyuz MS-24 has docked.") -> Item:
    """Give the item of an article; another `text` is another revision."""
    return Item.of_article(read_article(msgspec.json.encode(SentArticle(text=text, url=url))))


async def accept(log: Log, *groups: Sequence[Item], limit: int = LIMIT) -> list[str]:
    """Take groups in."""
    return await Inbox(log, limit=limit).accept(groups)


async def waiting(log: Log) -> list[Entry]:
    """Give all that is in the inbox, stream by stream."""
    cursors = dict.fromkeys(range(log.partitions), b"0-0")
    return await Inbox(log, limit=0).read(log.server.pool, cursors, count=10_000, block_s=0.001)


def published(entry: Entry, *, is_enriched: bool = False) -> Result:
    """Give what the pipeline makes of an event that goes onto the wire."""
    return Result(entry.partition, entry.id, [own(entry, payload=entry.payload + b" " * is_enriched)])


def own(entry: Entry, **differently: Any) -> Output:  # members of several types
    """Give the output with the identity of the entry itself."""
    sent = msgspec.json.decode(entry.payload)
    if entry.kind == "a":
        kept = msgspec.json.decode(entry.payload, type=SentArticle)
        identity, mission = ident("article", kept.source, kept.id), ""
    else:
        identity, mission = ident("event", sent["source"], sent["id"]), sent.get("subject", "")
    made = Output(
        fate="publish",
        is_own=True,
        mission=mission,
        ident=identity,
        digest=digest(sent),
        payload=entry.payload,
        lane=entry.lane,
        kind=entry.kind,
    )
    return replace(made, **differently)


def extracted(id_: str, *, mission: str = "soyuz-ms-24", **differently: Any) -> Output:  # same
    """Give an event that was found in an article."""
    body = {"specversion": "1.0", "source": "urn:articles", "id": id_, "type": "missionwire.docking"}
    payload = json.dumps(body).encode()
    identity = ident("event", "urn:articles", id_)
    made = Output(
        fate="publish",
        is_own=False,
        mission=mission,
        ident=identity,
        digest=digest(body),
        payload=payload,
        lane=mission,
        kind="x",
    )
    return replace(made, **differently)


async def publish(log: Log, *items: Item) -> None:
    """Take items in and commit them, in the order of the inbox."""
    for item in items:
        await accept(log, [item])
        await commit(log, log.server.pool, [published(entry) for entry in await waiting(log)])


async def wire_ids(log: Log) -> list[bytes]:
    """Give the ids of all entries on the wire."""
    return [id_ for id_, _ in await log.server.pool.xrange(log.keys.wire)]


async def snapshot(log: Log) -> dict[bytes, bytes]:
    """Give all keys of the wire, as the server would save them: equal if nothing was written in between."""
    keys = sorted([key async for key in log.server.pool.scan_iter(match=log.keys.prefix + "*", count=1000)])
    return {key: await log.server.pool.dump(key) for key in keys}


async def put_back(log: Log, past: dict[bytes, bytes]) -> None:
    """Make the keys of the wire what they were, as a server does that comes back without its last writes."""
    await log.server.pool.delete(*await snapshot(log))
    for key, value in past.items():
        await log.server.pool.restore(key, 0, value)
