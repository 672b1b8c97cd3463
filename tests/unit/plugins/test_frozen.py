"""API level 1 is frozen: what was promised is there, under its name, and a plugin of that day works as it did."""

import inspect
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from missionwire import plugin as contract
from missionwire.plugin import API_LEVEL, Hooks, Plugin
from missionwire.plugins.discovery import discover
from missionwire.plugins.loading import load_class
from missionwire.plugins.registry import HOOKS, implementations
from missionwire.testing import ArticleResult, Workbench, an_event, make
from tests.following import until
from tests.service import PLAIN, Service
from tests.unit.cli.commands import run

FROZEN = Path(__file__).parent / "frozen"
PATH = os.pathsep.join([str(FROZEN), *filter(None, [os.environ.get("PYTHONPATH")])])
PROMISED: dict[str, Any] = json.loads((FROZEN / "hooks-1.json").read_text(encoding="utf-8"))

TEXT = (
    "The descent device of Soyuz MS-99 landed on 4 March 2031. Irina Velikova was the first out of it, Roscosmos said."
)
REPAIRED = TEXT.replace("device", "capsule")


@pytest.fixture(scope="module")
def kind() -> type[Plugin[Any]]:
    return load_class(next(found for found in discover(FROZEN) if found.name == "frozen"))


def _arguments(hook: str) -> set[str]:
    return set(inspect.signature(vars(Hooks)[hook]).parameters) - {"self"}


# --- the table --------------------------------------------------------------------------------------------------------


def test_the_table_is_of_this_level() -> None:
    assert PROMISED["level"] == API_LEVEL


@pytest.mark.parametrize("hook", PROMISED["hooks"])
def test_a_hook_that_was_promised_is_there_with_its_arguments(hook: str) -> None:
    assert hook in HOOKS
    missing = set(PROMISED["hooks"][hook]) - _arguments(hook)
    assert not missing, f"{hook} had {missing}; plugins out there take it by this name"


def test_every_name_that_was_promised_can_be_imported() -> None:
    missing = [name for name in PROMISED["names"] if not hasattr(contract, name)]
    assert not missing


@pytest.mark.parametrize("name", PROMISED["members"])
def test_every_member_that_was_promised_is_there(name: str) -> None:
    missing = [each for each in PROMISED["members"][name] if not _has(getattr(contract, name), each)]
    assert not missing


def _has(kind: type, member: str) -> bool:
    if issubclass(kind, Plugin):  # it keeps what the host gives in its constructor
        return hasattr(kind, member) or hasattr(make(kind, name="bare"), member)
    return member in getattr(kind, "__struct_fields__", ()) or hasattr(kind, member) or member in _arguments_of(kind)


def _arguments_of(kind: type) -> set[str]:
    return set(inspect.signature(kind).parameters)


# --- the sample -------------------------------------------------------------------------------------------------------


def test_the_sample_uses_every_hook_and_every_argument_that_was_promised(kind: type[Plugin[Any]]) -> None:
    found = implementations("frozen", make(kind, name="frozen"))

    assert {hook: list(each.arguments) for hook, each in found.items()} == PROMISED["hooks"]


@pytest.fixture
async def article(kind: type[Plugin[Any]]) -> ArticleResult:
    async with Workbench(make(kind, name="frozen")) as bench:
        return await bench.article(TEXT, published="2031-03-05")


async def test_it_annotates_repairs_and_extracts(article: ArticleResult) -> None:
    (event,) = article.events

    assert article.errors == ()
    assert article.text == REPAIRED
    assert [mention.field for mention in article.document.mentions] == ["text"] * 4
    assert (event["type"], event["subject"]) == ("missionwire.landing.completed", "soyuz-ms-99")
    assert (event["time"], event["data"]["time_precision"]) == ("2031-03-04T00:00:00Z", "day")
    assert (event["data"]["text"], event["data"]["original"]) == (REPAIRED, {"text": TEXT})
    assert event["data"]["body"] == "earth"


async def test_it_enriches_one_by_one_and_in_batches_and_classifies(kind: type[Plugin[Any]]) -> None:
    async with Workbench(make(kind, name="frozen", mark="mine")) as bench:
        event = await bench.event(an_event(subject="Soyuz MS-99", title="Home", crew=["Paul Arnaud"], wait=True))

    data = json.loads(json.dumps(event["data"]))
    assert "errors" not in data
    assert data["ext"]["frozen"] == {
        "mark": "mine",
        "mission": "soyuz-ms-99",
        "letters": 0,
        "batch": "1",
        "label": "sent, 2 aboard",
    }
    assert data["crew"] == ["Paul Arnaud", {"name": "Irina Velikova", "id": "irina-velikova", "role": "commander"}]
    assert data["agencies"] == [
        {"name": "Roscosmos", "id": "roscosmos", "role": "operator", "evidence": [{"start": 0, "end": 0}]}
    ]
    assert data["station"] == "iss"
    assert {each["plugin"] for each in data["provenance"]} == {"frozen"}


async def test_it_drops(kind: type[Plugin[Any]]) -> None:
    async with Workbench(make(kind, name="frozen")) as bench:
        with pytest.raises(AssertionError, match="a rumour"):
            await bench.event(an_event(title="rumour has it"))


# --- the sample in a running service ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service with the sample on its path, found by its entry point as an installed plugin is."""
    with Service(tmp_path_factory.mktemp("frozen"), env={"PYTHONPATH": PATH}) as running:
        yield running


@pytest.mark.slow
def test_it_runs_in_the_service_with_its_routes_and_its_health(service: Service) -> None:
    event = an_event(id="1", title="Home")
    service.post(event)
    published = service.wait_for(event["source"], event["id"])
    shown = until(lambda: _with_health(service), 20)
    answer = until(lambda: _ok(service, "/v1/x/frozen/mark"), 20)

    assert published["data"]["ext"]["frozen"]["mark"] == "frozen"
    assert (shown["state"], shown["version"], shown["distribution"]) == ("running", "1.0", "missionwire-frozen")
    assert set(shown["implements"]) == set(HOOKS) & set(PROMISED["hooks"])
    assert shown["writes"] == ["agencies", "crew", "station", "subject"]
    assert shown["hosts"] == ["example.org"]
    assert answer.json() == {"mark": "frozen"}


def _with_health(service: Service) -> dict[str, Any] | None:
    shown: dict[str, Any] = service.get("/v1/plugins/frozen").json()
    return shown if (shown.get("health") or {}).get("is_ok") else None


def _ok(service: Service, path: str) -> httpx.Response | None:
    answer = httpx.get(f"{service.url}{path}", timeout=10, verify=PLAIN)
    return answer if answer.is_success else None


def test_its_command_runs() -> None:
    done = run("x", "frozen", "mark", PYTHONPATH=PATH)

    assert (done.code, done.out) == (0, "frozen\n")
