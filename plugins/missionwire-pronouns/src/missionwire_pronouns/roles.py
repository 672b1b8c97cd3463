"""Roles: what a mention is in its clause, told by the words on both sides of it."""

from typing import Final

from msgspec import Struct

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Mention, Role
from missionwire_pronouns.phrase import is_present, person_noun
from missionwire_pronouns.tokens import Token, Tokens

_REACH: Final = 8
"""How many tokens back a verb of the same clause is looked for."""
_STANDING: Final = frozenset(
    {"sat", "sits", "stood", "stands", "lay", "lies", "came", "comes", "waited", "waits", "followed", "went", "floated"}
)
"""Verbs behind which their subject stands where a place comes first."""
_LONGEST_PLACE: Final = 6
_THIRD: Final = frozenset({"he", "she", "it", "who", "which", "that"})
_INVERTING: Final = frozenset({"did", "does", "do"})
_SHORT_FOR_IS: Final = frozenset({"a", "an", "the", "been", "not", "going"})
"""After these, `Mori's` is short for `Mori is`."""
_UTTERING: Final = frozenset(
    {"commented", "comments", "summarized", "summarised", "celebrated", "radioed", "assured", "explained", "began"}
    | {"posted", "commands", "ordered", "greeted", "informed", "indicated", "specified", "underlined", "emphasized"}
    | {"emphasised", "pointed", "reacted", "enthused", "rejoiced", "applauded", "cheered", "marvelled", "marveled"}
    | {"detailed", "estimated", "affirmed", "stated", "ventured", "responded", "opined", "predicted", "recounted"}
)
"""What is told right behind quoted words of who says them: `“…,” commented Mori`."""
_LASTLY: Final = frozenset({"then", "lastly", "finally", "also", "last"})
"""What goes on with a row of people."""
_BY_WAY_OF: Final = frozenset({"from", "on", "by", "through", "in", "via", "at"})
"""What leads a place or a means: `commented from Bari`, `wrote on Twitter`, `said by radio`."""
_DESCRIBING: Final = ("ful", "ed", "ous", "ive", "less", "ing", "ble", "ic", "ish", "ly")
"""How words end that describe somebody."""
_NOUNS_IN_ING: Final = frozenset({"evening", "morning", "spring"})
"""Behind these stands a subject: `On her first evening Mori cooked`."""


class RoleReader(Struct, frozen=True):
    """Tells roles without a parser: where the words do not say, a mention counts as the subject of its clause."""

    tokens: Tokens
    lexicon: Lexicon

    def role(self, first: int, last: int, before: Token | None, previous: Mention | None) -> Role:
        """Give the role of the mention at the tokens `first` to `last`.

        `before` is the token before it, as `before` gives it; `previous` is the mention before it.
        """
        after = self.tokens.at(last + 1)
        if after is not None and self._owns(last, after):
            return "possessor"
        if before is not None and before.lower == "'s" and previous is not None and previous.last == before.index - 1:
            before = self.tokens.at(previous.first - 1)  # `Mori's husband` stands where `Mori` does
        is_new = before is None or before.sentence != self.tokens.all[first].sentence
        if before is None or is_new or (before.lower == "for" and self._is_for(before, last)):
            return "subject"
        has_verb = after is not None and (
            self.lexicon.is_verb(after.lower)
            or after.lower == "who"
            or (not after.is_capital and is_present(self.tokens, self.lexicon, after))
        )
        if before.lower in _INVERTING or self._is_uttering(before):  # `Only then did Mori call`
            return "subject"
        if previous is not None and previous.role in {"object", "oblique"} and self._is_listed(before, after, previous):
            return previous.role
        if before.lower in {"and", "or"} and previous is not None and previous.last == before.index - 1:
            return previous.role
        if before.lower in _LASTLY and self._goes_on(before, previous, has_verb=has_verb) and previous is not None:
            return previous.role  # `pulled out Mori, then Lind and lastly Kral`
        is_presented = before.lower in {"is", "was"} and after is not None and after.text in {".", ","}
        if is_presented and self.tokens.all[first].is_capital:  # `The third of the team is Mori.`
            return "subject"
        return self._after(first, before, has_verb=has_verb)

    def before(self, first: int) -> Token | None:
        """Give the token before a mention, without what people somebody is of: `to the Russian Lind`, `by two men`."""
        before = self.tokens.at(first - 1)
        if before is None or not before.is_word:
            return before
        ahead = self.tokens.at(first - 2)
        if before.lower in self.lexicon.numbers:
            return ahead
        if ahead is None or ahead.lower != "the":
            return before
        is_of_people = before.is_capital and before.lower in self.lexicon.origins_of_people
        return self.tokens.at(first - 3) if is_of_people or self._is_describing(before) else before

    def _is_describing(self, token: Token) -> bool:
        """Tell whether a word between an article and a name only describes who is named: `beside the cheerful Lind`."""
        if not token.is_word or token.is_capital or person_noun(token.lower, self.lexicon):
            return False
        return token.lower.endswith(_DESCRIBING) and token.lower not in self.lexicon.organisation

    def _is_for(self, lead: Token, last: int) -> bool:
        """Tell whether a sentence is about whom it begins with: `For Mori, 34, it was the first flight`."""
        if lead.index != self.tokens.sentences[lead.sentence]:
            return False
        words = self.tokens.after(self.tokens.all[last], _REACH)
        place = next((i for i, word in enumerate(words) if word.lower in {"it", "this"}), 0)
        told = words[place + 1] if place and place + 1 < len(words) else None
        is_set_off = words[place - 1].text == "," if place else False
        return is_set_off and told is not None and (told.lower in self.lexicon.copula or told.lower == "will")

    def _is_uttering(self, lead: Token) -> bool:
        """Tell whether a place or means stands before who utters quoted words: `“…,” wrote from Bari Mori`."""
        if not self.tokens.quotations or lead.lower in _BY_WAY_OF:
            return False
        for token in reversed(self.tokens.all[max(0, lead.index - _LONGEST_PLACE) : lead.index]):
            if not token.is_word or token.is_quoted:
                return False
            after, before = self.tokens.all[token.index + 1], self.tokens.at(token.index - 1)
            if token.lower in self.lexicon.speech or token.lower in _UTTERING:
                is_behind = before is not None and before.is_quoted
                return is_behind and after.lower in _BY_WAY_OF and lead.lower not in self.lexicon.conjunctions
        return False

    def _is_listed(self, comma: Token, after: Token | None, previous: Mention) -> bool:
        """Tell whether a mention stands within a row of those who are told of: `the seats of Mori, Lind and Kral`."""
        if comma.text != "," or previous.last != comma.index - 1 or after is None or after.text not in {",", "and"}:
            return False
        words = self.tokens.after(after, _LONGEST_PLACE)
        return bool(words) and words[0].is_capital and not any(self._is_verb(word) for word in words)

    def _goes_on(self, adverb: Token, previous: Mention | None, *, has_verb: bool) -> bool:
        joint = self.tokens.at(adverb.index - 1)
        is_joint = joint is not None and (joint.text == "," or joint.lower == "and")
        return is_joint and not has_verb and previous is not None and previous.last == adverb.index - 2

    def _owns(self, last: int, after: Token) -> bool:
        is_plural_mark = after.text in "'’" and after.start == self.tokens.all[last].end
        if after.lower != "'s" and not is_plural_mark:
            return False
        following = self.tokens.at(after.index + 1)
        return following is None or following.lower not in _SHORT_FOR_IS

    def _after(self, first: int, before: Token, *, has_verb: bool) -> Role:
        lexicon = self.lexicon
        if before.lower in lexicon.subordinators or before.lower in lexicon.relatives:
            return "subject" if has_verb or before.lower not in lexicon.prepositions else "oblique"
        if before.lower in lexicon.prepositions or before.lower == "to":
            return "oblique"
        ahead = self.tokens.at(before.index - 1)
        is_behind_quote = ahead is not None and ahead.is_quoted  # `“…,” wrote Mori`
        if is_behind_quote and not has_verb and before.lower in _UTTERING:
            return "subject"
        if before.lower in lexicon.speech and (is_behind_quote or before.lower not in lexicon.giving):
            is_joined = ahead is not None and ahead.text == "," and before.lower not in lexicon.prompting
            is_inverted = is_behind_quote or is_joined  # `… is late, said Mori`
            return "subject" if is_inverted or has_verb else "object"
        if before.lower in _STANDING and self._is_inverted(before):  # `Beside her sat Mori`
            return "subject"
        if self._is_verb(before) or self._is_doing(before):
            return "object"
        return "subject" if has_verb or not self._has_verb_before(first) else "object"

    def _is_doing(self, token: Token) -> bool:
        """Tell whether a word in `-ing` is a verb: not so `In her greeting the pilot thanked`."""
        if not token.lower.endswith("ing") or token.lower in _NOUNS_IN_ING:
            return False
        ahead = self.tokens.at(token.index - 1)
        return ahead is None or ahead.lower not in self.lexicon.determiners

    def _is_inverted(self, verb: Token) -> bool:
        """Tell whether a place stands before a verb of standing, so that its subject comes behind it."""
        start = max(self.tokens.sentences[verb.sentence], verb.index - _LONGEST_PLACE)
        words = self.tokens.all[start : verb.index]
        for index in range(len(words) - 1, -1, -1):
            if words[index].text == "," or words[index].lower == "and":
                words = words[index + 1 :]
                break
        if not words or any(t.lower in {"he", "she", "it", "they", "who", "which"} for t in words):
            return False
        is_place = words[0].lower in self.lexicon.prepositions or words[0].lower in {
            "next",
            "then",
            "there",
            "here",
            "last",
        }
        return is_place and not any(self.lexicon.is_verb(t.lower) for t in words) and len(words) < _LONGEST_PLACE

    def _is_verb(self, token: Token) -> bool:
        """Tell whether a word is a finite verb; an unlisted one in `-s` is where it follows upon its subject."""
        if self.lexicon.is_verb(token.lower):
            return True
        if token.lower == "'s":
            return False
        before = self.tokens.at(token.index - 1)
        is_third = token.lower.endswith("s") and not token.is_capital and token.is_word
        return is_third and before is not None and (before.lower in _THIRD or (before.is_word and before.is_capital))

    def _has_verb_before(self, first: int) -> bool:
        start = self.tokens.sentences[self.tokens.all[first].sentence]
        for index in range(first - 1, max(start, first - _REACH) - 1, -1):
            token = self.tokens.all[index]
            if token.text in {",", ";", ":"} or token.lower in self.lexicon.conjunctions:
                return False
            if token.is_word and self._is_verb(token):
                return True
        return False
