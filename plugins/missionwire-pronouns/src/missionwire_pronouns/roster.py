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
_FRONTED: Final = re.compile(r"(?:^|[.!?…][”\"»]?\s|\n)(?:In|At|From|Near|Outside) $")
"""`In Bari Lind thanked them`: a place stands right before the name."""
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
    """Give the places where people of a list are named. A part of a name counts where it can mean one of them only.

    Where a surname may be a plain word (`Young engineers`) or belongs to a thing (`the Moe museum`), it is somebody of
    unknown gender: that proves nothing, and nobody is overlooked.
    """
    keys = _keys(people)
    if not keys:
        return []
    pattern = re.compile(
        r"(?<![\w])(?:" + "|".join(re.escape(k) for k in sorted(keys, key=len, reverse=True)) + r")(?![\w])"
    )
    found = []
    for place in pattern.finditer(text):
        bearers = keys[place[0]]
        if len(bearers) > 1 or _is_another(text, place, people[bearers[0]].name, lexicon):
            continue
        person = people[bearers[0]]
        if " " not in place[0] and _is_family(text, place, lexicon):
            continue
        if " " not in place[0] and _may_be_word(text, place, lexicon):
            found.append(Listed(place.start(), place.end(), place[0], f"?{place[0]}", None))
        else:
            found.append(Listed(place.start(), place.end(), person.name, person.name, person.gender))
    return found


def _may_be_word(text: str, place: re.Match[str], lexicon: Lexicon) -> bool:
    """Tell whether one word of a name may be none here: `Young engineers built`, `Ride to orbit`, `the Moe museum`."""
    before = text[max(0, place.start() - _LONGEST_WORD) : place.start()]
    after = _NEXT_WORD.match(text, place.end())
    if after is None or after[1][0].isupper():
        return False
    following = after[1].lower()
    is_noun = not (
        lexicon.is_verb(following)
        or lexicon.is_function_word(following)
        or following in lexicon.adverbs
        or following.endswith(("ly", "s", "ing"))
    )
    if before.endswith((" the ", "The ")):
        return not lexicon.is_verb(following) and not lexicon.is_function_word(following)
    is_start = not before.strip() or before.rstrip(' \n"“«(')[-1:] in {".", "!", "?", "…", ""} or before.endswith("\n")
    return is_start and (
        is_noun or following in {"to", "of"} or (following.endswith("s") and _is_plural(following, lexicon))
    )


def _is_family(text: str, place: re.Match[str], lexicon: Lexicon) -> bool:
    """Tell whether a name is that of several: `the Moe brothers`."""
    after = _NEXT_WORD.match(text, place.end())
    return after is not None and lexicon.many_gender(after[1]) is not False


def _is_plural(word: str, lexicon: Lexicon) -> bool:
    return lexicon.is_person_noun(word.removesuffix("s")) or lexicon.may_be_person_noun(word.removesuffix("s"))


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
    if len(parts) == 3 and parts[1].lower() not in _PARTICLES:  # noqa: PLR2004  # `Ana Ruiz Mena` may be called `Ruiz`
        yield parts[1]


def _is_another(text: str, place: re.Match[str], name: str, lexicon: Lexicon) -> bool:
    """Tell whether a part of a name belongs to a longer name of somebody else: `Kavita Rao` for `Rao`."""
    if place[0] == name:
        return False
    after = _NEXT_WORD.match(text, place.end())
    before = _LAST_WORD.search(text, max(0, place.start() - _LONGEST_WORD), place.start())
    if after is not None and after[1][0].isupper():  # `Kennedy Space Center`, `Jean Marshall`
        return not (
            after[1].isupper() or after[1].lower() in lexicon.months or lexicon.is_function_word(after[1].lower())
        )
    if before is None or not _is_name(before[1], lexicon):
        return False
    return not _FRONTED.search(text, max(0, before.start() - _LONGEST_WORD), before.start())


def _is_name(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word before a surname is part of a name: it has a capital, and is no title, trade or people."""
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
