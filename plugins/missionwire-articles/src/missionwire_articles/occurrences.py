"""Puts the tellings of one occurrence together: what happened once is one event, however often it is told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from missionwire.plugin import Narration, Person
from missionwire_articles import participants
from missionwire_articles.days import SCENES, give_near_days, give_phase_days, give_scene_days, is_of_no_scene
from missionwire_articles.moments import Moment
from missionwire_articles.places import Places
from missionwire_articles.telling import Telling

WATER_LANDERS: Final = frozenset({"crew-dragon", "cargo-dragon", "apollo", "gemini", "mercury", "orion"})
"""Craft that come home on water: "returned to Earth" is their splashdown."""

LAND_LANDERS: Final = frozenset({"soyuz", "shenzhou", "space-shuttle", "starliner", "vostok", "voskhod"})
"""Craft that come home on land: "returned to Earth" is their landing."""

_WITHIN: Final = Places.within()

_PLACES: Final = (
    "target",
    "station",
    "site",
    "sea",
    "body",
    "kind",
    "stage",
    "payload",
    "vehicle",
    "spacecraft",
)
_NARRATIONS: Final[Mapping[Narration, int]] = {"main": 0, "quoted": 1, "background": 2, "planned": 3}


AHEAD: Final = 4
"""What something follows from may be told so many sentences after it; farther down it is another story."""


_NEXT_OUT: Final = 2
"""So many sentences after one who got out, or before, the next of the row may be told of."""


class Occurrence:
    """One thing that happened, and the tellings of it."""

    def __init__(self, telling: Telling) -> None:
        """Begin with the telling that says most."""
        self.tellings = [telling]

    @property
    def type(self) -> str:
        """What happened."""
        return self.tellings[0].type

    @property
    def main(self) -> Telling:
        """The telling that says most: as news, in a sentence, with mission, time and crew."""
        return min(self.tellings, key=_rank)

    @property
    def mission(self) -> str | None:
        """The mission that a telling names; all that name one name the same."""
        return next((t.mission for t in self.tellings if t.mission), None)

    @property
    def mission_name(self) -> str | None:
        """The mission's designation as it is written."""
        return next((t.mission_name for t in self.tellings if t.mission), None)

    @property
    def is_inferred(self) -> bool:
        """Whether no telling names the mission, or a craft that was named before."""
        named = [telling for telling in self.tellings if telling.mission]
        return bool(named) and all(telling.is_inferred for telling in named)

    @property
    def moment(self) -> Moment | None:
        """The finest time that is told of it."""
        moments = sorted((t.moment for t in self.tellings if t.moment), key=lambda m: m.rank)
        day = next((m.time for m in moments if m.precision == "day"), None)
        return moments[0]._replace(day=moments[0].day or day) if moments else None

    @property
    def crew(self) -> tuple[Person, ...]:
        """Everybody whom a telling names, the main one's people first."""
        main = self.main
        return participants.joined([main.crew, *(t.crew for t in self.tellings if t is not main)])

    @property
    def data(self) -> dict[str, Any]:
        """The members of all tellings; of one that is told twice the main telling's stands."""
        merged: dict[str, Any] = {}
        for telling in sorted(self.tellings, key=_rank):
            merged = {**telling.data, **merged}
        return merged

    @property
    def narration(self) -> Narration:
        """The plainest way in which it is told."""
        return min((t.narration for t in self.tellings), key=_NARRATIONS.__getitem__)

    def may_be(self, telling: Telling) -> bool:
        """Tell whether a telling may be of this occurrence: nothing that both say disagrees."""
        return (
            self.type in (telling.type, *telling.generic)
            and (not self.mission or not telling.mission or self.mission == telling.mission)
            and (not self.moment or not telling.moment or _is_one_time(self.moment, telling.moment))
            and _is_one_day(self.data.get("net"), telling.data.get("net"))
            and self._agrees(telling.data)
            and self._has_crew(telling)
            and not self._is_other_history(telling)
            and not self._is_other_first(telling)
        )

    def surely_is(self, telling: Telling) -> bool:
        """Tell whether both name the same mission, the same people or the same time: more than nothing against it."""
        return bool(
            (self.mission and self.mission == telling.mission)
            or (self.moment and telling.moment)
            or (self.data.get("net") and telling.data.get("net"))
            or (self.type == "crew.egressed" and self._is_beside(telling))
            or any(participants.same_person(one, other) for one in self.crew for other in telling.crew)
        )

    def is_likely(self, telling: Telling) -> bool:
        """Tell whether a telling that proves nothing may still be counted as of this one.

        It may in the article's own news, where it names no craft of its own, and no time, unless it is the opening
        sentence or tells when "the leak" was. History and plans need proof.
        """
        is_news = {self.narration, telling.narration} <= {"main", "quoted"}
        is_when = (
            not self.moment
            and not self.main.is_later
            and (telling.is_deed or telling.sentence in {0, self.main.sentence})
        )
        return is_news and not telling.mission and (not telling.moment or is_when)

    def _agrees(self, data: Mapping[str, Any]) -> bool:
        mine = self.data
        return all(mine[name] == data[name] for name in _PLACES if name in mine and name in data) or _is_nested(
            mine, data
        )

    def _has_crew(self, telling: Telling) -> bool:
        mine = self.crew
        if not mine or not telling.crew:
            return self.main.per == "craft" or not telling.crew or self.type == "crew.egressed"
        shared = any(participants.same_person(one, other) for one in mine for other in telling.crew)
        if self.type == "crew.egressed" and self._is_beside(telling):
            return True  # one after the other
        if self.main.per == "person":
            return shared
        if self.type.startswith("eva.") and not (_are_among(mine, telling.crew) or _are_among(telling.crew, mine)):
            return False  # one of them went out with another
        if _opens(self.main, telling) or _opens(telling, self.main):
            return True
        same_time = self.moment and telling.moment
        return bool(
            shared
            or same_time
            or (self.mission and self.mission == telling.mission)
            or self.type.startswith("filming.")
        )

    def _is_beside(self, telling: Telling) -> bool:
        """Tell whether one of both is the first of a row of people, and the other goes on from it."""
        both = [(own, telling) if own.verb < telling.verb else (telling, own) for own in self.tellings]
        return any(
            second.sentence - first.sentence <= _NEXT_OUT
            and first.narration == second.narration
            and (first.data.get("order") == 1 or second.data.get("order", 1) > 1)
            for first, second in both
        )

    def _is_other_first(self, telling: Telling) -> bool:
        """Tell whether it is another milestone: of a flight there are many; the same person's may be told twice."""
        if self.type != "milestone.reached" or telling.sentence == self.main.sentence:
            return False
        if telling.is_meanwhile != self.main.is_meanwhile:
            return True
        is_same = _are_among(self.crew, telling.crew) and _are_among(telling.crew, self.crew)
        return not (self.crew and telling.crew and is_same)

    def _is_other_history(self, telling: Telling) -> bool:
        return "background" in (self.narration, telling.narration) and self.narration != telling.narration


def _opens(first: Telling, second: Telling) -> bool:
    """Tell whether an article opens with its news, and tells it at once anew with its time, and who else was there."""
    is_bare = first.sentence == 0 and first.moment is None and first.mission is None
    return (
        is_bare
        and second.sentence in {1, 2}
        and first.narration == second.narration == "main"
        and second.moment is not None
    )


def occurrences(tellings: Sequence[Telling], paragraph_of: Mapping[int, int] | None = None) -> list[Occurrence]:
    """Give the occurrences in the order in which they are first told; `paragraph_of` tells where each sentence stands.

    The tellings that say most come first; one that says nothing of its own joins the only occurrence that it may be
    of, and is let go where there is none, or more than one.
    """
    found: list[Occurrence] = []
    for telling in sorted(
        map(_come_down, _set_out(tellings)), key=lambda t: (bool(t.follows), bool(t.generic), *_rank(t))
    ):
        fitting = [occurrence for occurrence in found if occurrence.may_be(telling)]
        sure = [occurrence for occurrence in fitting if occurrence.surely_is(telling)]
        likely = [] if sure else [occurrence for occurrence in fitting if occurrence.is_likely(telling)]
        if len(sure) == 1 or len(likely) == 1:
            (sure or likely)[0].tellings.append(telling)
        elif not sure and not likely and (own := _on_its_own(telling, found)):
            found.append(Occurrence(own))
    _give_craft(found)
    _give_trouble(found)
    if paragraph_of is not None:
        give_phase_days(found)
        give_near_days(found, paragraph_of)
    _give_days(found)
    if paragraph_of is not None and any(o.type.startswith("anomaly.") and not o.moment for o in found):
        give_near_days(found, paragraph_of, of="anomaly.")
    give_scene_days(found)
    _give_days(found)
    _give_walkers(found)
    return sorted(found, key=lambda o: min((t.sentence, t.start) for t in o.tellings))


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
    is_on_earth = telling.data.get("body", "earth") == "earth"
    if is_on_earth and telling.data.get("spacecraft") in WATER_LANDERS and telling.type.startswith("landing."):
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
        o
        for o in found
        if o.type in telling.follows
        and o.narration == "main"
        and min(t.sentence for t in o.tellings) <= telling.sentence + AHEAD
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
        if origin and origin.mission and _are_among(occurrence.crew, origin.crew):
            spacecraft = {"spacecraft": origin.data["spacecraft"]} if "spacecraft" in origin.data else {}
            occurrence.tellings[:] = [
                replace(t, mission=origin.mission, mission_name=origin.mission_name, data=spacecraft | dict(t.data))
                for t in occurrence.tellings
            ]


def _give_days(found: Sequence[Occurrence]) -> None:
    """Give what is told without a time the day of its scene, where the article has just one such scene."""
    for occurrence in found:
        if occurrence.moment or occurrence.narration not in {"main", "quoted"} or is_of_no_scene(occurrence):
            continue
        kinds = SCENES.get(occurrence.type, ())
        if occurrence.type == "anomaly.occurred" and str(occurrence.data.get("system", "")).startswith("parachute"):
            kinds = SCENES["recovery.completed"]
        if occurrence.main.scene and not any(_is_told_by(o, occurrence) for o in found if o.type in kinds):
            continue  # the text is at another day there
        scenes = [[o for o in found if o.type == kind and _is_scene_of(occurrence, o)] for kind in kinds]
        known = [[scene for scene in each if _is_told_by(scene, occurrence)] for each in scenes]
        told = next((days for each in (*known, *scenes) if (days := _days(each))), {})
        if len(told) == 1:
            (day,) = told.values()
            occurrence.tellings[:] = [replace(t, moment=day) for t in occurrence.tellings]


def _give_trouble(found: Iterable[Occurrence]) -> None:
    """Give what was dealt with the mission of the trouble of which was told just before it."""
    known = sorted(found, key=lambda one: (one.main.sentence, one.main.verb))
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
            occurrence.tellings[:] = [
                replace(t, mission=mission, mission_name=name, is_inferred=last.is_inferred)
                for t in occurrence.tellings
            ]


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
            other.tellings[0] = replace(other.tellings[0], crew=one.crew)


def _days(scenes: Iterable[Occurrence]) -> dict[str, Moment]:
    return {day.time: day for scene in scenes if scene.moment and (day := scene.moment.date)}


def _is_scene_of(occurrence: Occurrence, scene: Occurrence) -> bool:
    is_other_flight = occurrence.mission and scene.mission and occurrence.mission != scene.mission
    return scene.narration == "main" and not is_other_flight


def _is_told_by(scene: Occurrence, occurrence: Occurrence) -> bool:
    """Tell whether a scene has been told of when something is."""
    return min(t.sentence for t in scene.tellings) <= occurrence.main.sentence


def _are_among(people: Sequence[Person], crew: Sequence[Person]) -> bool:
    return not crew or all(any(participants.same_person(one, other) for other in crew) for one in people)


def _rank(telling: Telling) -> tuple[int, bool, bool, bool, int, int]:
    """Order tellings by how much they say: small is much."""
    return (
        _NARRATIONS[telling.narration],
        telling.mission is None,
        telling.moment is None,
        telling.is_caption,
        -len(telling.crew),
        telling.start,
    )


def _is_one_time(one: Moment, other: Moment) -> bool:
    return one.meets(other) and not one.is_on_other_day(other)


def _is_nested(mine: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """Tell whether two sites differ only as a region and a place in it: Kazakhstan and its steppe."""
    one, other = mine.get("site"), data.get("site")
    rest = all(mine[n] == data[n] for n in _PLACES if n != "site" and n in mine and n in data)
    return rest and None not in (one, other) and (_WITHIN.get(one or "") == other or _WITHIN.get(other or "") == one)


def _is_one_day(one: str | None, other: str | None) -> bool:
    """Tell whether two schedules may be one: neither says, or both say the same day."""
    return not one or not other or one[: len("2021-10-17")] == other[: len("2021-10-17")]
