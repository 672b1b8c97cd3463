"""Names of people: those that other plugins found, and capital letters that may be somebody whom nobody listed."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from missionwire_pronouns.capitals import CapitalReader
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Gender
from missionwire_pronouns.phrase import person_noun
from missionwire_pronouns.places import PlaceReader
from missionwire_pronouns.starts import StartReader
from missionwire_pronouns.tokens import Token, Tokens


class Listed(Struct, frozen=True):
    """A place where a person is named, as the host or a list of people tells it; offsets are code points.

    `key` is the same for all places of one person, `nouns` what the person may be called by: `commander`, `actor`,
    `peoples` what whoever comes from the same country is called: `Italian`, `European`.
    """

    start: int
    end: int
    name: str
    key: str
    gender: Gender | None
    nouns: frozenset[str] = frozenset()
    peoples: frozenset[str] = frozenset()


_MOST_KEPT: Final = 8192
"""For how many words it is kept in mind whether they begin names."""
_OFFICES: Final = frozenset(
    {"minister", "president", "officer", "director", "secretary", "manager", "chief", "governor"}
)
"""What ends no name: `Prime Minister`."""
_GROUPS: Final = frozenset({"helper", "team", "force", "unit", "worker", "service", "boat", "ship", "vehicle"})
"""Nouns whose plural a name does not stand before: `Rescue teams`."""


class Name(Struct, frozen=True):
    """A name in the text: the indices of its first and last token, and who is named as far as that is known."""

    first: int
    last: int
    key: str
    label: str
    gender: Gender | None
    nouns: frozenset[str] = frozenset()
    peoples: frozenset[str] = frozenset()


def find_names(
    tokens: Tokens, lexicon: Lexicon, listed: Sequence[Listed], taken: Iterable[tuple[int, int]] = ()
) -> list[Name]:
    """Give all names of people in the order of the text. `taken` spans (agencies, craft, times) hold nobody.

    Whatever has a capital letter and is not known to be a place or a thing counts as somebody of unknown gender: a
    stranger that is none costs a repair, one that is overlooked costs a wrong one.
    """
    covered: set[int] = set()
    names: list[Name] = []
    for person in sorted(listed, key=lambda p: (p.start, -p.end)):
        free = [index for index in tokens.between(person.start, person.end) if index not in covered]
        if free:
            covered.update(free)
            names.append(Name(free[0], free[-1], person.key, person.name, person.gender, person.nouns, person.peoples))
    for start, end in taken:
        covered.update(tokens.between(start, end))
    return sorted(
        [*names, *_strangers(tokens, lexicon, covered, _by_surname(tokens, names))], key=lambda name: name.first
    )


def _by_surname(tokens: Tokens, names: list[Name]) -> dict[str, Name]:
    """Give a name of each person who is named in full by their surname, those left out who share one."""
    found: dict[str, Name] = {}
    shared: set[str] = set()
    for name in names:
        surname = tokens.all[name.last].lower
        if name.first < name.last and found.setdefault(surname, name).key != name.key:
            shared.add(surname)
    return {surname: name for surname, name in found.items() if surname not in shared}


def _strangers(tokens: Tokens, lexicon: Lexicon, covered: set[int], known: dict[str, Name]) -> list[Name]:
    capitals = [token for token in tokens.all if token.is_capital and token.is_word]
    is_plain = _Small(tokens).__getitem__
    places = PlaceReader(tokens, lexicon)
    reader = CapitalReader(tokens, lexicon, places, StartReader(tokens, lexicon, is_plain))
    runs: list[list[Token]] = []
    alone: list[Token] = []
    behind = 0
    is_no_name = _no_names(lexicon)
    for token in capitals:
        if token.index < behind or token.index in covered:
            continue
        if is_no_name(token.lower) and _is_single(tokens, lexicon, token):  # most of them: what sentences begin with
            alone.append(token)
            continue
        run = _run(tokens, lexicon, covered, token.index)
        behind = token.index + len(run)
        if trimmed := _trim(run, lexicon, is_plain):
            runs.append(trimmed[-1:] if places.is_fronted_place(trimmed) else trimmed)
        elif len(run) == 1:
            alone.append(token)
    people = [run for run in runs if reader.may_be_somebody(run) and not _describes(tokens, lexicon, run)]
    placed = {run[-1].lower for run in runs if places.is_placed(run)}
    acting = {run[-1].lower for run in people if run[-1].lower in placed and reader.is_treated_as_somebody(run)}
    people = [run for run in people if run[-1].lower not in placed - acting]
    surnames = {run[-1].lower for run in people if len(run) > 1}
    firsts = {run[0].index for run in people}
    ones = (*(run[0] for run in runs if len(run) == 1), *alone)
    again = ([word] for word in ones if word.lower in surnames and word.index not in firsts)
    found = [
        Name(run[0].index, run[-1].index, f"?{run[-1].lower}", " ".join(t.text for t in run), None)
        for run in [*people, *again]
    ]
    called = (word for word in (*(run[0] for run in people if len(run) == 1), *alone) if word.lower in known)
    meant = {word.index: known[word.lower] for word in called if _is_called(tokens, lexicon, word)}
    found = [name for name in found if name.first not in meant]
    return [*found, *(replace(name, first=index, last=index) for index, name in meant.items())]


def _is_called(tokens: Tokens, lexicon: Lexicon, word: Token) -> bool:
    """Tell whether a plain word that is somebody's surname, too, is meant as that: `Walker, a pilot`, `Young slept`."""
    after = tokens.at(word.index + 1)
    return after is not None and (after.text == "," or after.lower == "'s" or lexicon.is_verb(after.lower))


class _Small(dict[str, bool]):
    """Whether words stand in the text without a capital, too: looked for once for each that is asked for."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def __missing__(self, word: str) -> bool:
        is_small = self[word] = not all(self._tokens.all[index].is_capital for index in self._tokens.places[word])
        return is_small


def _describes(tokens: Tokens, lexicon: Lexicon, run: list[Token]) -> bool:
    """Tell whether a word with a capital only says what kind of people follow: `the first Black woman`, `Rescue crews`.

    In the middle of a sentence a determiner leads to them.
    """
    after, before = tokens.at(run[-1].index + 1), tokens.at(run[0].index - 1)
    if before is not None and before.lower in lexicon.vessel and tokens.all[before.index - 1].lower in {"the", "ship"}:
        return True  # `the ship Megan`, `the recovery ship Megan`
    if len(run) != 1 or after is None or after.is_capital or not after.is_word or after.sentence != run[0].sentence:
        return False
    is_led = before is None or before.sentence != run[0].sentence or not before.is_capital
    noun = after.lower.removesuffix("s")
    is_many = noun != after.lower and (lexicon.is_person_noun(noun) or noun in lexicon.groups or noun in _GROUPS)
    is_one = person_noun(after.lower, lexicon) is not None and before is not None and before.sentence == after.sentence
    return is_led and (is_many or is_one)


def _is_single(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether nothing goes on with a word with a capital: neither another one, nor what stands between two."""
    after = tokens.at(token.index + 1)
    return after is None or not (after.is_capital or after.text == "." or after.lower in lexicon.particles)


def _run(tokens: Tokens, lexicon: Lexicon, covered: set[int], index: int) -> list[Token]:
    """Give the tokens of capitalised words in a row from an index, with initials and particles between them."""
    run: list[Token] = []
    size = 0
    while token := tokens.at(index):
        if index in covered or not _continues(token, run, tokens, lexicon):
            break
        run.append(token)
        index += 1
        if token.is_capital:
            size = len(run)
    return run[:size]


def _continues(token: Token, run: list[Token], tokens: Tokens, lexicon: Lexicon) -> bool:
    if run and token.sentence != run[-1].sentence:
        return False
    if token.is_word and token.is_capital:
        return True
    if not run:
        return False
    if token.text == ".":  # the dot of `J. Smith` or of `Dr. Smith`
        after = tokens.at(token.index + 1)
        return (
            run[-1].end == token.start and after is not None and after.sentence == token.sentence and after.is_capital
        )
    return token.lower in lexicon.particles


def _trim(run: list[Token], lexicon: Lexicon, is_plain: Callable[[str], bool]) -> list[Token]:
    """Leave out titles, and what is only the plain word that a sentence begins with, or a particle."""
    while run and _is_no_name(run, lexicon, is_plain):
        run = run[1:]
    return [] if len(run) > 1 and run[-1].lower in _OFFICES else run


@cache
def _no_names(lexicon: Lexicon) -> Callable[[str], bool]:
    """Give what tells whether a word never begins a name, and keeps it in mind."""
    small = lexicon.functions | lexicon.starters | lexicon.adverbs | {"."}
    about_people = lexicon.demonyms | lexicon.titles
    return lru_cache(maxsize=_MOST_KEPT)(
        lambda word: word in small or word in about_people or person_noun(word, lexicon) is not None
    )


def _is_no_name(run: list[Token], lexicon: Lexicon, is_plain: Callable[[str], bool]) -> bool:
    """Tell whether a run begins with something that is no part of a name."""
    head, word = run[0], run[0].lower
    if _no_names(lexicon)(word):
        return True
    if len(run) > 1 and (not head.is_capital or is_plain(word) or word.endswith(("ly", "ing"))):
        return True
    return len(run) > 2 and len(head.text) > 1 and head.text.isupper()  # noqa: PLR2004  # `AFP Bo Ek`
