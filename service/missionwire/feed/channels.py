"""Channels: subscribers of equal filters share one, so that each distinct filter is asked once for each event.

An index by mission, agency, person, source and type makes an event ask only the filters that could match.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from missionwire.domain.filter import Facets, Filter
from missionwire.feed.ring import Frame, Ring

if TYPE_CHECKING:
    from missionwire.feed.direct import DirectSubscriber

Key: TypeAlias = tuple[str, Hashable]

ANY: Final[Key] = ("any", None)
"""Where filters stand that no index can narrow down."""


class Match(NamedTuple):
    """A frame that passed the filter."""

    ms: int
    n: int
    chunk: bytes


class Channel:
    """The frames of the ring that pass one filter, in their order, and who is live on it."""

    def __init__(self, filter_: Filter, ring: Ring) -> None:
        self.filter = filter_
        self.subscribers = 0
        self.live: dict[DirectSubscriber, None] = {}
        self._matches = [Match(f.ms, f.n, f.chunk) for f in ring if filter_.matches(f.facets)]
        self._ordinals = [match.n for match in self._matches]

    def offer(self, frame: Frame) -> Match | None:
        """Ask the filter once."""
        if not self.filter.matches(frame.facets):
            return None
        match = Match(frame.ms, frame.n, frame.chunk)
        self._matches.append(match)
        self._ordinals.append(frame.n)
        return match

    def forget_before(self, n: int) -> None:
        """Forget what left the ring."""
        gone = bisect_left(self._ordinals, n)
        del self._matches[:gone], self._ordinals[:gone]

    def clear(self) -> None:
        """Forget everything, as the ring did."""
        self._matches.clear()
        self._ordinals.clear()

    def after(self, n: int, until_n: int, max_bytes: int, limit: int | None) -> tuple[list[Match], bool]:
        """Give the matches after ordinal `n` up to `until_n`, oldest first, and whether more of them were left out.

        They are cut at `limit`, and at a number of bytes, but at least one is given.
        """
        start, end = bisect_right(self._ordinals, n), bisect_right(self._ordinals, until_n)
        stop = end if limit is None else min(end, start + max(1, limit))
        size = 0
        for i in range(start, stop):
            size += len(self._matches[i].chunk)
            if i > start and size > max_bytes:
                return self._matches[start:i], True
        return self._matches[start:stop], stop < end


class Channels:
    """All filters in use, interned and indexed."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self._by_filter: dict[Filter, Channel] = {}
        self._index: dict[Key, dict[Channel, None]] = {}

    def __len__(self) -> int:
        return len(self._by_filter)

    def __iter__(self) -> Iterator[Channel]:
        return iter(list(self._by_filter.values()))

    def join(self, filter_: Filter) -> Channel:
        """Give the channel of a filter, and count one subscriber more."""
        channel = self._by_filter.get(filter_)
        if channel is None:
            channel = self._by_filter[filter_] = Channel(filter_, self._ring)
            for key in _keys_of_filter(filter_):
                self._index.setdefault(key, {})[channel] = None
        channel.subscribers += 1
        return channel

    def leave(self, channel: Channel) -> None:
        """Count one subscriber less; the last one takes the channel along."""
        channel.subscribers -= 1
        if channel.subscribers:
            return
        channel.clear()  # who still knows it, such as a cache, must not hold what leaves the ring
        del self._by_filter[channel.filter]
        for key in _keys_of_filter(channel.filter):
            del self._index[key][channel]
            if not self._index[key]:
                del self._index[key]

    def offer(self, frames: Sequence[Frame]) -> dict[Channel, list[Match]]:
        """Ask the filters that could match about new frames, each once a frame; gives what passed, by channel."""
        passed: dict[Channel, list[Match]] = {}
        for frame in frames:
            asked: set[Channel] = set()
            for key in _keys_of_facets(frame.facets):
                for channel in self._index.get(key, ()):
                    if channel not in asked:
                        asked.add(channel)
                        if (match := channel.offer(frame)) is not None:
                            passed.setdefault(channel, []).append(match)
        return passed

    def forget_before(self, n: int) -> None:
        """Forget what left the ring."""
        for channel in self._by_filter.values():
            channel.forget_before(n)

    def clear(self) -> None:
        """Forget what the ring forgot."""
        for channel in self._by_filter.values():
            channel.clear()


def _keys_of_filter(filter_: Filter) -> list[Key]:
    """Give the places of a filter in the index: by its most telling member, one for each of its values."""
    for name, values in (
        ("mission", filter_.missions),
        ("crew", filter_.crew),
        ("agency", filter_.agencies),
        ("source", filter_.sources),
        ("type", filter_.types - {"*"} if "*" not in filter_.types else frozenset()),
    ):
        if values:
            return [(name, value) for value in values]
    return [ANY]


def _keys_of_facets(facets: Facets) -> list[Key]:
    """Give the places of the index where filters stand that an event may pass."""
    parts = facets.type.split(".")
    return [
        ANY,
        ("mission", facets.mission),
        ("source", facets.source),
        ("type", facets.type),
        *(("type", ".".join(parts[:i]) + ".*") for i in range(1, len(parts))),
        *(("agency", agency) for agency in facets.agencies),
        *(("crew", person) for person in facets.crew),
    ]
