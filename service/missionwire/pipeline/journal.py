"""The journal: what a worker has in hand, in a mapped file that outlives it and tells its successor the suspects."""

import mmap
from pathlib import Path
from typing import Final, Self

_SLOT: Final = 48
_SLOTS: Final = 4096
_HOLDER: Final = 256
_HEAD: Final = 2 + _HOLDER
_SIZE: Final = _HEAD + _SLOT * _SLOTS


class Journal:
    """A fixed number of slots, each empty or the name of an inbox entry in hand (`<stream>:<id>`).

    Writing is a copy into memory; nothing is flushed, for it has to outlive the process, not the machine. Two flags
    stand before the slots: whether the entry in hand runs alone, and whether a supervisor ended the worker because it
    hung. `holder` is who has the event loop at this moment.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.stat().st_size != _SIZE:
            path.write_bytes(bytes(_SIZE))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _SIZE)
        self._free = list(range(_SLOTS - 1, -1, -1))
        self._taken: dict[str, int] = {}

    @classmethod
    def mark_hung(cls, path: Path) -> None:
        """Note, from outside, that the worker is ended because it hung."""
        if path.exists():
            journal = cls(path)
            journal._map[0] = 1  # its own class
            journal.close()

    def leftovers(self) -> list[str]:
        """Give the entries that a worker before this one had in hand when it ended."""
        found = []
        for slot in range(_SLOTS):
            text = self._slot(slot)
            if text:
                found.append(text)
        return found

    @property
    def was_hung(self) -> bool:
        """Whether the worker before this one was ended because it hung."""
        return bool(self._map[0])

    @property
    def was_alone(self) -> bool:
        """Whether the worker before this one had one entry in hand on purpose."""
        return bool(self._map[1])

    @property
    def holder(self) -> str:
        """Who had the event loop last: `<plugin> <hook>`, empty for nobody."""
        return self._map[2 : 2 + _HOLDER].rstrip(b"\0").decode(errors="replace")

    def hold(self, label: bytes) -> None:
        """Note who has the event loop; empty when it is given back. `label` is padded by `label_of`."""
        self._map[2 : 2 + _HOLDER] = label

    def clear(self) -> None:
        """Forget everything: a new start, or a clean end."""
        self._map[:] = bytes(_SIZE)
        self._free = list(range(_SLOTS - 1, -1, -1))
        self._taken.clear()

    def begin(self, entry: str, *, is_alone: bool = False) -> None:
        """Note that an entry is in hand. Beyond the number of slots an entry goes unnoted."""
        self._map[1] = is_alone
        if not self._free or entry in self._taken:
            return
        slot = self._free.pop()
        self._taken[entry] = slot
        start = _HEAD + slot * _SLOT
        self._map[start : start + _SLOT] = entry.encode()[:_SLOT].ljust(_SLOT, b"\0")

    def end(self, entry: str) -> None:
        """Note that an entry is done: committed, or given back."""
        slot = self._taken.pop(entry, None)
        if slot is not None:
            start = _HEAD + slot * _SLOT
            self._map[start : start + _SLOT] = bytes(_SLOT)
            self._free.append(slot)

    def _slot(self, slot: int) -> str:
        start = _HEAD + slot * _SLOT
        return self._map[start : start + _SLOT].rstrip(b"\0").decode(errors="replace")

    def close(self) -> None:
        """Let go of the file."""
        self._map.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


NOBODY: Final = bytes(_HOLDER)


def label_of(holder: str) -> bytes:
    """Make the label of a holder, `<plugin> <hook>`."""
    return holder.encode()[:_HOLDER].ljust(_HOLDER, b"\0")
