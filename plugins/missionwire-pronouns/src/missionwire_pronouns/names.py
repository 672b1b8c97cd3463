"""Names of people: those that other plugins found, and capital letters that may be somebody whom nobody listed."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Gender
from missionwire_pronouns.tokens import Token, Tokens

_PLURALS: Final = ("tions", "ments", "ings", "nesses", "ships", "ities", "ures", "sions", "ics")
_VERB_AFTER_ONE: Final = frozenset("is was has does isn't wasn't hasn't doesn't".split())  # noqa: SIM905  # reads as words


@dataclass(frozen=True, slots=True)
class Listed:
    """A place where a person is named, as the host or a list of people tells it; offsets are code points.

    `key` is the same for all places of one person, `nouns` what the person may be called by: `commander`, `actor`.
    """

    start: int
    end: int
    name: str
    key: str
    gender: Gender | None
    nouns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: the indices of its first and last token, and who is named as far as that is known."""

    first: int
    last: int
    key: str
    label: str
    gender: Gender | None
    nouns: frozenset[str] = frozenset()


def find_names(
    tokens: Tokens, lexicon: Lexicon, listed: Sequence[Listed], taken: Iterable[tuple[int, int]] = ()
) -> list[Name]:
    """Give all names of people in the order of the text. `taken` spans (agencies, craft, times) hold nobody.

    Whatever has a capital letter and is not known to be a place or a thing counts as somebody of unknown gender: a
    stranger that is none costs a repair, one that is overlooked costs a wrong one.
    """
    owner: dict[int, int] = {}
    names: list[Name] = []
    for person in sorted(listed, key=lambda p: (p.start, -p.end)):
        covered = [index for index in _indices(tokens, person.start, person.end) if index not in owner]
        if covered:
            owner.update(dict.fromkeys(covered, 1))
            names.append(Name(covered[0], covered[-1], person.key, person.name, person.gender, person.nouns))
    for start, end in taken:
        owner.update(dict.fromkeys(_indices(tokens, start, end), 0))
    return sorted([*names, *_strangers(tokens, lexicon, owner)], key=lambda name: name.first)


def _indices(tokens: Tokens, start: int, end: int) -> range:
    return range(
        bisect_left(tokens.all, start + 1, key=lambda token: token.end),
        bisect_left(tokens.all, end, key=lambda token: token.start),
    )


def _strangers(tokens: Tokens, lexicon: Lexicon, owner: dict[int, int]) -> list[Name]:
    plain = {token.lower for token in tokens.all if token.is_word and not token.is_capital}
    found: list[Name] = []
    index = 0
    while index < len(tokens.all):
        run = _run(tokens, lexicon, owner, index)
        index += max(1, len(run))
        run = _trim(run, lexicon, plain)
        if run and _may_be_somebody(tokens, lexicon, run, plain):
            label = " ".join(token.text for token in run)
            found.append(Name(run[0].index, run[-1].index, f"?{run[-1].lower}", label, None))
    return found


def _run(tokens: Tokens, lexicon: Lexicon, owner: dict[int, int], index: int) -> list[Token]:
    """Give the tokens of capitalised words in a row from an index, with initials and particles between them."""
    run: list[Token] = []
    size = 0
    while token := tokens.at(index):
        if index in owner or not _continues(token, run, tokens, lexicon):
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


def _trim(run: list[Token], lexicon: Lexicon, plain: set[str]) -> list[Token]:
    """Leave out titles, and what is only the plain word that a sentence begins with."""
    while run:
        head = run[0]
        is_title = head.lower in lexicon.titles or lexicon.is_person_noun(head.lower)
        is_plain = (
            head.lower in lexicon.starters or head.lower in lexicon.demonyms or lexicon.is_function_word(head.lower)
        )
        is_acronym = len(head.text) > 1 and head.text.isupper() and len(run) > 2  # noqa: PLR2004  # `AFP Bo Ek`
        is_start = head.lower in plain or head.lower.endswith(("ly", "ing"))
        if not (is_title or is_plain or is_acronym or head.text == "." or (is_start and len(run) > 1)):
            break
        run = run[1:]
    return run


def _may_be_somebody(tokens: Tokens, lexicon: Lexicon, run: list[Token], plain: set[str]) -> bool:
    words = [token for token in run if token.is_word and token.is_capital]
    if not words or all(len(token.text) == 1 for token in words):
        return False
    if any(_is_thing(token, lexicon) for token in words):
        return False
    if words[-1].lower in lexicon.not_people or (
        len(words) == 1 and "-".join(t.lower for t in run) in lexicon.not_people
    ):
        return False
    before = tokens.at(run[0].index - 1)
    after = tokens.at(run[-1].index + 1)
    is_owner = after is not None and after.lower == "'s"
    if before is None or before.sentence != run[0].sentence or not before.is_word:
        return len(words) > 1 or not _is_plain_start(lexicon, run[0], before, after, plain)
    return is_owner or not _leads_to_place(tokens, lexicon, before)


def _leads_to_place(tokens: Tokens, lexicon: Lexicon, before: Token) -> bool:
    """Tell whether the word before a name makes it a place or a thing: `in Bari`, `moved to Bari`, `the Bari`."""
    if before.lower == "the" or before.lower in lexicon.place_prepositions:
        return True
    ahead = tokens.at(before.index - 1)
    if ahead is None or before.lower not in {"from", "to", "of"}:
        return False
    return ahead.lower in lexicon.to_places or (before.lower == "from" and lexicon.is_person_noun(ahead.lower))


def _is_thing(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a word makes its name that of a thing: an acronym, a number, `SpaceX`, or a word for a thing."""
    capitals = sum(letter.isupper() for letter in token.text)
    is_acronym = len(token.text) > 1 and (token.text[-1].isupper() or capitals > 2)  # noqa: PLR2004  # `McDonald` has two
    return is_acronym or any(letter.isdigit() for letter in token.text) or token.lower in lexicon.in_names


def _is_plain_start(lexicon: Lexicon, token: Token, before: Token | None, after: Token | None, plain: set[str]) -> bool:
    """Tell whether one word at the head of a sentence is a plain word: also written small, an adverb, a plural."""
    if before is not None and before.sentence == token.sentence and before.lower not in {'"', "“", "‘", "'", "(", "«"}:
        return False
    word = token.lower
    if word in plain or word.endswith(("ly", "ing", "wards", "wise")):
        return True
    is_one = after is not None and after.lower in _VERB_AFTER_ONE
    return not is_one and (word.endswith(_PLURALS) or lexicon.is_person_noun(word.removesuffix("s")))
