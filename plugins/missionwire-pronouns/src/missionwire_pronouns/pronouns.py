"""The gendered pronouns of a text, with what their clauses tell of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from missionwire_pronouns.cases import case_of
from missionwire_pronouns.clauses import ClauseReader
from missionwire_pronouns.forms import FORMS, Case
from missionwire_pronouns.implied import ImpliedReader
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.lives import goes_on
from missionwire_pronouns.mention import Mention, Pronoun
from missionwire_pronouns.openings import OpeningReader
from missionwire_pronouns.possession import (
    echo_of,
    is_bodily,
    is_bound,
    is_career,
    is_corporate,
    is_handled,
    is_kin,
    is_mutual,
    is_treated,
)
from missionwire_pronouns.predicates import PredicateReader
from missionwire_pronouns.speech import introduction_of, is_said_to, is_speaker, speaks_of_same
from missionwire_pronouns.tokens import Token, Tokens

_HONOURS: Final = frozenset(
    {"majesty", "highness", "excellency", "holiness", "eminence", "honour", "honor", "royal", "grace"}
)
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
_SINKING: Final = frozenset({"sank", "sinks", "foundered", "capsized"})
"""What ships do: `she sank in 1911`, not `she sank into a chair`."""
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
_OWNED: Final = 3
_LONGEST_TALK: Final = 24
_NO_SHIPS: Final = frozenset(
    {"wife", "husband", "mother", "father", "son", "daughter", "brother", "sister", "parents", "children", "sons"}
    | {"daughters", "eyes", "hand", "hands", "feet", "tears", "face", "hair", "arms", "shoulders", "head", "voice"}
)
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
_WHILE: Final = frozenset({"as", "while", "before", "until"})
_GOING_ON: Final = frozenset({"added", "adds", "continued", "continues", "concluded", "concludes"})
_WORDINGS: Final = frozenset({"words", "view", "opinion", "account"})
_MESSAGES: Final = frozenset({"video", "post", "note", "tweet", "blog", "recording"})
_SOON: Final = frozenset({"shortly", "soon", "right", "immediately", "just"})
_ATTRIBUTION: Final = 16
"""How many tokens who says quoted words may take."""
_MARKS: Final = frozenset({",", "–", "—"})
_BACK: Final = 4
_PREDICATE: Final = 12
"""How many tokens what is said of a pronoun may take."""
_LONGEST: Final = 200
"""How many tokens into its sentence a pronoun is read: people write no longer ones, and what is none proves nothing."""


class _Readers(NamedTuple):
    """Those who read a text beside a pronoun."""

    clauses: ClauseReader
    openings: OpeningReader
    implied: ImpliedReader
    predicates: PredicateReader


@dataclass(frozen=True, slots=True)
class PronounFinder:
    """Finds pronouns; `named` tokens belong to names (Mr He), `mentions` are by the index of their first token."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: Mapping[int, Mention]
    named: frozenset[int]

    def find(self) -> Iterator[Pronoun]:
        """Give the pronouns in the order of the text."""
        readers = _Readers(
            ClauseReader(self.tokens, self.lexicon, self.mentions),
            OpeningReader(self.tokens, self.lexicon, self.mentions),
            ImpliedReader(self.tokens, self.lexicon, self.mentions),
            PredicateReader(self.tokens, self.lexicon),
        )
        for token in self.tokens.which(FORMS):
            if token.index in self.named or self._is_name(token):
                continue
            if token.index - self.tokens.sentences[token.sentence] < _LONGEST:
                yield self._pronoun(token, readers)

    def _pronoun(self, token: Token, readers: _Readers) -> Pronoun:
        form = FORMS[token.lower]
        case: Case = case_of(self.tokens, self.lexicon, token.index) if len(form.cases) > 1 else form.cases[0]
        clauses, rest = readers.clauses, self.tokens.after(token, _LONGEST)
        is_speaking = self._verb_after(token, self.lexicon.speech) or is_speaker(self.tokens, self.lexicon, token)
        beside = self._beside_speech(token) if case == "subject" else None
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
            is_fronted=readers.openings.is_fronted(token, case),
            is_topic=readers.openings.is_topic(token, case),
            is_speaking=is_speaking,
            is_answering=self._verb_after(token, self.lexicon.answer),
            is_replying=self._verb_after(token, self.lexicon.replying),
            is_going_on=self._verb_after(token, _GOING_ON) or self._is_wording(token, case),
            is_opposing=self._verb_after(token, self.lexicon.opposing),
            is_bound=case == "possessive" and is_bound(self.tokens, self.lexicon, token),
            is_bodily=case == "possessive" and is_bodily(self.tokens, self.lexicon, token),
            is_mutual=case == "possessive" and is_mutual(self.tokens, self.lexicon, token),
            is_kin=case == "possessive" and is_kin(self.tokens, self.lexicon, token),
            is_handled=case == "possessive" and is_handled(self.tokens, self.lexicon, token),
            is_treated=case == "possessive" and is_treated(self.tokens, self.lexicon, token),
            is_retold=case in {"subject", "possessive"} and self._is_retold(token, case),
            is_explaining=case == "subject" and self._is_explaining(token),
            is_parallel=case == "subject" and self._is_parallel(token),
            is_fellow=case == "possessive" and self._is_fellow(token),
            is_own=case == "possessive" and self._is_own(token),
            is_corporate=case == "possessive" and is_corporate(self.tokens, self.lexicon, token),
            is_comment=case == "subject" and is_speaking and self._is_comment(token),
            is_beside_speech=beside == "self",
            is_after_order=beside == "other",
            is_parenthetic=case == "subject" and is_speaking and self._is_parenthetic(token),
            is_vessel=case == "subject" and self._is_vessel(token),
            is_human=self._is_human(token) if case == "subject" else self._is_of_human(token),
            predicate=readers.predicates.gender(token) if case == "subject" else None,
            subject=clauses.subject(token),
            share=self._share(clauses, token, case),
            joined=clauses.joined(token) if case == "subject" else None,
            apart=clauses.apart(token) if case == "subject" else (),
            introduction=introduction_of(self.tokens, self.lexicon, token)
            if case == "subject" and is_speaking
            else None,
            echo=echo_of(self.tokens, token) if case == "possessive" else None,
            told_of=clauses.told_of(token),
            given_to=clauses.given_to(token) if case == "possessive" else None,
            turn=next((t.index for t in rest if not t.is_word and self._is_turn(t)), None),
            is_contrasting=case == "subject" and self._is_contrasting(token),
            is_quoting=case == "subject" and is_speaking and speaks_of_same(self.tokens, self.lexicon, token),
            is_life=case in {"subject", "possessive"} and goes_on(self.tokens, self.lexicon, token),
            is_planning=case == "subject" and self._is_planning(token),
            is_opening=self._is_opening(token),
            is_parental=case == "subject" and self._is_parental(token),
            governor=self.tokens.all[token.index - 1].lower if token.index else "",
            is_beside_many=any(t.lower in _MANY for t in rest),
            is_implied=case in {"subject", "possessive"} and readers.implied.is_implied(token, case),
            is_arriving=case == "subject" and self._is_arriving(token),
            since=clauses.since(token) if case in {"possessive", "reflexive"} else None,
        )

    def _share(self, clauses: ClauseReader, token: Token, case: Case) -> int | None:
        """Give whose share what is owned must be, or whom else the clause has told of that it must mean."""
        if case != "possessive":
            return clauses.met(token) if case == "object" else clauses.aged(token) if case == "subject" else None
        credited = clauses.credited(token)
        if credited is None and is_career(self.tokens, self.lexicon, token):
            return clauses.share(token)
        found = (place for place in (credited, clauses.moved(token), clauses.joined_to(token)) if place is not None)
        return next(found, None)

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

    def _is_beside(self, token: Token) -> bool:
        """Tell whether a preposition of place stands before: `shut the hatch behind him` may be the subject's own."""
        before = self.tokens.at(token.index - 1)
        return before is not None and before.lower in self.lexicon.beside

    def _is_comment(self, token: Token) -> bool:
        """Tell whether a clause is set into another to tell who says so: `…, as he admits, …`."""
        before, ahead = self.tokens.at(token.index - 1), self.tokens.at(token.index - 2)
        return before is not None and ahead is not None and before.lower == "as" and ahead.text in {",", "–", "—", "("}

    def _beside_speech(self, token: Token) -> Literal["self", "other"] | None:
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

    def _is_parenthetic(self, token: Token) -> bool:
        """Tell whether two words alone stand between marks: `…, he says, …`."""
        before, after = self.tokens.at(token.index - 1), self.tokens.at(token.index + 2)
        return before is not None and after is not None and before.text in _MARKS and after.text in _MARKS | {"."}

    def _is_turn(self, mark: Token) -> bool:
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

    def _is_parental(self, token: Token) -> bool:
        """Tell whether a parent of whom it was told may be who has a child or wants one: `He had wanted a son`."""
        return any(word.lower in self.lexicon.offspring for word in self.tokens.after(token, _BACK))

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
            is_verb = before.index == token.index or before.lower in {"and", "has", "had", "never", "also", "then"}
            if is_verb and word.lower in self.lexicon.humanly:
                return True
            if not word.is_word:
                return False
        return False

    def _is_retold(self, token: Token, case: Case) -> bool:
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

    def _is_fellow(self, token: Token) -> bool:
        """Tell whether somebody is said to be another's: `was her first teacher`, not `was her own boss`."""
        if self.tokens.all[token.index - 1].lower not in self.lexicon.copula:
            return False
        nouns = [t.lower for t in self.tokens.after(token, 2)]
        return "own" not in nouns and any(self.lexicon.is_person_noun(noun) for noun in nouns)

    def _is_wording(self, token: Token, case: Case) -> bool:
        """Tell whether a sentence goes on with what somebody has said: `In her words, it was calm`."""
        before, noun = self.tokens.at(token.index - 1), self.tokens.after(token, 1)
        if case != "possessive" or before is None or before.lower != "in" or not noun:
            return False
        return before.index == self.tokens.sentences[token.sentence] and noun[0].lower in _WORDINGS

    def _is_own(self, token: Token) -> bool:
        """Tell whether what is owned is hardly told of but with its owner: `in her home`, `told her colleagues`."""
        lexicon = self.lexicon
        nouns = [t.lower for t in self.tokens.after(token, _OWNED)]
        if any(noun in lexicon.handling for noun in (self.tokens.all[token.index - 1].lower,)):
            return False
        return any(n in lexicon.own or n in lexicon.mutual or n in lexicon.kin or n in lexicon.body for n in nouns)

    def _is_explaining(self, token: Token) -> bool:
        """Tell whether a colon stands between what a sentence is about and a pronoun: `Mori knew it: in May he …`."""
        start = self.tokens.sentences[token.sentence]
        for index in range(token.index - 1, max(start, token.index - _PREDICATE), -1):
            before = self.tokens.all[index]
            if before.is_quoted or index in self.mentions:
                return False
            if before.text == ":":
                return True
        return False

    def _is_parallel(self, token: Token) -> bool:
        """Tell whether a clause is joined to another of what one says: `wrote that she was glad, and that he …`."""
        if [t.lower for t in self.tokens.all[max(0, token.index - 2) : token.index]] != ["and", "that"]:
            return False
        start = self.tokens.sentences[token.sentence]
        words = [t.lower for t in self.tokens.all[start : token.index - 2]]
        return any(that == "that" and one in {"he", "she"} and one != token.lower for that, one in pairwise(words))

    def _is_of_human(self, token: Token) -> bool:
        """Tell whether it owns what no ship has: `six of her colleagues`, `her eyes`."""
        nouns = self.tokens.after(token, 2)
        return any(n.lower in self.lexicon.mutual or n.lower in _NO_SHIPS for n in nouns)

    def _is_vessel(self, token: Token) -> bool:
        """Tell whether a pronoun is a ship by what is told of it: `she was built`, `she had been his father's ship`."""
        words = self.tokens.after(token, _BACK)
        if words and words[0].lower in _SINKING:
            return len(words) == 1 or words[1].lower not in {"into", "onto", "to", "down", "back"}
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
