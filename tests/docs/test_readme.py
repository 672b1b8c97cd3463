"""What the README shows works as it is written there."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.service import Service, an_event

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands(block: str) -> list[str]:
    return [line for line in block.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def readme_plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plugin, head = blocks("python")
    folder = tmp_path_factory.mktemp("plugins")
    (folder / "readtime.py").write_text(f"{head}\n{plugin}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, readme_plugin: Path) -> Iterator[Service]:
    service = Service(tmp_path_factory.mktemp("readme"), flags=["--plugins-dir", str(readme_plugin)])
    with service:
        yield service


def test_every_curl_line_works(running: Service) -> None:
    host = running.url.removeprefix("http://")
    lines = [line for block in blocks("sh") for line in commands(block)]
    assert len(lines) == 5
    for line in lines:
        ours = line.replace("localhost:8000", host)
        is_feed = "/v1/feed" in ours
        if is_feed:
            ours = ours.replace("curl -N", "curl -N --max-time 1")
        if "source=urn:me&id=1" in ours:
            running.wait_for("urn:me", "1")
        ran = subprocess.run(
            ours.replace("curl ", "curl -s -w '\\n%{http_code}' ", 1),
            shell=True,
            capture_output=True,
            text=True,
            check=False,
        )
        answer, _, status = ran.stdout.rpartition("\n")
        assert status[:1] == "2", (line, answer)
        assert answer


def test_the_explanation_is_what_the_command_prints() -> None:
    (block,) = (block for block in blocks("console") if "missionwire explain" in block)
    command, _, printed = block.removeprefix("$ ").replace("\\\n", "").partition("\n")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    around = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR")}

    ran = subprocess.run(
        command, shell=True, capture_output=True, text=True, check=True, env=around | {"PATH": path}, timeout=60
    )

    assert ran.stdout == printed


def test_the_plugin_of_the_readme_adds_its_field(running: Service) -> None:
    event = an_event(data={"text": "word " * 440})
    assert running.post(event).status_code == httpx.codes.ACCEPTED
    assert running.wait_for("urn:test", event["id"])["data"]["ext"]["readtime"] == {"minutes": 2.0}


def test_the_targets_that_the_readme_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z-]+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_link_leads_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
