"""The scene of a text: who is mentioned where and with which gender, and where pronouns stand."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from missionwire_pronouns.cast import gather_cast
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Mention, Pronoun, Thing
from missionwire_pronouns.names import Listed
from missionwire_pronouns.pronouns import PronounFinder
from missionwire_pronouns.tokens import Token, Tokens, tokenise


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rules see of a text. Mentions, pronouns and things stand in its order."""

    mentions: tuple[Mention, ...]
    pronouns: tuple[Pronoun, ...]
    things: tuple[Thing, ...]
    conflicting: frozenset[int]

    def mentions_in(self, first: int, last: int) -> Sequence[Mention]:
        """Give the mentions that begin at the tokens `first` to `last`, both inclusive."""
        start = bisect_left(self.mentions, first, key=lambda m: m.first)
        return self.mentions[start : bisect_left(self.mentions, last + 1, key=lambda m: m.first)]

    def pronouns_of(self, sentence: int) -> Sequence[Pronoun]:
        """Give the pronouns of a sentence."""
        start = bisect_left(self.pronouns, sentence, key=lambda p: p.sentence)
        return self.pronouns[start : bisect_left(self.pronouns, sentence + 1, key=lambda p: p.sentence)]

    def things_in(self, first: int, last: int) -> Sequence[Thing]:
        """Give the things that stand at the tokens `first` to `last`, both inclusive."""
        start = bisect_left(self.things, first, key=lambda t: t.token)
        return self.things[start : bisect_left(self.things, last + 1, key=lambda t: t.token)]


def set_scene(
    text: str, lexicon: Lexicon, listed: Sequence[Listed] = (), taken: Sequence[tuple[int, int]] = ()
) -> Scene:
    """Read a text: `listed` are the places where people are named, `taken` those of agencies, craft and times."""
    tokens = tokenise(text, lexicon.abbreviations)
    cast = gather_cast(tokens, lexicon, listed, taken)
    by_first = {mention.first: mention for mention in cast.mentions}
    named = frozenset(i for m in cast.mentions if m.kind == "name" for i in range(m.first, m.last + 1))
    finder = PronounFinder(tokens, lexicon, by_first, named)
    things = tuple(thing for token in tokens.all if (thing := _thing(tokens, lexicon, token)))
    return Scene(cast.mentions, tuple(finder.find()), things, cast.conflicting)


def _thing(tokens: Tokens, lexicon: Lexicon, token: Token) -> Thing | None:
    before = tokens.at(token.index - 1)
    is_governed = before is not None and before.sentence == token.sentence and before.lower in lexicon.prepositions
    if token.lower in lexicon.vessel:
        return Thing(token.index, token.start, token.end, "vessel", token.sentence, token.text)
    if token.lower in lexicon.country or (token.lower in lexicon.countries and token.is_capital and not is_governed):
        return Thing(token.index, token.start, token.end, "country", token.sentence, token.text)
    if token.lower in lexicon.organisation:
        return Thing(token.index, token.start, token.end, "organisation", token.sentence, token.text)
    if token.lower in {"it", "its"} and not token.is_quoted:
        return Thing(token.index, token.start, token.end, "it", token.sentence, token.text)
    return None
