"""Where the sentences of a text may be cut: the signs and words at which clauses begin, found in one pass over it.

A sentence that holds none is one clause, but for what its verbs part.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

NP: Final = "[\ue000-\ue005]|(?:the|its|another|a|an)\\s"
"""How what may be a subject begins: masked, and in small letters."""

_JOINT: Final = re.compile(rf"(?<=\s)(?<!\she\s)(?<!\sshe\s)(?:and|but|while)\s(?!a\shalf\b)(?={NP})")
_SIGNS: Final = (";", ":", "—", "–")
_JOINING: Final = ("and", "but", "while")
"""Words that may join what two verbs tell."""

_OTHERS: Final = (
    "after",
    "although",
    "as",
    "because",
    "before",
    "following",
    "having",
    "once",
    "since",
    "though",
    "until",
    "upon",
    "when",
    "where",
    "whereas",
)
_FINDER: Final = AhoCorasick([*_SIGNS, *_JOINING, *_OTHERS], matchkind=MatchKind.LeftmostLongest)
_FIRST_WORD: Final = len(_SIGNS)
_FIRST_OTHER: Final = _FIRST_WORD + len(_JOINING)


class Seams:
    """The places of a text's signs and words at which a clause may begin.

    `small` is the text, masked and in small letters; `joints` are the places of the words that may join the clauses of
    two verbs: other sentences are not cut at verbs, but for what trails behind a comma, ", landing in …".
    """

    def __init__(self, small: str) -> None:
        """Look through a masked text in small letters."""
        self.small: Final = small
        found = [
            (start, number)
            for number, start, _ in _FINDER.find_matches_as_indexes(small)
            if number < _FIRST_WORD or not small[start - 1 : start].isalnum()
        ]
        self._places = [start for start, _ in found]
        self.joints: Final = [
            start for start, number in found if _FIRST_WORD <= number < _FIRST_OTHER and _JOINT.match(small, start)
        ]

    def within(self, start: int, end: int) -> Sequence[int]:
        """Give the places in a part of the text."""
        return self._places[bisect_left(self._places, start) : bisect_left(self._places, end)]

    def are_joined(self, start: int, end: int) -> bool:
        """Tell whether a joint stands in a part of the text."""
        return bisect_left(self.joints, start) < bisect_left(self.joints, end)

    def last_joint(self, left: int, right: int) -> tuple[int, int] | None:
        """Give where the last joint between two places begins, with its comma, and where it ends."""
        joints = self.joints
        for place in reversed(joints[bisect_left(joints, left + 1) : bisect_left(joints, right)]):
            if found := _JOINT.match(self.small, place, right):
                has_comma = place - 1 > left and self.small[place - 2] == ","
                return place - 1 - has_comma, found.end()
        return None
