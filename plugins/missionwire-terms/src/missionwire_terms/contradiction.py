"""Two clock readings of one thing: whether they agree, and which of them is right where they do not (section 6.3)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from missionwire.plugin import Span, TimeMention
from missionwire_terms.clocks import Clock, Pair
from missionwire_terms.moments import rfc3339
from missionwire_terms.zones import Zone

_DAY: Final = timedelta(days=1)
_STANDARD: Final = date(2000, 1, 15)
"""A day for zones where the text gives none: winter, standard time."""


class Home(Struct, frozen=True):
    """A zone that a text may have been told in: why, how sure that makes it, and where the text shows it."""

    zone: Zone
    confidence: float
    why: str
    evidence: tuple[Span, ...] = ()


class Newsrooms(Struct, frozen=True):
    """The homes of all newsrooms: the difference of two clocks decides if it fits one of them alone.

    Of several that it fits, the one of whose country the text shows a sign: those are `signed`.
    """

    homes: tuple[Home, ...]
    signed: frozenset[Zone]


class Mend(Struct, frozen=True):
    """A zone word that may be wrong: the clock that bears it, the home it should name, and the clock that is right.

    `said` is how the home's zone is named on the day.
    """

    wrong: Clock
    right: Clock
    home: Home
    said: str


class Verdict(Struct, frozen=True):
    """What a pair of clocks tells.

    `mends` are the zone words to correct: one where it `is_decided`, else all that could be.
    """

    mention: TimeMention
    mends: tuple[Mend, ...] = ()
    is_decided: bool = True


def judge(pair: Pair, day: date | None, homes: Iterable[Home | Newsrooms], published: date | None) -> Verdict:
    """Decide what a pair of clocks tells on a day of the first one's zone, None where no day is known.

    Readings that agree give one time. Of those that disagree, the first of `homes` decides that explains the difference
    as one zone word gone wrong; where it could be either word, or no home explains it, the time stays open. `homes` are
    not asked for where readings agree.
    """
    on = day or published or _STANDARD
    one, other = pair.first.utc(on), pair.second.utc(on)
    if doubted := _with_doubted(pair):
        verdict = judge(doubted, day, homes, published)
        if verdict.mends and verdict.is_decided:
            return verdict
    if one is None or other is None:
        known = one or other
        return Verdict(_mention(pair, known if day else None))
    if not (one - other) % _DAY:
        return Verdict(_mention(pair, one if day else None))
    readings = (rfc3339(one), rfc3339(other)) if day else ()
    mends: tuple[Mend, ...] = ()
    for home in homes:
        if isinstance(home, Home):
            fitting = _mends(pair, (one, other), home, on)
        else:
            fitting = _of_newsrooms(pair, (one, other), home, day or published)
        # once either word may be the wrong one, a home that ranks lower cannot know better
        if len(fitting) == 1 and not mends:
            time = _right_time(pair, fitting[0], on) if day else None
            return Verdict(_mention(pair, time, readings, is_contradiction=True), fitting)
        mends += fitting
    return Verdict(_mention(pair, None, readings, is_contradiction=True), mends, is_decided=False)


def _with_doubted(pair: Pair) -> Pair | None:
    """Give a pair in which the clock that is called local is in the zone of its place after all."""
    if not (pair.first.doubted or pair.second.doubted):
        return None
    first, second = (
        replace(each, zone=each.doubted, zone_span=None, doubted=None) if each.doubted else each
        for each in (pair.first, pair.second)
    )
    return replace(pair, first=first, second=second)


def _mends(pair: Pair, told: tuple[datetime, datetime], home: Home, on: date) -> tuple[Mend, ...]:
    """Give the ways in which one of the two zone words, read as `home`, makes the readings agree that are `told`."""
    found = []
    for right, wrong, at in ((pair.first, pair.second, told[0]), (pair.second, pair.first, told[1])):
        if wrong.zone_span is None:
            continue
        meant = wrong.utc(on, home.zone)
        if meant is not None and not (at - meant) % _DAY:
            found.append(Mend(wrong, right, home, home.zone.said_on(on)))
    return tuple(found)


def _of_newsrooms(
    pair: Pair, told: tuple[datetime, datetime], newsrooms: Newsrooms, on: date | None
) -> tuple[Mend, ...]:
    """Give the ways in which one of two clocks of Greenwich may be that of a newsroom; the day must be known."""
    if on is None or pair.first.zone != pair.second.zone:
        return ()
    found = [mend for home in newsrooms.homes for mend in _mends(pair, told, home, on)]
    shown = [mend for mend in found if mend.home.zone in newsrooms.signed]
    return tuple(shown if len(shown) == 1 else found)


def _right_time(pair: Pair, mend: Mend, on: date) -> datetime | None:
    """Give the time; the day is that of the reading told first, in the zone that it is really in."""
    return pair.first.utc(on, mend.home.zone if mend.wrong is pair.first else None)


def _mention(
    pair: Pair, time: datetime | None, readings: tuple[str, ...] = (), *, is_contradiction: bool = False
) -> TimeMention:
    return TimeMention(
        start=pair.span.start,
        end=pair.span.end,
        time=rfc3339(time) if time else None,
        time_precision=pair.first.precision,
        contradiction=is_contradiction,
        readings=readings,
    )
