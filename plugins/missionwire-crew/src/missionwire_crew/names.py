"""Every way in which the roster's people may be written, and one pass over a text that finds them all."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick

from missionwire_crew.declension import decline
from missionwire_crew.fold import fold
from missionwire_crew.roster import FAMILY_NAME_FIRST, Human, Roster
from missionwire_crew.stream import BREAK, Stream
from missionwire_crew.words import Words

_EITHER_ORDER: Final = FAMILY_NAME_FIRST | {"Japan", "Hungary", "Russia", "Soviet Union"}
"""Countries whose names are met in both orders."""

_GAPLESS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_SHORTEST_NAME: Final = 2

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


class Bearing(NamedTuple):
    """Who bears one key: as a whole name, and as a family name alone."""

    full: frozenset[str]
    family: frozenset[str]


class Names:
    """The matcher over all names of a roster. Building it is the slow part; finding is linear in the text."""

    def __init__(self, roster: Roster, words: Words) -> None:
        self._words = words
        full: dict[str, set[str]] = {}
        family: dict[str, set[str]] = {}
        self._gapless: dict[str, str] = {}
        for person in roster:
            for keys in self._full(person):
                full.setdefault(" ".join(keys), set()).add(person.id)
            for keys in self._family(person):
                family.setdefault(" ".join(keys), set()).add(person.id)
            self._gapless.update((alias, person.id) for alias in person.aliases if _GAPLESS.fullmatch(alias))
        self.bearers = {
            key: Bearing(frozenset(full.get(key, ())), frozenset(family.get(key, ()))) for key in {**full, **family}
        }
        self._keys = list(self.bearers)
        self._matcher = AhoCorasick([f" {key} " for key in self._keys])
        self._signs = list(self._gapless)
        self._sign_matcher = AhoCorasick(self._signs) if self._signs else None

    def stream(self, text: str) -> Stream:
        """Cut a text as the names were cut."""
        return Stream(text, self._words.particles, self._words.elisions)

    def key(self, name: str) -> str:
        """Give the key of a whole name, of any script, however it is capitalised."""
        return " ".join(self._cut(name))

    def bearers_of(self, name: str) -> Bearing:
        """Give who bears a name, written as somebody wrote it."""
        if name in self._gapless:
            return Bearing(frozenset({self._gapless[name]}), frozenset())
        return self.bearers.get(self.key(name), Bearing(frozenset(), frozenset()))

    def find(self, stream: Stream) -> list[Found]:
        """Give all names in a text, in its order; of those that overlap, whole names first, then the longest."""
        hits = [
            (self._keys[pattern], stream.at[start], stream.at[end - 1])
            for pattern, start, end in self._matcher.find_matches_as_indexes(stream.keys, overlapping=True)
        ]
        found: list[Found] = []
        for key, first, after in hits:
            bearing = self.bearers[key]
            entries = stream.entries[first:after]
            middles = tuple(middle for entry in entries[1:] for middle in entry.middles)
            place = (entries[0].word, entries[-1].word)
            if bearing.full:
                found.append(Found(*place, is_full=True, people=bearing.full, key=key, middles=middles))
            if bearing.family:
                found.append(Found(*place, is_full=False, people=bearing.family, key=key, middles=entries[0].middles))
        return _apart(found)

    def find_signs(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Give the places of names in scripts without gaps between words: start, end, and whose name it is."""
        if self._sign_matcher and _GAPLESS.search(text):
            for pattern, start, end in self._sign_matcher.find_matches_as_indexes(text):
                yield start, end, self._gapless[self._signs[pattern]]

    def middles(self, person: Human) -> Keys:
        """Give the keys of the middle names and initials that the roster has of somebody."""
        passed = [middle for entry in self.stream(person.name).entries for middle in entry.middles]
        return (*passed, *(() if "-" in person.name else self._given(person)[1:]))

    def _cut(self, name: str) -> Keys:
        parts = name.split()
        if len(parts) <= _SHORTEST_NAME and all(map(str.isalpha, parts)) and not _GAPLESS.search(name):
            return tuple(key for key in map(fold, parts) if key)  # nothing can stand between two words: no need to cut
        words = " ".join(word[:1].upper() + word[1:] for word in name.replace('"', " ").split())
        return tuple(entry.key for entry in self.stream(words).entries if entry.key != BREAK)

    def _full(self, person: Human) -> Iterator[Keys]:
        """Give the keys of all ways to write a whole name."""
        given = self._given(person)
        orders = [(g, f) for g in self._called(given) for f in self._family_forms(person.family)]
        is_family_first = person.is_family_name_first
        for first, last in orders:
            if not first:
                continue
            if not is_family_first or person.nationality in _EITHER_ORDER:
                yield first + last
            if is_family_first or person.nationality in _EITHER_ORDER:
                yield last + first
        for name in (person.name, *_written(person)):
            if not _GAPLESS.fullmatch(name):
                yield from (keys for keys in self._spellings(name) if len(keys) >= _SHORTEST_NAME)

    def _given(self, person: Human) -> Keys:
        """Give the given name: what is left of the name without a form of the family name."""
        whole = self._cut(person.name)
        for form in person.family:
            family = self._cut(form)
            if whole[-len(family) :] == family:
                return whole[: -len(family)]
            if whole[: len(family)] == family:
                return whole[len(family) :]
        return ()

    def _called(self, given: Keys) -> Iterable[Keys]:
        """Give a given name, joined where it has parts, and its short forms."""
        forms = [given]
        if len(given) > 1:
            forms += [("".join(given),), given[:1]] if len(given[0]) > 1 else []
        forms += [(short, *given[1:]) for short in sorted(self._words.given.get(given[0], ()))] if given else []
        return dict.fromkeys(forms)

    def _family_forms(self, family: Iterable[str]) -> Iterable[Keys]:
        return dict.fromkeys(keys for form in family for keys in self._spellings(form) if keys)

    def _spellings(self, name: str) -> Iterator[Keys]:
        """Give the keys of a name, and of it with its hyphens closed up."""
        yield self._cut(name)
        if "-" in name:
            yield self._cut(name.replace("-", ""))

    def _family(self, person: Human) -> Iterator[Keys]:
        """Give the keys of all ways to write a family name alone."""
        yield from self._family_forms(person.family)
        is_family_first = person.is_family_name_first
        for alias in _written(person):
            keys = self._cut(alias)
            if len(keys) == _SHORTEST_NAME and not _GAPLESS.search(alias):
                yield keys[:1] if is_family_first else keys[1:]


def _written(person: Human) -> Iterator[str]:
    """Give the aliases, those in Cyrillic in all cases."""
    for alias in person.aliases:
        yield alias
        if _CYRILLIC.match(alias):
            yield from decline(alias, is_female=person.gender == "female")


def _apart(found: list[Found]) -> list[Found]:
    """Keep of names that overlap the whole ones before family names, then the longest, then the first."""
    taken: set[int] = set()
    kept = []
    for name in sorted(found, key=lambda f: (not f.is_full, f.first - f.last, f.first)):
        place = range(name.first, name.last + 1)
        if taken.isdisjoint(place):
            taken.update(place)
            kept.append(name)
    return sorted(kept)
