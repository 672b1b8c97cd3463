import logging
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from missionwire.domain.errors import DataFolderLocked, ServerFailed
from missionwire.store.embedded import Embedded, ServerFile, free_disk
from missionwire.store.machine import memory_bytes
from missionwire.store.server import Server

PARENT = """
import sys, time
from pathlib import Path
from missionwire.store.embedded import Embedded
server = Embedded(Path(sys.argv[1]))
server.start()
print(server.pid, server.url, flush=True)
time.sleep(60)
"""


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Embedded]]:
    made: list[Embedded] = []

    def make_one(folder: str = "data", max_memory_bytes: int | None = None) -> Embedded:
        made.append(Embedded(tmp_path / folder, max_memory_bytes=max_memory_bytes, lock_timeout_s=20))
        return made[-1]

    yield make_one
    for each in made:
        each.stop()


async def test_the_data_are_there_after_a_stop_and_a_start(make: Callable[..., Embedded]) -> None:
    first = make()
    first.start()
    server = Server(first.url)
    await server.pool.set("kept", "yes")
    await server.aclose()
    first.stop()

    second = make()
    second.start()

    server = Server(second.url)
    assert await server.pool.get("kept") == b"yes"
    await server.aclose()


async def test_the_last_acknowledged_write_survives_a_kill_of_the_server(make: Callable[..., Embedded]) -> None:
    embedded_ = make()
    embedded_.start()
    server = Server(embedded_.url)
    for n in range(50):
        await server.pool.xadd("stream", {"n": n})
    assert embedded_.pid is not None
    os.kill(embedded_.pid, signal.SIGKILL)
    _until(lambda: embedded_.poll() is not None)
    await server.aclose()

    embedded_.start()

    server = Server(embedded_.url)
    assert await server.pool.xlen("stream") == 50
    await server.aclose()


async def test_it_fsyncs_always_never_evicts_and_listens_on_no_port(make: Callable[..., Embedded]) -> None:
    embedded_ = make(max_memory_bytes=32 << 20)
    embedded_.start()
    server = Server(embedded_.url)
    durability = await server.check()
    settings = await server.pool.config_get("*")
    await server.aclose()

    assert (durability.level, durability.is_synced) == ("disk", True)
    assert settings["maxmemory-policy"] == "noeviction"
    assert settings["maxmemory"] == str(32 << 20)
    assert (settings["port"], settings["databases"], settings["save"]) == ("0", "1", "")


async def test_by_default_it_takes_half_of_the_memory(make: Callable[..., Embedded]) -> None:
    embedded_ = make()
    embedded_.start()
    server = Server(embedded_.url)
    settings = await server.pool.config_get("maxmemory")
    await server.aclose()
    assert int(settings["maxmemory"]) == memory_bytes() // 2


def test_a_second_start_on_a_folder_in_use_is_refused(make: Callable[..., Embedded], tmp_path: Path) -> None:
    service = subprocess.Popen([sys.executable, "-c", PARENT, tmp_path / "data"], stdout=subprocess.PIPE)
    with service:
        assert service.stdout is not None
        pid = service.stdout.readline().split()[0].decode()
        with pytest.raises(DataFolderLocked) as caught:
            make().start()
        service.kill()

    for told in (str(tmp_path / "data"), f"process {service.pid}", f"its server {pid}"):
        assert told in caught.value.detail
    make().start()  # the folder is free again, and what the killed service left is removed


def test_one_process_cannot_start_two_on_one_folder(make: Callable[..., Embedded], tmp_path: Path) -> None:
    make().start()
    with pytest.raises(DataFolderLocked):
        Embedded(tmp_path / "data", lock_timeout_s=0.1).start()


def test_a_stop_gives_the_folder_free(make: Callable[..., Embedded], tmp_path: Path) -> None:
    first = make()
    first.start()
    runtime = Path(first.url.removeprefix("unix://")).parent
    first.stop()
    first.stop()

    assert not runtime.exists()
    assert not (tmp_path / "data" / "server.json").exists()
    make().start()


def test_no_server_outlives_a_service_that_is_killed(make: Callable[..., Embedded], tmp_path: Path) -> None:
    service = subprocess.Popen([sys.executable, "-c", PARENT, tmp_path / "data"], stdout=subprocess.PIPE)
    with service:
        assert service.stdout is not None
        pid, url = service.stdout.readline().split()
        service.kill()

    heir = make()
    heir.start()  # waits for the old server to let the folder go

    assert not _runs(int(pid))
    assert not Path(url.decode().removeprefix("unix://")).parent.exists()


def test_doctor_finds_the_server_in_the_data_folder(make: Callable[..., Embedded], tmp_path: Path) -> None:
    embedded_ = make()
    embedded_.start()
    told = msgspec.json.decode((tmp_path / "data" / "server.json").read_bytes(), type=ServerFile)
    assert told == ServerFile(url=embedded_.url, pid=embedded_.pid or 0, service_pid=os.getpid())


def test_nobody_else_can_reach_the_socket_or_read_the_data(make: Callable[..., Embedded], tmp_path: Path) -> None:
    embedded_ = make()
    embedded_.start()
    socket = Path(embedded_.url.removeprefix("unix://"))
    for private in (socket, socket.parent, tmp_path / "data", tmp_path / "data" / "valkey"):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700


async def test_a_data_folder_may_have_any_name(make: Callable[..., Embedded], tmp_path: Path) -> None:
    name = 'a "b" \\ Союз # $ ' + "long" * 30
    embedded_ = make(name)
    embedded_.start()
    server = Server(embedded_.url)
    await server.pool.set("kept", "yes")
    await server.aclose()
    assert (tmp_path / name / "valkey" / "appendonlydir").is_dir()
    assert "Ready to accept connections" in (tmp_path / name / "valkey.log").read_text()


def test_a_server_that_cannot_start_says_why(make: Callable[..., Embedded], tmp_path: Path) -> None:
    folder = tmp_path / "data" / "valkey" / "appendonlydir"
    folder.mkdir(parents=True)
    (folder / "appendonly.aof.manifest").write_text("no manifest\n")
    with pytest.raises(ServerFailed) as caught:
        make().start()
    assert "ended at its start" in caught.value.detail
    assert "manifest" in caught.value.detail


def test_a_folder_that_cannot_be_made_is_a_named_error(make: Callable[..., Embedded], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ServerFailed, match=r"cannot be started in .*/file/data"):
        make("file/data").start()


def test_it_starts_from_the_main_thread_only(make: Callable[..., Embedded]) -> None:
    caught: list[BaseException] = []

    def start() -> None:
        try:
            make().start()
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert "main thread" in str(caught[0])


def test_ctrl_c_does_not_reach_the_server(make: Callable[..., Embedded]) -> None:
    embedded_ = make()
    embedded_.start()
    assert embedded_.pid is not None
    assert os.getsid(embedded_.pid) == embedded_.pid


def test_free_disk_is_that_of_the_folder(tmp_path: Path) -> None:
    whole = os.statvfs(tmp_path)
    assert 0 < free_disk(tmp_path) <= whole.f_blocks * whole.f_frsize


def test_it_tells_its_log_where_it_runs(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    embedded_ = Embedded(tmp_path / "data", log=logging.getLogger("test"))
    embedded_.start()
    told = f"embedded server {embedded_.pid} runs"
    embedded_.stop()
    assert told in caplog.text


def _until(is_true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not is_true():
        assert time.monotonic() < end
        time.sleep(0.01)


def _runs(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and whose parent has not asked for it yet does not."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], check=False, capture_output=True, text=True).stdout
    return bool(told.strip()) and not told.startswith("Z")
