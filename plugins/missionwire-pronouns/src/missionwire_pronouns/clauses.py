"""Clauses: of whom a clause tells."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Final

from msgspec import Struct

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import SOMETHING_ELSE, Mention
from missionwire_pronouns.phrase import is_present
from missionwire_pronouns.tokens import Token, Tokens

_FAR: Final = 40
"""How many tokens a clause is followed for."""
_LONGEST_NAME: Final = 6
_APPOSITION: Final = 10
"""How many tokens what is told of somebody between commas may take."""
_INVERTING: Final = frozenset({"do", "does", "did"})
_WHAT: Final = frozenset({"what", "whatever"})
_TELLING: Final = frozenset(
    {"told", "tells", "assured", "assures", "reminded", "reminds", "informed", "informs", "promised", "promises"}
    | {"warned", "warns", "convinced", "wrote", "writes", "swore", "radioed"}
)
_SAYING: Final = frozenset({"that", "whether", "if", "how", "what", "why"})
_JOINING: Final = frozenset({"and", "but"})
_WHO: Final = frozenset({"who", "whom", "whose"})
_DOING: Final = frozenset({"i", "we", "they", "it", "you", "he", "she"})
"""The pronouns that may be the subject of a clause."""
_BEHIND: Final = frozenset({"when", "as", "while", "where", "after", "before", "until", "because", "who", "which"})
"""What leads a clause behind the main one."""
_SHORT: Final = 5
"""How many tokens what is owned may take."""


@cache
def _turning(lexicon: Lexicon) -> frozenset[str]:
    """Give what a clause may turn at, so that somebody told of before it, or something else, is its subject."""
    return lexicon.relatives | lexicon.ordering | _INVERTING | _WHAT | {"whose", ","}


@cache
def _bounds(lexicon: Lexicon) -> frozenset[str]:
    """Give what a clause may begin after."""
    return lexicon.conjunctions | lexicon.subordinators | {",", ";", ":"}


class ClauseReader(Struct, frozen=True):
    """Reads clauses by their conjunctions, commas and verbs; `mentions` are by the index of their first token."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: Mapping[int, Mention]

    def subject(self, token: Token) -> int | None:
        """Give the token of whom the clause tells: a mention's first one, a pronoun's, or `SOMETHING_ELSE`."""
        ahead = self.tokens.at(token.index - 1)
        if self._is_said_besides(token.index - 1):
            return None
        to = -1
        is_torn = is_before_verb = False
        turning, bounds = _turning(self.lexicon), _bounds(self.lexicon)
        has_verb = ahead is not None and ahead.is_word and not self.lexicon.is_function_word(ahead.lower)
        for index in self._outwards(token.index - 1):
            before = self.tokens.all[index]
            if before.sentence != token.sentence:
                return SOMETHING_ELSE if has_verb else None
            if before.is_quoted != token.is_quoted:
                return None
            if to >= 0 and index in self.mentions and self.mentions[index].role == "object":
                return None  # `asked Koch to lend him`: one of the two lends
            if (index in self.mentions or before.lower in _DOING) and (found := self._subject_at(index)) is not None:
                return None if is_torn else found
            is_verb = self.lexicon.is_verb(before.lower)
            is_deed = is_verb and before.lower not in self.lexicon.auxiliary
            # two clauses meet between two verbs: `The boy whose kite Lind had mended gave her a sweet`
            is_torn = is_torn or (is_deed and is_before_verb)
            if before.lower == "to" and index < token.index - 1 and self._is_infinitive(index + 1):
                to = index - (self.tokens.all[index - 1].lower == "not")
            if before.lower in turning and (found := self._subject_before(index, token, to)) is not None:
                return found
            if has_verb and before.lower in bounds and index + 2 < token.index and self._begins_clause(index):
                return SOMETHING_ELSE
            has_verb = has_verb or (is_verb and not self._is_behind_article(index))
            is_before_verb = is_deed
        return SOMETHING_ELSE if has_verb else None

    def _is_behind_article(self, index: int) -> bool:
        """Tell whether a word is a noun by the one before: `a rose`."""
        return index > 0 and self.tokens.all[index - 1].lower in self.lexicon.determiners

    def _is_infinitive(self, index: int) -> bool:
        """Tell whether a verb may follow upon `to`: not so in `went to the bus`, `wrote to Lind`."""
        verb = self.tokens.all[index]
        return not verb.is_capital and verb.lower not in self.lexicon.determiners

    def _outwards(self, index: int) -> Iterator[int]:
        """Give the tokens back from one, but for what is told in passing: `met Lind, who wept, and embraced …`."""
        while index >= 0:
            yield index
            if self.tokens.all[index].text == "," and (opening := self._opening(index)) is not None:
                index = opening
            index -= 1

    def _opening(self, comma: int) -> int | None:
        """Give the comma that opens what another one before `and` or `but` closes: `met Lind, a pilot who …, and …`.

        None where that is a row (`who wept, ate, and slept`).
        """
        joint = self.tokens.at(comma + 1)
        if joint is None or joint.lower not in _JOINING:
            return None
        start = max(self.tokens.sentences[joint.sentence], comma - _FAR)
        is_relative = False
        for index in range(comma - 1, start, -1):
            before = self.tokens.all[index]
            if before.text == ",":
                return index if is_relative and self._leads_aside(index) else None
            if not before.is_word and before.text != "-":
                return None
            is_relative = is_relative or before.lower in _WHO
        return None

    def _leads_aside(self, comma: int) -> bool:
        """Tell whether a comma begins what is told in passing: `, who`, `, with whom`, `, a pilot who`."""
        words = [t.lower for t in self.tokens.all[comma + 1 : comma + 3]]
        return words[0] in {"a", "an", "the"} or any(word in _WHO for word in words)

    def _subject_before(self, index: int, token: Token, to: int) -> int | None:
        """Give the subject that a relative pronoun or a comma leads back to, or that a verb tells not to be meant.

        `to` is the token of the infinitive behind, or before 0.
        """
        before = self.tokens.all[index]
        if before.lower == "whose" or self._is_what_does(index):  # what is theirs does it, not they
            return SOMETHING_ELSE
        if before.lower in self.lexicon.ordering and index < to - 1:  # `begged the doctors not to ground him`: they do
            return SOMETHING_ELSE
        if before.lower in _INVERTING and self.tokens.all[index + 1].lower == "the":  # `do the engineers greet her`
            return SOMETHING_ELSE
        if before.lower in self.lexicon.relatives and not self._is_conjunction(index, token):
            return self.antecedent(index)
        return self._resumed(index) if before.text == "," else None

    def _is_said_besides(self, index: int) -> bool:
        """Tell whether words say what else somebody said: `said that she rested, and that his own suit was wet`."""
        that, joining = self.tokens.at(index), self.tokens.at(index - 1)
        return that is not None and that.lower == "that" and joining is not None and joining.lower in _JOINING

    def _is_what_does(self, index: int) -> bool:
        """Tell whether it is something that does what a clause tells: `knows what awaits her`, not `what she saw`."""
        verb = self.tokens.at(index + 1)
        if self.tokens.all[index].lower not in _WHAT or verb is None or self._is_asked(index):
            return False
        return self.lexicon.is_verb(verb.lower) or is_present(self.tokens, self.lexicon, verb)

    def _is_asked(self, index: int) -> bool:
        """Tell whether somebody asks what it is, which is of another then: `wants to know what troubles him`."""
        asking, to = self.tokens.at(index - 1), self.tokens.at(index - 2)
        if asking is None or to is None:
            return False
        return asking.lower in self.lexicon.prompting or (asking.lower == "know" and to.lower == "to")

    def _is_conjunction(self, index: int, token: Token) -> bool:
        """Tell whether a `that` leads what somebody says or asks, right before a token: `asked that her colleague`.

        So it does behind whom they tell: `told the channel that her colleague`.
        """
        verb = self.tokens.at(index - 1)
        if index != token.index - 1 or self.tokens.all[index].lower != "that" or verb is None:
            return False
        if self.lexicon.is_verb(verb.lower):
            return True
        words = self.tokens.all[max(0, index - _SHORT) : index]
        return any(word.lower in _TELLING and word.sentence == token.sentence for word in words)

    def _subject_at(self, index: int) -> int | None:
        mention = self.mentions.get(index)
        if mention is not None and mention.role == "subject":
            return index
        lower = self.tokens.all[index].lower
        if lower not in _DOING:
            return None
        if lower in {"he", "she"}:
            return index
        return None if lower in {"it", "you"} and self._is_object(index) else SOMETHING_ELSE

    def _is_object(self, index: int) -> bool:
        before, after = self.tokens.at(index - 1), self.tokens.at(index + 1)
        if after is not None and (not after.is_word or after.lower in {"himself", "herself"}):  # `hooks it herself`
            return True
        return before is not None and (
            self.lexicon.is_verb(before.lower)
            or before.lower.endswith("ing")
            or before.lower in self.lexicon.prepositions
            or before.lower == "to"
        )

    def _begins_clause(self, index: int) -> bool:
        """Tell whether a clause with a subject of its own begins after a mark or conjunction there: no verb follows."""
        after = self.tokens.at(index + 1)
        if after is None or index + 1 in self.mentions:
            return False
        further = self.tokens.at(index + 2)
        is_third = after.lower.endswith("s") and further is not None and self.lexicon.is_function_word(further.lower)
        is_verbal = self.lexicon.is_verb(after.lower) or after.lower.endswith(("ing", "ly")) or is_third
        is_small = (
            after.lower in self.lexicon.adverbs or after.lower in self.lexicon.conjunctions or after.lower == "to"
        )
        if after.lower in self.lexicon.prepositions:
            return self._has_own_subject(after)
        return not (is_verbal or is_small)

    def _has_own_subject(self, preposition: Token) -> bool:
        """Tell whether an article right behind a time or place begins a subject: `and in 2009 a grant took her`."""
        words = self.tokens.all[preposition.index + 1 : preposition.index + _SHORT]
        for word, article in pairwise(words):
            if self.lexicon.is_verb(word.lower) or word.sentence != preposition.sentence:
                return False
            is_open = not self.lexicon.is_function_word(word.lower)
            if is_open and article.lower in {"a", "an", "the"}:
                return True
        return False

    def _resumed(self, comma: int) -> int | None:
        """Give of whom a clause tells that goes on after a comma: `Lind, who fell, rose`, `Lind, a pilot, rose`."""
        after = self.tokens.at(comma + 1)
        while after is not None and (after.lower in self.lexicon.adverbs or after.lower.endswith("ly")):
            after = self.tokens.at(after.index + 1)
        if after is None or not (self.lexicon.is_verb(after.lower) or is_present(self.tokens, self.lexicon, after)):
            return None
        for index in range(comma - 1, max(0, comma - _FAR), -1):
            before = self.tokens.all[index]
            if before.sentence != after.sentence or before.text in {";", ":"}:
                return None
            if before.lower in _WHO:
                ahead = self.tokens.all[index - 1]
                if ahead.lower == "and":  # `whose father … and whose brothers …`: the first of them tells whose
                    continue
                return self.antecedent(index - (ahead.lower in self.lexicon.prepositions))
            if before.text == "," and (first := self.antecedent(index)) >= 0:
                if (
                    self.tokens.all[first].lower == "whose" or self.tokens.all[first - 1].lower == "whose"
                ):  # `Lind, whose wife, a smith, fell, rose`
                    continue
                is_subject = self.mentions[first].role == "subject"
                return first if is_subject else None
        return None

    def antecedent(self, index: int) -> int:
        """Give the mention that a `who` belongs to, the one that ends right before it; `SOMETHING_ELSE` for none."""
        end = index - 1
        if (token := self.tokens.at(end)) and token.text == ",":
            end -= 1
            if end > 1 and self.tokens.all[end].text.isdigit() and self.tokens.all[end - 1].text == ",":
                end -= 2  # `Lind, 61, who led it`
        elif token is not None and token.lower == "and":  # `Lind, who led it and who knew him`
            led = (i for i in range(end, max(0, end - _FAR), -1) if self.tokens.all[i].lower == "who")
            if (who := next(led, None)) is not None:
                return self.antecedent(who)
        for first in range(end, max(-1, end - _LONGEST_NAME), -1):
            mention = self.mentions.get(first)
            if mention is not None:
                return first if mention.last == end else self._described(end)
        return self._described(end)

    def _described(self, end: int) -> int:
        """Give the mention of which an apposition tells that ends at a token: `Lind, an engineer of the firm, who`."""
        for index in range(end, max(1, end - _APPOSITION), -1):
            token = self.tokens.all[index]
            if token.text == ",":
                is_told = self.tokens.all[index + 1].lower in {"a", "an", "the"}
                found = [f for f in range(index - 1, max(-1, index - _LONGEST_NAME), -1) if f in self.mentions]
                return found[0] if is_told and found and self.mentions[found[0]].last == index - 1 else SOMETHING_ELSE
            if not (token.is_word or token.text[0].isdigit()) or self.lexicon.is_verb(token.lower):
                return SOMETHING_ELSE
        return SOMETHING_ELSE

    def main(self, token: Token) -> int | None:
        """Give of whom the main clause tells where the clause of a token tells of nobody who is mentioned as one.

        `Lind laughed when they laid a blanket around his shoulders`, `Lind lay in a tent, where doctors examined him`.
        """
        start = self.tokens.sentences[token.sentence]
        is_behind = False
        for index in range(token.index - 1, max(start, token.index - _FAR) - 1, -1):
            before = self.tokens.all[index]
            if before.is_quoted != token.is_quoted or before.text in {";", ":"} or before.lower in _SAYING:
                return None
            if is_behind and (found := self._subject_at(index)) is not None:
                return found if found >= 0 else None
            is_behind = is_behind or before.lower in _BEHIND
        return None

    def since(self, token: Token) -> int | None:
        """Give the `and` or comma before a pronoun's verb, where that shares its subject with another verb.

        `Lind sat beside him and shook her head`, `Lind, whose son had fallen, shook her head`. Not so where the joint
        closes what is told of another in passing, for that one may be meant.
        """
        for index in range(token.index - 1, max(0, token.index - _FAR), -1):
            before, after = self.tokens.all[index], self.tokens.all[index + 1]
            if before.sentence != token.sentence or before.text in {";", ":"}:
                return None
            is_joint = before.lower in {"and", "but", "then"} or before.text == ","
            if is_joint and self.lexicon.is_verb(after.lower):
                return index if self._opening(index - 1) is None else None
        return None
