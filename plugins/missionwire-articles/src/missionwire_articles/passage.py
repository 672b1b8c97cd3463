"""A sentence with its clauses and its times, and what stands around each of its verbs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from operator import attrgetter
from typing import Final

from missionwire.plugin import Mention
from missionwire_articles import stance
from missionwire_articles.anywhere import anywhere
from missionwire_articles.clauses import Clause, Cuts, clauses, cuts
from missionwire_articles.cues import Cued
from missionwire_articles.kept import Kept
from missionwire_articles.narrative import Narrative, Placed
from missionwire_articles.rules import MARKS, Form, Rule
from missionwire_articles.stance import DENIED, PLANNED, Stance
from missionwire_articles.timing import Timing

_END: Final = attrgetter("end")
_NOUN: Final = Form.NOUN
_PLAIN: Final = Form.PLAIN

_LATER: Final = Cued(
    r"^[^,;.\ue007]{0,60}\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\s(?:later|after|earlier|before)\b"
    r"|^[^,;.]{0,60}\b(?:the next|the following|the same) (?:day|morning|evening|week|month)\b",
)
"""After a verb: timed by what was told before, so that no time of the sentence is its."""

_FRONTED: Final = re.compile(
    r"[^,;.]{1,120},\s(?P<subject>(?:it|he|she|they)(?=\s)"
    r"|(?:(?:the|its|their|this|both|all)\s(?:(?!\w+(?:ed|s)\s)[\w-]+\s){0,2}(?:[\w-]+|[\ue000-\ue00a]+))"
    r"|(?:[\w-]+\s){0,2}[\ue000-\ue005]+(?:\sand\s[\ue000-\ue005]+)?)"
)
"""What follows a participle that opens a clause: "…, it docked"."""

_OF_PERSON_TO_STATION: Final = "|".join(map(chr, range(ord(MARKS["person"]), ord(MARKS["station"]) + 1)))
_KNOWN: Final = anywhere(rf"{_OF_PERSON_TO_STATION}|\b(?:it|they|he|she|who|which|that)\s")

_UNKNOWN_NAME: Final = re.compile(
    r"(?:^|[\s“\"(])(?P<name>(?=[A-Z])(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:The|An?|We|I|You|There|This|These|Those|Both|All"
    r"|When|While|After|Before|As|At|On|In|By|Then|Now|Later|Since|Once|If|But|And|So|Early|Late|Yesterday|Today|Not|No|Its"
    r"|Their|His|Her|\w+(?:ers|ors|ists|ians|men|auts|teams?)|American|Russian|Chinese|Japanese|Indian|Italian|German|French\w*|Dane|Briton|European|Canadian|One|Two|Three|Four|Nobody|Nothing|Some|Many|Most|What|Who)\b)[A-Z][\w-]*(?:\s(?:[A-Z][\w-]*|\d+))*(?:\sand\s[A-Z][\w-]*)?)"
    r"(?:,[^;]{1,120}?,|,)?\s(?:(?:had|has|have|was|were|is|are|did|been|also|then|later|finally|itself|will|\w+ly)\s)*$"
)
"""A name as the subject right before a verb."""

_REMARK: Final = Cued(
    r",\s(?:who|whose|whom|which|where|although|though)\s"
    r"|,?\s(?:and|but)\s(?:then|afterwards?|later|since then),?\s(?:the|it|he|she|they|its|their|an?)\s"
)
"""What begins a part of a clause that tells of something else: ", whose first stage returned"."""


class Passage:
    """One sentence of a narrative, cut into clauses."""

    def __init__(
        self, narrative: Narrative, index: int, verbs: Collection[tuple[int, int]], known: Cuts | None = None
    ) -> None:
        """Cut the sentence; the places of the verbs found in it tell where "and" begins another clause.

        `known` are the cuts that it has whatever its verbs are, where they were found before.
        """
        self.narrative = narrative
        self.index = index
        self.sentence = sentence = narrative.sentences[index]
        self.verbs = _apart(verbs)
        self._cuts = known or cuts(narrative.seams, sentence.start, sentence.end)
        self.parts = clauses(narrative.masked, narrative.seams, sentence.start, sentence.end, self.verbs, self._cuts)
        self.small = narrative.small[sentence.start : sentence.end]
        self.cues = narrative.cues[index]
        self._settings: dict[tuple[int, int], _Setting] = {}

    def parted(self, verbs: Collection[tuple[int, int]]) -> "Passage":
        """Give the sentence as it is cut at just these verbs: itself, with these alone, where that is as it was cut.

        It is not asked for its times before.
        """
        places = _apart(verbs)
        if places == self.verbs:
            return self
        if self._cuts.is_joined or any(part.trails for part in self.parts):
            other = Passage(self.narrative, self.index, places, self._cuts)
            if other.parts != self.parts:
                return other
        self.verbs = places
        return self

    @Kept
    def timing(self) -> Timing:
        """The times of the sentence, each with its verb."""
        return Timing(self.narrative, self.index, self.parts, self.verbs)

    def names(self, mentions: Sequence[Placed[Mention]]) -> bool:
        """Tell whether the sentence holds one of the text's mentions of a kind, which are in its order."""
        first = bisect_left(mentions, (self.sentence.start,))
        return first < len(mentions) and mentions[first].start < self.sentence.end

    def clause_at(self, place: int) -> int:
        """Give the index of the clause that holds a place."""
        return bisect_right(self.parts, place, key=_END)

    def setting(self, start: int, end: int) -> "_Setting":
        """Give what stands around a verb; rules that share it share what is found."""
        known = self._settings.get((start, end))
        if known is None:
            known = self._settings[start, end] = _Setting(self, start, end)
        return known


class _Setting:
    """The clause of a verb, cut at it, and the clause that lends it a subject; in small letters but for `verb`."""

    def __init__(self, passage: Passage, start: int, end: int) -> None:
        self._narrative, self._parts, self._sentence = passage.narrative, passage.parts, passage.sentence
        parts, small = self._parts, self._narrative.small  # not the passage, which holds this: no ring is to be made
        self._place = (start, end)
        self.index = index = passage.clause_at(start) if len(parts) > 1 else 0
        first, last, owner = parts[index][:3]
        self.bounds = (first, last) if end <= last else (first, end)
        own = small[first:start]
        self.owner = None if owner is None else _part(parts, owner)
        if index and not self.owner and stance.joins(own) and self._is_joined(own):
            self.owner = _part(parts, index - 1)
        self.behind = None if own.strip('"“ ') or self.owner else _behind(small, start, end, self.bounds[1])
        self.head = f"{small[slice(*self.behind)]} " if self.behind else own
        self.small_head = f"{self.lead} {self.head}" if self.owner else self.head
        self.subject = stance.without_plan(self.small_head)
        """The head without what makes it a plan."""

        self.verb = verb = self._narrative.masked[start:end]
        """The verb as it stands there."""

        self.is_gerund = verb.partition(" ")[0].endswith("ing")
        self.small_verb = small[start:end]
        self.small_tail = tail = small[end:last]
        self.small_sentence = passage.small
        self._cues = cues = passage.cues
        if not cues & _REMARK.cue:
            self.own_tail = tail  # as of most verbs: it is known at once
        if not cues & _LATER.cue:
            self.is_later = False
        self._stances: dict[tuple[Form, bool], Stance] = {}

    def _is_joined(self, own: str) -> bool:
        """Tell whether a clause that goes on has the subject of the one before it."""
        return own.lstrip().startswith("and ") or stance.has_plan(self._clause_before)

    @Kept
    def own_tail(self) -> str:
        """The tail up to a remark that tells of something else."""
        return _REMARK.split(self.small_tail, 1)[0]

    @Kept
    def is_later(self) -> bool:
        """Whether what follows the verb times it by what was told before it: "six hours later"."""
        return bool(_LATER.match(self.small_tail))

    @property
    def lead(self) -> str:
        """The clause that lends it a subject."""
        return self._narrative.small[slice(*self.owner)] if self.owner else ""

    @property
    def _clause_before(self) -> str:
        """The clause before it, whether or not that lends it a subject."""
        before = _part(self._parts, self.index - 1) if self.index else None
        return self._narrative.small[slice(*before)] if before else ""

    def stance_of(self, rule: Rule, form: Form) -> Stance:
        """Tell whether it happened, by the form in which the rule finds it told."""
        may_be_state = rule.type.endswith("scheduled")
        known = self._stances.get((form, may_be_state))
        if known is None:
            known = self._stances[form, may_be_state] = self._judged(form, may_be_state=may_be_state)
        return known

    def _judged(self, form: Form, *, may_be_state: bool) -> Stance:
        if stance.is_hedged(self._narrative.small, self.bounds[0]):
            return DENIED
        verb = self.verb
        goes_on = stance.goes_on(self.head, is_gerund=self.is_gerund)
        may_go_on = goes_on and (form is _PLAIN or stance.is_open(verb))
        if may_go_on and stance.has_plan(self.lead or self._clause_before):
            return PLANNED
        if self.owner and stance.has_plan(self.lead):
            return DENIED
        if form is _NOUN:
            return stance.of_noun(self.head, self.small_tail, self._cues)
        if form is _PLAIN:
            return stance.of_base(self.head, verb, self._cues, is_caption=self._sentence.is_caption)
        return stance.of_past(self.head, verb, self._cues, may_be_state=may_be_state)

    @Kept
    def subject_as_craft(self) -> str | None:
        """The subject masked as a craft where it is a name of nothing known, as in "Vikram landed"."""
        own = self._narrative.masked[self.bounds[0] : self._place[0]]
        has_name = not self.behind and not self.small_head.endswith(own)  # a capital
        if not has_name or _KNOWN.search(self.small_head):
            return None
        named = _UNKNOWN_NAME.search(own)
        if not named:
            return None
        before = len(self.small_head) - len(own)
        start, end = before + named.start("name"), before + named.end("name")
        craft = MARKS["spacecraft"] * (end - start)
        return stance.without_plan(f"{self.small_head[:start]}{craft}{self.small_head[end:]}")


def _behind(small: str, start: int, end: int, limit: int) -> tuple[int, int] | None:
    """Give the subject of a participle that opens a clause: "Launched on Friday, the probe …"."""
    fronted = None if small[start:end].partition(" ")[0].endswith("ing") else _FRONTED.match(small, end, limit)
    return fronted.span("subject") if fronted else None


def _part(parts: Sequence[Clause], index: int) -> tuple[int, int] | None:
    return parts[index][:2] if index < len(parts) else None


def _apart(spans: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give spans in order, those that overlap as one."""
    if len(spans) == 1:
        return [*spans]
    apart: list[tuple[int, int]] = []
    reach = 0
    for span in sorted(set(spans)):
        start, end = span
        if start >= reach:
            apart.append(span)
            reach = end
        elif end > reach:
            apart[-1] = (apart[-1][0], end)
            reach = end
    return apart
