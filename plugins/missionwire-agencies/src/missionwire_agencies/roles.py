"""Roles: what an agency does in the sentence that names it, by the rules in `roles.toml`."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from itertools import pairwise
from typing import Final, Literal, NamedTuple

import msgspec

from missionwire_agencies.cues import Cues, Hit, Words
from missionwire_agencies.folding import fold, fold_all
from missionwire_agencies.forms import forms
from missionwire_agencies.matcher import Found
from missionwire_agencies.sentences import Sentences

Role = Literal[
    "operator",
    "launcher",
    "manufacturer",
    "owner",
    "customer",
    "recovery",
    "regulator",
    "partner",
    "source",
    "mentioned",
]

STRONGEST_FIRST: Final[tuple[Role, ...]] = Role.__args__  # type: ignore[attr-defined]  # a Literal has them
"""The roles in the order in which one wins over the others of the same agency in one event."""

MAX_JUDGED: Final = 1_000
"""How many names of one text are judged: no article has more, and a text of nothing but names costs no more."""

_REACH: Final = 90
"""How far from a name a phrase may begin or end, in code points."""

_OWNER_WORDS: Final = 3
_WORDS_AFTER: Final = 6
_OPENING_WORDS: Final = 4
_AUXILIARIES: Final = 3


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule of `roles.toml`; see its head."""

    name: str
    role: Role
    before: Mapping[str, tuple[str, ...]] = {}
    after: Mapping[str, tuple[str, ...]] = {}
    earlier: tuple[str, ...] = ()
    unless_earlier: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    unless_later: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("agency", "company", "broadcaster")
    holds: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()


class Skip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that may stand between a phrase and a name, or that join names, or take a phrase back."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    auxiliary: tuple[str, ...]
    joiners: tuple[str, ...] = msgspec.field(name="and")
    negations: tuple[str, ...] = msgspec.field(name="not")
    prepositions: tuple[str, ...] = msgspec.field(name="preposition")


class RuleBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules, the first that holds first, and the words between."""

    rule: tuple[Rule, ...]
    skip: Skip
    lists: Mapping[str, tuple[str, ...]]

    def spelled(self, beginnings: Sequence[str]) -> tuple[str, ...]:
        """Fold beginnings of words, each list that is named among them spelled out."""
        spelled: list[str] = []
        for beginning in beginnings:
            spelled += fold_all(self.lists[beginning[1:]]) if beginning.startswith("@") else [fold(beginning)]
        return tuple(spelled)


def load_rules() -> RuleBook:
    """Read `roles.toml`."""
    text = (resources.files("missionwire_agencies") / "data" / "roles.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), RuleBook)


class _Condition:
    """What a rule asks of the words before a name, and of those behind the phrase after it."""

    __slots__ = ("_earlier", "_kinds", "_later", "_unless_earlier", "_unless_later")

    def __init__(self, rule: Rule, book: RuleBook) -> None:
        self._kinds = rule.kinds
        self._earlier, self._unless_earlier = book.spelled(rule.earlier), book.spelled(rule.unless_earlier)
        self._later, self._unless_later = book.spelled(rule.later), book.spelled(rule.unless_later)

    def holds(self, place: "_Place", after: Hit | None) -> bool:
        """Tell whether it is met; `after` is the phrase after the name, if the rule has one."""
        if place.found.agency.kind not in self._kinds:
            return False
        if self._later or self._unless_later:
            start = after.end if after else 0
            if not _fits(place.after.some(start, _WORDS_AFTER), self._later, self._unless_later):
                return False
        if not (self._earlier or self._unless_earlier):
            return True
        return _fits(Words(place.earlier).folded, self._earlier, self._unless_earlier)


def _fits(words: Sequence[str], wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> bool:
    """Tell whether some word begins as wanted, if anything is, and none as unwanted; a space ends a whole word."""
    spaced = [f"{word} " for word in words]
    if wanted and not any(word.startswith(wanted) for word in spaced):
        return False
    return not any(word.startswith(unwanted) for word in spaced)


class Verdict(NamedTuple):
    """The role of one named place and the rule that gave it, None where none held; `side` is the phrase's."""

    role: Role
    rule: str | None = None
    side: Literal["before", "after"] | None = None


_MENTIONED: Final = Verdict("mentioned")


class _Place(NamedTuple):
    """A name with the words around it in its sentence, nearest first."""

    found: Found
    earlier: str
    before: Words
    after: Words


class Roles:
    """The rules, made ready for sentences."""

    def __init__(self, book: RuleBook) -> None:
        """Index the phrases of all rules; a few milliseconds."""
        self._rules = book.rule
        self._conditions = [_Condition(rule, book) for rule in book.rule]
        self._before, self._after = Cues(is_backward=True), Cues(is_backward=False)
        for number, rule in enumerate(book.rule):
            for cues, phrases in ((self._before, rule.before), (self._after, rule.after)):
                for phrase in _spelled(phrases):
                    cues.add(phrase, number)
        skip = book.skip
        self._skip_before, self._skip_after = _words(skip.before), _words(skip.after)
        self._joiners, self._negations = _words(skip.joiners), _words(skip.negations)
        self._auxiliaries, self._prepositions = _words(skip.auxiliary), _words(skip.prepositions)

    def of(self, text: str, found: Sequence[Found], sentences: Sentences) -> list[Verdict]:
        """Give the verdict on each name of a text, in their order; names beyond `MAX_JUDGED` are `mentioned`."""
        judged = found[:MAX_JUDGED]
        places = [_place(text, one, sentences) for one in judged]
        verdicts = [self._judge(place) for place in places]
        for first, last in self._lists(text, judged, sentences):
            self._share(places, verdicts, first, last)
        return verdicts + [_MENTIONED] * (len(found) - len(judged))

    def _judge(self, place: _Place) -> Verdict:
        """Give the verdict of the first rule that holds."""
        before = {hit.number: hit for hit in self._hits_before(place.before)}
        after = {hit.number: hit for hit in self._hits_after(place.after)}
        for number in sorted({*before, *after}):
            rule = self._rules[number]
            if rule.before and rule.after and not (number in before and number in after):
                continue
            if self._conditions[number].holds(place, after.get(number)):
                return Verdict(rule.role, rule.name, "before" if number in before else "after")
        return _MENTIONED

    def _hits_before(self, words: Words) -> list[Hit]:
        place = 0
        while not (hits := self._before.at(words, place)):
            following = self._skipped_before(words, place)
            if following == place:
                return []
            place = following
        return [hit for hit in hits if not self._is_negated(words, hit.end)]

    def _skipped_before(self, words: Words, place: int) -> int:
        """Give the place behind a word that may stand before a name, or behind an owner: "Jane Poe's"."""
        word = words.at(place)
        if word is None:
            return place
        if word != "'s":
            return place + (word in self._skip_before)
        end = place + 1
        while end <= place + _OWNER_WORDS and words.is_name(end):
            end += 1
        return end if end > place + 1 else place

    def _is_negated(self, words: Words, place: int) -> bool:
        """Tell whether a "not" goes before a phrase, perhaps with auxiliary words between."""
        for word in words.some(place, _AUXILIARIES):
            if word in self._negations:
                return True
            if word not in self._auxiliaries:
                return False
        return False

    def _hits_after(self, words: Words) -> list[Hit]:
        place = 0
        while not (hits := self._after.at(words, place)):
            if words.at(place) not in self._skip_after:
                return []
            place += 1
        return hits

    def _lists(self, text: str, found: Sequence[Found], sentences: Sentences) -> Iterator[tuple[int, int]]:
        """Give first and last index of each list of names: "A and B", "A, B and C", but not "A, B"."""
        first = last = 0
        for index, (one, other) in enumerate(pairwise(found), start=1):
            link = self._link(text, one, other, sentences)
            if link == "and":
                last = index
            elif link != ",":
                if last > first:
                    yield first, last
                first = index
        if last > first:
            yield first, last

    def _link(self, text: str, one: Found, other: Found, sentences: Sentences) -> str:
        """Tell what joins two neighbouring names: "and", a comma, or nothing ("")."""
        if other.start - one.end > _REACH or other.start >= sentences.around(one.start)[1]:
            return ""
        words = Words(text[one.end : other.start], is_backward=True)
        place = 0
        while (following := self._skipped_before(words, place)) != place:
            place = following
        between = words.folded[place:]
        if between and between[0] in self._joiners and between[1:] in ([], [","]):
            return "and"
        return "," if between == [","] else ""

    def _share(self, places: Sequence[_Place], verdicts: list[Verdict], first: int, last: int) -> None:
        """Give the role of a list's first or last name to the others: its phrase stands before, or after, the list."""
        members = range(first, last + 1)
        is_pair = last == first + 1
        if verdicts[first].side == "before":
            # "According to A, B and C ..." may be a list, or A alone before a clause about B and C.
            if is_pair or not _opens_sentence(places[first]):
                _give(verdicts, members, verdicts[first])
        elif verdicts[last].side == "after" and not self._is_object(places[first]):
            _give(verdicts, members, verdicts[last])

    def _is_object(self, place: _Place) -> bool:
        """Tell whether a preposition goes before a name: "for A and B said" does not say that A spoke."""
        at = 0
        while (following := self._skipped_before(place.before, at)) != at:
            at = following
        return place.before.at(at) in self._prepositions


def _give(verdicts: list[Verdict], members: range, verdict: Verdict) -> None:
    for member in members:
        if verdicts[member].rule is None:
            verdicts[member] = verdict


def _opens_sentence(place: _Place) -> bool:
    """Tell whether the phrase before a name has the beginning of the sentence to itself."""
    return Words(place.earlier[:_REACH]).at(_OPENING_WORDS) is None


def _place(text: str, found: Found, sentences: Sentences) -> _Place:
    start, end = sentences.around(found.start)
    before = Words(text[max(start, found.start - _REACH) : found.start], is_backward=True)
    after = Words(text[found.end : min(end, found.end + _REACH)])
    return _Place(found, text[start : found.start], before, after)


def _spelled(phrases: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for listed in phrases.values():
        for phrase in listed:
            yield from forms(phrase)


def _words(listed: Sequence[str]) -> frozenset[str]:
    return frozenset(fold(form) for word in listed for form in forms(word))
