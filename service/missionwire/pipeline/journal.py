"""The journal: what a worker has in hand, in a mapped file that outlives it and tells its successor the suspects."""

import mmap
from pathlib import Path
from typing import Final, Literal, NamedTuple, Self, TypeAlias

_NAME: Final = 47
_SLOT: Final = _NAME + 1
"""The name of an entry, and whether it was run to its end."""

_SLOTS: Final = 4096
_HOLDER: Final = 256
_ALONE_AT: Final = 1
_HOLDER_AT: Final = _ALONE_AT + _NAME
_SLOTS_AT: Final = _HOLDER_AT + _HOLDER
_SIZE: Final = _SLOTS_AT + _SLOT * _SLOTS

End: TypeAlias = Literal["unproved", "by itself", "hung"]
"""How a worker ended, as its supervisor saw it. Unproved: it was ended from outside, or nobody was left to see it."""

_ENDS: Final[tuple[End, ...]] = ("unproved", "by itself", "hung")


class Past(NamedTuple):
    """What a journal tells of the worker before: nothing after a clean end.

    `running` are the entries that it was running, `made` those that it had run and not committed, `alone` the one that
    it ran alone, empty for none; `holder` is who had its event loop, `<plugin> <hook>`, empty for nobody.
    """

    running: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    alone: str = ""
    holder: str = ""
    end: End = "unproved"


class Journal:
    """A fixed number of slots, each empty or the name of an inbox entry in hand (`<stream>:<id>`).

    Writing is a copy into memory; nothing is flushed, for it has to outlive the process, not the machine. Before the
    slots stand how the worker ended, which entry ran alone, and who has the event loop at this moment.
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
    def judge(cls, path: Path, end: End) -> None:
        """Note, from outside, how the worker that wrote this journal ended."""
        if path.exists():
            with cls(path) as journal:
                journal._map[0] = _ENDS.index(end)  # its own class

    def take_over(self) -> Past:
        """Give what is noted of the worker before, and go on from there.

        Its entries stay noted as in hand until they are done. How it ended and what ran alone is forgotten, for that
        says nothing about how this worker will end.
        """
        self._free, self._taken = [], {}
        running: list[str] = []
        made: list[str] = []
        for slot in range(_SLOTS):
            start = _SLOTS_AT + slot * _SLOT
            if name := self._text(start, _NAME):
                self._taken[name] = slot
                (made if self._map[start + _NAME] else running).append(name)
            else:
                self._free.append(slot)
        alone, holder = self._text(_ALONE_AT, _NAME), self._text(_HOLDER_AT, _HOLDER)
        past = Past(tuple(running), tuple(made), alone, holder, _end(self._map[0]))
        self._map[:_SLOTS_AT] = bytes(_SLOTS_AT)
        return past

    def hold(self, label: bytes) -> None:
        """Note who has the event loop, as `label_of` writes it; `NOBODY` when it is given back."""
        self._map[_HOLDER_AT:_SLOTS_AT] = label

    def clear(self) -> None:
        """Forget everything: a new start, or a clean end."""
        self._map[:] = bytes(_SIZE)
        self._free = list(range(_SLOTS - 1, -1, -1))
        self._taken.clear()

    def begin(self, entry: str) -> None:
        """Note that an entry is in hand, and runs. Beyond the number of slots an entry goes unnoted."""
        if not self._free or entry in self._taken:
            return
        slot = self._taken[entry] = self._free.pop()
        start = _SLOTS_AT + slot * _SLOT
        self._map[start : start + _SLOT] = _padded(entry, _SLOT)

    def made(self, entry: str) -> None:
        """Note that an entry has run to its end: it is not what ends the worker from now on."""
        slot = self._taken.get(entry)
        if slot is not None:
            self._map[_SLOTS_AT + slot * _SLOT + _NAME] = 1

    def begin_alone(self, entry: str) -> None:
        """Note that an entry is in hand and nothing else runs; the others that are noted wait for their turn."""
        self.begin(entry)
        self._map[_ALONE_AT:_HOLDER_AT] = _padded(entry, _NAME)

    def end_alone(self) -> None:
        """Note that nothing runs alone any more."""
        self._map[_ALONE_AT:_HOLDER_AT] = bytes(_NAME)

    def end(self, entry: str) -> None:
        """Note that an entry is no longer in hand: committed, or given back."""
        slot = self._taken.pop(entry, None)
        if slot is not None:
            start = _SLOTS_AT + slot * _SLOT
            self._map[start : start + _SLOT] = bytes(_SLOT)
            self._free.append(slot)

    def _text(self, start: int, size: int) -> str:
        return self._map[start : start + size].rstrip(b"\0").decode(errors="replace")

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
    return _padded(holder, _HOLDER)


def _padded(text: str, size: int) -> bytes:
    return text.encode()[:size].ljust(size, b"\0")


def _end(written: int) -> End:
    return _ENDS[written] if written < len(_ENDS) else "unproved"
