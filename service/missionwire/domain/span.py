"""Spans of a text, in Unicode code points."""

from msgspec import Struct


class Span(Struct, frozen=True, order=True):
    """A half-open part of a text: `start` inclusive, `end` exclusive, in Unicode code points of the original text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse spans that hold nothing or run backwards."""
        if not 0 <= self.start <= self.end:
            message = f"a span needs 0 <= start <= end, not {self.start}..{self.end}"
            raise ValueError(message)

    def within(self, outer: "Span") -> bool:
        """Tell whether this span lies inside the other."""
        return outer.start <= self.start and self.end <= outer.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share a code point; an insertion shares its place, and the code point after it."""
        if self.start == self.end:
            return other.start <= self.start < other.end or self == other
        if other.start == other.end:
            return self.start <= other.start < self.end
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> "Span":
        """Give the same span counted from another origin."""
        return Span(self.start + by, self.end + by)
