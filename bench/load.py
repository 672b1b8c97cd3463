"""Loads a feed with `ssefan`, which follows it many times over, publishes, and checks every event everywhere."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import machine
import parts
import servers

FAULTS: Final = ("failed", "closed", "missing", "tail_missing", "duplicate", "malformed", "pub_err")
TIMEOUT_S: Final = 180.0


def absence() -> str | None:
    """Say why nothing can be followed here, None where it can."""
    if not shutil.which("cc"):
        return "there is no C compiler (cc), so ssefan cannot be made"
    return machine.proc_absence()


class Load:
    """The program, and its options in words."""

    def __init__(self, folder: Path) -> None:
        self._program = servers.compiled(parts.HERE / "ssefan.c", folder)

    def start(
        self, feed: servers.Feed, subscribers: int, seconds: float, *words: str, publishing: tuple[str, ...] = ()
    ) -> "subprocess.Popen[bytes]":
        """Start to follow a feed; `publishing` may be another way than the feed's own. Ask `parts.finished` for it."""
        options: Mapping[str, object] = {
            "-p": feed.port,
            "-u": feed.path,
            "-n": subscribers,
            "-d": seconds,
            "-W": min(1.0, seconds / 2),
            "-c": ",".join(map(str, feed.pids)),
        }
        pairs = (str(word) for pair in options.items() for word in pair)
        return parts.started([str(self._program), *pairs, *(publishing or feed.publishing), *words])

    def run(
        self, feed: servers.Feed, subscribers: int, seconds: float, *words: str, publishing: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Follow a feed; gives what `ssefan` tells."""
        process = self.start(feed, subscribers, seconds, *words, publishing=publishing)
        return parts.finished(process, TIMEOUT_S)


def faults_of(told: Mapping[str, Any], *, stalled: int = 0) -> Iterator[str]:
    """Say what was missing, repeated, out of order or malformed; `stalled` connections are not asked."""
    for member in FAULTS:
        if told[member]:
            yield f"{member} {told[member]}"
    if told["received"] != told["sent"] * (told["connected"] - stalled):
        yield f"{told['sent']} events to {told['connected'] - stalled} subscribers, {told['received']} deliveries"
