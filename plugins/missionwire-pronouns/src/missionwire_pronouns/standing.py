"""Standing: how a pronoun stands in its sentence, by the words right around it."""

from typing import Final

from msgspec import Struct

from missionwire_pronouns.continuation import leads_back
from missionwire_pronouns.forms import FORMS, Case, Sex
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.possession import has_body
from missionwire_pronouns.tokens import Token, Tokens

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
_SELVES: Final = frozenset({"himself", "herself"})
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
_HANDING: Final = frozenset(
    {"handed", "hands", "passed", "passes", "gave", "gives", "ceded", "cedes", "transferred", "entrusted", "yielded"}
)
_HOLDING: Final = frozenset({"held", "commanded", "led", "headed", "kept", "run", "carried", "worn", "guarded"})
"""What one does with what one hands on."""
_NO_OTHER: Final = frozenset({"any", "no", "nobody", "none", "anybody", "anyone", "other"})
_PROMISING: Final = frozenset({"promised", "promises", "vowed", "vows", "swore", "swears", "sworn"})
_NEXT_TO: Final = frozenset({"beside", "behind", "opposite", "near", "before", "above", "below", "around"})
_TOGETHER: Final = frozenset(
    {
        "shared",
        "shares",
        "share",
        "flew",
        "flown",
        "worked",
        "works",
        "work",
        "spoke",
        "spoken",
        "speaks",
        "talked",
        "talks",
    }
    | {
        "trained",
        "trains",
        "train",
        "lived",
        "lives",
        "played",
        "plays",
        "danced",
        "served",
        "exchanged",
        "agreed",
        "met",
    }
    | {"sang", "argued", "travelled", "traveled", "ate", "dined", "studied", "competed", "chatted", "flying", "working"}
)
"""What two do with each other."""
_BACK_TO: Final = frozenset({"it", "this", "that", "them", "there", "which", "however", "therefore", "but"})
_BACK: Final = 4
_PREDICATE: Final = 12
"""How many tokens what is said of a pronoun may take."""
LONGEST: Final = 200
"""How many tokens into its sentence a pronoun is read: people write no longer ones, and what is none proves nothing."""


class StandingReader(Struct, frozen=True):
    """Reads the words around a pronoun."""

    tokens: Tokens
    lexicon: Lexicon

    def is_generic(self, token: Token) -> bool:
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

    def verbs_after(self, token: Token) -> set[str]:
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

    def is_beside(self, token: Token) -> bool:
        """Tell whether a preposition of place stands before: `shut the hatch behind him` may be the subject's own."""
        before = self.tokens.at(token.index - 1)
        return before is not None and before.lower in self.lexicon.beside

    def stress(self, token: Token) -> Sex | None:
        """Give the gender of the reflexive that stresses a subject: `he herself asked`, `she is himself a pilot`."""
        words = self.tokens.after(token, 2)
        is_between = bool(words) and (words[0].lower in self.lexicon.auxiliary or words[0].lower in self.lexicon.copula)
        word = next(iter(words[is_between:]), None)
        return FORMS[word.lower].gender if word is not None and word.lower in _SELVES else None

    def is_planning(self, token: Token) -> bool:
        """Tell whether an organisation may be what does it: `he wants to examine it all`, not `he founded it`."""
        words = self.tokens.after(token, LONGEST)
        is_plan = bool(words) and words[0].lower in _PLANS
        return is_plan and not any(word.lower in {"it", "its"} for word in words)

    def is_opening(self, token: Token) -> bool:
        """Tell whether a paragraph that is not the first begins with a pronoun."""
        before = self.tokens.at(token.index - 1)
        return before is not None and before.paragraph != token.paragraph

    def is_arriving(self, token: Token) -> bool:
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

    def is_parental(self, token: Token) -> bool:
        """Tell whether a parent of whom it was told may be who has a child or wants one: `He had wanted a son`."""
        return any(word.lower in self.lexicon.offspring for word in self.tokens.after(token, _BACK))

    def is_contrasting(self, token: Token) -> bool:
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

    def is_fellow(self, token: Token) -> bool:
        """Tell whether somebody is said to be another's: `was her first teacher`, not `was her own boss`.

        So is who is beside another: `stood at her side`, not `slept with the dog at her side`.
        """
        verb, at = self.tokens.at(token.index - 2), self.tokens.all[token.index - 1]
        place = [t.lower for t in self.tokens.after(token, 1)]
        is_beside = at.lower in {"at", "by"} and place == ["side"]
        is_beside = is_beside or (at.lower == "to" and place in (["left"], ["right"]))
        if is_beside and verb is not None and self.lexicon.is_verb(verb.lower):
            return True
        if self.tokens.all[token.index - 1].lower not in self.lexicon.copula:
            return False
        nouns = [t.lower for t in self.tokens.after(token, 2)]
        return "own" not in nouns and any(self.lexicon.is_person_noun(noun) for noun in nouns)

    def is_own(self, token: Token) -> bool:
        """Tell whether what is owned is hardly told of but with its owner: `in her home`, `told her colleagues`."""
        lexicon = self.lexicon
        nouns = [t.lower for t in self.tokens.after(token, _OWNED)]
        if any(noun in lexicon.handling for noun in (self.tokens.all[token.index - 1].lower,)):
            return False
        return any(n in lexicon.own or n in lexicon.mutual or n in lexicon.kin or n in lexicon.body for n in nouns)

    def is_seen_to(self, token: Token, case: Case) -> bool:
        """Tell whether others may see to somebody: `examined her`, `took her pulse`, `a rug around her shoulders`."""
        is_health = any(noun.lower in _HEALTH for noun in self.tokens.after(token, 2))
        return case == "object" or (case == "possessive" and (is_health or has_body(self.tokens, self.lexicon, token)))

    def is_led(self, token: Token) -> bool:
        """Tell whether a sentence begins with a time or place: `In the evening she slept`, `Before leaving, she …`.

        Not so where that leads back to what somebody made: `In it he tells`, `In the book he tells`.
        """
        first = self.tokens.all[self.tokens.sentences[token.sentence]]
        before = self.tokens.all[first.index : token.index]
        kinds = (self.lexicon.pronouns, self.lexicon.works, self.lexicon.talks, self.lexicon.tellings, _BACK_TO)
        is_back = any(t.is_quoted or any(t.lower in words for words in kinds) for t in before)
        is_open = bool(before) and first.lower not in self.lexicon.conjunctions and not is_back
        return is_open and not leads_back(self.tokens, token)

    def is_together(self, token: Token) -> bool:
        """Tell whether two do it: `flew with her`, `shared with her every meal`, not `has with her a shell`."""
        with_ = self.tokens.at(token.index - 1)
        ahead = self.tokens.all[max(0, token.index - _BACK) : max(0, token.index - 1)]
        is_met = any(word.lower in _TOGETHER and word.sentence == token.sentence for word in ahead)
        return with_ is not None and with_.lower == "with" and is_met

    def is_looking_back(self, token: Token) -> bool:
        """Tell whether somebody had what is handed on: `handed her the key. He had held the command since May`."""
        words = [t.lower for t in self.tokens.after(token, 3)]
        is_past = len(words) > 1 and words[0] == "had" and any(word in _HOLDING for word in words[1:])
        before = self.tokens.sentence(token.sentence - 1) if is_past else ()
        return any(t.lower in _HANDING and not t.is_quoted for t in before)

    def is_compared(self, token: Token) -> bool:
        """Tell whether others are compared with somebody: `more than any woman before her`, `as nobody before her`."""
        words = [t.lower for t in self.tokens.all[max(0, token.index - _PREDICATE // 2) : token.index]]
        return bool(words) and words[-1] in {"before", "than"} and any(word in _NO_OTHER for word in words)

    def is_promised(self, token: Token) -> bool:
        """Tell whether it is told what somebody promises to do: `promised her son that she would come`."""
        start = max(self.tokens.sentences[token.sentence], token.index - _PREDICATE)
        words = [t.lower for t in self.tokens.all[start : token.index]]
        would = [t.lower for t in self.tokens.after(token, 1)]
        is_told = words[-1:] == ["that"] or bool(_PROMISING.intersection(words[-1:]))
        return would == ["would"] and is_told and bool(_PROMISING.intersection(words))

    def is_neighbour(self, token: Token) -> bool:
        """Tell whether it is said next to whom somebody is: `Next to her Mori read`, `Beside her sat Mori`."""
        start = self.tokens.sentences[token.sentence]
        words = [t.lower for t in self.tokens.all[start : token.index]]
        return words[-2:] == ["next", "to"] or (len(words) == 1 and words[0] in _NEXT_TO)

    def is_source(self, token: Token) -> bool:
        """Tell whether a sentence begins with a pronoun of whom it is known from: `According to her, it was cold`."""
        start = self.tokens.sentences[token.sentence]
        return [t.lower for t in self.tokens.all[start : token.index]] == ["according", "to"]

    def is_met_before(self, token: Token) -> bool:
        """Tell whether `with whom` leads to a pronoun."""
        whom, with_ = self.tokens.at(token.index - 1), self.tokens.at(token.index - 2)
        return whom is not None and with_ is not None and whom.lower == "whom" and with_.lower == "with"
