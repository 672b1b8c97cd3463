"""Finds the verbs of all rules in one pass over a text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from missionwire_articles.beginnings import ADVERB, LENGTH, beginnings
from missionwire_articles.narrative import Narrative
from missionwire_articles.rules import Form, Rule

_DETERMINERS: Final = ("the", "a", "an", "its", "his", "her", "their", "this", "newly", "recently")
_DETERMINED: Final = re.compile(rf"\b(?:{'|'.join(_DETERMINERS)})\s$")
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
    """A rule's verb in one form. `rank` orders them: the first that fits wins."""

    rank: int
    rule: Rule
    form: Form


class _Words:
    """A pattern, and the verbs whose it is. It is compiled when it is first asked: most of them are in no text."""

    def __init__(self, pattern: str) -> None:
        self._own: list[_Verb] = []
        self._by_family: dict[str, list[_Verb]] = {}
        self.named: set[str] = set()
        """The families whose noun it is."""

        self._pattern = pattern
        self.match: Callable[[str, int], re.Match[str] | None] = self._compiled

    def add(self, verb: _Verb, family: str) -> None:
        """Take a verb; `family` is whose noun must stand with it, empty if it needs none."""
        (self._by_family.setdefault(family, []) if family else self._own).append(verb)
        if family and verb.form is Form.NOUN:
            self.named.add(family)

    def told(self, families: AbstractSet[str], *, is_attribute: bool) -> list[_Verb]:
        """Give the verbs that need no noun, and those of families that have theirs; an attribute is a noun or none."""
        verbs = self._own
        if self._by_family and not families.isdisjoint(self._by_family):
            verbs = verbs + [verb for family in families for verb in self._by_family.get(family, ())]
        return [verb for verb in verbs if verb.form is Form.NOUN] if is_attribute else verbs

    def _compiled(self, text: str, start: int) -> re.Match[str] | None:
        self.match = re.compile(self._pattern).match
        return self.match(text, start)


_Place: TypeAlias = tuple[int, int, _Words, bool]
"""Where words of verbs stand in the text, and whether as an attribute."""


class _Beginnings(dict[str, Sequence[_Words]]):
    """The words that may begin with some letters; what was asked is kept, for words come again."""

    def __init__(self, patterns: Mapping[str, _Words]) -> None:
        super().__init__()
        self._by_letters: dict[str, list[tuple[_Words, bool]]] = {}
        for pattern, words in patterns.items():
            for letters, is_open in beginnings(pattern):
                self._by_letters.setdefault(letters, []).append((words, is_open))

    @property
    def first(self) -> str:
        """All letters with which any begins."""
        return "".join(sorted({letters[0] for letters in self._by_letters}))

    def __missing__(self, letters: str) -> Sequence[_Words]:
        if len(self) >= MOST_ASKED:
            self.clear()
        self[letters] = begun = tuple(dict.fromkeys(self._begun(letters)))
        return begun

    def _begun(self, letters: str) -> Iterator[_Words]:
        """Give the words that begin so; those whose last letter is among them only where a word ends there."""
        for length in range(min(LENGTH, len(letters)) + 1):
            goes_on = _is_word(letters[length : length + 1])
            for words, is_open in self._by_letters.get(letters[:length], ()):
                if is_open or not goes_on:
                    yield words
            if _ADVERB.match(letters, length):
                yield from (words for words, _ in self._by_letters.get(letters[:length] + ADVERB, ()))


class VerbIndex:
    """Looks for the verbs of many rules at once: the first letters of a word tell which rules it may begin."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Take the rules, in the order in which the first that fits a verb wins."""
        with_noun = {rule.family for rule in rules if rule.row.noun}
        known: dict[str, _Words] = {}
        for number, rule in enumerate(rules):
            for pattern, form in rule.verbs:
                verb = _Verb(2 * number + (form is not Form.PAST), rule, form)
                known.setdefault(pattern, _Words(pattern)).add(verb, rule.family if rule.family in with_noun else "")
        self._begun = _Beginnings(known)
        self._word = re.compile(
            rf"(?<![^\W_])(?=([{re.escape(self._begun.first)}].{{0,{LENGTH - 1}}}\w*))[^\W_]*", re.DOTALL
        )
        """A word that begins with a letter with which a verb does; its group is what tells, with no word cut short."""

    def find(self, narrative: Narrative) -> dict[int, Verbs]:
        """Give the verbs of each sentence of a text that has any whose rule may fit, by the sentence's index.

        The verbs of a rule are in the order of the text. Those of a family are left out where the text has its noun
        nowhere, and part no clauses either.
        """
        places = self._places(narrative.small, narrative.sentence_at)
        named = {index: {family for _, _, words, _ in each for family in words.named} for index, each in places.items()}
        anywhere = set().union(*named.values())
        verbs: dict[int, Verbs] = {}
        for index, each in places.items():
            sentence = narrative.small[narrative.sentences[index].start : narrative.sentences[index].end]
            found = _verbs(each, sentence, named[index], anywhere)
            if found.hits:
                verbs[index] = found
        return verbs

    def _places(self, lowered: str, sentence_at: Callable[[int], int | None]) -> dict[int, list[_Place]]:
        begun = self._begun
        found: dict[int, list[_Place]] = {}
        for word in self._word.finditer(lowered):
            may_begin = begun[word[1]]
            if not may_begin:
                continue
            start = word.start()
            matches = [(words, match) for words in may_begin if (match := words.match(lowered, start))]
            index = sentence_at(start) if matches else None
            if index is not None:
                is_determined = _is_determined(lowered, start)
                found.setdefault(index, []).extend(
                    [(start, match.end(), words, is_determined and " " not in match[0]) for words, match in matches]
                )
        return found


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _verbs(places: Iterable[_Place], sentence: str, families: AbstractSet[str], anywhere: AbstractSet[str]) -> Verbs:
    """Give the verbs of a sentence that has the nouns of `families`; the text has those of the families `anywhere`."""
    found: list[tuple[int, Hit]] = []
    parting: list[tuple[int, int]] = []
    for start, end, words, is_attribute in places:
        told = words.told(families, is_attribute=is_attribute)
        found += [(rank, Hit(start, end, rule, form)) for rank, rule, form in told if rule.may_fit(sentence)]
        if told or (families != anywhere and words.told(anywhere, is_attribute=is_attribute)):
            parting.append((start, end))
    found.sort(key=itemgetter(0))
    return Verbs([hit for _, hit in found], parting)


def _is_determined(lowered: str, start: int) -> bool:
    """Tell whether an article stands before a word: if it is just one, it is a noun or an attribute, "the docked …"."""
    if not lowered.endswith(_DETERMINERS, 0, max(0, start - 1)):
        return False  # as before most words
    return bool(_DETERMINED.search(lowered, max(0, start - _FURTHEST_DETERMINER), start))
