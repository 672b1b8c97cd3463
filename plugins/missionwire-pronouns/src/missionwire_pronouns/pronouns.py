"""The gendered pronouns of a text, with what their clauses tell of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from missionwire_pronouns.cases import case_of
from missionwire_pronouns.forms import FORMS, Case, Sex
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import SOMETHING_ELSE, Introduction, Mention, Pronoun
from missionwire_pronouns.nouns import person_noun
from missionwire_pronouns.tokens import Quotation, Token, Tokens

_HONOURS: Final = frozenset(
    {"majesty", "highness", "excellency", "holiness", "eminence", "honour", "honor", "royal", "grace"}
)
_OPENERS: Final = frozenset({"“", '"', "‘", "«", "(", "``", "'", "„"})
_ON_OTHERS: Final = frozenset(
    """
    held hold holds took take takes taking shook shake touched touch grabbed squeezed examined checked measured adjusted kissed
    grasped caught seized hugged photographed filmed saw see watched patted bandaged treated scanned x-rayed helped recognised
    recognized heard hear praised admired noticed remembered described broke
""".split()
)
"""What people also do to the hands, eyes and helmets of others."""
_PLACES: Final = frozenset(
    "behind around beside near above below beneath under before with over round inside past".split()
)
_BACK: Final = 4
_STEM: Final = 5
_SPEECH_ENDS: Final = frozenset(",.!?…")
_FAR: Final = 40


@dataclass(frozen=True, slots=True)
class PronounFinder:
    """Finds pronouns; `named` tokens belong to names (Mr He), `mentions` are by the index of their first token."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: Mapping[int, Mention]
    named: frozenset[int]

    def find(self) -> Iterator[Pronoun]:
        """Give the pronouns in the order of the text."""
        for token in self.tokens.all:
            if token.lower in FORMS and token.index not in self.named and not self._is_name(token):
                yield self._pronoun(token)

    def _pronoun(self, token: Token) -> Pronoun:
        form = FORMS[token.lower]
        case: Case = case_of(self.tokens, self.lexicon, token.index) if len(form.cases) > 1 else form.cases[0]
        is_speaking = self._verb_after(token, self.lexicon.speech) or self._is_inverted(token)
        return Pronoun(
            token=token.index,
            start=token.start,
            end=token.end,
            text=token.text,
            gender=form.gender,
            case=case,
            sentence=token.sentence,
            paragraph=token.paragraph,
            is_quoted=token.is_quoted,
            is_generic=self._is_generic(token),
            is_governed=case in {"object", "unclear"} and not self._is_beside(token),
            is_fronted=self._is_fronted(token, case),
            is_topic=self._is_topic(token, case),
            is_speaking=is_speaking,
            is_answering=self._verb_after(token, self.lexicon.answer),
            is_bound=case == "possessive" and self._is_bound(token),
            is_bodily=case == "possessive" and self._is_bodily(token),
            predicate=self._predicate(token) if case == "subject" else None,
            subject=self._subject(token),
            joined=self._joined(token) if case == "subject" else None,
            apart=self._apart(token) if case == "subject" else (),
            introduction=self._introduction(token) if case == "subject" and is_speaking else None,
            echo=self._echo(token) if case == "possessive" else None,
        )

    def _is_name(self, token: Token) -> bool:
        """`He Jiankui` is a name, `His Excellency` a title."""
        after = self.tokens.at(token.index + 1)
        if after is None or not after.is_word or not after.is_capital or not token.is_capital:
            return False
        if token.text.isupper() and len(token.text) > 1 and after.text.isupper():
            return False
        return after.lower in _HONOURS or (
            token.lower in {"he", "she"} and after.index not in self.named and after.text != "I"
        )

    def _is_generic(self, token: Token) -> bool:
        """`he or she`, `his/her`: whoever it may be."""
        around = [t.lower for t in self.tokens.all[max(0, token.index - 2) : token.index + 3]]
        joined = " ".join(around)
        return (
            ("or" in around or "/" in around)
            and sum(word in FORMS for word in around) > 1
            and any(
                f"{one} {by} {two}" in joined
                for by in ("or", "/")
                for one, two in (
                    ("he", "she"),
                    ("she", "he"),
                    ("him", "her"),
                    ("her", "him"),
                    ("his", "her"),
                    ("her", "his"),
                    ("s", "he"),
                    ("himself", "herself"),
                )
            )
        )

    def _after(self, token: Token) -> list[Token]:
        return [t for t in self.tokens.all[token.index + 1 : token.index + 1 + _BACK] if t.sentence == token.sentence]

    def _verb_after(self, token: Token, verbs: frozenset[str]) -> bool:
        """Tell whether a verb of a set follows, perhaps after adverbs or an auxiliary."""
        for after in self._after(token):
            if after.lower in verbs:
                return True
            is_between = (
                after.lower in self.lexicon.auxiliary
                or after.lower in self.lexicon.adverbs
                or after.lower.endswith("ly")
            )
            if not is_between:
                return False
        return False

    def _is_inverted(self, token: Token) -> bool:
        before, ahead = self.tokens.at(token.index - 1), self.tokens.at(token.index - 2)
        return before is not None and before.lower in self.lexicon.speech and ahead is not None and ahead.is_quoted

    def _is_fronted(self, token: Token, case: Case) -> bool:
        """Tell whether a pronoun stands in what leads up to the sentence's own clause: up to the comma after it."""
        words = [t for t in self.tokens.sentence(token.sentence) if t.text not in _OPENERS]
        if not words:
            return False
        opener = words[0].lower
        leads = self.lexicon.subordinators
        if case != "subject":  # `In truth she is careful, says …`: the sentence's own clause has begun
            leads |= self.lexicon.prepositions
        if not (opener in leads or opener.endswith(("ing", "ed")) or opener in {"born", "asked"}):
            return False
        comma = next((t.index for t in words if t.text == ","), -1)
        return token.index < comma

    def _is_topic(self, token: Token, case: Case) -> bool:
        """Tell whether no verb and nobody comes before a pronoun in its sentence: it is what the sentence is about."""
        for before in self.tokens.sentence(token.sentence):
            if before.index >= token.index:
                return case in {"subject", "possessive"}
            if before.is_quoted:
                continue
            if before.is_word and (self.lexicon.is_verb(before.lower) or before.index in self.mentions):
                return False
        return False

    def _is_beside(self, token: Token) -> bool:
        """Tell whether a preposition of place stands before: `shut the hatch behind him` may be the subject's own."""
        before = self.tokens.at(token.index - 1)
        return before is not None and before.lower in _PLACES

    def _is_bound(self, token: Token) -> bool:
        """Tell whether a phrase wants its subject as the owner: `on his own`, `held her breath`."""
        after = self._after(token)
        if not after:
            return False
        if after[0].lower == "own":
            return True
        nouns = [t.lower for t in after[:2]]
        verbs = [t.lower for t in self.tokens.all[max(0, token.index - 2) : token.index]]
        return any(f"{verb}-{noun}" in self.lexicon.bound for verb in verbs for noun in nouns)

    def _is_bodily(self, token: Token) -> bool:
        """Tell whether a part of the body or dress follows, and nobody else's is handled."""
        nouns = [t.lower for t in self._after(token)[:2]]
        before = [t.lower for t in self.tokens.all[max(0, token.index - 3) : token.index]]
        return any(noun in self.lexicon.body for noun in nouns) and not any(word in _ON_OTHERS for word in before)

    def _predicate(self, token: Token) -> Sex | None:
        """Give the gender of what is said of a pronoun: `he was the first woman to command the station`."""
        words = self.tokens.all[token.index + 1 : token.index + 10]
        if not words or words[0].lower not in self.lexicon.copula:
            return None
        for word in words[1:]:
            if word.sentence != token.sentence or word.lower == "'s" or word.lower in self.lexicon.prepositions:
                return None
            noun = person_noun(word.lower, self.lexicon) if word.is_word else None
            if word.is_capital and word.lower not in self.lexicon.demonyms:
                return None
            if noun and not self._describes(word):
                gender = self.lexicon.noun_gender(noun)
                return "f" if gender == "f" else "m" if gender == "m" else None
            if not word.is_word or word.lower in self.lexicon.verbs or word.lower in FORMS or word.lower == "not":
                return None
        return None

    def _describes(self, word: Token) -> bool:
        """Tell whether a noun only belongs to the next word: `the woman's`, `a woman astronaut`."""
        after = self.tokens.at(word.index + 1)
        if after is None or not after.is_word:
            return False
        return after.lower == "'s" or after.is_capital or person_noun(after.lower, self.lexicon) is not None

    def _subject(self, token: Token) -> int | None:
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
        return SOMETHING_ELSE if lower in {"i", "we", "they", "you", "it"} else None

    def _begins_clause(self, index: int) -> bool:
        """Tell whether a clause with a subject of its own begins after a mark or conjunction: no verb follows at once."""
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
        """Give the relative pronoun of a clause that a comma ends, so that the main clause goes on: `…, who fell, rose`."""
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
        for first in range(end, max(-1, end - 6), -1):
            mention = self.mentions.get(first)
            if mention is not None:
                return first if mention.last == end else SOMETHING_ELSE
        return SOMETHING_ELSE

    def _joined(self, token: Token) -> int | None:
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

    def _apart(self, token: Token) -> tuple[int, ...]:
        """Give the mentions after a subject pronoun that can't mean the same person: `He left, and Mori …`.

        After a comma this holds for a clause that is joined by a conjunction only: `She is first, Dumont says` is free.
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

    def _introduction(self, token: Token) -> Introduction | None:
        """Give what is told right before the quotation that a pronoun is the speaker of."""
        quotation = self._quotation(token)
        if quotation is None:
            return None
        last = quotation.first - 1
        while last >= 0 and self.tokens.all[last].is_quoted:  # what was said before without a word of who said it
            last -= 1
        if last < 0:
            return None
        end = self.tokens.all[last]
        if self.tokens.all[quotation.first].paragraph - end.paragraph > 1:
            return None
        words = [t for t in self.tokens.sentence(end.sentence) if t.index <= last and not t.is_quoted]
        is_answer = any(
            t.is_quoted and t.text in _SPEECH_ENDS for t in self.tokens.sentence(end.sentence)
        )  # the speakers may take turns
        has_speech = not is_answer and any(t.lower in self.lexicon.speech for t in words)
        return Introduction(words[0].index, last, has_speech)

    def _quotation(self, token: Token) -> Quotation | None:
        index = token.index
        before = self.tokens.at(index - 1)
        if before is not None and before.lower in self.lexicon.speech:  # `…”, said he`
            index -= 1
            before = self.tokens.at(index - 1)
        if before is not None and before.text == ",":
            index -= 1
        return self.tokens.quotation_before(index)

    def _echo(self, token: Token) -> int | None:
        """Give the deed of the sentence before that the owned noun repeats: `began training … his training`."""
        after = self._after(token)
        if not after or len(after[0].lower) <= _STEM:
            return None
        stem = _stem(after[0].lower)
        for word in self.tokens.sentence(token.sentence - 1):
            if word.is_word and not word.is_quoted and len(word.lower) > _STEM and _stem(word.lower) == stem:
                return word.index
        return None


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ions", "ion", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word
