"""Following a running service from another thread, and waiting for what can be observed."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self, TypeVar

import httpx

from tests.service import Service

T = TypeVar("T")

_POLL_S = 0.05


def until(look: Callable[[], T | None], timeout_s: float, told: Callable[[], object] = lambda: "") -> T:
    """Look again and again until there is something; gives it. Fails after `timeout_s` with what `told` says."""
    give_up_s = time.monotonic() + timeout_s
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < give_up_s, f"nothing came of it in {timeout_s:g} s: {told()}"
        threading.Event().wait(_POLL_S)  # a poll of a foreign process, bounded above


class Follower:
    """One feed, read by a thread on one connection. `ids` are the mission events in their order, `named` the rest."""

    def __init__(self, service: Service, headers: Mapping[str, str] | None = None, **params: Any) -> None:
        self.ids: list[str] = []
        self.events: list[dict[str, Any]] = []
        self.named: list[str] = []
        self.has_ended = False
        self._frames = service.frames(headers=headers, **params)
        self._thread = threading.Thread(target=self._read, daemon=True)

    def _read(self) -> None:
        try:
            for frame in self._frames:
                if "event" in frame:
                    self.named.append(frame["event"])
                elif "data" in frame:
                    self.events.append(json.loads(frame["data"]))
                    self.ids.append(self.events[-1]["id"])
        except (httpx.HTTPError, httpx.StreamError, ValueError):
            pass  # the end of the connection, theirs or ours; `has_ended` tells
        self.has_ended = True

    def wait_for(self, id_: str, timeout_s: float = 20) -> dict[str, Any]:
        """Wait until an event was seen; gives it."""
        until(lambda: id_ in self.ids, timeout_s, lambda: f"{id_} after {self.ids[-5:]}, {self.named}")
        return self.events[self.ids.index(id_)]

    def __enter__(self) -> Self:
        self._thread.start()
        until(lambda: self.named, 20)
        return self

    def __exit__(self, *_: object) -> None:
        connection = self._frames.response.extensions["network_stream"].get_extra_info("socket")
        with contextlib.suppress(OSError):  # closed before
            connection.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._frames.__exit__()


def children_of(pid: int) -> dict[int, str]:
    """Give the living children of a process with their command lines."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(parent) == pid and state != "Z":
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
    return found


def is_alive(pid: int) -> bool:
    """Whether a process lives, zombies not counted."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
