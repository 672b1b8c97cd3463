"""The OpenAPI 3.1 document: what Litestar derives from the handlers, completed with bodies, frames and problems."""

from typing import Any, Final

import msgspec
from litestar import Litestar

from missionwire.domain.article import ArticleDocument, SentArticle, SentWebpage
from missionwire.domain.correction import Correction
from missionwire.domain.event import AgencyTag, Person
from missionwire.web.problems import PROBLEM_JSON, all_rows

_REF: Final = "#/components/schemas/{name}"

_CLOUDEVENT: Final[dict[str, Any]] = {
    "type": "object",
    "title": "CloudEvent",
    "description": "A CloudEvents 1.0 event in the JSON format. Extension attributes are kept.",
    "required": ["specversion", "id", "source", "type"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "minLength": 1, "maxLength": 2048},
        "source": {"type": "string", "minLength": 1, "maxLength": 2048},
        "type": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2048,
            "examples": ["missionwire.landing.completed"],
        },
        "subject": {"type": "string", "description": "The mission's slug.", "examples": ["soyuz-ms-18"]},
        "time": {"type": "string", "format": "date-time", "description": "When it happened, with a zone."},
        "datacontenttype": {"type": "string"},
        "dataschema": {"type": "string"},
        "position": {"type": "string", "description": "The place on the wire, as served.", "readOnly": True},
        "data": {"$ref": _REF.format(name="EventData")},
    },
    "additionalProperties": {"type": ["string", "integer", "boolean", "null"]},
}

_EVENT_DATA: Final[dict[str, Any]] = {
    "type": "object",
    "title": "EventData",
    "description": "Members of the vocabulary; unknown ones are kept. What plugins found is added as published.",
    "properties": {
        **{
            name: {"type": "string"}
            for name in ("title", "text", "language", "url", "mission", "spacecraft", "station", "article")
        },
        "location": {"type": ["string", "object"]},
        "time_precision": {"enum": ["second", "minute", "hour", "day", "month", "year", "unknown"]},
        "narration": {"enum": ["main", "planned", "background", "quoted"]},
        "crew": {
            "type": "array",
            "items": {"anyOf": [{"type": "string"}, {"$ref": _REF.format(name="Person")}]},
        },
        "agencies": {
            "type": "array",
            "items": {"anyOf": [{"type": "string"}, {"$ref": _REF.format(name="AgencyTag")}]},
        },
        "mission_inferred": {"type": "boolean"},
        "evidence": {"type": "array", "items": {"$ref": _REF.format(name="Span")}},
        "original": {"type": "object", "description": "The values as sent, of fields that changed."},
        "corrections": {"type": "array", "items": {"$ref": _REF.format(name="Correction")}},
        "ext": {"type": "object", "description": "What plugins added, by their names."},
        "provenance": {"type": "array", "items": {"type": "object"}},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
    "additionalProperties": True,
}

_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. `type` answers with an explanation.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "enum": [f"/problems/{row.name}" for row in all_rows()]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
    },
    "additionalProperties": True,
}

_FRAMES: Final = (
    "Frames of `text/event-stream`. An event has `id:` (its position) and `data:` (the CloudEvent on one line, "
    "with `position`), and no `event:`. Named frames: `position` (the place moved on; data `{}`), `gap` (data: reason "
    "`trimmed`, `epoch`, `ahead` or `malformed`, from, to, count, link), `end` (close), `goodbye` (reconnect after "
    "`retry:`), `busy` (come back after `retry:`). A line that begins with a colon is a heartbeat."
)

_ACCEPTED: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["accepted"],
    "properties": {
        "accepted": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["source", "id", "status"],
                "properties": {
                    "source": {"type": "string"},
                    "id": {"type": "string"},
                    "status": {"enum": ["accepted", "duplicate"]},
                },
            },
        }
    },
}

_EVENT: Final = {"$ref": _REF.format(name="CloudEvent")}
_EVENTS: Final = {"type": "array", "items": _EVENT}
_OBJECT: Final = {"type": "object"}
_OBJECTS: Final = {"type": "array", "items": _OBJECT}

_ANSWERS: Final[dict[str, tuple[str, str, dict[str, Any], str]]] = {
    "publishEvents": ("202", "application/json", _ACCEPTED, "All are taken and durable."),
    "listEvents": ("200", "application/json", {"anyOf": [_EVENTS, _EVENT]}, "A page, or with source and id one event."),
    "getEvent": ("200", "application/cloudevents+json", _EVENT, "The event."),
    "publishArticle": (
        "202",
        "application/json",
        {
            "type": "object",
            "required": ["id", "status"],
            "properties": {"id": {"type": "string"}, "status": {"enum": ["accepted", "duplicate", "revised"]}},
        },
        "The article is taken and durable.",
    ),
    "getArticle": ("200", "application/json", {"$ref": _REF.format(name="ArticleDocument")}, "The article."),
    "followFeed": ("200", "text/event-stream", {"type": "string", "description": _FRAMES}, _FRAMES),
    "listMissions": ("200", "application/json", _OBJECTS, "Missions, the latest first."),
    "getMission": (
        "200",
        "application/json",
        {
            "type": "object",
            "properties": {"mission": {"type": "string"}, "count": {"type": "integer"}, "events": _EVENTS},
        },
        "The mission's events.",
    ),
    "listDeadLetters": ("200", "application/json", _OBJECTS, "Dead letters, the oldest first."),
    "getDeadLetter": ("200", "application/json", _OBJECT, "The dead letter."),
    "replayDeadLetter": ("202", "application/json", _OBJECT, "It is in the inbox again."),
    "listPlugins": ("200", "application/json", _OBJECTS, "Every plugin that is there."),
    "getPlugin": ("200", "application/json", _OBJECT, "The plugin."),
    "getReady": ("200", "application/json", _OBJECT, "It can serve."),
    "getLive": ("200", "application/json", _OBJECT, "It is alive."),
    "getMetrics": ("200", "text/plain", {"type": "string"}, "The metrics."),
}

_PROBLEMS: Final[dict[str, tuple[int, ...]]] = {
    "publishEvents": (400, 409, 413, 415, 422, 500, 503, 507),
    "publishArticle": (400, 413, 415, 422, 500, 501, 503, 507),
    "followFeed": (400, 500, 503),
    "listEvents": (400, 404, 410, 500, 503),
    "getEvent": (400, 404, 410, 500, 503),
    "getMission": (400, 404, 410, 500, 503),
    "getReady": (400, 500, 503),
}
_USUAL_PROBLEMS: Final = (400, 404, 500, 503)

_BODIES: Final[dict[str, dict[str, Any]]] = {
    "publishEvents": {
        "application/cloudevents+json": {"schema": _EVENT},
        "application/json": {"schema": _EVENT},
        "application/cloudevents-batch+json": {"schema": {**_EVENTS, "maxItems": 1000}},
        "application/x-ndjson": {"schema": {"type": "string", "description": "One CloudEvent a line, at most 1,000."}},
    },
    "publishArticle": {
        "application/json": {
            "schema": {"oneOf": [{"$ref": _REF.format(name=name)} for name in ("SentArticle", "SentWebpage")]}
        },
        "text/html": {"schema": {"type": "string", "description": "The page that carries the article, as it is."}},
    },
}


def describe(app: Litestar) -> dict[str, Any]:
    """Give the completed document of an app."""
    document = app.openapi_schema.to_schema()
    types = (SentArticle, SentWebpage, ArticleDocument, Person, AgencyTag, Correction)
    _, derived = msgspec.json.schema_components(types, ref_template=_REF)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(derived)
    schemas.update({"CloudEvent": _CLOUDEVENT, "EventData": _EVENT_DATA, "Problem": _PROBLEM})
    for path in document["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict) and "operationId" in operation:
                _complete(operation)
    return document


def _complete(operation: dict[str, Any]) -> None:
    name = operation["operationId"]
    if name in _BODIES:
        operation["requestBody"] = {"required": True, "content": _BODIES[name]}
    answers: dict[str, Any] = {}
    if name in _ANSWERS:
        status, media_type, schema, told = _ANSWERS[name]
        answers[status] = {"description": told, "content": {media_type: {"schema": schema}}}
    else:
        answers = {status: each for status, each in operation["responses"].items() if status.startswith("2")}
    if name == "publishArticle":
        answers["200"] = {
            "description": "A dry run: what would become of it.",
            "content": {"application/json": {"schema": {"$ref": _REF.format(name="ArticleDocument")}}},
        }
    if name == "followFeed":
        answers["204"] = {"description": "The id of an `end` frame came back: there is no more, do not reconnect."}
    for code in _PROBLEMS.get(name, _USUAL_PROBLEMS):
        told = "; ".join(row.title for row in all_rows() if row.status == code)
        content: dict[str, Any] = {PROBLEM_JSON: {"schema": {"$ref": _REF.format(name="Problem")}}}
        answers[str(code)] = {"description": told, "content": content}
    operation["responses"] = dict(sorted(answers.items()))
