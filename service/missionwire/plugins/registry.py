"""The registry: pluggy checks a plugin's hooks against the contract and gives its implementations one by one."""

import difflib
import inspect
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import pluggy

from missionwire.plugin import Hooks, Plugin

PROJECT: Final = "missionwire"

HOOKS: Final = tuple(name for name, member in vars(Hooks).items() if inspect.isfunction(member))
"""The names of all hooks, in the order of the contract."""


class UnfitPluginError(Exception):
    """A class that cannot serve as a plugin; the message says what to do."""


class Implementation(NamedTuple):
    """One hook implementation of one plugin."""

    function: Callable[..., Any]
    arguments: tuple[str, ...]
    is_async: bool


def implementations(name: str, plugin: Plugin[Any]) -> dict[str, Implementation]:
    """Check a plugin's hooks and give them by name.

    Raises:
        UnfitPluginError: a hook is unknown, takes an unknown argument, or was not decorated.
    """
    _refuse_undecorated(name, plugin)
    _refuse_misdeclared(name, plugin)
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    try:
        manager.register(plugin, name=name)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise UnfitPluginError(_told(name, plugin, str(error))) from error
    found: dict[str, Implementation] = {}
    for caller in manager.get_hookcallers(plugin) or ():
        for implementation in caller.get_hookimpls():
            function = implementation.function
            if inspect.isasyncgenfunction(function):
                message = f"plugin {name}: {caller.name} is an async generator; return a list instead"
                raise UnfitPluginError(message)
            found[caller.name] = Implementation(
                function, tuple(implementation.argnames), inspect.iscoroutinefunction(function)
            )
    if not found:
        message = f"plugin {name}: it implements no hook; decorate its methods with @hookimpl"
        raise UnfitPluginError(message)
    return found


def _refuse_undecorated(name: str, plugin: Plugin[Any]) -> None:
    for hook in HOOKS:
        member = getattr(type(plugin), hook, None)
        if inspect.isfunction(member) and not hasattr(member, f"{PROJECT}_impl"):
            message = f"plugin {name}: {hook} is a hook, but is not decorated; put @hookimpl above it"
            raise UnfitPluginError(message)


def _refuse_misdeclared(name: str, plugin: Plugin[Any]) -> None:
    for member in ("writes", "hosts", "before", "after"):
        declared = getattr(plugin, member)
        if not isinstance(declared, (frozenset, set, tuple, list)) or not all(
            isinstance(each, str) for each in declared
        ):
            message = f"plugin {name}: {member} is a collection of names, not {declared!r:.80}"
            raise UnfitPluginError(message)


def _told(name: str, plugin: Plugin[Any], message: str) -> str:
    unknown = [
        member
        for member in dir(type(plugin))
        if hasattr(getattr(type(plugin), member, None), f"{PROJECT}_impl") and member not in HOOKS
    ]
    if unknown:
        near = difflib.get_close_matches(unknown[0], HOOKS, n=1)
        hint = f"; did you mean {near[0]}?" if near else f"; the hooks are {', '.join(HOOKS)}"
        return f"plugin {name}: there is no hook {unknown[0]}{hint}"
    return f"plugin {name}: {' '.join(message.split())}"
