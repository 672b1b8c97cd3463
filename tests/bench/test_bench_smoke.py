"""The benchmark runs, and finds nothing missing or repeated. How fast is not asked; `make bench-smoke` runs all."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "bench"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(200),
    pytest.mark.skipif(sys.platform != "linux", reason="CPU time and memory are read from /proc"),
]


def ran(folder: Path, *rows: str, words: Sequence[str] = (), path: str | None = None) -> tuple[str, dict[str, Any]]:
    """Run some rows; gives what was printed, and the JSON."""
    file = folder / "made" / "result.json"
    only = [word for row in rows for word in ("--only", row)]
    done = subprocess.run(
        [sys.executable, BENCH / "bench.py", "--smoke", "--json", file, *only, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
        env=None if path is None else {"PATH": path},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, json.loads(file.read_text())


@pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler, so ssefan cannot be made")
def test_a_row_of_deliveries_measures_all_that_can_be_had_here_and_loses_nothing(tmp_path: Path) -> None:
    printed, result = ran(tmp_path, "fan-100", words=("--svg", str(tmp_path / "pictures")))
    measured = {name.partition(": ")[2] for name in result["figures"]}
    skipped = {note.partition(" was skipped")[0] for note in result["notes"] if " was skipped" in note}
    assert {"missionwire", "missionwire, by HTTP and worker", "C floor", "Litestar Channels"} <= measured
    assert measured | skipped >= {"nginx with Nchan", "node http", "sse-starlette"}
    for (told,) in result["figures"].values():
        assert told["received"] == told["sent"] * told["connected"] > 0
    assert "Missing, repeated, out of order, malformed, or failed: none." in printed
    assert "fan-100" in (tmp_path / "made" / "result.json").read_text()
    assert (tmp_path / "pictures" / "cost-per-delivery.svg").read_text().startswith("<svg")


def test_events_that_go_in_are_all_found_again(tmp_path: Path) -> None:
    _, result = ran(tmp_path, "durable-post", "batch-intake", "worker")
    assert result["faults"] == []
    assert all(told["acknowledged"] > 0 for name, (told,) in result["figures"].items() if "acknowledged" in told)
    assert {goal["row"] for goal in result["goals"]} == {"durable-post", "batch-intake", "worker"}
    assert all(goal["value"] > 0 for goal in result["goals"])


def test_everybody_is_told_goodbye(tmp_path: Path) -> None:
    _, result = ran(tmp_path, "drain")
    (told,) = result["figures"]["drain"]
    assert told["connected"] == told["goodbye"] > 0


def test_what_cannot_be_measured_here_is_skipped_with_a_reason(tmp_path: Path) -> None:
    printed, result = ran(tmp_path, "fan-100", "behind", path=str(tmp_path))
    assert result["figures"] == {}
    assert {goal["verdict"] for goal in result["goals"]} == {"not measured"}
    assert "fan-100 was skipped: there is no C compiler (cc)" in printed


def test_a_run_that_is_ended_leaves_nothing_behind(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, BENCH / "bench.py", "--smoke", "--only", "drain"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as process:
        assert process.stderr is not None
        assert "drain" in process.stderr.readline()
        process.terminate()
        assert process.wait(60) == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []
