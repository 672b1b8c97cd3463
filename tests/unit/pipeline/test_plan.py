from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.domain.errors import SettingsError
from missionwire.pipeline.plan import STAGES, levels, make_plan, rivals
from tests.unit.pipeline.made import participant

NAMES = ["agencies", "articles", "crew", "pronouns", "terms"]


def _order(*participants: Any, operator: tuple[str, ...] = (), stage: str = "enrich") -> list[str]:
    return [seat.participant.name for seat in make_plan(participants, operator)[stage]]


def _reason(name: str, *participants: Any, operator: tuple[str, ...] = ()) -> str:
    seats = make_plan(participants, operator)["enrich"]
    return next(seat.reason for seat in seats if seat.participant.name == name)


@given(st.permutations(NAMES))
def test_without_wishes_the_order_is_by_name_on_every_machine(names: list[str]) -> None:
    assert _order(*(participant(name) for name in names)) == NAMES


def test_wishes_go_before_names() -> None:
    found = (participant("a", after=("z",)), participant("m"), participant("z"), participant("y", before=("m",)))

    assert _order(*found) == ["y", "z", "a", "m"]
    assert _reason("a", *found) == "after z"
    assert _reason("m", *found) == "after y"
    assert _reason("z", *found) == "its name"


def test_those_who_need_not_wait_for_one_another_share_a_level() -> None:
    found = (participant("a", after=("z",)), participant("b"), participant("z"))
    groups = [[seat.participant.name for seat in group] for group in levels(make_plan(found)["enrich"])]

    assert groups == [["b", "z"], ["a"]]


def test_two_of_one_level_that_write_one_field_are_named() -> None:
    found = (participant("a", writes={"crew"}), participant("b", writes={"crew", "station"}), participant("c"))

    assert rivals(make_plan(found)) == [("enrich", "crew", "a", "b")]
    assert rivals(make_plan(found, ["a"])) == []


def test_the_operators_list_goes_before_everything() -> None:
    found = (participant("a"), participant("b", after=("c",)), participant("c"))

    assert _order(*found, operator=("c", "b", "absent", "c")) == ["c", "b", "a"]
    assert _order(*found, operator=("b",)) == ["b", "a", "c"]
    assert _reason("b", *found, operator=("b",)) == "the operator's list"


def test_wishes_for_absent_plugins_are_ignored() -> None:
    assert _order(participant("a", after=("nobody",)), participant("b", before=("nobody",))) == ["a", "b"]


def test_a_ring_is_an_error_that_names_its_members() -> None:
    ring = (participant("a", after=("c",)), participant("b", after=("a",)), participant("c", after=("b",)))

    with pytest.raises(SettingsError) as caught:
        make_plan([*ring, participant("d", before=("a",))])

    assert all(f" {name}" in str(caught.value) for name in ("a", "b", "c"))
    assert " d" not in str(caught.value)


def test_a_plugin_that_wants_to_come_after_itself_still_has_a_seat() -> None:
    assert _order(participant("a", after=("a",)), participant("b")) == ["a", "b"]


@given(
    st.dictionaries(
        st.sampled_from(NAMES), st.tuples(st.sets(st.sampled_from(NAMES)), st.sets(st.sampled_from(NAMES))), min_size=1
    )
)
def test_whatever_plugins_wish_each_has_one_seat_after_all_it_waits_for(
    wishes: dict[str, tuple[set[str], set[str]]],
) -> None:
    found = [participant(name, before=tuple(b), after=tuple(a)) for name, (b, a) in wishes.items()]
    try:
        order = _order(*found)
    except SettingsError:
        return  # a ring

    assert sorted(order) == sorted(wishes)
    for name, (before, after) in wishes.items():
        assert all(order.index(other) > order.index(name) for other in before & wishes.keys() - {name})
        assert all(order.index(other) < order.index(name) for other in after & wishes.keys() - {name})


def test_a_plugin_sits_only_in_the_stages_that_it_has_hooks_for() -> None:
    async def annotate(document: object) -> None: ...

    async def enrich_batch(events: object) -> None: ...

    plan = make_plan([participant("a", {"annotate": annotate, "enrich_batch": enrich_batch})])

    assert {stage: [seat.hook for seat in seats] for stage, seats in plan.items() if seats} == {
        "annotate": ["annotate"],
        "enrich": ["enrich_batch"],
    }
    assert tuple(plan) == STAGES
