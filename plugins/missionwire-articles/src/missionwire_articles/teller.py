"""Reads an article sentence by sentence, and gives each place where a rule finds an event told."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, Final

from msgspec.structs import replace

from missionwire_articles import references, subjects
from missionwire_articles.members import Members
from missionwire_articles.moments import Moment
from missionwire_articles.moments import moment as moment_of
from missionwire_articles.narration import narration_of
from missionwire_articles.narrative import Narrative, between
from missionwire_articles.passage import Passage
from missionwire_articles.rules import Form, Row, Rule
from missionwire_articles.scene import Scene
from missionwire_articles.sentences import Sentence
from missionwire_articles.stance import DENIED, DONE, PLANNED, PRESENT, Stance
from missionwire_articles.telling import Telling
from missionwire_articles.verbs import Hit, VerbIndex

LONGEST_SENTENCE: Final = 2_000
"""What runs on for more characters is a table or a list, not a sentence that tells of something."""

MOST_TELLINGS: Final = 200
"""What tells of more is no news article; the rest of it is left alone."""

_BY_PLACE: Final = attrgetter("sentence", "verb")
_DAY: Final = timedelta(days=1)
_PLAIN: Final = Form.PLAIN

_OF_FLIGHT: Final = frozenset(
    {"launch", "stage", "payload", "orbit", "docking", "undocking", "maneuver", "flyby", "reentry", "landing"}
    | {"splashdown", "spacecraft", "test", "eva"}
)
"""Nouns of which one verb tells one thing: what parted from a stage did not undock."""

_OF_ONE_DAY: Final = (
    "launch.",
    "docking.",
    "undocking.",
    "eva.",
    "landing.",
    "splashdown.",
    "payload.",
    "flyby.",
    "maneuver.",
)
"""Types of what is over within a day: told of two days it happened twice."""

_OF_PLANS: Final = frozenset({"launch.scrubbed", "policy.stated"})
"""Types that tell of a time which was, or is, to come."""


class Teller:
    """Applies the rules to narratives."""

    def __init__(self, rules: Sequence[Rule], members: Members) -> None:
        """Take the rules, in the order in which the first that fits a verb wins."""
        self._verbs = VerbIndex(rules)
        self._members = members

    def tellings(self, narrative: Narrative) -> list[Telling]:
        """Give what the article tells, in its order."""
        found: list[Telling] = []
        for index, verbs in self._verbs.find(narrative).items():
            sentence = narrative.sentences[index]
            if sentence.end - sentence.start <= LONGEST_SENTENCE and not _is_question(narrative, sentence):
                found += self._of_sentence(Passage(narrative, index, verbs.places), verbs.hits)
        again = list(_told_again(narrative, found))
        of_before = {telling.sentence for telling in again}  # "the maneuver" there is what the sentence before told of
        found = [one for one in found if not (one.type == "maneuver.performed" and one.sentence in of_before)]
        found = sorted([*found, *again], key=_BY_PLACE)
        found = list(_with_what_moved(found))
        return references.resolved(narrative, found[:MOST_TELLINGS], self._members.spacecraft_of)

    def _of_sentence(self, whole: Passage, hits: Iterable[Hit]) -> Sequence[Telling]:
        """Give what a sentence tells; verbs that tell of nothing in it part neither clauses nor times.

        `whole` is cut at all verbs. Of several at one place the first that fits is enough to part clauses there.
        """
        fitting: dict[tuple[int, int], Hit] = {}
        asked: list[Hit] = []
        for hit in hits:
            place = hit[:2]
            if place in fitting or _fits(whole, hit):
                fitting.setdefault(place, hit)
                asked.append(hit)
        if not fitting:
            return ()
        told = list(self._each(whole, fitting, asked))
        return _with_cause(whole.narrative.small, _without_echo(told)) if len(told) > 1 else told

    def _each(self, whole: Passage, fitting: Mapping[tuple[int, int], Hit], hits: Iterable[Hit]) -> Iterator[Telling]:
        """Give what verbs tell, at their places the first that fits and others: one tells one thing of one noun."""
        passage = whole.parted(fitting)
        taken: list[tuple[str, int, int]] = []
        for hit in hits:
            start, end, rule, _ = hit
            noun = rule.type.partition(".")[0]
            if taken and any(start < last and first < end and _is_one(noun, other) for other, first, last in taken):
                continue
            if hit is not fitting[start, end] and not _fits(whole, hit):
                continue
            scene = Scene(passage, hit)
            if telling := self._telling(passage, hit, scene):
                taken.append((noun, start, end))
                yield telling
                yield from _on_other_days(telling, scene)

    def _telling(self, passage: Passage, hit: Hit, scene: Scene) -> Telling | None:
        row, narrative = hit.rule.row, passage.narrative
        quote = narrative.quote_at(hit.start)
        if quote and narrative.is_title(quote):
            return None
        standing = scene.stance()
        if standing is PRESENT:
            is_live = passage.sentence.paragraph in narrative.entries
            standing = _by_time(scene.moment(is_plan=True), narrative.told, is_live=is_live)
        is_plan = row.is_plan or standing is PLANNED
        if standing is DENIED or (is_plan and not (row.planned or row.is_plan)):
            return None
        if is_plan and scene.is_given_up():
            return None
        type_ = _planned(row) if is_plan else row.type
        is_schedule = type_.endswith((".scheduled", ".rescheduled"))
        moment = scene.moment(is_plan=is_plan or is_schedule or type_ in _OF_PLANS)
        is_past = (is_plan or is_schedule) and moment is not None and _is_past(moment, narrative.told)
        if is_schedule and type_.endswith(".rescheduled"):
            is_schedule = not (is_past or scene.is_decided_then(moment))
        if is_past and (is_schedule or (is_plan and scene.is_ahead())):
            moment = None
        if type_ == "docking.completed" and scene.is_state():
            return None
        mission = scene.mission()
        crew = scene.crew()
        if is_plan and moment is None and not (mission or crew or scene.names_somebody() or scene.is_later()):
            return None  # a plan that tells neither when nor whose is no news of a schedule
        narration = narration_of(
            narrative,
            passage.index,
            scene.bounds,
            hit[:2],
            moment,
            is_plan=is_plan,
            is_schedule=is_schedule,
            is_quoted=quote is not None,
            is_aside=bool(row.aside) and scene.is_aside(),
        )
        data = self._members.of(
            narrative, scene.bounds, scene.wider, type_=type_, mission=mission.id if mission else None
        )
        data = {**row.data, **data, **scene.taken(), **(_schedule(moment) if is_schedule else {})}
        if row.type == "milestone.reached" and len(crew) == 1:
            data["holder"] = crew[0].id or crew[0].name
        is_timed = moment is not None and not is_schedule
        return Telling(
            rule=row.name,
            type=type_,
            sentence=passage.index,
            start=passage.sentence.start,
            end=passage.sentence.end,
            confidence=row.confidence,
            narration=narration,
            per=row.per,
            who=row.who,
            head=scene.whole_head,
            verb=hit.start,
            is_caption=passage.sentence.is_caption,
            is_of_craft=subjects.is_craft(scene.head),
            is_deed=subjects.is_deed(scene.head),
            is_of_craft_or_it=subjects.is_craft_or_it(scene.head),
            group=scene.group(),
            is_later=scene.is_later(),
            mission=mission.id if mission else None,
            mission_name=mission.name if mission else None,
            moment=moment if is_timed else None,
            is_since_launch=not is_timed and scene.is_since_launch(),
            is_meanwhile=(not is_timed or type_ == "milestone.reached") and scene.is_meanwhile(),
            after=None if is_timed else scene.after(),
            crew=crew,
            agencies=scene.agencies(),
            data=data,
            follows=row.follows,
            generic=row.generic,
        )


_AGAIN: Final = re.compile(
    r"[\"“]?(?:the|this)\s(?:contact|event|operation|procedure|man(?:o?eu|eu)ver|manoeuvre|moment|it)\s"
    r"(?:took\splace|occurred|happened|came|was\srecorded|was\smade|was\scompleted|followed)\s"
)
"""A sentence that tells when what the one before it told of took place: "The contact occurred at …"."""

_TOLD_AGAIN: Final = ("docking.completed", "undocking.completed", "landing.completed", "splashdown.completed")


def _told_again(narrative: Narrative, found: Sequence[Telling]) -> Iterator[Telling]:
    """Give once more, with its clock, what the next sentence only tells the time of."""
    last = len(narrative.sentences) - 1
    for telling in found:
        if telling.type not in _TOLD_AGAIN or telling.narration != "main" or telling.sentence == last:
            continue
        sentence = narrative.sentences[telling.sentence + 1]
        again = _AGAIN.match(narrative.small, sentence.start, sentence.end)
        clocks = [
            told
            for placed in between(narrative.times, sentence.start, sentence.end)
            if again and (told := moment_of(placed.mention.time, placed.mention.time_precision))
        ]
        clocks.sort(key=lambda told: told.rank)
        if again and clocks and (telling.moment is None or telling.moment.meets(clocks[0])):
            yield replace(
                telling,
                sentence=telling.sentence + 1,
                start=sentence.start,
                end=sentence.end,
                verb=again.end(),
                head=narrative.masked[sentence.start : again.end()],
                is_deed=True,
                moment=clocks[0],
            )


_IT: Final = re.compile(r"\W*it\s")
_MOVES: Final = frozenset({"docking", "undocking", "landing", "splashdown", "eva"})
"""Nouns that, told of in the sentence before, are what "it was to be on Thursday, but was moved" is of."""


def _with_what_moved(found: Iterable[Telling]) -> Iterator[Telling]:
    """Give what was moved and is only called "it" the noun of which the sentence before tells."""
    last: Telling | None = None
    for telling in found:
        may_be_it = last and telling.type == "launch.rescheduled" and telling.sentence - last.sentence == 1
        noun = last.type.partition(".")[0] if last and may_be_it else ""
        if noun in _MOVES and _IT.match(telling.head.lower()):
            yield replace(telling, type=f"{noun}.rescheduled")
            continue
        last = telling
        yield telling


def _is_question(narrative: Narrative, sentence: Sentence) -> bool:
    if narrative.text.find("?", sentence.start, sentence.end) < 0:
        return False
    return narrative.text[sentence.start : sentence.end].rstrip('"”’»').endswith("?")


def _is_one(noun: str, other: str) -> bool:
    return noun == other or (noun in _OF_FLIGHT and other in _OF_FLIGHT)


def _on_other_days(telling: Telling, scene: Scene) -> Iterator[Telling]:
    """Give the same of the other days on which it happened: two spacewalks "on May 28 and 31"."""
    told = telling.moment.time if telling.moment else telling.data.get("net")
    if not (told and telling.type.startswith(_OF_ONE_DAY)):
        return
    days = list(scene.again())
    if any(day.time == told for day in days):
        others = [day for day in days if day.time != told]
        yield from (
            replace(telling, moment=day)
            if telling.moment
            else replace(telling, data={**telling.data, **_schedule(day)})
            for day in others
        )


def _without_echo(told: Sequence[Telling]) -> Sequence[Telling]:
    """Leave out that somebody wants it, where the sentence tells what is scheduled: "NASA wants to launch X in May".

    What failed is no fault besides, and people who came are no docking.
    """
    is_schedule = any(telling.type.endswith((".scheduled", "mission.extended")) for telling in told)
    failed = {telling.verb for telling in told if telling.type.endswith(".failed")}
    come = {t.verb for t in told if t.type == "crew.arrived" and subjects.is_of_people(t.head)}
    return [
        telling
        for telling in told
        if not (is_schedule and telling.type == "policy.stated")
        and not (telling.type == "anomaly.occurred" and telling.verb in failed)
        and not (telling.type == "docking.completed" and telling.verb in come)
    ]


_STOPPED: Final = ("launch.held", "launch.scrubbed", "launch.aborted", "docking.aborted")
"""What a fault may bring about at once."""

_HOME: Final = ("landing.completed", "splashdown.completed", "undocking.completed")
"""What a fault may bring about before its time: it was on that flight."""

_REMARKED: Final = re.compile(r"\bwho\s(?:\w+\s){0,2}$")
"""Before a verb that tells of somebody in passing: no fault told of beside it is its cause."""

_BECAUSE: Final = re.compile(r"(?:because of|due to|owing to|on account of)\s")
_BECAUSE_BEFORE: Final = re.compile(rf"\b{_BECAUSE.pattern}(?:[\w-]+\s){{0,4}}$")


def _with_cause(small: str, told: Sequence[Telling]) -> Sequence[Telling]:
    """Give a fault that has no time of its own that of what it stopped in its sentence, or of what was early for it."""
    stopped = [one for one in told if one.type in _STOPPED and one.moment and not _REMARKED.search(one.head)]
    homes = [one for one in told if one.type in _HOME and one.mission and one.moment]
    return [_of_effect(small, one, stopped, homes) if one.type == "anomaly.occurred" else one for one in told]


def _of_effect(small: str, fault: Telling, stopped: Sequence[Telling], homes: Sequence[Telling]) -> Telling:
    if fault.moment:
        return fault
    if len(stopped) == 1:
        day = stopped[0].moment.date if stopped[0].moment else None
        mission = fault.mission or stopped[0].mission
        return replace(fault, moment=day, mission=mission, narration=stopped[0].narration)
    is_cause = _BECAUSE.match(small, fault.verb) or _BECAUSE_BEFORE.search(fault.head)
    if len(homes) == 1 and homes[0].verb < fault.verb and is_cause and fault.mission in {None, homes[0].mission}:
        home = homes[0]
        return replace(
            fault,
            mission=home.mission,
            mission_name=home.mission_name,
            moment=home.moment,
            narration=home.narration,
        )
    return fault


def _fits(passage: Passage, hit: Hit) -> bool:
    """Tell whether a verb tells of its event: its rule fits, and it is no infinitive, as "left to shoot a film"."""
    start, end, rule, form = hit
    setting = passage.setting(start, end)
    if not rule.fits(setting):
        return False
    is_nonfinite = form is _PLAIN or setting.is_gerund
    return not (is_nonfinite and setting.stance_of(rule, form) is DENIED)


def _planned(row: Row) -> str:
    """Give the type that a rule finds of a plan: the noun's `.scheduled`, where it has one."""
    return f"{row.type.partition('.')[0]}.scheduled" if row.planned == "scheduled" else row.type


def _by_time(moment: Moment | None, told: datetime | None, *, is_live: bool) -> Stance:
    """Tell of the present tense, or of a noun with its time, whether it lies ahead.

    Without a time it tells nothing, but in the entries of a live text, which tell in the present what happens.
    """
    if moment is None:
        return DONE if is_live else DENIED
    return PLANNED if told is not None and moment.start > told else DONE


def _is_past(moment: Moment, told: datetime | None) -> bool:
    """Tell whether a time was over a day before the article: no schedule of its is set for then.

    What was put off was put off then, or from then.
    """
    return told is not None and moment.end + _DAY < told


def _schedule(moment: Moment | None) -> dict[str, Any]:
    return {"net": moment.time, "net_precision": moment.precision} if moment else {}
