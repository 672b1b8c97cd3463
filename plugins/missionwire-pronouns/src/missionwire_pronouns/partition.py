"""Partition: who in a sentence can't be the same person."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from missionwire_pronouns.clauses import ClauseReader
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Mention
from missionwire_pronouns.tokens import Token, Tokens

_FAR: Final = 40
"""How many tokens a clause is followed for."""
_WRITINGS: Final = frozenset(
    {"letter", "message", "note", "telegram", "email", "e-mail", "speech", "call", "statement", "postcard", "address"}
)
_SHORT: Final = 5
"""How many tokens what is owned may take."""


class PartitionReader(Struct, frozen=True):
    """Tells people of a sentence apart; `mentions` are by the index of their first token."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: Mapping[int, Mention]
    clauses: ClauseReader

    def joined(self, token: Token) -> int | None:
        """Give the subject pronoun before, where a conjunction joins the two clauses: `she asked, and he …`."""
        before = self.tokens.at(token.index - 1)
        if before is None or not (before.lower in {"and", "but", "while", "or"} or self._is_gap(before, token)):
            return None
        for index in range(before.index - 1, max(-1, before.index - _FAR), -1):
            other = self.tokens.all[index]
            if other.sentence != token.sentence or index in self.mentions:
                return None
            if other.lower in {"he", "she"} and not other.is_quoted:
                return index
        return None

    def _is_gap(self, mark: Token, token: Token) -> bool:
        """Tell whether a verb is left out that was said of another: `She lives in Bari, he in Oslo`."""
        after = self.tokens.at(token.index + 1)
        return mark.text in {",", ";"} and after is not None and after.lower in self.lexicon.prepositions

    def _escorts(self, token: Token) -> list[int]:
        """Give who does something to the subject, or to whom it does, in words that lead up to it.

        `Accompanied by her wife, she …`, `Before calling him, she …`.
        """
        start = self.tokens.sentences[token.sentence]
        comma, by = self.tokens.at(token.index - 1), self.tokens.at(start + 1)
        if by is None or comma is None or comma.text != ",":
            return []
        is_led = self.tokens.all[start].lower.endswith(("ed", "en")) and by.lower == "by"
        is_doing = by.lower.endswith("ing") and self.tokens.all[start].lower in self.lexicon.prepositions
        third = start + 2
        if is_doing and third == comma.index - 1 and self.tokens.all[third].lower in {"him", "her"}:
            return [third]
        return [index for index in range(third, min(comma.index, start + _FAR)) if index in self.mentions and is_led]

    def _addressees(self, token: Token) -> list[int]:
        """Give whom the subject writes or speaks to: `In a letter to the minister, she …`."""
        start = self.tokens.sentences[token.sentence]
        if self.tokens.all[start].lower != "in":
            return []
        for to in self.tokens.all[start + 2 : min(token.index, start + _FAR)]:
            if to.lower == "to" and self.tokens.all[to.index - 1].lower in _WRITINGS:
                return [to.index + 1] if to.index + 1 in self.mentions else []
        return []

    def _heads(self, token: Token) -> list[int]:
        """Give to whom a clause is tied whose subject is another: `Kral, who led it and whom he knew`."""
        start = self.tokens.sentences[token.sentence]
        link = next(
            (i for i in range(token.index - 1, max(start, token.index - _SHORT), -1) if self._is_object_link(i)), 0
        )
        if not link or any(self.lexicon.is_verb(t.lower) for t in self.tokens.all[link : token.index]):
            return []
        owned = [index for index in range(link, token.index) if index in self.mentions]  # `whose deputy she was`
        for index in range(link, max(start, link - _FAR), -1):
            if self.tokens.all[index].lower not in {"who", "whom", "whose"}:
                continue
            is_led = self.tokens.all[index - 1].lower in self.lexicon.prepositions  # `with whom he flew`
            if (first := self.clauses.antecedent(index - is_led)) >= 0:
                return [first, *owned]
        return []

    def _is_object_link(self, index: int) -> bool:
        return self.tokens.all[index].lower in {"whom", "whose"}

    def apart(self, token: Token) -> tuple[int, ...]:
        """Give the mentions beside a subject pronoun that can't mean the same person: `He left, and Mori …`.

        After a comma this holds for a clause that is joined by a conjunction only: `She is first, Moe says` is free.
        """
        found = self._escorts(token) + self._heads(token) + self._addressees(token)
        for after in self.tokens.all[token.index + 1 : token.index + _FAR]:
            if after.sentence != token.sentence or after.is_quoted != token.is_quoted:
                break
            following = self.tokens.at(after.index + 1)
            if after.text in {",", ";", "–", "—"} and (
                following is None or following.lower not in self.lexicon.conjunctions
            ):
                break
            if after.index in self.mentions:
                found.append(after.index)
        return tuple(found)
