"""Tells on a terminal what a long command is at; nothing for a quick one, nothing where nobody looks."""

import sys
import threading
from types import TracebackType
from typing import Final, Self

import click

SLOW_S: Final = 2.0
"""A step is told once the command has taken so long."""


class Steps:
    """Prints each step on stderr as it begins, from `SLOW_S` seconds on. Use it as a context manager."""

    def __init__(self) -> None:
        self._now = ""
        self._is_slow = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(SLOW_S, self._become_slow)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._is_slow, self._now = False, ""

    def tell(self, step: str) -> None:
        """Take the step that begins now."""
        with self._lock:
            self._now = step
            if self._is_slow:
                self._print()

    def _become_slow(self) -> None:
        with self._lock:
            self._is_slow = True
            self._print()

    def _print(self) -> None:
        if self._now:
            click.echo(click.style(f"{self._now} …", dim=True), err=True)
