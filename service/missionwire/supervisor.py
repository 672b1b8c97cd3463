"""The supervisor: owns the embedded server, the workers and the HTTP process; starts, watches, replaces, stops them.

Children are this same program with a private command. Each gets the settings on its standard input, which stays open
as long as the supervisor lives: where the kernel cannot end a child with its parent, the closed pipe does. Each writes
beats to a pipe of its own; a worker that stops beating is ended and replaced.
"""

import asyncio
import logging
import os
import secrets
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from missionwire.domain.errors import ServerAway, StartError
from missionwire.pipeline.journal import End, Journal
from missionwire.settings import Settings
from missionwire.sources import Sources
from missionwire.store.embedded import Embedded
from missionwire.store.machine import oom_kills
from missionwire.store.server import Server

TICK_S: Final = 0.1
RESTART_S: Final = (0.1, 5.0)
"""Waits between two starts: the first, doubled up to the second for a child that ends by itself while it starts."""

STEADY_S: Final = 20.0
"""A child that lived so long has started."""

STARTING: Final = b"."
WORKING: Final = b"w"
"""The beats of a worker while its plugins start, and after."""

WORKER_STOP_S: Final = 20.0
HTTP_STOP_S: Final = 5.0
"""On top of the time to drain."""

START_S: Final = 60.0
"""A worker may take so long until its first beat: plugins are imported and started in it."""

LATE_S: Final = 2.0
"""A supervisor that did not turn itself for so long holds no child's silence against it."""

OOM_EVERY_S: Final = 1.0
"""How long ago a worker may have been ended for want of memory, at most twice this, and be recognised by the count."""

REFUSED: Final = 78
"""The exit code of a child that cannot start at all (EX_CONFIG): it is not started again."""

_ASKED: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
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


class Child:
    """One child process, with its beats and its way of being started again."""

    def __init__(self, role: Literal["http", "worker"], orders: Orders) -> None:
        self.role = role
        self.orders = orders
        self.process: subprocess.Popen[bytes] | None = None
        self.beats: int | None = None
        self.started_s = 0.0
        self.beaten_s: float | None = None
        self.wait_s = RESTART_S[0]
        self.due_s = 0.0
        self.is_replaced = False
        self.has_worked = False
        self.said = b""

    @property
    def name(self) -> str:
        """What the log calls it."""
        return self.role if self.role == "http" else f"worker {self.orders.slot}"

    def start(self) -> None:
        """Start the process."""
        reader, writer = os.pipe()
        self.process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-m", "missionwire.child", self.role, str(writer)],
            stdin=subprocess.PIPE,
            pass_fds=(writer,),
            start_new_session=True,  # Ctrl-C is the supervisor's, which drains in order
        )
        os.close(writer)
        os.set_blocking(reader, False)  # os's own signature
        self.beats, self.started_s, self.beaten_s, self.said = reader, time.monotonic(), None, b""
        self.is_replaced = self.has_worked = False
        if self.process.stdin is not None:
            try:
                self.process.stdin.write(msgspec.json.encode(self.orders) + b"\n")
                self.process.stdin.flush()
            except BrokenPipeError:
                _LOG.warning("%s ended before it read its orders", self.name)

    def is_hung(self, now_s: float) -> bool:
        """Whether a worker's loop has not turned for too long."""
        if self.role != "worker" or self.process is None:
            return False
        if self.beaten_s is None:
            return now_s - self.started_s > START_S
        return now_s - self.beaten_s > self.orders.settings.worker_hang_s

    def forgive(self, now_s: float) -> None:
        """Take it as beaten: its beats could not be heard."""
        if self.beaten_s is None:
            self.started_s = now_s
        else:
            self.beaten_s = now_s

    def forget(self) -> None:
        """Let go of what an ended process held."""
        if self.beats is not None:
            os.close(self.beats)
        if self.process is not None and self.process.stdin is not None:
            try:
                self.process.stdin.close()
            except BrokenPipeError:
                _LOG.debug("%s was gone before", self.name)
        self.process, self.beats = None, None


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
    return "unproved" if code == 0 or -code in _ASKED else "by itself"


class Supervisor:
    """Runs the parts that a command asks for until a signal.

    `on_ready` is told the port once HTTP answers. With `sources`, a change of them starts the children anew.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        has_http: bool,
        workers: int,
        on_ready: Callable[[int], None] | None = None,
        sources: Sources | None = None,
    ) -> None:
        self._settings = settings
        self._sources = sources
        self._has_http = has_http
        self._workers = workers
        self._on_ready = on_ready
        self._embedded: Embedded | None = None
        self._children: list[Child] = []
        self._selector = selectors.DefaultSelector()
        self._signals = 0
        self._failure: str | None = None
        self._is_refused = False
        self._is_told = False
        self._url = ""
        self._turned_s = time.monotonic()
        self._oom_kills = OomKills()

    def run(self) -> int:
        """Run until SIGTERM or SIGINT; gives the exit code. A child that cannot start has said why itself.

        Raises:
            StartError: something cannot be started.
        """
        for number in _ASKED:
            signal.signal(number, self._note_signal)
        with tempfile.TemporaryDirectory(prefix="missionwire-run-") as scratch:
            try:
                self._start(Path(scratch))
                while not self._signals and self._failure is None and not self._is_refused:
                    self._turn()
            finally:
                self._stop()
        if self._failure is not None:
            raise StartError(self._failure)
        return 1 if self._is_refused else 0

    def _note_signal(self, *_: object) -> None:
        self._signals += 1

    def _start(self, scratch: Path) -> None:
        run_dir = scratch
        if self._settings.redis_url is None:
            self._embedded = Embedded(self._settings.data_folder, max_memory_bytes=self._settings.keep.max_memory_bytes)
            self._embedded.start()
            self._url = self._embedded.url
            run_dir = self._settings.data_folder / "run"  # outlives a kill, so that suspects are known after it
        else:
            self._url = self._settings.redis_url
            asyncio.run(self._look_at_server())
            if self._signals:
                return
        run_dir.mkdir(parents=True, exist_ok=True)
        orders = Orders(settings=self._settings, url=self._url)
        if self._has_http:
            self._children.append(Child("http", orders))
        team = f"{socket.gethostname()}-{secrets.token_hex(4)}"
        for slot in range(self._workers):
            journal = run_dir / f"journal-{self._settings.name}-{slot}"
            theirs = msgspec.structs.replace(orders, slot=slot, name=f"{team}-{slot}", journal=str(journal))
            self._children.append(Child("worker", theirs))
        for child in self._children:
            self._start_child(child)

    async def _look_at_server(self) -> None:
        """Look at an external server before anything is started on it; a signal ends the wait for one that is away.

        Raises:
            StartError: it cannot keep what is promised, or does not answer.
        """
        from missionwire.app import AWAY_AT_START_S, check_server  # noqa: PLC0415  # only with an external server

        server = Server(self._url)
        looking = asyncio.ensure_future(check_server(server))
        try:
            while not looking.done() and not self._signals:
                await asyncio.wait({looking}, timeout=TICK_S)
            if looking.done():
                looking.result()
        except ServerAway as error:
            message = f"The server did not answer for {AWAY_AT_START_S:.0f} s. Does it run, and is --redis-url right?"
            raise StartError(message) from error
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)
            await server.aclose()

    def _start_child(self, child: Child) -> None:
        child.start()
        if child.beats is not None:
            self._selector.register(child.beats, selectors.EVENT_READ, child)

    def _turn(self) -> None:
        for key, _ in self._selector.select(TICK_S):
            self._hear(key.data)
        now_s = time.monotonic()
        if now_s - self._turned_s > LATE_S:
            self._forgive()
        self._turned_s = now_s
        self._oom_kills.look(now_s)
        for child in self._children:
            if child.process is None:
                if now_s >= child.due_s:
                    self._start_child(child)
            elif child.process.poll() is not None:
                self._ended(child, child.process.returncode)
            elif child.is_hung(now_s):
                self._replace_hung(child)
        self._look_after_server()
        if self._sources is not None and self._sources.has_changed():
            self._start_anew()

    def _start_anew(self) -> None:
        """Let the children end and come back with the code as it is now: for development."""
        _LOG.warning("the source of a plugin changed; workers and HTTP are started anew")
        for child in self._children:
            if child.process is not None:
                child.process.terminate()

    def _look_after_server(self) -> None:
        if self._embedded is not None and self._embedded.poll() is not None:
            _LOG.error("the embedded server ended with %s; it is started again", self._embedded.poll())
            self._embedded.start()
            self._forgive()
            if self._embedded.url != self._url:
                self._failure = "The embedded server came back at another place."

    def _forgive(self) -> None:
        now_s = time.monotonic()
        for child in self._children:
            child.forgive(now_s)

    def _hear(self, child: Child) -> None:
        if child.beats is None:
            return
        try:
            heard = os.read(child.beats, 4096)
        except BlockingIOError:
            return
        if not heard:
            self._selector.unregister(child.beats)
            return
        child.beaten_s = time.monotonic()
        child.has_worked = child.has_worked or WORKING in heard
        if child.role == "http" and not self._is_told:
            child.said += heard
            if child.said.endswith(b"\n"):
                self._is_told = True
                port = int(child.said)
                # a successor must come back at the same place, also where any free port was taken
                settings = msgspec.structs.replace(child.orders.settings, port=port)
                child.orders = msgspec.structs.replace(child.orders, settings=settings)
                if self._on_ready is not None:
                    self._on_ready(port)

    def _ended(self, child: Child, code: int) -> None:
        self._release(child)
        if code == REFUSED:
            self._is_refused = True  # it said why
            return
        end = "hung" if child.is_replaced else end_of(code, has_oom_kill=self._oom_kills.has_grown())
        if child.role == "worker":
            Journal.judge(Path(child.orders.journal), end)
        if end == "unproved" or child.has_worked or time.monotonic() - child.started_s > STEADY_S:
            child.wait_s = RESTART_S[0]
        _LOG.error("%s ended with %s; it is started again in %.1f s", child.name, code, child.wait_s)
        child.due_s = time.monotonic() + child.wait_s
        child.wait_s = min(child.wait_s * 2, RESTART_S[1])

    def _replace_hung(self, child: Child) -> None:
        _LOG.error("%s hangs: its loop has not turned for a while; it is ended and replaced", child.name)
        child.is_replaced = True
        if child.process is not None:
            child.process.kill()
            child.process.wait()

    def _release(self, child: Child) -> None:
        if child.beats is not None:
            try:
                self._selector.unregister(child.beats)
            except KeyError:
                _LOG.debug("%s had closed its beats", child.name)
        child.forget()

    def _stop(self) -> None:
        """Stop in the order in which nothing is lost: HTTP drains, workers finish what they have, the server last."""
        http = [child for child in self._children if child.role == "http"]
        workers = [child for child in self._children if child.role == "worker"]
        self._end(http, self._settings.feed.drain_s + HTTP_STOP_S)
        self._end(workers, WORKER_STOP_S)
        if self._embedded is not None:
            self._embedded.stop()
        self._selector.close()

    def _end(self, children: Sequence[Child], timeout_s: float) -> None:
        living = [child for child in children if child.process is not None]
        for child in living:
            if child.process is not None:
                child.process.terminate()
        give_up_s = time.monotonic() + timeout_s
        signals = self._signals
        for child in living:
            if child.process is None:
                continue
            while child.process.poll() is None:
                if time.monotonic() > give_up_s or self._signals > signals:  # a second Ctrl-C: at once
                    child.process.kill()
                    child.process.wait()
                    break
                time.sleep(0.02)
            self._release(child)
