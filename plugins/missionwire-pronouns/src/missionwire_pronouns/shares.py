"""Shares: whose something is by what a clause does with them, and whom it tells of again."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from msgspec import Struct

from missionwire_pronouns.clauses import ClauseReader
from missionwire_pronouns.forms import FORMS, Case
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import SOMETHING_ELSE, Mention
from missionwire_pronouns.possession import is_career
from missionwire_pronouns.tokens import Token, Tokens

_FAR: Final = 40
"""How many tokens a clause is followed for."""
_LONGEST_NAME: Final = 6
_APPOSITION: Final = 10
"""How many tokens what is told of somebody between commas may take."""
_MOVING: Final = frozenset(
    {"put", "puts", "laid", "lifts", "carries", "carry", "sat", "helps", "help", "bring", "brings", "led"}
)
_CARING: Final = frozenset(
    {
        "sent",
        "sends",
        "taught",
        "called",
        "calls",
        "raised",
        "encouraged",
        "hugged",
        "kissed",
        "embraced",
        "accompanied",
    }
    | {"awaits", "awaited", "supported", "supports", "inspired", "inspires", "brought", "gave", "phoned", "phones"}
)
"""What one's own kin do to one."""
_OF: Final = frozenset({"of", "about"})
_ASKED: Final = frozenset({"whether", "if", "what", "how", "where", "why", "when"})
_ALLOWED: Final = frozenset({"may", "might", "can", "could", "should", "would"})
"""What one asks for oneself: `asked Lind whether he might sit down`."""
_REACH: Final = 3
_SHORT: Final = 5
"""How many tokens what is owned may take."""


class ShareReader(Struct, frozen=True):
    """Reads what is told for, done to and given to somebody; `mentions` are by the index of their first token."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: Mapping[int, Mention]
    clauses: ClauseReader

    def owner(self, token: Token, case: Case) -> int | None:
        """Give whose share what is owned must be, or whom else the clause has told of that it must mean."""
        if case != "possessive":
            if case == "object" and (owner := self.kept(token)) is not None:
                return owner
            if case == "object":
                return self.met(token)
            return self.aged(token) or self.said_of(token) if case == "subject" else None
        credited = self.credited(token)
        if credited is None and is_career(self.tokens, self.lexicon, token):
            return self.share(token)
        found = (place for place in (credited, self.moved(token), self.joined_to(token)) if place is not None)
        return next(found, None)

    def share(self, token: Token) -> int | None:
        """Give the mention whose share something is: `For Lind, it was the end of her …`, `…, for whom it was her …`.

        Nobody else is mentioned between the two.
        """
        start = self.tokens.sentences[token.sentence]
        it = None
        for index in range(token.index - 1, max(start, token.index - _FAR) - 1, -1):
            before, after = self.tokens.all[index], self.tokens.all[index + 1]
            if index in self.mentions:
                is_share = it is not None and index == start + 1 and self.tokens.all[start].lower == "for"
                return index if is_share else None
            if before.text in {",", ";", ":"} and it is None:
                return None
            is_being = after.lower in self.lexicon.copula or after.lower in self.lexicon.auxiliary
            if before.lower in {"it", "this", "that"} and is_being:
                it = index
            if before.lower == "for" and after.lower == "whom" and it == index + 2:
                found = self.clauses.antecedent(index)
                return found if found >= 0 else None
        return None

    def credited(self, token: Token) -> int | None:
        """Give the mention that is thanked or praised for what it owns: `Lind thanked Kral for her help`."""
        link, noun = self.tokens.at(token.index - 1), self.tokens.at(token.index + 1)
        if link is None or noun is None or link.lower not in {"for", "on"} or noun.lower not in self.lexicon.merits:
            return None
        whom = self.tokens.all[link.index - 1]
        is_pronoun = whom.lower in {"him", "her"}
        first = whom.index if is_pronoun else self.clauses.antecedent(link.index)
        verb = self.tokens.at(first - 1)
        is_credited = first >= 0 and verb is not None and verb.lower in self.lexicon.crediting
        return first if is_credited and (is_pronoun or self.mentions[first].role == "object") else None

    def moved(self, token: Token) -> int | None:
        """Give whom many bring to what is owned: `rescuers, who carried Lind to his tent`, `put her into his chair`.

        `token` is the owner, its subject must be none who is mentioned as one.
        """
        into, whom = self.tokens.at(token.index - 1), self.tokens.at(token.index - 2)
        if into is None or whom is None or into.lower not in {"to", "into", "onto", "on", "from", "in", "back"}:
            return None
        first = whom.index if whom.lower in {"him", "her"} else self.clauses.antecedent(into.index)
        verb = self.tokens.at(first - 1)
        if first < 0 or verb is None or (verb.lower not in self.lexicon.attending and verb.lower not in _MOVING):
            return None
        sex = FORMS[token.lower].gender
        before = (self.mentions[i] for i in range(self.tokens.sentences[token.sentence], first) if i in self.mentions)
        if any(m.could_be(sex) and m.kind != "many" for m in before):
            return None
        return first if self.clauses.subject(verb) in {SOMETHING_ELSE, None} else None

    def met(self, token: Token) -> int | None:
        """Give whom a clause does something to, and then goes on to: `hugged Kral and gave her bread`."""
        verb, joint = self.tokens.at(token.index - 1), self.tokens.at(token.index - 2)
        if verb is None or joint is None or joint.lower != "and" or not self.lexicon.is_verb(verb.lower):
            return None
        first = self.clauses.antecedent(joint.index)
        doing = self.tokens.at(first - 1)
        is_met = first >= 0 and doing is not None and self.lexicon.is_verb(doing.lower)
        return first if is_met and self.mentions[first].role == "object" else None

    def kept(self, token: Token) -> int | None:
        """Give whose kin does something to a pronoun: `Lind, whose son sent him kisses`; nobody else is between."""
        start = max(self.tokens.sentences[token.sentence], token.index - _APPOSITION)
        for index in range(token.index - 1, start, -1):
            before = self.tokens.all[index]
            if before.lower == "whose":
                words = self.tokens.all[index + 1 : token.index]
                is_kin = any(word.lower in self.lexicon.kin for word in words[:_REACH])
                is_kin = is_kin and words[-1].lower in _CARING
                found = self.clauses.antecedent(index)
                return found if is_kin and found >= 0 else None
            mention = self.mentions.get(index)
            if (not before.is_word and before.text != "-") or (mention is not None and mention.kind == "name"):
                return None
        return None

    def kin_of(self, token: Token, subject: int | None) -> int | None:
        """Give the one whose kin does what a clause tells: `Lind's son was waiting for her`, `Her husband, a smith, …`.

        That is the first token of a mention, or a possessive pronoun; `subject` is that of the clause.
        """
        if subject is None or subject not in self.mentions:
            return None
        start = max(self.tokens.sentences[token.sentence], subject - _APPOSITION)
        for index in range(min(self.mentions[subject].last, token.index - 1), start, -1):
            if self.tokens.all[index].lower not in self.lexicon.kin:
                continue
            for owner in range(index - 1, max(start - 1, index - _SHORT), -1):
                before = self.tokens.all[owner]
                if before.lower in FORMS:
                    return owner
                if before.lower == "'s":
                    return next((i for i in range(owner - 1, owner - _SHORT, -1) if i in self.mentions), None)
                if not before.is_word and before.text != "-":
                    break
        return None

    def joined_to(self, token: Token) -> int | None:
        """Give the mention beside which somebody of theirs is told of: `Lind and her crewmate Kral`."""
        index = token.index - 1
        if self.tokens.all[index].lower == "of" and self.tokens.all[index - 1].lower in self.lexicon.numbers:
            index -= 2
        if self.tokens.all[index].lower != "and":
            return None
        noun = self.tokens.after(token, _SHORT)
        if not any(word.lower in self.lexicon.mutual or word.lower in self.lexicon.kin for word in noun[:3]):
            return None
        found = self.clauses.antecedent(index)
        return found if found >= 0 and self.mentions[found].kind == "name" else None

    def aged(self, token: Token) -> int | None:
        """Give of whom it is told how old they were then: `Lind, who was 77 years old when he flew`."""
        words = self.tokens.all[max(0, token.index - _LONGEST_NAME) : token.index]
        for who, was in pairwise(words):
            if who.lower == "who" and was.lower in self.lexicon.copula and words[-1].lower == "when":
                is_age = self.tokens.all[was.index + 1].text.isdigit()
                return found if is_age and (found := self.clauses.antecedent(who.index)) >= 0 else None
        return None

    def said_of(self, token: Token) -> int | None:
        """Give of whom somebody says what a pronoun does: `Lind said of Kral that she`, `Of Kral, Lind said that …`."""
        that = self.tokens.at(token.index - 1)
        if that is None or that.lower != "that":
            return None
        start = self.tokens.sentences[token.sentence]
        first = self.clauses.antecedent(that.index)
        if first < 0 and self.tokens.all[start].lower in _OF and start + 1 in self.mentions:
            comma, verb = self.tokens.at(self.mentions[start + 1].last + 1), self.tokens.all[that.index - 1]
            is_led = comma is not None and comma.text == "," and verb.lower in self.lexicon.speech
            return start + 1 if is_led else None
        of, verb = self.tokens.at(first - 1), self.tokens.all[max(0, first - 2)]
        is_said = of is not None and of.lower in _OF and verb.lower in self.lexicon.speech
        return first if first >= 0 and is_said else None

    def told_of(self, token: Token) -> int | None:
        """Give whom a sentence is said of, where that comes after a pronoun: `…, the agency said of the new pilot`."""
        for of in self.tokens.all[token.index + 2 : token.index + _FAR]:
            if of.sentence != token.sentence:
                return None
            if of.lower in {"of", "about"} and of.index + 1 in self.mentions:
                return of.index + 1 if self.tokens.all[of.index - 1].lower in self.lexicon.speech else None
        return None

    def asked(self, token: Token) -> int | None:
        """Give whom somebody asks what a pronoun does: `asked Lind whether she was well`, not `whether he may sit`."""
        link, verb = self.tokens.at(token.index - 1), self.tokens.at(token.index + 1)
        if link is None or verb is None or link.lower not in _ASKED or verb.lower in _ALLOWED:
            return None
        first = self.clauses.antecedent(link.index)
        asking = [t.lower for t in self.tokens.all[max(0, first - 2) : max(0, first)]]
        is_asked = asking[-1:] in (["asked"], ["asks"]) or asking == ["know", "from"]
        return first if first >= 0 and is_asked else None

    def given_to(self, token: Token) -> int | None:
        """Give to whom goes what somebody owns, where nothing comes between: `returned his helmet to Mori`."""
        for to in self.tokens.all[token.index + 2 : token.index + _SHORT + 2]:
            if to.sentence != token.sentence:
                return None
            if to.lower in {"to", "from"}:
                return to.index + 1 if to.index + 1 in self.mentions else None
            if not to.is_word or self.lexicon.is_function_word(to.lower):
                return None
        return None
