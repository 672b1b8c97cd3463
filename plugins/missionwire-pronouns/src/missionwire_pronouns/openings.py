"""Openings: pronouns that lead up to what a sentence is about, or are that themselves."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from missionwire_pronouns.forms import FORMS, Case
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Mention
from missionwire_pronouns.tokens import Token, Tokens

_OPENERS: Final = frozenset({"“", '"', "‘", "«", "(", "``", "'", "„"})
_LEADING: Final = frozenset({"thanks", "owing", "due", "according"})
_BARELY: Final = frozenset({"no", "hardly", "scarcely", "barely"})
"""What begins a lead-up without a comma: `No sooner had she left than Mori came`."""
_MOMENTS: Final = frozenset({"time", "moment", "day", "minute", "instant", "night", "year", "morning"})
_SPANS: Final = frozenset(
    {"second", "seconds", "minute", "hour", "day", "week", "weekend", "month", "year", "decade", "decades"}
    | {"a", "an", "one", "half", "few", "some", "couple", "the", "day", "evening", "morning", "night"}
)
"""What may tell how long before or after something another thing is: `a few weeks before his start`."""
_WHICH: Final = frozenset({"the", "every", "each", "first", "last", "next"})
_DEVOTED: Final = frozenset(
    {"honour", "honor", "memory", "absence", "presence", "place", "stead", "side", "name", "behalf", "sake", "wake"}
)
"""What of somebody is named where another does something: `in her honour Mori sang`."""
_BESIDE: Final = frozenset({"with", "beside", "alongside", "behind", "after", "before", "at", "opposite"})
_PRESENT: Final = frozenset(
    {"travelled", "traveled", "travel", "travels", "flew", "fly", "flies", "sat", "sits", "sit", "stood"}
    | {"stands", "stand", "came", "comes", "come", "was", "were", "is", "are", "worked", "works", "work"}
    | {"rode", "rides", "landed", "land", "returned", "returns", "return", "launched", "arrived", "arrive"}
    | {"arrives", "went", "goes", "floated", "trained"}
)
"""What is told of those who are there, too."""
_BACK: Final = 4
_LEAD: Final = 8
_LONGEST: Final = 200
"""How many tokens into its sentence a pronoun is read: people write no longer ones, and what is none proves nothing."""


class OpeningReader(Struct, frozen=True):
    """Reads what comes before a pronoun in its sentence; `mentions` are by the index of their first token."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: Mapping[int, Mention]

    def is_fronted(self, token: Token, case: Case) -> bool:
        """Tell whether a pronoun stands in what leads up to the sentence's own clause: up to the comma after it."""
        before = self.tokens.all[self.tokens.sentences[token.sentence] : token.index]
        words = [t for t in before if t.text not in _OPENERS]
        opener = next((t.lower for t in words if self._leads(t.lower, case) or not self._is_degree(t)), "")
        if case == "subject" and self._is_moment(words):
            return any(t.text == "," for t in self.tokens.after(token, _LONGEST))
        if case == "subject" and words and words[0].lower in _BARELY:
            return any(t.lower in {"than", "when"} for t in self.tokens.after(token, _LONGEST))
        if case == "subject" and len(words) > 1 and all(self._is_date(t) for t in words[1:]):  # `Since Tuesday she is`
            return False
        is_lead = self._leads(opener, case) or opener.endswith(("ing", "ed")) or opener in {"born", "asked"}
        if not is_lead or any(t.text == "," for t in words):
            return False
        if case == "possessive" and self._is_followed_by_owner(token):
            return True
        comma = next((t for t in self.tokens.after(token, _LONGEST) if t.text == "," or self._is_inverted(t)), None)
        after = self.tokens.at(comma.index + 1) if comma is not None else None
        is_closed = after is None or after.lower not in self.lexicon.conjunctions  # `After a week he left, and …`
        return comma is not None and is_closed

    def _is_date(self, token: Token) -> bool:
        return (token.is_capital and token.lower in self.lexicon.months) or token.text.isdigit()

    def _is_moment(self, words: Sequence[Token]) -> bool:
        """Tell whether words lead up to a sentence like `when`: `By the time he came, Mori …`."""
        return 1 < len(words) <= _BACK and words[-1].lower in _MOMENTS and words[-2].lower in _WHICH

    def _is_followed_by_owner(self, owner: Token) -> bool:
        """Tell whether who does something stands right behind what is owned: `In her luggage Mori carried sand`.

        A noun counts that says the gender of the pronoun: `With his first money her son bought it`.
        """
        for after in self.tokens.after(owner, _BACK):
            if after.index in self.mentions:
                mention = self.mentions[after.index]
                is_known = mention.label[0].isupper()  # by name, though here by a noun
                is_owner = is_known or mention.gender == FORMS[owner.lower].gender
                return is_owner and mention.role == "subject" and after.index > owner.index + 1
            if not after.is_word or after.lower in _DEVOTED:
                return False
            if self.lexicon.is_function_word(after.lower) and after.lower not in self.lexicon.determiners:
                return False
        return False

    def _is_inverted(self, token: Token) -> bool:
        """Tell whether the sentence's own clause begins with its verb: `Only after she had left did Mori speak`."""
        return token.lower in {"did", "does", "do"} and token.index + 1 in self.mentions

    def is_beside(self, token: Token) -> bool:
        """Tell whether it is told who was beside somebody: `With her flew Kral`, `At her side sat the Dane Jan Vos`.

        Whoever is named behind the verb is not whom the pronoun means.
        """
        link = self.tokens.at(token.index - 1)
        if link is None or link.lower not in _BESIDE or link.index != self.tokens.sentences[token.sentence]:
            return False
        for word in self.tokens.after(token, _LEAD):
            if not word.is_word or word.index in self.mentions:
                return False
            if word.lower in _PRESENT:
                ahead = (t.index for t in self.tokens.after(word, _BACK))
                return any(index in self.mentions for index in ahead)
        return False

    def _leads(self, word: str, case: Case) -> bool:
        """Tell whether a word may begin what leads up to a sentence's own clause."""
        if case == "subject":  # `In truth she is careful, says …`: the sentence's own clause has begun
            return word in self.lexicon.subordinators
        return word in self.lexicon.subordinators or word in self.lexicon.prepositions or word in _LEADING

    def _is_degree(self, token: Token) -> bool:
        """Tell whether a word only says how long or how much before: `shortly before …`, `Two days after …`."""
        if token.lower in _SPANS or token.lower in self.lexicon.numbers or token.text.isdigit():
            return True
        is_small = token.lower in self.lexicon.adverbs and token.lower not in self.lexicon.subordinators
        return token.is_word and (is_small or token.lower.endswith("ly"))

    def is_topic(self, token: Token, case: Case) -> bool:
        """Tell whether no verb and nobody comes before a pronoun in its sentence: it is what the sentence is about."""
        comma = self._lead(token)
        for before in self.tokens.sentence(token.sentence):
            if before.index >= token.index:
                is_first = before.index == self.tokens.sentences[token.sentence]
                return case in {"subject", "possessive"} or (case == "absolute" and is_first)
            if before.is_quoted or (before.index < comma and before.index not in self.mentions):
                continue
            if before.is_word and (self.lexicon.is_verb(before.lower) or before.index in self.mentions):
                return False
        return False

    def _lead(self, token: Token) -> int:
        """Give the comma right before a pronoun that ends what leads up to it: `When visitors ask, he …`, else 0."""
        comma = self.tokens.at(token.index - 1)
        first = self.tokens.all[self.tokens.sentences[token.sentence]]
        is_led = comma is not None and comma.text == "," and first.lower in self.lexicon.subordinators
        return comma.index if comma is not None and is_led else 0
