from hypothesis import given
from hypothesis import strategies as st

from missionwire.domain.correction import Correction, settle
from missionwire.domain.span import Span
from missionwire.pipeline.sentences import cut_sentence

TEXT = "It flew. The coupling of the ship held. They cheered."
SENTENCE = Span(9, 39)


def _edit(start: int, end: int, replacement: str, *evidence: Span, text: str = TEXT) -> Correction:
    return Correction(
        start=start,
        end=end,
        original=text[start:end],
        replacement=replacement,
        reason="r",
        confidence=1,
        evidence=evidence,
    )


def test_a_sentence_comes_with_its_corrections_counted_in_it() -> None:
    cut = cut_sentence(TEXT, settle([_edit(13, 21, "docking", Span(29, 33), Span(0, 2))]), SENTENCE)

    assert cut.original == "The coupling of the ship held."
    assert cut.text == "The docking of the ship held."
    (correction,) = cut.corrections
    assert cut.original[correction.start : correction.end] == "coupling"
    assert correction.evidence == (Span(20, 24),), "evidence outside of the sentence stays behind"


def test_corrections_outside_or_across_the_edge_stay_behind() -> None:
    edits = settle([_edit(0, 2, "He"), _edit(35, 44, "fell. We")])

    cut = cut_sentence(TEXT, edits, SENTENCE)

    assert (cut.text, cut.corrections) == (cut.original, ())


@given(st.text("ab 🚀", min_size=1, max_size=30), st.data())
def test_every_correction_that_comes_along_stands_where_it_says(text: str, data: st.DataObject) -> None:
    points = st.integers(0, len(text))
    spans = [sorted((data.draw(points), data.draw(points))) for _ in range(4)]
    start, end = sorted((data.draw(points), data.draw(points)))

    cut = cut_sentence(text, settle([_edit(a, b, "x", text=text) for a, b in spans]), Span(start, end))

    assert cut.original == text[start:end]
    for correction in cut.corrections:
        assert cut.original[correction.start : correction.end] == correction.original
