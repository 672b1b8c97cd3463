"""Loading one plugin: import, check of its hooks, its configuration; each failure named, none of them the service's."""

import importlib
import importlib.util
import inspect
import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from missionwire.plugin import Config, Context, Plugin
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
        return msgspec.convert(dict(settings), kind, strict=False)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `")
        where = path.removesuffix("`").removeprefix("$.")
        known = ", ".join(kind.__struct_fields__) or "none"
        at = f" at {where!r}" if where else ""
        told = f"[plugins.{name}.config]{at}: {message}. It knows: {known}."
        raise ConfigError(told) from error


def make_plugin(name: str, plugin: type[Plugin[Any]], config: Config, **given: Any) -> Plugin[Any]:  # noqa: ANN401  # http and store
    """Make the instance, as the contract promises it."""
    return plugin(Context(name=name, config=config, log=logging.getLogger(f"missionwire.plugins.{name}"), **given))
