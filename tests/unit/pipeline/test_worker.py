"""The worker on a real server: order, stop, suspects, dry runs, a full store."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from missionwire.domain.errors import StoreFull, WorkerBusy
from missionwire.domain.event import Event
from missionwire.pipeline import dry_runs
from missionwire.pipeline.calls import Caller
from missionwire.pipeline.journal import Journal, Past
from missionwire.pipeline.participant import Participant
from missionwire.pipeline.pipeline import Pipeline
from missionwire.pipeline.plan import make_plan
from missionwire.pipeline.quarantine import name_of
from missionwire.pipeline.worker import Worker
from missionwire.store import leases, suspects
from missionwire.store.asks import Asks
from missionwire.store.dead_letters import DeadLetters
from missionwire.store.inbox import Inbox
from missionwire.store.log import Log
from missionwire.store.plugin_keys import PluginKeys
from missionwire.store.server import Server
from missionwire.store.upkeep import Retention
from tests.unit.pipeline.made import participant
from tests.unit.store.takes import accept, event, waiting

PATIENCE_S = 20


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "journal") as journal:
        yield journal


@asynccontextmanager
async def _working(
    log: Log,
    journal: Journal,
    *participants: Participant,
    past: Past = Past(),  # noqa: B008  # a NamedTuple
    report: Callable[[], Any] | None = None,
) -> AsyncIterator[Worker]:
    """Run a worker on a log of its own view, as a process has it; stopped at the end."""
    server = Server(log.server.url)
    theirs = Log(server, log.keys.name)

    async def nothing() -> None:
        """Report nothing."""

    caller = Caller(journal)
    made = Worker(
        "w1",
        theirs,
        Inbox(theirs, limit=0),
        Pipeline(make_plan(participants), caller),
        journal=journal,
        past=past,
        retention=Retention(),
        report=report or nothing,
        report_every_s=0.05,
    )
    running = asyncio.create_task(made.run())
    try:
        yield made
    finally:
        made.stop()
        await running
        caller.close()
        await server.aclose()


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not is_so():
            await asyncio.sleep(0.01)


async def _wire(log: Log) -> list[str]:
    entries = await log.server.pool.xrange(log.keys.wire)
    return [msgspec.json.decode(fields[b"event"])["id"] for _, fields in entries]


async def _names(log: Log) -> list[str]:
    return [name_of(entry) for entry in await waiting(log)]


# --- from the inbox to the wire ---------------------------------------------------------------------------------------


async def test_events_of_a_mission_are_published_in_the_order_of_the_inbox(log: Log, journal: Journal) -> None:
    await accept(log, [event(f"{n}", mission="crew-1") for n in range(300)])
    async with _working(log, journal) as running:
        await accept(log, [event(f"{n}", mission="crew-1") for n in range(300, 400)])
        await _until(lambda: running.counters.published == 400)

    assert await _wire(log) == [f"{n}" for n in range(400)]
    assert journal.take_over() == Past()


async def test_events_of_many_missions_are_asked_about_together_and_of_each_mission_one_after_another(
    log: Log, journal: Journal
) -> None:
    calls: list[list[str]] = []

    async def enrich_batch(events: Sequence[Event]) -> None:
        calls.append([made.mission or "" for made in events])
        await asyncio.sleep(0)

    await accept(log, [event(f"{n}.{m}", mission=f"crew-{m}") for n in range(4) for m in range(30)])
    async with _working(log, journal, participant("several", {"enrich_batch": enrich_batch})) as running:
        await _until(lambda: running.counters.published == 120)

    assert max(map(len, calls)) > 1
    assert all(len(set(missions)) == len(missions) for missions in calls)
    wire = await _wire(log)
    assert sorted(wire, key=lambda id_: int(id_.partition(".")[2])) == [f"{n}.{m}" for m in range(30) for n in range(4)]


async def test_after_its_connections_broke_it_starts_anew_and_doubles_nothing(own_log: Log, journal: Journal) -> None:
    async def wait(event: object) -> None:
        await asyncio.sleep(0.002)

    await accept(own_log, [event(f"{n}", mission=f"crew-{n % 3}") for n in range(300)])
    async with _working(own_log, journal, participant("waits", {"enrich": wait})) as running:
        for _ in range(3):
            before = running.counters.published
            await _until(lambda before=before: running.counters.published > before)  # type: ignore[misc]  # bound now
            await own_log.server.pool.client_kill_filter(_type="normal", skipme=True)
        async with asyncio.timeout(PATIENCE_S):
            while await Inbox(own_log, limit=0).depth():
                await asyncio.sleep(0.01)
        assert running.counters.resets > 0

    assert len(await _wire(own_log)) == len(set(await _wire(own_log))) == 300


async def test_a_stop_finishes_what_runs_and_leaves_the_rest_in_the_inbox(log: Log, journal: Journal) -> None:
    has_begun, go = asyncio.Event(), asyncio.Event()

    async def wait(event: object) -> None:
        has_begun.set()
        await go.wait()

    await accept(log, [event(f"{n}", mission="crew-1") for n in range(5)])
    async with _working(log, journal, participant("waits", {"enrich": wait})) as running:
        await has_begun.wait()
        running.stop()
        await asyncio.sleep(0.1)
        go.set()

    assert await _wire(log) == ["0"]
    assert await Inbox(log, limit=0).depth() == 4
    assert len(await leases.renew(log, "w2", 1)) == log.partitions, "it let go of all streams"


async def test_entries_of_a_stream_that_another_worker_has_now_are_given_back(
    log: Log, journal: Journal, tmp_path: Path
) -> None:
    go = asyncio.Event()

    async def wait(event: object) -> None:
        await go.wait()

    await accept(log, [event(f"{n}", mission=f"crew-{n}") for n in range(64)])
    entries = await waiting(log)
    async with _working(log, journal, participant("waits", {"enrich": wait}, timeout_s=PATIENCE_S)) as made:
        await _until(lambda: len(_running(tmp_path)) == 64)
        async with asyncio.timeout(PATIENCE_S):
            while len(theirs := await leases.renew(log, "w2", PATIENCE_S)) < log.partitions // 2:
                await asyncio.sleep(0.1)
        ours = [entry for entry in entries if entry.partition not in theirs]
        await _until(lambda: _running(tmp_path) == {name_of(entry) for entry in ours})
        go.set()
        await _until(lambda: made.counters.published == len(ours))

    assert sorted(await _wire(log)) == sorted(msgspec.json.decode(entry.payload)["id"] for entry in ours)
    assert await Inbox(log, limit=0).depth() == 64 - len(ours)


def _running(folder: Path) -> set[str]:
    """Give what the journal's file tells at this moment."""
    with Journal(folder / "journal") as seen:
        return set(seen.take_over().running)


# --- suspects ---------------------------------------------------------------------------------------------------------


class Spy:
    """A plugin that notes which events it sees, and how many at once."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.at_once: list[int] = []
        self._now = 0

    async def enrich(self, event: Any) -> None:
        self._now += 1
        self.at_once.append(self._now)
        self.seen.append(event.id)
        await asyncio.sleep(0.005)
        self._now -= 1

    @property
    def participant(self) -> Participant:
        async def enrich(event: object) -> None:
            await self.enrich(event)

        return participant("spy", {"enrich": enrich})


async def test_what_ran_when_a_worker_ended_is_run_alone_and_first(log: Log, journal: Journal) -> None:
    await accept(log, [event(f"{n}", mission=f"crew-{n}") for n in range(12)])
    spy, names = Spy(), await _names(log)
    by_name = dict(zip(names, [msgspec.json.decode(entry.payload)["id"] for entry in await waiting(log)], strict=True))
    running = names[3:7]
    async with _working(log, journal, spy.participant, past=Past(running=tuple(reversed(running)))) as made:
        await _until(lambda: made.counters.published == 12)

    assert spy.seen[:4] == [by_name[name] for name in running]
    assert spy.at_once[:5] == [1] * 5, "also the next one waits for the last of them"


async def test_what_was_made_of_a_suspects_lane_comes_before_it(log: Log, journal: Journal) -> None:
    await accept(log, [event(f"{n}", mission="crew-1") for n in range(4)], [event("other", mission="crew-2")])
    spy = Spy()
    entries = {msgspec.json.decode(entry.payload)["id"]: entry for entry in await waiting(log)}
    names = {id_: name_of(entry) for id_, entry in entries.items()}
    past = Past(running=(names["2"],), made=(names["other"], names["1"], names["0"]))
    async with _working(log, journal, spy.participant, past=past) as made:
        await _until(lambda: made.counters.published == 5)

    assert spy.seen[:3] == ["0", "1", "2"]
    assert [id_ for id_ in await _wire(log) if id_ != "other"] == ["0", "1", "2", "3"]


async def test_an_entry_that_ended_three_workers_alone_becomes_a_dead_letter(log: Log, journal: Journal) -> None:
    await accept(log, [event("bad", mission="crew-1"), event("good", mission="crew-1")])
    bad = (await _names(log))[0]
    for _ in range(2):
        await suspects.accuse(log, bad)
    past = Past(running=(bad,), alone=bad, end="by itself")
    async with _working(log, journal, past=past) as made:
        await _until(lambda: made.counters.published == 1)

    (letter,) = await DeadLetters(log).page()
    assert (letter.error.kind, letter.error.attempts) == ("ends-worker", 3)
    assert await _wire(log) == ["good"]
    assert await suspects.count(log, bad) == 0


@pytest.mark.parametrize(
    "past",
    [
        Past(running=("", "other"), end="by itself"),
        Past(running=("",), alone="", end="hung"),
        Past(running=("bad",), alone="bad", end="unproved"),
    ],
    ids=["several ran", "it did not run alone", "ended from outside"],
)
async def test_an_entry_is_accused_only_when_it_is_proved(log: Log, journal: Journal, past: Past) -> None:
    await accept(log, [event("bad", mission="crew-1")])
    (bad,) = await _names(log)
    await suspects.accuse(log, bad)
    await suspects.accuse(log, bad)
    past = past._replace(running=(bad,), alone=bad if past.alone else "")
    async with _working(log, journal, past=past) as made:
        await _until(lambda: made.counters.published == 1)

    assert await _wire(log) == ["bad"]


async def test_a_suspect_that_was_committed_before_is_forgotten(log: Log, journal: Journal) -> None:
    await accept(log, [event("1")])
    (name,) = await _names(log)
    await suspects.accuse(log, name)
    async with _working(log, journal) as made:
        await _until(lambda: made.counters.published == 1)

    async with _working(log, journal, past=Past(running=(name, "no name at all"))) as made:
        await accept(log, [event("2")])
        await _until(lambda: made.counters.published == 1)

    assert await suspects.count(log, name) == 0
    assert await _wire(log) == ["1", "2"]


# --- dry runs ---------------------------------------------------------------------------------------------------------


def _article(text: str) -> bytes:
    return msgspec.json.encode({"text": text})


async def test_a_dry_run_that_waits_long_holds_up_neither_others_nor_events(
    log: Log, journal: Journal, tmp_path: Path
) -> None:
    go = asyncio.Event()

    async def wait(document: Any) -> list[Any]:
        if document.text == "slow":
            await go.wait()
        return []

    asks = Asks(log)
    async with _working(log, journal, participant("waits", {"annotate": wait})) as made:
        slow = [
            asyncio.create_task(asks.put(_article("slow"), timeout_s=PATIENCE_S)) for _ in range(dry_runs.AT_ONCE - 1)
        ]
        await asyncio.sleep(0.1)
        answer = msgspec.json.decode(await asks.put(_article("quick"), timeout_s=PATIENCE_S))
        await accept(log, [event("1")])
        await _until(lambda: made.counters.published == 1)
        assert answer["text"] == "quick"
        assert not any(each.done() for each in slow)
        assert _running(tmp_path) == set(), "no entry of the inbox is in hand for a dry run"
        go.set()
        await asyncio.gather(*slow)


async def test_a_dry_run_ends_with_the_patience_of_its_asker(log: Log, journal: Journal) -> None:
    ended = asyncio.Event()

    async def wait(document: object) -> None:
        try:
            await asyncio.sleep(PATIENCE_S)
        finally:
            ended.set()

    async with _working(log, journal, participant("waits", {"annotate": wait}, timeout_s=PATIENCE_S)):
        with pytest.raises(WorkerBusy):
            await Asks(log).put(_article("slow"), timeout_s=0.5)
        await asyncio.wait_for(ended.wait(), 5)


async def test_an_ask_that_cannot_be_read_ends_nothing(log: Log, journal: Journal) -> None:
    async with _working(log, journal) as made:
        await log.server.pool.rpush(log.keys.asks, b"{}", b"nonsense")

        answer = msgspec.json.decode(await Asks(log).put(_article("quick"), timeout_s=PATIENCE_S))

        assert answer["text"] == "quick"
        assert made.counters.resets == 0


# --- a full store -----------------------------------------------------------------------------------------------------


async def test_a_full_store_ends_no_session_and_the_inbox_drains(own_log: Log, journal: Journal) -> None:
    reported = 0

    async def report() -> None:
        nonlocal reported
        reported += 1
        raise StoreFull

    keys = PluginKeys(own_log, "keeps")

    async def keep(event: object) -> None:
        await keys.set("seen", b"1")

    keeper = participant("keeps", {"enrich": keep})
    await accept(own_log, [event(f"{n}", mission=f"crew-{n}") for n in range(50)])
    await own_log.server.pool.rpush(own_log.keys.asks, await _ask(own_log))
    await own_log.server.pool.config_set("maxmemory", 1)
    async with _working(own_log, journal, keeper, report=report) as made:
        await _until(lambda: made.counters.published == 50 and reported > 5)
        async with asyncio.timeout(PATIENCE_S):
            while await own_log.server.pool.llen(own_log.keys.asks):
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)

        assert made.counters.resets == 0
    assert dict(keeper.tallies["enrich"].errors) == {"store": 50}, "and no breaker opened for that"


async def _ask(log: Log) -> bytes:
    """Give an ask as a process puts it, of which nobody waits for the answer."""
    with pytest.raises(WorkerBusy):
        await Asks(log).put(_article("quick"), timeout_s=0.01)
    ask = msgspec.json.decode(await log.server.pool.lpop(log.keys.asks))
    return msgspec.json.encode(ask | {"deadline_ms": ask["deadline_ms"] + 60_000})
