"""The articles with gold are read as well as they were: the gate on events, people, agencies, repairs and harm."""

import json
import subprocess
import sys
from collections.abc import Mapping
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


def gates(bounds: Mapping[str, float]) -> list[str]:
    return [word for name, bound in bounds.items() for word in ("--gate", f"{name}={bound}")]


def test_the_articles_are_read_no_worse_than_they_were() -> None:
    ran = bench("--errors", *gates(GATES))
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_passages_full_of_faults_are_mended_no_worse_than_they_were() -> None:
    files = sorted((BENCH / "passages").glob("*.json"))
    ran = bench(*files, "--errors", *gates({"corrections_met": 0.93, "harmful": 0}))
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_what_nobody_has_looked_for_is_not_judged(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    text = "Oleg Novitskiy landed at 4:36 GMT, Roscosmos said."
    file.write_text(json.dumps({"id": "a", "text": text, "source": "urn:test", "gold": {"corrections": []}}))
    ran = bench(file, "--json", tmp_path / "figures.json")
    assert ran.returncode == 0, ran.stderr
    told = json.loads((tmp_path / "figures.json").read_text())["figures"]["all"]
    assert {told["events_found"], told["people_found"], told["agencies_found"], told["times_gold"]} == {0}


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
