"""JSON cases: read, run, told apart, and taken over."""

import json
from pathlib import Path
from typing import Any

import pytest

from missionwire.authoring.cases import read_cases
from missionwire.authoring.examination import examine
from missionwire.authoring.scaffold import make_distribution
from missionwire.authoring.target import targets_of
from missionwire.authoring.verdict import CaseResult


def results(folder: Path, *cases: dict[str, Any]) -> tuple[CaseResult, ...]:
    make_distribution("cased", folder)
    made = folder / "missionwire-cased"
    (made / "cases" / "enrich.json").write_text(json.dumps(cases))
    (target,) = targets_of(str(made))
    return examine(target, runs_tests=False).cases


def test_each_case_has_its_own_settings(tmp_path: Path) -> None:
    event = {"data": {"text": "word " * 20}}

    slow, fast, faulty, no_case, other = results(
        tmp_path,
        {"event": event, "config": {"words_per_minute": 10}, "expect": {"ext": {"minutes": 2.0}}},
        {"event": event, "config": {"words_per_minute": 20}, "expect": {"ext": {"minutes": 2.0}}},
        {"event": event, "config": {"words": 20}, "expect": None},
        {"event": {"time": "soon"}, "expect": None},
        {"event": {}, "hook": "classify", "expect": None},
    )

    assert slow.is_met
    assert not fast.is_met
    assert fast.got == {"ext": {"minutes": 1.0}}
    assert "words_per_minute" in faulty.error
    assert "RFC 3339" in no_case.error
    assert other.error == "the plugin has no classify"


@pytest.mark.slow
def test_a_case_that_says_not_what_to_expect_is_not_met(tmp_path: Path) -> None:
    (result,) = results(tmp_path, {"about": "new", "event": {"data": {"text": "word " * 220}}})

    assert not result.is_met
    assert not result.error
    assert result.got == {"ext": {"minutes": 1.0}}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{", "cannot be read"),
        ('[{"hook": "enrch", "event": {}}]', "did you mean enrich?"),
        ('[{"hook": "annotate", "event": {}}]', "annotate takes document, the case gives event"),
        ('[{"evnt": {}}]', "unknown field `evnt`"),
        ('["x"]', "Expected `object`"),
    ],
)
def test_a_file_that_holds_no_case_is_told(written: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(written)

    (placed,) = read_cases([tmp_path / "a.json"])

    assert told in placed.fault
