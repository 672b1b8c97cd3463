"""Finds the verbs of all rules in one pass over a text."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache, reduce
from itertools import chain
from operator import itemgetter, or_
from typing import Final, NamedTuple

from missionwire_articles.atoms import ALWAYS, NONE, AtomFinder, Atoms, atoms, needs, rarest
from missionwire_articles.beginnings import ADVERB, LENGTH, beginnings
from missionwire_articles.heads import headed
from missionwire_articles.narrative import Narrative
from missionwire_articles.rules import Form, Rule
from missionwire_articles.syntax import alternatives, phrases
from missionwire_articles.words import in_latin, words_in

_DETERMINERS: Final = ("the", "a", "an", "its", "his", "her", "their", "this", "newly", "recently")
_DETERMINED: Final = re.compile(rf"\b(?:{'|'.join(_DETERMINERS)})\s$")
_WORD: Final = re.compile(r"\w+")
_ADVERB: Final = re.compile(r"\w+ly")
_FURTHEST_DETERMINER: Final = 12


MOST_ASKED: Final = 20_000
"""How many beginnings of words are kept with their verbs."""

MOST_HELD: Final = 32
"""For so many different sentences it is kept what of a word may stand in them: few of its atoms stand together."""


class Hit(NamedTuple):
    """A verb of a rule, found in the text, or the noun that stands for it."""

    start: int
    end: int
    rule: Rule
    form: Form

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end


class Verbs(NamedTuple):
    """The verbs of a sentence, the earlier rule's first, and all `places` that may part its clauses: theirs and others.

    Verbs whose rules cannot fit there, and those of a family whose noun the sentence does not have, tell of nothing in
    it, but their places stand.
    """

    hits: list[Hit]
    places: list[tuple[int, int]]


class _Verb(NamedTuple):
    """A rule's verb in one form. `rank` orders them: the first that fits wins.

    Its rule fits only in a sentence that holds a bit of each of `needs`, of which the first tells of the noun of its
    family, and one of the `rarest`.
    """

    rank: int
    rule: Rule
    form: Form
    needs: Sequence[int]
    rarest: int


class _Fitting(dict[int, Sequence[_Verb]]):
    """The verbs whose rules may fit in a sentence, by what it holds of `asked`."""

    def __init__(self, verbs: Sequence[_Verb]) -> None:
        super().__init__()
        self._verbs = verbs
        self.families = reduce(or_, (verb.needs[0] for verb in verbs), 0)
        """With a noun of these any of them may fit somewhere."""

        self.asked = reduce(or_, chain.from_iterable(verb.needs for verb in verbs), 0)

    def __missing__(self, held: int) -> Sequence[_Verb]:
        if len(self) >= MOST_HELD:
            self.clear()
        self[held] = [verb for verb in self._verbs if all(each & held for each in verb.needs)]
        return self[held]


class _Words:
    """The verbs whose words are the same."""

    def __init__(self) -> None:
        self._verbs: list[_Verb] = []
        self.named = 0
        """The families whose noun it is."""

    def add(self, verb: _Verb) -> None:
        """Take a verb."""
        self._verbs.append(verb)
        if verb.form is Form.NOUN:
            self.named |= verb.needs[0] & ~ALWAYS

    @cached_property
    def rarest(self) -> int:
        """Of which a sentence holds one where any of the verbs may fit, or be a noun."""
        told = reduce(or_, (verb.rarest for verb in self._verbs))
        return ALWAYS if told & ALWAYS or self.named else told

    @cached_property
    def fitting(self) -> _Fitting:
        """All of them."""
        return _Fitting(self._verbs)

    @cached_property
    def nouns(self) -> _Fitting:
        """Those that an attribute may be, which is a noun or none."""
        return _Fitting([verb for verb in self._verbs if verb.form is Form.NOUN])


class _Pattern:
    """What follows a word, or a phrase. It is compiled when it is first asked: most are in no text."""

    def __init__(self, pattern: str, atoms: AtomFinder) -> None:
        self._pattern = pattern
        self._atoms = atoms
        self.match: Callable[[str, int], re.Match[str] | None] = self._compiled

    @cached_property
    def needs(self) -> Sequence[int]:
        """Of which a match holds one each; none of a pattern of several alternatives."""
        first, *others = alternatives(self._pattern).sequences
        told = () if others else map(self._atoms.known, needs(first))
        return [each for each in told if each != ALWAYS]

    def _compiled(self, text: str, start: int) -> re.Match[str] | None:
        self.match = re.compile(rf"(?:{self._pattern})(?!\w)").match
        return self.match(text, start)


class _Phrase(NamedTuple):
    """One manner of writing words: the one word of the pattern `head`, and `rest` behind it if more is told.

    Where `head` is empty `rest` is all of it.
    """

    words: _Words
    head: str
    rest: _Pattern | None


class _Place(NamedTuple):
    """Where words of verbs stand in the text, and which of these may fit."""

    start: int
    end: int
    words: _Words
    fitting: _Fitting


class _Read(NamedTuple):
    """A sentence: where words of verbs stand, and the bits that it holds, of its atoms and of the nouns in it."""

    places: Sequence[_Place]
    held: int


class _Candidate(NamedTuple):
    """Words that may stand where some letters begin: `length` letters are known to be theirs, `rest` is to be asked."""

    words: _Words
    length: int
    rest: _Pattern | None


class _Asked(dict[int, Sequence[_Candidate]]):
    """Candidates, each with what a sentence must hold for it: by what it holds of `asked`, those to be asked for in it.

    They are in their order.
    """

    def __init__(self, candidates: Sequence[tuple[_Candidate, Sequence[int]]]) -> None:
        super().__init__()
        self._candidates = candidates
        self.asked = reduce(or_, chain.from_iterable(needed for _, needed in candidates), 0)

    def __missing__(self, held: int) -> Sequence[_Candidate]:
        if len(self) >= MOST_HELD:
            self.clear()
        self[held] = found = []
        for candidate, needed in self._candidates:
            for each in needed:
                if not each & held:
                    break
            else:
                found.append(candidate)
        return found


class _Begun(NamedTuple):
    """What may begin with some letters: what may `part` clauses, and of that what may `tell` of something."""

    parting: _Asked
    telling: _Asked


class _Beginnings(dict[str, _Begun | None]):
    """The phrases that may begin with some letters; what was asked is kept, for words come again."""

    def __init__(self, patterns: Mapping[str, _Words], atoms: AtomFinder) -> None:
        super().__init__()
        self._opened = lru_cache(maxsize=MOST_ASKED)(self._begun)
        """Most beginnings of words are alike: what they may begin is made once."""

        self._openings_within = lru_cache(maxsize=MOST_ASKED)(self._within)
        """Most letters that are new begin with a word that is known."""

        self._atoms = atoms
        self._phrases: list[_Phrase] = []
        self._by_letters: dict[str, list[tuple[bool, int, Atoms]]] = {}
        rests: dict[str, _Pattern | None] = {"": None}
        for pattern, words in patterns.items():
            for part in chain.from_iterable(map(headed, phrases(pattern))):
                if part.rest not in rests:
                    rests[part.rest] = _Pattern(part.rest, atoms)
                for (begun, is_open), needed in beginnings(part.pattern).items():
                    letters = begun if begun.isascii() else in_latin(begun)
                    self._by_letters.setdefault(letters, []).append((is_open, len(self._phrases), needed))
                    atoms.bits(needed)
                self._phrases.append(_Phrase(words, part.head, rests[part.rest]))
        words_of = filter(None, map(_WORD.match, self._by_letters))
        self._going_on = frozenset(word[0] for word in words_of if word.end() < len(word.string))
        """The first words of beginnings that are longer."""

    def __missing__(self, letters: str) -> _Begun | None:
        if len(self) >= MOST_ASKED:
            self.clear()
        word = _WORD.match(letters)
        first = word[0] if word else ""
        openings = self._openings_within(first)
        if first in self._going_on:
            openings += tuple(self._openings(letters, len(first) + 1, LENGTH))
        self[letters] = begun = self._opened(openings, first) if openings else None
        return begun

    def _within(self, word: str) -> tuple[tuple[str, bool], ...]:
        return tuple(self._openings(word, 0, len(word)))

    def _openings(self, letters: str, least: int, most: int) -> Iterator[tuple[str, bool]]:
        """Give the known beginnings with which some letters begin, and whether a word goes on behind them."""
        for length in range(least, min(most, LENGTH, len(letters)) + 1):
            opening = letters[:length]
            if opening in self._by_letters:
                yield opening, _is_word(letters[length : length + 1])
            if opening + ADVERB in self._by_letters and _ADVERB.match(letters, length):
                yield opening + ADVERB, False

    def _begun(self, openings: Iterable[tuple[str, bool]], word: str) -> _Begun | None:
        """Give what may begin with a word, and so; of what goes on nothing whose last letter is among its first."""
        told: dict[int, Atoms] = {}
        for opening, goes_on in openings:
            for is_open, number, needed in self._by_letters[opening]:
                if is_open or not goes_on:
                    before = told.get(number, needed)
                    told[number] = before | needed if before and needed else NONE
        parting = list(self._candidates(told, word))
        if not parting:
            return None
        telling = [(candidate, (*needed, candidate.words.rarest)) for candidate, needed in parting]
        return _Begun(_Asked(parting), _Asked(telling))

    def _candidates(self, told: Mapping[int, Atoms], word: str) -> Iterator[tuple[_Candidate, Sequence[int]]]:
        """Give phrases that may begin with a word, in their order, and what their sentence must hold.

        Of phrases for the same words none is given behind one that stands there for sure.
        """
        sure: set[_Words] = set()
        for number in sorted(told):
            words, head, rest = self._phrases[number]
            if words in sure or (head and not _whole(head)(word)):
                continue
            needed: Sequence[int] = ()
            if rest is None:
                sure.add(words)
            else:
                behind = self._atoms.known(told[number])
                needed = rest.needs if behind == ALWAYS else (behind, *rest.needs)
            yield _Candidate(words, len(word) if head else 0, rest), needed


class VerbIndex:
    """Looks for the verbs of many rules at once: the first letters of a word tell which rules it may begin."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Take the rules, in the order in which the first that fits a verb wins."""
        self._atoms = atoms = AtomFinder()
        nouns = _nouns(rules)
        families = {family: atoms.bit() for family in nouns}
        known: dict[str, _Words] = {}
        for number, rule in enumerate(rules):
            needed = rule.needs
            bits = [families.get(rule.family, ALWAYS), *map(atoms.bits, needed)]
            told = atoms.bits(rarest(*needed, nouns.get(rule.family, NONE)))
            for pattern, form in rule.verbs:
                verb = _Verb(2 * number + (form is not Form.PAST), rule, form, bits, told)
                known.setdefault(pattern, _Words()).add(verb)
        self._begun = _Beginnings(known, atoms)

    def find(self, narrative: Narrative) -> dict[int, Verbs]:
        """Give the verbs of each sentence of a text that has any whose rule may fit, by the sentence's index.

        The verbs of a rule are in the order of the text. Those of a family are left out where the text has its noun
        nowhere, and part no clauses either.
        """
        small, begun = narrative.small, self._begun
        found = [(word.start(), may_be) for word in words_in(small) if (may_be := begun[word[1]])]
        held = self._atoms.held(small, narrative.sentences)
        starts, seams = [start for start, _ in found], narrative.seams
        read: dict[int, _Read] = {}
        anywhere = ALWAYS
        for index, (start, end, _, _) in enumerate(narrative.sentences):
            own = found[bisect_left(starts, start) : bisect_left(starts, end)]
            if own and (places := _places(small, own, held[index], is_parted=seams.are_joined(start, end))):
                families = reduce(or_, [place.words.named for place in places])
                read[index] = _Read(places, held[index] | families)
                anywhere |= families
        verbs = {index: _verbs(each, anywhere) for index, each in read.items()}
        return {index: each for index, each in verbs.items() if each.hits}


def _places(small: str, words: Iterable[tuple[int, _Begun]], held: int, *, is_parted: bool) -> Sequence[_Place]:
    """Give the places of a sentence where words of verbs stand: of those that may fit, or part clauses there."""
    found: list[_Place] = []
    for start, may_be in words:
        may_part = is_parted or small[start - 2 : start] == ", "
        asked = may_be.parting if may_part else may_be.telling
        candidates = asked[held & asked.asked]
        if not candidates:
            continue
        ends: dict[_Words, int] = {}
        for verbs, length, rest in candidates:
            if verbs in ends:
                continue
            if rest is None:
                ends[verbs] = start + length
            elif match := rest.match(small, start + length):
                ends[verbs] = match.end()
        if ends:
            is_determined = _is_determined(small, start)
            for verbs, end in ends.items():
                is_attribute = is_determined and " " not in small[start:end]
                found.append(_Place(start, end, verbs, verbs.nouns if is_attribute else verbs.fitting))
    return found


@cache
def _whole(head: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(head).fullmatch


def _nouns(rules: Iterable[Rule]) -> Mapping[str, Atoms]:
    """Give the families that have a noun, and what a sentence with it holds one of."""
    found: dict[str, list[Atoms]] = {}
    for rule in rules:
        for pattern, form in rule.verbs:
            if rule.family and form is Form.NOUN:
                found.setdefault(rule.family, []).append(atoms(pattern))
    return {family: frozenset().union(*told) if all(told) else NONE for family, told in found.items()}


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _verbs(read: _Read, anywhere: int) -> Verbs:
    """Give the verbs of a sentence; the text has the nouns of the families `anywhere`."""
    found: list[tuple[int, Hit]] = []
    parting: list[tuple[int, int]] = []
    held = read.held
    for start, end, _, fitting in read.places:
        if fitting.families & anywhere:
            parting.append((start, end))
            found += [(verb.rank, Hit(start, end, verb.rule, verb.form)) for verb in fitting[held & fitting.asked]]
    found.sort(key=itemgetter(0))
    return Verbs([hit for _, hit in found], parting)


def _is_determined(lowered: str, start: int) -> bool:
    """Tell whether an article stands before a word: if it is just one, it is a noun or an attribute, "the docked …"."""
    if not lowered.endswith(_DETERMINERS, 0, max(0, start - 1)):
        return False  # as before most words
    return bool(_DETERMINED.search(lowered, max(0, start - _FURTHEST_DETERMINER), start))
