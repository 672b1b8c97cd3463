"""What the machine gives: memory, as far as this process may use it, room on disk, and whom it ended for want of it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_CGROUPS: Final = Path("/sys/fs/cgroup")
_LEAST_BYTES: Final = 64 << 20


def memory_bytes() -> int:
    """Give the bytes of memory: the machine's, or the limit of this process's control group where that is lower."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(_LEAST_BYTES, min([whole, *_limits()]))


def _limits() -> Iterator[int]:
    """Give the limits of this control group and of those around it; a limit of one holds for all within."""
    for name, inmost in _folders():
        for folder in (inmost, *inmost.parents):
            try:
                text = (folder / name).read_text(encoding="ascii").strip()
            except OSError:  # outside the control groups, or not for us to see
                continue
            if text.isdigit():  # "max" says that there is none
                yield int(text)


def _folders() -> Iterator[tuple[str, Path]]:
    try:
        groups = Path("/proc/self/cgroup").read_text(encoding="utf-8")
    except OSError:  # no Linux
        return
    for line in groups.splitlines():
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        inside = Path(path.lstrip("/"))
        if ".." in inside.parts:
            inside = Path()
        if not controllers:
            yield "memory.max", _CGROUPS / inside
        elif "memory" in controllers.split(","):
            yield "memory.limit_in_bytes", _CGROUPS / "memory" / inside


def oom_kills() -> int:
    """Count the processes that the kernel ended because memory ran out; always 0 where that is not told."""
    try:
        told = Path("/proc/vmstat").read_text(encoding="ascii")
    except OSError:  # no Linux
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("oom_kill ")), 0)


def free_disk_bytes(folder: Path) -> int:
    """Give the bytes that this process may still write on the disk of a folder that exists."""
    return shutil.disk_usage(folder).free
