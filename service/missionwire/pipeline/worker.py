"""The worker: takes entries from the inbox streams that it leases, runs them through the pipeline, commits them.

Why it neither loses nor doubles: the inbox holds exactly what is not yet committed, a commit is "delete from the inbox
and publish, or skip", one committer sends results in the order in which lanes finished them, and after any fault of the
connection everything in memory is thrown away and the inbox is read again from its start.
"""

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

import msgspec
from msgspec import Struct

from missionwire.domain.article import SentArticle
from missionwire.domain.errors import MissionwireError, ServerAway, StoreFull
from missionwire.pipeline import outcome
from missionwire.pipeline.journal import Journal
from missionwire.pipeline.lanes import Lanes
from missionwire.pipeline.pipeline import Pipeline
from missionwire.store import leases, suspects
from missionwire.store.asks import Asks
from missionwire.store.commit import Result, commit
from missionwire.store.dead_letters import Failure
from missionwire.store.inbox import Entry, Inbox
from missionwire.store.log import Log
from missionwire.store.server import Client
from missionwire.store.upkeep import Retention, rotate, trim

LEASE_TTL_S: Final = 3.0
READ_COUNT: Final = 64
READ_BLOCK_S: Final = 0.5
COMMIT_BATCH: Final = 256
COMMIT_QUEUE: Final = 2048
UPKEEP_EVERY_S: Final = 2.0
ASK_BLOCK_S: Final = 1.0
BACKOFF_S: Final = (0.05, 2.0)
STRIKES: Final = 3
"""An entry that ended a worker this often, alone, becomes a dead letter."""

DRAIN_S: Final = 10.0
"""On a stop, what is in hand may finish for this long; the rest stays in the inbox."""

_DRAIN_POLL_S: Final = 0.02

_LOG: Final = logging.getLogger("missionwire.worker")


class Counters(Struct):
    """What this worker did since it started."""

    published: int = 0
    dropped: int = 0
    dead: int = 0
    skipped: int = 0
    resets: int = 0


class Worker:
    """One worker. `name` is unique among all workers of the wire and holds no space."""

    def __init__(
        self,
        name: str,
        log: Log,
        inbox: Inbox,
        pipeline: Pipeline,
        *,
        journal: Journal,
        retention: Retention,
        report: Callable[[], Awaitable[None]],
        report_every_s: float,
    ) -> None:
        self.name = name
        self.counters = Counters()
        self._log = log
        self._inbox = inbox
        self._pipeline = pipeline
        self._journal = journal
        self._retention = retention
        self._report = report
        self._report_every_s = report_every_s
        self._asks = Asks(log)
        self._suspects = self._take_leftovers()
        self._stop = asyncio.Event()
        self._held: set[int] = set()
        self._cursors: dict[int, bytes] = {}
        self._lanes: Lanes
        self._results: asyncio.Queue[tuple[Entry, Result]]

    def _take_leftovers(self) -> list[str]:
        """Take over what the worker before this one had in hand: it may have ended it."""
        found = sorted(self._journal.leftovers(), key=_place)
        self._was_alone = self._journal.was_alone
        self._journal.clear()
        return found

    def stop(self) -> None:
        """Ask the worker to finish what it has in hand and end."""
        self._stop.set()

    async def run(self) -> None:
        """Work until stopped. Whatever happens to the server, it starts anew."""
        backoff_s = BACKOFF_S[0]
        while not self._stop.is_set():
            began_s = time.monotonic()
            try:
                await self._log.open()
                await self._suspected()
                await self._session()
            except (MissionwireError, OSError) as error:
                self.counters.resets += 1
                _LOG.warning("worker %s starts anew: %s: %s", self.name, type(error).__name__, error)
                await self._log.server.drop_connections()
                backoff_s = (
                    BACKOFF_S[0] if time.monotonic() - began_s > BACKOFF_S[1] else min(backoff_s * 2, BACKOFF_S[1])
                )
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stop.wait(), backoff_s * (0.5 + random.random()))  # noqa: S311  # spread
        with contextlib.suppress(MissionwireError):
            await leases.leave(self._log, self.name)
        self._journal.clear()

    async def _session(self) -> None:
        """Work on one set of connections until one of them fails, or the stop."""
        self._lanes = Lanes(self._handle, self._inbox.get)
        self._results = asyncio.Queue(COMMIT_QUEUE)
        self._held, self._cursors = set(), {}
        self._journal.clear()  # what a failed session had in hand is read again from the inbox
        loops: list[Coroutine[Any, Any, None]] = [
            self._lease_loop(),
            self._read_loop(),
            self._commit_loop(),
            self._upkeep_loop(),
            self._ask_loop(),
            self._report_loop(),
        ]
        tasks = [asyncio.create_task(each) for each in loops]
        stopped = asyncio.create_task(self._stop.wait())
        try:
            ends: list[asyncio.Future[Any]] = [*tasks, self._lanes.failure, stopped]
            done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            if stopped in done:
                await self._drain(tasks[:2], tasks[2])
            else:
                for each in done:
                    each.result()
        finally:
            for task in (*tasks, stopped):
                task.cancel()
            await asyncio.gather(*tasks, stopped, return_exceptions=True)
            await self._lanes.aclose()

    async def _drain(self, intake: list[asyncio.Task[None]], committer: asyncio.Task[None]) -> None:
        for task in intake:
            task.cancel()
        give_up_s = time.monotonic() + DRAIN_S
        while (self._lanes.in_hand or not self._results.empty()) and time.monotonic() < give_up_s:
            if committer.done():
                return
            await asyncio.sleep(_DRAIN_POLL_S)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._results.join(), 2.0)

    # --- the loops of a session -----------------------------------------------------------------------------------

    async def _lease_loop(self) -> None:
        while True:
            held = await leases.renew(self._log, self.name, LEASE_TTL_S)
            for partition in self._held - held:
                self._cursors.pop(partition, None)
                await self._lanes.drop_partition(partition)
            for partition in held - self._held:
                self._cursors[partition] = b"0-0"
            self._held = held
            await asyncio.sleep(LEASE_TTL_S / 3)

    async def _read_loop(self) -> None:
        async with self._log.server.connection(block_s=READ_BLOCK_S) as client:
            while True:
                if not self._cursors or not self._lanes.has_room:
                    await asyncio.sleep(0.005)
                    continue
                cursors = dict(self._cursors)
                for entry in await self._inbox.read(client, cursors, count=READ_COUNT, block_s=READ_BLOCK_S):
                    if self._cursors.get(entry.partition) != cursors[entry.partition]:
                        continue  # the lease went away, or came back, while the read was under way
                    cursors[entry.partition] = self._cursors[entry.partition] = entry.id
                    self._lanes.add(entry)

    async def _handle(self, entry: Entry) -> None:
        self._journal.begin(_name(entry))
        await self._results.put((entry, await self._result(entry)))

    async def _commit_loop(self) -> None:
        async with self._log.server.connection() as client:
            while True:
                batch = [await self._results.get()]
                while len(batch) < COMMIT_BATCH and not self._results.empty():
                    batch.append(self._results.get_nowait())
                await self._commit(client, batch)
                for _ in batch:
                    self._results.task_done()

    async def _commit(self, client: Client, batch: list[tuple[Entry, Result]]) -> None:
        letters = await commit(self._log, client, [result for _, result in batch])
        for (entry, result), letter in zip(batch, letters, strict=True):
            self._journal.end(_name(entry))
            self._count(result, is_done=letter == "1")

    def _count(self, result: Result, *, is_done: bool) -> None:
        if not is_done:
            self.counters.skipped += 1
            return
        for output in result.outputs:
            if output.fate == "publish":
                self.counters.published += 1
            elif output.fate == "dead":
                self.counters.dead += 1
            elif output.payload:
                self.counters.dropped += 1

    async def _upkeep_loop(self) -> None:
        while True:
            await asyncio.sleep(UPKEEP_EVERY_S * (0.75 + random.random() / 2))  # noqa: S311  # spread over workers
            while await trim(self._log, self._retention, int(time.time() * 1000)):
                await asyncio.sleep(0)
            await rotate(self._log, self._retention)

    async def _ask_loop(self) -> None:
        async with self._log.server.connection(block_s=ASK_BLOCK_S) as client:
            while True:
                ask = await self._asks.take(client, block_s=ASK_BLOCK_S)
                if ask is None:
                    continue
                article = msgspec.json.decode(ask.article, type=SentArticle)
                try:
                    done = await self._pipeline.article(article)
                except Exception:  # who asked is told that no worker answered; the worker goes on
                    _LOG.exception("worker %s could not make a dry run", self.name)
                    continue
                await self._asks.answer(ask, msgspec.json.encode(done.document))

    async def _report_loop(self) -> None:
        while True:
            try:
                await self._report()
            except (MissionwireError, OSError):
                raise
            except Exception:  # what a plugin says of itself must not end the worker
                _LOG.exception("worker %s could not report", self.name)
            await asyncio.sleep(self._report_every_s)

    # --- one entry ------------------------------------------------------------------------------------------------

    async def _result(self, entry: Entry) -> Result:
        plan = self._pipeline.plan
        try:
            if entry.kind == "a":
                article = msgspec.json.decode(entry.payload, type=SentArticle)
                read = await self._pipeline.article(article)
                if read.dead is not None:
                    return outcome.of_failure(entry, outcome.failure_of(read.dead, plan))
                return outcome.of_article(entry, article, read, plan)
            sent = msgspec.json.decode(entry.payload)
            done = await (self._pipeline.event(sent) if entry.kind == "e" else self._pipeline.extracted(sent))
            return outcome.of_event(entry, sent, done, plan)
        except (ServerAway, StoreFull):
            raise
        except Exception as error:  # a fault of our own: the entry becomes a dead letter, with the error
            _LOG.exception("worker %s could not handle %s", self.name, _name(entry))
            return outcome.of_failure(
                entry, Failure(kind="internal", message=f"{type(error).__name__}: {error}"[: outcome.MAX_MESSAGE_CHARS])
            )

    # --- suspects -------------------------------------------------------------------------------------------------

    async def _suspected(self) -> None:
        """Run what was in hand when a worker ended, one at a time, before anything else.

        A worker's end is nobody's fault while several entries were in hand. Only an entry that ran alone is accused,
        and after three times it becomes a dead letter.
        """
        if not self._suspects:
            return
        if self._was_alone and len(self._suspects) == 1:
            await suspects.accuse(self._log, self._suspects[0])
            self._was_alone = False
        await leases.renew(self._log, self.name, LEASE_TTL_S)
        _LOG.warning("worker %s: %d entries were in hand when a worker ended", self.name, len(self._suspects))
        async with self._log.server.connection() as client:
            while self._suspects and not self._stop.is_set():
                name = self._suspects[0]
                partition, id_ = _place_parts(name)
                entry = await self._inbox.get(partition, id_)
                if entry is not None:
                    await self._alone(client, entry, name)
                self._suspects.pop(0)

    async def _alone(self, client: Client, entry: Entry, name: str) -> None:
        strikes = await suspects.count(self._log, name)
        if strikes >= STRIKES:
            message = f"It ended a worker {strikes} times while it ran alone."
            result = outcome.of_failure(entry, Failure(kind="ends-worker", message=message, attempts=strikes))
        else:
            self._journal.begin(name, is_alone=True)
            result = await self._result(entry)
        await self._commit(client, [(entry, result)])
        self._journal.end(name)
        await suspects.clear(self._log, name)


def _name(entry: Entry) -> str:
    return f"{entry.partition}:{entry.id.decode()}"


def _place_parts(name: str) -> tuple[int, bytes]:
    partition, _, id_ = name.partition(":")
    return int(partition), id_.encode()


def _place(name: str) -> tuple[int, int, int]:
    partition, id_ = _place_parts(name)
    ms, _, n = id_.decode().partition("-")
    return partition, int(ms), int(n)
