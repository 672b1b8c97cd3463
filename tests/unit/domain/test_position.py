import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.domain.errors import MalformedPosition
from missionwire.domain.position import Position

EPOCHS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=4, max_size=32)
NUMBERS = st.integers(0, 10**16 - 1)


@given(EPOCHS, NUMBERS, NUMBERS, st.booleans())
def test_a_position_reads_as_it_was_written(epoch: str, ms: int, n: int, is_end: bool) -> None:  # noqa: FBT001  # drawn
    position = Position(epoch, ms, n, is_end=is_end)

    assert Position.parse(str(position)) == position


@given(st.text(max_size=60))
def test_any_other_text_is_malformed_or_reads_back(text: str) -> None:
    try:
        position = Position.parse(text)
    except MalformedPosition:
        return
    assert str(position) == text


@pytest.mark.parametrize("text", ["", "abcd", "abcd.1", "abcd.1-", "abc.1-1", "ABCD.1-1", "abcd.01-1", "abcd.1-1\n"])
def test_near_misses_are_malformed(text: str) -> None:
    with pytest.raises(MalformedPosition):
        Position.parse(text)


def test_the_end_mark_names_the_same_place() -> None:
    position = Position("abcd", 5, 7)

    assert position.as_end().stream_id == position.stream_id == "5-7"
    assert str(position.as_end()) == "abcd.5-7.end"
