"""Which flight an article tells of, where a verb has no mission beside it: by leg and craft, never the nearest name."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Final, TypeAlias

from missionwire.plugin import CraftMention, Person
from missionwire_articles import participants
from missionwire_articles.anywhere import anywhere
from missionwire_articles.cues import Cued, in_any_case
from missionwire_articles.kept import Kept
from missionwire_articles.legs import WAYS, is_of_one_way, leg_of
from missionwire_articles.logbook import Entries, Logbook
from missionwire_articles.makes import KIND, KINDS, is_kind, launches, may_be_meant
from missionwire_articles.moments import Moment
from missionwire_articles.moments import moment as moment_of
from missionwire_articles.narrative import Narrative, between
from missionwire_articles.rules import MARKS
from missionwire_articles.telling import Telling
from missionwire_articles.topic import LONG_AGO, OPENS, Topic, distinct, first_places

SpacecraftOf: TypeAlias = Callable[[str], str | None]
"""Gives the spacecraft that flies a mission, from its slug."""

_OF_CREWS: Final = frozenset({"crew.assigned", "crew.replaced"})
"""What is decided of a crew, months before it flies."""

SWAPPED: Final = frozenset({"soyuz"})
"""Craft that bring home others than they took up: the mission of one way does not tell that of the other."""

LONGEST_WAY: Final = timedelta(days=30)
"""From the launch until a craft has arrived, and from its departure until it has landed, no more time goes by.

A probe may take years.
"""

AT_ONCE: Final = timedelta(days=3)
"""Who is back on the ground so soon is back in the craft that went up."""

ONE_CREW: Final = "tiangong"
"""How the stations begin where the crew is one mission's: what it does there is of that mission.

On the ISS several are aboard.
"""

_MEANT: Final = anywhere(
    r"\b(?:the|this|its)\s(?:[\w.-]+\s){0,2}?(?:probes?|spacecraft|space ?ships?|ship|craft|capsule|lander|shuttle"
    r"|orbiter|freighter|satellites?|(?:mission|flight|crew)(?!\sof\b))\b|\bit\b"
)
"""Words for what the text tells of, which make a craft beside them one of its own."""

_SHIP: Final = anywhere(
    r"\b(?:the|its)\s(?:[\w.-]+\s){0,2}?(?:spacecraft|space ?ship|ship|craft|capsule|lander|probe|freighter|approach"
    r"|rendezvous|ascent|descent|countdown|count|re-?entry|flight|journey|trip|voyage|lift-?off|take-?off)\b"
    r"|\b(?:parachutes?|chutes?|heat\sshield|separation\sof\sthe\s(?:modules?|stages?|compartments?))\b"
)

_ANEW: Final = Cued(r"\b(?:once more|again|another|next (?:flight|mission|launch|crew)|the next one|one more)\b")
"""A plan to fly anew is of another flight."""

_OF_OTHER_FLIGHT: Final = Cued(
    r"\bon\s(?:its|the|their|that|a)\s(?:\w+\s)?(?:maiden|first|debut|inaugural|previous|last|second|third|earlier)\s"
    r"(?:[\w-]+\s)?(?:flight|launch|mission|voyage|outing)\b"
)
"""A flight of a rocket or craft that is counted: long ago, it was not the one that the text tells of."""

_OTHERS_CREW: Final = Cued(
    r"\b(?:previous|former|earlier|old|last|outgoing|departing)\s(?:(?:station|prime|resident)\s)?"
    r"(?:crew|expedition|residents|trio|shift)\b",
    in_any_case,
)
"""People who flew before those of whom the text tells."""

_WHOLE_CREW: Final = re.compile(
    r"\b(?:the|its|their)\s(?:crew|group|team|quartet|trio|duo)\s(?!of\b)[^,;]*$", re.IGNORECASE
)
"""A subject that is all who fly."""

_OLD_RECORD: Final = Cued(r"\b(?:previous|former|old)\s(?:[\w-]+\s)?(?:record|mark|best)\b", in_any_case)
"""What stood before what the text tells of was done on another flight."""

_BEFORE: Final = _OF_OTHER_FLIGHT.cue | _OTHERS_CREW.cue | _OLD_RECORD.cue

_LED: Final = Cued(r"(?:was|were) the (?:first|second|third|only)\s[^,;.]*\bto (?:lead|command|head|direct)\b")
"""A first of somebody's career: "was the first woman to command the station"."""

_FLOWN_ANEW: Final = re.compile(
    r"\w+(?:\s\w+){0,2}?\s(?:an?|another|its\s(?:next|first|second|own))\s(?:(?!the\b)[\w-]+\s){0,3}?"
    r"(?:probe|rover|lander|orbiter|satellite|telescope|observatory|mission|spacecraft|mobile|capsule|ship|freighter)\b"
)
"""After the verb of a plan: what is to fly is something else than the craft told of."""

_CREWED: Final = frozenset({"soyuz", "crew-dragon", "shenzhou", "starliner", "space-shuttle"})
"""Craft that bring crews."""

_FREIGHT: Final = Cued(
    r"\b(?:freighter|(?:cargo|supply|resupply)\s(?:ship|craft|spacecraft|spaceship|capsule|vehicle|mission|dragon)"
    r"|(?:tons?|tonnes?|kilos|kilograms|kg|pounds)\sof\s(?:\w+\s){0,2}?(?:food|supplies|cargo|experiments|equipment|hardware))\b"
)

LONG_PAST: Final = timedelta(days=30)
"""So long before the article its news has not happened."""

_OF_FLIGHT: Final = re.compile(
    r"^(?:it|this|that|the\s(?:[\w-]+\s){0,2}?(?:mission|flight|trip|journey))\s", re.IGNORECASE
)
"""A subject that is the flight itself: "it is the first private flight"."""


class Flights:
    """The missions that an article names, and what it tells of each."""

    def __init__(self, narrative: Narrative, tellings: Sequence[Telling], spacecraft_of: SpacecraftOf) -> None:
        """Take what was told so far; tellings without a mission are those to be asked about."""
        self._narrative = narrative
        self._spacecraft_of = spacecraft_of
        walks = [one for one in tellings if one.type.startswith("eva.")]
        self._has_walks = bool(walks)
        self._has_live_walks = any(not self._is_long_past(one) and one.narration != "background" for one in walks)
        self._walks = any(one.narration == "main" for one in walks)
        self._launches = [one for one in tellings if one.type.startswith("launch.")]
        named = [telling for telling in tellings if telling.mission and is_of_one_way(telling)]
        self._topic = Topic(narrative, named)
        self._log = Logbook(named, self._topic)
        self._kinds = first_places((c.mention.name, c.start) for c in narrative.craft if c.mention.what == "spacecraft")
        self._makes = [c for c in narrative.craft if c.mention.what in {"vehicle", "spacecraft"} and c.mention.id]

    def of(self, telling: Telling) -> CraftMention | None:
        """Give the one flight that a telling without a mission may be of; None where there is none, or several."""
        if not self._topic.named:
            return None
        leg = leg_of(telling.type)
        if leg == "crew" and (telling.is_of_craft or _OF_FLIGHT.match(telling.head.lstrip())):
            leg = "stay"
        if leg == "crew" and not self._is_of_one_crew() and self._is_of_hero(telling):
            leg = "stay"
        if leg is None or (leg == "crew" and not self._is_of_one_crew()) or (self._has_walks and _is_by_hand(telling)):
            return None
        own = self._in_sentence(telling)
        if (
            leg != "crew"
            and telling.moment
            and telling.crew
            and (len(self._topic.all) > 1 or self._is_long_past(telling) or self._is_only_of_others(telling, leg))
            and not own
            and len(self._topic.in_paragraph(telling)) != 1
        ):
            return self._of_people(telling)  # else crew and date know better than the text
        if self._is_of_none(telling):
            return None
        near = own or self._topic.in_paragraph(telling)
        if leg == "stay" and not near and self._is_of_station(telling):
            return None
        told = [one for one in near or self._far(telling, leg) if self._may_fly(telling, one)]
        if not told and near and leg == "down":
            return self._of_newcomers(telling)
        if len(told) == 1 and self._is_of_others(telling, told[0]):
            return self._of_others(telling)
        return told[0] if len(told) == 1 and not self._is_before_launch(telling, told[0]) else None

    def _far(self, telling: Telling, leg: str) -> list[CraftMention]:
        """Give the flights that a telling may be of whose paragraph names none."""
        if self._topic.is_roundup:
            return self._topic.in_paragraph_before(telling) if telling.is_of_craft else []
        far = [one for one in self._in_article(telling, leg) if not self._is_of_another(telling, one)]
        return [one for one in far if not (self._is_freight and self._spacecraft_of(one.id or "") in _CREWED)]

    @Kept
    def _is_freight(self) -> bool:
        """Whether the text opens with a ship that brings supplies: what it tells of that is of no crew's flight."""
        opening = self._narrative.sentences[:OPENS]
        if not opening:
            return False
        start, end = opening[0].start, opening[-1].end
        if any(start <= c.start < end and c.mention.id in KINDS["freighter"] for c in self._makes):
            return True
        may_be_told = any(cues & _FREIGHT.cue for cues in self._narrative.cues[:OPENS])
        return may_be_told and bool(_FREIGHT.search(self._narrative.small, start, end))

    def freighter_of(self, telling: Telling) -> str | None:
        """Give the freighter of which a telling without a flight is: the only kind of ship named before it."""
        is_its = telling.is_of_craft_or_it or telling.is_deed
        if not (is_its and not telling.crew and leg_of(telling.type) in WAYS and self._is_freight):
            return None
        ships = {c.mention.id for c in self._makes if c.mention.what == "spacecraft" and c.start < telling.verb}
        ship = ships.pop() if len(ships) == 1 else None
        return ship if ship in KINDS["freighter"] else None

    def _is_of_none(self, telling: Telling) -> bool:
        """Tell whether it is of no flight that the text tells of: of others, of long ago, of one to come."""
        return (
            (telling.is_of_craft and self._is_among_others(telling))
            or self._is_of_then(telling)
            or (telling.type == "launch.scheduled" and self._is_anew(telling))
            or self._is_of_other_flight(telling)
        )

    def _is_long_past(self, telling: Telling) -> bool:
        told = self._narrative.told
        return telling.moment is not None and told is not None and telling.moment.end < told - LONG_PAST

    def _is_of_station(self, telling: Telling) -> bool:
        """Tell whether it may be of the station: there, what nobody's craft is told of is of none."""
        if telling.type.startswith("milestone.") or self._is_of_one_crew() or self._is_of_its_crew(telling):
            return False
        return (self._has_live_walks or self._topic.is_late) and not (
            self._topic.is_upper and self._is_of_ship(telling)
        )

    def _is_anew(self, telling: Telling) -> bool:
        """Tell whether a plan is of another flight: "will fly again", "will send a rover"."""
        small, cues = self._narrative.small_text, self._narrative.cues[telling.sentence]
        is_first = telling.sentence < OPENS
        return bool(cues & _ANEW.cue and _ANEW.search(small, telling.start, telling.end)) or (
            not is_first and bool(_FLOWN_ANEW.match(small, telling.verb, telling.end))
        )

    def _is_of_other_flight(self, telling: Telling) -> bool:
        """Tell whether it is of a flight before: of "its maiden flight in January", of "the previous crew"."""
        cues = self._narrative.cues[telling.sentence]
        if not cues & _BEFORE:
            return False  # as of most sentences
        is_of_craft = leg_of(telling.type) != "crew" and not telling.type.startswith("hatch.")
        if is_of_craft and cues & _OTHERS_CREW.cue and _OTHERS_CREW.search(telling.head):
            return True
        if cues & _OLD_RECORD.cue and _OLD_RECORD.search(telling.head):
            return True
        is_past = telling.narration == "background" or self._is_long_past(telling)
        small = self._narrative.small_text
        may_be_other = is_past and cues & _OF_OTHER_FLIGHT.cue
        return bool(may_be_other and _OF_OTHER_FLIGHT.search(small, telling.verb, telling.end))

    def _is_of_others(self, telling: Telling, flight: CraftMention) -> bool:
        """Tell whether all its people are told of with other flights alone, where their paragraphs name one."""
        if not telling.crew or telling.type.startswith(("hatch.", "crew.arrived")):
            return False
        if flight.id in {one.id for one in self._topic.in_paragraph(telling)}:
            return False
        if flight.id == self._topic.hero and any(_are_among((one,), self._topic.opening) for one in telling.crew):
            return False
        theirs = [self._topic.flights_of.get(person.id or person.name, set()) for person in telling.crew]
        known = [flights for flights in theirs if flights]
        return 2 * len(known) > len(theirs) and all(flight.id not in each for each in known)

    def _is_only_of_others(self, telling: Telling, leg: str) -> bool:
        """Tell whether several came down on another day than any on which the text has its only flight come down."""
        return leg == "down" and len(telling.crew) > 1 and leg not in self._log.legs

    def _is_of_leavers(self, telling: Telling, flight: CraftMention) -> bool:
        """Tell whether several are to go home of whom the text has named none when it told who came on its flight."""
        if len(telling.crew) == 1 or leg_of(telling.type) != "down" or not self._topic.is_to_come(telling):
            return False
        opening = self._topic.opening if flight.id == self._topic.hero else ()
        named = [one for one in telling.crew if any(participants.same_person(one, other) for other in opening)]
        return bool(telling.crew) and len(opening) > 1 and not named

    def _of_newcomers(self, telling: Telling) -> CraftMention | None:
        """Give the flight that the text is about, in whose craft those who came with it are to come home."""
        theirs = [self._topic.flights_of.get(person.id or person.name, set()) for person in telling.crew]
        shared = set.intersection(*theirs) if theirs else set()
        ups = self._log.of(self._topic.hero).live_legs()
        is_theirs = self._topic.is_to_come(telling) and "up" in ups and "down" not in ups and self._topic.hero in shared
        return next((one for one in self._topic.all if is_theirs and one.id == self._topic.hero), None)

    def _of_others(self, telling: Telling) -> CraftMention | None:
        """Give the only flight with which the text tells of its people, if they come back in it, too."""
        theirs = [self._topic.flights_of.get(person.id or person.name, set()) for person in telling.crew]
        shared = set.intersection(*(flights for flights in theirs if flights))
        found = [one for one in self._topic.all if one.id in shared]
        is_one = len(found) == 1 and self._spacecraft_of(found[0].id or "") not in SWAPPED
        return found[0] if is_one and self._may_fly(telling, found[0]) else None

    def _of_people(self, telling: Telling) -> CraftMention | None:
        """Give the only flight with which the text tells of all of several people, if they come back in it, too."""
        theirs = [self._topic.flights_of.get(person.id or person.name, set()) for person in telling.crew]
        if not any(theirs) and (hero := self._on_its_day(telling)):
            return hero
        shared = set.intersection(*theirs) if len(theirs) > 1 else set()
        found = [one for one in self._topic.all if one.id in shared]
        spacecraft = self._spacecraft_of(found[0].id or "") if len(found) == 1 else None
        is_way = spacecraft not in SWAPPED or telling.type in _OF_CREWS
        is_sure = spacecraft and is_way and leg_of(telling.type) == "up"
        return found[0] if is_sure and found[0].id == self._topic.hero and self._may_fly(telling, found[0]) else None

    def _on_its_day(self, telling: Telling) -> CraftMention | None:
        """Give the flight that the text is about, where a step of it was on the day of news of people of no other."""
        flight = next((one for one in self._topic.all if one.id == self._topic.hero), None)
        now = telling.moment
        if flight is None or now is None or telling.narration != "main" or self._topic.is_late:
            return None
        days = [one.moment for one in self._log.of(flight.id).tellings if one.moment and _is_leg(one, telling)]
        is_near = any(_is_one_way(now, day, AT_ONCE) for day in days)
        return flight if is_near and self._may_fly(telling, flight) else None

    def _is_of_hero(self, telling: Telling) -> bool:
        """Tell whether it is of the flight that the text is about: its people, or a craft without any, did it."""
        if telling.type == "milestone.reached":
            return self._is_first_of_hero(telling)
        if self._is_of_its_crew(telling):
            return True
        if not telling.crew:
            near = self._topic.in_paragraph(telling)
            is_crewless = len(near) == 1 and not self._spacecraft_of(near[0].id or "")
            return telling.type.startswith("experiment.") and is_crewless and telling.group is None
        if not telling.type.startswith("experiment.") or self._topic.is_late:
            return False
        inside = [
            self._narrative.sentence_at(one.start) for one in self._topic.named if one.mention.id == self._topic.hero
        ]
        spans = [self._narrative.sentences[number] for number in inside if number is not None]
        known = participants.joined([participants.named(self._narrative, span.start, span.end) for span in spans])
        return _are_among(telling.crew, known)

    def _is_of_its_crew(self, telling: Telling) -> bool:
        """Tell whether the whole crew of a flight of which the text is about did science, not that of a station."""
        is_theirs = bool(telling.group) or bool(_WHOLE_CREW.search(telling.head))
        is_flown = bool(self._spacecraft_of(self._topic.hero or ""))
        return telling.type.startswith("experiment.") and is_theirs and is_flown and self._topic.is_upper

    def _is_first_of_hero(self, telling: Telling) -> bool:
        """Tell whether a milestone is of the flight that the text is about: its opening's, or one of its people's."""
        told = self._narrative.told
        is_old = telling.moment and told and telling.moment.end < told - LONG_PAST
        is_led = self._narrative.cues[telling.sentence] & _LED.cue
        if is_led and _LED.search(self._narrative.small, telling.verb, telling.end):
            return False
        if telling.narration != "main" or is_old or self._topic.hero is None or not self._topic.is_upper or self._walks:
            return False
        if not telling.crew:
            return telling.sentence < OPENS or telling.group is not None or telling.is_of_craft
        with_hero = [person for person, flights in self._topic.flights_of.items() if self._topic.hero in flights]
        return _are_among(telling.crew, self._topic.opening) or all(
            (one.id or one.name) in with_hero for one in telling.crew
        )

    def _in_sentence(self, telling: Telling) -> list[CraftMention]:
        """Give the only flight that the sentence names before the verb: "Progress MS-24 fared better: …, it docked"."""
        before = self._topic.named_in(telling.start, telling.verb)
        if not before:
            return []
        meant = participants.craft_before(self._narrative, telling.start, telling.verb)
        found = [one for one in distinct(one.mention for one in before if not one.is_compared) if one in meant]
        return found if len(found) == 1 else []

    def _is_of_another(self, telling: Telling, flight: CraftMention) -> bool:
        """Tell whether the paragraph is about another craft: it names rockets or ships that do not fly this one."""
        start, end = self._topic.paragraph(telling)
        inside = self._topic.named_in(start, end)
        if any(one.mention.id == flight.id for one in inside):
            return False
        ships = [c for c in self._makes if telling.start <= c.start < telling.verb and c.mention.what == "spacecraft"]
        if (
            ships
            and self._spacecraft_of(flight.id or "")
            and not any(self._flies(c.mention.id or "", flight) for c in ships)
        ):
            return True
        makes = {c.mention.id or "" for c in self._makes if start <= c.start < end}
        if not makes or self._is_meant(telling):
            return False
        return not any(self._flies(make, flight) for make in makes)

    def _is_meant(self, telling: Telling) -> bool:
        """Tell whether the sentence speaks of what the text tells of, by "the probe" or "it"."""
        return bool(_MEANT.search(self._narrative.small_text[telling.start : telling.end]))

    def _is_of_ship(self, telling: Telling) -> bool:
        """Tell whether the sentence speaks of the craft itself."""
        is_named = MARKS["spacecraft"] in telling.head
        return is_named or bool(_SHIP.search(self._narrative.small_text[telling.start : telling.end]))

    def _flies(self, make: str, flight: CraftMention) -> bool:
        """Tell whether a rocket or ship flies a mission: by its kind, or because the text names both in a paragraph."""
        spacecraft = self._spacecraft_of(flight.id or "")
        if spacecraft and launches(make, spacecraft):
            return True
        paragraphs = {self._topic.paragraph_of(one.start) for one in self._topic.named if one.mention.id == flight.id}
        return any(
            self._topic.paragraph_of(craft.start) in paragraphs for craft in self._makes if craft.mention.id == make
        )

    def _is_among_others(self, telling: Telling) -> bool:
        """Tell whether "the capsule" may be one of several kinds that were named without a mission."""
        if KIND.search(telling.head):
            return False
        return sum(start < telling.end for start in self._kinds.values()) > 1

    def _in_article(self, telling: Telling, leg: str) -> list[CraftMention]:
        """Give the flights of which the article tells the same leg; else those of which it tells at all; else names."""
        same = self._log.live_on(leg)
        for missions in (same, self._log.live_missions):
            if missions:
                may_be = missions | {self._topic.hero}
                return self._hero_or_all(
                    one
                    for one in self._topic.all
                    if one.id in may_be and self._is_told_by(telling, one) and self._is_of_leg(telling, one, leg, same)
                )
        before = {mission for mission, start in self._topic.first.items() if start < telling.end}
        return self._hero_or_all(
            one
            for one in self._topic.all
            if one.id not in self._log.missions
            and (one.id in before or one.id == self._topic.hero)
            and self._is_told_by(telling, one)
            and self._is_of_leg(telling, one, leg, same)
        )

    def _hero_or_all(self, flights: Iterable[CraftMention]) -> list[CraftMention]:
        """Give of several flights the one that the text is about, where it is among them; else all."""
        found = list(flights)
        return [one for one in found if one.id == self._topic.hero] or found

    def _is_told_by(self, telling: Telling, flight: CraftMention) -> bool:
        """Tell whether a reader knows of a flight yet: one named far below is only known if the text is about it."""
        told = self._log.of(flight.id)
        is_news = not told.tellings or told.is_news
        if told.is_to_come and not self._topic.is_to_come(telling):
            is_news = is_news and not self._topic.is_late  # its turn is yet to come
        if self._topic.is_late and self._spacecraft_of(flight.id or "") and _is_told_other_way(telling, told):
            return False
        is_hero = flight.id == self._topic.hero and (
            not self._topic.is_late or (is_news and (self._topic.is_upper or self._is_only_news(flight)))
        )
        is_known = self._topic.first[flight.id] < telling.end
        return is_hero or is_known or (flight.id == self._topic.hero and self._is_named_last(flight))

    def _is_only_news(self, flight: CraftMention) -> bool:
        return {one.mention.id for one in self._topic.news} == {flight.id}

    def _is_named_last(self, flight: CraftMention) -> bool:
        """Tell whether a text that names one probe alone, and that far down, is about it: it did something that day."""
        if len(self._topic.all) > 1 or self._narrative.stations or self._spacecraft_of(flight.id or ""):
            return False
        told, number = self._narrative.told, self._narrative.sentence_at(self._topic.first[flight.id])
        if told is None or number is None:
            return False
        sentences = self._narrative.sentences
        inside = [one for one in sentences if one.paragraph == sentences[number].paragraph]
        return any(
            known.start - AT_ONCE < told < known.end + AT_ONCE
            for placed in between(self._narrative.times, inside[0].start, inside[-1].end)
            if (known := moment_of(placed.mention.time, placed.mention.time_precision)) and known.date
        )

    def _is_of_leg(self, telling: Telling, flight: CraftMention, leg: str, same: set[str | None]) -> bool:
        """Tell whether a flight may be of that way; of a Soyuz told the other way only if it is back within days."""
        if flight.id in same or leg in {"stay", "crew"} or self._spacecraft_of(flight.id or "") not in SWAPPED:
            return True
        told = self._log.of(flight.id)
        is_hero = flight.id == self._topic.hero
        if leg == "up" and is_hero and not self._topic.is_late and not any(one.moment for one in told.tellings):
            return True
        if telling.type.endswith("scheduled") and _WHOLE_CREW.search(telling.head):
            return is_hero and "up" in told.live_legs()
        now = telling.moment
        if (
            leg == "down"
            and len(self._topic.all) == 1
            and not self._topic.is_late
            and not telling.type.endswith("scheduled")
        ):
            return telling.narration in self._log.narrations or not self._log.narrations
        return now is not None and any(_is_one_way(now, one.moment, AT_ONCE) for one in told.tellings if one.moment)

    def _is_of_one_crew(self) -> bool:
        """Tell whether the crew is one flight's: on Tiangong, and where no station is told of."""
        stations = self._narrative.stations
        if len(self._topic.all) == 1 and not self._topic.is_late and "iss" not in stations:
            return True
        return "iss" not in stations and (not stations or any(one.startswith(ONE_CREW) for one in stations))

    def _is_of_then(self, telling: Telling) -> bool:
        """Tell whether the paragraph has gone back to long ago before it, and names no flight."""
        long_ago = self._topic.long_ago
        if telling.moment or long_ago is None or not self._spacecraft_of(self._topic.hero or ""):
            return False
        if self._topic.in_paragraph(telling):
            return False
        start, _ = self._topic.paragraph(telling)
        before = (
            known
            for placed in reversed(between(self._narrative.times, start, telling.start))
            if not placed.mention.is_dateline
            and (known := moment_of(placed.mention.time, placed.mention.time_precision))
        )
        last = next(before, None)
        return last is not None and last.end < long_ago

    def _is_before_launch(self, telling: Telling, flight: CraftMention) -> bool:
        """Tell whether it is of a way down, and the flight went up only after it."""
        if leg_of(telling.type) != "down" or telling.moment is None or not self._spacecraft_of(flight.id or ""):
            return False
        known = [one.moment.start for one in self._log.of(flight.id).of_leg("up") if one.moment]
        return bool(known) and telling.moment.end < min(known)

    def _is_launch_to_come(self, telling: Telling) -> bool:
        """Tell whether a launch is set for a day after the article: what has flown is another flight."""
        told, net = self._narrative.told, moment_of(telling.data.get("net"), telling.data.get("net_precision", "day"))
        return telling.type == "launch.scheduled" and bool(told and net and net.start > told)

    def _has_flown(self, flight: CraftMention) -> bool:
        """Tell whether the news is that the flight which the text is about lifted off, not that it is to."""
        ups = [one for one in self._launches if one.type.endswith("off") and one.mission in {None, flight.id}]
        is_planned = any(one.mission == flight.id and self._topic.is_to_come(one) for one in self._launches)
        is_planned = is_planned or any(
            one.type == "launch.scrubbed" and one.narration == "main" for one in self._launches
        )
        is_news = any(one.narration == "main" and self._topic.is_live(one) for one in ups)
        return flight.id == self._topic.hero and is_news and not is_planned

    def _may_fly(self, telling: Telling, flight: CraftMention) -> bool:
        """Tell whether nothing that is told of both disagrees: the kind of craft, the people, the time."""
        spacecraft = self._spacecraft_of(flight.id or "")
        if not spacecraft and flight.id == self._topic.hero and self._is_meant(telling):
            return True  # a probe flies for years
        is_other = spacecraft and not is_kind(telling.data.get("spacecraft"), spacecraft)
        if is_other or (spacecraft and self._is_launch_to_come(telling) and self._has_flown(flight)):
            return False
        is_flown = telling.type.startswith(("launch.", "landing.", "splashdown.")) and bool(telling.crew)
        if spacecraft in KINDS["freighter"] and (is_flown or _is_of_people(telling)):
            return False
        if not may_be_meant(telling.head, spacecraft):
            return False
        told = self._log.of(flight.id)
        others = [] if telling.type in _OF_CREWS else told.of_leg(leg_of(telling.type))  # decided long before it flew
        if not spacecraft:  # it travels for years
            is_to_come = self._topic.is_to_come(telling)
            others = [one for one in others if self._topic.is_to_come(one) == is_to_come]
        way = LONGEST_WAY if spacecraft else LONG_AGO
        if telling.moment and any(one.moment and not _is_one_way(telling.moment, one.moment, way) for one in others):
            return False
        if telling.crew and (self._is_of_leavers(telling, flight) or not _may_be_aboard(telling, others, told)):
            return False
        long_ago = self._topic.long_ago
        is_old = telling.moment and long_ago and telling.moment.end < long_ago
        return (
            not is_old
            or len(told.live) < len(told.tellings)
            or [flight.id] == [one.id for one in self._topic.in_paragraph(telling)]
        )


def _is_told_other_way(telling: Telling, told: Entries) -> bool:
    """Tell whether all news of a flight is of its way up, and this of a way down, or the reverse."""
    legs = told.live_legs() & WAYS
    is_past = any(one.narration == "background" for one in told.tellings)
    is_sure = not is_past and bool(legs) and not (telling.narration == "planned" or telling.type.endswith(".scheduled"))
    return is_sure and leg_of(telling.type) in WAYS - legs


def _is_leg(one: Telling, other: Telling) -> bool:
    return leg_of(one.type) == leg_of(other.type) and one.narration == other.narration


def _is_by_hand(telling: Telling) -> bool:
    """Tell whether people in flight did it themselves, as on a spacewalk: it is not of the craft that brought them."""
    return telling.type == "payload.deployed" and (bool(telling.crew) or telling.group is not None)


def _is_of_people(telling: Telling) -> bool:
    """Tell whether it is what happens to people, none of whom flies in a freighter."""
    is_theirs = bool(telling.crew) or telling.group is not None
    return telling.type.startswith(("eva.", "crew.")) or (is_theirs and leg_of(telling.type) == "crew")


def _is_one_way(one: Moment, other: Moment, way: timedelta) -> bool:
    """Tell whether two steps of one way up or down lie so close that they may be of one flight."""
    return one.start < other.end + way and other.start < one.end + way


def _may_be_aboard(telling: Telling, others: Sequence[Telling], told: Entries) -> bool:
    """Tell whether those of whom is told may be of a flight's crew: on its way down all, else one of them."""
    crew = participants.joined([one.crew for one in others]) if leg_of(telling.type) == "down" else ()
    if crew and not _are_among(telling.crew, crew):
        return False
    return not told.crew or telling.type in _OF_CREWS or any(_are_among((one,), told.crew) for one in telling.crew)


def _are_among(people: Iterable[Person], crew: Sequence[Person]) -> bool:
    return all(any(participants.same_person(one, other) for other in crew) for one in people)
