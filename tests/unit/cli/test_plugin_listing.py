"""Plugins at a glance: all that is known of them, within the width of the terminal."""

import io
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console, RenderableType

from missionwire.cli import plugin_listing
from tests.service import Service
from tests.unit.cli.commands import run


def told_of(name: str = "crew", **members: Any) -> dict[str, Any]:
    """What a service tells of a plugin that runs; give what matters."""
    return {
        "name": name,
        "version": "0.1.0",
        "state": "running",
        "reason": None,
        "about": "Knows who is aboard.",
        "stages": [{"stage": "annotate", "place": 3, "reason": "its name"}],
        "writes": ["crew", "subject"],
        "hosts": ["api.example.org"],
        "implements": ["annotate", "enrich", "routes"],
        "health": None,
        "hooks": {"annotate": tally()},
    } | members


def tally(calls: int = 1234, p50_ms: float | None = 0.25, p99_ms: float | None = 12.5, **errors: int) -> dict[str, Any]:
    return {"calls": calls, "errors": errors, "p50_ms": p50_ms, "p99_ms": p99_ms}


FAILED = told_of(
    "future", state="failed", reason="no", about=None, stages=[], writes=[], hosts=[], implements=[], hooks={}
)


def shown(
    rows: Sequence[dict[str, Any]],
    width: int = 80,
    listed: Callable[[Sequence[dict[str, Any]], int], Iterable[RenderableType]] = plugin_listing.running,
) -> list[str]:
    file = io.StringIO()
    console = Console(file=file, width=width, highlight=False, markup=False)
    for line in listed(rows, width):
        console.print(line)
    return [line.rstrip() for line in file.getvalue().splitlines()]


def test_a_running_plugin_shows_its_place_calls_errors_times_and_reach() -> None:
    row = told_of(hooks={"annotate": tally(timeout=3)})

    assert shown([row]) == [
        "plugin  version  state    stage       calls  errors     p50 ms  p99 ms",
        "crew    0.1.0    running  annotate 3  1,234  timeout 3     0.2    12.5",
        "  writes crew, subject; contacts api.example.org; has routes",
    ]


def test_one_that_is_asked_in_several_stages_has_a_line_for_each_hook_in_their_order() -> None:
    seats = [("enrich", 1), ("enrich", 2), ("keep", 1)]
    row = told_of(
        stages=[{"stage": stage, "place": place, "reason": ""} for stage, place in seats],
        hooks={"keep": tally(3), "enrich_batch": tally(2), "enrich": tally(1)},
    )

    assert [line.split()[-5:-2] for line in shown([row])[1:4]] == [
        ["enrich", "1", "1"],
        ["enrich_batch", "2", "2"],
        ["keep", "1", "3"],
    ]


def test_one_with_a_batch_alone_is_shown_under_that_name() -> None:
    row = told_of(stages=[{"stage": "enrich", "place": 4, "reason": ""}], hooks={"enrich_batch": tally()})

    assert "enrich_batch 4  1,234" in shown([row])[1]


def test_times_that_are_not_known_are_left_empty() -> None:
    assert shown([told_of(hooks={"annotate": tally(0, None, None)})])[1].endswith("annotate 3      0")


def test_one_that_could_not_be_loaded_shows_the_reason_and_claims_no_reach() -> None:
    assert shown([FAILED]) == [
        "plugin  version  state   stage  calls  errors  p50 ms  p99 ms",
        "future  0.1.0    failed",
        "  no",
    ]


def test_who_is_not_well_says_so_and_who_is_well_says_nothing() -> None:
    ill = told_of(health={"is_ok": False, "detail": "its upstream is away"})
    well = told_of(health={"is_ok": True, "detail": "three in space"})

    assert "  not well: its upstream is away" in shown([ill])
    assert not [line for line in shown([well]) if "three in space" in line]


@pytest.mark.parametrize("width", [30, 40, 60, 70, 80, 120])
def test_no_line_is_longer_than_the_terminal_is_wide_and_nothing_is_lost(width: int) -> None:
    rows = [
        told_of("a-plugin-with-quite-a-long-name", hooks={"annotate": tally(timeout=3, raised=12_345, undeclared=1)}),
        told_of(writes=["agencies", "crew", "mission_inferred", "station", "subject"]),
        FAILED | {"reason": "it lacks a dependency that has a long name, and says so in a sentence"},
    ]

    lines = shown(rows, width)

    assert max(map(len, lines)) <= width
    told = "".join("".join(lines).split())
    for word in ("a-plugin-with-quite-a-long-name", "station", "api.example.org", "sentence"):
        assert word in told or width < 40
    if width >= 60:
        for word in ("timeout3", "raised12,345", "undeclared1"):
            assert word in told


def test_what_a_plugin_says_drives_no_terminal_and_is_no_markup() -> None:
    row = told_of(about="[red]x", state="failed", reason="\x1b[2J[bold]gone\x07", hosts=["\x1b]0;x"])

    told = "\n".join(shown([row]))

    assert "\x1b" not in told
    assert "[bold]gone" in told


def test_without_a_service_it_shows_how_they_came_and_what_the_operator_set() -> None:
    row = {
        "name": "crew",
        "version": "0.1.0",
        "distribution": "missionwire-crew",
        "state": "disabled",
        "reason": "the settings say so",
        "installed": {"kind": "wheel"},
        "settings": {"mode": "shadow", "order": 2},
    }

    assert shown([row, row | {"reason": None, "installed": None, "settings": {}}], listed=plugin_listing.installed) == [
        "plugin  version  state     distribution      installed",
        "crew    0.1.0    disabled  missionwire-crew  wheel",
        "  the settings say so",
        "  set: mode shadow; order 2",
        "crew    0.1.0    disabled  missionwire-crew  by hand",
    ]


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_naming_a_service_asks_it_and_one_in_the_environment_is_asked_only_when_told(service: Service) -> None:
    named = run("plugins", "list", "--url", service.url)
    told = run("plugins", "list", "--running", MISSIONWIRE_URL=service.url)
    here = run("plugins", "list", MISSIONWIRE_URL=service.url)
    rows = json.loads(run("plugins", "list", "--url", service.url, "--json").out)

    assert "p99 ms" in named.lines[0]
    assert "p99 ms" in told.lines[0]
    assert "installed" in here.lines[0]
    assert {"stages", "writes", "hosts", "hooks", "health"} <= rows[0].keys()


@pytest.mark.slow
def test_a_wish_of_the_settings_file_is_shown_without_a_service(tmp_path: Path) -> None:
    file = tmp_path / "missionwire.toml"
    file.write_text('plugin_order = ["terms"]\n[plugins.crew]\nmode = "shadow"\ntimeout_s = 3.5\n', encoding="utf-8")

    rows = {row["name"]: row for row in json.loads(run("plugins", "list", "--json", "--config", str(file)).out)}

    assert rows["crew"]["settings"] == {"mode": "shadow", "timeout_s": 3.5}
    assert rows["terms"]["settings"] == {"plugin_order": 1}
