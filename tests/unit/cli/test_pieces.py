from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from missionwire.cli.pieces import Piece, pieces
from missionwire.domain.correction import Correction, Reading, settle


def correction(text: str, old: str, new: str, *, applied: bool = True) -> dict[str, Any]:
    start = text.index(old)
    return {"start": start, "end": start + len(old), "original": old, "replacement": new, "applied": applied}


TEXT = "🚀 The crew left the device. The retreat began."


def test_edits_and_suggestions_stand_where_they_are_counted_in_code_points() -> None:
    marks = [correction(TEXT, "device", "capsule"), correction(TEXT, "retreat", "evacuation", applied=False)]

    assert pieces(TEXT, TEXT.replace("device", "capsule"), marks) == [
        Piece("same", "🚀 The crew left the "),
        Piece("edit", "device", "capsule"),
        Piece("same", ". The "),
        Piece("suggested", "retreat", "evacuation"),
        Piece("same", " began."),
    ]


def test_an_insertion_has_no_old_text_and_a_deletion_no_new() -> None:
    marks = [
        {"start": 0, "end": 0, "original": "", "replacement": "Now "},
        {"start": 1, "end": 2, "original": "b", "replacement": ""},
    ]
    marks = [{**mark, "applied": True} for mark in marks]

    assert pieces("abc", "Now ac", marks) == [
        Piece("edit", "", "Now "),
        Piece("same", "a"),
        Piece("edit", "b", ""),
        Piece("same", "c"),
    ]


def test_marks_that_do_not_lead_to_what_was_published_are_not_shown() -> None:
    assert pieces(TEXT, TEXT, [correction(TEXT, "device", "capsule")]) is None
    assert pieces(TEXT, "something else", []) is None


def test_a_suggestion_that_overlaps_an_edit_is_left_to_the_list() -> None:
    marks = [correction(TEXT, "the device", "it", applied=False), correction(TEXT, "device", "capsule")]

    cut = pieces(TEXT, TEXT.replace("device", "capsule"), marks)

    assert cut is not None
    assert [piece.kind for piece in cut] == ["same", "edit", "same"]


def test_corrections_of_the_wrong_shape_are_passed_over() -> None:
    hostile: list[dict[str, Any]] = [
        {"start": -1, "end": 10**9, "original": "x", "replacement": "y", "applied": True},
        {"start": "0", "end": 1, "original": "a", "replacement": "y", "applied": True},
        {"start": True, "end": 1, "original": "", "replacement": "y", "applied": True},
        {"start": 0, "end": 1, "original": "a", "replacement": 5, "applied": True},
        {},
    ]

    assert pieces("abc", "abc", hostile) == [Piece("same", "abc")]


@given(st.text(max_size=30), st.data())
def test_the_pieces_read_as_the_domain_reads_them(text: str, data: st.DataObject) -> None:
    bounds = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(bounds, bounds), max_size=6))
    proposed = [
        Correction(
            start=min(a, b),
            end=max(a, b),
            original=text[min(a, b) : max(a, b)],
            replacement=data.draw(st.text(max_size=4)),
            reason="",
            confidence=1.0,
            applied=data.draw(st.booleans()),
        )
        for a, b in spans
    ]
    settled = settle(proposed)
    published = Reading(text, settled).text

    cut = pieces(text, published, [{f: getattr(c, f) for f in c.__struct_fields__} for c in settled])

    assert cut is not None
    assert "".join(piece.text for piece in cut) == text
    assert "".join(piece.new if piece.kind == "edit" else piece.text for piece in cut) == published
