"""Words found by their first letters: most words of a text are passed over by that letter alone."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

_NO_CAPITALS: Final = bytes({*range(0xC0), 0xC2, 0xE2})
"""In UTF-8 what ASCII, and signs such as quotation marks and dashes, are written with."""


def in_small_letters(text: str) -> str:
    """Give a text in small letters, each in its place: `İ` alone would become two.

    Most texts have capitals of ASCII alone, which are quicker to find in bytes.
    """
    written = text.encode("utf-8", "surrogatepass")
    if written.translate(None, _NO_CAPITALS):
        return text.replace("İ", "i").lower()
    return written.lower().decode("utf-8", "surrogatepass")


def by_first_letter(words: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Give regular expressions for what is left of words behind their first letters, by that letter.

    To each word belongs the pattern of what follows it; blanks in a phrase stand for any. Of words that begin with one
    letter those are tried first that are given first.
    """
    rests: dict[str, list[tuple[str, str]]] = {}
    for word, follows in words:
        rests.setdefault(word[0], []).append((word[1:], follows))
    return {letter: _any_rest(each) for letter, each in rests.items()}


def _any_rest(rests: Iterable[tuple[str, str]]) -> str:
    """Give a regular expression for rests of words, in which what several begin with is tried once for all of them."""
    further: dict[str, list[tuple[str, str]]] = {}
    for rest, follows in rests:
        further.setdefault(rest[:1], []).append((rest[1:], follows))
    branches: list[str] = []
    for letter, each in further.items():
        branches += [_letter(letter) + _any_rest(each)] if letter else [follows for _, follows in each]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _letter(letter: str) -> str:
    return r"\s+" if letter == " " else re.escape(letter)


def any_word(words: Iterable[tuple[str, str]]) -> str:
    """Give a regular expression for words in small letters, each with the pattern of what follows it.

    It begins anywhere; a word boundary before it finds whole words, and is cheaper than to look behind.
    """
    branches = (f"{letter}(?:{rests})" for letter, rests in by_first_letter(words).items())
    return f"(?:{'|'.join(branches)})"


def led_by(*openings: tuple[str, str]) -> re.Pattern[str]:
    """Give a regular expression for words, each with the pattern of what follows it, with the sign before the word.

    For texts to which a blank was put in front: the match then begins at the place that the word has in the text. A
    search for the sign passes quickly over what is inside of words, which a word boundary does not.
    """
    return re.compile(rf"[^A-Za-z]{any_word((word, follows) for words, follows in openings for word in words.split())}")
