"""Channels: subscribers of equal filters share one, so that each distinct filter is asked once for each event."""

from collections import deque
from typing import NamedTuple

from missionwire.domain.filter import Filter
from missionwire.feed.ring import Frame, Ring


class Match(NamedTuple):
    """A frame that passed the filter."""

    n: int
    data: bytes


class Channel:
    """The frames of the ring that pass one filter, in their order."""

    def __init__(self, filter_: Filter, ring: Ring) -> None:
        self.filter = filter_
        self.subscribers = 0
        self._matches = deque(Match(f.n, f.data) for f in ring if filter_.matches(f.facets))

    def offer(self, frame: Frame, first_n: int) -> None:
        """Ask the filter once, and forget what left the ring."""
        if self.filter.matches(frame.facets):
            self._matches.append(Match(frame.n, frame.data))
        while self._matches and self._matches[0].n < first_n:
            self._matches.popleft()

    def clear(self) -> None:
        """Forget everything, as the ring did."""
        self._matches.clear()

    def after(self, n: int, until_n: int, max_bytes: int, limit: int | None) -> tuple[list[Match], bool]:
        """Give the matches after ordinal `n` up to `until_n`, oldest first, and whether more of them were left out.

        They are cut at `limit`, and at a number of bytes, but at least one is given.
        """
        found: list[Match] = []
        for match in reversed(self._matches):
            if match.n <= n:
                break
            if match.n <= until_n:
                found.append(match)
        found.reverse()
        size = 0
        for i, match in enumerate(found):
            size += len(match.data)
            if i and (size > max_bytes or i == limit):
                return found[:i], True
        return found, False


class Channels:
    """All filters in use, interned."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self._by_filter: dict[Filter, Channel] = {}

    def __len__(self) -> int:
        return len(self._by_filter)

    def join(self, filter_: Filter) -> Channel:
        """Give the channel of a filter, and count one subscriber more."""
        channel = self._by_filter.get(filter_)
        if channel is None:
            channel = self._by_filter[filter_] = Channel(filter_, self._ring)
        channel.subscribers += 1
        return channel

    def leave(self, channel: Channel) -> None:
        """Count one subscriber less; the last one takes the channel along."""
        channel.subscribers -= 1
        if not channel.subscribers:
            del self._by_filter[channel.filter]

    def offer(self, frame: Frame) -> None:
        """Ask every filter in use about a new frame, once."""
        first_n = self._ring.first_n or 0
        for channel in self._by_filter.values():
            channel.offer(frame, first_n)

    def clear(self) -> None:
        """Forget what the ring forgot."""
        for channel in self._by_filter.values():
            channel.clear()
