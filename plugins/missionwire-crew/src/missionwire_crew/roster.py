"""The people of spaceflight: who flew, who heads an agency, and whom the operator added."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from missionwire_crew.flights import SOVIET_CRAFT, Flights
from missionwire_crew.tables import read_table

Gender: TypeAlias = Literal["female", "male", "other"]

_GENDERS: Final[Mapping[str, Gender]] = MappingProxyType({"female": "female", "male": "male", "other": "other"})
FAMILY_NAME_FIRST: Final = frozenset({"China", "South Korea", "Vietnam"})
"""Countries whose names the roster writes as they are written there."""

_FIRST_ROSCOSMOS_YEAR: Final = 1992
"""The Russian agency was founded in February 1992."""

_EMPIRE: Final = frozenset({"Soviet Union", "Russia"})
_SHORTEST_TRAINING: Final = 2
_NICKNAME: Final = re.compile(r"[\"“„(]([^\W\d_]+)[\"”“)]")
_DERIVED: Final = "derived"
"""The source of what follows from nationality, flights and craft (data/NOTICE)."""


class Term(NamedTuple):
    """A time with an agency, or in an office: whole years, both included; None is open."""

    agency: str | None
    first: int | None = None
    last: int | None = None
    role: str | None = None
    source: str = ""

    def holds(self, year: int | None) -> bool:
        """Tell whether the term covers a year; an unknown year is covered by every term."""
        return year is None or ((self.first or year) <= year <= (self.last or year))


class Alias(NamedTuple):
    """Another way to write somebody's name, whole: in `language`, a code, empty where it is not told."""

    text: str
    language: str = ""
    source: str = ""


class Human(Struct, frozen=True, kw_only=True):
    """Somebody of the roster. `family` holds the forms of the family name that are used alone, the fullest first.

    `aliases` are whole names in other spellings and scripts; `agencies` are where somebody belonged; `kind` is
    `participant`, `payload-specialist` or `guest` for those who flew and were no agency's career astronauts; `active`
    are the years of first and last flight; `offices` are the posts of an official. `source` names where name, gender
    and nationality come from (data/NOTICE).
    """

    id: str
    name: str
    family: tuple[str, ...]
    gender: Gender | None = None
    nationality: str | None = None
    aliases: tuple[Alias, ...] = ()
    agencies: tuple[Term, ...] = ()
    offices: tuple[Term, ...] = ()
    occupation: str | None = None
    kind: str = ""
    active: tuple[int, int] | None = None
    is_soyuz_flyer: bool = False
    is_suborbital_only: bool = False
    source: str = ""

    @property
    def is_family_name_first(self) -> bool:
        """Tell whether the name is written with the family name first."""
        return self.nationality in FAMILY_NAME_FIRST

    @property
    def nicknames(self) -> tuple[str, ...]:
        """Give what stands in quotes or brackets in the name: `Michi` of `Michaela "Michi" Benthaus`."""
        return tuple(_NICKNAME.findall(self.name))

    def agency(self, year: int | None) -> str | None:
        """Give the agency that somebody belonged to in a year, where that is sure; None where it is not.

        Without a year it is sure only for those who never changed.
        """
        if year is None:
            found = {term.agency for term in self.agencies or self.offices}
            return found.pop() if len(found) == 1 else None
        for term in (*self.offices, *self.agencies):
            if term.holds(year):
                return term.agency
        return None

    def office(self, year: int | None) -> Term | None:
        """Give the post that somebody held in a year; without a year, the one post of somebody who never flew."""
        if not self.offices or (year is None and self.active):
            return None
        return next((term for term in self.offices if term.holds(year)), None)

    def was_active(self, year: int, margin: int = 4) -> bool:
        """Tell whether somebody flew within `margin` years of a year, or held an office then."""
        flew = self.active is not None and self.active[0] - margin <= year <= self.active[1] + margin
        return flew or any(term.holds(year) for term in self.offices)


class Roster:
    """Everybody by id."""

    def __init__(self, people: Iterable[Human]) -> None:
        self._by_id = {person.id: person for person in people}

    def __iter__(self) -> Iterator[Human]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __getitem__(self, person: str) -> Human:
        return self._by_id[person]

    def get(self, person: str | None) -> Human | None:
        """Give somebody by id, None where nobody has it."""
        return self._by_id.get(person) if person else None


def load_roster(flights: Flights, added: Iterable[Human] = ()) -> Roster:
    """Read the tables that come with the plugin; people whom the operator added join them, theirs first."""
    people = {row["id"]: _flyer(row, flights) for row in read_table("roster")}
    for row in read_table("officials"):
        office = Term(row["agency"], _year(row["from"]), _year(row["to"]), row["role"], row["source"])
        written = (row["name"], *filter(None, row["aliases"].split(";")))
        aliases = tuple(Alias(name, source=row["source"]) for name in written)
        known = people.get(row["id"]) or _official(row)
        people[row["id"]] = replace(known, aliases=(*known.aliases, *aliases), offices=(*known.offices, office))
    for row in read_table("careers"):
        people[row["id"]] = _with_career(people[row["id"]], row)
    for row in read_table("aliases"):
        known = people[row["id"]]
        alias = Alias(row["alias"], row["language"], row["source"])
        people[row["id"]] = replace(known, aliases=(*known.aliases, alias))
    people = {id_: _with_agency(person, flights) for id_, person in people.items()}
    for person in added:
        people[person.id] = _joined(people.get(person.id), person)
    return Roster(people.values())


def _flyer(row: Mapping[str, str], flights: Flights) -> Human:
    flown = flights.of(row["id"])
    years = {int(row["first_flown"][:4])} if row["first_flown"] else set()
    years |= {time.year for flight in flown for time in flight.times.values()}
    return Human(
        id=row["id"],
        name=row["name"],
        family=tuple(row["family"].split("|")),
        gender=_GENDERS.get(row["gender"]),
        nationality=row["nationality"] or None,
        active=(min(years), max(years)) if years else None,
        is_soyuz_flyer=any(flight.spacecraft in SOVIET_CRAFT for flight in flown),
        is_suborbital_only=not flown,
        source=row["source"],
    )


def _official(row: Mapping[str, str]) -> Human:
    return Human(
        id=row["id"],
        name=row["name"],
        family=(row["family"],),
        gender=_GENDERS.get(row["gender"]),
        nationality=row["nationality"] or None,
        source=row["source"],
    )


def _with_career(person: Human, row: Mapping[str, str]) -> Human:
    term = Term(row["agency"], _year(row["from"]), _year(row["to"]), source=row["source"])
    return replace(
        person,
        agencies=(*person.agencies, term) if row["agency"] else person.agencies,
        occupation=person.occupation or row["occupation"] or None,
        kind=person.kind or row["kind"],
    )


def _with_agency(person: Human, flights: Flights) -> Human:
    """Derive the agency from nationality, era and craft for those of whom that is sure; a listed career goes first."""
    if person.agencies or person.kind or person.active is None or person.is_suborbital_only:
        return person
    return replace(person, agencies=_derived(person, flights))


def _derived(person: Human, flights: Flights) -> tuple[Term, ...]:
    """Give the agency of somebody's flying years, and of the two years before, as nobody trained for less."""
    first, last = person.active or (0, 0)
    first -= _SHORTEST_TRAINING
    if person.nationality in _EMPIRE:
        soviet = Term("soviet-space-program", first, min(last, _FIRST_ROSCOSMOS_YEAR - 1), source=_DERIVED)
        russian = Term("roscosmos", max(first, _FIRST_ROSCOSMOS_YEAR), last, source=_DERIVED)
        return tuple(term for term in (soviet, russian) if (term.first or 0) <= (term.last or 0))
    if person.nationality == "China" and any(f.agency == "cmsa" for f in flights.of(person.id)):
        return (Term("cmsa", first, last, source=_DERIVED),)
    if person.nationality == "United States":
        return (Term("nasa", first, last, source=_DERIVED),)
    return ()


def _joined(known: Human | None, added: Human) -> Human:
    """Lay what the operator says over what the tables say; aliases of both count."""
    if known is None:
        return added
    return replace(
        known,
        name=added.name,
        family=tuple(dict.fromkeys((*added.family, *known.family))),
        gender=added.gender or known.gender,
        nationality=added.nationality or known.nationality,
        aliases=tuple(dict.fromkeys((*added.aliases, Alias(known.name, source=known.source), *known.aliases))),
        agencies=added.agencies or known.agencies,
        occupation=added.occupation or known.occupation,
        source=added.source,
    )


def _year(text: str) -> int | None:
    return int(text) if text else None
