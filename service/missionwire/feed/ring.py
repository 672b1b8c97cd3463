"""The ring: the last frames of the wire in memory. Whoever stands inside it is served without asking the server."""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from missionwire.domain.filter import Facets


class Frame(NamedTuple):
    """One event as it is sent, encoded once for all with its own chunk header, and what filters ask of it."""

    ms: int
    n: int
    chunk: bytes
    facets: Facets


class Ring:
    """Frames by ordinal, bounded by their bytes. Ordinals have no holes, so a place is a subtraction away."""

    def __init__(self, max_bytes: int) -> None:
        self._frames: deque[Frame] = deque()
        self._bytes = 0
        self._max_bytes = max_bytes

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def first_n(self) -> int | None:
        """The ordinal of the oldest frame, None while it is empty."""
        return self._frames[0].n if self._frames else None

    def append(self, frame: Frame) -> None:
        """Add the next frame; the oldest go when there is no room."""
        self._frames.append(frame)
        self._bytes += len(frame.chunk)
        while self._bytes > self._max_bytes and len(self._frames) > 1:
            self._bytes -= len(self._frames.popleft().chunk)

    def clear(self) -> None:
        """Forget everything, as when the log turned out to be another one."""
        self._frames.clear()
        self._bytes = 0

    def at(self, n: int) -> Frame | None:
        """Give the frame of an ordinal, None when it is not in the ring."""
        if not self._frames or not self._frames[0].n <= n <= self._frames[-1].n:
            return None
        return self._frames[n - self._frames[0].n]

    def last_before(self, ms: int) -> Frame | None:
        """Give the last frame that came onto the wire before a moment, None when none here did."""
        return next((frame for frame in reversed(self._frames) if frame.ms < ms), None)

    def reaches(self, n: int) -> bool:
        """Whether everything after ordinal `n` is here."""
        return bool(self._frames) and n >= self._frames[0].n - 1

    def __iter__(self) -> Iterator[Frame]:
        return iter(self._frames)
