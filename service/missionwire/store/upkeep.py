"""Upkeep: trimming the wire, and forgetting identities that nothing can need. Any process may do it, in small steps."""

from typing import Final

from msgspec import Struct

from missionwire.store.log import Log
from missionwire.store.scripts import run
from missionwire.store.server import named_errors

MARKS_IN_A_GENERATION: Final = 131_072
"""A generation of marks is not closed before it has this many; about 9 MB of memory."""

GENERATIONS_IN_A_WINDOW: Final = 8
"""Nor before it is this part of the dedupe window old: each accepted event is looked up in every generation."""


class Retention(Struct, frozen=True, kw_only=True):
    """What is kept: bytes of wire, its age where set, the dedupe window, dead letters."""

    wire_bytes: int = 1 << 30
    wire_age_s: float | None = None
    dedupe_window_s: float = 86400
    dead_letters_s: float = 30 * 86400


async def trim(log: Log, retention: Retention, now_ms: int) -> int:
    """Cut one bounded piece off the old end of the wire, with the missions, articles and dead letters that are too old.

    Gives how many of all these were cut. Call again while it gives more than 0.
    """
    keys = log.keys
    oldest_ms = 0 if retention.wire_age_s is None else now_ms - int(retention.wire_age_s * 1000)
    with named_errors():
        return int(
            await run(
                log.server.pool,
                "trim",
                [keys.meta, keys.wire, keys.missions, keys.articles, keys.dead],
                [
                    retention.wire_bytes,
                    max(0, oldest_ms),
                    keys.prefix,
                    now_ms - int(retention.dead_letters_s * 1000),
                ],
            )
        )


async def rotate(log: Log, retention: Retention, *, full: int = MARKS_IN_A_GENERATION) -> None:
    """Forget the oldest generation of marks if nothing can need it, and close the newest if it is full.

    One step of each; called every few minutes, that keeps up.
    """
    window_ms = int(retention.dedupe_window_s * 1000)
    keys, marks = log.keys, log.marks_keys()
    with named_errors():
        generations = await run(
            log.server.pool,
            "rotate",
            [keys.meta, keys.wire, keys.dead, marks[0], marks[-1], *log.inbox_keys()],
            [log.generations, full, window_ms // GENERATIONS_IN_A_WINDOW, window_ms],
        )
    log.learn_generations(generations.decode())
