"""One running service for the journeys that need nothing of their own."""

from collections.abc import Iterator

import pytest

from tests.service import Service


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with Service(tmp_path_factory.mktemp("service")) as running:
        yield running
