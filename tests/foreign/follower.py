"""A follower: a foreign program that follows a feed as a process of its own, and writes down what it gets."""

import json
import subprocess
import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Self


class Frame(NamedTuple):
    """What a client's library handed over."""

    event: str
    id: str | None
    data: str


class Follower:
    """Runs the program; use it as a context manager. What it told is read by a thread, in order."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._lines: list[dict[str, Any]] = []
        self._news = threading.Condition()  # its lock is one that a thread may take twice
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._reader.join(10)

    def _read(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        with process.stdout as told:
            for line in told:
                with self._news:
                    self._lines.append(json.loads(line))
                    self._news.notify_all()

    # --- what it told ---------------------------------------------------------------------------------------------

    @property
    def frames(self) -> list[Frame]:
        """All frames, in their order."""
        return [Frame(line["event"], line["id"], line["data"]) for line in self._told() if "event" in line]

    @property
    def events(self) -> list[dict[str, Any]]:
        """The mission events."""
        return [json.loads(frame.data) for frame in self.frames if frame.event == "message"]

    @property
    def ids(self) -> list[str]:
        """The ids of the mission events."""
        return [event["id"] for event in self.events]

    def named(self, name: str) -> list[Frame]:
        """Give the control frames of one name."""
        return [frame for frame in self.frames if frame.event == name]

    @property
    def requests(self) -> list[str]:
        """The `Last-Event-ID` of each request, empty where none was sent."""
        return [line["last"] for line in self._told() if line.get("told") == "request"]

    @property
    def statuses(self) -> list[int]:
        """The status of each answer."""
        return [line["status"] for line in self._told() if line.get("told") == "answer"]

    def _told(self) -> list[dict[str, Any]]:
        with self._news:
            return list(self._lines)

    # --- waiting --------------------------------------------------------------------------------------------------

    def wait_until(self, is_so: Callable[[Self], bool], timeout_s: float = 30) -> None:
        """Wait until what it told is as asked for."""
        with self._news:
            is_in_time = self._news.wait_for(lambda: is_so(self), timeout_s)
            last = [str(line)[:200] for line in self._lines[-8:]]
            assert is_in_time, f"{len(self._lines)} lines, {len(self.ids)} events; it told last {last}"

    def wait_for_events(self, count: int, timeout_s: float = 30) -> None:
        """Wait until it has got so many mission events."""
        self.wait_until(lambda f: len(f.ids) >= count, timeout_s)

    def wait_for_end(self, timeout_s: float = 30) -> int:
        """Wait until the program ends by itself; gives its exit code."""
        assert self._process is not None
        code = self._process.wait(timeout_s)
        self._reader.join(timeout_s)
        return code
