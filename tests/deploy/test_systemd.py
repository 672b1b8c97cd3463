"""The systemd unit: what systemd itself says to it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from missionwire.children import HTTP_STOP_S, WORKER_STOP_S
from missionwire.settings import Settings
from missionwire.store.embedded import STOP_TIMEOUT_S
from tests.deploy.pieces import DEPLOY, parsed, seconds

UNIT = DEPLOY / "missionwire.service"
INSTALLED = "/opt/missionwire/bin/missionwire"
LARGEST_EXPOSURE = "15"
"""In tenths, as `systemd-analyze security` counts: 0 is a service that can do nothing, 100 one without limits."""

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")


def directive(name: str) -> str:
    (value,) = [line.partition("=")[2] for line in UNIT.read_text().splitlines() if line.partition("=")[0] == name]
    return value


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a program that there is, for systemd looks for it."""
    copy = tmp_path / UNIT.name
    copy.write_text(UNIT.read_text().replace(INSTALLED, str(Path(sys.executable).parent / "missionwire")))
    return copy


@needs_systemd
def test_systemd_finds_no_fault(unit: Path) -> None:
    checked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    said = "\n".join(line for line in checked.stderr.splitlines() if unit.name in line)
    assert checked.returncode == 0, checked.stderr
    assert said == ""


@needs_systemd
def test_it_may_do_little_else_than_its_work(unit: Path) -> None:
    checked = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={LARGEST_EXPOSURE}", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unrecognized option" in checked.stderr:
        pytest.skip("this systemd-analyze cannot look at a unit that is not installed")
    assert checked.returncode == 0, checked.stdout[-500:] + checked.stderr


def test_it_starts_a_command_with_options_that_it_takes() -> None:
    program, *words = directive("ExecStart").split()
    assert program == INSTALLED
    assert parsed(words)["data_dir"] == "${STATE_DIRECTORY}"


def test_a_stop_is_the_supervisors_and_has_the_time_that_it_takes() -> None:
    assert directive("KillMode") == "mixed", "else the store gets the signal together with who writes to it"
    needed_s = Settings().feed.drain_s + HTTP_STOP_S + WORKER_STOP_S + STOP_TIMEOUT_S
    assert seconds(directive("TimeoutStopSec")) > needed_s
