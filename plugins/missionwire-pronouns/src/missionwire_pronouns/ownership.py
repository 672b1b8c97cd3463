"""Ownership by mistake: an `its` that can only be somebody's (`Moe took off its gloves`)."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Mention
from missionwire_pronouns.possession import has_body, is_bound, is_handled
from missionwire_pronouns.tokens import Token, Tokens

_ITS: Final = re.compile(r"\bits\s+(\w+)(?:\s+(\w+))?", re.IGNORECASE)
_LEAD: Final = 3
"""How many words may lead up to who does something: `Last week Moe took off its gloves`."""
_DRESSING: Final = frozenset({"off", "on", "up", "down"})
"""What one takes off, puts on or rolls up is one's own."""
_NOUN: Final = 2
_SHORT: Final = 3
_REACH: Final = 5
"""How many words may stand between somebody and what they do to something."""


class Misowned(NamedTuple):
    """An `its` and whose it is: the first token of a mention."""

    token: Token
    owner: int


def may_hold_its(text: str, lexicon: Lexicon) -> bool:
    """Tell whether an `its` of a text stands before a part of the body or dress."""
    words = (word.lower() for found in _ITS.finditer(text) for word in found.groups() if word)
    return any(word in lexicon.body or word in lexicon.personal or word in lexicon.bound_nouns for word in words)


def find_misowned(tokens: Tokens, lexicon: Lexicon, mentions: Mapping[int, Mention]) -> Iterator[Misowned]:
    """Give each `its` that is a part of the body or dress of who does something to it.

    Somebody of known gender is named first in the paragraph, and nothing but the verb stands between: no robot, dog or
    child is told of before to whom it could belong.
    """
    for token in tokens.which(("its",)):
        start = tokens.sentences[token.sentence]
        if token.is_quoted or (token.sentence and tokens.all[start - 1].paragraph == token.paragraph):
            continue
        if not _is_of_somebody(tokens, lexicon, token):
            continue
        first = next(
            (index for index in range(start, _end_of_lead(tokens, lexicon, token, start)) if index in mentions), start
        )
        owner = mentions.get(first)
        if owner is None or owner.role != "subject" or owner.gender not in {"f", "m"} or owner.kind == "many":
            continue
        between = tokens.all[owner.last + 1 : min(token.index, owner.last + _REACH + 2)]
        is_dressing = (between and between[-1].lower in _DRESSING) or is_bound(tokens, lexicon, token)
        if is_handled(tokens, lexicon, token) and not is_dressing:
            continue
        if 0 < len(between) <= _REACH + 1 and _is_plain_verb(between, lexicon):
            yield Misowned(token, first)


def _is_of_somebody(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether only people have what is owned: `its gloves`, `held its breath`."""
    nouns = tokens.after(owner, _NOUN)
    if any(noun.lower in lexicon.personal for noun in nouns) or has_body(tokens, lexicon, owner):
        return True
    return any(noun.lower in lexicon.bound_nouns for noun in nouns) and is_bound(tokens, lexicon, owner)


def _end_of_lead(tokens: Tokens, lexicon: Lexicon, owner: Token, start: int) -> int:
    """Give the token before which somebody must begin who does something: some words on, or behind a first comma.

    What leads up to a comma begins with a preposition or a participle: `Hanging from a rope, Moe counted on its …`.
    """
    opener = tokens.all[start].lower
    if opener in lexicon.prepositions or opener.endswith(("ing", "ed")):
        comma = next((t.index for t in tokens.all[start : owner.index] if t.text == ","), start)
        return comma + _LEAD + 1
    return start + _LEAD + 1


def _is_plain_verb(words: tuple[Token, ...], lexicon: Lexicon) -> bool:
    """Tell whether words are a verb with what belongs to it: `took off`, `has never raised`, `counted the hours on`."""
    small = lexicon.adverbs | lexicon.auxiliary | lexicon.prepositions
    if len(words) > _SHORT and words[-3].lower == "the" and words[-2].lower.endswith("s"):
        words = words[:-3]
    thing = next((place for place, word in enumerate(words) if word.lower in lexicon.body), 0)
    if thing > 1 and words[1].lower in {"the", "a"}:  # `slid the wedding ring back onto its finger`
        words = (words[0], *words[thing + 1 :])
    verbs = [word for word in words if word.is_word and word.lower not in small]
    is_one = len(verbs) == 1 and (lexicon.is_verb(verbs[0].lower) or verbs[0].lower.endswith(("s", "ing")))
    return is_one and all(word.is_word for word in words)
