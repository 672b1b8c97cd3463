"""Contexts: whether a text tells of what an ambiguous name needs."""

from collections.abc import Mapping
from typing import Final, Literal

from ahocorasick_rs import AhoCorasick

from missionwire_agencies.folding import fold, fold_all
from missionwire_agencies.register import Context

Given = Literal["event", "member"]


class Contexts:
    """The contexts of a register, made ready for texts."""

    def __init__(self, contexts: Mapping[str, Context]) -> None:
        """Build one searcher for the words of each context."""
        self.by_name: Final = dict(contexts)
        self._words = {name: AhoCorasick(fold_all(c.words)) for name, c in contexts.items() if c.words}

    def stands_in(self, name: str, folded: str) -> bool:
        """Tell whether a word of a context stands in a folded text."""
        words = self._words.get(name)
        return words is not None and any(
            start == 0 or not folded[start - 1].isalnum()
            for _, start, _ in words.find_matches_as_indexes(folded, overlapping=True)
        )


class Surroundings:
    """What one text tells of. A text is read at most once for each context."""

    def __init__(self, contexts: Contexts, folded: str, given: Given | None) -> None:
        """Take a folded text; `given` says what about it is known without a word, see `Context.given`."""
        self._contexts = contexts
        self._folded = folded
        self._given = given
        self._known: dict[str, bool] = {}

    def is_of_text(self, name: str) -> bool:
        """Tell whether a context is the text's as a whole: then an agency's full name anywhere in it will do, too."""
        return self._contexts.by_name[name].scope == "text"

    def holds(self, name: str, sentence: str) -> bool:
        """Tell whether a context holds in a sentence of the text."""
        context = self._contexts.by_name[name]
        if self._given in context.given:
            return True
        if context.scope == "sentence":
            return self._contexts.stands_in(name, fold(sentence))
        if name not in self._known:
            self._known[name] = self._contexts.stands_in(name, self._folded)
        return self._known[name]
