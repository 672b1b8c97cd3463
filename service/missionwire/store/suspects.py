"""Suspects: inbox entries that were at work, alone, when a worker ended; three times, and they are dead letters."""

from missionwire.store.log import Log
from missionwire.store.scripts import run
from missionwire.store.server import named_errors


async def accuse(log: Log, entry: str) -> int:
    """Count one more worker that this entry ended; gives the count. `entry` is `<stream>:<id>`."""
    with named_errors():
        return int(await run(log.server.pool, "accuse", [log.keys.suspects], [entry]))


async def count(log: Log, entry: str) -> int:
    """Give how many workers this entry ended."""
    with named_errors():
        return int(await log.server.pool.hget(log.keys.suspects, entry) or 0)


async def clear(log: Log, entry: str) -> None:
    """Forget what an entry did: it is done."""
    with named_errors():
        await log.server.pool.hdel(log.keys.suspects, entry)
