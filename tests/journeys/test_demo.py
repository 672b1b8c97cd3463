"""`make demo` as its reader sees it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # what the article becomes is looked at in test_language.py, too


def run_demo(tmp_path: Path, *flags: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "missionwire", "demo", "--once", "--port", "0", *flags],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "COLUMNS": "200", "LANG": "C.UTF-8"},
    )
    assert ran.returncode == 0, ran.stderr
    return " ".join(ran.stdout.split())  # however the lines were broken


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    return run_demo(tmp_path_factory.mktemp("home"))


def test_the_demo_shows_repaired_events_with_why_and_by_which_plugin(shown: str) -> None:
    assert "Soyuz TMA-15M" in shown
    assert "device → capsule" in shown
    assert "coupling → docking" in shown
    assert "1:44 pm GMT (10:44 am Brasília time)" in shown
    assert re.search(r"he → she .*pronouns", shown, re.DOTALL)
    assert re.search(r"Landing\s+Soyuz TMA-15M", shown)


def test_the_demo_says_where_to_go_next(shown: str) -> None:
    assert re.search(r"curl -N http://127\.0\.0\.1:\d+/v1/feed", shown)
    assert "/docs" in shown
    assert "Ctrl-C" in shown


def test_without_the_pronoun_plugin_the_same_text_keeps_its_pronouns(tmp_path: Path) -> None:
    settings = tmp_path / "missionwire.toml"
    settings.write_text("[plugins.pronouns]\nenabled = false\n", encoding="utf-8")
    shown = run_demo(tmp_path, "--config", str(settings))
    assert "device → capsule" in shown
    assert "he → she" not in shown


def test_the_readme_shows_what_the_demo_shows(shown: str) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```text\n(…\n.*?)```", readme, re.DOTALL)
    assert block is not None
    for part in re.split(r"\n\n|…", block[1]):
        assert " ".join(part.split()) in shown
