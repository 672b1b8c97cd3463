"""What a worker says of itself and of its plugins, as `/v1/plugins` and the metrics show it."""

import time
from functools import cache
from typing import Any

import msgspec

from missionwire.ensemble import Ensemble
from missionwire.pipeline.participant import Participant
from missionwire.pipeline.plan import Plan
from missionwire.pipeline.worker import Worker
from missionwire.plugin import Health
from missionwire.plugins.host import Loaded
from missionwire.plugins.loading import config_schema


async def worker_report(name: str, ensemble: Ensemble, worker: Worker) -> dict[str, Any]:
    """Say how a worker and its plugins are, as `/v1/plugins` shows it."""
    health = await ensemble.host.health()
    by_name = {participant.name: participant for participant in ensemble.participants}
    return {
        "worker": name,
        "time_ms": int(time.time() * 1000),
        "counters": msgspec.to_builtins(worker.counters),
        "plugins": [
            _plugin_report(loaded, by_name.get(loaded.name), ensemble.plan, health.get(loaded.name))
            for loaded in ensemble.host.plugins
        ],
    }


def _plugin_report(
    loaded: Loaded, participant: Participant | None, plan: Plan, health: Health | None
) -> dict[str, Any]:
    plugin = loaded.plugin
    is_open = participant is not None and participant.breaker.state == "open"
    stages = [
        {"stage": stage, "place": place, "reason": seat.reason}
        for stage, seats in plan.items()
        for place, seat in enumerate(seats, start=1)
        if seat.participant.name == loaded.name
    ]
    return {
        "name": loaded.name,
        "version": loaded.found.version,
        "distribution": loaded.found.distribution,
        "api_level": loaded.found.api_level,
        "state": _state(loaded, participant),
        "reason": "it failed repeatedly and is left out for a while" if is_open else loaded.reason,
        "about": _first_line(type(plugin).__doc__) if plugin is not None else None,
        "stages": stages,
        "writes": sorted(plugin.writes) if plugin is not None else [],
        "hosts": list(plugin.hosts) if plugin is not None else [],
        "config_schema": _schema(type(plugin).config_type()) if plugin is not None else None,
        "implements": sorted(loaded.hooks),
        "health": None if health is None else msgspec.to_builtins(health),
        "hooks": {
            hook: {
                "calls": tally.calls,
                "errors": dict(tally.errors),
                "p50_ms": tally.percentile_ms(0.5),
                "p99_ms": tally.percentile_ms(0.99),
            }
            for hook, tally in (participant.tallies if participant is not None else {}).items()
        },
    }


def _state(loaded: Loaded, participant: Participant | None) -> str:
    if participant is None:
        return loaded.state
    if participant.breaker.state == "open":
        return "open"
    return "shadow" if participant.is_shadow else loaded.state


def _first_line(text: str | None) -> str:
    return (text or "").strip().split("\n")[0]


@cache
def _schema(kind: type) -> dict[str, Any] | None:
    try:
        return config_schema(kind)
    except TypeError:  # a plugin's own type, which has none
        return None
