"""The day of what is told without a time: that of what is told beside it, where the two may be of one day."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from missionwire_articles.moments import Moment
from missionwire_articles.moments import moment as moment_of
from missionwire_articles.narrative import Narrative, between
from missionwire_articles.stance import has_plan
from missionwire_articles.telling import Telling

if TYPE_CHECKING:
    from missionwire_articles.occurrence import Occurrence

_SETTLED: Final = (
    "scheduled",
    "rescheduled",
    "assigned",
    "selected",
    "replaced",
    "rotated",
    "extended",
    "announced",
    "cancelled",
)
_OF_NO_DAY: Final = frozenset(
    {"policy", "project", "agreement", "contract", "media", "statement", "filming", "event", "mission"}
)
"""What is decided, signed or shown is told beside what happened in flight, not on its day."""

_STEPS: Final[Mapping[str, int]] = {
    "launch": 0,
    "stage": 0,
    "orbit": 0,
    "docking": 1,
    "undocking": 2,
    "reentry": 3,
    "landing": 3,
    "splashdown": 3,
    "recovery": 3,
    "eva": 4,
    "experiment": 5,
    "crew.boarded": 0,
    "crew.arrived": 1,
    "crew.departed": 2,
    "crew.egressed": 3,
    "crew.examined": 3,
}
"""The steps of a flight: from one to another days or months go by, unless the text says that hours do."""

SCENES: Final[Mapping[str, tuple[str, ...]]] = {
    "crew.boarded": ("launch.lifted-off", "launch.scrubbed", "launch.aborted"),
    "launch.rescheduled": ("launch.lifted-off", "launch.scheduled"),
    "crew.egressed": ("landing.completed", "splashdown.completed"),
    "crew.examined": ("landing.completed", "splashdown.completed"),
    "recovery.deployed": ("landing.completed", "splashdown.completed"),
    "recovery.completed": ("landing.completed", "splashdown.completed"),
    "reentry.started": ("landing.completed", "splashdown.completed"),
    "hatch.opened": ("docking.completed",),
    "crew.arrived": ("docking.completed",),
    "hatch.closed": ("undocking.completed", "launch.lifted-off"),
    "stage.separated": ("launch.lifted-off",),
    "stage.landed": ("launch.lifted-off",),
    "orbit.inserted": ("launch.lifted-off",),
    "launch.succeeded": ("launch.lifted-off",),
    "launch.held": ("launch.lifted-off", "launch.scrubbed"),
    "launch.resumed": ("launch.lifted-off", "launch.scrubbed"),
    "launch.cleared": ("launch.lifted-off",),
    "launch.aborted": ("launch.lifted-off",),
    "payload.deployed": ("launch.lifted-off", "eva.started", "eva.ended"),
    "eva.started": ("eva.ended",),
    "eva.ended": ("eva.started",),
    "milestone.reached": ("landing.completed", "splashdown.completed", "eva.started", "eva.ended", "docking.completed"),
}
"""What happens in one scene, on one day: who climbs out does so on the day of the landing."""

_TIMED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "undocking.completed": ("landing.completed", "splashdown.completed"),
    "crew.boarded": ("launch.lifted-off", "launch.scrubbed", "launch.aborted"),
    "docking.completed": ("launch.lifted-off",),
    "hatch.opened": ("docking.completed",),
    "hatch.closed": ("undocking.completed",),
    "recovery.completed": ("landing.completed", "splashdown.completed"),
}
"""Which step of a flight tells when another was, that came some hours before or after it."""

HOPS: Final = frozenset({"new-shepard", "spaceshiptwo"})
"""Craft that are back within the hour."""


BACK: Final = 3
"""So many sentences back what was "later" than something may follow it."""


SCENE: Final = 8
"""So many sentences back a scene may have told its day."""

NEWS: Final = timedelta(days=4)
"""What is told as a scene happened no longer before the article."""

_OF_SCENES: Final = frozenset(
    {"launch", "stage", "payload", "orbit", "docking", "undocking", "hatch", "reentry", "landing", "splashdown"}
    | {"recovery", "maneuver", "anomaly", "test", "crew"}
)
"""Nouns of what is told as it went on, step by step."""

_PRESENT: Final = re.compile(r"\b(?:is|are)\s(?:\w+ly\s|also\s|now\s|still\s|not\s)?(?!going|being)\w+ing\b")
"""What goes on while the article is written."""

_BEFORE: Final = re.compile(
    r"\b(?:had|has|have)\s(?:\w+ly\s|already\s|also\s|since\s)?(?:been\s)?(?:\w+ed|gone|come|begun|left|flown|taken|made|known|put|set)\b"
    r"|\b(?:year|month|week)s?\b|\bnow\b"
)
"""What a sentence tells of before its scene, or of a time that has no day."""


def _has_scenes(occurrence: "Occurrence", found: Iterable["Occurrence"]) -> bool:
    """Tell whether the news has its scene on several days: it may be of any."""
    kinds = SCENES.get(occurrence.type, ())
    scenes = [one for one in found if one.type in kinds and one.narration == "main" and one.moment]
    return len({one.moment.date for one in scenes if one.moment}) > 1


_NOT_THEN: Final = re.compile(_BEFORE.pattern + r"|\b(?:is|are|still)\s(?:\w+ly\s|also\s)?$")
_STEPS_UP: Final = ("launch.lifted-off", "docking.", "crew.arrived")
"""What had happened before a scene began: "with whom he had gone up"."""


def scene_day(narrative: Narrative, index: int, type_: str) -> Moment | None:
    """Give the day on which the text is where it tells a sentence: the last that it has told of, if it is news.

    None where the last time that it told was a month or a year, or lay ahead.
    """
    told = narrative.told
    if told is None or narrative.sentences[index].is_caption:
        return None
    if _PRESENT.search(narrative.small, narrative.sentences[index].start, narrative.sentences[index].end):
        return None
    own = _days_of(narrative, index)
    if own:
        is_why = index == 0 and type_ == "anomaly.occurred"  # why the news came about
        return own[0] if is_why and len({day.time for day in own}) == 1 else None
    for back in range(index - 1, max(-1, index - 1 - SCENE), -1):
        sentence = narrative.sentences[back]
        if sentence.is_caption or not between(narrative.times, sentence.start, sentence.end):
            continue
        if _BEFORE.search(narrative.small, sentence.start, sentence.end):
            if sentence.paragraph == narrative.sentences[index].paragraph:
                return None  # the paragraph tells of what was before
            continue
        days = _days_of(narrative, back)
        if not days and _lies_ahead(narrative, back):
            continue
        is_news = days and timedelta(0) <= told - days[-1].start < NEWS
        return days[-1] if is_news and not has_plan(narrative.small[sentence.start : sentence.end]) else None
    return None


def _lies_ahead(narrative: Narrative, index: int) -> bool:
    """Tell whether all times of a sentence are months or years to come: it tells of a plan in passing."""
    sentence = narrative.sentences[index]
    times = between(narrative.times, sentence.start, sentence.end)
    known = [moment_of(placed.mention.time, placed.mention.time_precision) for placed in times]
    return all(moment and narrative.told and moment.start > narrative.told for moment in known)


def _days_of(narrative: Narrative, index: int) -> list[Moment]:
    """Give the days that a sentence tells of, outside quotes."""
    sentence = narrative.sentences[index]
    return [
        day
        for placed in between(narrative.times, sentence.start, sentence.end)
        if not placed.mention.is_dateline
        and not narrative.quote_at(placed.start)
        and (told := moment_of(placed.mention.time, placed.mention.time_precision))
        and (day := told.date)
    ]


def give_scene_days(found: Sequence["Occurrence"], narrative: Narrative) -> None:
    """Give what is told as news, and still has no time, the day on which the text is there."""
    for occurrence in found:
        at = occurrence.main
        if occurrence.moment or occurrence.narration != "main" or not _is_of_scene(occurrence.type):
            continue
        is_before = occurrence.type.startswith(_STEPS_UP) and at.head.endswith("had ")
        if is_before or at.is_meanwhile or _NOT_THEN.search(at.head) or _has_scenes(occurrence, found):
            continue
        if day := scene_day(narrative, at.sentence, at.type):
            occurrence.give(moment=day)


def _is_of_scene(type_: str) -> bool:
    return type_.partition(".")[0] in _OF_SCENES and _has_day(type_)


class _Dated(NamedTuple):
    telling: Telling
    day: Moment


_SHORTLY_BEFORE: Final = (
    r"|\b(?:hours?|minutes?|seconds?|shortly|just|immediately)\sbefore\s"
    r"(?:the\s|its\s|their\s)?(?:planned\s|scheduled\s)?"
)
_PHASES: Final = (
    (
        re.compile(rf"\b(?:approach|rendezvous)\b{_SHORTLY_BEFORE}(?:docking|coupling|arrival|berthing|capture)\b"),
        ("docking.completed",),
    ),
    (
        re.compile(rf"\b(?:descent|re-?entry)\b{_SHORTLY_BEFORE}(?:landing|touchdown|splashdown|ditching)\b"),
        ("landing.completed", "splashdown.completed"),
    ),
    (
        re.compile(
            rf"\b(?:ascent|countdown|climb|(?:the|launch)\scount)\b{_SHORTLY_BEFORE}"
            r"(?:launch|lift-?off|take-?off|departure|start|ignition)\b"
        ),
        ("launch.lifted-off", "launch.scrubbed", "launch.aborted"),
    ),
)
"""Words for a part of a flight, and the steps on whose day it was."""


def phase_of(narrative: Narrative, telling: Telling) -> tuple[str, ...]:
    """Give the steps that end the one part of a flight in which trouble arose, as its sentence tells."""
    found = [steps for pattern, steps in _PHASES if pattern.search(narrative.small, telling.start, telling.end)]
    return found[0] if len(found) == 1 else ()


def give_phase_days(found: Sequence["Occurrence"]) -> None:
    """Give what went wrong "during the approach" the day of the docking, where the news tells of one."""
    for occurrence in found:
        if occurrence.moment or occurrence.narration != "main" or not occurrence.main.phase:
            continue
        steps = [one for one in found if one.type in occurrence.main.phase and one.narration == "main"]
        own = [one for one in steps if not occurrence.mission or one.mission in {None, occurrence.mission}]
        days = {day.time: day for one in own if one.moment and (day := one.moment.date)}
        if len(days) == 1:
            occurrence.give(moment=next(iter(days.values())))


def give_near_days(found: Sequence["Occurrence"], narrative: Narrative, of: str = "") -> None:
    """Give what has no time the day of what its sentence, or else its paragraph, has told of just before.

    `of` is how the types begin that are asked about.
    """
    undated = [one for one in found if not one.moment and one.type.startswith(of) and _may_have_day(one)]
    dated = sorted(_dated(found), key=attrgetter("telling.sentence", "telling.verb")) if undated else ()
    for occurrence in undated:
        if day := _near_day(occurrence, dated, narrative):
            occurrence.give(moment=day)


def is_of_no_scene(occurrence: "Occurrence") -> bool:
    """Tell whether a record was set before the scene of which the text tells."""
    return occurrence.type == "milestone.reached" and occurrence.main.is_meanwhile


def _last_time(narrative: Narrative, index: int) -> int:
    """Give the sentence of its paragraph in which a time stands last before one; 0 where none does."""
    own = narrative.sentences[index]
    for place in range(bisect_left(narrative.times, (own.start,)) - 1, -1, -1):
        start = narrative.times[place].start
        number = narrative.sentence_at(start)
        if number is None:
            continue
        if narrative.sentences[number].paragraph != own.paragraph:
            break
        if not narrative.quote_at(start):
            return number
    return 0


def _day_before(narrative: Narrative, index: int) -> Moment | None:
    """Give the last day that the sentence just before one tells of, in its paragraph; none that was to come."""
    own, before = narrative.sentences[index], narrative.sentences[index - 1] if index else None
    if before is None or before.paragraph != own.paragraph or between(narrative.times, own.start, own.end):
        return None
    times = between(narrative.times, before.start, before.end)
    days = [
        day
        for placed in times
        if not placed.mention.is_dateline
        and not narrative.quote_at(placed.start)
        and (told := moment_of(placed.mention.time, placed.mention.time_precision))
        and (day := told.date)
    ]
    is_plan = not days or has_plan(narrative.small[before.start : before.end])
    return None if is_plan or (narrative.told and days[-1].start > narrative.told) else days[-1]


def _near_day(occurrence: "Occurrence", dated: Sequence[_Dated], narrative: Narrative) -> Moment | None:
    at = occurrence.main
    if at.after is None and at.is_meanwhile:
        return None
    sentences, place = narrative.sentences, (at.sentence, at.verb)
    paragraph = sentences[at.sentence].paragraph
    before = [
        each
        for each in dated
        if (each.telling.sentence, each.telling.verb) < place
        and sentences[each.telling.sentence].paragraph == paragraph
    ]
    scenes = SCENES.get(occurrence.type, ())
    if not occurrence.mission and len({each.telling.mission for each in before if each.telling.type in scenes}) > 1:
        return None  # it may be of either
    since = _last_time(narrative, at.sentence) if before else 0
    near = [each for each in before if each.telling.sentence >= since]
    if at.is_since_launch:
        near = [each for each in before if each.telling.type == "launch.lifted-off"] or _only_launch(dated) or near
    near = near or [each for each in dated if each.telling.sentence == at.sentence]
    if not near and (at.is_later or at.after):
        near = [each for each in dated if 0 < at.sentence - each.telling.sentence <= BACK]
    if not near and at.after is not None:
        near = _only_step(occurrence.type, dated)
    if not near:
        day = _day_before(narrative, at.sentence)
        near = _only_step("docking.completed", dated) if at.is_since_launch and day is None else []
        if not near:
            return day
    scene = ([each for each in near if each.telling.type in scenes] or near)[-1]
    return _day_after(scene, at.after) if _is_of_one_day(occurrence, scene.telling) else None


def _only_step(type_: str, dated: Sequence[_Dated]) -> list[_Dated]:
    """Give the one step of the article's news by which another is timed from afar: undocked "three hours earlier"."""
    kinds = _TIMED_BY.get(type_, ())
    steps = [each for each in dated if each.telling.type in kinds and each.telling.narration == "main"]
    return steps[:1] if len({each.day.time for each in steps}) == 1 else []


def _only_launch(dated: Sequence[_Dated]) -> list[_Dated]:
    """Give the one launch of the article's news, from which minutes are counted anywhere in it."""
    launches = [e for e in dated if e.telling.type == "launch.lifted-off" and e.telling.narration == "main"]
    return launches[:1] if len({each.day.time for each in launches}) == 1 else []


def _day_after(scene: _Dated, after: timedelta | None) -> Moment | None:
    told = scene.telling.moment
    return told.later(after) if told and after is not None else scene.day


def _dated(found: Iterable["Occurrence"]) -> Iterable[_Dated]:
    for occurrence in found:
        day = occurrence.moment.date if occurrence.moment and _may_have_day(occurrence) else None
        if day:
            yield from (_Dated(telling, day) for telling in occurrence.tellings)


def _may_have_day(occurrence: "Occurrence") -> bool:
    return occurrence.narration != "planned" and _has_day(occurrence.type)


@lru_cache(maxsize=512)
def _has_day(type_: str) -> bool:
    noun, _, verb = type_.partition(".")
    return noun not in _OF_NO_DAY and verb not in _SETTLED


def _is_of_one_day(occurrence: "Occurrence", scene: Telling) -> bool:
    """Tell whether both may be of one day: of one flight, told in one manner, and of one step of it."""
    if occurrence.mission and scene.mission and occurrence.mission != scene.mission:
        return False
    if (
        occurrence.main.is_later
        or occurrence.main.after
        or HOPS & {occurrence.data.get("spacecraft"), scene.data.get("spacecraft")}
    ):
        return True
    steps = [_STEPS.get(type_, _STEPS.get(type_.partition(".")[0])) for type_ in (occurrence.type, scene.type)]
    return None in steps or steps[0] == steps[1]
