"""What is to be tested: a distribution's folder, a single file, or the name of a plugin that is installed here."""

import json
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from missionwire.plugin import API_LEVEL
from missionwire.plugins import candidate
from missionwire.plugins.discovery import GROUP, Found, discover, judged
from missionwire.plugins.environment import InstallError

_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class NoPluginError(Exception):
    """There is no plugin where one was looked for; the message says what to do."""


class Target(Struct, frozen=True, kw_only=True):
    """A plugin to be tested. `folder` holds its tests and cases, None where they are not at hand.

    `paths` must be importable for it: a distribution need not be installed to be tested.
    """

    found: Found
    folder: Path | None = None
    paths: tuple[Path, ...] = ()

    @property
    def tests(self) -> Path | None:
        """The folder of its own tests, None where there are none."""
        folder = self.folder / "tests" if self.folder is not None else None
        return folder if folder is not None and any(folder.rglob("test_*.py")) else None

    @property
    def case_files(self) -> tuple[Path, ...]:
        """Its JSON cases, in the order of their names."""
        return tuple(sorted((self.folder / "cases").glob("*.json"))) if self.folder is not None else ()


def targets_of(given: str) -> tuple[Target, ...]:
    """Find what a path or a name stands for; what exists as a path is one. A distribution may hold several plugins.

    Raises:
        NoPluginError: there is no plugin.
    """
    path = Path(given).expanduser()
    if path.suffix == ".py" and path.is_file():
        return (_file(path.resolve()),)
    if (path / "pyproject.toml").is_file():
        return tuple(_distribution(path.resolve()))
    if "/" in given or "\\" in given or path.is_dir() or not _NAME.fullmatch(given):
        message = (
            f"{given} holds no plugin; give the folder of a pyproject.toml, a .py file, or an installed one's name"
        )
        raise NoPluginError(message)
    return (_installed(given),)


def _file(path: Path) -> Target:
    try:
        return Target(found=candidate.of_file(path).plugins[0])
    except InstallError as error:
        raise NoPluginError(str(error)) from error


def _installed(name: str) -> Target:
    found = [each for each in discover() if each.name == name]
    if not found:
        message = f"no plugin called {name} is installed here; `missionwire plugins list` shows those that are"
        raise NoPluginError(message)
    return Target(found=found[0], folder=_source_of(found[0].distribution))


def _source_of(distribution: str) -> Path | None:
    """Give the folder of a distribution that was installed as editable."""
    told = metadata.distribution(distribution).read_text("direct_url.json")
    origin = json.loads(told) if told else {}
    if not origin.get("dir_info", {}).get("editable"):
        return None
    folder = Path(unquote(urlsplit(origin["url"]).path))
    return folder if folder.is_dir() else None


def _distribution(folder: Path) -> Iterator[Target]:
    try:
        read = candidate.of_project(folder)
    except InstallError as error:
        raise NoPluginError(str(error)) from error
    if read is None or not read.plugins:
        message = (
            f"{folder} names no plugin; add to its pyproject.toml: "
            f'[project.entry-points."{GROUP}{API_LEVEL}"] and under it NAME = "MODULE:CLASS"'
        )
        raise NoPluginError(message)
    sources = folder / "src"
    for found in read.plugins:
        path = sources if sources.is_dir() else folder
        yield Target(found=judged(found, is_double=False), folder=folder, paths=(path,))
