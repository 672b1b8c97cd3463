"""In which language a text is told, of those that there are rules for: by its common words."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final

READ: Final = 1_500
"""So many characters tell the language."""

FEW: Final = 40
"""Of fewer words the common ones tell nothing."""

SHARE: Final = 0.04
"""At least this part of a text's words are common ones of its language."""


def tongue_of(text: str, given: str | None, words: Mapping[str, AbstractSet[str]], default: str) -> str | None:
    """Give the language of a text; None where it is none of those whose `words` are known.

    What the sender says is asked only of a short text: of a translation it may be the language of origin.
    """
    told = text[:READ].lower().split()
    if len(told) < FEW:
        named = (given or default).lower().split("-")[0]
        return named if named in words else None
    shares = {language: sum(map(known.__contains__, told)) / len(told) for language, known in words.items()}
    likeliest = max(shares, key=shares.__getitem__)
    return likeliest if shares[likeliest] >= SHARE else None
