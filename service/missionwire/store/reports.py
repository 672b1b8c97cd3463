"""Reports: what each worker says of itself and of its plugins, for those who ask the HTTP process."""

import msgspec

from missionwire.store.log import Log
from missionwire.store.scripts import run
from missionwire.store.server import named_errors


async def publish(log: Log, worker: str, report: bytes) -> None:
    """Put a worker's report where readers find it; one that stops renewing its lease is no longer shown."""
    with named_errors():
        await run(log.server.pool, "report", [log.keys.reports], [worker, report])


async def withdraw(log: Log, worker: str) -> None:
    """Take a worker's report away."""
    with named_errors():
        await log.server.pool.hdel(log.keys.reports, worker)


async def read(log: Log, now_ms: int) -> dict[str, dict[str, object]]:
    """Give the reports of the workers that live, by worker; those of the dead are forgotten on the way."""
    with named_errors():
        living = {name.decode() for name in await log.server.pool.zrangebyscore(log.keys.workers, now_ms, "+inf")}
        reports = await log.server.pool.hgetall(log.keys.reports)
        gone = [name for name in reports if name.decode() not in living]
        if gone:
            await log.server.pool.hdel(log.keys.reports, *gone)
    return {name.decode(): msgspec.json.decode(body) for name, body in reports.items() if name.decode() in living}
