"""A list of people matched against a text, where no other plugin did so: full names, surnames, single first names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Gender
from missionwire_pronouns.names import Listed

_PART: Final = re.compile(r"[^\s]+")
_NEXT_WORD: Final = re.compile(r" ([^\W\d_][\w-]*)")
_LAST_WORD: Final = re.compile(r"(?<![\w-])([^\W\d_][\w-]*) $")
_LONGEST_WORD: Final = 40
_SHORTEST: Final = 2
_PARTICLES: Final = frozenset(
    {"al", "el", "van", "von", "de", "da", "di", "do", "dos", "bin", "ben", "del", "della", "der", "la", "le"}
)


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """Somebody who may be in a text."""

    name: str
    gender: Gender


def match_roster(text: str, people: Sequence[RosterPerson], lexicon: Lexicon) -> list[Listed]:
    """Give the places where people of a list are named. A part of a name counts where it can mean one of them only."""
    keys = _keys(people)
    if not keys:
        return []
    pattern = re.compile(
        r"(?<![\w])(?:" + "|".join(re.escape(k) for k in sorted(keys, key=len, reverse=True)) + r")(?![\w])"
    )
    found = []
    for place in pattern.finditer(text):
        bearers = keys[place[0]]
        if len(bearers) == 1 and not _is_another(text, place, people[bearers[0]].name, lexicon):
            person = people[bearers[0]]
            found.append(Listed(place.start(), place.end(), person.name, person.name, person.gender))
    return found


def _keys(people: Sequence[RosterPerson]) -> dict[str, list[int]]:
    keys: dict[str, list[int]] = {}
    for number, person in enumerate(people):
        for key in dict.fromkeys(_names_of(person.name)):
            if len(key) < _SHORTEST:
                continue
            keys.setdefault(key, []).append(number)
    return keys


def _names_of(name: str) -> Iterator[str]:
    """Give what somebody may be called: `Oleg Petrovich Dolin`, `Oleg Petrovich`, `Dolin`, `Oleg`; `Al Suwaidi`."""
    parts = _PART.findall(name)
    yield name
    for cut in range(1, len(parts)):
        head, tail = parts[:cut], parts[cut:]
        if head[-1].lower() not in _PARTICLES:
            yield " ".join(head)
            yield " ".join(tail)
    if len(parts) > 2:  # noqa: PLR2004  # first and last name without what is between
        yield f"{parts[0]} {parts[-1]}"


def _is_another(text: str, place: re.Match[str], name: str, lexicon: Lexicon) -> bool:
    """Tell whether a part of a name belongs to a longer name of somebody else: `Kavita Rao` for `Rao`."""
    if place[0] == name:
        return False
    after = _NEXT_WORD.match(text, place.end())
    before = _LAST_WORD.search(text, max(0, place.start() - _LONGEST_WORD), place.start())
    return any(found is not None and _is_name(found[1], lexicon) for found in (after, before))


def _is_name(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word beside a surname is part of a name: it has a capital, and is no title, trade or people."""
    lower = word.lower()
    is_known = (
        lower in lexicon.titles
        or lower in lexicon.starters
        or lower in lexicon.not_people
        or lexicon.is_function_word(lower)
        or lexicon.is_person_noun(lower)
        or lower.endswith("ly")
    )
    return word[0].isupper() and not word.isupper() and not is_known
