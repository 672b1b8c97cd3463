"""The quarantine: what was running when a worker ended is run alone, one at a time, before anything else."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from missionwire.pipeline import outcome
from missionwire.pipeline.handler import Handler
from missionwire.pipeline.journal import Journal, Past
from missionwire.store import suspects
from missionwire.store.commit import Result
from missionwire.store.dead_letters import Failure
from missionwire.store.inbox import Entry, Inbox
from missionwire.store.log import Log
from missionwire.store.server import Client

STRIKES: Final = 3
"""An entry that ended a worker this often, alone, becomes a dead letter."""

_NAME: Final = re.compile(r"(\d+):((\d+)-(\d+))")

_LOG: Final = logging.getLogger("missionwire.worker")


class Quarantine:
    """Runs the suspects that a journal names. `commit` commits one result on a connection and notes its entry as done.

    A worker's end is nobody's fault while several entries were in hand, nor if it was ended from outside, nor if nobody
    was left to see how it ended. Accused is only what ran alone when the worker ended by itself, or hung.
    """

    def __init__(
        self,
        log: Log,
        inbox: Inbox,
        handler: Handler,
        journal: Journal,
        past: Past,
        commit: Callable[[Client, str, Result], Awaitable[None]],
    ) -> None:
        self._log = log
        self._inbox = inbox
        self._handler = handler
        self._journal = journal
        self._commit = commit
        self._suspects = _in_order({*past.running, past.alone})
        self._made = _in_order(past.made)
        self._accused = past.alone if past.end != "unproved" else ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody left to run."""
        return not self._suspects

    async def run(self, stop: asyncio.Event) -> None:
        """Run all suspects, or those before the stop. After an error call it again, and it goes on.

        Raises:
            ServerAway, StoreFull: as committing does.
        """
        if self._accused:
            accused, self._accused = self._accused, ""  # once, whatever the answer: rather too mild than unjust
            strikes = await suspects.accuse(self._log, accused)
            _LOG.error("the entry %s ended a worker while it ran alone: strike %d of %d", accused, strikes, STRIKES)
        self._suspects, self._made = _in_order({*self._suspects, *await self._before_suspects()}), []
        _LOG.warning("a worker ended: %d entries that ran, or must come before, are run alone", len(self._suspects))
        async with self._log.server.connection() as client:
            while self._suspects and not stop.is_set():
                await self._run_alone(client, self._suspects[0])
                self._suspects.pop(0)

    async def _before_suspects(self) -> list[str]:
        """Give what was run before a suspect and not committed, in the lanes of the suspects: its turn comes first."""
        lanes = {(entry.partition, entry.lane) for name in self._suspects if (entry := await self._get(name))}
        partitions = {partition for partition, _ in lanes}
        near = [name for name in self._made if _parts(name)[0] in partitions]
        return [name for name in near if (entry := await self._get(name)) and (entry.partition, entry.lane) in lanes]

    async def _get(self, name: str) -> Entry | None:
        return await self._inbox.get(*_parts(name))

    async def _run_alone(self, client: Client, name: str) -> None:
        entry = await self._get(name)
        if entry is None:  # committed before, or by somebody else
            self._journal.end(name)
        else:
            await self._commit(client, name, await self._result(name, entry))
        await suspects.clear(self._log, name)

    async def _result(self, name: str, entry: Entry) -> Result:
        strikes = await suspects.count(self._log, name)
        if strikes >= STRIKES:
            message = f"It ended a worker {strikes} times while it ran alone."
            return outcome.of_failure(entry, Failure(kind="ends-worker", message=message, attempts=strikes))
        _LOG.info("the entry %s of the lane %s runs alone", name, entry.lane)
        self._journal.begin_alone(name)
        try:
            return await self._handler.result(entry)
        finally:
            self._journal.end_alone()


def name_of(entry: Entry) -> str:
    """Give the name of an entry in journals and among suspects, `<stream>:<id>`."""
    return f"{entry.partition}:{entry.id.decode()}"


def _parts(name: str) -> tuple[int, bytes]:
    partition, _, id_ = name.partition(":")
    return int(partition), id_.encode()


def _in_order(names: Iterable[str]) -> list[str]:
    """Give names as the inbox has their entries; what is no name, from a journal that was damaged, is left out."""
    return sorted(filter(_NAME.fullmatch, names), key=_place)


def _place(name: str) -> tuple[int, int, int]:
    found = _NAME.fullmatch(name)
    return (int(found[1]), int(found[3]), int(found[4])) if found else (0, 0, 0)
