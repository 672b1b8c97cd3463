"""What an event lacks, what is in doubt, and what nobody judges."""

import tomllib
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.testing import an_event, seen
from missionwire_quality.expectations import Expectations, load_expectations
from missionwire_quality.facts import FACTS
from missionwire_quality.verdict import Verdict, judge

LANDING = {"type": "missionwire.landing.completed", "subject": "Soyuz MS-23", "time": "2023-09-27T11:17:00Z"}


@pytest.fixture(scope="module")
def expectations() -> Expectations:
    return load_expectations()


def judged(expectations: Expectations, **members: Any) -> Verdict | None:
    return judge(seen(an_event(**members)), expectations)


def test_an_event_that_tells_what_its_type_should_is_complete(expectations: Expectations) -> None:
    verdict = judged(expectations, **LANDING, body="earth")

    assert verdict is not None
    assert verdict.labels() == {"grade": "complete"}


@pytest.mark.parametrize(
    ("members", "lacks"),
    [
        ({"type": "missionwire.landing.completed"}, ["when", "mission", "where"]),
        (LANDING, ["where"]),
        (LANDING | {"location": {"name": "near Zhezkazgan"}}, []),
        (LANDING | {"site": ""}, ["where"]),
        ({"type": "missionwire.docking.completed", "subject": "crew-5", "station": "iss"}, ["when"]),
        ({"type": "missionwire.statement.made"}, ["who"]),
        ({"type": "missionwire.statement.made", "speaker": "A flight director"}, []),
        ({"type": "missionwire.crew.assigned", "subject": "crew-5", "crew": ["Koichi Wakata"]}, []),
    ],
)
def test_what_lacks_is_named_in_one_order(
    expectations: Expectations, members: dict[str, Any], lacks: list[str]
) -> None:
    verdict = judged(expectations, **members)

    assert verdict is not None
    assert list(verdict.lacks) == lacks
    assert (verdict.grade == "incomplete") == bool(lacks)


@pytest.mark.parametrize(
    ("members", "doubts"),
    [
        (LANDING | {"time_precision": "day", "body": "earth"}, ["when"]),
        (LANDING | {"mission_inferred": True, "body": "earth"}, ["mission"]),
        (LANDING | {"time_precision": "minute", "body": "earth", "crew": ["Nobody Known"]}, []),
        ({"type": "missionwire.statement.made", "agencies": ["Space Club"]}, ["who"]),
        ({"type": "missionwire.statement.made", "agencies": [{"name": "ESA", "id": "esa"}]}, []),
    ],
)
def test_what_is_told_but_not_sure_is_a_doubt(
    expectations: Expectations, members: dict[str, Any], doubts: list[str]
) -> None:
    verdict = judged(expectations, **members)

    assert verdict is not None
    assert list(verdict.doubts) == doubts
    assert verdict.labels().get("doubts", []) == doubts


@pytest.mark.parametrize("type_", ["org.example.thing", "missionwire.landing", "missionwire.weather.changed"])
def test_a_type_of_which_nothing_is_known_is_not_judged(expectations: Expectations, type_: str) -> None:
    assert judged(expectations, type=type_) is None


def test_no_type_has_two_rows() -> None:
    written = (resources.files("missionwire_quality") / "data" / "types.toml").read_text(encoding="utf-8")
    types = [each for row in tomllib.loads(written)["expected"] for each in row["types"]]

    assert len(types) == len(set(types))


@given(
    st.fixed_dictionaries(
        {"type": st.sampled_from(sorted(load_expectations().facts))},
        optional={
            "subject": st.just("Crew-5"),
            "time": st.just("2022-10-05T16:00:00Z"),
            "time_precision": st.sampled_from(["minute", "day", "unknown"]),
            "crew": st.lists(st.sampled_from(["A", {"name": "B", "id": "b"}]), max_size=3),
            "location": st.sampled_from(["", "Kennedy", {"name": "sea"}, None]),
            "target": st.sampled_from(["", "iss", 5]),
        },
    )
)
def test_nothing_both_lacks_and_is_in_doubt_and_only_what_is_expected_is_named(members: dict[str, Any]) -> None:
    expectations = load_expectations()
    verdict = judged(expectations, **members)

    assert verdict is not None
    assert not set(verdict.lacks) & set(verdict.doubts)
    assert {*verdict.lacks, *verdict.doubts} <= set(expectations.facts[members["type"]]) <= set(FACTS)
