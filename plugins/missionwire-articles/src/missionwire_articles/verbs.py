"""Finds the verbs of all rules in one pass over a text."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from missionwire_articles.beginnings import LENGTH, beginnings
from missionwire_articles.rules import Rule

_BEGINNING: Final = re.compile(rf"(?<![^\W_])(?=([a-z\ue000-\ue00a].{{0,{LENGTH - 1}}}))", re.DOTALL)
"""Where a word or a masked mention begins."""

_DETERMINED: Final = re.compile(r"\b(?:the|an?|its|his|her|their|this|newly|recently)\s$")
_FURTHEST_DETERMINER: Final = 12


MOST_ASKED: Final = 20_000
"""How many beginnings of words are kept with their verbs."""


class Hit(NamedTuple):
    """A verb of a rule, found in the text; `is_base` for a plain form."""

    start: int
    end: int
    rule: Rule
    is_base: bool


class _Verb(NamedTuple):
    number: int
    rule: Rule
    pattern: re.Pattern[str]
    is_base: bool


class Verbs:
    """Looks for the verbs of many rules at once: the first letters of a word tell which rules it may begin."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Take the rules, in the order in which the first that fits a verb wins."""
        self._by_beginning: dict[str, list[_Verb]] = {}
        self._asked: dict[str, Sequence[_Verb]] = {}
        for number, rule in enumerate(rules):
            for pattern, is_base in rule.verbs:
                for letters in beginnings(pattern.pattern):
                    self._by_beginning.setdefault(letters, []).append(_Verb(number, rule, pattern, is_base))

    def find(self, lowered: str) -> list[Hit]:
        """Give the verbs in a masked text in small letters: rule by rule, each rule's in the order of the text."""
        found: list[tuple[int, bool, Hit]] = []
        for place in _BEGINNING.finditer(lowered):
            for verb in self._that_begin(place[1]):
                start = place.start()
                match = verb.pattern.match(lowered, start)
                if match and not _is_attribute(lowered, match):
                    found.append((verb.number, verb.is_base, Hit(start, match.end(), verb.rule, verb.is_base)))
        found.sort(key=lambda each: each[:2])
        return [hit for _, _, hit in found]

    def _that_begin(self, letters: str) -> Sequence[_Verb]:
        """Give the verbs that may begin so; what was asked is kept, for words come again."""
        known = self._asked.get(letters)
        if known is None:
            beginnings_ = (letters[:length] for length in range(len(letters) + 1))
            known = [verb for each in beginnings_ for verb in self._by_beginning.get(each, ())]
            if len(self._asked) >= MOST_ASKED:
                self._asked.clear()
            self._asked[letters] = known
        return known


def _is_attribute(lowered: str, verb: re.Match[str]) -> bool:
    """Tell whether one word after an article is no verb but a noun or its attribute: "the docked capsule"."""
    return " " not in verb[0] and bool(
        _DETERMINED.search(lowered, max(0, verb.start() - _FURTHEST_DETERMINER), verb.start())
    )
