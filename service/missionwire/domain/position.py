"""Positions: places on the wire. To clients they are opaque; they name the log's epoch and the stream id."""

import re
from typing import Final, NamedTuple

from missionwire.domain.errors import MalformedPosition

_END_MARK: Final = ".end"
_FORM: Final = re.compile(r"([a-z0-9]{4,32})\.(0|[1-9][0-9]{0,15})-(0|[1-9][0-9]{0,15})(\.end)?")


class Position(NamedTuple):
    """A place on the wire: the entry `<ms>-<n>` of the log with this epoch.

    `n` is the ordinal of the entry, 1, 2, 3 … without holes; 0 stands before the first entry. `is_end` marks the id of
    an `end` frame: a request that comes back with it gets 204.
    """

    epoch: str
    ms: int
    n: int
    is_end: bool = False

    @classmethod
    def parse(cls, text: str) -> "Position":
        """Read a position as it was given out.

        Raises:
            MalformedPosition: the text is none.
        """
        found = _FORM.fullmatch(text)
        if not found:
            raise MalformedPosition(text)
        return cls(found[1], int(found[2]), int(found[3]), is_end=found[4] is not None)

    @property
    def stream_id(self) -> str:
        """The id of the entry in the stream."""
        return f"{self.ms}-{self.n}"

    def __str__(self) -> str:
        return f"{self.epoch}.{self.ms}-{self.n}{_END_MARK if self.is_end else ''}"

    def as_end(self) -> "Position":
        """Give the same place with the end mark."""
        return self._replace(is_end=True)
