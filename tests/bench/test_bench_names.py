"""People and agencies are found as docs/language.md says; the benchmarks of names and of speed count as they should."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "bench"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

MARKED = """\
=== found 2021-10-17
The cosmonaut [Oleg Novitskiy|oleg-novitskiy] landed, {NASA|nasa|source} said.

=== missed 2021-10-17 | A title
[Nobody Atall|oleg-novitskiy] landed in a {Capsule|nasa}, far from [Zyta Gorecka|+], a physicist in orbit.

=== wrong 2021-10-17
Oleg Novitskiy landed.
"""


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(BENCH / "names.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)


def test_people_and_agencies_are_found_with_the_precision_that_is_promised() -> None:
    ran = run("--misses", "--gate", "people=0.97", "--gate", "agencies=0.97", "--gate", "strangers=0.9")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_what_is_marked_is_compared_with_what_is_found(tmp_path: Path) -> None:
    marked, counted = tmp_path / "marked.txt", tmp_path / "counted.json"
    marked.write_text(MARKED, encoding="utf-8")
    ran = run(str(marked), "--json", str(counted), "--gate", "people=0.9")
    assert ran.returncode == 1
    assert "precision of people is 0.500, wanted at least 0.9" in ran.stderr
    figures: dict[str, Any] = json.loads(counted.read_text())["figures"]
    assert figures["people"] == {"wanted": 2, "found": 2, "precision": 0.5, "recall": 0.5}
    assert figures["strangers"]["recall"] == 1
    assert figures["agencies"] == {"wanted": 2, "found": 1, "precision": 1.0, "recall": 0.5}
    assert figures["roles of agencies"]["recall"] == 1


def test_a_text_without_a_head_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "marked.txt").write_text("=== no date here at all\nText.\n", encoding="utf-8")
    assert "'=== no date here at all' is no head of a text" in run(str(tmp_path / "marked.txt")).stderr


def test_speed_is_told_with_each_plugins_share(tmp_path: Path) -> None:
    told = tmp_path / "speed.json"
    command = [sys.executable, str(BENCH / "speed.py"), "--rounds", "1", "--articles", "2", "--events", "20"]
    ran = subprocess.run([*command, "--json", str(told)], capture_output=True, text=True, check=False, timeout=100)
    assert ran.returncode == 0, ran.stderr
    figures: dict[str, Any] = json.loads(told.read_text())["figures"]
    for row in ("articles of 4 kB", "structured events", "events with a sentence"):
        assert figures[row]["per_cpu_s"] > 0
        assert {"agencies", "articles", "crew", "pipeline", "pronouns", "terms"} <= set(figures[row]["us"])
