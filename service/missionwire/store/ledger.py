"""The ledger of identities: where an event that was acknowledged is now."""

from typing import Literal, NamedTuple

from missionwire.store.log import TRIES, Log
from missionwire.store.server import named_errors


class Place(NamedTuple):
    """Where an identity is; `at` is the stream id on the wire or among the dead letters, or the reason of a drop."""

    state: Literal["queued", "published", "dropped", "dead", "unknown"]
    at: str


_STATES: dict[str, Literal["queued", "published", "dropped", "dead"]] = {
    "q": "queued",
    "w": "published",
    "x": "dropped",
    "d": "dead",
}


async def find(log: Log, ident: bytes) -> Place:
    """Look an identity up in all generations of marks."""
    mark = next((found for found in await _marks(log, ident) if found), None)
    if mark is None:
        return Place("unknown", "")
    place = mark[8:].decode()
    return Place(_STATES[place[0]], place[1:])


async def _marks(log: Log, ident: bytes) -> list[bytes | None]:
    """Give the marks of an identity, the newest generation first, all from one moment."""
    marks: list[bytes | None] = []
    for _ in range(TRIES):
        with named_errors():
            async with log.server.pool.pipeline(transaction=True) as pipe:
                pipe.hget(log.keys.meta, "generations")
                for key in log.marks_keys():
                    pipe.hget(key, ident)
                generations, *marks = await pipe.execute()
        if generations is None or generations.decode() == log.generations:
            break
        log.learn_generations(generations.decode())  # a mark may be in one that was opened meanwhile: look again
    return marks
