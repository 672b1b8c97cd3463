"""Metrics by the names and units of Prometheus, made when asked for."""

import time
from collections.abc import Iterable, Mapping
from typing import Any, Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from missionwire.domain.errors import MissionwireError
from missionwire.store import reports
from missionwire.store.inbox import Inbox
from missionwire.web.figures import COUNTERS, GAUGES
from missionwire.web.services import Services

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class _Once(Collector):
    """Hands over metrics that were gathered before."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = list(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


async def exposition(services: Services) -> bytes:
    """Gather everything and write it in the text format, without what the store would tell while it is away."""
    found = [*_of_processes(services)]
    try:
        found += await _of_store(services)
        found.append(_gauge("store_up", "Whether the store answers.", 1))
    except MissionwireError:
        found.append(_gauge("store_up", "Whether the store answers.", 0))
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Once(found))
    return generate_latest(registry)


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"missionwire_{name}", told, value=value)


def _counter(name: str, told: str, value: float) -> CounterMetricFamily:
    return CounterMetricFamily(f"missionwire_{name}", told, value=value)


def _of_processes(services: Services) -> Iterable[Metric]:
    """Give the sums over the processes of this `serve`."""
    figures = services.figures()
    for name, told in COUNTERS.items():
        yield _counter(name, told, figures.counters[name])
    for name, told in GAUGES.items():
        yield _gauge(name, told, figures.gauges[name])


async def _of_store(services: Services) -> list[Metric]:
    length, size = await services.wire.size()
    tip = await services.log.tip()
    told = await reports.read(services.log, int(time.time() * 1000))
    found: list[Metric] = [
        _gauge("wire_events", "Events kept on the wire.", length),
        _gauge("wire_bytes", "Bytes of the events kept on the wire.", size),
        _counter("wire_published", "Events that ever came onto the wire.", tip.n),
        _gauge("wire_last_timestamp_seconds", "When the last event came onto the wire.", tip.ms / 1000),
        _gauge(
            "inbox_events", "Events and articles that wait to be enriched.", await Inbox(services.log, limit=0).depth()
        ),
        _gauge("dead_letters", "Dead letters kept.", await services.dead_letters.count()),
        _gauge("workers", "Workers that live.", len(told)),
        _gauge(
            "feed_lag_events",
            "Events on the wire that this process has not read yet.",
            max(0, tip.n - services.hub.tip.n),
        ),
    ]
    calls = CounterMetricFamily("missionwire_plugin_calls", "Calls of plugins.", labels=["plugin", "hook"])
    errors = CounterMetricFamily("missionwire_plugin_errors", "Faults of plugins.", labels=["plugin", "hook", "kind"])
    totals: dict[tuple[str, ...], float] = {}
    for report in told.values():
        _add_plugins(report, totals)
    for key, value in sorted(totals.items()):
        (calls if len(key) == 2 else errors).add_metric(key, value)  # noqa: PLR2004  # plugin and hook; with kind it is an error
    return [*found, calls, errors]


def _add_plugins(report: Mapping[str, Any], totals: dict[tuple[str, ...], float]) -> None:
    for plugin in report.get("plugins") or ():
        for hook, tally in plugin["hooks"].items():
            key = (plugin["name"], hook)
            totals[key] = totals.get(key, 0) + tally["calls"]
            for kind, count in tally["errors"].items():
                totals[*key, kind] = totals.get((*key, kind), 0) + count
