"""Folded text: one case, no accents, plain quotes, hyphens and spaces, with the way back to the original."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

_PLAIN: Final = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛ʼ′`´", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("\n\x0b\x0c\x85\u2028\u2029", "\n"),
}

_MARKS: Final = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
"""Combining accents, soft hyphens and characters without width: they stand in words and say nothing."""

_UNEVEN: Final = re.compile(rf"[ \n{_MARKS}](?:(?<=[ \n])[ \n]+|(?<=[{_MARKS}])[{_MARKS}]*)")
"""What does not fold letter for letter: marks vanish, a run of spaces becomes one, a blank line a line feed.

What may be first stands first, without a look behind, for so most of a text is passed over quickly.
"""

_UNEVEN_LINES: Final = re.compile(rf"[\n{_MARKS}](?:(?<=\n)[ \n]+|(?<=[{_MARKS}])[{_MARKS}]*)")
"""The same where no space stands beside a space or before a line feed: quicker, as it passes over single spaces."""

_BLANK_LINE: Final = re.compile(r"\n[ \n]+")
"""The same in a text that folds to ASCII, as most do: marks are none. Found by its first letter, which is quickest."""

_ALIKE: Final = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
"""Python translates what is all ASCII many times faster, as bytes."""


class _Letters(dict[int, str]):
    """A memo of how single characters fold, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_LETTERS: Final = _Letters()


def _fold_character(character: str) -> str:
    if plain := _PLAIN.get(character):
        return plain
    if character.isspace():
        return " "
    parts = [part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)]
    folded = parts[0].lower() if len(parts) == 1 else character
    return folded if len(folded) == 1 else character


_USUAL_SIGNS: Final = [(sign, _PLAIN[sign]) for sign in "“”‘’–—"]
"""Signs without which most texts are all ASCII."""

_ASCII: Final = "".join(_LETTERS[code] for code in range(128)).encode().ljust(256)


class Folded:
    """A text as it folds. Places in `text` are not places of the original: `span` leads back."""

    __slots__ = ("_places", "_shifts", "original", "text")

    def __init__(self, original: str) -> None:
        """Fold a text; linear in its length."""
        self.original = original
        self._places: list[int] = []
        self._shifts: list[int] = []
        even = _letters_folded(original)
        self.text = even if _is_even(even) else self._evened(even)

    def _evened(self, even: str) -> str:
        """Take out what does not fold letter for letter, and note where that was."""
        parts: list[str] = []
        place = length = 0
        for match in _uneven(even).finditer(even):
            start, end = match.span()
            left = _folded_run(match[0])
            parts += [_unbroken(even[place:start]), left]
            length += start - place + len(left)
            place = end
            self._places.append(length)
            self._shifts.append(end - length)
        parts.append(_unbroken(even[place:]))
        return "".join(parts)

    def place(self, folded: int) -> int:
        """Give the place in the original of a place in `text`."""
        index = bisect_right(self._places, folded) - 1
        return folded + (self._shifts[index] if index >= 0 else 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the original's span of a part of `text` that is not empty, with the accents of its last letter."""
        last = self.place(end - 1) + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1
        return self.place(start), last


def _letters_folded(text: str) -> str:
    if not text.isascii():
        for sign, plain in _USUAL_SIGNS:
            text = text.replace(sign, plain)
    if text.isascii():
        return text.encode().translate(_ASCII).decode()
    runs = _ALIKE.findall(text)
    return "".join([_letters_folded(run) if run.isascii() else run.translate(_LETTERS) for run in runs])


def _is_even(even: str) -> bool:
    """Tell whether all of a text folds letter for letter, as most words and sentences do."""
    return even.isascii() and "\n" not in even and "  " not in even


def _uneven(even: str) -> re.Pattern[str]:
    """Give the quickest pattern that finds all that does not fold letter for letter."""
    if "  " in even or " \n" in even:
        return _UNEVEN
    return _BLANK_LINE if even.isascii() else _UNEVEN_LINES


def _folded_run(run: str) -> str:
    if run[0] not in " \n":
        return ""
    return "\n" if run.count("\n") > 1 else " "


def _unbroken(text: str) -> str:
    return text.replace("\n", " ")


def fold(text: str) -> str:
    """Give a text in its folded form: `fold("Agência  Espacial")` is `"agencia espacial"`."""
    even = _letters_folded(text)
    return even if _is_even(even) else Folded(text).text


def fold_all(texts: Sequence[str]) -> list[str]:
    """Fold each of several texts."""
    return [fold(text) for text in texts]
