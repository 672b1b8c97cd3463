"""Nouns for people: `the actress`, `her husband`, `a doctor`, and whom of those named they belong to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from missionwire_pronouns.forms import Sex
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.tokens import Token, Tokens

_REACH: Final = 6
"""How many words a noun phrase may have before its noun."""
_SEXES: Final[dict[str, Sex]] = {"female": "f", "woman": "f", "women": "f", "girl": "f", "male": "m", "man": "m"}


@dataclass(frozen=True, slots=True)
class Phrase:
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

    @property
    def is_definite(self) -> bool:
        """Whether it speaks of somebody known already."""
        return self.determiner in {"the", "this", "that"}


def find_phrases(tokens: Tokens, lexicon: Lexicon, named: frozenset[int]) -> Iterator[Phrase]:
    """Give the noun phrases for one person, in the order of the text; `named` tokens belong to names."""
    for token in tokens.all:
        if token.index in named:
            continue
        if token.is_word or token.lower.endswith("-year-old"):
            phrase = _phrase(tokens, lexicon, token, named)
            if phrase:
                yield phrase


def _phrase(tokens: Tokens, lexicon: Lexicon, token: Token, named: frozenset[int]) -> Phrase | None:
    noun = person_noun(token.lower, lexicon)
    if noun:
        if _is_modifier(tokens, lexicon, token):
            return None
    elif _ends_like_one(tokens, lexicon, token):
        noun = token.lower
    elif token.lower in lexicon.indefinite:
        return _indefinite(tokens, lexicon, token)
    elif _may_stand_alone(token, lexicon):
        if not _stands_alone(tokens, lexicon, token, named):
            return None
        noun = token.lower
    else:
        return None
    first, determiner = _head(tokens, lexicon, token)
    modifiers = [t.lower for t in tokens.all[first : token.index]]
    gender = lexicon.noun_gender(noun) or next((_SEXES[word] for word in modifiers if word in _SEXES), None)
    return Phrase(
        first=first,
        last=token.index,
        noun=noun,
        determiner=determiner,
        gender=gender,
        is_predicate=determiner != "'s" and _is_predicate(tokens, lexicon, first),
        has_modifier=token.index - first > 1,
        is_other=any(word in lexicon.others for word in modifiers),
    )


def person_noun(word: str, lexicon: Lexicon) -> str | None:
    """Give the noun for a person that a word is, also as the last part of a compound (`ex-commander`)."""
    if lexicon.is_person_noun(word):
        return word
    last = word.rpartition("-")[2]
    return last if last != word and lexicon.is_person_noun(last) else None


def _is_modifier(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether a noun only describes the next one: `test pilot`, `the astronaut corps`."""
    after = tokens.at(token.index + 1)
    if after is None or not after.is_word or after.is_capital:
        return False
    return after.lower in lexicon.compound or bool(
        person_noun(after.lower, lexicon) or person_noun(after.lower.removesuffix("s"), lexicon)
    )


def _ends_like_one(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether an unlisted word ends like a noun for somebody and ends its phrase: `a ghostwriter said`."""
    if token.is_capital or not lexicon.may_be_person_noun(token.lower.rpartition("-")[2]):
        return False
    after = tokens.at(token.index + 1)
    is_last = (
        after is None or not after.is_word or lexicon.is_function_word(after.lower) or lexicon.is_verb(after.lower)
    )
    is_plain = token.lower in lexicon.adverbs or lexicon.is_function_word(token.lower) or token.lower in lexicon.titles
    return is_last and not is_plain and _head(tokens, lexicon, token)[1] != ""


def _indefinite(tokens: Tokens, lexicon: Lexicon, token: Token) -> Phrase | None:
    """Give `somebody`, `another`, `one of them` as somebody unknown, but not `another flight` nor `one day`."""
    after = tokens.at(token.index + 1)
    if token.lower in {"another", "one", "none", "neither", "either"}:
        before = tokens.at(token.index - 1)
        is_alone = after is None or not after.is_word or after.lower in {"of", "who"} or lexicon.is_verb(after.lower)
        if not is_alone or (
            before is not None and before.lower in lexicon.prepositions | {"no", "the", "this", "that"}
        ):
            return None
    is_predicate = _is_predicate(tokens, lexicon, token.index)
    return Phrase(token.index, token.index, token.lower, "", None, is_predicate=is_predicate, has_modifier=False)


def _may_stand_alone(token: Token, lexicon: Lexicon) -> bool:
    return token.lower in lexicon.alone or token.lower.endswith("-year-old") or token.lower in lexicon.demonyms


def _stands_alone(tokens: Tokens, lexicon: Lexicon, token: Token, named: frozenset[int]) -> bool:
    """Tell whether an adjective is somebody: `the youngest slept`, `the American said`, not `the first orbit`."""
    before, after = tokens.at(token.index - 1), tokens.at(token.index + 1)
    if before is None or before.lower not in {"the", "a", "an"}:
        return False
    if after is None or token.index + 1 in named:
        return False
    ahead = tokens.at(before.index - 1)
    if ahead is not None and (
        ahead.lower in lexicon.copula or ahead.lower in {"at", "for", "in", "on", "from", "into", ","}
    ):
        return False
    if token.lower in lexicon.demonyms and (not after.is_word or after.lower in lexicon.conjunctions):
        return True
    return lexicon.is_verb(after.lower) or after.lower in {"who", "whose", "'s"}


def _head(tokens: Tokens, lexicon: Lexicon, token: Token) -> tuple[int, str]:
    """Walk back from a noun to the determiner of its phrase."""
    first = token.index
    for index in range(token.index - 1, max(-1, token.index - 1 - _REACH), -1):
        before = tokens.all[index]
        if before.sentence != token.sentence:
            break
        if before.lower in lexicon.determiners or before.lower == "'s":
            return (first if before.lower == "'s" else index), before.lower
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


def _is_predicate(tokens: Tokens, lexicon: Lexicon, first: int) -> bool:
    """Tell whether a phrase says what somebody is: `is an engineer`, `as a child`, `like a father`."""
    index = first - 1
    while (before := tokens.at(index)) and before.lower in lexicon.adverbs | {"not"}:
        index -= 1
    return before is not None and (before.lower in lexicon.copula or before.lower in {"as", "like", "than"})
