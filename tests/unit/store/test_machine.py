import os
from pathlib import Path

from missionwire.store.machine import free_disk_bytes, memory_bytes


def test_memory_is_no_more_than_the_machine_has() -> None:
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert 64 << 20 <= memory_bytes() <= whole


def test_free_disk_is_less_than_the_disk(tmp_path: Path) -> None:
    disk = os.statvfs(tmp_path)
    assert 0 < free_disk_bytes(tmp_path) <= disk.f_blocks * disk.f_frsize
