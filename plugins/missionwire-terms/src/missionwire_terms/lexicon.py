"""Kinds of words: what the conditions of terms look for around a word."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from missionwire_terms.letters import by_first_letter, in_small_letters
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
        self._begin = {kind: frozenset(_beginnings(words)) for kind, words in kinds.items()}
        self._patterns: dict[str, re.Pattern[str]] = {}

    @classmethod
    def load(cls) -> "Lexicon":
        """Read the kinds that come with the package."""
        return cls(read_table("kinds", dict[str, list[str]]))

    def may_stand_in(self, kind: str, words: AbstractSet[str]) -> bool:
        """Tell whether a word of a kind may stand in a text of these words, in small letters; most kinds do not."""
        return not self._begin[kind].isdisjoint(words)

    def pattern(self, kind: str) -> re.Pattern[str]:
        """Give the compiled pattern of a kind; it is compiled when first asked for."""
        if kind not in self._patterns:
            self._patterns[kind] = re.compile(self._sources[kind])
        return self._patterns[kind]

    def fill(self, shape: str) -> str:
        """Put the pattern of a kind in place of each `{kind}` of a regular expression."""
        return _PLACE.sub(lambda match: self._sources[match[1]], shape)


def words_of(text: str) -> AbstractSet[str]:
    """Give the words of a text, in small letters."""
    return set(_WORD.findall(in_small_letters(text)))


def _beginnings(words: Iterable[str]) -> Iterator[str]:
    """Give the first words of phrases, in small letters, and the plurals of what is one word."""
    for word in words:
        first = _WORD.match(word)
        if first:
            yield first[0].lower()
            yield f"{first[0].lower()}s"


_WORD: Final = re.compile(r"\w+")
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
