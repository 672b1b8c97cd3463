from typing import Any

import pytest

from missionwire.domain.correction import Correction
from missionwire.domain.document import AgencyMention, Document, Draft, PersonMention, TimeMention
from missionwire.domain.span import Span
from missionwire.pipeline.checks import MAX_FOUND, check_corrections, check_drafts, check_mentions

DOCUMENT = Document(id="a", text="The coupling 🚀 of Soyuz", title="Soyuz")
PERSON = PersonMention(start=18, end=23, name="Soyuz")
EDIT = Correction(start=4, end=12, original="coupling", replacement="docking", reason="r", confidence=0.9)
DRAFT = Draft(type="missionwire.docking.completed", sentence=Span(0, 23))


def test_what_fits_the_document_is_taken_as_it_is() -> None:
    assert check_mentions(DOCUMENT, iter([PERSON])) == (PERSON,)
    assert check_corrections(DOCUMENT, [EDIT]) == (EDIT,)
    assert check_drafts(DOCUMENT, (DRAFT,)) == (DRAFT,)
    assert check_mentions(DOCUMENT, None) == ()


@pytest.mark.parametrize(
    "answer",
    [
        5,
        "Soyuz",
        [None],
        [{"start": 0}],
        [EDIT],
        [PersonMention(start=20, end=24, name="x")],
        [PersonMention(start=-1, end=2, name="x")],
        [PersonMention(start=3, end=2, name="x")],
        [PersonMention(start=0, end=6, name="x", field="title")],
        [PersonMention(start=0, end=1, name="x", field="body")],
        [PersonMention(start="0", end=1, name="x")],  # type: ignore[arg-type]  # plugins do
        [PersonMention(start=0, end=1, name=5)],  # type: ignore[arg-type]
        [PersonMention(start=0, end=1, name="\ud800")],
        [PersonMention(start=0, end=1, name="x", gender="unknown")],  # type: ignore[arg-type]
        [AgencyMention(start=0, end=1, name="x", id=["nasa"])],  # type: ignore[arg-type]
        [TimeMention(start=0, end=1, time="soon")],
        [PERSON] * (MAX_FOUND + 1),
        (PERSON for _ in iter(int, 1)),
    ],
)
def test_mentions_that_do_not_fit_are_refused(answer: Any) -> None:
    with pytest.raises(Exception) as found:  # noqa: PT011  # any: the caller contains it
        check_mentions(DOCUMENT, answer)
    assert str(found.value)


@pytest.mark.parametrize(
    "change",
    [
        {"original": "hatch"},
        {"start": 5},
        {"end": 99},
        {"field": "title"},
        {"confidence": 1.5},
        {"confidence": float("nan")},
        {"confidence": "high"},
        {"replacement": None},
        {"replacement": "\udfff"},
        {"evidence": None},
        {"evidence": [(1, 2)]},
        {"reason": 5},
        {"applied": "yes"},
    ],
)
def test_a_correction_says_what_really_stands_at_its_place(change: dict[str, Any]) -> None:
    members = {name: getattr(EDIT, name) for name in EDIT.__struct_fields__}
    with pytest.raises(Exception) as found:  # noqa: PT011  # any: the caller contains it
        check_corrections(DOCUMENT, [Correction(**(members | change))])
    assert str(found.value)


@pytest.mark.parametrize(
    "change",
    [
        {"sentence": None},
        {"sentence": Span(0, 24)},
        {"evidence": (Span(0, 99),)},
        {"evidence": "here"},
        {"type": 5},
        {"crew": ("Oleg",)},
        {"data": {"x": object()}},
        {"data": 5},
        {"narration": "rumour"},
    ],
)
def test_a_draft_lies_inside_the_text_and_can_be_written(change: dict[str, Any]) -> None:
    members = {name: getattr(DRAFT, name) for name in DRAFT.__struct_fields__}
    with pytest.raises(Exception) as found:  # noqa: PT011  # any: the caller contains it
        check_drafts(DOCUMENT, [Draft(**(members | change))])
    assert str(found.value)
