"""Cutting the sentence of an extracted event out of its article: as repaired, as it stood, and its corrections."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from missionwire.domain.correction import Correction, Reading
from missionwire.domain.span import Span


class Sentence(NamedTuple):
    """A sentence of an article; offsets of `corrections` count in `original`."""

    text: str
    original: str
    corrections: tuple[Correction, ...]


def cut_sentence(text: str, corrections: Sequence[Correction], span: Span) -> Sentence:
    """Cut a span out of the original text.

    Corrections wholly inside it come along, with their evidence as far as it lies inside, too.
    """
    start, end = span.start, span.end
    original = text[start:end]
    inside = [c for c in corrections if start <= c.start and c.end <= end and c.field == "text"]
    if not inside:
        return Sentence(original, original, ())
    moved = tuple([_moved(correction, span) for correction in inside])
    return Sentence(Reading(original, moved).text, original, moved)


def _moved(correction: Correction, span: Span) -> Correction:
    return replace(
        correction,
        start=correction.start - span.start,
        end=correction.end - span.start,
        evidence=tuple(e.shifted(-span.start) for e in correction.evidence if e.within(span)),
    )
