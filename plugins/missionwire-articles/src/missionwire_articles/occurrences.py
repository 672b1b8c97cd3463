"""Puts the tellings of one occurrence together: what happened once is one event, however often it is told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Final

from msgspec.structs import replace

from missionwire_articles.days import (
    SCENES,
    give_near_days,
    give_phase_days,
    give_scene_days,
    is_of_no_scene,
    scene_day,
)
from missionwire_articles.moments import Moment
from missionwire_articles.narrative import Narrative
from missionwire_articles.occurrence import Occurrence, are_among, rank
from missionwire_articles.telling import Telling

WATER_LANDERS: Final = frozenset({"crew-dragon", "cargo-dragon", "apollo", "gemini", "mercury", "orion"})
"""Craft that come home on water: "returned to Earth" is their splashdown."""

LAND_LANDERS: Final = frozenset({"soyuz", "shenzhou", "space-shuttle", "starliner", "vostok", "voskhod"})
"""Craft that come home on land: "returned to Earth" is their landing."""

AHEAD: Final = 4
"""What something follows from may be told so many sentences after it; farther down it is another story."""


def occurrences(narrative: Narrative, tellings: Sequence[Telling]) -> list[Occurrence]:
    """Give the occurrences of which tellings of a text tell, in the order in which they are first told.

    The tellings that say most come first; one that says nothing of its own joins the only occurrence that it may be
    of, and is let go where there is none, or more than one.
    """
    found: list[Occurrence] = []
    by_type: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for telling in sorted(
        map(_come_down, _set_out(tellings)), key=lambda t: (bool(t.follows), bool(t.generic), *rank(t))
    ):
        its = _may_be_of(telling, by_type)
        if len(its) == 1:
            its[0].add(telling)
        elif not its and (own := _on_its_own(telling, found)):
            found.append(Occurrence(own))
            by_type[own.type].append(found[-1])
    _give_craft(found)
    _give_trouble(found)
    give_phase_days(found)
    give_near_days(found, narrative)
    _give_days(found, narrative)
    give_near_days(found, narrative, of="anomaly.")
    give_scene_days(found, narrative)
    _give_days(found, narrative)
    _give_walkers(found)
    return sorted(found, key=attrgetter("first"))


def _may_be_of(telling: Telling, by_type: Mapping[str, Sequence[Occurrence]]) -> Sequence[Occurrence]:
    """Give the occurrences of which a telling surely is; where it proves nothing, those of which it is likely."""
    types = dict.fromkeys((telling.type, *telling.generic)) if telling.generic else (telling.type,)
    fitting = [one for type_ in types for one in by_type.get(type_, ()) if one.may_be(telling)]
    if not fitting:
        return fitting
    return [one for one in fitting if one.surely_is(telling)] or [one for one in fitting if one.is_likely(telling)]


_DEPARTURES: Final = frozenset({"casts-off", "craft-is-gone"})
"""Rules of leaving a station in words that may tell of a launch, too."""


def _set_out(tellings: Sequence[Telling]) -> Iterator[Telling]:
    """Tell of a craft that "departed" on the day of its launch that it was launched then, and left no station."""
    launches = [(t.mission, t.moment.date) for t in tellings if t.type == "launch.lifted-off" and t.moment]
    for telling in tellings:
        day = telling.moment.date if telling.moment and telling.rule in _DEPARTURES and telling.mission else None
        is_launch = day and (telling.mission, day) in launches
        yield replace(telling, type="launch.lifted-off") if is_launch else telling


def _come_down(telling: Telling) -> Telling:
    """Tell of a craft that comes down on water that it splashed down, whatever word the text has for it."""
    if not telling.type.startswith("landing."):
        return telling
    is_on_earth = telling.data.get("body", "earth") == "earth"
    if is_on_earth and telling.data.get("spacecraft") in WATER_LANDERS:
        return replace(telling, type=telling.type.replace("landing", "splashdown"))
    return telling


def _on_its_own(telling: Telling, found: Sequence[Occurrence]) -> Telling | None:
    if telling.follows and telling.per == "craft" and not telling.mission:
        return telling if telling.crew or _origin(telling, found) else None
    if not telling.stands_alone:
        is_of_other = telling.type in telling.generic  # it only tells when something was
        return telling if not is_of_other and _is_in_scene(telling, found) else None
    if not telling.generic:
        return telling
    if telling.generic == (telling.type,):
        return None  # it only goes on from another
    if telling.data.get("spacecraft") in {*LAND_LANDERS, *WATER_LANDERS}:
        return telling
    if telling.crew and (telling.moment or "net" in telling.data):
        return telling
    is_plan = "net" in telling.data and telling.type.endswith(".scheduled")
    return _of_only_craft(telling, found) if is_plan else None


def _of_only_craft(telling: Telling, found: Sequence[Occurrence]) -> Telling | None:
    """Give a telling the kind of craft, and the flight, that is the only one of its article; None where it has more."""
    craft = {occurrence.data["spacecraft"] for occurrence in found if "spacecraft" in occurrence.data}
    flights = {occurrence.mission: occurrence.mission_name for occurrence in found if occurrence.mission}
    if len(craft) != 1:
        return None
    if len(flights) == 1:
        ((mission, name),) = flights.items()
        telling = replace(telling, mission=mission, mission_name=name)
    return _come_down(replace(telling, data={"spacecraft": craft.pop(), **telling.data}))


def _is_in_scene(telling: Telling, found: Sequence[Occurrence]) -> bool:
    """Tell whether what names nobody and no time is still of something that the article tells: its scene is there."""
    kinds = _OF_THE_DAY if telling.type == "anomaly.occurred" else SCENES.get(telling.type, ())
    return telling.narration in {"main", "quoted"} and any(
        scene.type in kinds and scene.narration == "main" and (scene.moment or scene.mission) for scene in found
    )


def _origin(telling: Telling, found: Iterable[Occurrence]) -> Occurrence | None:
    """Give the one occurrence from which a telling follows; None where there is none, or more than one."""
    known = [
        o for o in found if o.type in telling.follows and o.narration == "main" and o.first <= telling.sentence + AHEAD
    ]
    first = next((kind for kind in telling.follows if any(o.type == kind for o in known)), None)
    origins = known if "launch.aborted" not in telling.follows else [o for o in known if o.type == first]
    return origins[0] if len(origins) == 1 else None


def _give_craft(found: Iterable[Occurrence]) -> None:
    """Give what follows from an occurrence its mission: who got out of a craft got out of the one that landed."""
    known = list(found)
    for occurrence in known:
        if occurrence.mission or not occurrence.main.follows or occurrence.narration != "main":
            continue
        origin = _origin(occurrence.main, known)
        if origin and origin.mission and are_among(occurrence.crew, origin.crew):
            spacecraft = {"spacecraft": origin.data["spacecraft"]} if "spacecraft" in origin.data else {}
            mission, name = origin.mission, origin.mission_name
            occurrence.retell(
                [
                    replace(t, mission=mission, mission_name=name, data=spacecraft | dict(t.data))
                    for t in occurrence.tellings
                ]
            )


def _give_days(found: Sequence[Occurrence], narrative: Narrative) -> None:
    """Give what is told without a time the day of its scene, where the article has just one such scene."""
    for occurrence in found:
        if occurrence.moment or occurrence.narration not in {"main", "quoted"} or is_of_no_scene(occurrence):
            continue
        kinds = SCENES.get(occurrence.type, ())
        if occurrence.type == "anomaly.occurred" and str(occurrence.data.get("system", "")).startswith("parachute"):
            kinds = SCENES["recovery.completed"]
        of_kinds = [o for o in found if o.type in kinds]
        if not of_kinds or _is_of_other_day(occurrence, of_kinds, narrative):
            continue
        scenes = [[o for o in of_kinds if o.type == kind and _is_scene_of(occurrence, o)] for kind in kinds]
        known = [[scene for scene in each if _is_told_by(scene, occurrence)] for each in scenes]
        told = next((days for each in (*known, *scenes) if (days := _days(each))), {})
        if len(told) == 1:
            (day,) = told.values()
            occurrence.give(moment=day)


def _is_of_other_day(occurrence: Occurrence, scenes: Iterable[Occurrence], narrative: Narrative) -> bool:
    """Tell whether the text is at some day where it tells of something, and tells of the scene only below."""
    at = occurrence.main
    is_told = "net" in at.data or any(_is_told_by(scene, occurrence) for scene in scenes)
    return not is_told and scene_day(narrative, at.sentence, at.type) is not None


def _give_trouble(found: Iterable[Occurrence]) -> None:
    """Give what was dealt with the mission of the trouble of which was told just before it."""
    known = sorted(found, key=attrgetter("main.sentence", "main.verb"))
    last: Occurrence | None = None
    for occurrence in known:
        if occurrence.type == "anomaly.occurred":
            last = occurrence
        is_its = (
            occurrence.type == "anomaly.resolved"
            and not occurrence.mission
            and last is not None
            and last.mission
            and occurrence.main.sentence - last.main.sentence <= AHEAD
        )
        if is_its and last is not None:
            mission, name = last.mission, last.mission_name
            occurrence.give(mission=mission, mission_name=name, is_inferred=last.is_inferred)


_OF_THE_DAY: Final = frozenset(
    {"launch.lifted-off", "docking.completed", "undocking.completed", "landing.completed", "splashdown.completed"}
    | {"eva.started", "eva.ended", "launch.aborted", "maneuver.performed", "flyby.completed"}
)


def _give_walkers(found: Sequence[Occurrence]) -> None:
    """Give the beginning and the end of the article's one spacewalk the same people, where only one names them."""
    walks = [[o for o in found if o.type == kind and o.narration == "main"] for kind in ("eva.started", "eva.ended")]
    if [len(walk) for walk in walks] != [1, 1]:
        return
    (begun,), (ended,) = walks
    for one, other in ((begun, ended), (ended, begun)):
        if one.crew and not other.crew:
            first, *rest = other.tellings
            other.retell([replace(first, crew=one.crew), *rest])


def _days(scenes: Iterable[Occurrence]) -> dict[str, Moment]:
    return {day.time: day for scene in scenes if scene.moment and (day := scene.moment.date)}


def _is_scene_of(occurrence: Occurrence, scene: Occurrence) -> bool:
    is_other_flight = occurrence.mission and scene.mission and occurrence.mission != scene.mission
    return scene.narration == "main" and not is_other_flight


def _is_told_by(scene: Occurrence, occurrence: Occurrence) -> bool:
    """Tell whether a scene has been told of when something is."""
    return scene.first <= occurrence.main.sentence
