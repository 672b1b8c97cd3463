"""Requests made up from the API's own description: none is our fault, and each refusal is a problem document."""

from collections.abc import Mapping
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.core.transport import Response
from tests.problems import MEMBERS, PROBLEM_JSON
from tests.service import Service

EXAMPLES = 25
"""For each operation."""


@pytest.fixture(scope="session")
def description(service: Service) -> Any:
    """All of the API but the feed, which does not end, and what belongs to plugins."""
    loaded = schemathesis.openapi.from_url(f"{service.url}/openapi.json")
    return loaded.exclude(path="/v1/feed").exclude(path_regex="^/v1/x/")


api = schemathesis.pytest.from_fixture("description")


@pytest.mark.slow
@pytest.mark.timeout(300)
@api.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_is_our_fault_and_each_refusal_is_a_problem(case: schemathesis.Case) -> None:
    _check(case.call(timeout=20))


def _check(answer: Response) -> None:
    told = f"{answer.request.method} {answer.request.url} -> {answer.status_code} {answer.text[:500]}"
    assert answer.status_code < 500, told
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == [PROBLEM_JSON], told
        document: Mapping[str, Any] = answer.json()
        assert all(document.get(member) for member in MEMBERS), told
        assert document["status"] == answer.status_code, told
