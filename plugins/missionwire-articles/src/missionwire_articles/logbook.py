"""What a text tells of each flight that it names."""

from collections.abc import Sequence
from typing import Final

from missionwire.plugin import Person
from missionwire_articles import participants
from missionwire_articles.legs import leg_of
from missionwire_articles.telling import Telling
from missionwire_articles.topic import Topic


class Entries:
    """The tellings of one flight; `live` are those that are neither history nor still to come.

    `is_news`: some are no background. `is_to_come`: all are plans.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.tellings: list[Telling] = []
        self.live: list[Telling] = []
        self.is_news = False
        self.is_to_come = False
        self._crew: tuple[Person, ...] | None = None

    @property
    def crew(self) -> tuple[Person, ...]:
        """Everybody whom they name."""
        if self._crew is None:
            self._crew = participants.joined([one.crew for one in self.tellings])
        return self._crew

    def of_leg(self, leg: str | None) -> list[Telling]:
        """Give those of a part of the flight."""
        return [one for one in self.tellings if leg_of(one.type) == leg]

    def live_legs(self) -> set[str | None]:
        """Give the parts of the flight of which they tell as news."""
        return {leg_of(one.type) for one in self.live}


class Logbook:
    """The tellings of a text that name a flight, by flight and by part of it."""

    def __init__(self, tellings: Sequence[Telling], topic: Topic) -> None:
        """Sort the tellings of flights, each of one part of its flight."""
        self._flights: dict[str | None, Entries] = {}
        live: list[Telling] = []
        for telling in tellings:
            entries = self._flights.setdefault(telling.mission, Entries())
            entries.is_news = entries.is_news or telling.narration != "background"
            entries.is_to_come = topic.is_to_come(telling) and (entries.is_to_come or not entries.tellings)
            entries.tellings.append(telling)
            if topic.is_live(telling):
                entries.live.append(telling)
                live.append(telling)
        live = live or [telling for telling in tellings if not topic.is_to_come(telling)]  # the text is all history
        self.legs: set[str | None] = {leg_of(telling.type) for telling in tellings}
        self.narrations: set[str] = {telling.narration for telling in tellings}
        self.missions = self._flights.keys()
        self.live_missions: set[str | None] = {telling.mission for telling in live}
        self._by_leg: dict[str | None, set[str | None]] = {}
        for telling in live:
            self._by_leg.setdefault(leg_of(telling.type), set()).add(telling.mission)

    def of(self, mission: str | None) -> Entries:
        """Give what is told of a flight."""
        return self._flights.get(mission, _NOTHING)

    def live_on(self, leg: str) -> set[str | None]:
        """Give the flights of which the text tells a part as its news; of a text that is all history, at all."""
        return self._by_leg.get(leg, set())


_NOTHING: Final = Entries()
