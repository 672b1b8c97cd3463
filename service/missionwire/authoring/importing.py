"""Importing a plugin under observation: how long it takes, and what it does that an import must not do.

This module and what it imports stay light: what is loaded here already costs the plugin nothing any more.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from missionwire.plugin import Plugin

MAX_TOLD: Final = 20

_DONE: Final = {
    "socket.connect": "opened a connection to",
    "socket.bind": "listened at",
    "socket.sendto": "sent to",
    "socket.getaddrinfo": "looked up the host",
    "subprocess.Popen": "started a process",
    "os.system": "started a process",
    "os.exec": "started a process",
    "os.posix_spawn": "started a process",
    "os.fork": "forked",
    "_thread.start_new_thread": "started a thread",
    "_thread.start_joinable_thread": "started a thread",
    "os.mkdir": "made the folder",
    "os.remove": "removed the file",
    "os.rename": "renamed the file",
}
_OF_FILES: Final = frozenset({"os.mkdir", "os.remove", "os.rename"})
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_ADDRESS_AT: Final = {"socket.connect": 1, "socket.bind": 1, "socket.sendto": 1}
"""Where the telling argument stands, if it is not the first."""


class Import(NamedTuple):
    """What an import gave: the class, or the error; `deeds` is what it did beside defining things."""

    kind: type[Plugin[Any]] | None
    error: BaseException | None
    took_s: float
    deeds: tuple[str, ...]


class Watch:
    """Notes what happens in this process while it looks. A hook of `sys.addaudithook` stays until the process ends."""

    def __init__(self) -> None:
        self.deeds: list[str] = []
        self.refuse: Callable[[str, tuple[Any, ...]], None] | None = None
        self._is_looking = False
        sys.addaudithook(self._see)

    def start(self) -> None:
        """Look from now on."""
        self._is_looking = True

    def stop(self) -> None:
        """Look no more."""
        self._is_looking = False

    def _see(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.refuse is not None:
            self.refuse(event, arguments)
        if not self._is_looking or len(self.deeds) >= MAX_TOLD:
            return
        if event == "open":
            if written := _written(arguments):
                self.deeds.append(f"opened {written} for writing")
        elif event in _DONE and not _is_of_python(event, arguments):
            place = _ADDRESS_AT.get(event, 0)
            is_telling = len(arguments) > place and not event.startswith("_thread")
            told = f" {str(arguments[place])[:80]}" if is_telling else ""
            self.deeds.append(_DONE[event] + told)


def _is_of_python(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether Python itself keeps a compiled module: it makes a folder for it, and renames the file at the end."""
    return event in _OF_FILES and "__pycache__" in str(arguments[0])


def _written(arguments: tuple[Any, ...]) -> str | None:
    """Give the path of an `open` that may write; compiled modules and the null device are nobody's harm."""
    path, _mode, flags = arguments
    if isinstance(path, int) or not isinstance(flags, int) or not flags & _WRITING:
        return None
    name = os.fsdecode(path) if isinstance(path, (str, bytes, os.PathLike)) else str(path)
    return None if "__pycache__" in name or name == os.devnull else name


def import_watched(load: Callable[[], type[Plugin[Any]]], watch: Watch) -> Import:
    """Import a plugin, whatever comes of it."""
    kind, failed = None, None
    began_s = time.perf_counter()
    with _noting_threads(watch.deeds):
        watch.start()
        try:
            kind = load()
        except BaseException as error:  # an import may raise anything, and exit, too
            failed = error
        watch.stop()
    return Import(kind, failed, time.perf_counter() - began_s, tuple(dict.fromkeys(watch.deeds)))


@contextmanager
def _noting_threads(deeds: list[str]) -> Iterator[None]:
    """Note threads that are started: Python 3.11 has no audit event for that."""
    start = threading.Thread.start

    def noted(self: threading.Thread) -> None:
        deeds.append("started a thread")
        start(self)

    threading.Thread.start = noted  # type: ignore[method-assign]  # given back below
    try:
        yield
    finally:
        threading.Thread.start = start  # type: ignore[method-assign]  # same
