"""Every way in which the roster's people may be written, and one pass over a text that finds them all."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from ahocorasick_rs import AhoCorasick

from missionwire_crew.cut import Cutter
from missionwire_crew.declension import decline
from missionwire_crew.fold import fold
from missionwire_crew.roster import FAMILY_NAME_FIRST, Human, Roster
from missionwire_crew.stream import BREAK, Entry, Stream
from missionwire_crew.words import Words

_EITHER_ORDER: Final = FAMILY_NAME_FIRST | {"Japan", "Hungary", "Russia", "Soviet Union"}
"""Countries whose names are met in both orders."""

_UNCASED: Final = re.compile(r"[\u0600-\u06ff\u3040-\ud7af]")
_UNCASED_NAME: Final = re.compile(rf"(?:{_UNCASED.pattern}++|[· ]++)+")
"""Scripts without capitals (Arabic, Chinese, Japanese, Korean): names in them are found letter for letter.

A set of more than two ranges of letters takes long to compile.
"""

_ARABIC_WORD_BEFORE: Final = re.compile(r"(?<![\u0620-\u064a])[وفبلك]?\Z")
"""Nothing, or one of the words that Arabic writes together with the next: and, so, with, for, as."""

_ARABIC: Final = re.compile(r"[\u0620-\u064a]")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_QUOTES: Final = re.compile(r"[\"“”„()]")
_SHORTEST_NAME: Final = 2
_LONGEST_KEPT: Final = 2_000
_MOST_KEPT: Final = 64
_LONGEST_NAME_KEPT: Final = 100
_MOST_NAMES_KEPT: Final = 4_096

Keys = tuple[str, ...]
"""The folded words of a name, in order."""


class Found(NamedTuple):
    """A place in a text where a name stands: words `first` to `last` of its stream, both included.

    `people` are the ids of all who bear it; `is_full` for a given and a family name together. `middles` are the
    initials and patronymics inside it.
    """

    first: int
    last: int
    is_full: bool
    people: frozenset[str]
    key: str
    middles: Keys = ()


_Candidate: TypeAlias = tuple[bool, int, int, int, str]
"""What sorts before another name in the same place: no family name alone, the longest, the first; then last and key."""


class Bearing(NamedTuple):
    """Who bears one key: as a whole name, and as a family name alone."""

    full: frozenset[str]
    family: frozenset[str]


_NOBODY: Final[frozenset[str]] = frozenset()


class Read(NamedTuple):
    """A text as the stream of its words, and the names in it."""

    stream: Stream
    names: tuple[Found, ...]


class Names:
    """The matcher over all names of a roster. Building it is the slow part; finding is linear in the text."""

    def __init__(self, roster: Roster, words: Words) -> None:
        self._words = words
        self._cutter = Cutter(words.elisions)
        self._full_names: dict[str, frozenset[str]] = {}
        self._family_names: dict[str, frozenset[str]] = {}
        self._uncased: dict[str, str] = {}
        self._known_cuts: dict[str, Keys] = {}
        for person in roster:
            written, bearer = list(_written(person)), frozenset({person.id})
            _add(self._full_names, self._full(person, written), bearer)
            _add(self._family_names, self._family(person, written), bearer)
            self._uncased.update((a.text, person.id) for a in person.aliases if _UNCASED_NAME.fullmatch(a.text))
        self._known_cuts.clear()
        self._read_once = lru_cache(maxsize=_MOST_KEPT)(self._read)
        self._bearers_once = lru_cache(maxsize=_MOST_NAMES_KEPT)(self._bearers_of)
        self._key_words: set[str] = set()
        self._longest: dict[str, int] = {}
        for words_of_key in map(str.split, (*self._full_names, *self._family_names)):
            self._key_words.update(words_of_key)
            head = words_of_key[0]
            self._longest[head] = max(len(words_of_key), self._longest.get(head, 0))
        self._uncased_names = list(self._uncased)
        self._uncased_matcher = AhoCorasick(self._uncased_names)

    def stream(self, text: str) -> Stream:
        """Cut a text as the names were cut."""
        return Stream(text, self._cutter.cut(text), self._words.particles)

    def key(self, name: str) -> str:
        """Give the key of a whole name, of any script, however it is capitalised."""
        return " ".join(self._cut(name))

    def bearers_of(self, name: str) -> Bearing:
        """Give who bears a name, written as somebody wrote it; names come again and again."""
        return self._bearers_once(name) if len(name) <= _LONGEST_NAME_KEPT else self._bearers_of(name)

    def _bearers_of(self, name: str) -> Bearing:
        if name in self._uncased:
            return Bearing(frozenset({self._uncased[name]}), frozenset())
        return self._bearing(self.key(name))

    def read(self, text: str) -> "Read":
        """Cut a text and find all names in it; a short one is kept for a while, as an event is read more than once."""
        return self._read_once(text) if len(text) <= _LONGEST_KEPT else self._read(text)

    def _read(self, text: str) -> "Read":
        stream = self.stream(text)
        return Read(stream, tuple(self.find(stream)))

    def find(self, stream: Stream) -> list[Found]:
        """Give all names in a text, in its order; of those that overlap, whole names first, then the longest."""
        entries = stream.entries({word for word in stream.capitalised if fold(word) in self._key_words})
        candidates: list[_Candidate] = []
        for first, head in enumerate(entries):
            if longest := self._longest.get(head.key):
                key = head.key
                for last in range(first, min(first + longest, len(entries))):
                    if last > first:
                        if entries[last].key == BREAK:
                            break  # no name goes over it
                        key = f"{key} {entries[last].key}"
                    if key in self._full_names:
                        candidates.append((False, first - last, first, last, key))
                    if key in self._family_names:
                        candidates.append((True, first - last, first, last, key))
        return sorted([self._found(entries, candidate) for candidate in _apart(candidates)])

    def _found(self, entries: Sequence[Entry], candidate: _Candidate) -> Found:
        is_family, _, first, last, key = candidate
        head, tail = entries[first], entries[last]
        people, middles = (self._family_names if is_family else self._full_names)[key], head.middles
        if not is_family:
            middles = tuple([middle for entry in entries[first + 1 : last + 1] for middle in entry.middles])
        return Found(head.word, tail.word, not is_family, people, key, middles)

    def find_uncased(self, stream: Stream) -> Iterator[tuple[int, int, str]]:
        """Give the places of names in scripts without capitals: start, end, and whose name it is."""
        if not _UNCASED.search("".join(stream.foreign)):
            return
        for pattern, start, end in self._uncased_matcher.find_matches_as_indexes(stream.text):
            if _stands_alone(stream.text, start, end):
                yield start, end, self._uncased[self._uncased_names[pattern]]

    def middles(self, person: Human) -> Keys:
        """Give the keys of the middle names and initials that the roster has of somebody."""
        stream = self.stream(person.name)
        passed = [middle for entry in stream.entries(stream.capitalised) for middle in entry.middles]
        return (*passed, *(() if "-" in person.name else self._given(person)[1:]))

    def _bearing(self, key: str) -> Bearing:
        return Bearing(self._full_names.get(key, _NOBODY), self._family_names.get(key, _NOBODY))

    def _cut_once(self, name: str) -> Keys:
        """Cut a name that comes again and again while the matcher is built."""
        if (known := self._known_cuts.get(name)) is None:
            known = self._known_cuts[name] = self._cut(name)
        return known

    def _cut(self, name: str) -> Keys:
        parts = name.split()
        if len(parts) <= _SHORTEST_NAME and all(map(str.isalpha, parts)) and not _UNCASED.search(name):
            return tuple(key for key in map(fold, parts) if key)  # nothing can stand between two words: no need to cut
        words = " ".join(word[:1].upper() + word[1:] for word in _QUOTES.sub(" ", name).split())
        stream = self.stream(words)
        return tuple(entry.key for entry in stream.entries(stream.capitalised) if entry.key != BREAK)

    def _full(self, person: Human, written: Iterable[str]) -> Iterator[Keys]:
        """Give the keys of all ways to write a whole name; `written` are those that were met."""
        given = self._given(person)
        orders = [(g, f) for g in self._called(given, person.nicknames) for f in self._family_forms(person.family)]
        is_family_first = person.is_family_name_first
        for first, last in orders:
            if not first:
                continue
            if not is_family_first or person.nationality in _EITHER_ORDER:
                yield first + last
            if is_family_first or person.nationality in _EITHER_ORDER:
                yield last + first
        for name in (person.name, *written):
            if not _UNCASED_NAME.fullmatch(name):
                yield from (keys for keys in self._spellings(name) if len(keys) >= _SHORTEST_NAME)

    def _given(self, person: Human) -> Keys:
        """Give the given name: what is left of the name without a form of the family name."""
        whole = self._cut_once(person.name)
        for form in person.family:
            family = self._cut_once(form)
            if whole[-len(family) :] == family:
                return whole[: -len(family)]
            if whole[: len(family)] == family:
                return whole[len(family) :]
        return ()

    def _called(self, given: Keys, nicknames: Iterable[str]) -> Iterable[Keys]:
        """Give a given name, joined where it has parts, nicknames, and its short forms."""
        forms = [given]
        if len(given) > 1:
            forms += [("".join(given),), given[:1]] if len(given[0]) > 1 else []
        forms += [(fold(nickname),) for nickname in nicknames]
        forms += [(short, *given[1:]) for short in sorted(self._words.given.get(given[0], ()))] if given else []
        return dict.fromkeys(forms)

    def _family_forms(self, family: Iterable[str]) -> Iterable[Keys]:
        return dict.fromkeys(keys for form in family for keys in self._spellings(form) if keys)

    def _spellings(self, name: str) -> Iterator[Keys]:
        """Give the keys of a name, and of it with its hyphens closed up."""
        yield self._cut_once(name)
        if "-" in name:
            yield self._cut_once(name.replace("-", ""))

    def _family(self, person: Human, written: Iterable[str]) -> Iterator[Keys]:
        """Give the keys of all ways to write a family name alone; `written` are whole names that were met."""
        yield from self._family_forms(person.family)
        is_family_first = person.is_family_name_first
        for alias in written:
            keys = self._cut_once(alias)
            if len(keys) == _SHORTEST_NAME and not _UNCASED.search(alias):
                yield keys[:1] if is_family_first else keys[1:]


def _add(bearers: dict[str, frozenset[str]], names: Iterable[Keys], person: frozenset[str]) -> None:
    """Add a person to those who bear some names; most names are one person's."""
    for name in map(" ".join, names):
        known = bearers.get(name)
        bearers[name] = known | person if known else person


def _written(person: Human) -> Iterator[str]:
    """Give the aliases, those in Cyrillic in all cases."""
    for alias in person.aliases:
        yield alias.text
        if _CYRILLIC.match(alias.text):
            yield from decline(alias.text, is_female=person.gender == "female")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a name is no part of a longer word, in Arabic; the other scripts have no gaps to tell it by."""
    if not _ARABIC.match(text, start):
        return True
    return not _ARABIC.match(text, end) and _ARABIC_WORD_BEFORE.search(text, max(0, start - 2), start) is not None


def _apart(candidates: list[_Candidate]) -> Iterator[_Candidate]:
    """Keep of names that overlap the whole ones before family names, then the longest, then the first."""
    taken: set[int] = set()
    for candidate in sorted(candidates):
        place = range(candidate[2], candidate[3] + 1)
        if taken.isdisjoint(place):
            taken.update(place)
            yield candidate
