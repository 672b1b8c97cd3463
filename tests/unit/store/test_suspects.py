from missionwire.store import suspects
from missionwire.store.log import Log


async def test_an_entry_is_counted_until_it_is_cleared(log: Log) -> None:
    assert await suspects.count(log, "3:1-1") == 0
    assert await suspects.accuse(log, "3:1-1") == 1
    assert await suspects.accuse(log, "3:1-1") == 2
    assert await suspects.accuse(log, "4:1-1") == 1
    assert await suspects.count(log, "3:1-1") == 2
    await suspects.clear(log, "3:1-1")
    assert await suspects.count(log, "3:1-1") == 0
