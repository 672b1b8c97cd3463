"""The words around names: nouns that say what somebody is, forms of address, first words of sentences, places."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, Final, NamedTuple

from missionwire_crew.fold import fold

_DATA: Final = "data/words.toml"


class RoleNoun(NamedTuple):
    """A noun before a name: the role that it states and whom it allows.

    `kind` is `flyer`, `soyuz`, `china`, `trade` or `office`; see the head of `data/words.toml`.
    """

    role: str
    kind: str
    is_plural: bool = False
    occupation: str | None = None
    gender: str | None = None


class Words(NamedTuple):
    """The tables of `data/words.toml`. Words are casefolded; surnames and given names are keys of `fold`.

    `of_things` are words after which a name is that of a thing: an article, or what the thing is. Of `telling` is the
    word before a name of whose bearer something is said there; with one of `openings` a noun begins. `labels` say
    before a surname who is meant and are no part of another name; `introducing` are the words and pairs of them that
    present somebody.
    """

    nouns: Mapping[str, RoleNoun]
    titles: frozenset[str]
    genders: Mapping[str, str]
    starters: frozenset[str]
    verbs: frozenset[str]
    places: frozenset[str]
    things: frozenset[str]
    names: frozenset[str]
    particles: frozenset[str]
    articles: frozenset[str]
    trades: frozenset[str]
    elisions: frozenset[str]
    former: frozenset[str]
    agencies: Mapping[str, str]
    nationalities: Mapping[str, str]
    borne_by_many: frozenset[str]
    ordinary: frozenset[str]
    given: Mapping[str, frozenset[str]]
    spaceflight: re.Pattern[str]
    speaking: frozenset[str]
    no_names: frozenset[str]
    given_names: frozenset[str]
    heads: frozenset[str]
    relatives: frozenset[str]
    near: frozenset[str]
    doubtful: frozenset[str]
    suborbital: re.Pattern[str]
    of_things: frozenset[str]
    telling: frozenset[str]
    openings: frozenset[str]
    labels: frozenset[str]
    introducing: frozenset[str]


def load_words() -> Words:
    """Read the tables that come with the plugin."""
    tables = tomllib.loads(files(__package__).joinpath(_DATA).read_text(encoding="utf-8"))
    around = tables["around"]
    nouns, titles = _nouns(tables["nouns"]), frozenset((*around["titles"], *around["female"], *around["male"]))
    agencies, nationalities = _turned(tables["agencies"]), _turned(tables["nationalities"])
    presenting = frozenset(tables["strangers"]["presenting"].split())
    return Words(
        nouns=nouns,
        titles=titles,
        genders={word: gender for gender in ("female", "male") for word in around[gender]},
        starters=frozenset(around["starters"]),
        verbs=frozenset(around["verbs"]),
        places=frozenset(around["places"]),
        things=frozenset(around["things"]),
        names=frozenset(around["names"]),
        particles=frozenset(around["particles"]),
        articles=frozenset(around["articles"]),
        trades=frozenset(around["trades"]),
        elisions=frozenset(around["elisions"]),
        former=frozenset(around["former"]),
        agencies=agencies,
        nationalities=nationalities,
        borne_by_many=_keys(tables["surnames"]["borne_by_many"].split()),
        ordinary=_keys(tables["surnames"]["ordinary"].split()),
        given=_short_forms(tables["given"]),
        spaceflight=_spaceflight(tables["spaceflight"]),
        speaking=frozenset(tables["strangers"]["speaking"].split()),
        no_names=frozenset(tables["strangers"]["no_names"].split()),
        given_names=frozenset(tables["strangers"]["given"].split()),
        heads=frozenset(form for word in tables["strangers"]["heads"].split() for form in (word, word.capitalize())),
        relatives=frozenset(tables["strangers"]["relatives"].split()),
        near=frozenset(around["near"]),
        doubtful=_keys(tables["surnames"]["doubtful"].split()),
        suborbital=_stems(tables["suborbital"]["stems"]),
        of_things=frozenset((*around["articles"], *around["things"])),
        telling=frozenset(
            (*titles, *(noun.rpartition(" ")[2] for noun in nouns), *agencies, *nationalities, *around["former"])
        ),
        openings=frozenset(noun.partition(" ")[0] for noun in nouns),
        labels=frozenset((*nouns, *titles, *agencies, *nationalities)),
        introducing=presenting | titles | nouns.keys(),
    )


def _nouns(tables: Iterable[Mapping[str, Any]]) -> dict[str, RoleNoun]:
    found: dict[str, RoleNoun] = {}
    for table in tables:
        for number in ("one", "many"):
            noun = RoleNoun(
                table["role"], table["kind"], number == "many", table.get("occupation"), table.get("gender")
            )
            found.update(dict.fromkeys(table[number], noun))
    return found


def _turned(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {word: key for key, words in table.items() for word in words}


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _short_forms(table: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Give for each given name what else its bearer may be called, both ways."""
    forms: dict[str, set[str]] = {}
    for formal, shorts in table.items():
        for short in shorts:
            forms.setdefault(fold(formal), set()).add(fold(short))
            forms.setdefault(fold(short), set()).add(fold(formal))
    return {name: frozenset(others) for name, others in forms.items()}


def _spaceflight(table: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    anywhere = "|".join(map(re.escape, table["anywhere"]))
    return re.compile(rf"{_stems(table['stems']).pattern}|{anywhere}|\bISS\b", re.IGNORECASE)


def _stems(stems: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})", re.IGNORECASE)
