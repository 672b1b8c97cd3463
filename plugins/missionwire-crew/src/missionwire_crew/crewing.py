"""Completing events: who the crew is, who was aboard, and who else takes part."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from missionwire.plugin import Event, Patch, Person
from missionwire_crew.flights import Flight, Flights
from missionwire_crew.inference import infer_flight, shared_flight
from missionwire_crew.moments import ANOMALY, Phase, is_attempt, phase_in, phase_moved, phases, when
from missionwire_crew.names import Names
from missionwire_crew.recognition import Facts, Recognizer
from missionwire_crew.roster import Human, Roster
from missionwire_crew.seats import PARTICIPANT_ROLES, flight_role

_ON_THE_GROUND: Final = frozenset(
    {
        "agency-head", "flight-director", "launch-director", "programme-manager", "scientist", "official", "executive",
        "spokesperson", "journalist", "backup", "other",
    }
)  # fmt: skip
"""Roles whose holders take part in an event without flying."""

_LONGEST_CAREER: Final = 40
"""A text of today that names somebody who last flew so many years ago tells of history, not of who takes part."""

_NOBODY: Final[frozenset[str]] = frozenset()

_NUMBERS: Final = ("two", "three", "four", "five", "six")
_COUNT: Final = rf"(?P<{{}}>{'|'.join(_NUMBERS)}|[2-6])"
_CREWMATES: Final = re.compile(
    r"\b(?:and|with|alongside)\s+(?:(?:his|her|their)\s+(?:"
    rf"(?:{_COUNT.format('own')}\s+)?(?:[\w-]+\s+)?crew-?\s?mates"
    rf"|{_COUNT.format('fellow')}\s+(?:[\w-]+\s+)?(?:colleagues|companions|comrades|fellow\s+[\w-]+s))"
    rf"|(?:the\s+)?{_COUNT.format('other')}\s+others?)\b"
    r"|\bfirst\s+(?:one\s+)?to\s+(?:float|enter|swim|cross|glide)\b"
)
"""Who is not named, though all of a crew is meant: "NAME and her three crewmates", "NAME was the first to enter"."""

_OF_CREWMATES: Final = ("mates", "colleagues", "companions", "comrades", "fellow", "other", "first")
"""Of these words one stands in all that tells so: where none does, as mostly, nothing is searched for."""


class Known(NamedTuple):
    """A person of an event: the name as sent, who it is, the role as sent, and the role that the text gives."""

    name: str
    human: Human | None
    sent_role: str | None = None
    said_role: str | None = None

    @property
    def is_aboard(self) -> bool:
        """Tell whether the person counts for the question which flight it was."""
        if (self.sent_role or self.said_role) in _ON_THE_GROUND:
            return False
        return self.human is None or self.human.active is not None


class _Reading(NamedTuple):
    """What an event alone tells: who was sent, whom its text names besides, and the flight, where it is known."""

    event: Event
    sent: list[Known]
    told: list[Known]
    flight: Flight | None
    is_inferred: bool

    @property
    def aboard(self) -> list[Known]:
        """Those who tell which flight it was: of those who were sent, else of those whom the text names."""
        if not (self.sent or self.told):  # as with many
            return []
        return [known for known in self.sent if known.is_aboard] or [known for known in self.told if known.is_aboard]


class Crewing:
    """Makes patches from a roster and a table of flights."""

    def __init__(self, flights: Flights, roster: Roster, names: Names, recognizer: Recognizer) -> None:
        self._flights = flights
        self._roster = roster
        self._names = names
        self._recognizer = recognizer

    def patches(self, events: Sequence[Event], data_version: str) -> list[Patch | None]:
        """Give what can be added to each event; None where nothing was found.

        An event that does not tell its mission may be of a flight of which another event of its article tells.
        """
        readings = [self._read(event) for event in events]
        steps = _steps(readings)
        told: dict[str, dict[str, Flight]] = {}
        for reading in readings:
            if reading.flight and reading.event.data.article:
                told.setdefault(reading.event.data.article, {})[reading.flight.id] = reading.flight
        readings = [_moved(self._joined(reading, told), steps) for reading in readings]
        sentences = _sentences(readings)
        return [self._patch(_with_cause(reading, sentences), data_version) for reading in readings]

    def _read(self, event: Event) -> _Reading:
        sent, told = self._people(event)
        reading = _Reading(event, sent, told, self._flights.get(event.mission), is_inferred=False)
        if event.mission is not None or not (people := _ids(reading.aboard)):
            return reading
        flight = infer_flight(self._flights, people, event)
        return reading if flight is None else reading._replace(flight=flight, is_inferred=True)

    def _joined(self, reading: _Reading, told: Mapping[str, Mapping[str, Flight]]) -> _Reading:
        """Give a reading with the flight of its article that it can only be of."""
        event = reading.event
        flights = told.get(event.data.article or "")
        if reading.flight or event.mission is not None or not flights or (people := _ids(reading.aboard)) is None:
            return reading
        flight = shared_flight(flights.values(), people, event)
        return reading if flight is None else reading._replace(flight=flight, is_inferred=True)

    def _patch(self, reading: _Reading, data_version: str) -> Patch | None:
        event, sent, told, flight, is_inferred = reading
        if flight is None and not sent and not told:
            return None
        phase = phase_in(flight, event) if flight else None
        people = [*sent, *(known for known in told if self._takes_part(known, event, flight, phase))]
        people += self._aboard(event, flight, phase, people, sent)
        year = _year(event) or _year_of_launch(flight)
        crew = tuple(
            [
                _person(known.name, known.human, year, self._role(known, known.human, event, flight, phase))
                for known in people
                if known.human
            ]
        )
        fields = {"subject": flight.id, "mission_inferred": True} if flight and is_inferred else {}
        if not crew and not fields:
            return None
        return Patch(crew=crew, fields=fields, ext={"data_version": data_version})

    def known_ids(self, event: Event) -> frozenset[str]:
        """Give the ids of those in an event's crew, as sent, of whom it is sure who they are."""
        sent = (self._sent(person, event) for person in event.data.crew)
        return frozenset(known.human.id for known in sent if known.human)

    # who was sent

    def _sent(self, person: Person, event: Event) -> Known:
        human = self._roster.get(person.id) if person.id else self._resolved(person.name, event)
        is_bystander = human is None and event.data.article is not None  # who flies is on the roster, as a rule
        return Known(person.name, human, "other" if is_bystander else person.role)

    def _resolved(self, name: str, event: Event) -> Human | None:
        """Give who a name in a crew means: a whole name decides, a family name only with the mission."""
        bearing = self._names.bearers_of(_in_order(name))
        if len(bearing.full) == 1:
            return self._roster[next(iter(bearing.full))]
        on_mission = self._flights.crew_of([event.mission] if event.mission else [])
        people = (bearing.full or bearing.family) & on_mission
        if len(people) == 1:
            return self._roster[next(iter(people))]
        if bearing.full or bearing.family:
            return None
        mentions = self._recognizer.find([("text", name)], Facts(on_mission, _year(event), is_spaceflight=True))
        return self._roster[mentions[0].id] if len(mentions) == 1 and mentions[0].id else None

    # whom the text names

    def _people(self, event: Event) -> tuple[list[Known], list[Known]]:
        """Give those in the crew as sent, with what the text says of them, and those whom the text names besides.

        Of an event that came of an article nobody besides: the extractor has decided who takes part.
        """
        if event.data.article and not event.data.crew:
            return [], []
        sent = [self._sent(person, event) for person in event.data.crew]
        ids = {known.human.id for known in sent if known.human}
        is_asked = not event.data.article or self._may_say_roles(event, sent)
        said = self._said_roles(event, ids) if is_asked else {}
        besides = () if event.data.article else [id_ for id_ in said if id_ not in ids]
        told = [Known((human := self._roster[id_]).name, human, None, said[id_]) for id_ in besides]
        if any(said.get(id_) for id_ in ids):
            sent = [known._replace(said_role=said.get(known.human.id)) if known.human else known for known in sent]
        return sent, told

    def _may_say_roles(self, event: Event, sent: Iterable[Known]) -> bool:
        """Tell whether title and text may give a role to some of those who were sent without one."""
        unsaid = [known.human for known in sent if known.human and not known.sent_role]
        if not unsaid:
            return False
        texts = (event.data.title or "", event.original_text)
        return any(human.offices for human in unsaid) or any(map(self._recognizer.may_say_roles, texts))

    def _said_roles(self, event: Event, ids: set[str]) -> dict[str, str | None]:
        """Give by id everybody whom title and text name, with the first role that they give."""
        fields = [(field, text) for field, text in (("title", event.data.title), ("text", event.original_text)) if text]
        if not fields:
            return {}
        crew = self._flights.crew_of([event.mission] if event.mission else []) | ids
        facts = Facts(crew, _year(event), is_spaceflight=True)
        said: dict[str, str | None] = {}
        for mention in self._recognizer.find(fields, facts):
            if mention.id:
                said[mention.id] = said.get(mention.id) or mention.role
        return said

    def _takes_part(self, known: Known, event: Event, flight: Flight | None, phase: Phase | None) -> bool:
        """Tell whether somebody whom the text names belongs to the event, and not to its history."""
        human = known.human
        if human is None:
            return False
        if known.said_role in _ON_THE_GROUND:
            return True
        told = when(event)
        if phases(event):
            if flight:
                return phase is not None and human.id in flight.crew(phase.way)
            if told and told.is_a_day:
                return self._flights.is_in_space(human.id, told.first)
        return told is None or human.was_active(told.first.year, _LONGEST_CAREER)

    # who was aboard

    def _aboard(
        self, event: Event, flight: Flight | None, phase: Phase | None, people: Iterable[Known], sent: Iterable[Known]
    ) -> Iterator[Known]:
        """Give the mission's crew on that way, where nobody aboard was sent, or some for all; not of a plan."""
        if flight is None or phase is None or event.data.narration == "planned":
            return
        aboard, crew = [known for known in sent if known.is_aboard], flight.crew(phase.way)
        if aboard and not _stand_for_all(event, aboard, crew):
            return
        seen = {known.human.id for known in people if known.human}
        for person in crew:
            if person not in seen:
                human = self._roster[person]
                yield Known(human.name, human)

    # what is said of each

    def _role(self, known: Known, human: Human, event: Event, flight: Flight | None, phase: Phase | None) -> str | None:
        """Give the role: aboard the flight role wins over the trade, else what was said, else the office."""
        if known.sent_role:
            return known.sent_role
        if flight and phase and human.id in flight.crew(phase.way):
            return flight_role(human, flight.crew(phase.way))
        if known.said_role is None and human.offices and (office := human.office(_year(event))):
            return office.role
        if phases(event) and known.is_aboard and human.kind == "participant":
            return PARTICIPANT_ROLES[human.kind]
        return known.said_role


def _steps(readings: Iterable[_Reading]) -> dict[tuple[str | None, Phase], dict[str, Flight]]:
    """Give the flights whose steps are the news of articles, by article and step."""
    steps: dict[tuple[str | None, Phase], dict[str, Flight]] = {}
    for event, _, _, flight, _ in readings:
        if flight and event.data.narration in {None, "main"} and event.type.endswith((".lifted-off", ".completed")):
            for phase in phases(event):
                steps.setdefault((event.data.article, phase), {})[flight.id] = flight
    return steps


def _moved(reading: _Reading, steps: Mapping[tuple[str | None, Phase], Mapping[str, Flight]]) -> _Reading:
    """Give a reading of a step that was put off, with the only flight of which its article tells that it came."""
    event, phase = reading.event, phase_moved(reading.event)
    if phase is None or reading.flight or event.mission is not None or reading.aboard or not event.data.article:
        return reading
    known = list(steps.get((event.data.article, phase), {}).values())
    return reading._replace(flight=known[0], is_inferred=True) if len(known) == 1 else reading


_Sentence: TypeAlias = tuple[str | None, str | None, str | None]
"""An article, a sentence of it, and how it tells what it tells: as news, or as history."""


def _sentences(readings: Iterable[_Reading]) -> dict[_Sentence, dict[str, Flight]]:
    """Give the inferred flights of attempts that came to nothing, by sentence."""
    sentences: dict[_Sentence, dict[str, Flight]] = {}
    for event, _, _, flight, is_inferred in readings:
        if flight and is_inferred and event.data.article and is_attempt(event):
            sentences.setdefault(_sentence(event), {})[flight.id] = flight
    return sentences


def _sentence(event: Event) -> _Sentence:
    return event.data.article, event.data.text, event.data.narration


def _with_cause(reading: _Reading, sentences: Mapping[_Sentence, Mapping[str, Flight]]) -> _Reading:
    """Give a reading of what stopped an attempt the flight of the attempt, which its sentence tells of."""
    event = reading.event
    if not sentences or event.type != ANOMALY or reading.flight or event.mission is not None or reading.aboard:
        return reading
    known = list(sentences.get(_sentence(event), {}).values())
    return reading._replace(flight=known[0], is_inferred=True) if len(known) == 1 else reading


def _ids(aboard: Sequence[Known]) -> frozenset[str] | None:
    """Give the ids of those aboard; None where a stranger is among them, for then no flight is known to be theirs."""
    if not aboard:
        return _NOBODY
    people = [known.human for known in aboard]
    return frozenset(human.id for human in people if human) if all(people) else None


def _in_order(name: str) -> str:
    """Turn `Novitskiy, Oleg` into `Oleg Novitskiy`."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given else name


def _year(event: Event) -> int | None:
    time = when(event)
    return time.first.year if time else None


def _year_of_launch(flight: Flight | None) -> int | None:
    return flight.times["launched"].year if flight and "launched" in flight.times else None


def _person(name: str, human: Human, year: int | None, role: str | None) -> Person:
    return Person(
        name=name,
        id=human.id,
        role=role,
        occupation=human.occupation,
        agency=human.agency(year),
        nationality=human.nationality,
    )


def _stand_for_all(event: Event, aboard: Sequence[Known], crew: Collection[str]) -> bool:
    """Tell whether those who are named go with all the others of their crew: "NAME and her three crewmates"."""
    if not all(known.human and known.human.id in crew for known in aboard):
        return False
    text = event.data.text
    if not text or not any(word in text for word in _OF_CREWMATES) or not (others := _CREWMATES.search(text)):
        return False
    count = others["own"] or others["fellow"] or others["other"]
    if count is None:
        return True
    number = int(count) if count.isdecimal() else _NUMBERS.index(count) + 2
    return len(aboard) + number == len(crew)
