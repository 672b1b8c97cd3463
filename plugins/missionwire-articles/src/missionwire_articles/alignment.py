"""Where a place of the original text stands in its reading."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TypeVar

from missionwire.plugin import Correction, Mention, Span

M = TypeVar("M", bound=Mention)


class Alignment:
    """The way from offsets of the original to offsets of the reading; `Reading.to_original` is the way back."""

    def __init__(self, corrections: Iterable[Correction], field: str = "text") -> None:
        """Take the corrections of a document; those that stand shift what comes after them."""
        edits = sorted((c.start, c.end, len(c.replacement)) for c in corrections if c.applied and c.field == field)
        self._starts = [start for start, _, _ in edits]
        self._edits: list[tuple[int, int, int, int]] = []
        self._after = [(0, 0)]
        """For so many edits: where the last of them ends, and how far what stands after it is shifted."""
        shift = 0
        for start, end, length in edits:
            self._edits.append((start, end, start + shift, length))
            shift += length - (end - start)
            self._after.append((end, shift))

    def placed(self, mentions: Iterable[M]) -> Iterator[tuple[int, int, M]]:
        """Give mentions, which are in the order of their text, with where they stand in the reading."""
        starts, after, before = self._starts, self._after, 0
        for mention in mentions:
            start, end = mention.start, mention.end
            while before < len(starts) and starts[before] <= start:
                before += 1
            last, shift = after[before]
            if last <= start < end and (before == len(starts) or end <= starts[before]):
                yield start + shift, end + shift, mention  # most touch no edit
            else:
                span = self.to_reading(start, end)
                yield span.start, span.end, mention

    def to_reading(self, start: int, end: int) -> Span:
        """Give the span of the reading that holds a span of the original; a touched edit counts whole."""
        begin, finish = self._place(start, is_end=False), self._place(end, is_end=True)
        return Span(begin, max(begin, finish))

    def _place(self, offset: int, *, is_end: bool) -> int:
        index = bisect_right(self._starts, offset - 1 if is_end else offset) - 1
        if index < 0:
            return offset
        start, end, place, length = self._edits[index]
        if start < offset < end or (offset == start < end):
            return place + length if is_end else place
        return place + length + offset - max(end, start)
