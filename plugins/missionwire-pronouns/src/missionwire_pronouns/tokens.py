"""A text as tokens that know their sentence, their paragraph and whether they stand inside a quotation."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from sys import intern
from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct

_TOKEN: Final = re.compile(
    r"([^\W\d_][\w\u0300-\u036f]*(?:[-'’]\w[\w\u0300-\u036f]*)*)"
    r"|(\d[\d.,:]*(?:-[^\W\d_]+)*)"
    r"|``|''|\.\.\.|[^\w\s]|_"
)
_WORD, _NUMBER = 1, 2
"""The groups of a token's pattern."""
_LONG: Final = 24
"""From so many characters on, what stands between two spaces is cut anew each time."""
_MOST_KEPT: Final = 8192
"""Of so many shorter ones it is kept in mind what they are cut into."""
_CLITIC: Final = re.compile(r"['’](?:s|d|ll|re|ve|m)$", re.IGNORECASE)
_OTHER_BLANK: Final = re.compile(r"[^\S\n](?=\S)")
_NO_BLANK: Final = re.compile(r"\S")
_LINE_MARKS: Final = frozenset('.!?…”"»')
_MOST_BLANKS: Final = 8
"""How many characters before the end of a line are looked at for the mark that ends its sentence."""
_OPENING: Final = {"“": "”", "„": "“", "«": "»", "‹": "›", "‘": "’", "``": "''", '"': '"'}
_CLOSING: Final = frozenset("”»›’\"'") | {"''"}
_MARKS: Final = _CLOSING.union(_OPENING)
_DASHES: Final = frozenset("—–―-")
_SPEAKERS: Final = frozenset({"he", "she"})
_ARTICLES: Final = frozenset({"a", "an", "the", "his", "her"})
_SPEECH_ENDS: Final = frozenset({",", "!", "?", "…", "..."})
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
    | {
        "recalls",
        "recalled",
        "explains",
        "explained",
        "jokes",
        "joked",
        "grumbles",
        "grumbled",
        "whispers",
        "whispered",
    }
    | {
        "shouts",
        "shouted",
        "continues",
        "continued",
        "remembers",
        "remembered",
        "sighs",
        "sighed",
        "remarks",
        "remarked",
    }
    | {"tells", "insists", "insisted", "confirms", "confirmed", "laughs", "laughed", "warns", "warned", "promises"}
    | {"promised", "reports", "reported", "notes", "noted", "exclaims", "exclaimed", "confesses", "confessed"}
)
_ENDS: Final = frozenset(".!?…") | {"..."}
_BRACKETS: Final = frozenset(")]")
_ENDING: Final = _ENDS | _CLOSING | _BRACKETS
_BEGINNING: Final = frozenset("'([").union(_OPENING)
_MOST_CLOSING: Final = 8
"""How many closing marks are looked behind for the end of a sentence."""


class Token(Struct, gc=False):  # thousands are made for an article, and nothing is made faster
    """A word, number or mark. `start` and `end` are code points of the text; sentences and paragraphs count from 0."""

    index: int
    start: int
    text: str
    lower: str
    is_word: bool
    is_capital: bool
    paragraph: int
    sentence: int = 0
    is_quoted: bool = False

    @property
    def end(self) -> int:
        """Where it ends; few ask."""
        return self.start + len(self.text)


_Part: TypeAlias = tuple[int, str, str, bool, bool]
"""What a token is but for its place in the text: its start in what is cut, its text, and so on."""
_BEYOND: Final = 64
"""So far before the first token, and after the last, one may ask which token there is."""


class Quotation(NamedTuple):
    """A stretch in quotation marks: the indices of its first and last token, marks included."""

    first: int
    last: int


class Tokens(Struct, frozen=True):
    """All tokens of a text, its quotations, the first token of each sentence, and where each lower-case word stands.

    `starts` are the code points at which the tokens start. `at` gives a token by its index, None before the first and
    after the last, `_BEYOND` at most. Nothing is asked as often: a method of our own would cost more to call.
    """

    all: tuple[Token, ...]
    quotations: tuple[Quotation, ...]
    sentences: tuple[int, ...]
    places: Mapping[str, Sequence[int]]
    starts: Sequence[int]
    at: Callable[[int], Token | None]

    def sentence(self, number: int) -> Sequence[Token]:
        """Give the tokens of a sentence; none for a number that is out of range."""
        if not 0 <= number < len(self.sentences):
            return ()
        end = self.sentences[number + 1] if number + 1 < len(self.sentences) else len(self.all)
        return self.all[self.sentences[number] : end]

    def between(self, start: int, end: int) -> range:
        """Give the indices of the tokens that stand, be it in part, between two code points."""
        first = bisect_left(self.starts, start)
        if first and self.starts[first - 1] + len(self.all[first - 1].text) > start:
            first -= 1
        return range(first, bisect_left(self.starts, end, first))

    def after(self, token: Token, most: int) -> Sequence[Token]:
        """Give what follows upon a token in its sentence, so many tokens at most."""
        following = token.sentence + 1
        end = self.sentences[following] if following < len(self.sentences) else len(self.all)
        return self.all[token.index + 1 : min(end, token.index + 1 + most)]

    def which(self, words: Iterable[str]) -> list[Token]:
        """Give the tokens that are one of some lower-case words, in the order of the text."""
        return [self.all[index] for index in sorted(i for word in words for i in self.places.get(word, ()))]

    def quotation_around(self, token: Token) -> Quotation | None:
        """Give the quotation that a token stands in, None where it stands in none."""
        place = bisect_right(self.quotations, token.index, key=lambda q: q.first) - 1
        return self.quotations[place] if token.is_quoted and place >= 0 else None

    def quotation_before(self, index: int) -> Quotation | None:
        """Give the quotation whose closing mark stands right before a token."""
        place = bisect_right(self.quotations, index, key=lambda q: q.last) - 1
        found = self.quotations[place] if place >= 0 else None
        return found if found and found.last == index - 1 else None


def tokenise(text: str, abbreviations: frozenset[str]) -> Tokens:
    """Cut a text into tokens. Linear in the length of the text; never raises."""
    try:
        tokens, paragraphs, sentences, places = _cut(text, abbreviations)
    except _TornError:
        tokens, paragraphs, sentences, places = _cut(_OTHER_BLANK.sub(" ", text), abbreviations)
    marks = sorted(index for mark in _MARKS for index in places.get(mark, ()))
    quotations = tuple(_quotations(tokens, paragraphs, marks))
    for quotation in quotations:
        for token in tokens[quotation.first : quotation.last + 1]:
            token.is_quoted = True
    starts = [token.start for token in tokens]
    beyond: list[Token | None] = [None] * _BEYOND
    return Tokens(tuple(tokens), quotations, tuple(sentences), places, starts, [*tokens, *beyond].__getitem__)


def _cut(text: str, abbreviations: frozenset[str]) -> tuple[list[Token], list[int], list[int], Mapping[str, list[int]]]:
    """Give each word, number and mark, the first one of each paragraph and of each sentence, and where each word is.

    A paragraph ends at an empty line, and at the end of a line that ends a sentence; a sentence does at an end mark
    that a blank follows upon, and a capital or a number after that.
    """
    tokens: list[Token] = []
    add = tokens.append
    paragraphs = [0]
    sentences: list[int] = []
    places: defaultdict[str, list[int]] = defaultdict(list)
    index = begun = paragraph = 0
    sentence = -1
    is_over = False
    is_open = True  # whether a sentence may begin
    for line in text.split("\n"):
        is_empty = not line or line.isspace()
        if is_over and not is_empty:
            paragraphs.append(index)
            paragraph += 1
            is_open = True
        is_over = begun > 0 if is_empty else line[-_MOST_BLANKS:].rstrip(" \t")[-1:] in _LINE_MARKS
        for chunk in line.split(" "):
            parts, may_end = _KEPT[chunk]
            if is_open and parts:
                is_first = index == paragraphs[-1]
                if is_first or (_may_begin(text, begun, parts[0]) and _is_ended(tokens, abbreviations)):
                    sentences.append(index)
                    sentence += 1
            for first, word, lower, is_word, is_capital in parts:
                add(Token(index, begun + first, word, lower, is_word, is_capital, paragraph, sentence))
                places[lower].append(index)
                index += 1
            is_open = may_end
            begun += len(chunk) + 1
    places.default_factory = None
    return tokens, paragraphs, sentences, places


def _parts(chunk: str) -> tuple[_Part, ...]:
    """Cut what stands between two spaces; no token reaches over one, nor over any other blank."""
    parts: list[_Part] = []
    for found in _TOKEN.finditer(chunk):
        kind = found.lastindex
        start, end = found.span()
        is_word = kind == _WORD
        pieces: Sequence[tuple[int, int]] = ((start, end),)
        if is_word and ("'" in found[0] or "’" in found[0]) and (clitic := _CLITIC.search(found[0])):
            middle = start + clitic.start()
            pieces = (start, middle), (middle, end)
        elif kind == _NUMBER and end - start > 1 and chunk[end - 1] in ".,:":
            pieces = (start, end - 1), (end - 1, end)
        for first, behind in pieces:
            word = chunk[first:behind]
            lower = word.lower()
            if "’" in lower:
                lower = lower.replace("’", "'")
            # as the words of all lists are, so that they are one and the same
            parts.append((first, word, intern(lower), is_word, word[0].isupper()))
    return tuple(parts)


class _TornError(Exception):
    """There is another blank in what stands between two spaces, so that a sentence may end within it."""


class _Kept(dict[str, tuple[tuple[_Part, ...], bool]]):
    """What the short ones of what stands between two spaces are cut into: most of a text come again in others.

    With each it is told whether a sentence may end with it, as far as it alone tells.
    """

    def __missing__(self, chunk: str) -> tuple[tuple[_Part, ...], bool]:
        if len(chunk.split()) > 1:
            raise _TornError
        parts = _parts(chunk)
        kept = parts, not parts or parts[-1][1] in _ENDING
        if len(chunk) < _LONG:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[chunk] = kept
        return kept


_KEPT: Final = _Kept()


def _quotations(tokens: Sequence[Token], paragraphs: Sequence[int], marks: Sequence[int]) -> Iterator[Quotation]:
    """Pair the marks within each paragraph; what is not closed reaches to the paragraph's end, so nothing is missed."""
    for first, behind in pairwise([*paragraphs, len(tokens)]):
        if first == behind:
            continue
        if tokens[first].text in _DASHES:  # speech set off by a dash
            yield from _speeches(tokens, first, behind - 1)
        elif inside := marks[bisect_left(marks, first) : bisect_left(marks, behind)]:
            yield from _pairs(tokens, inside, behind - 1)


def _speeches(tokens: Sequence[Token], first: int, last: int) -> Iterator[Quotation]:
    """Give what is said in a paragraph that a dash opens; the words of who says so are none of it.

    In `— I was hungry, she says and smiles. — And you?` it ends at the comma before who says so, and goes on after the
    next dash. A dash that nobody's saying follows upon is one of the speech.
    """
    opened = first
    ended = first
    for index in range(first + 1, last + 1):
        if opened < 0:
            if tokens[index].text in _DASHES and index > ended + 1:
                opened = index
        elif _is_attribution(tokens, index, last):
            yield Quotation(opened, index)
            opened, ended = -1, index
    if opened >= 0:
        yield Quotation(opened, last)


def _is_attribution(tokens: Sequence[Token], mark: int, last: int) -> bool:
    """Tell whether it is told after a mark who says so: `, she says`, `! — asks Lind`."""
    if tokens[mark].text not in _SPEECH_ENDS:
        return False
    index = mark + 1
    if index <= last and tokens[index].text in _DASHES:
        index += 1
    if index + 1 > last:
        return False
    said, by = tokens[index].text, tokens[index + 1].text
    is_inverted = said in _SAYING and (by in _SPEAKERS or by in _ARTICLES or by[0].isupper())
    return is_inverted or (said in _SPEAKERS and by in _SAYING)


def _pairs(tokens: Sequence[Token], marks: Sequence[int], last: int) -> Iterator[Quotation]:
    opened = -1
    closing = ""
    last_single = max((index for index in marks if _closes_single(tokens, index)), default=-1)
    for index in marks:
        mark = tokens[index].text
        if opened >= 0:
            if mark == closing and (mark != "'" or _closes_single(tokens, index)):
                yield Quotation(opened, index)
                opened = -1
        elif mark in _OPENING and not _is_inch(tokens, index):
            opened, closing = index, _OPENING[mark]
        elif mark == "'" and index < last_single and _opens_single(tokens, index):
            opened, closing = index, "'"
    if opened >= 0:
        yield Quotation(opened, last)


def _is_inch(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a straight mark that opens nothing stands right after a number, as in `a 5" pipe`."""
    before = tokens[index - 1] if index else None
    return (
        tokens[index].text == '"'
        and before is not None
        and before.end == tokens[index].start
        and before.text[-1].isdigit()
    )


def _opens_single(tokens: Sequence[Token], index: int) -> bool:
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    before = tokens[index - 1] if index else None
    is_free = before is None or before.end < tokens[index].start
    return is_free and after is not None and after.start == tokens[index].end


def _closes_single(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a straight single mark closes: after a mark of the sentence, so that no possessive is meant."""
    if tokens[index].text != "'" or not index:
        return False
    before = tokens[index - 1]
    return before.end == tokens[index].start and before.text[-1] in ",.!?…"


def _may_begin(text: str, begun: int, part: _Part) -> bool:
    """Tell whether a sentence may begin with a token: with a capital or number, perhaps behind a mark that opens."""
    first, word, _, _, is_capital = part
    if word in _BEGINNING:
        following = _NO_BLANK.search(text, begun + first + len(word))
        return following is not None and not following[0].islower()
    return is_capital or word[0].isdigit()


def _is_ended(tokens: Sequence[Token], abbreviations: frozenset[str]) -> bool:
    """Tell whether a sentence has ended: with an end mark, and nothing but closing marks after it."""
    for token in reversed(tokens[-_MOST_CLOSING:]):
        if token.text in _ENDS:
            return token.text != "." or not _is_abbreviation(tokens, token.index, abbreviations)
        if token.text not in _CLOSING and token.text not in _BRACKETS:
            return False
    return False


def _is_abbreviation(tokens: Sequence[Token], dot: int, abbreviations: frozenset[str]) -> bool:
    """Tell whether the word before a dot is cut short: `Dr.`, an initial, `U.S.`."""
    word = tokens[dot - 1].text if dot else ""
    if not word or tokens[dot - 1].start + len(word) != tokens[dot].start:
        return False
    return word.lower() in abbreviations or (len(word) == 1 and word.isupper() and word != "I")
