"""The tables that come with the plugin."""

from missionwire_crew import Crew
from missionwire_crew.flights import load_flights
from missionwire_crew.roster import load_roster
from missionwire_crew.tables import read_table


def test_every_crew_member_is_in_the_roster() -> None:
    flights = load_flights()
    roster = load_roster(flights)
    missing = {person for flight in flights for person in (*flight.crew_up, *flight.crew_down)} - {h.id for h in roster}
    assert missing == set()


def test_every_row_names_its_source() -> None:
    for table in ("roster", "flights", "officials", "aliases", "careers"):
        assert all(row["source"] for row in read_table(table)), table


def test_agencies_follow_era_and_nationality() -> None:
    roster = load_roster(load_flights())
    assert roster["sergei-krikalev"].agency(1989) == "soviet-space-program"
    assert roster["sergei-krikalev"].agency(2001) == "roscosmos"
    assert roster["sergei-krikalev"].agency(None) is None
    assert roster["koichi-wakata"].agency(1996) is None
    assert roster["dennis-tito"].agency(None) is None
    assert roster["mae-jemison"].agency(None) == "nasa"


def test_whoever_came_down_is_not_in_space() -> None:
    flights = load_flights()
    assert [len(list(flights.stays(p))) for p in ("yuri-gagarin", "oleg-novitskiy", "david-brown")] == [1, 4, 0]


async def test_health_tells_the_data(crew: Crew) -> None:
    assert crew.health().detail == "797 people, data of 2026-10-08"
