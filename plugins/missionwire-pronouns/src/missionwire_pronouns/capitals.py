"""Capital letters: whether a capitalised word or two may be somebody, told by what stands on both sides of them."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.nouns import is_present, person_noun
from missionwire_pronouns.tokens import Token, Tokens
from missionwire_pronouns.vocabulary import load_vocabulary

_PLURALS: Final = ("tions", "ments", "ings", "nesses", "ships", "ities", "ures", "sions", "ics")
_VERB_AFTER_ONE: Final = frozenset({"is", "was", "has", "does", "isn't", "wasn't", "hasn't", "doesn't"})
_VERB_AFTER_SOME: Final = frozenset({"are", "were", "have", "do", "aren't", "weren't", "haven't", "don't"})
_OBJECTS: Final = frozenset({"his", "her", "its", "their", "my", "our", "a", "an", "nothing", "everything", "every"})
"""What no name comes right before."""
_PARTICLES: Final = frozenset({"up", "off", "out", "on", "down", "away", "back", "in", "over"})
_OPENING: Final = frozenset({'"', "“", "‘", "'", "(", "«", "„"})
_CLOSING: Final = frozenset({'"', "”", "’", "'", "»", "“"})

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
_FRONTING: Final = frozenset({"in", "at", "from", "near", "on", "outside"})
"""What a sentence may begin with that tells where: `In Bari Lind thanked them`."""
_BEING_ON: Final = frozenset(
    {"lives", "lived", "living", "live", "born", "landed", "lands", "based", "located", "situated", "stationed"}
    | {"arrived", "spent", "grew", "raised", "studied", "stranded"}
)
"""Where one is on an island: `born on Bari`."""
_SOMEBODYS: Final = frozenset(
    {
        "friends",
        "fans",
        "followers",
        "relatives",
        "admirers",
        "supporters",
        "students",
        "pupils",
        "teachers",
        "trainers",
    }
    | {"lawyers", "doctors", "biographers", "readers", "critics", "killers", "murderers", "assistants", "partners"}
    | {"neighbours", "neighbors", "disciples", "ancestors", "descendants", "enemies", "rivals", "victims", "creators"}
    | {"owners", "employers", "predecessors", "successors", "patients", "listeners", "companions", "contemporaries"}
)
"""Those whom somebody has: `the friends of Lind`."""
_LASTING: Final = frozenset(
    {"before", "until", "till", "again", "except", "since", "even", "at", "as", "when", "during"}
)
"""Until when a place is not left: `had never left Bari before the war`, not `never left Lind alone`."""
_FOLLOWING: Final = frozenset(
    {
        "followed",
        "follows",
        "following",
        "reported",
        "reports",
        "reporting",
        "phoned",
        "phones",
        "broadcast",
        "commutes",
    }
)
"""What one does from a place: `followed the dispute from Bari`."""
_HAVING_FROM: Final = frozenset(
    {"learned", "learnt", "inherited", "got", "had", "has", "heard", "bought", "borrowed", "received", "knew", "knows"}
    | {"took", "takes", "gets", "learns", "hears", "expects", "expected", "wanted", "wants", "demanded", "stole", "hid"}
)
"""What one does from a person."""
_LEFT: Final = frozenset({"alone", "behind", "to", "unattended", "without", "with", "in", "at", "by", "out", "off"})
"""What `Left` stands before where it begins a sentence and is no name."""
_LONGEST_TITLE: Final = 7
"""How many tokens the title of a work has at most, with its marks."""
_REGARD: Final = 4
"""How many words before `from` may say that what follows is a person."""


@dataclass(frozen=True, slots=True)
class CapitalReader:
    """Tells people from places and things; `plain` are the words of the text that are also written small.

    In doubt it is somebody: a stranger that is none costs a repair, one that is overlooked costs a wrong one.
    """

    tokens: Tokens
    lexicon: Lexicon
    plain: set[str]

    def may_be_somebody(self, run: list[Token]) -> bool:
        """Tell whether the capitalised words of a run, in a row, may name a person."""
        words = [token for token in run if token.is_word and token.is_capital]
        if not words or all(len(token.text) == 1 for token in words) or any(_is_acronym(token) for token in words):
            return False
        before, after = self.tokens.at(run[0].index - 1), self.tokens.at(run[-1].index + 1)
        if self._is_thing(words, before, after) or self._is_label(run, before, after):
            return False
        if self._is_region(before, after) or self._is_set_in(before, after) or self._is_title_of_work(run[0]):
            return False
        if len(words) == 1 and after is not None and after.text[0].isdigit() and self._is_numbered(words[0], after):
            return False
        if before is None or before.sentence != run[0].sentence or not before.is_word:
            return len(words) > 1 or not self._is_plain_start(run[0], before, after)
        return self._has_relative(after) or self._may_follow(words, before, after)  # `took over from Lind, who …`

    def _may_follow(self, words: list[Token], before: Token, after: Token | None) -> bool:
        """Tell whether a name that follows upon a word of its sentence may be somebody's by that word."""
        is_owner = after is not None and after.lower == "'s"
        if self._is_company(before, after) or self._is_left(before, after) or self._is_family(before, after):
            return False
        is_addressed = after is not None and after.lower in self.lexicon.determiners  # `read Lind the letter`
        if not is_owner and not is_addressed and self._is_taken(before):
            return False
        is_place = len(words) == 1 and words[0].lower in self.lexicon.names_too and before.lower in {"from", "of"}
        return is_owner or not (is_place or self._leads_to_place(before))

    def _is_thing(self, words: list[Token], before: Token | None, after: Token | None) -> bool:
        """Tell whether a word makes the name that of a place or a thing.

        Some such words are names as well: after a title or a given name (`Dr Hall`, `Austin Park`) they count as one.
        """
        last, others = words[-1].lower, words[:-1]
        is_titled = before is not None and self._is_title(before)
        if any(self._is_word_for_thing(token.lower) for token in others):
            return True
        if is_titled:
            return last in self.lexicon.space or (
                last in self.lexicon.in_names and last not in self.lexicon.surnames_too
            )
        if others:
            return not self._may_end_name(last)
        if last in self.lexicon.months_too:
            return not self._is_month_somebody(words[0], before, after)
        return last in self.lexicon.in_names or (last in self.lexicon.not_people and last not in self.lexicon.names_too)

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
        is_dated = after is not None and (after.text[0].isdigit() or (after.is_word and not self._ends_phrase(after)))
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

    def _ends_phrase(self, token: Token) -> bool:
        lower = token.lower
        return self.lexicon.is_function_word(lower) or lower in self.lexicon.adverbs or self.lexicon.is_verb(lower)

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

    def is_placed(self, run: list[Token]) -> bool:
        """Tell whether a name stands where places do."""
        before, after = self.tokens.at(run[0].index - 1), self.tokens.at(run[-1].index + 1)
        if before is None or before.sentence != run[0].sentence or not before.is_word or before.lower == "the":
            return False
        return self._leads_to_place(before) or self._is_left(before, after)

    def is_treated_as_somebody(self, run: list[Token]) -> bool:
        """Tell whether a name has a title, does something, or owns something."""
        before, after = self.tokens.at(run[0].index - 1), self.tokens.at(run[-1].index + 1)
        if before is not None and before.sentence == run[0].sentence and self._is_title(before):
            return True
        if after is None:
            return False
        is_doing = self.lexicon.is_verb(after.lower) or is_present(self.tokens, self.lexicon, after)
        return is_doing or after.lower in {"'s", "who", "whose", "whom", "himself", "herself"}

    def is_fronted_place(self, run: list[Token]) -> bool:
        """Tell whether the last word of a run is who does something there: `In Bari Lind thanked them all`."""
        before, after = self.tokens.at(run[0].index - 1), self.tokens.at(run[-1].index + 1)
        if len(run) == 1 or before is None or after is None or not run[-1].is_capital:
            return False
        is_first = before.index == self.tokens.sentences[before.sentence] and before.sentence == run[0].sentence
        is_deed = self.lexicon.is_verb(after.lower) and after.lower not in self.lexicon.auxiliary
        return is_first and before.lower in _FRONTING and is_deed

    def _leads_to_place(self, before: Token) -> bool:
        """Tell whether the word before a name makes it a place or a thing: `in Bari`, `moved to Bari`, `the Bari`.

        Not so after a verb that wants a person: `believed in Bari`, `sat near Bari`, `looked at Bari`.
        """
        ahead = self.tokens.at(before.index - 1)
        if before.lower in {"the", "all"} or self._is_looking_out(before):
            return True
        if before.lower in self.lexicon.place_prepositions:
            return ahead is None or ahead.lower not in self.lexicon.regard
        if before.lower == "on":  # `the station on Bari`, `landed on Bari`, not `relied on Lind`
            return ahead is not None and (ahead.lower in self.lexicon.in_names or ahead.lower in _BEING_ON)
        if ahead is None or before.lower not in {"from", "to", "of"}:
            return False
        if ahead.lower in _PARTICLES - {"over"} and before.lower != "of":  # `flew in from Bari`
            ahead = self.tokens.at(ahead.index - 1) or ahead
        words = self.tokens.all[max(0, before.index - _REGARD) : before.index]
        if before.lower == "from" and any(word.lower in _FOLLOWING for word in words):
            return True
        if before.lower == "from" and any(word.lower in self.lexicon.regard for word in words):
            return False  # `learned to fly from Austin Park`
        is_origin = before.lower == "from" and (self._has_origin(ahead) or self._counts_children(ahead))
        is_folk = before.lower == "of" and self._is_folk(ahead.lower)
        return ahead.lower in self.lexicon.to_places or is_origin or is_folk

    def _is_folk(self, word: str) -> bool:
        """Tell whether a word is for people of some place, not for somebody's: `the herders of Bari`."""
        one = word.removesuffix("s")
        if word.endswith(("men", "women", "folk")):
            return True
        is_plural = one != word and (self.lexicon.is_person_noun(one) or self.lexicon.may_be_person_noun(one))
        return is_plural and not (word in _SOMEBODYS or word in self.lexicon.kin or word in self.lexicon.mutual)

    def _is_looking_out(self, start: Token) -> bool:
        """Tell whether something is done from a place: `From Bari she followed it`, not `From Lind she learned it`."""
        if start.lower != "from" or start.index != self.tokens.sentences[start.sentence]:
            return False
        index = start.index + 1
        while (name := self.tokens.at(index)) and name.is_word and name.is_capital:
            index += 1
        verb = self.tokens.at(index + 1)
        is_somebody = name is not None and name.lower in {"he", "she", "they"} and verb is not None
        return is_somebody and verb is not None and verb.lower not in _HAVING_FROM

    def _has_origin(self, noun: Token) -> bool:
        """Tell whether a noun is for those, or for what, is from some place: `children from Bari`, `the daily from`."""
        lexicon = self.lexicon
        one = noun.lower.removesuffix("s")
        is_person = person_noun(noun.lower, lexicon) is not None or person_noun(one, lexicon) is not None
        lists = (lexicon.groups, lexicon.many, lexicon.many_female, lexicon.many_male, lexicon.called)
        is_listed = any(noun.lower in words for words in lists) or one in lexicon.organisation
        return is_person or is_listed or noun.lower.endswith("-year-old")

    def _is_bare_verb(self, word: str, after: Token | None) -> bool:
        """Tell whether a verb begins a sentence: `Took the controls`, `Packs her bag`."""
        if after is not None and after.lower in _OBJECTS:
            return True
        return (self.lexicon.is_verb(word) and self._has_object(after)) or self._is_first_deed(word, after)

    def _may_tell_of_name(self, after: Token | None) -> bool:
        """Tell whether a plain word may be somebody's name by what follows: `Storm smiled`, not `Soup,” says Storm`."""
        if after is not None and after.lower in self.lexicon.adverbs:
            after = self.tokens.at(after.index + 1)
        if after is None:
            return False
        if after.text == ",":
            following = self.tokens.at(after.index + 1)
            return following is not None and following.text not in _CLOSING
        is_joined = after.lower in {"'s", "and", "who", "whose"} or after.text in {"(", ":"}
        return is_joined or self.lexicon.is_verb(after.lower) or is_present(self.tokens, self.lexicon, after)

    def _is_first_deed(self, word: str, comma: Token | None) -> bool:
        """Tell whether a word is the first of several deeds: `Nods, smiles, goes home`."""
        following = self.tokens.at(comma.index + 1) if comma is not None and comma.text == "," else None
        if following is None or not following.is_word or following.is_capital or not word.endswith("s"):
            return False
        after = self.tokens.at(following.index + 1)
        is_deed = following.lower.endswith("s") and not self.lexicon.is_function_word(following.lower)
        return is_deed and (after is None or after.text == "," or self._ends_phrase(after))

    def _has_object(self, after: Token | None) -> bool:
        """Tell whether something that a verb takes follows, perhaps after a small word: `Hung up the suit`."""
        if after is not None and after.lower in _PARTICLES:
            after = self.tokens.at(after.index + 1)
        return after is not None and after.lower in self.lexicon.determiners

    def _is_before_noun(self, after: Token | None) -> bool:
        """Tell whether a word only begins a compound noun, after which a verb comes: `Hurricane season began`."""
        verb = self.tokens.at(after.index + 1) if after is not None else None
        if after is None or verb is None or after.is_capital or not after.is_word or verb.sentence != after.sentence:
            return False
        is_noun = not (self._ends_phrase(after) or after.lower.endswith(("s", "ed", "ing", "ly")))
        return is_noun and self.lexicon.is_verb(verb.lower)

    def _is_region(self, comma: Token | None, after: Token | None) -> bool:
        """Tell whether a name says where a place is: `a native of Shaoyang, Hunan.`, not `in Bari, Lind said`."""
        if comma is None or comma.text != "," or (after is not None and after.text not in {",", ".", ";"}):
            return False
        index = comma.index - 1
        while (place := self.tokens.at(index)) and place.is_word and place.is_capital:
            index -= 1
        is_named = index < comma.index - 1
        return is_named and place is not None and place.is_word and self._leads_to_place(place)

    def _is_left(self, before: Token, after: Token | None) -> bool:
        """Tell whether a place is left at some age or in some year: `left Vigo at eighteen`, `has never left Vigo`."""
        if before.lower not in {"left", "leaves", "leaving"}:
            return False
        ahead = self.tokens.at(before.index - 1)
        is_open = after is None or after.text in {".", ",", ";"} or after.lower in _LASTING
        if ahead is not None and ahead.lower == "never" and is_open:
            return True
        lead = self.tokens.all[max(0, before.index - _REGARD) : before.index]  # `At nineteen she left Bari.`
        if any(at.lower == "at" and self._is_age(number) for at, number in pairwise(lead)):
            return True
        number = self.tokens.at(after.index + 1) if after is not None and after.lower in {"at", "in", "aged"} else None
        return number is not None and self._is_age(number)

    def _is_age(self, number: Token) -> bool:
        return number.text.isdigit() or number.lower in self.lexicon.numbers or number.lower.endswith("teen")

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
        is_ended = after.lower in self.lexicon.prepositions or after.text in {",", "."}
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
        """Tell whether a name is that of the organisation or thing before it: `her company, Lumen, …`."""
        if comma is None or comma.text != "," or after is None or after.text not in {",", "."}:
            return False
        thing = self.tokens.at(comma.index - 1)
        return thing is not None and (thing.lower in self.lexicon.organisation or thing.lower in self.lexicon.called)

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

    def _counts_children(self, number: Token) -> bool:
        """Tell whether a number ends a word for a parent: `a mother of three from Oulu`."""
        of, parent = self.tokens.at(number.index - 1), self.tokens.at(number.index - 2)
        if of is None or parent is None or of.lower != "of" or number.lower not in self.lexicon.numbers:
            return False
        return person_noun(parent.lower, self.lexicon) is not None

    def _is_plain_start(self, token: Token, before: Token | None, after: Token | None) -> bool:
        """Tell whether one word at the head of a sentence is a plain word: also written small, an adverb, a plural."""
        if before is not None and before.sentence == token.sentence and before.text not in _OPENING:
            return False
        word = token.lower
        if self._is_bare_verb(word, after) or self._is_before_noun(after):
            return True
        is_left = word == "left" and after is not None and after.lower in _LEFT
        if is_left or word in self.plain or word.endswith(("ly", "ing", "wards", "wise")):
            return True
        if not self._may_tell_of_name(after) and word in load_vocabulary():
            return True
        return self._is_plural(word, after)

    def _is_plural(self, word: str, after: Token | None) -> bool:
        """Tell whether a word at the head of a sentence is for many: `Engines and detectors`, `Lorries drive`."""
        if after is not None and after.lower in _VERB_AFTER_ONE:
            return False
        is_plural = word.endswith("s") and not word.endswith("ss")
        if is_plural and after is not None and after.lower == "and":  # `Engines and detectors`, not `Lars and Moe`
            following = self.tokens.at(after.index + 1)
            return following is not None and following.text.islower() and following.lower.endswith("s")
        if (
            is_plural and after is not None and after.lower in self.lexicon.base_forms
        ):  # `Lorries drive`, not `Lars drives`
            return True
        is_some = after is not None and (after.lower in _VERB_AFTER_SOME or after.lower in self.lexicon.prepositions)
        return (
            (is_plural and is_some)
            or word.endswith(_PLURALS)
            or person_noun(word.removesuffix("s"), self.lexicon) is not None
        )


def _is_acronym(token: Token) -> bool:
    """Tell whether a word is no plain name: `NASA`, `SpaceX`, `B2`."""
    text = token.text
    is_acronym = len(text) > 1 and (text[-1].isupper() or sum(map(str.isupper, text)) > 2)  # noqa: PLR2004  # `McDonald` has two
    return is_acronym or any(map(str.isdigit, text))
