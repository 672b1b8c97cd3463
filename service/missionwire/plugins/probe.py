"""The other end of a trial: a process that loads one plugin, says what it found, and ends. Nothing else imports this.

python -P -m missionwire.plugins.probe < order.json
"""

import os
import site
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from missionwire.domain.errors import said_by
from missionwire.plugin import Config, Plugin
from missionwire.plugins.discovery import discover
from missionwire.plugins.loading import ConfigError, config_schema, load_class, make_config, make_plugin
from missionwire.plugins.registry import UnfitPluginError, implementations
from missionwire.plugins.trial import Order, Probed, Step


def main() -> None:
    """Do what the order on standard input says; what is found goes to the file that it names."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    if order.site is not None:
        before = list(sys.path)
        site.addsitedir(order.site)
        fresh = [entry for entry in sys.path if entry not in before]
        sys.path[:] = [*fresh, *before]
    try:
        found = _probed(order)
    except BaseException as error:  # whatever a plugin raises, SystemExit included, is what is told
        found = Probed(step="import", reason=said_by(error))
    answer = Path(order.answer)
    fresh_answer = answer.with_suffix(".new")
    fresh_answer.write_bytes(msgspec.json.encode(found))
    fresh_answer.replace(answer)
    os._exit(0)  # a thread that the plugin left behind, or an exit handler of it, keeps nobody waiting


def _probed(order: Order) -> Probed:
    step: Step = "import"
    seconds = 0.0
    kind: type[Plugin[Any]] | None = None
    try:
        found = order.found
        if order.is_installed:
            found = next((each for each in discover() if each.name == found.name and not each.is_file), found)
            if found.reason is not None:
                return Probed(step="metadata", reason=found.reason)
        started_s = time.perf_counter()
        kind = load_class(found)
        seconds = time.perf_counter() - started_s
        step = "config"
        config = make_config(found.name, kind, {})
        step = "constructor"
        plugin = make_plugin(found.name, kind, config)
        step = "hooks"
        hooks = tuple(sorted(implementations(found.name, plugin)))
    except (UnfitPluginError, ConfigError) as error:
        return Probed(step=step, reason=str(error), import_s=seconds, config_schema=_schema(kind))
    except BaseException as error:  # contained, and named
        return Probed(step=step, reason=said_by(error), import_s=seconds, config_schema=_schema(kind))
    return Probed(
        hooks=hooks,
        import_s=seconds,
        config_schema=_schema(kind),
        config_faults=tuple(_faults(found.name, kind, order.config)),
    )


def _schema(kind: type[Plugin[Any]] | None) -> dict[str, Any] | None:
    if kind is None:
        return None
    try:
        return config_schema(kind.config_type())
    except Exception:  # a type of its own, which has none
        return None


def _faults(name: str, kind: type[Plugin[Any]], config: dict[str, Any]) -> Iterator[str]:
    """Check each setting on its own, so that one fault does not hide the others; then all of them together."""
    seen = False
    for key, value in config.items():
        try:
            make_config(name, kind, {key: value})
        except Exception as error:
            seen = True
            yield _told(error)
    if not seen and config:
        try:
            made: Config = make_config(name, kind, config)
            make_plugin(name, kind, made)
        except Exception as error:
            yield _told(error)


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, ConfigError) else said_by(error)


if __name__ == "__main__":
    main()
