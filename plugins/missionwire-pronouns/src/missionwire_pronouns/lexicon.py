"""What the mention model knows about words: sets of lower-case words, read once from package data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from sys import intern
from typing import Final, Literal

from missionwire_pronouns.forms import Sex

_ENDINGS: Final = ("er", "or", "ist", "ician", "eer")
_SHORT: Final = 4


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity, so that answers can be kept
class Lexicon:
    """Word sets by what they say; the names are those of `data/words.toml`, given names are in `data/given.toml`."""

    female: frozenset[str]
    male: frozenset[str]
    either: frozenset[str]
    crew: frozenset[str]
    trades: frozenset[str]
    medics: frozenset[str]
    peoples: frozenset[str]
    indefinite: frozenset[str]
    groups: frozenset[str]
    beasts: frozenset[str]
    many_female: frozenset[str]
    many_male: frozenset[str]
    many: frozenset[str]
    anybody: frozenset[str]
    alone: frozenset[str]
    compound: frozenset[str]
    titles_female: frozenset[str]
    titles_male: frozenset[str]
    titles: frozenset[str]
    vessel: frozenset[str]
    craft: frozenset[str]
    fondness: frozenset[str]
    shipwork: frozenset[str]
    country: frozenset[str]
    organisation: frozenset[str]
    called: frozenset[str]
    tools: frozenset[str]
    not_people: frozenset[str]
    countries: frozenset[str]
    demonyms: frozenset[str]
    in_names: frozenset[str]
    space: frozenset[str]
    months: frozenset[str]
    places: frozenset[str]
    names_too: frozenset[str]
    months_too: frozenset[str]
    surnames_too: frozenset[str]
    labels: frozenset[str]
    speech: frozenset[str]
    prompting: frozenset[str]
    answer: frozenset[str]
    replying: frozenset[str]
    attending: frozenset[str]
    works: frozenset[str]
    opposing: frozenset[str]
    giving: frozenset[str]
    letting: frozenset[str]
    causing: frozenset[str]
    base_forms: frozenset[str]
    ordering: frozenset[str]
    humanly: frozenset[str]
    regard: frozenset[str]
    naming: frozenset[str]
    no_pasts: frozenset[str]
    verbs: frozenset[str]
    auxiliary: frozenset[str]
    copula: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    to_places: frozenset[str]
    beside: frozenset[str]
    place_prepositions: frozenset[str]
    subordinators: frozenset[str]
    relatives: frozenset[str]
    conjunctions: frozenset[str]
    pronouns: frozenset[str]
    adverbs: frozenset[str]
    starters: frozenset[str]
    abbreviations: frozenset[str]
    particles: frozenset[str]
    numbers: frozenset[str]
    made: frozenset[str]
    talks: frozenset[str]
    others: frozenset[str]
    states: frozenset[str]
    mass: frozenset[str]
    body: frozenset[str]
    personal: frozenset[str]
    doing: frozenset[str]
    deeds: frozenset[str]
    stages: frozenset[str]
    upbringing: frozenset[str]
    pursuits: frozenset[str]
    origins: frozenset[str]
    handling: frozenset[str]
    fame: frozenset[str]
    own: frozenset[str]
    bound: frozenset[str]
    bound_nouns: frozenset[str]
    belongings: frozenset[str]
    kin: frozenset[str]
    offspring: frozenset[str]
    tellings: frozenset[str]
    mutual: frozenset[str]
    merits: frozenset[str]
    crediting: frozenset[str]
    careers: frozenset[str]
    people: frozenset[str]
    states_of_america: frozenset[str]
    origins_of_people: frozenset[str]
    carried: frozenset[str]
    given_female: frozenset[str]
    given_male: frozenset[str]
    callings: Mapping[str, frozenset[str]]
    functions: frozenset[str]
    perhaps_things: frozenset[str]
    perhaps_people: frozenset[str]

    def noun_gender(self, noun: str) -> Sex | None:
        """Give `f` or `m` for a noun that says so, None for any other."""
        if noun in self.female or noun.endswith("woman"):
            return "f"
        return "m" if noun in self.male or (noun.endswith("sman") and noun != "talisman") else None

    def given_gender(self, name: str) -> Sex | None:
        """Give `f` or `m` for a given name that only women or only men bear, also as the first half of a double one."""
        first = name if name in self.given_female or name in self.given_male else name.partition("-")[0]
        if first in self.given_female:
            return "f"
        return "m" if first in self.given_male or (first == "jean" and first != name) else None

    def many_gender(self, noun: str) -> Sex | Literal[False] | None:
        """Give the gender of a noun for two or more of whom one may be meant next, False for any other noun."""
        if noun in self.many_female:
            return "f"
        if noun in self.many_male:
            return "m"
        return None if noun in self.many else False

    def is_person_noun(self, noun: str) -> bool:
        """Tell whether a singular noun names a person."""
        return noun in self.people or (noun.endswith("man") and len(noun) > _SHORT)

    def may_be_person_noun(self, word: str) -> bool:
        """Tell whether a word that no list holds may name a person, by its ending."""
        return len(word) > _SHORT and word.endswith(_ENDINGS) and word not in self.tools and not word.endswith("ometer")

    def may_call_somebody(self, word: str) -> bool:
        """Tell whether a word by itself may be a noun for somebody; others need a `who` or an `every` beside them."""
        last = word.rpartition("-")[2]
        if word in self.perhaps_people or self.is_person_noun(last) or word.endswith("-year-old"):
            return True
        is_other = word in self.adverbs or word in self.titles or word in self.organisation
        return self.may_be_person_noun(last) and not is_other and not self.is_function_word(word)

    def is_function_word(self, word: str) -> bool:
        """Tell whether a word ends a noun phrase to its left: no noun and no adjective."""
        return word in self.functions

    def ends_phrase(self, word: str) -> bool:
        """Tell whether a noun before a word is the last of its phrase: no noun and no adjective follows."""
        return self.is_function_word(word) or word in self.adverbs or self.is_verb(word)

    def is_verb(self, word: str) -> bool:
        """Tell whether a word may be a finite verb; regular past forms count, though some are participles."""
        if word in self.verbs:
            return True
        return word.endswith("ed") and len(word) > 4 and word not in self.no_pasts  # noqa: PLR2004  # `bed`, `red`, `seed`


def load_lexicon() -> Lexicon:
    """Read the word lists; takes a few milliseconds."""
    data = files(__package__).joinpath("data")
    table = tomllib.loads(data.joinpath("words.toml").read_text(encoding="utf-8"))
    given = tomllib.loads(data.joinpath("given.toml").read_text(encoding="utf-8"))
    words = {
        group: {name: frozenset(map(intern, text.split())) for name, text in lists.items()}
        for group, lists in table.items()
    }
    people, titles, things, verbs = words["people"], words["titles"], words["things"], words["verbs"]
    kinds = ("prepositions", "conjunctions", "subordinators", "determiners", "pronouns", "relatives")
    functions = frozenset().union(verbs["auxiliary"], *(words["grammar"][kind] for kind in kinds))
    bound = words.pop("bound")
    callings = words.pop("callings")
    somebody = people["female"] | people["male"] | people["either"]
    called = ("many_female", "many_male", "many", "indefinite", "alone")
    own = ("vessel", "craft", "country", "countries", "organisation")
    return Lexicon(
        **people,
        titles_female=titles["female"],
        titles_male=titles["male"],
        titles=titles["female"] | titles["male"] | titles["either"],
        not_people=things["space"] | things["months"] | things["demonyms"] | things["countries"] | things["places"],
        **things,
        verbs=verbs.pop("irregular") | verbs["speech"] | verbs["auxiliary"],
        **verbs,
        **words["grammar"],
        **words["possession"],
        bound_nouns=frozenset().union(*bound.values()),
        bound=frozenset(f"{verb}-{noun}" for verbs, nouns in bound.items() for verb in verbs.split() for noun in nouns),
        people=somebody,
        given_female=frozenset(map(intern, given["female"].split())),
        given_male=frozenset(map(intern, given["male"].split())),
        origins_of_people=things["demonyms"] | people["peoples"],
        callings=callings,
        functions=functions,
        perhaps_things=frozenset({"it", "its"}).union(*(things[kind] for kind in own)),
        perhaps_people=somebody.union(things["demonyms"], *(people[kind] for kind in called)),
    )
