"""Who has the event loop of an HTTP process: told in the log when it is for too long, and to the next process.

The supervisor replaces a process whose loop does not turn. Only this one knows which plugin it was waiting for.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

LOOK_EVERY_S: Final = 0.2

HELD_S: Final = 1.0
"""A plugin that has the loop for longer is named: meanwhile no feed goes on."""

_LOADING: Final = "loading-*"

_LOG: Final = logging.getLogger("missionwire.plugins")


class Holding:
    """Notes who has the loop, at each step of a plugin's coroutine; a thread looks and tells."""

    def __init__(self) -> None:
        self._label = ""
        self._since_s = 0.0
        self._is_told = False
        self._stopped = threading.Event()

    def hold(self, label: str) -> None:
        """Note that `<plugin> <hook>` has the loop now; nobody has it where the label is empty."""
        self._since_s, self._is_told, self._label = time.monotonic(), False, label

    def watch(self) -> Callable[[], None]:
        """Begin to look, from a thread. Gives the stop."""
        threading.Thread(target=self._look, name="watchdog", daemon=True).start()
        return self._stopped.set

    def _look(self) -> None:
        while not self._stopped.wait(LOOK_EVERY_S):
            label, held_s = self._label, time.monotonic() - self._since_s
            if label and not self._is_told and held_s > HELD_S:
                self._is_told = True
                plugin, _, hook = label.partition(" ")
                _LOG.error("plugin %s holds the HTTP process in %s for %.1f s; no feed goes on", plugin, hook, held_s)


class Loading:
    """Which plugin's routes this process is loading, in a file that outlives it; its siblings have theirs beside it.

    Each holds a lock on its own file, which goes with the process: a file that is not locked is of one that ended, and
    names the plugin that it was loading then.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w", encoding="utf-8")
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # nobody else has this name

    def note(self, plugin: str) -> None:
        """Note the plugin that is loaded now; empty where none is."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(plugin)
        self._file.flush()

    def ended_in(self) -> set[str]:
        """Name the plugins during whose loading a process ended."""
        return {name for file in self._path.parent.glob(_LOADING) if (name := _left_in(file))}

    def close(self) -> None:
        """End cleanly: nobody is to be suspected."""
        self._path.unlink(missing_ok=True)
        self._file.close()


def _left_in(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return file.read()
    except (BlockingIOError, FileNotFoundError):
        return ""  # its process lives, or has just ended cleanly
