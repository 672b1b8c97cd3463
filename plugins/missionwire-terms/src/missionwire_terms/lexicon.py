"""Kinds of words: what the conditions of terms look for around a word."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from missionwire_terms.letters import by_first_letter
from missionwire_terms.sentences import Passage
from missionwire_terms.signposts import Signposts
from missionwire_terms.tables import read_table


def alternation(words: Iterable[str], *, plurals: bool = True) -> str:
    """Give a regular expression for whole words or phrases, longest first, without groups that capture.

    A word with a capital is matched as written, any other in either case; with `plurals` an -s may follow.
    """
    longest_first = sorted(words, key=len, reverse=True)
    written = by_first_letter((word, "") for word in longest_first if word != word.lower())
    either = by_first_letter((word, "") for word in longest_first if word == word.lower())
    branches = [f"{letter}(?:{rests})" for letter, rests in written.items()]
    branches += [f"[{letter.upper()}{letter}](?i:{rests})" for letter, rests in either.items()]
    if not branches:
        return r"(?!)"
    return rf"\b(?:{'|'.join(branches)}){'s?' if plurals else ''}(?!\w)"


class Words:
    """Words and phrases that mean one thing: `source` is a regular expression for them."""

    def __init__(self, words: Sequence[str], signposts: Signposts) -> None:
        """Take them, and put up what shows where they may stand."""
        self.source = alternation(words)
        self._signpost = signposts.put_up(words)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Their compiled pattern; it is compiled when it is first asked for."""
        return re.compile(self.source)

    def may_stand(self, passage: Passage) -> bool:
        """Tell whether a text has a place at which one of them may begin."""
        return bool(passage.places(self._signpost))

    def find(self, passage: Passage) -> Sequence[re.Match[str]]:
        """Give the places where they stand in a text, in its order."""
        return self.find_in(passage, 0, len(passage.text))

    def find_in(self, passage: Passage, start: int, end: int) -> Sequence[re.Match[str]]:
        """Give the places where they stand in a text, in its order: those that begin in a part of it."""
        places = passage.places(self._signpost)
        if not places or places[0] >= end or places[-1] < start:
            return ()
        found: list[re.Match[str]] = []
        small, text, look, done = passage.small, passage.text, self.pattern.match, start
        for place in places[bisect_left(places, start) : bisect_left(places, end)]:
            if place < done or (place and small[place - 1].isalnum()):
                continue
            if match := look(text, place):
                found.append(match)
                done = match.end()
        return found


class Lexicon:
    """The kinds of `kinds.toml`."""

    def __init__(self, kinds: Mapping[str, Sequence[str]], signposts: Signposts) -> None:
        """Take words by kind."""
        self._kinds = {kind: Words(words, signposts) for kind, words in kinds.items()}

    @classmethod
    def load(cls, signposts: Signposts) -> "Lexicon":
        """Read the kinds that come with the package."""
        return cls(read_table("kinds", dict[str, list[str]]), signposts)

    def words(self, kind: str) -> Words:
        """Give the words of a kind."""
        return self._kinds[kind]

    def fill(self, shape: str) -> str:
        """Put the pattern of a kind in place of each `{kind}` of a regular expression."""
        return _PLACE.sub(lambda match: self._kinds[match[1]].source, shape)


_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
