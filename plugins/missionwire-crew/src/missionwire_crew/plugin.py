"""The plugin: finds people in texts and completes the crews of events."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from missionwire.plugin import Config, CraftMention, Document, Event, Health, Mention, Patch, Plugin, hookimpl
from missionwire_crew.additions import load_people
from missionwire_crew.crewing import Crewing
from missionwire_crew.flights import Flights, load_flights
from missionwire_crew.names import Names
from missionwire_crew.recognition import Facts, Recognizer
from missionwire_crew.roster import Roster, load_roster
from missionwire_crew.tables import read_version
from missionwire_crew.words import load_words

MOST_TOLD: Final = 20_000
"""So many places of a document are told, the first ones: the host takes no more in one answer."""


class Settings(Config):
    """`people_file` is the path of a TOML file with people to add to the roster (see the README)."""

    people_file: str | None = None


class Crew(Plugin[Settings]):
    """Knows who flew and who heads an agency: finds them in texts, and completes crews and missions of events."""

    writes = frozenset({"crew", "subject", "mission_inferred"})
    after = ("agencies", "articles")

    _flights: Flights
    _roster: Roster
    _names: Names
    _recognizer: Recognizer
    _crewing: Crewing
    _data_version: str

    @hookimpl
    def startup(self) -> None:
        """Read the tables and build the matcher."""
        words = load_words()
        added = load_people(self.config.people_file) if self.config.people_file else ()
        self._data_version = read_version()
        self._flights = load_flights()
        self._roster = load_roster(self._flights, added)
        self._names = Names(self._roster, words)
        self._recognizer = Recognizer(self._roster, self._names, words, self._flights)
        self._crewing = Crewing(self._flights, self._roster, self._names, self._recognizer)

    @hookimpl
    async def annotate(self, document: Document) -> Iterable[Mention] | None:
        """Find people in title and text, of the roster and others; whom the title names in full the text knows, too.

        The first `MOST_TOLD` places are told.
        """
        fields = (("title", document.title or ""), ("text", document.text))
        others: dict[str, list[tuple[int, int]]] = {"title": [], "text": []}
        for mention in document.mentions:
            others[mention.field].append((mention.start, mention.end))
        return self._recognizer.find(fields, self._facts(document), others)[:MOST_TOLD]

    @hookimpl
    async def enrich_batch(self, events: Sequence[Event]) -> list[Patch | None]:
        """Resolve crews, add who was aboard or is named, and infer the mission where crew and date fit just one.

        The events of one article come together, and what one tells of a flight helps to know that of another.
        """
        return self._crewing.patches(events, self._data_version)

    @hookimpl
    def routes(self) -> Sequence[Any]:
        """Give the calls below `/v1/x/crew/`: people by id, people by name, who was in space."""
        from missionwire_crew.calls import handlers  # noqa: PLC0415  # a worker never needs Litestar
        from missionwire_crew.lookup import Lookup  # noqa: PLC0415  # nor what answers calls

        return handlers(Lookup(self._flights, self._roster, self._names, self._data_version))

    @hookimpl
    def health(self) -> Health:
        """Say how many people are known, and up to when the data tell."""
        return Health(is_ok=True, detail=f"{len(self._roster)} people, data of {self._data_version}")

    def _facts(self, document: Document) -> Facts:
        event = document.event
        missions = {m.id for m in document.mentions if isinstance(m, CraftMention) and m.what == "mission" and m.id}
        crew: frozenset[str] = frozenset()
        time = document.published
        if event:
            missions |= {event.mission} if event.mission else set()
            time = event.time or time
            crew = self._crewing.known_ids(event)
        return Facts(
            crew=self._flights.crew_of(missions) | crew,
            year=_year(time),
            is_spaceflight=event is not None or bool(document.agencies() or document.craft()),
        )


def _year(time: str | None) -> int | None:
    return int(time[:4]) if time and time[:4].isdigit() else None
