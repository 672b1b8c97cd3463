"""The host: loads what was discovered, starts it, and can say of each plugin how it is."""

import asyncio
import inspect
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal, TypeAlias

import httpx
from msgspec import Struct

from missionwire.plugin import Health, KeyValueStore, Plugin
from missionwire.plugins.discovery import Found
from missionwire.plugins.loading import ConfigError, load_class, make_config, make_plugin
from missionwire.plugins.registry import Implementation, UnfitPluginError, implementations

START_TIMEOUT_S: Final = 10.0
STOP_TIMEOUT_S: Final = 5.0
ASK_TIMEOUT_S: Final = 2.0
IMPORT_TIMEOUT_S: Final = 10.0
HTTP_TIMEOUT_S: Final = 10.0
HTTP_CONNECTIONS: Final = 20

State: TypeAlias = Literal["running", "disabled", "failed", "incompatible", "needs-config"]

_LOG: Final = logging.getLogger("missionwire.plugins")


class Wish(Struct, frozen=True, kw_only=True):
    """What the operator set for one plugin, less what the pipeline alone needs."""

    is_enabled: bool = True
    config: Mapping[str, Any] = {}


class Loaded:
    """One plugin and how it is. `plugin` and `hooks` are there only when it runs."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.state: State = "failed"
        self.reason = found.reason
        self.plugin: Plugin[Any] | None = None
        self.hooks: dict[str, Implementation] = {}

    @property
    def name(self) -> str:
        """The plugin's name."""
        return self.found.name

    def fail(self, state: State, reason: str) -> None:
        """Note why it does not run."""
        self.state, self.reason, self.plugin, self.hooks = state, reason, None, {}
        _LOG.warning("plugin %s is %s: %s", self.name, state, reason)


class Host:
    """Every plugin that is there, loaded or with the reason why not."""

    def __init__(self, user_agent: str) -> None:
        self.plugins: list[Loaded] = []
        self._user_agent = user_agent
        self._http: httpx.AsyncClient | None = None

    @property
    def running(self) -> list[Loaded]:
        """The plugins that run."""
        return [loaded for loaded in self.plugins if loaded.state == "running"]

    async def start(
        self,
        found: Iterable[Found],
        wishes: Mapping[str, Wish],
        store_of: Callable[[str], KeyValueStore],
    ) -> list[Loaded]:
        """Load and start plugins, each within its own time; gives those that run. Nothing here raises for a plugin."""
        if self._http is None:
            self._http = httpx.AsyncClient(
                timeout=HTTP_TIMEOUT_S,
                limits=httpx.Limits(max_connections=HTTP_CONNECTIONS),
                headers={"User-Agent": self._user_agent},
            )
        fresh = [Loaded(each) for each in found]
        self.plugins += fresh
        for loaded in fresh:  # one after another: two imports at a time can deadlock on a shared module
            await self._load(loaded, wishes.get(loaded.name, Wish()), store_of)
        await asyncio.gather(*(self._startup(loaded) for loaded in fresh if loaded.state == "running"))
        return [loaded for loaded in fresh if loaded.state == "running"]

    async def _load(self, loaded: Loaded, wish: Wish, store_of: Callable[[str], KeyValueStore]) -> None:
        if not wish.is_enabled:
            loaded.state, loaded.reason = "disabled", "the settings say so"
            return
        if loaded.found.reason is not None:
            loaded.fail("incompatible" if loaded.found.state == "incompatible" else "failed", loaded.found.reason)
            return
        try:
            async with asyncio.timeout(IMPORT_TIMEOUT_S):
                kind = await asyncio.to_thread(load_class, loaded.found)
            config = make_config(loaded.name, kind, wish.config)
            plugin = make_plugin(loaded.name, kind, config, http=self._http, store=store_of(loaded.name))
            loaded.hooks = implementations(loaded.name, plugin)
            loaded.plugin, loaded.state, loaded.reason = plugin, "running", None
        except ConfigError as error:
            loaded.fail("needs-config", str(error))
        except UnfitPluginError as error:
            loaded.fail("failed", str(error))
        except TimeoutError:
            loaded.fail("failed", f"its import took longer than {IMPORT_TIMEOUT_S:g} s")
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # whatever an import or a constructor raises harms only its plugin
            loaded.fail("failed", f"{type(error).__name__}: {error}")

    async def _startup(self, loaded: Loaded) -> None:
        hook = loaded.hooks.get("startup")
        if hook is None:
            return
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                await _run(hook)
        except TimeoutError:
            loaded.fail("failed", f"startup took longer than {START_TIMEOUT_S:g} s")
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # contained, and named in the reason
            loaded.fail("failed", f"startup: {type(error).__name__}: {error}")

    async def routes(self, loaded: Loaded) -> list[Any]:
        """Ask a plugin for its route handlers; none where that fails."""
        hook = loaded.hooks.get("routes")
        found = await self._ask(loaded, hook) if hook is not None else None
        return list(found) if isinstance(found, (list, tuple)) else []

    async def health(self) -> dict[str, Health]:
        """Ask the running plugins how they are; one that cannot say is not well."""
        found: dict[str, Health] = {}
        for loaded in self.running:
            hook = loaded.hooks.get("health")
            if hook is not None:
                said = await self._ask(loaded, hook)
                silent = Health(is_ok=False, detail="it did not say how it is")
                found[loaded.name] = said if isinstance(said, Health) else silent
        return found

    async def _ask(self, loaded: Loaded, hook: Implementation) -> object:
        try:
            async with asyncio.timeout(ASK_TIMEOUT_S):
                return await _run(hook)
        except BaseException as error:
            if isinstance(error, asyncio.CancelledError):
                raise
            _LOG.warning("plugin %s: %s: %s", loaded.name, type(error).__name__, error)
            return None

    async def stop(self) -> None:
        """Stop everything, in reverse order, each bounded."""
        for loaded in reversed(self.running):
            hook = loaded.hooks.get("shutdown")
            if hook is None:
                continue
            try:
                async with asyncio.timeout(STOP_TIMEOUT_S):
                    await _run(hook)
            except BaseException as error:
                if isinstance(error, asyncio.CancelledError):
                    raise
                _LOG.warning("plugin %s: shutdown: %s: %s", loaded.name, type(error).__name__, error)
        if self._http is not None:
            await self._http.aclose()


async def _run(hook: Implementation) -> object:
    """Call a hook without arguments, sync ones in a thread."""
    if hook.is_async:
        return await hook.function()
    answer: object = await asyncio.to_thread(hook.function)
    return await answer if inspect.isawaitable(answer) else answer
