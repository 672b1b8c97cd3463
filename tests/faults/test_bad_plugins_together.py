"""All bad plugins installed at once: the service becomes ready, good plugins work, the feed never skips a beat.

Single files in the plugin folder, and distributions on the path, for what only entry points can get wrong.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.faults.bad_plugins import CALLED, CODES, GOOD, LEVELS, SETTINGS, TARGETS, TWINS, UNLOADED
from tests.faults.plugin_files import write_code
from tests.following import Follower, until
from tests.service import Service, an_event
from tests.unit.cli.commands import run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

START_LIMIT_S = 30.0
"""Only that it becomes ready at all is asked here; how fast is a figure of `bench/plugin_start.py`."""


def write_distribution(site: Path, name: str) -> None:
    """Put a distribution on a path as an installer would: its module, and its metadata beside it."""
    module = f"bad_{name.replace('-', '_')}"
    info = site / f"{module}-1.0.dist-info"
    info.mkdir(parents=True)
    (site / f"{module}.py").write_text(CODES[name], encoding="utf-8")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: bad-{name}\nVersion: 1.0\n", encoding="utf-8")
    plugin = "twice" if name in TWINS else name
    points = f"[missionwire.v{LEVELS.get(name, 1)}]\n{plugin} = {TARGETS.get(name, f'{module}:Made')}\n"
    (info / "entry_points.txt").write_text(points, encoding="utf-8")


DISTRIBUTIONS = (
    *("broken-import", "hanging-import", "lacks-a-dependency", "of-level-9", "misset", "gone-target"),
    *(*TWINS, "good-distribution"),
)


class Beset(NamedTuple):
    """A service with all of them, and how it is run."""

    service: Service
    flags: tuple[str, ...]
    env: dict[str, str]
    start_s: float


@pytest.fixture(scope="module")
def beset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beset]:
    folder = tmp_path_factory.mktemp("beset")
    for name, code in CODES.items():
        if name in DISTRIBUTIONS:
            write_distribution(folder / "site", name)
        else:
            write_code(folder / "plugins", name, code)
    (folder / "missionwire.toml").write_text(SETTINGS, encoding="utf-8")
    env = {"PYTHONPATH": os.pathsep.join([str(folder / "site"), *filter(None, [os.environ.get("PYTHONPATH")])])}
    flags = ("--plugins-dir", str(folder / "plugins"), "--config", str(folder / "missionwire.toml"))
    began_s = time.monotonic()
    with Service(folder / "data", flags=flags, env=env) as service:
        data = ("--data-dir", str(folder / "data"))
        yield Beset(service, (*flags, *data), env, time.monotonic() - began_s)


def shown(beset: Beset) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in beset.service.get("/v1/plugins").json()}


def test_it_becomes_ready_although_some_hang(beset: Beset) -> None:
    assert beset.start_s < START_LIMIT_S


@pytest.mark.parametrize("name", UNLOADED)
def test_what_cannot_be_loaded_is_named_with_the_reason(beset: Beset, name: str) -> None:
    found = until(lambda: shown(beset).get(name), 30)
    state, told = UNLOADED[name]

    assert found["state"] == state
    assert told in found["reason"]


def test_events_flow_with_the_fields_of_the_good_and_the_feed_never_skips_a_beat(beset: Beset) -> None:
    """A beat is a frame or a comment of an open feed, or an answer to who asks for the health: none may be late."""
    service = beset.service
    late: list[float] = []
    is_over = threading.Event()

    def listen() -> None:
        while not is_over.wait(0.05):
            began_s = time.monotonic()
            assert service.get("/health/ready").is_success
            late.append(time.monotonic() - began_s)

    listener = threading.Thread(target=listen, daemon=True)
    sent = [
        an_event(subject=f"mission {n}", data={"bad": name}) for n, name in enumerate([*CALLED, "leaks", "mutates"])
    ]
    sent += [an_event(subject=f"good {n}") for n in range(20)]
    with Follower(service) as follower:
        listener.start()
        for event in sent:
            assert service.post(event).status_code == 202
        for event in sent:
            published = follower.wait_for(event["id"], timeout_s=60)
            assert published["type"] == event["type"]
            assert published["data"].get("bad") == event.get("data", {}).get("bad")
            assert "more" not in published["data"]
            for good in GOOD:
                assert published["data"]["ext"][good] == {"ok": True}, good
        assert sorted(follower.ids) == sorted(event["id"] for event in sent)
        assert not {"gap", "end", "goodbye", "busy"} & set(follower.named)
        is_over.set()
        listener.join(10)
    assert late
    assert max(late) < 5, "the process that serves HTTP runs no plugin's stages"


def test_each_fault_is_told_by_the_event_and_named_in_the_list(beset: Beset) -> None:
    for name, (_, _, kinds) in CALLED.items():
        event = an_event(subject=f"of {name}", data={"bad": name})
        beset.service.post(event)
        published = beset.service.wait_for(event["source"], event["id"], timeout_s=30)
        told = {each["kind"] for each in published["data"].get("errors", ()) if each["plugin"] == name}
        assert told <= kinds | {"open"}, name
        assert bool(told) == bool(kinds), name

    def named() -> bool:
        plugins = shown(beset)
        errors = {name: set(plugins[name]["hooks"]["enrich"]["errors"]) for name in CALLED}
        return all(kinds <= errors[name] for name, (_, _, kinds) in CALLED.items())

    until(named, 20, lambda: {name: shown(beset)[name]["hooks"]["enrich"]["errors"] for name in CALLED})


def test_who_blocks_the_loop_is_named_in_the_log(beset: Beset) -> None:
    event = an_event(data={"bad": "blocks"})
    beset.service.post(event)
    beset.service.wait_for(event["source"], event["id"], timeout_s=30)

    until(lambda: any("blocks" in line and "hold" in line for line in beset.service.lines), 20)


def test_what_is_printed_stays_out_of_the_way(beset: Beset) -> None:
    event = an_event(data={"bad": "prints"})
    beset.service.post(event)

    assert beset.service.wait_for(event["source"], event["id"])["data"]["ext"]["prints"] == {"ok": True}


def test_they_can_all_be_listed(beset: Beset) -> None:
    listed = run("plugins", "list", "--json", *beset.flags, timeout_s=30, stdin=b"", **beset.env)
    rows = json.loads(listed.out)

    assert listed.code == 0
    assert {row["name"] for row in rows} >= {*CALLED, *UNLOADED, "good", "leaks", "mutates"}
    assert [row["state"] for row in rows if row["name"] == "twice"] == ["failed", "failed"]


@pytest.mark.skipif(sys.platform != "linux", reason="a process is looked up in /proc")
def test_the_worker_that_took_it_all_is_the_first(beset: Beset) -> None:
    """None of these ends or hangs a worker: the supervisor had nothing to replace."""
    assert not [line for line in beset.service.lines if "replace" in line and "worker" in line]
