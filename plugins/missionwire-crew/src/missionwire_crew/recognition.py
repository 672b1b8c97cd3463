"""Deciding who is meant by a name in a text: a fold suggests, a second fact decides, and never the nearest."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Final, NamedTuple, TypeAlias

from ahocorasick_rs import AhoCorasick

from missionwire.plugin import PersonMention
from missionwire_crew.companions import companions
from missionwire_crew.fitting import contradicts, fits
from missionwire_crew.flights import Flights
from missionwire_crew.fold import fold
from missionwire_crew.given_names import Called, GivenNames, given_name
from missionwire_crew.names import Found, Keys, Names, Read
from missionwire_crew.roles import Label, Labels
from missionwire_crew.roster import Human, Roster
from missionwire_crew.strangers import Strangers
from missionwire_crew.surroundings import Surroundings
from missionwire_crew.words import RoleNoun, Words

_SHORTEST_FAMILY_NAME: Final = 2
_SHORTEST_GIVEN_NAME: Final = 3
_REMARKS: Final = frozenset({"who", "whose", "whom", "a", "an", "the", "born", "now", "then", "aged"})
"""Words with which a remark on somebody begins after a comma."""

_FEWEST_OF_MANY: Final = 2
_QUOTED: Final = re.compile(r"[\"“«„'‘(]$")
_AND: Final = frozenset({"and", "e", "y", "et", "und", "и"})

Spans: TypeAlias = Sequence[tuple[int, int]]
"""Places in a text: start and end."""


class Facts(NamedTuple):
    """What is known beside the text.

    `crew` are ids of people on the missions that it tells of, or in the event's crew; `year` is when;
    `is_spaceflight` says that the text is known to be about spaceflight.
    """

    crew: frozenset[str] = frozenset()
    year: int | None = None
    is_spaceflight: bool = False


class Verdict(NamedTuple):
    """Who a name means: one person by id, or nobody for sure, with those who may be meant."""

    id: str | None
    candidates: tuple[str, ...] = ()


def one_of(people: Collection[str]) -> Verdict:
    """Give the one person there is; of several, nobody decides."""
    return Verdict(next(iter(people))) if len(people) == 1 else Verdict(None, tuple(sorted(people)))


def nobody_of(people: Iterable[str]) -> Verdict:
    """Give who may be meant where the second fact is missing, even when it is one."""
    return Verdict(None, tuple(sorted(people)))


class Recognizer:
    """Finds the people of a roster in texts. Holds no state of any text."""

    def __init__(self, roster: Roster, names: Names, words: Words, flights: Flights) -> None:
        given_names = words.given_names | {key for human in roster for key in _given_names(human)}
        is_of_many = cache(lambda person: _is_of_many(roster[person], names, words))
        hoppers = frozenset(human.id for human in roster if human.is_suborbital_only and not human.offices)
        middles = cache(lambda person: names.middles(roster[person]))
        callings = cache(lambda person: _callings(roster[person]))
        self._tables = _Tables(roster, names, words, given_names, is_of_many, hoppers, middles, callings)
        self._flights = flights
        self._nouns = AhoCorasick(sorted({noun.rpartition(" ")[2] for noun in words.nouns}))

    def may_say_roles(self, text: str) -> bool:
        """Tell, at little cost, whether a text may hold a noun that says what somebody is; it need not."""
        return bool(self._nouns.find_matches_as_indexes(text.casefold()))

    def find(
        self, fields: Iterable[tuple[str, str]], facts: Facts, others: Mapping[str, Spans] | None = None
    ) -> list[PersonMention]:
        """Give the mentions in texts that belong together, as (field, text); one read before counts as said before.

        With `others`, the spans of all else that is named, by field, people are found whom the roster does not have.
        """
        texts = [(field, self._tables.names.read(text)) for field, text in fields if text]
        if others is None and not any(read.names or read.stream.foreign for _, read in texts):
            return []
        words = self._tables.words
        if not facts.is_spaceflight:
            is_spaceflight = any(words.spaceflight.search(read.stream.text) for _, read in texts)
            facts = facts._replace(is_spaceflight=is_spaceflight)
        said = _Said(
            lambda: companions(self._flights, _named(read for _, read in texts), facts.year),
            lambda: any(words.suborbital.search(read.stream.text) for _, read in texts),
        )
        readings = [(field, _Reading(self._tables, read, facts, said)) for field, read in texts]
        mentions: list[list[PersonMention]] = []
        for field, reading in readings:
            found = list(reading.mentions(field))
            if others is not None and facts.is_spaceflight:
                found += reading.strangers(field, _taken(found, others.get(field, ())))
            mentions.append(found)
        if others is not None and facts.is_spaceflight:
            for _, reading in readings:
                reading.hear()
            for (field, reading), known in zip(readings, mentions, strict=True):
                known.extend(reading.given_names(field, _taken(known, others.get(field, ()))))
        return [mention for found in mentions for mention in sorted(found, key=lambda mention: mention.start)]


class _Tables(NamedTuple):
    """What does not change from text to text; `hoppers` are known for nothing but a suborbital flight."""

    roster: Roster
    names: Names
    words: Words
    given_names: frozenset[str]
    is_of_many: Callable[[str], bool]
    hoppers: frozenset[str]
    middles: Callable[[str], Keys]
    callings: Callable[[str], tuple[frozenset[str], frozenset[str]]]


class _Said:
    """Who was named in full so far, which family names' keys strangers bear, too, and the ids of strangers by name.

    `called` are the ids of all named in full by their given names; `settled` are the keys of family names that were
    used alone for one person before a stranger came: they stay that person's. `find_companions` gives those who flew
    with people of the text, `tells_of_hops` whether it is of suborbital flights; each is asked once, where it matters.
    """

    def __init__(self, find_companions: Callable[[], Mapping[str, int]], tells_of_hops: Callable[[], bool]) -> None:
        self._find_companions = find_companions
        self._tells_of_hops = tells_of_hops
        self.called = Called()
        self.settled: set[str] = set()
        self.people: set[str] = set()
        self.strangers: set[str] = set()
        self.presented: dict[str, str] = {}

    @cached_property
    def companions(self) -> Mapping[str, int]:
        """Give those who flew with people of the text, anywhere in it, with how many of a crew are named."""
        return self._find_companions()

    @cached_property
    def is_suborbital(self) -> bool:
        """Tell whether the texts are about suborbital flights."""
        return self._tells_of_hops()


class _Reading:
    """One text, read from head to end."""

    def __init__(self, tables: _Tables, read: Read, facts: Facts, said: _Said) -> None:
        self._roster = tables.roster
        self._names = tables.names
        self._words = tables.words
        self._facts = facts
        self._said = said
        self._stream, self._found = read
        self._labels = Labels(self._stream, self._words, tables.given_names)
        self._around = Surroundings(self._stream, self._words, self._labels)
        self._is_of_many = tables.is_of_many
        self._hoppers = tables.hoppers
        self._middles = tables.middles
        self._callings = tables.callings
        self._whole: list[tuple[Found, Verdict]] = []
        self._listed: tuple[int, RoleNoun] | None = None

    def mentions(self, field: str) -> Iterator[PersonMention]:
        """Give the mentions: those in scripts without capitals, then the others, each in the order of the text."""
        for start, end, person in self._names.find_uncased(self._stream):
            if self._facts.is_spaceflight:
                self._said.people.add(person)
                yield self._mention(start, end, Verdict(person), Label(), field)
        for name in self._found:
            label = self._label(name)
            verdict = self._whole_name(name, label) if name.is_full else self._family_name(name, label)
            if verdict is None or not (verdict.id or verdict.candidates):
                continue
            if name.is_full:
                if self._labels.lower(name.first - 1) in _AND:
                    yield from self._siblings(name, field)
                self._whole.append((name, verdict))
                if verdict.id:
                    self._said.people.add(verdict.id)
            elif verdict.id:
                self._said.settled.add(name.key)
            if label.noun and label.noun.is_plural:
                self._listed = (name.last, label.noun)
            start, end = self._stream.starts[name.first], self._stream.end(name.last)
            yield self._mention(start, end, verdict, label, field)

    def strangers(self, field: str, taken: Spans) -> Iterator[PersonMention]:
        """Give the mentions of people whom the text presents and the roster does not have."""
        strangers = Strangers(self._stream, self._words, self._labels, self._names, self._decided())
        for found in strangers.find(taken, self._said.presented):
            start, end = self._stream.starts[found.first], self._stream.end(found.last)
            name = self._stream.text[start:end]
            if found.first < found.last:
                self._said.called.add([found.id], [given_name(self._stream, found.first, found.last)])
            yield PersonMention(start=start, end=end, name=name, id=found.id, role=found.role, field=field)

    def given_names(self, field: str, taken: Spans) -> Iterator[PersonMention]:
        """Give the mentions by a given name alone, after everybody was heard of whom the texts name in full."""
        for found in GivenNames(self._stream, self._words, self._labels, self._said.called).find(taken):
            start, end = self._stream.starts[found.first], self._stream.end(found.last)
            if self._roster.get(found.id):
                yield self._mention(start, end, Verdict(found.id), self._labels.before(found.first), field)
            else:
                yield PersonMention(start=start, end=end, name=self._stream.text[start:end], id=found.id, field=field)

    def _siblings(self, name: Found, field: str) -> Iterator[PersonMention]:
        """Give the mention of whoever shares, before an `and`, a family name said once: `Mark and Scott Kelly`."""
        first = name.first - 2
        if first < 0 or not self._labels.is_given(first):
            return
        if not (self._stream.is_joined(first + 1) and self._stream.is_joined(name.first)):
            return
        family = " ".join(self._stream.words[name.first + 1 : name.last + 1])
        bearers = self._names.bearers_of(f"{self._stream.words[first]} {family}").full
        if len(bearers) == 1 and not bearers & name.people:
            verdict = one_of(bearers)
            self._said.people |= bearers
            yield self._mention(self._stream.starts[first], self._stream.end(first), verdict, Label(), field)

    def hear(self) -> None:
        """Note what whoever is named in full may be called alone; where it is open who that is, nobody is."""
        for name, verdict in self._whole:
            ids = {verdict.id} if verdict.id else {"", *verdict.candidates}
            given = given_name(self._stream, name.first, name.last)
            written = {given, *self._quoted(name)}
            for person in name.people:
                nicknames, family = self._callings(person)
                written = written - family | nicknames
            self._said.called.add(ids, written, self._words.given.get(given, ()))

    def _decided(self) -> list[tuple[int, int]]:
        """Give the first and last words of the whole names of which it is decided who bears them."""
        return [(name.first, name.last) for name, verdict in self._whole if verdict.id]

    def _quoted(self, name: Found) -> set[str]:
        """Give the nicknames that stand in quotes or brackets inside a name."""
        inside = range(name.first + 1, name.last)
        return {fold(self._stream.words[index]) for index in inside if _QUOTED.search(self._stream.gap(index))}

    # whole names

    def _whole_name(self, name: Found, label: Label) -> Verdict | None:
        if self._around.is_thing(name) or self._around.is_in_hyphens(name):
            return None
        people = self._of_title(name, self._fitting_middles(name))
        if not self._facts.is_spaceflight:
            people = frozenset(person for person in people if not self._has_namesakes(person))
        if any(self._is_namesake(name, person, label) for person in people):
            return nobody_of(people)
        return one_of(self._narrowed(people))

    def _has_namesakes(self, person: str) -> bool:
        """Tell whether a name alone proves little: one of many, or of somebody known for a hop that is not told of."""
        return self._is_of_many(person) or (person in self._hoppers and not self._said.is_suborbital)

    def _fitting_middles(self, name: Found) -> frozenset[str]:
        """Drop those whose own middle initial, where the roster has one, is another than that in the text."""
        if len(name.people) == 1 and not name.middles:
            return name.people
        return frozenset(p for p in name.people if _is_same_middle(name.middles, self._middles(p)))

    def _is_namesake(self, name: Found, person: str, label: Label) -> bool:
        """Tell whether the words before a name of many are true of somebody else: another country, another trade."""
        if person in self._facts.crew or not self._has_namesakes(person):
            return False
        human = self._roster[person]
        if contradicts(human, label._replace(noun=None), self._facts.year):
            return True
        return self._around.has_trade_before(name) and not fits(human, label, self._facts.year)

    # family names alone

    def _family_name(self, name: Found, label: Label) -> Verdict | None:
        if not self._may_stand_alone(name):
            return None
        people = self._of_title(name, self._fitting_initial(name))
        said = people & self._said.people
        crew = people & self._facts.crew
        known = said or (crew if len(crew) == 1 else self._companion(people))
        if not known:
            return self._by_label(crew or people, label)
        if name.key in self._said.strangers and not label.noun:
            return nobody_of(known)
        if any(self._is_namesake(name, person, label) for person in known):
            return nobody_of(known)
        return self._among(known, label)

    def _companion(self, people: frozenset[str]) -> frozenset[str]:
        """Give the one who flew with people of the text; a name of many needs two of them."""
        told = self._said.companions
        flown = frozenset(p for p in people if told.get(p, 0) >= (_FEWEST_OF_MANY if self._has_namesakes(p) else 1))
        return flown if len(flown) == 1 else frozenset()

    def _may_stand_alone(self, name: Found) -> bool:
        is_small = not (self._stream.is_large(name.first) or self._stream.is_large(name.last))
        if is_small or self._stream.end(name.last) - self._stream.starts[name.first] < _SHORTEST_FAMILY_NAME:
            return False
        if self._around.is_part(name):
            return False
        if self._around.has_stranger_before(name):
            is_of_two = f"{self._stream.words[name.last]}s" in self._stream.written  # the two Borisovs
            if name.key not in self._said.settled or is_of_two:
                self._said.strangers.add(name.key)
            return False
        is_ordinary = name.key in self._words.ordinary
        if self._around.has_name_after(name):
            if any(self._roster[person].is_family_name_first for person in name.people):
                self._said.strangers.add(name.key)
            return False
        if not is_ordinary or not self._around.begins_sentence(name) or self._around.has_verb_after(name):
            return True
        return bool(name.people & self._said.people) and self._is_followed(name)

    def _is_followed(self, name: Found) -> bool:
        """Tell whether a remark, as `, who`, or the next name shows that a word at the head of a sentence is one."""
        after = name.last + 1
        if after >= len(self._stream.words):
            return False
        word = self._labels.lower(after)
        if self._stream.gap(after).strip() != ",":
            return word == "and" and self._stream.is_joined(after) and after + 1 in self._firsts
        return after in self._firsts or word in _REMARKS or word.isdigit()

    @cached_property
    def _firsts(self) -> frozenset[int]:
        """The places at which names begin."""
        return frozenset(name.first for name in self._found)

    def _fitting_initial(self, name: Found) -> frozenset[str]:
        """Drop those whose given name begins otherwise, where an initial stands before the family name."""
        initial = self._around.initial(name)
        if initial is None:
            return name.people
        key = fold(initial + "a")[:1]
        fitting = frozenset(person for person in name.people if any(g.startswith(key) for g in self._given(person)))
        if not fitting:
            self._said.strangers.add(name.key)
        return fitting

    def _given(self, person: str) -> list[str]:
        """Give the keys with which somebody's names begin."""
        human = self._roster[person]
        return [
            key
            for written in (human.name, *(alias.text for alias in human.aliases))
            for key in self._names.key(written).split()
        ]

    def _among(self, known: frozenset[str], label: Label) -> Verdict:
        """Decide among people who were named in full before, or are of the crew: what is said must not contradict."""
        possible = {person for person in known if not contradicts(self._roster[person], label, self._facts.year)}
        return one_of(possible) if possible else nobody_of(known)

    def _of_title(self, name: Found, people: frozenset[str]) -> frozenset[str]:
        """Drop those of another gender than a form of address says: Mrs Lovell is not James Lovell."""
        gender = self._around.title_gender(name)
        return people if gender is None else frozenset(p for p in people if self._roster[p].gender in (None, gender))

    def _by_label(self, people: Iterable[str], label: Label) -> Verdict | None:
        """Decide by what stands beside the name: a noun, an agency's or country's word."""
        if label.noun is None:
            return None
        fitting = frozenset(person for person in people if fits(self._roster[person], label, self._facts.year))
        narrowed = self._narrowed(fitting)
        if len(narrowed) == 1 and self._is_enough(self._roster[next(iter(narrowed))], label):
            return one_of(narrowed)
        return nobody_of(fitting)

    def _is_enough(self, human: Human, label: Label) -> bool:
        """Tell whether a noun and a family name prove somebody: a name of many needs the time or the country, too."""
        is_office = label.noun is not None and label.noun.kind == "office"
        if is_office or human.id in self._facts.crew or not self._has_namesakes(human.id):
            return True
        if self._facts.year is not None:
            return human.was_active(self._facts.year)
        return label.agency is not None and label.nationality is not None

    def _narrowed(self, people: frozenset[str]) -> frozenset[str]:
        """Narrow several to the one of the mission, else of the crew that the text names, else of that time."""
        if len(people) > 1:
            crew = people & self._facts.crew or people & self._said.companions.keys()
            if len(crew) == 1:
                return crew
        if len(people) > 1 and self._facts.year is not None:
            active = frozenset(person for person in people if self._roster[person].was_active(self._facts.year))
            if len(active) == 1:
                return active
        return people

    # what is said of them

    def _label(self, name: Found) -> Label:
        label = self._labels.before(name.first)
        if label.noun is None and self._listed and self._labels.is_listed(self._listed[0], name.first):
            noun = self._listed[1]
            self._listed = (name.last, noun)
            return Label(noun)
        if label.noun is None:
            after = self._labels.after(name.last)
            return after if after.noun else label
        return label

    def _mention(self, start: int, end: int, verdict: Verdict, label: Label, field: str) -> PersonMention:
        text = self._stream.text[start:end]
        if verdict.id is None:
            return PersonMention(start=start, end=end, name=text, candidates=verdict.candidates, field=field)
        human = self._roster[verdict.id]
        return PersonMention(
            start=start,
            end=end,
            name=text,
            id=human.id,
            gender=human.gender,
            nationality=human.nationality,
            agency=human.agency(self._facts.year) or self._said_agency(human, label),
            role=self._role(human, label),
            occupation=human.occupation,
            field=field,
        )

    def _said_agency(self, human: Human, label: Label) -> str | None:
        """Give the agency whose astronaut the text says that somebody is."""
        is_flyer = label.noun is not None and label.noun.kind != "office" and not label.is_former
        return label.agency if is_flyer and fits(human, label, self._facts.year) else None

    def _role(self, human: Human, label: Label) -> str | None:
        """Give what the text says of somebody where it fits, else the office held at that time."""
        if label.noun and label.noun.kind != "office" and fits(human, label, self._facts.year):
            return label.noun.role
        office = human.office(self._facts.year)
        return office.role if office else None


def _is_same_middle(told: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Tell whether middle names or initials agree; where one side has none, nothing speaks against it."""
    if not told or not own:
        return True
    return any(one.startswith(other) or other.startswith(one) for one in told for other in own if one and other)


def _named(texts: Iterable[Read]) -> set[str]:
    """Give those whom texts name in full, where nobody else bears the name."""
    found = (name for read in texts for name in read.names)
    return {person for name in found if name.is_full and len(name.people) == 1 for person in name.people}


def _callings(human: Human) -> tuple[frozenset[str], frozenset[str]]:
    """Give the keys of somebody's nicknames, and those with which the family name begins: they are no given names."""
    family = frozenset(fold(form.split()[0].partition("-")[0]) for form in human.family)
    return frozenset(map(fold, human.nicknames)), family


def _taken(found: Iterable[PersonMention], others: Spans) -> Spans:
    return [*others, *((mention.start, mention.end) for mention in found)]


def _is_of_many(human: Human, names: Names, words: Words) -> bool:
    """Tell whether a family name is borne by so many that it proves little."""
    return any(key.split()[-1] in words.borne_by_many for key in map(names.key, human.family) if key)


def _given_names(human: Human) -> Iterator[str]:
    """Give the given names of somebody as written, casefolded, where they stand first."""
    first = human.name.split()[0]
    if not human.is_family_name_first and len(first) >= _SHORTEST_GIVEN_NAME:
        yield first.casefold()
