"""A text as tokens that know their sentence, their paragraph and whether they stand inside a quotation."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from msgspec import Struct

_TOKEN: Final = re.compile(
    r"(?P<word>[^\W\d_][\w\u0300-\u036f]*(?:[-'’]\w[\w\u0300-\u036f]*)*)"
    r"|(?P<number>\d[\d.,:]*(?:-[^\W\d_]+)*)"
    r"|``|''|\.\.\.|[^\w\s]|_"
)
_CLITIC: Final = re.compile(r"['’](?:s|d|ll|re|ve|m)$", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(r"\n\s*\n|(?<=[.!?…”\"»])[ \t]*\n")
_OPENING: Final = {"“": "”", "„": "“", "«": "»", "‹": "›", "‘": "’", "``": "''", '"': '"'}
_CLOSING: Final = frozenset("”»›’\"'") | {"''"}
_DASHES: Final = frozenset("—–―-")
_SPEAKERS: Final = frozenset({"he", "she"})
_SAYING: Final = frozenset(
    {
        "says",
        "said",
        "asks",
        "asked",
        "answers",
        "answered",
        "replies",
        "replied",
        "adds",
        "added",
        "admits",
        "admitted",
    }
    | {"recalls", "recalled", "explains", "explained", "jokes", "joked"}
)
_ENDS: Final = frozenset(".!?…") | {"..."}
_BRACKETS: Final = frozenset(")]")
_MOST_CLOSING: Final = 8
"""How many closing marks are looked behind for the end of a sentence."""


class Token(Struct, gc=False):  # thousands are made for an article, and nothing is made faster
    """A word, number or mark. `start` and `end` are code points of the text; sentences and paragraphs count from 0."""

    index: int
    start: int
    end: int
    text: str
    lower: str
    is_word: bool
    sentence: int
    paragraph: int
    is_quoted: bool
    is_capital: bool


class Quotation(NamedTuple):
    """A stretch in quotation marks: the indices of its first and last token, marks included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens of a text, its quotations, and the first token of each sentence."""

    all: tuple[Token, ...]
    quotations: tuple[Quotation, ...]
    sentences: tuple[int, ...]

    def sentence(self, number: int) -> Sequence[Token]:
        """Give the tokens of a sentence; none for a number that is out of range."""
        if not 0 <= number < len(self.sentences):
            return ()
        end = self.sentences[number + 1] if number + 1 < len(self.sentences) else len(self.all)
        return self.all[self.sentences[number] : end]

    def at(self, index: int) -> Token | None:
        """Give a token by its index, None before the first and after the last."""
        return self.all[index] if 0 <= index < len(self.all) else None

    def quotation_before(self, index: int) -> Quotation | None:
        """Give the quotation whose closing mark stands right before a token."""
        place = bisect_right(self.quotations, index, key=lambda q: q.last) - 1
        found = self.quotations[place] if place >= 0 else None
        return found if found and found.last == index - 1 else None


class _Piece(Struct, gc=False):
    start: int
    end: int
    text: str
    is_word: bool


def tokenise(text: str, abbreviations: frozenset[str]) -> Tokens:
    """Cut a text into tokens. Linear in the length of the text; never raises."""
    pieces = list(_pieces(text))
    breaks = [found.end() for found in _PARAGRAPH.finditer(text)]
    paragraphs = [bisect_right(breaks, piece.start) for piece in pieces]
    quotations = tuple(_quotations(pieces, paragraphs))
    quoted = _flags(quotations, len(pieces))
    starts = _sentence_starts(pieces, paragraphs, abbreviations)
    tokens = []
    sentence = -1
    for index, piece in enumerate(pieces):
        sentence += index in starts
        tokens.append(
            Token(
                index=index,
                start=piece.start,
                end=piece.end,
                text=piece.text,
                lower=piece.text.lower().replace("’", "'"),
                is_word=piece.is_word,
                sentence=sentence,
                paragraph=paragraphs[index],
                is_quoted=quoted[index],
                is_capital=piece.text[0].isupper(),
            )
        )
    return Tokens(tuple(tokens), quotations, tuple(sorted(starts)))


def _pieces(text: str) -> Iterator[_Piece]:
    for found in _TOKEN.finditer(text):
        start, end, is_word = found.start(), found.end(), found.lastgroup == "word"
        text_found = found[0]
        if is_word and ("'" in text_found or "’" in text_found) and (clitic := _CLITIC.search(text_found)):
            middle = start + clitic.start()
            yield _Piece(start, middle, text[start:middle], is_word=True)
            yield _Piece(middle, end, text[middle:end], is_word=True)
        elif found.lastgroup == "number" and text[end - 1] in ".,:":
            yield _Piece(start, end - 1, text[start : end - 1], is_word=False)
            yield _Piece(end - 1, end, text[end - 1], is_word=False)
        else:
            yield _Piece(start, end, text_found, is_word=is_word)


def _flags(quotations: Sequence[Quotation], size: int) -> list[bool]:
    flags = [False] * size
    for quotation in quotations:
        flags[quotation.first : quotation.last + 1] = [True] * (quotation.last + 1 - quotation.first)
    return flags


def _quotations(pieces: Sequence[_Piece], paragraphs: Sequence[int]) -> Iterator[Quotation]:
    """Pair the marks within each paragraph; what is not closed reaches to the paragraph's end, so nothing is missed."""
    first = 0
    while first < len(pieces):
        last = bisect_right(paragraphs, paragraphs[first]) - 1
        if pieces[first].text in _DASHES:  # speech set off by a dash
            yield Quotation(first, _end_of_speech(pieces, first, last))
        else:
            yield from _pairs(pieces, first, last)
        first = last + 1


def _end_of_speech(pieces: Sequence[_Piece], first: int, last: int) -> int:
    """Give the last piece of speech that a dash opens.

    In `— I was hungry, she says and smiles.` it ends at the comma before who says so. Where another dash stands in the
    paragraph, its end cannot be told.
    """
    if any(piece.text in _DASHES for piece in pieces[first + 1 : last + 1]):
        return last
    for index in range(first + 1, last - 1):
        said, by = pieces[index + 1].text, pieces[index + 2].text
        is_inverted = said in _SAYING and (by in _SPEAKERS or by[0].isupper())
        if pieces[index].text == "," and (is_inverted or (said in _SPEAKERS and by in _SAYING)):
            return index
    return last


def _pairs(pieces: Sequence[_Piece], first: int, last: int) -> Iterator[Quotation]:
    opened = -1
    closing = ""
    last_single = max((i for i in range(first, last + 1) if _closes_single(pieces, i)), default=-1)
    for index in range(first, last + 1):
        mark = pieces[index].text
        if opened >= 0:
            if mark == closing and (mark != "'" or _closes_single(pieces, index)):
                yield Quotation(opened, index)
                opened = -1
        elif mark in _OPENING and not _is_inch(pieces, index):
            opened, closing = index, _OPENING[mark]
        elif mark == "'" and index < last_single and _opens_single(pieces, index):
            opened, closing = index, "'"
    if opened >= 0:
        yield Quotation(opened, last)


def _is_inch(pieces: Sequence[_Piece], index: int) -> bool:
    """Tell whether a straight mark that opens nothing stands right after a number, as in `a 5" pipe`."""
    before = pieces[index - 1] if index else None
    return (
        pieces[index].text == '"'
        and before is not None
        and before.end == pieces[index].start
        and before.text[-1].isdigit()
    )


def _opens_single(pieces: Sequence[_Piece], index: int) -> bool:
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    before = pieces[index - 1] if index else None
    is_free = before is None or before.end < pieces[index].start
    return is_free and after is not None and after.start == pieces[index].end


def _closes_single(pieces: Sequence[_Piece], index: int) -> bool:
    """Tell whether a straight single mark closes: after a mark of the sentence, so that no possessive is meant."""
    if pieces[index].text != "'" or not index:
        return False
    before = pieces[index - 1]
    return before.end == pieces[index].start and before.text[-1] in ",.!?…"


def _sentence_starts(pieces: Sequence[_Piece], paragraphs: Sequence[int], abbreviations: frozenset[str]) -> set[int]:
    starts = {0} if pieces else set()
    for index in range(1, len(pieces)):
        if paragraphs[index] != paragraphs[index - 1] or _begins_sentence(pieces, index, abbreviations):
            starts.add(index)
    return starts


def _begins_sentence(pieces: Sequence[_Piece], index: int, abbreviations: frozenset[str]) -> bool:
    """Tell whether a sentence ends right before a piece: a gap, an end mark before it, a capital or number after it."""
    if pieces[index - 1].end == pieces[index].start or not _may_begin(pieces, index):
        return False
    back = index - 1
    while back > max(0, index - _MOST_CLOSING) and (pieces[back].text in _CLOSING or pieces[back].text in _BRACKETS):
        back -= 1
    if pieces[back].text not in _ENDS:
        return False
    return pieces[back].text != "." or not _is_abbreviation(pieces, back, abbreviations)


def _may_begin(pieces: Sequence[_Piece], index: int) -> bool:
    piece = pieces[index]
    if piece.text in _OPENING or piece.text in "'([":
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        return following is not None and not following.text[0].islower()
    return piece.text[0].isupper() or piece.text[0].isdigit()


def _is_abbreviation(pieces: Sequence[_Piece], dot: int, abbreviations: frozenset[str]) -> bool:
    """Tell whether the word before a dot is cut short: `Dr.`, an initial, `U.S.`."""
    if dot == 0 or pieces[dot - 1].end != pieces[dot].start:
        return False
    word = pieces[dot - 1].text
    return word.lower() in abbreviations or (len(word) == 1 and word.isupper() and word != "I")
