"""The plugins that are here, as metadata, settings and manifest tell: nothing of a plugin is imported."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from missionwire.plugins.discovery import Found
    from missionwire.plugins.manifest import Manifest, Record
    from missionwire.settings import Settings

_GONE = "it was installed, and is no longer there; `missionwire plugins restore` brings it back"


def installed_rows(settings: "Settings") -> list[dict[str, Any]]:
    """Give each plugin that is here, or should be, in the order of the names.

    Raises:
        ManifestError: the manifest cannot be read.
    """
    from missionwire.plugins.discovery import discover
    from missionwire.plugins.manifest import read_manifest

    manifest = read_manifest(settings.data_folder)
    rows = [_row(found, manifest, settings) for found in discover(settings.plugins_folder)]
    rows += _gone({row["name"] for row in rows}, manifest)
    return sorted(rows, key=lambda row: (row["name"], row["distribution"]))


def _row(found: "Found", manifest: "Manifest", settings: "Settings") -> dict[str, Any]:
    record = manifest.record_of(found.distribution)
    state, reason = found.state, found.reason
    wish = settings.plugins.get(found.name)
    off = None
    if wish is not None and not wish.enabled:
        off = "the settings say so"
    elif found.name in manifest.disabled:
        off = f"switched off here; `missionwire plugins enable {found.name}` switches it on"
    return {
        "name": found.name,
        "version": found.version,
        "distribution": found.distribution,
        "api_level": found.api_level,
        "state": state if off is None else "disabled",
        "reason": reason if off is None else off,
        "enabled": off is None,
        "installed": None if record is None else _installed(record),
        "settings": _wishes(found.name, settings),
    }


def _wishes(name: str, settings: "Settings") -> dict[str, Any]:
    """Give what the operator set for a plugin, less its own settings, which are between the two of them."""
    import msgspec

    from missionwire.settings import PluginSettings

    defaults = PluginSettings()
    wish = settings.plugins.get(name, defaults)
    told = {
        member: getattr(wish, member)
        for member in PluginSettings.__struct_fields__
        if member not in ("enabled", "config") and getattr(wish, member) != getattr(defaults, member)
    }
    if name in settings.plugin_order:
        told["plugin_order"] = settings.plugin_order.index(name) + 1
    given: dict[str, Any] = msgspec.to_builtins(told)
    return given


def _gone(there: set[str], manifest: "Manifest") -> Iterator[dict[str, Any]]:
    for record in manifest.installed:
        for name in record.plugins:
            if name not in there:
                yield {
                    "name": name,
                    "version": record.version,
                    "distribution": record.distribution,
                    "api_level": None,
                    "state": "missing",
                    "reason": _GONE,
                    "enabled": name not in manifest.disabled,
                    "installed": _installed(record),
                    "settings": {},
                }


def _installed(record: "Record") -> dict[str, Any]:
    return {"kind": record.kind, "requirement": record.requirement, "installed_at": record.installed_at}
