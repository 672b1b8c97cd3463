"""One plugin on the bench: made as the host makes it, and called under observation."""

from collections.abc import Mapping
from typing import Any, Final

from missionwire.authoring.answer import Given, checked
from missionwire.authoring.calling import Called, Observer
from missionwire.authoring.network import Refusal
from missionwire.domain.document import Document
from missionwire.domain.errors import said_by
from missionwire.domain.event import Event
from missionwire.pipeline.merging import UndeclaredError
from missionwire.pipeline.participant import DOCUMENT_HOOKS, DOCUMENT_TIMEOUT_S, TIMEOUT_S
from missionwire.plugin import Plugin
from missionwire.plugins.host import ASK_TIMEOUT_S, START_TIMEOUT_S, STOP_TIMEOUT_S
from missionwire.plugins.loading import make_config, make_plugin
from missionwire.plugins.registry import Implementation, UnfitPluginError, implementations
from missionwire.store.temporary import TemporaryKeys

_OTHER_TIMEOUTS_S: Final = {
    "startup": START_TIMEOUT_S,
    "shutdown": STOP_TIMEOUT_S,
    "health": ASK_TIMEOUT_S,
    "routes": ASK_TIMEOUT_S,
    "commands": ASK_TIMEOUT_S,
}


class UnmadeError(Exception):
    """It cannot be made; `point` is the one that it breaks."""

    def __init__(self, point: str, message: str) -> None:
        super().__init__(message)
        self.point = point


class Bench:
    """One plugin, made and observed."""

    def __init__(self, name: str, plugin: Plugin[Any], hooks: Mapping[str, Implementation], observer: Observer) -> None:
        self.name = name
        self.plugin = plugin
        self.hooks = hooks
        self._observer = observer

    async def call(self, hook: str, given: Given | None = None) -> Called:
        """Call a hook once, within its deadline."""
        arguments = {} if given is None else {argument_of(given): given}
        keeps_tasks = hook == "startup"
        return await self._observer.call(self.hooks[hook], arguments, timeout_of(hook), keeps_tasks=keeps_tasks)

    async def answer(self, hook: str, given: Given) -> tuple[Called, Any]:
        """Call a stage hook; gives what became of it, and the answer as the host takes it."""
        called = await self.call(hook, given)
        if called.fault:
            return called, None
        try:
            return called, checked(hook, given, called.answer, frozenset(self.plugin.writes))
        except UndeclaredError as error:
            return called._replace(fault=str(error), is_undeclared=True), None
        except Exception as error:  # an answer may be lazy, and then anything may come of it
            return called._replace(fault=said_by(error)), None

    async def cancelled(self, hook: str, given: Given, turns: int) -> str:
        """Cancel a call after some turns of the loop; gives what is wrong with how it ended."""
        return await self._observer.cancelled(self.hooks[hook], {argument_of(given): given}, turns)


class Workshop:
    """Makes a plugin as the host does, without a network, and with keys on a server that starts when asked for."""

    def __init__(self, name: str, kind: type[Plugin[Any]], refusal: Refusal, observer: Observer) -> None:
        self._name = name
        self._kind = kind
        self._refusal = refusal
        self._observer = observer
        self._keys = TemporaryKeys()

    def make(self, settings: Mapping[str, Any]) -> Bench:
        """Make an instance with these settings.

        Raises:
            UnmadeError: its settings do not fit, its constructor fails, or its hooks are none.
        """
        try:
            config = make_config(self._name, self._kind, settings)
            given = {"http": self._refusal.client(), "store": self._keys.of(self._name)}
            plugin = make_plugin(self._name, self._kind, config, **given)
        except BaseException as error:  # whatever a constructor raises
            raise UnmadeError("config", said_by(error)) from error
        try:
            return Bench(self._name, plugin, implementations(self._name, plugin), self._observer)
        except UnfitPluginError as error:
            raise UnmadeError("hooks", str(error)) from error

    async def aclose(self) -> None:
        """Let the keys' server go."""
        await self._keys.aclose()


def argument_of(given: Given) -> str:
    """Give the name of the argument for what goes into a stage hook."""
    if isinstance(given, Document):
        return "document"
    return "event" if isinstance(given, Event) else "events"


def timeout_of(hook: str) -> float:
    """Give the deadline of a hook in seconds."""
    if hook in DOCUMENT_HOOKS:
        return DOCUMENT_TIMEOUT_S
    return _OTHER_TIMEOUTS_S.get(hook, TIMEOUT_S)
