"""What came of an article beside its gold: what was found, what is right about it, what is missing, what is harm."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from gold import Article, Bounds, GoldCorrection, GoldEvent, GoldTime, Named, When

from missionwire.plugin import AgencyMention, Correction, PersonMention, slug
from missionwire.testing import ArticleResult

_PREFIX: Final = "missionwire."
_KEPT: Final[Mapping[str, int]] = {"year": 4, "month": 7, "day": 10, "hour": 13, "minute": 16, "second": 19}
"""How many characters of a time each precision holds."""


class Count(msgspec.Struct):
    """What was counted. Optional events count neither way; `right` ones have type, time, mission and people right."""

    events_gold: int = 0
    events_found: int = 0
    events_met: int = 0
    events_right: int = 0
    people_gold: int = 0
    people_found: int = 0
    people_met: int = 0
    agencies_gold: int = 0
    agencies_found: int = 0
    agencies_met: int = 0
    times_gold: int = 0
    times_met: int = 0
    must: int = 0
    must_met: int = 0
    harmful: int = 0

    def add(self, other: "Count") -> None:
        """Count what another has counted."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def figures(self) -> dict[str, float | None]:
        """Give the ratios, and how many edits are harmful; None where there is nothing to divide by."""
        return {
            "events_precision": _ratio(self.events_met, self.events_found),
            "events_recall": _ratio(self.events_met, self.events_gold),
            "events_right": _ratio(self.events_right, self.events_gold),
            "events_right_of_met": _ratio(self.events_right, self.events_met),
            "people_precision": _ratio(self.people_met, self.people_found),
            "people_recall": _ratio(self.people_met, self.people_gold),
            "agencies_precision": _ratio(self.agencies_met, self.agencies_found),
            "agencies_recall": _ratio(self.agencies_met, self.agencies_gold),
            "times_recall": _ratio(self.times_met, self.times_gold),
            "corrections_met": _ratio(self.must_met, self.must),
            "harmful": self.harmful,
        }

    def as_dict(self) -> dict[str, float | None]:
        """Give what was counted, and the ratios."""
        return {**msgspec.to_builtins(self), **self.figures()}


class Judgement(msgspec.Struct, frozen=True):
    """The count of an article, and a line for each miss."""

    count: Count
    errors: tuple[str, ...]


class FoundEvent(msgspec.Struct, frozen=True):
    """What an event that came of the article says."""

    type: str
    when: When
    mission: str | None
    people: frozenset[str]
    evidence: tuple[Bounds, ...]
    rule: str


def judge(article: Article, result: ArticleResult) -> Judgement:
    """Compare what came of an article with its gold, as far as that goes."""
    count, gold = Count(), article.gold
    errors = [*_judge_corrections(article, result, count)]
    if gold.times is not None:
        errors[:0] = _judge_times(gold.times, result, count)
    if gold.agencies is not None:
        errors[:0] = _judge_agencies(article, gold.agencies, result, count)
    if gold.people is not None:
        errors[:0] = _judge_people(article, gold.people, result, count)
    if gold.events is not None:
        errors[:0] = _judge_events(article, gold.events, result, count)
    return Judgement(count, tuple(errors))


# --- events -----------------------------------------------------------------------------------------------------------


def _judge_events(article: Article, golds: Sequence[GoldEvent], result: ArticleResult, count: Count) -> Iterator[str]:
    found = [_found(event) for event in result.events]
    pairs = dict(_pairs(golds, found))
    count.events_gold = sum(not gold.optional for gold in golds)
    ignored = {place for number, place in pairs.items() if golds[number].optional}
    count.events_found = len(found) - len(ignored)
    for number, gold in enumerate(golds):
        if gold.optional:
            continue
        told = _quoted(article.text, gold.evidence)
        if number not in pairs:
            yield f"missed   {_short(gold.type)} {gold.time} {gold.mission} {sorted(gold.people)}: {told}"
            continue
        event = found[pairs[number]]
        count.events_met += 1
        wrong = list(_wrong(gold, event))
        count.events_right += not wrong
        for each in wrong:
            yield f"wrong    {_short(gold.type)} {each} ({event.rule}): {told}"
    for place, event in enumerate(found):
        if place not in pairs.values():
            told = _quoted(article.text, event.evidence)
            yield f"too much {_short(event.type)} {event.when[0]} {event.mission} ({event.rule}): {told}"


def _found(event: Mapping[str, Any]) -> FoundEvent:
    data = event["data"]
    time, precision = event.get("time"), data.get("time_precision", "unknown")
    if time is None and data.get("net"):
        time, precision = data["net"], data.get("net_precision", "day")
    return FoundEvent(
        event["type"],
        (time, precision),
        event.get("subject"),
        frozenset(person.get("id") or person["name"] for person in data.get("crew", ())),
        tuple((span["start"], span["end"]) for span in data.get("evidence", ())),
        data.get("ext", {}).get("articles", {}).get("rule", "?"),
    )


def _pairs(golds: Sequence[GoldEvent], found: Sequence[FoundEvent]) -> Iterator[tuple[int, int]]:
    """Pair events of one type and overlapping evidence, those first in which most is right; each once."""
    likely = [
        (_worth(gold, event), number, place)
        for number, gold in enumerate(golds)
        for place, event in enumerate(found)
        if event.type in (gold.type, *gold.may.type) and _overlap(gold.evidence, event.evidence)
    ]
    paired: set[int] = set()
    taken: set[int] = set()
    for _, number, place in sorted(likely, key=lambda each: (-each[0], each[1], each[2])):
        if number not in paired and place not in taken:
            paired.add(number)
            taken.add(place)
            yield number, place


def _worth(gold: GoldEvent, event: FoundEvent) -> int:
    right = 3 - len(list(_wrong(gold, event)))
    return 4 * right + 2 * (event.type == gold.type) + (not gold.optional)


def _wrong(gold: GoldEvent, event: FoundEvent) -> Iterator[str]:
    """Say what is wrong about an event that is of the right type."""
    if not any(_is_when(each, event.when) for each in ((gold.time, gold.time_precision), *gold.may.time)):
        yield f"time {event.when[0]} {event.when[1]}, gold {gold.time} {gold.time_precision}"
    if event.mission not in (gold.mission, *gold.may.mission):
        yield f"mission {event.mission}, gold {gold.mission}"
    needed, allowed = _ids(gold.people), _ids(gold.people + gold.may.people)
    people = _ids(event.people)
    if not needed <= people <= allowed:
        yield f"people {sorted(people)}, gold {sorted(needed)}"


def _is_when(gold: When, found: When) -> bool:
    """Tell whether a time is the one in gold, as far as gold tells it; one told less finely is not."""
    if gold[0] is None or found[0] is None:
        return gold[0] is found[0]
    kept = _KEPT.get(gold[1], len(gold[0]))
    return _KEPT.get(found[1], 0) >= kept and found[0][:kept] == gold[0][:kept]


def _ids(people: Iterable[str]) -> set[str]:
    """Give ids; of somebody without one, as it would be made of the name."""
    return {slug(person) for person in people}


# --- people, agencies, times ------------------------------------------------------------------------------------------


def _judge_people(article: Article, golds: Sequence[Named], result: ArticleResult, count: Count) -> Iterator[str]:
    found = [
        ((m.start, m.end), m.id) for m in result.document.mentions if isinstance(m, PersonMention) and m.field == "text"
    ]
    count.people_gold, count.people_found, count.people_met, errors = _compared(article, golds, found)
    yield from (f"person   {error}" for error in errors)


def _judge_agencies(article: Article, golds: Sequence[Named], result: ArticleResult, count: Count) -> Iterator[str]:
    found = [
        ((m.start, m.end), m.id) for m in result.document.mentions if isinstance(m, AgencyMention) and m.field == "text"
    ]
    count.agencies_gold, count.agencies_found, count.agencies_met, errors = _compared(article, golds, found)
    yield from (f"agency   {error}" for error in errors)


def _compared(
    article: Article, named: Sequence[Named], found: Sequence[tuple[Bounds, str | None]]
) -> tuple[int, int, int, list[str]]:
    """Count gold, found and met mentions; met are those that share a place and say who it is."""
    open_ = [(place, one.id, slug(one.name) if one.name else None) for one in named for place in one.mentions]
    gold = len(open_)
    errors = []
    for place, id_ in found:
        met = next((each for each in open_ if _overlap([each[0]], [place]) and id_ in (each[1], each[2])), None)
        if met:
            open_.remove(met)
        else:
            errors.append(f"too much {id_}: {_quoted(article.text, [place])}")
    errors += [f"missed {id_ or name}: {_quoted(article.text, [place])}" for place, id_, name in open_]
    return gold, len(found), gold - len(open_), errors


def _judge_times(golds: Sequence[GoldTime], result: ArticleResult, count: Count) -> Iterator[str]:
    found = [
        ((m.start, m.end), (m.time, m.time_precision))
        for m in result.document.times()
        if m.field == "text" and not m.is_dateline
    ]
    for gold in golds:
        if gold.optional:
            continue
        count.times_gold += 1
        place = (gold.start, gold.end)
        near = [when for bounds, when in found if _overlap([bounds], [place])]
        if any(_is_when((gold.time, gold.time_precision), when) for when in near):
            count.times_met += 1
        else:
            yield f"time     {gold.original}: {near}, gold {gold.time} {gold.time_precision}"


# --- corrections ------------------------------------------------------------------------------------------------------


def _judge_corrections(article: Article, result: ArticleResult, count: Count) -> Iterator[str]:
    made = [each for each in result.document.corrections if each.applied and each.original != each.replacement]
    outcomes = {_outcome(article, each) for each in made}
    listed = {_outcome(article, each) for each in article.gold.corrections}
    musts = {(each.field, each.start, each.end) for each in article.gold.corrections if each.must}
    count.must = len(musts)
    for field, start, end in sorted(musts):
        ways = [
            each for each in article.gold.corrections if each.field == field and each.start < end and start < each.end
        ]
        if any(_outcome(article, way) in outcomes for way in ways):
            count.must_met += 1
        else:
            yield f"unmended {ways[0].kind} ‘{ways[0].original}’ -> ‘{ways[0].replacement}’ at {start}"
    for each in made:
        if _outcome(article, each) not in listed:
            count.harmful += 1
            yield f"harm     {each.kind} ‘{each.original}’ -> ‘{each.replacement}’ at {each.start}: {each.reason}"


def _outcome(article: Article, edit: Correction | GoldCorrection) -> tuple[str, str]:
    """Give how the field reads with this edit alone."""
    text = article.text if edit.field == "text" else article.title or ""
    return edit.field, text[: edit.start] + edit.replacement + text[edit.end :]


# --- what all of them need --------------------------------------------------------------------------------------------


def _overlap(one: Sequence[Bounds], other: Sequence[Bounds]) -> bool:
    return any(start < end_ and start_ < end for start, end in one for start_, end_ in other)


def _quoted(text: str, places: Sequence[Bounds]) -> str:
    return " / ".join(text[start:end] for start, end in places)


def _short(type_: str) -> str:
    return type_.removeprefix(_PREFIX)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
