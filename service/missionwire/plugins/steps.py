"""Awaiting a plugin's coroutine so that it is known, from outside too, whose step holds the event loop."""

from collections.abc import Callable, Coroutine, Generator
from typing import Any


class Labelled:
    """Awaits a coroutine; `hold` gets the label before each of its steps and nothing after it."""

    __slots__ = ("_coroutine", "_hold", "_label")

    def __init__(self, coroutine: Coroutine[Any, Any, Any], label: str, hold: Callable[[str], None]) -> None:
        self._coroutine = coroutine
        self._label = label
        self._hold = hold

    def __await__(self) -> Generator[Any, Any, Any]:
        steps = self._coroutine.__await__()
        send, value = steps.send, None
        while True:
            self._hold(self._label)
            try:
                yielded = send(value)
            except StopIteration as stop:
                return stop.value
            finally:
                self._hold("")
            try:
                value = yield yielded
                send = steps.send
            except BaseException as error:
                value, send = error, steps.throw
