"""Capital letters: whether a capitalised word or two may be somebody, told by what stands on both sides of them."""

from typing import Final

from msgspec import Struct

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.phrase import is_present, person_noun
from missionwire_pronouns.places import PlaceReader
from missionwire_pronouns.starts import StartReader
from missionwire_pronouns.tokens import Token, Tokens
from missionwire_pronouns.vocabulary import load_vocabulary

_PUTTING_OFF: Final = frozenset(
    {"moved", "moves", "postponed", "postpones", "delayed", "delays", "put", "pushed", "shifted", "deferred", "brought"}
    | {"extended", "rescheduled", "slipped", "slips"}
)
"""What is done to a date: `moved the test to April`."""
_RIDING: Final = frozenset(
    {"came", "comes", "come", "arrived", "arrives", "travelled", "travels", "goes", "went", "left"}
)
_TAKING: Final = frozenset(
    {"speak", "speaks", "spoke", "speaking", "spoken", "founded", "cofounded", "co-founded", "founding"}
    | {"read", "reads", "reading", "reread", "learn", "learned", "learnt", "learns", "learning"}
)
"""What is done to languages, authors and firms: `speaks Sami`, `read Verne`."""
_CREATING: Final = frozenset(
    {"wrote", "write", "writes", "written", "read", "reads", "published", "publishes", "sang", "sings", "recorded"}
    | {"directed", "directs", "filmed", "painted", "paints", "composed", "staged", "stages", "edited", "of", "and"}
)
"""What stands before the title of a work: `wrote “Salt”`."""
_LANDS: Final = frozenset(
    {"province", "region", "city", "town", "village", "hometown", "island", "district", "county", "state", "capital"}
    | {"birthplace", "homeland", "country"}
)
"""What a place is: `his native village, Bari, …`."""
_SIDES: Final = frozenset(
    {"inner", "outer", "upper", "lower", "greater", "northern", "southern", "eastern", "western", "central", "new"}
)
"""Which part of a land: `Inner Mongolia`."""
_OF_PLACES: Final = frozenset({"san", "santa", "los", "las", "fort", "mount", "cape", "puerto", "port", "hurricane"})
"""What names of places and storms begin with."""
_LONGEST_TITLE: Final = 7
"""How many tokens the title of a work has at most, with its marks."""
_REGARD: Final = 4
"""How many words before `from` may say that what follows is a person."""


class CapitalReader(Struct, frozen=True):
    """Tells people from places and things.

    In doubt it is somebody: a stranger that is none costs a repair, one that is overlooked costs a wrong one.
    """

    tokens: Tokens
    lexicon: Lexicon
    places: PlaceReader
    starts: StartReader

    def may_be_somebody(self, run: list[Token]) -> bool:
        """Tell whether the capitalised words of a run, in a row, may name a person."""
        words = [token for token in run if token.is_word and token.is_capital]
        if not words or all(len(token.text) == 1 for token in words) or any(_is_acronym(token) for token in words):
            return False
        before, after = self.tokens.at(run[0].index - 1), self.tokens.at(run[-1].index + 1)
        if self._is_thing(words, before, after) or self._is_label(run, before, after):
            return False
        if self.places.is_region(before, after) or self._is_set_in(before, after) or self._is_title_of_work(run[0]):
            return False
        if len(words) == 1 and after is not None and after.text[0].isdigit() and self._is_numbered(words[0], after):
            return False
        if before is None or before.sentence != run[0].sentence or not before.is_word:
            return len(words) > 1 or not self.starts.is_plain_start(run[0], before, after)
        is_where = before.lower in self.lexicon.place_prepositions  # `no one in Bari who knows her`
        is_where = is_where or (
            before.lower == "from" and self.places.leads_to_place(before)
        )  # `a pilot from Bari who`
        is_told_of = self._has_relative(after) and not is_where  # `took over from Lind, who …`
        return is_told_of or self._may_follow(words, before, after)

    def _may_follow(self, words: list[Token], before: Token, after: Token | None) -> bool:
        """Tell whether a name that follows upon a word of its sentence may be somebody's by that word."""
        is_owner = after is not None and after.lower == "'s"
        if self._is_company(before, after) or self.places.is_left(before, after) or self._is_family(before, after):
            return False
        is_addressed = after is not None and after.lower in self.lexicon.determiners  # `read Lind the letter`
        if not is_owner and not is_addressed and self._is_taken(before):
            return False
        is_place = len(words) == 1 and words[0].lower in self.lexicon.names_too and before.lower in {"from", "of"}
        return is_owner or not (is_place or self.places.leads_to_place(before))

    def _is_thing(self, words: list[Token], before: Token | None, after: Token | None) -> bool:
        """Tell whether a word makes the name that of a place or a thing.

        Some such words are names as well: after a title or a given name (`Dr Hall`, `Austin Park`) they count as one.
        """
        last, others = words[-1].lower, words[:-1]
        is_titled = before is not None and self._is_title(before)
        if any(self._is_word_for_thing(token.lower) for token in others):
            return True
        if others and (others[0].lower in _SIDES or (others[0].lower in _OF_PLACES and not is_titled)):
            return True
        if is_titled:
            return last in self.lexicon.space or (
                last in self.lexicon.in_names and last not in self.lexicon.surnames_too
            )
        if others:
            return not self._may_end_name(last)
        if last in self.lexicon.countries and self._is_of_country(last):
            return True
        if last.endswith("s") and last.removesuffix("s") in self.lexicon.origins_of_people:  # `two Russians`
            return True
        if last in self.lexicon.months_too:
            return not self._is_month_somebody(words[0], before, after)
        return last in self.lexicon.in_names or (last in self.lexicon.not_people and last not in self.lexicon.names_too)

    def _is_of_country(self, name: str) -> bool:
        """Tell whether a text also tells of the people of a country that somebody may be called after: `India`."""
        return any(name + ending in self.tokens.places for ending in ("n", "i", "ian"))

    def _may_end_name(self, last: str) -> bool:
        lexicon = self.lexicon
        if last in lexicon.in_names:
            return last in lexicon.surnames_too
        return last not in lexicon.not_people or last in lexicon.countries or last in lexicon.places

    def _is_word_for_thing(self, word: str) -> bool:
        is_name = word in self.lexicon.names_too or word in self.lexicon.months_too
        return word in self.lexicon.in_names or (word in self.lexicon.not_people and not is_name)

    def _is_title(self, token: Token) -> bool:
        if token.text == ".":
            ahead = self.tokens.at(token.index - 1)
            return ahead is not None and ahead.lower in self.lexicon.titles
        return token.lower in self.lexicon.titles or person_noun(token.lower, self.lexicon) is not None

    def _is_month_somebody(self, token: Token, before: Token | None, after: Token | None) -> bool:
        """Tell `handed over to April` from `until April`, `April 12` and `the April flight`."""
        is_dated = after is not None and (
            after.text[0].isdigit() or (after.is_word and not self.lexicon.ends_phrase(after.lower))
        )
        if is_dated:
            return False
        if before is None or before.sentence != token.sentence:
            return after is not None and (self.lexicon.is_verb(after.lower) or after.lower == "'s")
        if before.lower == "to":
            words = self.tokens.all[max(0, before.index - _REGARD) : before.index]
            if any(word.lower in _PUTTING_OFF for word in words):
                return False
            ahead = self.tokens.at(before.index - 1)
            return ahead is not None and not ahead.text[0].isdigit() and ahead.lower not in self.lexicon.months
        return before.lower == "with" or (before.is_word and self.lexicon.is_verb(before.lower))

    def _is_label(self, run: list[Token], before: Token | None, after: Token | None) -> bool:
        """Tell whether a name is only given: `(Reuters) -`, `Photo: …`, `nicknamed Belka`, `House of Culture`."""
        if before is None:
            return after is not None and after.text == ":" and run[0].lower in self.lexicon.labels
        if after is not None and before.text == "(" and after.text == ")":
            named, following = self.tokens.at(before.index - 1), self.tokens.at(after.index + 1)
            is_party = len(run) == 1 and named is not None and named.is_word and named.is_capital  # `Lind (Greens)`
            return is_party or (following is not None and following.text in {"-", "–", "—"})
        ahead = self.tokens.at(before.index - 1)
        if after is not None and after.text == ":" and before.sentence != run[0].sentence:
            return run[0].lower in self.lexicon.labels
        if ahead is None or ahead.sentence != run[0].sentence:
            return False
        if before.lower in self.lexicon.naming:
            is_caller = ahead.is_capital or (
                ahead.lower in self.lexicon.pronouns and before.lower.endswith(("s", "ed"))
            )
            return not is_caller and person_noun(ahead.lower, self.lexicon) is None
        is_inside = ahead.index > self.tokens.sentences[ahead.sentence] and len(run) == 1  # `the Tour of Bari`
        return before.lower == "of" and ahead.is_capital and (is_inside or ahead.lower in self.lexicon.in_names)

    def _has_relative(self, after: Token | None) -> bool:
        """Tell whether `who` follows upon a name, perhaps after a comma."""
        if after is not None and after.text == ",":
            after = self.tokens.at(after.index + 1)
        return after is not None and after.lower in {"who", "whose", "whom"}

    def _is_numbered(self, word: Token, number: Token) -> bool:
        """Tell whether a word is of a thing with a number: `Room 4`, `Lot 12 is a glove`."""
        is_first = word.index == self.tokens.sentences[word.sentence]
        after = self.tokens.at(number.index + 1)
        is_told = after is not None and (after.text == ":" or self.lexicon.is_verb(after.lower))
        return (is_first and is_told) or word.lower in load_vocabulary()

    def is_treated_as_somebody(self, run: list[Token]) -> bool:
        """Tell whether a name has a title, does something, or owns something."""
        before, after = self.tokens.at(run[0].index - 1), self.tokens.at(run[-1].index + 1)
        if before is not None and before.sentence == run[0].sentence and self._is_title(before):
            return True
        if after is None:
            return False
        is_doing = self.lexicon.is_verb(after.lower) or is_present(self.tokens, self.lexicon, after)
        return is_doing or after.lower in {"'s", "who", "whose", "whom", "himself", "herself"}

    def _is_family(self, before: Token, after: Token | None) -> bool:
        """Tell whether a name is that of several: `the Lind brothers`, `the Lind family`."""
        lexicon = self.lexicon
        if after is None or before.lower not in {"the", "two", "three", "four", "five"}:
            return False
        return any(after.lower in words for words in (lexicon.many_female, lexicon.many_male, lexicon.many))

    def _is_company(self, before: Token, after: Token | None) -> bool:
        """Tell whether an organisation or a thing bears a name.

        `The company Lumen announced`, `the newspaper Lumen.`, not `the company Lind built`.
        """
        if after is None:
            return False
        is_ended = after.text in {",", "."} or any(
            after.lower in words
            for words in (self.lexicon.prepositions, self.lexicon.subordinators, self.lexicon.conjunctions)
        )
        if before.lower in self.lexicon.organisation:
            is_acting = after.lower in self.lexicon.speech or after.lower in {"is", "was", "will", "expects", "plans"}
            return is_acting or is_ended
        if not before.is_capital and (before.lower in self.lexicon.craft or before.lower in self.lexicon.vessel):
            return not self.lexicon.is_verb(after.lower) or after.lower in self.lexicon.auxiliary
        article = self.tokens.at(before.index - 1)
        naming = self.tokens.at(before.index - 2)  # `called the newspaper Lind. He …`: that may be who calls
        is_naming = article is not None and naming is not None and naming.lower in self.lexicon.naming
        return is_ended and not before.is_capital and before.lower in self.lexicon.called and not is_naming

    def _is_set_in(self, comma: Token | None, after: Token | None) -> bool:
        """Tell whether a name is that of the organisation, thing or place before it: `her company, Lumen, …`."""
        if comma is None or comma.text != "," or after is None or after.text not in {",", "."}:
            return False
        thing = self.tokens.at(comma.index - 1)
        lists = (self.lexicon.organisation, self.lexicon.called, _LANDS)
        return thing is not None and any(thing.lower in words for words in lists)

    def _is_taken(self, before: Token) -> bool:
        """Tell whether something is done that is done to no person: `speaks Sami`, `founded Lumen`, `came by Lumen`."""
        ahead = self.tokens.at(before.index - 1)
        is_ride = before.lower == "by" and ahead is not None and ahead.lower in _RIDING
        is_founding = before.lower == "found" and ahead is not None and ahead.lower == "to"
        return is_ride or is_founding or before.lower in _TAKING

    def _is_title_of_work(self, token: Token) -> bool:
        """Tell whether a name is what a book, film or song is called: `wrote “Salt”`, not `“Moe!” he cried`."""
        quotation = self.tokens.quotation_around(token)
        if quotation is None or quotation.last - quotation.first > _LONGEST_TITLE:
            return False
        before = self.tokens.at(quotation.first - 1)
        if before is None or not before.is_word or before.sentence != token.sentence:
            return False
        lists = (self.lexicon.called, self.lexicon.naming, self.lexicon.place_prepositions, _CREATING)
        if not any(before.lower in words for words in lists):
            return False
        words = self.tokens.all[quotation.first + 1 : quotation.last]
        return all(w.is_word and (w.is_capital or self.lexicon.is_function_word(w.lower)) for w in words)


def _is_acronym(token: Token) -> bool:
    """Tell whether a word is no plain name: `NASA`, `SpaceX`, `B2`."""
    text = token.text
    is_acronym = len(text) > 1 and (text[-1].isupper() or sum(map(str.isupper, text)) > 2)  # noqa: PLR2004  # `McDonald` has two
    return is_acronym or any(map(str.isdigit, text))
