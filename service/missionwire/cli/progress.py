"""A bar for what takes long: nothing for a quick run, nothing where nobody looks."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from missionwire.cli.files import STDIN, Found, Item

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

SLOW_S: Final = 2.0
"""The bar appears once it took longer than this, and only on a terminal."""


class ProgressBar:
    """Shows on stderr how much of the files was read; of stdin the end is not known, so only that it goes on."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._started_s = time.monotonic()
        self._bytes = 0
        self._items = 0
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._is_wanted = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def watch(self, found: Iterable[Found]) -> Iterator[Found]:
        """Pass on what is found, and show how far that is."""
        for one in found:
            if self._is_wanted and isinstance(one, Item):
                self._bytes += len(one.body) + 1
                self._items += 1
                self._show()
            yield one

    def _show(self) -> None:
        if self._bar is None:
            if time.monotonic() - self._started_s < SLOW_S:
                return
            self._bar, self._task = _bar(self._names)
        if self._task is not None:
            self._bar.update(self._task, completed=self._bytes, description=f"{self._items:,} read")


def _bar(names: Sequence[str]) -> "tuple[Progress, TaskID]":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    total = None if STDIN in names else sum(Path(name).stat().st_size for name in names if Path(name).exists())
    task = bar.add_task("", total=total)
    bar.start()
    return bar, task
