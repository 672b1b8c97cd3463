"""Takes phrases apart: the words that they begin with, which can be known by themselves, and what follows those."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

from missionwire_articles.syntax import Alternatives, Kind, alternatives, end_of_group, phrases, split

_WORD: Final = re.compile(r"[a-z]+(?![a-z?*+{])")
_REPEATS: Final = frozenset("?*+{")


class Headed(NamedTuple):
    """A part of a phrase: `head` matches one word of letters or, where it is empty, `rest` all of the phrase."""

    head: str
    rest: str

    @property
    def pattern(self) -> str:
        """Both together."""
        return self.head + self.rest


def headed(phrase: str) -> Iterator[Headed]:
    """Give the parts of a phrase, one of which matches wherever it does; the first that does matches what it does."""
    end = _end_of_head(phrase)
    heads, rest = list(phrases(phrase[:end])), phrase[end:]
    if not (end and _is_apart(rest)):
        yield Headed("", phrase)
        return
    for is_word, alike in groupby(heads, lambda head: _is_word(alternatives(head))):
        head = f"(?:{'|'.join(alike)})"
        yield Headed(head, rest) if is_word else Headed("", head + rest)


def _end_of_head(phrase: str) -> int:
    """Give where the word ends with which a phrase begins, or the group of words; 0 where it begins with none."""
    if phrase.startswith("(?:"):
        end = end_of_group(phrase)
        return 0 if phrase[end : end + 1] in _REPEATS else end
    word = _WORD.match(phrase)
    return word.end() if word else len(phrase) if _is_word(alternatives(phrase)) else 0


def _is_word(group: Alternatives) -> bool:
    """Tell whether all that a pattern matches is one word of letters."""
    return all(
        part.kind is Kind.WORD
        or (part.kind is Kind.LETTERS and part.letters.isalpha())
        or (part.kind is Kind.GROUP and part.group is not None and _is_word(part.group))
        for sequence in group.sequences
        for part in sequence
    )


@cache
def _is_apart(rest: str, *, may_end: bool = True) -> bool:
    """Tell whether what follows a head is never a letter more of its word; `may_end` where a word must end with it."""
    if not rest:
        return may_end
    if rest[0] in {" ", ","}:
        return rest[1:2] not in {"?", "*", "{"} or (rest[1] == "?" and _is_apart(rest[2:], may_end=may_end))
    if not rest.startswith(("(?:", "(?=", "(?!")):
        return False
    end = end_of_group(rest)
    if rest.startswith("(?!"):
        return _is_apart(rest[end:], may_end=may_end)
    repeats = rest[end : end + 1]
    is_there = all(_is_apart(inner, may_end=False) for inner in split(f"(?:{rest[3:end]}"))
    if repeats in {"?", "*"}:
        return is_there and _is_apart(rest[end + 1 :], may_end=may_end)
    return is_there and repeats != "{"
