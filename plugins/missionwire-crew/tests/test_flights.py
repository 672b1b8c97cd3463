"""The table of flights: who was where, held against itself and against what is well known."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from missionwire_crew.flights import Flights, load_flights
from missionwire_crew.lookup import Aboard, Lookup
from missionwire_crew.names import Names
from missionwire_crew.roster import load_roster
from missionwire_crew.words import load_words

SEATS = {
    "vostok": 1,
    "voskhod": 3,
    "mercury": 1,
    "gemini": 2,
    "apollo": 3,
    "soyuz": 3,
    "space-shuttle": 8,
    "shenzhou": 3,
    "crew-dragon": 4,
    "starliner": 4,
    "orion": 4,
}
"""The most who ever flew in a craft; eight in a shuttle up on sts-61-a and down on sts-71."""

EXPEDITION_1 = datetime(2000, 11, 2, 9, 21, tzinfo=UTC)


@pytest.fixture(scope="module")
def flights() -> Flights:
    return load_flights()


@pytest.fixture(scope="module")
def lookup(flights: Flights) -> Lookup:
    roster = load_roster(flights)
    return Lookup(flights, roster, Names(roster, load_words()), "2026-10-08")


def at(lookup: Lookup, time: str) -> list[Aboard]:
    return list(lookup.in_space(datetime.fromisoformat(time)).people)


def test_times_of_a_flight_stand_in_their_order(flights: Flights) -> None:
    for flight in flights:
        times = [
            flight.times[moment] for moment in ("launched", "docked", "undocked", "landed") if moment in flight.times
        ]
        whole = [time for time in times if (time.hour, time.minute) != (0, 0)]  # the others are days alone
        assert all(one < other for one, other in pairwise(whole)), flight.id


def test_no_crew_is_larger_than_its_craft(flights: Flights) -> None:
    for flight in flights:
        for crew in (flight.crew_up, flight.crew_down):
            assert len(crew) == len(set(crew)) <= SEATS[flight.spacecraft], flight.id


def test_nobody_is_in_two_craft_at_once(flights: Flights) -> None:
    people = {person for flight in flights for person in (*flight.crew_up, *flight.crew_down)}
    for person in people:
        stays = sorted(flights.stays(person))
        assert all(one.last < other.first for one, other in pairwise(stays)), person


def test_whoever_came_down_had_gone_up_and_the_other_way_round(flights: Flights) -> None:
    lost = {flight.id for flight in flights if flight.is_lost}
    for flight in flights:
        for person in flight.crew_down:
            assert any(stay.last == flight.times.get("landed") for stay in flights.stays(person)), (flight.id, person)
        if "landed" in flight.times and flight.id not in lost:
            for person in flight.crew_up:
                assert any(stay.flight is flight for stay in flights.stays(person)), (flight.id, person)


def test_no_stay_is_longer_than_the_longest(flights: Flights) -> None:
    people = {person for flight in flights for person in flight.crew_up}
    stays = [(stay.last - stay.first, person) for person in people for stay in flights.stays(person)]
    ended = [(length, person) for length, person in stays if length < timedelta(days=2000)]
    assert max(ended)[1] == "valeri-polyakov"
    assert timedelta(days=437) < max(ended)[0] < timedelta(days=438)


def test_since_the_first_expedition_somebody_is_always_in_space(flights: Flights) -> None:
    people = {person for flight in flights for person in flight.crew_up}
    until = EXPEDITION_1
    for stay in sorted(stay for person in people for stay in flights.stays(person)):
        if stay.last > until:
            assert stay.first <= until, f"nobody between {until} and {stay.first}"
            until = stay.last
    assert until > datetime(2026, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("time", "number"),
    [
        ("1961-04-12T06:30:00Z", 1),  # Gagarin
        ("1969-01-16T12:00:00Z", 4),  # two Soyuz
        ("1969-10-14T12:00:00Z", 7),  # three Soyuz
        ("1971-06-20T00:00:00Z", 3),  # Salyut 1
        ("1975-07-18T12:00:00Z", 7),  # Apollo-Soyuz, and two on Salyut 4
        ("1985-10-31T12:00:00Z", 11),  # eight of sts-61-a, three on Salyut 7
        ("1995-03-14T12:00:00Z", 13),  # Mir, Soyuz TM-21, Endeavour
        ("2000-11-10T00:00:00Z", 3),  # Expedition 1
        ("2003-03-01T00:00:00Z", 3),  # after Columbia
        ("2003-10-15T12:00:00Z", 3),  # Yang Liwei, and two of Expedition 7
        ("2009-07-20T00:00:00Z", 13),  # the first time thirteen are on one station
        ("2021-09-17T00:00:00Z", 14),  # ISS, Shenzhou 12, Inspiration4
        ("2021-10-16T12:00:00Z", 13),
        ("2023-05-30T02:00:00Z", 17),  # the most in orbit until then
        ("2024-09-11T20:00:00Z", 19),  # the most ever
    ],
)
def test_so_many_were_in_space(lookup: Lookup, time: str, number: int) -> None:
    assert len(at(lookup, time)) == number


def test_the_film_crew_was_in_space_with_the_known_ten_others(lookup: Lookup) -> None:
    assert {person.id for person in at(lookup, "2021-10-16T12:00:00Z")} == {
        *("oleg-novitskiy", "pyotr-dubrov", "mark-vande-hei", "anton-shkaplerov", "klim-shipenko", "yulia-peresild"),
        *("robert-kimbrough", "megan-mcarthur", "akihiko-hoshide", "thomas-pesquet"),
        *("zhai-zhigang", "wang-yaping", "ye-guangfu"),
    }


def test_it_agrees_with_a_list_kept_by_others_in_april_2026(lookup: Lookup) -> None:
    """The ten of people-in-space.json of corquaid/international-space-station-APIs, commit 3bbaf2f (MIT)."""
    assert {(person.id, person.mission) for person in at(lookup, "2026-04-28T12:00:00Z")} == {
        *((person, "shenzhou-21") for person in ("zhang-lu", "wu-fei", "zhang-hongzhang")),
        *((person, "soyuz-ms-28") for person in ("sergey-kud-sverchkov", "sergey-mikayev", "christopher-williams")),
        *((person, "crew-12") for person in ("jessica-meir", "jack-hathaway", "sophie-adenot", "andrey-fedyaev")),
    }
