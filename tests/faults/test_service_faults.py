"""What breaks around a running service, and what its users see of it: the store, the processes, the machine."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.faults.plugin_files import write_enricher
from tests.following import Follower, children_of, is_alive, until
from tests.problems import problem_of
from tests.service import PLAIN, Service, an_event

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
slow = pytest.mark.slow


def _store(service: Service) -> int:
    return int(json.loads((service.data_dir / "server.json").read_text())["pid"])


def _worker(service: Service) -> int:
    (found,) = [pid for pid, line in children_of(service.pid).items() if "missionwire.child worker" in line]
    return found


def _post_until_taken(service: Service, event: dict[str, Any], timeout_s: float = 30) -> None:
    until(lambda: service.post(event).status_code == httpx.codes.ACCEPTED, timeout_s)


def _serve(*flags: str, env: dict[str, str] | None = None, timeout_s: float = 60) -> subprocess.CompletedProcess[str]:
    """Run `missionwire serve` to its end."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MISSIONWIRE_")} | (env or {})
    command = [sys.executable, "-m", "missionwire", "serve", *flags]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=timeout_s, check=False)


# --- the store --------------------------------------------------------------------------------------------------------


@linux
@slow
def test_while_the_store_stands_still_feeds_stay_and_posts_are_told_to_come_back(tmp_path: Path) -> None:
    with Service(tmp_path) as service, Follower(service) as follower:
        before, refused, after = an_event(), an_event(), an_event()
        service.post(before)
        follower.wait_for(before["id"])
        os.kill(_store(service), signal.SIGSTOP)
        stopped_s = time.monotonic()
        try:
            answer = service.post(refused)
            problem_of(answer, 503, "store-away")
            assert int(answer.headers["retry-after"]) > 0
            until(lambda: service.get("/health/ready").status_code == 503, 10)
            problem_of(service.get("/health/ready"), 503, "not-ready")
            problem_of(service.get("/v1/events"), 503, "store-away")
            until(lambda: time.monotonic() - stopped_s > 8, 10)
        finally:
            os.kill(_store(service), signal.SIGCONT)
        _post_until_taken(service, after)
        _post_until_taken(service, refused)

        follower.wait_for(after["id"])
        follower.wait_for(refused["id"])
        assert sorted(follower.ids) == sorted(each["id"] for each in (before, refused, after))
        assert not follower.has_ended
        assert "gap" not in follower.named


@linux
@slow
def test_a_store_that_is_killed_comes_back_and_feeds_go_on(tmp_path: Path) -> None:
    with Service(tmp_path) as service, Follower(service) as follower:
        sent = [an_event() for _ in range(30)]
        for number, event in enumerate(sent):
            if number in (10, 20):
                os.kill(_store(service), signal.SIGKILL)
            _post_until_taken(service, event)

        follower.wait_for(sent[-1]["id"])
        for event in sent:
            follower.wait_for(event["id"])
        assert len(follower.ids) == len(sent)
        assert not follower.has_ended
        assert "gap" not in follower.named
        assert [event["id"] for event in service.get("/v1/events").json()] == follower.ids


# --- processes --------------------------------------------------------------------------------------------------------


@linux
@slow
def test_nothing_is_lost_or_doubled_when_workers_are_killed_while_events_flow(tmp_path: Path) -> None:
    with Service(tmp_path) as service, Follower(service) as follower:
        sent: list[str] = []
        is_over = threading.Event()

        def publish() -> None:
            with httpx.Client(base_url=service.url, timeout=30, verify=PLAIN) as client:
                while not is_over.is_set():
                    events = [an_event(subject=f"mission {n % 7}") for n in range(20)]
                    body = "\n".join(json.dumps(each) for each in events)
                    answer = client.post(
                        "/v1/events", content=body.encode(), headers={"Content-Type": "application/x-ndjson"}
                    )
                    assert answer.status_code == httpx.codes.ACCEPTED
                    sent.extend(each["id"] for each in events)

        publisher = threading.Thread(target=publish)
        publisher.start()
        try:
            for _ in range(3):
                _kill_worker(service, follower)
        finally:
            is_over.set()
            publisher.join()
        until(lambda: len(follower.ids) >= len(sent), 60, lambda: f"{len(follower.ids)} of {len(sent)}")

        assert len(sent) > 100
        assert sorted(follower.ids) == sorted(sent), "each event once"
        assert service.get("/v1/dead-letters").json() == []


def _kill_worker(service: Service, follower: Follower) -> None:
    """Kill the worker once it is at work, and wait until another one is there."""
    worker, count = _worker(service), len(follower.ids)
    until(lambda: len(follower.ids) > count, 30)
    os.kill(worker, signal.SIGKILL)
    until(lambda: worker not in children_of(service.pid) and _has_worker(service), 30)


def _has_worker(service: Service) -> bool:
    return any("missionwire.child worker" in line for line in children_of(service.pid).values())


@linux
@slow
def test_a_supervisor_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    service = Service(tmp_path).start()
    with Follower(service):
        children = children_of(service.pid)
        assert len(children) == 3
        os.kill(service.pid, signal.SIGKILL)

        until(
            lambda: not any(map(is_alive, children)), 30, lambda: [children[pid] for pid in children if is_alive(pid)]
        )
    service.stop()


@linux
@slow
def test_a_worker_whose_loop_is_held_does_not_outlive_the_supervisor(tmp_path: Path) -> None:
    write_enricher(tmp_path / "plugins", "holder", "time.sleep(600)")
    flags = ["--plugins-dir", str(tmp_path / "plugins")]
    service = Service(tmp_path / "data", flags=flags, env={"MISSIONWIRE_WORKER_HANG_S": "600"}).start()
    service.post(an_event(data={"bad": "holder"}))
    until(lambda: any("holds the worker" in line for line in service.lines), 20)
    children = children_of(service.pid)

    os.kill(service.pid, signal.SIGKILL)

    until(lambda: not any(map(is_alive, children)), 40, lambda: [children[pid] for pid in children if is_alive(pid)])
    service.stop()


@slow
def test_a_stop_says_goodbye_ends_in_time_and_exits_with_0(tmp_path: Path) -> None:
    service = Service(tmp_path).start()
    with Follower(service) as follower:
        event = an_event()
        service.post(event)
        follower.wait_for(event["id"])
        began_s = time.monotonic()

        assert service.stop() == 0

        assert time.monotonic() - began_s < 15
        until(lambda: follower.has_ended, 5)
        assert follower.named[-1] == "goodbye"
    assert [line for line in service.lines if "Traceback" in line or " ERROR " in line] == []


@linux
@slow
def test_a_stop_does_not_wait_for_a_plugins_thread_that_hangs(tmp_path: Path) -> None:
    write_enricher(tmp_path / "plugins", "stuck", "time.sleep(600)", how="def")
    service = Service(tmp_path / "data", flags=["--plugins-dir", str(tmp_path / "plugins")]).start()
    event = an_event(data={"bad": "stuck"})
    service.post(event)
    service.wait_for("urn:test", event["id"])
    began_s = time.monotonic()

    assert service.stop() == 0

    assert time.monotonic() - began_s < 15


# --- starting ---------------------------------------------------------------------------------------------------------


@slow
def test_a_second_service_on_one_data_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    with Service(tmp_path) as first:
        second = _serve("--port", "0", "--data-dir", str(tmp_path))

        assert second.returncode == 1
        assert len(second.stderr.splitlines()) == 1, second.stderr
        assert f"{tmp_path} is in use by another missionwire" in second.stderr
        assert first.get("/health/ready").status_code == httpx.codes.OK


@slow
def test_a_port_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = _serve("--port", str(port), "--data-dir", str(tmp_path), "--log-level", "error")

    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1, ended.stderr
    assert f"cannot listen on 127.0.0.1:{port}" in ended.stderr
    assert "--port" in ended.stderr


def test_all_faults_of_the_settings_are_told_together_with_exit_code_2(tmp_path: Path) -> None:
    config = tmp_path / "missionwire.toml"
    config.write_text('prot = 8001\nworkers = "many"\n[keep]\nwire_bytes = 5\n[plugins]\ncrew = 3\n', encoding="utf-8")

    ended = _serve("--config", str(config), env={"MISSIONWIRE_FEED_RETRY_SM": "5", "MISSIONWIRE_PORT": "http"})

    assert ended.returncode == 2
    lines = ended.stderr.splitlines()
    for told in ("did you mean 'port'", "workers", "wire_bytes", "plugins.crew", "RETRY_SM", "MISSIONWIRE_PORT"):
        assert any(told in line for line in lines), (told, lines)
    assert all(line.startswith("Error: ") for line in lines)


# --- full -------------------------------------------------------------------------------------------------------------


@slow
def test_without_the_disk_reserve_intake_stops_and_the_feed_goes_on(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        event = an_event()
        service.post(event)
        service.wait_for("urn:test", event["id"])
        assert service.stop() == 0
    with Service(tmp_path, env={"MISSIONWIRE_KEEP_RESERVE_DISK_BYTES": str(1 << 60)}) as service:
        problem_of(service.post(an_event()), 507, "store-full")

        with Follower(service, since="all") as follower:
            follower.wait_for(event["id"])
        assert service.get("/v1/events").json()[0]["id"] == event["id"]


@slow
def test_a_full_inbox_is_told_and_empties_by_itself(tmp_path: Path) -> None:
    plugins = tmp_path / "plugins"
    write_enricher(
        plugins, "slow", f"while not os.path.exists({str(tmp_path / 'go')!r}):\n    await asyncio.sleep(0.05)"
    )
    config = tmp_path / "missionwire.toml"
    config.write_text("[plugins.slow]\ntimeout_s = 60\n[intake]\nmax_inbox_entries = 1000\n", encoding="utf-8")
    with Service(tmp_path / "data", flags=["--plugins-dir", str(plugins), "--config", str(config)]) as service:
        first = [an_event(data={"bad": "slow"}, subject="Soyuz MS-18") for _ in range(1000)]
        body = "\n".join(json.dumps(each) for each in first)
        headers = {"Content-Type": "application/x-ndjson"}
        assert httpx.post(f"{service.url}/v1/events", content=body, headers=headers, verify=PLAIN).status_code == 202

        refused = an_event(subject="Soyuz MS-18")
        answer = service.post(refused)
        problem_of(answer, 503, "intake-full")
        assert int(answer.headers["retry-after"]) > 0
        assert service.get("/v1/events", source="urn:test", id=refused["id"]).json()["state"] == "unknown"

        (tmp_path / "go").touch()
        _post_until_taken(service, refused)
        service.wait_for("urn:test", refused["id"], timeout_s=60)
