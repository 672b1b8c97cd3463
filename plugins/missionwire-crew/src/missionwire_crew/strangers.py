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

_FURTHEST_OFFICE: Final = 8
"""How many words before a comma may lead back to the office (", the president of the Brazilian agency, ")."""

_SHORTEST_NAME: Final = 3
_FEWEST_LETTERS: Final = 2
_OF: Final = frozenset({"of", "at", "for", "in"})
_AND: Final = frozenset({"and", "e", "y", "et", "und", "и"})
_AND_GAP: Final = re.compile(r",?[^\S\n]+")
_PRONOUNS: Final = frozenset({"he", "she", "they", "it", "we", "i", "you"})
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
    saying presents it, where it begins with a given name, or in a list beside whole names: `people` are the first and
    last words of those of the roster. Names of agencies, craft and places are none. A head of state needs no given
    name.
    """

    def __init__(
        self, stream: Stream, words: Words, labels: Labels, names: Names, people: Iterable[tuple[int, int]]
    ) -> None:
        self._stream = stream
        self._words = words
        self._labels = labels
        self._names = names
        self._begins, self._ends = set[int](), set[int]()
        for first, last in people:
            self._note(first, last)

    def find(self, taken: Iterable[tuple[int, int]], known: dict[str, str]) -> list[Presented]:
        """Give them in order. `taken` are spans in which no stranger is named.

        `known` holds ids by the last word of the name, and grows.
        """
        taken = list(taken)
        free, ends = Free(taken), {end for _, end in taken}
        return [found for run in self._runs(known, ends) if (found := self._presented(run, free, known))]

    def _presented(self, run: _Run, free: "Free", known: dict[str, str]) -> Presented | None:
        written = self._stream.words[run.first : run.last + 1]
        if not free.is_free(self._stream.starts[run.first], self._stream.end(run.last)):
            return None
        if len(written) == 1:
            return None if self._is_thing(run) else self._single(run, known)
        if not self._is_name(written) or self._is_double(run) or not self._is_presented(run):
            return None
        name = " ".join(written)
        if self._names.bearers_of(name).full:
            return None  # a namesake of somebody of the roster, who was left out for a reason
        id_ = slug(name)
        known.setdefault(written[-1], id_)
        self._note(run.first, run.last)
        return Presented(run.first, run.last, id_, self._role(run))

    def _single(self, run: _Run, known: dict[str, str]) -> Presented | None:
        """Give a family name that repeats a whole one, or stands after the title of a head of state."""
        word = self._stream.words[run.first]
        if word not in known:
            if not self._is_head_of_state(run.first):
                return None
            known[word] = slug(word)
        return Presented(run.first, run.last, known[word], None)

    def _note(self, first: int, last: int) -> None:
        self._begins.add(first)
        self._ends.add(last)

    # rows of large words

    def _runs(self, known: Collection[str], taken: Collection[int]) -> Iterator[_Run]:
        """Give the rows, each without the labels and first words of sentences at its head.

        A word alone, as most are, is one only where it is `known`. None ends where one of the spans that are `taken`
        does, as most do that are the name of something else.
        """
        stream, words = self._stream, self._stream.words
        end = -1
        for begin in self._heads(known):
            if begin <= end:
                continue
            end = begin
            while self._goes_on(end + 1):
                end += 1
            while not stream.is_large(end):
                end -= 1  # a particle ends no name
            is_row = begin < end or words[begin] in known or self._is_head_of_state(begin)
            if not is_row or stream.end(end) in taken:
                continue
            first, has_title = self._without_head(begin, end)
            if first <= end:
                yield _Run(first, end, has_title or self._has_title_before(first))

    def _heads(self, known: Collection[str]) -> Iterator[int]:
        """Give the large words that may be the head of a row, or count alone: most are neither."""
        stream, words = self._stream, self._stream.words
        particles, heads, capitals, count = self._words.particles, self._words.heads, stream.capitals, len(words)
        for begin in stream.large:
            after = begin + 1
            if (
                after in capitals
                or words[begin] in known
                or words[begin - 1] in heads
                or (after < count and words[after] in particles)
            ):
                yield begin

    def _goes_on(self, index: int) -> bool:
        stream = self._stream
        if index not in stream.capitals and not self._is_particle(index):
            return False
        gap = stream.gap(index)
        return gap == " " or (
            _SPACE.fullmatch(gap) is not None and not (gap.startswith(".") and len(stream.words[index - 1]) > 1)
        )

    def _is_particle(self, index: int) -> bool:
        words = self._stream.words
        return index < len(words) and words[index] in self._words.particles and self._stream.gap(index) != "-"

    def _without_head(self, first: int, last: int) -> tuple[int, bool]:
        """Pass over the words at the head of a row that are no name: `The`, `NASA Flight Director`, `In Houston`.

        Tells, too, whether a title ends them.
        """
        if last > first and self._is_head_of_state(last):
            return last, True
        for index in range(last - _FEWEST_WORDS, first - 1, -1):
            if self._is_title(index):
                return index + 1, True
        begin = first
        while begin <= last and (self._labels.lower(begin) in self._words.starters or self._is_label(begin)):
            begin += 1
        is_opened = begin > first or self._labels.lower(first - 1) in self._words.near
        for index in range(begin + 1, last if is_opened else begin):
            if self._labels.is_given(index) and not self._labels.is_given(begin):
                return index, False
        return begin, False

    def _is_title(self, index: int) -> bool:
        return self._labels.lower(index) in self._words.introducing

    def _is_label(self, index: int) -> bool:
        word = self._labels.lower(index)
        return word in self._words.labels or word in self._words.introducing

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

    def _is_double(self, run: _Run) -> bool:
        """Tell whether hyphens join all words of a row, so that it is a double name and no whole one: `Jean-Loup`."""
        return all(self._stream.gap(index) == "-" for index in range(run.first + 1, run.last + 1))

    def _is_presented(self, run: _Run) -> bool:
        if run.has_title or self._has_office_before(run.first):
            return True
        if self._stream.is_joined(run.first) and self._labels.lower(run.first - 1) in self._words.of_things:
            return False
        return (
            self._labels.is_given(run.first)
            or self._has_noun_after(run.last)
            or self._is_speaking(run)
            or self._is_listed(run)
        )

    def _has_title_before(self, first: int) -> bool:
        """Tell whether a noun stands before a name, perhaps with a comma or a form of address: `the governor, John`."""
        gap = self._stream.gap(first) if 0 < first < len(self._stream.words) else "\n"
        is_near = _SPACE.fullmatch(gap) or _COMMA.fullmatch(gap)
        return is_near is not None and first > 0 and self._is_title(first - 1)

    def _is_in_charge(self, begin: int) -> bool:
        """Tell whether somebody is told of as "in charge of", or "responsible for", something."""
        words = " ".join(self._stream.words[begin : begin + 3])
        return words == "in charge of" or words.startswith("responsible for")

    def _has_noun_after(self, last: int) -> bool:
        """Tell whether an apposition presents somebody: `, who`, `, a biologist`, `, manager of`."""
        begin = last + 1
        if begin >= len(self._stream.words) or not _COMMA.fullmatch(self._stream.gap(begin)):
            return False
        if self._labels.lower(begin) == "who" or self._is_in_charge(begin):
            return True
        if self._labels.lower(begin) in _PRONOUNS:
            return False  # a new clause: `, she greeted the minister`
        if self._labels.lower(begin).endswith("ing") and self._labels.lower(begin) != "acting":
            return False  # what goes on there: `, carrying two astronauts`
        for index in range(begin, min(begin + _FURTHEST_NOUN, len(self._stream.words))):
            if index > begin and not _SPACE.fullmatch(self._stream.gap(index)):
                return False
            if self._is_title(index):
                return not self._stream.is_large(index)
        return False

    def _has_office_before(self, first: int) -> bool:
        """Tell whether an office and where it is held stand before a name: `the president of the agency, `."""
        if not 0 < first < len(self._stream.words) or not _COMMA.fullmatch(self._stream.gap(first)):
            return False
        for index in range(first - 1, max(0, first - _FURTHEST_OFFICE), -1):
            if self._labels.lower(index) in _OF and self._is_title(index - 1):
                return self._stream.is_joined(index)
            if not self._stream.is_joined(index) and self._stream.gap(index)[:1] not in ("'", "’"):
                return False
        return False

    def _is_listed(self, run: _Run) -> bool:
        """Tell whether a row of two words is in a list beside whole names: after `and`, or between commas and it."""
        gaps = [self._stream.gap(index) for index in range(run.first + 1, run.last + 1)]
        if len(gaps) - gaps.count("-") + 1 != _FEWEST_WORDS:
            return False
        after_comma = run.first - 1 in self._ends and _COMMA.fullmatch(self._stream.gap(run.first)) is not None
        return self._is_after_and(run.first) or self._is_before_and(run.last, is_far=after_comma)

    def _is_after_and(self, first: int) -> bool:
        if self._labels.lower(first - 1) not in _AND or not self._stream.is_joined(first):
            return False
        return first - 2 in self._ends and _AND_GAP.fullmatch(self._stream.gap(first - 1)) is not None

    def _is_before_and(self, last: int, *, is_far: bool) -> bool:
        """Tell whether `and` and a whole name follow, or, in a list that runs, one more large word."""
        after = last + 1
        if self._labels.lower(after) in _AND and _AND_GAP.fullmatch(self._stream.gap(after)):
            return after + 1 in self._begins or (is_far and self._stream.is_large(after + 1))
        is_comma = after < len(self._stream.words) and _COMMA.fullmatch(self._stream.gap(after)) is not None
        return is_far and is_comma and after in self._begins

    def _is_head_of_state(self, index: int) -> bool:
        """Tell whether the title of one who needs no given name stands before a word: `President Lula`."""
        if self._stream.words[index - 1] not in self._words.heads or not self._stream.is_joined(index):
            return False
        word = self._labels.lower(index)
        if len(word) < _FEWEST_LETTERS or self._stream.is_acronym(index):
            return False
        if self._stream.is_joined(index + 1) and self._stream.is_large(index + 1):
            return False
        return not (word in self._words.no_names or word in self._words.starters or self._is_label(index))

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


class Free:
    """Which places of a text no span covers; asked in the order of the text."""

    def __init__(self, taken: Iterable[tuple[int, int]]) -> None:
        self._taken = sorted(taken)
        self._next = 0

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether no span shares a place with this one."""
        while self._next < len(self._taken) and self._taken[self._next][1] <= start:
            self._next += 1
        return self._next == len(self._taken) or self._taken[self._next][0] >= end
