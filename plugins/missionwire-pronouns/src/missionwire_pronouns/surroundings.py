"""Surroundings: the words around a `her`, of its own sentence."""

from typing import Final, NamedTuple

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.tokens import Token, Tokens

_PASSED: Final = frozenset({"midnight", "noon", "dawn", "the"})
"""What comes after the preposition `past`."""


class Surroundings(NamedTuple):
    """A `her` with the words around it; `before` is empty at the beginning of a sentence."""

    tokens: Tokens
    lexicon: Lexicon
    position: int
    before: str
    after: Token
    further: Token | None

    @property
    def is_first(self) -> bool:
        """Whether only one word of the sentence stands before."""
        return self.position == self.tokens.sentences[self.after.sentence] + 1

    @property
    def is_followed_by_small(self) -> bool:
        """Whether an article, a number or a name comes second."""
        word = self.further
        is_small = word is not None and (word.lower in self.lexicon.determiners or word.lower in self.lexicon.numbers)
        return is_small or (word is not None and word.is_capital)

    @property
    def leads_on(self) -> bool:
        """Whether the word after leads to a place, a time or something alike: `near the gate`, `past midnight`."""
        word = self.further
        if word is None or not word.is_word:
            return False
        is_place = word.lower in self.lexicon.determiners or word.is_capital
        return word.lower in _PASSED if self.after.lower == "past" else is_place


def is_content(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a word may be a noun, a verb or an adjective."""
    return not lexicon.is_function_word(token.lower) and token.lower not in lexicon.adverbs
