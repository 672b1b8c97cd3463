"""How a text tells something: as its news, as a plan, in somebody's words, or as history in passing."""

import re
from datetime import datetime, timedelta
from typing import Final

from missionwire.plugin import Narration
from missionwire_articles.anywhere import anywhere
from missionwire_articles.cues import Cued
from missionwire_articles.moments import Moment
from missionwire_articles.moments import moment as moment_of
from missionwire_articles.narrative import Narrative, between
from missionwire_articles.remarks import is_in_remark

NEWS: Final = timedelta(days=60)
"""What ended longer than so before an article is history to it: a flight's launch may be, its landing is not."""

_YEARS_FROM: Final = Cued(r"\byears?\s(?:ago|after|before|earlier|since|later)\b", anywhere)
_IN_PASSING: Final = Cued(
    r"\b(?:anniversary|decades?|last year|previously|in the (?:19|20)\d0s|histor(?:y|ically))\b",
    anywhere,
)
_YEAR: Final = re.compile(r"\b(?:in|of|since)\s(?:\w+\s)?(?P<year>(?:19|20)\d\d)\b")


def narration_of(
    narrative: Narrative,
    index: int,
    bounds: tuple[int, int],
    verb: tuple[int, int],
    moment: Moment | None,
    *,
    is_plan: bool,
    is_schedule: bool,
    is_quoted: bool,
    is_aside: bool = False,
) -> Narration:
    """Judge by the clause, in the sentence `index`, and its time.

    `is_aside`: the rule knows that it is told of a person in passing.
    """
    if is_quoted:
        return "quoted"
    if is_plan:
        return "planned"
    if is_schedule:
        return "main"
    return "background" if is_aside or _is_history(narrative, index, bounds, verb, moment) else "main"


def _is_history(
    narrative: Narrative,
    index: int,
    bounds: tuple[int, int],
    verb: tuple[int, int],
    moment: Moment | None,
) -> bool:
    told, sentence = narrative.told, narrative.sentences[index]
    if moment and told:
        return moment.end < told - NEWS
    start = max(sentence.start, bounds[0] - 40)  # "60 years after …" stands before the clause that it opens
    cues, text = narrative.cues[index], narrative.small_text
    if (cues & _YEARS_FROM.cue and _YEARS_FROM.search(text, start, bounds[1])) or (
        cues & _IN_PASSING.cue and _IN_PASSING.search(text, *bounds)
    ):
        return True
    if told is None:
        return False
    has_year = narrative.text.find("20", *bounds) >= 0 or narrative.text.find("19", *bounds) >= 0
    year = _YEAR.search(narrative.text, *bounds) if has_year else None
    if year and not is_in_remark(narrative.small, cues, bounds[0], year.span("year"), verb):
        return int(year["year"]) < told.year
    return _is_all_old(narrative, index, verb, told)


def _is_all_old(narrative: Narrative, index: int, verb: tuple[int, int], told: datetime) -> bool:
    """Tell whether the sentence tells times, and all of them long past: what has none of its own is of then, too."""
    sentence, cues = narrative.sentences[index], narrative.cues[index]
    are_old = (
        known.end < told - NEWS
        for placed in between(narrative.times, sentence.start, sentence.end)
        if not placed.mention.is_dateline
        and (known := moment_of(placed.mention.time, placed.mention.time_precision))
        and not is_in_remark(narrative.small, cues, sentence.start, (placed.start, placed.end), verb)
    )
    return next(are_old, False) and all(are_old)
