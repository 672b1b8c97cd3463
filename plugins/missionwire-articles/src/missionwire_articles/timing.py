"""When something that a sentence tells happened: which of its times belongs to which of its verbs."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Final

from msgspec import Struct

from missionwire.plugin import TimeMention, TimePrecision
from missionwire_articles.clauses import Clause
from missionwire_articles.cues import Cued
from missionwire_articles.moments import Moment, instant, moment
from missionwire_articles.narrative import Narrative, Placed, between
from missionwire_articles.remarks import is_in_remark
from missionwire_articles.rules import MARKS

_LAST_JOINT: Final = re.compile(r"(?s:(?P<before>.*))(?:,\s|(?<!,)\s(?:and|but|or)\s)")
"""Where what goes with the next verb may begin last."""

_LAST_STRONG: Final = re.compile(r"(?s:(?P<before>.*)),\s(?:and|but)\s(?=(?:(?:on|at|in|early|late)\s)*\ue007)")
"""Where it begins for sure: ", and on Thursday, at 2:48 pm, …"."""

_AND_WAS: Final = re.compile(r"\sand\s(?:(?:was|is|had)\s)?(?:the\s)?")
"""Between a year and a verb: it was told of another one before it, "retired in 2018 and was the first …"."""

_COUNTED: Final = re.compile(r"\b(?:later|after)\b")
_GOES_ON: Final = re.compile(r",\s(?:and|but)\s$")
_BETWEEN: Final = re.compile(
    rf",\s(?:(?:on|in|at|early|late|the)\s){{0,3}}{MARKS['time']}+(?:\sof\s(?:that|the\ssame)\s(?:year|month))?,\s(?:(?:was|were|had|has|been|is)\s){{0,3}}"
)
"""A time set between a noun and its verb: "the spacewalk, on March 3, was ended"."""
_AFTERWARDS: Final = re.compile(r"\b(?:then|later|finally|subsequently|afterwards)\b")
_OPENING: Final = re.compile(
    r"[\"“\s]*(?:(?:on|at|in|early|late|shortly|just)\s){0,2}$|[\"“\s]*(?:during|on|in|at)\s(?:[\w-]+\s){1,6}?(?:in|on|of)\s$"
)
_FRAMES: Final = re.compile(rf",|\s(?:(?:it|he|she|they|the)\s|[{MARKS['person']}-{MARKS['station']}])")
"""After a time that opens a clause: a comma, or the subject."""

_WHEN: Final = re.compile(r"when\s")
"""A clause that goes on from the time before it: "on November 24, when …"."""

_THEN: Final = re.compile(r"(?:then|(?:on\s)?that\sday|(?:at\s)?that\stime)\b")
_IT_WAS: Final = re.compile(
    rf"(?:[^,;]*\s)?[\"“]?it\s(?:was|is)\s(?:not\suntil\s|only\s|already\s|about\s|around\s|almost\s|nearly\s|at\s|on\s)*{MARKS['time']}+,?\s?"
)
"""A clause that is the time of the next one."""

_OTHER_VERB: Final = re.compile(
    r",?\s(?:and|but)\s(?:(?:then|later|finally)\s)?(?:\w{2,}ed|came|went|left|took|began|got|rose|flew)\s"
)
"""What goes on from the main clause, behind another: "it began at noon, when …, and ended at six"."""

_NEXT_VERB: Final = Cued(
    r",\sand\s(?:(?:then|later|finally)\s)?(?:returned|came|went|left|landed|flew|undocked|docked|departed|arrived|launched)\s[^,;]*$"
)
"""What its subject did next, at a time of its own: "had leaks, and returned empty on Friday"."""

_TIME_NEXT: Final = re.compile(r"(?:(?:first|once)\s)?(?:(?:on|in|at)\s)?\ue007")
"""What was counted is told after a colon: "it touched down twice: in May and in July"."""

_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY_NUMBER: Final = re.compile(
    rf"\b{_MONTH}\s(?P<after>\d{{1,2}})\b|\((?P<told>\d{{1,2}})\)|\b(?P<before>\d{{1,2}})(?:st|nd|rd|th)?(?:\s(?:of\s)?{_MONTH}|\b(?<=[hdt]))"
)
_APPOSED: Final = re.compile(rf"{MARKS['person']},\s(?:(?:the|an?)\s[^,;]*)?$")
_CLOSED: Final = re.compile(rf"[^,;{MARKS['time']}]*,\s(?:(?:in|on|at|during|late|early)\s|{MARKS['time']})")
"""What follows a verb in an apposition where the main clause goes on behind it."""

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY: Final = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b", re.IGNORECASE)
_CAUSE: Final = Cued(r"(?:because of|due to|owing to)\b")
_FOUND_THEN: Final = Cued(
    r"\b(?:an?|the|its|their|his|her|two|three|some|of)\s(?:[\w-]+\s){1,3}(?:discovered|found|detected|noticed|spotted|installed|mounted"
    r"|attached|placed|delivered|brought|damaged|broken|identified|observed|reported|drilled|seen|lost|begun|started|interrupted|deployed"
    r"|left)\s(?:(?:behind|there|up|out|last|early|late|back|on|in|at|during|the)\s){0,3}$"
)
"""Between a plan and a time: it is of a thing told of, "to inspect a hole discovered in August"."""

_WILL_TOO: Final = re.compile(r",?\s(?:and|but)\s(?:then\s|later\s)?(?:will|would|(?:is|are)\sto)\s")
"""Between a plan and a month: it is of the next plan, "will test a tool and will return in December"."""

_TO_COME: Final = Cued(r"\b(?:will|would|(?:supposed|scheduled|due|expected|set|planned|going|slated) (?:to|for|on))\b")


class _Told(Struct, frozen=True):
    """A time of the sentence, and where its clause begins."""

    start: int
    end: int
    moment: Moment
    clause: int | None


class Timing:
    """The times of one sentence, asked for verb by verb."""

    def __init__(
        self, narrative: Narrative, index: int, parts: Sequence[Clause], verbs: Sequence[tuple[int, int]]
    ) -> None:
        """Take the clauses of the sentence `index`, and its verbs: each time belongs to one of them."""
        sentence = narrative.sentences[index]
        self._narrative = narrative
        self._cues = narrative.cues[index]
        self._parts = parts
        self._verbs = verbs
        entry = narrative.entries.get(sentence.paragraph)
        self._entry = entry.mention if entry else None
        placed = between(narrative.times, sentence.start, sentence.end)
        self._times = list(self._read(placed)) if placed else []
        if len(self._times) > 1:
            times = self._times
            self._times = [one for place, one in enumerate(times) if not self._is_counted_elsewhere(one, times[:place])]
        self._starts = [told.start for told in self._times]

    def _read(self, times: Sequence[Placed[TimeMention]]) -> Iterator[_Told]:
        for start, end, mention in times:
            told = None if mention.is_dateline else moment(mention.time, mention.time_precision)
            if told:
                clause = bisect_left(self._parts, (start + 1,))
                yield _Told(start, end, told, self._parts[clause - 1].start if clause else None)

    def moment(self, start: int, end: int, clause: int, *, is_plan: bool) -> Moment | None:
        """Give the time of what the verb at `start` to `end` tells; None where none of the sentence's is surely its."""
        if not self._times:
            return None
        for zone in self._zones(start, end, clause, is_plan=is_plan):
            inside = self._within(*zone)
            if inside and (found := [p for p in inside if self._is_its(p, zone[0], (start, end), is_plan=is_plan)]):
                told = self._finest(found, nearest=start)
                return self._with_clock(told, start, end, clause) if told and not is_plan else told
        if not is_plan and (frame := self._opening_time(clause)):
            return frame
        return None if is_plan or self._entry is None else moment(self._entry.time, self._entry.time_precision)

    def _with_clock(self, told: Moment, start: int, end: int, clause: int) -> Moment:
        """Give the clock of that day with which a verb's clause opens: "At 1:12 pm it lifted off on Wednesday"."""
        begin = self._parts[clause].start
        if told.precision != "day" or not self._within(begin, start):
            return told
        if any(begin <= first and last <= start for first, last in self._verbs):
            return told
        opening = [p for p in self._within(begin, start) if self._is_its(p, begin, (start, end), is_plan=False)]
        clock = self._finest(opening, nearest=start)
        return clock if clock and clock.rank < told.rank and clock.meets(told) else told

    def _within(self, start: int, end: int) -> list[_Told]:
        """Give the times that stand in a part of the sentence."""
        first = bisect_left(self._starts, start)
        return self._times[first : bisect_left(self._starts, end, first)]

    def _is_counted_elsewhere(self, counted: _Told, before: Sequence[_Told]) -> bool:
        """Tell whether "a day later" was counted from another sentence: it lies before the date of its own."""
        is_earlier = any(counted.moment.end < told.moment.start for told in before)
        return is_earlier and bool(_COUNTED.search(self._narrative.small_text, counted.start, counted.end))

    def first(self, start: int, end: int) -> Moment | None:
        """Give the first time that stands in a part of the sentence."""
        told = self._within(start, end)
        return told[0].moment if told else None

    def finest(self, start: int, end: int) -> Moment | None:
        """Give the first time that stands in a part of the sentence, or a finer one there that agrees."""
        return self._finest(self._within(start, end), nearest=start)

    def _zones(self, start: int, end: int, clause: int, *, is_plan: bool) -> Iterator[tuple[int, int]]:
        """Give the parts of the sentence in which the verb's time may stand, the likeliest first."""
        yield start, end
        parts, part = self._parts, self._parts[clause]
        previous, following = self._neighbours(part, start, end)
        is_when = bool(clause and _WHEN.match(self._narrative.small, part.start))
        if is_when and (other := _OTHER_VERB.search(self._narrative.small, end, part.end)):
            yield end, other.start()
            yield parts[clause - 1].start, parts[clause - 1].end
        if self._within(end, part.end if following is None else following):
            yield end, self._before_when(end, clause) if following is None else self._joint(end, following) or following
        if previous is None:
            yield part.start, start
        elif self._within(part.start, start):
            yield from self._after_another(part, previous, start)
        yield from self._beside(end, clause)
        if part.trails and part.owner is not None:
            yield parts[part.owner].start, parts[part.owner].end
        is_cause = self._cues & _CAUSE.cue and _CAUSE.match(self._narrative.small, start)
        if is_cause:  # it was then that something else was done because of it
            yield part.start, start
        if is_plan:  # "is to undock in March and to land in Kazakhstan"
            yield part.start, start
            yield end, part.end

    def _after_another(self, part: Clause, previous: int, start: int) -> Iterator[tuple[int, int]]:
        """Give the parts of a clause before a verb in which its time may stand, where another verb stands there too."""
        if self._within(previous, start) and (joint := self._joint(previous, start)):
            yield joint, start
            if _BETWEEN.fullmatch(self._narrative.small, previous, start):
                yield previous, start
        if frame := self._frame(part, previous, start):
            yield frame

    def _neighbours(self, part: Clause, start: int, end: int) -> tuple[int | None, int | None]:
        """Give where the verb before one ends in its clause, and where the next begins."""
        previous = None
        for first, last in self._verbs:
            if part.start <= first and last <= start and self._narrative.small[last:start].strip():
                previous = last
            elif end <= first < part.end and not self._is_apposed(end, first, last, part.end):
                return previous, first
        return previous, None

    def _is_apposed(self, start: int, first: int, last: int, end: int) -> bool:
        """Tell whether its clause goes on behind the apposition that a verb is in: "NAME, the first to lead it, on"."""
        small = self._narrative.small
        apposed = _APPOSED.search(small, start, first)
        is_noun = apposed and (apposed.end() > apposed.start() + len("X, ") or small.startswith("the ", first))
        return bool(is_noun) and bool(_CLOSED.match(small, last, end))

    def _opening_time(self, clause: int) -> Moment | None:
        """Give the time with which the sentence opens, of a verb in a later part that goes on: "In March …; he …"."""
        first, small = self._times[0], self._narrative.small
        begin = self._parts[clause].start
        if first.end > begin or not _OPENING.fullmatch(small, self._parts[0].start, first.start):
            return None
        is_next = small[first.end : begin].rstrip().endswith(";") or _GOES_ON.search(
            small, max(first.end, begin - 8), begin
        )
        return first.moment if is_next else None

    def _beside(self, end: int, clause: int) -> Iterator[tuple[int, int]]:
        """Give the clauses next to the verb's that tell when it was: after a colon, before "when", with "while"."""
        parts, small = self._parts, self._narrative.small
        if small[end : parts[clause].end].rstrip().endswith(":") and clause + 1 < len(parts):
            start, stop = parts[clause + 1][:2]
            if _TIME_NEXT.match(small, start):
                yield start, self._joint(start, stop) or stop
        before = parts[clause - 1] if clause else None
        if before is None or not self._within(before.start, before.end):
            return
        is_then = before.is_together and before.owner is None
        if is_then or _WHEN.match(small, parts[clause].start) or self._is_told_first(clause):
            yield before.start, before.end

    def _is_told_first(self, clause: int) -> bool:
        """Tell whether the clause before tells the time of one: "It was TIME before …", "It comes on TIME: then …"."""
        (start, end), small = self._parts[clause - 1][:2], self._narrative.small
        is_then = small[start:end].rstrip().endswith((":", ";")) and _THEN.match(small, end)
        return bool(is_then) or bool(_IT_WAS.fullmatch(small, start, end))

    def _before_when(self, end: int, clause: int) -> int:
        """Give where a clause ends; ", and in May, when …" at its end is of the clause that follows."""
        stop = self._parts[clause].end
        if clause + 1 < len(self._parts) and _WHEN.match(self._narrative.small, stop):
            joint = _LAST_STRONG.match(self._narrative.small, end, stop)
            return joint.end("before") if joint else stop
        return stop

    def _joint(self, left: int, right: int) -> int | None:
        """Give where what goes with one verb ends and what goes with the next begins: at the last "and" or comma."""
        small = self._narrative.small
        joint = _LAST_STRONG.match(small, left, right) or _LAST_JOINT.match(small, left, right)
        return joint.end("before") if joint else None

    def _frame(self, part: Clause, previous: int, start: int) -> tuple[int, int] | None:
        """Give the place of a time that opens a clause ("On Tuesday, …"): all that it tells was then."""
        small = self._narrative.small
        inside = self._within(part.start, part.end)
        if not inside or inside[0].end > previous:
            return None
        first = inside[0]
        if first.moment.precision not in {"month", "year"} and _AFTERWARDS.search(small, previous, start):
            return None
        is_frame = _OPENING.fullmatch(small, part.start, first.start) and _FRAMES.match(small, first.end)
        return (part.start, first.end) if is_frame else None

    def _is_its(self, told: _Told, zone: int, verb: tuple[int, int], *, is_plan: bool) -> bool:
        small = self._narrative.small
        is_long = told.moment.precision in {"month", "year"}
        if is_long and not is_plan and _AND_WAS.fullmatch(small, told.end, verb[0]):
            return False  # of the verb before it
        if is_plan and self._cues & _FOUND_THEN.cue and _FOUND_THEN.search(small, verb[1], told.start):
            return False
        if is_plan and is_long and _WILL_TOO.search(small, verb[1], told.start):
            return False
        may_be_next = not is_plan and zone >= verb[1] and self._cues & _NEXT_VERB.cue
        if may_be_next and _NEXT_VERB.search(small, verb[1], told.start):
            return False
        clause = zone if told.clause is None else told.clause
        is_aside = is_in_remark(small, self._cues, clause, (told.start, told.end), verb)
        may_be_of_plan = not is_plan and self._cues & _TO_COME.cue
        return not (is_aside or (may_be_of_plan and self._is_to_come(told, zone)))

    def _is_to_come(self, told: _Told, start: int) -> bool:
        """Tell whether a time is of a plan told on the way: "that was supposed to fly this weekend"."""
        before = self._narrative.small[start : told.start]
        phrase = before[before.rfind(",") + 1 :]
        return bool(_TO_COME.search(phrase))

    def _finest(self, found: Sequence[_Told], *, nearest: int) -> Moment | None:
        """Give the finest of times that agree; where they do not, the one that stands nearest to the verb."""
        if not found:
            return None
        if len(found) == 1:
            return self._on_its_day(found[0])
        first, *others = (self._on_its_day(told) for told in sorted(found, key=lambda told: abs(told.start - nearest)))
        agreeing = [first, *(one for one in others if one.meets(first))]
        finest = min(agreeing, key=lambda one: one.rank)
        day = next((one.time for one in agreeing if one.precision == "day"), None)
        return finest.on(day) if day and day != finest.day else finest

    def _on_its_day(self, told: _Told) -> Moment:
        return (
            _dated(told.moment.time, told.moment.precision, self._narrative.text[told.start : told.end]) or told.moment
        )


@lru_cache(maxsize=4096)
def _dated(time: str, precision: TimePrecision, words: str) -> Moment | None:
    """Give a time with the day that its words tell, which of a clock may be another in UTC."""
    told, day = moment(time, precision), time if precision == "day" else _day_in(time, words)
    return told.on(day) if told and day else told


def _day_in(time: str, words: str) -> str | None:
    """Give the day that the words of a clock tell, by its number or its name: "1:24 am on November 4, Beijing time"."""
    number = _DAY_NUMBER.search(words)
    week = None if number else _WEEKDAY.search(words.partition("(")[0])
    start = instant(time) if number or week else None
    if start is None:
        return None
    days = (start + timedelta(days=shift) for shift in (0, -1, 1))
    if number:
        day = next((day for day in days if day.day == int(number["after"] or number["told"] or number["before"])), None)
    else:
        day = next((day for day in days if week and _DAYS.index(week[0].lower()) == day.weekday()), None)
    return f"{day.date().isoformat()}T00:00:00Z" if day else None
