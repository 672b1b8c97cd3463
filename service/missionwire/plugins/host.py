"""The host: loads what was discovered, starts it, and can say of each plugin how it is."""

import asyncio
import inspect
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, Literal, NamedTuple, TypeAlias, TypeVar

import httpx
import msgspec
from msgspec import Struct

from missionwire.domain.errors import said_by
from missionwire.domain.redaction import Redactor
from missionwire.plugin import Health, KeyValueStore, Plugin
from missionwire.plugins.discovery import Found
from missionwire.plugins.loading import ConfigError, load_class, make_config, make_plugin, secrets_of
from missionwire.plugins.registry import Implementation, UnfitPluginError, implementations
from missionwire.plugins.steps import Labelled

START_TIMEOUT_S: Final = 10.0
STOP_TIMEOUT_S: Final = 5.0
ASK_TIMEOUT_S: Final = 2.0
IMPORT_TIMEOUT_S: Final = 10.0
HTTP_TIMEOUT_S: Final = 10.0
HTTP_CONNECTIONS: Final = 20
THREADS: Final = 2
"""For each plugin, beside those for its calls."""

T = TypeVar("T")

State: TypeAlias = Literal["running", "disabled", "failed", "incompatible", "needs-config"]

_LOG: Final = logging.getLogger("missionwire.plugins")


class Limits(NamedTuple):
    """How long a plugin may take, in seconds, for what is not about an event."""

    import_s: float = IMPORT_TIMEOUT_S
    start_s: float = START_TIMEOUT_S
    ask_s: float = ASK_TIMEOUT_S
    stop_s: float = STOP_TIMEOUT_S


LIMITS: Final = Limits()


class Wish(Struct, frozen=True, kw_only=True):
    """What the operator set for one plugin, less what the pipeline alone needs."""

    is_enabled: bool = True
    off_reason: str = "the settings say so"
    config: Mapping[str, Any] = {}


class Loaded:
    """One plugin and how it is. `plugin` and `hooks` are there only when it runs."""

    def __init__(self, found: Found, redactor: Redactor) -> None:
        self.found = found
        self._redactor = redactor
        self.wish = Wish()
        self.state: State = "failed"
        self.reason = found.reason
        self.plugin: Plugin[Any] | None = None
        self.hooks: dict[str, Implementation] = {}

        self._threads: ThreadPoolExecutor | None = None

    @property
    def name(self) -> str:
        """The plugin's name."""
        return self.found.name

    def is_of(self, found: Found) -> bool:
        """Whether it is this plugin of this distribution."""
        return (self.name, self.found.distribution) == (found.name, found.distribution)

    def is_as_wanted(self, found: Found, wish: Wish) -> bool:
        """Whether nothing is to be done about it. One that runs keeps its code until a restart."""
        return self.wish == wish and (self.state == "running" or self.found == found)

    async def in_thread(self, function: Callable[[], T]) -> T:
        """Run a function in one of the plugin's own threads: one that never comes back is missed by nobody else."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix=f"plugin {self.name}")
        return await asyncio.get_running_loop().run_in_executor(self._threads, function)

    def let_threads_go(self) -> None:
        """Wait for no thread any more."""
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)

    def fail(self, state: State, reason: str) -> None:
        """Note why it does not run."""
        reason = self._redactor.mask(reason)
        self.state, self.reason, self.plugin, self.hooks = state, reason, None, {}
        _LOG.warning("plugin %s is %s: %s", self.name, state, reason)


class Host:
    """Every plugin that is there, loaded or with the reason why not."""

    def __init__(
        self,
        user_agent: str,
        hold: Callable[[str], None] = lambda _: None,
        limits: Limits = LIMITS,
        redactor: Redactor | None = None,
    ) -> None:
        """Make an empty host. `hold` is told `<plugin> <hook>` before each step of a plugin's coroutine."""
        self.plugins: list[Loaded] = []
        self._redactor = redactor or Redactor()
        self._hold = hold
        self._limits = limits
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
        *,
        left_out: Mapping[str, str] | None = None,
    ) -> list[Loaded]:
        """Load and start plugins, each within its own time; gives those that run. Nothing here raises for a plugin.

        `left_out` names plugins that are not started, with the reason.
        """
        if self._http is None:
            self._http = httpx.AsyncClient(
                timeout=HTTP_TIMEOUT_S,
                limits=httpx.Limits(max_connections=HTTP_CONNECTIONS),
                headers={"User-Agent": self._user_agent},
            )
        fresh = [Loaded(each, self._redactor) for each in found]
        self.plugins += fresh
        for loaded in fresh:
            loaded.reason = (left_out or {}).get(loaded.name, loaded.reason)
        for loaded in fresh:  # one after another: two imports at a time can deadlock on a shared module
            await self._load(loaded, wishes.get(loaded.name, Wish()), store_of)
        await asyncio.gather(*(self._startup(loaded) for loaded in fresh if loaded.state == "running"))
        return [loaded for loaded in fresh if loaded.state == "running"]

    async def renew(self, found: Found, wish: Wish, store_of: Callable[[str], KeyValueStore]) -> Loaded | None:
        """Load a plugin by other wishes, in place of the one of its name. Gives the one that is to be retired.

        One that runs goes on as it is when its successor cannot be loaded; the reason is logged.
        """
        fresh = Loaded(found, self._redactor)
        await self._load(fresh, wish, store_of)
        if fresh.state == "running":
            await self._startup(fresh)
        place = next((i for i, loaded in enumerate(self.plugins) if loaded.is_of(found)), None)
        if place is None:
            self.plugins.append(fresh)
            return None
        old = self.plugins[place]
        if old.state == "running" and fresh.state not in ("running", "disabled"):
            old.wish = wish  # tried once, not at every look
            _LOG.error("plugin %s goes on as it was: %s", found.name, fresh.reason)
            return None
        self.plugins[place] = fresh
        return old if old.state == "running" else None

    def let_go(self, there: Sequence[Found]) -> list[Loaded]:
        """Forget the plugins that are no longer among those that are there; gives those that are to be retired."""
        gone = [loaded for loaded in self.plugins if not any(loaded.is_of(found) for found in there)]
        self.plugins = [loaded for loaded in self.plugins if loaded not in gone]
        ran = [loaded for loaded in gone if loaded.state == "running"]
        for loaded in gone:
            if loaded not in ran:
                loaded.let_threads_go()
        return ran

    async def _load(self, loaded: Loaded, wish: Wish, store_of: Callable[[str], KeyValueStore]) -> None:
        loaded.wish = wish
        if not wish.is_enabled:
            loaded.state, loaded.reason = "disabled", wish.off_reason
            return
        if loaded.reason is not None:
            loaded.fail("incompatible" if loaded.found.state == "incompatible" else "failed", loaded.reason)
            return

        def make() -> tuple[Plugin[Any], dict[str, Implementation]]:
            kind = load_class(loaded.found)
            config = make_config(loaded.name, kind, wish.config)
            for secret in secrets_of(config):
                self._redactor.add(secret)
            plugin = make_plugin(loaded.name, kind, config, http=self._http, store=store_of(loaded.name))
            return plugin, implementations(loaded.name, plugin)

        try:
            async with asyncio.timeout(self._limits.import_s):
                loaded.plugin, loaded.hooks = await loaded.in_thread(make)
            loaded.state = "running"
        except ConfigError as error:
            loaded.fail("needs-config", str(error))
        except UnfitPluginError as error:
            loaded.fail("failed", str(error))
        except TimeoutError:
            loaded.fail("failed", f"its import took longer than {self._limits.import_s:g} s")
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # whatever an import or a constructor raises harms only its plugin
            loaded.fail("failed", said_by(error))

    async def _startup(self, loaded: Loaded) -> None:
        hook = loaded.hooks.get("startup")
        if hook is None:
            return
        try:
            async with asyncio.timeout(self._limits.start_s):
                await self._run(loaded, hook, "startup")
        except TimeoutError:
            loaded.fail("failed", f"startup took longer than {self._limits.start_s:g} s")
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # contained, and named in the reason
            loaded.fail("failed", f"startup: {said_by(error)}")

    async def routes(self, loaded: Loaded) -> list[Any]:
        """Ask a plugin for its route handlers; none where that fails."""
        hook = loaded.hooks.get("routes")
        found = await self._ask(loaded, hook, "routes") if hook is not None else None
        return list(found) if isinstance(found, (list, tuple)) else []

    async def health(self) -> dict[str, Health]:
        """Ask the running plugins how they are; one that cannot say is not well."""
        found: dict[str, Health] = {}
        for loaded in self.running:
            hook = loaded.hooks.get("health")
            if hook is not None:
                said = await self._ask(loaded, hook, "health")
                health = _checked(said)
                found[loaded.name] = msgspec.structs.replace(health, detail=self._redactor.mask(health.detail))
        return found

    async def _ask(self, loaded: Loaded, hook: Implementation, name: str) -> object:
        try:
            async with asyncio.timeout(self._limits.ask_s):
                return await self._run(loaded, hook, name)
        except BaseException as error:
            if isinstance(error, asyncio.CancelledError):
                raise
            _LOG.warning("plugin %s: %s", loaded.name, self._redactor.mask(said_by(error)))
            return None

    async def _run(self, loaded: Loaded, hook: Implementation, name: str) -> object:
        """Call a hook without arguments, sync ones in a thread."""
        label = f"{loaded.name} {name}"
        if hook.is_async:
            return await Labelled(hook.function(), label, self._hold)
        answer: object = await loaded.in_thread(hook.function)
        return await Labelled(answer, label, self._hold) if inspect.iscoroutine(answer) else answer

    async def retire(self, loaded: Loaded) -> None:
        """Stop one plugin; bounded."""
        hook = loaded.hooks.get("shutdown")
        if hook is not None:
            try:
                async with asyncio.timeout(self._limits.stop_s):
                    await self._run(loaded, hook, "shutdown")
            except BaseException as error:
                if isinstance(error, asyncio.CancelledError):
                    raise
                _LOG.warning("plugin %s: shutdown: %s", loaded.name, self._redactor.mask(said_by(error)))
        loaded.let_threads_go()

    async def stop(self) -> None:
        """Stop everything, in reverse order, each bounded."""
        for loaded in reversed(self.running):
            await self.retire(loaded)
        for loaded in self.plugins:
            loaded.let_threads_go()
        if self._http is not None:
            await self._http.aclose()


def _checked(said: object) -> Health:
    """Give what a plugin says of its health, if that is what it should be."""
    try:
        return msgspec.convert(msgspec.to_builtins(said), Health)
    except Exception:  # whatever it gave
        return Health(is_ok=False, detail="it did not say how it is")
