"""Words found by their first letters: most words of a text are passed over by that letter alone."""

import re
from collections.abc import Iterable, Mapping


def in_small_letters(text: str) -> str:
    """Give a text in small letters, each in its place: `İ` alone would become two."""
    return text.replace("İ", "i").lower()


def by_first_letter(words: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Give regular expressions for what is left of words behind their first letters, by that letter.

    To each word belongs the pattern of what follows it; blanks in a phrase stand for any. Of words that begin with one
    letter those are tried first that are given first.
    """
    rests: dict[str, list[str]] = {}
    for word, follows in words:
        rests.setdefault(word[0], []).append(re.escape(word[1:]).replace("\\ ", r"\s+") + follows)
    return {letter: "|".join(each) for letter, each in rests.items()}


def any_word(words: Iterable[tuple[str, str]]) -> str:
    """Give a regular expression for words in small letters, each with the pattern of what follows it.

    It begins anywhere; a word boundary before it finds whole words, and is cheaper than to look behind.
    """
    branches = (f"{letter}(?:{rests})" for letter, rests in by_first_letter(words).items())
    return f"(?:{'|'.join(branches)})"
