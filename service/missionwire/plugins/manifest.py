"""The manifest: what `missionwire plugins` installed and switched off, in `<data folder>/plugins.json`.

The settings file is a person's and is never written here. A plugin is off if the settings or the manifest say so.
"""

import fcntl
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

import msgspec
from msgspec import Struct

FILE: Final = "plugins.json"
SCHEMA: Final = 1
LOCK_WAIT_S: Final = 60.0
"""How long one writer waits for another."""

_LOCK_EVERY_S: Final = 0.05
_ABOUT: Final = "Kept by `missionwire plugins`; your own wishes belong in the settings file."

Kind: TypeAlias = Literal["folder", "wheel", "name", "editable", "file"]


class ManifestError(Exception):
    """The manifest cannot be read or written; the message says what to do."""


class Record(Struct, frozen=True, kw_only=True):
    """One distribution, or single file, that `missionwire plugins install` installed.

    `requirement` is what it is installed from: an absolute path, or `name==version`. `wheel` is the name of the copy of
    the wheel that was tried, in `<data folder>/wheels`; `sha256` that of the wheel or the file. `brought` names the
    distributions that came along because it needs them, as `name==version`.
    """

    plugins: tuple[str, ...]
    distribution: str
    version: str
    kind: Kind
    requirement: str
    installed_at: str
    wheel: str | None = None
    sha256: str | None = None
    brought: tuple[str, ...] = ()


class Manifest(Struct, frozen=True, kw_only=True):
    """What is installed, in the order of the distributions' names, and which plugins are off."""

    schema: int = SCHEMA
    about: str = _ABOUT
    installed: tuple[Record, ...] = ()
    disabled: tuple[str, ...] = ()

    def record_of(self, name: str) -> Record | None:
        """Give the record of a plugin, or of a distribution."""
        return next(
            (each for each in self.installed if name in each.plugins or _spelled(name) == _spelled(each.distribution)),
            None,
        )

    def with_record(self, record: Record) -> "Manifest":
        """Add a record; one of the same distribution is replaced."""
        others = [each for each in self.installed if each.distribution != record.distribution]
        ordered = sorted([*others, record], key=lambda each: each.distribution)
        return msgspec.structs.replace(self, installed=tuple(ordered))

    def without(self, distribution: str) -> "Manifest":
        """Take a record out; its plugins are no longer off either, should they come back."""
        gone = {name for each in self.installed if each.distribution == distribution for name in each.plugins}
        return msgspec.structs.replace(
            self,
            installed=tuple(each for each in self.installed if each.distribution != distribution),
            disabled=tuple(name for name in self.disabled if name not in gone),
        )

    def switched(self, name: str, *, is_enabled: bool) -> "Manifest":
        """Switch a plugin on or off."""
        others = {each for each in self.disabled if each != name}
        return msgspec.structs.replace(self, disabled=tuple(sorted(others if is_enabled else {*others, name})))


def _spelled(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a data folder; where there is none, an empty one.

    Raises:
        ManifestError: it cannot be read, or a later version of missionwire wrote it.
    """
    path = folder / FILE
    try:
        given = path.read_bytes()
    except FileNotFoundError:
        return Manifest()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise ManifestError(message) from error
    try:
        schema = msgspec.json.decode(given, type=_Versioned).schema
        if schema > SCHEMA:
            message = f"{path} was written by a later version of missionwire (schema {schema}); use that version"
            raise ManifestError(message)
        return msgspec.json.decode(given, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = f"{path} is damaged ({error}); mend it, or delete it and install your plugins again"
        raise ManifestError(message) from error


class _Versioned(Struct, frozen=True):
    schema: int


def change_manifest(folder: Path, change: Callable[[Manifest], Manifest], *, is_news: bool = False) -> Manifest:
    """Read the manifest, change it and write it as a whole, while no other process does; gives what is written.

    Nothing is written where nothing changes, unless `is_news`: then a running service looks again all the same.

    Raises:
        ManifestError: it cannot be read or written, or another writer holds it for `LOCK_WAIT_S`.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(folder / f"{FILE}.lock"):
            before = read_manifest(folder)
            after = change(before)
            if is_news or after != before:
                _write(folder / FILE, after)
            return after
    except OSError as error:
        message = f"{folder / FILE} cannot be written: {error.strerror or error}"
        raise ManifestError(message) from error


def _write(path: Path, manifest: Manifest) -> None:
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    with fresh.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock file against other processes; the kernel lets go of it when this one ends.

    Raises:
        ManifestError: another process holds it for longer than `LOCK_WAIT_S`.
    """
    with path.open("ab") as file:
        give_up_s = time.monotonic() + LOCK_WAIT_S
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > give_up_s:
                    message = (
                        f"another `missionwire plugins` command holds {path}; wait until it is done, then try again"
                    )
                    raise ManifestError(message) from error
                time.sleep(_LOCK_EVERY_S)
        yield


class Revision(NamedTuple):
    """Tells one state of the manifest's file from another without reading it."""

    mtime_ns: int
    size_bytes: int
    inode: int


def revision_of(folder: Path) -> Revision | None:
    """Give the revision of a folder's manifest, None where there is none. One `stat`, a few microseconds."""
    try:
        found = (folder / FILE).stat()
    except OSError:
        return None
    return Revision(found.st_mtime_ns, found.st_size, found.st_ino)


class Watch:
    """Sees changes of a manifest, for a running service that asks now and then."""

    def __init__(self, folder: Path) -> None:
        """Note the revision that is there now; only what changes after it is news."""
        self._folder = folder
        self._seen = revision_of(folder)

    def news(self) -> Manifest | None:
        """Give the manifest if it changed since the last time of asking, else None.

        Raises:
            ManifestError: it changed, and cannot be read; told once for each change.
        """
        now = revision_of(self._folder)
        if now == self._seen:
            return None
        self._seen = now
        return read_manifest(self._folder)
