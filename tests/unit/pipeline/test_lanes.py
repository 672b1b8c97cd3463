import asyncio
from collections.abc import AsyncIterator

import pytest

from missionwire.pipeline import lanes
from missionwire.pipeline.lanes import Lanes
from missionwire.store.inbox import Entry


def _entry(n: int, lane: str = "soyuz-ms-18", *, partition: int = 0, payload: bytes = b"{}") -> Entry:
    return Entry(partition, b"%d-0" % n, lane, "e", payload)


class Runner:
    """Runs entries: those of the lane `slow` wait until `go` is set. Entries read again are counted."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.begun: list[bytes] = []
        self.ended: list[bytes] = []
        self.fetched: list[bytes] = []
        self.gone: set[bytes] = set()
        self.lanes = Lanes(self._run, self._fetch)

    async def _run(self, entry: Entry) -> None:
        self.begun.append(entry.id)
        if entry.lane == "slow":
            await self.go.wait()
        if entry.lane == "faulty":
            raise ValueError("faulty")
        await asyncio.sleep(0)
        self.ended.append(entry.id)

    async def _fetch(self, partition: int, id_: bytes) -> Entry | None:
        self.fetched.append(id_)
        return None if id_ in self.gone else Entry(partition, id_, "slow", "e", b"{}")

    async def until_ended(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.ended) < count:
                await asyncio.sleep(0)


@pytest.fixture
async def runner() -> AsyncIterator[Runner]:
    runner = Runner()
    yield runner
    await runner.lanes.aclose()


async def test_entries_of_one_lane_run_one_after_another_in_order(runner: Runner) -> None:
    for n in range(5):
        runner.lanes.add(_entry(n, "slow"))
    await asyncio.sleep(0.01)
    assert runner.begun == [b"0-0"]

    runner.go.set()
    await runner.until_ended(5)

    assert runner.ended == [b"%d-0" % n for n in range(5)]


async def test_a_slow_lane_holds_up_no_other(runner: Runner) -> None:
    runner.lanes.add(_entry(1, "slow"))
    runner.lanes.add(_entry(2, "crew-1"))
    runner.lanes.add(_entry(3, "crew-2"))

    await runner.until_ended(2)

    assert sorted(runner.ended) == [b"2-0", b"3-0"]


async def test_a_long_lane_holds_ids_and_reads_the_entries_again_when_their_turn_comes(runner: Runner) -> None:
    count = lanes.HELD_PER_LANE + 10
    for n in range(count):
        runner.lanes.add(_entry(n, "slow"))
    assert runner.lanes.room.is_set()
    runner.gone.add(b"%d-0" % (count - 1))  # committed by somebody else meanwhile

    runner.go.set()
    await runner.until_ended(count - 1)

    assert runner.ended == [b"%d-0" % n for n in range(count - 1)]
    assert runner.fetched == [b"%d-0" % n for n in range(lanes.HELD_PER_LANE, count)]


async def test_there_is_no_room_at_the_limit_and_room_again_below_it(runner: Runner) -> None:
    for n in range(lanes.WINDOW):
        assert runner.lanes.room.is_set()
        runner.lanes.add(_entry(n, f"lane {n}"))
    assert not runner.lanes.room.is_set()

    await runner.until_ended(1)

    assert runner.lanes.room.is_set()


async def test_large_entries_fill_the_window_by_their_bytes(runner: Runner) -> None:
    quarter = bytes(lanes.WINDOW_BYTES // 4)
    for n in range(4):
        assert runner.lanes.room.is_set()
        runner.lanes.add(_entry(n, f"lane {n}", payload=quarter))

    assert not runner.lanes.room.is_set()


async def test_a_fault_of_the_run_is_handed_over(runner: Runner) -> None:
    runner.lanes.add(_entry(1, "faulty"))

    with pytest.raises(ValueError, match="faulty"):
        await runner.lanes.failure


async def test_a_stream_that_is_dropped_is_forgotten_with_its_place_in_the_window(runner: Runner) -> None:
    for n in range(lanes.WINDOW):
        runner.lanes.add(_entry(n, f"lane {n}", partition=n % 2))
    await runner.lanes.drop({1})  # before any of them ran its first step

    assert runner.lanes.room.is_set()
    await runner.until_ended(lanes.WINDOW // 2)
    assert all(int(id_.split(b"-")[0]) % 2 == 0 for id_ in runner.begun)

    runner.lanes.add(_entry(1, "lane 1", partition=1))  # it came back
    await runner.until_ended(lanes.WINDOW // 2 + 1)


async def test_to_finish_is_to_end_what_runs_and_to_begin_nothing(runner: Runner) -> None:
    for n in range(3):
        runner.lanes.add(_entry(n, "slow"))
    await asyncio.sleep(0.01)
    finishing = asyncio.create_task(runner.lanes.finish())
    await asyncio.sleep(0.01)
    assert not finishing.done()

    runner.go.set()
    await finishing

    assert runner.begun == runner.ended == [b"0-0"]
