"""What every refusal has to look like: an RFC 9457 problem document whose type answers."""

from typing import Any
from urllib.parse import urljoin

import httpx

from tests.service import PLAIN

PROBLEM_JSON = "application/problem+json"
MEMBERS = ("type", "title", "status", "detail", "instance")

_explained: dict[str, bool] = {}


def problem_of(answer: httpx.Response, status: int, name: str) -> dict[str, Any]:
    """Give the problem document of an answer, checked in full: status, type, members, and that its type answers."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == PROBLEM_JSON
    document: dict[str, Any] = answer.json()
    missing = [member for member in MEMBERS if not document.get(member)]
    assert missing == [], document
    assert document["type"] == f"/problems/{name}"
    assert document["status"] == status
    assert document["instance"] == answer.request.url.path
    url = urljoin(str(answer.request.url), document["type"])
    if url not in _explained:
        _explained[url] = httpx.get(url, verify=PLAIN).status_code == httpx.codes.OK
    assert _explained[url], f"{url} does not answer"
    return document
