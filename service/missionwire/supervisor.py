"""The supervisor: owns the embedded server and the listening socket; starts, watches, replaces workers and HTTP.

Children are this same program with a private command. Each gets its orders on its standard input, which stays open as
long as the supervisor lives: where the kernel cannot end a child with its parent, the closed pipe does. Each writes
beats to a pipe of its own; one that stops beating is ended and replaced.
"""

import asyncio
import itertools
import logging
import secrets
import selectors
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from missionwire.children import ASKED, REFUSED, RESTART_S, Child, OomKills, Orders, end_of
from missionwire.domain.errors import ServerAway, StartError
from missionwire.listener import listen
from missionwire.pipeline.journal import Journal
from missionwire.roll import Roll
from missionwire.settings import Settings
from missionwire.sources import Sources
from missionwire.store.embedded import Embedded
from missionwire.store.server import Server
from missionwire.tallies import fold, tally_file

TICK_S: Final = 0.1

STEADY_S: Final = 20.0
"""A child that lived so long has started."""

LATE_S: Final = 2.0
"""A supervisor that did not turn itself for so long holds no child's silence against it."""

ROLLS: Final = signal.SIGUSR2
"""What asks for a rolling restart."""

_LOG: Final = logging.getLogger("missionwire.supervisor")


class Supervisor:
    """Runs the parts that a command asks for until a signal.

    `on_ready` is told the port once every HTTP process answers. SIGUSR2 is a rolling restart; so is, with `sources`, a
    change of them.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        processes: int,
        workers: int,
        on_ready: Callable[[int], None] | None = None,
        sources: Sources | None = None,
    ) -> None:
        self._settings = settings
        self._sources = sources
        self._processes = processes
        self._workers = workers
        self._on_ready = on_ready
        self._embedded: Embedded | None = None
        self._listener: socket.socket | None = None
        self._children: list[Child] = []
        self._tallies: Iterator[str] = iter(())
        self._roll: Roll | None = None
        self._is_roll_due = False
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
        for number in ASKED:
            signal.signal(number, self._note_signal)
        signal.signal(ROLLS, self._note_roll)
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

    def _note_roll(self, *_: object) -> None:
        self._is_roll_due = True

    def _start(self, scratch: Path) -> None:
        run_dir = scratch
        if self._processes:
            self._listener = listen(self._settings.host, self._settings.port)
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
        if self._listener is not None:
            self._tallies = (str(tally_file(scratch, number)) for number in itertools.count())
            theirs = msgspec.structs.replace(orders, listener=self._listener.fileno())
            self._children += [
                Child("http", msgspec.structs.replace(theirs, slot=slot)) for slot in range(self._processes)
            ]
        team = f"{socket.gethostname()}-{secrets.token_hex(4)}"
        for slot in range(self._workers):
            journal = run_dir / f"journal-{self._settings.name}-{slot}"
            theirs = msgspec.structs.replace(orders, slot=slot, name=f"{team}-{slot}", journal=str(journal))
            self._children.append(Child("worker", theirs))
        for child in self._children:
            self._start_child(child)

    def _add_child(self, child: Child) -> None:
        self._children.append(child)
        self._start_child(child)

    async def _look_at_server(self) -> None:
        """Look at an external server before anything is started on it; a signal ends the wait for one that is away.

        Raises:
            StartError: it cannot keep what is promised, or does not answer.
        """
        from missionwire.app.start import AWAY_AT_START_S, check_server  # noqa: PLC0415  # only with an external server

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
        if child.role == "http":
            child.orders = msgspec.structs.replace(child.orders, tally=next(self._tallies))
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
        for child in list(self._children):
            if child.process is None:
                if now_s >= child.due_s:
                    self._start_child(child)
            elif child.process.poll() is not None:
                self._ended(child, child.process.returncode)
            elif child.is_hung(now_s):
                self._replace_hung(child)
        self._look_after_server()
        self._roll_on(now_s)

    def _roll_on(self, now_s: float) -> None:
        if self._sources is not None and self._sources.has_changed():
            _LOG.warning("the source of a plugin changed; HTTP and workers are started anew, one by one")
            self._is_roll_due = True
        if self._roll is None and self._is_roll_due:
            self._is_roll_due = False
            self._roll = Roll(self._children, self._add_child)
        if self._roll is not None and not self._roll.turn(now_s):
            self._roll = None

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
        if not child.hear() and child.beats is not None:
            self._selector.unregister(child.beats)
        if not self._is_told and all(each.has_worked for each in self._children if each.role == "http"):
            self._is_told = True
            if self._on_ready is not None and self._listener is not None:
                self._on_ready(self._listener.getsockname()[1])

    def _ended(self, child: Child, code: int) -> None:
        was_asked = child.leave_until_s is not None
        self._release(child)
        if child.role == "http" and (was_asked or child.is_successor):
            self._children.remove(child)  # another one serves in its place, or does so still
            return
        if code == REFUSED:
            self._is_refused = True  # it said why
            return
        end = "hung" if child.is_replaced else end_of(code, has_oom_kill=self._oom_kills.has_grown())
        if child.role == "worker":
            Journal.judge(Path(child.orders.journal), end)
        if end == "unproved" or child.has_worked or time.monotonic() - child.started_s > STEADY_S:
            child.wait_s = RESTART_S[0]
        child.due_s = time.monotonic() + child.wait_s
        if was_asked:
            _LOG.info("%s ended as it was asked to; its successor starts", child.name)
            return
        _LOG.error("%s ended with %s; it is started again in %.1f s", child.name, code, child.wait_s)
        child.wait_s = min(child.wait_s * 2, RESTART_S[1])

    def _replace_hung(self, child: Child) -> None:
        _LOG.error("%s hangs: its loop has not turned for a while; it is ended and replaced", child.name)
        child.is_replaced = True
        child.kill()

    def _release(self, child: Child) -> None:
        if child.beats is not None:
            try:
                self._selector.unregister(child.beats)
            except KeyError:
                _LOG.debug("%s had closed its beats", child.name)
        child.forget()
        if child.role == "http":
            fold(Path(child.orders.tally))

    def _stop(self) -> None:
        """Stop in the order in which nothing is lost: HTTP drains, workers finish what they have, the server last."""
        self._end([child for child in self._children if child.role == "http"])
        self._end([child for child in self._children if child.role == "worker"])
        if self._embedded is not None:
            self._embedded.stop()
        if self._listener is not None:
            self._listener.close()
        self._selector.close()

    def _end(self, children: Sequence[Child]) -> None:
        living = [child for child in children if child.process is not None]
        now_s, signals = time.monotonic(), self._signals
        for child in living:
            child.leave(now_s)
        for child in living:
            while child.process is not None and child.process.poll() is None:
                if child.is_hung(time.monotonic()) or self._signals > signals:  # a second Ctrl-C: at once
                    child.kill()
                else:
                    time.sleep(0.02)
            self._release(child)
