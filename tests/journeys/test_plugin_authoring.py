"""Writing a plugin as an author does: new, its own tests and linters, the examination, the trace."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.commands import run

pytestmark = pytest.mark.slow

BIN = Path(sys.executable).parent


def tool(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BIN / words[0]), *words[1:]], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plugin as `plugins new` makes it; its name is as long as one may be."""
    folder = tmp_path_factory.mktemp("author")
    done = run("plugins", "new", "rendezvous-and-docking-delay-estimation", "--into", str(folder))
    assert done.code == 0, done.err
    assert "Next: missionwire plugins test" in done.out
    return folder / "missionwire-rendezvous-and-docking-delay-estimation"


@pytest.mark.parametrize(
    "words", [("pytest", "-q"), ("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)], ids=" ".join
)
def test_what_is_made_is_clean_at_once(made: Path, words: tuple[str, ...]) -> None:
    done = tool(made, *words)

    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_made_passes_the_examination_with_the_best_grade(made: Path) -> None:
    done = run("plugins", "test", str(made), timeout_s=120)

    assert done.code == 0, done.out
    assert "grade A" in done.out
    assert "1 passed" in done.out


def test_a_changed_answer_is_shown_and_taken_over_when_told_so(tmp_path: Path) -> None:
    assert run("plugins", "new", "readtime", "--into", str(tmp_path)).code == 0
    folder = tmp_path / "missionwire-readtime"
    source = folder / "src" / "missionwire_readtime" / "__init__.py"
    source.write_text(source.read_text().replace("round(minutes, 1)", "round(2 * minutes, 1)"))

    failed = run("plugins", "test", str(folder), "--no-tests", timeout_s=120)
    updated = run("plugins", "test", str(folder), "--no-tests", "--update", timeout_s=120)
    again = run("plugins", "test", str(folder), "--no-tests", "--json", timeout_s=120)

    assert failed.code == 1
    assert '-    "minutes": 1.6' in failed.out
    assert "--update" in failed.out
    assert updated.code == 0
    assert '-    "minutes": 1.6' in updated.out
    assert "updated" in updated.out
    (report,) = json.loads(again.out)
    assert report["grade"] == "A"
    assert again.code == 0


@pytest.mark.parametrize("name", ["Readtime", "read_time", "event"])
def test_a_bad_name_is_one_plain_line(name: str, tmp_path: Path) -> None:
    done = run("plugins", "new", name, "--into", str(tmp_path))

    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    assert "is no name for a plugin" in done.err
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "missionwire-readtime").mkdir()

    done = run("plugins", "new", "readtime", "--into", str(tmp_path))

    assert done.code == 2
    assert "is there already" in done.err


def test_what_is_no_plugin_is_wrong_use(tmp_path: Path) -> None:
    done = run("plugins", "test", str(tmp_path))

    assert done.code == 2
    assert "holds no plugin" in done.err


def test_a_single_file_is_tested_and_traced(tmp_path: Path) -> None:
    file = tmp_path / "shout.py"
    file.write_text(
        '# /// script\n# [tool.missionwire]\n# api = 1\n# ///\n"""Shouts."""\n'
        "from missionwire.plugin import Config, Event, Patch, Plugin, hookimpl\n\n\n"
        "class Shout(Plugin[Config]):\n    @hookimpl\n    async def classify(self, event: Event) -> Patch | None:\n"
        '        return Patch(ext={"loud": (event.data.title or "").upper()})\n'
    )
    event = b'{"type": "missionwire.launch.lifted-off", "data": {"title": "lift-off"}}'

    tested = run("plugins", "test", str(file), timeout_s=120)
    traced = run("plugins", "trace", "shout", "--event", "-", "--plugins-dir", str(tmp_path), stdin=event)
    as_json = run("plugins", "trace", "shout", "--event", "-", "--plugins-dir", str(tmp_path), "--json", stdin=event)

    assert tested.code == 0, tested.out
    assert "grade B" in tested.out
    assert traced.code == 0, traced.err
    assert '+ data.ext.shout.loud: "LIFT-OFF"' in traced.out
    assert " ms" in traced.out
    (step,) = json.loads(as_json.out)["steps"]
    assert step["stage"] == "classify"
    assert step["given"]["data"]["title"] == "lift-off"


def test_the_trace_of_a_plugin_that_is_not_there_is_refused() -> None:
    done = run("plugins", "trace", "no-such", "--event", "-", stdin=b"{}")

    assert done.code == 1
    assert "no plugin called no-such" in done.err


def test_the_trace_of_what_is_no_event_is_wrong_use() -> None:
    done = run("plugins", "trace", "--event", "-", stdin=b'{"time": "soon"}')

    assert done.code == 2
    assert "$.time" in done.err


def test_a_plugin_that_is_not_installed_runs_on_a_real_wire(made: Path) -> None:
    (made / "tests" / "test_wire.py").write_text(
        "from missionwire.testing import MakeWire, an_event\n"
        "from missionwire_rendezvous_and_docking_delay_estimation import RendezvousAndDockingDelayEstimation\n\n\n"
        "def test_it(a_wire: MakeWire) -> None:\n"
        "    event = a_wire(RendezvousAndDockingDelayEstimation).publish(an_event(text='word ' * 440))\n"
        "    assert event['data']['ext'] == {'rendezvous-and-docking-delay-estimation': {'minutes': 2.0}}\n"
    )
    try:
        done = tool(made, "pytest", "-q", "tests/test_wire.py")
    finally:
        (made / "tests" / "test_wire.py").unlink()

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["agencies", "articles", "crew", "pronouns", "quality", "terms"])
def test_a_first_party_plugin_passes(name: str) -> None:
    """But for their own tests, which run by themselves."""
    done = run("plugins", "test", name, "--no-tests", "--json", timeout_s=100)

    (report,) = json.loads(done.out)
    assert done.code == 0, [point for point in report["points"] if point["verdict"] == "fail"]
    assert {point["name"] for point in report["points"] if point["verdict"] == "warn"} <= {"cases"}
