"""Recall: nouns that may call somebody again who was told of before."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from missionwire_pronouns.cases import case_of
from missionwire_pronouns.forms import Sex
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.phrase import Phrase, is_present
from missionwire_pronouns.tokens import Token, Tokens

_NEAR: Final = 8
"""How many tokens after a noun tell whom its clause is about."""
_LOOK_BACK: Final = 80
"""How many tokens before a noun tell whom its sentence has met."""
_OFFICES: Final = frozenset(
    {"director", "head", "chief", "manager", "spokesman", "spokeswoman", "minister", "president", "mayor", "senator"}
    | {"governor", "administrator", "colleague", "friend", "ambassador", "king", "queen", "surgeon"}
)
"""Who is there beside those who fly."""
_CREWED: Final = frozenset(
    {"mission", "flight", "crew", "team", "expedition", "capsule", "ship", "station", "spacecraft"}
)
_LIVED: Final = frozenset(
    {"survived", "born", "grew", "raised", "studied", "childhood", "flew", "dreamed", "dreamt", "grown"}
)
_LONGEST_TITLE: Final = 3
"""How many words before a noun say which one."""
_PROVINCES: Final = frozenset({"alberta", "ontario", "quebec", "québec", "manitoba", "saskatchewan", "newfoundland"})
"""Parts of Canada: `the man from Alberta`."""


class RecallReader(Struct, frozen=True):
    """Tells what a definite noun says of whom it calls; `named` leads from each token of a name to its first."""

    tokens: Tokens
    lexicon: Lexicon
    named: Mapping[int, int]

    def in_full(self, phrase: Phrase) -> str:
        """Give a noun with the words before it that say which one: `first deputy minister`."""
        words = [phrase.noun]
        for index in range(phrase.last - 1, max(-1, phrase.last - _LONGEST_TITLE - 1), -1):
            token = self.tokens.all[index]
            is_part = token.is_word and (index > phrase.first or (token.is_capital and not phrase.determiner))
            if not is_part or token.sentence != self.tokens.all[phrase.last].sentence:
                break
            words.append(token.lower)
        return " ".join(reversed(words))

    def is_met(self, phrase: Phrase) -> bool:
        """Tell whether a phrase and somebody named are two people: `Lind met the pilot`, `The pilot called her`."""
        start = self.tokens.sentences[self.tokens.all[phrase.first].sentence]
        before = range(max(start, phrase.first - _LOOK_BACK), phrase.first)
        return any(index in self.named for index in before) or self.meets(phrase) is not None

    def meets(self, phrase: Phrase) -> Sex | None:
        """Give the gender of somebody else of whom a pronoun behind a phrase tells: `The pilot called her`.

        Not so in `waited for the pilot and called her`.
        """
        before = self.tokens.at(phrase.first - 1)
        is_governed = before is not None and before.lower in self.lexicon.prepositions
        if is_governed and before is not None and before.lower not in self.lexicon.subordinators:
            return None
        for token in self.tokens.all[phrase.last + 1 : phrase.last + _NEAR]:
            if token.sentence != self.tokens.all[phrase.first].sentence:
                break
            if token.lower == "him":
                return "m"
            if token.lower == "her" and case_of(self.tokens, self.lexicon, token.index) == "object":
                return "f"
        return None

    def is_plain_crew(self, phrase: Phrase) -> bool:
        """Tell whether a phrase is `the cosmonaut` and no more, so that it calls somebody by what is known of them."""
        lexicon = self.lexicon
        is_other = phrase.noun in _OFFICES or phrase.noun in lexicon.medics
        if self._is_told_life(phrase) or (self.is_origin(phrase) and not is_other):
            return True
        if not (phrase.noun in lexicon.crew or phrase.noun in lexicon.trades or self.is_byname(phrase.noun)):
            return False
        words = self.tokens.all[phrase.first + 1 : phrase.last]
        is_plain = all(word.lower in lexicon.demonyms or word.lower.endswith("-year-old") for word in words)
        return is_plain and self._is_closed(phrase)

    def _is_closed(self, phrase: Phrase) -> bool:
        """Tell whether a phrase ends with its noun, or goes on with what somebody is of."""
        after = self.tokens.at(phrase.last + 1)
        return (
            after is None
            or not after.is_word
            or self.lexicon.is_verb(after.lower)
            or after.lower in self.lexicon.copula
            or is_present(self.tokens, self.lexicon, after)
            or after.lower in self.lexicon.conjunctions
            or after.lower in self.lexicon.subordinators
            or after.lower in self.lexicon.adverbs
            or after.lower == "'s"
            or self.is_origin(phrase)
            or self._is_post(after)
        )

    def is_origin(self, phrase: Phrase) -> bool:
        """Tell whether it is said where somebody comes from: `the engineer from Porto`."""
        from_, place = self.tokens.at(phrase.last + 1), self.tokens.at(phrase.last + 2)
        return from_ is not None and from_.lower == "from" and place is not None and place.is_capital

    def people_of(self, phrase: Phrase) -> str:
        """Give the people whom a phrase calls by itself, or by the land it is from: `the man from Texas`."""
        if self.is_byname(phrase.noun) and not phrase.noun.endswith("-year-old"):
            return phrase.noun
        place = self.tokens.at(phrase.last + 2)
        if place is None or not self.is_origin(phrase) or phrase.noun in _OFFICES:
            return ""
        if place.lower in _PROVINCES:
            return "canadian"
        return "american" if place.lower in self.lexicon.states_of_america else ""

    def _is_post(self, of: Token) -> bool:
        """Tell whether it is said of what somebody is captain: `the captain of the mission`."""
        words = self.tokens.after(of, _LONGEST_TITLE)
        return of.lower == "of" and any(word.lower in _CREWED for word in words)

    def _is_told_life(self, phrase: Phrase) -> bool:
        """Tell whether it is added what somebody has lived through: `The teacher, who grew up in Bari, …`."""
        comma, who = self.tokens.at(phrase.last + 1), self.tokens.at(phrase.last + 2)
        is_added = comma is not None and who is not None and comma.text == "," and who.lower == "who"
        if not is_added or who is None or phrase.noun in _OFFICES or phrase.noun in self.lexicon.medics:
            return False
        return any(word.lower in _LIVED for word in self.tokens.after(who, _NEAR))

    def is_byname(self, noun: str) -> bool:
        """Tell whether a noun calls somebody of the text again: `the Pole`, `the Norwegian`, `the 45-year-old`."""
        return noun in self.lexicon.peoples or noun in self.lexicon.demonyms or noun.endswith("-year-old")
