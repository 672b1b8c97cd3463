"""The years of dates that leave theirs out: in a story of old, told once for all that follows (section 6.4).

"On July 25, 1984, she went out. They had left on July 17": that is July of 1984, whatever the day of publication. A
story goes on through its paragraph, and into the next ones once it has left out years, or where the text is written for
the anniversary of its first day; a date told from the publication ("on Wednesday", "last month") ends it.
"""

import re
from calendar import month_name, monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from missionwire.plugin import Span
from missionwire_terms.dates import Told, shifted
from missionwire_terms.published import Published

IsAside = Callable[[Told], bool]
"""Tells whether a date stands in brackets or in a relative clause, so that no story goes on from it."""

OLD: Final = timedelta(days=200)
"""So long before the publication a day is one of a story of old."""
FRESH: Final = timedelta(days=30)
"""So shortly before the publication a day is rather one of the news, where a story has hardly begun."""
_FIRM: Final = 2
"""So many years that a story has left out show that it is the one that the text is about."""
_FORWARD: Final = timedelta(days=310)
"""How far on a story goes from one date to the next; what would be farther on lies back."""
_ANNIVERSARY: Final = 15
"""So many days from the day of the year on which something happened its anniversary is written of."""

_HAS: Final = re.compile(
    r"\b(?:has|have)\s+(?:(?:not|also|already|now|since|only|just|even)\s+)?(?:been\b|\w+(?:ed|en|wn|ne)\b)"
)
_BACK: Final = re.compile(r"\bsince(?:\s+(?:early|late|mid|the\s+\w+\s+of))?[\s-]+$", re.IGNORECASE)
_HAD: Final = re.compile(r"\bhad\b[^.;,]*$")
_BORN: Final = re.compile(r"\b(?:born|married|founded|built)\b[^.;]*$")
"""What is told of a life in passing, and begins no story."""
_MONTH_NEXT: Final = r"(?!\s+(?:of\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
_AND_DAY: Final = re.compile(
    r",?\s+(?:and|or|to|until)\s+(?:(?:on\s+)?the\s+)?(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)?(?![\w-]|[.:,]\d)"
    + _MONTH_NEXT
    + r"(?=\s*(?:[.;:,)–—]|$)|\s+(?:they|he|she|it|we|the|a|an|two|three|at|in|on|for|with|from|by|of|to|this|that|when"
    r"|as|was|were|is|are|has|had|will|and|both|his|her|its|their|respectively|[A-Z]\w*)\b|,?\s+(?P<year>(?:19|20)\d\d)\b)"
)
"""The second day in "May 28 and 31"."""
_DAY_AND: Final = re.compile(
    r"(?:\b[Oo]n|\b[Ff]rom|\b[Bb]etween|\b[Tt]he|,)\s+(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)?\s+(?:and|or|to)\s+(?:the\s+)?$"
)
"""The first day in "on 28 and 31 May"."""
_LEADS_ON: Final = ("and", "or", "to", "the")
"""With one of these it ends."""
_AND_MONTH: Final = re.compile(
    r"\s+and\s+(?:(?:in|again\s+in)\s+)?(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?![\w’'-]|\s+(?:\d|of\s+\d|[A-Z]))"
)
"""The second month in "in January and February"."""
_JOINED: Final = re.compile(r",?\s+(?:and|or|to|until)\s+(?:(?:again|then)\s+)?(?:(?:on|in)\s+)?(?:the\s+)?")
_MONTHS: Final = list(month_name)[1:]
_MOVED_TO: Final = re.compile(
    r"[^.;]{0,80}?\b(?:(?:postponed|delayed|moved|shifted|rescheduled|pushed|slipped|slid|put\s+off|put\s+back|transferred|deferred)\s"
    r"(?:[^.;,]{0,40}?\s)?)?(?:to|until|till)\s+(?:the\s+|early\s+|late\s+)?"
)
"""Between two days: from the first something was put off to the second, "set for June 24, but postponed to July 7"."""
_PUT_OFF: Final = re.compile(
    r"\b(?:postponed|delayed|moved|shifted|rescheduled|pushed|slipped|slid|put|transferred|deferred)\b"
)
_LOOK_BACK: Final = 30
_OPENING: Final = 20
"""So many characters may stand before a year that opens its sentence: "It was in 1984"."""
_LOOK_FOR_HAD: Final = 80
_LOOK_FOR_BIRTH: Final = 60
_LOOK_AROUND: Final = 240
_LONGEST: Final = 2_000
"""So many characters part paragraphs, too."""


class Chronicle:
    """Walks through the dates of one text, and gives each the year that its story is told of."""

    def __init__(
        self, text: str, published: Published | None, sentence: Callable[[int], Span], is_aside: IsAside
    ) -> None:
        """Begin at the head of the text, in no story."""
        self._sentence = sentence
        self._text = text
        self._now = published
        self._is_aside = is_aside
        self._story: Told | None = None
        self._left_out = 0
        self._remark: Told | None = None
        self._year: int | None = None
        self._day: Told | None = None

    def read(self, days: Sequence[Told]) -> list[Told]:
        """Give the dates with their years, and the second ones of "May 28 and 31"."""
        if all(day.yearless is None for day in days):
            return list(days)
        found: list[Told] = []
        for day in _with_shared_years(self._text, _with_listed(self._text, days)):
            one = self._put_off(self._place(day), found[-1]) if found else self._place(day)
            found.append(one)
            self._go_on(one)
        return found

    def _place(self, day: Told) -> Told:
        if day.yearless is None:
            return day
        if day.shift is not None:
            return replace(day, on=_on(self._year + day.shift, day.yearless)) if self._year else day
        if not day.yearless[0]:
            return self._numbered(day)
        story = None if day.is_to_come else self._story_of(day)
        if story is None or self._is_of_now(day):
            return day
        start = max(self._sentence(day.start).start, day.start - _LOOK_FOR_HAD)
        is_back = bool(_BACK.search(self._text, start, day.start) or _HAD.search(self._text, start, day.start))
        on = _beside(story, day.yearless, is_back=is_back)
        return replace(day, on=on) if on and not self._is_ahead(on) else day

    def _put_off(self, day: Told, first: Told) -> Told:
        """Give a day to which something was put off the year that brings it next after the day it was set for."""
        if not day.yearless or not all(day.yearless) or not first.on or not first.yearless or first.precision != "day":
            return day
        start = self._sentence(day.start).start
        is_moved = start <= first.start and _MOVED_TO.fullmatch(self._text, first.end, day.start)
        if not is_moved or not _PUT_OFF.search(self._text, start, day.start):
            return day
        years = (first.on.year, first.on.year + 1)
        on = next((on for year in years if (on := _on(year, day.yearless)) and on >= first.on), None)
        return replace(day, on=on, is_to_come=not self._now or bool(on and on > self._now.last))

    def _numbered(self, day: Told) -> Told:
        """Read "on the 20th" as the one that follows the day told before it in its paragraph."""
        if day.is_to_come or not day.yearless or not self._day or not self._day.on or self._is_apart(self._day, day):
            return day
        start, number = self._day.on, day.yearless[1]
        ahead = (shifted(start, step) for step in range(32))
        on = next((each for each in ahead if each and each.day == number), None)
        return replace(day, on=on) if on and not self._is_ahead(on) else day

    def _is_of_now(self, day: Told) -> bool:
        """Tell whether the sentence of a date tells of what has been since: "since January she has led it"."""
        sentence = self._sentence(day.start)
        start, end = max(sentence.start, day.start - _LOOK_AROUND), min(sentence.end, day.end + _LOOK_AROUND)
        return bool(_HAS.search(self._text, start, end))

    def _story_of(self, day: Told) -> Told | None:
        """Give the date from which the story goes on to another one."""
        if self._remark and not self._is_apart(self._remark, day):
            return self._remark
        story = self._story
        if story is None or self._left_out >= _FIRM:
            return story
        if story.precision == "year" and not self._opens_a_story(story, day):
            return None
        if self._is_apart(story, day):
            return story if self._left_out and not self._is_fresh(day, FRESH) else None
        reach = FRESH if story.precision == "day" else FRESH * 3
        return None if self._is_fresh(day, reach) and "." in self._text[story.end : day.start] else story

    def _opens_a_story(self, year: Told, day: Told) -> bool:
        """Tell whether a year told alone is that of a later date: it opens its sentence, or shares that of the date."""
        start = self._sentence(year.start).start
        return self._sentence(day.start).start == start or year.start - start <= _OPENING

    def _is_fresh(self, day: Told, reach: timedelta) -> bool:
        """Tell whether a date, read as one of the news, lies shortly before the publication."""
        return bool(self._now and day.on and timedelta(0) <= self._now.last - day.on <= reach)

    def _is_apart(self, one: Told, other: Told) -> bool:
        return other.start - one.end > _LONGEST or self._text.find("\n", one.end, other.start) >= 0

    def _is_ahead(self, on: date) -> bool:
        return bool(self._now and on > self._now.last)

    def _go_on(self, day: Told) -> None:
        """Go on with the story that a date belongs to, begin one, or come back to the day of publication."""
        if day.on and (day.is_of_year or day.shift is not None or (self._story and day.yearless)):
            self._year = day.on.year
        if day.is_of_year and (self._is_aside(day) or self._is_bound(day)):
            return
        if day.precision == "day":
            self._day = day
        if day.is_to_come or not day.on:
            return
        self._remark = None
        if not self._is_old(day.on) or not (day.is_of_year or day.yearless):
            self._story, self._left_out = None, 0
        elif self._left_out >= _FIRM and day.precision == "year":
            self._remark = day  # "she told a paper in 2004" ends no story of 1984
        else:
            is_on = self._story is not None and self._story.on is not None and _is_near(self._story.on, day.on)
            self._left_out = (self._left_out if is_on else 0) + (day.yearless is not None)
            if self._is_anniversary(day):
                self._left_out = _FIRM
            self._story = day

    def _is_bound(self, day: Told) -> bool:
        """Tell whether a year is only that from which something counts, or one of a life told in passing."""
        start = max(0, day.start - _LOOK_FOR_BIRTH)
        is_since = day.precision == "year" and _BACK.search(self._text, start, day.start)
        return bool(is_since or _BORN.search(self._text, start, day.start))

    def _is_old(self, on: date) -> bool:
        return self._now is None or self._now.first - on > OLD

    def _is_anniversary(self, day: Told) -> bool:
        if not self._now or day.precision != "day" or not day.on or not day.is_of_year:
            return False
        apart = (self._now.first.timetuple().tm_yday - day.on.timetuple().tm_yday) % 365
        return min(apart, 365 - apart) <= _ANNIVERSARY


def _is_near(one: date, other: date) -> bool:
    return abs(one - other) <= timedelta(days=400)


def _on(year: int, yearless: tuple[int, int]) -> date | None:
    month, day = yearless
    if not (month and date.min.year <= year <= date.max.year) or day > monthrange(year, month)[1]:
        return None
    return date(year, month, day or 1)


def _beside(story: Told, yearless: tuple[int, int], *, is_back: bool) -> date | None:
    """Give the day of the year that is next in a story, which goes on rather than back."""
    if story.on is None or story.precision == "year":
        return _on(story.on.year, yearless) if story.on else None
    days = [on for year in range(story.on.year - 1, story.on.year + 2) if (on := _on(year, yearless))]
    before = [on for on in days if on <= story.on]
    if is_back:
        return max(before, default=None)
    ahead = [
        on
        for on in days
        if timedelta(0) <= on - story.on.replace(day=1 if not yearless[1] else story.on.day) <= _FORWARD
    ]
    return min(ahead, default=None) or max(before, default=None)


def _with_listed(text: str, days: Sequence[Told]) -> list[Told]:
    """Add the days that stand beside a date without a month of their own: "May 28 and 31"."""
    found: list[Told] = []
    for number, day in enumerate(days):
        if day.yearless is None or not day.yearless[1] or not day.yearless[0] or day.shift is not None:
            found.append(day)
            if day.precision == "month" and (month := _AND_MONTH.match(text, day.end)):
                found.append(_month_on(day, month))
            continue
        end = days[number + 1].start if number + 1 < len(days) else len(text)
        first = _day_before(text, day.start) if text[day.start].isdigit() else None
        if first and (not found or found[-1].end <= first.start("day")):
            found.append(_on_number(day, first))
        found.append(day)
        second = None if text[day.start].isdigit() else _AND_DAY.match(text, day.end, end)
        if second:
            found.append(_on_number(day, second))
    return found


def _day_before(text: str, place: int) -> re.Match[str] | None:
    """Find the day that stands beside the one at a place, before it."""
    head = text[max(0, place - _LOOK_BACK) : place]
    return _DAY_AND.search(text, place - len(head), place) if head.rstrip().endswith(_LEADS_ON) else None


def _month_on(day: Told, match: re.Match[str]) -> Told:
    """Give the month beside another one: of its year, else of the next one."""
    month = _MONTHS.index(match["month"]) + 1
    on = _on(day.on.year + (month < day.on.month), (month, 0)) if day.on else None
    return Told(*match.span("month"), "month", on, is_to_come=day.is_to_come, yearless=(month, 0))


def _on_number(day: Told, match: re.Match[str]) -> Told:
    month, number = (day.yearless or (0, 0))[0], int(match["day"])
    year = match.groupdict().get("year")
    if year:
        on = _on(int(year), (month, number))
        return Told(*match.span("day"), "day", on, is_to_come=day.is_to_come, is_of_year=True)
    on = _on(day.on.year, (month, number)) if day.on else None
    return Told(*match.span("day"), "day", on, is_to_come=day.is_to_come, yearless=(month, number))


def _with_shared_years(text: str, days: Sequence[Told]) -> list[Told]:
    """Give the first of "February 22 and July 11, 2019" the year of the second."""
    found = list(days)
    for number in range(len(found) - 2, -1, -1):
        one, other = found[number], found[number + 1]
        if one.yearless is None or one.shift is not None or not other.is_of_year or not other.on:
            continue
        if other.precision == "year" or not one.yearless[0] or not _JOINED.fullmatch(text, one.end, other.start):
            continue
        on = _on(other.on.year, one.yearless)
        if on and on > other.on:
            on = _on(other.on.year - 1, one.yearless)
        found[number] = replace(one, on=on, yearless=None, is_of_year=True)
    return found
