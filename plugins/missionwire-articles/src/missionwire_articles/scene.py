"""A verb in its clause: when it was, to whom, with which craft, and whether it happened at all."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from missionwire.plugin import AgencyTag, CraftMention, Person
from missionwire_articles import participants, subjects
from missionwire_articles.anywhere import anywhere
from missionwire_articles.cues import Cued
from missionwire_articles.measures import measured, number, ordinal
from missionwire_articles.moments import Moment, moment
from missionwire_articles.narrative import between
from missionwire_articles.passage import Passage
from missionwire_articles.rules import MARKS, Form
from missionwire_articles.stance import Stance
from missionwire_articles.verbs import Hit

_NOUN: Final = Form.NOUN

_SO_LONG_AFTER: Final = (
    r"(?P<number>an?|\d{1,3}|(?!half\b)[a-z]+(?:-[a-z]+)?)(?:\sand\sa\shalf)?\s(?P<unit>minute|hour|day|week)s?\s"
    r"(?P<way>later|earlier)\b"
)
_AFTER: Final = Cued(rf"(?:^|[^,;.]{{0,60}}\b){_SO_LONG_AFTER}")
_AFTER_FIRST: Final = re.compile(rf"\b{_SO_LONG_AFTER},?\s[^,;]*$")

_BEFORE_IT: Final = re.compile(r"(?:before|after)\b")

_SPAN: Final = (
    r"[,)\ue007]\s(?:(?:about|around|some|just|only|barely|nearly|almost|roughly|exactly|over|under|(?:less|more)\sthan"
    r"|a\slittle\s(?:over|under|(?:less|more)\sthan))\s)*(?P<number>an?|\d{1,3}|[a-z]+(?:-[a-z]+)?)(?P<half>\sand\sa\shalf)?"
    r"\s(?P<unit>minute|hour|day|week)s?"
)
_SPAN_BEFORE: Final = re.compile(rf"{_SPAN}\s?$")
"""What a clause ends with that "before" or "after" follows: ", about four hours"."""

_SOON: Final = re.compile(
    r"[,)\ue007]\s(?:very\s)?(?:shortly|soon|just|immediately|right|(?:some\s|a\sfew\s)?(?:minutes|moments|seconds))\s?$"
)
"""What a clause ends with that "before" or "after" follows on the same day: "on Sunday night, shortly"."""

_SPAN_TO_IT: Final = re.compile(rf"{_SPAN}\s(?P<way>after|before)\s(?:the|its|their|his|her)\s(?:[\w-]+\s)?$")
"""What stands before a noun from which its clause counts: "docked on Sunday, 34 hours after its launch"."""

_OF_IT: Final = (" its ", " the ", " their ")
"""How a head ends that may count from its noun."""

_SPAN_FIRST: Final = Cued(
    r"(?:(?:just|only|exactly)\s)?(?P<number>an?|one|\d{1,3}|[a-z]+(?:-[a-z]+)?)\s(?P<unit>day|week)s?\s(?P<way>after|before)\s[^,;]*"
)
"""How a sentence opens that counts from something: "Three days after a first attempt was scrubbed, …"."""

_SOON_AFTER: Final = re.compile(
    r"\b(?:shortly|soon|just|right|immediately|directly|moments|seconds|minutes) after (?:the|its|their)\s(?:\w+\s)?$"
)

_DAYS_APART: Final = Cued(r"(?:[\w-]+\s){0,4}?(?:days?|weeks?|months?|years?)\s(?:after|before)\s[^,;]*")
"""How a sentence opens that counts from something in days, however many: it was not on the day that it tells."""

_SINCE_LAUNCH: Final = Cued(
    r"\b(?:seconds?|minutes?|hours?)\s(?:after|into|from|following|before|ahead\sof|prior\sto)\s(?:the\s|its\s|their\s)?"
    r"(?:launch|lift-?off|take-?off|blast-?off|start|departure|flight)\b",
    anywhere,
)

_AT_SOME_TIME: Final = (
    r"\b(?:on (?:the|its|their) way|along the way|under ?way|meanwhile|in the meantime|since then|until then"
    r"|(?:during|throughout) (?:the|its|their|his|her|this|that) (?:[\w-]+ )?"
    r"(?:flight|journey|trip|mission|stay|voyage|cruise)"
    r"|in the (?:following|coming|next) |over the (?:following|next) |earlier|previously|before that"
    r"|(?:previous|preceding|last) week|week before)\b"
)
_MEANWHILE: Final = Cued(_AT_SOME_TIME, anywhere)
"""At some time, not on the day told of: "on the way its engine was fired"."""

_ONCE: Final = Cued(
    r"\b(?:previous|former|old)\s(?:[\w-]+\s)?(?:record|mark|best)\b|"
    r"\bwas the (?:first|second|third|only)\s[^,;.]*\bto (?:lead|command|head|direct)\b|" + _AT_SOME_TIME,
    anywhere,
)
"""A record that somebody had before the text's scene: "was the first woman to command the station"."""

_HOURS: Final = re.compile(r"[^,;.]{0,60}\b(?:seconds?|minutes?|hours?)\s(?:later|after|earlier|before)\b")

_TOLD_TOO: Final = re.compile(
    r"[^,;.\ue007]{0,60}\b(?:seconds?|minutes?|hours?|days?|weeks?)\s(?:later|earlier|before|beforehand),?"
    r"\s(?:(?:at|on|around|about|exactly|precisely|early|late|shortly|just|before|after)\s){1,3}\ue007"
)
"""After a verb: timed by what was told before, and by a time of its own, "six hours later, at 2:13 pm"."""

_LATER_FIRST: Final = Cued(r"(?:[\w-]+\s){0,9}?(?:minutes?|hours?|days?|orbits?)\slater,?\s")

_ON_MISSION: Final = re.compile(rf"\s(?:on|aboard|in|atop)\s(?:(?:the|a|an|their|its)\s)?{MARKS['mission']}")
"""A verb that tells right after it on which mission."""

_DEED: Final = re.compile(r"(?:\s[^\s,;.]+){1,6}?\sto\s(?:[^\s,;.]+\s){1,8}?(?:in|on|at)\s\ue007")
"""After "the first": who did what, and when."""

_ANNIVERSARY: Final = Cued(r"\b(?P<count>\d{1,3}(?:st|nd|rd|th)|\w+th)\sanniversary\sof\s")

_FORMER: Final = re.compile(
    r"\b(?:was|were|had been)\s(?:\w+\s)?(?:meant|supposed|due|scheduled|set|planned|expected|to)\b"
)

_DAYS: Final = re.compile(
    r"(?<!\ue007)(?P<first>\ue007++)(?:,? and(?: (?:one|another|the other|a second))?(?: on| in)? )"
    r"(?P<second>\ue007+|\d{1,2}(?=[,.;]|\s(?:they|he|she|it|the|both|all|of|with|at|in|[\ue000-\ue005])))"
)

_SPAN_OF_DAYS: Final = re.compile(r"\b(?:between|from)\s(?:the\s)?$")

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_FOLLOWING: Final = re.compile(rf"\bthe following (?P<month>{'|'.join(_MONTHS)})\b(?!\s\d)")
_REACH: Final = 60
"""So far from a verb its month may stand."""

_STATE: Final = re.compile(
    r"(?:docked|moored|berthed|attached|parked)\s(?:at|to|on|there|nearby|with)\b(?![^,;]*\ue007)"
)

_RECEIVED: Final = re.compile(r"(?:was|were|been)\s(?:\w+ly\s)?(?:met|welcomed|greeted|received|hugged|embraced)\b")
_PASSIVE: Final = re.compile(r"\b(?:was|were|been|is|are|be)\b")

_CREW: Final = re.compile(
    r"(?:^|[,;]\s|\b(?:and|but|then)\s)(?:the|its|their)\s(?:new\s)?(?:crew|astronauts|cosmonauts|taikonauts|newcomers)\s"
    r"|(?:\b(?:there|then|later),?|[,;]\s(?:and|but)\s(?:in|on|from)\s[\w\ue007]+(?:\s[\w\ue007]+){0,2},?)\s(?:he|she|it|they)\s"
)

_ONE: Final = re.compile(r"\b(?:he|she)\s")

_AHEAD: Final = re.compile(r"\b(?:will|shall|(?:is|are)\s(?:\w+\s)?to)\s(?:\w+\s)?$")

_PUT_OFF: Final = frozenset({"launch.scrubbed", "launch.aborted", "launch.rescheduled"})
"""Types of a launch that did not come about: who was to go up is named beside it."""


class Scene:
    """A verb in its clause: what stands before it and after it, and whom and what it speaks of.

    `bounds` is the clause's part of the reading; `wider` a part that may be asked, too, where the clause is silent:
    the clause whose subject it shares, the one that tells of the same time, or the sentence if the rule says so.
    `head` is what stands before the verb, masked, in small letters.
    """

    def __init__(self, passage: Passage, hit: Hit) -> None:
        """Find the clause of the verb, and the one that lends it a subject."""
        self._passage = passage
        self._hit = hit
        self._setting = setting = passage.setting(hit.start, hit.end)
        self.form = hit.form
        self._rule = hit.rule
        self._narrative = passage.narrative
        self._cues = passage.cues
        self.bounds = setting.bounds
        is_apposed = hit.rule.type == "milestone.reached" and setting.head.endswith(", ")  # "they spent …, a record"
        self.head = f"{setting.head[:-2]} " if is_apposed else setting.head

    @property
    def wider(self) -> tuple[int, int] | None:
        """A part that may be asked, too, where the clause is silent."""
        if self._rule.row.is_wide:
            return self._passage.sentence.start, self._passage.sentence.end
        index = self._setting.index
        before = self._passage.parts[index - 1] if index else None
        return self._setting.owner or ((before.start, before.end) if before and before.is_together else None)

    @property
    def whole_head(self) -> str:
        """What stands before the verb, with the clause that lends it a subject, masked."""
        masked, owner = self._narrative.masked, self._setting.owner
        if self._setting.behind:
            return f"{masked[slice(*self._setting.behind)]} "
        head = masked[self.bounds[0] : self._hit.start]
        return f"{masked[slice(*owner)]} {head}" if owner else head

    def is_state(self) -> bool:
        """Tell whether it is a participle that tells where something is: "the Soyuz, docked at the other end, …"."""
        return self.head.endswith(", ") and bool(_STATE.match(self._narrative.small, self._hit.start))

    def is_aside(self) -> bool:
        """Tell whether it is told of somebody in passing: "who was chosen in 2013"."""
        return self._rule.is_aside(self._setting.small_head)

    def stance(self) -> Stance:
        """Tell whether it happened. What goes with a plan ("will return after landing …") is left alone."""
        return self._setting.stance_of(self._rule, self.form)

    def moment(self, *, is_plan: bool) -> Moment | None:
        """Give when it happened, or is to happen; of what is timed by what was told before, no time here is its."""
        is_following = " following " in self._passage.small
        if not (is_following or self._passage.names(self._narrative.times)):
            return None
        if self._setting.is_later and not (self._is_framed() or _TOLD_TOO.match(self._setting.small_tail)):
            return None
        if participants.is_apposed(self._narrative, self.bounds[0], self._hit.start):
            return self._passage.timing.first(self._hit.end, self.bounds[1])
        if self._rule.type in {"policy.stated", "mission.extended"} and (decided := self._day_before()):
            return decided
        if self._cues & _ANNIVERSARY.cue and (then := self._years_ago()):
            return then
        may_be_counted = not is_plan or self._rule.type == "launch.scrubbed"
        may_be_counted_back = self._cues & _SPAN_FIRST.cue
        counted = self._month_after() if is_following else None
        counted = counted or (self._counted_back() if may_be_counted_back else None)
        if counted := counted or (self._counted() if may_be_counted else None):
            return counted
        told = self._passage.timing.moment(self._hit.start, self._hit.end, self._setting.index, is_plan=is_plan)
        if self._rule.type == "agreement.signed" and " until " in self._setting.small_tail:
            return self._day_before()
        return told or self._soon_before() or (self._of_its_deed() if self._rule.type == "milestone.reached" else None)

    def _of_its_deed(self) -> Moment | None:
        """Give when that was done which was a first: "became the first Arab to walk in space in April"."""
        deed = _DEED.match(self._narrative.small, self._hit.end, self.bounds[1])
        return self._passage.timing.first(deed.end() - 1, self.bounds[1]) if deed else None

    def _month_after(self) -> Moment | None:
        """Give the month that is told by the time before it: "In December it leaked, and the following February …"."""
        small, start = self._narrative.small, self.bounds[0]
        near = min(self._hit.end + _REACH, self._passage.sentence.end)
        found = _FOLLOWING.search(small, max(start, self._hit.start - _REACH), near)
        before = between(self._narrative.times, 0, found.start()) if found else []
        told = moment(before[-1].mention.time, before[-1].mention.time_precision) if before else None
        if found is None or told is None or self._verbs_between(found):
            return None
        month = _MONTHS.index(found["month"]) + 1
        return moment(f"{told.start.year + (month <= told.start.month):04}-{month:02}-01T00:00:00Z", "month")

    def _verbs_between(self, found: re.Match[str]) -> bool:
        """Tell whether another verb stands between this one and words found."""
        first, last = sorted((self._hit.start, found.start()))
        return any(first < start < last for start, _ in self._passage.verbs)

    def _soon_before(self) -> Moment | None:
        """Give the day of what came right after it: "failed on Sunday night, shortly after the launch"."""
        is_after = "after " in self.head  # most heads have none
        if not is_after or not _SOON_AFTER.search(self._narrative.small, self._passage.sentence.start, self._hit.start):
            return None
        parts = self._passage.parts[max(0, self._setting.index - 1) : self._setting.index + 1]
        times = between(self._narrative.times, parts[0].start, self._hit.start)
        told = moment(times[-1].mention.time, times[-1].mention.time_precision) if times else None
        return told.date if told else None

    def _day_before(self) -> Moment | None:
        """Give the day that stands before the verb: then it was decided, for whatever time."""
        small, end = self._narrative.small, self._hit.start
        start = max(self.bounds[0], small.rfind(", but ", self.bounds[0], end))
        told = self._passage.timing.first(start, end)
        return told if told and told.date else None

    def _years_ago(self) -> Moment | None:
        """Give when it was by the years that are celebrated: "marked on Friday the 45th anniversary of the flight"."""
        start = self._passage.sentence.start
        years = _ANNIVERSARY.search(self._narrative.small, start, self._hit.start)
        count = years and (ordinal(years["count"]))
        told = self._passage.timing.first(start, years.start()) if years else None
        if not count or told is None or told.date is None:
            return None
        day = told.date.time
        return moment(f"{int(day[:4]) - count:04}{day[4:]}", "day")

    def _counted(self) -> Moment | None:
        """Give when it was by what came so long before it or after it."""
        counted = self._counted_on() if self._setting.index else None
        return counted or (self._counted_from() if self.head.endswith(_OF_IT) else None)

    def _counted_on(self) -> Moment | None:
        """Give when it was by what the clause before tells: "entered orbit on May 10, eight days before it landed"."""
        small, index = self._narrative.small, self._setting.index
        opening = self.bounds[0], self._hit.start
        way = _BEFORE_IT.match(small, *opening)
        if not way or ", " in small[slice(*opening)] or self._passage.timing.first(self._hit.end, self.bounds[1]):
            return None
        start, end = self._passage.parts[index - 1][:2]
        if soon := _SOON.search(small, start, end):
            told = self._passage.timing.finest(start, soon.start() + 1)
            return told.date if told else None
        span = _SPAN_BEFORE.search(small, start, end)
        return self._so_far_from(start, span, way[0]) if span else None

    def _counted_from(self) -> Moment | None:
        """Give when it was by what came so long after it: "docked on Sunday, 34 hours after its launch"."""
        start, end = self.bounds[0], self._hit.start
        span = _SPAN_TO_IT.search(self._narrative.small, start, end)
        return self._so_far_from(start, span, span["way"]) if span else None

    def _so_far_from(self, start: int, span: re.Match[str], way: str) -> Moment | None:
        """Give the day so long before or after the time that stands before the span."""
        count = number(span["number"])
        told = self._passage.timing.finest(start, span.start() + 1)
        if count is None or told is None:
            return None
        apart = timedelta(**{f"{span['unit']}s": count + 0.5 * bool(span["half"])})
        return told.later(apart if way == "before" else -apart)

    def _counted_back(self) -> Moment | None:
        """Give when it was by the day of what came so long after it: "A week after the scrub, it flew on Monday"."""
        sentence, small = self._passage.sentence, self._narrative.small
        opening = _SPAN_FIRST.match(small, sentence.start, self._hit.start)
        end = small.find(", ", self._hit.end, sentence.end) if opening else -1
        count = number(opening["number"]) if opening else None
        if opening is None or count is None or end < 0 or between(self._narrative.times, sentence.start, end):
            return None
        told = self._passage.timing.first(end, sentence.end)
        days = timedelta(**{f"{opening['unit']}s": count})
        return told.later(-days if opening["way"] == "after" else days) if told and told.date else None

    def is_decided_then(self, told: Moment | None) -> bool:
        """Tell whether its time is that of the decision: "on Wednesday the agency put off the launch"."""
        is_moved = self._rule.type.endswith(".rescheduled") and bool(self._rule.row.object)
        now = self._narrative.told
        is_past = told is not None and now is not None and told.start <= now
        before = self._passage.timing.first(self.bounds[0], self._hit.start) if is_moved and is_past else None
        return before is not None and told is not None and before.time == told.time

    def is_given_up(self) -> bool:
        """Tell whether it was a plan that came to nothing: "was meant to go up on Tuesday, but …"."""
        rest = self._narrative.masked[self._hit.end : self._passage.sentence.end]
        return bool(_FORMER.search(self.head)) and ", but " in rest

    def again(self) -> Iterator[Moment]:
        """Give the other days of what happened on several: "on May 28 and 31"."""
        for pair in _DAYS.finditer(self._narrative.small, *self.bounds):
            first, second = (between(self._narrative.times, *pair.span(name)) for name in ("first", "second"))
            known = moment(first[0].mention.time, first[0].mention.time_precision) if first else None
            if (
                known is None
                or known.precision not in ({"day", "month"} if second else {"day"})
                or _SPAN_OF_DAYS.search(self._narrative.small[max(0, pair.start() - 12) : pair.start()])
            ):
                continue
            if second:
                other = moment(second[0].mention.time, second[0].mention.time_precision)
            else:
                other = moment(f"{known.time[:8]}{int(pair['second']):02}{known.time[10:]}", "day")
            yield from (each for each in (known, other) if each)

    def _is_framed(self) -> bool:
        """Tell whether its day stands before it, and what follows tells the hour: "On Friday … some hours before"."""
        within = _HOURS.match(self._setting.small_tail)
        return bool(within) and bool(between(self._narrative.times, self.bounds[0], self._hit.start))

    def is_later(self) -> bool:
        """Tell whether it is timed by what was told before it: "six hours later"."""
        return self._setting.is_later or bool(self._cues & _LATER_FIRST.cue and _LATER_FIRST.match(self.head))

    def is_meanwhile(self) -> bool:
        """Tell whether its clause has it at some time that is no day: "on the way its engine was fired"."""
        small, begin = self._narrative.small, self._passage.sentence.start
        if self._cues & _DAYS_APART.cue and _DAYS_APART.fullmatch(small, begin, self._hit.start):
            return True
        pattern = _ONCE if self._rule.type == "milestone.reached" else _MEANWHILE
        return bool(self._cues & pattern.cue and pattern.search(small, *self.bounds))

    def is_since_launch(self) -> bool:
        """Tell whether its clause times it by the launch: "48 minutes after the launch", "an hour into the flight"."""
        return bool(self._cues & _SINCE_LAUNCH.cue and _SINCE_LAUNCH.search(self._passage.small))

    def crew(self) -> tuple[Person, ...]:
        """Give who takes part, by what the rule says of where they stand."""
        if not self._passage.names(self._narrative.people) and not self._rule.type.startswith("eva."):
            return ()  # who went out may be told in the sentences that follow
        head = self.bounds[0], self._hit.start
        shared = self._setting.owner or self._setting.behind
        lead = [shared] if shared else []
        if own := participants.subject_of(self._narrative, *head):
            head, lead = own, []
        elif known := participants.subject_with_remark(self._narrative, self._passage.sentence.start, *head):
            head, lead = known[-1], known[:-1]
        elif led := participants.leading(self._narrative, *(shared or head)):
            head, lead = (led, []) if not shared else (head, [led])
        who = self._rule.row.who
        is_first = self._rule.name == "first-in-apposition"
        if is_first and (last := participants.told_of_last(self._narrative, self.bounds[0], self._hit.start)):
            return participants.people(self._narrative, [last])
        spans = [*self._spans(who, lead, head), *self._beside(who)]
        if self._rule.type == "crew.arrived" and participants.is_of_hosts(self._narrative, *self.bounds):
            spans = []
        is_any = who == "author" or self._rule.type == "crew.replaced"
        found = participants.people(self._narrative, spans, is_author=is_any)
        if not found and self._rule.type.startswith("eva."):
            found = participants.people(self._narrative, participants.row(self._narrative, self._passage.index))
        if self._rule.name.startswith("first-in") and self._rule.type == "crew.arrived" and len(found) == 1:
            return ()  # the others came in, too
        if lead and len(found) > 1 and _ONE.search(self.head):
            return participants.people(self._narrative, spans[1:])
        return found

    def _spans(self, who: str, lead: list[tuple[int, int]], head: tuple[int, int]) -> list[tuple[int, int]]:
        """Give the parts of its clause in which those stand who take part."""
        end = participants.remark_end(
            self._narrative, (self.bounds[0], self._hit.start), (self._hit.end, self.bounds[1])
        )
        if self._setting.behind:  # "Gone on Friday, NAME worked with NAME": they did not go together
            end = min(end, self._setting.behind[0])
        tail, after = (self._hit.start, end), (self._hit.end, end)
        match who:
            case "of" if self._rule.type == "crew.rotated":
                return [participants.takers(self._narrative, *self.bounds)]
            case "of":
                is_told = not self._rule.type.endswith("scheduled") or _PASSIVE.search(self._setting.small_verb)
                deed = participants.named_of_deed(self._narrative, *head) if is_told else head[:1] * 2
                return [deed, participants.named_of(self._narrative, *after), *self._when()]
            case "subject":
                spans = [*lead, head, participants.companions(self._narrative, *after)]
                if _PASSIVE.search(f"{self.head[-40:]}{self._setting.small_verb}{self._setting.small_tail[:12]}"):
                    spans.append(participants.agents(self._narrative, *after))
                return spans
            case "clause":
                if self._rule.type == "crew.arrived" and _RECEIVED.match(self._setting.small_verb):
                    return [*lead, head]  # by whom they were received
                is_handover = self._rule.type == "crew.rotated"
                return [*lead, head, participants.without_remark(self._narrative, *tail) if is_handover else tail]
            case "object":
                return [tail, participants.object_before(self._narrative, *head)]
            case "author":
                return [*lead, head]
            case _:
                return self._of_no_subject(head, after)

    def _of_no_subject(self, head: tuple[int, int], after: tuple[int, int]) -> list[tuple[int, int]]:
        """Give the parts that name people beside what happens to things: in whose suit, by whom, to whom."""
        match self._rule.type:
            case "anomaly.occurred":
                return [participants.wearers(self._narrative, *self.bounds)]
            case type_ if type_.endswith("scheduled"):
                return [participants.named_of_deed(self._narrative, *head)]
            case type_ if type_ in participants.DOERS:
                done = participants.doers(self._narrative, *head)
                by = participants.agents(self._narrative, *after) if _PASSIVE.search(self._setting.small_verb) else done
                return [done, by]
            case _:
                return []

    def _beside(self, who: str) -> Iterator[tuple[int, int]]:
        """Give the parts outside its clause that name who did the same, one after the other or after a colon."""
        end = self._passage.sentence.end
        is_first_in = self._rule.name.startswith("first-in") and self._rule.type == "crew.arrived"
        if who == "subject" or is_first_in:
            yield participants.followers(self._narrative, self._hit.end, end)
        is_row = is_first_in or (who in {"subject", "clause"} and self._rule.type == "crew.egressed")
        if is_row and between(self._narrative.people, *self.bounds):
            yield from participants.row(self._narrative, self._passage.index, paragraphs=3)
        if who in {"subject", "clause"}:
            yield participants.listed(self._narrative, self._hit.end, end)
        if self._rule.type in _PUT_OFF:
            yield participants.flyers(self._narrative, self.bounds[0], end)

    def _when(self) -> list[tuple[int, int]]:
        """Give the clause that tells of the same: "the first docking took place in March, when NAME steered …"."""
        index = self._setting.index + 1
        parts = self._passage.parts
        is_when = index < len(parts) and self._narrative.small.startswith("when ", parts[index].start)
        return [(parts[index].start, parts[index].end)] if is_when else []

    def group(self) -> int | None:
        """Give how many people it is told of without their names: "the three", "the return of both"."""
        after = (
            subjects.group_after(self._setting.small_tail) if self.form is _NOUN or self._rule.row.who == "of" else None
        )
        return after or subjects.group_size(self.head)

    def after(self) -> timedelta | None:
        """Give how long it came after what was told before it: "six hours later"."""
        is_told = self._cues & _AFTER.cue
        found = (_AFTER_FIRST.search(self.head) or _AFTER.match(self._setting.small_tail)) if is_told else None
        count = number(found["number"]) if found else None
        if found is None or count is None:
            return None
        return timedelta(**{f"{found['unit']}s": -count if found["way"] == "earlier" else count})

    def is_ahead(self) -> bool:
        """Tell whether its verb is told as still to come when the article was written: "will", "is to"."""
        return bool(_AHEAD.search(self.head))

    def names_somebody(self) -> bool:
        """Tell whether its subject is somebody, or a craft, named before: "she", "the four", "the crew", "the ship"."""
        return bool(_CREW.search(self.head)) or bool(
            subjects.is_one(self.head)
            or subjects.group_size(self.head) is not None
            or subjects.is_craft_or_it(self.head)
        )

    def agencies(self) -> tuple[AgencyTag, ...]:
        """Give the agencies that the rule names as who did it; their evidence counts in the sentence."""
        if "{agency}" not in self._rule.row.subject:
            return ()
        sentence = self._passage.sentence
        origin = self._narrative.to_original(sentence.start, sentence.end).start
        return tuple(
            AgencyTag(
                name=placed.mention.name,
                id=placed.mention.id,
                role=placed.mention.role,
                evidence=(self._narrative.to_original(placed.start, placed.end).shifted(-origin),),
            )
            for placed in between(self._narrative.agencies, self.bounds[0], self._hit.start)
        )

    def mission(self) -> CraftMention | None:
        """Give the one mission that the clause names as what it happened to; None where none or several may be."""
        return self._mission() if self._passage.names(self._narrative.flights) else None

    def _mission(self) -> CraftMention | None:
        start, end = self.bounds
        row = self._rule.row
        inside = participants.missions(self._narrative, self._hit.start, self._hit.end)
        if len(inside) == 1:
            return inside[0]
        if row.type == "crew.replaced":
            left = participants.left_missions(self._narrative, self._hit.start, end)
            if len(left) == 1:
                return left[0]
        if own := participants.craft_whose(self._narrative, start, self._hit.start):
            return own
        is_behind = _ON_MISSION.match(self._setting.small_tail)  # "colleagues of Crew-11, who arrived on Soyuz MS-28"
        found = [] if is_behind else participants.craft_before(self._narrative, start, self._hit.start)
        if self._setting.behind:
            found = participants.craft_before(self._narrative, *self._setting.behind)
        found = found or self._missions_flown(end)
        if not found and (row.is_wide or "{mission}" in row.object or row.type.startswith("launch.")):
            found = participants.meant_missions(self._narrative, self._hit.start, end)
        if not found and self._setting.owner:
            found = participants.craft_before(self._narrative, *self._setting.owner)
        if not found and row.is_wide:
            found = participants.meant_missions(
                self._narrative, self._passage.sentence.start, self._passage.sentence.end
            )
        if not found and row.who == "of":
            found = [one for span in self._when() for one in participants.missions(self._narrative, *span)]
        return found[0] if len(found) == 1 else None

    def _missions_flown(self, end: int) -> list[CraftMention]:
        """Give the missions in which people flew, as its clause names them up to the next verb."""
        stop = min((verb for verb, _ in self._passage.verbs if verb >= self._hit.end), default=end)
        return participants.craft_after(self._narrative, self._hit.start, self._hit.end, min(end, stop))

    def taken(self) -> dict[str, Any]:
        """Give the members that the rule takes from the clause, or from the sentence where it says so."""
        return dict(self._taken()) if self._rule.row.take else {}

    def _taken(self) -> Iterator[tuple[str, Any]]:
        sentence = self._passage.sentence
        part = (sentence.start, sentence.end) if self._rule.row.is_wide else self.bounds
        for member, pattern, value in self._rule.takes:
            match = pattern.search(self._narrative.small, *part)
            if match and value is not None:
                yield member, value
            elif match:
                yield from measured(member, self._narrative.text[match.start(1) : match.end(1)].strip())
