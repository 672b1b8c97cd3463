"""A text cut into its words: at the blanks before words first, for the same tokens come again and again."""

import re
from collections.abc import Collection
from itertools import accumulate, chain
from typing import Final, NamedTuple

_LETTERS: Final = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
"""Letters, with combining marks after any of them."""

_WORD: Final = re.compile(rf"({_LETTERS}(?:['’ʼ`]{_LETTERS})*)")
_APOSTROPHE: Final = re.compile(r"['’ʼ`]")
_GLUE: Final = "\0"
"""Stands for a blank at which a text is not cut, while it is cut at all the others."""

_LONGEST_KEPT: Final = 40
_MOST_KEPT: Final = 4_096


class Cut(NamedTuple):
    """The words of a text, where each begins, and what stands before each of them and after the last one."""

    words: list[str]
    starts: list[int]
    gaps: list[str]


class Cutter:
    """Cuts texts. `elisions`, of ASCII letters, may stand with an apostrophe before a name (d'Anton): it is cut off."""

    def __init__(self, elisions: Collection[str]) -> None:
        self._tokens = _Tokens(elisions)
        self._uncut = _uncut(elisions)

    def cut(self, text: str) -> Cut:
        """Cut a text; linear in its length."""
        if _GLUE in text:  # as good as never
            pieces = self._tokens.pieces(text)
        else:
            head, *tokens = self._uncut.sub(_GLUE, f" {text}").split(" ")
            pieces = self._tokens.pieces(head[1:].replace(_GLUE, " ")) if head else [""]  # a letter is first, mostly
            pieces += chain.from_iterable(map(self._tokens.__getitem__, tokens))
        bounds = list(accumulate(map(len, pieces)))
        gaps = pieces[::2]
        gaps[-1] = gaps[-1][:-1]  # no blank stands after the last token
        return Cut(pieces[1::2], bounds[:-1:2], gaps)


def _uncut(elisions: Collection[str]) -> re.Pattern[str]:
    """Match a blank before a sign, or before what may be an elision: it belongs to the gap before a word."""
    return re.compile(rf" (?![A-Za-z][^'’ʼ`]{{{max(map(len, elisions))}}})")


class _Tokens(dict[str, list[str]]):
    """A memo of tokens that begin with a word: each word of one, and what stands after it, with a blank at the end.

    Long ones are not kept, and when it is full, it forgets all.
    """

    def __init__(self, elisions: Collection[str]) -> None:
        super().__init__()
        self._elisions = elisions

    def __missing__(self, token: str) -> list[str]:
        pieces = self.pieces(token.replace(_GLUE, " "))[1:]
        if len(token) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[token] = pieces
        return pieces

    def pieces(self, token: str) -> list[str]:
        """Give the words of a token, with what stands before, between and after them."""
        pieces = _WORD.split(f"{token} ")
        for index in range(1, len(pieces), 2):
            word = pieces[index]
            if not word.isalpha() and (mark := _APOSTROPHE.search(word)):
                begin, end = self._trimmed(word, mark)
                pieces[index - 1 : index + 2] = (
                    pieces[index - 1] + word[:begin],
                    word[begin:end],
                    word[end:] + pieces[index + 1],
                )
        return pieces

    def _trimmed(self, word: str, mark: re.Match[str]) -> tuple[int, int]:
        """Give the span of a word without an elision (d'Anton) and without a possessive (Anton's)."""
        head, rest = word[: mark.start()], word[mark.end() :]
        is_elided = head.casefold() in self._elisions and (head.islower() or rest[:1].islower())
        begin = mark.end() if is_elided else 0
        last = max(word.rfind(sign) for sign in "'’ʼ`")
        end = last if last > begin and word[last + 1 :] in ("s", "S") else len(word)
        return begin, end
