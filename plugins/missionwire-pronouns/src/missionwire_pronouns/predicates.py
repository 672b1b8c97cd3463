"""Predicates: what is said of a pronoun that tells its gender."""

from typing import Final

from msgspec import Struct

from missionwire_pronouns.forms import FORMS, Sex
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.phrase import person_noun
from missionwire_pronouns.tokens import Token, Tokens

_BEARING: Final = (["gave", "birth"], ["gives", "birth"], ["is", "pregnant"], ["was", "pregnant"])
_STAGE: Final = 3
"""How many words `As a girl` has."""
_ARTICLES: Final = frozenset({"a", "an", "the"})
_RANKED: Final = frozenset(
    {"first", "second", "third", "record-holder", "champion", "recordwoman", "leader", "youngest"}
)
"""What one is among others of one's gender."""
_FRONT: Final = 8
"""How many words may stand before a pronoun that say what it is: `The mother of three children, …`."""
_PREDICATE: Final = 12
"""How many tokens what is said of a pronoun may take."""


class PredicateReader(Struct, frozen=True):
    """Tells the gender of a subject pronoun by what it is said to be."""

    tokens: Tokens
    lexicon: Lexicon

    def gender(self, token: Token) -> Sex | None:
        """Give the gender of what is said of a pronoun: `he was the first woman to command the station`."""
        if sex := self._stage(token) or self._fronted(token) or self._ranked(token):
            return sex
        if [word.lower for word in self.tokens.after(token, 2)] in _BEARING:
            return "f"
        words = list(self.tokens.all[token.index + 1 : token.index + _PREDICATE])
        while words and self._is_before_copula(words[0]):  # `he thereby became`, `he has become`
            words.pop(0)
        if not words or not (words[0].lower in self.lexicon.copula or words[0].lower == "become"):
            return None
        for word in words[1:]:
            if word.sentence != token.sentence or word.lower == "'s" or word.lower in self.lexicon.prepositions:
                return None
            noun = person_noun(word.lower, self.lexicon) if word.is_word else None
            if word.is_capital and word.lower not in self.lexicon.demonyms:
                return None
            if noun and not self._describes(word):
                is_office = noun.endswith("man") and noun not in {
                    "man",
                    "woman",
                    "gentleman",
                }  # a woman may be chairman
                return None if is_office and not noun.endswith("woman") else self.lexicon.noun_gender(noun)
            if not word.is_word or word.lower in self.lexicon.verbs or word.lower in FORMS or word.lower == "not":
                return None
        return None

    def _ranked(self, token: Token) -> Sex | None:
        """Give the gender of those among whom somebody is the first: `became the record-holder among women`."""
        words = [word.lower for word in self.tokens.after(token, _PREDICATE)]
        if "among" not in words:
            return None
        place = words.index("among")
        ahead, among = words[:place], [word for word in words[place + 1 :] if word not in self.lexicon.determiners]
        is_ranked = any(word.endswith("est") or word in _RANKED for word in ahead)
        is_one = "the" in ahead and any(word in self.lexicon.copula or word == "become" for word in ahead)
        is_torn = any(self.lexicon.noun_gender(word) for word in ahead) or among[1:2] in (["and"], ["or"], ["'s"])
        return (self.lexicon.many_gender(among[0]) or None) if among and is_ranked and is_one and not is_torn else None

    def _stage(self, token: Token) -> Sex | None:
        """Give the gender of what somebody was by then: `As a girl he …`, `As a young man, he …`."""
        start = self.tokens.sentences[token.sentence]
        words = [t for t in self.tokens.all[start : token.index] if t.text != ","]
        if not _STAGE <= len(words) <= _STAGE + 1 or [t.lower for t in words[:2]] not in (["as", "a"], ["as", "an"]):
            return None
        return self.lexicon.noun_gender(words[-1].lower) if person_noun(words[-1].lower, self.lexicon) else None

    def _fronted(self, token: Token) -> Sex | None:
        """Give the gender of what is said of a pronoun before it: `The mother of three, he was chosen in May`.

        Not so where the pronoun only tells who says or thinks so: `The mother of three, he said, …`.
        """
        verb, comma = self.tokens.at(token.index + 1), self.tokens.at(token.index - 1)
        words = self.tokens.all[self.tokens.sentences[token.sentence] : token.index - 1]
        if comma is None or comma.text != "," or verb is None or not 1 < len(words) <= _FRONT:
            return None
        if verb.lower in self.lexicon.speech or not self.lexicon.is_verb(verb.lower):
            return None
        if words[0].lower not in _ARTICLES or any(w.text == "," or self.lexicon.is_verb(w.lower) for w in words):
            return None
        for word in words[1:]:
            if word.lower in self.lexicon.prepositions or word.lower == "'s":
                return None
            if word.is_word and person_noun(word.lower, self.lexicon) and not self._describes(word):
                return self.lexicon.noun_gender(word.lower)
        return None

    def _is_before_copula(self, word: Token) -> bool:
        lower = word.lower
        is_adverb = lower in self.lexicon.adverbs or lower.endswith("ly") or lower in {"thereby", "thus", "hence"}
        return is_adverb or (lower in self.lexicon.auxiliary and lower not in self.lexicon.copula)

    def _describes(self, word: Token) -> bool:
        """Tell whether a noun only belongs to the next word: `the woman's`, `a woman astronaut`."""
        after = self.tokens.at(word.index + 1)
        if after is None or not after.is_word:
            return False
        return after.lower == "'s" or after.is_capital or person_noun(after.lower, self.lexicon) is not None
