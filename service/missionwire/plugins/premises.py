"""The premises: where plugins are kept, and what is known of those that are there, from metadata alone."""

import difflib
import importlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from os import W_OK, access
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from packaging.requirements import Requirement

from missionwire.plugins import candidate as candidates
from missionwire.plugins.candidate import sha256_of
from missionwire.plugins.discovery import discover
from missionwire.plugins.environment import InstallError
from missionwire.plugins.manifest import Manifest, Record, locked, read_manifest
from missionwire.plugins.requirements import canonical, needed_by_nobody, versions

WHEELS: Final = "wheels"
"""The folder, in the data folder, of the wheels that were tried and installed."""

_LOCK: Final = "missionwire-plugins.lock"


class Premises(Struct, frozen=True, kw_only=True):
    """Where plugins are kept: the data folder, the folder of single files, and what the settings say of each plugin."""

    data_folder: Path
    plugins_folder: Path
    configs: Mapping[str, dict[str, Any]] = {}


def versions_now() -> dict[str, str]:
    """Give what is installed, after another process changed that."""
    importlib.invalidate_caches()
    return versions()


@contextmanager
def alone() -> Iterator[None]:
    """Keep other commands off this environment."""
    with locked(Path(sys.prefix) / _LOCK) if access(sys.prefix, W_OK) else nullcontext():
        yield


def orphans(record: Record, manifest: Manifest, premises: Premises) -> set[str]:
    """Name what came along with a distribution and nobody else needs."""
    came = {line.partition("==")[0] for line in record.brought}
    if not came:
        return set()
    for other in manifest.installed:
        if other.distribution != record.distribution:
            came -= {line.partition("==")[0] for line in other.brought}
    for path in premises.plugins_folder.glob("*.py"):
        if path.name != record.distribution:
            with suppress(InstallError):  # one that cannot be read needs nothing
                came -= {canonical(Requirement(line).name) for line in candidates.of_file(path).requires}
    return needed_by_nobody(came, [record.distribution])


def unknown(name: str, manifest: Manifest, premises: Premises) -> str:
    """Say that there is no such plugin, and which was meant."""
    names = {each.name for each in discover(premises.plugins_folder)}
    names |= {plugin for record in manifest.installed for plugin in record.plugins}
    near = difflib.get_close_matches(name, sorted(names), n=1)
    told = f"did you mean {near[0]}?" if near else "`missionwire plugins list` shows those that are there"
    return f"there is no plugin called {name}; {told}"


def is_named(name: str, distribution: str) -> bool:
    """Tell whether a distribution is the one that is named, however the name is spelled."""
    return name == distribution or canonical(name) == canonical(distribution)


def is_same(one: Path, other: Path) -> bool:
    """Tell whether two files are there and have the same content."""
    return one.is_file() and other.is_file() and sha256_of(one) == sha256_of(other)


def drop_old_wheels(data_folder: Path) -> None:
    """Delete the wheels that no record names."""
    named = {record.wheel for record in read_manifest(data_folder).installed}
    for wheel in (data_folder / WHEELS).glob("*/*.whl"):
        if f"{wheel.parent.name}/{wheel.name}" not in named:
            wheel.unlink(missing_ok=True)
            with suppress(OSError):  # another wheel is in there
                wheel.parent.rmdir()
