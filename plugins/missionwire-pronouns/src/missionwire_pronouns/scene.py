"""The scene of a text: who is mentioned where and with which gender, and where pronouns stand."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from missionwire_pronouns.cast import gather_cast
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Mention, Thing
from missionwire_pronouns.names import Listed
from missionwire_pronouns.ownership import Misowned, find_misowned
from missionwire_pronouns.phrase import person_noun
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.pronouns import PronounFinder
from missionwire_pronouns.tokens import Token, Tokens, tokenise

_LONG_AGO: Final = 9
"""How many sentences before the text a title is taken to stand."""
_MOST: Final = 64
"""How many pronouns of a paragraph are read as a whole."""
_TO_PLACES: Final = frozenset(
    {"to", "left", "leaves", "leave", "leaving", "visited", "visits", "reached", "toured", "entered"}
)
"""What leads to a place: `had never left the island`."""
_OWNERS: Final = frozenset({"his", "her"})
"""What may begin a mention without being part of the name: `her husband Jan Vos`."""
_HEAD: Final = 3
"""How many words may stand before the noun that a sentence begins with: `The European space agency`."""
_FOND: Final = 6
"""How many words before a thing may say that somebody is fond of it, or that it is only a place."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rules see of a text. Mentions, pronouns and things stand in its order.

    `absent` are those whom only the title names: a pronoun may mean them. `misowned` is each `its` that is somebody's.
    """

    mentions: tuple[Mention, ...]
    pronouns: tuple[Pronoun, ...]
    things: tuple[Thing, ...]
    conflicting: frozenset[int]
    absent: tuple[Mention, ...] = ()
    misowned: tuple[Misowned, ...] = ()

    def mentions_in(self, first: int, last: int) -> Sequence[Mention]:
        """Give the mentions that begin at the tokens `first` to `last`, both inclusive."""
        start = bisect_left(self.mentions, first, key=lambda m: m.first)
        return self.mentions[start : bisect_left(self.mentions, last + 1, key=lambda m: m.first)]

    def pronouns_of(self, sentence: int) -> Sequence[Pronoun]:
        """Give the pronouns of a sentence."""
        start = bisect_left(self.pronouns, sentence, key=lambda p: p.sentence)
        return self.pronouns[start : bisect_left(self.pronouns, sentence + 1, key=lambda p: p.sentence)]

    def pronouns_of_paragraph(self, paragraph: int) -> Sequence[Pronoun]:
        """Give the pronouns of a paragraph; none for one that is too long to be read as a whole."""
        start = bisect_left(self.pronouns, paragraph, key=lambda p: p.paragraph)
        end = bisect_left(self.pronouns, paragraph + 1, key=lambda p: p.paragraph)
        return self.pronouns[start:end] if end - start <= _MOST else ()

    def things_in(self, first: int, last: int) -> Sequence[Thing]:
        """Give the things that stand at the tokens `first` to `last`, both inclusive."""
        start = bisect_left(self.things, first, key=lambda t: t.token)
        return self.things[start : bisect_left(self.things, last + 1, key=lambda t: t.token)]


def set_scene(
    text: str,
    lexicon: Lexicon,
    listed: Sequence[Listed] = (),
    taken: Sequence[tuple[int, int]] = (),
    titled: Sequence[Listed] = (),
) -> Scene:
    """Read a text: `listed` are the places where people are named, `taken` those of agencies, craft and times.

    `titled` are the people whom the title names.
    """
    tokens = tokenise(text, lexicon.abbreviations)
    cast = gather_cast(tokens, lexicon, listed, taken)
    by_first = {mention.first: mention for mention in cast.mentions}
    named = frozenset(
        i
        for m in cast.mentions
        if m.kind == "name"
        for i in range(m.first + (tokens.all[m.first].lower in _OWNERS and m.last > m.first), m.last + 1)
    )
    finder = PronounFinder(tokens, lexicon, by_first, named)
    perhaps_things = tokens.which(lexicon.perhaps_things & tokens.places.keys())
    things = tuple(thing for token in perhaps_things if (thing := _thing(tokens, lexicon, token)))
    absent = _absent(cast.mentions, titled, {person.key for person in listed})
    misowned = tuple(find_misowned(tokens, lexicon, by_first))
    return Scene(cast.mentions, tuple(finder.find()), things, cast.conflicting, absent, misowned)


def _absent(mentions: Sequence[Mention], titled: Sequence[Listed], present: set[str]) -> tuple[Mention, ...]:
    """Give those whom the title names and the text does not, as if they had been mentioned long before."""
    people = {person.key: person for person in titled if person.key not in present}
    first_free = max((mention.entity for mention in mentions), default=-1) + 1
    return tuple(
        Mention(
            first=-1,
            last=-1,
            start=0,
            end=0,
            kind="name",
            entity=first_free + number,
            gender=person.gender,
            role="subject",
            sentence=-_LONG_AGO,
            paragraph=-_LONG_AGO,
            is_quoted=False,
            is_paired=False,
            label=person.name,
        )
        for number, person in enumerate(people.values())
    )


def _thing(tokens: Tokens, lexicon: Lexicon, token: Token) -> Thing | None:
    if token.lower in lexicon.vessel or (token.lower in lexicon.craft and _is_loved(tokens, lexicon, token)):
        return Thing(token.index, token.start, token.end, "vessel", token.sentence, token.text)
    if token.lower in lexicon.craft and not token.is_capital:
        is_head = token.index - tokens.sentences[token.sentence] <= _HEAD
        return Thing(token.index, token.start, token.end, "device", token.sentence, token.text, is_head)
    is_country = token.lower in lexicon.country or (token.lower in lexicon.countries and token.is_capital)
    if is_country and not _is_governed(tokens, lexicon, token) and not _describes_person(tokens, lexicon, token):
        return Thing(token.index, token.start, token.end, "country", token.sentence, token.text)
    if token.lower in lexicon.organisation:
        is_head = token.index - tokens.sentences[token.sentence] <= _HEAD
        return Thing(token.index, token.start, token.end, "organisation", token.sentence, token.text, is_head)
    if token.lower in {"it", "its"} and not token.is_quoted:
        is_head = token.index == tokens.sentences[token.sentence]
        return Thing(token.index, token.start, token.end, "it", token.sentence, token.text, is_head)
    return None


def _is_governed(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether a preposition leads to a country, so that it is only where something is: `to the country`."""
    index = token.index - 1
    while (before := tokens.at(index)) and index > token.index - _FOND and before.sentence == token.sentence:
        if before.lower in lexicon.prepositions or before.lower in _TO_PLACES:
            return True
        if not before.is_word or (lexicon.is_function_word(before.lower) and before.lower not in lexicon.determiners):
            return False
        if lexicon.is_verb(before.lower):
            return False
        index -= 1
    return False


def _describes_person(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether a word only says what kind of person is meant: `the moon man`, `a church organist`."""
    after = tokens.at(token.index + 1)
    return after is not None and after.is_word and person_noun(after.lower, lexicon) is not None


def _is_loved(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether something is spoken of fondly, so that it may be `she`: `loves the old capsule`."""
    words = tokens.all[max(0, token.index - _FOND) : token.index]
    return any(word.lower in lexicon.fondness and word.sentence == token.sentence for word in words)
