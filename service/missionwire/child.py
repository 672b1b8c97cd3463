"""The entry of the supervisor's children: `python -m missionwire.child ROLE FD`, with the orders on standard input."""

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Final

import msgspec

from missionwire.children import REFUSED, STARTING, WORKING, Orders
from missionwire.domain.errors import StartError
from missionwire.domain.redaction import Redactor
from missionwire.logs import set_up_logging
from missionwire.tallies import Tally

ORPHAN_S: Final = 20.0
"""Without its supervisor a process may take so long to finish what it has in hand."""

THREADS_S: Final = 1.0
"""At the end a plugin's threads may take so long to end, too."""

_PR_SET_PDEATHSIG: Final = 1


def main() -> int:
    """Run one role; gives the exit code."""
    role, beats = sys.argv[1], int(sys.argv[2])
    _end_with_parent()
    orders = msgspec.json.decode(sys.stdin.buffer.readline(), type=Orders)
    _end_with_pipe()
    redactor = Redactor()
    set_up_logging(orders.settings.log_level, redactor)
    try:
        (_run_http if role == "http" else _run_worker)(orders, beats, redactor)
        _leave_threads()
    except StartError as error:
        sys.stderr.write(f"Error: {error.detail}\n")
        return REFUSED
    return 0


def _run_http(orders: Orders, beats: int, redactor: Redactor) -> None:
    from missionwire.app.serving import run_http  # noqa: PLC0415  # after the logging is set up; a worker needs no web

    listener = socket.socket(fileno=orders.listener)
    tally = Tally(Path(orders.tally))
    run_http(orders.settings, orders.url, listener, tally, lambda: _write(beats, WORKING), redactor)


def _run_worker(orders: Orders, beats: int, redactor: Redactor) -> None:
    from missionwire.app.worker import Stage, run_worker  # noqa: PLC0415  # after the logging is set up

    def beat(stage: Stage) -> None:
        _write(beats, WORKING if stage == "working" else STARTING)

    asyncio.run(run_worker(orders.settings, orders.url, orders.name, Path(orders.journal), beat, redactor))


def _write(fd: int, beat: bytes) -> None:
    with contextlib.suppress(OSError):  # the supervisor went away, and takes us along
        os.write(fd, beat)


def _end_with_parent() -> None:
    """Ask Linux to end this process with its parent, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _end_with_pipe() -> None:
    """End when standard input closes, for systems that cannot do it otherwise."""

    def wait() -> None:
        while os.read(0, 1):  # unbuffered: a buffered read would hold a lock that the end of Python waits for
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(ORPHAN_S)
        os._exit(1)  # something holds the event loop, and nobody is left who would end this process

    threading.Thread(target=wait, name="parent", daemon=True).start()


def _leave_threads() -> None:
    """End the process now if a thread of a plugin hangs: Python would wait for it for ever."""
    give_up_s = time.monotonic() + THREADS_S
    for thread in threading.enumerate():
        if thread.name.startswith("plugin "):
            thread.join(max(0.0, give_up_s - time.monotonic()))
            if thread.is_alive():
                sys.stderr.flush()
                os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
