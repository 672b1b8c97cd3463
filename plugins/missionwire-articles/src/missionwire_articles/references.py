"""What a telling refers back to: "the capsule" a craft named before, "the three" a crew, "six hours later" a flight."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from msgspec.structs import replace

from missionwire.plugin import CraftMention, Person
from missionwire_articles import participants
from missionwire_articles.narrative import Narrative, between
from missionwire_articles.rules import MARKS
from missionwire_articles.telling import Telling

LESS_SURE: Final = 0.9
"""A craft or crew known from a sentence before makes a telling so much less sure."""

_OPENING: Final = r"^(?:(?:at|on|in|about|some|around|roughly)\s[^,]{1,60},\s)?"
_ADVERBS: Final = (
    r"(?:\s(?:had|have|has|then|later|safely|finally|successfully|both|all|were|was|also|is|are|will|due|set|scheduled"
    r"|expected|planned|to|now))*\s?$"
)
_ASIDE: Final = r"(?:,[^,;]{1,60},|\s(?:with|carrying)\s[^,;]{1,60})?"
_SPACECRAFT: Final = MARKS["spacecraft"] + "+"
_CRAFT_NOUN: Final = r"(?:spacecraft|space ?ship|capsule|ship|craft|shuttle|freighter|descent module)"
_CRAFT_OR_IT: Final = re.compile(
    rf"{_OPENING}(?:the|its|it)\s?(?:[\w-]+\s){{0,2}}?{_CRAFT_NOUN}?{_ADVERBS}", re.IGNORECASE
)
_CRAFT: Final = re.compile(
    rf"{_OPENING}(?:the|their)\s(?:(?!other|second|new|next|two|three|old|another)[\w-]+\s){{0,2}}?"
    rf"(?:{_SPACECRAFT}\s)?(?:{_CRAFT_NOUN}|mission|probe|(?<={MARKS['spacecraft']}\s)){_ASIDE}{_ADVERBS}",
    re.IGNORECASE,
)
_DEED: Final = re.compile(
    rf"{_OPENING}(?:the|their|its|this)\s(?:launch|lift-?off|docking|undocking|landing|touchdown|splashdown|spacewalk|leak)"
    rf"(?:\s(?:of|from|to|with|at)\s[^,;]{{1,40}}?)?{_ADVERBS}",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(r"\b(?:since|than|like|unlike)\s(?:the\s)?(?:\w+\s){0,2}$", re.IGNORECASE)
_REACH: Final = 40

_COUNTS: Final[Mapping[str, int]] = {
    "two": 2, "duo": 2, "pair": 2, "three": 3, "trio": 3, "four": 4, "quartet": 4, "five": 5, "six": 6, "seven": 7,
}  # fmt: skip
_GROUP: Final = re.compile(
    rf"{_OPENING}(?:the|all|these)\s(?P<count>{'|'.join(_COUNTS)})"
    r"(?:\s(?:of them|men|women|people|astronauts|cosmonauts|taikonauts|crew ?members|crewmates|spacefarers"
    rf"|travell?ers|film ?makers|tourists))?{_ADVERBS}",
    re.IGNORECASE,
)
_NEXT_STEP: Final[Mapping[str, str]] = {
    "docking.completed": "launch.lifted-off",
    "orbit.inserted": "launch.lifted-off",
    "crew.arrived": "docking.completed",
    "hatch.opened": "docking.completed",
    "landing.completed": "undocking.completed",
    "splashdown.completed": "undocking.completed",
}
"""What follows in a flight, and from what: "six hours later" after the launch it is the same craft that docks."""

SpacecraftOf: TypeAlias = Callable[[str], str | None]
"""Gives the spacecraft that flies a mission, from its slug."""


def is_craft_or_it(head: str) -> bool:
    """Tell whether the subject before a verb is "it" or a craft named before; `head` is masked."""
    return bool(_CRAFT_OR_IT.match(head))


def is_craft(head: str) -> bool:
    """Tell whether the subject before a verb is a craft that was named before: "the capsule"."""
    return bool(_CRAFT.match(head))


def is_deed(head: str) -> bool:
    """Tell whether the subject before a verb is what happened itself: "the docking", "the leak"."""
    return bool(_DEED.match(head))


def group_size(head: str) -> int | None:
    """Give how many people the subject before a verb is: 3 for "the three had"; None for no such group."""
    found = _GROUP.match(head)
    return _COUNTS[found["count"].lower()] if found else None


def resolved(narrative: Narrative, tellings: Sequence[Telling], spacecraft_of: SpacecraftOf) -> list[Telling]:
    """Give the tellings with what they refer back to, where just one thing may be meant."""
    known: list[Telling] = []
    for telling in tellings:
        known.append(_resolved(narrative, telling, known, spacecraft_of))
    return known


def _resolved(narrative: Narrative, telling: Telling, known: Sequence[Telling], spacecraft_of: SpacecraftOf) -> Telling:
    last = known[-1] if known else None
    if last and _is_next_step(narrative, telling, last):
        narration = last.narration if telling.moment is None else telling.narration
        return _of_craft(replace(telling, narration=narration), last, crew=last.crew)
    if last and _is_of_craft(narrative, telling, last):
        return _of_craft(telling, last)
    if telling.group and not telling.crew and (crew := _only_crew(telling.group, known)):
        return replace(telling, crew=crew, confidence=round(telling.confidence * LESS_SURE, 2))
    return _of_only_craft(narrative, telling, spacecraft_of)


def _is_next_step(narrative: Narrative, telling: Telling, last: Telling) -> bool:
    """Tell whether "the docking took place six hours later" goes on from what was told just before it."""
    paragraphs = {narrative.sentences[index].paragraph for index in (last.sentence, telling.sentence)}
    return (
        telling.is_later
        and not telling.mission
        and not telling.crew
        and telling.sentence - 1 <= last.sentence
        and len(paragraphs) == 1
        and _NEXT_STEP.get(telling.type) == last.type
    )


def _is_of_craft(narrative: Narrative, telling: Telling, last: Telling) -> bool:
    """Tell whether "it landed …" goes on from the sentence just before it, and that one tells of one craft alone."""
    if telling.mission or not telling.is_of_craft_or_it or not last.mission or last.sentence != telling.sentence - 1:
        return False
    before = narrative.sentences[last.sentence]
    named = participants.missions(narrative, before.start, before.end)
    return last.narration == telling.narration == "main" and [mention.id for mention in named] == [last.mission]


def _of_only_craft(narrative: Narrative, telling: Telling, spacecraft_of: SpacecraftOf) -> Telling:
    """Give "the capsule", "the docking" the one mission that the article has named, if a paragraph ago at most."""
    is_open = not telling.mission and (telling.is_of_craft or telling.is_deed)
    if not is_open or telling.narration not in {"main", "planned"}:
        return telling
    mission = _only_mission(narrative, telling.start)
    if mission is None or _is_of_another_craft(narrative, telling):
        return telling
    place = max(c.start for c in between(narrative.craft, 0, telling.start) if c.mention.id == mission.id)
    index = narrative.sentence_at(place)
    if index is None or narrative.sentences[index].paragraph < narrative.sentences[telling.sentence].paragraph - 1:
        return telling
    spacecraft = spacecraft_of(mission.id or "")
    if spacecraft and telling.data.get("spacecraft", spacecraft) != spacecraft:
        return telling
    return replace(
        telling,
        mission=mission.id,
        mission_name=mission.name,
        confidence=round(telling.confidence * LESS_SURE, 2),
        data=({"spacecraft": spacecraft} if spacecraft else {}) | dict(telling.data),
    )


def _only_mission(narrative: Narrative, end: int) -> CraftMention | None:
    """Give the one mission that the article has named, but for those it only compares with: "since Apollo 8"."""
    named = participants.missions(narrative, 0, end)
    compared = {
        placed.mention.id
        for placed in between(narrative.craft, 0, end)
        if _COMPARED.search(narrative.masked, max(0, placed.start - _REACH), placed.start)
    }
    rest = [mission for mission in named if mission.id not in compared]
    return rest[0] if len(rest) == 1 else None


def _is_of_another_craft(narrative: Narrative, telling: Telling) -> bool:
    """Tell whether the article has named more kinds of spacecraft than one, or a craft besides missions."""
    kinds = {c.mention.name for c in between(narrative.craft, 0, telling.end) if c.mention.what == "spacecraft"}
    return len(kinds) > 1


def _only_crew(size: int, known: Sequence[Telling]) -> tuple[Person, ...]:
    """Give the one crew of so many that was told of before; none where there were two, or none."""
    crews = [telling.crew for telling in known if telling.per == "craft" and len(telling.crew) == size]
    distinct = {frozenset(person.id or person.name for person in crew) for crew in crews}
    return crews[0] if len(distinct) == 1 else ()


def _of_craft(telling: Telling, last: Telling, crew: tuple[Person, ...] | None = None) -> Telling:
    spacecraft = {"spacecraft": last.data["spacecraft"]} if "spacecraft" in last.data else {}
    return replace(
        telling,
        mission=last.mission,
        mission_name=last.mission_name,
        crew=telling.crew if crew is None else crew,
        data=spacecraft | dict(telling.data),
        confidence=round(telling.confidence * LESS_SURE, 2),
    )
