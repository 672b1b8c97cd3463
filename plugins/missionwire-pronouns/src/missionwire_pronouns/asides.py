"""Asides: people who are told of only to say something of another, so that no pronoun goes back to them."""

from typing import Final

from msgspec import Struct

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.phrase import Phrase
from missionwire_pronouns.tokens import Token, Tokens

_ARTICLES: Final = frozenset({"a", "an"})
_SEEKING: Final = frozenset({"seeks", "sought", "seeking", "needs", "needed"})
_LOOKING: Final = frozenset({"looking", "looks", "looked", "search", "searching"})
_CALLING: Final = frozenset({"asked", "asks", "called", "calls", "begged", "cried", "shouted", "applied", "longed"})
"""`asked for a priest`: no priest is there yet."""
_LIKENESSES: Final = frozenset({"avatar", "chatbot", "doll", "dummy", "mannequin", "puppet", "statue"})
"""What looks like somebody and does nothing."""
_SITTING: Final = frozenset({"sat", "sits", "stood", "stands", "lay", "lies", "hung", "hangs"})
_MADE: Final = frozenset({"robot", "android"})
_ANYONE: Final = frozenset({"person", "human", "being"})
"""Who is nobody in particular: `proves that a person can bear it`."""
_BEREAVED: Final = frozenset({"widow", "widower", "orphan"})
_RECORDS: Final = frozenset({"record", "first", "last", "longest", "best"})
_REACH: Final = 5
"""How many words before `of` may say that something is a record."""


class AsideReader(Struct, frozen=True):
    """Tells who is told of by the way (parents by their trade, whose record something is), and who is an example."""

    tokens: Tokens
    lexicon: Lexicon

    def is_aside(self, first: int, last: int) -> bool:
        """Tell whether the phrase at the tokens `first` to `last` is told by the way.

        Only what has an indefinite article: `the son of the smith` may tell of a smith who is known.
        """
        if self._is_beast(first, last):
            return True
        start = self._first_of_pair(first)
        after = self.tokens.at(last + 1)
        if self.tokens.all[first].lower not in _ARTICLES:
            return self._is_late(first, last) or (after is not None and self._is_set_in(first, after))
        if after is not None and after.lower == "'s":
            return self._is_parent_of(after)
        of = self.tokens.at(start - 1)
        head = self.tokens.at(start - 2)
        if of is None or head is None or of.lower not in {"of", "to"}:
            return False
        if head.lower in self.lexicon.offspring:
            return not self._is_somebody(head, after) and self.tokens.all[last].lower not in self.lexicon.mutual
        return of.lower == "of" and self._is_record(head)

    def _is_set_in(self, first: int, mark: Token) -> bool:
        """Tell whether a parent is named right behind a child: `Lind, the ferryman's girl, …`."""
        comma, child = self.tokens.at(first - 1), self.tokens.at(first - 2)
        is_behind = comma is not None and child is not None and comma.text == "," and child.is_capital
        return is_behind and mark.lower == "'s" and self._is_parent_of(mark)

    def is_example(self, phrase: Phrase) -> bool:
        """Tell whether a phrase tells of whoever is such a one: `a commander must`, `every pilot`, `seeks someone`."""
        if phrase.determiner in {"every", "each"} or self._is_sought(phrase):
            return True
        after = self.tokens.at(phrase.last + 1)
        is_rule = after is not None and after.lower in {"must", "should", "needs", "ought"}
        return phrase.determiner in _ARTICLES and (is_rule or phrase.noun in _ANYONE)

    def _is_beast(self, first: int, last: int) -> bool:
        """Tell whether an animal is told of only in passing: `thrown from a horse`, not `A horse had got loose`."""
        noun = self.tokens.all[last].lower
        if noun not in self.lexicon.beasts:
            return False
        before = self.tokens.at(first - 1)
        if before is None:
            return False
        if noun in _LIKENESSES or self.tokens.all[last].is_quoted:
            return before.lower not in _SITTING  # `In her seat sat a mannequin. He …`
        is_made = noun in _MADE and self.lexicon.is_verb(before.lower)  # `named the robot after her father`
        return is_made or before.lower in self.lexicon.prepositions

    def _is_sought(self, phrase: Phrase) -> bool:
        """Tell whether nobody is found yet: `looked for someone who can mend it`, `asked for a priest`."""
        before, ahead = self.tokens.at(phrase.first - 1), self.tokens.at(phrase.first - 2)
        if before is None or ahead is None:
            return False
        if phrase.determiner in _ARTICLES and before.lower == "for":
            words = self.tokens.all[max(0, before.index - _REACH) : before.index]
            return any(word.lower in _CALLING and word.sentence == before.sentence for word in words)
        if phrase.noun not in {"someone", "somebody"}:
            return False
        return before.lower in _SEEKING or (before.lower == "for" and ahead.lower in _LOOKING)

    def _is_somebody(self, head: Token, after: Token | None) -> bool:
        """Tell whether a child is somebody who does something: `the daughter of a smith left`.

        Not so in `is the son of a smith` nor, between commas, in `Lind, the son of a smith, …`.
        """
        is_closed = after is not None and after.text in {",", "."}
        for index in range(head.index - 1, max(0, head.index - _REACH + 1), -1):
            before, word = self.tokens.all[index - 1], self.tokens.all[index]
            if word.sentence != head.sentence:
                return False
            if word.lower in {"the", "his", "her", "their"}:
                return before.lower not in self.lexicon.copula and not (before.text == "," and is_closed)
        return False

    def _is_late(self, first: int, last: int) -> bool:
        """Tell whether somebody is dead: `the widow of the chief designer`, `the designer's widow`."""
        mark, child = self.tokens.at(last + 1), self.tokens.at(last + 2)
        if mark is not None and child is not None and mark.lower == "'s" and child.lower in _BEREAVED:
            return True
        of, head = self.tokens.at(first - 1), self.tokens.at(first - 2)
        return of is not None and head is not None and of.lower == "of" and head.lower in _BEREAVED

    def _first_of_pair(self, first: int) -> int:
        """Give the first token of two parents: `a boatman and a teacher`."""
        joint = self.tokens.at(first - 1)
        if joint is None or joint.lower != "and":
            return first
        for index in range(joint.index - 1, max(-1, joint.index - _REACH), -1):
            token = self.tokens.all[index]
            if token.lower in _ARTICLES:
                return index
            if not token.is_word or token.sentence != joint.sentence:
                break
        return first

    def _is_parent_of(self, mark: Token) -> bool:
        """Tell whether a child is what a phrase owns: `a smith's eldest son`."""
        for index in range(mark.index + 1, mark.index + _REACH):
            token = self.tokens.at(index)
            if token is None or not token.is_word or self.lexicon.is_function_word(token.lower):
                return False
            if token.lower in self.lexicon.offspring:
                return True
        return False

    def _is_record(self, head: Token) -> bool:
        """Tell whether something is the longest or first of its kind, or a record: `the longest stay of a European`."""
        if head.lower in _RECORDS:
            return True
        words = self.tokens.all[max(0, head.index - _REACH) : head.index]
        return any(
            word.sentence == head.sentence and (word.lower in {"first", "last", "only"} or word.lower.endswith("est"))
            for word in words
        )
