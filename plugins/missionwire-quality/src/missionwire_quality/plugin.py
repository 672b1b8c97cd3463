"""The plugin: labels events with what they lack, marks what was told before, and drops what the operator set so."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec

from missionwire.plugin import Config, Drop, Event, Health, Patch, Plugin, hookimpl
from missionwire_quality.expectations import Expectations, load_expectations
from missionwire_quality.facts import Fact
from missionwire_quality.retellings import Memory, Retelling, fingerprint
from missionwire_quality.verdict import judge


class Settings(Config):
    """What is kept away, and for how long it is known what was told; without settings, nothing is dropped.

    `require`: facts that an event must tell, of those that its type should; without one of them it is dropped.
    `drop_retellings`: drop what was told before, with all the same facts. `remember_days`: how long that is known.
    """

    require: tuple[Fact, ...] = ()
    drop_retellings: bool = False
    remember_days: Annotated[float, msgspec.Meta(gt=0, le=3650)] = 30.0


class Quality(Plugin[Settings]):
    """Says what an event lacks or leaves in doubt, and who told it before; drops only what is set so."""

    after = ("agencies", "crew")  # whom they add is a fact that is told

    _expectations: Expectations
    _memory: Memory
    _tally: Counter[str]

    @hookimpl
    async def startup(self) -> None:
        """Read the table of types; what was told is asked of the store."""
        self._expectations = load_expectations()
        self._memory = Memory(self.store, self.config.remember_days)
        self._tally = Counter()

    @hookimpl
    async def enrich_batch(self, events: Sequence[Event]) -> list[Patch | None]:
        """Mark those that tell what another event told before."""
        found = await self._memory.retellings([(event, fingerprint(event, self._expectations)) for event in events])
        return [Patch(ext=each.labels()) if each is not None else None for each in found]

    @hookimpl
    async def classify(self, event: Event) -> Patch | None:
        """Label an event with its grade, what it lacks and what is in doubt, where its type is known."""
        verdict = judge(event, self._expectations)
        self._tally["events"] += 1
        if verdict is None:
            return None
        self._tally[verdict.grade] += 1
        return Patch(ext=verdict.labels())

    @hookimpl
    async def keep(self, event: Event) -> Drop | None:
        """Drop what lacks a required fact, or adds nothing to what was told, where that is set; remember what stays."""
        reason = self._lacking(event) or self._told_before(event)
        if reason is not None:
            self._tally["dropped"] += 1
            return Drop(reason)
        if event.data.article is None and (key := fingerprint(event, self._expectations)) is not None:
            await self._memory.note(event, key)  # here and no earlier: what was dropped was not told
        return None

    def _lacking(self, event: Event) -> str | None:
        verdict = judge(event, self._expectations) if self.config.require else None
        if verdict is None:
            return None
        lacking = [fact for fact in verdict.lacks if fact in self.config.require]
        return f"lacks {', '.join(lacking)}" if lacking else None

    def _told_before(self, event: Event) -> str | None:
        if not self.config.drop_retellings:
            return None
        label = event.data.ext.get(self.name, {}).get("told_before")
        if label is None:
            return None
        retelling = msgspec.convert(label, Retelling)
        return f"told before by {retelling.source} {retelling.id}" if retelling.adds_nothing else None

    @hookimpl
    def commands(self) -> Mapping[str, Any]:
        """Give `missionwire x quality judge FILE…`."""
        from missionwire_quality.command import make_command  # noqa: PLC0415  # a worker never needs it

        return {"judge": make_command(load_expectations())}

    @hookimpl
    async def health(self) -> Health:
        """Say how many events were seen since the start, and how good they were."""
        return Health(is_ok=True, detail=self._told())

    @hookimpl
    async def shutdown(self) -> None:
        """Leave in the log what was seen, once."""
        if self._tally["events"]:
            self.log.info("%s", self._told())
            self._tally.clear()

    def _told(self) -> str:
        words = ("complete", "doubtful", "incomplete", "dropped")
        counts = ", ".join(f"{self._tally[word]} {word}" for word in words if self._tally[word])
        return f"{self._tally['events']} events since the start" + (f": {counts}" if counts else "")
