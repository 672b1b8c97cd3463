"""Possession: phrases that tell whose something is by themselves."""

from collections.abc import Sequence
from typing import Final

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.tokens import Token, Tokens

_STEM: Final = 5
"""How many letters of two words must be equal for one to repeat the other."""
_REACH: Final = 3


def is_bound(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether a phrase wants its subject as the owner: `on his own`, `held her breath`, `with her left hand`."""
    nouns = _following(tokens, owner)
    if nouns and nouns[0].lower == "own":
        return True
    verbs = tokens.all[max(0, owner.index - 2) : owner.index]
    return any(f"{verb.lower}-{noun.lower}" in lexicon.bound for verb in verbs for noun in nouns)


def is_bodily(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether a part of the body or dress follows, and no verb says that somebody else's is handled."""
    before = tokens.all[max(0, owner.index - _REACH) : owner.index]
    has_body = any(noun.lower in lexicon.body for noun in _following(tokens, owner))
    return has_body and not any(word.lower in lexicon.handling for word in before)


def echo_of(tokens: Tokens, owner: Token) -> int | None:
    """Give the deed of the sentence before that the owned noun repeats: `began training … his training`."""
    nouns = _following(tokens, owner)
    if not nouns or len(nouns[0].lower) <= _STEM:
        return None
    stem = _stem(nouns[0].lower)
    for word in tokens.sentence(owner.sentence - 1):
        if word.is_word and not word.is_quoted and len(word.lower) > _STEM and _stem(word.lower) == stem:
            return word.index
    return None


def _following(tokens: Tokens, owner: Token) -> Sequence[Token]:
    return [token for token in tokens.all[owner.index + 1 : owner.index + _REACH] if token.sentence == owner.sentence]


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ions", "ion", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word
