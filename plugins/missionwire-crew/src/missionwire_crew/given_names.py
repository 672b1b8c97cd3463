"""A given name alone: of somebody whom the text names in full, or of a relative whom it presents (`his wife, Ann`)."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple

from missionwire.plugin import slug
from missionwire_crew.fold import fold
from missionwire_crew.roles import Labels
from missionwire_crew.strangers import Free
from missionwire_crew.stream import Stream
from missionwire_crew.words import Words

_SHORTEST: Final = 3
_FURTHEST_RELATIVE: Final = 4
"""How many words after a comma may lead to the word for a relative (`Rosa, the astronaut's elder sister`)."""

_HYPHENS: Final = frozenset("-‐‑")
_NUMBERED: Final = re.compile(r"[\s-]?\d|[@_/]")
_COMMA: Final = re.compile(r",[^\S\n]+")
_SENTENCE_BEGINS: Final = re.compile(r"[.!?:;\n—–“”„«»\"(\[•|]")
_PAST: Final = re.compile(r"[a-z]{3}ed$")
_OWN: Final = frozenset({"his", "her", "their", "my", "our", "whose"})


class Alone(NamedTuple):
    """A place where a given name stands alone, words `first` to `last`, and whose it is."""

    first: int
    last: int
    id: str


def given_name(stream: Stream, first: int, last: int) -> str:
    """Give the key of the given name that begins at a word, with what a hyphen joins to it: `jean-loup`."""
    end = first
    while end < last and stream.is_hyphened(end + 1) and stream.is_large(end + 1):
        end += 1
    return "-".join(map(fold, stream.words[first : end + 1]))


class Called:
    """The ids of all whom texts name in full, by the keys of what they are called: as it is written, or in short."""

    def __init__(self) -> None:
        self._written: dict[str, set[str]] = {}
        self._short: dict[str, set[str]] = {}

    def add(self, ids: Iterable[str], written: Iterable[str], short: Iterable[str] = ()) -> None:
        """Note whose given name was written so, and what else the bearer may be called."""
        for bearers, keys in ((self._written, written), (self._short, short)):
            for key in keys:
                bearers.setdefault(key, set()).update(ids)

    def heads(self) -> set[str]:
        """Give the first words of all keys."""
        return {key.partition("-")[0] for key in (*self._written, *self._short)}

    def bearers(self, key: str) -> Collection[str]:
        """Give who may be called so: a name that was written goes before the short form of another."""
        return self._written.get(key) or self._short.get(key) or ()


class GivenNames:
    """Finds, in one text, given names that stand alone. `called` says who may be called so: one alone decides."""

    def __init__(self, stream: Stream, words: Words, labels: Labels, called: Called) -> None:
        self._stream = stream
        self._words = words
        self._labels = labels
        self._called = called
        self._things: set[str] = set()
        self._kin: set[str] = set()

    def find(self, taken: Iterable[tuple[int, int]]) -> list[Alone]:
        """Give them in order; `taken` are spans in which none is looked for."""
        has_relatives = not self._words.relatives.isdisjoint(self._stream.written)
        heads = self._called.heads()
        if not (has_relatives or heads):
            return []
        places = list(self._places(Free(taken), heads, has_relatives=has_relatives))
        relatives = self._relatives(places) if has_relatives else set()
        presented: set[str] = set()
        found = []
        for first, last, key in places:
            if first in relatives:
                presented.add(key)
            ids = self._called.bearers(key)
            if key in self._things or (key in presented and ids):
                continue  # a thing has the name, or, from here on, a relative
            if key in presented:
                ids = (slug(self._written(first, last)),)
            if len(ids) == 1 and (first in relatives or self._is_shown(first, last, key)):
                found.append(Alone(first, last, *ids))
        return found

    def _written(self, first: int, last: int) -> str:
        return self._stream.text[self._stream.starts[first] : self._stream.end(last)]

    # places

    def _places(self, free: Free, heads: Collection[str], *, has_relatives: bool) -> Iterator[tuple[int, int, str]]:
        """Give the places where a known given name stands by itself: no part of a longer name, of no thing's.

        Names of nobody who is named in full matter only beside words for relatives.
        """
        stream = self._stream
        called = {word for word in stream.capitalised if fold(word) in heads}
        end, words = -1, stream.words
        for first in stream.large:
            if words[first] not in called and not (has_relatives and self._may_be_relative(first)):
                continue
            if first <= end:
                continue
            end = first
            while stream.is_joined(end + 1) and stream.is_hyphened(end + 1) and stream.is_large(end + 1):
                end += 1
            key = given_name(stream, first, end)
            if self._labels.lower(first - 1) in self._words.things:
                self._things.add(key)
            if not self._is_name(first) or not free.is_free(stream.starts[first], stream.end(end)):
                continue
            if self._stands_before(first) and self._stands_after(end):
                yield first, end, key

    def _may_be_relative(self, first: int) -> bool:
        if self._labels.lower(first - 1) in self._words.relatives:
            self._kin.add(self._stream.words[first])
        return self._stream.words[first] in self._kin or self._labels.is_given(first)

    def _is_name(self, first: int) -> bool:
        word = self._labels.lower(first)
        if len(word) < _SHORTEST or self._stream.is_acronym(first):
            return False
        return not (word in self._words.no_names or word in self._words.starters or word in self._words.labels)

    def _stands_before(self, first: int) -> bool:
        before, stream = self._labels.lower(first - 1), self._stream
        if stream.gap(first)[-1:] in ("@", "_", "#", "/", *_HYPHENS):
            return False
        if not stream.is_joined(first):
            return not (before in self._words.titles and stream.gap(first).startswith("."))
        if before in self._words.of_things or before in self._words.names or before in self._words.agencies:
            return False
        return not stream.is_large(first - 1) or before in self._words.starters or self._is_label(before)

    def _is_label(self, word: str) -> bool:
        return word in self._words.nouns or word in self._words.nationalities

    def _stands_after(self, last: int) -> bool:
        stream, after = self._stream, last + 1
        end = stream.end(last)
        if _NUMBERED.match(stream.text, end):
            return False
        if not stream.is_joined(after):
            return (
                not (len(stream.gap(after)) == 1 and stream.gap(after) in ".&") if after < len(stream.words) else True
            )
        if stream.is_hyphened(after):
            return False
        lower = self._labels.lower(after)
        if lower == "the" and stream.is_large(after + 1):
            return False  # Alexander the Great
        return lower not in self._words.places and (not stream.is_large(after) or lower in self._words.starters)

    def _is_shown(self, first: int, last: int, key: str) -> bool:
        """Tell whether a capital or what follows shows a name: of a word of the language, or of a place, too."""
        is_ordinary = key in self._words.ordinary or key in self._words.doubtful
        if not is_ordinary:
            return True
        if key not in self._words.doubtful and first > 0 and not _SENTENCE_BEGINS.search(self._stream.gap(first)):
            return True
        end = self._stream.end(last)
        if self._stream.text[end : end + 2] in ("'s", "’s"):
            return True
        word = self._labels.lower(last + 1)
        return self._stream.is_joined(last + 1) and (
            word in self._words.verbs or word in self._words.speaking or _PAST.search(word) is not None
        )

    # relatives

    def _relatives(self, places: Iterable[tuple[int, int, str]]) -> set[int]:
        """Give the first words of the places that the text presents as a relative's name; a list goes on."""
        found: set[int] = set()
        end = -1
        for first, last, _ in places:
            is_listed = end >= 0 and self._labels.is_listed(end, first)
            is_relative = self._is_relative_before(first) or self._is_relative_after(last)
            if is_relative or is_listed:
                found.add(first)
                end = last if is_listed or self._labels.lower(first - 1) in self._words.relatives else -1
        return found

    def _is_relative_before(self, first: int) -> bool:
        if self._labels.lower(first - 1) not in self._words.relatives:
            return False
        is_owned = self._labels.lower(first - 2) in _OWN or self._is_owner(first - 2)
        if self._stream.is_joined(first):
            return is_owned or self._labels.is_given(first)
        return is_owned and _COMMA.fullmatch(self._stream.gap(first)) is not None

    def _is_relative_after(self, last: int) -> bool:
        stream, begin = self._stream, last + 1
        if not self._labels.is_given(last):
            return False
        if begin >= len(stream.words) or not _COMMA.fullmatch(stream.gap(begin)):
            return False
        is_owned = self._labels.lower(begin) in _OWN
        for index in range(begin, min(begin + _FURTHEST_RELATIVE, len(stream.words))):
            if index > begin and not (stream.is_joined(index) or self._is_owner(index - 1)):
                return False
            is_owned = is_owned or self._is_owner(index - 1)
            if self._labels.lower(index) in self._words.relatives:
                return is_owned or self._labels.lower(index + 1) == "of"
        return False

    def _is_owner(self, index: int) -> bool:
        """Tell whether a word has a possessive: `the astronaut's`."""
        if not 0 <= index < len(self._stream.words) - 1:
            return False
        return self._stream.gap(index + 1)[:1] in ("'", "’") and self._labels.lower(index).isalpha()
