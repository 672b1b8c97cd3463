"""How a replacement is worded: in the case of what was found, and with the article that sounds right before it."""

import re
from typing import Final

from missionwire.plugin import Span

_ARTICLE: Final = re.compile(r"\b([Aa]n?)(\s+)$")
_GAP: Final = re.compile(r"[\s-]+")
_VOWEL: Final = frozenset("aeiou")


def in_case_of(found: str, replacement: str) -> str:
    """Write the replacement as the found word is written: `Coupling` gives `Docking`, `COUPLING` gives `DOCKING`."""
    if found.isupper():
        return replacement.upper()
    words = _GAP.split(found)
    if len(words) > 1 and all(word[:1].isupper() for word in words):
        return " ".join(word[:1].upper() + word[1:] for word in replacement.split(" "))
    if found[:1].isupper():
        return replacement[:1].upper() + replacement[1:]
    return replacement


def with_article(text: str, span: Span, replacement: str) -> tuple[Span, str]:
    """Take the indefinite article before a word into the edit where the replacement needs the other one.

    `an apparatus` becomes `a capsule`; where the article stays right, the edit stays as small as it was.
    """
    found = _ARTICLE.search(text, max(0, span.start - 4), span.start)
    if not found:
        return span, replacement
    right = "an" if replacement[:1].lower() in _VOWEL else "a"
    if found[1].lower() == right:
        return span, replacement
    article = right.capitalize() if found[1][0].isupper() else right
    return Span(found.start(), span.end), article + found[2] + replacement
