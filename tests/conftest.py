"""Fixtures for all tests: one real embedded Valkey for each test process, and a fresh log on it for each test."""

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

# tests are no packages, but share modules such as tests.unit.store.takes
sys.path.insert(0, str(Path(__file__).parents[1]))

from missionwire.store.embedded import Embedded
from missionwire.store.log import Log
from missionwire.store.server import Server


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    embedded = Embedded(tmp_path_factory.mktemp("valkey"), max_memory_bytes=256 << 20)
    embedded.start()
    yield embedded
    embedded.stop()


@pytest.fixture
async def server(valkey: Embedded) -> AsyncIterator[Server]:
    server = Server(valkey.url)
    yield server
    await server.aclose()


@pytest.fixture
async def log(server: Server) -> Log:
    """A log of a wire that no other test uses."""
    log = Log(server, uuid4().hex[:12])
    await log.open()
    return log
