"""Places: whether a name stands where places do."""

from itertools import pairwise
from typing import Final

from msgspec import Struct

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.phrase import person_noun
from missionwire_pronouns.tokens import Token, Tokens

_PARTICLES: Final = frozenset({"up", "off", "out", "on", "down", "away", "back", "in", "over"})
_FRONTING: Final = frozenset({"in", "at", "from", "near", "on", "outside"})
"""What a sentence may begin with that tells where: `In Bari Lind thanked them`."""
_BEING_ON: Final = frozenset(
    {"lives", "lived", "living", "live", "born", "landed", "lands", "based", "located", "situated", "stationed"}
    | {"arrived", "spent", "grew", "raised", "studied", "stranded"}
)
"""Where one is on an island: `born on Bari`."""
_SOMEBODYS: Final = frozenset(
    {
        "friends",
        "fans",
        "followers",
        "relatives",
        "admirers",
        "supporters",
        "students",
        "pupils",
        "teachers",
        "trainers",
    }
    | {"lawyers", "doctors", "biographers", "readers", "critics", "killers", "murderers", "assistants", "partners"}
    | {"neighbours", "neighbors", "disciples", "ancestors", "descendants", "enemies", "rivals", "victims", "creators"}
    | {"owners", "employers", "predecessors", "successors", "patients", "listeners", "companions", "contemporaries"}
)
"""Those whom somebody has: `the friends of Lind`."""
_LASTING: Final = frozenset(
    {"before", "until", "till", "again", "except", "since", "even", "at", "as", "when", "during"}
)
"""Until when a place is not left: `had never left Bari before the war`, not `never left Lind alone`."""
_FOLLOWING: Final = frozenset(
    {
        "followed",
        "follows",
        "following",
        "reported",
        "reports",
        "reporting",
        "phoned",
        "phones",
        "broadcast",
        "commutes",
    }
)
"""What one does from a place: `followed the dispute from Bari`."""
_HAVING_FROM: Final = frozenset(
    {"learned", "learnt", "inherited", "got", "had", "has", "heard", "bought", "borrowed", "received", "knew", "knows"}
    | {"took", "takes", "gets", "learns", "hears", "expects", "expected", "wanted", "wants", "demanded", "stole", "hid"}
)
"""What one does from a person."""
_REGARD: Final = 4
"""How many words before `from` may say that what follows is a person."""


class PlaceReader(Struct, frozen=True):
    """Tells by the words before a name whether it is one of a place."""

    tokens: Tokens
    lexicon: Lexicon

    def is_placed(self, run: list[Token]) -> bool:
        """Tell whether a name stands where places do."""
        before, after = self.tokens.at(run[0].index - 1), self.tokens.at(run[-1].index + 1)
        if before is None or before.sentence != run[0].sentence or not before.is_word or before.lower == "the":
            return False
        return self.leads_to_place(before) or self.is_left(before, after) or self._is_located(after)

    def _is_located(self, comma: Token | None) -> bool:
        """Tell whether the next words say in which country a place is: `before Bari, in Italy, …`."""
        where = self.tokens.at(comma.index + 1) if comma is not None and comma.text == "," else None
        land = self.tokens.at(where.index + 1) if where is not None and where.lower == "in" else None
        if land is None or not land.is_capital:
            return False
        return land.lower in self.lexicon.countries or land.lower in self.lexicon.places

    def is_fronted_place(self, run: list[Token]) -> bool:
        """Tell whether the last word of a run is who does something there: `In Bari Lind thanked them all`."""
        before, after = self.tokens.at(run[0].index - 1), self.tokens.at(run[-1].index + 1)
        if len(run) == 1 or before is None or after is None or not run[-1].is_capital:
            return False
        is_first = before.index == self.tokens.sentences[before.sentence] and before.sentence == run[0].sentence
        is_deed = self.lexicon.is_verb(after.lower) and after.lower not in self.lexicon.auxiliary
        return is_first and before.lower in _FRONTING and is_deed

    def leads_to_place(self, before: Token) -> bool:
        """Tell whether the word before a name makes it a place or a thing: `in Bari`, `moved to Bari`, `the Bari`.

        Not so after a verb that wants a person: `believed in Bari`, `sat near Bari`, `looked at Bari`.
        """
        ahead = self.tokens.at(before.index - 1)
        if before.lower in {"the", "all"} or self._is_looking_out(before):
            return True
        if before.lower in self.lexicon.place_prepositions:
            return ahead is None or ahead.lower not in self.lexicon.regard
        if before.lower == "on":  # `the station on Bari`, `landed on Bari`, not `relied on Lind`
            return ahead is not None and (ahead.lower in self.lexicon.in_names or ahead.lower in _BEING_ON)
        if ahead is None or before.lower not in {"from", "to", "of"}:
            return False
        if ahead.lower in _PARTICLES and ahead.lower != "over" and before.lower != "of":  # `flew in from Bari`
            ahead = self.tokens.at(ahead.index - 1) or ahead
        words = self.tokens.all[max(0, before.index - _REGARD) : before.index]
        if before.lower == "from" and any(word.lower in _FOLLOWING for word in words):
            return True
        if before.lower == "from" and any(word.lower in self.lexicon.regard for word in words):
            return False  # `learned to fly from Austin Park`
        is_origin = before.lower == "from" and (
            self._has_origin(ahead) or self._counts_children(ahead) or self._is_being(ahead)
        )
        is_folk = before.lower == "of" and self._is_folk(ahead.lower)
        return ahead.lower in self.lexicon.to_places or is_origin or is_folk

    def _is_folk(self, word: str) -> bool:
        """Tell whether a word is for people of some place, not for somebody's: `the herders of Bari`."""
        one = word.removesuffix("s")
        if word.endswith(("men", "women", "folk")):
            return True
        is_plural = one != word and (self.lexicon.is_person_noun(one) or self.lexicon.may_be_person_noun(one))
        return is_plural and not (word in _SOMEBODYS or word in self.lexicon.kin or word in self.lexicon.mutual)

    def _is_looking_out(self, start: Token) -> bool:
        """Tell whether something is done from a place: `From Bari she followed it`, not `From Lind she learned it`."""
        if start.lower != "from" or start.index != self.tokens.sentences[start.sentence]:
            return False
        index = start.index + 1
        while (name := self.tokens.at(index)) and name.is_word and name.is_capital:
            index += 1
        verb = self.tokens.at(index + 1)
        is_somebody = name is not None and name.lower in {"he", "she", "they"} and verb is not None
        return is_somebody and verb is not None and verb.lower not in _HAVING_FROM

    def _has_origin(self, noun: Token) -> bool:
        """Tell whether a noun is for those, or for what, is from some place: `children from Bari`, `the daily from`."""
        lexicon = self.lexicon
        one = noun.lower.removesuffix("s")
        is_person = person_noun(noun.lower, lexicon) is not None or person_noun(one, lexicon) is not None
        lists = (lexicon.groups, lexicon.many, lexicon.many_female, lexicon.many_male, lexicon.called)
        is_listed = any(noun.lower in words for words in lists) or one in lexicon.organisation
        return is_person or is_listed or noun.lower.endswith("-year-old")

    def _is_being(self, copula: Token) -> bool:
        """Tell whether somebody, not something, is from some place: `Lind is from Bari`, `Lind, 38, is from Bari`."""
        subject = self.tokens.at(copula.index - 1)
        if copula.lower not in self.lexicon.copula or subject is None or subject.sentence != copula.sentence:
            return False
        is_person = (
            subject.lower in {"he", "she", "they", "who"} or person_noun(subject.lower, self.lexicon) is not None
        )
        return is_person or subject.is_capital or subject.text == ","

    def is_region(self, comma: Token | None, after: Token | None) -> bool:
        """Tell whether a name says where a place is: `a native of Shaoyang, Hunan.`, not `in Bari, Lind said`."""
        if comma is None or comma.text != "," or (after is not None and after.text not in {",", ".", ";"}):
            return False
        index = comma.index - 1
        while (place := self.tokens.at(index)) and place.is_word and place.is_capital:
            index -= 1
        is_named = index < comma.index - 1
        return is_named and place is not None and place.is_word and self.leads_to_place(place)

    def is_left(self, before: Token, after: Token | None) -> bool:
        """Tell whether a place is left at some age or in some year: `left Vigo at eighteen`, `has never left Vigo`."""
        if before.lower not in {"left", "leaves", "leaving"}:
            return False
        ahead = self.tokens.at(before.index - 1)
        is_open = after is None or after.text in {".", ",", ";"} or after.lower in _LASTING
        if ahead is not None and ahead.lower == "never" and is_open:
            return True
        lead = self.tokens.all[max(0, before.index - _REGARD) : before.index]  # `At nineteen she left Bari.`
        if any(at.lower == "at" and self._is_age(number) for at, number in pairwise(lead)):
            return True
        number = self.tokens.at(after.index + 1) if after is not None and after.lower in {"at", "in", "aged"} else None
        return number is not None and self._is_age(number)

    def _is_age(self, number: Token) -> bool:
        return number.text.isdigit() or number.lower in self.lexicon.numbers or number.lower.endswith("teen")

    def _counts_children(self, number: Token) -> bool:
        """Tell whether a number ends a word for a parent: `a mother of three from Oulu`."""
        of, parent = self.tokens.at(number.index - 1), self.tokens.at(number.index - 2)
        if of is None or parent is None or of.lower != "of" or number.lower not in self.lexicon.numbers:
            return False
        return person_noun(parent.lower, self.lexicon) is not None
