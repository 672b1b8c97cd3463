"""Requests made up from the API's own description: none is our fault, and each refusal is a problem document."""

import contextlib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from tests.problems import MEMBERS, PROBLEM_JSON
from tests.service import Service

EXAMPLES = 15
"""For each operation."""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_no_request_is_our_fault_and_each_refusal_is_a_problem(service: Service) -> None:
    """All of the API but the feed, which does not end, and what belongs to plugins."""
    import schemathesis  # noqa: PLC0415  # takes a second, of every run that leaves this test out
    from schemathesis.generation import GenerationMode  # noqa: PLC0415  # same

    api: Any = schemathesis.openapi.from_url(f"{service.url}/openapi.json")
    own = api.exclude(path="/v1/feed").exclude(path_regex="^/v1/x/")
    operations = [each.ok() for each in own.get_all_operations()]
    assert len(operations) > 10
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _try(operation, mode)


def _try(operation: Any, mode: Any) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def attempt(case: Any) -> None:
        _check(case.call(timeout=20))

    with contextlib.suppress(Unsatisfiable):  # nothing can be wrong with a request that has no parameter
        attempt()


def _check(answer: Any) -> None:
    told = f"{answer.request.method} {answer.request.url} -> {answer.status_code} {answer.text[:500]}"
    assert answer.status_code < 500, told
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == [PROBLEM_JSON], told
        document: Mapping[str, Any] = answer.json()
        assert all(document.get(member) for member in MEMBERS), told
        assert document["status"] == answer.status_code, told
