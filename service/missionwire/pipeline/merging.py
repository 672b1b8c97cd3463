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

_ENCODE: Final = msgspec.json.Encoder().encode
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
    encoded = _ENCODE(answer)
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
    if not isinstance(answer, (list, Sequence)) or len(answer) != count:
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
    entries = _Entries(sent or ())
    for one in found:
        entries.join(msgspec.to_builtins(one))
    return entries.items


class _Entries:
    """Names, and objects that have one; beside each its id and its folded name, as far as it has them."""

    def __init__(self, sent: Iterable[Any]) -> None:
        self.items: list[Any] = []
        self._ids: list[Any] = []
        self._names: list[str | None] = []
        for item in sent:
            self._append(item)

    def _append(self, item: Any) -> None:  # noqa: ANN401  # a name, or an object that has one
        self.items.append(item)
        self._ids.append(item.get("id") if isinstance(item, dict) else None)
        self._names.append(_folded(item))

    def join(self, new: dict[str, Any]) -> None:
        """Join one to the entries that have its id, or its name and may be the same."""
        id_, name = new.get("id"), slug(new["name"])
        at = self._ids.index(id_) if id_ and id_ in self._ids else None
        filled = None
        while (named := self._namesake(name, id_)) is not None:
            self._fill(named, new)
            if at is None:
                at = filled = named
            else:
                at = self._merged(at, named)
            if not id_:
                break
        if at is None:
            self._append(new)
        elif at != filled:
            self._fill(at, new)

    def _namesake(self, folded: str, id_: str | None) -> int | None:
        """Find the entry with the same folded name that no id of its own makes somebody else."""
        for at, name in enumerate(self._names):
            if name == folded and not (id_ and self._ids[at]):
                return at
        return None

    def _fill(self, at: int, new: Mapping[str, Any]) -> None:
        """Give an entry what it lacks."""
        self.items[at] = entry = _filled(self.items[at], new)
        self._ids[at] = entry.get("id")
        if not self._names[at]:
            self._names[at] = _folded(entry)

    def _merged(self, at: int, other: int) -> int:
        """Make one entry of two with one id, by the name that came first; not where they say different things."""
        first, second = sorted((at, other))
        if _contradict(self.items[first], self.items[second]):
            return at
        self._fill(first, self.items[second])
        del self.items[second], self._ids[second], self._names[second]
        return first


def _folded(item: Any) -> str | None:  # noqa: ANN401  # a name, or an object that has one
    name = item.get("name") if isinstance(item, dict) else item
    return slug(name) if isinstance(name, str) else None


def _object(item: Any) -> dict[str, Any]:  # noqa: ANN401  # a name, or an object that has one
    return item if isinstance(item, dict) else {"name": item}


def _filled(item: Any, new: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401  # a name, or an object that has one
    """Give an entry with what it lacks taken from another one."""
    filled = dict(new)
    for name, value in _object(item).items():
        if not value and value in (None, [], ""):
            continue
        filled[name] = value
    return filled


def _contradict(one: Any, other: Any) -> bool:  # noqa: ANN401  # names, or objects that have one
    """Whether two entries say different things of what is perhaps one person or agency; names may differ."""
    there, here = _object(one), _object(other)
    return any(there.get(name) not in (None, value) for name, value in here.items() if name != "name" and value)
