"""Who is to blame when a worker ends: an event that ends it, never one that was in hand when somebody killed it."""

import os
import signal
import sys
from pathlib import Path

import pytest

from missionwire.children import end_of
from missionwire.pipeline.journal import Journal, Past
from tests.faults.plugin_files import write_enricher
from tests.following import children_of, until
from tests.service import Service, an_event

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")

KILLS = 5
"""More than an entry may end."""


@pytest.mark.parametrize(
    ("code", "oom_kills", "end"),
    [
        (1, 0, "by itself"),
        (-signal.SIGSEGV, 0, "by itself"),
        (-signal.SIGABRT, 1, "by itself"),
        (-signal.SIGKILL, 1, "by itself"),
        (-signal.SIGKILL, 0, "unproved"),
        (-signal.SIGTERM, 0, "unproved"),
        (0, 1, "unproved"),
    ],
)
def test_how_a_worker_ended_is_told_from_its_exit_code_and_the_kernels_count(
    code: int, oom_kills: int, end: str
) -> None:
    assert end_of(code, has_oom_kill=oom_kills > 0) == end


def _waiting(folder: Path) -> Service:
    """Make a service whose one plugin keeps an event in hand until a file is there."""
    body = f"while not os.path.exists({str(folder / 'go')!r}):\n    await asyncio.sleep(0.02)"
    write_enricher(folder / "plugins", "waits", body)
    config = folder / "missionwire.toml"
    config.write_text("[plugins.waits]\ntimeout_s = 60\n", encoding="utf-8")
    return Service(folder / "data", flags=["--plugins-dir", str(folder / "plugins"), "--config", str(config)])


def _worker(service: Service) -> int | None:
    return next((pid for pid, line in children_of(service.pid).items() if "missionwire.child worker" in line), None)


def _past(service: Service) -> Past:
    """Read what the journal would tell at this moment, without changing it."""
    folder = service.data_dir / "run"
    copy = folder.parent / "copy"
    copy.write_bytes((folder / "journal-main-0").read_bytes())
    with Journal(copy) as journal:
        return journal.take_over()


@linux
@pytest.mark.slow
def test_an_event_that_runs_alone_is_not_accused_of_kills_from_outside(tmp_path: Path) -> None:
    event = an_event(data={"bad": "waits"})
    with _waiting(tmp_path) as service:
        service.post(event)
        until(lambda: _past(service).running, 30)
        for number in range(KILLS):
            worker = until(lambda: _worker(service), 30)
            os.kill(worker, signal.SIGKILL)
            until(lambda worker=worker: _worker(service) not in (None, worker), 30)  # type: ignore[misc]  # bound now
            until(lambda: _past(service).alone, 30, lambda number=number: f"after kill {number}")  # type: ignore[misc]  # same
        (tmp_path / "go").touch()

        assert service.wait_for("urn:test", event["id"], timeout_s=60)["data"]["ext"]["waits"] == {"ok": True}
        assert service.get("/v1/dead-letters").json() == []


@linux
@pytest.mark.slow
def test_nor_is_it_when_everything_is_killed_and_nobody_saw_how_the_worker_ended(tmp_path: Path) -> None:
    event = an_event(data={"bad": "waits"})
    service = _waiting(tmp_path)
    with service:
        service.post(event)
        for _ in range(KILLS):
            until(lambda: _past(service).running, 30)
            children = children_of(service.pid)
            worker = until(lambda: _worker(service), 30)
            os.kill(worker, signal.SIGSTOP)  # it must not tidy up when it misses the others
            for pid in (service.pid, *children):
                os.kill(pid, signal.SIGKILL)
            service.kill()
            service.start()
            until(lambda: _past(service).alone, 30, lambda: (_past(service), service.lines))
        (tmp_path / "go").touch()

        assert service.wait_for("urn:test", event["id"], timeout_s=60)["data"]["ext"]["waits"] == {"ok": True}
        assert service.get("/v1/dead-letters").json() == []
