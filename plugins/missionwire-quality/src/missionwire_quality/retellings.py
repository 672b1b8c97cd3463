"""Who told it first: one happening is known again by its type, mission and minute.

Precision before recall: only types that a mission has once a minute at most, only missions that were named and not
inferred, only times that tell their minute, and no plans. What was found in an article may be told before, but is never
the first: it may come of a dry run that nobody else saw.
"""

import hashlib
from typing import Any, Final

import msgspec

from missionwire.plugin import Event, KeyValueStore
from missionwire_quality.expectations import Expectations

_TO_THE_MINUTE: Final = (None, "minute", "second")
"""Precisions of a time that tell its minute; a time that was sent without one is taken at its word."""

_HOSTS_OWN: Final = ("provenance", "errors")
"""Members that tell what plugins did."""

_MINUTE_CHARS: Final = len("2021-10-17T04:35")
_DAY_S: Final = 86_400.0


class _First(msgspec.Struct, frozen=True):
    """The event that told it first, as it is kept."""

    source: str
    id: str
    facts: str


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
    """Remembers who told what first, in the plugin's own keys."""

    def __init__(self, store: KeyValueStore, remember_days: float) -> None:
        self._store = store
        self._ttl_s = remember_days * _DAY_S

    async def retelling(self, event: Event, key: str) -> Retelling | None:
        """Say whether this was told before, by another event."""
        kept = await self._store.get(key)
        if kept is None:
            return None
        first = msgspec.json.decode(kept, type=_First)
        if (first.source, first.id) == (event.source, event.id):
            return None  # it comes once more
        return Retelling(first.source, first.id, first.facts == facts_digest(event))

    async def note(self, event: Event, key: str) -> None:
        """Remember an event as the first, unless another one is, or it comes out of an article."""
        if event.data.article is None and await self._store.get(key) is None:
            first = _First(event.source, event.id, facts_digest(event))
            await self._store.set(key, msgspec.json.encode(first), ttl_s=self._ttl_s)
