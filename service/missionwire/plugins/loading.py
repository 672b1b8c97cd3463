"""Loading one plugin: import, check of its hooks, its configuration; each failure named, none of them the service's."""

import difflib
import importlib
import importlib.util
import inspect
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec

from missionwire.plugin import Config, Context, Plugin, Secret
from missionwire.plugins.discovery import Found
from missionwire.plugins.registry import UnfitPluginError


class ConfigError(Exception):
    """A plugin's settings do not fit; the message names the plugin and the key."""


def load_class(found: Found) -> type[Plugin[Any]]:
    """Import a plugin's class. Runs code of the plugin: call it where that may fail or hang.

    Raises:
        UnfitPluginError: there is no such class, or it is no plugin. Whatever the import raises comes through, too.
    """
    if found.is_file:
        candidates = [
            member
            for member in vars(_import_file(found)).values()
            if inspect.isclass(member) and issubclass(member, Plugin) and member is not Plugin
        ]
        own = [c for c in candidates if c.__module__ == _module_name(found)]
        if len(own) != 1:
            message = f"plugin {found.name}: the file must define one class derived from Plugin, it has {len(own)}"
            raise UnfitPluginError(message)
        return own[0]
    module_name, _, attribute = found.target.partition(":")
    made = importlib.import_module(module_name.strip())
    for part in attribute.strip().split("."):
        made = getattr(made, part)
    if not (inspect.isclass(made) and issubclass(made, Plugin)):
        message = f"plugin {found.name}: {found.target} is not a class derived from missionwire.plugin.Plugin"
        raise UnfitPluginError(message)
    return made


def _module_name(found: Found) -> str:
    return f"missionwire_file_{found.name.replace('-', '_')}"


def _import_file(found: Found) -> Any:  # noqa: ANN401  # a module
    spec = importlib.util.spec_from_file_location(_module_name(found), Path(found.target))
    if spec is None or spec.loader is None:
        message = f"plugin {found.name}: {found.target} cannot be imported"
        raise UnfitPluginError(message)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # as any import does; dataclasses and msgspec look their module up
    spec.loader.exec_module(module)
    return module


def make_config(name: str, plugin: type[Plugin[Any]], settings: Mapping[str, Any]) -> Config:
    """Check a plugin's settings against its `Config`.

    Raises:
        ConfigError: an unknown key or a wrong type.
    """
    kind = plugin.config_type()
    try:
        return msgspec.convert(dict(settings), kind, strict=False, dec_hook=_made)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `")
        where = path.removesuffix("`").removeprefix("$.")
        known = ", ".join(kind.__struct_fields__) or "none"
        at = f" at {where!r}" if where else ""
        told = f"[plugins.{name}.config]{at}: {message}.{_near(settings, kind)} It knows: {known}."
        raise ConfigError(told) from error


def _near(settings: Mapping[str, Any], kind: type[Config]) -> str:
    """Give a did-you-mean for the first key that is not known."""
    unknown = next((key for key in settings if key not in kind.__struct_fields__), None)
    near = difflib.get_close_matches(unknown, kind.__struct_fields__, n=1) if unknown else []
    return f" Did you mean {near[0]}?" if near else ""


def _made(kind: type, given: object) -> object:
    """Make a secret of a text or a reference; no other type of its own may stand in a plugin's settings."""
    if kind is not Secret:
        message = f"a setting cannot be a {kind.__name__}"
        raise ValueError(message)
    if isinstance(given, Secret):
        return given
    if not isinstance(given, str):
        message = f"Expected `str`, got `{type(given).__name__}`"
        raise ValueError(message)  # noqa: TRY004  # msgspec tells a ValueError with its path
    return Secret(_resolved(given))


def _resolved(text: str) -> str:
    word, _, rest = text.partition(":")
    if word == "env":
        if rest not in os.environ:
            message = f"the environment has no variable {rest}"
            raise ValueError(message)
        return os.environ[rest]
    if word == "file":
        try:
            return Path(rest).expanduser().read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            message = f"the file {rest} cannot be read: {type(error).__name__}"
            raise ValueError(message) from error
    return text


def secrets_of(value: object) -> Iterator[str]:
    """Give the secret values within a plugin's settings."""
    if isinstance(value, Secret):
        yield value.get()
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from secrets_of(getattr(value, name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from secrets_of(each)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from secrets_of(each)


def default_faults(config: Config) -> str | None:
    """Say what is wrong with the members of a plugin's settings, taken as if they were given; None where nothing."""

    def given(member: object) -> object:
        return member if isinstance(member, Secret) else msgspec.to_builtins(member)

    members = {name: given(getattr(config, name)) for name in config.__struct_fields__}
    try:
        msgspec.convert(members, type(config), dec_hook=_made)
    except (msgspec.ValidationError, TypeError) as error:
        return str(error)
    return None


_SECRET_TOLD: Final = msgspec.Meta(
    description="A secret; or env:NAME, or file:/path.", extra_json_schema={"writeOnly": True}
)


def config_schema(kind: type[Config]) -> dict[str, Any]:
    """Give the JSON Schema of a plugin's settings; a secret is told as a text, or a reference to one."""
    fields: list[Any] = []
    for field in msgspec.structs.fields(kind):
        told = Annotated[str, _SECRET_TOLD] if field.type in (Secret, Secret | None) else field.type
        if told is not field.type:
            fields.append((field.name, told, ""))
        elif field.default_factory is not msgspec.NODEFAULT:
            fields.append((field.name, told, msgspec.field(default_factory=field.default_factory)))
        elif field.default is not msgspec.NODEFAULT:
            fields.append((field.name, told, field.default))
        else:
            fields.append((field.name, told))
    shown = msgspec.defstruct(
        kind.__name__, fields, kw_only=True, forbid_unknown_fields=True, namespace={"__doc__": kind.__doc__}
    )
    return msgspec.json.schema(shown)


def make_plugin(name: str, plugin: type[Plugin[Any]], config: Config, **given: Any) -> Plugin[Any]:  # noqa: ANN401  # http and store
    """Make the instance, as the contract promises it."""
    return plugin(Context(name=name, config=config, log=logging.getLogger(f"missionwire.plugins.{name}"), **given))
