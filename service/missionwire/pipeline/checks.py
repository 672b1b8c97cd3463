"""Checking what document hooks answer, before the host takes it."""

from typing import Any, Final

import msgspec

from missionwire.domain.correction import Correction
from missionwire.domain.document import AgencyMention, CraftMention, Document, Draft, PersonMention, TimeMention
from missionwire.domain.moment import parse_moment
from missionwire.domain.span import Span

MAX_FOUND: Final = 20_000
"""At most so many mentions, corrections or drafts in one answer."""

_MENTIONS: Final = (PersonMention, AgencyMention, CraftMention, TimeMention)


def _listed(answer: Any) -> list[Any]:  # noqa: ANN401  # a plugin's answer
    if answer is None:
        return []
    items = list(answer)
    if len(items) > MAX_FOUND:
        message = f"{len(items):,} items in one answer, over the limit of {MAX_FOUND:,}"
        raise ValueError(message)
    return items


def _check_place(document: Document, field: str, start: int, end: int) -> str:
    text = {"text": document.text, "title": document.title or ""}.get(field)
    if text is None:
        message = f"field {field!r} is none that a document has; use text or title"
        raise ValueError(message)
    if not 0 <= start <= end <= len(text):
        message = f"span {start}..{end} lies outside the {field} of {len(text)} code points"
        raise ValueError(message)
    return text


def check_mentions(document: Document, answer: Any) -> tuple[Any, ...]:  # noqa: ANN401  # a plugin's answer
    """Make sure of the answer of `annotate`."""
    items = _listed(answer)
    for item in items:
        if not isinstance(item, _MENTIONS):
            message = f"expected mentions, got {type(item).__name__}"
            raise TypeError(message)
        _check_place(document, item.field, item.start, item.end)
    return tuple(items)


def check_corrections(document: Document, answer: Any) -> tuple[Correction, ...]:  # noqa: ANN401  # a plugin's answer
    """Make sure of the answer of `repair`: each says what really stands at its place."""
    items = _listed(answer)
    for item in items:
        if not isinstance(item, Correction):
            message = f"expected corrections, got {type(item).__name__}"
            raise TypeError(message)
        text = _check_place(document, item.field, item.start, item.end)
        if text[item.start : item.end] != item.original:
            message = f"at {item.start}..{item.end} stands {text[item.start : item.end]!r}, not {item.original!r}"
            raise ValueError(message)
    return tuple(items)


def check_drafts(document: Document, answer: Any) -> tuple[Draft, ...]:  # noqa: ANN401  # a plugin's answer
    """Make sure of the answer of `extract`."""
    items = _listed(answer)
    for item in items:
        if not isinstance(item, Draft):
            message = f"expected drafts, got {type(item).__name__}"
            raise TypeError(message)
        for span in (item.sentence, *item.evidence):
            if not isinstance(span, Span):
                message = f"expected spans, got {type(span).__name__}"
                raise TypeError(message)
            _check_place(document, "text", span.start, span.end)
        if item.time is not None:
            parse_moment(item.time)
        msgspec.json.encode(item)
    return tuple(items)
