"""Apposition: which name a noun phrase belongs to, by what stands between the two."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.phrase import Phrase, person_noun
from missionwire_pronouns.predication import before_addition
from missionwire_pronouns.tokens import Token, Tokens

_REACH: Final = 8
"""How many tokens a phrase may lie from its name."""

_SINCE_WHEN: Final = frozenset(
    {"then", "now", "once", "formerly", "also", "himself", "herself", "still", "today", "later"}
)
"""What may stand before a noun in apposition: `Lind, then a student, …`."""

_MAKING: Final = frozenset(
    {"make", "makes", "made", "making", "elect", "elected", "appoint", "appointed", "declare", "declared", "name"}
    | {"named", "call", "calls", "called", "consider", "considers", "considered", "crown", "crowned"}
)
"""What somebody is made something with."""
_CHILDREN: Final = frozenset({"children", "siblings", "brothers", "sisters", "sons", "daughters"})
_TAKING_OFFICE: Final = frozenset(
    {"takes", "becomes", "succeeds", "replaces", "follows", "heads", "leads", "will"}
    | {"starts", "begins", "joins", "comes", "moves"}
)

_CREWS: Final = frozenset({"mission", "crew", "expedition", "flight", "programme", "program", "team", "project"})
_OWNERS: Final = frozenset({"his", "her", "their", "its", "my", "our", "'s"})
_PARTICIPLES: Final = frozenset(
    {"born", "known", "bred", "chosen", "given", "made", "seen", "drawn", "taken", "brought"}
)
"""What has been done to somebody, where it ends in no `-ed`: `Lind, a physicist born in Kiel, …`."""
_OPENING: Final = frozenset({"“", "„", "«", '"', "‘"})
_CLOSING: Final = frozenset({",", ".", ")", ";", "("})
"""What may close the name that tells who somebody is: `The captain is Jan Vos (51)`."""
_LONGEST_OWNER: Final = 4


class Apposition(Struct, frozen=True):
    """Finds the name beside a phrase.

    `named` leads from each token of a name to its mention's first token, `described` from the last token of a noun
    phrase to its mention's first, `ends` from a mention's first token to its last. All grow while the text is read.
    """

    tokens: Tokens
    lexicon: Lexicon
    named: Mapping[int, int]
    described: Mapping[int, int]
    ends: Mapping[int, int]

    def titled(self, phrase: Phrase) -> int | None:
        """Give the name that a phrase is the title of: `actress Vera`, `the engineer Ms Orlova`."""
        after = self.tokens.at(phrase.last + 1)
        if after is not None and after.lower in self.lexicon.titles:
            after = self.tokens.at(after.index + 1)
            if after is not None and after.text == ".":
                after = self.tokens.at(after.index + 1)
        return self.named.get(after.index) if after is not None else None

    def subject(self, phrase: Phrase) -> int | None:
        """Give the name of which a phrase is said: `Mori is an engineer`, `Mori, who was an engineer`."""
        index = before_addition(self.tokens, self.lexicon, phrase.first, phrase.last)
        between = (self.lexicon.auxiliary, self.lexicon.copula, self.lexicon.adverbs, {"who", "not"})
        while (
            index > phrase.first - 2 * _REACH
            and (token := self.tokens.at(index))
            and any(token.lower in words for words in between)
        ):
            index -= 1
        comma, ahead = self.tokens.at(index), self.tokens.at(index + 1)
        if comma is not None and comma.text == "," and ahead is not None and ahead.lower == "who":
            index -= 1
        return self.named.get(index)

    def beside(self, phrase: Phrase) -> int | None:
        """Give the mention that a phrase stands in apposition to, on either side of a comma or of `is`."""
        if self._is_inner(phrase):
            return None
        for place in (
            self._child,
            self._before,
            self._second,
            self._named_behind,
            self._after,
            self._made,
            self._led_up_to,
            self._identified,
            self._announced,
            self._taken_up,
        ):
            if (first := place(phrase)) is not None:
                return first
        return None

    def is_of_thing(self, phrase: Phrase) -> bool:
        """Tell whether a phrase only says what a firm does: `founded Lumen, a maker of lamps`."""
        comma, name, before = (self.tokens.at(phrase.first - back) for back in (1, 2, 3))
        of = self.tokens.at(phrase.last + 1)
        if comma is None or name is None or before is None or of is None:
            return False
        is_named = comma.text == "," and name.is_word and name.is_capital and name.index not in self.named
        is_placed = before.lower in self.lexicon.prepositions or before.sentence != comma.sentence
        return is_named and not is_placed and of.lower == "of" and phrase.determiner in {"a", "an"}

    def _is_inner(self, phrase: Phrase) -> bool:
        """`the widow of the commander, Kim`: the name belongs to the outer phrase."""
        before = self.tokens.at(phrase.first - 1)
        is_governed = before is not None and before.lower in self.lexicon.prepositions
        return is_governed and phrase.first - 2 in self.described

    def _child(self, phrase: Phrase) -> int | None:
        """`Lind grew up there, the child of a smith`, `…, the fourth of seven children`: that tells of the subject."""
        comma, of = self.tokens.at(phrase.first - 1), self.tokens.at(phrase.last + 1)
        parent, counted = self.tokens.at(phrase.last + 2), self.tokens.at(phrase.last + 3)
        if comma is None or comma.text != "," or parent is None:
            return None
        is_child = phrase.noun in self.lexicon.offspring and parent.lower in {"a", "an"}
        is_one = counted is not None and parent.lower in self.lexicon.numbers and counted.lower in _CHILDREN
        is_of = of is not None and of.lower == "of" and (is_child or is_one)
        return self.named.get(self.tokens.sentences[comma.sentence]) if is_of else None

    def _before(self, phrase: Phrase) -> int | None:
        """`Vera Lind, an engineer, …`, `Lind, 37, actress`; not the next one of a list."""
        index = phrase.first - 1
        if phrase.determiner == "'s":
            index = self._before_owner(index)
        while (token := self.tokens.at(index)) and (token.lower in _SINCE_WHEN or token.text in _OPENING):
            index -= 1
        if token is None or token.text != ",":
            return None
        age, comma = self.tokens.at(index - 1), self.tokens.at(index - 2)
        if age is not None and age.text[0].isdigit() and comma is not None and comma.text == ",":
            index -= 2
        first = self.named.get(index - 1, self.described.get(index - 1))
        if first is None:  # `the minister of science, an engineer, …`
            first = self._with_of(index - 1)
        return first if first is not None and self._is_closed(phrase) else None

    def _second(self, phrase: Phrase) -> int | None:
        """`Vera Lind, director of the project and the oldest woman there, said …`: the second of two things told."""
        joint = self.tokens.at(phrase.first - 1)
        if joint is None or joint.lower != "and" or not (phrase.is_definite or phrase.determiner in {"a", "an"}):
            return None
        for index in range(joint.index - 1, max(0, joint.index - _REACH), -1):
            token = self.tokens.all[index]
            if token.text == ",":
                return self.named.get(index - 1) if self._is_closed_by_verb(phrase.last) else None
            if not token.is_word or token.index in self.named or self.lexicon.is_verb(token.lower):
                return None
        return None

    def _named_behind(self, phrase: Phrase) -> int | None:
        """`the colonel of the Air Force Walter Rossi`, `the head of the agency Jan Vos`: whose office is of something.

        Not so where what it is of is somebody: `the wife of Captain Vos`, `the brother of little Jan`.
        """
        of = self.tokens.at(phrase.last + 1)
        if of is None or of.lower != "of" or not phrase.is_definite or phrase.noun in self.lexicon.kin:
            return None
        if phrase.noun in self.lexicon.offspring or phrase.noun in self.lexicon.mutual:
            return None
        last = of
        for token in self.tokens.after(of, _LONGEST_OWNER + 1):
            if token.index in self.named:
                is_full = self.ends[token.index] > token.index  # `the company Vos` may be called so
                return token.index if is_full and self._is_office_of(last) else None
            if not token.is_word or self.lexicon.is_verb(token.lower):
                return None
            last = token
        return None

    def _is_office_of(self, last: Token) -> bool:
        """Tell whether a word ends the name of what somebody has an office in: `the Air Force`, `the agency`."""
        lexicon = self.lexicon
        if last.lower in lexicon.titles or last.lower in lexicon.origins_of_people or person_noun(last.lower, lexicon):
            return False
        lists = (lexicon.organisation, lexicon.craft, lexicon.vessel, _CREWS)
        return (last.is_capital and last.is_word) or any(last.lower in words for words in lists)

    def _is_closed_by_verb(self, last: int) -> bool:
        """Tell whether a comma ends what is told of one person, of whom a verb follows: `…, said`, not `…, were`."""
        comma = next((t for t in self.tokens.after(self.tokens.all[last], _REACH) if t.text == ","), None)
        verb = self.tokens.at(comma.index + 1) if comma is not None else None
        return verb is not None and self.lexicon.is_verb(verb.lower) and verb.lower not in {"were", "are", "have"}

    def _with_of(self, index: int) -> int | None:
        """Give the mention whose phrase ends at a token with what it is of: `the minister of science`."""
        for back in range(index, index - _LONGEST_OWNER, -1):
            token = self.tokens.at(back)
            if token is None or not token.is_word:
                return None
            if token.lower in self.lexicon.prepositions or token.lower == "to":
                return self.described.get(back - 1, self.named.get(back - 1))
        return None

    def _before_owner(self, mark: int) -> int:
        """Give the token before the owner of a phrase: the comma of `Lind, the old club's coach`."""
        index = mark - 1
        while (token := self.tokens.at(index)) and token.is_word and mark - index < _LONGEST_OWNER:
            index -= 1
        return index

    def _is_closed(self, phrase: Phrase) -> bool:
        """Tell whether a phrase ends like an apposition: at a comma, a dot or `who` before any `and`.

        Whoever does something is no apposition (`When they called Lind, her agent answered`), unless that is told of it
        in passing (`Lind, an engineer trained in Kiel, …`).
        """
        verb = self.tokens.at(phrase.last + 1)
        is_doing = verb is not None and verb.is_word and self.lexicon.is_verb(verb.lower)
        is_passive = verb is not None and (verb.lower.endswith("ed") or verb.lower in _PARTICIPLES)
        if is_doing and (phrase.determiner in _OWNERS or not is_passive):
            return False
        if (
            verb is not None and verb.lower == "to" and phrase.determiner == "the"
        ):  # `Lind, the first woman to stay there`
            return True
        for index in range(phrase.last + 1, phrase.last + 1 + _REACH):
            token = self.tokens.at(index)
            if token is not None and token.text == ",":
                is_told = phrase.determiner == "the" and self._is_told_twice(index)
                return is_told or not self._goes_on(index + 1)
            if token is not None and token.text in {".", ";"} and is_doing:
                return False
            if token is None or token.text in {".", ")", ";", ":"} or token.lower in {"who", "whose"}:
                return True
            if token.lower in {"and", "or"} or not self._is_in_sentence(token, phrase):
                second = self.tokens.at(index + 1)  # `Lind, an engineer and coach, won`
                is_second = second is not None and second.lower not in _OWNERS and token.lower == "and"
                return is_second and not self._names_soon(index) and self._is_closed_by_verb(index)
        return False

    def _names_soon(self, index: int) -> bool:
        """Tell whether somebody is named up to the next comma: `Lind, an engineer and Jan Vos, …`."""
        for token in self.tokens.after(self.tokens.all[index], _REACH):
            if token.text == ",":
                return False
            if token.index in self.named:
                return True
        return False

    def _is_told_twice(self, comma: int) -> bool:
        """Tell whether a second thing is told behind a comma, and a verb follows: `Lind, the mother, a coach, won`."""
        article = self.tokens.at(comma + 1)
        if article is None or article.lower not in {"a", "an"}:
            return False
        second = next(
            (t for t in self.tokens.after(article, _REACH) if t.text == "," or t.lower in {"and", "or"}), None
        )
        verb = self.tokens.at(second.index + 1) if second is not None and second.text == "," else None
        return verb is not None and self.lexicon.is_verb(verb.lower) and verb.lower not in {"were", "are", "have"}

    def _goes_on(self, index: int) -> bool:
        """Tell whether a list goes on after a comma."""
        token = self.tokens.at(index)
        return token is not None and (token.lower in {"and", "or"} or token.lower in self.lexicon.determiners)

    def _after(self, phrase: Phrase) -> int | None:
        """`her captain, Jan Vos, …`, `the head of the agency, Orlov, …`; not the next one of a list."""
        index = phrase.last
        while index < phrase.last + _REACH:
            index += 1
            token = self.tokens.at(index)
            if token is not None and token.text == "(":  # `the agency (ESA)`
                close = self.tokens.at(index + 2)
                index += 3 if close is not None and close.text == ")" else 0
                token = self.tokens.at(index)
            if token is None or not self._is_in_sentence(token, phrase):
                return None
            if token.text == ",":
                return self._closed_name(self._behind_title(index + 1))
            if not token.is_word or self.lexicon.is_verb(token.lower) or token.lower in {"and", "or", "who"}:
                return None
        return None

    def _behind_title(self, index: int) -> int:
        """Give the token behind a title that begins at one: `the wife of Kral, the Belgian doctor Vera Lind, …`."""
        token = self.tokens.at(index)
        if token is None or token.lower not in {"the", "a", "an"}:
            return index
        for place in range(index + 1, index + _LONGEST_OWNER + 1):
            word = self.tokens.at(place)
            if word is None or not word.is_word or self.lexicon.is_verb(word.lower):
                return index
            if place in self.named:
                lead = self.tokens.all[place - 1].lower
                is_title = person_noun(lead, self.lexicon) or lead in self.lexicon.origins_of_people
                return place if is_title else index
        return index

    def _made(self, phrase: Phrase) -> int | None:
        """`voted to make Jan Vos an honorary citizen`: a noun right after a name says what somebody is made."""
        first = self.named.get(phrase.first - 1)
        if first is None or phrase.determiner not in {"a", "an", "the"}:
            return None
        for index in range(first - 1, max(-1, first - _LONGEST_OWNER), -1):
            token = self.tokens.all[index]
            if token.lower in _MAKING:
                return first
            if not token.is_word or self.lexicon.is_verb(token.lower):
                return None
        return None

    def _led_up_to(self, phrase: Phrase) -> int | None:
        """`The eldest of three brothers, Jan Vos was to inherit the mill`: the sentence goes on to tell of its subject.

        Not so in `The engineer, Vos says, is ill` nor in a list.
        """
        if phrase.first != self.tokens.sentences[self.tokens.all[phrase.last].sentence]:
            return None
        for token in self.tokens.after(self.tokens.all[phrase.last], _REACH):
            if token.text == ",":
                first = self.named.get(token.index + 1)
                verb = self.tokens.at(self.ends[first] + 1) if first is not None else None
                is_told = verb is not None and verb.lower not in self.lexicon.speech
                return first if verb is not None and is_told and self.lexicon.is_verb(verb.lower) else None
            if not token.is_word or self.lexicon.is_verb(token.lower) or token.lower in {"and", "or", "who"}:
                return None
        return None

    def _identified(self, phrase: Phrase) -> int | None:
        """`The engineer who mended it was Ines Prado`: a name after `is` tells who the phrase is."""
        if not phrase.is_definite and phrase.determiner not in _OWNERS:
            return None
        for token in self.tokens.after(self.tokens.all[phrase.last], 2 * _REACH - 1):
            if token.lower == "'s":
                return None
            if token.index in self.named:  # `His successor is Ines Prado`
                is_known = phrase.is_definite or token.index == phrase.last + 2
                is_said = is_known and self._is_said(token.index - 1)
                return self._closed_name(token.index) if is_said else None
        return None

    def _announced(self, phrase: Phrase) -> int | None:
        """`A new director has been here since Monday: Vera Lind takes over`: the name after a colon tells who it is."""
        has_colon = ":" in self.tokens.places
        if phrase.first != self.tokens.sentences[self.tokens.all[phrase.last].sentence]:
            first = self._behind_colon(phrase) if has_colon else None
            return self._found(phrase) if first is None else first
        for token in self.tokens.after(self.tokens.all[phrase.last], 2 * _REACH - 1) if has_colon else ():
            if token.index in self.named:
                return None
            if token.text == ":":
                first = self._closed_name(token.index + 1)
                return self._new_officer(token.index + 1) if first is None else first
        return None

    def _behind_colon(self, phrase: Phrase) -> int | None:
        """`A medal for the dancer from Bari: Vera Lind has won`: the name right after a colon tells it, too."""
        for token in self.tokens.after(self.tokens.all[phrase.last], _REACH):
            if token.text == ":":
                return self.named.get(token.index + 1)
            if not token.is_word or self.lexicon.is_verb(token.lower) or token.index in self.named:
                return None
        return None

    def _found(self, phrase: Phrase) -> int | None:
        """`The club has a new head. Vera Lind starts in May`: the name of the next sentence tells who it is."""
        dot = self.tokens.at(phrase.last + 1)
        is_open = phrase.is_other and phrase.determiner in {"a", "an"}
        return self._new_officer(dot.index + 1) if is_open and dot is not None and dot.text == "." else None

    def _new_officer(self, index: int) -> int | None:
        """Give the name at an index where it is said to take an office."""
        first = self.named.get(index)
        verb = self.tokens.at(self.ends[first] + 1) if first is not None else None
        return first if verb is not None and verb.lower in _TAKING_OFFICE else None

    def _taken_up(self, phrase: Phrase) -> int | None:
        """`They met Vera Lind: the engineer built it`: what follows upon a name and a colon tells of the name."""
        colon = self.tokens.at(phrase.first - 1)
        if colon is None or colon.text != ":" or not phrase.is_definite or phrase.has_modifier:
            return None
        after = self.tokens.at(phrase.last + 1)
        return self.named.get(colon.index - 1) if after is not None and self.lexicon.is_verb(after.lower) else None

    def _is_said(self, index: int) -> bool:
        """Tell whether `is` comes before a name, perhaps with a noun between: `The oldest is the pilot, Ines Prado`."""
        token = self.tokens.at(index)
        if token is not None and token.text == ",":
            for back in range(index - 1, index - _REACH, -1):
                token = self.tokens.at(back)
                if token is None or not token.is_word or token.lower in self.lexicon.copula:
                    break
        return token is not None and token.lower in self.lexicon.copula

    def _closed_name(self, index: int) -> int | None:
        """Give the name at an index, titles left out, where the sentence or clause ends after it."""
        while (token := self.tokens.at(index)) and (token.lower in self.lexicon.titles or token.text == "."):
            index += 1
        first = self.named.get(index)
        if first is None:
            return None
        after = self.tokens.at(self.ends[first] + 1)
        return first if after is None or after.text in _CLOSING or after.lower == "who" else None

    def _is_in_sentence(self, token: Token, phrase: Phrase) -> bool:
        return token.sentence == self.tokens.all[phrase.last].sentence
