"""Articles and plugins that fail: the operator's choice holds, dry runs end nobody's worker."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.faults.plugin_files import write_plugin
from tests.following import until
from tests.service import PLAIN, Service, an_event

pytestmark = pytest.mark.slow

FAILS = """\
    @hookimpl
    async def annotate(self, document):
        if "fail" in document.text:
            raise ValueError("not today")
"""


def _post(service: Service, text: str, **params: Any) -> httpx.Response:
    return httpx.post(f"{service.url}/v1/articles", json={"text": text}, params=params, timeout=40, verify=PLAIN)


def _state(service: Service, id_: str) -> str:
    return str(service.get(f"/v1/articles/{id_}").json()["state"])


@pytest.mark.parametrize(("on_error", "state"), [("skip", "published"), ("drop", "published"), ("dead-letter", "dead")])
def test_a_fault_in_an_article_does_what_the_operator_set(tmp_path: Path, on_error: str, state: str) -> None:
    write_plugin(tmp_path / "plugins", "picky", FAILS)
    config = tmp_path / "missionwire.toml"
    config.write_text(f'[plugins.picky]\non_error = "{on_error}"\n', encoding="utf-8")
    flags = ["--plugins-dir", str(tmp_path / "plugins"), "--config", str(config)]
    with Service(tmp_path / "data", flags=flags) as service:
        dry = _post(service, "this will fail", dry_run="true")
        assert dry.status_code == httpx.codes.OK, "a dry run tells of it"
        assert dry.json()["errors"] == [{"plugin": "picky", "hook": "annotate", "kind": "raised"}]
        assert dry.json()["state"] == state

        id_ = _post(service, "this will fail").json()["id"]
        until(lambda: _state(service, id_) == state, 20)
        letters = service.get("/v1/dead-letters").json()
        assert [each["error"]["plugin"] for each in letters] == (["picky"] if state == "dead" else [])

        event = an_event()
        service.post(event)
        service.wait_for("urn:test", event["id"])
