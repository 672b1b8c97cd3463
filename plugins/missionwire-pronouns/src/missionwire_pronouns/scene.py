"""The scene of a text: who is mentioned where and with which gender, and where pronouns stand."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from missionwire_pronouns.cast import gather_cast
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Mention
from missionwire_pronouns.names import Listed
from missionwire_pronouns.ownership import Misowned, find_misowned
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.pronouns import PronounFinder
from missionwire_pronouns.things import Things
from missionwire_pronouns.tokens import tokenise

_LONG_AGO: Final = 9
"""How many sentences before the text a title is taken to stand."""
_MOST: Final = 64
"""How many pronouns of a paragraph are read as a whole."""
_OWNERS: Final = frozenset({"his", "her"})
"""What may begin a mention without being part of the name: `her husband Jan Vos`."""


class Scene(Struct, frozen=True):
    """What the rules see of a text. Mentions, pronouns and things stand in its order.

    `absent` are those whom only the title names, or only the text where a title is read: a pronoun may mean them.
    `misowned` is each `its` that is somebody's.
    """

    mentions: tuple[Mention, ...]
    pronouns: tuple[Pronoun, ...]
    things: Things
    conflicting: frozenset[int]
    absent: tuple[Mention, ...] = ()
    misowned: tuple[Misowned, ...] = ()
    is_title: bool = False

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


def set_scene(
    text: str,
    lexicon: Lexicon,
    listed: Sequence[Listed] = (),
    taken: Sequence[tuple[int, int]] = (),
    elsewhere: Sequence[Listed] = (),
    *,
    is_title: bool = False,
) -> Scene:
    """Read a text: `listed` are the places where people are named, `taken` those of agencies, craft and times.

    `elsewhere` are the people whom the title names, or the text, for a title.
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
    absent = _absent(cast.mentions, elsewhere, {person.key for person in listed})
    misowned = tuple(find_misowned(tokens, lexicon, by_first))
    things = Things(tokens, lexicon)
    return Scene(cast.mentions, tuple(finder.find()), things, cast.conflicting, absent, misowned, is_title)


def _absent(mentions: Sequence[Mention], elsewhere: Sequence[Listed], present: set[str]) -> tuple[Mention, ...]:
    """Give those whom only the other field names, as if they had been mentioned long before."""
    people = {person.key: person for person in elsewhere if person.key not in present}
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
