"""The gendered pronouns of a text."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from missionwire_pronouns.attribution import AttributionReader
from missionwire_pronouns.cases import case_of
from missionwire_pronouns.clauses import ClauseReader
from missionwire_pronouns.forms import FORMS, Case
from missionwire_pronouns.humanity import HumanityReader
from missionwire_pronouns.implied import ImpliedReader
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Mention
from missionwire_pronouns.openings import OpeningReader
from missionwire_pronouns.partition import PartitionReader
from missionwire_pronouns.predicates import PredicateReader
from missionwire_pronouns.pronoun import Pronoun, Readers
from missionwire_pronouns.shares import ShareReader
from missionwire_pronouns.standing import LONGEST, StandingReader
from missionwire_pronouns.tokens import Token, Tokens

_HONOURS: Final = frozenset(
    {"majesty", "highness", "excellency", "holiness", "eminence", "honour", "honor", "royal", "grace"}
)


class PronounFinder(Struct, frozen=True):
    """Finds pronouns; `named` tokens belong to names (Mr He), `mentions` are by the index of their first token."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: Mapping[int, Mention]
    named: frozenset[int]

    def find(self) -> Iterator[Pronoun]:
        """Give the pronouns in the order of the text."""
        clauses = ClauseReader(self.tokens, self.lexicon, self.mentions)
        readers = Readers(
            self.tokens,
            self.lexicon,
            StandingReader(self.tokens, self.lexicon),
            clauses,
            ShareReader(self.tokens, self.lexicon, self.mentions, clauses),
            PartitionReader(self.tokens, self.lexicon, self.mentions, clauses),
            OpeningReader(self.tokens, self.lexicon, self.mentions),
            ImpliedReader(self.tokens, self.lexicon, self.mentions),
            PredicateReader(self.tokens, self.lexicon),
            AttributionReader(self.tokens, self.lexicon, self.mentions),
            HumanityReader(self.tokens, self.lexicon),
        )
        for token in self.tokens.which(FORMS):
            if token.index in self.named or self._is_name(token):
                continue
            if token.index - self.tokens.sentences[token.sentence] < LONGEST:
                yield Pronoun(token, self._case(token), readers)

    def _case(self, token: Token) -> Case:
        cases = FORMS[token.lower].cases
        return case_of(self.tokens, self.lexicon, token.index) if len(cases) > 1 else cases[0]

    def _is_name(self, token: Token) -> bool:
        """`He Jiankui` is a name, `His Excellency` a title."""
        after = self.tokens.at(token.index + 1)
        if after is None or not after.is_word or not after.is_capital or not token.is_capital:
            return False
        if token.text.isupper() and len(token.text) > 1 and after.text.isupper():
            return False
        return after.lower in _HONOURS or (token.lower in {"he", "she"} and after.text != "I")
