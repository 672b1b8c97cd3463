import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from missionwire.plugins.discovery import discover
from missionwire.plugins.host import Host, Limits, Loaded, Wish
from missionwire.store.log import Log
from missionwire.store.plugin_keys import PluginKeys
from missionwire.store.server import Server

LIMITS = Limits(import_s=0.5, start_s=0.5, ask_s=0.5, stop_s=0.2)

HEAD = """\
# /// script
# [tool.missionwire]
# api = 1
# ///
import asyncio, sys, threading, time
from missionwire.plugin import Config, Health, Plugin, hookimpl


class Settings(Config):
    key: str = ""


"""


class Started:
    """A host with what its plugins' coroutines held."""

    def __init__(self, folder: Path, limits: Limits = LIMITS) -> None:
        self.folder = folder
        self.held: list[str] = []
        self.host = Host("missionwire/test", self.held.append, limits)

    def store_of(self, name: str) -> PluginKeys:
        """Keys on a server that nobody asks here."""
        return PluginKeys(Log(Server("unix:///nowhere"), "test"), name)

    def write(self, name: str, members: str, head: str = HEAD) -> None:
        lines = "\n".join(f"    {line}" for line in members.splitlines())
        text = f"{head}class Made(Plugin[Settings]):\n    @hookimpl\n    def keep(self, event): pass\n\n{lines}\n"
        (self.folder / f"{name}.py").write_text(text, encoding="utf-8")

    async def start(self, **wishes: Wish) -> dict[str, Loaded]:
        found = [each for each in discover(self.folder) if each.is_file]
        await self.host.start(found, wishes, self.store_of)
        return {loaded.name: loaded for loaded in self.host.plugins}


@pytest.fixture
async def started(tmp_path: Path) -> AsyncIterator[Started]:
    started = Started(tmp_path)
    yield started
    await started.host.stop()


async def test_a_plugin_that_is_well_runs_and_had_what_the_host_gives(started: Started) -> None:
    started.write(
        "well", "@hookimpl\nasync def startup(self):\n    assert self.http and self.store and self.config.key"
    )

    found = await started.start(well=Wish(config={"key": "k"}))

    assert (found["well"].state, found["well"].reason) == ("running", None)
    assert "well startup" in started.held
    assert started.held[-1] == ""


@pytest.mark.parametrize(
    ("members", "state", "told"),
    [
        ("@hookimpl\ndef startup(self):\n    raise ValueError('no key')", "failed", "startup: ValueError: no key"),
        ("@hookimpl\nasync def startup(self):\n    sys.exit(1)", "failed", "SystemExit"),
        ("@hookimpl\nasync def startup(self):\n    raise asyncio.TimeoutError", "failed", "startup"),
        ("def __init__(self, context):\n    raise ValueError('no')", "failed", "ValueError: no"),
        ("sys.exit(1)", "failed", "SystemExit"),
        ("before = None", "failed", "before"),
        ("@hookimpl\ndef enrch(self, event): pass", "failed", "did you mean enrich?"),
    ],
)
async def test_a_plugin_that_fails_is_there_with_the_reason_and_the_others_run(
    started: Started, members: str, state: str, told: str
) -> None:
    started.write("bad", members)
    started.write("well", "")

    found = await started.start()

    assert (found["bad"].state, found["well"].state) == (state, "running")
    assert told in (found["bad"].reason or "")
    assert found["bad"].plugin is None


async def test_what_the_operator_set_is_told_apart(started: Started) -> None:
    for name in ("off", "misset"):
        started.write(name, "")

    found = await started.start(off=Wish(is_enabled=False), misset=Wish(config={"kee": "k"}))

    assert (found["off"].state, found["misset"].state) == ("disabled", "needs-config")
    assert "kee" in (found["misset"].reason or "")


@pytest.mark.parametrize(
    ("members", "head", "told"),
    [
        ("", HEAD + "time.sleep(4)\n", "import took longer"),
        ("def __init__(self, context):\n    time.sleep(4)", HEAD, "import took longer"),
        ("@hookimpl\ndef startup(self):\n    time.sleep(4)", HEAD, "startup took longer"),
        ("@hookimpl\nasync def startup(self):\n    await asyncio.sleep(600)", HEAD, "startup took"),
    ],
)
async def test_an_import_or_a_start_that_hangs_is_bounded(started: Started, members: str, head: str, told: str) -> None:
    started.write("hangs", members, head)
    started.write("well", "")
    began_s = time.monotonic()

    found = await started.start()

    assert time.monotonic() - began_s < 3.5
    assert told in (found["hangs"].reason or "")
    assert found["well"].state == "running"


async def test_a_plugin_that_held_a_worker_before_is_left_out(started: Started) -> None:
    started.write("holder", "@hookimpl\nasync def startup(self):\n    time.sleep(600)")
    found = [each for each in discover(started.folder) if each.is_file]

    await started.host.start(found, {}, started.store_of, left_out={"holder": "it held the worker"})

    assert [(each.state, each.reason) for each in started.host.plugins] == [("failed", "it held the worker")]


@pytest.mark.parametrize(
    ("body", "is_ok"),
    [
        ("return Health(is_ok=True, detail='fine')", True),
        ("return Health(is_ok='perhaps')", False),
        ("return Health(is_ok=True, detail=object())", False),
        ("return 'fine'", False),
        ("return None", False),
        ("raise ValueError", False),
        ("sys.exit(1)", False),
    ],
)
async def test_a_plugin_that_cannot_say_how_it_is_is_not_well(started: Started, body: str, is_ok: bool) -> None:  # noqa: FBT001  # a row
    started.write("asked", f"@hookimpl\ndef health(self):\n    {body}")
    await started.start()

    health = await started.host.health()

    assert health["asked"].is_ok is is_ok


async def test_stopping_is_bounded_and_may_be_done_twice(started: Started) -> None:
    started.write("hangs", "@hookimpl\nasync def shutdown(self):\n    await asyncio.sleep(600)")
    started.write("raises", "@hookimpl\ndef shutdown(self):\n    raise ValueError")
    await started.start()
    began_s = time.monotonic()

    await started.host.stop()
    await started.host.stop()

    assert time.monotonic() - began_s < 2.5


async def test_a_plugin_that_is_called_off_from_outside_does_not_swallow_it(started: Started) -> None:
    started.write("slow", "@hookimpl\nasync def startup(self):\n    await asyncio.sleep(600)")
    starting: asyncio.Task[Any] = asyncio.create_task(started.start())
    while "slow startup" not in started.held:
        await asyncio.sleep(0.01)
    starting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await starting


async def test_what_is_no_longer_there_is_let_go_and_what_ran_is_to_be_retired(started: Started) -> None:
    started.write("bad", "sys.exit(1)")
    started.write("well", "")
    started.write("stays", "")
    found = await started.start()

    gone = started.host.let_go([found["stays"].found])

    assert gone == [found["well"]]
    assert started.host.plugins == [found["stays"]]


async def test_one_that_runs_keeps_its_code_until_a_restart_and_one_that_does_not_is_tried_again(
    started: Started,
) -> None:
    started.write("bad", "sys.exit(1)")
    started.write("well", "")
    found = await started.start()
    newer = {name: replace(loaded.found, version="2") for name, loaded in found.items()}

    assert found["well"].is_as_wanted(newer["well"], Wish())
    assert not found["well"].is_as_wanted(newer["well"], Wish(config={"key": "k"}))
    assert not found["bad"].is_as_wanted(newer["bad"], Wish())
    assert found["bad"].is_as_wanted(found["bad"].found, Wish())
