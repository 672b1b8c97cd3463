"""Cuts a text into paragraphs, sentences, captions and quotes."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

CAPTION_WORDS: Final = 32
"""A paragraph of at most so many words that ends without a full stop is a caption."""

_ABBREVIATIONS: Final = frozenset(
    [
        "a.m",
        "p.m",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "gen",
        "col",
        "lt",
        "maj",
        "capt",
        "cmdr",
        "sgt",
        "jr",
        "sr",
        "vs",
        "etc",
        "e.g",
        "i.e",
        "no",
        "approx",
        "est",
        "inc",
        "ltd",
        "co",
        "corp",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "u.s",
        "u.k",
        "u.n",
    ]
)
_LONGEST: Final = max(map(len, _ABBREVIATIONS))
_HALVES: Final = frozenset({"a.m", "p.m"})
_OPENERS: Final = (
    "The On In At It He She They We A An This That These His Her Its Their After Before When While But As For From "
    "With Two Three Four About Once Then There By Both All During Until"
)
_STARTER: Final = re.compile(rf"(?:{'|'.join(_OPENERS.split())})(?![^\W\d_])")
"""Words with which a sentence begins, behind one that ended in "6 p.m."."""
_CLOSERS: Final = "\"'”’»)]"
_CLOSES: Final = rf"[{re.escape(_CLOSERS)}]*+"
_OPENS: Final = r"[^\S\n]+(?P<piece>[\"'“„«(\[]?(?P<first>[^\W\d_]|\d|[\ue000-\ue0ff]))"
_END: Final = re.compile(rf"(?P<mark>[.!?…](?<![.!?…][.!?…])[.!?…]*+{_CLOSES}){_OPENS}")
"""A mark that may end a sentence, with what closes there, and how the next one of its paragraph opens."""

_FULL_STOP: Final = re.compile(rf"(?P<mark>\.(?<!\.\.)\.*+{_CLOSES}){_OPENS}")
"""The same of a text whose sentences end in full stops alone: one sign is sooner found than any of several."""

_STOPPED: Final = re.compile(r"[.!?…:;,][\"'”’»)\]]{0,4}$")
_STOPPED_LENGTH: Final = 5
_CLOCK: Final = frozenset({"a.m", "p.m", "est"})
_FUNCTION_WORD: Final = re.compile(
    r"\s+[\"'“„«(]?(?:A|After|All|An|And|As|At|Before|Both|But|During|He|Her|His|In|It|Its|On|She|Since|The|Their|Then|There"
    r"|These|They|This|Those|Two|When|While|With)\s"
)
"""What follows a clock only where a sentence begins; a zone or a weekday may belong to it: "6 a.m. Moscow time"."""

_LAST_WORD: Final = re.compile(r"(?<![\w.])[\w.]+\Z")
_NETWORK: Final = re.compile(r"\b(?:network|platform|service|site|posted on|wrote on|on)[^\S\n]X$")
_QUOTES: Final = {
    "“": r"“[^”\n]*(?:”|$)",
    "«": r"«[^»\n]*(?:»|$)",
    "„": r"„[^“”„\n]*[“”]",
    "»": r"»[^«»\n]*«",
    '"': r"\"(?<!\w\")[^\"\n]*\"",
    "‘": r"‘(?<!\w‘)(?:[^‘’\n]|’(?=\w))*[,.!?…]’(?!\w)",
}
"""The quotes by the marks that open them."""


class Quote(NamedTuple):
    """Quoted words with their marks: a half-open part of the text."""

    start: int
    end: int


class Sentence(NamedTuple):
    """A half-open part of a text that holds one sentence, or one caption.

    `paragraph` counts from 0. A caption is a short paragraph without a full stop: what stands under a picture, or a
    headline.
    """

    start: int
    end: int
    paragraph: int
    is_caption: bool


def sentences(text: str) -> list[Sentence]:
    """Give the sentences of a text in order; they do not overlap, and only white space lies between them."""
    found: list[tuple[int, int, int, bool]] = []
    cuts = [*_cuts(text), (len(text), 0)]
    place = number = cut = 0
    for line in text.split("\n"):
        body = line.strip()
        if body:
            begin = place + len(line) - len(line.lstrip())
            last, stop = cut, begin + len(body)
            while cuts[cut][0] < stop:
                end, then = cuts[cut]
                found.append((begin, end, number, False))
                begin = then
                cut += 1
            found.append((begin, stop, number, cut == last and _is_caption(body)))
            number += 1
        place += len(line) + 1
    return list(map(Sentence._make, found))


def quotes(text: str) -> list[Quote]:
    """Give the quoted parts of a text in order. A mark left open closes with its paragraph."""
    marks = "".join(filter(text.__contains__, _QUOTES))
    return [Quote(*match.span()) for match in _opened_by(marks).finditer(text)] if marks else []


@cache
def _opened_by(marks: str) -> re.Pattern[str]:
    """Give what finds the quotes that some marks open: of most texts one or two, which are sooner found than all."""
    return re.compile("|".join(_QUOTES[mark] for mark in marks), re.MULTILINE)


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Give where sentences end, and where the next ones of their paragraphs begin."""
    ends = _END if "!" in text or "?" in text or "…" in text else _FULL_STOP
    for end in ends.finditer(text):
        if _ends(text, end):
            yield end.end("mark"), end.start("piece")


def _is_caption(body: str) -> bool:
    is_stopped = _STOPPED.search(body, max(0, len(body) - _STOPPED_LENGTH))
    return not is_stopped and len(body.split()) <= CAPTION_WORDS


def _ends(text: str, end: re.Match[str]) -> bool:
    """Tell whether a mark ends a sentence: not after an abbreviation or an initial, not before a small letter."""
    mark, first = end.group("mark", "first")
    if first.islower():
        return False
    place = end.start()
    if mark != "." and (mark[0] != "." or len(mark.rstrip(_CLOSERS)) > 1):
        return True
    word = _LAST_WORD.search(text, max(0, place - _LONGEST), place)  # of what is longer no part is found
    if not word:
        return True
    last = word[0]
    if len(last) == 1:
        return not last.isupper() or bool(_NETWORK.search(text, max(0, place - 30), place))
    short = last.lower()
    if short not in _ABBREVIATIONS or (short in _HALVES and _STARTER.match(text, end.start("first"))):
        return True
    return short in _CLOCK and bool(_FUNCTION_WORD.match(text, end.end("mark")))
