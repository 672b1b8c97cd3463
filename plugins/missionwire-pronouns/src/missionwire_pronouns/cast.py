"""The cast of a text: everybody who is mentioned, with all mentions of one person under one number."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct

from missionwire_pronouns.ages import AgeReader
from missionwire_pronouns.apposition import Apposition
from missionwire_pronouns.asides import AsideReader
from missionwire_pronouns.forms import other
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
_RANKS: Final = frozenset(
    {"captain", "commander", "pilot", "co-pilot", "copilot", "engineer", "doctor", "navigator"}
) | {
    "spokesman",
    "spokeswoman",
    "director",
    "surgeon",
    "chief",
}
"""Posts of which one crew has one for each."""
_FLYERS: Final = frozenset({"astronaut", "cosmonaut", "taikonaut", "spationaut", "vyomanaut", "spacefarer"})
"""What whoever flies to space is called, and called again."""
_ATTENDING: Final = frozenset({"journalist", "reporter", "doctor", "physician", "nurse", "rescuer", "official"})
"""Who is there for others, and is not called again by where they are from."""
_EACH: Final = frozenset({"neither", "either", "each"})
"""Those who were named before: `neither of them`."""
_NOBODY: Final = frozenset({"anybody", "example"})
"""Kinds of mentions that bring nobody in: `nobody asks`, `every pilot`."""
_PASSING: Final = _NOBODY | {"many"}
"""Kinds of mentions that are of nobody in particular."""
_MOST: Final = 16
"""How many people who are called by one noun are told apart."""
_SOON: Final = 3
"""How many sentences after a name somebody is called again by a noun."""
_LONG_BACK: Final = 400
"""How many tokens before a noun for a people are looked through for compatriots."""
_LOOK_BACK: Final = 80
"""How many tokens the start of a paragraph may lie back."""


@dataclass(slots=True)
class _Person:
    """Somebody of the text while the cast is being gathered; `is_by_name`: only a given name tells the gender."""

    label: str
    gender: Gender | None = None
    proof: Proof | None = None
    nouns: set[str] = field(default_factory=set)
    peoples: frozenset[str] = frozenset()
    age: int | None = None
    is_named: bool = False
    is_by_name: bool = False
    is_conflicting: bool = False


class _Place(Struct, frozen=True):
    """A mention before its role is known: `first` is the first token of the whole phrase."""

    first: int
    last: int
    kind: Kind
    person: int


@dataclass(frozen=True, slots=True)
class Cast:
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
        self._people: list[_Person] = []
        self._by_key: dict[str, int] = {}
        self._by_noun: dict[str, list[int]] = {}
        self._by_age: dict[int, list[int]] = {}
        self._places: dict[int, _Place] = {}
        self._ends: dict[int, int] = {}
        self._described: dict[int, int] = {}
        self._entrances: list[tuple[int, int]] = []
        self._entered = 0
        self.named: dict[int, int] = {}
        self._apposition = Apposition(tokens, lexicon, self.named, self._described, self._ends)
        self._roles = RoleReader(tokens, lexicon)
        self._asides = AsideReader(tokens, lexicon)
        self._recall = RecallReader(tokens, lexicon, self.named)
        self._ages = AgeReader(tokens)

    def add_name(self, name: Name) -> None:
        """Take a name; the first mention of a key makes the person."""
        if name.key not in self._by_key:
            self._by_key[name.key] = len(self._people)
            self._people.append(_Person(name.label, is_named=True))
        number = self._by_key[name.key]
        person = self._people[number]
        span = (self._tokens.all[name.first].start, self._tokens.all[name.last].end)
        if name.gender and person.gender is None:
            person.gender = name.gender
            person.proof = Proof(*span, f"{name.label} is known as {_KIND_OF[name.gender]}")
        given = self._tokens.all[name.first]
        if person.gender is None and name.first < name.last:
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
        self._date(number, self._ages.told(name.last))
        for noun in name.nouns:
            self._call(number, noun)
        self._put(_Place(name.first, name.last, "name", number))
        self.named.update(dict.fromkeys(range(name.first, name.last + 1), name.first))

    def add_phrase(self, phrase: Phrase) -> None:
        """Take a noun phrase: it belongs to a name beside it, or to somebody mentioned before, or is somebody new."""
        if phrase.is_many:
            if not phrase.is_predicate:
                self._put(_Place(phrase.first, phrase.last, "many", self._new(phrase)))
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
        self._date(number, self._ages.called(phrase.first, phrase.last) or self._ages.told(phrase.last))
        self._put(_Place(phrase.first, phrase.last, self._kind(phrase), number))
        self._described[phrase.last] = phrase.first

    def finish(self) -> Cast:
        """Give every mention its role, and what is known by now of its person."""
        places = [self._places[first] for first in sorted(self._places)]
        mentions: list[Mention] = []
        for place in places:
            mentions.append(self._mention(place, mentions[-1] if mentions else None))
        conflicting = frozenset(number for number, person in enumerate(self._people) if person.is_conflicting)
        return Cast(tuple(mentions), conflicting)

    def _kind(self, phrase: Phrase) -> Kind:
        if self._asides.is_example(phrase):
            return "example"
        return "anybody" if phrase.noun in self._lexicon.anybody else "noun"

    def _put(self, place: _Place) -> None:
        self._places[place.first] = place
        self._ends[place.first] = place.last
        if place.person >= self._entered:
            self._entered = place.person + 1
            is_told_of = place.kind != "name" and self._tokens.all[place.first].is_quoted
            if place.kind not in _NOBODY and not is_told_of:
                insort(self._entrances, (place.first, place.person))

    def _title(self, token: Token) -> Gender | None:
        if token.lower in self._lexicon.titles_female:
            return "f"
        return "m" if token.lower in self._lexicon.titles_male and token.is_capital else None

    def _say(self, number: int, gender: Gender, start: int, label: str) -> None:
        """Note that the text gives somebody's gender; a second word that disagrees makes it unknown for good."""
        person = self._people[number]
        if (person.gender is None or person.is_by_name) and not person.is_conflicting:
            person.is_by_name = False
            person.gender = gender
            token = self._tokens.all[bisect_left(self._tokens.starts, start)]
            person.proof = Proof(token.start, token.end, f"the text calls {label} “{token.text}”")
        elif person.gender not in {gender, "x"}:
            person.gender = None
            person.is_conflicting = True

    def _date(self, number: int, age: int | None) -> None:
        """Note how old the text says somebody is; the first age counts."""
        if age is not None and self._people[number].age is None:
            self._people[number].age = age
            self._by_age.setdefault(age, []).append(number)

    def _call(self, number: int, noun: str) -> None:
        if noun not in self._people[number].nouns:
            self._people[number].nouns.add(noun)
            self._by_noun.setdefault(noun, []).append(number)

    def _tie(self, phrase: Phrase, first: int) -> bool:
        """Let a phrase belong to the name that starts at a token, unless their genders say that they are two people."""
        number = self._places[first].person
        person = self._people[number]
        is_title = phrase.last + 1 == first
        is_other = phrase.gender and person.gender and phrase.gender != person.gender
        if is_other and not is_title and not person.is_by_name:
            return False
        self._call(number, phrase.noun)
        self._date(number, self._ages.called(phrase.first, phrase.last) or self._ages.told(phrase.last))
        if phrase.is_other or not phrase.determiner:
            self._call(number, self._recall.in_full(phrase))
        is_open = person.gender is None or person.is_by_name
        proves_nothing = is_title and phrase.noun in _OFFICES and is_open
        before = self._tokens.at(phrase.first - 1)  # `the minister, herself a pilot, …`
        if before is not None and before.lower in _SELVES and person.gender is None and not phrase.gender:
            self._say(number, _SELVES[before.lower], before.start, person.label)
        if phrase.gender and not proves_nothing:
            self._say(number, phrase.gender, self._tokens.all[phrase.last].start, person.label)
        if is_title:
            place = self._places.pop(first)
            self._put(_Place(phrase.first, place.last, place.kind, place.person))
            self.named.update(dict.fromkeys(range(phrase.first, place.last + 1), phrase.first))
        return True

    def _again(self, phrase: Phrase) -> int:
        """Give whom a phrase speaks of: somebody called so before, the one person named, or somebody new."""
        if phrase.is_definite:
            for again in (self._titled, self._aged, self._compatriot):
                if (known_one := again(phrase)) is not None:
                    return known_one
        if phrase.is_definite and not phrase.is_other:
            known = [n for n in self._by_noun.get(phrase.noun, [])[-_MOST:] if self._fits(n, phrase)]
            if known and not (phrase.has_modifier and len(known) > 1):
                named = [n for n in known if self._people[n].is_named]
                if len(named) <= 1:
                    return named[0] if named else known[-1]
            is_aged = self._ages.called(phrase.first, phrase.last) is not None
            is_open = not known or (phrase.noun in _FLYERS and (is_aged or not phrase.has_modifier))
            if is_open and self._recall.is_plain_crew(phrase) and not self._recall.is_met(phrase):
                only = self._only(phrase)
                if only is not None and self._people[only].is_named and not self._has_other_rank(only, phrase.noun):
                    self._call(only, phrase.noun)
                    return only
        number = self._new(phrase)
        is_again = (phrase.is_definite and self._recall.is_byname(phrase.noun)) or phrase.noun in _EACH
        if is_again and not phrase.gender:
            self._people[number].gender = self._common_gender(phrase.first)
        return number

    def _titled(self, phrase: Phrase) -> int | None:
        """Give the one person of a title in full: `the first deputy minister`."""
        of = self._tokens.at(phrase.last + 1)
        if not phrase.is_other or (of is not None and of.lower == "of"):
            return None
        titled = self._by_noun.get(self._recall.in_full(phrase), [])
        return titled[0] if len(titled) == 1 else None

    def _aged(self, phrase: Phrase) -> int | None:
        """Give the one person of the age that a phrase tells: `the 57-year-old astronaut`."""
        age = self._ages.called(phrase.first, phrase.last)
        found = [n for n in self._by_age.get(age or 0, ())[:_MOST] if self._fits(n, phrase)]
        return found[0] if len(found) == 1 else None

    def _compatriot(self, phrase: Phrase) -> int | None:
        """Give the one person before a token whom a noun for a people calls: `the Italian`, `the Dane`.

        Of several, the only one near by. Where somebody near by is from nobody knows where, it is not known.
        """
        people = self._recall.people_of(phrase)
        if not people:
            return None
        met = self._recall.meets(phrase)
        here = self._tokens.all[phrase.first]
        near: set[int] = set()
        found: set[int] = set()
        for index in range(phrase.first - 1, max(-1, phrase.first - _LONG_BACK), -1):
            place = self._places.get(index)
            if place is None or place.kind in _PASSING:
                continue
            person = self._people[place.person]
            is_near = self._tokens.all[index].sentence >= here.sentence - _SOON
            is_new = place.kind == "name" or self._tokens.all[index].lower in {"a", "an"}
            is_new = is_new and not person.nouns & _ATTENDING
            if not person.peoples and is_new and self._tokens.all[index].sentence >= here.sentence - 1:
                return None
            if (people in person.peoples or people in person.nouns) and self._fits(place.person, phrase):
                found.add(place.person)
                if is_near:
                    near.add(place.person)
        found = near or found
        only = found.pop() if len(found) == 1 else None
        is_met = only is not None and met is not None and self._people[only].gender != other(met)
        return None if is_met else only

    def _has_other_rank(self, number: int, noun: str) -> bool:
        """Tell whether somebody has a post other than a noun says: the captain is not who was called the engineer."""
        return noun in _RANKS and bool(self._people[number].nouns & (_RANKS - {noun}))

    def _common_gender(self, first: int) -> Gender | None:
        """Give the gender of all who are mentioned before a token, where it is one."""
        count = bisect_left(self._entrances, (first, -1))
        genders = {self._people[person].gender for _, person in self._entrances[: min(_MOST, count)]}
        return genders.pop() if len(genders) == 1 and 1 < count <= _MOST else None

    def _only(self, phrase: Phrase) -> int | None:
        """Give the one person whom a phrase may call again; None for nobody or more than one."""
        places = (self._only_before(phrase.first), self._only_in_paragraph(phrase.first), self._only_flyer(phrase))
        return next((only for only in places if only is not None and self._fits(only, phrase)), None)

    def _only_before(self, first: int) -> int | None:
        """Give the one person who is mentioned before a token, and not long ago; None for nobody or more than one."""
        entrances = [person for entrance, person in self._entrances[:2] if entrance < first]
        last = next((i for i in range(first - 1, max(0, first - _LOOK_BACK) - 1, -1) if i in self.named), None)
        if last is None or len(entrances) != 1:
            return None
        is_near = self._tokens.all[first].sentence - self._tokens.all[last].sentence <= _SOON
        return entrances[0] if is_near else None

    def _only_in_paragraph(self, first: int) -> int | None:
        """Give the one person of a paragraph before a token, who is named in the sentence before; None for none."""
        here = self._tokens.all[first]
        found: int | None = None
        is_near = False
        for index in range(first - 1, max(-1, first - _LOOK_BACK), -1):
            token = self._tokens.all[index]
            if token.paragraph != here.paragraph:
                return found if is_near else None
            place = self._places.get(index)
            if place is None or place.kind in _NOBODY:
                continue
            if token.sentence == here.sentence or (found is not None and place.person != found):
                return None
            found = place.person
            is_near = is_near or token.sentence == here.sentence - 1
        return found if is_near and first < _LOOK_BACK else None

    def _only_flyer(self, phrase: Phrase) -> int | None:
        """Give the one flyer whom a phrase fits among those named before it in its paragraph, or the one before."""
        if phrase.noun not in _FLYERS:
            return None
        first = phrase.first
        here = self._tokens.all[first]
        found: set[int] = set()
        is_near = False
        for index in range(first - 1, max(-1, first - _LOOK_BACK), -1):
            token, place = self._tokens.all[index], self._places.get(index)
            if token.paragraph < here.paragraph - 1:
                break
            is_flyer = place is not None and place.kind == "name" and self._people[place.person].nouns & _FLYERS
            if place is not None and is_flyer and self._fits(place.person, phrase):
                found.add(place.person)
                is_near = is_near or token.sentence >= here.sentence - _SOON
        return found.pop() if len(found) == 1 and is_near else None

    def _fits(self, number: int, phrase: Phrase) -> bool:
        person = self._people[number]
        age = self._ages.called(phrase.first, phrase.last) if person.age is not None else None
        if age is not None and age != person.age:
            return False
        return phrase.gender is None or person.gender is None or person.gender == phrase.gender

    def _new(self, phrase: Phrase) -> int:
        number = len(self._people)
        noun = self._tokens.all[phrase.last]
        article = f"{phrase.determiner} " if phrase.determiner in {"the", "a", "an", "his", "her"} else ""
        person = _Person(f"{article}{noun.text.lower()}")
        if phrase.gender:
            person.gender = phrase.gender
            person.proof = Proof(noun.start, noun.end, f"“{noun.text}” means {_KIND_OF[phrase.gender]}")
        self._people.append(person)
        self._call(number, phrase.noun)
        return number

    def _mention(self, place: _Place, previous: Mention | None) -> Mention:
        first, last = self._tokens.all[place.first], self._tokens.all[place.last]
        person = self._people[place.person]
        return Mention(
            first=place.first,
            last=place.last,
            start=first.start,
            end=last.end,
            kind=place.kind,
            entity=place.person,
            gender=person.gender,
            role=self._roles.role(place.first, place.last, previous),
            sentence=first.sentence,
            paragraph=first.paragraph,
            is_quoted=first.is_quoted,
            is_paired=self._is_paired(place, previous),
            label=person.label,
            proof=person.proof,
            is_aside=place.kind == "noun" and self._asides.is_aside(place.first, place.last),
        )

    def _is_paired(self, place: _Place, previous: Mention | None) -> bool:
        """Tell whether a mention is joined with the one before or after it by `and`."""
        after, before = self._tokens.at(place.last + 1), self._roles.before(place.first)
        is_first = after is not None and after.lower == "and" and self._begins_at(after.index + 1)
        is_joined = before is not None and before.lower == "and" and previous is not None
        is_next = before is not None and previous is not None and previous.last == before.index - 1
        return is_first or (is_joined and is_next)

    def _begins_at(self, index: int) -> bool:
        """Tell whether a mention begins at a token, perhaps behind a people: `and the Russian Vera Lind`."""
        lead = self._roles.before(index + 2) if index + 2 in self._places else None
        return index in self._places or (lead is not None and lead.index == index - 1)
