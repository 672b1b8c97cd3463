"""The times of a text: dates, clocks, and clocks on their dates, in UTC (VOCABULARY, section 6)."""

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from missionwire.plugin import AgencyMention, Correction, Document, Span, TimeMention, TimePrecision
from missionwire_terms.clocks import Clock, Clocks, Pair
from missionwire_terms.contradiction import Home, Newsrooms, Verdict, judge
from missionwire_terms.dates import Told
from missionwire_terms.moments import rfc3339
from missionwire_terms.openings import Openings
from missionwire_terms.page import Page
from missionwire_terms.published import Dateline, Published, find_dateline, read_published
from missionwire_terms.sentences import Passage
from missionwire_terms.signposts import Signposts
from missionwire_terms.ticker import Tickers
from missionwire_terms.zones import BRASILIA, GREENWICH, Zone, Zones, is_local

F = TypeVar("F", TimeMention, Correction)

_INSTANT: Final = re.compile(
    r"(?P<date>\d(?<![\w-]\d)\d{3}-\d{2}-\d{2})T(?P<clock>\d{2}:\d{2}(?P<seconds>:\d{2}(?:\.\d+)?)?)(?P<zone>Z|[+-]\d{2}:?\d{2})(?!\w)"
)

_CLOCK_OF_INSTANT: Final = re.compile(r"T\d{2}:")
_LONGEST_KEPT: Final = 100_000
_MOST_KEPT: Final = 16
"""How many fields, of so many characters at most, are kept as they were read."""


class Times(Struct, frozen=True):
    """What a field of a document tells of time, and the corrections that its zones and its dateline need.

    `asked`: by the ids of agencies whether the document tells of one of them, where that was asked.
    """

    mentions: tuple[TimeMention, ...]
    corrections: tuple[Correction, ...]
    passage: Passage
    asked: Mapping[frozenset[str], bool]


_NOTHING: Final = Times((), (), Passage("", Signposts()), {})


class _Sheet(Struct, frozen=True):
    """All of a document that the times of one of its fields depend on, but for the agencies that few depend on."""

    field: str
    text: str
    dateline: Dateline | None
    published: str | None
    language: str | None
    url: str | None


class _Agencies:
    """The agencies that other plugins found in a document; what is `asked` of them is kept: few texts depend on it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.asked: dict[frozenset[str], bool] = {}

    def has_any(self, ids: frozenset[str]) -> bool:
        """Tell whether one of these is among them."""
        if ids not in self.asked:
            self.asked[ids] = any(type(m) is AgencyMention and m.id in ids for m in self._document.mentions)
        return self.asked[ids]


class TimeReader:
    """Reads the times of documents; made once, holds the zones and what finds clocks."""

    def __init__(self, signposts: Signposts) -> None:
        """Read the zones, and put up what shows where times and homes are told."""
        self._signposts = signposts
        self._openings = Openings(signposts)
        self._zones = Zones(signposts)
        self._clocks = Clocks(self._zones, signposts)
        self._tickers = Tickers(self._zones)
        self._kept: OrderedDict[_Sheet, Times] = OrderedDict()

    def read(self, document: Document, field: str) -> Times:
        """Read the times of one field, relative to the publication, else to a dateline at the head of the text.

        What was read is kept for a while, as a document is read to annotate it and again to repair it.
        """
        text = (document.title or "") if field == "title" else document.text
        if not text:
            return _NOTHING
        sheet = _Sheet(
            field=field,
            text=text,
            dateline=find_dateline(document.text),
            published=document.published,
            language=document.language,
            url=document.url,
        )
        times = self._kept.get(sheet)
        agencies = _Agencies(document)
        if times is None or any(agencies.has_any(ids) is not was_told for ids, was_told in times.asked.items()):
            times = self._read(sheet, agencies)
            self._keep(sheet, times)
        return times

    def _keep(self, sheet: _Sheet, times: Times) -> None:
        if len(sheet.text) <= _LONGEST_KEPT:
            self._kept[sheet] = times
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)

    def _read(self, sheet: _Sheet, agencies: _Agencies) -> Times:
        text, field, dateline = sheet.text, sheet.field, sheet.dateline
        given = read_published(sheet.published)
        published = given or (dateline.published if dateline else None)
        own_line = dateline if field == "text" else None
        passage = Passage(text, self._signposts)
        page = Page(passage, self._openings.find_forms(passage), published, own_line.whole.end if own_line else 0)
        mentions = [_day_mention(told) for told in page.days]
        corrections: list[Correction] = []
        ticker = self._tickers.find(text)
        clocks = page.with_zones(
            self._clocks.find(passage, ticker.entries), ticker, lambda words: self._bare(words, page, sheet)
        )
        page.open_ticker(ticker, clocks)
        homes = _Homes(self._find_homes(page, sheet, clocks, agencies))
        last: TimeMention | None = None
        for clock in clocks:
            day = page.day_of(clock.span)
            if isinstance(clock, Clock) and clock.is_noon and (day is None or clock.zone is None):
                continue  # a part of the day, rather
            if isinstance(clock, Clock):
                mention = _clock_mention(clock, day)
            else:
                verdict = judge(clock, day, homes, published.first if published else None)
                mention = _in_bracket(verdict.mention, clock, page.day_in(clock.second.span.end, clock.span.end))
                corrections += _zone_corrections(text, verdict)
            last = page.in_order(mention, last)
            mentions.append(last)
        mentions += _instants(text)
        if own_line:
            mentions = [mention for mention in mentions if mention.start >= own_line.whole.end]
            mentions.append(_dateline_mention(own_line))
            corrections.append(_deletion(text, own_line, given))
        return Times(
            _of_field(field, _without_parts(mentions)),
            _of_field(field, corrections),
            page.passage,
            {**agencies.asked},
        )

    def _bare(self, words: str, page: Page, sheet: _Sheet) -> Zone | None:
        """Give the zone of a clock that names none among `words`; a text from elsewhere may tell the clock of home."""
        zone = self._zones.of_bare_clock(words, page.text)
        if zone is None or page.portuguese_manner() or any(self._zones.of_words(page.passage)):
            return None
        origins = self._zones.of_origin(sheet.url, sheet.language)
        return zone if not origins or origins[0].iana == zone.iana else None

    def _find_homes(
        self, page: Page, sheet: _Sheet, clocks: Sequence[Clock | Pair], agencies: _Agencies
    ) -> Iterator[Home | Newsrooms]:
        """Give the zones that the text may have been told in, the surest first (section 6.3)."""
        for zone in self._zones.of_origin(sheet.url, sheet.language):
            yield Home(zone, 0.85, "it is the clock of the place that the text comes from")
        if manner := page.portuguese_manner():
            why = "the text comes from Portuguese, as a weekday with its number in brackets shows"
            yield Home(BRASILIA, 0.8, why, (manner,))
        for zone, place in self._zones.of_words(page.passage):
            why = f"the text comes from a language that ‘{place[0]}’ was left of"
            yield Home(zone, 0.7, why, (Span(*place.span()),))
        for zone, told in _only_zone(page.text, clocks):
            yield Home(zone, 0.65, "it is the clock that the text tells elsewhere", (told,))
        for zone, named in self._zones.of_agencies(page.passage, agencies.has_any):
            evidence = (Span(*named.span()),) if named else ()
            yield Home(zone, 0.6, "it is the clock of the agency that the text tells of", evidence)
        yield Home(GREENWICH, 0.7, "one of two clocks that disagree by the home zone itself is that of Greenwich")
        why = "the two clocks are as many hours apart as that zone is from Greenwich"
        homes = tuple(Home(zone, 0.55, why) for zone in self._zones.of_newsrooms())
        yield Newsrooms(homes, self._zones.of_signs(page.text))


class _Homes:
    """The zones that a text may have been told in, each found when it is first asked for: few texts need them."""

    def __init__(self, find: Iterator[Home | Newsrooms]) -> None:
        self._find = find
        self._found: list[Home | Newsrooms] = []

    def __iter__(self) -> Iterator[Home | Newsrooms]:
        """Give them, the surest first."""
        yield from self._found
        for home in self._find:
            self._found.append(home)
            yield home


def _only_zone(text: str, clocks: Sequence[Clock | Pair]) -> list[tuple[Zone, Span]]:
    """Give the one zone of a place that clocks told alone have, as the text calls it: "2:37 pm, Quebec time".

    What no replacement can be, "in the time of Brasília", is named as the table names it.
    """
    told = [
        (clock.zone, clock.zone_span) for clock in clocks if isinstance(clock, Clock) and clock.zone and clock.zone_span
    ]
    told = [(zone, span) for zone, span in told if not is_local(text[span.start : span.end])]
    if len({zone for zone, _ in told}) != 1 or told[0][0].iana is None:
        return []
    zone, span = told[0]
    said = " ".join(text[span.start : span.end].split())
    return [(replace(zone, said=said if said[0].isupper() else zone.said), span)]


def _day_mention(told: Told) -> TimeMention:
    return TimeMention(
        start=told.start,
        end=told.end,
        time=rfc3339(told.on) if told.on else None,
        time_precision=told.precision,
        contradiction=told.rival is not None,
        readings=(rfc3339(told.on), rfc3339(told.rival)) if told.on and told.rival else (),
    )


def _clock_mention(clock: Clock, day: date | None) -> TimeMention:
    moment = clock.utc(day) if day else None
    return TimeMention(
        start=clock.span.start,
        end=clock.span.end,
        time=rfc3339(moment) if moment else None,
        time_precision=clock.precision,
    )


def _in_bracket(mention: TimeMention, pair: Pair, day: date | None) -> TimeMention:
    """Give the time of two clocks by the day that is told with the second: "22:34 (4:34 CEST on Tuesday)"."""
    moment = pair.second.utc(day) if day and not mention.contradiction else None
    return replace(mention, time=rfc3339(moment)) if moment else mention


def _dateline_mention(dateline: Dateline) -> TimeMention:
    return TimeMention(
        start=dateline.told.start,
        end=dateline.told.end,
        time=rfc3339(dateline.published.first),
        time_precision=dateline.published.precision,
        is_dateline=True,
    )


def _instants(text: str) -> list[TimeMention]:
    """Give the moments written in full, `2021-10-17T04:36Z`."""
    found: list[TimeMention] = []
    if not _CLOCK_OF_INSTANT.search(text):
        return found
    for match in _INSTANT.finditer(text):
        try:
            moment = datetime.fromisoformat(match[0]).astimezone(UTC).replace(tzinfo=None, microsecond=0)
        except (ValueError, OverflowError):
            continue
        precision: TimePrecision = "second" if match["seconds"] else "minute"
        found.append(TimeMention(start=match.start(), end=match.end(), time=rfc3339(moment), time_precision=precision))
    return found


def _deletion(text: str, dateline: Dateline, given: Published | None) -> Correction:
    """Take the dateline out of the text; where the sender gave another date, only suggest it."""
    is_same = given is None or (dateline.published.first <= given.last and given.first <= dateline.published.last)
    why = (
        "is the date of publication, no part of the text"
        if is_same
        else "is not the date of publication that was given"
    )
    return Correction(
        start=dateline.whole.start,
        end=dateline.whole.end,
        original=text[dateline.whole.start : dateline.whole.end],
        replacement="",
        reason=f"‘date {dateline.iso}’ at the head {why}.",
        confidence=0.95 if is_same else 0.5,
        evidence=(dateline.told,),
        applied=is_same,
        kind="dateline",
    )


def _zone_corrections(text: str, verdict: Verdict) -> list[Correction]:
    """Mend the zone word that is wrong, never the digits; where it was not decided, every way is only suggested."""
    corrections = []
    for mend in verdict.mends:
        if mend.wrong.zone_span is None:
            continue
        start, end, said = mend.wrong.zone_span.start, mend.wrong.zone_span.end, mend.said
        told, other = (text[clock.span.start : clock.span.end].strip("()") for clock in (mend.wrong, mend.right))
        corrections.append(
            Correction(
                start=start,
                end=end,
                original=text[start:end],
                replacement=said,
                reason=f"‘{told}’ and ‘{other}’ tell one time, so ‘{text[start:end]}’ is {said}: {mend.home.why}.",
                confidence=mend.home.confidence,
                evidence=tuple(sorted({mend.right.span, *mend.home.evidence})),
                applied=verdict.is_decided,
                kind="zone",
            )
        )
    return corrections


def _of_field(field: str, found: Sequence[F]) -> tuple[F, ...]:
    """Give what was found in a field as of it; as long as nothing is said, it is of the text."""
    return tuple(found) if field == "text" else tuple(replace(each, field=field) for each in found)


def _without_parts(mentions: Sequence[TimeMention]) -> list[TimeMention]:
    """Leave out a mention inside another one: a date that is part of a moment, a weekday in a pair's brackets."""
    kept: list[TimeMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
