"""One thing that happened: what its tellings say of it together, and whether another may be of it."""

from bisect import insort
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from missionwire.plugin import Narration, Person
from missionwire_articles import participants
from missionwire_articles.moments import Moment
from missionwire_articles.places import Places
from missionwire_articles.telling import Telling

_WITHIN: Final = Places.within()

_PLACES: Final = frozenset(
    {"target", "station", "site", "sea", "body", "kind", "stage", "payload", "vehicle", "spacecraft"}
)
_NARRATIONS: Final[Mapping[Narration, int]] = {"main": 0, "quoted": 1, "background": 2, "planned": 3}


_NEXT_OUT: Final = 2
"""So many sentences after one who got out, or before, the next of the row may be told of."""


class Occurrence:
    """One thing that happened, and the tellings of it, which change by `add`, `give` and `retell` alone.

    `type` is what happened, `main` the telling that says most: as news, in a sentence, with mission, time and crew.
    `first` is the sentence that tells it first. A telling that names a `mission` gives it, with the `mission_name` as
    it is written; all that name one name the same. `moment` is the finest time that is told of it, `narration` the
    plainest way in which it is told. `crew` is everybody whom a telling names, the main one's people first. `data` are
    the members of all tellings; of one that is told twice the main telling's stands.
    """

    __slots__ = (
        "_ranked",
        "crew",
        "data",
        "first",
        "main",
        "mission",
        "mission_name",
        "moment",
        "narration",
        "tellings",
        "type",
    )

    type: str
    main: Telling
    first: int
    mission: str | None
    mission_name: str | None
    moment: Moment | None
    narration: Narration
    crew: tuple[Person, ...]
    data: Mapping[str, Any]

    def __init__(self, telling: Telling) -> None:
        """Begin with the telling that says most."""
        self.tellings = [telling]
        self._ranked = [telling]
        self._read()

    def add(self, telling: Telling) -> None:
        """Take one more telling of it."""
        self.tellings.append(telling)
        if rank(telling) < rank(self._ranked[-1]):
            insort(self._ranked, telling, key=rank)
            self._read()
            return
        self._ranked.append(telling)  # most come in the order of what they say
        self._take(telling)
        if telling.moment:
            self.moment = _finest(self.tellings)
        if telling.crew:
            self.crew = participants.joined([self.crew, telling.crew])
        self.data = {**telling.data, **self.data}

    def give(self, **known: Any) -> None:  # noqa: ANN401  # members of a telling, each of its own type
        """Give all its tellings what is known of it."""
        self.retell([replace(telling, **known) for telling in self.tellings])

    def retell(self, tellings: list[Telling]) -> None:
        """Take other tellings in place of its own, in their order."""
        self.tellings = tellings
        self._ranked = sorted(tellings, key=rank) if len(tellings) > 1 else [*tellings]
        self._read()

    def _read(self) -> None:
        """Read what the tellings say together: it is asked for far oftener than it changes."""
        first, *others = self.tellings
        self.main = self._ranked[0]
        self.type = first.type
        self.mission = first.mission
        self.mission_name = first.mission_name if first.mission else None
        self.first = first.sentence
        self.narration = first.narration
        if not others:
            self.moment, self.data = first.moment, first.data
            self.crew = participants.joined([first.crew]) if first.crew else ()
            return
        for telling in others:
            self._take(telling)
        self.moment = _finest(self.tellings)
        crews = [telling.crew for telling in self.tellings if telling is not self.main]
        self.crew = participants.joined([self.main.crew, *crews])
        self.data = {name: value for telling in reversed(self._ranked) for name, value in telling.data.items()}

    def _take(self, telling: Telling) -> None:
        """Read whose one more telling says that it is, and where and how it tells of it."""
        if telling.mission and not self.mission:
            self.mission, self.mission_name = telling.mission, telling.mission_name
        self.first = min(self.first, telling.sentence)
        if _NARRATIONS[telling.narration] < _NARRATIONS[self.narration]:
            self.narration = telling.narration

    @property
    def is_inferred(self) -> bool:
        """Whether no telling names the mission, or a craft that was named before."""
        return bool(self.mission) and all(telling.is_inferred for telling in self.tellings if telling.mission)

    def may_be(self, telling: Telling) -> bool:
        """Tell whether a telling may be of this occurrence: nothing that both say disagrees."""
        return (
            (self.type == telling.type or self.type in telling.generic)
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
        """Tell whether both name the same places and craft, or sites of which one lies in the other."""
        mine = self.data
        others = [name for name, value in data.items() if name in _PLACES and mine.get(name, value) != value]
        return not others or (others == ["site"] and _is_nested(mine["site"], data["site"]))

    def _has_crew(self, telling: Telling) -> bool:
        mine = self.crew
        if not mine or not telling.crew:
            return self.main.per == "craft" or not telling.crew or self.type == "crew.egressed"
        shared = any(participants.same_person(one, other) for one in mine for other in telling.crew)
        if self.type == "crew.egressed" and self._is_beside(telling):
            return True  # one after the other
        if self.main.per == "person":
            return shared
        if self.type.startswith("eva.") and not (are_among(mine, telling.crew) or are_among(telling.crew, mine)):
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
        is_same = are_among(self.crew, telling.crew) and are_among(telling.crew, self.crew)
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


def are_among(people: Sequence[Person], crew: Sequence[Person]) -> bool:
    """Tell whether all of several people are of a crew; of one that nobody knows they may be."""
    return not crew or all(any(participants.same_person(one, other) for other in crew) for one in people)


def rank(telling: Telling) -> tuple[int, bool, bool, bool, int, int]:
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


def _is_nested(one: str | None, other: str | None) -> bool:
    """Tell whether two sites are a region and a place in it: Kazakhstan and its steppe."""
    return None not in (one, other) and (_WITHIN.get(one or "") == other or _WITHIN.get(other or "") == one)


def _is_one_day(one: str | None, other: str | None) -> bool:
    """Tell whether two schedules may be one: neither says, or both say the same day."""
    return not one or not other or one[: len("2021-10-17")] == other[: len("2021-10-17")]


def _finest(tellings: Sequence[Telling]) -> Moment | None:
    """Give the finest time of several tellings, with the day that is told of it; None where none has a time."""
    moments = [telling.moment for telling in tellings if telling.moment]
    if not moments:
        return None
    finest = min(moments, key=lambda moment: moment.rank)
    if finest.day or finest.precision == "day":
        return finest
    day = next((moment.time for moment in moments if moment.precision == "day"), None)
    return finest.on(day) if day else finest
