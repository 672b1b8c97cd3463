"""Dates as texts tell them: days, months, years, absolute or counted from the publication (VOCABULARY, section 6.4)."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, Literal, Protocol, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from missionwire_terms.numbers import NUMBERS
from missionwire_terms.published import Published
from missionwire_terms.tense import AIMED, GONE, TO_COME, UNCLEAR, Tense

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LAST_DAY: Final = 31
_SHORTEST_MONTH: Final = 28
_DECEMBER: Final = 12
_LEAP_DAY: Final = (2, 29)
_BESIDE: Final = 2
"""Of a weekday aimed at the one so few days from the publication is meant, before it or after."""
_CLOSE_MONTHS: Final = 4
"""Of a month aimed at the one so few months from the publication is meant."""
_CLOSE: Final = timedelta(days=90)
"""Of a day so close to the publication a text does not mean the one a year from it."""


class Told(Struct, frozen=True):
    """A date that a text tells. `on` is the first day of it, None where it cannot be resolved.

    `rival` is the other day that it could be, where weekday and number disagree. `is_bracketed`: the Portuguese manner
    of a weekday with its number in brackets. `is_to_come`: told as lying ahead. `is_of_year`: the text tells its year.
    `yearless`: month and day where the text leaves the year out, 0 for what else it leaves out. `shift`: how many years
    it lies from the year told last, "June of that year".
    """

    start: int
    end: int
    precision: Literal["day", "month", "year"]
    on: date | None = None
    rival: date | None = None
    is_bracketed: bool = False
    is_to_come: bool = False
    is_of_year: bool = False
    yearless: tuple[int, int] | None = None
    shift: int | None = None


class _Setting:
    """What a date is read against; the tense of its place is told when it is asked for."""

    def __init__(self, published: Published | None, tense_at: Callable[[int], Tense], place: int) -> None:
        self.published = published
        self._tense_at = tense_at
        self._place = place

    @property
    def tense(self) -> Tense:
        """Which way the date lies from the publication."""
        return self._tense_at(self._place)


_Reader = Callable[[re.Match[str], _Setting], Told | None]

Forms: TypeAlias = Mapping[str, Sequence[re.Match[str]]]
"""The places of the forms in one text, by their names."""


def read_dates(found: Forms, published: Published | None, tense_at: Callable[[int], Tense]) -> list[Told]:
    """Give the dates that the forms found in a text tell, in its order; of two at one place, the one that says more.

    `tense_at` tells the tense of the words before a place.
    """
    told: list[Told] = []
    taken: set[int] = set()
    for form, read in _READERS:
        for match in found.get(form, ()):
            places = range(*match.span("told"))
            if not taken.isdisjoint(places):
                continue
            if one := read(match, _Setting(published, tense_at, places.start)):
                told.append(one)
                taken.update(places)
    return sorted(told, key=lambda one: one.start)


class IsMeant(Protocol):
    """Tells whether a day told before may be meant at a place; `is_only` where no other was told until there."""

    def __call__(self, anchor: Told, place: int, *, is_only: bool) -> bool:
        """Tell."""


def counted_on(counts: Iterable[re.Match[str]], told: Sequence[Told], is_meant: IsMeant) -> list[Told]:
    """Give the dates told, with those that count from the one told before them: "the next day", "two years before"."""
    found: list[Told] = []
    number = 0
    anchor: Told | None = None
    last: Told | None = None
    is_only = True
    for match in counts:
        start, end = match.span("told")
        while number < len(told) and told[number].start < end:
            one = told[number]
            if one.precision == "day" and one.on:
                is_only = is_only and (anchor is None or anchor.on == one.on)
                anchor = one
            last = one
            found.append(one)
            number += 1
        if found and found[-1].end > start:
            continue
        days = _days_on(match)
        if days is None:
            if last and (longer := _counted_longer(match, last)) and is_meant(last, start, is_only=False):
                found.append(longer)
        elif anchor and anchor.on and is_meant(anchor, start, is_only=is_only):
            anchor = Told(start, end, "day", shifted(anchor.on, days), is_to_come=anchor.is_to_come)
            is_only = is_only and days == 0
            found.append(anchor)
    return [*found, *told[number:]]


def _counted_longer(match: re.Match[str], last: Told) -> Told | None:
    """Count months or years from the date told last, where that tells them, too."""
    count, unit = _count(match), (match["unit"] or "").lower()
    if count is None or not last.on or unit not in {"month", "year"} or (unit == "month" and last.precision == "year"):
        return None
    if not last.is_of_year:
        return None  # years are counted in stories, not from "today"
    count = count if match["on"] else -count
    months = last.on.year * 12 + last.on.month - 1 + (count * 12 if unit == "year" else count)
    precision: Literal["month", "year"] = "year" if unit == "year" else "month"
    on = _first_of(months // 12, 1 if unit == "year" else months % 12 + 1)
    return Told(*match.span("told"), precision, on, is_to_come=last.is_to_come)


def _count(match: re.Match[str]) -> int | None:
    word = (match["count"] or "").lower()
    return int(word) if word.isdigit() else NUMBERS.get(word)


def _days_on(match: re.Match[str]) -> int | None:
    """Give how many days after the day told last; None where the word counts nothing."""
    if match["same"]:
        return 0
    if match["next"] or match["after"]:
        return 1
    if match["previous"] or match["eve"] or match["vigil"]:
        return -1
    count, unit = _count(match), match["unit"].lower()
    if count is None or unit not in {"day", "week"}:
        return None
    days = count * (7 if unit == "week" else 1)
    return days if match["on"] else -days


def _bracketed(match: re.Match[str], setting: _Setting) -> Told | None:
    number = int(match["day"])
    tense = TO_COME if (match["which"] or "").lower() in {"next", "coming"} else setting.tense
    if not 1 <= number <= _LAST_DAY or (match["month"] and not 1 <= int(match["month"]) <= _DECEMBER):
        return None
    on = None
    if setting.published:
        months = [int(match["month"])] if match["month"] else None
        on = _by_number(number, months, setting.published, tense, _weekday_number(match["weekday"]))
    return _checked(match, on, is_bracketed=True, is_to_come=tense is TO_COME)


def _day_alone(match: re.Match[str], setting: _Setting) -> Told:
    """Read `on the 30th`: the nearest on the side that the tense says."""
    on = None
    published, number = setting.published, int(match["day"])
    if published and published.precision == "day" and setting.tense is AIMED:
        sides = (_by_number(number, None, published, tense, 0) for tense in (GONE, TO_COME))
        on = min((day for day in sides if day), key=lambda day: abs(day - published.first), default=None)
    elif published and published.precision == "day" and setting.tense.is_known:
        on = _by_number(number, None, published, setting.tense, 0)
    is_to_come = setting.tense is TO_COME
    return Told(*match.span("told"), "day", on, is_to_come=is_to_come, yearless=(0, int(match["day"])))


def _by_number(number: int, months: list[int] | None, published: Published, tense: Tense, weekday: int) -> date | None:
    """Give the day with this number that is nearest to the publication, on the side that the tense says.

    Published some time in a month, that month has two sides: the weekday then decides between the neighbours.
    """
    step = 1 if tense is TO_COME else -1
    fits: list[date] = []
    year, month = published.first.year, published.first.month
    for _ in range(14):
        if number <= monthrange(year, month)[1] and (months is None or month in months):
            day = date(year, month, number)
            if (step < 0 and day <= published.last) or (step > 0 and day >= published.first):
                fits.append(day)
        month += step
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        if not date.min.year < year < date.max.year:
            break
    if published.precision == "month":
        fits = [day for day in fits[:2] if day.weekday() == weekday] or fits
    return fits[0] if fits else None


def _dated(match: re.Match[str], setting: _Setting) -> Told | None:
    """Read a day of a month, with or without its year and weekday."""
    groups = match.groupdict()
    month, day = _month_number(match["month"]), int(match["day"])
    whose = groups.get("whose")
    try:
        date(2000, month, day)
        if groups.get("year"):
            on: date | None = date(int(match["year"]), month, day)
        elif whose:
            year = _year_of(whose, setting)
            on = date(year, month, day) if year else None
        else:
            weekday = groups.get("weekday")
            on = _yearless(month, day, setting, _weekday_number(weekday) if weekday else None)
    except ValueError:
        return None
    told = _checked(match, on, is_to_come=setting.tense is TO_COME)
    return replace(told, **_left_out(groups, (month, day)))


def _year_of(whose: str, setting: _Setting) -> int | None:
    """Give the year of the publication, or one next to it; None for one that counts from the year told last."""
    step = {"last": -1, "this": 0, "next": 1}.get(whose)
    return setting.published.first.year + step if setting.published and step is not None else None


_SHIFTS: Final = {"following": 1, "next": 1, "previous": -1}


def _left_out(groups: Mapping[str, str | None], yearless: tuple[int, int]) -> Mapping[str, Any]:
    """Tell what a date says of its year: itself, by another year, or nothing."""
    whose = groups.get("whose") or ""
    if not whose:
        return {"is_of_year": True} if groups.get("year") else {"yearless": yearless}
    if whose in {"last", "this", "next"}:
        return {}
    return {"yearless": yearless, "shift": _SHIFTS.get(whose.split()[-1], 0)}


def _yearless(month: int, day: int, setting: _Setting, weekday: int | None = None) -> date | None:
    """Give the day in the year that brings it nearest to the publication, on the side that the tense says.

    A weekday told with it that fits the nearest one shows that this is meant.

    Where it lies close by on the other side, it is not sure which year the tense means.
    """
    if not setting.published:
        return None
    first, tense = setting.published.first, setting.tense
    reach = 4 if (month, day) == _LEAP_DAY else 1
    years = range(max(1, first.year - reach), min(9999, first.year + reach) + 1)
    days = [date(year, month, day) for year in years if day <= _SHORTEST_MONTH or day <= monthrange(year, month)[1]]
    nearest = min(days, key=lambda one: abs(one - first), default=None)
    if not tense.is_known or nearest is None or weekday == nearest.weekday():
        return nearest
    if tense is GONE:
        last = setting.published.last
        on = next((one for one in reversed(days) if one <= last), None)
    else:
        on = next((one for one in days if one >= first), None)
    is_doubtful = on != nearest and abs(nearest - first) < _CLOSE
    return None if is_doubtful else on


def _checked(match: re.Match[str], on: date | None, *, is_bracketed: bool = False, is_to_come: bool = False) -> Told:
    """Give the day. Where another weekday is told with it, the number stands, the nearest such weekday is its rival."""
    weekday = match.groupdict().get("weekday")
    rival = None
    if weekday and on and on.weekday() != _weekday_number(weekday):
        rival = shifted(on, (_weekday_number(weekday) - on.weekday() + 3) % 7 - 3)
    return Told(*match.span("told"), "day", on, rival, is_bracketed=is_bracketed, is_to_come=is_to_come)


def _iso(match: re.Match[str], _: _Setting) -> Told | None:
    return _exact(match, int(match["year"]), int(match["month"]), int(match["day"]))


def _slashed(match: re.Match[str], _: _Setting) -> Told | None:
    """Read `05/10/2021` only where it can be one day alone."""
    one, other, year = int(match["one"]), int(match["other"]), int(match["year"])
    if one != other and max(one, other) <= _DECEMBER:
        return Told(*match.span("told"), "day")
    return _exact(match, year, min(one, other), max(one, other))


def _exact(match: re.Match[str], year: int, month: int, day: int) -> Told | None:
    try:
        return Told(*match.span("told"), "day", date(year, month, day), is_of_year=True)
    except ValueError:
        return None


def _month_of_year(match: re.Match[str], _: _Setting) -> Told:
    return Told(
        *match.span("told"), "month", date(int(match["year"]), _month_number(match["month"]), 1), is_of_year=True
    )


def _feast(match: re.Match[str], _: _Setting) -> Told:
    """Read `Christmas 1968`, the month of it, and `Christmas Eve 1968`, the day."""
    year, which = int(match["year"]), match["which"]
    if match["feast"] == "Christmas":
        on = date(year, _DECEMBER, {"Eve": 24, "Day": 25}.get(which or "", 1))
    else:
        on = date(year, _DECEMBER, _LAST_DAY) if which == "Eve" else date(year, 1, 1)
    is_month = match["feast"] == "Christmas" and not which
    return Told(*match.span("told"), "month" if is_month else "day", on, is_of_year=True)


def _month_alone(match: re.Match[str], setting: _Setting) -> Told:
    month, which = _month_number(match["month"]), match["which"].lower()
    if which == "that" and not match["whose"]:
        return Told(*match.span("told"), "month", yearless=(month, 0), shift=0)
    on, is_to_come = None, setting.tense is TO_COME
    if match["whose"]:
        year = _year_of(match["whose"], setting)
        on = _first_of(year, month) if year else None
    elif setting.published and setting.tense.is_known:
        now = setting.published.first.replace(day=1)
        year = now.year + (month < now.month if which == "next" or is_to_come else -(month > now.month))
        if which == "last" and month == now.month:
            year -= 1
        on = _first_of(year, month)
    elif setting.published and setting.tense is AIMED:
        on = _month_near(month, setting.published.first)
    left_out = {} if which in {"last", "next"} else _left_out(match.groupdict(), (month, 0))
    return replace(Told(*match.span("told"), "month", on, is_to_come=is_to_come), **{**left_out, "is_of_year": False})


def _month_near(month: int, day: date) -> date | None:
    """Give the month aimed at that is close to a day, before it or after; None where it is on neither side for sure."""
    back = (day.month - month) % _DECEMBER
    if _CLOSE_MONTHS < back < _DECEMBER - _CLOSE_MONTHS:
        return None
    months = day.year * _DECEMBER + day.month - 1 + (-back if back <= _CLOSE_MONTHS else _DECEMBER - back)
    return _first_of(months // _DECEMBER, months % _DECEMBER + 1)


def _weekday_alone(match: re.Match[str], setting: _Setting) -> Told:
    which = (match["which"] or "").lower()
    tense = TO_COME if which in {"next", "coming"} else GONE if which in {"last", "past"} else setting.tense
    on = None
    if setting.published and setting.published.precision == "day" and tense is not UNCLEAR:
        today = setting.published.first
        back = (today.weekday() - _weekday_number(match["weekday"])) % 7
        if tense is AIMED:
            on = shifted(today, -back if back <= _BESIDE else 7 - back) if min(back, 7 - back) <= _BESIDE else None
        elif tense is GONE:
            on = shifted(today, -(back or (7 if which in {"last", "past"} else 0)))
        else:
            on = shifted(today, (-back) % 7 or (7 if which == "next" else 0))
    return Told(*match.span("told"), "day", on, is_to_come=tense is TO_COME)


def _named_day(match: re.Match[str], setting: _Setting) -> Told:
    on = None
    if setting.published and setting.published.precision == "day":
        on = shifted(setting.published.first, _STEPS.get(match["word"].lower().split()[0], 0))
    return Told(*match.span("told"), "day", on, is_to_come=match["word"].lower() in {"tomorrow", "tonight"})


_STEPS: Final = {"yesterday": -1, "last": -1, "tomorrow": 1}
"""How many days a named day lies from the publication, where it is not that of it: `last night`."""


def _named_span(match: re.Match[str], setting: _Setting) -> Told:
    """Read `last year`, `this month`."""
    step = {"last": -1, "previous": -1, "this": 0, "next": 1}[match["which"].lower()]
    return _counted(match, setting, step, match["unit"].lower())


def _of_the_month(match: re.Match[str], setting: _Setting) -> Told:
    """Read `the beginning of the month`: of the month of publication."""
    return _counted(match, setting, 0, match["unit"].lower())


def _ago(match: re.Match[str], setting: _Setting) -> Told | None:
    """Read `60 years ago`, `three days ago`."""
    count = _count(match)
    return None if count is None else _counted(match, setting, -count, match["unit"].lower())


def _counted(match: re.Match[str], setting: _Setting, step: int, unit: str) -> Told:
    published = setting.published
    precision: Literal["day", "month", "year"] = "year" if unit == "year" else "month" if unit == "month" else "day"
    on = None
    if published and unit == "year":
        on = _first_of(published.first.year + step, 1)
    elif published and unit == "month":
        months = published.first.year * 12 + published.first.month - 1 + step
        on = _first_of(months // 12, months % 12 + 1)
    elif published and published.precision == "day":
        on = shifted(published.first, step)
    return Told(*match.span("told"), precision, on, is_to_come=step > 0)


def _year_alone(match: re.Match[str], _: _Setting) -> Told:
    return Told(*match.span("told"), "year", date(int(match["year"]), 1, 1), is_of_year=True)


def shifted(day: date, days: int) -> date | None:
    """Give the day so many days on, None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _first_of(year: int, month: int) -> date | None:
    return date(year, month, 1) if date.min.year <= year <= date.max.year else None


def _weekday_number(name: str) -> int:
    return _WEEKDAYS.index(name.lower())


def _month_number(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


_READERS: Final[tuple[tuple[str, _Reader], ...]] = (
    ("bracketed", _bracketed),
    ("weekday and month", _dated),
    ("weekday and day", _dated),
    ("iso", _iso),
    ("month and day", _dated),
    ("day and month", _dated),
    ("slashed", _slashed),
    ("month of year", _month_of_year),
    ("feast", _feast),
    ("month", _month_alone),
    ("weekday", _weekday_alone),
    ("day alone", _day_alone),
    ("today", _named_day),
    ("next day", _named_day),
    ("this span", _named_span),
    ("of the month", _of_the_month),
    ("ago", _ago),
    ("year", _year_alone),
)
"""The forms and who reads them, those that say most first."""
