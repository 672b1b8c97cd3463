"""Leases: which worker reads which inbox streams. They save double work; correctness does not rest on them."""

from missionwire.store.log import Log
from missionwire.store.scripts import run
from missionwire.store.server import named_errors


async def renew(log: Log, worker: str, ttl_s: float) -> set[int]:
    """Renew a worker's leases and take its fair share. Gives the inbox streams that it holds."""
    return await _call(log, worker, ttl_s, "")


async def leave(log: Log, worker: str) -> None:
    """Give all leases up, so that others can take them at once."""
    await _call(log, worker, 1, "leave")


async def _call(log: Log, worker: str, ttl_s: float, word: str) -> set[int]:
    with named_errors():
        held = await run(
            log.server.pool,
            "lease",
            [log.keys.leases, log.keys.workers],
            [worker, int(ttl_s * 1000), log.partitions, word],
        )
    return {int(p) for p in held}
