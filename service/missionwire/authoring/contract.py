"""The contract told as data, out of the one spec module: the docs page, the command line and the JSON Schema say this.

`missionwire.plugin` holds the hooks, the host its deadlines; nothing of the contract is written down here again.
"""

import inspect
import types
from collections.abc import Iterable, Iterator
from typing import Any, Final, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from missionwire.authoring.bench import timeout_of
from missionwire.pipeline.plan import STAGES
from missionwire.plugin import API_LEVEL, Drop, Hooks

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_FILE: Final = "docs/hooks.schema.json"

_UNTIMED: Final = frozenset({"commands"})
"""A command line asks for them, and whoever typed it waits."""

_REFERENCE: Final = "#/$defs/{name}"
_MODULES: Final = ("collections.abc.", "typing.", "missionwire.domain.", "missionwire.plugin.")
_DOMAIN: Final = ("article.", "correction.", "document.", "event.", "span.")

_ABOUT: Final = (
    "One call of each hook as JSON: an object with a member for each hook, which holds the `arguments` that it gets by "
    "name, and what it `gives` back. An implementation takes only the arguments that it names. Offsets are Unicode "
    "code points. Each hook says the API level that it came with (`x-since`), what to use in its place where it is "
    "`deprecated` (`x-instead`), the stage in which events meet it (`x-stage`) and its deadline in seconds unless the "
    "operator set another (`x-deadline-s`)."
)
_HANDLERS: Final = "Route handlers of Litestar, which have no form as JSON."
_COMMANDS: Final = "Commands of click by name, which have no form as JSON."
_DROP: Final[dict[str, Any]] = {
    "title": "Drop",
    "description": "The event is not published; `drop` is a short word for the count.",
    "type": "object",
    "properties": {"drop": {"type": "string"}},
    "required": ["drop"],
    "additionalProperties": False,
}


class HookTold(Struct, frozen=True, kw_only=True):
    """One hook of the contract. `gives` is its annotation in short; `stage` and `deadline_s` None where it has none."""

    hook: str
    arguments: tuple[str, ...]
    gives: str
    stage: str | None
    deadline_s: float | None
    since: int
    deprecated: str | None
    about: str


def hooks() -> tuple[HookTold, ...]:
    """Give the hooks in the order of the contract."""
    return tuple(
        HookTold(
            hook=name,
            arguments=tuple(_arguments(hook)),
            gives=_short(inspect.signature(hook).return_annotation),
            stage=stage_of(name),
            deadline_s=None if name in _UNTIMED else timeout_of(name),
            since=hook.missionwire_since,
            deprecated=hook.missionwire_deprecated,
            about=" ".join((hook.__doc__ or "").split()),
        )
        for name, hook in _specs()
    )


def stage_of(hook: str) -> str | None:
    """Give the stage of a hook, None for one that is not about a document or an event."""
    stage = hook.removesuffix("_batch")
    return stage if stage in STAGES else None


def hooks_schema() -> dict[str, Any]:
    """Give the JSON Schema of a call of each hook: what goes in, and what it may give back."""
    kinds = [kind for _, hook in _specs() for kind in (*_arguments(hook).values(), _given(hook))]
    _, definitions = msgspec.json.schema_components(kinds, schema_hook=_schema_of, ref_template=_REFERENCE)
    specs = dict(_specs())
    return {
        "$schema": DIALECT,
        "title": f"Hooks of missionwire plugins, API level {API_LEVEL}",
        "description": _ABOUT,
        "type": "object",
        "properties": {told.hook: _hook_schema(told, specs[told.hook]) for told in hooks()},
        "additionalProperties": False,
        "$defs": {name: _tidied(definitions[name]) for name in sorted(definitions)},
    }


def _specs() -> Iterator[tuple[str, Any]]:
    yield from ((name, member) for name, member in vars(Hooks).items() if hasattr(member, "missionwire_since"))


def _arguments(hook: Any) -> dict[str, Any]:  # noqa: ANN401  # a function with marks
    parameters = list(inspect.signature(hook).parameters.values())[1:]
    return {parameter.name: parameter.annotation for parameter in parameters}


def _given(hook: Any) -> Any:  # noqa: ANN401  # a type form
    return _listed(inspect.signature(hook).return_annotation)


def _listed(kind: Any) -> Any:  # noqa: ANN401  # same
    """Give a type as its JSON has it: whatever can be gone through is an array."""
    if get_origin(kind) in (Union, types.UnionType):
        return Union[tuple(_listed(each) for each in get_args(kind))]  # noqa: UP007  # members that are only known here
    return list[get_args(kind)] if get_origin(kind) is Iterable else kind  # type: ignore[misc]  # same


def _short(annotation: object) -> str:
    """Give an annotation without the modules of its names."""
    told = inspect.formatannotation(annotation)
    for module in (*_MODULES, *_DOMAIN):
        told = told.replace(module, "")
    return told


def _hook_schema(told: HookTold, hook: Any) -> dict[str, Any]:  # noqa: ANN401  # a function with marks
    gives = {"routes": {"description": _HANDLERS}, "commands": {"description": _COMMANDS}}.get(told.hook, {})
    about: dict[str, Any] = {"title": told.hook, "description": told.about, "x-since": told.since}
    if told.stage is not None:
        about["x-stage"] = told.stage
    if told.deadline_s is not None:
        about["x-deadline-s"] = told.deadline_s
    if told.deprecated is not None:
        about |= {"deprecated": True, "x-instead": told.deprecated}
    return {
        **about,
        "type": "object",
        "properties": {
            "arguments": {
                "type": "object",
                "properties": {name: _schema(kind) for name, kind in _arguments(hook).items()},
                "additionalProperties": False,
            },
            "gives": {**_schema(_given(hook)), **gives},
        },
        "additionalProperties": False,
    }


def _schema(kind: Any) -> dict[str, Any]:  # noqa: ANN401  # a type form
    (found,), _ = msgspec.json.schema_components([kind], schema_hook=_schema_of, ref_template=_REFERENCE)
    return found


def _schema_of(kind: type) -> dict[str, Any]:
    """Give the schema of what msgspec does not know.

    Raises:
        NotImplementedError: neither do we.
    """
    if kind is Drop:
        return _DROP
    raise NotImplementedError(kind)


def _tidied(definition: dict[str, Any]) -> dict[str, Any]:
    """Give a definition with its docstring as it reads without the source's indent."""
    return {**definition, "description": inspect.cleandoc(definition.get("description", ""))}
