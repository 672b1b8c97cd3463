import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from missionwire.domain.event import Data, Event, frozen_once, view, view_again
from missionwire.domain.frozen import FrozenDict, FrozenError, FrozenList, frozen

SENT: dict[str, Any] = {
    "specversion": "1.0",
    "id": "1",
    "source": "urn:test",
    "type": "missionwire.test.performed",
    "traceparent": "00-1",
    "data": {
        "original": {"text": "as sent"},
        "location": {"name": "Baikonur", "pads": [1, 31]},
        "ext": {"crew": {"found": [{"id": "oleg"}]}},
        "telemetry": {"rates": [0.1, {"roll": 1}]},
    },
}

CHANGES: list[Callable[[Event], Any]] = [
    lambda event: event.extensions.update(traceparent="x"),  # type: ignore[attr-defined]
    lambda event: event.data.original.clear(),  # type: ignore[attr-defined]
    lambda event: event.data.location["pads"].append(2),
    lambda event: event.data.location.pop("name"),
    lambda event: event.data.ext.setdefault("mine", 1),  # type: ignore[attr-defined]
    lambda event: event.data.ext["crew"]["found"].sort(),
    lambda event: event.data.ext["crew"]["found"][0].update(id="anna"),
    lambda event: event.data.extra.update(mine=1),  # type: ignore[attr-defined]
    lambda event: event.data.extra["telemetry"].popitem(),
    lambda event: event.data.extra["telemetry"]["rates"].__delitem__(0),
    lambda event: event.data.extra["telemetry"]["rates"].__iadd__([1]),
]


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_in_an_event_can_be_changed(change: Callable[[Event], Any]) -> None:
    event = view(SENT, None)

    with pytest.raises(FrozenError, match="cannot be changed"):
        change(event)

    assert event == view(SENT, None)


@pytest.mark.parametrize("change", CHANGES)
def test_views_of_what_was_frozen_once_share_it_and_cannot_change_it(change: Callable[[Event], Any]) -> None:
    once = frozen_once(SENT)
    event = view(once, None)

    with pytest.raises(FrozenError, match="cannot be changed"):
        change(event)

    assert event == view(SENT, None)
    assert event.data.ext is once["data"]["ext"]


@pytest.mark.parametrize(
    "changed",
    [
        {"ext": {"quality": {"grade": "complete"}}},
        {"crew": ["Oleg Novitskiy", {"name": "Klim Shipenko", "id": "klim-shipenko"}], "mission_inferred": True},
        {"agencies": [{"name": "ESA", "id": "esa", "role": "operator", "evidence": [{"start": 1, "end": 4}]}]},
        {"time_precision": "minute", "location": {"name": "Vostochny", "pads": [2]}, "station": "iss"},
        {"evidence": [{"start": 0, "end": 3}], "telemetry": {"rates": []}, "pad": "31/6"},
        {"subject": "soyuz-ms-18", "time": "2021-10-17T04:36:00Z"},
        {"crew": ["Anna Kikina"], "subject": "crew-5"},
    ],
)
def test_the_view_of_an_event_that_was_seen_before_is_its_view(changed: dict[str, Any]) -> None:
    attributes = {name: value for name, value in changed.items() if name in {"subject", "time"}}
    members = {name: value for name, value in changed.items() if name not in attributes}
    now = frozen_once({**SENT, **attributes, "data": {**SENT["data"], **members}})
    seen = view(frozen_once(SENT), None)

    again = view_again(seen, now, attributes.get("subject"), changed)

    assert again == view(now, attributes.get("subject"))
    assert seen == view(SENT, None)


def test_what_is_empty_cannot_be_filled() -> None:
    with pytest.raises(FrozenError):
        Data().ext["mine"] = 1  # type: ignore[index]  # what a plugin that is not checked may try


@pytest.mark.parametrize(
    ("kind", "reading"),
    [(FrozenDict, {"keys", "values", "items", "get", "copy", "fromkeys"}), (FrozenList, {"index", "count", "copy"})],
)
def test_every_way_to_change_one_in_place_is_refused(kind: type[Any], reading: set[str]) -> None:
    known = set(dir(kind))
    changing = {name for name in known if not name.startswith("_")} - reading
    changing |= {"__setitem__", "__delitem__", "__ior__", "__iadd__", "__imul__"} & known

    for name in changing:
        with pytest.raises(FrozenError):
            getattr(kind(), name)()


def test_what_is_given_is_not_touched_by_it() -> None:
    given: dict[str, Any] = {"a": [{"b": 1}]}

    made = frozen(given)
    given["a"][0]["b"] = 2

    assert made == {"a": [{"b": 1}]}
    assert type(given["a"]) is list


def test_it_is_written_and_compared_as_any_json() -> None:
    given = {"a": [{"b": 1}, None], "c": {}}
    made = frozen(given)

    assert made == given
    assert json.loads(json.dumps(made)) == given
    assert msgspec.json.decode(msgspec.json.encode(made)) == given
    assert made["a"] == given["a"]


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda made: pickle.loads(pickle.dumps(made))])  # noqa: S301  # our own
def test_a_copy_can_be_changed_all_through(copied: Callable[[Any], Any]) -> None:
    mine = copied(frozen({"a": [{"b": 1}]}))

    mine["a"][0]["b"] = 2
    mine["a"].append(3)

    assert mine == {"a": [{"b": 2}, 3]}


def test_it_may_be_nested_deeper_than_python_calls() -> None:
    deep: Any = []
    for _ in range(5000):
        deep = [deep]

    assert isinstance(frozen(deep)[0][0], FrozenList)
