"""Finds the verbs of all rules in one pass over a text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property, lru_cache
from itertools import chain
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from missionwire_articles.atoms import NONE, AtomFinder, Atoms, atoms, rarest
from missionwire_articles.beginnings import ADVERB, LENGTH, beginnings
from missionwire_articles.heads import headed
from missionwire_articles.narrative import Narrative
from missionwire_articles.rules import Form, Rule
from missionwire_articles.syntax import phrases

_DETERMINERS: Final = ("the", "a", "an", "its", "his", "her", "their", "this", "newly", "recently")
_DETERMINED: Final = re.compile(rf"\b(?:{'|'.join(_DETERMINERS)})\s$")
_WORD: Final = re.compile(r"\w+")
_ADVERB: Final = re.compile(r"\w+ly")
_FURTHEST_DETERMINER: Final = 12


MOST_ASKED: Final = 20_000
"""How many beginnings of words are kept with their verbs."""


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

    Its rule fits only in a sentence that holds an atom of each of `needs`, by their numbers, and one of the `rarest`.
    """

    rank: int
    rule: Rule
    form: Form
    needs: Sequence[frozenset[int]]
    rarest: Atoms


class _Words:
    """The verbs whose words are the same."""

    def __init__(self) -> None:
        self._own: list[_Verb] = []
        self._by_family: dict[str, list[_Verb]] = {}
        self.named: set[str] = set()
        """The families whose noun it is."""

    def add(self, verb: _Verb, family: str) -> None:
        """Take a verb; `family` is whose noun must stand with it, empty if it needs none."""
        (self._by_family.setdefault(family, []) if family else self._own).append(verb)
        if family and verb.form is Form.NOUN:
            self.named.add(family)

    @cached_property
    def needs(self) -> Atoms:
        """Of which a sentence holds one where any of the verbs may fit, or be a noun; none if that is not told."""
        needs = [verb.rarest for verb in chain(self._own, *self._by_family.values())]
        return frozenset().union(*needs) if all(needs) and not self.named else NONE

    def told(self, families: AbstractSet[str], *, is_attribute: bool) -> Sequence[_Verb]:
        """Give the verbs that need no noun, and those of families that have theirs; an attribute is a noun or none."""
        verbs = self._own
        if self._by_family and not families.isdisjoint(self._by_family):
            verbs = verbs + [verb for family in families for verb in self._by_family.get(family, ())]
        return [verb for verb in verbs if verb.form is Form.NOUN] if is_attribute else verbs


class _Pattern:
    """What follows a word, or a phrase. It is compiled when it is first asked: most are in no text."""

    __slots__ = ("_pattern", "match")

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self.match: Callable[[str, int], re.Match[str] | None] = self._compiled

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


_Place: TypeAlias = tuple[int, int, _Words, bool]
"""Where words of verbs stand in the text, and whether as an attribute."""


class _Read(NamedTuple):
    """A sentence: where words of verbs stand, the atoms that it holds, and the families whose noun it has."""

    places: Sequence[_Place]
    held: AbstractSet[int]
    families: AbstractSet[str]


class _Candidate(NamedTuple):
    """Words that may stand where some letters begin: `length` letters are known to be theirs, `rest` is to be asked."""

    words: _Words
    length: int
    rest: _Pattern | None


class _Asked:
    """Candidates: `always`, or where their sentence holds an atom."""

    __slots__ = ("_all", "_atoms", "_by_atom", "_first", "always")

    def __init__(self, candidates: Sequence[tuple[_Candidate, Atoms]], atoms: AtomFinder) -> None:
        self._all = [candidate for candidate, _ in candidates]
        self._first = [place for place, (_, needs) in enumerate(candidates) if not needs]
        self.always = [self._all[place] for place in self._first]
        self._by_atom: dict[int, list[int]] = {}
        for place, (_, needs) in enumerate(candidates):
            for atom in atoms.numbers(needs):
                self._by_atom.setdefault(atom, []).append(place)
        self._atoms = frozenset(self._by_atom)

    def of(self, held: AbstractSet[int]) -> Sequence[_Candidate]:
        """Give those to be asked for in a sentence that holds some atoms, in their order."""
        hits = self._atoms & held
        if not hits:
            return self.always
        places = set(self._first).union(*[self._by_atom[atom] for atom in hits])
        return self._all if len(places) == len(self._all) else [self._all[place] for place in sorted(places)]


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

        self._atoms = atoms
        self._phrases: list[_Phrase] = []
        self._by_letters: dict[str, list[tuple[bool, int, Atoms]]] = {}
        rests: dict[str, _Pattern | None] = {"": None}
        for pattern, words in patterns.items():
            for part in chain.from_iterable(map(headed, phrases(pattern))):
                rest = rests[part.rest] if part.rest in rests else rests.setdefault(part.rest, _Pattern(part.rest))
                for (letters, is_open), needs in beginnings(part.pattern).items():
                    self._by_letters.setdefault(letters, []).append((is_open, len(self._phrases), needs))
                    atoms.numbers(needs)
                self._phrases.append(_Phrase(words, part.head, rest))

    @property
    def first(self) -> str:
        """All letters with which any begins."""
        return "".join(sorted({letters[0] for letters in self._by_letters}))

    def __missing__(self, letters: str) -> _Begun | None:
        if len(self) >= MOST_ASKED:
            self.clear()
        openings = tuple(self._openings(letters))
        begun = None
        if openings:
            word = _WORD.match(letters)
            begun = self._opened(openings, word[0] if word else "")
        self[letters] = begun
        return begun

    def _openings(self, letters: str) -> Iterator[tuple[str, bool]]:
        """Give the known beginnings with which some letters begin, and whether a word goes on behind them."""
        for length in range(min(LENGTH, len(letters)) + 1):
            opening = letters[:length]
            if opening in self._by_letters:
                yield opening, _is_word(letters[length : length + 1])
            if opening + ADVERB in self._by_letters and _ADVERB.match(letters, length):
                yield opening + ADVERB, False

    def _begun(self, openings: Iterable[tuple[str, bool]], word: str) -> _Begun | None:
        """Give what may begin with a word, and so; of what goes on nothing whose last letter is among its first."""
        told: dict[int, Atoms] = {}
        for opening, goes_on in openings:
            for is_open, number, needs in self._by_letters[opening]:
                if is_open or not goes_on:
                    before = told.get(number, needs)
                    told[number] = before | needs if before and needs else NONE
        parting = list(self._candidates(told, word))
        telling = [(candidate, rarest(needs, candidate.words.needs)) for candidate, needs in parting]
        return _Begun(_Asked(parting, self._atoms), _Asked(telling, self._atoms)) if parting else None

    def _candidates(self, told: Mapping[int, Atoms], word: str) -> Iterator[tuple[_Candidate, Atoms]]:
        """Give phrases that may begin with a word, in their order, and what their sentence must hold.

        Of phrases for the same words none is given behind one that stands there for sure.
        """
        sure: set[_Words] = set()
        for number in sorted(told):
            words, head, rest = self._phrases[number]
            if words in sure or (head and not _whole(head)(word)):
                continue
            if rest is None:
                sure.add(words)
            yield _Candidate(words, len(word) if head else 0, rest), told[number] if rest else NONE


class VerbIndex:
    """Looks for the verbs of many rules at once: the first letters of a word tell which rules it may begin."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Take the rules, in the order in which the first that fits a verb wins."""
        self._atoms = AtomFinder()
        nouns = _nouns(rules)
        known: dict[str, _Words] = {}
        for number, rule in enumerate(rules):
            needs = rule.needs
            numbers = [self._atoms.numbers(each) for each in needs]
            for pattern, form in rule.verbs:
                told = rarest(*needs, nouns.get(rule.family, NONE))
                verb = _Verb(2 * number + (form is not Form.PAST), rule, form, numbers, told)
                known.setdefault(pattern, _Words()).add(verb, rule.family if rule.family in nouns else "")
        self._begun = _Beginnings(known, self._atoms)
        self._word = re.compile(
            rf"(?<![^\W_])(?=([{re.escape(self._begun.first)}].{{0,{LENGTH - 1}}}\w*))[^\W_]*", re.DOTALL
        )
        """A word that begins with a letter with which a verb does; its group is what tells, with no word cut short."""

    def find(self, narrative: Narrative) -> dict[int, Verbs]:
        """Give the verbs of each sentence of a text that has any whose rule may fit, by the sentence's index.

        The verbs of a rule are in the order of the text. Those of a family are left out where the text has its noun
        nowhere, and part no clauses either.
        """
        small, begun = narrative.small, self._begun
        seams = narrative.seams
        read: dict[int, _Read] = {}
        for index, (start, end, _, _) in enumerate(narrative.sentences):
            found = self._word.finditer(small, start, end)
            words = [(word.start(), may_be) for word in found if (may_be := begun[word[1]])]
            if not words:
                continue
            held = self._atoms.held(small[start:end])
            if places := _places(small, words, held, is_parted=seams.are_joined(start, end)):
                read[index] = _Read(places, held, {family for place in places for family in place[2].named})
        anywhere = set().union(*(each.families for each in read.values()))
        verbs = {index: _verbs(each, anywhere) for index, each in read.items()}
        return {index: found for index, found in verbs.items() if found.hits}


def _places(
    small: str, words: Iterable[tuple[int, _Begun]], held: AbstractSet[int], *, is_parted: bool
) -> Sequence[_Place]:
    """Give the places of a sentence where words of verbs stand: of those that may fit, or part clauses there."""
    found: list[_Place] = []
    for start, may_be in words:
        may_part = is_parted or small[start - 2 : start] == ", "
        asked = (may_be.parting if may_part else may_be.telling).of(held)
        ends: dict[_Words, int] = {}
        for verbs, length, rest in asked:
            if verbs in ends:
                continue
            if rest is None:
                ends[verbs] = start + length
            elif match := rest.match(small, start + length):
                ends[verbs] = match.end()
        if ends:
            is_determined = _is_determined(small, start)
            found += [(start, end, verbs, is_determined and " " not in small[start:end]) for verbs, end in ends.items()]
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


def _verbs(read: _Read, anywhere: AbstractSet[str]) -> Verbs:
    """Give the verbs of a sentence; the text has the nouns of the families `anywhere`."""
    found: list[tuple[int, Hit]] = []
    parting: list[tuple[int, int]] = []
    held, families = read.held, read.families
    for start, end, words, is_attribute in read.places:
        told = words.told(families, is_attribute=is_attribute)
        for rank, rule, form, needs, _ in told:
            for each in needs:
                if each.isdisjoint(held):
                    break
            else:
                found.append((rank, Hit(start, end, rule, form)))
        if told or (families != anywhere and words.told(anywhere, is_attribute=is_attribute)):
            parting.append((start, end))
    found.sort(key=itemgetter(0))
    return Verbs([hit for _, hit in found], parting)


def _is_determined(lowered: str, start: int) -> bool:
    """Tell whether an article stands before a word: if it is just one, it is a noun or an attribute, "the docked …"."""
    if not lowered.endswith(_DETERMINERS, 0, max(0, start - 1)):
        return False  # as before most words
    return bool(_DETERMINED.search(lowered, max(0, start - _FURTHEST_DETERMINER), start))
