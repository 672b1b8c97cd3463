"""The benchmarks of texts run, and count as they say. How fast and how well is not asked here."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "bench"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def ran(folder: Path, script: str, *words: str) -> dict[str, Any]:
    """Run a benchmark; gives its figures."""
    file = folder / "result.json"
    done = subprocess.run(
        [sys.executable, BENCH / script, *words, "--json", file],
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(file.read_text())
    assert told["machine"]["cores"]
    figures: dict[str, Any] = told["figures"]
    return figures


def test_each_document_hook_of_each_plugin_is_measured(tmp_path: Path) -> None:
    figures = ran(tmp_path, "language.py", "--rounds", "1")
    assert set(figures["load"]) >= {"agencies", "articles", "crew", "pronouns", "terms"}
    hooks = {"agencies annotate", "articles annotate", "articles extract", "crew annotate", "pronouns repair"}
    for table in ("article", "hostile"):
        assert set(figures[table]) >= hooks
        assert all(each["short_ms"] > 0 and each["ratio_per_kb"] > 0 for each in figures[table].values())


def test_repairs_are_counted_by_kind(tmp_path: Path) -> None:
    people = [{"name": "Ingrid Moe", "gender": "f"}]
    error = {"start": 20, "end": 22, "original": "He", "replacement": "She"}
    lines = [
        {
            "id": "1",
            "kind": "found",
            "text": "Moe landed at dawn. He slept all day.",
            "people": people,
            "gold": [error],
        },
        {"id": "2", "kind": "missed", "text": "Moe landed at dawn. He slept all day.", "gold": [error]},
        {"id": "3", "kind": "harmed", "text": "Moe landed at dawn. He slept all day.", "people": people},
        {"id": "4", "kind": "right", "text": "Moe landed at dawn. She slept all day.", "people": people},
    ]
    texts = tmp_path / "texts.jsonl"
    texts.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")

    figures = ran(tmp_path, "pronouns.py", str(texts))

    ratios = ("precision", "recall", "harmful_per_100", "clean")
    assert {kind: [each[name] for name in ratios] for kind, each in figures["texts"].items()} == {
        "found": [1, 1, 0, 1],
        "missed": [None, 0, 0, 0],
        "harmed": [0, None, 100, 0],
        "right": [None, None, 0, 1],
        "all": [0.5, 0.5, 25, 0.5],
    }
