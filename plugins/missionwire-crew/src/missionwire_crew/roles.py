"""What the words beside a name say of its bearer: cosmonaut, head of an agency, actress, French."""

import re
from typing import Final, NamedTuple

from missionwire.plugin import slug
from missionwire_crew.stream import Stream
from missionwire_crew.words import RoleNoun, Words

_FURTHEST_LABEL: Final = 4
"""How many words before a role noun may say whose it is ("retired Russian Air Force cosmonaut")."""

_LONGEST_APPOSITION: Final = 5
"""How many words after a comma may lead to the noun ("the Russian space agency's chief")."""

_LONGEST_JOINT: Final = 7
_LISTED: Final = re.compile(r"\s*,\s*|\s+(?:and|e|y|et|und|и)\s+|,\s*and\s+")
_COMMA: Final = re.compile(r"\s*,\s+")


class Label(NamedTuple):
    """What is said of somebody: a noun, and whose: an agency's id and a country's name where they are told.

    `is_former`: it is said of the past.
    """

    noun: RoleNoun | None = None
    agency: str | None = None
    nationality: str | None = None
    is_former: bool = False


NO_LABEL: Final = Label()


class Labels:
    """Reads labels in the stream of one text."""

    def __init__(self, stream: Stream, words: Words, given_names: frozenset[str]) -> None:
        self._stream = stream
        self._words = words
        self._given_names = given_names

    def lower(self, index: int) -> str:
        """Give a word casefolded, empty outside the text."""
        words = self._stream.words
        return words[index].casefold() if 0 <= index < len(words) else ""

    def is_given(self, index: int) -> bool:
        """Tell whether a word is a given name that is known, with accents or without."""
        word = self.lower(index)
        return word in self._given_names or (not word.isascii() and slug(word) in self._given_names)

    def before(self, first: int) -> Label:
        """Give what the words that stand together before word `first` say; a form of address may be between."""
        index = first - 1
        if self.lower(index) not in self._words.telling:
            return NO_LABEL
        while self._stands(index) and self.lower(index) in self._words.titles:
            index -= 1
        noun, index = self._noun_that_ends(index)
        agency = nationality = None
        is_former = False
        for _ in range(_FURTHEST_LABEL if noun else 1):
            if not self._stands(index):
                break
            word = self.lower(index)
            agency = agency or self._words.agencies.get(word)
            nationality = nationality or self._words.nationalities.get(word)
            is_former = is_former or word in self._words.former
            index -= 1
        return Label(noun, agency, nationality, is_former)

    def after(self, last: int) -> Label:
        """Give what an apposition says: `, the Russian commander`. A noun that belongs to the next name is not one."""
        index = last + 1
        gap = self._stream.gap(index)
        if "," not in gap or index >= len(self._stream.words) or not _COMMA.fullmatch(gap):
            return NO_LABEL
        agency = nationality = None
        for place in range(index, min(index + _LONGEST_APPOSITION, len(self._stream.words))):
            if place > index and not self._stream.is_joined(place):
                break
            word = self.lower(place)
            noun, end = self._noun_that_begins(place)
            if noun and not noun.is_plural and not self._is_name_next(end) and not self._is_owner(end):
                return Label(noun, agency, nationality)
            if self._stream.is_large(place) and word not in self._words.labels:
                break
            agency = agency or self._words.agencies.get(word)
            nationality = nationality or self._words.nationalities.get(word)
        return NO_LABEL

    def is_listed(self, last: int, first: int) -> bool:
        """Tell whether a name that begins at word `first` goes on the list that a name ending at `last` is in."""
        between = self._stream.text[self._stream.end(last) : self._stream.starts[first]]
        return len(between) <= _LONGEST_JOINT and _LISTED.fullmatch(between) is not None

    def _stands(self, index: int) -> bool:
        """Tell whether a word and the one after it stand together."""
        return index >= 0 and self._stream.is_joined(index + 1)

    def _is_owner(self, index: int) -> bool:
        """Tell whether a word has a possessive, so that it says whose somebody is: `the astronaut's sister`."""
        return index + 1 < len(self._stream.words) and self._stream.gap(index + 1)[:1] in ("'", "’")

    def _is_name_next(self, index: int) -> bool:
        following = index + 1
        return self._stream.is_joined(following) and self._stream.is_large(following)

    def _noun_that_ends(self, index: int) -> tuple[RoleNoun | None, int]:
        """Give the noun of one or two words that ends at a word, and the word before it."""
        if not self._stands(index):
            return None, index
        if self._stands(index - 1):
            pair = self._words.nouns.get(f"{self.lower(index - 1)} {self.lower(index)}")
            if pair:
                return pair, index - 2
        noun = self._words.nouns.get(self.lower(index))
        return (noun, index - 1) if noun else (None, index)

    def _noun_that_begins(self, index: int) -> tuple[RoleNoun | None, int]:
        """Give the noun of one or two words that begins at a word, and its last word."""
        word = self.lower(index)
        if word not in self._words.openings:
            return None, index
        if self._stream.is_joined(index + 1):
            pair = self._words.nouns.get(f"{word} {self.lower(index + 1)}")
            if pair:
                return pair, index + 1
        return self._words.nouns.get(word), index
