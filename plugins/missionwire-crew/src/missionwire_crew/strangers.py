"""People whom a text presents and the roster does not have: a manager who is quoted, a minister, somebody's wife."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from missionwire.plugin import slug
from missionwire_crew.names import Names
from missionwire_crew.roles import Labels
from missionwire_crew.stream import Stream
from missionwire_crew.words import Words

_FEWEST_WORDS: Final = 2
_MOST_WORDS: Final = 4
_FURTHEST_NOUN: Final = 6
"""How many words after a comma may lead to the noun that presents somebody (", Hansen's backup")."""

_SHORTEST_NAME: Final = 3
_SPACE: Final = re.compile(r"[^\S\n]+|\.[^\S\n]+|-")
_COMMA: Final = re.compile(r",[^\S\n]+")
_QUOTE_ENDS: Final = re.compile(r"[,!?.]?[\"”’»'][^\S\n]+|[^\S\n]+")
_VOWELS: Final = re.compile(r"[aeiouyаеёиоуыэюя]", re.IGNORECASE)


class Presented(NamedTuple):
    """A place where somebody is named, words `first` to `last`, with an id made of the whole name, and the role."""

    first: int
    last: int
    id: str
    role: str | None


class _Run(NamedTuple):
    """A row of large words; `label` is the index of the word before the name that says who is named, if one does."""

    first: int
    last: int
    has_title: bool


class Strangers:
    """Finds, in one text, whole names that its words present as people's, and the family names that repeat them.

    A row of two to four large words is a name where a noun (`Prime Minister`, `, a biologist`), `who`, or a verb of
    saying presents it, or where it begins with a given name. Names of agencies, craft and places are none.
    """

    def __init__(self, stream: Stream, words: Words, labels: Labels, given_names: frozenset[str], names: Names) -> None:
        self._stream = stream
        self._words = words
        self._labels = labels
        self._given_names = given_names
        self._names = names

    def find(self, taken: Iterable[tuple[int, int]], known: dict[str, str]) -> list[Presented]:
        """Give them in order. `taken` are spans in which no stranger is named.

        `known` holds ids by the last word of the name, and grows.
        """
        free = _Free(taken)
        return [found for run in self._runs(known) if (found := self._presented(run, free, known))]

    def _presented(self, run: _Run, free: "_Free", known: dict[str, str]) -> Presented | None:
        written = self._stream.words[run.first : run.last + 1]
        if len(written) == 1 and written[0] not in known:
            return None
        if not free.is_free(self._stream.starts[run.first], self._stream.ends[run.last]):
            return None
        if len(written) == 1:
            return None if self._is_thing(run) else Presented(run.first, run.last, known[written[0]], None)
        if not self._is_name(written) or not self._is_presented(run):
            return None
        name = " ".join(written)
        if self._names.bearers_of(name).full:
            return None  # a namesake of somebody of the roster, who was left out for a reason
        id_ = slug(name)
        known.setdefault(written[-1], id_)
        return Presented(run.first, run.last, id_, self._role(run))

    # rows of large words

    def _runs(self, known: Collection[str]) -> Iterator[_Run]:
        """Give the rows, each without the labels and first words of sentences at its head.

        A word alone, as most are, is one only where it is `known`.
        """
        end = -1
        for begin in self._stream.large:
            if begin <= end:
                continue
            end = begin
            while self._goes_on(end + 1):
                end += 1
            while not self._stream.is_large(end):
                end -= 1  # a particle ends no name
            if begin == end and self._stream.words[begin] not in known:
                continue
            first, has_title = self._without_head(begin, end)
            if first <= end:
                yield _Run(first, end, has_title or self._has_title_before(first))

    def _goes_on(self, index: int) -> bool:
        words = self._stream.words
        if not (0 < index < len(words)):
            return False
        is_large, gap = self._stream.is_large(index), self._stream.gap(index)
        if not (is_large or (words[index] in self._words.particles and gap != "-")):
            return False
        return _SPACE.fullmatch(gap) is not None and not (gap.startswith(".") and len(words[index - 1]) > 1)

    def _without_head(self, first: int, last: int) -> tuple[int, bool]:
        """Pass over the words at the head of a row that are no name: `The`, `NASA Flight Director`, `In Houston`.

        Tells, too, whether a title ends them.
        """
        for index in range(last - _FEWEST_WORDS, first - 1, -1):
            if self._is_title(index):
                return index + 1, True
        begin = first
        while begin <= last and (self._labels.lower(begin) in self._words.starters or self._is_label(begin)):
            begin += 1
        is_opened = begin > first or self._labels.lower(first - 1) in self._words.starters
        for index in range(begin + 1, last if is_opened else begin):
            if self._labels.lower(index) in self._given_names and self._labels.lower(begin) not in self._given_names:
                return index, False
        return begin, False

    def _is_title(self, index: int) -> bool:
        word = self._labels.lower(index)
        return word in self._words.presenting or word in self._words.titles or word in self._words.nouns

    def _is_label(self, index: int) -> bool:
        return self._words.is_label(self._labels.lower(index)) or self._is_title(index)

    # what makes a row a name

    def _is_name(self, written: Sequence[str]) -> bool:
        if not _FEWEST_WORDS <= len(written) <= _MOST_WORDS or len(written[-1]) < _SHORTEST_NAME:
            return False
        lower = [word.casefold() for word in written]
        if any(word in self._words.no_names for word in lower):
            return False
        if any(len(word) > 1 and word.isupper() for word in written):
            return False
        return all(len(word) == 1 or _VOWELS.search(word) for word in written)

    def _is_presented(self, run: _Run) -> bool:
        if run.has_title or self._has_noun_after(run.last):
            return True
        if self._stream.is_joined(run.first) and self._labels.lower(run.first - 1) in self._words.of_things:
            return False
        is_given = self._labels.lower(run.first) in self._given_names
        return is_given or self._is_speaking(run)

    def _has_title_before(self, first: int) -> bool:
        """Tell whether a noun stands before a name, perhaps with a comma or a form of address: `the governor, John`."""
        gap = self._stream.gap(first) if 0 < first < len(self._stream.words) else "\n"
        is_near = _SPACE.fullmatch(gap) or _COMMA.fullmatch(gap)
        return is_near is not None and first > 0 and self._is_title(first - 1)

    def _has_noun_after(self, last: int) -> bool:
        """Tell whether an apposition presents somebody: `, who`, `, a biologist`, `, manager of`."""
        begin = last + 1
        if begin >= len(self._stream.words) or not _COMMA.fullmatch(self._stream.gap(begin)):
            return False
        if self._labels.lower(begin) == "who":
            return True
        for index in range(begin, min(begin + _FURTHEST_NOUN, len(self._stream.words))):
            if index > begin and not _SPACE.fullmatch(self._stream.gap(index)):
                return False
            if self._is_title(index):
                return not self._stream.is_large(index)
        return False

    def _is_speaking(self, run: _Run) -> bool:
        after, before = run.last + 1, run.first - 1
        speaks = self._labels.lower(after) in self._words.speaking and bool(_SPACE.fullmatch(self._stream.gap(after)))
        is_told = self._labels.lower(before) in self._words.speaking and bool(
            _QUOTE_ENDS.fullmatch(self._stream.gap(run.first))
        )
        return (speaks or is_told) and run.last - run.first + 1 == _FEWEST_WORDS

    def _is_thing(self, run: _Run) -> bool:
        """Tell whether an article or a given name makes a family name something else: `the Jones`, `Ann Jones`."""
        before = self._labels.lower(run.first - 1)
        if self._stream.is_joined(run.first) and before in self._words.articles:
            return True
        after = self._labels.lower(run.last + 1)
        return self._stream.is_joined(run.last + 1) and after in self._words.places

    def _role(self, run: _Run) -> str | None:
        label = self._labels.before(run.first)
        noun = label.noun or self._labels.after(run.last).noun
        return noun.role if noun else None


class _Free:
    """Which places of a text no span covers; asked in the order of the text."""

    def __init__(self, taken: Iterable[tuple[int, int]]) -> None:
        self._taken = sorted(taken)
        self._next = 0

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether no span shares a place with this one."""
        while self._next < len(self._taken) and self._taken[self._next][1] <= start:
            self._next += 1
        return self._next == len(self._taken) or self._taken[self._next][0] >= end
