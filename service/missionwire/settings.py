"""Settings: defaults < TOML file < environment < flags. All faults are told together, each with where it stands."""

import difflib
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Literal, get_type_hints

import msgspec
from msgspec import Struct
from msgspec import field as member

from missionwire.domain.errors import SettingsError

ENVIRONMENT: Final = "MISSIONWIRE_"
NOT_SETTINGS: Final = frozenset({"MISSIONWIRE_URL", "MISSIONWIRE_CONFIG"})
"""Variables of this prefix that are read elsewhere: the service that a client asks, the settings file."""


_SERVICE_LINK: Final = re.compile(r"MISSIONWIRE_(\w+_)?(SERVICE_(HOST|PORT)|PORT_\d+_(TCP|UDP|SCTP))(_\w+)?")


class IntakeSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What comes in."""

    max_body_bytes: int = 4 << 20
    """The largest body of one request; a larger one is refused with 413."""
    max_queued_items: int = 20_000
    """Items that may wait in this process to be written; one more is refused with 503."""
    max_inbox_entries: int = 100_000
    """Entries that may wait in one of the 16 inbox streams to be enriched; one more is refused with 503."""
    dry_run_timeout_s: float = 30.0
    """How long a dry run may take."""
    webpage_timeout_s: float = 10.0
    """How long the reading of one web page may take; a page that takes longer is refused with 422."""


class FeedSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The live feed."""

    max_subscribers: int = 20_000
    """Open feeds of one process; newcomers beyond are refused, nobody is evicted."""
    ring_bytes: int = 64 << 20
    """Latest events kept in memory; who is further behind is served from the log."""
    catch_up_reads: int = 8
    """Pages of the log read at once for those who are behind."""
    write_timeout_s: float = 30.0
    """A reader that takes nothing for this long is closed; it can resume."""
    heartbeat_s: float = 15.0
    """How long a stream may be silent."""
    retry_ms: int = 3000
    """What a client is told to wait before it reconnects; spread per connection."""
    direct: bool = True
    """Whether plain streams take their connection to themselves; false goes through ASGI, as other servers do."""
    drain_s: float = 5.0
    """How long readers may take to leave when the process goes down."""


class KeepSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is kept, and for how long."""

    wire_bytes: int = 1 << 30
    """Bytes of events on the wire; the oldest go first."""
    wire_age_s: float | None = None
    """Age of the oldest event; unset, only the size counts."""
    dedupe_window_s: float = 86400
    """How long an identity is known at least, 70 to 120 bytes of memory each; never shorter than its event is kept."""
    dead_letters_s: float = 30 * 86400
    """How long dead letters are kept."""
    reserve_disk_bytes: int = 256 << 20
    """Disk that is kept free (embedded server); below it intake answers 507."""
    max_memory_bytes: int | None = None
    """Memory of the embedded server; unset, half of the machine's."""


class PluginSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One plugin: what the host does with it, and its own settings."""

    enabled: bool = True
    """Whether it is loaded."""
    timeout_s: float | None = None
    """The deadline of each call; unset, 2 s, and 10 s for hooks that get a document."""
    mode: Literal["run", "shadow"] = "run"
    """`shadow` runs the plugin and only records what it would have done: an event in `ext`, an article in `shadow`."""
    on_error: Literal["skip", "dead-letter", "drop", "fail"] = "skip"
    """What a fault does to the event: go on without the plugin, become a dead letter, be dropped, or wait for it."""
    order: int | None = None
    """Plugins that have one come first in each stage, the lowest first, after those of `plugin_order`."""
    concurrency: int | None = None
    """How many calls of it may be under way at a time; unset, as many as there are missions at work, one batch."""
    config: dict[str, Any] = member(default_factory=dict)
    """The plugin's own settings, checked by the plugin's own class."""


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings of the service."""

    name: str = "main"
    """The wire's name; the keys of several wires may share one server."""
    host: str = "127.0.0.1"
    """The address to listen on. There are no keys yet: on another one, anybody who reaches it can publish."""
    port: int = 8000
    """The port to listen on; 0 takes a free one."""
    data_dir: str | None = None
    """The folder of the embedded server; unset, one in the user's data folder."""
    redis_url: str | None = None
    """An external Redis (7.2 or later) or Valkey: redis://, rediss:// or unix://. Unset, the embedded one is used."""
    processes: int = 1
    """HTTP processes that `serve` starts; they share the port, and `/metrics` gives their sum."""
    workers: int = 1
    """Worker processes that `serve` starts; 0 where `missionwire worker` runs elsewhere."""
    worker_hang_s: float = 20.0
    """A worker or HTTP process whose loop does not turn for this long is replaced."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """What is written to standard error."""
    cors_origins: list[str] = member(default_factory=lambda: ["*"])
    """Origins whose pages may read the feed and the REST API."""
    plugins_dir: str | None = None
    """A folder of single-file plugins; unset, `plugins` in the data folder."""
    plugin_order: list[str] = member(default_factory=list)
    """Plugins that come first in each stage, in this order; the rest follow by their own wishes and names."""
    config_file: str | None = None
    """The settings file that was read, filled in by itself: a running worker follows what it says of plugins."""
    strict_plugins: bool = False
    """Whether a plugin that cannot be loaded keeps the service from starting."""
    intake: IntakeSettings = member(default_factory=IntakeSettings)
    feed: FeedSettings = member(default_factory=FeedSettings)
    keep: KeepSettings = member(default_factory=KeepSettings)
    plugins: dict[str, PluginSettings] = member(default_factory=dict)

    @property
    def data_folder(self) -> Path:
        """The folder of the embedded server."""
        if self.data_dir is not None:
            return Path(self.data_dir).expanduser()
        from platformdirs import user_data_path  # noqa: PLC0415  # only where it is asked for

        return user_data_path("missionwire")

    @property
    def plugins_folder(self) -> Path:
        """The folder of single-file plugins; it need not be there."""
        return self.data_folder / "plugins" if self.plugins_dir is None else Path(self.plugins_dir).expanduser()


_SECTIONS: Final[Mapping[str, type[Struct]]] = {"intake": IntakeSettings, "feed": FeedSettings, "keep": KeepSettings}


def load_settings(
    file: Path | None, environment: Mapping[str, str], flags: Mapping[str, Any] | None = None
) -> Settings:
    """Put the settings together.

    Raises:
        SettingsError: with every fault, one a line.
    """
    faults: list[str] = []
    merged: dict[str, Any] = _checked(_from_file(file, faults), f"{file}", faults) if file is not None else {}
    _merge(merged, _from_environment(environment, faults))
    _merge(merged, {name: value for name, value in (flags or {}).items() if value is not None})
    faults += _out_of_bounds(merged)
    if faults:
        raise SettingsError(faults)
    if file is not None:
        merged["config_file"] = str(file.absolute())
    return msgspec.convert(merged, Settings)


def _from_file(file: Path, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(f"{file}: there is no such file")
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{file}: cannot be read: {error}")
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{file}: is not TOML: {error}")
    return {}


def _checked(given: Mapping[str, Any], where: str, faults: list[str]) -> dict[str, Any]:
    """Check each value on its own, so that one fault does not hide the others."""
    kept: dict[str, Any] = {}
    hints = get_type_hints(Settings)
    for name, value in given.items():
        if name not in hints:
            faults.append(f"{where}: {name!r} is not known{_near(name, hints)}")
        elif name in _SECTIONS and isinstance(value, Mapping):
            kept[name] = _checked_members(value, _SECTIONS[name], f"{where}: {name}", faults)
        elif name == "plugins" and isinstance(value, Mapping):
            kept[name] = _checked_plugins(value, f"{where}: plugins", faults)
        else:
            _take(kept, name, value, hints[name], f"{where}: {name}", faults)
    return kept


def _checked_plugins(given: Mapping[str, Any], where: str, faults: list[str]) -> dict[str, Any]:
    kept = {}
    for plugin, each in given.items():
        if isinstance(each, Mapping):
            kept[plugin] = _checked_members(each, PluginSettings, f"{where}.{plugin}", faults)
        else:
            faults.append(f"{where}.{plugin}: is a table, as in [plugins.{plugin}], it is {each!r}")
    return kept


def _checked_members(given: Mapping[str, Any], kind: type[Struct], where: str, faults: list[str]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    kept: dict[str, Any] = {}
    for name, value in given.items():
        if name in hints:
            _take(kept, name, value, hints[name], f"{where}.{name}", faults)
        else:
            faults.append(f"{where}.{name}: is not known{_near(name, hints)}")
    return kept


def _take(kept: dict[str, Any], name: str, value: object, kind: Any, where: str, faults: list[str]) -> None:  # noqa: ANN401  # a type
    try:
        kept[name] = msgspec.convert(value, kind, strict=not isinstance(value, str) or kind is str)
    except msgspec.ValidationError as error:
        faults.append(f"{where}: {str(error).split(' - at ')[0]}, it is {value!r}")


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def environment_names() -> dict[str, tuple[str, ...]]:
    """Give the variable of every setting that has one, with its path."""
    names: dict[str, tuple[str, ...]] = {}
    for name in Settings.__struct_fields__:
        if name in _SECTIONS:
            for each in _SECTIONS[name].__struct_fields__:
                names[f"{ENVIRONMENT}{name}_{each}".upper()] = (name, each)
        elif name != "plugins":
            names[f"{ENVIRONMENT}{name}".upper()] = (name,)
    return names


def _is_service_link(variable: str, value: str) -> bool:
    """Whether a variable is one that Kubernetes sets for a service of our name."""
    return bool(_SERVICE_LINK.fullmatch(variable)) or (
        variable.endswith("_PORT") and value.startswith(("tcp://", "udp://"))
    )


def _from_environment(environment: Mapping[str, str], faults: list[str]) -> dict[str, Any]:
    names = environment_names()
    found: dict[str, Any] = {}
    for variable, value in sorted(environment.items()):
        if not variable.startswith(ENVIRONMENT) or variable in NOT_SETTINGS or _is_service_link(variable, value):
            continue
        path = names.get(variable)
        if path is None:
            if near := _near(variable, names):
                faults.append(f"environment: {variable} is not known{near}")
            continue
        *section, name = path
        hints = get_type_hints(_SECTIONS[section[0]] if section else Settings)
        target = found.setdefault(section[0], {}) if section else found
        given: object = value.split(",") if name in ("cors_origins", "plugin_order") else value
        _take(target, name, given, hints[name], f"environment: {variable}", faults)
    return found


def _merge(low: dict[str, Any], high: Mapping[str, Any]) -> None:
    for name, value in high.items():
        if isinstance(value, Mapping) and isinstance(low.get(name), dict):
            _merge(low[name], value)
        else:
            low[name] = dict(value) if isinstance(value, Mapping) else value


_AT_LEAST: Final[Mapping[tuple[str, ...], float]] = {
    ("port",): 0,
    ("processes",): 1,
    ("workers",): 0,
    ("worker_hang_s",): 1,
    ("intake", "max_body_bytes"): 1024,
    ("intake", "max_queued_items"): 1000,
    ("intake", "max_inbox_entries"): 1000,
    ("intake", "dry_run_timeout_s"): 0.1,
    ("intake", "webpage_timeout_s"): 0.1,
    ("feed", "max_subscribers"): 1,
    ("feed", "ring_bytes"): 1 << 16,
    ("feed", "catch_up_reads"): 1,
    ("feed", "write_timeout_s"): 0.1,
    ("feed", "heartbeat_s"): 0.1,
    ("feed", "retry_ms"): 1,
    ("feed", "drain_s"): 0,
    ("keep", "wire_bytes"): 1 << 16,
    ("keep", "wire_age_s"): 1,
    ("keep", "dedupe_window_s"): 1,
    ("keep", "dead_letters_s"): 1,
    ("keep", "reserve_disk_bytes"): 0,
    ("keep", "max_memory_bytes"): 16 << 20,
}
_MAX_PORT: Final = 65_535


def _out_of_bounds(merged: Mapping[str, Any]) -> list[str]:
    faults = []
    for path, low in _AT_LEAST.items():
        value: Any = merged
        for part in path:
            value = value.get(part) if isinstance(value, Mapping) else None
        if isinstance(value, (int, float)) and not low <= value < math.inf:
            faults.append(f"{'.'.join(path)}: must be a number, at least {low:g}, it is {value}")
    for plugin, wish in (merged.get("plugins") or {}).items():
        timeout_s = wish.get("timeout_s")
        if timeout_s is not None and not 0 < timeout_s < math.inf:
            faults.append(f"plugins.{plugin}.timeout_s: must be a number above 0, it is {timeout_s}")
    folder = merged.get("plugins_dir")
    if isinstance(folder, str) and not Path(folder).expanduser().is_dir():
        faults.append(f"plugins_dir: there is no folder {folder}")
    port = merged.get("port")
    if isinstance(port, int) and port > _MAX_PORT:
        faults.append(f"port: must be at most {_MAX_PORT}, it is {port}")
    if (url := merged.get("redis_url")) and not str(url).startswith(("redis://", "rediss://", "unix://")):
        faults.append("redis_url: must begin with redis://, rediss:// or unix://")
    name = merged.get("name")
    if isinstance(name, str) and not (name.replace("-", "").replace("_", "").isalnum() and name.isascii()):
        faults.append(f"name: use letters, digits, - and _, it is {name!r}")
    return faults
