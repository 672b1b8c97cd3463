"""The benchmark runs, and finds nothing missing or repeated. How fast is not asked here."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.service import Service

BENCH = Path(__file__).parents[2] / "bench"

Ran: TypeAlias = tuple["subprocess.CompletedProcess[str]", dict[str, Any]]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """One run, and the JSON that it wrote."""
    file = tmp_path_factory.mktemp("bench") / "result.json"
    done = subprocess.run(
        [sys.executable, BENCH / "bench.py", "--smoke", "--json", file],
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert file.exists(), done.stdout + done.stderr
    return done, json.loads(file.read_text())


def test_it_ends_well_and_finds_nothing_missing_or_repeated(ran: Ran) -> None:
    done, result = ran
    assert result["faults"] == []
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Missing or repeated: nothing." in done.stdout


def test_it_measures_all_that_it_promises(ran: Ran) -> None:
    figures = ran[1]["figures"]
    assert len(figures["intake"]) == 5
    for rounds in (*figures["intake"].values(), *figures["through"].values()):
        assert all(each["events_s"] > 0 for each in rounds)
    if sys.platform == "linux":
        assert len(figures["feed"]) == 8
        for rounds in (*figures["feed"].values(), *figures["latency"].values()):
            assert all(each["received"] > 0 for each in rounds)


@pytest.mark.skipif(sys.platform != "linux", reason="CPU time and memory are read from /proc")
@pytest.mark.parametrize("load", [["-w", "4"], ["-r", "50"]], ids=["window", "rate"])
def test_the_follower_in_python_sees_all_that_was_published(load: list[str], tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        port = service.url.rpartition(":")[2]
        words = ["-p", port, "-u", "/v1/feed", "-o", port, "-U", "/v1/events", "-T", "application/cloudevents+json"]
        words += ["-n", "5", "-m", "http", "-W", "0.2", "-d", "1", "-c", str(service.pid)]
        followed = subprocess.run(
            [sys.executable, BENCH / "fan.py", *words, *load],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert followed.returncode == 0, followed.stderr
    told = json.loads(followed.stdout)
    assert told["connected"] == 5
    assert told["received"] == told["sent"] * 5 > 0
    assert told["p50_ms"] > 0
