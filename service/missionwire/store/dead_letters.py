"""Dead letters: what a plugin or a worker could not handle, kept with the error until it is replayed."""

import re
from typing import Any, Final

import msgspec
from msgspec import Struct

from missionwire.domain.errors import DeadLetterNotFound
from missionwire.domain.identity import partition
from missionwire.store.log import Log, split_id
from missionwire.store.server import named_errors

PAGE: Final = 100

_ID: Final = re.compile(r"[0-9]{1,16}-[0-9]{1,16}")


class Failure(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why an event is dead: the plugin with its version, the hook, the kind of error, and what was tried."""

    kind: str
    message: str
    plugin: str | None = None
    version: str | None = None
    hook: str | None = None
    attempts: int = 1


class DeadLetter(Struct, frozen=True, kw_only=True):
    """One dead letter; `event` is as it was sent (an article, for an article)."""

    id: str
    time_ms: int
    lane: str
    kind: str
    error: Failure
    event: msgspec.Raw


class DeadLetters:
    """Reads, replays and discards dead letters."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def page(self, *, after: str = "", limit: int = PAGE) -> list[DeadLetter]:
        """Give a page, oldest first, after the letter `after` where given.

        Raises:
            DeadLetterNotFound: `after` is no id of a dead letter. One that was there is enough.
        """
        if after:
            _check(after)
        with named_errors():
            found = await self._log.server.pool.xrange(
                self._log.keys.dead, min=f"({after}" if after else "-", max="+", count=limit
            )
        return [_letter(id_, fields) for id_, fields in found]

    async def get(self, id_: str) -> DeadLetter:
        """Give one.

        Raises:
            DeadLetterNotFound: there is none by that id.
        """
        _check(id_)
        with named_errors():
            found = await self._log.server.pool.xrange(self._log.keys.dead, min=id_, max=id_, count=1)
        if not found:
            raise _not_found(id_)
        return _letter(*found[0])

    async def count(self) -> int:
        """Count them."""
        with named_errors():
            return int(await self._log.server.pool.xlen(self._log.keys.dead))

    async def replay(self, ids: list[str]) -> int:
        """Put dead letters back into the inbox, at a new place, in one step. Gives how many that were.

        One that somebody else replays meanwhile is not counted.

        Raises:
            DeadLetterNotFound: there is none by one of the ids; nothing was replayed.
        """
        letters = [await self.get(id_) for id_ in ids]
        log = self._log

        def arguments() -> list[str | bytes | int]:
            made: list[str | bytes | int] = [log.generations, len(log.marks_keys()), log.keys.prefix]
            for letter in letters:
                made += (letter.id, partition(letter.lane, log.partitions))
            return made

        with named_errors():
            keys = [log.keys.meta, log.keys.dead, log.keys.articles]
            return int(await log.run_with_marks(log.server.pool, "replay", keys, arguments))

    async def discard(self, id_: str) -> None:
        """Forget one for good; its identity stays known as dropped.

        Raises:
            DeadLetterNotFound: there is none by that id.
        """
        _check(id_)
        log = self._log
        with named_errors():
            done = await log.run_with_marks(
                log.server.pool,
                "discard",
                [log.keys.meta, log.keys.dead],
                lambda: [log.generations, len(log.marks_keys()), id_],
            )
        if not done:
            raise _not_found(id_)


def _check(id_: str) -> None:
    """Refuse what cannot be the id of a dead letter; to the server, half an id would name another one."""
    if not _ID.fullmatch(id_):
        raise _not_found(id_)


def _not_found(id_: str) -> DeadLetterNotFound:
    return DeadLetterNotFound(
        f"There is no dead letter {id_[:40]}. It may have been replayed, or is older than what is kept."
    )


def _letter(id_: bytes, fields: dict[bytes, Any]) -> DeadLetter:
    return DeadLetter(
        id=id_.decode(),
        time_ms=split_id(id_)[0],
        lane=fields[b"m"].decode(),
        kind={"e": "event", "a": "article", "x": "extracted"}[fields[b"k"].decode()],
        error=msgspec.json.decode(fields[b"error"], type=Failure),
        event=msgspec.Raw(fields[b"e"]),
    )
