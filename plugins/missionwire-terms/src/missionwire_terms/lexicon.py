"""Kinds of words: what the conditions of terms look for around a word."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from missionwire_terms.letters import by_first_letter
from missionwire_terms.signposts import Signposts
from missionwire_terms.tables import read_table


def alternation(words: Iterable[str], *, plurals: bool = True) -> str:
    """Give a regular expression for whole words or phrases, longest first, without groups that capture.

    A word with a capital is matched as written, any other in either case; with `plurals` an -s may follow.
    """
    longest_first = sorted(words, key=len, reverse=True)
    written = by_first_letter((word, "") for word in longest_first if word != word.lower())
    either = by_first_letter((word, "") for word in longest_first if word == word.lower())
    branches = [f"{letter}(?:{rests})" for letter, rests in written.items()]
    branches += [f"[{letter.upper()}{letter}](?i:{rests})" for letter, rests in either.items()]
    if not branches:
        return r"(?!)"
    return rf"\b(?:{'|'.join(branches)}){'s?' if plurals else ''}(?!\w)"


class Lexicon:
    """The kinds of `kinds.toml`, each as one compiled pattern."""

    def __init__(self, kinds: Mapping[str, Sequence[str]]) -> None:
        """Take words by kind."""
        self._sources = {kind: alternation(words) for kind, words in kinds.items()}
        self._signposts = Signposts((word, kind) for kind, words in kinds.items() for word in words)
        self._patterns: dict[str, re.Pattern[str]] = {}

    @classmethod
    def load(cls) -> "Lexicon":
        """Read the kinds that come with the package."""
        return cls(read_table("kinds", dict[str, list[str]]))

    def kinds_in(self, small: str) -> AbstractSet[str]:
        """Give the kinds of which words may stand in a text, that is given in small letters; most do not."""
        return self._signposts.read(small)

    def pattern(self, kind: str) -> re.Pattern[str]:
        """Give the compiled pattern of a kind; it is compiled when first asked for."""
        if kind not in self._patterns:
            self._patterns[kind] = re.compile(self._sources[kind])
        return self._patterns[kind]

    def fill(self, shape: str) -> str:
        """Put the pattern of a kind in place of each `{kind}` of a regular expression."""
        return _PLACE.sub(lambda match: self._sources[match[1]], shape)


_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
