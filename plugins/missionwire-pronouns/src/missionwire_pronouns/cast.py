"""The cast of a text: everybody who is mentioned, with all mentions of one person under one number."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Gender, Kind, Mention, Proof, Role
from missionwire_pronouns.names import Listed, Name, find_names
from missionwire_pronouns.nouns import Phrase, find_phrases
from missionwire_pronouns.tokens import Token, Tokens

_KIND_OF: Final = {"f": "a woman", "m": "a man", "x": "somebody who is spoken of as “they”"}
_REACH: Final = 8
"""How many tokens an apposition may lie from its name."""


@dataclass(slots=True)
class _Person:
    """Somebody of the text while the cast is being gathered."""

    label: str
    gender: Gender | None = None
    proof: Proof | None = None
    nouns: set[str] = field(default_factory=set)
    is_named: bool = False
    is_conflicting: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A mention before its role is known: `first` is the first token of the whole phrase."""

    first: int
    last: int
    kind: Kind
    person: int


@dataclass(frozen=True, slots=True)
class Cast:
    """All mentions in the order of the text; `conflicting` are the people of whom the text and the list disagree."""

    mentions: tuple[Mention, ...]
    conflicting: frozenset[int]


def gather_cast(tokens: Tokens, lexicon: Lexicon, listed: Sequence[Listed], taken: Sequence[tuple[int, int]]) -> Cast:
    """Find everybody whom a text mentions, by name or by noun."""
    gathering = _Gathering(tokens, lexicon)
    for name in find_names(tokens, lexicon, listed, taken):
        gathering.add_name(name)
    named = frozenset(gathering.named)
    for phrase in find_phrases(tokens, lexicon, named):
        gathering.add_phrase(phrase)
    return gathering.finish()


class _Gathering:
    """Gathers people in two passes: names first, then nouns, which may belong to a name on either side."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._people: list[_Person] = []
        self._by_key: dict[str, int] = {}
        self._by_noun: dict[str, list[int]] = {}
        self._places: dict[int, _Place] = {}
        self._ends: dict[int, _Place] = {}
        self._nouns: dict[int, int] = {}
        self.named: dict[int, int] = {}

    def add_name(self, name: Name) -> None:
        """Take a name; the first mention of a key makes the person."""
        if name.key not in self._by_key:
            self._by_key[name.key] = len(self._people)
            self._people.append(_Person(name.label, is_named=True))
        number = self._by_key[name.key]
        person = self._people[number]
        span = (self._tokens.all[name.first].start, self._tokens.all[name.last].end)
        if name.gender and person.gender is None:
            person.gender = name.gender
            person.proof = Proof(*span, f"{name.label} is known as {_KIND_OF[name.gender]}")
        before = self._tokens.at(name.first - 1)
        if before is not None and before.text == ".":
            before = self._tokens.at(name.first - 2)
        if before is not None and (sex := self._title(before)):
            self._say(number, sex, before.start, name.label)
        for noun in name.nouns:
            self._call(number, noun)
        self._places[name.first] = _Place(name.first, name.last, "name", number)
        self.named.update(dict.fromkeys(range(name.first, name.last + 1), name.first))

    def add_phrase(self, phrase: Phrase) -> None:
        """Take a noun phrase: it belongs to a name beside it, or to somebody mentioned before, or is somebody new."""
        owner = self._title_of(phrase)
        if owner is None and phrase.is_predicate:
            owner = self._subject_of(phrase)
            if owner is not None:
                self._tie(phrase, owner)
            return
        if owner is None:
            owner = self._beside(phrase)
        if owner is not None and self._tie(phrase, owner):
            return
        if not phrase.determiner and phrase.noun not in self._lexicon.indefinite:
            return
        if phrase.determiner == "no":
            return
        kind: Kind = "anybody" if phrase.noun in self._lexicon.anybody else "noun"
        self._places[phrase.first] = _Place(phrase.first, phrase.last, kind, self._again(phrase))
        self._nouns[phrase.last] = phrase.first

    def finish(self) -> Cast:
        """Give every mention its role, and what is known by now of its person."""
        places = [self._places[first] for first in sorted(self._places)]
        self._ends = {place.last: place for place in places}
        mentions: list[Mention] = []
        for place in places:
            mentions.append(self._mention(place, mentions[-1] if mentions else None))
        conflicting = frozenset(number for number, person in enumerate(self._people) if person.is_conflicting)
        return Cast(tuple(mentions), conflicting)

    def _title(self, token: Token) -> Gender | None:
        if token.lower in self._lexicon.titles_female:
            return "f"
        return "m" if token.lower in self._lexicon.titles_male and token.is_capital else None

    def _say(self, number: int, gender: Gender, start: int, label: str) -> None:
        """Note that the text gives somebody's gender; a second word that disagrees makes it unknown for good."""
        person = self._people[number]
        if person.gender is None and not person.is_conflicting:
            person.gender = gender
            token = self._tokens.all[bisect_left(self._tokens.all, start, key=lambda t: t.start)]
            person.proof = Proof(token.start, token.end, f"the text calls {label} “{token.text}”")
        elif person.gender not in {gender, "x"}:
            person.gender = None
            person.is_conflicting = True

    def _call(self, number: int, noun: str) -> None:
        self._people[number].nouns.add(noun)
        bearers = self._by_noun.setdefault(noun, [])
        if number not in bearers:
            bearers.append(number)

    def _tie(self, phrase: Phrase, first: int) -> bool:
        """Let a phrase belong to the name that starts at a token, unless their genders say that they are two people."""
        number = self._places[first].person
        person = self._people[number]
        is_title = phrase.last + 1 == first
        if phrase.gender and person.gender and phrase.gender != person.gender and not is_title:
            return False
        self._call(number, phrase.noun)
        if phrase.gender in {"f", "m"}:
            self._say(number, phrase.gender, self._tokens.all[phrase.last].start, person.label)
        if is_title:
            place = self._places.pop(first)
            self._places[phrase.first] = _Place(phrase.first, place.last, place.kind, place.person)
            self.named.update(dict.fromkeys(range(phrase.first, place.last + 1), phrase.first))
        return True

    def _title_of(self, phrase: Phrase) -> int | None:
        """Give the name that a phrase is the title of: `actress Yulia`, `the flight director, Ms Orlova`."""
        after = self._tokens.at(phrase.last + 1)
        if after is not None and after.lower in self._lexicon.titles:
            after = self._tokens.at(after.index + 1)
            if after is not None and after.text == ".":
                after = self._tokens.at(after.index + 1)
        return self.named.get(after.index) if after is not None else None

    def _subject_of(self, phrase: Phrase) -> int | None:
        """Give the name of which a phrase is said: `Mori is an engineer`, but not `Mori is said to be`."""
        index = phrase.first - 1
        allowed = self._lexicon.auxiliary | self._lexicon.copula | self._lexicon.adverbs | {"who", "not"}
        while index > phrase.first - _REACH and (token := self._tokens.at(index)) and token.lower in allowed:
            index -= 1
        token, ahead = self._tokens.at(index), self._tokens.at(index + 1)
        if token is not None and token.text == "," and ahead is not None and ahead.lower == "who":
            index -= 1
        return self.named.get(index)

    def _beside(self, phrase: Phrase) -> int | None:
        """Give the name that a phrase stands in apposition to, on either side of a comma."""
        for place in (self._name_before, self._name_after, self._name_identified):
            if (first := place(phrase)) is not None:
                return first
        return None

    def _name_identified(self, phrase: Phrase) -> int | None:
        """`The engineer who mended it was Ines Prado.`"""
        for index in range(phrase.last + 1, phrase.last + 2 * _REACH):
            token = self._tokens.at(index)
            if token is None or token.sentence != self._tokens.all[phrase.last].sentence or token.lower == "'s":
                return None
            if index in self.named:
                before = self._tokens.all[index - 1]
                is_said = before.lower in self._lexicon.copula and phrase.is_definite
                return self._closed_name(index) if is_said else None
        return None

    def _name_before(self, phrase: Phrase) -> int | None:
        """`Andrea Bellini, an engineer, …`, `Peresild, 37, actress`; not the next one of a list."""
        index = phrase.first - 1
        token = self._tokens.at(index)
        if token is None or token.text != ",":
            return None
        age = self._tokens.at(index - 1)
        if age is not None and age.text[0].isdigit() and (comma := self._tokens.at(index - 2)) and comma.text == ",":
            index -= 2
        first = self.named.get(index - 1, self._nouns.get(index - 1))
        return first if first is not None and self._is_closed(phrase) else None

    def _is_closed(self, phrase: Phrase) -> bool:
        """Tell whether a phrase ends like an apposition: at a comma, a dot or `who` before any `and`."""
        for index in range(phrase.last + 1, phrase.last + 1 + _REACH):
            token = self._tokens.at(index)
            if token is not None and token.text == ",":
                return not self._goes_on(index + 1)
            if token is None or token.text in {".", ")", ";"} or token.lower in {"who", "whose"}:
                return True
            if token.lower in {"and", "or"} or token.sentence != self._tokens.all[phrase.last].sentence:
                return False
        return False

    def _goes_on(self, index: int) -> bool:
        """Tell whether a list goes on after a comma."""
        token = self._tokens.at(index)
        return token is not None and (token.lower in {"and", "or"} or token.lower in self._lexicon.determiners)

    def _name_after(self, phrase: Phrase) -> int | None:
        """`her captain, Nils Aas, …`, `the head of the agency, Rogozin, …`; not the next one of a list."""
        for index in range(phrase.last + 1, phrase.last + 1 + _REACH):
            token = self._tokens.at(index)
            if token is None or token.sentence != self._tokens.all[phrase.last].sentence:
                return None
            if token.text == ",":
                return self._closed_name(index + 1)
            if not token.is_word or self._lexicon.is_verb(token.lower) or token.lower in {"and", "or", "who"}:
                return None
        return None

    def _closed_name(self, index: int) -> int | None:
        while (token := self._tokens.at(index)) and (token.lower in self._lexicon.titles or token.text == "."):
            index += 1
        first = self.named.get(index)
        if first is None:
            return None
        after = self._tokens.at(self._places[first].last + 1)
        return first if after is None or after.text in {",", ".", ")", ";"} or after.lower == "who" else None

    def _again(self, phrase: Phrase) -> int:
        """Give whom a phrase speaks of: somebody called so before, the one person named, or somebody new."""
        if phrase.is_definite and not phrase.is_other:
            known = [n for n in self._by_noun.get(phrase.noun, ()) if self._fits(n, phrase)]
            if known and not (phrase.has_modifier and len(known) > 1):
                named = [n for n in known if self._people[n].is_named]
                if len(named) <= 1:
                    return named[0] if named else known[-1]
            if not known and self._is_plain_crew(phrase):
                before = {place.person for place in self._places.values() if place.first < phrase.first}
                if len(before) == 1 and self._people[only := before.pop()].is_named:
                    self._call(only, phrase.noun)
                    return only
        return self._new(phrase)

    def _is_plain_crew(self, phrase: Phrase) -> bool:
        """Tell whether a phrase is `the cosmonaut` and no more, so that it calls somebody by what is known of them."""
        after = self._tokens.at(phrase.last + 1)
        is_closed = after is None or not after.is_word or self._lexicon.is_verb(after.lower) or after.lower == "'s"
        return phrase.noun in self._lexicon.crew and not phrase.has_modifier and is_closed

    def _fits(self, number: int, phrase: Phrase) -> bool:
        gender = self._people[number].gender
        return phrase.gender is None or gender is None or gender == phrase.gender

    def _new(self, phrase: Phrase) -> int:
        number = len(self._people)
        noun = self._tokens.all[phrase.last]
        article = f"{phrase.determiner} " if phrase.determiner in {"the", "a", "an", "his", "her"} else ""
        person = _Person(f"{article}{noun.text.lower()}")
        if phrase.gender in {"f", "m"}:
            person.gender = "f" if phrase.gender == "f" else "m"
            person.proof = Proof(noun.start, noun.end, f"“{noun.text}” means {_KIND_OF[phrase.gender]}")
        self._people.append(person)
        self._call(number, phrase.noun)
        return number

    def _mention(self, place: _Place, previous: Mention | None) -> Mention:
        first, last = self._tokens.all[place.first], self._tokens.all[place.last]
        person = self._people[place.person]
        return Mention(
            first=place.first,
            last=place.last,
            start=first.start,
            end=last.end,
            kind=place.kind,
            entity=place.person,
            gender=person.gender,
            role=self._role(place, previous),
            sentence=first.sentence,
            paragraph=first.paragraph,
            is_quoted=first.is_quoted,
            is_paired=self._is_paired(place),
            label=person.label,
            proof=person.proof,
        )

    def _is_paired(self, place: _Place) -> bool:
        before, after = self._tokens.at(place.first - 1), self._tokens.at(place.last + 1)
        if after is not None and after.lower == "and" and after.index + 1 in self._places:
            return True
        return before is not None and before.lower == "and" and self._ends.get(before.index - 1) is not None

    def _role(self, place: _Place, previous: Mention | None) -> Role:
        """Tell what a mention is in its clause, by the words on both sides of it."""
        after = self._tokens.at(place.last + 1)
        if after is not None and (
            after.lower == "'s" or (after.text in "'’" and after.start == self._tokens.all[place.last].end)
        ):
            following = self._tokens.at(after.index + 1)
            if following is None or following.lower not in {"a", "an", "the", "been", "not", "going"}:
                return "possessor"
        before = self._tokens.at(place.first - 1)
        if before is not None and before.lower == "'s" and previous is not None and previous.last == before.index - 1:
            before = self._tokens.at(previous.first - 1)  # `Mori's husband` stands where `Mori` does
        if before is None or before.sentence != self._tokens.all[place.first].sentence:
            return "subject"
        return self._role_after(place, before, after, previous)

    def _role_after(self, place: _Place, before: Token, after: Token | None, previous: Mention | None) -> Role:
        lexicon = self._lexicon
        has_verb = after is not None and (lexicon.is_verb(after.lower) or after.lower in {"who"})
        if before.lower in {"and", "or", ","} and previous is not None and previous.last >= before.index - 1:
            return previous.role if before.lower != "," else self._after_comma(place, has_verb=has_verb)
        if before.lower in lexicon.subordinators | lexicon.relatives:
            return "subject" if has_verb or before.lower not in lexicon.prepositions else "oblique"
        if before.lower in lexicon.prepositions or before.lower == "to":
            return "oblique"
        if before.lower in lexicon.speech and before.lower not in lexicon.giving and before.is_word:
            ahead = self._tokens.at(before.index - 1)
            is_inverted = ahead is not None and (ahead.is_quoted or ahead.text == ",")
            return "subject" if is_inverted or has_verb else "object"
        if lexicon.is_verb(before.lower) or before.lower.endswith("ing"):
            return "object"
        return self._after_comma(place, has_verb=has_verb)

    def _after_comma(self, place: _Place, *, has_verb: bool) -> Role:
        """A mention that nothing governs is the subject where a verb follows, or where its clause has none so far."""
        if has_verb:
            return "subject"
        start = self._tokens.sentences[self._tokens.all[place.first].sentence]
        for index in range(place.first - 1, max(start, place.first - _REACH) - 1, -1):
            token = self._tokens.all[index]
            if token.text in {",", ";", ":"} or token.lower in self._lexicon.conjunctions:
                break
            if token.is_word and self._lexicon.is_verb(token.lower):
                return "object"
        return "subject"
