"""Pronouns are repaired as well as is promised, and the benchmark says so where they are not."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "bench"
PROMISED = ("precision=0.98", "recall=0.8", "harmful_per_100=0.3", "clean=0.92")


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(BENCH / "pronouns.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)


@pytest.mark.slow
def test_pronouns_are_repaired_as_is_promised_and_next_to_nothing_is_spoiled() -> None:
    ran = run(*(word for gate in PROMISED for word in ("--gate", gate)))
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_figure_that_is_worse_than_wanted_is_told(tmp_path: Path) -> None:
    line: dict[str, Any] = {
        "id": "1",
        "text": "Moe landed at dawn. He slept all day.",
        "people": [{"name": "Ingrid Moe", "gender": "f"}],
    }
    texts = tmp_path / "mine.jsonl"
    texts.write_text(json.dumps(line), encoding="utf-8")
    ran = run(str(texts), "--gate", "precision=0.9", "--gate", "harmful_per_100=0.3", "--gate", "recall=0.8")
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        "mine.jsonl: precision is 0.0000, wanted at least 0.9",
        "mine.jsonl: harmful_per_100 is 100.0000, wanted at most 0.3",
    ]


def test_a_gate_that_is_no_figure_is_refused() -> None:
    ran = run("--gate", "speed=1")
    assert ran.returncode == 2
    assert "'speed' is no figure; there are precision, recall, harmful_per_100, clean" in ran.stderr


def test_texts_that_are_not_there_are_told(tmp_path: Path) -> None:
    ran = run(str(tmp_path / "none.jsonl"))
    assert ran.returncode == 2
    assert "No such file" in ran.stderr
