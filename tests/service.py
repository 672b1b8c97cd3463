"""The service as users run it: `missionwire serve` as a process, on a free port, in a folder of its own."""

import contextlib
import os
import queue
import re
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import httpx

START_S = 60.0
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For clients that speak plain HTTP: httpx would read the machine's certificates for each of them, at 70 ms a time."""

_SERVES = re.compile(r"missionwire serves (http://\S+) ")


class Service:
    """Runs the service. Use it as a context manager; `kill` and `start` in between are allowed."""

    def __init__(
        self,
        data_dir: Path,
        *,
        flags: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        port: int = 0,
        python: Path | str = sys.executable,
    ) -> None:
        self.data_dir = data_dir
        self.url = ""
        self.lines: list[str] = []
        self._flags = list(flags)
        self._env = dict(env or {})
        self._port = port
        self._python = python
        self._process: subprocess.Popen[str] | None = None
        self._told: queue.Queue[str] = queue.Queue()

    def start(self) -> Self:
        """Start, and wait until requests are answered. A second start takes the same port, as an operator's does."""
        command = [str(self._python), "-m", "missionwire", "serve", "--port", str(self._port), *self._flags]
        if not any(flag.startswith("--redis-url") for flag in self._flags):
            command += ["--data-dir", str(self.data_dir)]
        env = {k: v for k, v in os.environ.items() if not k.startswith("MISSIONWIRE_")} | self._env
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, env=env)
        self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._reader.start()
        give_up_s = time.monotonic() + START_S
        while not self.url or not self._is_ready():
            left_s = give_up_s - time.monotonic()
            try:
                line = self._told.get(timeout=max(0.01, min(0.1, left_s)))
            except queue.Empty:
                line = ""
            if found := _SERVES.search(line):
                self.url = found[1]
                self._port = int(self.url.rpartition(":")[2])
            if left_s < 0 or (self._process.poll() is not None and self._told.empty()):
                message = "the service did not start:\n" + "\n".join(self.lines)
                raise AssertionError(message)
        return self

    def _read(self, process: "subprocess.Popen[str]") -> None:
        assert process.stderr is not None
        with process.stderr as told:
            for line in told:
                self.lines.append(line.rstrip("\n"))
                self._told.put(line)

    def _is_ready(self) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            answer = httpx.get(f"{self.url}/health/ready", timeout=2, verify=PLAIN)
            return answer.status_code == httpx.codes.OK and answer.json()["workers"] > 0
        return False

    def wait_until_ready(self, timeout_s: float = START_S) -> None:
        """Wait until requests are answered and a worker is there."""
        give_up_s = time.monotonic() + timeout_s
        while not self._is_ready():
            assert time.monotonic() < give_up_s, "the service is not ready:\n" + "\n".join(self.lines)
            threading.Event().wait(0.05)  # a poll of a foreign process, bounded above

    @property
    def pid(self) -> int:
        """The supervisor's process."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End the supervisor at once, as a crash does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._reader.join(START_S)  # ends with the last child that holds the pipe
        self.url = ""

    def stop(self, timeout_s: float = 30) -> int:
        """End it as an operator does; gives the exit code."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(timeout_s)
        finally:
            self._process.kill()
            self._process.wait()
            self._reader.join(timeout_s)

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self.stop()

    # --- what users do --------------------------------------------------------------------------------------------

    def post(self, event: Mapping[str, Any]) -> httpx.Response:
        """Publish one event."""
        return httpx.post(f"{self.url}/v1/events", json=event, timeout=30, verify=PLAIN)

    def get(self, path: str, **params: Any) -> httpx.Response:
        """Read something."""
        return httpx.get(f"{self.url}{path}", params=params or None, timeout=30, verify=PLAIN)

    def wait_for(self, source: str, id_: str, timeout_s: float = 20) -> dict[str, Any]:
        """Wait until an event is on the wire, by asking where it is; gives it."""
        give_up_s = time.monotonic() + timeout_s
        while True:
            answer = self.get("/v1/events", source=source, id=id_)
            if answer.status_code == httpx.codes.OK:
                found: dict[str, Any] = answer.json()
                return found
            assert time.monotonic() < give_up_s, f"{source} {id_} is not on the wire: {answer.text}"
            threading.Event().wait(0.02)  # a poll of a foreign process, bounded above

    def frames(self, path: str = "/v1/feed", headers: Mapping[str, str] | None = None, **params: Any) -> "Frames":
        """Open a feed as a raw reader does."""
        return Frames(f"{self.url}{path}", params, headers or {})


class Frames:
    """The frames of one feed, as dicts of their fields (comments under the key ``comment``), read when asked for."""

    def __init__(self, url: str, params: Mapping[str, Any], headers: Mapping[str, str]) -> None:
        self._client = httpx.Client(timeout=30, verify=PLAIN)
        request = self._client.build_request(
            "GET", url, params=dict(params) or None, headers={"Accept": "text/event-stream", **headers}
        )
        self.response = self._client.send(request, stream=True)
        self._lines = self.response.iter_lines()

    def __iter__(self) -> Iterator[dict[str, str]]:
        frame: dict[str, str] = {}
        for line in self._lines:
            if line.startswith(":"):
                yield {"comment": line[1:]}
            elif line:
                name, _, value = line.partition(":")
                frame[name] = value.removeprefix(" ")
            elif frame:
                yield frame
                frame = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.response.close()
        self._client.close()


def an_event(id_: str | None = None, **attributes: Any) -> dict[str, Any]:
    """A valid event; give what matters."""
    return {
        "specversion": "1.0",
        "id": id_ or uuid4().hex,
        "source": "urn:test",
        "type": "missionwire.launch.lifted-off",
        **attributes,
    }
