"""Other programs, run for a bounded time and with a bounded memory of what they say."""

import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

MAX_KEPT_BYTES: Final = 1 << 16
"""Of what a program says, the last so many bytes are kept."""

READ_END_S: Final = 2.0
"""How long to wait for the last words of a program that has ended."""


def run_bounded(
    words: Sequence[str | Path],
    timeout_s: float,
    *,
    environment: dict[str, str] | None = None,
    work_dir: Path | None = None,
    given: bytes = b"",
) -> tuple[int | None, str]:
    """Run a program and give its exit code, None where its time was up, and what it said on standard error.

    Whatever it started ends with it, and of what it says the end is kept.
    """
    with subprocess.Popen(  # noqa: S603  # uv, pip and this Python, with words made here
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=work_dir,
        start_new_session=True,
    ) as process:
        said = bytearray()
        reader = threading.Thread(target=_keep_the_end, args=(process, said), daemon=True)
        reader.start()
        try:
            if process.stdin is not None:
                with suppress(BrokenPipeError):  # it ended without reading; its exit code tells the rest
                    process.stdin.write(given)
                    process.stdin.close()
            code: int | None = process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            with suppress(ProcessLookupError, PermissionError):  # nobody of its group is left
                os.killpg(process.pid, signal.SIGKILL)
            reader.join(READ_END_S)
    return code, bytes(said).decode(errors="replace")


def _keep_the_end(process: "subprocess.Popen[bytes]", said: bytearray) -> None:
    if process.stderr is None:
        return
    while chunk := os.read(process.stderr.fileno(), MAX_KEPT_BYTES):
        said += chunk
        del said[:-MAX_KEPT_BYTES]
