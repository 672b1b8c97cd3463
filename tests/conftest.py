"""Fixtures for all tests: for each test process one real embedded Valkey, with a fresh log on it for each test, and one
running service for the tests that leave it unharmed."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from missionwire.store.embedded import Embedded
from missionwire.store.log import Log
from missionwire.store.server import Server
from tests.service import Service


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


@pytest.fixture
def own_valkey(tmp_path: Path) -> Iterator[Embedded]:
    """A server that a test may spoil."""
    embedded = Embedded(tmp_path / "own")
    embedded.start()
    yield embedded
    embedded.stop()


@pytest.fixture
async def own_log(own_valkey: Embedded) -> AsyncIterator[Log]:
    """A log on it."""
    server = Server(own_valkey.url)
    log = Log(server, "main")
    await log.open()
    yield log
    await server.aclose()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with Service(tmp_path_factory.mktemp("service")) as running:
        yield running
