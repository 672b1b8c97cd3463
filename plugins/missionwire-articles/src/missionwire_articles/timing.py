"""When something that a sentence tells happened: which of its times belongs to which of its verbs."""

import re
from collections.abc import Sequence
from typing import Final

from missionwire.plugin import TimeMention
from missionwire_articles.clauses import Clause
from missionwire_articles.moments import Moment, moment
from missionwire_articles.narrative import Narrative, Placed, between
from missionwire_articles.sentences import Sentence

_LATER: Final = re.compile(
    r"^[^,;.]{0,60}\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\s(?:later|after|earlier|before)\b"
    r"|^[^,;.]{0,60}\b(?:the next|the following|the same) (?:day|morning|evening|week|month)\b",
    re.IGNORECASE,
)
_REMARK: Final = re.compile(r"\s(?:who|whose|which)\s")
_TO_COME: Final = re.compile(
    r"\b(?:will|would|(?:supposed|scheduled|due|expected|set|planned|going|slated) (?:to|for|on))\b", re.IGNORECASE
)


class Timing:
    """The times of one sentence, asked for verb by verb."""

    def __init__(
        self, narrative: Narrative, sentence: Sentence, parts: Sequence[Clause], verbs: Sequence[tuple[int, int]]
    ) -> None:
        """Take the sentence's clauses, and its verbs: each time belongs to one of them."""
        self._narrative = narrative
        self._parts = parts
        self._verbs = verbs
        self._times = [
            placed
            for placed in between(narrative.times, sentence.start, sentence.end)
            if not placed.mention.is_dateline and moment(placed.mention.time, placed.mention.time_precision)
        ]

    def moment(self, start: int, end: int, clause: int, *, is_plan: bool) -> Moment | None:
        """Give the time of what the verb at `start` to `end` tells; None where none of the sentence's is surely its."""
        part = self._parts[clause]
        if _LATER.match(self._narrative.masked[end : part.end]):
            return None
        previous = max((e for s, e in self._verbs if part.start <= s and e <= start), default=part.start)
        following = min((s for s, _ in self._verbs if end <= s < part.end), default=part.end)
        zones = [(end, following), (previous, start)]
        if clause and self._parts[clause - 1].is_together and self._parts[clause - 1].owner is None:
            zones.append((self._parts[clause - 1].start, self._parts[clause - 1].end))
        if part.trails and part.owner is not None:
            zones.append((self._parts[part.owner].start, self._parts[part.owner].end))
        for zone in zones:
            found = [p for p in between(self._times, *zone) if self._is_its(p, zone[0], start, is_plan=is_plan)]
            if found:
                return _finest(found, nearest=start)
        return None

    def _is_its(self, placed: Placed[TimeMention], zone: int, verb: int, *, is_plan: bool) -> bool:
        return (is_plan or not self._is_to_come(placed, zone)) and not self._is_aside(placed, zone, verb)

    def _is_to_come(self, placed: Placed[TimeMention], start: int) -> bool:
        """Tell whether a time is of a plan told on the way: "that was supposed to fly this weekend"."""
        before = self._narrative.masked[start : placed.start]
        phrase = before[before.rfind(",") + 1 :]
        return bool(_TO_COME.search(phrase))

    def _is_aside(self, placed: Placed[TimeMention], zone: int, verb: int) -> bool:
        """Tell whether a time is of a remark that the verb is no part of: ", who first flew in 2012, landed"."""
        before = self._narrative.masked[zone : placed.start]
        comma = before.rfind(",")
        if comma < 0 or not _REMARK.match(before, comma + 1):
            return False
        return verb < placed.start or "," in self._narrative.masked[placed.end : verb]


def _finest(found: Sequence[Placed[TimeMention]], *, nearest: int) -> Moment | None:
    """Give the finest of times that agree; where they do not, the one that stands nearest to the verb."""
    ordered = sorted(found, key=lambda placed: abs(placed.start - nearest))
    moments = [m for p in ordered if (m := moment(p.mention.time, p.mention.time_precision))]
    agreeing = [m for m in moments if m.meets(moments[0])]
    return min(agreeing, key=lambda m: m.rank, default=None)
