"""Where the sentences of a text stand."""

import re
from typing import Final

from missionwire.plugin import Span

_END: Final = re.compile(
    r"""[.!?…\n](?:(?<=\n)\s*\n|(?<!\n)(?<![.!?…][.!?…])[.!?…]*+["'”’»)\]]*+(?=\s+["'“‘«(\[]*[^\sa-z]))"""
)
"""A full stop before a blank and anything but a small letter, or a blank line.

A row of stops is looked at once, from its first one: else a long row would be read anew from each of them. What may be
first stands first, without a look behind, for so most of a text is passed over quickly.
"""

_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|St|Lt|Col|Gen|Maj|Capt|Sgt|Prof|No|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|approx|vs)"
    r"|\b[A-Z]|\b(?:U\.S|U\.K|U\.N|[ap]\.m|e\.g|i\.e))\.$"
)
"""Words that end in a full stop and do not end a sentence, when it is the last thing before the blank."""


def split_sentences(text: str) -> list[Span]:
    """Give the sentences of a text, in order and without the blanks around them. Captions count as sentences."""
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if not match[0].startswith("\n") and _ABBREVIATED.search(text, max(0, match.start() - 8), match.end()):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if bare := piece.strip():
        begin = start + piece.index(bare)
        found.append(Span(begin, begin + len(bare)))
