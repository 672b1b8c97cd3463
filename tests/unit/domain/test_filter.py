from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.domain.errors import FaultyParameter
from missionwire.domain.filter import MAX_VALUES, Facets, Filter, facets, mission_of

LANDING = {
    "id": "1",
    "source": "urn:test",
    "type": "missionwire.landing.completed",
    "subject": "Soyuz MS-18",
    "time": "2021-10-17T04:36:00Z",
    "data": {
        "crew": [{"name": "Oleg Novitskiy", "id": "oleg-novitskiy"}, "Юлия Пересильд"],
        "agencies": [{"name": "Roscosmos State Corporation", "id": "roscosmos"}],
    },
}


def _passes(event: dict[str, Any] = LANDING, **wish: Any) -> bool:
    return Filter.build(**wish).matches(facets(event))


@pytest.mark.parametrize(
    ("wish", "is_match"),
    [
        ({}, True),
        ({"types": ["missionwire.landing.completed"]}, True),
        ({"types": ["missionwire.landing.*"]}, True),
        ({"types": ["missionwire.*"]}, True),
        ({"types": ["*"]}, True),
        ({"types": ["missionwire.land.*"]}, False),
        ({"types": ["missionwire.landing"]}, False),
        ({"types": ["missionwire.landing.completed.*"]}, False),
        ({"types": ["other", "missionwire.landing.*"]}, True),
        ({"missions": ["Союз МС-18"]}, True),
        ({"missions": ["soyuz-ms-18"]}, True),
        ({"missions": ["soyuz-ms-19"]}, False),
        ({"agencies": ["roscosmos"]}, True),
        ({"agencies": ["Roscosmos State Corporation"]}, True),
        ({"agencies": ["nasa"]}, False),
        ({"crew": ["Oleg Novitskiy"]}, True),
        ({"crew": ["yuliya-peresild"]}, True),
        ({"crew": ["klim-shipenko"]}, False),
        ({"sources": ["urn:test"]}, True),
        ({"sources": ["URN:test"]}, False),
        ({"occurred_since": "2021-10-17T04:36:00Z"}, True),
        ({"occurred_until": "2021-10-17T04:36:00Z"}, False),
        ({"occurred_until": "2021-10-17T07:36:01+03:00"}, True),
        ({"missions": ["soyuz-ms-18"], "agencies": ["nasa"]}, False),
    ],
)
def test_values_mean_any_and_members_mean_all(wish: dict[str, Any], is_match: bool) -> None:  # noqa: FBT001  # a row
    assert _passes(**wish) is is_match


def test_an_event_without_a_time_passes_no_filter_of_times() -> None:
    timeless = {name: value for name, value in LANDING.items() if name != "time"}

    assert _passes(timeless)
    assert not _passes(timeless, occurred_since="2000-01-01T00:00:00Z")
    assert not _passes(timeless, occurred_until="3000-01-01T00:00:00Z")


def test_the_mission_is_of_the_subject_else_of_the_data() -> None:
    assert mission_of({"subject": "Soyuz MS-18", "data": {"mission": "Crew-1"}}) == "soyuz-ms-18"
    assert mission_of({"data": {"mission": "SpaceX Crew-1"}}) == "crew-1"
    assert mission_of({"subject": "!!", "data": None}) is None
    assert mission_of({"data": {"mission": 5}}) is None


NAMES = st.lists(st.sampled_from(["Soyuz MS-18", "soyuz-ms-18", "Союз МС-18", "Crew-1", "SpaceX Crew-1"]), max_size=4)


@given(NAMES, st.randoms())
def test_equal_wishes_make_equal_filters(missions: list[str], chance: Any) -> None:
    turned = list(missions)
    chance.shuffle(turned)

    assert Filter.build(missions=missions) == Filter.build(missions=[*turned, *turned])
    assert Filter.build(missions=missions).is_all is (missions == [])


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=3))
def test_building_and_matching_take_any_text_or_name_the_parameter(text: str, types: Iterable[str]) -> None:
    event = Facets(text, text, text, frozenset({text}), frozenset(), None)
    name = ""
    try:
        wish = Filter.build(types=types, missions=[text], agencies=[text], crew=[text], sources=[text])
    except FaultyParameter as error:
        wish, name = Filter(), error.name
    assert name in ("", "type", "mission", "agency", "crew", "source")
    assert wish.matches(event) in (True, False)


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ({"types": ["a b"]}, "type"),
        ({"types": [""]}, "type"),
        ({"types": ["missionwire.*.completed"]}, "type"),
        ({"missions": ["!!"]}, "mission"),
        ({"agencies": [""]}, "agency"),
        ({"crew": ["-"]}, "crew"),
        ({"sources": [""]}, "source"),
        ({"occurred_since": "10m"}, "occurred_since"),
        ({"occurred_until": "2021"}, "occurred_until"),
        ({"sources": [str(n) for n in range(MAX_VALUES + 1)]}, "filter"),
    ],
)
def test_what_can_match_nothing_is_refused_by_name(wish: dict[str, Any], name: str) -> None:
    with pytest.raises(FaultyParameter) as found:
        Filter.build(**wish)

    assert found.value.name == name
