import time

from missionwire.store import leases, reports
from missionwire.store.log import Log


async def test_reports_of_living_workers_are_read_and_those_of_dead_ones_forgotten(log: Log) -> None:
    now_ms = int(time.time() * 1000)
    await leases.renew(log, "lives", 60)
    await leases.renew(log, "dies", 1)
    await reports.publish(log, "lives", b'{"plugins":2}')
    await reports.publish(log, "dies", b'{"plugins":1}')
    assert set(await reports.read(log, now_ms)) == {"lives", "dies"}

    assert await reports.read(log, now_ms + 5_000) == {"lives": {"plugins": 2}}
    assert await log.server.pool.hkeys(log.keys.reports) == [b"lives"]


async def test_a_withdrawn_report_is_gone(log: Log) -> None:
    await leases.renew(log, "w1", 60)
    await reports.publish(log, "w1", b"{}")
    await reports.withdraw(log, "w1")
    assert await reports.read(log, 0) == {}
