"""The trail of one event: what plugins wrote, what went wrong, and what those in shadow mode would have done."""

from collections.abc import Iterable
from typing import Any

import msgspec

from missionwire.pipeline.calls import Fault
from missionwire.pipeline.participant import Participant
from missionwire.plugin import Drop


class DeadError(Exception):
    """Ends an event's way: the operator wants it as a dead letter when this plugin fails, or wants it to wait."""

    def __init__(self, fault: Fault, *, is_to_wait: bool = False) -> None:
        super().__init__(fault.message)
        self.fault = fault
        self.is_to_wait = is_to_wait


class Trail:
    """What plugins did to one event: provenance and errors, as they are published."""

    __slots__ = ("errors", "provenance", "shadows")

    def __init__(self) -> None:
        self.provenance: list[dict[str, Any]] = []
        self.errors: list[dict[str, str]] = []
        self.shadows: dict[str, dict[str, Any]] = {}

    def wrote(self, participant: Participant, fields: Iterable[str]) -> None:
        """Note which fields a plugin wrote."""
        fields = list(fields)
        if fields:
            self.provenance.append({"plugin": participant.name, "version": participant.version, "fields": fields})

    def shadowed(self, participant: Participant, hook: str, answer: object) -> None:
        """Note what a plugin in shadow mode would have done."""
        self.shadows.setdefault(participant.name, {})[hook] = msgspec.to_builtins(answer)

    def failed(self, participant: Participant, fault: Fault) -> None:
        """Note a fault; it ends the event's way if the operator set so for this plugin."""
        self.errors.append({"plugin": fault.plugin, "hook": fault.hook, "kind": fault.kind})
        if participant.is_shadow:
            return  # what it does, or fails to do, never touches an event
        if participant.on_error == "drop":
            raise Drop(f"{fault.plugin}: {fault.kind}")
        if participant.on_error in ("dead-letter", "fail"):
            raise DeadError(fault, is_to_wait=participant.on_error == "fail")

    def put(self, event: dict[str, Any]) -> dict[str, Any]:
        """Give the event with the trail in its data."""
        if not self.provenance and not self.errors and not self.shadows:
            return event
        data = dict(event.get("data") or {})
        if self.shadows:
            ext = dict(data.get("ext") or {})
            for plugin, answers in self.shadows.items():
                ext[plugin] = {**(ext.get(plugin) or {}), "shadow": answers}
            data["ext"] = ext
        for name, found in (("provenance", self.provenance), ("errors", self.errors)):
            if found:
                data[name] = [*(data.get(name) or []), *found]
        return {**event, "data": data}
