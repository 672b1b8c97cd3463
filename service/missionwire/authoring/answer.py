"""What a hook answered: checked as the host does, and as the plain JSON that people write into case files."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import msgspec
from msgspec import Struct

from missionwire.domain.cloudevents import check_event, normalised
from missionwire.domain.correction import Correction
from missionwire.domain.document import Document, Draft, Mention
from missionwire.domain.event import Event, Patch, view
from missionwire.domain.filter import mission_of
from missionwire.pipeline.checks import check_corrections, check_drafts, check_mentions
from missionwire.pipeline.merging import check_patch, check_patches
from missionwire.plugin import Drop

KINDS: Final[Mapping[str, Any]] = {
    "annotate": list[Mention],
    "repair": list[Correction],
    "extract": list[Draft],
    "enrich": Patch | None,
    "enrich_batch": list[Patch | None],
    "classify": Patch | None,
    "keep": dict[str, str] | None,
}
"""The type of each stage hook's answer; of `keep` it is `{"drop": reason}`."""

_DEFAULTS: Final = {
    "specversion": "1.0",
    "id": "1",
    "source": "urn:missionwire:case",
    "type": "missionwire.test.sent",
}


def completed(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Give an event with the attributes that whoever tries a plugin does not care about."""
    return {**_DEFAULTS, **sent}


def event_of(sent: Mapping[str, Any]) -> Event:
    """Give an event as hooks get it, from one as it is sent, completed.

    Raises:
        ValueError: it is no valid event.
    """
    whole = completed(sent)
    check_event(whole)
    event = normalised(whole)
    return view(event, mission_of(event))


Given: TypeAlias = Document | Event | tuple[Event, ...]
"""What goes into a stage hook."""


def checked(hook: str, given: Given, answer: object, writes: frozenset[str]) -> Any:  # noqa: ANN401  # by its hook
    """Check the answer of a stage hook as the host does, and give it as the host takes it.

    Raises:
        UndeclaredError: it fills core members that `writes` does not name.
        TypeError, ValueError: the host would not take it. Whatever a lazy answer raises comes through, too.
    """
    if isinstance(given, Document):
        check: Any = {"annotate": check_mentions, "repair": check_corrections, "extract": check_drafts}[hook]
        return check(given, answer)
    if hook == "keep":
        return _drop(answer)
    if hook == "enrich_batch" and answer is not None:
        return check_patches(answer, len(given) if isinstance(given, tuple) else 1, writes)
    return check_patch(answer, writes)


def _drop(answer: object) -> dict[str, str] | None:
    if answer is None or answer is True:
        return None
    if not isinstance(answer, Drop):
        message = f"expected Drop or None, got {type(answer).__name__}"
        raise TypeError(message)
    return {"drop": str(answer.reason)}


def plain(value: object) -> Any:  # noqa: ANN401  # JSON
    """Give an answer as JSON objects and arrays, without members that hold their default or nothing."""
    if isinstance(value, Struct):
        tag = value.__struct_config__.tag
        told: dict[str, Any] = {} if tag is None else {str(value.__struct_config__.tag_field): tag}
        for field in msgspec.structs.fields(value):
            member = getattr(value, field.name)
            if not field.required and (member in (None, "", (), {}) or member == field.default):
                continue
            told[field.name] = plain(member)
        return told
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return msgspec.to_builtins(value)


def whole(value: object) -> Any:  # noqa: ANN401  # JSON, and what a plugin put between
    """Give an input as plain objects and arrays, all of its members, apart from the input itself."""
    if isinstance(value, Struct):
        return {name: whole(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Mapping):
        return {name: whole(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [whole(each) for each in value]
    return value


def as_answered(hook: str, written: object) -> Any:  # noqa: ANN401  # JSON
    """Give what a case file expects in the form in which `plain` gives answers.

    Raises:
        ValueError: no answer of this hook can look like that.
    """
    try:
        return plain(msgspec.convert(written, KINDS[hook]))
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error
