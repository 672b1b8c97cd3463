"""Keeping secrets out of what people read: logs, reports, dead letters."""

from typing import Final

MASK: Final = "***"

SHORTEST: Final = 4
"""A value shorter than this is not looked for: it would be found in the middle of words."""


class Redactor:
    """Knows the secret values of this process and masks them in texts."""

    def __init__(self) -> None:
        self._values: list[str] = []

    def add(self, value: str) -> None:
        """Learn a value that must not be shown."""
        if len(value) >= SHORTEST and value not in self._values:
            self._values = sorted([*self._values, value], key=len, reverse=True)

    def mask(self, text: str) -> str:
        """Give the text with every known value masked."""
        for value in self._values:
            if value in text:
                text = text.replace(value, MASK)
        return text
