"""What goes onto a wire in these tests, and what stands on it: each client's view is held against that."""

import threading
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import httpx

from tests.service import PLAIN, Service, an_event

MISSIONS = ("Soyuz MS-18", "Crew-3", "Shenzhou 13")


def some_events(count: int, source: str, **attributes: Any) -> list[dict[str, Any]]:  # of an event
    """Make events of three missions in turn, numbered over all."""
    mark = uuid4().hex[:8]
    return [
        an_event(
            f"{mark}-{n:04}",
            **{"source": source, "subject": MISSIONS[n % len(MISSIONS)], "data": {"n": n}, **attributes},
        )
        for n in range(count)
    ]


def publish(service: Service, events: Sequence[dict[str, Any]]) -> None:
    """Publish events in one batch."""
    answer = httpx.post(
        f"{service.url}/v1/events",
        content=httpx.Request("POST", service.url, json=list(events)).content,
        headers={"Content-Type": "application/cloudevents-batch+json"},
        timeout=30,
        verify=PLAIN,
    )
    assert answer.status_code == httpx.codes.ACCEPTED, answer.text


def publish_and_wait(service: Service, events: Sequence[dict[str, Any]]) -> None:
    """Publish events in one batch, and wait until all are on the wire."""
    publish(service, events)
    for event in events:
        service.wait_for(event["source"], event["id"])


def kept(service: Service, **filters: str | list[str]) -> list[dict[str, Any]]:
    """Page through everything that is kept, by the links that the pages give."""
    found: list[dict[str, Any]] = []
    url = f"{service.url}/v1/events"
    params: dict[str, str | list[str]] | None = {"limit": "1000", **filters}
    while url:
        page = httpx.get(url, params=params, timeout=30, verify=PLAIN)
        assert page.status_code == httpx.codes.OK, page.text
        found += page.json()
        url, params = str(page.url.join(page.links["next"]["url"])) if "next" in page.links else "", None
    return found


def wait_until(is_so: Callable[[], bool], what: str, timeout_s: float = 30) -> None:
    """Ask again and again, every 20 ms, until something can be seen from outside."""
    tick = threading.Event()
    for _ in range(int(timeout_s / 0.02)):
        if is_so():
            return
        tick.wait(0.02)
    raise AssertionError(f"{what} is not so after {timeout_s} s")


def metric(service: Service, name: str) -> float:
    """Give the value of a metric without labels."""
    lines = service.get("/metrics").text.splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith(f"missionwire_{name} ")))
