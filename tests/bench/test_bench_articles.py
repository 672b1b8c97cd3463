"""The articles with gold are read as well as they were: the gate on events, people, agencies, repairs and harm."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"

GATES = {
    "events_precision": 0.95,
    "events_recall": 0.88,
    "events_right": 0.78,
    "people_precision": 0.97,
    "people_recall": 0.95,
    "agencies_precision": 0.97,
    "agencies_recall": 0.95,
    "corrections_met": 0.93,
    "harmful": 0,
}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def bench(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, BENCH / "articles.py", *words], capture_output=True, text=True, check=False, timeout=100
    )


def test_the_articles_are_read_no_worse_than_they_were() -> None:
    ran = bench("--errors", *(word for name, bound in GATES.items() for word in ("--gate", f"{name}={bound}")))
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_gate_that_is_missed_ends_with_one_and_says_so(tmp_path: Path) -> None:
    gold = {"events": [], "corrections": [], "people": [{"id": "ana-lima", "mentions": [[18, 23]]}], "agencies": []}
    article = {"id": "a", "text": "Ana Lima slept in orbit.", "source": "urn:test", "gold": gold}
    file = tmp_path / "a.json"
    file.write_text(json.dumps(article))
    ran = bench(file, "--gate", "people_recall=1", "--json", tmp_path / "figures.json")
    assert ran.returncode == 1
    assert "people_recall is 0.0, wanted at least 1.0" in ran.stderr
    assert json.loads((tmp_path / "figures.json").read_text())["figures"]["all"]["people_gold"] == 1


def test_a_figure_that_there_is_not_is_refused() -> None:
    ran = bench("--gate", "luck=1")
    assert ran.returncode == 2
    assert "no figure 'luck'" in ran.stderr
