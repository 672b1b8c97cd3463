"""Humanity: what only people do and have, and what is told of ships."""

from itertools import pairwise
from typing import Final

from msgspec import Struct

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.tokens import Token, Tokens

_SINKING: Final = frozenset({"sank", "sinks", "foundered", "capsized"})
"""What ships do: `she sank in 1911`, not `she sank into a chair`."""
_NO_SHIPS: Final = frozenset(
    {"wife", "husband", "mother", "father", "son", "daughter", "brother", "sister", "parents", "children", "sons"}
    | {"daughters", "eyes", "hand", "hands", "feet", "tears", "face", "hair", "arms", "shoulders", "head", "voice"}
)
_INSTRUMENTS: Final = frozenset({"saxophone", "guitar", "violin", "flute", "piano", "trumpet", "cello", "harmonica"})
_PREDICATE: Final = 12
"""How many tokens what is said of a pronoun may take."""
_PERSONS: Final = frozenset({"first", "second", "third", "only", "youngest", "oldest", "a"})
_BACK: Final = 4


class HumanityReader(Struct, frozen=True):
    """Tells people from ships by what is told of them."""

    tokens: Tokens
    lexicon: Lexicon

    def is_human(self, token: Token) -> bool:
        """Tell whether it does what no ship does: `she shook hands`, `did she sleep`, `came in and claimed`."""
        words = self.tokens.after(token, _PREDICATE)
        for before, word in pairwise((token, *words)):
            is_verb = before.index == token.index or before.lower in {"and", "has", "had", "never", "also", "then"}
            if is_verb and word.lower in self.lexicon.humanly:
                return True
            if before.lower in _PERSONS and word.lower == "person":  # `is the first person to …`
                return True
            if not word.is_word:
                return False
        return False

    def is_of_human(self, token: Token) -> bool:
        """Tell whether it owns what no ship has: `six of her colleagues`, `her eyes`."""
        nouns = self.tokens.after(token, 2)
        lists = (self.lexicon.mutual, self.lexicon.personal, self.lexicon.kin, _NO_SHIPS, _INSTRUMENTS)
        return any(n.lower in words for n in nouns for words in lists)

    def is_vessel(self, token: Token) -> bool:
        """Tell whether a pronoun is a ship by what is told of it: `she was built`, `she had been his father's ship`."""
        words = self.tokens.after(token, _BACK)
        if words and words[0].lower in _SINKING:
            return len(words) == 1 or words[1].lower not in {"into", "onto", "to", "down", "back"}
        if not words or words[0].lower not in self.lexicon.auxiliary:
            return False
        for word in self.tokens.all[words[0].index : token.index + _PREDICATE]:
            if word.sentence != token.sentence or not word.is_word or word.lower in self.lexicon.prepositions:
                return False
            if word.lower in self.lexicon.shipwork:
                return True
            if word.lower in self.lexicon.vessel or word.lower in self.lexicon.craft:
                return self.tokens.all[words[0].index + 1].lower in self.lexicon.copula or (
                    words[0].lower in self.lexicon.copula
                )
        return False
