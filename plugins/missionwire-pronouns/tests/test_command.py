"""`python -m missionwire_pronouns IN.jsonl` repairs texts with a list of people beside them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def run(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "missionwire_pronouns", str(path)], capture_output=True, text=True, check=False
    )


def test_each_line_gets_its_corrections(tmp_path: Path) -> None:
    lines = [
        {"id": "1", "text": "Moe landed. He slept.", "people": [{"name": "Ingrid Moe", "gender": "f"}]},
        {"id": "2", "text": "Andrea Moe landed. He slept.", "people": [{"name": "Ingrid Moe", "gender": "f"}]},
        {"id": "3", "text": "Nobody is here.", "people": []},
    ]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", encoding="utf-8")
    done = run(path)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [answer["id"] for answer in answers] == ["1", "2", "3"]
    (correction,) = answers[0]["corrections"]
    assert (correction["start"], correction["end"], correction["original"], correction["replacement"]) == (
        12,
        14,
        "He",
        "She",
    )
    assert correction["applied"] is True
    assert correction["confidence"] == 0.97
    assert [answer["corrections"] for answer in answers[1:]] == [[], []]


@pytest.mark.parametrize(
    "line", ["nonsense", "[]", '{"id": "1"}', '{"id": "1", "text": "a", "people": [{"name": "Moe", "gender": "q"}]}']
)
def test_a_bad_line_is_named_in_one_sentence(tmp_path: Path, line: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": "1", "text": "a", "people": []}\n' + line + "\n", encoding="utf-8")
    done = run(path)
    assert done.returncode == 1
    assert done.stderr.startswith("line 2: ")
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run(tmp_path / "none.jsonl")
    assert done.returncode == 1
    assert "can't be read" in done.stderr
