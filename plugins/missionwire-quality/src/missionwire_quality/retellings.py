"""Who told it first: one happening is known again by its type, mission and minute.

Precision before recall: only types that a mission has once a minute at most, only missions that were named and not
inferred, only times that tell their minute, and no plans. What was found in an article may be told before, but is never
the first: it may come of a dry run that nobody else saw.
"""

import hashlib
import time
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from missionwire.plugin import Event, KeyValueStore
from missionwire_quality.expectations import Expectations
from missionwire_quality.lately import First, Lately

_TO_THE_MINUTE: Final = (None, "minute", "second")
"""Precisions of a time that tell its minute; a time that was sent without one is taken at its word."""

_HOSTS_OWN: Final = ("provenance", "errors")
"""Members that tell what plugins did."""

_MINUTE_CHARS: Final = len("2021-10-17T04:35")
_DAY_S: Final = 86_400.0

LATELY_S: Final = 60.0
"""For so long an answer of the store is taken for its answer of now."""


class Retelling(msgspec.Struct, frozen=True):
    """What an event tells was told before, by `source` and `id`. `adds_nothing`: with all the same facts."""

    source: str
    id: str
    adds_nothing: bool

    def labels(self) -> dict[str, Any]:
        """Give it as it goes to `ext.quality`."""
        return {"told_before": {"source": self.source, "id": self.id, "adds_nothing": self.adds_nothing}}


def fingerprint(event: Event, expectations: Expectations) -> str | None:
    """Give what is the same for all who tell of one happening; None where that cannot be said for sure."""
    data = event.data
    if event.type not in expectations.moments or event.mission is None or event.time is None:
        return None
    if data.mission_inferred or data.time_precision not in _TO_THE_MINUTE or data.narration == "planned":
        return None
    return f"{event.type} {event.mission} {event.time[:_MINUTE_CHARS]}"


def facts_digest(event: Event) -> str:
    """Give a digest of all that an event tells but its words: people, agencies, places, and the type's own members."""
    data = event.data
    facts = {
        "crew": sorted(person.id or person.name for person in data.crew),
        "agencies": sorted(agency.id or agency.name for agency in data.agencies),
        "station": data.station,
        "spacecraft": data.spacecraft,
        "location": data.location,
        "extra": {name: value for name, value in data.extra.items() if name not in _HOSTS_OWN},
    }
    return hashlib.sha256(msgspec.json.encode(facts, order="deterministic")).hexdigest()


class Memory:
    """Remembers who told what first, in the plugin's own keys; what was asked of them is known for a short while."""

    def __init__(self, store: KeyValueStore, remember_days: float) -> None:
        self._store = store
        self._ttl_s = remember_days * _DAY_S
        self._lately = Lately(min(LATELY_S, self._ttl_s))

    async def retellings(self, told: Sequence[tuple[Event, str | None]]) -> list[Retelling | None]:
        """Say for each event, with its fingerprint, whether this was told before, by another event.

        The store is asked once for all of them, and not for those of which it said so lately.
        """
        now_s = time.monotonic()
        keys = dict.fromkeys(key for _, key in told if key is not None)
        firsts = {key: first for key in keys if (first := self._lately.first(key, now_s))}
        if unknown := [key for key in keys if key not in firsts]:
            for key, kept in zip(unknown, await self._store.get_many(unknown), strict=True):
                first = None if kept is None else msgspec.json.decode(kept, type=First)
                self._lately.note(key, first, now_s)
                if first is not None:
                    firsts[key] = first
        return [_retelling(event, firsts.get(key)) if key is not None else None for event, key in told]

    async def note(self, event: Event, key: str) -> None:
        """Remember an event as the first, unless another one is; none that comes out of an article is to be noted."""
        if await self._is_new(key):
            first = First(event.source, event.id, facts_digest(event))
            await self._store.set(key, msgspec.json.encode(first), ttl_s=self._ttl_s)
            self._lately.note(key, first, time.monotonic())

    async def _is_new(self, key: str) -> bool:
        now_s = time.monotonic()
        if self._lately.first(key, now_s) is not None:
            return False
        return self._lately.takes_absent(key, now_s) or await self._store.get(key) is None


def _retelling(event: Event, first: First | None) -> Retelling | None:
    if first is None or (first.source, first.id) == (event.source, event.id):  # it comes once more
        return None
    return Retelling(first.source, first.id, first.facts == facts_digest(event))
