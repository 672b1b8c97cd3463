"""Attribution: who says what a sentence tells, and of whom they say it."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final, Literal

from msgspec import Struct

from missionwire_pronouns.forms import FORMS, Case
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Mention
from missionwire_pronouns.speech import is_said_to
from missionwire_pronouns.tokens import Token, Tokens

_THAT: Final = frozenset({"that", "if", "whether", "how", "what", "why", "where", "who", "of", "about"})
_OWN_SIDE: Final = frozenset(
    {
        "agency",
        "team",
        "colleagues",
        "company",
        "country",
        "countrymen",
        "compatriots",
        "department",
        "institute",
        "own",
    }
)
"""What somebody who speaks most often has themselves: `recalled that her agency …`."""
_LONGEST_TALK: Final = 24
_WHILE: Final = frozenset({"as", "while", "before", "until"})
_WORDINGS: Final = frozenset({"words", "view", "opinion", "account"})
_KNOWING: Final = frozenset(
    {
        "knew",
        "knows",
        "thought",
        "thinks",
        "believed",
        "believes",
        "hoped",
        "hopes",
        "feared",
        "fears",
        "recalled",
        "felt",
    }
)
_MESSAGES: Final = frozenset({"video", "post", "note", "tweet", "blog", "recording"})
_SOON: Final = frozenset({"shortly", "soon", "right", "immediately", "just"})
_ATTRIBUTION: Final = 16
"""How many tokens who says quoted words may take."""
_MARKS: Final = frozenset({",", "–", "—"})
_PREDICATE: Final = 12
"""How many tokens what is said of a pronoun may take."""


class AttributionReader(Struct, frozen=True):
    """Reads who speaks around a pronoun; `mentions` are by the index of their first token."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: Mapping[int, Mention]

    def is_comment(self, token: Token) -> bool:
        """Tell whether a clause is set into another to tell who says so: `…, as he admits, …`."""
        before, ahead = self.tokens.at(token.index - 1), self.tokens.at(token.index - 2)
        return before is not None and ahead is not None and before.lower == "as" and ahead.text in {",", "–", "—", "("}

    def beside_speech(self, token: Token) -> Literal["self", "other"] | None:
        """Tell whose deed a clause tells beside quoted words: the speaker's (`“…,” said Mori, while he waved`).

        Where the words are said to another, that one may be who does it.
        """
        link = self.tokens.at(token.index - 1)
        if link is None:
            return None
        ahead = self.tokens.all[link.index - 1].lower
        is_soon = link.lower == "after" and ahead in _SOON
        is_message = link.lower in {"that", "which"} and (ahead in _MESSAGES or ahead in self.lexicon.talks)
        if link.lower not in _WHILE and not is_soon and not is_message:
            return None
        for index in range(link.index - 1, max(0, link.index - _ATTRIBUTION), -1):
            before = self.tokens.all[index]
            if before.is_quoted or before.sentence != token.sentence:
                break
            if before.lower in self.lexicon.speech:
                return self._doer_beside(index, link.index)
        return None

    def _doer_beside(self, verb: int, end: int) -> Literal["self", "other"] | None:
        """Tell whether the words before a verb are said to nobody, and one person stands beside it."""
        people = [i for i in range(max(0, verb - _ATTRIBUTION), end) if i in self.mentions]
        quotation = self.tokens.quotation_before(verb) or self.tokens.quotation_before(people[0] if people else verb)
        if quotation is None:
            return None
        people = [i for i in people if i > quotation.last]
        said = [t.lower for t in self.tokens.all[quotation.first + 1 : quotation.last]]
        is_told = is_said_to(said, self.lexicon) or self.tokens.all[quotation.last - 1].text in {"!", "?"}
        if is_told or any(word in FORMS for word in said):
            return "other"
        return "self" if len({self.mentions[i].entity for i in people}) == 1 else None

    def is_parenthetic(self, token: Token, *, is_speaking: bool) -> bool:
        """Tell whether two words alone stand between marks: `…, he says, …`, `…, he knew.`."""
        before, verb, after = (self.tokens.at(token.index + step) for step in (-1, 1, 2))
        if not is_speaking and (verb is None or verb.lower not in _KNOWING):
            return False
        if before is None or after is None or before.text not in _MARKS:
            return False
        return after.text in _MARKS or after.text == "."

    def is_turn(self, mark: Token) -> bool:
        """Tell whether it is said after a mark who tells a sentence: a colon, or `, says Kral`, `, Kral says`."""
        if mark.text != "," or mark.is_quoted:
            return mark.text == ":"
        after = self.tokens.at(mark.index + 1)
        name = self.mentions.get(mark.index + 1)
        verb = after if name is None else self.tokens.at(name.last + 1)
        teller = self.mentions.get(mark.index + 2)
        following = self.tokens.at(teller.last + 1) if name is None and teller is not None else None
        if following is not None and following.lower == "and":  # `…, called Kral and showed her …`
            return False
        is_told = verb is not None and verb.lower in self.lexicon.speech
        return is_told and (name is not None or mark.index + 2 in self.mentions)

    def is_retold(self, token: Token, case: Case) -> bool:
        """Tell whether somebody may say or know it of another: `said that he was well`, `waited for his return`."""
        nouns = self.tokens.after(token, 2)
        if case == "possessive" and any(noun.lower in self.lexicon.fame for noun in nouns):
            return True
        if case == "possessive" and any(noun.lower in _OWN_SIDE for noun in nouns):
            return False
        start = self.tokens.sentences[token.sentence]
        is_led = False
        for index in range(token.index - 1, max(start, token.index - _LONGEST_TALK) - 1, -1):
            before = self.tokens.all[index]
            if before.is_quoted:
                return False
            is_led = is_led or index == token.index - 1 or before.lower in _THAT
            if before.lower in self.lexicon.speech and not self.tokens.all[index - 1].is_quoted:
                return is_led
            if before.text in {";", ":"}:
                return False
        return False

    def is_wording(self, token: Token, case: Case) -> bool:
        """Tell whether a sentence goes on with what somebody has said: `In her words, it was calm`."""
        before, noun = self.tokens.at(token.index - 1), self.tokens.after(token, 1)
        if case != "possessive" or before is None or before.lower != "in" or not noun:
            return False
        return before.index == self.tokens.sentences[token.sentence] and noun[0].lower in _WORDINGS

    def is_explaining(self, token: Token) -> bool:
        """Tell whether a colon stands between what a sentence is about and a pronoun: `Mori knew it: in May he …`."""
        start = self.tokens.sentences[token.sentence]
        for index in range(token.index - 1, max(start, token.index - _PREDICATE), -1):
            before = self.tokens.all[index]
            if before.is_quoted or index in self.mentions:
                return False
            if before.text == ":":
                return True
        return False

    def is_parallel(self, token: Token) -> bool:
        """Tell whether a clause is joined to another of what one says: `wrote that she was glad, and that he …`."""
        if [t.lower for t in self.tokens.all[max(0, token.index - 2) : token.index]] != ["and", "that"]:
            return False
        start = self.tokens.sentences[token.sentence]
        words = [t.lower for t in self.tokens.all[start : token.index - 2]]
        return any(that == "that" and one in {"he", "she"} and one != token.lower for that, one in pairwise(words))
