"""Reading CloudEvents 1.0: the JSON format, JSON batches, NDJSON and binary mode, each with every fault named."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Annotated, Any, Final, Literal, NamedTuple
from urllib.parse import unquote

import msgspec
from msgspec import Meta, Struct

from missionwire.domain.attribute import MAX_ATTRIBUTE_CHARS, fault_of
from missionwire.domain.correction import Correction
from missionwire.domain.errors import BodyTooLarge, Fault, FaultyItems, UnreadableBody, UnsupportedMediaType
from missionwire.domain.event import ATTRIBUTES, AgencyTag, Person
from missionwire.domain.filter import mission_of
from missionwire.domain.identity import digest, ident
from missionwire.domain.moment import in_utc
from missionwire.domain.span import Span
from missionwire.domain.vocabulary import Narration, TimePrecision

MAX_ITEMS: Final = 1000
"""At most so many events in one batch."""

MAX_DEPTH: Final = 64
"""At most so many objects and arrays within one another."""

STRUCTURED: Final = ("application/json", "application/cloudevents+json")
BATCH: Final = "application/cloudevents-batch+json"
NDJSON: Final = "application/x-ndjson"
TAKEN: Final = (*STRUCTURED, BATCH, NDJSON)

_EXTENSION: Final = re.compile(r"[a-z0-9]{1,64}")
_LONE_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_AT_PATH: Final = re.compile(r"^(?P<message>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)


class Accepted(NamedTuple):
    """An event that may go into the inbox: as sent, with what intake needs to know of it."""

    source: str
    id: str
    lane: str
    ident: bytes
    digest: bytes
    payload: bytes


class SentData(Struct):
    """The members of `data` whose types are fixed; all others are kept as they are.

    Those that missionwire adds are among them: an event read off a wire may be sent to another one.
    """

    title: str | None = None
    text: str | None = None
    language: str | None = None
    url: str | None = None
    mission: str | None = None
    spacecraft: str | None = None
    station: str | None = None
    location: str | dict[str, Any] | None = None
    time_precision: TimePrecision | None = None
    narration: Narration | None = None
    crew: list[str | Person] | None = None
    agencies: list[str | AgencyTag] | None = None
    article: str | None = None
    evidence: list[Span] | None = None
    mission_inferred: bool | None = None
    original: dict[str, Any] | None = None
    corrections: list[Correction] | None = None
    provenance: list[dict[str, Any]] | None = None
    errors: list[dict[str, Any]] | None = None
    ext: dict[str, dict[str, Any]] | None = None


_Short = Annotated[str, Meta(min_length=1, max_length=MAX_ATTRIBUTE_CHARS)]


class _Usual(Struct):
    """An event as most are sent, checked in one step. What is refused here is looked at again, piece by piece."""

    specversion: Literal["1.0"]
    id: _Short
    source: _Short
    type: _Short
    subject: _Short | None = None
    time: Annotated[datetime, Meta(tz=True)] | None = None
    datacontenttype: Literal["application/json"] | None = None
    data: SentData | None = None


_USUAL_NAMES: Final = frozenset(_Usual.__struct_fields__)
_USUAL_TIME: Final = re.compile(r"[12]\d{3}-[\d-]{5}T[\d:]{8}(?:\.\d{1,9})?Z", re.ASCII)
"""Nothing near the ends of the calendar, and no spelling in which msgspec takes more than RFC 3339 allows."""


class _FaultFoundError(Exception):
    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def read_body(media_type: str, headers: Mapping[str, str], body: bytes) -> tuple[Accepted, ...]:
    """Read the events of one request. `media_type` is without parameters; header names are lower-case.

    Raises:
        UnsupportedMediaType, UnreadableBody, BodyTooLarge, FaultyItems: nothing of the body is taken.
    """
    if "ce-specversion" in headers or "ce-id" in headers:
        return _all_or_none([lambda: (_binary(media_type, headers, body), None)])
    if media_type in STRUCTURED:
        item = _decode(body)
        return _all_or_none([lambda: (item, body)])
    if media_type == BATCH:
        items = _decode(body)
        if not isinstance(items, list):
            message = f"A {BATCH} body is a JSON array of events; this one is {_kind(items)}."
            raise UnreadableBody(message)
        _count(items)
        return _all_or_none(partial(_unwritten, item) for item in items)
    if media_type == NDJSON:
        lines = [line for line in body.split(b"\n") if line.strip()]
        _count(lines)
        return _all_or_none(partial(_decode_line, line) for line in lines)
    raise UnsupportedMediaType(media_type, TAKEN)


def _count(items: Sequence[object]) -> None:
    if len(items) > MAX_ITEMS:
        raise BodyTooLarge(MAX_ITEMS, "items")


def _all_or_none(makers: Iterable[Callable[[], tuple[object, bytes | None]]]) -> tuple[Accepted, ...]:
    """Check what the makers give: each a decoded event, and the JSON that holds it alone, where there is one."""
    accepted: list[Accepted] = []
    faults: list[Fault] = []
    for number, make in enumerate(makers):
        try:
            accepted.append(_accept(*make()))
        except _FaultFoundError as fault:
            faults.append(Fault(item=number, path=fault.path, message=fault.message))
    if faults:
        raise FaultyItems(faults)
    return tuple(accepted)


def _decode(body: bytes) -> object:
    if not body.strip():
        message = "The body is empty; an event is a JSON object."
        raise UnreadableBody(message)
    try:
        item = msgspec.json.decode(body)
    except RecursionError as error:
        message = f"The JSON is nested deeper than {MAX_DEPTH} levels."
        raise UnreadableBody(message) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableBody(_why_unreadable(body, error)) from error
    if body.count(b"{") + body.count(b"[") > MAX_DEPTH and _is_too_deep(item):
        message = f"The JSON is nested deeper than {MAX_DEPTH} levels."
        raise UnreadableBody(message)
    return item


def _unwritten(item: object) -> tuple[object, None]:
    return item, None


def _decode_line(line: bytes) -> tuple[object, bytes]:
    try:
        return _decode(line), line
    except UnreadableBody as error:
        raise _FaultFoundError("$", error.detail) from error


def _why_unreadable(body: bytes, error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"The JSON is not UTF-8: a bad byte at offset {error.start}."
    if "truncated" in str(error) and _LONE_SURROGATE.search(body):
        return "The JSON holds half of a surrogate pair (\\ud800 to \\udfff alone), or ends too early."
    return f"The JSON cannot be read: {str(error).removeprefix('JSON is malformed: ')}."


def _is_too_deep(item: object) -> bool:
    level: list[object] = [item]
    for _ in range(MAX_DEPTH):
        deeper: list[object] = []
        for value in level:
            if isinstance(value, dict):
                deeper.extend(value.values())
            elif isinstance(value, list):
                deeper.extend(value)
        if not deeper:
            return False
        level = deeper
    return any(isinstance(value, (dict, list)) for value in level)


def _binary(media_type: str, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """Make the JSON form of an event in binary mode: attributes from percent-decoded `ce-` headers and data as body."""
    event: dict[str, Any] = {}
    for name, value in headers.items():
        if name.startswith("ce-"):
            attribute = name.removeprefix("ce-")
            if attribute in ("data", "datacontenttype"):
                raise _FaultFoundError(f"$.{attribute}", f"is not taken as a header; {attribute} is the body's")
            try:
                event[attribute] = unquote(value, errors="strict")
            except UnicodeDecodeError as error:
                raise _FaultFoundError(f"$.{attribute}", "is not percent-encoded UTF-8") from error
    if body.strip():
        if media_type and not _is_json(media_type):
            raise UnsupportedMediaType(media_type, ("application/json",))
        event["data"] = _decode(body)
    if media_type:
        event["datacontenttype"] = media_type
    return event


def _is_json(media_type: str) -> bool:
    return media_type.split(";", maxsplit=1)[0].strip().lower().endswith(("/json", "+json"))


def check_event(item: Mapping[str, Any]) -> None:
    """Make sure of an event that was made here, by the rules for those that are sent.

    Raises:
        ValueError: with the path and what is wrong there.
    """
    try:
        if not _is_usual(item):
            _check(item)
    except _FaultFoundError as fault:
        message = f"{fault.path} {fault.message}"
        raise ValueError(message) from fault


def check_member(name: str, value: object) -> None:
    """Make sure of the value of one member of `data`.

    Raises:
        ValueError: with the path and what is wrong there.
    """
    try:
        _check_data({"data": {name: value}})
    except _FaultFoundError as fault:
        message = f"{fault.path} {fault.message}"
        raise ValueError(message) from fault


def _accept(item: object, written: bytes | None) -> Accepted:
    """Check one decoded event and give what intake needs; what it was `written` as need not be written again."""
    if not isinstance(item, dict):
        raise _FaultFoundError("$", f"an event is a JSON object, this is {_kind(item)}{_batch_hint(item)}")
    if "position" in item:
        del item["position"]  # ours to give: an event read off a wire may be sent as it came
        written = None
    if not _is_usual(item):
        _check(item)
    try:
        return Accepted(
            source=item["source"],
            id=item["id"],
            lane=mission_of(item) or item["source"],
            ident=ident("event", item["source"], item["id"]),
            digest=digest(item),
            payload=msgspec.json.encode(item) if written is None else written.strip(),
        )
    except (OverflowError, RecursionError, UnicodeEncodeError) as error:
        raise _FaultFoundError("$", f"cannot be kept: {error}") from error


def _is_usual(item: Mapping[str, Any]) -> bool:
    """Whether an event is right at first sight: no extension attribute, and nothing that is out of the ordinary."""
    if not item.keys() <= _USUAL_NAMES:
        return False
    try:
        event = msgspec.convert(item, _Usual)
    except msgspec.ValidationError:
        return False
    mission = (event.data.mission if event.data is not None else None) or ""
    return fault_of(event.id + event.source + event.type + (event.subject or "") + mission) is None and (
        event.time is None or _USUAL_TIME.fullmatch(item["time"]) is not None
    )


def _check(item: Mapping[str, Any]) -> None:
    if item.get("specversion") != "1.0":
        given = item.get("specversion")
        told = "is missing" if given is None else f"{str(given)[:40]!r} is not known here"
        raise _FaultFoundError("$.specversion", f'{told}; write "specversion": "1.0"')
    for name in ("id", "source", "type"):
        _check_text(name, item.get(name), required=True)
    for name in ("subject", "dataschema", "datacontenttype"):
        _check_text(name, item.get(name), required=False)
    _check_time(item.get("time"))
    _check_data(item)
    _check_extensions(item)


def _check_text(name: str, value: object, *, required: bool) -> None:
    path = f"$.{name}"
    if value is None and not required:
        return
    if value is None:
        raise _FaultFoundError(path, "is missing; each event needs id, source and type")
    if not isinstance(value, str):
        raise _FaultFoundError(path, f"is a string in CloudEvents, this is {_kind(value)}")
    if not value:
        raise _FaultFoundError(path, "is empty")
    if fault := fault_of(value):
        raise _FaultFoundError(path, fault)


def _check_time(value: object) -> None:
    if value is None:
        return
    if not isinstance(value, str):
        raise _FaultFoundError("$.time", f"is an RFC 3339 string, this is {_kind(value)}")
    try:
        in_utc(value)
    except ValueError as error:
        raise _FaultFoundError("$.time", str(error)) from error


def _check_data(item: Mapping[str, Any]) -> None:
    if "data_base64" in item:
        raise _FaultFoundError("$.data_base64", "is not taken; data is a JSON object")
    media_type = item.get("datacontenttype")
    if media_type and not _is_json(media_type):
        raise _FaultFoundError("$.datacontenttype", f"{media_type[:80]!r} is not JSON; data is a JSON object")
    data = item.get("data")
    if data is None:
        return
    if not isinstance(data, dict):
        raise _FaultFoundError("$.data", f"is a JSON object or absent, this is {_kind(data)}")
    try:
        msgspec.convert(data, SentData)
    except msgspec.ValidationError as error:
        found = _AT_PATH.match(str(error))
        path = (found and found["path"]) or "$"
        raise _FaultFoundError("$.data" + path.removeprefix("$"), found["message"] if found else str(error)) from error
    if (mission := data.get("mission")) and (fault := fault_of(mission)):  # it names a lane, as `subject` does
        raise _FaultFoundError("$.data.mission", fault)


def _check_extensions(item: Mapping[str, Any]) -> None:
    for name, value in item.items():
        if name in ATTRIBUTES:
            continue
        if not _EXTENSION.fullmatch(name):
            raise _FaultFoundError(
                f"$.{name[:64]}", "is no CloudEvents attribute name; use a-z and 0-9, or put it into data"
            )
        if value is not None and not isinstance(value, (str, bool, int)):
            raise _FaultFoundError(f"$.{name}", f"an extension is a string, number or boolean, this is {_kind(value)}")
        if isinstance(value, str) and (fault := fault_of(value)):
            raise _FaultFoundError(f"$.{name}", fault)


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names = {
        dict: "an object",
        list: "an array",
        str: "a string",
        bool: "a boolean",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), type(value).__name__)


def _batch_hint(item: object) -> str:
    return f"; send arrays as {BATCH}" if isinstance(item, list) else ""


def normalised(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Give a sent event the form it has on the wire before any plugin: defaults filled, `time` in UTC.

    `subject` stays as sent; absent, it is the slug of `data.mission`. Without `time`, `time_precision` is `unknown`.
    """
    event = {name: value for name, value in sent.items() if value is not None}
    data = dict(event.get("data") or {})
    if not event.get("subject") and (mission := mission_of(event)):
        event["subject"] = mission
    if time := event.get("time"):
        event["time"] = in_utc(time)
    elif "time_precision" not in data:
        data["time_precision"] = "unknown"
    if data:
        event["data"] = data
    return event
