"""The JSON Schema of the settings file, with the settings of each plugin that is installed, for editors."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

import msgspec

from missionwire.settings import Settings

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_REFERENCE: Final = "#/$defs/"


def settings_schema(plugins: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Give the schema. `plugins` holds the schema of each plugin's own settings, by the plugin's name."""
    made: dict[str, Any] = msgspec.json.schema(Settings)
    definitions: dict[str, Any] = made["$defs"]
    for name, definition in definitions.items():
        _describe(name, definition)
    known = definitions["Settings"]["properties"]["plugins"]
    known["properties"] = {}
    for name, schema in sorted(plugins.items()):
        prefix = f"plugins.{name}."
        for kind, definition in schema.get("$defs", {}).items():
            definitions[prefix + kind] = _moved(definition, prefix)
        own = _moved({key: value for key, value in schema.items() if key != "$defs"}, prefix)
        host = definitions["PluginSettings"]
        definitions[f"plugins.{name}"] = {**host, "properties": {**host["properties"], "config": own}}
        known["properties"][name] = {"$ref": f"{_REFERENCE}plugins.{name}"}
    return {"$schema": _DIALECT, "title": "Settings of missionwire", **made}


def _moved(schema: Any, prefix: str) -> Any:  # noqa: ANN401  # a piece of JSON
    """Give a piece of a schema with its references pointing to where the definitions went."""
    if isinstance(schema, list):
        return [_moved(each, prefix) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: value.replace(_REFERENCE, _REFERENCE + prefix, 1)
        if key == "$ref" and isinstance(value, str)
        else _moved(value, prefix)
        for key, value in schema.items()
    }


def _describe(name: str, definition: dict[str, Any]) -> None:
    """Add to each setting what the line under it in the source says."""
    kind = getattr(inspect.getmodule(Settings), name, None)
    if not inspect.isclass(kind):
        return
    for setting, told in _told_under(kind):
        if setting in definition["properties"]:
            described = definition["properties"][setting]
            if "$ref" not in described:
                described["description"] = told


def _told_under(kind: type) -> Iterator[tuple[str, str]]:
    tree = ast.parse(inspect.getsource(kind)).body[0]
    members = tree.body if isinstance(tree, ast.ClassDef) else []
    for one, following in pairwise(members):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and isinstance(following, ast.Expr):
            told = following.value
            if isinstance(told, ast.Constant) and isinstance(told.value, str):
                yield one.target.id, " ".join(told.value.split())
