"""A text cut into its words: with a blank for all but letters, they stand apart, and few need a closer look."""

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

_LETTERS: Final = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
"""Letters, with combining marks after any of them."""

_WORD: Final = re.compile(rf"{_LETTERS}(?:['’ʼ`]{_LETTERS})*")
_APOSTROPHE: Final = re.compile(r"['’ʼ`]")

_ALIKE: Final = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+(?: [^\x00-\x7f]+)*")
"""Python translates what is all ASCII many times faster, as bytes; a blank between other words goes with these."""


class Cut(NamedTuple):
    """The words of a text, and where each begins; last in `starts` is where the text ends."""

    words: list[str]
    starts: list[int]


class Cutter:
    """Cuts texts. `elisions` may stand with an apostrophe before a name (d'Anton): they are cut off."""

    def __init__(self, elisions: Collection[str]) -> None:
        self._elisions = elisions

    def cut(self, text: str) -> Cut:
        """Cut a text; linear in its length."""
        blanked = _blanked(text)
        words: list[str] = []
        starts: list[int] = []
        place = 0
        for word in blanked.split(" "):
            if word:
                words.append(word)
                starts.append(place)
                place += len(word) + 1
            else:
                place += 1
        if not blanked.replace(" ", "").isalpha():
            words, starts = self._looked_into(text, words, starts)
        starts.append(len(text))
        return Cut(words, starts)

    def _looked_into(self, text: str, rows: list[str], places: list[int]) -> tuple[list[str], list[int]]:
        """Give the words, and where they begin, of rows of letters, of which some hold other signs, too."""
        words: list[str] = []
        starts: list[int] = []
        done = 0
        for index in [index for index, row in enumerate(rows) if not row.isalpha()]:
            words += rows[done:index]
            starts += places[done:index]
            done = index + 1
            for start, end in self._words(text, places[index], places[index] + len(rows[index])):
                words.append(text[start:end])
                starts.append(start)
        return words + rows[done:], starts + places[done:]

    def _words(self, text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Give the words of a part of a text, each without an elision (d'Anton) and without a possessive (Anton's)."""
        for match in _WORD.finditer(text, first, last):
            word, start = match[0], match.start()
            mark = None if word.isalpha() else _APOSTROPHE.search(word)
            begin, end = self._trimmed(word, mark) if mark else (0, len(word))
            yield start + begin, start + end

    def _trimmed(self, word: str, mark: re.Match[str]) -> tuple[int, int]:
        head, rest = word[: mark.start()], word[mark.end() :]
        is_elided = head.casefold() in self._elisions and (head.islower() or rest[:1].islower())
        begin = mark.end() if is_elided else 0
        last = max(word.rfind(sign) for sign in "'’ʼ`")
        end = last if last > begin and word[last + 1 :] in ("s", "S") else len(word)
        return begin, end


def _blanked(text: str) -> str:
    """Give a text in which all is blank that is in no word: letters, marks and apostrophes stay in their places."""
    if not text.isascii():
        for sign, instead in _USUAL_SIGNS:
            text = text.replace(sign, instead)
    if text.isascii():
        return text.encode().translate(_ASCII).decode()
    return "".join([_blanked(run) if run.isascii() else run.translate(_CHARACTERS) for run in _ALIKE.findall(text)])


class _Characters(dict[int, str]):
    """A memo of what stands for a character, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = instead = _instead(chr(code))
        return instead


def _instead(character: str) -> str:
    if _APOSTROPHE.match(character) and not character.isalpha():  # ʼ is a letter
        return "'"
    return character if _WORD.fullmatch(f"a{character}") else " "


_CHARACTERS: Final = _Characters()
_USUAL_SIGNS: Final = [(sign, _CHARACTERS[ord(sign)]) for sign in "“”‘’–—"]
"""Signs without which most texts are all ASCII."""

_ASCII: Final = "".join(_CHARACTERS[code] for code in range(128)).encode().ljust(256)
