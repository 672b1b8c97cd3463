"""Plugins and participants for the tests of the pipeline, made as the host makes them."""

from collections.abc import Callable
from typing import Any

from missionwire.pipeline.participant import Hook, Participant
from missionwire.plugin import Config, Plugin
from missionwire.plugins.registry import implementations
from missionwire.testing import make

NAMES = ("event", "events", "document")


def participant(
    name: str, hooks: dict[str, Callable[..., Any]] | None = None, *, is_async: bool = True, **options: Any
) -> Participant:
    """Make a participant of functions that take what their hook gives."""
    made = {}
    for hook, function in (hooks or {"enrich": _nothing}).items():
        code = function.__code__
        taken = tuple(each for each in NAMES if each in code.co_varnames[: code.co_argcount])
        made[hook] = Hook(function, taken, is_async)
    return Participant(name, "1.0", made, **options)


async def _nothing(event: object) -> None:
    """Add nothing."""


def of_class(kind: type[Plugin[Config]], **options: Any) -> Participant:
    """Make a participant of a plugin class, named after it."""
    plugin = make(kind)
    hooks = {hook: Hook(*found) for hook, found in implementations(plugin.name, plugin).items()}
    return Participant(plugin.name, "1.0", hooks, writes=plugin.writes, **{"after": plugin.after, **options})
