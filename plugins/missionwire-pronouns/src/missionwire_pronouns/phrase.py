"""Noun phrases for people: what one holds, and where it begins."""

from typing import Final

from msgspec import Struct

from missionwire_pronouns.forms import Sex
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.tokens import Token, Tokens

REACH: Final = 6
"""How many words a noun phrase may have before its noun."""


class Phrase(Struct, frozen=True):
    """A noun phrase about one person: the indices of its first token and of its noun, the determiner, what it says.

    `determiner` is lower-case, `'s` after a possessor, and empty where there is none.
    """

    first: int
    last: int
    noun: str
    determiner: str
    gender: Sex | None
    is_predicate: bool
    has_modifier: bool
    is_other: bool = False
    is_many: bool = False

    @property
    def is_definite(self) -> bool:
        """Whether it speaks of somebody known already."""
        return self.determiner in {"the", "this", "that"}


def person_noun(word: str, lexicon: Lexicon) -> str | None:
    """Give the noun for a person that a word is, also as the last part of a compound (`ex-commander`)."""
    if lexicon.is_person_noun(word):
        return word
    if "-" not in word:
        return None
    last = word.rpartition("-")[2]
    return last if lexicon.is_person_noun(last) else None


def is_present(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether a word in `-s` is a verb by what follows: `accuses Lind`, `takes the keys`."""
    after = tokens.at(token.index + 1)
    is_third = token.lower.endswith("s") and not token.lower.endswith("ss")
    return is_third and after is not None and (after.is_capital or lexicon.is_function_word(after.lower))


def head_of(tokens: Tokens, lexicon: Lexicon, token: Token) -> tuple[int, str]:
    """Walk back from a noun to the determiner of its phrase."""
    first = token.index
    for index in range(token.index - 1, max(-1, token.index - 1 - REACH), -1):
        before = tokens.all[index]
        if before.sentence != token.sentence:
            break
        if before.lower in lexicon.determiners or before.lower == "'s":
            return (first if before.lower == "'s" else index), before.lower
        if before.lower == "one" and index < token.index:  # `only one voter`
            return index, "a"
        if before.text in "'’" and before.start == tokens.all[index - 1].end:
            return first, "'s"
        if not _may_modify(before, lexicon):
            break
        first = index
    return token.index, ""


def _may_modify(token: Token, lexicon: Lexicon) -> bool:
    if not token.is_word:
        return token.text[0].isdigit() or token.text == '"'
    if token.lower in lexicon.adverbs:
        return token.lower in {
            "first",
            "next",
            "last",
            "late",
            "most",
            "least",
            "longer",
            "best",
            "very",
            "early",
            "once",
            "then",
        }
    return not lexicon.is_function_word(token.lower) and token.lower not in lexicon.verbs
