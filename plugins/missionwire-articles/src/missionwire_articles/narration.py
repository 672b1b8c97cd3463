"""How a text tells something: as its news, as a plan, in somebody's words, or as history in passing."""

import re
from datetime import timedelta
from typing import Final

from missionwire.plugin import Narration
from missionwire_articles.moments import Moment
from missionwire_articles.narrative import Narrative
from missionwire_articles.sentences import Sentence

NEWS: Final = timedelta(days=60)
"""What ended longer than so before an article is history to it: a flight's launch may be, its landing is not."""

_YEARS_FROM: Final = re.compile(r"\byears?\s(?:ago|after|before|earlier|since|later)\b", re.IGNORECASE)
_IN_PASSING: Final = re.compile(
    r"\banniversary\b|\bdecades?\b|\blast year\b|\bpreviously\b|\bin the (?:19|20)\d0s\b|\bhistor(?:y|ically)\b",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\b(?:in|of|since)\s(?:\w+\s)?(?P<year>(?:19|20)\d\d)\b")


def narration_of(
    narrative: Narrative,
    sentence: Sentence,
    bounds: tuple[int, int],
    moment: Moment | None,
    *,
    is_plan: bool,
    is_quoted: bool,
    is_aside: bool = False,
) -> Narration:
    """Judge by the clause and its time; `is_aside` where the rule knows that it is told of a person in passing."""
    if is_quoted:
        return "quoted"
    if is_plan:
        return "planned"
    return "background" if is_aside or _is_history(narrative, sentence, bounds, moment) else "main"


def _is_history(narrative: Narrative, sentence: Sentence, bounds: tuple[int, int], moment: Moment | None) -> bool:
    told = narrative.told
    if moment and told:
        return moment.end < told - NEWS
    start = max(sentence.start, bounds[0] - 40)  # "60 years after …" stands before the clause that it opens
    if _YEARS_FROM.search(narrative.text, start, bounds[1]) or _IN_PASSING.search(narrative.text, *bounds):
        return True
    year = _YEAR.search(narrative.text, *bounds)
    return bool(year and told and int(year["year"]) < told.year)
