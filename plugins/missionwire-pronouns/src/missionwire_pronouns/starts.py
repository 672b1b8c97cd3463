"""Starts: whether the word that a sentence begins with has its capital letter only for that."""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.phrase import is_present, person_noun
from missionwire_pronouns.tokens import Token, Tokens
from missionwire_pronouns.vocabulary import load_vocabulary

_PLURALS: Final = ("tions", "ments", "ings", "nesses", "ships", "ities", "ures", "sions", "ics")
_LONG: Final = 9
"""From how many letters on a plural that the vocabulary has is nobody's name: `Helicopters`, not `Waters`."""
_VERB_AFTER_ONE: Final = frozenset({"is", "was", "has", "does", "isn't", "wasn't", "hasn't", "doesn't"})
_VERB_AFTER_SOME: Final = frozenset({"are", "were", "have", "do", "aren't", "weren't", "haven't", "don't"})
_OBJECTS: Final = frozenset({"his", "her", "its", "their", "my", "our", "a", "an", "nothing", "everything", "every"})
"""What no name comes right before."""
_PARTICLES: Final = frozenset({"up", "off", "out", "on", "down", "away", "back", "in", "over"})
_OPENING: Final = frozenset({'"', "“", "‘", "'", "(", "«", "„"})
_CLOSING: Final = frozenset({'"', "”", "’", "'", "»", "“"})
_LEFT: Final = frozenset({"alone", "behind", "to", "unattended", "without", "with", "in", "at", "by", "out", "off"})
"""What `Left` stands before where it begins a sentence and is no name."""


class StartReader(Struct, frozen=True):
    """Tells plain words from names; `is_plain` tells of a word with a capital whether it is also written small."""

    tokens: Tokens
    lexicon: Lexicon
    is_plain: Callable[[str], bool]

    def is_plain_start(self, token: Token, before: Token | None, after: Token | None) -> bool:
        """Tell whether one word at the head of a sentence is a plain word: also written small, an adverb, a plural."""
        if before is not None and before.sentence == token.sentence and before.text not in _OPENING:
            return False
        word = token.lower
        if self._is_bare_verb(word, after) or self._is_before_noun(after):
            return True
        is_left = word == "left" and after is not None and after.lower in _LEFT
        if is_left or self.is_plain(word) or word.endswith(("ly", "ing", "wards", "wise")):
            return True
        is_said = token.is_quoted and self._is_told_state(after)
        if (is_said or not self._may_tell_of_name(after)) and word in load_vocabulary():
            return True
        return self._is_plural(word, after)

    def _is_bare_verb(self, word: str, after: Token | None) -> bool:
        """Tell whether a verb begins a sentence: `Took the controls`, `Packs her bag`."""
        if after is not None and after.lower in _OBJECTS:
            return True
        return (self.lexicon.is_verb(word) and self._has_object(after)) or self._is_first_deed(word, after)

    def _is_told_state(self, copula: Token | None) -> bool:
        """Tell whether it is said how something is: `“Overload is normal”`, `“Spaceflight is full of …`."""
        state = self.tokens.at(copula.index + 1) if copula is not None else None
        if copula is None or state is None or copula.lower not in self.lexicon.copula:
            return False
        return state.is_word and not state.is_capital and not self.lexicon.is_function_word(state.lower)

    def _may_tell_of_name(self, after: Token | None) -> bool:
        """Tell whether a plain word may be somebody's name by what follows: `Storm smiled`, not `Soup,” says Storm`."""
        if after is not None and after.lower in self.lexicon.prepositions:
            return False
        if after is not None and after.lower in self.lexicon.adverbs:
            after = self.tokens.at(after.index + 1)
        if after is None:
            return False
        if after.text == ",":
            following = self.tokens.at(after.index + 1)
            return following is not None and following.text not in _CLOSING
        is_joined = after.lower in {"'s", "and", "who", "whose"} or after.text in {"(", ":"}
        return is_joined or self.lexicon.is_verb(after.lower) or is_present(self.tokens, self.lexicon, after)

    def _is_first_deed(self, word: str, comma: Token | None) -> bool:
        """Tell whether a word is the first of several deeds: `Nods, smiles, goes home`."""
        following = self.tokens.at(comma.index + 1) if comma is not None and comma.text == "," else None
        if following is None or not following.is_word or following.is_capital or not word.endswith("s"):
            return False
        after = self.tokens.at(following.index + 1)
        is_deed = following.lower.endswith("s") and not self.lexicon.is_function_word(following.lower)
        return is_deed and (after is None or after.text == "," or self.lexicon.ends_phrase(after.lower))

    def _has_object(self, after: Token | None) -> bool:
        """Tell whether something that a verb takes follows, perhaps after a small word: `Hung up the suit`."""
        if after is not None and after.lower in _PARTICLES:
            after = self.tokens.at(after.index + 1)
        return after is not None and after.lower in self.lexicon.determiners

    def _is_before_noun(self, after: Token | None) -> bool:
        """Tell whether a word only begins a compound noun, after which a verb comes: `Hurricane season began`."""
        verb = self.tokens.at(after.index + 1) if after is not None else None
        if after is None or verb is None or after.is_capital or not after.is_word or verb.sentence != after.sentence:
            return False
        is_noun = not (self.lexicon.ends_phrase(after.lower) or after.lower.endswith(("s", "ed", "ing", "ly")))
        return is_noun and self.lexicon.is_verb(verb.lower)

    def _is_plural(self, word: str, after: Token | None) -> bool:
        """Tell whether a word at the head of a sentence is for many: `Engines and detectors`, `Lorries drive`."""
        if after is not None and after.lower in _VERB_AFTER_ONE:
            return False
        is_plural = word.endswith("s") and not word.endswith("ss")
        if is_plural and after is not None and after.lower == "and":  # `Engines and detectors`, not `Lars and Moe`
            following = self.tokens.at(after.index + 1)
            return following is not None and following.text.islower() and following.lower.endswith("s")
        if (
            is_plural and after is not None and after.lower in self.lexicon.base_forms
        ):  # `Lorries drive`, not `Lars drives`
            return True
        is_some = after is not None and (after.lower in _VERB_AFTER_SOME or after.lower in self.lexicon.prepositions)
        is_long = is_plural and len(word) >= _LONG and {word, word[:-1]} <= load_vocabulary()
        return (
            (is_plural and is_some)
            or is_long
            or word.endswith(_PLURALS)
            or person_noun(word.removesuffix("s"), self.lexicon) is not None
        )
