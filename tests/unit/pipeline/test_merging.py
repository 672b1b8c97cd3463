import copy
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from missionwire.domain.event import AgencyTag, Patch, Person
from missionwire.domain.slug import slug
from missionwire.pipeline.merging import (
    MAX_PATCH_BYTES,
    UndeclaredError,
    apply_patch,
    check_patch,
    join_agencies,
    join_people,
)

EVENT: dict[str, Any] = {"specversion": "1.0", "id": "1", "source": "urn:test", "type": "missionwire.landing.completed"}
ALL = frozenset({"crew", "agencies", "subject", "time", "station", "time_precision", "location"})


def _apply(event: dict[str, Any], patch: Patch, plugin: str = "crew") -> tuple[dict[str, Any], tuple[str, ...]]:
    checked = check_patch(patch, ALL)
    assert checked is not None
    return apply_patch(event, plugin, checked)


# --- joining ----------------------------------------------------------------------------------------------------------


def test_a_name_as_sent_becomes_an_object_with_what_was_found() -> None:
    found = Person(name="Oleg Novitskiy", id="oleg-novitskiy", role="commander")

    assert join_people(["Oleg NOVITSKIY"], [found]) == [
        {"name": "Oleg NOVITSKIY", "id": "oleg-novitskiy", "role": "commander"}
    ]


def test_a_member_that_is_set_stays_and_absent_ones_are_filled() -> None:
    sent = [{"name": "Oleg Novitskiy", "role": "pilot", "callsign": "Kazbek", "agency": None}]
    found = Person(name="O. Novitskiy", id="oleg-novitskiy", role="commander", agency="roscosmos")

    assert join_people(sent, [Person(name="Oleg Novitskiy", id="oleg-novitskiy"), found]) == [
        {
            "name": "Oleg Novitskiy",
            "id": "oleg-novitskiy",
            "role": "pilot",
            "callsign": "Kazbek",
            "agency": "roscosmos",
        }
    ]


def test_the_id_joins_before_the_name() -> None:
    sent = [{"name": "Sergey Volkov", "id": "sergey-volkov"}, {"name": "Aleksandr Volkov", "id": "aleksandr-volkov"}]

    joined = join_people(sent, [Person(name="Volkov", id="aleksandr-volkov", role="commander")])

    assert [each.get("role") for each in joined] == [None, "commander"]


def test_one_name_with_two_ids_is_two_people() -> None:
    sent = [{"name": "Wang Ping", "id": "wang-ping-1960"}]

    assert len(join_people(sent, [Person(name="Wang Ping", id="wang-ping-1975")])) == 2


def test_who_could_not_be_resolved_stays_as_sent() -> None:
    assert join_people(["Somebody", 5], [Person(name="Oleg Novitskiy")]) == [
        "Somebody",
        5,
        {"name": "Oleg Novitskiy"},
    ]


@pytest.mark.parametrize("sent", [["NASA", "US space agency"], ["US space agency", "NASA"], ["NASA", "Nasa"]])
def test_one_agency_sent_by_two_names_is_one_entry_by_the_first(sent: list[str]) -> None:
    found = [AgencyTag(name=name, id="nasa", role="operator") for name in sent]

    assert join_agencies(sent, found) == [{"name": sent[0], "id": "nasa", "role": "operator"}]


def test_two_names_with_different_roles_stay_two_entries_with_their_id() -> None:
    sent = [{"name": "NASA", "role": "operator"}, {"name": "US space agency", "role": "customer"}]
    found = [AgencyTag(name="NASA", id="nasa"), AgencyTag(name="US space agency", id="nasa")]

    assert join_agencies(sent, found) == [
        {"name": "NASA", "id": "nasa", "role": "operator"},
        {"name": "US space agency", "id": "nasa", "role": "customer"},
    ]


NAMES = st.sampled_from(["NASA", "nasa", "US space agency", "Roscosmos", "Роскосмос", "ESA"])
IDS = st.none() | st.sampled_from(["nasa", "roscosmos", "esa"])
SENT = st.lists(
    NAMES | st.fixed_dictionaries({"name": NAMES}, optional={"id": IDS, "role": st.just("owner")}), max_size=5
)
FOUND = st.lists(st.builds(AgencyTag, name=NAMES, id=IDS, role=st.none() | st.just("operator")), max_size=5)


def _has_id(item: Any) -> bool:
    return isinstance(item, dict) and bool(item.get("id"))


@example(
    ["NASA", {"name": "US space agency", "id": "esa"}],
    [AgencyTag(name="US space agency"), AgencyTag(name="NASA", id="esa")],
)
@given(SENT, FOUND)
def test_joining_loses_nobody_and_changes_nothing_that_is_set(sent: list[Any], found: list[AgencyTag]) -> None:
    before = copy.deepcopy(sent)

    joined = join_agencies(sent, found)

    assert sent == before, "the input is not changed"
    ids = {each.get("id") for each in joined if isinstance(each, dict)} | {None}
    names = {slug(each["name"] if isinstance(each, dict) else each) for each in joined}
    with_id = [*(each.name for each in found if each.id), *(each["name"] for each in sent if _has_id(each))]
    resolved = {slug(name) for name in with_id}  # another name of the same may stand for it
    for one in found:
        assert one.id in ids
        assert slug(one.name) in names | resolved
    for item in sent:
        if _has_id(item):
            assert any(
                isinstance(each, dict) and all(each.get(k) == v for k, v in item.items() if v and k != "name")
                for each in joined
            )


@given(SENT, FOUND.map(lambda found: [each for each in found if each.id]))
def test_joining_the_same_again_changes_nothing(sent: list[Any], found: list[AgencyTag]) -> None:
    joined = join_agencies(sent, found)

    assert join_agencies(joined, found) == joined


# --- patches ----------------------------------------------------------------------------------------------------------


def test_a_patch_fills_what_is_absent_and_the_earlier_plugin_wins() -> None:
    event, written = _apply(EVENT, Patch(fields={"subject": "soyuz-ms-18", "station": "iss"}))
    assert written == ("subject", "station")

    event, written = _apply(event, Patch(fields={"subject": "crew-1", "station": "mir", "location": "kazakh-steppe"}))

    assert written == ("location",)
    assert event["subject"] == "soyuz-ms-18"
    assert event["data"] == {"station": "iss", "location": "kazakh-steppe"}


def test_an_unknown_precision_is_absent() -> None:
    event, _ = _apply(EVENT | {"data": {"time_precision": "unknown"}}, Patch(fields={"time_precision": "day"}))

    assert event["data"]["time_precision"] == "day"


def test_a_time_is_told_in_utc() -> None:
    event, _ = _apply(EVENT, Patch(fields={"time": "2021-10-17T07:36:00+03:00"}))

    assert event["time"] == "2021-10-17T04:36:00Z"


def test_what_a_plugin_adds_beside_goes_below_its_name() -> None:
    event, written = _apply(EVENT | {"data": {"ext": {"other": {"a": 1}}}}, Patch(ext={"b": 2}))
    event, _ = _apply(event, Patch(ext={"c": 3}))

    assert event["data"]["ext"] == {"other": {"a": 1}, "crew": {"b": 2, "c": 3}}
    assert written == ("ext.crew",)


def test_a_patch_without_news_writes_nothing() -> None:
    sent = EVENT | {"data": {"crew": [{"name": "Oleg Novitskiy", "id": "oleg-novitskiy"}]}}

    assert _apply(sent, Patch(crew=(Person(name="Oleg Novitskiy", id="oleg-novitskiy"),))) == (sent, ())


@pytest.mark.parametrize(
    ("patch", "named"),
    [
        (Patch(fields={"station": "iss"}), "station"),
        (Patch(crew=(Person(name="A"),)), "crew"),
        (Patch(agencies=(AgencyTag(name="A"),)), "agencies"),
    ],
)
def test_core_members_are_taken_only_from_who_declared_them(patch: Patch, named: str) -> None:
    assert check_patch(patch, frozenset({named})) == patch
    with pytest.raises(UndeclaredError, match=named):
        check_patch(patch, frozenset())


@pytest.mark.parametrize("name", ["ext", "original", "corrections", "provenance", "errors", "text", "title", "article"])
def test_what_belongs_to_the_host_is_taken_from_nobody(name: str) -> None:
    with pytest.raises(UndeclaredError, match=name):
        check_patch(Patch(fields={name: None}), frozenset({name}))


GARBAGE: list[Any] = [
    5,
    "patch",
    {"ext": {}},
    [Patch()],
    Patch(ext=5),  # type: ignore[arg-type]  # plugins do
    Patch(ext=[1]),  # type: ignore[arg-type]
    Patch(ext={"x": object()}),
    Patch(ext={"x": "\ud800"}),
    Patch(ext={"x": "y" * MAX_PATCH_BYTES}),
    Patch(crew=5),  # type: ignore[arg-type]
    Patch(crew=("Oleg",)),  # type: ignore[arg-type]
    Patch(crew=(Person(name=5),)),  # type: ignore[arg-type]
    Patch(agencies=(AgencyTag(name="A", evidence="x"),)),  # type: ignore[arg-type]
    Patch(fields=5),  # type: ignore[arg-type]
    Patch(fields={"time": "yesterday"}),
    Patch(fields={"time": 5}),
    Patch(fields={"subject": 5}),
    Patch(fields={"subject": "a\nb"}),
    Patch(fields={"time_precision": "fortnight"}),
]


@pytest.mark.parametrize("answer", GARBAGE)
def test_garbage_is_refused_before_it_reaches_the_event(answer: Any) -> None:
    with pytest.raises(Exception) as found:  # noqa: PT011  # any: the caller contains it
        check_patch(answer, ALL)

    assert str(found.value)
