"""Merging what plugins found into an event: what is set stays, what is absent is filled, the earlier plugin wins."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NoReturn

import msgspec
from msgspec.structs import replace

from missionwire.domain.attribute import fault_of
from missionwire.domain.cloudevents import check_member
from missionwire.domain.event import AgencyTag, Patch, Person
from missionwire.domain.frozen import frozen
from missionwire.domain.moment import in_utc
from missionwire.domain.slug import slug

MAX_PATCH_BYTES: Final = 1 << 18
"""A patch whose JSON is larger is refused: 256 KiB."""

_PATCH: Final = msgspec.json.Decoder(Patch)

_ATTRIBUTES: Final = frozenset({"subject", "time"})
"""The fields of a patch that are attributes of the event; all others are members of `data`."""

_HOSTS_OWN: Final = frozenset({"ext", "original", "corrections", "provenance", "errors", "text", "title", "article"})
"""Members of `data` that no patch may fill."""


class UndeclaredError(ValueError):
    """A patch fills core members that its plugin did not declare."""


def check_patch(answer: object, writes: frozenset[str]) -> Patch | None:
    """Make sure that a hook's answer is a patch, or nothing; gives it as its JSON reads.

    Raises:
        UndeclaredError: it fills core members that `writes` does not name.
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
    if refused := _refused_fields(patch, writes):
        message = f"wrote {', '.join(refused)} without declaring it in `writes`"
        raise UndeclaredError(message)
    if not patch.fields:
        return patch
    return replace(patch, fields={name: _checked_field(name, value) for name, value in patch.fields.items()})


def check_patches(answer: object, count: int, writes: frozenset[str]) -> list[Patch | None]:
    """Make sure that a batch hook answered with a patch, or nothing, for each of so many events; None is none for all.

    Raises:
        UndeclaredError, TypeError, ValueError: as `check_patch`, or there are more or fewer.
    """
    if answer is None:
        return [None] * count
    if not isinstance(answer, Sequence) or len(answer) != count:
        given = f"{len(answer)} of them" if isinstance(answer, Sequence) else type(answer).__name__
        message = f"expected a list of {count}: one patch, or None, for each event; got {given}"
        raise TypeError(message)
    return [check_patch(each, writes) for each in answer]


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


def _refused_fields(patch: Patch, writes: frozenset[str]) -> tuple[str, ...]:
    """Name the core members that a patch fills and its plugin did not declare."""
    if not patch.fields and not patch.crew and not patch.agencies:
        return ()
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
            target[name] = frozen(value)
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
        ext[plugin] = {**(ext.get(plugin) or {}), **patch.ext}
        data["ext"] = frozen(ext)
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
        at = _with_id(joined, new)
        while (named := _with_name(joined, new)) is not None:
            joined[named] = _filled(joined[named], new)
            at = named if at is None else _merged(joined, at, named)
            if not new.get("id"):
                break
        if at is None:
            joined.append(new)
        else:
            joined[at] = _filled(joined[at], new)
    return joined


def _merged(items: list[Any], at: int, other: int) -> int:
    """Make one entry of two with one id, by the name that came first; not where they say different things."""
    first, second = sorted((at, other))
    if _contradict(items[first], items[second]):
        return at
    items[first] = _filled(items[first], items[second])
    del items[second]
    return first


def _object(item: Any) -> dict[str, Any]:  # noqa: ANN401  # a name, or an object that has one
    return item if isinstance(item, dict) else {"name": item}


def _filled(item: Any, new: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401  # a name, or an object that has one
    """Give an entry with what it lacks taken from another one."""
    return {**new, **{name: value for name, value in _object(item).items() if value not in (None, [], "")}}


def _contradict(one: Any, other: Any) -> bool:  # noqa: ANN401  # names, or objects that have one
    """Whether two entries say different things of what is perhaps one person or agency; names may differ."""
    there, here = _object(one), _object(other)
    return any(there.get(name) not in (None, value) for name, value in here.items() if name != "name" and value)


def _with_id(items: list[Any], new: Mapping[str, Any]) -> int | None:
    id_ = new.get("id")
    return next((i for i, item in enumerate(items) if id_ and isinstance(item, dict) and item.get("id") == id_), None)


def _with_name(items: list[Any], new: Mapping[str, Any]) -> int | None:
    """Find the entry with the same folded name, of which nothing else says that it is somebody else, or known by id."""
    folded = slug(new["name"])
    for i, item in enumerate(items):
        entry = _object(item)
        if entry.get("id") and new.get("id"):
            continue
        if isinstance(entry.get("name"), str) and slug(entry["name"]) == folded:
            return i
    return None
