"""An article as it reads with its repairs: sentences, masked mentions, quotes and its date."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar

from msgspec.structs import replace

from missionwire.plugin import AgencyMention, CraftMention, Document, Mention, PersonMention, Span, TimeMention, slug
from missionwire_articles.alignment import Alignment
from missionwire_articles.cues import cues
from missionwire_articles.kept import Kept
from missionwire_articles.moments import instant
from missionwire_articles.places import Place, Places
from missionwire_articles.rules import MARKS
from missionwire_articles.seams import Seams
from missionwire_articles.sentences import Quote, Sentence, quotes, sentences

M_co = TypeVar("M_co", covariant=True)

FINE: Final = frozenset({"second", "minute", "hour", "day"})
"""Precisions in which news tells its times; months and years are of history and plans."""

_CLOCK: Final = frozenset({"second", "minute", "hour"})

_STAY: Final = "expedition-"
"""A stay on a station is a mission, but no craft."""

_WIDE: Final = "utf-32-le"
_WIDTH: Final = 4
"""Each letter has so many bytes where many stretches of a text are covered at once."""

_WIDE_MARKS: Final = {what: mark.encode(_WIDE) for what, mark in MARKS.items()}

_MENTIONS: Final = (PersonMention, AgencyMention, CraftMention, TimeMention)

QUOTED_WORDS: Final = 4
"""Fewer words in quotation marks are a title, or a word held at arm's length: they tell of nothing."""


class Placed(NamedTuple, Generic[M_co]):
    """A mention and where it stands in the reading."""

    start: int
    end: int
    mention: M_co


class Narrative:
    """What the rules look at. All offsets are of the reading; `to_original` leads back."""

    def __init__(self, document: Document, places: Places) -> None:
        """Read the document once."""
        self.document = document
        self._reading = document.reading()
        self.text = self._reading.text
        self.sentences: list[Sentence] = sentences(self.text)
        self.quotes: list[Quote] = quotes(self.text)
        placed = _placed(document)
        self.people: list[Placed[PersonMention]] = placed[PersonMention]
        self.agencies: list[Placed[AgencyMention]] = placed[AgencyMention]
        self.times: list[Placed[TimeMention]] = placed[TimeMention]
        others: list[Placed[Mention]] = [*self.people, *self.agencies, *self.times]
        self.craft = _christened(self.text, placed[CraftMention], others)
        self.places = _apart(list(places.find(self.text)), (self.people, self.agencies, self.craft))
        self.craft = _unlisted(self.text, self.craft, others)
        self.masked = self._mask()
        self._starts = [sentence.start for sentence in self.sentences]

    def to_original(self, start: int, end: int) -> Span:
        """Give the span of the original text that a span of the reading stands for."""
        return self._reading.to_original(start, end)

    def sentence_at(self, place: int) -> int | None:
        """Give the index of the sentence that holds a place, None between sentences."""
        index = bisect_right(self._starts, place) - 1
        return index if index >= 0 and place < self.sentences[index].end else None

    def sentences_in(self, start: int, end: int) -> range:
        """Give the indices of the sentences that reach into a part of the text, which is not empty."""
        before = bisect_right(self._starts, start)
        is_inside = before > 0 and self.sentences[before - 1].end > start
        return range(before - is_inside, bisect_left(self._starts, end, before))

    def quote_at(self, place: int) -> Quote | None:
        """Give the quote that holds a place."""
        index = bisect_right(self.quotes, (place, len(self.text))) - 1
        return self.quotes[index] if index >= 0 and place < self.quotes[index].end else None

    def is_title(self, quote: Quote) -> bool:
        """Tell whether a quote is too short to be somebody's words, and no whole sentence."""
        words = self.text[quote.start : quote.end]
        return len(words.split()) < QUOTED_WORDS and not words.rstrip('”"» ').endswith(("!", "?", ".", "…", ","))

    @Kept
    def small(self) -> str:
        """The masked text in small letters."""
        return _in_small(self.masked)

    @Kept
    def small_text(self) -> str:
        """The text in small letters."""
        return _in_small(self.text)

    @Kept
    def seams(self) -> Seams:
        """Where its sentences may be cut."""
        return Seams(self.small)

    @Kept
    def cues(self) -> list[int]:
        """The cues of each sentence: which patterns it may match."""
        return cues(self.small_text, self.sentences)

    @Kept
    def flights(self) -> list[Placed[CraftMention]]:
        """The places where missions are named that are flights."""
        return [placed for placed in self.craft if is_flight(placed.mention)]

    @Kept
    def stations(self) -> frozenset[str]:
        """The stations that the article names."""
        return frozenset(c.mention.id for c in self.craft if c.mention.what == "station" and c.mention.id)

    @Kept
    def entries(self) -> dict[int, Placed[TimeMention]]:
        """The clocks with which paragraphs begin, by paragraph, where several do: the entries of a live text."""
        starts = {placed.start: placed for placed in self.times if placed.mention.time_precision in _CLOCK}
        found: dict[int, Placed[TimeMention]] = {}
        for sentence in self.sentences if starts else ():
            clock = starts.get(sentence.start)
            if clock and sentence.paragraph not in found and not self.text.startswith(",", clock.end):
                found[sentence.paragraph] = clock
        return found if len(found) > 1 else {}

    @Kept
    def told(self) -> datetime | None:
        """When the article was published; else its dateline; else the first day or clock that it tells: its news."""
        published = instant(self.document.published)
        if published:
            return published
        datelines = (instant(t.mention.time) for t in self.times if t.mention.is_dateline)
        days = (instant(t.mention.time) for t in self.times if t.mention.time_precision in FINE)
        return next((time for time in (*datelines, *days) if time), None)

    def _mask(self) -> str:
        """Give the text with a mark for each letter of what is named; of what overlaps the last stands."""
        letters, last = bytearray(self.text.encode(_WIDE, "surrogatepass")), len(self.text)
        inside = memoryview(letters)  # takes other letters without a copy of them
        covers: list[tuple[int, int, str]] = [(place.start, place.end, place.kind) for place in self.places]
        for mentions, what in ((self.times, "time"), (self.agencies, "agency")):
            covers += [(placed.start, placed.end, what) for placed in mentions]
        covers += [(craft.start, craft.end, craft.mention.what) for craft in self.craft]
        covers += [(person.start, person.end, "person") for person in self.people]
        for start, end, what in covers:
            if start < end <= last:
                inside[_WIDTH * start : _WIDTH * end] = _WIDE_MARKS[what] * (end - start)
        return letters.decode(_WIDE, "surrogatepass")


def is_flight(mention: CraftMention) -> bool:
    """Tell whether a mission is a flight: nothing is launched, docked or landed under the name of a stay."""
    return mention.what == "mission" and bool(mention.id) and not (mention.id or "").startswith(_STAY)


def between(mentions: list[Placed[M_co]], start: int, end: int) -> list[Placed[M_co]]:
    """Give the mentions that begin in a part of the reading; `mentions` are in the order of the text."""
    first = bisect_left(mentions, (start,))
    if first == len(mentions) or mentions[first].start >= end:
        return []
    return mentions[first : bisect_left(mentions, (end,), first + 1)]


MOST_NAMES: Final = 20
"""A text that christens more craft than so many is no news article."""

_NAMED: Final = re.compile(
    r"(?:\s(?:capsule|spacecraft|space ?ship|ship|shuttle|lander))?,?\s(?:(?:named|called|christened)\s)?"
    r"[“\"]?(?P<name>[A-Z][a-z]{2,})\b(?!\s[A-Z])"
)
"""After a craft: the name that it was given, "the Dragon capsule Grace"."""


_CRAFT_WORDS: Final = ("capsule", "spacecraft", "ship", "shuttle", "lander")
_NAMED_ALONE: Final = re.compile(
    rf"(?:\b|(?<=\bspace))(?:{'|'.join(_CRAFT_WORDS)}),?\s(?:(?:named|called|christened)\s)?[“\"]?(?P<name>[A-Z][a-z]{{3,}}),"
)
"""The same where no name of a kind of craft stands there: "their capsule, Endurance, …"."""


def _christened(
    text: str, craft: list[Placed[CraftMention]], others: Iterable[Placed[Mention]]
) -> list[Placed[CraftMention]]:
    """Give the craft, with the places where the text calls one by the name that it gave it before."""
    found = [
        (named, placed.mention)
        for placed in craft
        if placed.mention.what == "spacecraft" and (named := _NAMED.match(text, placed.end))
    ]
    alone = _named_alone(text)
    if not (found or alone):
        return craft
    taken = {placed.start for placed in (*craft, *others)}
    names = {named["name"]: mention for named, mention in found if named.start("name") not in taken}
    for named in alone:
        start, end = named.span("name")
        if start not in taken:
            names.setdefault(named["name"], CraftMention(start=start, end=end, name=named["name"], what="spacecraft"))
    if not names or len(names) > MOST_NAMES:
        return craft
    again = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
    called = [Placed(*match.span(), names[match[0]]) for match in again.finditer(text) if match.start() not in taken]
    return sorted([*craft, *called], key=lambda placed: placed.start)


def _named_alone(text: str) -> list[re.Match[str]]:
    """Give where such a craft is named, in the order of the text: its word is sooner found than the pattern."""
    found = [named for word in _CRAFT_WORDS for place in _all(word, text) if (named := _NAMED_ALONE.match(text, place))]
    return sorted(found, key=re.Match.start)


def _all(word: str, text: str) -> Iterator[int]:
    """Give all places of a word."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + len(word))


_UNLISTED: Final = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|of|for)\s(?P<before>(?=[A-Z][\w-]*(?:\d|[a-z][A-Z]))(?!(?:Il|Mi|An|Tu|Yak|Su|MiG|C|T|F|A|B)-?\d)[A-Z][\w-]*\w)"
    r"\s(?:(?:test|demonstration|qualification|docking)\s)?(?:flight|mission)\b"
    r"|\b[Ee]xperiment,?\s(?:or|called|named|known\sas)\s(?P<after>(?=[A-Z][\w-]*(?:\d|[a-z][A-Z]))[A-Z][\w-]*\w)"
)
"""A mission that is on no list, by its name with a digit or a capital inside: "the AB-C1 flight"."""


def _unlisted(
    text: str, craft: list[Placed[CraftMention]], others: Iterable[Placed[Mention]]
) -> list[Placed[CraftMention]]:
    """Give the craft, with the mission that the text is about where it is on no list: none that is opens the text."""
    half = len(text) // 2
    has_listed = any(each.mention.what == "mission" and each.start < half for each in craft)
    named = None if has_listed else _UNLISTED.search(text, 0, half)
    if not named:
        return craft
    name = named["before"] or named["after"]
    taken = [(placed.start, placed.end) for placed in (*craft, *others)]
    places = [
        match.span()
        for match in re.finditer(rf"\b{re.escape(name)}\b(?!-)", text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    mission = CraftMention(start=0, end=0, name=name, id=slug(name), what="mission")
    return sorted(
        [*craft, *(Placed(start, end, replace(mission, start=start, end=end)) for start, end in places)],
        key=lambda placed: placed.start,
    )


def _placed(document: Document) -> dict[type[Mention], list[Placed[Any]]]:
    """Give the mentions of the text by their kinds, each in the order of the text."""
    found: dict[type[Mention], list[Placed[Any]]] = {kind: [] for kind in _MENTIONS}
    inside = [mention for mention in document.mentions if mention.field == "text"]
    inside.sort(key=attrgetter("start"))
    for one in Alignment(document.corrections).placed(inside):
        found[type(one[2])].append(Placed._make(one))
    return found


def _in_small(text: str) -> str:
    """Make the letters of ASCII small, as those of bytes are: `str.lower` may change the length."""
    return text.encode(errors="surrogatepass").lower().decode(errors="surrogatepass")


def _apart(places: list[Place], named: Iterable[Sequence[Placed[Mention]]]) -> list[Place]:
    """Give the places that are in no other name."""
    if not places:
        return places
    taken = sorted((start, end) for placed in named for start, end, _ in placed)
    return [place for place in places if not _is_within(place, taken)]


def _is_within(place: Place, taken: list[tuple[int, int]]) -> bool:
    index = bisect_right(taken, (place.start, place.start)) - 1
    return index >= 0 and place.start < taken[index][1]
