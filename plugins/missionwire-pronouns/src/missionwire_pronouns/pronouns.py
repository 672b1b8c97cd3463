"""The gendered pronouns of a text, with what their clauses tell of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from missionwire_pronouns.cases import case_of
from missionwire_pronouns.clauses import ClauseReader
from missionwire_pronouns.forms import FORMS, Case, Sex
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.lives import goes_on
from missionwire_pronouns.mention import Mention, Pronoun
from missionwire_pronouns.nouns import person_noun
from missionwire_pronouns.possession import (
    echo_of,
    is_bodily,
    is_bound,
    is_career,
    is_corporate,
    is_handled,
    is_kin,
    is_mutual,
)
from missionwire_pronouns.speech import introduction_of, is_speaker, speaks_of_same
from missionwire_pronouns.tokens import Token, Tokens

_HONOURS: Final = frozenset(
    {"majesty", "highness", "excellency", "holiness", "eminence", "honour", "honor", "royal", "grace"}
)
_OPENERS: Final = frozenset({"“", '"', "‘", "«", "(", "``", "'", "„"})
_PLANS: Final = frozenset(
    {
        "wants",
        "plans",
        "hopes",
        "intends",
        "expects",
        "aims",
        "will",
        "would",
        "decided",
        "announced",
        "promises",
        "promised",
    }
)
_CONTRASTS: Final = frozenset(
    {
        "older",
        "younger",
        "elder",
        "taller",
        "other",
        "former",
        "latter",
        "two",
        "pair",
        "however",
        "contrast",
        "hand",
        "turn",
    }
    | {"part", "meanwhile", "instead"}
)
"""What sets somebody against another, between commas: `he, for his part, …`."""
_STAYING: Final = frozenset(
    {
        "lived",
        "lives",
        "worked",
        "works",
        "waited",
        "waits",
        "lay",
        "lies",
        "stayed",
        "stays",
        "died",
        "grew",
        "studied",
    }
    | {"studies", "spent", "spends", "sat", "sits", "stood", "stands", "slept", "sleeps", "taught", "teaches", "served"}
    | {"recovered", "trained", "trains", "ran", "runs", "kept", "keeps", "hid", "landed", "crashed", "owned", "owns"}
)
"""What somebody does who is there already."""
_MANY: Final = frozenset({"they", "them", "their", "theirs"})
_SENDING: Final = frozenset({"written", "sent", "left", "signed", "posted", "wrapped", "addressed"})
_POST: Final = frozenset({"letter", "note", "card", "parcel", "telegram", "postcard", "message", "envelope"})
_UNANSWERED: Final = frozenset({("nobody", "opened"), ("nobody", "answered"), ("one", "opened"), ("one", "answered")})
_AWAITING: Final = frozenset({"waiting", "waited", "waits", "awaited", "awaits", "awaiting", "expected"})
_BEARING: Final = (["gave", "birth"], ["gives", "birth"], ["is", "pregnant"], ["was", "pregnant"])
_LEADING: Final = frozenset({"thanks", "owing", "due", "according"})
_MARKS: Final = frozenset({",", "–", "—"})
_STAGE: Final = 3
"""How many words `As a girl` has."""
_BACK: Final = 4
_PREDICATE: Final = 12
"""How many tokens what is said of a pronoun may take."""
_LONGEST: Final = 200
"""How many tokens into its sentence a pronoun is read: people write no longer ones, and what is none proves nothing."""


@dataclass(frozen=True, slots=True)
class PronounFinder:
    """Finds pronouns; `named` tokens belong to names (Mr He), `mentions` are by the index of their first token."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: Mapping[int, Mention]
    named: frozenset[int]

    def find(self) -> Iterator[Pronoun]:
        """Give the pronouns in the order of the text."""
        for token in self.tokens.which(FORMS):
            if token.index in self.named or self._is_name(token):
                continue
            if token.index - self.tokens.sentences[token.sentence] < _LONGEST:
                yield self._pronoun(token)

    def _pronoun(self, token: Token) -> Pronoun:
        form = FORMS[token.lower]
        case: Case = case_of(self.tokens, self.lexicon, token.index) if len(form.cases) > 1 else form.cases[0]
        clauses = ClauseReader(self.tokens, self.lexicon, self.mentions)
        is_speaking = self._verb_after(token, self.lexicon.speech) or is_speaker(self.tokens, self.lexicon, token)
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
            is_replying=self._verb_after(token, self.lexicon.replying),
            is_opposing=self._verb_after(token, self.lexicon.opposing),
            is_bound=case == "possessive" and is_bound(self.tokens, self.lexicon, token),
            is_bodily=case == "possessive" and is_bodily(self.tokens, self.lexicon, token),
            is_mutual=case == "possessive" and is_mutual(self.tokens, self.lexicon, token),
            is_kin=case == "possessive" and is_kin(self.tokens, self.lexicon, token),
            is_handled=case == "possessive" and is_handled(self.tokens, self.lexicon, token),
            is_corporate=case == "possessive" and is_corporate(self.tokens, self.lexicon, token),
            is_comment=case == "subject" and is_speaking and self._is_comment(token),
            is_parenthetic=case == "subject" and is_speaking and self._is_parenthetic(token),
            is_vessel=case == "subject" and self._is_vessel(token),
            is_human=case == "subject" and self._is_human(token),
            predicate=self._predicate(token) if case == "subject" else None,
            subject=clauses.subject(token),
            share=self._share(clauses, token) if case == "possessive" else None,
            joined=clauses.joined(token) if case == "subject" else None,
            apart=clauses.apart(token) if case == "subject" else (),
            introduction=introduction_of(self.tokens, self.lexicon, token)
            if case == "subject" and is_speaking
            else None,
            echo=echo_of(self.tokens, token) if case == "possessive" else None,
            told_of=clauses.told_of(token),
            given_to=clauses.given_to(token) if case == "possessive" else None,
            turn=next((t.index for t in self.tokens.after(token, _LONGEST) if self._is_turn(t)), None),
            is_contrasting=case == "subject" and self._is_contrasting(token),
            is_quoting=case == "subject" and is_speaking and speaks_of_same(self.tokens, self.lexicon, token),
            is_life=case in {"subject", "possessive"} and goes_on(self.tokens, self.lexicon, token),
            is_planning=case == "subject" and self._is_planning(token),
            is_opening=self._is_opening(token),
            governor=self.tokens.all[token.index - 1].lower if case == "object" and token.index else "",
            is_beside_many=any(t.lower in _MANY for t in self.tokens.after(token, _LONGEST)),
            is_waiting=case == "subject" and (self._is_waiting(token) or self._is_unseen(token)),
            is_arriving=case == "subject" and self._is_arriving(token),
            since=clauses.since(token) if case in {"possessive", "reflexive"} else None,
        )

    def _share(self, clauses: ClauseReader, token: Token) -> int | None:
        """Give whose share what is owned must be."""
        credited = clauses.credited(token)
        if credited is None and is_career(self.tokens, self.lexicon, token):
            return clauses.share(token)
        return credited

    def _is_name(self, token: Token) -> bool:
        """`He Jiankui` is a name, `His Excellency` a title."""
        after = self.tokens.at(token.index + 1)
        if after is None or not after.is_word or not after.is_capital or not token.is_capital:
            return False
        if token.text.isupper() and len(token.text) > 1 and after.text.isupper():
            return False
        return after.lower in _HONOURS or (token.lower in {"he", "she"} and after.text != "I")

    def _is_generic(self, token: Token) -> bool:
        """`he or she`, `his/her`, `he who`, `who he is`: whoever it may be."""
        after = self.tokens.at(token.index + 1)
        before = self.tokens.at(token.index - 1)
        if after is not None and after.lower == "who":  # but `It was he who …` tells of somebody known
            return before is None or before.lower not in self.lexicon.copula
        if before is not None and before.lower == "who" and after is not None and after.lower in self.lexicon.copula:
            return True
        for link, other in ((token.index - 1, token.index - 2), (token.index + 1, token.index + 2)):
            joint, partner = self.tokens.at(link), self.tokens.at(other)
            if joint is not None and partner is not None and joint.lower in {"or", "/"}:
                is_pair = partner.lower in FORMS and FORMS[partner.lower].gender != FORMS[token.lower].gender
                if is_pair or (joint.text == "/" and partner.lower == "s"):  # `s/he`
                    return True
        return False

    def _verb_after(self, token: Token, verbs: frozenset[str]) -> bool:
        """Tell whether a verb of a set follows, perhaps after adverbs or an auxiliary."""
        for after in self.tokens.after(token, _BACK):
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

    def _is_fronted(self, token: Token, case: Case) -> bool:
        """Tell whether a pronoun stands in what leads up to the sentence's own clause: up to the comma after it."""
        before = self.tokens.all[self.tokens.sentences[token.sentence] : token.index]
        words = [t for t in before if t.text not in _OPENERS]
        opener = next((t.lower for t in words if self._leads(t.lower, case) or not self._is_degree(t)), "")
        is_lead = self._leads(opener, case) or opener.endswith(("ing", "ed")) or opener in {"born", "asked"}
        if not is_lead or any(t.text == "," for t in words):
            return False
        comma = next((t for t in self.tokens.after(token, _LONGEST) if t.text == "," or self._is_inverted(t)), None)
        after = self.tokens.at(comma.index + 1) if comma is not None else None
        is_closed = after is None or after.lower not in self.lexicon.conjunctions  # `After a week he left, and …`
        return comma is not None and is_closed

    def _is_inverted(self, token: Token) -> bool:
        """Tell whether the sentence's own clause begins with its verb: `Only after she had left did Mori speak`."""
        return token.lower in {"did", "does", "do"} and token.index + 1 in self.mentions

    def _leads(self, word: str, case: Case) -> bool:
        """Tell whether a word may begin what leads up to a sentence's own clause."""
        if case == "subject":  # `In truth she is careful, says …`: the sentence's own clause has begun
            return word in self.lexicon.subordinators
        return word in self.lexicon.subordinators or word in self.lexicon.prepositions or word in _LEADING

    def _is_degree(self, token: Token) -> bool:
        """Tell whether a word only says how long or how much before: `shortly before …`, `even if …`."""
        is_small = token.lower in self.lexicon.adverbs and token.lower not in self.lexicon.subordinators
        return token.is_word and (is_small or token.lower.endswith("ly"))

    def _is_topic(self, token: Token, case: Case) -> bool:
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

    def _is_beside(self, token: Token) -> bool:
        """Tell whether a preposition of place stands before: `shut the hatch behind him` may be the subject's own."""
        before = self.tokens.at(token.index - 1)
        return before is not None and before.lower in self.lexicon.beside

    def _is_comment(self, token: Token) -> bool:
        """Tell whether a clause is set into another to tell who says so: `…, as he admits, …`."""
        before, ahead = self.tokens.at(token.index - 1), self.tokens.at(token.index - 2)
        return before is not None and ahead is not None and before.lower == "as" and ahead.text in {",", "–", "—", "("}

    def _is_parenthetic(self, token: Token) -> bool:
        """Tell whether two words alone stand between marks: `…, he says, …`."""
        before, after = self.tokens.at(token.index - 1), self.tokens.at(token.index + 2)
        return before is not None and after is not None and before.text in _MARKS and after.text in _MARKS | {"."}

    def _is_turn(self, mark: Token) -> bool:
        """Tell whether it is said after a mark who tells a sentence: a colon, or `, says Kral`, `, Kral says`."""
        if mark.is_word:
            return False
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

    def _is_planning(self, token: Token) -> bool:
        """Tell whether an organisation may be what does it: `he wants to examine it all`, not `he founded it`."""
        words = self.tokens.after(token, _LONGEST)
        is_plan = bool(words) and words[0].lower in _PLANS
        return is_plan and not any(word.lower in {"it", "its"} for word in words)

    def _is_opening(self, token: Token) -> bool:
        """Tell whether a paragraph that is not the first begins with a pronoun."""
        before = self.tokens.at(token.index - 1)
        return before is not None and before.paragraph != token.paragraph

    def _is_arriving(self, token: Token) -> bool:
        """Tell whether somebody does something where the sentence has led: `flew to Bari, where she inspected it`.

        Not so where somebody else may have been before: `flew to Bari, where she lived`.
        """
        where, comma = self.tokens.at(token.index - 1), self.tokens.at(token.index - 2)
        verb, to = self.tokens.at(token.index + 1), self.tokens.at(token.index + 2)
        if where is None or comma is None or verb is None or to is None:
            return False
        is_deed = self.lexicon.is_verb(verb.lower) and verb.lower not in self.lexicon.auxiliary
        is_due = verb.lower in {"is", "was"} and to.lower == "to"
        return where.lower == "where" and comma.text == "," and ((is_deed and verb.lower not in _STAYING) or is_due)

    def _is_waiting(self, token: Token) -> bool:
        """Tell whether somebody waits where another comes: `drove to Bari, where he was waiting`."""
        where = self.tokens.at(token.index - 1)
        words = self.tokens.after(token, _BACK)
        return where is not None and where.lower == "where" and any(word.lower in _AWAITING for word in words)

    def _is_unseen(self, token: Token) -> bool:
        """Tell whether somebody is behind a door or a letter: `Nobody opened. She had left`, `He had written it`."""
        words = [word.lower for word in self.tokens.after(token, 2)]
        if len(words) < 2 or words[0] != "had":  # noqa: PLR2004  # two words were asked for
            return False
        before = [word.lower for word in self.tokens.sentence(token.sentence - 1)[-_LONGEST:]]
        is_sent = words[1] in _SENDING and any(word in _POST for word in before)
        return is_sent or any(pair in _UNANSWERED for pair in pairwise(before))

    def _is_contrasting(self, token: Token) -> bool:
        """Tell whether a pronoun is set against the one before: `…; he, the older of the two, …`."""
        comma = self.tokens.at(token.index + 1)
        if comma is None or comma.text != ",":
            return False
        for after in self.tokens.all[token.index + 2 : token.index + _PREDICATE]:
            if after.sentence != token.sentence or not after.is_word:
                return False
            if after.lower in _CONTRASTS:
                return True
        return False

    def _is_human(self, token: Token) -> bool:
        """Tell whether it does what no ship does: `she shook hands`, `did she sleep`, `came in and claimed`."""
        words = self.tokens.after(token, _PREDICATE)
        for before, word in pairwise((token, *words)):
            is_verb = before.index == token.index or before.lower in {"and", "has", "had", "never"}
            if is_verb and word.lower in self.lexicon.humanly:
                return True
            if not word.is_word:
                return False
        return False

    def _is_vessel(self, token: Token) -> bool:
        """Tell whether a pronoun is a ship by what is told of it: `she was built`, `she had been his father's ship`."""
        words = self.tokens.after(token, _BACK)
        if not words or words[0].lower not in self.lexicon.auxiliary:
            return False
        for word in self.tokens.all[words[0].index : token.index + _PREDICATE]:
            if word.sentence != token.sentence or not word.is_word or word.lower in self.lexicon.prepositions:
                return False
            if word.lower in self.lexicon.shipwork:
                return True
            if word.lower in self.lexicon.vessel or word.lower in self.lexicon.craft:
                return self.tokens.all[words[0].index + 1].lower in self.lexicon.copula or (
                    words[0].lower in self.lexicon.copula
                )
        return False

    def _predicate(self, token: Token) -> Sex | None:
        """Give the gender of what is said of a pronoun: `he was the first woman to command the station`."""
        if sex := self._stage(token):
            return sex
        if [word.lower for word in self.tokens.after(token, 2)] in _BEARING:
            return "f"
        words = list(self.tokens.all[token.index + 1 : token.index + _PREDICATE])
        while words and self._is_before_copula(words[0]):  # `he thereby became`, `he has become`
            words.pop(0)
        if not words or not (words[0].lower in self.lexicon.copula or words[0].lower == "become"):
            return None
        for word in words[1:]:
            if word.sentence != token.sentence or word.lower == "'s" or word.lower in self.lexicon.prepositions:
                return None
            noun = person_noun(word.lower, self.lexicon) if word.is_word else None
            if word.is_capital and word.lower not in self.lexicon.demonyms:
                return None
            if noun and not self._describes(word):
                is_office = noun.endswith("man") and noun not in {
                    "man",
                    "woman",
                    "gentleman",
                }  # a woman may be chairman
                return None if is_office and not noun.endswith("woman") else self.lexicon.noun_gender(noun)
            if not word.is_word or word.lower in self.lexicon.verbs or word.lower in FORMS or word.lower == "not":
                return None
        return None

    def _stage(self, token: Token) -> Sex | None:
        """Give the gender of what somebody was by then: `As a girl he …`, `As a young man, he …`."""
        start = self.tokens.sentences[token.sentence]
        words = [t for t in self.tokens.all[start : token.index] if t.text != ","]
        if not _STAGE <= len(words) <= _STAGE + 1 or [t.lower for t in words[:2]] not in (["as", "a"], ["as", "an"]):
            return None
        return self.lexicon.noun_gender(words[-1].lower) if person_noun(words[-1].lower, self.lexicon) else None

    def _is_before_copula(self, word: Token) -> bool:
        lower = word.lower
        is_adverb = lower in self.lexicon.adverbs or lower.endswith("ly") or lower in {"thereby", "thus", "hence"}
        return is_adverb or (lower in self.lexicon.auxiliary and lower not in self.lexicon.copula)

    def _describes(self, word: Token) -> bool:
        """Tell whether a noun only belongs to the next word: `the woman's`, `a woman astronaut`."""
        after = self.tokens.at(word.index + 1)
        if after is None or not after.is_word:
            return False
        return after.lower == "'s" or after.is_capital or person_noun(after.lower, self.lexicon) is not None
