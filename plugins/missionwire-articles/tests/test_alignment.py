from hypothesis import given
from hypothesis import strategies as st

from missionwire.plugin import Correction, Reading
from missionwire_articles.alignment import Alignment


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, list[Correction]]:
    """Give a text of numbered letters, and edits of it that do not touch."""
    text = "".join(chr(0x4E00 + index) for index in range(draw(st.integers(1, 40))))
    made: list[Correction] = []
    place = 0
    while place < len(text):
        start = draw(st.integers(place, len(text)))
        end = draw(st.integers(start, min(len(text), start + 4)))
        replacement = draw(st.text(alphabet="xyz", max_size=5))
        made.append(
            Correction(
                start=start, end=end, original=text[start:end], replacement=replacement, reason="r", confidence=1.0
            )
        )
        place = end + 2
    return text, made


@given(edits())
def test_what_no_edit_touches_stands_in_the_reading_where_the_alignment_says(
    edited: tuple[str, list[Correction]],
) -> None:
    text, corrections = edited
    reading, alignment = Reading(text, corrections), Alignment(corrections)
    for index, letter in enumerate(text):
        if not any(edit.start <= index < edit.end for edit in corrections):
            span = alignment.to_reading(index, index + 1)
            assert reading.text[span.start : span.end] == letter


def test_a_touched_edit_counts_whole() -> None:
    correction = Correction(start=4, end=10, original="device", replacement="capsule", reason="r", confidence=1.0)
    assert Alignment([correction]).to_reading(6, 8) == Alignment([correction]).to_reading(4, 10)
