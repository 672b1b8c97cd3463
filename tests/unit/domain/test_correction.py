from hypothesis import given
from hypothesis import strategies as st

from missionwire.domain.correction import Correction, Reading, settle
from missionwire.domain.span import Span

TEXTS = st.text(st.sampled_from("abc 🚀é"), max_size=40)


def _edit(text: str, start: int, end: int, replacement: str, *, applied: bool = True) -> Correction:
    return Correction(
        start=start,
        end=end,
        original=text[start:end],
        replacement=replacement,
        reason="because",
        confidence=1.0,
        applied=applied,
    )


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, tuple[Correction, ...]]:
    """A text with settled edits, applied or not, insertions and deletions too."""
    text = draw(TEXTS)
    edits = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 6)))
        edits.append(_edit(text, start, end, draw(st.text("xyz", max_size=5)), applied=draw(st.booleans())))
    return text, settle(edits)


@given(edited())
def test_what_is_settled_keeps_every_correction_and_applies_none_that_overlap(
    made: tuple[str, tuple[Correction, ...]],
) -> None:
    _, settled = made
    applied = [each.span for each in settled if each.applied]

    assert all(not a.overlaps(b) for i, a in enumerate(applied) for b in applied[i + 1 :])
    assert list(settled) == sorted(settled, key=lambda each: (each.field, each.start, each.end))
    assert settle(settled) == settled


@given(edited())
def test_what_was_not_touched_reads_the_same_and_leads_back_to_its_place(
    made: tuple[str, tuple[Correction, ...]],
) -> None:
    text, settled = made
    reading = Reading(text, settled)
    inside = {i for each in settled if each.applied for i in range(each.start, each.end)}
    new = {  # where the reading shows text of a replacement
        i for i in range(len(reading.text)) if reading.text[i] in "xyz"
    }
    untouched = [i for i in range(len(text)) if i not in inside]
    kept = [i for i in range(len(reading.text)) if i not in new]

    assert [reading.text[i] for i in kept] == [text[i] for i in untouched]
    for there, here in zip(kept, untouched, strict=True):
        assert reading.to_original(there, there + 1) == Span(here, here + 1)


@given(edited(), st.data())
def test_any_span_of_the_reading_leads_to_a_span_of_the_original(
    made: tuple[str, tuple[Correction, ...]], data: st.DataObject
) -> None:
    text, settled = made
    reading = Reading(text, settled)
    start = data.draw(st.integers(0, len(reading.text)))
    end = data.draw(st.integers(start, len(reading.text)))

    span = reading.to_original(start, end)

    assert 0 <= span.start <= span.end <= len(text)
    assert reading.to_original(0, len(reading.text)).within(Span(0, len(text)))


@given(edited())
def test_the_whole_original_reads_as_the_reading(made: tuple[str, tuple[Correction, ...]]) -> None:
    text, settled = made

    assert Reading(text, settled).of_original(0, len(text)) == Reading(text, settled).text


@given(TEXTS)
def test_without_corrections_a_text_reads_as_it_is(text: str) -> None:
    assert Reading(text, ()).text == text
    assert Reading(text, [_edit(text, 0, len(text), "x", applied=False)]).text == text


def test_the_earlier_proposal_wins_and_the_other_one_is_kept_unapplied() -> None:
    text = "the coupling of the ship"
    first, second = _edit(text, 4, 12, "docking"), _edit(text, 4, 15, "berthing at")

    settled = settle([first, second])

    assert [(each.replacement, each.applied) for each in settled] == [("docking", True), ("berthing at", False)]
    assert Reading(text, settled).text == "the docking of the ship"


def test_corrections_of_another_field_neither_overlap_nor_apply() -> None:
    text = "coupling"
    of_title = Correction(start=0, end=8, original=text, replacement="docking", reason="r", confidence=1, field="title")
    settled = settle([_edit(text, 0, 8, "hatch"), of_title])

    assert all(each.applied for each in settled)
    assert Reading(text, settled).text == "hatch"
    assert Reading(text, settled, "title").text == "docking"


def test_a_touched_edit_counts_whole() -> None:
    text = "the coupling of the ship"
    reading = Reading(text, [_edit(text, 4, 12, "docking")])

    assert reading.to_original(5, 7) == Span(4, 12)
    assert reading.to_original(0, 5) == Span(0, 12)
    assert reading.to_original(12, 14) == Span(13, 15)


def test_only_edits_that_lie_wholly_inside_apply_to_a_part() -> None:
    text = "the coupling of the ship"
    reading = Reading(text, [_edit(text, 4, 12, "docking")])

    assert reading.of_original(4, 15) == "docking of"
    assert reading.of_original(6, 15) == "upling of"
