"""The cast of a text: everybody who is mentioned, with all mentions of one person under one number."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from missionwire_pronouns.acquaintance import Acquaintance
from missionwire_pronouns.ages import AgeReader
from missionwire_pronouns.apposition import Apposition
from missionwire_pronouns.asides import AsideReader
from missionwire_pronouns.company import Company, Person, Place
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Gender, Kind, Mention, Proof
from missionwire_pronouns.names import Listed, Name, find_names
from missionwire_pronouns.nouns import find_phrases
from missionwire_pronouns.phrase import Phrase
from missionwire_pronouns.recall import RecallReader
from missionwire_pronouns.roles import RoleReader
from missionwire_pronouns.tokens import Token, Tokens

_KIND_OF: Final = {"f": "a woman", "m": "a man", "x": "somebody who is spoken of as “they”"}

_NAME_OF: Final = {"f": "a woman's name", "m": "a man's name"}
_OFFICES: Final = frozenset({"chairman", "alderman", "foreman", "helmsman", "spokesman", "councilman", "congressman"})
"""Titles that some women bear: `Chairman Moe`."""
_SELVES: Final[dict[str, Gender]] = {"herself": "f", "himself": "m"}
_BESIDE: Final = frozenset({"with", "alongside", "beside", "unlike", "like", "besides"})
"""What leads to who is there beside somebody else."""
_AGAINST: Final = frozenset({"contrast", "compared", "comparison"})
"""Before `to`, they lead to with whom somebody is compared."""
_NOBODY: Final = frozenset({"anybody", "example"})
"""Kinds of mentions that bring nobody in: `nobody asks`, `every pilot`."""


class Cast(Struct, frozen=True):
    """All mentions in the order of the text; `conflicting` are the people of whom the text and the list disagree."""

    mentions: tuple[Mention, ...]
    conflicting: frozenset[int]


def gather_cast(tokens: Tokens, lexicon: Lexicon, listed: Sequence[Listed], taken: Sequence[tuple[int, int]]) -> Cast:
    """Find everybody whom a text mentions, by name or by noun."""
    gathering = _Gathering(tokens, lexicon)
    for name in find_names(tokens, lexicon, listed, taken):
        gathering.add_name(name)
    named = frozenset(gathering.named)
    for phrase in find_phrases(tokens, lexicon, named):
        gathering.add_phrase(phrase)
    return gathering.finish()


class _Gathering:
    """Gathers people in two passes: names first, then nouns, which may belong to a name on either side."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._company = Company()
        self._by_key: dict[str, int] = {}
        self._ends: dict[int, int] = {}
        self._described: dict[int, int] = {}
        self._entered = 0
        self.named: dict[int, int] = {}
        self._apposition = Apposition(tokens, lexicon, self.named, self._described, self._ends)
        self._roles = RoleReader(tokens, lexicon)
        self._asides = AsideReader(tokens, lexicon)
        self._recall = RecallReader(tokens, lexicon, self.named)
        self._ages = AgeReader(tokens)
        self._acquaintance = Acquaintance(tokens, lexicon, self._company, self._recall, self._ages)

    def add_name(self, name: Name) -> None:
        """Take a name; the first mention of a key makes the person."""
        if name.key not in self._by_key:
            self._by_key[name.key] = len(self._company.people)
            self._company.people.append(Person(name.label, is_named=True))
        number = self._by_key[name.key]
        person = self._company.people[number]
        if name.gender and person.gender is None:
            person.gender = name.gender
            start, end = self._tokens.all[name.first].start, self._tokens.all[name.last].end
            person.proof = Proof(start, end, f"{name.label} is known as {_KIND_OF[name.gender]}")
        if person.gender is None and name.first < name.last:
            given = self._tokens.all[name.first]
            person.gender = self._lexicon.given_gender(given.lower)
            person.is_by_name = person.gender is not None
            if person.gender is not None:
                person.proof = Proof(given.start, given.end, f"“{given.text}” is {_NAME_OF[person.gender]}")
        before = self._tokens.at(name.first - 1)
        if before is not None and before.text == ".":
            before = self._tokens.at(name.first - 2)
        if before is not None and (sex := self._title(before)):
            self._say(number, sex, before.start, name.label)
        person.peoples = person.peoples or name.peoples
        self._company.date(number, self._ages.told(name.last))
        for noun in name.nouns - person.nouns:
            self._company.call(number, noun)
        self._put(Place(name.first, name.last, "name", number))
        self.named.update(dict.fromkeys(range(name.first, name.last + 1), name.first))

    def add_phrase(self, phrase: Phrase) -> None:
        """Take a noun phrase: it belongs to a name beside it, or to somebody mentioned before, or is somebody new."""
        if phrase.is_many:
            if not phrase.is_predicate:
                self._put(Place(phrase.first, phrase.last, "many", self._new(phrase)))
            return
        owner = self._apposition.titled(phrase)
        if owner is None and phrase.is_predicate:
            owner = self._apposition.subject(phrase)
            if owner is None:
                owner = self._apposition.beside(phrase)
            if owner is not None:
                self._tie(phrase, owner)
            return
        if owner is None:
            owner = self._apposition.beside(phrase)
        if owner is not None and self._tie(phrase, owner):
            self._described[phrase.last] = self.named.get(owner, owner)
            return
        if not phrase.determiner and phrase.noun not in self._lexicon.indefinite:
            return
        if phrase.determiner == "no" or self._apposition.is_of_thing(phrase):
            return
        number = self._again(phrase)
        self._company.date(number, self._ages.called(phrase.first, phrase.last) or self._ages.told(phrase.last))
        self._put(Place(phrase.first, phrase.last, self._kind(phrase), number))
        self._described[phrase.last] = phrase.first

    def finish(self) -> Cast:
        """Give every mention its role, and what is known by now of its person."""
        places = [self._company.places[first] for first in sorted(self._company.places)]
        mentions: list[Mention] = []
        previous: Mention | None = None
        for place in places:
            previous = self._mention(place, previous)
            mentions.append(previous)
        conflicting = frozenset(number for number, person in enumerate(self._company.people) if person.is_conflicting)
        return Cast(tuple(mentions), conflicting)

    def _kind(self, phrase: Phrase) -> Kind:
        if self._asides.is_example(phrase):
            return "example"
        return "anybody" if phrase.noun in self._lexicon.anybody else "noun"

    def _put(self, place: Place) -> None:
        self._company.places[place.first] = place
        self._ends[place.first] = place.last
        if place.person >= self._entered:
            self._entered = place.person + 1
            self._company.people[place.person].first = place.first
            is_told_of = place.kind != "name" and self._tokens.all[place.first].is_quoted
            if place.kind not in _NOBODY and not is_told_of:
                insort(self._company.entrances, (place.first, place.person))

    def _title(self, token: Token) -> Gender | None:
        if token.lower in self._lexicon.titles_female:
            return "f"
        return "m" if token.lower in self._lexicon.titles_male and token.is_capital else None

    def _say(self, number: int, gender: Gender, start: int, label: str) -> None:
        """Note that the text gives somebody's gender; a second word that disagrees makes it unknown for good."""
        person = self._company.people[number]
        if (person.gender is None or person.is_by_name) and not person.is_conflicting:
            person.is_by_name = False
            person.gender = gender
            token = self._tokens.all[bisect_left(self._tokens.starts, start)]
            person.proof = Proof(token.start, token.end, f"the text calls {label} “{token.text}”")
        elif person.gender not in {gender, "x"}:
            person.gender = None
            person.is_conflicting = True

    def _tie(self, phrase: Phrase, first: int) -> bool:
        """Let a phrase belong to the name that starts at a token, unless their genders say that they are two people."""
        number = self._company.places[first].person
        person = self._company.people[number]
        is_title = phrase.last + 1 == first
        is_other = phrase.gender and person.gender and phrase.gender != person.gender
        if is_other and not is_title and not person.is_by_name:
            return False
        self._company.call(number, phrase.noun)
        self._company.date(number, self._ages.called(phrase.first, phrase.last) or self._ages.told(phrase.last))
        if phrase.is_other or not phrase.determiner:
            self._company.call(number, self._recall.in_full(phrase))
        is_open = person.gender is None or person.is_by_name
        proves_nothing = is_title and phrase.noun in _OFFICES and is_open
        before = self._tokens.at(phrase.first - 1)  # `the minister, herself a pilot, …`
        if before is not None and before.lower in _SELVES and person.gender is None and not phrase.gender:
            self._say(number, _SELVES[before.lower], before.start, person.label)
        if phrase.gender and not proves_nothing:
            self._say(number, phrase.gender, self._tokens.all[phrase.last].start, person.label)
        if is_title:
            place = self._company.places.pop(first)
            self._put(Place(phrase.first, place.last, place.kind, place.person))
            self.named.update(dict.fromkeys(range(phrase.first, place.last + 1), phrase.first))
        return True

    def _again(self, phrase: Phrase) -> int:
        """Give whom a phrase speaks of: somebody called so before, the one person named, or somebody new."""
        known = self._acquaintance.known(phrase)
        if known is not None:
            return known
        number = self._new(phrase)
        if self._acquaintance.is_one_of_known(phrase) and not phrase.gender:
            self._company.people[number].gender = self._acquaintance.common_gender(phrase.first)
        return number

    def _new(self, phrase: Phrase) -> int:
        number = len(self._company.people)
        noun = self._tokens.all[phrase.last]
        article = f"{phrase.determiner} " if phrase.determiner in {"the", "a", "an", "his", "her"} else ""
        person = Person(f"{article}{noun.text.lower()}")
        if phrase.gender:
            person.gender = phrase.gender
            person.proof = Proof(noun.start, noun.end, f"“{noun.text}” means {_KIND_OF[phrase.gender]}")
        self._company.people.append(person)
        self._company.call(number, phrase.noun)
        return number

    def _mention(self, place: Place, previous: Mention | None) -> Mention:
        first, last = self._tokens.all[place.first], self._tokens.all[place.last]
        person = self._company.people[place.person]
        lead = self._roles.before(place.first)
        led = "" if lead is None else lead.lower
        ahead = self._tokens.all[lead.index - 1].lower if lead is not None and led == "to" else ""
        return Mention(
            first=place.first,
            last=place.last,
            start=first.start,
            end=last.end,
            kind=place.kind,
            entity=place.person,
            gender=person.gender,
            role=self._roles.role(place.first, place.last, lead, previous),
            sentence=first.sentence,
            paragraph=first.paragraph,
            is_quoted=first.is_quoted,
            is_paired=self._is_paired(place, lead, previous),
            label=person.label,
            proof=person.proof,
            is_aside=place.kind == "noun" and self._asides.is_aside(place.first, place.last),
            is_source=ahead == "according",
            is_companion=led in _BESIDE
            or ahead in _AGAINST
            or (led == "and" and previous is not None and previous.is_companion),
        )

    def _is_paired(self, place: Place, before: Token | None, previous: Mention | None) -> bool:
        """Tell whether a mention is joined with the one before or after it by `and`."""
        after = self._tokens.at(place.last + 1)
        if after is not None and after.lower == "and" and self._begins_at(after.index + 1):
            return True
        if before is None or before.lower != "and":
            return False
        return previous is not None and previous.last == before.index - 1

    def _begins_at(self, index: int) -> bool:
        """Tell whether a mention begins at a token, perhaps behind a people: `and the Russian Vera Lind`."""
        lead = self._roles.before(index + 2) if index + 2 in self._company.places else None
        return index in self._company.places or (lead is not None and lead.index == index - 1)
