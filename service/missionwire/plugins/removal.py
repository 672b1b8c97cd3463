"""Removing a plugin, however broken it is: nothing of it is imported."""

import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from missionwire.plugins.discovery import Found, discover
from missionwire.plugins.environment import Installer, InstallError, check_writable
from missionwire.plugins.installer import Tell
from missionwire.plugins.manifest import Manifest, Record, change_manifest, read_manifest
from missionwire.plugins.premises import (
    Premises,
    alone,
    drop_old_wheels,
    is_named,
    is_same,
    orphans,
    unknown,
    versions_now,
)
from missionwire.plugins.requirements import canonical

_REMOVED: Final = ".removed"


class Gone(Struct, frozen=True, kw_only=True):
    """What was removed: the distribution or file, its plugins, what had come along; `kept` is where a file went."""

    distribution: str
    plugins: tuple[str, ...]
    along: tuple[str, ...] = ()
    kept: str | None = None


def remove(name: str, premises: Premises, tell: Tell) -> Gone:
    """Remove a plugin, by its name or its distribution's. Works however broken it is: nothing of it is imported.

    Raises:
        InstallError: there is no such plugin, or it cannot be removed.
        ManifestError: the manifest cannot be read or written.
    """
    with alone():
        manifest = read_manifest(premises.data_folder)
        found = [
            each for each in discover(premises.plugins_folder) if name == each.name or is_named(name, each.distribution)
        ]
        owners = sorted({each.distribution for each in found})
        if len(owners) > 1:
            message = f"{' and '.join(owners)} both have a plugin called {name}; say which one of them to remove"
            raise InstallError(message)
        record = manifest.record_of(owners[0] if owners else name)
        if not found and record is None:
            raise InstallError(unknown(name, manifest, premises))
        owner = owners[0] if owners else (record.distribution if record is not None else name)
        plugins = tuple(each.name for each in found) or (record.plugins if record is not None else ())
        if (found and found[0].is_file) or (record is not None and record.kind == "file"):
            kept = _take_away(premises.plugins_folder / owner, found, record)
        else:
            kept = None
        along = orphans(record, manifest, premises) if record is not None else set[str]()
        present = versions_now()
        leaving = {each for each in (canonical(owner), *along) if each in present}
        if leaving:
            check_writable()
            tell(f"removing {owner}")
            with tempfile.TemporaryDirectory(prefix="missionwire-remove-") as work:
                Installer(Path(sys.executable), Path(work)).uninstall(leaving)
            left = leaving & set(versions_now())
            if left:
                message = f"{', '.join(sorted(left))} is still there; remove it with the tool that installed it"
                raise InstallError(message)
        change_manifest(premises.data_folder, lambda now: _without(now, owner, plugins), is_news=True)
        drop_old_wheels(premises.data_folder)
        return Gone(distribution=owner, plugins=plugins, along=tuple(sorted(along & leaving)), kept=kept)


def _without(manifest: Manifest, owner: str, plugins: Iterable[str]) -> Manifest:
    changed = manifest.without(owner)
    for plugin in plugins:
        changed = changed.switched(plugin, is_enabled=True)
    return changed


def _take_away(path: Path, found: Sequence[Found], record: Record | None) -> str | None:
    """Take a single file out of the folder; the only copy of one is kept under another name, which is given."""
    path = Path(found[0].target) if found else path
    if record is None:
        message = (
            f"{path} was put there by hand; delete it, or switch it off: `missionwire plugins disable {found[0].name}`"
        )
        raise InstallError(message)
    if not path.exists():
        return None
    source = Path(record.requirement)
    if is_same(source, path) and source != path:
        path.unlink()
        return None
    kept = path.with_name(path.name + _REMOVED)
    path.replace(kept)
    return str(kept)
