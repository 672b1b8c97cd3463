"""Finds the verbs of all rules in one pass over a text."""

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from missionwire_articles.beginnings import LENGTH, beginnings
from missionwire_articles.rules import Form, Rule

_BEGINNING: Final = re.compile(rf"(?<![^\W_])(?=([a-z\ue000-\ue00a].{{0,{LENGTH - 1}}}))", re.DOTALL)
"""Where a word or a masked mention begins."""

_DETERMINED: Final = re.compile(r"\b(?:the|an?|its|his|her|their|this|newly|recently)\s$")
_FURTHEST_DETERMINER: Final = 12


MOST_ASKED: Final = 20_000
"""How many beginnings of words are kept with their verbs."""


class Hit(NamedTuple):
    """A verb of a rule, found in the text, or the noun that stands for it."""

    start: int
    end: int
    rule: Rule
    form: Form


class _Verb(NamedTuple):
    number: int
    rule: Rule
    form: Form


class _Words:
    """A pattern, and the verbs whose it is. It is compiled when it is first asked: most of them are in no text."""

    def __init__(self, pattern: str) -> None:
        self.verbs: list[_Verb] = []
        self._pattern = pattern
        self.match: Callable[[str, int], re.Match[str] | None] = self._compiled

    def _compiled(self, text: str, start: int) -> re.Match[str] | None:
        self.match = re.compile(self._pattern).match
        return self.match(text, start)


class Verbs:
    """Looks for the verbs of many rules at once: the first letters of a word tell which rules it may begin."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Take the rules, in the order in which the first that fits a verb wins."""
        self._with_noun = {rule.family for rule in rules if rule.row.noun}
        known: dict[str, _Words] = {}
        for number, rule in enumerate(rules):
            for pattern, form in rule.verbs:
                known.setdefault(pattern, _Words(pattern)).verbs.append(_Verb(number, rule, form))
        self._by_beginning: dict[str, list[_Words]] = {}
        self._asked: dict[str, Sequence[_Words]] = {}
        for pattern, words in known.items():
            for letters in beginnings(pattern):
                self._by_beginning.setdefault(letters, []).append(words)

    def find(self, lowered: str) -> list[Hit]:
        """Give the verbs in a masked text in small letters: rule by rule, each rule's in the order of the text.

        The verbs of a family are left out where the text has its noun nowhere.
        """
        found: list[tuple[int, bool, Hit]] = []
        for place in _BEGINNING.finditer(lowered):
            for words in self._that_begin(place[1]):
                start = place.start()
                match = words.match(lowered, start)
                if match:
                    is_attribute = _is_attribute(lowered, match)
                    found += [
                        (number, form is not Form.PAST, Hit(start, match.end(), rule, form))
                        for number, rule, form in words.verbs
                        if form is Form.NOUN or not is_attribute
                    ]
        untold = self._with_noun - {hit.rule.family for _, _, hit in found if hit.form is Form.NOUN} - {""}
        found = [each for each in found if each[2].rule.family not in untold]
        found.sort(key=lambda each: each[:2])
        return [hit for _, _, hit in found]

    def _that_begin(self, letters: str) -> Sequence[_Words]:
        """Give the words that may begin so; what was asked is kept, for words come again."""
        known = self._asked.get(letters)
        if known is None:
            beginnings_ = (letters[:length] for length in range(len(letters) + 1))
            known = list(dict.fromkeys(words for each in beginnings_ for words in self._by_beginning.get(each, ())))
            if len(self._asked) >= MOST_ASKED:
                self._asked.clear()
            self._asked[letters] = known
        return known


def _is_attribute(lowered: str, verb: re.Match[str]) -> bool:
    """Tell whether one word after an article is no verb but a noun or its attribute: "the docked capsule"."""
    return " " not in verb[0] and bool(
        _DETERMINED.search(lowered, max(0, verb.start() - _FURTHEST_DETERMINER), verb.start())
    )
