"""Feelings: what somebody tells of themselves, since nobody else can know it."""

from collections.abc import Set as AbstractSet
from typing import Final, Literal

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.tokens import Token, Tokens

_FEELING: Final = frozenset(
    {"proud", "grateful", "thankful", "thrilled", "delighted", "moved", "touched", "honoured", "honored", "overwhelmed"}
    | {"wept", "cried", "dreamed", "dreamt", "looking", "looked", "alone", "lonely", "homesick", "speechless"}
    | {"miss", "missed"}
)
_WISHES: Final = frozenset(
    {
        "wanted",
        "wants",
        "hoped",
        "hopes",
        "longed",
        "longs",
        "felt",
        "feels",
        "glad",
        "happy",
        "tired",
        "hungry",
        "thirsty",
    }
    | {"afraid", "sad", "dizzy", "forget", "love", "loved", "like", "enjoyed", "believe", "slept"}
)
"""What else somebody tells of themselves, if nobody else is told of."""
_REACH: Final = 5
"""How many words after a pronoun may tell the feeling."""
_BACK: Final = 6
"""How many words before it the verb of saying may stand."""


def feeling_of(tokens: Tokens, lexicon: Lexicon, pronoun: Token) -> Literal["turn", "own"] | None:
    """Tell whether somebody says that they feel something, and whether another has spoken right before them."""
    link = tokens.at(pronoun.index - 1)
    if link is None or not (link.lower == "that" or link.lower in lexicon.speech) or not _is_felt(tokens, pronoun):
        return None
    words = tokens.all[max(tokens.sentences[pronoun.sentence], pronoun.index - _BACK) : pronoun.index]
    verb = next((t for t in reversed(words) if t.lower in lexicon.speech), None)
    if verb is None or verb.is_quoted or verb.lower in lexicon.prompting:
        return None
    before = tokens.sentence(pronoun.sentence - 1)
    return "turn" if any(t.is_quoted for t in before) else "own"


def is_wishing(tokens: Tokens, pronoun: Token) -> bool:
    """Tell whether somebody wants or feels something: `that she most of all wanted to sleep`."""
    return _is_felt(tokens, pronoun, _FEELING | _WISHES)


def _is_felt(tokens: Tokens, pronoun: Token, felt: AbstractSet[str] = _FEELING) -> bool:
    for word in tokens.after(pronoun, _REACH):
        if not word.is_word:
            return False
        if word.lower in felt:
            return True
    return False
