"""The scene around a word: its sentence, the ones before it, and which kinds of words stand where."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from missionwire.plugin import AgencyMention, CraftMention, Document, PersonMention, Span
from missionwire_terms.devices import first_device
from missionwire_terms.forms import BRACKETED
from missionwire_terms.lexicon import Lexicon
from missionwire_terms.published import find_dateline
from missionwire_terms.sentences import Passage

_KIND_OF_CRAFT: Final[Mapping[str, str]] = {
    "mission": "ship",
    "spacecraft": "ship",
    "vehicle": "rocket",
    "station": "station",
    "site": "site",
}
"""What a craft that another plugin named counts as here."""

_ON_THE_GROUND: Final = frozenset(
    {"agency-head", "official", "executive", "spokesperson", "programme-manager", "flight-director", "launch-director"}
)
"""Roles of people whom the roster knows, and who do not fly."""

NAME: Final = r"(?:[A-Z]\.\s+)?[A-Z][\w’'-]+(?:\s+(?:[a-z]{2,3}\s+)?[A-Z][\w’'-]+){0,2}"
"""A person's name as it looks: up to three words with capitals, perhaps with an initial."""

_AFTER_TITLE: Final = re.compile(rf"(?:\s+of\s+(?:the\s+)?(?:[A-Z][\w-]*\s+){{0,3}}?[A-Z][\w-]*)?,?\s+({NAME})")
_BEFORE_TITLE: Final = re.compile(rf"({NAME}),?\s+(?:(?:the|who\s+is)\s+)?(?:\w+\s+){{0,2}}$")
_FULL_NAME: Final = re.compile(rf"(?<![\w’'-]){NAME}")
_LONG_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_MOST: Final = 0.7
_LONGEST: Final = 2_000
"""How many characters of a paragraph are looked at before a place, and after it."""
_FEW: Final = 1_000
"""Up to how many characters are looked through for one place; for more, all of the field is, once for all."""
_NEIGHBOURS: Final = 4
"""How many places of a kind are looked at on each side; of one kind, no more than two can share a place with a word."""


class Scene:
    """One field of a document, ready to be asked what stands near a place. Frozen; answers are spans of the field."""

    def __init__(
        self, document: Document, field: str, passage: Passage, lexicon: Lexicon, facing: Passage | None = None
    ) -> None:
        """Take the field's text with its sentences, and the mentions that other plugins found in it.

        `facing` is the document's other field: of a headline the text under it, of a text its headline.
        """
        self.document = document
        self.field = field
        self._facing = facing
        self.text = passage.text
        self.small = passage.small
        self.passage = passage
        self.sentence = passage.sentence
        self.sentence_number = passage.number
        self._lexicon = lexicon
        self._named = _named_kinds(document, field)
        self._found: dict[tuple[str, int, int], Sequence[tuple[int, int]]] = {}
        self._untold: set[str] = set()
        self._stretches: dict[tuple[int, int, int], Span] = {}
        self._surnames: dict[str, Mapping[str, Span]] = {}

    @property
    def people(self) -> tuple[PersonMention, ...]:
        """The people whom other plugins found in this field, in its order."""
        return self.document.people(self.field)

    @cached_property
    def things(self) -> tuple[Span, ...]:
        """The places where other plugins found agencies and craft in this field."""
        return tuple(
            Span(mention.start, mention.end)
            for mention in self.document.mentions
            if isinstance(mention, AgencyMention | CraftMention) and mention.field == self.field
        )

    def stretch(self, span: Span, back: int, on: int = 0) -> Span:
        """Give the part of the text from the `back`-th sentence before that of `span` to the `on`-th after it."""
        key = self.sentence_number(span.start), back, on
        stretch = self._stretches.get(key)
        if stretch is None:
            number, bounds = key[0], self.passage.bounds
            stretch = Span(bounds[max(0, number - back)][0], bounds[min(len(bounds) - 1, number + on)][1])
            self._stretches[key] = stretch
        return stretch if span.end <= stretch.end else Span(stretch.start, span.end)

    def paragraph(self, span: Span) -> Span:
        """Give the paragraph that a place is in, of one that is very long the part around the place."""
        first, last = max(0, span.start - _LONGEST), min(len(self.text), span.end + _LONGEST)
        start, end = self.text.rfind("\n", first, span.start), self.text.find("\n", span.end, last)
        return Span(start + 1 if start >= 0 else first, end if end >= 0 else last)

    def spans(self, kind: str) -> list[Span]:
        """Give all places of a kind of word in the field, in its order."""
        return [Span(*place) for place in self._places(kind, 0, len(self.text))]

    def nearest(self, kinds: Iterable[str], span: Span, within: Span) -> Span | None:
        """Give the place of one of the kinds inside `within` that is closest to `span` and shares nothing with it."""
        nearest, least = None, len(self.text) + 1
        first, last = span.start, span.end
        part = (within.start, within.end) if within.end - within.start < _FEW else (0, len(self.text))
        for kind in kinds:
            if kind in self._untold:  # so it is with most
                continue
            places = self._places(kind, *part)
            for start, end in _around(places, first) if places else ():
                far = start - last if start >= last else first - end  # less than none where they share something
                if 0 <= far < least and within.start <= start and end <= within.end:
                    nearest, least = (start, end), far
        return Span(*nearest) if nearest else None

    def is_told_beyond(self, kinds: Iterable[str], span: Span, back: int | None = None) -> bool:
        """Tell whether one of the kinds stands in the other field, where that is near: it is no evidence to show.

        Of a word in a headline that is the first sentence of the text and `back` more; of one in the first `back`
        sentences of a text the headline. Without `back` all of the other field counts.
        """
        facing = self._facing
        if facing is None or not facing.bounds:
            return False
        end = len(facing.text)
        if back is not None:
            if self.field == "title":
                _, end = facing.bounds[min(back, len(facing.bounds) - 1)]
            elif self.sentence_number(span.start) >= back:
                return False
        return any(self._stands_beyond(facing, kind, end) for kind in kinds)

    def _stands_beyond(self, facing: Passage, kind: str, end: int) -> bool:
        if any(start < end for start, _ in self._named_beyond.get(kind, ())):
            return True
        return any(True for _ in self._lexicon.words(kind).find_in(facing, 0, end))

    @cached_property
    def _named_beyond(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        return _named_kinds(self.document, "text" if self.field == "title" else "title")

    def _places(self, kind: str, start: int, end: int) -> Sequence[tuple[int, int]]:
        """Give the places of a kind that begin in a part of the field, each part looked at once."""
        key = kind, start, end
        places = self._found.get(key)
        if places is None:
            words, named = self._lexicon.words(kind), self._named.get(kind)
            if not named and not words.may_stand(self.passage):
                self._untold.add(kind)
                return ()
            found = words.find_in(self.passage, start, end)
            places = [match.span() for match in found] if found else ()
            if named:
                inside = named[bisect_left(named, (start,)) : bisect_left(named, (end,))]
                places = sorted({*places, *inside}) if inside else places
            self._found[key] = places
        return places

    def holds_any(self, kinds: Iterable[str], place: Span) -> bool:
        """Tell whether a word of one of the kinds stands inside a place."""
        return any(self._lexicon.words(kind).pattern.search(self.text, place.start, place.end) for kind in kinds)

    def surnames_beside(self, kind: str) -> Mapping[str, Span]:
        """Give the surnames that stand right after or before a word of the kind, with the place of that word."""
        if kind not in self._surnames:
            found: dict[str, Span] = {}
            for word in self.spans(kind):
                after = _AFTER_TITLE.match(self.text, word.end)
                before = None if after else _BEFORE_TITLE.search(self.text[max(0, word.start - 60) : word.start])
                if name := after or before:
                    found.setdefault(name[1].split()[-1], word)
            self._surnames[kind] = found
        return self._surnames[kind]

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The last words of what may be full names: two words or more with capitals."""
        return frozenset(name.split()[-1] for name in _FULL_NAME.findall(self.text) if " " in name)

    @cached_property
    def first_device(self) -> int:
        """Where the first device ends that the field introduces as one; behind the field where there is none."""
        return first_device(self.text, self.small)

    @cached_property
    def is_translated(self) -> bool:
        """Tell whether the document shows that it was translated, without a word of it put wrong.

        Its language, or a correction of another plugin, a dateline that an export left, the Portuguese manner of days.
        """
        document = self.document
        language = (document.language or "en").lower()
        return (
            not language.startswith("en")
            or any(correction.applied for correction in document.corrections)
            or find_dateline(document.text) is not None
            or bool(BRACKETED.search(document.text))
        )

    @cached_property
    def is_title_case(self) -> bool:
        """Tell whether the field is a headline in which nearly every long word has a capital."""
        if self.field != "title":
            return False
        words = _LONG_WORD.findall(self.text)
        return bool(words) and sum(word[0].isupper() for word in words) > _MOST * len(words)

    def is_about_spaceflight(self) -> bool:
        """Tell whether the document is a mission's event, or speaks of spaceflight in its text or title."""
        event = self.document.event
        if event is not None and (event.mission or event.type.startswith("missionwire.")):
            return True
        if any(type(mention) is CraftMention for mention in self.document.mentions):
            return True
        other = self.document.text if self.field == "title" else self.document.title or ""
        pattern = self._lexicon.words("spaceflight").pattern
        return bool(pattern.search(self.text) or pattern.search(other))


def _named_kinds(document: Document, field: str) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Give where other plugins named something in a field, in its order, by the kinds of words that it counts as."""
    kinds: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for mention in document.mentions:
        if type(mention) is CraftMention:  # of a Struct, isinstance takes nine times as long
            if mention.field == field:
                kinds[_KIND_OF_CRAFT[mention.what]].append((mention.start, mention.end))
        elif type(mention) is PersonMention and mention.field == field:
            kinds["people"].append((mention.start, mention.end))
            if mention.id and mention.role not in _ON_THE_GROUND:
                kinds["known_flier"].append((mention.start, mention.end))
    for places in kinds.values():
        places.sort()
    return kinds


def _around(places: Sequence[tuple[int, int]], start: int) -> Sequence[tuple[int, int]]:
    """Give the few places that stand next to a word; those farther off cannot be the nearest."""
    if len(places) <= _NEIGHBOURS:
        return places
    index = bisect_left(places, (start,))
    return places[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS]
