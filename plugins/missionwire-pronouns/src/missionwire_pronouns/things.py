"""Things: what English may speak of as `she` or `it`, where a text tells of it."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Thing
from missionwire_pronouns.phrase import person_noun
from missionwire_pronouns.tokens import Token, Tokens
from missionwire_pronouns.told import Told

_TO_PLACES: Final = frozenset(
    {"to", "left", "leaves", "leave", "leaving", "visited", "visits", "reached", "toured", "entered"}
)
"""What leads to a place: `had never left the island`."""
_HEAD: Final = 3
"""How many words may stand before the noun that a sentence begins with: `The European space agency`."""
_FOND: Final = 6
"""How many words before a thing may say that somebody is fond of it, or that it is only a place."""


class Things:
    """The things of a text, in its order; they are looked for once somebody asks for them, and few rules do."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon) -> None:
        """Take the text."""
        self._tokens = tokens
        self._lexicon = lexicon

    @Told
    def all(self) -> tuple[Thing, ...]:
        """All of them."""
        perhaps = self._tokens.which(self._lexicon.perhaps_things & self._tokens.places.keys())
        return tuple(thing for token in perhaps if (thing := _thing(self._tokens, self._lexicon, token)))

    @Told
    def has_vessel(self) -> bool:
        """Whether a ship or a country is among them, which may be `she`."""
        return any(thing.what in {"vessel", "country"} for thing in self.all)

    def between(self, first: int, last: int) -> Sequence[Thing]:
        """Give those that stand at the tokens `first` to `last`, both inclusive."""
        start = bisect_left(self.all, first, key=lambda t: t.token)
        return self.all[start : bisect_left(self.all, last + 1, key=lambda t: t.token)]


def _thing(tokens: Tokens, lexicon: Lexicon, token: Token) -> Thing | None:
    if token.lower in lexicon.vessel or (token.lower in lexicon.craft and _is_loved(tokens, lexicon, token)):
        return Thing(token.index, token.start, token.end, "vessel", token.sentence, token.text)
    if token.lower in lexicon.craft and not token.is_capital:
        is_head = token.index - tokens.sentences[token.sentence] <= _HEAD
        return Thing(token.index, token.start, token.end, "device", token.sentence, token.text, is_head)
    is_country = token.lower in lexicon.country or (token.lower in lexicon.countries and token.is_capital)
    if is_country and not _is_governed(tokens, lexicon, token) and not _describes_person(tokens, lexicon, token):
        return Thing(token.index, token.start, token.end, "country", token.sentence, token.text)
    if token.lower in lexicon.organisation:
        is_head = token.index - tokens.sentences[token.sentence] <= _HEAD
        return Thing(token.index, token.start, token.end, "organisation", token.sentence, token.text, is_head)
    if token.lower in {"it", "its"} and not token.is_quoted:
        is_head = token.index == tokens.sentences[token.sentence]
        return Thing(token.index, token.start, token.end, "it", token.sentence, token.text, is_head)
    return None


def _is_governed(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether a preposition leads to a country, so that it is only where something is: `to the country`."""
    index = token.index - 1
    while (before := tokens.at(index)) and index > token.index - _FOND and before.sentence == token.sentence:
        if before.lower in lexicon.prepositions or before.lower in _TO_PLACES:
            return True
        if not before.is_word or (lexicon.is_function_word(before.lower) and before.lower not in lexicon.determiners):
            return False
        if lexicon.is_verb(before.lower):
            return False
        index -= 1
    return False


def _describes_person(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether a word only says what kind of person is meant: `the moon man`, `a church organist`."""
    after = tokens.at(token.index + 1)
    return after is not None and after.is_word and person_noun(after.lower, lexicon) is not None


def _is_loved(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether something is spoken of fondly, so that it may be `she`: `loves the old capsule`."""
    words = tokens.all[max(0, token.index - _FOND) : token.index]
    return any(word.lower in lexicon.fondness and word.sentence == token.sentence for word in words)
