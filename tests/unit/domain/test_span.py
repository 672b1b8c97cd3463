import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.domain.span import Span

SPANS = st.tuples(st.integers(0, 8), st.integers(0, 4)).map(lambda drawn: Span(drawn[0], sum(drawn)))


@given(SPANS, SPANS)
def test_overlapping_does_not_hang_on_who_is_asked(one: Span, other: Span) -> None:
    assert one.overlaps(other) is other.overlaps(one)
    assert one.overlaps(one)


@given(SPANS, SPANS)
def test_spans_with_a_code_point_in_common_overlap(one: Span, other: Span) -> None:
    if set(range(one.start, one.end)) & set(range(other.start, other.end)):
        assert one.overlaps(other)
    elif one.start != one.end and other.start != other.end:
        assert not one.overlaps(other)


@pytest.mark.parametrize(
    ("place", "is_overlap"), [(0, False), (1, True), (2, True), (3, False)], ids=["before", "at", "inside", "after"]
)
def test_an_insertion_overlaps_the_edit_before_or_in_which_it_stands(place: int, is_overlap: bool) -> None:  # noqa: FBT001  # a row
    assert Span(place, place).overlaps(Span(1, 3)) is is_overlap


def test_a_span_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="start <= end"):
        Span(3, 2)
