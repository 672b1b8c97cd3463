"""Events as plugins see them: CloudEvents 1.0 attributes, typed members of `data`, all of it frozen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec import field as member
from msgspec.structs import force_setattr, replace

from missionwire.domain.correction import Correction
from missionwire.domain.frozen import FREEZABLE, FrozenDict, frozen
from missionwire.domain.span import Span
from missionwire.domain.vocabulary import Narration, TimePrecision


class Person(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who takes part in an event; a speaker or official too, `role` tells.

    `id` is the slug in the roster, absent for somebody who could not be resolved. `nationality` is a country's name,
    `agency` an agency's id, `role` one of VOCABULARY section 4, `occupation` the trade beside it (`actor`).
    """

    name: str
    id: str | None = None
    role: str | None = None
    occupation: str | None = None
    agency: str | None = None
    nationality: str | None = None


class AgencyTag(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An agency or company with its role in the event, one of VOCABULARY section 2.

    `evidence` are spans of the event's original text.
    """

    name: str
    id: str | None = None
    role: str | None = None
    evidence: tuple[Span, ...] = ()


class Data(Struct, frozen=True, kw_only=True):
    """The members of an event's `data` that the vocabulary names; all others are in `extra`, as they were sent.

    `original` holds the values as sent of the fields that were changed, `ext` what plugins added, by their names.
    """

    title: str | None = None
    text: str | None = None
    language: str | None = None
    url: str | None = None
    mission: str | None = None
    spacecraft: str | None = None
    station: str | None = None
    location: Any = None
    time_precision: TimePrecision | None = None
    narration: Narration | None = None
    crew: tuple[Person, ...] = ()
    agencies: tuple[AgencyTag, ...] = ()
    article: str | None = None
    evidence: tuple[Span, ...] = ()
    mission_inferred: bool | None = None
    original: Mapping[str, Any] = member(default_factory=FrozenDict)
    corrections: tuple[Correction, ...] = ()
    ext: Mapping[str, Any] = member(default_factory=FrozenDict)
    extra: Mapping[str, Any] = member(default_factory=FrozenDict)


class Event(Struct, frozen=True, kw_only=True):
    """One thing that happened to a mission. `time` is RFC 3339 in UTC, or None where it is not known.

    `mission` is the slug of `subject` (of `data.mission` where that is absent), None where neither is given.
    `extensions` are the other CloudEvents attributes.
    """

    id: str
    source: str
    type: str
    specversion: str = "1.0"
    subject: str | None = None
    time: str | None = None
    datacontenttype: str | None = None
    mission: str | None = None
    data: Data = member(default_factory=Data)
    extensions: Mapping[str, Any] = member(default_factory=FrozenDict)

    @property
    def original_text(self) -> str:
        """The text as it was sent, before any correction; offsets of evidence count in it. Empty if there is none."""
        as_sent = self.data.original.get("text")
        return as_sent if isinstance(as_sent, str) else self.data.text or ""


class Patch(Struct, frozen=True, kw_only=True):
    """What a plugin adds to an event.

    `ext` goes to `data.ext.<plugin>`. `crew` and `agencies` join what is there, by id, else by folded name; `fields`
    are core members to fill where they are absent (`subject`, `time`, `time_precision`, `station` …). Core members,
    `crew` and `agencies` are taken only if the plugin's `writes` names them.
    """

    ext: Mapping[str, Any] | None = None
    crew: tuple[Person, ...] = ()
    agencies: tuple[AgencyTag, ...] = ()
    fields: Mapping[str, Any] = member(default_factory=dict)


ATTRIBUTES: Final = frozenset(
    {"specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "data"}
)
"""The attributes of CloudEvents 1.0 and `data`; what else stands at the top of an event is an extension attribute."""


class _Named(Struct, frozen=True):
    """Members whose items may be names alone, as a view has them."""

    crew: tuple[Person, ...] = ()
    agencies: tuple[AgencyTag, ...] = ()


_DATA_MEMBERS: Final = frozenset(Data.__struct_fields__) - {"extra"}

_NAMED_MEMBERS: Final = frozenset(_Named.__struct_fields__)

_CONVERTED: Final = frozenset({"crew", "agencies", "evidence", "corrections"})
"""Members of which a view makes structs of its own: nobody can reach the JSON through them."""

_NOTHING: Final = FrozenDict()

_FREE_MEMBERS: Final = frozenset({"location", "original", "ext"})
"""Members that hold JSON of any shape."""

_KNOWN_MEMBERS: Final = _DATA_MEMBERS - _NAMED_MEMBERS - _FREE_MEMBERS
"""Members of which a view makes what their types say."""

_PLAIN_MEMBERS: Final = _DATA_MEMBERS - _CONVERTED - _FREE_MEMBERS
_PLAIN_ATTRIBUTES: Final = frozenset({"subject", "time"})
"""What a view shows as the JSON has it."""


def view(document: Mapping[str, Any], mission: str | None) -> Event:
    """Make the frozen view of a valid event, given as the decoded JSON object that goes onto the wire."""
    known: dict[str, Any] = {}
    free: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, value in (document.get("data") or {}).items():
        if name in _KNOWN_MEMBERS:
            if value is not None:  # null says no more than nothing
                known[name] = value
        elif name in _NAMED_MEMBERS:
            if value is not None:
                known[name] = _with_names(value)
        else:
            (free if name in _FREE_MEMBERS else extra)[name] = frozen(value) if type(value) in FREEZABLE else value
    data = msgspec.convert(known, Data)
    for name, value in free.items():
        if value is not None:
            force_setattr(data, name, value)
    if extra:
        force_setattr(data, "extra", FrozenDict(extra))
    has_extensions = not document.keys() <= ATTRIBUTES
    return Event(
        id=document["id"],
        source=document["source"],
        type=document["type"],
        specversion=document.get("specversion", "1.0"),
        subject=document.get("subject"),
        time=document.get("time"),
        datacontenttype=document.get("datacontenttype"),
        mission=mission,
        data=data,
        extensions=frozen({k: v for k, v in document.items() if k not in ATTRIBUTES}) if has_extensions else _NOTHING,
    )


def _with_names(items: Sequence[Any]) -> Sequence[Any]:
    """Give objects, each with a name."""
    if str not in map(type, items):
        return items
    return [{"name": item} if isinstance(item, str) else item for item in items]


def frozen_once(document: dict[str, Any]) -> dict[str, Any]:
    """Give a valid event with all in its `data` frozen that its views show as it is, so that no view has to copy it."""
    if not (data := document.get("data")):
        return document
    free: dict[str, Any] = {}
    for name, value in data.items():
        if type(value) in FREEZABLE and name not in _CONVERTED:
            free[name] = frozen(value)
    return {**document, "data": {**data, **free}} if free else document


def view_again(seen: Event, document: Mapping[str, Any], mission: str | None, changed: Iterable[str]) -> Event:
    """Give the view of an event that was seen before these fields changed: attributes, or members of its `data`."""
    attributes: dict[str, Any] = {}
    members: dict[str, Any] = {}
    for name in changed:
        if name in _PLAIN_ATTRIBUTES:
            attributes[name] = document[name]
        elif name in _PLAIN_MEMBERS or name in _FREE_MEMBERS:
            members[name] = frozen(document["data"][name])
        elif name in _NAMED_MEMBERS:
            named = msgspec.convert({name: _with_names(document["data"][name])}, _Named)
            members[name] = getattr(named, name)
        else:
            return view(document, mission)  # as good as never
    return replace(seen, mission=mission, data=replace(seen.data, **members), **attributes)
