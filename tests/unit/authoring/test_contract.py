"""The contract as data says what the spec module says, and its JSON Schema is true of what real plugins give."""

import inspect
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from missionwire.authoring import contract, samples
from missionwire.authoring.answer import Given
from missionwire.authoring.bench import argument_of
from missionwire.authoring.cases import given_to, read_cases
from missionwire.authoring.target import targets_of
from missionwire.pipeline.participant import DOCUMENT_HOOKS, STAGE_HOOKS, Participant
from missionwire.plugin import Drop, Hooks, Plugin
from missionwire.plugins.host import LIMITS
from missionwire.plugins.loading import load_class, make_config, make_plugin
from missionwire.plugins.registry import HOOKS, Implementation, implementations
from missionwire.store.temporary import TemporaryKeys
from tests.unit.cli.commands import run

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT / contract.SCHEMA_FILE


# --- what it says of each hook ----------------------------------------------------------------------------------------


def test_every_hook_of_the_spec_is_told_in_its_order_with_its_arguments() -> None:
    told = {each.hook: list(each.arguments) for each in contract.hooks()}

    assert list(told) == list(HOOKS)
    assert told == {name: list(inspect.signature(vars(Hooks)[name]).parameters)[1:] for name in HOOKS}


def test_the_deadlines_are_those_that_the_host_keeps() -> None:
    told = {each.hook: each.deadline_s for each in contract.hooks()}
    kept = Participant("any", "0", {})

    assert {hook: told.pop(hook) for hook in STAGE_HOOKS} == {hook: kept.timeout_s(hook) for hook in STAGE_HOOKS}
    assert told == {
        "startup": LIMITS.start_s,
        "shutdown": LIMITS.stop_s,
        "routes": LIMITS.ask_s,
        "health": LIMITS.ask_s,
        "commands": None,
    }


@pytest.mark.slow
def test_the_command_tells_the_same_as_table_and_as_schema() -> None:
    table = json.loads(run("plugins", "hooks", "--json").out)
    shown = run("plugins", "hooks", COLUMNS="60").out

    assert table == json.loads(msgspec.json.encode(contract.hooks()))
    assert json.loads(run("plugins", "hooks", "--schema").out) == json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert [line.partition("(")[0] for line in shown.splitlines() if line.partition("(")[0] in HOOKS] == list(HOOKS)
    assert max(map(len, shown.splitlines())) <= 60
    assert run("plugins", "hooks", "--schema", "--json").code == 2


# --- the schema -------------------------------------------------------------------------------------------------------


def check(*words: Path | str) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "check-jsonschema", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_the_schema_is_one_of_the_dialect_that_it_names() -> None:
    checked = check("--check-metaschema", SCHEMA)

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_schema_has_every_hook_with_its_arguments_and_nothing_else() -> None:
    properties = json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"]

    assert list(properties) == list(HOOKS)
    for told in contract.hooks():
        hook = properties[told.hook]
        assert list(hook["properties"]["arguments"]["properties"]) == list(told.arguments)
        assert hook["properties"]["arguments"]["additionalProperties"] is False
        assert (hook["x-since"], hook.get("x-stage"), hook.get("x-deadline-s")) == (
            told.since,
            told.stage,
            told.deadline_s,
        )


WRONG: dict[str, Any] = {
    "unknown-hook": {"enrch": {"gives": None}},
    "unknown-argument": {"enrich": {"arguments": {"evnt": {"id": "1", "source": "s", "type": "t"}}}},
    "event-without-id": {"enrich": {"arguments": {"event": {"source": "s", "type": "t"}}}},
    "mention-without-kind": {"annotate": {"gives": [{"start": 0, "end": 1, "name": "x"}]}},
    "correction-without-reason": {
        "repair": {"gives": [{"start": 0, "end": 1, "original": "a", "replacement": "b", "confidence": 1.0}]}
    },
    "draft-without-sentence": {"extract": {"gives": [{"type": "missionwire.landing.completed"}]}},
    "nameless-crew": {"enrich": {"gives": {"crew": [{"id": "x"}]}}},
    "patch-that-is-a-list": {"classify": {"gives": []}},
    "drop-without-reason": {"keep": {"gives": {"drop": None}}},
    "odd-health": {"health": {"gives": {"is_ok": "yes"}}},
}


def test_the_schema_refuses_what_no_hook_gets_or_gives(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.json" for name in WRONG]
    for file, wrong in zip(files, WRONG.values(), strict=True):
        file.write_text(json.dumps(wrong), encoding="utf-8")

    checked = check("--output-format", "json", "--schemafile", SCHEMA, *files)

    assert {Path(each["filename"]) for each in json.loads(checked.stdout)["errors"]} == set(files)


# --- what the plugins that come along give ----------------------------------------------------------------------------


OURS = sorted(file.parent for file in ROOT.glob("plugins/*/pyproject.toml"))


def loaded(folder: Path) -> tuple[str, type[Plugin[Any]]]:
    """Give the name and the class of a plugin that comes along."""
    (found,) = (target.found for target in targets_of(str(folder)))
    return found.name, load_class(found)


def tried(folder: Path, hook: str) -> Iterator[tuple[dict[str, Any], Given]]:
    """Give settings and input of each of the plugin's own cases, and the samples that every plugin is tried with."""
    for placed in read_cases(sorted(folder.glob("cases/*.json"))):
        if placed.case.hook == hook:
            yield placed.case.config, given_to(placed.case)
    for sample in samples.documents() if hook in DOCUMENT_HOOKS else samples.events():
        if not sample.is_huge:
            given = sample.document if isinstance(sample, samples.DocumentSample) else sample.event
            yield {}, (given,) if hook == "enrich_batch" else given  # type: ignore[misc]  # an event, for that hook


async def answer(hook: Implementation, **given: Given) -> Any:
    try:
        answered = hook.function(**{name: given[name] for name in hook.arguments})
        answered = await answered if inspect.isawaitable(answered) else answered
    except Drop as drop:
        answered = drop
    if isinstance(answered, Drop):
        return {"drop": answered.reason}
    is_json = answered is None or isinstance(answered, (msgspec.Struct, dict))
    return msgspec.to_builtins(answered if is_json else list(answered))


async def calls(name: str, folder: Path, kind: type[Plugin[Any]], keys: TemporaryKeys) -> AsyncIterator[dict[str, Any]]:
    """Give calls of each stage hook, and of `health`, as JSON."""
    made: dict[str, dict[str, Implementation]] = {}

    async def hooks_with(settings: dict[str, Any]) -> dict[str, Implementation]:
        if (key := json.dumps(settings)) not in made:
            plugin = make_plugin(name, kind, make_config(name, kind, settings), store=keys.of(name))
            made[key] = implementations(name, plugin)
            if "startup" in made[key]:
                await answer(made[key]["startup"])
        return made[key]

    for hook in STAGE_HOOKS:
        if hook in await hooks_with({}):
            for settings, given in tried(folder, hook):
                argument = argument_of(given)
                gives = await answer((await hooks_with(settings))[hook], **{argument: given})
                yield {hook: {"arguments": {argument: msgspec.to_builtins(given)}, "gives": gives}}
    if "health" in await hooks_with({}):
        yield {"health": {"arguments": {}, "gives": await answer((await hooks_with({}))["health"])}}
    for started in made.values():
        if "shutdown" in started:
            await answer(started["shutdown"])


@pytest.mark.slow
@pytest.mark.parametrize("folder", OURS, ids=lambda folder: folder.name)
async def test_what_a_plugin_of_ours_gets_and_gives_is_as_the_schema_says(folder: Path, tmp_path: Path) -> None:
    name, kind = loaded(folder)
    keys = TemporaryKeys()
    try:
        made = [call async for call in calls(name, folder, kind, keys)]
    finally:
        await keys.aclose()
    given = {hook for call in made for hook, told in call.items() if told["gives"]}
    giving = set(STAGE_HOOKS) & set(implementations(name, make_plugin(name, kind, kind.config_type()())))
    files = [tmp_path / f"{number}.json" for number in range(len(made))]
    for file, call in zip(files, made, strict=True):
        file.write_text(json.dumps(call), encoding="utf-8")

    checked = check("--schemafile", SCHEMA, *files)

    assert checked.returncode == 0, checked.stdout[:5000]
    assert given >= giving - {"keep"}, "each hook gave something; `keep` drops only where settings say so"
