"""Time zones by the names that a text gives them (VOCABULARY, section 6.1), and whose clock a text tells."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from missionwire_terms.lexicon import Words, alternation
from missionwire_terms.sentences import Passage
from missionwire_terms.signposts import Signposts
from missionwire_terms.tables import read_table

_OFFSET: Final = r"(?:UTC|GMT)\s?[+\-−–]\s?\d{1,2}(?::?[0-5]\d)?(?!\d)"
_LOCAL: Final = r"[Ll]ocal\s+(?:time|hour)(?!\w)"
_LOCAL_TIME: Final = re.compile(_LOCAL)
_OF_A_PLACE: Final = (
    r"(?:(?:in\s+)?(?:the\s+)?(?:local\s+)?(?:time|hour)\s+(?:of|in|at)\s+(?:the\s+)?{place}"
    r"|(?:by\s+|local\s+)?{place}(?:\s+(?i:local|standard|summer|winter|daylight|decree))?\s+(?:[Tt]ime|hour)(?!\w)|in\s+{place}(?=\s*[()\[\]])|(?:of|in)\s+(?!\w+(?:ese|ish|ian)\b|French|Dutch|Swiss|Czech|German|Korean){place}(?=\s*(?:[.,;:]|$)))"
)
"""`Moscow summer time`, `local time in Texas`, `the hour of Brasília`, and `in Woomera` at the end of a bracket."""

_OFFSET_PARTS: Final = re.compile(r"[A-Z]{3}\s?([+\-−–])\s?(\d{1,2})(?::?([0-5]\d))?$")
_DOMAIN: Final = re.compile(r"https?://[^/?#]*\.([A-Za-z]{2})(?::\d+)?(?:[/?#]|$)")
_CITY: Final = re.compile(
    r"\s*([A-Z][A-Z.’' -]{2,30})(?:,\s+[^—–\n]{1,30})?\s*(?:\([A-Z][A-Za-z /]+\)\s*)?(?:[—–]|--|-\s)"
)
"""The city that opens a report: `JIUQUAN, November 30 —`."""
_SHARED_CLOCKS: Final = frozenset({"CET", "CEST"})
_NOON: Final = time(12)
_FARTHEST: Final = timedelta(hours=14)
"""No place on Earth is farther from UTC."""


_clock_of: Final = cache(ZoneInfo)


class Zone(Struct, frozen=True):
    """A zone: `iana` names it in the IANA database, else `minutes` is its offset; `said` is how a text names it."""

    iana: str | None = None
    minutes: int | None = None
    said: str = ""

    def to_utc(self, local: datetime) -> datetime:
        """Give the UTC of a clock and date read in this zone, both naive."""
        if self.iana is None:
            return local - timedelta(minutes=self.minutes or 0)
        return local - (_clock_of(self.iana).utcoffset(local) or timedelta())

    def said_on(self, day: date) -> str:
        """Give how a text names it on a day: countries that share a clock call it by its letters, CET or CEST."""
        letters = _clock_of(self.iana).tzname(datetime.combine(day, _NOON)) if self.iana else None
        return letters if letters in _SHARED_CLOCKS else self.said


GREENWICH: Final = Zone(minutes=0, said="GMT")
BRASILIA: Final = Zone(iana="America/Sao_Paulo", said="Brasília time")


class _Named(Struct, frozen=True):
    said: str
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()
    is_told_bare: bool = False
    iana: str | None = None
    minutes: int | None = None


class _Country(Struct, frozen=True):
    words: tuple[str, ...]
    iana: str | None = None
    minutes: int | None = None


class _Shared(Struct, frozen=True):
    name: str
    zones: tuple[_Country, ...]


class _Agency(Struct, frozen=True):
    words: tuple[str, ...]
    ids: tuple[str, ...]
    iana: str
    said: str

    @property
    def zone(self) -> Zone:
        return Zone(iana=self.iana, said=self.said)


class _Home(Struct, frozen=True):
    iana: str
    said: str
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def zone(self) -> Zone:
        return Zone(iana=self.iana, said=self.said)


class _Newsroom(Struct, frozen=True):
    iana: str
    said: str
    signs: tuple[str, ...] = ()

    @property
    def zone(self) -> Zone:
        return Zone(iana=self.iana, said=self.said)


class _Table(Struct, frozen=True):
    zone: tuple[_Named, ...]
    home: tuple[_Home, ...]
    newsroom: tuple[_Newsroom, ...]
    shared: tuple[_Shared, ...]
    agency: tuple[_Agency, ...]


class Zones:
    """The zones of `zones.toml`."""

    def __init__(self, signposts: Signposts) -> None:
        """Read the table, and put up what shows where a text comes from."""
        table = read_table("zones", _Table)
        rows = [(row, Zone(iana=row.iana, minutes=row.minutes, said=row.said)) for row in table.zone]
        self._zones = {name: zone for row, zone in rows for name in row.names}
        self._places = {place: zone for row, zone in rows for place in row.places}
        self._sites = {site: zone for row, zone in rows for site in row.sites}
        place = alternation(self._places, plurals=False)
        self._place = re.compile(place)
        self._told_bare = frozenset(zone for row, zone in rows if row.is_told_bare)
        self._cities = {place.upper(): zone for row, zone in rows for place in (*row.places, *row.sites)}
        self._lands = {land: zone for row, zone in rows for land in row.lands}
        self._site = re.compile(alternation(self._sites, plurals=False))
        self._land = re.compile(alternation(self._lands, plurals=False))
        self._shared = {
            row.name: tuple(
                (
                    re.compile(alternation(country.words)),
                    Zone(iana=country.iana, minutes=country.minutes, said=row.name),
                )
                for country in row.zones
            )
            for row in table.shared
        }
        self._homes = table.home
        self._left_words = [(home.zone, Words(home.words, signposts)) for home in table.home]
        self._agencies = [(row.zone, frozenset(row.ids), Words(row.words, signposts)) for row in table.agency]
        self._newsrooms = [
            (row.zone, re.compile(alternation(row.signs)) if row.signs else None) for row in table.newsroom
        ]
        names = [*self._zones, *self._shared]
        short = alternation(
            [name for name in names if name.isupper()], plurals=False
        )  # what is met most is tried first
        long = alternation([name for name in names if not name.isupper()], plurals=False)
        self.pattern = rf"{_OFFSET}|{short}|{_OF_A_PLACE.format(place=place)}|{_LOCAL}|{long}"
        """A regular expression for every name of a zone, `UTC+3` among them."""

    def alone(self, name: str) -> Zone | None:
        """Give the zone that a name means wherever it stands."""
        return self._zones.get(name)

    def named(self, name: str, context: str) -> Zone | None:
        """Give the zone that a text calls `name`.

        Of zones that share a name, the country that `context` names decides; None where it names none or several.
        `local time` is that of the one place, where craft leave or come down, that `context` names.
        """
        if offset := _OFFSET_PARTS.match(name):
            return _from_offset(offset, name)
        name = " ".join(name.split())
        if name in self._zones:
            return self._zones[name]
        if is_local(name):
            return self._local(context)
        if place := self._place.search(name):
            return self._places[place[0]]
        fitting = [zone for words, zone in self._shared.get(name, ()) if words.search(context)]
        return fitting[0] if len(fitting) == 1 else None

    def _local(self, context: str) -> Zone | None:
        told = {self._sites[site[0]] for site in self._site.finditer(context)}
        told = told or {self._lands[land[0]] for land in self._land.finditer(context)}
        return next(iter(told)) if len(told) == 1 else None

    def of_bare_clock(self, sentence: str, text: str) -> Zone | None:
        """Give the zone of a clock that names none: of the site in its sentence, or of the city that opens the text.

        A site and a city that do not agree leave it open.
        """
        head = _CITY.match(text)
        zones = {self._sites[site[0]] for site in self._site.finditer(sentence)}
        if not zones <= self._told_bare:
            return None
        if head and (city := self._cities.get(head[1].strip().upper())):
            zones.add(city)
        return next(iter(zones)) if len(zones) == 1 else None

    def of_origin(self, url: str | None, language: str | None) -> list[Zone]:
        """Give the zones of the country that an address names, and of the language that a text was told in."""
        domain = _DOMAIN.match(url or "")
        spoken = (language or "").lower().split("-")[0]
        named = [home for home in self._homes if domain and domain[1].lower() in home.domains]
        named += [home for home in self._homes if spoken in home.languages and home not in named]
        return [home.zone for home in named]

    def of_words(self, passage: Passage) -> Iterator[tuple[Zone, re.Match[str]]]:
        """Give the zones of the languages of which words were left in a text, with the place of one."""
        for zone, words in self._left_words:
            if places := words.find(passage):
                yield zone, places[0]

    def of_agencies(
        self, passage: Passage, is_told_of: Callable[[frozenset[str]], bool]
    ) -> Iterator[tuple[Zone, re.Match[str] | None]]:
        """Give the zones of the agencies that a text tells of, with the place where it names them.

        Where it names none of an agency's words, `is_told_of` tells of its ids whether it is told of.
        """
        for zone, own, words in self._agencies:
            places = words.find(passage)
            if places or is_told_of(own):
                yield zone, places[0] if places else None

    def of_newsrooms(self) -> tuple[Zone, ...]:
        """Give the zones of the newsrooms that texts come from."""
        return tuple(zone for zone, _ in self._newsrooms)

    def of_signs(self, text: str) -> frozenset[Zone]:
        """Give the zones of the newsrooms of whose country a text shows a sign."""
        return frozenset(zone for zone, signs in self._newsrooms if signs and signs.search(text))


def is_local(name: str) -> bool:
    """Tell whether a zone is named only as the one of the place told of."""
    return _LOCAL_TIME.fullmatch(name) is not None


def _from_offset(parts: re.Match[str], name: str) -> Zone | None:
    ahead = timedelta(hours=int(parts[2]), minutes=int(parts[3] or 0))
    if ahead > _FARTHEST:
        return None
    minutes = int(ahead.total_seconds()) // 60
    return Zone(minutes=minutes if parts[1] == "+" else -minutes, said=name)
