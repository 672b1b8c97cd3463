"""What the store said of fingerprints a short while ago, so that it need not be asked at every retelling."""

from typing import Final

import msgspec

MOST_KEPT: Final = 4_096
"""So many fingerprints are kept, the latest ones."""


class First(msgspec.Struct, frozen=True):
    """The event that told of a happening first, as it is kept."""

    source: str
    id: str
    facts: str


class Lately:
    """Who was first, by fingerprint, as it was known at most so many seconds ago. Time comes in as an argument."""

    def __init__(self, keep_s: float) -> None:
        self._keep_s = keep_s
        self._known: dict[str, tuple[First | None, float]] = {}

    def note(self, key: str, first: First | None, now_s: float) -> None:
        """Keep who was first, or that nobody was."""
        self._known.pop(key, None)
        self._known[key] = first, now_s + self._keep_s
        if len(self._known) > MOST_KEPT:
            del self._known[next(iter(self._known))]

    def first(self, key: str, now_s: float) -> First | None:
        """Give who was first; None where nobody was, or it is not known."""
        first, until_s = self._known.get(key, (None, now_s))
        return first if now_s < until_s else None

    def takes_absent(self, key: str, now_s: float) -> bool:
        """Tell whether it is known that nobody was; once, for whoever asks is about to be the first."""
        first, until_s = self._known.get(key, (None, now_s))
        if first is not None:
            return False
        self._known.pop(key, None)
        return now_s < until_s
