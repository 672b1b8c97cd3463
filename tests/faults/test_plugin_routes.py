"""Plugins that misbehave in the process that serves HTTP: it is replaced, the plugin is named, and feeds go on."""

import sys
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.faults.plugin_files import write_plugin
from tests.following import until
from tests.service import PLAIN, Service, an_event

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="a process that hangs is looked up in /proc"),
]

FINE = """\
        @get("/fine")
        async def fine() -> str:
            return "fine"
"""

BLOCKING_ROUTE = f"""\
    @hookimpl
    def routes(self):
        from litestar import get

{FINE}
        @get("/block")
        async def block() -> str:
            time.sleep(600)
            return "late"

        return [fine, block]
"""

BLOCKING_HOOK = f"""\
    @hookimpl
    async def routes(self):
        from litestar import get

{FINE}
        time.sleep(600)
        return [fine]
"""

SOUND = f"""\
    @hookimpl
    def routes(self):
        from litestar import get

{FINE}
        return [fine]
"""

BLOCKING_HEALTH = """\
    @hookimpl
    async def health(self):
        time.sleep(600)
"""


def a_service(folder: Path, **plugins: str) -> Service:
    for name, members in plugins.items():
        write_plugin(folder / "plugins", name, members)
    flags = ["--plugins-dir", str(folder / "plugins")]
    return Service(folder / "data", flags=flags, env={"MISSIONWIRE_WORKER_HANG_S": "2"})


def lines_with(service: Service, *words: str) -> list[str]:
    return [line for line in service.lines if all(word in line for word in words)]


def serves(service: Service, path: str) -> bool:
    try:
        return service.get(path).is_success
    except httpx.TransportError:
        return False


def place_after(service: Service, place: str | None, id_: str) -> str:
    """Follow from a place, coming back as a client does, until an event was seen; gives the place of it."""
    seen: list[str] = []

    def follow() -> bool:
        nonlocal place
        params: dict[str, Any] = {"last_event_id": place} if place else {"since": "all"}
        try:
            with service.frames(**params) as feed:
                for frame in feed:
                    place = frame.get("id", place)
                    assert frame.get("event") != "gap"
                    if "event" not in frame and "data" in frame:
                        seen.append(frame["data"])
                    if any(f'"{id_}"' in each for each in seen):
                        return True
        except httpx.TransportError:
            pass  # that process was ended; another one takes us
        return False

    until(follow, 60)
    assert len(seen) == 1, "nothing twice"
    assert place is not None
    return place


def test_a_route_that_blocks_the_loop_gets_its_process_replaced_and_feeds_resume(tmp_path: Path) -> None:
    with a_service(tmp_path, blocks=BLOCKING_ROUTE) as service:
        until(lambda: serves(service, "/v1/x/blocks/fine"), 20)
        first, second = an_event(), an_event()
        service.post(first)
        place = place_after(service, None, first["id"])

        def ask() -> None:
            with pytest.raises(httpx.TransportError):
                httpx.get(f"{service.url}/v1/x/blocks/block", timeout=60, verify=PLAIN)

        asker = threading.Thread(target=ask, daemon=True)
        asker.start()
        until(lambda: lines_with(service, "plugin blocks holds the HTTP process in routes"), 20)
        until(lambda: lines_with(service, "http 0 hangs"), 20)
        service.wait_until_ready()
        service.post(second)
        place_after(service, place, second["id"])
        asker.join(30)

        assert not asker.is_alive()
        assert serves(service, "/v1/plugins")
        until(lambda: serves(service, "/v1/x/blocks/fine"), 20)
        assert not lines_with(service, "worker", "hangs")


def test_a_hook_that_blocks_the_loop_is_left_out_by_the_next_process(tmp_path: Path) -> None:
    """It would hold each process in its turn, and no feed would ever go on."""
    with a_service(tmp_path, blocks=BLOCKING_HOOK, sound=SOUND) as service:
        until(lambda: lines_with(service, "http 0 hangs"), 30)
        until(lambda: lines_with(service, "plugin blocks", "they are left out"), 30)
        until(lambda: serves(service, "/v1/x/sound/fine"), 30)
        event = an_event()
        service.post(event)
        place_after(service, None, event["id"])

        assert lines_with(service, "plugin blocks holds the HTTP process in routes")
        assert len(lines_with(service, "http 0 hangs")) == 1
        assert not serves(service, "/v1/x/blocks/fine")


def test_a_health_that_blocks_the_loop_is_the_workers_fault_and_http_never_stops(tmp_path: Path) -> None:
    with a_service(tmp_path, blocks=BLOCKING_HEALTH) as service:
        found = until(
            lambda: next(
                (each for each in service.get("/v1/plugins").json() if each["name"] == "blocks" and each["reason"]),
                None,
            ),
            60,
            lambda: service.lines[-5:],
        )
        event = an_event()
        service.post(event)
        service.wait_for(event["source"], event["id"], timeout_s=30)

        assert (found["state"], found["reason"]) == ("failed", "it held the worker in health until that was replaced")
        assert lines_with(service, "worker 0 hangs")
        assert not lines_with(service, "http 0 hangs")
