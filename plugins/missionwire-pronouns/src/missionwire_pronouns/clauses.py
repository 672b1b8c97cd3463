"""Clauses: of whom a clause tells, and who in a sentence can't be the same person."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from missionwire_pronouns.forms import FORMS
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
_WRITINGS: Final = frozenset(
    {"letter", "message", "note", "telegram", "email", "e-mail", "speech", "call", "statement", "postcard", "address"}
)
_MOVING: Final = frozenset(
    {"put", "puts", "laid", "lifts", "carries", "carry", "sat", "helps", "help", "bring", "brings", "led"}
)
_TELLING: Final = frozenset({"told", "tells", "assured", "assures", "reminded", "reminds", "informed", "informs"})
_SHORT: Final = 5
"""How many tokens what is owned may take."""


@dataclass(frozen=True, slots=True)
class ClauseReader:
    """Reads clauses by their conjunctions, commas and verbs; `mentions` are by the index of their first token."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: Mapping[int, Mention]

    def subject(self, token: Token) -> int | None:
        """Give the token of whom the clause tells: a mention's first one, a pronoun's, or `SOMETHING_ELSE`."""
        ahead = self.tokens.at(token.index - 1)
        to = -1
        is_torn = False
        has_verb = ahead is not None and ahead.is_word and not self.lexicon.is_function_word(ahead.lower)
        for index in range(token.index - 1, -1, -1):
            before = self.tokens.all[index]
            if before.sentence != token.sentence:
                return SOMETHING_ELSE if has_verb else None
            if before.is_quoted != token.is_quoted:
                return None
            if to >= 0 and index in self.mentions and self.mentions[index].role == "object":
                return None  # `asked Koch to lend him`: one of the two lends
            if (found := self._subject_at(index)) is not None:
                return None if is_torn else found
            is_torn = is_torn or self._is_torn(index, token)
            if before.lower == "to" and index < token.index - 1:
                to = index - (self.tokens.all[index - 1].lower == "not")
            if (found := self._subject_before(index, token, to)) is not None:
                return found
            if has_verb and index + 2 < token.index and self._begins_clause(index):
                return SOMETHING_ELSE
            is_noun = index > 0 and self.tokens.all[index - 1].lower in self.lexicon.determiners  # `a rose`
            has_verb = has_verb or (self.lexicon.is_verb(before.lower) and not is_noun)
        return SOMETHING_ELSE if has_verb else None

    def _is_torn(self, index: int, token: Token) -> bool:
        """Tell whether two clauses meet between two verbs: `The boy whose kite Lind had mended gave her a sweet`."""
        first, second = self.tokens.all[index], self.tokens.all[index + 1]
        auxiliary = self.lexicon.auxiliary
        if second.index >= token.index or first.lower in auxiliary or second.lower in auxiliary:
            return False
        return self.lexicon.is_verb(first.lower) and self.lexicon.is_verb(second.lower)

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
            return self._antecedent(index)
        return self._resumed(index) if before.text == "," else None

    def _is_what_does(self, index: int) -> bool:
        """Tell whether it is something that does what a clause tells: `knows what awaits her`, not `what she saw`."""
        verb = self.tokens.at(index + 1)
        if self.tokens.all[index].lower not in {"what", "whatever"} or verb is None or self._is_asked(index):
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
        lower = self.tokens.all[index].lower
        if (mention is not None and mention.role == "subject") or lower in {"he", "she"}:
            return index
        if lower in {"i", "we", "they"}:
            return SOMETHING_ELSE
        return SOMETHING_ELSE if lower in {"it", "you"} and not self._is_object(index) else None

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
            if before.lower in {"who", "whom", "whose"}:
                ahead = self.tokens.all[index - 1]
                if ahead.lower == "and":  # `whose father … and whose brothers …`: the first of them tells whose
                    continue
                return self._antecedent(index - (ahead.lower in self.lexicon.prepositions))
            if before.text == "," and (first := self._antecedent(index)) >= 0:
                if (
                    self.tokens.all[first].lower == "whose" or self.tokens.all[first - 1].lower == "whose"
                ):  # `Lind, whose wife, a smith, fell, rose`
                    continue
                is_subject = self.mentions[first].role == "subject"
                return first if is_subject else None
        return None

    def _antecedent(self, index: int) -> int:
        """Give the mention that a `who` belongs to, the one that ends right before it; `SOMETHING_ELSE` for none."""
        end = index - 1
        if (token := self.tokens.at(end)) and token.text == ",":
            end -= 1
        elif token is not None and token.lower == "and":  # `Lind, who led it and who knew him`
            led = (i for i in range(end, max(0, end - _FAR), -1) if self.tokens.all[i].lower == "who")
            if (who := next(led, None)) is not None:
                return self._antecedent(who)
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
            if not token.is_word or self.lexicon.is_verb(token.lower):
                return SOMETHING_ELSE
        return SOMETHING_ELSE

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
                found = self._antecedent(index)
                return found if found >= 0 else None
        return None

    def credited(self, token: Token) -> int | None:
        """Give the mention that is thanked or praised for what it owns: `Lind thanked Kral for her help`."""
        link, noun = self.tokens.at(token.index - 1), self.tokens.at(token.index + 1)
        if link is None or noun is None or link.lower not in {"for", "on"} or noun.lower not in self.lexicon.merits:
            return None
        whom = self.tokens.all[link.index - 1]
        is_pronoun = whom.lower in {"him", "her"}
        first = whom.index if is_pronoun else self._antecedent(link.index)
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
        first = whom.index if whom.lower in {"him", "her"} else self._antecedent(into.index)
        verb = self.tokens.at(first - 1)
        if first < 0 or verb is None or verb.lower not in self.lexicon.attending | _MOVING:
            return None
        sex = FORMS[token.lower].gender
        before = (self.mentions[i] for i in range(self.tokens.sentences[token.sentence], first) if i in self.mentions)
        if any(m.could_be(sex) and m.kind != "many" for m in before):
            return None
        return first if self.subject(verb) in {SOMETHING_ELSE, None} else None

    def met(self, token: Token) -> int | None:
        """Give whom a clause does something to, and then goes on to: `hugged Kral and gave her bread`."""
        verb, joint = self.tokens.at(token.index - 1), self.tokens.at(token.index - 2)
        if verb is None or joint is None or joint.lower != "and" or not self.lexicon.is_verb(verb.lower):
            return None
        first = self._antecedent(joint.index)
        doing = self.tokens.at(first - 1)
        is_met = first >= 0 and doing is not None and self.lexicon.is_verb(doing.lower)
        return first if is_met and self.mentions[first].role == "object" else None

    def joined_to(self, token: Token) -> int | None:
        """Give the mention beside which somebody of theirs is told of: `Lind and her crewmate Kral`."""
        index = token.index - 1
        if self.tokens.all[index].lower == "of" and self.tokens.all[index - 1].lower in self.lexicon.numbers:
            index -= 2
        noun = self.tokens.after(token, _SHORT)
        is_fellow = any(word.lower in self.lexicon.mutual or word.lower in self.lexicon.kin for word in noun[:3])
        if self.tokens.all[index].lower != "and" or not is_fellow:
            return None
        found = self._antecedent(index)
        return found if found >= 0 and self.mentions[found].kind == "name" else None

    def aged(self, token: Token) -> int | None:
        """Give of whom it is told how old they were then: `Lind, who was 77 years old when he flew`."""
        words = self.tokens.all[max(0, token.index - _LONGEST_NAME) : token.index]
        for who, was in pairwise(words):
            if who.lower == "who" and was.lower in self.lexicon.copula and words[-1].lower == "when":
                is_age = self.tokens.all[was.index + 1].text.isdigit()
                return found if is_age and (found := self._antecedent(who.index)) >= 0 else None
        return None

    def told_of(self, token: Token) -> int | None:
        """Give whom a sentence is said of, where that comes after a pronoun: `…, the agency said of the new pilot`."""
        for of in self.tokens.all[token.index + 2 : token.index + _FAR]:
            if of.sentence != token.sentence:
                return None
            if of.lower in {"of", "about"} and of.index + 1 in self.mentions:
                return of.index + 1 if self.tokens.all[of.index - 1].lower in self.lexicon.speech else None
        return None

    def since(self, token: Token) -> int | None:
        """Give the `and` or comma before a pronoun's verb, where that shares its subject with another verb.

        `Lind sat beside him and shook her head`, `Lind, whose son had fallen, shook her head`.
        """
        for index in range(token.index - 1, max(0, token.index - _FAR), -1):
            before, after = self.tokens.all[index], self.tokens.all[index + 1]
            if before.sentence != token.sentence or before.text in {";", ":"}:
                return None
            is_joint = before.lower in {"and", "but", "then"} or before.text == ","
            if is_joint and self.lexicon.is_verb(after.lower):
                return index
        return None

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
            if (first := self._antecedent(index - is_led)) >= 0:
                return [first, *owned]
        return []

    def _is_object_link(self, index: int) -> bool:
        return self.tokens.all[index].lower in {"whom", "whose"}

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
