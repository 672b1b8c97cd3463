"""The gendered pronouns of a text, with what their clauses tell of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from missionwire_pronouns.attribution import AttributionReader
from missionwire_pronouns.cases import case_of
from missionwire_pronouns.clauses import ClauseReader
from missionwire_pronouns.continuation import is_after_words, is_continuing, is_spouse, leads_back
from missionwire_pronouns.feelings import feeling_of
from missionwire_pronouns.forms import FORMS, Case
from missionwire_pronouns.humanity import HumanityReader
from missionwire_pronouns.implied import ImpliedReader
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.lives import goes_on
from missionwire_pronouns.mention import SOMETHING_ELSE, Mention, Pronoun
from missionwire_pronouns.openings import OpeningReader
from missionwire_pronouns.partition import PartitionReader
from missionwire_pronouns.possession import (
    echo_of,
    has_body,
    is_bodily,
    is_bound,
    is_career,
    is_carried,
    is_corporate,
    is_family,
    is_for_other,
    is_greeting,
    is_handled,
    is_institution,
    is_kin,
    is_mutual,
    is_taking,
    is_telling,
    is_treated,
)
from missionwire_pronouns.predicates import PredicateReader
from missionwire_pronouns.shares import ShareReader
from missionwire_pronouns.speech import introduction_of, is_speaker, speaks_of_same
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
_MODALS: Final = frozenset({"can", "could", "will", "would", "must", "should", "does", "did", "do"})
_LIKEWISE: Final = frozenset({"not", "n't", "too", "also", "never", "n’t", ",", "either", "so"})
"""What may end a sentence that only sets somebody against another: `She did not.`."""
_OWNED: Final = 3
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
_HEALTH: Final = frozenset({"pulse", "blood", "temperature", "heart", "health", "pressure", "hand", "hands", "balance"})
"""What doctors check."""
_BACK_TO: Final = frozenset({"it", "this", "that", "them", "there", "which", "however", "therefore", "but"})
_MANY: Final = frozenset({"they", "them", "their", "theirs"})
_GOING_ON: Final = frozenset({"added", "adds", "continued", "continues", "concluded", "concludes"})
_BACK: Final = 4
_PREDICATE: Final = 12
"""How many tokens what is said of a pronoun may take."""
_LONGEST: Final = 200
"""How many tokens into its sentence a pronoun is read: people write no longer ones, and what is none proves nothing."""


class _Readers(NamedTuple):
    """Those who read a text beside a pronoun."""

    clauses: ClauseReader
    shares: ShareReader
    partition: PartitionReader
    openings: OpeningReader
    implied: ImpliedReader
    predicates: PredicateReader
    attribution: AttributionReader
    humanity: HumanityReader


@dataclass(frozen=True, slots=True)
class PronounFinder:
    """Finds pronouns; `named` tokens belong to names (Mr He), `mentions` are by the index of their first token."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: Mapping[int, Mention]
    named: frozenset[int]

    def find(self) -> Iterator[Pronoun]:
        """Give the pronouns in the order of the text."""
        clauses = ClauseReader(self.tokens, self.lexicon, self.mentions)
        readers = _Readers(
            clauses,
            ShareReader(self.tokens, self.lexicon, self.mentions, clauses),
            PartitionReader(self.tokens, self.lexicon, self.mentions, clauses),
            OpeningReader(self.tokens, self.lexicon, self.mentions),
            ImpliedReader(self.tokens, self.lexicon, self.mentions),
            PredicateReader(self.tokens, self.lexicon),
            AttributionReader(self.tokens, self.lexicon, self.mentions),
            HumanityReader(self.tokens, self.lexicon),
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
        verbs = self._verbs_after(token)
        is_speaking = not verbs.isdisjoint(self.lexicon.speech) or is_speaker(self.tokens, self.lexicon, token)
        is_own = case == "possessive" and self._is_own(token)
        subject = clauses.subject(token)
        beside = readers.attribution.beside_speech(token) if case == "subject" else None
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
            is_answering=not verbs.isdisjoint(self.lexicon.answer),
            is_replying=not verbs.isdisjoint(self.lexicon.replying),
            is_going_on=not verbs.isdisjoint(_GOING_ON) or readers.attribution.is_wording(token, case),
            is_further=not verbs.isdisjoint({"also", "likewise", "moreover"}),
            is_opposing=not verbs.isdisjoint(self.lexicon.opposing),
            is_bound=case == "possessive" and is_bound(self.tokens, self.lexicon, token),
            is_bodily=case == "possessive" and is_bodily(self.tokens, self.lexicon, token),
            is_mutual=case == "possessive" and is_mutual(self.tokens, self.lexicon, token),
            is_kin=case == "possessive" and is_kin(self.tokens, self.lexicon, token),
            is_handled=case == "possessive" and is_handled(self.tokens, self.lexicon, token),
            is_treated=case == "possessive" and is_treated(self.tokens, self.lexicon, token),
            is_for_other=case == "possessive" and is_for_other(self.tokens, token),
            is_taking=case == "object" and is_taking(self.tokens, token),
            is_greeting=case == "possessive" and is_greeting(self.tokens, self.lexicon, token),
            is_retold=case in {"subject", "possessive"} and readers.attribution.is_retold(token, case),
            is_explaining=case == "subject" and readers.attribution.is_explaining(token),
            is_parallel=case == "subject" and readers.attribution.is_parallel(token),
            is_fellow=case == "possessive" and self._is_fellow(token),
            is_own=is_own,
            is_corporate=case == "possessive" and is_corporate(self.tokens, self.lexicon, token),
            is_comment=case == "subject" and is_speaking and readers.attribution.is_comment(token),
            is_beside_speech=beside == "self",
            is_after_order=beside == "other",
            is_parenthetic=case == "subject" and readers.attribution.is_parenthetic(token, is_speaking=is_speaking),
            is_vessel=case == "subject" and readers.humanity.is_vessel(token),
            is_human=readers.humanity.is_human(token) if case == "subject" else readers.humanity.is_of_human(token),
            predicate=readers.predicates.gender(token) if case == "subject" else None,
            subject=subject,
            share=self._share(readers.shares, token, case),
            joined=readers.partition.joined(token) if case == "subject" else None,
            apart=readers.partition.apart(token) if case == "subject" else (),
            introduction=introduction_of(self.tokens, self.lexicon, token)
            if case == "subject" and is_speaking
            else None,
            kin_of=readers.shares.kin_of(token) if case in {"object", "possessive"} else None,
            echo=echo_of(self.tokens, token) if case == "possessive" else None,
            told_of=readers.shares.told_of(token),
            given_to=readers.shares.given_to(token) if case == "possessive" else None,
            turn=next((t.index for t in rest if not t.is_word and readers.attribution.is_turn(t)), None),
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
            main=clauses.main(token) if subject == SOMETHING_ELSE and self._is_seen_to(token, case) else None,
            is_led=case == "subject" and (self._is_led(token) or is_after_words(self.tokens, token)),
            is_family=case == "possessive" and is_family(self.tokens, self.lexicon, token),
            is_spouse=case == "possessive" and is_spouse(self.tokens, token),
            is_met_before=case == "subject" and self._is_met_before(token),
            is_private=is_own and not is_institution(self.tokens, token),
            is_carried=case == "possessive" and is_carried(self.tokens, self.lexicon, token),
            is_of_career=case == "possessive" and is_career(self.tokens, self.lexicon, token),
            is_continuing=case in {"object", "possessive"} and is_continuing(self.tokens, self.lexicon, token),
            is_telling=case == "possessive" and is_telling(self.tokens, self.lexicon, token),
            feeling=feeling_of(self.tokens, self.lexicon, token) if case == "subject" else None,
        )

    def _share(self, shares: ShareReader, token: Token, case: Case) -> int | None:
        """Give whose share what is owned must be, or whom else the clause has told of that it must mean."""
        if case != "possessive":
            if case == "object" and (owner := shares.kept(token)) is not None:
                return owner
            return shares.met(token) if case == "object" else shares.aged(token) if case == "subject" else None
        credited = shares.credited(token)
        if credited is None and is_career(self.tokens, self.lexicon, token):
            return shares.share(token)
        found = (place for place in (credited, shares.moved(token), shares.joined_to(token)) if place is not None)
        return next(found, None)

    def _is_met_before(self, token: Token) -> bool:
        """Tell whether `with whom` leads to a pronoun."""
        whom, with_ = self.tokens.at(token.index - 1), self.tokens.at(token.index - 2)
        return whom is not None and with_ is not None and whom.lower == "whom" and with_.lower == "with"

    def _is_led(self, token: Token) -> bool:
        """Tell whether a sentence begins with a time or place: `In the evening she slept`, `Before leaving, she …`.

        Not so where that leads back to what somebody made: `In it he tells`, `In the book he tells`.
        """
        first = self.tokens.all[self.tokens.sentences[token.sentence]]
        before = self.tokens.all[first.index : token.index]
        kinds = (self.lexicon.pronouns, self.lexicon.works, self.lexicon.talks, self.lexicon.tellings, _BACK_TO)
        is_back = any(t.is_quoted or any(t.lower in words for words in kinds) for t in before)
        is_open = bool(before) and first.lower not in self.lexicon.conjunctions and not is_back
        return is_open and not leads_back(self.tokens, token)

    def _is_seen_to(self, token: Token, case: Case) -> bool:
        """Tell whether others may see to somebody: `examined her`, `took her pulse`, `a rug around her shoulders`."""
        is_health = any(noun.lower in _HEALTH for noun in self.tokens.after(token, 2))
        return case == "object" or (case == "possessive" and (is_health or has_body(self.tokens, self.lexicon, token)))

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

    def _verbs_after(self, token: Token) -> set[str]:
        """Give the words up to the verb that follows, perhaps after adverbs or an auxiliary, that one among them."""
        found: set[str] = set()
        for after in self.tokens.after(token, _BACK):
            found.add(after.lower)
            is_between = (
                after.lower in self.lexicon.auxiliary
                or after.lower in self.lexicon.adverbs
                or after.lower.endswith("ly")
            )
            if not is_between:
                break
        return found

    def _is_beside(self, token: Token) -> bool:
        """Tell whether a preposition of place stands before: `shut the hatch behind him` may be the subject's own."""
        before = self.tokens.at(token.index - 1)
        return before is not None and before.lower in self.lexicon.beside

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
        """Tell whether a pronoun is set against the one before: `…; he, the older of the two, …`, `He was not.`."""
        if self._is_elliptic(token):
            return True
        comma = self.tokens.at(token.index + 1)
        if comma is None or comma.text != ",":
            return False
        for after in self.tokens.all[token.index + 2 : token.index + _PREDICATE]:
            if after.sentence != token.sentence or not after.is_word:
                return False
            if after.lower in _CONTRASTS:
                return True
        return False

    def _is_elliptic(self, token: Token) -> bool:
        """Tell whether it is only told of somebody that they do likewise or do not: `He was not.`, `She did, too.`."""
        words, before = self.tokens.after(token, _BACK), self.tokens.at(token.index - 1)
        is_led = before is not None and before.is_word and before.lower not in self.lexicon.conjunctions
        if is_led or not words or words[0].lower not in self.lexicon.auxiliary | self.lexicon.copula | _MODALS:
            return False
        rest = words[1:]
        while rest and rest[0].lower in _LIKEWISE:
            rest = rest[1:]
        is_ended = len(words) < _BACK or (bool(rest) and rest[0].text in {".", ";", "!", "?"})
        return is_ended and (not rest or not rest[0].is_word)

    def _is_fellow(self, token: Token) -> bool:
        """Tell whether somebody is said to be another's: `was her first teacher`, not `was her own boss`.

        So is who is beside another: `stood at her side`, not `slept with the dog at her side`.
        """
        verb, at = self.tokens.at(token.index - 2), self.tokens.all[token.index - 1]
        is_beside = at.lower in {"at", "by"} and [t.lower for t in self.tokens.after(token, 1)] == ["side"]
        if is_beside and verb is not None and self.lexicon.is_verb(verb.lower):
            return True
        if self.tokens.all[token.index - 1].lower not in self.lexicon.copula:
            return False
        nouns = [t.lower for t in self.tokens.after(token, 2)]
        return "own" not in nouns and any(self.lexicon.is_person_noun(noun) for noun in nouns)

    def _is_own(self, token: Token) -> bool:
        """Tell whether what is owned is hardly told of but with its owner: `in her home`, `told her colleagues`."""
        lexicon = self.lexicon
        nouns = [t.lower for t in self.tokens.after(token, _OWNED)]
        if any(noun in lexicon.handling for noun in (self.tokens.all[token.index - 1].lower,)):
            return False
        return any(n in lexicon.own or n in lexicon.mutual or n in lexicon.kin or n in lexicon.body for n in nouns)
