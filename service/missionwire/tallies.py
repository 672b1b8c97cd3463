"""The figures of all HTTP processes of one `serve`, summed: each writes its own to a file, who is asked adds them up.

What an ended process had counted stays in the sum, so that no counter goes back; its gauges end with it.
"""

import logging
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

_ENDED: Final = "ended.json"
_LIVING: Final = "tally-*.json"
_REMEMBERED: Final = 64

_LOG: Final = logging.getLogger("missionwire")


class Figures(Struct, frozen=True):
    """What one process counts, by the names of the metrics: counters only grow, gauges are of this moment."""

    counters: dict[str, int]
    gauges: dict[str, int]

    def plus(self, other: "Figures") -> "Figures":
        """Give the sum of both."""
        return Figures(_added(self.counters, other.counters), _added(self.gauges, other.gauges))


def _added(mine: dict[str, int], theirs: dict[str, int]) -> dict[str, int]:
    return {name: mine.get(name, 0) + theirs.get(name, 0) for name in {**mine, **theirs}}


class _Ended(Struct, frozen=True):
    """The counters of processes that ended, and the latest of their files, which may still be seen for a moment."""

    figures: Figures = Figures({}, {})
    files: tuple[str, ...] = ()


class Tally:
    """The figures of one process beside those of its siblings, which have theirs in the same folder."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def file_beside(self, name: str) -> Path:
        """Name another file of this process, beside those of its siblings."""
        return self._file.with_name(f"{name}-{self._file.stem}")

    def write(self, figures: Figures) -> None:
        """Let the siblings know; a disk that takes nothing is told in the log."""
        try:
            _write(self._file, figures)
        except OSError as error:
            _LOG.warning("the figures of this process cannot be written: %s", error)

    def summed(self, mine: Figures) -> Figures:
        """Add what the siblings, living and ended, have written of late."""
        folder = self._file.parent
        living = {file.name: _read(file) for file in folder.glob(_LIVING) if file != self._file}
        ended = _read_ended(folder)  # after the living: who is folded meanwhile is in it, and counts once
        total = mine.plus(ended.figures)
        for name, figures in living.items():
            if name not in ended.files and figures is not None:
                total = total.plus(figures)
        return total


def tally_file(folder: Path, number: int) -> Path:
    """Name the file of the process with this number; a number is given once."""
    return folder / f"tally-{number}.json"


def clear(folder: Path) -> None:
    """Forget what processes wrote under a supervisor that is no more."""
    for file in (folder / _ENDED, *folder.glob(_LIVING)):
        file.unlink(missing_ok=True)


def fold(file: Path) -> None:
    """Keep the counters of a process that ended; its gauges, and its file, go."""
    ended, last = _read_ended(file.parent), _read(file)
    if last is not None:
        total = ended.figures.plus(Figures(last.counters, {}))
        _write(file.parent / _ENDED, _Ended(total, (*ended.files[-_REMEMBERED:], file.name)))
        file.unlink(missing_ok=True)


def _write(file: Path, written: Struct) -> None:
    new = file.with_suffix(".new")
    new.write_bytes(msgspec.json.encode(written))
    new.replace(file)


def _read(file: Path) -> Figures | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Figures)
    except FileNotFoundError:  # it has written nothing yet, or was folded meanwhile
        return None


def _read_ended(folder: Path) -> _Ended:
    try:
        return msgspec.json.decode((folder / _ENDED).read_bytes(), type=_Ended)
    except FileNotFoundError:
        return _Ended()
