"""The company of a text: who was mentioned so far, and where, while its cast is being gathered."""

from dataclasses import dataclass, field

from msgspec import Struct

from missionwire_pronouns.mention import Gender, Kind, Proof


@dataclass(slots=True)
class Person:
    """Somebody of the text while the cast is being gathered.

    `is_by_name`: only a given name tells the gender; `first`: the token of the first mention.
    """

    label: str
    gender: Gender | None = None
    proof: Proof | None = None
    nouns: set[str] = field(default_factory=set)
    peoples: frozenset[str] = frozenset()
    age: int | None = None
    is_named: bool = False
    is_by_name: bool = False
    is_conflicting: bool = False
    first: int = 0


class Place(Struct, frozen=True):
    """A mention before its role is known: `first` is the first token of the whole phrase."""

    first: int
    last: int
    kind: Kind
    person: int


@dataclass(slots=True)
class Company:
    """The people by their numbers, what they are called by, the places where they are mentioned, by the first token.

    `entrances` are the first token and the number of each, in the order of the text.
    """

    people: list[Person] = field(default_factory=list)
    by_noun: dict[str, list[int]] = field(default_factory=dict)
    by_age: dict[int, list[int]] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    entrances: list[tuple[int, int]] = field(default_factory=list)

    def call(self, number: int, noun: str) -> None:
        """Note that somebody is called by a noun."""
        if noun not in self.people[number].nouns:
            self.people[number].nouns.add(noun)
            self.by_noun.setdefault(noun, []).append(number)

    def date(self, number: int, age: int | None) -> None:
        """Note how old the text says somebody is; the first age counts."""
        if age is not None and self.people[number].age is None:
            self.people[number].age = age
            self.by_age.setdefault(age, []).append(number)
