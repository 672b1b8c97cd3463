"""Checking what document hooks answer, before the host takes it."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, Final, TypeVar

import msgspec

from missionwire.domain.correction import Correction
from missionwire.domain.document import (
    AgencyMention,
    CraftMention,
    Document,
    Draft,
    Mention,
    PersonMention,
    TimeMention,
)
from missionwire.domain.moment import parse_moment
from missionwire.domain.span import Span

MAX_FOUND: Final = 20_000
"""At most so many mentions, corrections or drafts in one answer."""

T = TypeVar("T")

_ENCODE: Final = msgspec.json.Encoder().encode
_MENTIONS: Final = msgspec.json.Decoder(list[Mention])
_CORRECTIONS: Final = msgspec.json.Decoder(list[Correction])
_DRAFTS: Final = msgspec.json.Decoder(list[Draft])


def _listed(answer: Any, kinds: tuple[type, ...], decoder: msgspec.json.Decoder[list[T]]) -> list[T]:  # noqa: ANN401  # a plugin's answer
    """Give the items of an answer as their JSON reads: Python let any value into any member."""
    if answer is None:
        return []
    items = list(islice(answer, MAX_FOUND + 1))
    if len(items) > MAX_FOUND:
        message = f"more than {MAX_FOUND:,} items in one answer"
        raise ValueError(message)
    for item in items:
        if type(item) not in kinds and not isinstance(item, kinds):
            message = f"expected {' or '.join(kind.__name__ for kind in kinds)}, got {type(item).__name__}"
            raise TypeError(message)
    return decoder.decode(_ENCODE(items)) if items else []


class _Places:
    """The places that a document has, for spans in its text or title."""

    def __init__(self, document: Document) -> None:
        self._texts = {"text": document.text, "title": document.title or ""}

    def check(self, mentions: Iterable[Mention]) -> None:
        """Make sure that these lie in the text or title, as `text` does of one."""
        lengths = {"text": len(self._texts["text"]), "title": len(self._texts["title"])}
        for mention in mentions:
            if not 0 <= mention.start <= mention.end <= lengths.get(mention.field, -1):
                self.text(mention.field, mention.start, mention.end)

    def check_spans(self, spans: Iterable[Span]) -> None:
        """Make sure that these lie in the text."""
        length = len(self._texts["text"])
        for span in spans:
            if span.end > length:
                self.text("text", span.start, span.end)

    def text(self, field: str, start: int, end: int) -> str:
        """Give the text of a field in which a span lies.

        Raises:
            ValueError: there is no such field, or the span lies outside it.
        """
        text = self._texts.get(field)
        if text is None:
            message = f"field {field!r} is none that a document has; use text or title"
            raise ValueError(message)
        if not 0 <= start <= end <= len(text):
            message = f"span {start}..{end} lies outside the {field} of {len(text)} code points"
            raise ValueError(message)
        return text


def check_mentions(document: Document, answer: Any) -> tuple[Mention, ...]:  # noqa: ANN401  # a plugin's answer
    """Make sure of the answer of `annotate`."""
    items = _listed(answer, (PersonMention, AgencyMention, CraftMention, TimeMention), _MENTIONS)
    if items:
        _Places(document).check(items)
    for item in items:
        if type(item) is TimeMention and item.time is not None:
            parse_moment(item.time)
    return tuple(items)


def check_corrections(document: Document, answer: Any) -> tuple[Correction, ...]:  # noqa: ANN401  # a plugin's answer
    """Make sure of the answer of `repair`: each says what really stands at its place."""
    items, places = _listed(answer, (Correction,), _CORRECTIONS), _Places(document)
    for item in items:
        stands = places.text(item.field, item.start, item.end)[item.start : item.end]
        if stands != item.original:
            message = f"at {item.start}..{item.end} stands {stands!r}, not {item.original!r}"
            raise ValueError(message)
        if not 0 <= item.confidence <= 1:
            message = f"a confidence lies in 0..1, this is {item.confidence}"
            raise ValueError(message)
    return tuple(items)


def check_drafts(document: Document, answer: Any) -> tuple[Draft, ...]:  # noqa: ANN401  # a plugin's answer
    """Make sure of the answer of `extract`."""
    items, places = _listed(answer, (Draft,), _DRAFTS), _Places(document)
    for item in items:
        places.check_spans((item.sentence, *item.evidence))
    return tuple(items)
