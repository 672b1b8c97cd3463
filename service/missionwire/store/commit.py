"""Committing: what the pipeline made of inbox entries goes onto the wire, in one step, or had gone there before."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from missionwire.store.inbox import Kind
from missionwire.store.log import Log, Tip
from missionwire.store.server import Client, named_errors

MAX_REASON_CHARS = 120
"""A reason for a drop is cut to this length in the mark that keeps it."""


class Output(Struct, frozen=True):
    """One event that came of an entry, or its end.

    `fate`: publish, drop or dead. `is_own`: it has the identity of the entry itself, else it is new with the entry (an
    event of an article) and is published only if no event of that identity is there. `mission` is the slug or empty.
    """

    fate: Literal["publish", "drop", "dead"]
    is_own: bool
    mission: str
    ident: bytes
    digest: bytes
    payload: bytes
    lane: str = ""
    kind: Kind = "e"
    reason: str = ""
    error: bytes = b""


class Result(Struct, frozen=True):
    """All that came of one inbox entry. For an article its document is kept, too; a dead own output makes it dead."""

    partition: int
    id: bytes
    outputs: Sequence[Output]
    article: str = ""
    document: bytes = b""


_FATES = {"publish": "p", "drop": "x", "dead": "d"}


async def commit(log: Log, client: Client, results: Sequence[Result]) -> str:
    """Move entries to the wire in the order given, in one script call. Gives a letter each: 1 done, 0 done before.

    Raises:
        ServerAway: no answer, and the outcome is unknown; or the log is another one by now, or went back. Either way
            open the log again, throw away everything in memory, and read the inbox from its start.
    """

    def arguments() -> list[str | bytes | int]:
        made: list[str | bytes | int] = [
            log.epoch,
            log.seen.n,
            log.generations,
            log.keys.prefix,
            len(log.marks_keys()),
        ]
        for result in results:
            made += (result.partition, result.id, result.article, result.document, len(result.outputs))
            for output in result.outputs:
                made += (
                    _FATES[output.fate],
                    "o" if output.is_own else "n",
                    output.mission,
                    output.ident,
                    output.digest,
                    output.payload,
                    output.lane,
                    output.kind,
                    output.reason[:MAX_REASON_CHARS],
                    output.error,
                )
        return made

    keys = log.keys
    with named_errors():
        letters, ms, n = await log.run_with_marks(
            client, "commit", [keys.meta, keys.wire, keys.dead, keys.missions, keys.articles], arguments
        )
    log.saw(Tip(int(ms), int(n)))
    return letters.decode()  # type: ignore[no-any-return]  # a script's answer has no type
