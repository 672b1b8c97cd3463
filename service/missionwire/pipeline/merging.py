"""Merging what plugins found into an event: what is set stays, what is absent is filled, the earlier plugin wins."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn

import msgspec
from msgspec.structs import replace

from missionwire.domain.attribute import fault_of
from missionwire.domain.cloudevents import check_member
from missionwire.domain.event import AgencyTag, Patch, Person
from missionwire.domain.moment import in_utc
from missionwire.domain.slug import slug

MAX_PATCH_BYTES: Final = 1 << 18
"""A patch whose JSON is larger is refused: 256 KiB."""

_PATCH: Final = msgspec.json.Decoder(Patch)

_ATTRIBUTES: Final = frozenset({"subject", "time"})
"""The fields of a patch that are attributes of the event; all others are members of `data`."""

_HOSTS_OWN: Final = frozenset({"ext", "original", "corrections", "provenance", "errors", "text", "title", "article"})
"""Members of `data` that no patch may fill."""


def check_patch(answer: object) -> Patch | None:
    """Make sure that a hook's answer is a patch, or nothing; gives it as its JSON reads.

    Raises:
        TypeError, ValueError: it is not, it is too large, it cannot be written as JSON, or a member has a wrong type.
    """
    if answer is None:
        return None
    if not isinstance(answer, Patch):
        message = f"expected a Patch or None, got {type(answer).__name__}"
        raise TypeError(message)
    encoded = msgspec.json.encode(answer)
    if len(encoded) > MAX_PATCH_BYTES:
        message = f"the patch has {len(encoded):,} bytes, over the limit of {MAX_PATCH_BYTES:,}"
        raise ValueError(message)
    patch = _PATCH.decode(encoded)  # Python let any value into any member
    return replace(patch, fields={name: _checked_field(name, value) for name, value in patch.fields.items()})


def _checked_field(name: str, value: Any) -> Any:  # noqa: ANN401  # of any type
    if name == "time":
        return in_utc(value) if isinstance(value, str) else _refuse(name, "is an RFC 3339 string")
    if name == "subject":
        if not isinstance(value, str) or not value:
            return _refuse(name, "is a string")
        return _refuse(name, fault) if (fault := fault_of(value)) else value
    check_member(name, value)
    return value


def _refuse(name: str, message: str) -> NoReturn:
    raise ValueError(f"{name} {message}")


def refused_fields(patch: Patch, writes: frozenset[str]) -> tuple[str, ...]:
    """Name the core members that a patch fills and its plugin did not declare."""
    wanted = set(patch.fields)
    if patch.crew:
        wanted.add("crew")
    if patch.agencies:
        wanted.add("agencies")
    return tuple(sorted((wanted - writes) | (wanted & _HOSTS_OWN)))


def apply_patch(event: Mapping[str, Any], plugin: str, patch: Patch) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give the event with the patch merged in, and the fields that it wrote."""
    merged, data = dict(event), dict(event.get("data") or {})
    written: list[str] = []
    for name, value in patch.fields.items():
        target = merged if name in _ATTRIBUTES else data
        if _is_absent(target, name) and value is not None:
            target[name] = msgspec.to_builtins(value)
            written.append(name)
    if patch.crew:
        joined = join_people(data.get("crew"), patch.crew)
        if joined != data.get("crew"):
            data["crew"] = joined
            written.append("crew")
    if patch.agencies:
        joined = join_agencies(data.get("agencies"), patch.agencies)
        if joined != data.get("agencies"):
            data["agencies"] = joined
            written.append("agencies")
    if patch.ext:
        ext = dict(data.get("ext") or {})
        ext[plugin] = {**(ext.get(plugin) or {}), **msgspec.to_builtins(patch.ext)}
        data["ext"] = ext
        written.append(f"ext.{plugin}")
    if data:
        merged["data"] = data
    return merged, tuple(written)


def _is_absent(target: Mapping[str, Any], name: str) -> bool:
    return target.get(name) is None or (name == "time_precision" and target[name] == "unknown")


def join_people(sent: Iterable[Any] | None, found: Iterable[Person]) -> list[Any]:
    """Join people by id, else by folded name; who could not be resolved stays as sent."""
    return _join(sent, found)


def join_agencies(sent: Iterable[Any] | None, found: Iterable[AgencyTag]) -> list[Any]:
    """Join agencies by id, else by folded name."""
    return _join(sent, found)


def _join(sent: Iterable[Any] | None, found: Iterable[Person | AgencyTag]) -> list[Any]:
    joined: list[Any] = [dict(item) if isinstance(item, Mapping) else item for item in sent or ()]
    for one in found:
        new: dict[str, Any] = msgspec.to_builtins(one)
        at = _place_of(joined, new)
        if at is None:
            joined.append(new)
        else:
            there = joined[at] if isinstance(joined[at], dict) else {"name": joined[at]}
            joined[at] = {**new, **{name: value for name, value in there.items() if value not in (None, [], "")}}
    return joined


def _place_of(items: list[Any], new: Mapping[str, Any]) -> int | None:
    by_id = [
        i for i, item in enumerate(items) if isinstance(item, dict) and item.get("id") and item["id"] == new.get("id")
    ]
    if by_id:
        return by_id[0]
    folded = slug(new["name"])
    for i, item in enumerate(items):
        name = item.get("name") if isinstance(item, dict) else item
        has_other_id = isinstance(item, dict) and item.get("id") and new.get("id") and item["id"] != new["id"]
        if isinstance(name, str) and slug(name) == folded and not has_other_id:
            return i
    return None
