"""A new plugin: the template, which is a working plugin called readtime, under another name."""

import builtins
import keyword
import re
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from missionwire import __version__, plugin

MAX_NAME_CHARS: Final = 40
"""Longer names would push lines of the template over the length that its own linter allows."""

RULE: Final = (
    "a name has words of a-z and 0-9, each of two or more that begin with a letter, joined by hyphens, "
    f"at most {MAX_NAME_CHARS} in all: readtime, docking-delay"
)

_NAME: Final = re.compile(r"[a-z][a-z0-9]+(-[a-z][a-z0-9]+)*")
_TEMPLATE_NAME: Final = "readtime"
_TEMPLATE_VERSIONS: Final = "missionwire>=0.1,<0.2"


class BadNameError(Exception):
    """A name that no new plugin may have; the message says why."""


class AlreadyThereError(Exception):
    """The folder exists, and is not touched."""


class Names(NamedTuple):
    """One name in its three forms: `docking-delay`, `docking_delay`, `DockingDelay`."""

    name: str
    module: str
    kind: str


def names_of(name: str) -> Names:
    """Give the forms of a plugin's name.

    Raises:
        BadNameError: it breaks the rule, or its class would hide a word of Python or of the contract.
    """
    if not _NAME.fullmatch(name) or len(name) > MAX_NAME_CHARS:
        message = f"{name!r} is no name for a plugin; {RULE}"
        raise BadNameError(message)
    kind = "".join(word.capitalize() for word in name.split("-"))
    if keyword.iskeyword(kind) or hasattr(builtins, kind) or hasattr(plugin, kind) or kind == "Settings":
        message = f"{name!r} is no name for a plugin: its class would be called {kind}, which is taken; add a word"
        raise BadNameError(message)
    return Names(name, name.replace("-", "_"), kind)


def make_distribution(name: str, into: Path) -> dict[Path, str]:
    """Write the folder `missionwire-NAME` into `into`; gives its files, in the order in which to read them.

    Raises:
        BadNameError: see `names_of`.
        AlreadyThereError: there is such a folder, or a file of that name.
        OSError: it cannot be written.
    """
    names = names_of(name)
    folder = into / f"missionwire-{names.name}"
    files = {Path(_named(path, names)): _named(text, names) for path, text in _template().items()}
    try:
        folder.mkdir(parents=True)
    except FileExistsError as error:
        message = f"{folder} is there already, and is left as it is"
        raise AlreadyThereError(message) from error
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return files


def _template() -> dict[str, str]:
    found = dict(_texts(resources.files(__package__) / "template", PurePosixPath()))
    order = ("src/missionwire_readtime/__init__.py", "cases/", "tests/", "README.md", "pyproject.toml", "")
    return {path: found[path] for start in order for path in sorted(found) if path.startswith(start)}


def _texts(folder: Traversable, at: PurePosixPath) -> list[tuple[str, str]]:
    texts = []
    for each in folder.iterdir():
        if each.name.startswith((".", "__pycache__")):
            continue
        if each.is_dir():
            texts += _texts(each, at / each.name)
        else:
            texts.append((str(at / each.name), each.read_text(encoding="utf-8")))
    return texts


def _named(text: str, names: Names) -> str:
    major, minor = __version__.split(".")[:2]
    versions = f"missionwire>={major}.{minor},<{major}.{int(minor) + 1}"
    return (
        text.replace(_TEMPLATE_VERSIONS, versions)
        .replace(f"_{_TEMPLATE_NAME}", f"_{names.module}")
        .replace(_TEMPLATE_NAME.capitalize(), names.kind)
        .replace(_TEMPLATE_NAME, names.name)
    )
