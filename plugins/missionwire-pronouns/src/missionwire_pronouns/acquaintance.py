"""Acquaintance: whom of those who were mentioned before a noun calls again."""

from bisect import bisect_left
from typing import Final

from msgspec import Struct

from missionwire_pronouns.ages import AgeReader
from missionwire_pronouns.company import Company
from missionwire_pronouns.forms import Sex, other
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Gender
from missionwire_pronouns.phrase import Phrase
from missionwire_pronouns.recall import RecallReader
from missionwire_pronouns.tokens import Tokens

_RANKS: Final = frozenset(
    {"captain", "commander", "pilot", "co-pilot", "copilot", "engineer", "doctor", "navigator"}
) | {
    "spokesman",
    "spokeswoman",
    "director",
    "surgeon",
    "chief",
}
"""Posts of which one crew has one for each."""
_FLYERS: Final = frozenset({"astronaut", "cosmonaut", "taikonaut", "spationaut", "vyomanaut", "spacefarer"})
"""What whoever flies to space is called, and called again."""
_GUESTS: Final = frozenset({"tourist", "passenger", "traveler", "traveller"})
"""What whoever has paid for the flight is called, and called again by another of these."""
_SEASONED: Final = frozenset({"veteran", "rookie", "newcomer", "debutant", "first-timer"})
"""What those who fly are called by how often they have flown."""
_ATTENDING: Final = frozenset({"journalist", "reporter", "doctor", "physician", "nurse", "rescuer", "official"})
"""Who is there for others, and is not called again by where they are from."""
_ORDER: Final = {"latter": -1, "former": 0}
"""Which of those who were named it is."""
_EACH: Final = frozenset({"neither", "either", "each"})
"""Those who were named before: `neither of them`."""
_SOON: Final = 3
"""How many sentences after a name somebody is called again by a noun."""
_JUST_NOW: Final = 2
"""How many sentences after the one person of a paragraph is called again by a noun."""
_SPOUSES: Final[dict[str, Sex]] = {"husband": "f", "widower": "f", "wife": "m", "widow": "m"}
"""Whose spouse somebody is."""
_ONCE: Final = frozenset({"former", "onetime", "ex"})
_CALLINGS: Final = frozenset(
    {"officer", "teacher", "soldier", "journalist", "model", "nurse", "firefighter", "submariner"}
)
"""What those who fly were before."""
_LONG_BACK: Final = 400
"""How many tokens before a noun for a people are looked through for compatriots."""
_LOOK_BACK: Final = 80
"""How many tokens the start of a paragraph may lie back."""
_NOBODY: Final = frozenset({"anybody", "example"})
"""Kinds of mentions that bring nobody in: `nobody asks`, `every pilot`."""
_PASSING: Final = _NOBODY | {"many"}
"""Kinds of mentions that are of nobody in particular."""
_MOST: Final = 16
"""How many people who are called by one noun are told apart."""


class Acquaintance(Struct, frozen=True):
    """Tells who a noun phrase calls again, by what the company so far is called, and where it was mentioned."""

    tokens: Tokens
    lexicon: Lexicon
    company: Company
    recall: RecallReader
    ages: AgeReader

    def known(self, phrase: Phrase) -> int | None:
        """Give whom a definite phrase calls again: somebody called so before, or the one person named, else None."""
        if not phrase.is_definite:
            return None
        for again in (self._in_order, self._titled, self._aged, self._compatriot, self._spouse, self._former):
            if (known_one := again(phrase)) is not None:
                return known_one
        return None if phrase.is_other else self._called(phrase)

    def _called(self, phrase: Phrase) -> int | None:
        alike = _GUESTS if phrase.noun in _GUESTS else {phrase.noun}
        called = dict.fromkeys(n for noun in sorted(alike) for n in self.company.by_noun.get(noun, [])[-_MOST:])
        known = [n for n in called if self._fits(n, phrase)]
        known = [n for n in known if self.company.people[n].first < phrase.first]  # not who is named only later
        if known and not (phrase.has_modifier and len(known) > 1):
            named = [n for n in known if self.company.people[n].is_named]
            if len(named) <= 1:
                return named[0] if named else known[-1]
        is_aged = self.ages.called(phrase.first, phrase.last) is not None
        is_open = not known or (phrase.noun in _FLYERS and (is_aged or not phrase.has_modifier))
        if is_open and self.recall.is_plain_crew(phrase):
            only = self._only_just_now(phrase) if self.recall.is_met(phrase) else self._only(phrase)
            if only is not None and self.company.people[only].is_named and not self._has_other_rank(only, phrase.noun):
                self.company.call(only, phrase.noun)
                return only
        return None

    def is_one_of_known(self, phrase: Phrase) -> bool:
        """Tell whether a phrase calls somebody who was told of, though not which one: `the Pole`, `neither of them`."""
        return (phrase.is_definite and self.recall.is_byname(phrase.noun)) or phrase.noun in _EACH

    def _in_order(self, phrase: Phrase) -> int | None:
        """Give which of those just named it is: `Lind met Kral. The latter was late`, `The former laughed`."""
        if phrase.noun not in _ORDER or phrase.last != phrase.first + 1:
            return None
        here = self.tokens.all[phrase.first]
        start = self.tokens.sentences[max(0, here.sentence - 1)]
        if self.tokens.all[start].paragraph != here.paragraph:
            return None
        places = (self.company.places[i] for i in range(start, phrase.first) if i in self.company.places)
        people = list(dict.fromkeys(place.person for place in places if place.kind == "name"))
        return people[_ORDER[phrase.noun]] if len(people) > 1 else None

    def _titled(self, phrase: Phrase) -> int | None:
        """Give the one person of a title in full: `the first deputy minister`."""
        of = self.tokens.at(phrase.last + 1)
        if not phrase.is_other or (of is not None and of.lower == "of"):
            return None
        titled = self.company.by_noun.get(self.recall.in_full(phrase), [])
        return titled[0] if len(titled) == 1 else None

    def _spouse(self, phrase: Phrase) -> int | None:
        """Give the one woman named whose husband somebody is, or the one man: `the husband of the traveler`."""
        of, head = self.tokens.at(phrase.first - 1), self.tokens.at(phrase.first - 2)
        gender = _SPOUSES.get(head.lower) if of is not None and head is not None and of.lower == "of" else None
        if gender is None or phrase.gender == other(gender):
            return None
        people = ((n, self.company.people[n]) for first, n in self.company.entrances[:_MOST] if first < phrase.first)
        found = [n for n, person in people if person.is_named and person.gender == gender]
        return found[0] if len(found) == 1 else None

    def _former(self, phrase: Phrase) -> int | None:
        """Give the one person named so far, whom it is told what they were: `The former test pilot came out third`."""
        first = self.tokens.sentences[self.tokens.all[phrase.first].sentence]
        words = self.tokens.all[phrase.first + 1 : phrase.last]
        if phrase.first != first or not words or words[0].lower not in _ONCE or self.recall.meets(phrase):
            return None
        if not (phrase.noun in self.lexicon.crew or phrase.noun in self.lexicon.trades or phrase.noun in _CALLINGS):
            return None
        only = self._only_before(phrase)
        return only if only is not None and self.company.people[only].is_named and self._fits(only, phrase) else None

    def _aged(self, phrase: Phrase) -> int | None:
        """Give the one person of the age that a phrase tells: `the 57-year-old astronaut`."""
        age = self.ages.called(phrase.first, phrase.last)
        found = [n for n in self.company.by_age.get(age or 0, ())[:_MOST] if self._fits(n, phrase)]
        return found[0] if len(found) == 1 else None

    def _compatriot(self, phrase: Phrase) -> int | None:
        """Give the one person before a token whom a noun for a people calls: `the Italian`, `the Dane`.

        Of several, the only one near by. Where somebody near by is from nobody knows where, it is not known.
        """
        people = self.recall.people_of(phrase)
        if not people:
            return None
        met = self.recall.meets(phrase)
        here = self.tokens.all[phrase.first]
        near: set[int] = set()
        found: set[int] = set()
        for index in range(phrase.first - 1, max(-1, phrase.first - _LONG_BACK), -1):
            place = self.company.places.get(index)
            if place is None or place.kind in _PASSING:
                continue
            person = self.company.people[place.person]
            is_near = self.tokens.all[index].sentence >= here.sentence - _SOON
            is_new = place.kind == "name" or self.tokens.all[index].lower in {"a", "an"}
            is_new = is_new and not person.nouns & _ATTENDING
            if not person.peoples and is_new and self.tokens.all[index].sentence >= here.sentence - 1:
                return None
            if (people in person.peoples or people in person.nouns) and self._fits(place.person, phrase):
                found.add(place.person)
                if is_near:
                    near.add(place.person)
        found = near or found
        only = found.pop() if len(found) == 1 else None
        is_met = only is not None and met is not None and self.company.people[only].gender != other(met)
        return None if is_met else only

    def _has_other_rank(self, number: int, noun: str) -> bool:
        """Tell whether somebody has a post other than a noun says: the captain is not who was called the engineer."""
        return noun in _RANKS and bool(self.company.people[number].nouns & (_RANKS - {noun}))

    def common_gender(self, first: int) -> Gender | None:
        """Give the gender of all who are mentioned before a token, where it is one."""
        count = bisect_left(self.company.entrances, (first, -1))
        genders = {self.company.people[person].gender for _, person in self.company.entrances[: min(_MOST, count)]}
        return genders.pop() if len(genders) == 1 and 1 < count <= _MOST else None

    def _only(self, phrase: Phrase) -> int | None:
        """Give the one person whom a phrase may call again; None for nobody or more than one."""
        for place in (self._only_before, self._only_in_paragraph, self._only_flyer, self._only_just_now):
            if (only := place(phrase)) is not None and self._fits(only, phrase):
                return only
        return None

    def _only_before(self, phrase: Phrase) -> int | None:
        """Give the one person who is mentioned before a phrase, and not long ago; None for nobody or more than one."""
        first = phrase.first
        entered = self.company.entrances[:_MOST]
        entrances = [person for entrance, person in entered if entrance < first and not self._is_retinue(entrance)]
        if len(entrances) != 1:
            return None
        last = next((i for i in range(first - 1, max(0, first - _LOOK_BACK) - 1, -1) if i in self.recall.named), None)
        if last is None:
            return None
        is_near = self.tokens.all[first].sentence - self.tokens.all[last].sentence <= _SOON
        return entrances[0] if is_near else None

    def _is_retinue(self, entrance: int) -> bool:
        """Tell whether many enter who are somebody's: `Mori and her three companions`."""
        place = self.company.places.get(entrance)
        return place is not None and place.kind == "many" and self.tokens.all[entrance].lower in {"his", "her"}

    def _only_in_paragraph(self, phrase: Phrase) -> int | None:
        """Give the one person of a paragraph before a phrase, who was named just now; None for nobody or several."""
        first = phrase.first
        here = self.tokens.all[first]
        found: int | None = None
        is_near = False
        for index in range(first - 1, max(-1, first - _LOOK_BACK), -1):
            token = self.tokens.all[index]
            if token.paragraph != here.paragraph:
                return found if is_near else None
            place = self.company.places.get(index)
            if place is None or place.kind in _NOBODY or token.is_quoted:
                continue
            if token.sentence == here.sentence or (found is not None and place.person != found):
                return None
            found = place.person
            is_near = is_near or token.sentence >= here.sentence - _JUST_NOW
        return found if is_near and first < _LOOK_BACK else None

    def _only_flyer(self, phrase: Phrase) -> int | None:
        """Give the one flyer whom a phrase fits among those named before it in its paragraph, or the one before."""
        if phrase.noun not in _FLYERS:
            return None
        first = phrase.first
        here = self.tokens.all[first]
        found: set[int] = set()
        is_near = False
        for index in range(first - 1, max(-1, first - _LOOK_BACK), -1):
            token, place = self.tokens.all[index], self.company.places.get(index)
            if token.paragraph < here.paragraph - 1:
                break
            is_flyer = place is not None and place.kind == "name" and self.company.people[place.person].nouns & _FLYERS
            if place is not None and is_flyer and self._fits(place.person, phrase):
                found.add(place.person)
                is_near = is_near or token.sentence >= here.sentence - _SOON
        return found.pop() if len(found) == 1 and is_near else None

    def _only_just_now(self, phrase: Phrase) -> int | None:
        """Give the one person of the last sentence that names anybody, in the paragraph: `Lind came. The veteran …`.

        Of several flyers, the one who is called so.
        """
        is_flyer = phrase.noun in _FLYERS or phrase.noun in _SEASONED
        here = self.tokens.all[phrase.first]
        start = self.tokens.sentences[here.sentence]
        is_first = phrase.first == start or self.tokens.all[phrase.first - 1].text == ","
        if not (is_first and (is_flyer or phrase.noun in self.lexicon.trades)) or self.recall.meets(phrase):
            return None
        here_too = {self.company.places[i].person for i in range(start, phrase.first) if i in self.company.places}
        found: set[int] = set()
        last: int | None = None
        for index in range(start - 1, max(-1, phrase.first - _LOOK_BACK), -1):
            token, place = self.tokens.all[index], self.company.places.get(index)
            if token.paragraph != here.paragraph or token.sentence < (here.sentence - _SOON if last is None else last):
                break
            is_known = place is not None and place.kind == "name" and place.person not in here_too
            if is_known and place is not None and self._fits(place.person, phrase):
                last = token.sentence
                if not is_flyer or self.company.people[place.person].nouns & _FLYERS:
                    found.add(place.person)
        if len(found) > 1:
            found = {number for number in found if phrase.noun in self.company.people[number].nouns}
        return found.pop() if len(found) == 1 else None

    def _fits(self, number: int, phrase: Phrase) -> bool:
        person = self.company.people[number]
        if number == self._answered(phrase):
            return False
        age = self.ages.called(phrase.first, phrase.last) if person.age is not None else None
        if age is not None and age != person.age:
            return False
        return phrase.gender is None or person.gender is None or person.gender == phrase.gender

    def _answered(self, phrase: Phrase) -> int | None:
        """Give who has just spoken, where a phrase tells of who replies: `“…,” said Mori. The pilot replied …`."""
        verb = self.tokens.at(phrase.last + 1)
        before = self.tokens.all[phrase.first].sentence - 1
        if verb is None or verb.lower not in self.lexicon.replying or before < 0:
            return None
        words = self.tokens.sentence(before)
        if not any(word.is_quoted for word in words):
            return None
        speakers = (self.company.places[w.index] for w in words if w.index in self.company.places and not w.is_quoted)
        return next((place.person for place in speakers if place.kind == "name"), None)
