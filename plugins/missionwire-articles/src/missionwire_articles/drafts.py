"""Makes event drafts of occurrences and statements."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import starmap
from operator import attrgetter
from typing import Any, Final

from msgspec.structs import replace

from missionwire.plugin import Draft, slug
from missionwire_articles.members import TypeRow
from missionwire_articles.narrative import Narrative
from missionwire_articles.occurrence import Occurrence
from missionwire_articles.statements import Statement

PREFIX: Final = "missionwire."

_NO_ROW: Final = TypeRow()

STATEMENT_CONFIDENCE: Final[Mapping[str, float]] = {
    "quote-with-named-speaker": 0.85,
    "quote-of-somebody": 0.7,
    "reported-words": 0.7,
    "reported-words-of-somebody": 0.6,
}

_WRITTEN: Final[Mapping[str, str]] = {
    "baikonur": "Baikonur",
    "iss": "International Space Station",
    "tiangong": "Tiangong space station",
    "mir": "Mir space station",
    "kazakhstan": "Kazakhstan",
    "gulf-of-mexico": "Gulf of Mexico",
    "atlantic": "Atlantic",
    "pacific": "Pacific",
    "moon": "Moon",
}
"""How a title writes an id; a title with any other is not made."""


def drafts(
    narrative: Narrative, found: Iterable[Occurrence], said: Iterable[Statement], types: Mapping[str, TypeRow]
) -> list[Draft]:
    """Give the drafts in the order of the text, with keys where two have one type and subject."""
    made = [_of_occurrence(narrative, occurrence, types) for occurrence in found]
    made += [_of_statement(narrative, statement) for statement in said]
    return _keyed(sorted(made, key=attrgetter("sentence", "type")))


def _of_occurrence(narrative: Narrative, occurrence: Occurrence, types: Mapping[str, TypeRow]) -> Draft:
    main = occurrence.main
    data = dict(occurrence.data)
    if occurrence.mission_name:
        data["mission"] = occurrence.mission_name
    moment = occurrence.moment
    spans = sorted({(telling.start, telling.end) for telling in occurrence.tellings})
    evidence = tuple(starmap(narrative.to_original, spans))
    return Draft(
        type=PREFIX + occurrence.type,
        sentence=evidence[spans.index((main.start, main.end))],
        evidence=evidence,
        subject=occurrence.mission,
        mission_inferred=occurrence.is_inferred,
        time=moment.time if moment else None,
        time_precision=moment.precision if moment else "unknown",
        narration=occurrence.narration,
        title=_title(types.get(occurrence.type, _NO_ROW).title, data, occurrence),
        crew=occurrence.crew,
        agencies=main.agencies,
        data=data,
        ext={"rule": main.rule, "confidence": main.confidence},
    )


def _of_statement(narrative: Narrative, statement: Statement) -> Draft:
    spans = tuple(starmap(narrative.to_original, statement.spans))
    data: dict[str, Any] = {"speaker": statement.speaker} if statement.speaker else {}
    if statement.quote:
        data["quote"] = statement.quote
    else:
        data["paraphrase"] = narrative.text[slice(*statement.spans[0])]
    if statement.to:
        data["to"] = statement.to
    rule = _rule(statement)
    return Draft(
        type=PREFIX + "statement.made",
        sentence=spans[0],
        evidence=spans,
        time=statement.moment.time if statement.moment else None,
        time_precision=statement.moment.precision if statement.moment else "unknown",
        crew=(statement.person,) if statement.person else (),
        data=data,
        ext={"rule": rule, "confidence": STATEMENT_CONFIDENCE[rule]},
    )


def _rule(statement: Statement) -> str:
    if statement.quote:
        return "quote-with-named-speaker" if statement.person else "quote-of-somebody"
    return "reported-words" if statement.person else "reported-words-of-somebody"


def _title(template: str, data: Mapping[str, Any], occurrence: Occurrence) -> str | None:
    """Fill in a title of facts alone; None where one is missing, or where the event is no plain news."""
    if not template or occurrence.narration != "main" or not (occurrence.mission_name or "").isascii():
        return None
    facts = {name: _WRITTEN[value] for name, value in data.items() if isinstance(value, str) and value in _WRITTEN}
    if occurrence.mission_name:
        facts["mission"] = occurrence.mission_name
    try:
        return template.format_map(facts)
    except KeyError:
        return None


def _keyed(made: Sequence[Draft]) -> list[Draft]:
    """Give drafts that share type and subject a key: who it is about, else the time, else their number."""
    shared = Counter((draft.type, draft.subject) for draft in made)
    seen: defaultdict[tuple[str, str | None, str], int] = defaultdict(int)
    keyed: list[Draft] = []
    for draft in made:
        if shared[draft.type, draft.subject] == 1:
            keyed.append(draft)
            continue
        who = draft.crew[0].id or slug(draft.crew[0].name) if draft.crew else ""
        key = who or draft.time or draft.data.get("target") or ""
        seen[draft.type, draft.subject, key] += 1
        number = seen[draft.type, draft.subject, key]
        keyed.append(replace(draft, key=key if key and number == 1 else f"{key}-{number}".strip("-")))
    return keyed
