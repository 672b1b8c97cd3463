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
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, NamedTuple

from msgspec import Struct

from missionwire.domain.errors import MissionwireError, StoreFull
from missionwire.pipeline.dry_runs import DryRuns
from missionwire.pipeline.handler import Handler
from missionwire.pipeline.journal import Journal, Past
from missionwire.pipeline.lanes import Lanes
from missionwire.pipeline.pipeline import Pipeline
from missionwire.pipeline.quarantine import Quarantine, name_of
from missionwire.store import leases
from missionwire.store.commit import Result, commit
from missionwire.store.inbox import Entry, Inbox
from missionwire.store.log import Log
from missionwire.store.server import Client
from missionwire.store.upkeep import Retention, rotate, trim

LEASE_TTL_S: Final = 3.0
READ_COUNT: Final = 64
READ_BLOCK_S: Final = 0.5
COMMIT_BATCH: Final = 256
COMMIT_BYTES: Final = 8 << 20
"""A batch with so many bytes takes no further result."""

COMMIT_QUEUE: Final = 2048
UPKEEP_EVERY_S: Final = 2.0
TRIMS_AT_ONCE: Final = 100
"""So many pieces are trimmed in one turn; the rest in the next."""

BACKOFF_S: Final = (0.05, 2.0)

DRAIN_S: Final = 10.0
"""On a stop, the entries that run may finish for this long; the rest stays in the inbox."""

_LOG: Final = logging.getLogger("missionwire.worker")


class Counters(Struct):
    """What this worker did since it started."""

    published: int = 0
    dropped: int = 0
    dead: int = 0
    skipped: int = 0
    resets: int = 0


class _Made(NamedTuple):
    """What came of an entry; `name` is what the journal calls it."""

    name: str
    result: Result


class Worker:
    """One worker. `name` is unique among all workers of the wire and holds no space.

    A successor of a worker that ended takes its name, and with it its leases. `past` is what that one left behind.
    """

    def __init__(
        self,
        name: str,
        log: Log,
        inbox: Inbox,
        pipeline: Pipeline,
        *,
        journal: Journal,
        past: Past,
        retention: Retention,
        report: Callable[[], Awaitable[None]],
        report_every_s: float,
    ) -> None:
        self.name = name
        self.counters = Counters()
        self._log = log
        self._inbox = inbox
        self._handler = Handler(pipeline)
        self._journal = journal
        self._quarantine = Quarantine(log, inbox, self._handler, journal, past, self._commit_one)
        self._dry_runs = DryRuns(log, pipeline)
        self._retention = retention
        self._report = report
        self._report_every_s = report_every_s
        self._stop = asyncio.Event()
        self._has_lease = asyncio.Event()
        self._cursors: dict[int, bytes] = {}
        self._lanes: Lanes
        self._made: asyncio.Queue[_Made]

    def stop(self) -> None:
        """Ask the worker to finish what it runs and end."""
        self._stop.set()

    async def run(self) -> None:
        """Work until stopped. Whatever happens to the server, it starts anew."""
        backoff_s = BACKOFF_S[0]
        while not self._stop.is_set():
            began_s = time.monotonic()
            try:
                await self._log.open()
                if not self._quarantine.is_empty:
                    await self._run_suspects()
                await self._session()
            except (MissionwireError, OSError) as error:
                self.counters.resets += 1
                _LOG.warning("worker %s starts anew: %s: %s", self.name, type(error).__name__, error)
                await self._log.server.drop_connections()
                lasted_s = time.monotonic() - began_s
                backoff_s = BACKOFF_S[0] if lasted_s > BACKOFF_S[1] else min(backoff_s * 2, BACKOFF_S[1])
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stop.wait(), _spread(backoff_s))
        with contextlib.suppress(MissionwireError):
            await leases.leave(self._log, self.name)
        self._journal.clear()

    async def _run_suspects(self) -> None:
        """Hold the leases meanwhile: other workers must not meet a suspect among their own entries.

        The report is given before: it asks plugins how they are, and nothing else may run beside a suspect.
        """
        await leases.renew(self._log, self.name, LEASE_TTL_S)
        await self._report_once()
        leasing = asyncio.create_task(self._keep_leases())
        try:
            await self._quarantine.run(self._stop)
        finally:
            leasing.cancel()
            await asyncio.gather(leasing, return_exceptions=True)

    async def _keep_leases(self) -> None:
        while True:
            await leases.renew(self._log, self.name, LEASE_TTL_S)
            await asyncio.sleep(LEASE_TTL_S / 3)

    async def _session(self) -> None:
        """Work on one set of connections until one of them fails, or the stop."""
        self._lanes = Lanes(self._handle, self._inbox.get)
        self._made = asyncio.Queue(COMMIT_QUEUE)
        self._cursors = {}
        self._has_lease.clear()
        self._journal.clear()  # what a failed session had in hand is read again from the inbox
        committer, leaser, upkeeper, reporter, *intake = tasks = [
            asyncio.create_task(loop)
            for loop in (
                self._commit_loop(),
                self._lease_loop(),
                self._upkeep_loop(),
                self._report_loop(),
                self._read_loop(),
                self._dry_runs.serve(),
            )
        ]
        stopped = asyncio.create_task(self._stop.wait())
        ends: list[asyncio.Future[Any]] = [committer, leaser, upkeeper, reporter, *intake, self._lanes.failure]
        try:
            done, _ = await asyncio.wait([*ends, stopped], return_when=asyncio.FIRST_COMPLETED)
            if stopped in done:
                await self._drain(intake, committer)
            else:
                for each in done:
                    each.result()
        finally:
            for task in (*tasks, stopped):
                task.cancel()
            await asyncio.gather(*tasks, stopped, return_exceptions=True)
            await self._lanes.aclose()

    async def _drain(self, intake: Sequence[asyncio.Task[None]], committer: asyncio.Task[None]) -> None:
        """Finish and commit what runs, for a bounded time, unless that fails."""
        for task in intake:
            task.cancel()

        async def finish() -> None:
            await self._lanes.finish()
            await self._made.join()

        finishing = asyncio.create_task(finish())
        ends = [finishing, committer, self._lanes.failure]
        await asyncio.wait(ends, timeout=DRAIN_S, return_when=asyncio.FIRST_COMPLETED)
        finishing.cancel()
        await asyncio.gather(finishing, return_exceptions=True)

    # --- from the inbox to the committer --------------------------------------------------------------------------

    async def _lease_loop(self) -> None:
        while True:
            held = await leases.renew(self._log, self.name, LEASE_TTL_S)
            if lost := self._cursors.keys() - held:
                for partition in lost:
                    del self._cursors[partition]
                await self._lanes.drop(lost)
            for partition in held - self._cursors.keys():
                self._cursors[partition] = b"0-0"
            if held:
                self._has_lease.set()
            else:
                self._has_lease.clear()
            await asyncio.sleep(LEASE_TTL_S / 3)

    async def _read_loop(self) -> None:
        async with self._log.server.connection(block_s=READ_BLOCK_S) as client:
            while True:
                await self._has_lease.wait()
                await self._lanes.room.wait()
                cursors = dict(self._cursors)
                for entry in await self._inbox.read(client, cursors, count=READ_COUNT, block_s=READ_BLOCK_S):
                    if self._cursors.get(entry.partition) != cursors[entry.partition]:
                        continue  # the lease went away, or came back, while the read was under way
                    cursors[entry.partition] = self._cursors[entry.partition] = entry.id
                    self._lanes.add(entry)

    async def _handle(self, entry: Entry) -> None:
        name = name_of(entry)
        self._journal.begin(name)
        try:
            result = await self._handler.result(entry)
            self._journal.made(name)
            await self._made.put(_Made(name, result))
        except BaseException:  # called off: it is given back
            self._journal.end(name)
            raise

    async def _commit_loop(self) -> None:
        async with self._log.server.connection() as client:
            while True:
                batch = await self._next_batch()
                await self._commit(client, batch)
                for _ in batch:
                    self._made.task_done()

    async def _next_batch(self) -> list[_Made]:
        batch = [await self._made.get()]
        size_bytes = _size_bytes(batch[0].result)
        while len(batch) < COMMIT_BATCH and size_bytes < COMMIT_BYTES and not self._made.empty():
            batch.append(self._made.get_nowait())
            size_bytes += _size_bytes(batch[-1].result)
        return batch

    async def _commit(self, client: Client, batch: Sequence[_Made]) -> None:
        letters = await commit(self._log, client, [made.result for made in batch])
        for made, letter in zip(batch, letters, strict=True):
            self._journal.end(made.name)
            self._count(made.result, is_done=letter == "1")

    async def _commit_one(self, client: Client, name: str, result: Result) -> None:
        await self._commit(client, [_Made(name, result)])

    def _count(self, result: Result, *, is_done: bool) -> None:
        if not is_done:
            self.counters.skipped += 1
            return
        for output in result.outputs:
            if output.fate == "publish":
                self.counters.published += 1
            elif output.fate == "dead":
                self.counters.dead += 1
            elif output.payload:  # an article's own end has none
                self.counters.dropped += 1

    # --- beside it ------------------------------------------------------------------------------------------------

    async def _upkeep_loop(self) -> None:
        while True:
            await asyncio.sleep(_spread(UPKEEP_EVERY_S))
            with contextlib.suppress(StoreFull):  # told where it matters, at intake; trimming comes again
                for _ in range(TRIMS_AT_ONCE):
                    if not await trim(self._log, self._retention, int(time.time() * 1000)):
                        break
                await rotate(self._log, self._retention)

    async def _report_loop(self) -> None:
        while True:
            await self._report_once()
            await asyncio.sleep(self._report_every_s)

    async def _report_once(self) -> None:
        try:
            await self._report()
        except StoreFull:
            _LOG.warning("worker %s could not report: the store is full", self.name)
        except (MissionwireError, OSError):
            raise
        except Exception:  # what a plugin says of itself must not end the worker
            _LOG.exception("worker %s could not report", self.name)


def _spread(wait_s: float) -> float:
    """Spread waits, so that workers do not act all at once."""
    return wait_s * (0.5 + random.random())  # noqa: S311  # no secret


def _size_bytes(result: Result) -> int:
    return len(result.document) + sum(len(output.payload) for output in result.outputs)
