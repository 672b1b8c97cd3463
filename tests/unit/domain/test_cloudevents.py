import contextlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.domain.cloudevents import (
    BATCH,
    MAX_DEPTH,
    NDJSON,
    STRUCTURED,
    Accepted,
    check_event,
    check_member,
    normalised,
    read_body,
)
from missionwire.domain.errors import (
    BodyTooLarge,
    Fault,
    FaultyItems,
    RequestError,
    UnreadableBody,
    UnsupportedMediaType,
)

EVENT: dict[str, Any] = {"specversion": "1.0", "id": "1", "source": "urn:test", "type": "missionwire.landing.completed"}

JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    ["specversion", "id", "source", "type", "subject", "time", "data", "datacontenttype", "dataschema", "data_base64"]
) | st.text(max_size=8)


def _read(event: Any) -> Accepted:
    (accepted,) = read_body(STRUCTURED[0], {}, json.dumps(event).encode())
    return accepted


def _paths(event: Any) -> list[str]:
    with pytest.raises(FaultyItems) as found:
        _read(event)
    return [fault.path for fault in found.value.faults]


@given(st.binary(max_size=200), st.sampled_from([*STRUCTURED, BATCH, NDJSON, "text/plain", ""]))
def test_any_bytes_are_read_or_refused_by_name(body: bytes, media_type: str) -> None:
    with contextlib.suppress(RequestError):
        assert all(accepted.id for accepted in read_body(media_type, {}, body))


@given(st.dictionaries(NAMES, JSON, max_size=6) | JSON)
def test_any_json_is_read_or_refused_with_a_path(change: Any) -> None:
    event = EVENT | change if isinstance(change, dict) else change
    faults: tuple[Fault, ...] = ()
    accepted = None
    try:
        accepted = _read(event)
    except FaultyItems as error:
        faults = error.faults
    except UnreadableBody:
        return
    assert all(fault.path.startswith("$") and fault.message for fault in faults)
    if accepted is None:
        return
    again = msgspec.json.decode(accepted.payload)
    assert _read(again)[2:5] == accepted[2:5], "what was taken reads as the same event"
    check_event(normalised(again))


TIMES = st.from_regex(
    r"\A[0-9]{4}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9](:[0-6][0-9]){2}(\.[0-9]{1,12})?([Zz]|[+-][0-2][0-9]:[0-6][0-9])?\Z"
)
USUAL = st.fixed_dictionaries(
    {"id": st.text(max_size=4), "source": st.text(max_size=4), "type": st.text(max_size=4)},
    optional={
        "subject": st.text(max_size=4),
        "time": TIMES | st.text(max_size=4),
        "datacontenttype": st.sampled_from(["application/json", "Application/JSON", "text/json", "text/plain", ""]),
        "data": st.fixed_dictionaries(
            {},
            optional={"mission": st.text(max_size=4), "title": JSON, "crew": JSON, "ext": JSON, "time_precision": JSON},
        ),
    },
)


@given(USUAL)
def test_what_intake_takes_is_what_the_rules_take(change: dict[str, Any]) -> None:
    """Most events are checked in one step: it must take nothing that the rules, attribute by attribute, refuse."""
    event = json.loads(json.dumps({"specversion": "1.0", **change}))
    try:
        check_event(event)
    except ValueError:
        assert _paths(event) != []
    else:
        assert _read(event).id == event["id"]


def test_an_event_is_kept_in_the_bytes_that_it_was_sent_in() -> None:
    body = b' {"specversion": "1.0", "id":"1", "source":"urn:test",  "type":"a.b" }\n'
    (accepted,) = read_body(STRUCTURED[0], {}, body)
    assert accepted.payload == body.strip()


def test_what_is_kept_is_the_event_as_sent_without_its_position() -> None:
    event = EVENT | {"comextension": "x", "subject": "Союз МС-18", "data": {"unknown": [1, {"a": None}]}}

    accepted = _read(event | {"position": "abcd.1-1"})

    assert json.loads(accepted.payload) == event
    assert accepted.digest == _read(event).digest
    assert accepted.lane == "soyuz-ms-18"


def test_an_event_without_a_mission_runs_in_the_lane_of_its_source() -> None:
    assert _read(EVENT).lane == "urn:test"
    assert _read(EVENT | {"data": {"mission": "Crew-1"}}).lane == "crew-1"


def test_the_media_type_does_not_change_the_digest() -> None:
    body = json.dumps(EVENT).encode()
    binary_headers = {f"ce-{name}": value for name, value in EVENT.items()}

    digests = {
        read_body(STRUCTURED[0], {}, body)[0].digest,
        read_body(STRUCTURED[1], {}, body)[0].digest,
        read_body(BATCH, {}, b"[" + body + b"]")[0].digest,
        read_body(NDJSON, {}, body + b"\n")[0].digest,
        read_body("", binary_headers, b"")[0].digest,
    }

    assert len(digests) == 1


@pytest.mark.parametrize("depth", [MAX_DEPTH, MAX_DEPTH + 1, 500, 5000])
def test_nesting_is_bounded(depth: int) -> None:
    body = json.dumps(EVENT)[:-1].encode() + b', "data": {"x": ' + b"[" * (depth - 2) + b"]" * (depth - 2) + b"}}"
    if depth == MAX_DEPTH:
        assert read_body(STRUCTURED[0], {}, body)
    else:
        with pytest.raises(UnreadableBody, match="nested"):
            read_body(STRUCTURED[0], {}, body)


def test_an_empty_batch_is_a_batch_and_too_many_items_are_not() -> None:
    assert read_body(BATCH, {}, b"[]") == ()
    assert read_body(NDJSON, {}, b"\n\n") == ()
    with pytest.raises(BodyTooLarge):
        read_body(NDJSON, {}, b"{}\n" * 1001)


def test_one_object_is_no_batch() -> None:
    with pytest.raises(UnreadableBody, match="array"):
        read_body(BATCH, {}, json.dumps(EVENT).encode())


def test_binary_mode_takes_percent_encoded_headers() -> None:
    headers = {"ce-specversion": "1.0", "ce-id": "a%20b%C3%A9", "ce-source": "urn:test", "ce-type": "x.y"}

    (accepted,) = read_body("application/json", headers, b'{"text": "x"}')

    assert accepted.id == "a bé"
    assert json.loads(accepted.payload)["data"] == {"text": "x"}


def test_binary_mode_refuses_what_is_not_json() -> None:
    with pytest.raises(UnsupportedMediaType):
        read_body("text/xml", {"ce-id": "1"}, b"<a/>")


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"crew": [{"name": "A", "nationality": 1}]}, "$.data.crew[0].nationality"),
        ({"crew": [None]}, "$.data.crew[0]"),
        ({"agencies": ["NASA", {}]}, "$.data.agencies[1]"),
        ({"evidence": [{"start": -1, "end": 1}]}, "$.data.evidence[0]"),
        ({"corrections": [{}]}, "$.data.corrections[0]"),
        ({"ext": {"crew": []}}, "$.data.ext[...]"),
        ({"mission": "a\nb"}, "$.data.mission"),
    ],
)
def test_a_member_of_the_data_is_named_with_its_path(data: dict[str, Any], path: str) -> None:
    assert _paths(EVENT | {"data": data}) == [path]


def test_null_stands_for_absent_where_an_attribute_is_optional() -> None:
    accepted = _read(EVENT | {"subject": None, "time": None, "data": None, "comextension": None})

    assert normalised(json.loads(accepted.payload)) == EVENT | {"data": {"time_precision": "unknown"}}


def test_normalising_fills_the_subject_and_tells_the_time_in_utc() -> None:
    sent = EVENT | {"time": "2021-10-17T07:36:00+03:00", "data": {"mission": "Союз МС-18", "text": "x"}}

    made = normalised(sent)

    assert made["subject"] == "soyuz-ms-18"
    assert made["time"] == "2021-10-17T04:36:00Z"
    assert made["data"] == sent["data"]
    assert normalised(made) == made


def test_members_and_events_made_here_are_checked_by_the_same_rules() -> None:
    check_event(EVENT)
    check_member("station", "iss")
    with pytest.raises(ValueError, match=r"\$\.time"):
        check_event(EVENT | {"time": "soon"})
    with pytest.raises(ValueError, match=r"\$\.data\.station"):
        check_member("station", 5)
