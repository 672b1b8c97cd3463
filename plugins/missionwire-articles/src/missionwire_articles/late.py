"""Patterns that are compiled when they are first used: some take longer to compile than all the rest to import."""

import re
from collections.abc import Callable, Iterator
from typing import Any


class Late:
    """A pattern of regular expressions, with the methods of one that is compiled."""

    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Take the pattern as `re.compile` does."""
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # a method of a pattern
        """Compile, and keep the methods, so that they are not asked for here again."""
        if name.startswith("_"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in ("search", "match", "fullmatch", "finditer"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
