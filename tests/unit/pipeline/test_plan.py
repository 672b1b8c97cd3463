from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from missionwire.pipeline.plan import STAGES, make_plan
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

    assert _order(*found) == ["y", "m", "z", "a"]
    assert _reason("a", *found) == "after z"
    assert _reason("m", *found) == "after y"
    assert _reason("z", *found) == "its name"


def test_the_operators_list_goes_before_everything() -> None:
    found = (participant("a"), participant("b", after=("c",)), participant("c"))

    assert _order(*found, operator=("c", "b", "absent", "c")) == ["c", "b", "a"]
    assert _order(*found, operator=("b",)) == ["b", "a", "c"]
    assert _reason("b", *found, operator=("b",)) == "the operator's list"


def test_wishes_for_absent_plugins_are_ignored() -> None:
    assert _order(participant("a", after=("nobody",)), participant("b", before=("nobody",))) == ["a", "b"]


def test_a_ring_is_named_and_left_out_and_the_others_keep_their_wishes() -> None:
    found = (
        participant("a", after=("c",)),
        participant("b", after=("a",)),
        participant("c", after=("b",)),
        participant("d", before=("a",)),
    )

    assert _order(*found) == ["b", "c", "d", "a"]
    assert "ring" in _reason("a", *found)
    assert all(name in _reason("b", *found) for name in ("a", "b", "c"))
    assert "ring" not in _reason("d", *found)


def test_a_plugin_that_wants_to_come_after_itself_still_has_a_seat() -> None:
    assert _order(participant("a", after=("a",)), participant("b")) == ["a", "b"]


@given(
    st.dictionaries(
        st.sampled_from(NAMES), st.tuples(st.sets(st.sampled_from(NAMES)), st.sets(st.sampled_from(NAMES))), min_size=1
    )
)
def test_whatever_plugins_wish_each_has_one_seat(wishes: dict[str, tuple[set[str], set[str]]]) -> None:
    found = [participant(name, before=tuple(b), after=tuple(a)) for name, (b, a) in wishes.items()]

    assert sorted(_order(*found)) == sorted(wishes)


def test_a_plugin_sits_only_in_the_stages_that_it_has_hooks_for() -> None:
    async def annotate(document: object) -> None: ...

    async def enrich_batch(events: object) -> None: ...

    plan = make_plan([participant("a", {"annotate": annotate, "enrich_batch": enrich_batch})])

    assert {stage: [seat.hook for seat in seats] for stage, seats in plan.items() if seats} == {
        "annotate": ["annotate"],
        "enrich": ["enrich_batch"],
    }
    assert tuple(plan) == STAGES
