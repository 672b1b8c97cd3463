"""Plugins that misbehave in a running service: each harms only itself, is named, and the event goes on."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.faults.plugin_files import write_enricher, write_plugin
from tests.following import until
from tests.problems import problem_of
from tests.service import PLAIN, Service, an_event

pytestmark = pytest.mark.slow

linux = pytest.mark.skipif(sys.platform != "linux", reason="a worker that hangs is looked up in /proc")

SWALLOWS = """\
while True:
    try:
        await asyncio.sleep(600)
    except BaseException:
        pass"""

CONTAINED = {
    "raises": ("raise ValueError(event.id)", "raised"),
    "hangs": ("await asyncio.sleep(600)", "timeout"),
    "swallows": (SWALLOWS, "timeout"),
    "exits": ("sys.exit(3)", "raised"),
    "interrupts": ("raise KeyboardInterrupt", "raised"),
    "cancels": ("raise asyncio.CancelledError", "raised"),
    "times-out-itself": ("raise TimeoutError", "raised"),
    "gives-garbage": ('return {"crew": ["Oleg Novitskiy"]}', "invalid"),
    "gives-wrong-types": ("return Patch(ext=[1], crew=5, fields=7)", "invalid"),
    "gives-no-json": ('return Patch(ext={"x": object()})', "invalid"),
    "gives-surrogates": ('return Patch(ext={"x": "\\ud800"})', "invalid"),
    "gives-too-much": ('return Patch(ext={"x": "y" * 300_000})', "invalid"),
    "hits-undeclared": ('return Patch(fields={"station": "iss"})', "undeclared"),
    "retries-oddly": ('raise Retry("soon", "because")', "invalid"),
}
"""Bodies of `enrich`, and the kind of fault that the event tells."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("bad-plugins")
    plugins = folder / "plugins"
    for name, (body, _) in CONTAINED.items():
        write_enricher(plugins, name, body)
    write_enricher(plugins, "blocks", "time.sleep(1.2)")
    write_enricher(plugins, "stuck", "time.sleep(600)", how="def")
    write_enricher(plugins, "threaded", "pass", how="def")
    write_enricher(plugins, "unsure", 'raise ValueError("not sure")')
    write_enricher(plugins, "strict", 'raise ValueError("strict")')
    write_enricher(plugins, "drops", "raise Drop(object())")
    write_enricher(
        plugins, "waits", "self.asked = getattr(self, 'asked', 0) + 1\nif self.asked < 3:\n    raise Retry(0.1)"
    )
    write_plugin(plugins, "falls-at-import", "    sys.exit(1)")
    write_plugin(plugins, "falls-at-start", '    @hookimpl\n    def startup(self):\n        raise ValueError("no key")')
    write_plugin(plugins, "has-typo", "    @hookimpl\n    async def enrch(self, event):\n        return None")
    write_plugin(plugins, "forgot", "    async def enrich(self, event):\n        return None")
    (plugins / "broken.py").write_text(
        "# /// script\n# [tool.missionwire]\n# api = 1\n# ///\nclass (", encoding="utf-8"
    )
    (plugins / "newer.py").write_text("# /// script\n# [tool.missionwire]\n# api = 2\n# ///\n", encoding="utf-8")
    (plugins / "unmarked.py").write_text("import os\n", encoding="utf-8")
    (plugins / "misshapen.py").write_text("# /// script\n# tool = 5\n# ///\n", encoding="utf-8")
    names = [*CONTAINED, "blocks", "stuck", "threaded", "unsure", "strict", "drops", "waits"]
    wishes = {"unsure": 'on_error = "dead-letter"', "strict": 'on_error = "drop"'}
    sections = (f"[plugins.{name}]\ntimeout_s = 0.5\n{wishes.get(name, '')}" for name in names)
    config = folder / "missionwire.toml"
    config.write_text("\n".join(sections), encoding="utf-8")
    with Service(folder / "data", flags=["--plugins-dir", str(plugins), "--config", str(config)]) as running:
        yield running


def _bad(name: str, **attributes: Any) -> dict[str, Any]:
    return an_event(data={"bad": name}, **attributes)


def _published(service: Service, event: dict[str, Any]) -> dict[str, Any]:
    assert service.post(event).status_code == httpx.codes.ACCEPTED
    return service.wait_for(event["source"], event["id"])


def _errors_of(published: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Only this plugin's: the breaker of another one may be open by now."""
    return [error for error in published["data"]["errors"] if error["plugin"] == name]


def _where(service: Service, event: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = service.get("/v1/events", source=event["source"], id=event["id"]).json()
    return found


def _plugin(service: Service, name: str) -> dict[str, Any]:
    found: dict[str, Any] = service.get(f"/v1/plugins/{name}").json()
    return found


@pytest.mark.parametrize("name", CONTAINED)
def test_the_event_goes_on_without_a_plugin_that_fails_and_says_so(service: Service, name: str) -> None:
    published = _published(service, _bad(name, subject=f"of {name}"))

    assert _errors_of(published, name) == [{"plugin": name, "hook": "enrich", "kind": CONTAINED[name][1]}]
    assert name not in published["data"]["ext"]
    assert published["data"]["ext"]["waits"] == {"ok": True}
    until(lambda: CONTAINED[name][1] in _plugin(service, name)["hooks"]["enrich"]["errors"], 10)


def test_a_plugin_that_held_the_worker_past_its_deadline_is_left_out_for_a_while(service: Service) -> None:
    published = _published(service, _bad("blocks"))

    assert _errors_of(published, "blocks") == [{"plugin": "blocks", "hook": "enrich", "kind": "held"}]
    until(lambda: _plugin(service, "blocks")["state"] == "open", 10)
    assert any("blocks" in line and "holds the worker" in line for line in service.lines)
    after = _published(service, an_event())
    assert _errors_of(after, "blocks") == [{"plugin": "blocks", "hook": "enrich", "kind": "open"}]


def test_threads_that_one_plugin_never_gives_back_are_its_own_only(service: Service) -> None:
    for n in range(8):
        _published(service, _bad("stuck", subject=f"mission {n}"))

    assert _published(service, an_event())["data"]["ext"]["threaded"] == {"ok": True}
    until(lambda: _plugin(service, "stuck")["state"] == "open", 10)


def test_a_plugin_may_ask_to_be_asked_again(service: Service) -> None:
    published = _published(service, _bad("waits"))

    assert published["data"]["ext"]["waits"] == {"ok": True}


def test_a_fault_may_drop_the_event_where_the_operator_set_so(service: Service) -> None:
    event = _bad("strict")
    service.post(event)

    until(lambda: _where(service, event).get("state") == "dropped", 10)
    assert _where(service, event)["reason"] == "strict: raised"


def test_a_drop_with_an_odd_reason_is_a_drop(service: Service) -> None:
    event = _bad("drops")
    service.post(event)

    until(lambda: _where(service, event).get("state") == "dropped", 10)


def test_a_fault_may_make_a_dead_letter_that_can_be_listed_replayed_and_discarded(service: Service) -> None:
    event = _bad("unsure")
    service.post(event)
    until(lambda: _where(service, event).get("state") == "dead", 10)
    link = _where(service, event)["dead_letter"]

    (letter,) = [each for each in service.get("/v1/dead-letters").json() if each["event"]["id"] == event["id"]]
    assert letter == service.get(link).json()
    assert letter["event"] == event
    error = letter["error"]
    assert (error["plugin"], error["hook"], error["kind"]) == ("unsure", "enrich", "raised")
    assert "not sure" in error["message"]

    replayed = httpx.post(f"{service.url}{letter['replay']}", verify=PLAIN)
    assert (replayed.status_code, replayed.json()) == (202, {"replayed": 1})
    until(lambda: _where(service, event).get("dead_letter", link) != link, 10)
    problem_of(service.get(link), 404, "dead-letter-not-found")
    problem_of(httpx.post(f"{service.url}{letter['replay']}", verify=PLAIN), 404, "dead-letter-not-found")

    assert service.post(event).json()["accepted"][0]["status"] == "accepted", "sent again, it is a replay"
    newer = until(lambda: _letter_after(service, event, link), 10)
    assert httpx.delete(f"{service.url}{newer}", verify=PLAIN).status_code == 204
    problem_of(httpx.delete(f"{service.url}{newer}", verify=PLAIN), 404, "dead-letter-not-found")
    assert _where(service, event)["state"] == "dropped"


def _letter_after(service: Service, event: dict[str, Any], link: str) -> str | None:
    found = _where(service, event).get("dead_letter", link)
    return found if found != link else None


def test_another_content_takes_the_place_of_a_dead_letter(service: Service) -> None:
    event = _bad("unsure")
    service.post(event)
    until(lambda: _where(service, event).get("state") == "dead", 10)

    published = _published(service, event | {"data": {"bad": "nobody"}})

    assert published["data"]["ext"]["unsure"] == {"ok": True}
    assert event["id"] not in json.dumps(service.get("/v1/dead-letters").json())


@pytest.mark.parametrize(
    ("name", "state", "told"),
    [
        ("falls-at-import", "failed", "SystemExit"),
        ("falls-at-start", "failed", "no key"),
        ("has-typo", "failed", "did you mean enrich?"),
        ("forgot", "failed", "@hookimpl"),
        ("broken", "failed", "SyntaxError"),
        ("newer", "incompatible", "API level 2"),
        ("unmarked", "incompatible", "PEP 723"),
        ("misshapen", "incompatible", "PEP 723"),
    ],
)
def test_a_plugin_that_cannot_be_loaded_is_listed_with_the_reason(
    service: Service, name: str, state: str, told: str
) -> None:
    found = _plugin(service, name)

    assert found["state"] == state
    assert told in found["reason"]


# --- what ends or holds the worker: a service of its own for each -----------------------------------------------------


def _service(folder: Path, body: str, *, how: str = "async def") -> Service:
    write_enricher(folder / "plugins", "deadly", body, how=how)
    flags = ["--plugins-dir", str(folder / "plugins")]
    return Service(folder / "data", flags=flags, env={"MISSIONWIRE_WORKER_HANG_S": "2"})


@linux
@pytest.mark.parametrize(
    ("body", "how"),
    [("os._exit(1)", "async def"), ("os._exit(1)", "def"), ("os.kill(os.getpid(), 11)", "async def")],
)
def test_an_event_that_ends_workers_becomes_a_dead_letter_and_others_flow(tmp_path: Path, body: str, how: str) -> None:
    with _service(tmp_path, body, how=how) as service:
        others = [an_event(subject=f"mission {n}") for n in range(20)]
        bad = _bad("deadly")
        for event in (*others[:10], bad, *others[10:]):
            service.post(event)
        for event in others:
            assert service.wait_for("urn:test", event["id"], timeout_s=60)["data"]["ext"]["deadly"] == {"ok": True}
        until(lambda: _where(service, bad).get("state") == "dead", 60, lambda: service.lines[-5:])

        letter = service.get(_where(service, bad)["dead_letter"]).json()
        assert letter["error"]["kind"] == "ends-worker"
        assert letter["event"] == bad


@linux
def test_a_plugin_that_never_gives_the_worker_back_is_left_out_by_the_next_one(tmp_path: Path) -> None:
    """The event that it held goes on without it, as with any other fault: nothing is lost for a bad plugin."""
    with _service(tmp_path, "while True:\n    time.sleep(1)") as service:
        bad, others = _bad("deadly"), [an_event(subject=f"mission {n}") for n in range(5)]
        service.post(bad)
        for event in others:
            service.post(event)
        for event in others:
            service.wait_for("urn:test", event["id"], timeout_s=60)
        published = service.wait_for("urn:test", bad["id"], timeout_s=60)

        assert published["data"]["errors"] == [{"plugin": "deadly", "hook": "enrich", "kind": "open"}]
        until(lambda: _plugin(service, "deadly").get("state") == "open", 20)
        assert "held" in _plugin(service, "deadly")["hooks"]["enrich"]["errors"]


@linux
def test_a_plugin_that_holds_the_worker_while_it_starts_is_left_out_by_the_next_one(tmp_path: Path) -> None:
    write_plugin(
        tmp_path / "plugins", "sleeper", "    @hookimpl\n    async def startup(self):\n        time.sleep(600)"
    )
    flags = ["--plugins-dir", str(tmp_path / "plugins")]
    with Service(tmp_path / "data", flags=flags, env={"MISSIONWIRE_WORKER_HANG_S": "2"}) as service:
        event = an_event()
        service.post(event)
        service.wait_for("urn:test", event["id"])

        found = _plugin(service, "sleeper")
        assert found["state"] == "failed"
        assert "held the worker in startup" in found["reason"]
