"""All that a plugin may import: the hooks, the base classes, and the types that hooks take and give.

A plugin is a class with hook implementations, named by an entry point of the group `missionwire.v1`:

    from missionwire.plugin import Config, Event, Patch, Plugin, hookimpl

    class Settings(Config):
        words_per_minute: int = 220

    class Readtime(Plugin[Settings]):
        \"\"\"Adds how many minutes a text takes to read.\"\"\"

        @hookimpl
        async def enrich(self, event: Event) -> Patch | None:
            if not event.data.text:
                return None
            minutes = len(event.data.text.split()) / self.config.words_per_minute
            return Patch(ext={"minutes": round(minutes, 1)})

An implementation takes only the arguments that it names, may be sync or async, and gets frozen input. Each call has a
deadline; on a fault the event goes on without it and says so.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Protocol, TypeVar, get_args, get_origin

import msgspec
import pluggy

from missionwire.domain.correction import Correction, Reading
from missionwire.domain.document import (
    AgencyMention,
    CraftMention,
    Document,
    Draft,
    Gender,
    Mention,
    PersonMention,
    TimeMention,
)
from missionwire.domain.event import AgencyTag, Data, Event, Patch, Person
from missionwire.domain.slug import mission_slug, slug
from missionwire.domain.span import Span
from missionwire.domain.vocabulary import Narration, TimePrecision

if TYPE_CHECKING:
    import httpx

__all__ = [
    "API_LEVEL",
    "AgencyMention",
    "AgencyTag",
    "Config",
    "Context",
    "Correction",
    "CraftMention",
    "Data",
    "Document",
    "Draft",
    "Drop",
    "Event",
    "Gender",
    "Health",
    "Hooks",
    "KeyValueStore",
    "Mention",
    "Narration",
    "Patch",
    "Person",
    "PersonMention",
    "Plugin",
    "Reading",
    "Retry",
    "Secret",
    "Span",
    "TimeMention",
    "TimePrecision",
    "hookimpl",
    "mission_slug",
    "slug",
]

API_LEVEL: Final = 1
"""The level of this contract; it is the number in the entry point group's name, `missionwire.v1`."""

hookimpl: Final = pluggy.HookimplMarker("missionwire")
_marker: Final = pluggy.HookspecMarker("missionwire")

F = TypeVar("F", bound=Callable[..., Any])


def hookspec(*, since: int, deprecated: str | None = None) -> Callable[[F], F]:
    """Mark a hook of the contract: the API level it came with, and where it goes away, what to use instead."""

    def mark(hook: F) -> F:
        hook.missionwire_since = since  # type: ignore[attr-defined]  # read by the pages that are made of this
        hook.missionwire_deprecated = deprecated  # type: ignore[attr-defined]  # same
        marked: F = _marker(hook)
        return marked

    return mark


class Config(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The base of a plugin's own settings: `[plugins.NAME.config]`. Each member needs a default."""


class Secret:
    """A setting that nobody may see: `token: Secret = Secret("")`.

    In `[plugins.NAME.config]` it is a text, or a reference: `env:NAME` is a variable of the environment, `file:/path` a
    file's content without the line end. It shows as `***` wherever it is printed; `get` gives the value.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def get(self) -> str:
        """Give the value. What is done with it is the plugin's care."""
        return self._value

    def __repr__(self) -> str:
        return "***"

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


ConfigT_co = TypeVar("ConfigT_co", bound=Config, covariant=True)


class KeyValueStore(Protocol):
    """A plugin's own keys on the server, which no other plugin sees. Values are bytes, at most 1 MiB each."""

    async def get(self, key: str) -> bytes | None:
        """Give the value, or None where there is none."""

    async def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """Give the values of several keys in one step, None where there is none."""

    async def set(self, key: str, value: bytes, *, ttl_s: float | None = None) -> None:
        """Keep a value, for `ttl_s` seconds where given."""

    async def delete(self, key: str) -> None:
        """Forget a key; one that is not there is no error."""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What the host hands to a plugin when it makes it. A plugin reads these from `self`."""

    name: str
    config: Config
    log: logging.Logger
    http: "httpx.AsyncClient | None" = None
    store: Any = None


class Plugin(Generic[ConfigT_co]):
    """The base of every plugin. State belongs on the instance, never in a module; slow set-up belongs in `startup`.

    `writes` names the core members that its patches may fill (`crew`, `agencies`, `subject`, `station` …); `hosts` the
    hosts that it contacts; `before` and `after` the plugins that it wants to come before or after within a stage.
    """

    writes: ClassVar[frozenset[str]] = frozenset()
    hosts: ClassVar[tuple[str, ...]] = ()
    before: ClassVar[tuple[str, ...]] = ()
    after: ClassVar[tuple[str, ...]] = ()

    def __init__(self, context: Context) -> None:
        """Take what the host gives: `self.config`, `self.log`, `self.http`, `self.store`."""
        self.name = context.name
        self.config: ConfigT_co = context.config  # type: ignore[assignment]  # the host made it from `config_type`
        self.log = context.log
        self._http = context.http
        self._store = context.store

    @property
    def http(self) -> "httpx.AsyncClient":
        """The shared HTTP client: bounded connections, a time limit for each request, a User-Agent that names us."""
        if self._http is None:
            message = f"plugin {self.name}: no HTTP client here; it is there from `startup` on, in a worker"
            raise RuntimeError(message)
        return self._http

    @property
    def store(self) -> KeyValueStore:
        """The plugin's own keys on the server."""
        if self._store is None:
            message = f"plugin {self.name}: no store here; it is there from `startup` on, in a worker"
            raise RuntimeError(message)
        return self._store  # type: ignore[no-any-return]  # Context cannot name a Protocol that msgspec would check

    @classmethod
    def config_type(cls) -> type[Config]:
        """Give the Struct in `class Name(Plugin[Struct])`; `Config` itself for a plugin without settings."""
        for parent in cls.__mro__:
            for base in getattr(parent, "__orig_bases__", ()):
                if get_origin(base) is Plugin and isinstance(found := get_args(base)[0], type):
                    return found
        return Config


class Retry(Exception):
    """Raised by a hook that wants to be asked again about this event, `after_s` seconds later."""

    def __init__(self, after_s: float, reason: str = "") -> None:
        super().__init__(reason or f"again in {after_s:g} s")
        self.after_s = after_s
        self.reason = reason


class Drop(Exception):
    """Raised, or given by `keep`, for an event that should not be published; `reason` is a short word for the count."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How a plugin is: `detail` is one sentence for the operator."""

    is_ok: bool
    detail: str = ""


class Hooks:
    """The hooks of API level 1, in the order in which an event meets them. Every argument is optional to take."""

    @hookspec(since=1)
    def startup(self) -> None:
        """Set up, once, before any event; bounded. May be async."""

    @hookspec(since=1)
    def annotate(self, document: Document) -> Iterable[Mention] | None:
        """Find who and what a text names: people, agencies, craft, times. `document` has what earlier plugins found."""

    @hookspec(since=1)
    def repair(self, document: Document) -> Iterable[Correction] | None:
        """Propose edits of the text, knowing all mentions. The host applies them once, after this stage.

        `document.text` is the original, `document.corrections` what earlier plugins proposed.
        """

    @hookspec(since=1)
    def extract(self, document: Document) -> Iterable[Draft] | None:
        """Find the events that an article narrates. `document.reading()` is the repaired text with the way back."""

    @hookspec(since=1)
    def enrich(self, event: Event) -> Patch | None:
        """Add facts to an event, extracted or sent."""

    @hookspec(since=1)
    def enrich_batch(self, events: Sequence[Event]) -> Sequence[Patch | None] | None:
        """Add facts to several events at once: one patch, or None, for each, in their order.

        Whatever waits for it at the same time comes in one call, at most 64 events; meanwhile the next ones gather.
        A fault of it, or of a single patch, is each event's; when it raises `Drop`, it is asked about each one alone.
        """

    @hookspec(since=1)
    def classify(self, event: Event) -> Patch | None:
        """Label an event once its facts are there; labels go to `ext.<plugin>`."""

    @hookspec(since=1)
    def keep(self, event: Event) -> Drop | None:
        """Say `Drop(reason)` for an event that should not be published; None keeps it."""

    @hookspec(since=1)
    def routes(self) -> Sequence[Any] | None:
        """Give Litestar route handlers, served below `/v1/x/<plugin>/`. Import Litestar inside this function."""

    @hookspec(since=1)
    def commands(self) -> Mapping[str, Any] | None:
        """Give click commands by name, run as `missionwire x <plugin> <name>`."""

    @hookspec(since=1)
    def health(self) -> Health | None:
        """Say how the plugin is, when asked."""

    @hookspec(since=1)
    def shutdown(self) -> None:
        """Let go of what `startup` took; bounded, safe to call twice. May be async."""
