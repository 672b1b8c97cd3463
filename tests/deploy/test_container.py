"""The container: what its file says is what the project has."""

import json
import re
import subprocess
import tomllib

from missionwire.web import health
from tests.deploy.pieces import DEPLOY, ROOT, parsed, tool

LINES = re.sub(r"\\\n\s*", "", (DEPLOY / "Containerfile").read_text()).splitlines()


def the(instruction: str) -> list[str]:
    """The arguments of an instruction in the last stage."""
    start = max(number for number, line in enumerate(LINES) if line.startswith("FROM "))
    return [line.partition(" ")[2].strip() for line in LINES[start:] if line.split(" ")[0] == instruction]


def test_hadolint_has_nothing_to_say() -> None:
    checked = subprocess.run(
        [tool("hadolint"), "Containerfile"], cwd=DEPLOY, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_it_starts_a_command_that_there_is_with_options_that_it_takes() -> None:
    (entrypoint,) = [json.loads(each) for each in the("ENTRYPOINT")]
    (words,) = [json.loads(each) for each in the("CMD")]
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert entrypoint[0] in scripts
    assert parsed(words)["data_dir"] in the("VOLUME")


def test_it_does_not_run_as_root() -> None:
    (user,) = the("USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)


def test_every_base_is_one_python_by_tag() -> None:
    bases = {line.split()[1] for line in LINES if line.startswith("FROM ")}
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.\d+(\.\d+)?-slim-\w+", bases.pop())


def test_its_health_is_asked_where_the_service_answers() -> None:
    (check,) = the("HEALTHCHECK")
    (path,) = re.findall(r"http://127\.0\.0\.1:8000(/[\w/]+)", check)
    assert path in {path for handler in health.HANDLERS for path in handler.paths}
    assert the("EXPOSE") == ["8000"]
    compile(json.loads(check[check.index("[") :])[2], "HEALTHCHECK", "exec")


def test_what_it_copies_is_there_and_is_not_ignored() -> None:
    kept = {
        line[1:] for line in (DEPLOY / "Containerfile.dockerignore").read_text().splitlines() if line.startswith("!")
    }
    copied = {
        source for line in LINES if line.startswith("COPY ") and "--from" not in line for source in line.split()[1:-1]
    }
    assert copied == kept
    assert all((ROOT / source).exists() for source in copied)
