"""What a person asks to be installed, and what its metadata say before any of its code runs."""

import hashlib
import platform
import tomllib
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from msgspec import Struct, structs
from packaging.requirements import InvalidRequirement, Requirement

from missionwire.plugin import API_LEVEL
from missionwire.plugins.discovery import GROUP, Found, discover, judged, plugins_of, script_block
from missionwire.plugins.environment import InstallError
from missionwire.plugins.manifest import Kind
from missionwire.plugins.requirements import canonical, takes_python, unmet, versions

_HOST: Final = "missionwire"


class Asked(Struct, frozen=True, kw_only=True):
    """What is to be installed: `requirement` is an absolute path, or a requirement such as `missionwire-x==1.2`."""

    kind: Kind
    requirement: str

    @property
    def path(self) -> Path:
        """The folder or file."""
        return Path(self.requirement)


class Candidate(Struct, frozen=True, kw_only=True):
    """What the metadata say of a distribution, or a single file, that holds plugins."""

    distribution: str
    version: str
    plugins: tuple[Found, ...]
    requires: tuple[str, ...] = ()
    requires_python: str | None = None


def read_asked(given: str, *, is_editable: bool = False) -> Asked:
    """Tell a folder, a wheel, a single file and a name apart; what is there as a path is no name.

    Raises:
        InstallError: it is none of them.
    """
    path = Path(given).expanduser()
    if path.is_dir():
        if not any((path / name).is_file() for name in ("pyproject.toml", "setup.py", "setup.cfg")):
            message = f"{path.resolve()} is no project: it has no pyproject.toml"
            raise InstallError(message)
        return Asked(kind="editable" if is_editable else "folder", requirement=str(path.resolve()))
    if is_editable:
        message = f"{given} is no folder, and only a folder can be installed with -e"
        raise InstallError(message)
    if path.suffix in (".whl", ".py"):
        if not path.is_file():
            message = f"there is no file {path.absolute()}"
            raise InstallError(message)
        return Asked(kind="wheel" if path.suffix == ".whl" else "file", requirement=str(path.resolve()))
    if "/" in given or given.startswith("."):
        message = f"there is nothing to install at {path.absolute()}: give a folder, a wheel, a .py file or a name"
        raise InstallError(message)
    try:
        requirement = Requirement(given)
    except InvalidRequirement as error:
        message = f"{given!r} is no folder, wheel, .py file or name of a package"
        raise InstallError(message) from error
    return Asked(kind="name", requirement=str(requirement))


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- what metadata say ------------------------------------------------------------------------------------------------


def of_project(folder: Path) -> Candidate | None:
    """Read what a folder's pyproject.toml says; None where it leaves that to the build.

    Raises:
        InstallError: the file cannot be read.
    """
    path = folder / "pyproject.toml"
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"{path} cannot be read: {error}"
        raise InstallError(message) from error
    project: Any = told.get("project")
    if not isinstance(project, dict) or {"entry-points", "dependencies"} & set(project.get("dynamic", ())):
        return None
    name, version = str(project.get("name", folder.name)), str(project.get("version", ""))
    groups = project.get("entry-points", {})
    points = [
        Found(name=point, version=version, distribution=name, api_level=int(level), target=str(target))
        for group, named in (groups.items() if isinstance(groups, dict) else ())
        if group.startswith(GROUP) and (level := group.removeprefix(GROUP)).isdigit() and isinstance(named, dict)
        for point, target in named.items()
    ]
    return Candidate(
        distribution=name,
        version=version,
        plugins=tuple(points),
        requires=tuple(map(str, project.get("dependencies", ()))),
        requires_python=project.get("requires-python"),
    )


def of_wheel(wheel: Path) -> Candidate:
    """Read what a wheel says of itself.

    Raises:
        InstallError: it is no wheel.
    """
    try:
        with ZipFile(wheel) as archive:
            parts = {
                name.rpartition("/")[2]: archive.read(name).decode()
                for name in archive.namelist()
                if name.endswith((".dist-info/METADATA", ".dist-info/entry_points.txt")) and name.count("/") == 1
            }
    except (OSError, BadZipFile, UnicodeDecodeError) as error:
        message = f"{wheel} is no wheel that can be read: {error}"
        raise InstallError(message) from error
    if "METADATA" not in parts:
        message = f"{wheel} is no wheel: it has no metadata"
        raise InstallError(message)
    return of_distribution(_InMemory(parts))


class _InMemory(metadata.Distribution):
    """A distribution whose metadata are texts."""

    def __init__(self, parts: Mapping[str, str]) -> None:
        self._parts = parts

    def read_text(self, filename: str) -> str | None:
        return self._parts.get(filename)

    def locate_file(self, path: Any) -> Path:  # noqa: ANN401  # as importlib.metadata has it
        return Path(path)


def of_distribution(distribution: metadata.Distribution) -> Candidate:
    """Read what an installed distribution says of itself."""
    return Candidate(
        distribution=distribution.metadata["Name"],
        version=distribution.version,
        plugins=tuple(plugins_of(distribution)),
        requires=tuple(distribution.requires or ()),
        requires_python=next(iter(distribution.metadata.get_all("Requires-Python", [])), None),
    )


def of_file(path: Path) -> Candidate:
    """Read what a single file says of itself in its PEP 723 block.

    Raises:
        InstallError: its block cannot be read, or gives no API level.
    """
    found = next((each for each in discover(path.parent) if each.is_file and Path(each.target) == path), None)
    if found is None or (found.reason is not None and not found.api_level):
        message = f"{path}: {found.reason if found else 'it cannot be read'}"
        raise InstallError(message)
    block = script_block(path.read_text(encoding="utf-8"))
    requires = block.get("dependencies", ())
    requires_python = block.get("requires-python")
    bare = structs.replace(found, reason=None, state="ready")  # whether it fits is told by `check`
    return Candidate(
        distribution=path.name,
        version=found.version,
        plugins=(bare,),
        requires=tuple(map(str, requires)) if isinstance(requires, list) else (),
        requires_python=requires_python if isinstance(requires_python, str) else None,
    )


# --- whether it fits --------------------------------------------------------------------------------------------------


def check(candidate: Candidate, others: Iterable[Found], replaced: Iterable[str] = ()) -> None:
    """Refuse what cannot run here, from its metadata alone.

    `others` are the plugins that are there, `replaced` the distributions that would give way to what it needs.

    Raises:
        InstallError: it is no plugin, of another API level, has a name that is taken, or needs what is not to be had.
    """
    name = candidate.distribution
    if canonical(name) == _HOST:
        message = "missionwire itself is no plugin; update it as you installed it"
        raise InstallError(message)
    if not candidate.plugins:
        message = (
            f"{name} is no plugin of missionwire: it names none in its entry points. Its pyproject.toml needs "
            f'[project.entry-points."{GROUP}{API_LEVEL}"] with a line like: name = "module:Class"'
        )
        raise InstallError(message)
    if not takes_python(candidate.requires_python):
        message = f"{name} needs Python {candidate.requires_python}, the service runs on {platform.python_version()}"
        raise InstallError(message)
    taken = {each.name: each for each in others if canonical(each.distribution) != canonical(name)}
    for plugin in candidate.plugins:
        if plugin.name in taken:
            message = (
                f"a plugin called {plugin.name} is there already, from {taken[plugin.name].distribution}; remove that "
                f"first: `missionwire plugins remove {plugin.name}`"
            )
            raise InstallError(message)
        double = [each for each in candidate.plugins if each.name == plugin.name]
        if (reason := judged(plugin, is_double=len(double) > 1).reason) is not None:
            advice = "" if plugin.api_level == API_LEVEL else f"; it takes a version of {name} for level {API_LEVEL}"
            message = f"plugin {plugin.name} of {name} does not fit: {reason}{advice}"
            raise InstallError(message)
    _check_requirements(candidate, replaced)


def _check_requirements(candidate: Candidate, replaced: Iterable[str]) -> None:
    """Refuse what needs other versions than those that the service runs on.

    Raises:
        InstallError: with what it needs, and what is there.
    """
    installed = {name: version for name, version in versions().items() if name not in set(replaced)}
    try:
        lacking = unmet(candidate.requires, installed)
    except InvalidRequirement as error:
        message = f"{candidate.distribution} has a requirement that cannot be read: {error}".replace("\n", " ")
        raise InstallError(message) from error
    for each in lacking:
        if each.found is not None:
            whose = "this is" if each.name == _HOST else "the service runs with"
            message = (
                f"{candidate.distribution} needs {each.requirement}, {whose} {each.name} {each.found}; installing a "
                "plugin never changes what is there, so it takes a version of it that fits"
            )
            raise InstallError(message)
