"""The command, run as a user does, before anything is sent."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from missionwire.testing import an_event, make
from missionwire_quality import Quality

WHOLE = an_event(
    id="whole", type="missionwire.landing.completed", subject="Soyuz MS-23", time="2023-09-27T11:17:00Z", body="earth"
)
BARE = an_event(id="bare", type="missionwire.landing.completed", crew=["Frank Rubio"])


def judge(folder: Path, written: str, *flags: str) -> Result:
    file = folder / "events.json"
    file.write_text(written, encoding="utf-8")
    return CliRunner().invoke(make(Quality).commands()["judge"], [str(file), *flags])


@pytest.mark.parametrize(
    "written",
    [json.dumps([WHOLE, BARE]), f"{json.dumps(WHOLE)}\n{json.dumps(BARE)}\n"],
    ids=["an array", "an event a line"],
)
def test_it_says_what_each_event_lacks(tmp_path: Path, written: str) -> None:
    done = judge(tmp_path, written)

    assert done.exit_code == 1
    assert done.output.splitlines() == [
        "whole  missionwire.landing.completed  complete",
        "bare  missionwire.landing.completed  incomplete  lacks when, mission, where",
    ]


def test_one_event_may_stand_on_many_lines(tmp_path: Path) -> None:
    done = judge(tmp_path, json.dumps(WHOLE, indent=2), "--json")

    assert done.exit_code == 0
    assert json.loads(done.output) == {"id": "whole", "grade": "complete"}


@pytest.mark.parametrize(
    "written", ["no json", "[1]", '{"type": "missionwire.landing.completed", "data": {"crew": [1]}}']
)
def test_what_is_no_event_is_a_plain_error(tmp_path: Path, written: str) -> None:
    done = judge(tmp_path, written)

    assert done.exit_code == 1
    assert done.output.startswith("Error: ")


def test_a_file_without_events_has_none_that_is_incomplete(tmp_path: Path) -> None:
    assert judge(tmp_path, "").exit_code == 0


def test_an_event_of_an_unknown_type_is_not_judged(tmp_path: Path) -> None:
    unknown: dict[str, Any] = an_event(type="org.example.other")

    assert judge(tmp_path, json.dumps(unknown)).output == "1  org.example.other  not judged\n"
