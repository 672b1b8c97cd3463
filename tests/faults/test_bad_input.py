"""Bad requests to a running service: each is refused with a named problem, and nothing of it is taken."""

import json
import socket
from collections.abc import Iterator, Sequence
from http.client import HTTPResponse
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.problems import PROBLEM_JSON, problem_of
from tests.service import PLAIN, Service, an_event

EVENT = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
NDJSON = "application/x-ndjson"
MIB = 1 << 20
PLUGINS = "/v1/x/"


def _send(
    service: Service,
    body: bytes | Iterator[bytes],
    media_type: str = EVENT,
    *,
    path: str = "/v1/events",
    **headers: str,
) -> httpx.Response:
    return httpx.post(
        f"{service.url}{path}",
        content=body,
        headers={"Content-Type": media_type, **headers},
        timeout=30,
        verify=PLAIN,
    )


def _raw(service: Service, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send bytes as they are and read the one answer."""
    url = httpx.URL(service.url)
    with socket.create_connection((url.host, url.port or 0), timeout=10) as connection:
        connection.sendall(request)
        answer = HTTPResponse(connection)
        answer.begin()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read()


def _is_unknown(service: Service, event: dict[str, Any]) -> bool:
    answer = service.get("/v1/events", source=event["source"], id=event["id"])
    return answer.status_code == httpx.codes.NOT_FOUND and answer.json()["state"] == "unknown"


def _faults(answer: httpx.Response) -> list[tuple[int, str]]:
    return [(fault["item"], fault["path"]) for fault in problem_of(answer, 422, "faulty-items")["faults"]]


# --- the body as a whole ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"{", "truncated"),
        (b'{"id": "1"} trailing', "trailing"),
        (b"{'id': '1'}", "keys must be strings"),
        (b'\xff\xfe{"id": "1"}', "JSON"),
        (b'{"id": "\xff"}', "UTF-8"),
        (b'{"id": "\xed\xa0\x80"}', "UTF-8"),
        (b'{"id": "a\\ud800b"}', "surrogate"),
        (b'{"id": "a\\udc00"}', "surrogate"),
        (b'{"id": "a\nb"}', "JSON"),
        (b'{"id": NaN}', "JSON"),
        (b'{"id": 1e999}', "JSON"),
        (b"[" * 100_000, "nested"),
        (b'{"data":' * 65 + b"1" + b"}" * 65, "nested"),
        (b"[" * 900 + b"]" * 900, "nested"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_apart(service: Service, body: bytes, told: str) -> None:
    problem = problem_of(_send(service, body), 400, "unreadable-body")

    assert told.lower() in problem["detail"].lower()


def test_a_body_over_the_limit_is_refused_by_its_announced_length(service: Service) -> None:
    problem = problem_of(_send(service, b"x" * (10 * MIB)), 413, "body-too-large")

    assert problem["limit"] == 4 * MIB
    assert problem["unit"] == "bytes"


def test_a_body_over_the_limit_is_refused_when_it_comes_in_chunks(service: Service) -> None:
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(160):
            sent += 64 << 10
            yield b"x" * (64 << 10)

    problem_of(_send(service, chunks()), 413, "body-too-large")


def test_an_article_over_the_limit_is_refused(service: Service) -> None:
    body = json.dumps({"text": "x" * (5 * MIB)}).encode()

    problem_of(_send(service, body, "application/json", path="/v1/articles"), 413, "body-too-large")


@pytest.mark.parametrize("length", ["-1", "x", "99999999999999999999999999"])
def test_a_content_length_that_is_none_is_refused(service: Service, length: str) -> None:
    status, headers, _ = _raw(
        service,
        f"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: {EVENT}\r\nContent-Length: {length}\r\n\r\n".encode(),
    )

    assert status in (400, 413)
    assert headers["content-type"] == PROBLEM_JSON


@pytest.mark.parametrize(
    ("media_type", "path"),
    [
        ("text/plain", "/v1/events"),
        ("application/xml", "/v1/events"),
        ("", "/v1/events"),
        ("application/json; charset=latin-1", "/v1/events"),
        ("application/cloudevents+xml", "/v1/events"),
        ("text/plain", "/v1/articles"),
        (EVENT, "/v1/articles"),
    ],
)
def test_a_media_type_that_is_not_taken_is_answered_with_those_that_are(
    service: Service, media_type: str, path: str
) -> None:
    problem = problem_of(_send(service, b"{}", media_type, path=path), 415, "unsupported-media-type")

    assert problem["taken"]
    assert all(each in problem["detail"] for each in problem["taken"])


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8"])
def test_utf_8_may_be_named(service: Service, charset: str) -> None:
    body = json.dumps(an_event(), ensure_ascii=False).encode()

    assert _send(service, body, f"{EVENT}; charset={charset}").status_code == httpx.codes.ACCEPTED


# --- one event --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"specversion": None}, "$.specversion"),
        ({"specversion": "0.3"}, "$.specversion"),
        ({"specversion": 1.0}, "$.specversion"),
        ({"id": None}, "$.id"),
        ({"id": ""}, "$.id"),
        ({"id": 7}, "$.id"),
        ({"id": "x" * 2049}, "$.id"),
        ({"source": None}, "$.source"),
        ({"source": ["urn:test"]}, "$.source"),
        ({"type": None}, "$.type"),
        ({"type": {}}, "$.type"),
        ({"subject": 5}, "$.subject"),
        ({"subject": ""}, "$.subject"),
        ({"time": "2021-10-17 04:36"}, "$.time"),
        ({"time": "2021-10-17T04:36:00"}, "$.time"),
        ({"time": "2021-13-17T04:36:00Z"}, "$.time"),
        ({"time": "yesterday"}, "$.time"),
        ({"time": 1634445360}, "$.time"),
        ({"time": "0001-01-01T00:00:00+14:00"}, "$.time"),
        ({"time": "9999-12-31T23:59:59-14:00"}, "$.time"),
        ({"data": "text"}, "$.data"),
        ({"data": [1]}, "$.data"),
        ({"data": {"text": 5}}, "$.data.text"),
        ({"data": {"crew": "Oleg Novitskiy"}}, "$.data.crew"),
        ({"data": {"crew": ["Oleg Novitskiy", {"id": "x"}]}}, "$.data.crew[1]"),
        ({"data": {"crew": [{"name": 5}]}}, "$.data.crew[0].name"),
        ({"data": {"crew": [{"name": "A", "agency": 5}]}}, "$.data.crew[0].agency"),
        ({"data": {"agencies": [{"name": "NASA", "role": 1}]}}, "$.data.agencies[0].role"),
        ({"data": {"agencies": [{"name": "NASA", "evidence": "x"}]}}, "$.data.agencies[0].evidence"),
        ({"data": {"location": 5}}, "$.data.location"),
        ({"data": {"mission": ["Soyuz MS-18"]}}, "$.data.mission"),
        ({"data": {"mission": "x" * 3000}}, "$.data.mission"),
        ({"data": {"time_precision": "fortnight"}}, "$.data.time_precision"),
        ({"data": {"narration": "rumour"}}, "$.data.narration"),
        ({"data": {"original": "x"}}, "$.data.original"),
        ({"data": {"ext": []}}, "$.data.ext"),
        ({"data": {"ext": {"crew": 5}}}, "$.data.ext[...]"),
        ({"data": {"article": 5}}, "$.data.article"),
        ({"data": {"evidence": [{"start": 5, "end": 1}]}}, "$.data.evidence[0]"),
        ({"data": {"mission_inferred": "yes"}}, "$.data.mission_inferred"),
        ({"data": {"corrections": ["x"]}}, "$.data.corrections[0]"),
        ({"data": {"provenance": 5}}, "$.data.provenance"),
        ({"data": {"errors": "none"}}, "$.data.errors"),
        ({"data_base64": "aGVsbG8="}, "$.data_base64"),
        ({"datacontenttype": "text/plain", "data": {}}, "$.datacontenttype"),
        ({"Extension": "x"}, "$.Extension"),
        ({"my_extension": "x"}, "$.my_extension"),
        ({"my-extension": "x"}, "$.my-extension"),
        ({"erweiterungä": "x"}, "$.erweiterungä"),
        ({"": "x"}, "$."),
        ({"extension": {"a": 1}}, "$.extension"),
        ({"extension": 1.5}, "$.extension"),
        ({"extension": "x" * 2049}, "$.extension"),
        ({"extension": "a\x00b"}, "$.extension"),
    ],
)
def test_a_fault_of_an_event_is_named_with_its_path(service: Service, change: dict[str, Any], path: str) -> None:
    event = an_event() | change

    answer = service.post({name: value for name, value in event.items() if value is not None})

    assert _faults(answer) == [(0, path)]


@pytest.mark.parametrize("name", ["id", "source", "type", "subject"])
@pytest.mark.parametrize("character", ["\x00", "\n", "\r", "\x1b", "\x7f", "\x85"])
def test_a_control_character_in_an_attribute_is_named(service: Service, name: str, character: str) -> None:
    answer = service.post(an_event() | {name: f"a{character}b"})

    assert _faults(answer) == [(0, f"$.{name}")]
    assert f"U+{ord(character):04X}" in answer.json()["detail"]


@pytest.mark.parametrize("body", [b"5", b'"x"', b"null", b"true", b"[]", b"[1]"])
def test_json_that_is_no_object_is_no_event(service: Service, body: bytes) -> None:
    assert _faults(_send(service, body)) == [(0, "$")]


def test_an_array_sent_as_one_event_is_told_how_to_send_arrays(service: Service) -> None:
    answer = _send(service, json.dumps([an_event()]).encode(), "application/json")

    assert BATCH in answer.json()["detail"]


def test_awkward_text_goes_through_whole_and_breaks_neither_frame_nor_log_line(service: Service) -> None:
    text = "line\r\nid: 5\n\ndata: x\u2028\u2029\x85 \x00 \\ \"'</script> 🚀 \u202e"
    awkward = "\u2028\u2029 \U0010ffff 'id: 7' \u202e ]}"
    event = an_event(subject=f"Союз МС-18 {awkward}", data={"text": text, text: [text]})
    with service.frames(since="1s") as feed:
        assert service.post(event).status_code == httpx.codes.ACCEPTED
        frame = next(f for f in feed if event["id"] in f.get("data", ""))

    served = json.loads(frame["data"])
    assert served["data"]["text"] == text
    assert served["data"][text] == [text]
    assert served["subject"] == event["subject"]
    assert set(frame) == {"id", "data"}


# --- binary mode ------------------------------------------------------------------------------------------------------


def test_binary_mode_decodes_headers_and_takes_data_from_the_body(service: Service) -> None:
    id_ = uuid4().hex
    headers = {
        "ce-specversion": "1.0",
        "ce-id": id_,
        "ce-source": "urn:test",
        "ce-type": "missionwire.landing.completed",
    }

    answer = _send(service, b'{"text": "Touchdown."}', "application/json", **headers, **{"ce-subject": "Soyuz%20MS-18"})

    assert answer.status_code == httpx.codes.ACCEPTED
    assert service.wait_for("urn:test", id_)["subject"] == "Soyuz MS-18"


@pytest.mark.parametrize(
    ("headers", "path"),
    [
        ({"ce-id": "1"}, "$.specversion"),
        ({"ce-specversion": "1.0", "ce-source": "urn:test", "ce-type": "x.y"}, "$.id"),
        ({"ce-specversion": "1.0", "ce-id": "a%0Ab", "ce-source": "urn:test", "ce-type": "x.y"}, "$.id"),
        ({"ce-specversion": "1.0", "ce-id": "a%FF", "ce-source": "urn:test", "ce-type": "x.y"}, "$.id"),
        ({"ce-specversion": "1.0", "ce-id": "1", "ce-source": "u", "ce-type": "x.y", "ce-time": "now"}, "$.time"),
        ({"ce-specversion": "1.0", "ce-id": "1", "ce-source": "u", "ce-type": "x.y", "ce-data": "{}"}, "$.data"),
        ({"ce-specversion": "1.0", "ce-id": "1", "ce-source": "u", "ce-type": "x.y", "ce-a_b": "x"}, "$.a_b"),
    ],
)
def test_a_faulty_header_of_binary_mode_is_named(service: Service, headers: dict[str, str], path: str) -> None:
    assert _faults(_send(service, b"{}", "application/json", **headers)) == [(0, path)]


def test_binary_mode_takes_json_only(service: Service) -> None:
    headers = {"ce-specversion": "1.0", "ce-id": "1", "ce-source": "u", "ce-type": "x.y"}

    problem_of(_send(service, b"<a/>", "text/xml", **headers), 415, "unsupported-media-type")


# --- batches ----------------------------------------------------------------------------------------------------------


def _batch(service: Service, items: Sequence[object], media_type: str = BATCH) -> httpx.Response:
    if media_type == BATCH:
        return _send(service, json.dumps(items).encode(), media_type)
    return _send(service, b"\n".join(json.dumps(item).encode() for item in items), media_type)


@pytest.mark.parametrize("media_type", [BATCH, NDJSON])
def test_each_faulty_item_of_a_batch_gets_an_entry_and_nothing_is_taken(service: Service, media_type: str) -> None:
    good = an_event()

    answer = _batch(service, [good, {"id": "x"}, an_event(time="soon"), 5, an_event(data=[])], media_type)

    assert _faults(answer) == [(1, "$.specversion"), (2, "$.time"), (3, "$"), (4, "$.data")]
    assert _is_unknown(service, good)


def test_a_broken_line_of_ndjson_is_one_faulty_item(service: Service) -> None:
    good = an_event()

    answer = _send(service, json.dumps(good).encode() + b"\n\n{broken\n", NDJSON)

    assert _faults(answer) == [(1, "$")]
    assert _is_unknown(service, good)


@pytest.mark.parametrize("media_type", [BATCH, NDJSON])
def test_more_than_a_thousand_items_are_refused(service: Service, media_type: str) -> None:
    problem = problem_of(_batch(service, [an_event() for _ in range(1001)], media_type), 413, "body-too-large")

    assert problem["limit"] == 1000
    assert problem["unit"] == "items"


def test_a_thousand_items_are_taken(service: Service) -> None:
    answer = _batch(service, [an_event(subject=f"mission {n % 50}") for n in range(1000)])

    assert answer.status_code == httpx.codes.ACCEPTED
    assert len(answer.json()["accepted"]) == 1000


def test_the_same_item_twice_in_a_batch_counts_once(service: Service) -> None:
    event = an_event()

    answer = _batch(service, [event, event])

    assert answer.status_code == httpx.codes.ACCEPTED
    assert len(answer.json()["accepted"]) == 2
    service.wait_for("urn:test", event["id"])
    page = service.get("/v1/events", limit=1000, since="1m").json()
    while len(page) == 1000:
        page = service.get("/v1/events", limit=1000, after=page[-1]["position"]).json()
    assert [each["id"] for each in page].count(event["id"]) <= 1


def test_an_item_twice_with_two_contents_is_a_conflict(service: Service) -> None:
    event = an_event()

    problem = problem_of(_batch(service, [event, event | {"subject": "Soyuz MS-18"}]), 409, "identity-conflict")

    assert [each["item"] for each in problem["conflicts"]] == [1]
    assert _is_unknown(service, event)


def test_each_conflict_gets_an_entry_and_nothing_is_taken(service: Service) -> None:
    known, new = [an_event(), an_event()], an_event()
    assert _batch(service, known).status_code == httpx.codes.ACCEPTED

    answer = _batch(service, [new, *(each | {"subject": "Soyuz MS-18"} for each in known)])

    problem = problem_of(answer, 409, "identity-conflict")
    assert problem["conflicts"] == [
        {"item": n, "source": each["source"], "id": each["id"]} for n, each in enumerate(known, start=1)
    ]
    assert _is_unknown(service, new)


def test_a_faulty_item_goes_before_a_conflict(service: Service) -> None:
    known = an_event()
    service.post(known)

    assert _faults(_batch(service, [known | {"subject": "x"}, {}])) == [(1, "$.specversion")]


def test_other_order_of_keys_and_other_media_type_are_the_same_event(service: Service) -> None:
    event = an_event(data={"a": 1, "b": [1, {"c": 2, "d": 3}]})
    service.post(event)
    turned = dict(reversed(event.items())) | {"data": {"b": [1, {"d": 3, "c": 2}], "a": 1}}

    answer = _batch(service, [turned])

    assert answer.json()["accepted"][0]["status"] == "duplicate"


# --- articles ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("article", "path"),
    [
        ({}, "$"),
        ({"text": ""}, "$.text"),
        ({"text": " \n"}, "$.text"),
        ({"text": 5}, "$.text"),
        ({"text": "x", "title": 5}, "$.title"),
        ({"text": "x", "source": ""}, "$.source"),
        ({"text": "x", "source": "a\nb"}, "$.source"),
        ({"text": "x", "source": "x" * 2049}, "$.source"),
        ({"text": "x", "url": "a\x00b"}, "$.url"),
        ({"text": "x", "published": "yesterday"}, "$.published"),
        ({"text": "x", "published": "2021-13"}, "$.published"),
        ({"text": "x", "published": "2021-10-18T10:00:00"}, "$.published"),
        ({"text": "x", "body": "y"}, "$"),
        (["x"], "$"),
        ("x", "$"),
    ],
)
def test_a_fault_of_an_article_is_named_with_its_path(service: Service, article: object, path: str) -> None:
    answer = _send(service, json.dumps(article).encode(), "application/json", path="/v1/articles")

    assert _faults(answer) == [(0, path)]


@pytest.mark.parametrize("body", [b"", b"{", b'{"text": "\\ud800"}'])
def test_an_article_that_cannot_be_read_is_told_apart(service: Service, body: bytes) -> None:
    problem_of(_send(service, body, "application/json", path="/v1/articles"), 400, "unreadable-body")


# --- parameters, positions, routes ------------------------------------------------------------------------------------


def _calls(service: Service) -> list[tuple[str, str]]:
    paths = service.get("/openapi.json").json()["paths"]
    return [
        (method.upper(), path) for path, methods in paths.items() if not path.startswith(PLUGINS) for method in methods
    ]


def test_every_call_refuses_a_parameter_that_it_does_not_know(service: Service) -> None:
    body = json.dumps(an_event()).encode()
    calls = _calls(service)
    assert len(calls) > 10
    for method, path in calls:
        concrete = path.replace("{", "").replace("}", "")
        answer = httpx.request(
            method,
            f"{service.url}{concrete}?tpye=x",
            content=body,
            headers={"Content-Type": EVENT},
            verify=PLAIN,
        )
        problem = problem_of(answer, 400, "faulty-parameter")
        assert problem["parameter"] == "tpye", (method, path)


@pytest.mark.parametrize(
    ("path", "misspelt", "meant"),
    [
        ("/v1/feed", "misson=x", "mission"),
        ("/v1/feed", "last-event-id=x", "last_event_id"),
        ("/v1/events", "limt=5", "limit"),
        ("/v1/missions", "limits=5", "limit"),
        ("/v1/missions/x", "types=5", "type"),
        ("/v1/dead-letters", "aftr=5", "after"),
    ],
)
def test_a_misspelt_parameter_is_answered_with_the_near_one(
    service: Service, path: str, misspelt: str, meant: str
) -> None:
    answer = httpx.get(f"{service.url}{path}?{misspelt}", verify=PLAIN)

    assert f"did you mean {meant!r}" in problem_of(answer, 400, "faulty-parameter")["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=1001",
        "limit=x",
        "limit=1&limit=2",
        "since=yesterday",
        "since=10",
        "until=2021-10-17",
        "since=2021-10-17T04:36:00",
        "since=1s&since=2s",
        "occurred_since=10m",
        "type=a%20b",
        "type=missionwire.*.completed",
        "mission=%2F",
        "agency=",
        "crew=!!",
        "id=5",
        "id=5&source=a&source=b",
        "&".join(f"type=a{n}" for n in range(101)),
    ],
)
def test_a_bad_value_is_refused(service: Service, query: str) -> None:
    problem = problem_of(httpx.get(f"{service.url}/v1/events?{query}", verify=PLAIN), 400, "faulty-parameter")

    assert problem["parameter"]


@pytest.mark.parametrize(
    "query", ["limit=0", "speed=0", "speed=nan", "speed=5", "until=x", "since=x", "limit=1&limit=2", "type=a%20b"]
)
def test_a_bad_value_is_refused_before_the_feed_starts(service: Service, query: str) -> None:
    problem_of(httpx.get(f"{service.url}/v1/feed?{query}", timeout=5, verify=PLAIN), 400, "faulty-parameter")


@pytest.mark.parametrize("query", ["a=%FF", "type=%FF", "type=%ED%A0%80", "%FF=1", "type=%00", "=", "&&&", "type"])
@pytest.mark.parametrize("path", ["/v1/events", "/v1/missions", "/v1/plugins"])
def test_a_query_of_bad_bytes_is_never_our_fault(service: Service, path: str, query: str) -> None:
    status, headers, _ = _raw(service, f"GET {path}?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())

    assert status < 500
    assert status < 400 or headers["content-type"] == PROBLEM_JSON


@pytest.mark.parametrize("text", ["x", "", "a.b-c", "abcd.1-1.start", "é", "abcd.01-1", "x" * 5000])
@pytest.mark.parametrize("name", ["after", "before"])
def test_a_position_that_is_none_is_refused(service: Service, name: str, text: str) -> None:
    problem_of(service.get("/v1/events", **{name: text}), 400, "malformed-position")


def test_a_position_in_the_path_that_is_none_is_refused(service: Service) -> None:
    problem_of(service.get("/v1/events/latest"), 400, "malformed-position")


def _position(service: Service) -> str:
    event = an_event()
    service.post(event)
    return str(service.wait_for("urn:test", event["id"])["position"])


@pytest.mark.parametrize("reason", ["ahead", "epoch"])
def test_a_position_of_another_history_is_gone_with_what_is_kept(service: Service, reason: str) -> None:
    epoch, _, place = _position(service).partition(".")
    ms, n = place.split("-")
    gone = f"{epoch}.{int(ms) + 10**9}-{int(n) + 10**6}" if reason == "ahead" else f"zzzz.{ms}-{n}"

    for path, params in (("/v1/events", {"after": gone}), (f"/v1/events/{gone}", {})):
        answer = service.get(path, **params)
        problem = problem_of(answer, 410, "position-gone")
        assert problem["reason"] == reason
        assert 'rel="first"' in answer.headers["link"]


@pytest.mark.parametrize("last_id", ["x", "abcd.1-1", "a" * 4000, "0", "%00", "a b"])
def test_a_last_event_id_that_is_none_is_told_by_a_gap_in_the_stream(service: Service, last_id: str) -> None:
    with service.frames(headers={"Last-Event-ID": last_id}) as feed:
        frame = next(iter(feed))

    assert feed.response.status_code == httpx.codes.OK
    assert frame["event"] == "gap"
    assert json.loads(frame["data"])["reason"] in ("malformed", "epoch")


def test_a_last_event_id_from_the_future_is_told_by_a_gap(service: Service) -> None:
    epoch, _, place = _position(service).partition(".")
    ms, n = place.split("-")

    with service.frames(headers={"Last-Event-ID": f"{epoch}.{int(ms) + 10**9}-{int(n) + 10**6}"}) as feed:
        frame = next(iter(feed))

    assert frame["event"] == "gap"
    assert json.loads(frame["data"])["reason"] == "ahead"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/v1",
        "/v1/",
        "/v2/events",
        "/v1/events/a/b",
        "/problems/nothing",
        "/assets/nothing.js",
        "/assets/../../settings.py",
        "/assets/%2e%2e%2f%2e%2e%2fsettings.py",
        "/assets/index.html",
        "/%00",
        "/%ff",
    ],
)
def test_nothing_is_at_an_unknown_path(service: Service, path: str) -> None:
    status, headers, body = _raw(service, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())

    assert status == 404, body
    assert headers["content-type"] == PROBLEM_JSON
    assert json.loads(body)["type"] == "/problems/not-found"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1/articles/a-0", "article-not-found"),
        ("/v1/missions/nowhere-1", "mission-not-found"),
        ("/v1/plugins/nobody", "plugin-not-found"),
        ("/v1/dead-letters/1-1", "dead-letter-not-found"),
        ("/v1/dead-letters/x", "dead-letter-not-found"),
        ("/v1/dead-letters/99999999999999999999999-0", "dead-letter-not-found"),
        ("/v1/dead-letters/9999999999999999-9999999999999999", "dead-letter-not-found"),
        ("/v1/articles/%00", "article-not-found"),
    ],
)
def test_a_thing_that_is_not_there_is_named(service: Service, path: str, name: str) -> None:
    status, headers, body = _raw(service, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())

    assert status == 404, body
    assert headers["content-type"] == PROBLEM_JSON
    assert json.loads(body)["type"] == f"/problems/{name}"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_every_path_refuses_methods_that_it_does_not_have(service: Service, method: str) -> None:
    paths = {path for known, path in _calls(service) if known != method} - {
        path for known, path in _calls(service) if known == method
    }
    for path in paths:
        problem_of(
            httpx.request(method, f"{service.url}{path.replace('{', '').replace('}', '')}", verify=PLAIN),
            405,
            "method-not-allowed",
        )


# --- the connection ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GARBAGE\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /v1/events HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /v1/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused_as_a_problem(service: Service, garbage: bytes) -> None:
    status, headers, body = _raw(service, garbage)

    assert 400 <= status < 500
    assert headers["content-type"] == PROBLEM_JSON
    assert json.loads(body)["status"] == status


@pytest.mark.parametrize(
    "head", [b"Content-Length: 5000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n100\r\n"], ids=["length", "chunks"]
)
def test_a_client_that_leaves_in_the_middle_of_a_body_does_no_harm(service: Service, head: bytes) -> None:
    event = an_event()
    url = httpx.URL(service.url)
    with socket.create_connection((url.host, url.port or 0), timeout=10) as connection:
        connection.sendall(
            b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: %b\r\n" % EVENT.encode()
            + head
            + json.dumps(event).encode()
        )
    before = len([line for line in service.lines if "Traceback" in line or "ERROR" in line])

    assert _is_unknown(service, event)
    assert service.post(an_event()).status_code == httpx.codes.ACCEPTED
    assert [line for line in service.lines if "Traceback" in line or "ERROR" in line][before:] == []


def test_a_page_of_another_origin_may_not_publish(service: Service) -> None:
    answer = httpx.options(
        f"{service.url}/v1/events",
        headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"},
        verify=PLAIN,
    )

    assert "POST" not in answer.headers.get("access-control-allow-methods", "")


def test_no_bad_request_is_logged_as_our_fault(service: Service) -> None:
    service.post({"id": "a\nb"})
    service.get("/v1/events", limit="x")

    assert [line for line in service.lines if "Traceback" in line or " ERROR " in line] == []
