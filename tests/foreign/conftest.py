"""Foreign programs, and the services that they speak to."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.foreign.follower import Follower

HERE = Path(__file__).parent
QUICK = {
    "MISSIONWIRE_FEED_RETRY_MS": "100",
    "MISSIONWIRE_FEED_HEARTBEAT_S": "0.5",
    "MISSIONWIRE_FEED_DRAIN_S": "1",
}
"""Settings that make clients come back soon."""

CLIENTS = ("httpx-sse", "sseclient-py", pytest.param("eventsource", marks=pytest.mark.node))

Follow = Callable[[str], Follower]


@pytest.fixture(scope="session")
def node_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the programs for node and the packages they need, in the versions of the lock file."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node or npm is missing: install Node.js 20 or later to run what needs them")
    folder = tmp_path_factory.mktemp("node")
    for file in HERE.joinpath("node").iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    quick = ("--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=1000")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *quick]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=90, check=False)
        why = "" if done.returncode == 0 else done.stderr[-2000:]
    except subprocess.TimeoutExpired:
        why = "it took longer than 90 s"
    if why and os.environ.get("CI") == "true":
        pytest.fail(f"npm cannot install the packages: {why}")
    if why:
        pytest.skip(f"npm cannot install the packages: {why}")
    return folder


@pytest.fixture(params=CLIENTS)
def follow(request: pytest.FixtureRequest) -> Follow:
    """Make a follower of a feed, with each of the clients in turn."""
    match request.param:
        case "eventsource":
            folder: Path = request.getfixturevalue("node_folder")
            command = ["node", str(folder / "follow.js")]
        case "httpx-sse":
            command = [sys.executable, str(HERE / "programs" / "follow_httpx_sse.py")]
        case _:
            command = [sys.executable, str(HERE / "programs" / "follow_sseclient.py")]
    return lambda url: Follower([*command, url])


@pytest.fixture
def follow_natively(node_folder: Path) -> Follow:
    """Make a follower that is a native EventSource."""
    return lambda url: Follower(["node", str(node_folder / "follow.js"), url])
