"""Implied people: whom a sentence brings in without a word for them, so that a pronoun may mean them next."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from missionwire_pronouns.forms import FORMS, Case
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Mention
from missionwire_pronouns.tokens import Token, Tokens

_REACH: Final = 4
_LONGEST: Final = 80
"""How many tokens of the sentence before are read."""
_AWAITING: Final = frozenset({"waiting", "waited", "waits", "awaited", "awaits", "awaiting", "expected"})
_SENDING: Final = frozenset({"written", "sent", "left", "signed", "posted", "wrapped", "addressed"})
_POST: Final = frozenset({"letter", "note", "card", "parcel", "telegram", "postcard", "message", "envelope"})
_UNANSWERED: Final = frozenset({("nobody", "opened"), ("nobody", "answered"), ("one", "opened"), ("one", "answered")})
_AT_THE_DOOR: Final = frozenset({"knock", "knocks", "knocking", "doorbell"})
_COUPLING: Final = frozenset({"engaged", "marry", "marries", "divorced", "wedding", "marriage", "divorce", "single"})
_COUPLED: Final = frozenset({("got", "married"), ("gets", "married"), ("proposed", "to"), ("in", "love")})
_FLEEING: Final = frozenset({"fled", "escaped", "apologised", "apologized"})
_RECEIVING: Final = frozenset(
    {"accepted", "received", "thanked", "got", "lost", "needed", "spent", "ate", "drank", "sipped", "tasted", "wore"}
    | {"smelled", "smelt", "breathed", "enjoyed", "felt", "saw", "waved"}
)
"""What one does to whom something is done."""
_GESTURES: Final = frozenset({"thumb", "thumbs", "arm", "arms", "fist", "fists", "hand", "hands", "finger", "fingers"})
"""What one raises who is met: `was helped out. She raised both thumbs`."""
_FOR_WORDS: Final = frozenset({"comment", "interview", "statement", "autograph", "opinion", "explanation", "name"})
"""What those ask for who come to hear somebody: `was met by the press. He asked for a comment`."""
_PARENTS: Final = frozenset({"father", "mother", "dad", "mum", "mom", "parent", "grandfather", "grandmother"})
_NEWBORN: Final = frozenset({"weighs", "weighed", "is", "was", "sleeps", "slept", "cried"})
"""What is told of a newborn child."""
_BECOMING: Final = frozenset({"became", "becomes", "become", "becoming"})
_BY: Final = frozenset({"of", "to", "with", "about", "on", "for"})


class ImpliedReader(Struct, frozen=True):
    """Tells whether a subject pronoun may mean somebody implied; `mentions` are by the index of their first token."""

    tokens: Tokens
    lexicon: Lexicon
    mentions: Mapping[int, Mention]

    def is_implied(self, pronoun: Token, case: Case) -> bool:
        """Tell whether the words before a pronoun bring in somebody without a word for them."""
        if case == "possessive":
            return self._is_born(pronoun, self._before(pronoun))
        if self._is_waiting(pronoun) or self._is_unseen(pronoun):
            return True
        before = self._before(pronoun)
        if not before or self._has_subject(pronoun):
            return False
        if self._is_attending(pronoun, before) or any(word.lower in _AT_THE_DOOR for word in before):
            return True
        if self._is_born(pronoun, before):
            return True
        is_first = pronoun.index == self.tokens.sentences[pronoun.sentence]
        words = self.tokens.after(pronoun, _REACH)
        if not is_first or not words or any(word.lower == "born" for word in words):  # `In June he …`: a life goes on
            return False
        is_told = words[0].lower in {"is", "has"} or words[0].lower.endswith("hs")
        return self._is_coupled(before) or self._is_maker(before) or (is_told and self._is_parent(before))

    def _before(self, pronoun: Token) -> Sequence[Token]:
        """Give the words of the sentence before, none of another paragraph."""
        before = [t for t in self.tokens.sentence(pronoun.sentence - 1)[:_LONGEST] if not t.is_quoted]
        return before if before and before[0].paragraph == pronoun.paragraph else ()

    def _has_subject(self, pronoun: Token) -> bool:
        """Tell whether a name is the subject of the pronoun's own sentence: `Two men came. Mori slept when he …`."""
        start = self.tokens.sentences[pronoun.sentence]
        known = (self.mentions.get(index) for index in range(max(start, pronoun.index - _LONGEST), pronoun.index))
        return any(m.kind == "name" and m.role == "subject" for m in known if m)

    def _is_waiting(self, pronoun: Token) -> bool:
        """Tell whether somebody waits where another comes: `drove to Bari, where he was waiting`."""
        where = self.tokens.at(pronoun.index - 1)
        words = self.tokens.after(pronoun, _REACH)
        return where is not None and where.lower == "where" and any(word.lower in _AWAITING for word in words)

    def _is_unseen(self, pronoun: Token) -> bool:
        """Tell whether somebody is behind a door or a letter: `Nobody opened. She had left`, `He had written it`."""
        words = [word.lower for word in self.tokens.after(pronoun, 2)]
        if len(words) < 2 or words[0] != "had":  # noqa: PLR2004  # two words were asked for
            return False
        before = [word.lower for word in self.tokens.sentence(pronoun.sentence - 1)[-_LONGEST:]]
        is_sent = words[1] in _SENDING and any(word in _POST for word in before)
        return is_sent or any(pair in _UNANSWERED for pair in pairwise(before))

    def _is_attending(self, pronoun: Token, before: Sequence[Token]) -> bool:
        """Tell whether somebody does or asks something where unnamed people have seen to somebody.

        `Officials escorted Mori in. He held the umbrella`, `Mori was interviewed. He asked her …`; not so `He smiled`.
        """
        is_told = False
        for ahead, word in pairwise(before):
            is_told = is_told or ahead.index in self.mentions or ahead.lower in FORMS
            if word.lower in self.lexicon.attending and not self._has_agent(word):
                return (not is_told or ahead.lower in self.lexicon.copula) and self._is_deed(pronoun)
        return False

    def _has_agent(self, participle: Token) -> bool:
        """Tell whether it is said who sees to somebody: `was helped by Mori`."""
        by = self.tokens.at(participle.index + 1)
        return by is not None and by.lower == "by" and by.index + 1 in self.mentions

    def _is_deed(self, pronoun: Token) -> bool:
        """Tell whether something is done to something or asked, or a doctor does it: `He is the best surgeon`."""
        words = self.tokens.after(pronoun, 2 * _REACH)
        if any(word.lower in self.lexicon.medics for word in words):
            return True
        is_denied = bool(words) and words[0].lower in {"did", "does"}  # `He did not take the motorway`
        verb, to = words[2 * is_denied : 2 * is_denied + 2] if len(words) > 2 * is_denied + 1 else (None, None)
        if verb is None or to is None or verb.lower in self.lexicon.auxiliary or verb.lower in _RECEIVING:
            return False
        if self._is_own_wish(words) or self._is_gesture(words[2 * is_denied + 1 :]):
            return False
        lists = (self.lexicon.attending, self.lexicon.prompting, _FLEEING)
        if any(verb.lower in words for words in lists):
            return True
        is_verb = is_denied or self.lexicon.is_verb(verb.lower)
        return is_verb and (to.lower in self.lexicon.determiners or to.lower == "it")

    def _is_own_wish(self, words: Sequence[Token]) -> bool:
        """Tell whether somebody asks for what they need themselves: `was carried out. He asked for an apple`."""
        asked, for_ = words[0].lower, words[1].lower
        return asked == "asked" and for_ == "for" and not any(word.lower in _FOR_WORDS for word in words)

    def _is_gesture(self, words: Sequence[Token]) -> bool:
        """Tell whether a hand is raised that is nobody else's: `raised both thumbs`, not `took the arm of Mori`."""
        if words[0].lower not in self.lexicon.determiners | {"one"} or words[0].lower in FORMS:
            return False
        part = next((i for i, word in enumerate(words[1:_REACH], start=1) if word.lower in _GESTURES), 0)
        of = words[part + 1].lower if 0 < part < len(words) - 1 else ""
        return part > 0 and of not in {"of", "'s"}

    def _is_coupled(self, before: Sequence[Token]) -> bool:
        """Tell whether somebody has a partner of whom no word tells: `got married`, `proposed to`."""
        if any(
            word.lower in _COUPLING and (word.lower, after.lower) != ("engaged", "in")
            for word, after in pairwise(before)
        ):
            return True
        return any((word.lower, after.lower) in _COUPLED for word, after in pairwise(before))

    def _is_parent(self, before: Sequence[Token]) -> bool:
        """Tell whether somebody gets a child of whom no word tells: `became a father. She weighs …`."""
        words = [word.lower for word in before]
        return any(verb in _BECOMING and _PARENTS.intersection(words[i + 1 : i + 3]) for i, verb in enumerate(words))

    def _is_born(self, pronoun: Token, before: Sequence[Token]) -> bool:
        """Tell whether a child comes into the world that no word names: `gave birth. He weighs four kilos`."""
        words = [word.lower for word in self.tokens.after(pronoun, _REACH)]
        is_child = pronoun.lower in {"his", "her"} and "name" in words[:1]
        is_child = is_child or (pronoun.lower in {"he", "she"} and bool(_NEWBORN.intersection(words[:1])))
        pairs = [(word.lower, after.lower) for word, after in pairwise(before)]
        return is_child and (("gave", "birth") in pairs or self._is_parent(before))

    def _is_maker(self, before: Sequence[Token]) -> bool:
        """Tell whether somebody has made what a sentence tells of: `The portrait of Mori is gone`, `Mori's biography`.

        Nobody is told to do anything there.
        """
        noun = next((t for t in before if t.lower in self.lexicon.works), None)
        if noun is None or any(m.role == "subject" for t in before if (m := self.mentions.get(t.index))):
            return False
        of = self.tokens.at(noun.index + 1)
        first = self.tokens.all[self.tokens.sentences[noun.sentence]]
        owner = self.mentions.get(first.index)
        is_owned = owner is not None and owner.role == "possessor" and owner.last + 2 == noun.index
        return is_owned or (of is not None and of.lower in _BY and of.index + 1 in self.mentions)
