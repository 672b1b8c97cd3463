"""Where the sentences of a text stand."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from missionwire.plugin import Span
from missionwire_terms.letters import in_small_letters
from missionwire_terms.signposts import Places, Signpost, Signposts

_END: Final = re.compile(
    r"""[.!?…\n](?:(?<=\n)\s*\n|(?<!\n)(?<![.!?…][.!?…])[.!?…]*+["'”’»)\]]*+(?=\s+["'“‘«(\[]*[^\sa-z]))"""
)
"""A full stop before a blank and anything but a small letter, or a blank line.

A row of stops is looked at once, from its first one: else a long row would be read anew from each of them.
"""

_SHORT: Final = (
    *("Dr", "Mr", "Mrs", "Ms", "St", "Lt", "Col", "Gen", "Maj", "Capt", "Sgt", "Prof", "No"),
    *("Jan", "Feb", "Mar", "Apr", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"),
    *("approx", "vs", "U.S", "U.K", "U.N", "a.m", "p.m", "e.g", "i.e"),
)
_ABBREVIATED: Final = re.compile(rf"\b(?:{'|'.join(map(re.escape, _SHORT))}|[A-Z])\.$")
"""Words that end in a full stop and do not end a sentence, when it is the last thing before the blank."""

_LAST_TWO: Final = frozenset(word[-2:] for word in _SHORT)
"""The last letters of each of them, but of a capital that stands alone."""

_NEXT: Final = re.compile(
    r"\s+(?:The|On|In|At|It|He|She|They|We|A|An|This|That|These|His|Her|Its|Their|After|Before|When|While|But|As|For|From|With"
    r"|Two|Three|Four|About|Once|Then|There|By|Both|All|Hours|Minutes|During|Until)\b"
)
"""A word with which a sentence begins, behind one that ended in "6 p.m."."""


class Passage:
    """One text with its sentences, in small letters, and with its signposts: read once for all who look into it."""

    def __init__(self, text: str, signposts: Signposts) -> None:
        """Cut the text, and look for the signposts."""
        self.text = text
        self.small = in_small_letters(text)
        self.found: Places = signposts.read(self.small)
        """The places of the words that are looked for."""
        self._places: dict[Signpost, Sequence[int]] = {}
        self.bounds = split_sentences(text, signposts.stops(self.found))
        """Where the sentences begin and end."""
        self._starts = [start for start, _ in self.bounds]
        self._sentences: dict[int, Span] = {}

    def places(self, signpost: Signpost) -> Sequence[int]:
        """Give the places at which a phrase of a signpost may begin."""
        if signpost not in self._places:
            self._places[signpost] = signpost.places(self.small, self.found)
        return self._places[signpost]

    def number(self, place: int) -> int:
        """Give the number of the sentence that a place is in, or that ended before it."""
        number = bisect_right(self._starts, place)
        return number - 1 if number else 0

    def sentence(self, place: int) -> Span:
        """Give the sentence that a place is in."""
        number = self.number(place)
        sentence = self._sentences.get(number)
        if sentence is None:
            start, end = self.bounds[number] if self.bounds else (0, len(self.text))
            sentence = self._sentences[number] = Span(start, end)
        return sentence


def split_sentences(text: str, stops: Iterable[int]) -> list[tuple[int, int]]:
    """Give where the sentences of a text are, in order and without the blanks around them; captions count as such.

    `stops` are the places of the signs at which one may end.
    """
    found: list[tuple[int, int]] = []
    start = done = 0
    for stop in stops:
        if stop < done or not (match := _END.match(text, stop)):
            continue
        done = end = match.end()
        if text[stop] == "\n":
            _add(found, text, start, end)
        elif (text[stop - 2 : stop] in _LAST_TWO or text[stop - 1].isupper()) and _is_abbreviated(text, stop, end):
            continue
        else:
            while text[start].isspace():
                start += 1
            found.append((start, end))
        start = end
    _add(found, text, start, len(text))
    return found


def _is_abbreviated(text: str, stop: int, end: int) -> bool:
    """Tell whether a full stop may end a short word alone, and no sentence."""
    short = _ABBREVIATED.search(text, max(0, stop - 8), end)
    return short is not None and not (short[0][-2:] == "m." and _NEXT.match(text, end))


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    if bare := text[start:end].lstrip():
        begin = end - len(bare)
        found.append((begin, begin + len(bare.rstrip())))
