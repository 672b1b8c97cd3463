"""What is read of something once, when it is asked for first: most of what may be asked of a text never is."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Makes a method an attribute that is read when it is asked for first, and kept; without a lock, so for one thread.

    Once it is kept, it costs what any attribute of an instance costs.
    """

    def __init__(self, read: Callable[[Any], T]) -> None:
        """Take the method that reads it."""
        self._read = read
        self.__doc__ = read.__doc__

    def __set_name__(self, _: type, name: str) -> None:
        """Take the name under which it is kept."""
        self._name = name

    def __get__(self, one: Any, _: type | None = None) -> T:  # noqa: ANN401  # whatever has such an attribute
        """Read it, and keep it in the instance, where it is found without asking here again."""
        value = self._read(one)
        setattr(one, self._name, value)  # not into its `__dict__`, which an instance has only once it was asked for it
        return value
