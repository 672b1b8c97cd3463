"""Finds the verbs of all rules in one pass over a text."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from missionwire_articles.rules import Rule

_BEGINNING: Final = r"(?<![^\W_])(?=[a-z\ue000-\ue00a])"
"""Where a word or a masked mention begins."""

_DETERMINED: Final = re.compile(r"\b(?:the|an?|its|his|her|their|this|newly|recently)\s$")
_FURTHEST_DETERMINER: Final = 12


class Hit(NamedTuple):
    """A verb of a rule, found in the text; `is_base` for a plain form."""

    start: int
    end: int
    rule: Rule
    is_base: bool


class Verbs:
    """Looks for the verbs of many rules at once: one pattern of all tells where any of them may begin."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Take the rules, in the order in which the first that fits a verb wins."""
        self._rules = rules
        sources = (pattern.pattern for rule in rules for pattern, _ in rule.verbs)
        self._any = re.compile(rf"{_BEGINNING}(?={'|'.join(sources)})")

    def find(self, lowered: str) -> list[Hit]:
        """Give the verbs in a masked text in small letters: rule by rule, each rule's in the order of the text."""
        places = [match.start() for match in self._any.finditer(lowered)]
        return [hit for rule in self._rules for hit in _of_rule(rule, lowered, places)]


def _of_rule(rule: Rule, lowered: str, places: Sequence[int]) -> Iterator[Hit]:
    for pattern, is_base in rule.verbs:
        for place in places:
            match = pattern.match(lowered, place)
            if match and not _is_attribute(lowered, match):
                yield Hit(place, match.end(), rule, is_base)


def _is_attribute(lowered: str, verb: re.Match[str]) -> bool:
    """Tell whether one word after an article is no verb but a noun or its attribute: "the docked capsule"."""
    return " " not in verb[0] and bool(
        _DETERMINED.search(lowered, max(0, verb.start() - _FURTHEST_DETERMINER), verb.start())
    )
