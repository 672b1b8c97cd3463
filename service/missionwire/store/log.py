"""The log as a whole: its epoch, its tip, its forks, and where a position stands in it."""

import secrets
from typing import Any, Final, Literal, NamedTuple

from redis.exceptions import ResponseError

from missionwire.domain.errors import ServerUnfit
from missionwire.domain.position import Position
from missionwire.store.keys import Keys
from missionwire.store.scripts import Name, Value, run
from missionwire.store.server import Client, Server, named_errors

LAYOUT: Final = "1"
"""The layout of the keys. A server that holds another is not touched."""

PARTITIONS: Final = 16
"""Inbox streams of a new log."""

TRIES: Final = 5
"""So often a step is tried again because the generations of marks have changed meanwhile."""

_EPOCH_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz0123456789"


class Tip(NamedTuple):
    """The last entry of the wire; `n` is 0 while it is empty."""

    ms: int
    n: int


class Gone(NamedTuple):
    """Why a position cannot be gone on from, and from where the log can be read instead.

    `from_` and `to` bound what is missing, where known, `missing` of them; `restart` is the place to go on from.
    """

    reason: Literal["trimmed", "epoch", "ahead", "malformed"]
    from_: Position | None
    to: Position | None
    missing: int | None
    restart: Position | None


class Log:
    """One wire's log on one server. Holds what rarely changes; the tip is always asked for."""

    def __init__(self, server: Server, name: str) -> None:
        self.server = server
        self.keys = Keys(name)
        self.epoch = ""
        self.partitions = PARTITIONS
        self.forks: dict[str, int] = {}
        self._generations = "1:1"
        self._seen = Tip(0, 0)

    async def open(self) -> Tip:
        """Open the log, or make it.

        Raises:
            ServerAway: no answer.
            ServerUnfit: the keys have a layout that this version does not know.
        """
        known = self._known()
        with named_errors():
            answer = await run(self.server.pool, "open", [self.keys.meta], [_new_epoch(), PARTITIONS, LAYOUT])
        epoch, ms, n, partitions, generations, forks, layout = (value.decode() if value else "" for value in answer)
        if layout != LAYOUT:
            message = f"The server holds a log of layout {layout}; this version knows layout {LAYOUT}."
            raise ServerUnfit(message)
        self.epoch, self.partitions, self._generations = epoch, int(partitions), generations
        self.forks = _forks(forks)
        tip = Tip(int(ms), int(n))
        if _went_back(known, epoch, tip):
            await self._fork(tip)
        if self.epoch != known.epoch:  # what was seen belongs to another history
            self._seen = tip
        self.saw(tip)
        return tip

    async def _fork(self, tip: Tip) -> None:
        """Give the log a new epoch because it went back, unless another process has done so meanwhile."""
        with named_errors():
            epoch, forks = await run(self.server.pool, "fork", [self.keys.meta], [self.epoch, _new_epoch(), tip.n])
        self.epoch, self.forks = epoch.decode(), _forks((forks or b"").decode())

    def _known(self) -> "_Known":
        """Give what is known of the log *before* a request: its answer may come after that to a later one."""
        return _Known(self.epoch, self._seen)

    def saw(self, tip: Tip) -> None:
        """Remember the highest tip, against which a log that went back is noticed."""
        self._seen = max(self._seen, tip, key=lambda t: t.n)

    @property
    def seen(self) -> Tip:
        """The highest tip that this process saw."""
        return self._seen

    def position(self, ms: int, n: int) -> Position:
        """Give the position of an entry in today's epoch."""
        return Position(self.epoch, ms, n)

    async def tip(self) -> Tip:
        """Ask for the last entry of the wire; a log that is another one by now, or went back, is opened again."""
        known = self._known()
        with named_errors():
            epoch, ms, n = await self.server.pool.hmget(self.keys.meta, ["epoch", "ms", "n"])
        if epoch is None or epoch.decode() != self.epoch:
            return await self.open()
        tip = Tip(int(ms), int(n))
        if _went_back(known, self.epoch, tip):
            return await self.open()
        self.saw(tip)
        return tip

    # --- generations of marks -------------------------------------------------------------------------------------

    @property
    def generations(self) -> str:
        """The generations of marks as this process knows them, `oldest:newest`."""
        return self._generations

    def marks_keys(self) -> list[str]:
        """Give the keys of all generations of marks, the newest first."""
        oldest, newest = (int(part) for part in self._generations.split(":"))
        return [self.keys.marks(g) for g in range(newest, oldest - 1, -1)]

    def inbox_keys(self) -> list[str]:
        """Give the keys of all inbox streams."""
        return [self.keys.inbox(p) for p in range(self.partitions)]

    def learn_generations(self, generations: str) -> None:
        """Take over the generations as the server has them."""
        self._generations = generations

    async def run_with_marks(self, client: Client, name: Name, before: list[str], arguments: Any) -> Any:  # noqa: ANN401  # what a script takes and gives
        """Run a script whose keys are `before`, then all marks, then all inboxes.

        `arguments` is called for the script's arguments, since they name the generations; when the server has others
        by now, they are learnt and the script is run again. When it has none, the log is gone, and is made anew.
        """
        for attempt in range(TRIES):
            keys = [*before, *self.marks_keys(), *self.inbox_keys()]
            made: list[Value] = arguments()
            try:
                return await run(client, name, keys, made)
            except ResponseError as error:
                word, _, rest = str(error).partition(" ")
                if word != "GENERATIONS" or attempt == TRIES - 1:
                    raise
                if rest == "false":
                    await self.open()
                else:
                    self.learn_generations(rest)
        raise AssertionError  # the loop always returns or raises

    # --- where a position stands ----------------------------------------------------------------------------------

    async def locate(self, position: Position) -> Gone | None:
        """Look whether a position can be gone on from: None, or why not.

        Every entry's ordinal is one more than that of the entry before it, so the first entry at or after the position
        tells all: its ordinal is the position's own (there), one more (just trimmed to here), or something else.
        """
        tip = await self.tip()
        n = position.n
        if position.epoch != self.epoch and not self._is_from_before_a_fork(position):
            return self._elsewhere("epoch")
        if n > tip.n:
            return self._elsewhere("ahead")
        if n == 0:
            return await self._after_the_start(position)
        found, oldest = await self._first_and_oldest(position)
        if not found:
            # nothing at or after it: the position is the tip itself on an emptied wire, or in no history of this log
            return None if n == tip.n and position.ms == tip.ms else self._elsewhere("epoch")
        ms, first = split_id(found[0][0])
        if first == n:
            return None if ms == position.ms else self._elsewhere("epoch")
        if oldest is not None and oldest.n > n and (ms, first) == (oldest.ms, oldest.n):
            return self._trimmed(position, oldest)
        return self._elsewhere("epoch")

    async def _first_and_oldest(self, position: Position) -> tuple[list[Any], Tip | None]:
        """Give the first entry at or after a position, and the oldest, both of one moment: the wire is trimmed."""
        with named_errors():
            async with self.server.pool.pipeline(transaction=True) as pipe:
                pipe.xrange(self.keys.wire, min=position.stream_id, max="+", count=1)
                pipe.xrange(self.keys.wire, count=1)
                found, oldest = await pipe.execute()
        return found, Tip(*split_id(oldest[0][0])) if oldest else None

    async def _after_the_start(self, position: Position) -> Gone | None:
        oldest = await self._oldest()
        return None if oldest is None or oldest.n == 1 else self._trimmed(position, oldest)

    def _trimmed(self, position: Position, oldest: Tip) -> Gone | None:
        if oldest.n == position.n + 1:
            return None
        last = self.position(oldest.ms, oldest.n - 1)
        return Gone("trimmed", position, last, oldest.n - position.n - 1, last)

    def _is_from_before_a_fork(self, position: Position) -> bool:
        fork = self.forks.get(position.epoch)
        return fork is not None and position.n <= fork

    def _elsewhere(self, reason: Literal["epoch", "ahead"]) -> Gone:
        return Gone(reason, None, None, None, None)

    async def _oldest(self) -> Tip | None:
        with named_errors():
            found = await self.server.pool.xrange(self.keys.wire, count=1)
        return Tip(*split_id(found[0][0])) if found else None

    async def before_oldest(self) -> Position:
        """Give the place before the oldest entry that is kept; the end of an empty wire."""
        tip = await self.tip()  # before the wire is looked at: an entry that comes meanwhile is after it
        oldest = await self._oldest()
        if oldest is None:
            return self.position(tip.ms, tip.n)
        return self.position(oldest.ms, oldest.n - 1) if oldest.n > 1 else self.position(0, 0)


class _Known(NamedTuple):
    """What a process knows of the log at some moment."""

    epoch: str
    tip: Tip


def _went_back(known: _Known, epoch: str, tip: Tip) -> bool:
    """Tell whether a log with this epoch and tip has lost what was known of it."""
    return epoch == known.epoch and (tip.n < known.tip.n or (tip.n == known.tip.n and tip.ms != known.tip.ms))


def _new_epoch() -> str:
    return "".join(secrets.choice(_EPOCH_ALPHABET) for _ in range(8))


def split_id(stream_id: bytes) -> tuple[int, int]:
    """Give the two numbers of a stream id."""
    ms, _, n = stream_id.partition(b"-")
    return int(ms), int(n)


def _forks(text: str) -> dict[str, int]:
    return {epoch: int(n) for epoch, _, n in (fork.rpartition(":") for fork in text.split())}
