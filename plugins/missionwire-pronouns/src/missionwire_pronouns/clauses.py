"""Clauses: of whom a clause tells, and who in a sentence can't be the same person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import SOMETHING_ELSE, Mention
from missionwire_pronouns.tokens import Token, Tokens

_FAR: Final = 40
"""How many tokens a clause is followed for."""
_LONGEST_NAME: Final = 6


@dataclass(frozen=True, slots=True)
class ClauseReader:
    """Reads clauses by their conjunctions, commas and verbs; `mentions` are by the index of their first token."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: Mapping[int, Mention]

    def subject(self, token: Token) -> int | None:
        """Give the token of whom the clause tells: a mention's first one, a pronoun's, or `SOMETHING_ELSE`."""
        ahead = self.tokens.at(token.index - 1)
        has_infinitive = False
        has_verb = ahead is not None and ahead.is_word and not self.lexicon.is_function_word(ahead.lower)
        for index in range(token.index - 1, -1, -1):
            before = self.tokens.all[index]
            if before.sentence != token.sentence:
                return SOMETHING_ELSE if has_verb else None
            if before.is_quoted != token.is_quoted:
                return None
            if has_infinitive and index in self.mentions and self.mentions[index].role == "object":
                return None  # `asked Koch to lend him`: one of the two lends
            if (found := self._subject_at(index)) is not None:
                return found
            has_infinitive = has_infinitive or before.lower == "to"
            if before.lower in self.lexicon.relatives:
                return self._antecedent(index)
            if before.text == "," and (relative := self._relative_before(index)):
                return self._antecedent(relative)
            if has_verb and index + 2 < token.index and self._begins_clause(index):
                return SOMETHING_ELSE
            has_verb = has_verb or self.lexicon.is_verb(before.lower)
        return SOMETHING_ELSE if has_verb else None

    def _subject_at(self, index: int) -> int | None:
        mention = self.mentions.get(index)
        lower = self.tokens.all[index].lower
        if (mention is not None and mention.role == "subject") or lower in {"he", "she"}:
            return index
        if lower in {"i", "we", "they"}:
            return SOMETHING_ELSE
        return SOMETHING_ELSE if lower in {"it", "you"} and not self._is_object(index) else None

    def _is_object(self, index: int) -> bool:
        before = self.tokens.at(index - 1)
        return before is not None and (
            self.lexicon.is_verb(before.lower) or before.lower in self.lexicon.prepositions or before.lower == "to"
        )

    def _begins_clause(self, index: int) -> bool:
        """Tell whether a clause with a subject of its own begins after a mark or conjunction: no verb follows."""
        token, after = self.tokens.all[index], self.tokens.at(index + 1)
        is_boundary = (
            token.text in {",", ";", ":"}
            or token.lower in self.lexicon.conjunctions
            or token.lower in self.lexicon.subordinators
        )
        if not is_boundary or after is None or index + 1 in self.mentions:
            return False
        further = self.tokens.at(index + 2)
        is_third = after.lower.endswith("s") and further is not None and self.lexicon.is_function_word(further.lower)
        is_verbal = self.lexicon.is_verb(after.lower) or after.lower.endswith(("ing", "ly")) or is_third
        is_small = (
            after.lower in self.lexicon.adverbs or after.lower in self.lexicon.conjunctions or after.lower == "to"
        )
        return not (is_verbal or is_small or after.lower in self.lexicon.prepositions)

    def _relative_before(self, comma: int) -> int | None:
        """Give the relative pronoun of a clause that a comma ends, where the main one goes on: `…, who fell, rose`."""
        after = self.tokens.at(comma + 1)
        if after is None or not self.lexicon.is_verb(after.lower):
            return None
        for index in range(comma - 1, max(0, comma - _FAR), -1):
            before = self.tokens.all[index]
            if before.sentence != after.sentence or before.text in {";", ":"}:
                return None
            if before.lower in {"who", "whom", "whose"} and self.tokens.all[index - 1].text == ",":
                return index
        return None

    def _antecedent(self, index: int) -> int | None:
        """Give the mention that a `who` belongs to, the one that ends right before it; `SOMETHING_ELSE` for none."""
        end = index - 1
        if (token := self.tokens.at(end)) and token.text == ",":
            end -= 1
        for first in range(end, max(-1, end - _LONGEST_NAME), -1):
            mention = self.mentions.get(first)
            if mention is not None:
                return first if mention.last == end else SOMETHING_ELSE
        return SOMETHING_ELSE

    def joined(self, token: Token) -> int | None:
        """Give the subject pronoun before, where a conjunction joins the two clauses: `she asked, and he …`."""
        before = self.tokens.at(token.index - 1)
        if before is None or before.lower not in {"and", "but", "while", "or"}:
            return None
        for index in range(before.index - 1, max(-1, before.index - _FAR), -1):
            other = self.tokens.all[index]
            if other.sentence != token.sentence or index in self.mentions:
                return None
            if other.lower in {"he", "she"} and not other.is_quoted:
                return index
        return None

    def apart(self, token: Token) -> tuple[int, ...]:
        """Give the mentions after a subject pronoun that can't mean the same person: `He left, and Mori …`.

        After a comma this holds for a clause that is joined by a conjunction only: `She is first, Moe says` is free.
        """
        found = []
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
