"""The supervisor's children: their orders, their beats, and how one is started again."""

import logging
import os
import signal
import subprocess
import sys
import time
from typing import Final, Literal

import msgspec
from msgspec import Struct

from missionwire.pipeline.journal import End
from missionwire.settings import Settings
from missionwire.store.machine import oom_kills

RESTART_S: Final = (0.1, 5.0)
"""Waits between two starts: the first, doubled up to the second for a child that ends by itself while it starts."""

STARTING: Final = b"."
WORKING: Final = b"w"
"""The beats of a child: while its plugins start, and once it does its work."""

START_S: Final = 60.0
"""A child may take so long until its first beat: plugins are imported and started in a worker."""

WORKER_STOP_S: Final = 20.0
HTTP_STOP_S: Final = 5.0
"""On top of the time to drain."""

OOM_EVERY_S: Final = 1.0
"""How long ago a worker may have been ended for want of memory, at most twice this, and be recognised by the count."""

REFUSED: Final = 78
"""The exit code of a child that cannot start at all (EX_CONFIG): it is not started again."""

ASKED: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""What asks a process to end: it did not do so by itself."""

_LOG: Final = logging.getLogger("missionwire.supervisor")


class Orders(Struct, frozen=True, kw_only=True):
    """What a child reads from its standard input."""

    settings: Settings
    url: str
    slot: int = 0
    name: str = ""
    journal: str = ""
    """A worker's name and its journal's file; its successor in the same slot takes both over."""
    listener: int = -1
    tally: str = ""
    """An HTTP process' descriptor of the shared socket, and the file of its figures, which no other one writes."""


class Child:
    """One child process, with its beats and its way of being started again.

    A successor stands beside the one that it will follow, until it works; it is not started again.
    """

    def __init__(self, role: Literal["http", "worker"], orders: Orders, *, is_successor: bool = False) -> None:
        self.role = role
        self.orders = orders
        self.is_successor = is_successor
        self.process: subprocess.Popen[bytes] | None = None
        self.beats: int | None = None
        self.started_s = 0.0
        self.beaten_s: float | None = None
        self.wait_s = RESTART_S[0]
        self.due_s = 0.0
        self.leave_until_s: float | None = None
        self.is_replaced = False
        self.has_worked = False

    @property
    def name(self) -> str:
        """What the log calls it."""
        return f"{self.role} {self.orders.slot}"

    @property
    def stop_s(self) -> float:
        """How long it may take to end."""
        return WORKER_STOP_S if self.role == "worker" else self.orders.settings.feed.drain_s + HTTP_STOP_S

    def start(self) -> None:
        """Start the process."""
        reader, writer = os.pipe()
        shared = (self.orders.listener,) if self.role == "http" else ()
        self.process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-m", "missionwire.child", self.role, str(writer)],
            stdin=subprocess.PIPE,
            pass_fds=(writer, *shared),
            start_new_session=True,  # Ctrl-C is the supervisor's, which drains in order
        )
        os.close(writer)
        os.set_blocking(reader, False)  # os's own signature
        self.beats, self.started_s, self.beaten_s, self.leave_until_s = reader, time.monotonic(), None, None
        self.is_replaced = self.has_worked = False
        if self.process.stdin is not None:
            try:
                self.process.stdin.write(msgspec.json.encode(self.orders) + b"\n")
                self.process.stdin.flush()
            except BrokenPipeError:
                _LOG.warning("%s ended before it read its orders", self.name)

    def hear(self) -> bool:
        """Take what it has beaten; False once it beats no more."""
        if self.beats is None:
            return False
        try:
            heard = os.read(self.beats, 4096)
        except BlockingIOError:
            return True
        if heard:
            self.beaten_s = time.monotonic()
            self.has_worked = self.has_worked or WORKING in heard
        return bool(heard)

    def is_hung(self, now_s: float) -> bool:
        """Whether its loop has not turned for too long, or it takes too long to leave."""
        if self.process is None:
            return False
        if self.leave_until_s is not None:
            return now_s > self.leave_until_s
        if self.beaten_s is None:
            return now_s - self.started_s > START_S
        return now_s - self.beaten_s > self.orders.settings.worker_hang_s

    def forgive(self, now_s: float) -> None:
        """Take it as beaten: its beats could not be heard."""
        if self.beaten_s is None:
            self.started_s = now_s
        else:
            self.beaten_s = now_s

    def leave(self, now_s: float) -> None:
        """Ask it to end what it does, in a bounded time."""
        if self.process is not None:
            self.leave_until_s = now_s + self.stop_s
            self.process.terminate()

    def kill(self) -> None:
        """End it at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def forget(self) -> None:
        """Let go of what an ended process held."""
        if self.beats is not None:
            os.close(self.beats)
        if self.process is not None and self.process.stdin is not None:
            try:
                self.process.stdin.close()
            except BrokenPipeError:
                _LOG.debug("%s was gone before", self.name)
        self.process, self.beats, self.leave_until_s = None, None, None


class OomKills:
    """The kernel's count of processes that it ended for want of memory, and whether it has grown of late."""

    def __init__(self) -> None:
        self._counts = (oom_kills(),) * 2
        self._looked_s = time.monotonic()

    def look(self, now_s: float) -> None:
        """Look again if the last look is long enough ago."""
        if now_s - self._looked_s > OOM_EVERY_S:
            self._looked_s, self._counts = now_s, (self._counts[1], oom_kills())

    def has_grown(self) -> bool:
        """Whether such an end was among the last ones."""
        return oom_kills() > self._counts[0]


def end_of(code: int, *, has_oom_kill: bool) -> End:
    """Tell from a child's exit code whether it ended by itself: a kill from outside is nobody's fault in it.

    `has_oom_kill` says that the kernel has just ended a process because memory ran out. Then that counts as its own:
    what made it grow is likely what it ran.
    """
    if -code == signal.SIGKILL:
        return "by itself" if has_oom_kill else "unproved"
    return "unproved" if code == 0 or -code in ASKED else "by itself"
