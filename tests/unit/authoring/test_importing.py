"""What an import does beside defining things is told; that Python keeps compiled modules is none of it."""

import json
from pathlib import Path

from tests.unit.cli.commands import run


def _import_point(folder: Path) -> dict[str, str]:
    done = run("plugins", "test", str(folder), "--no-tests", "--json", timeout_s=60, PYTHONDONTWRITEBYTECODE="")
    (report,) = json.loads(done.out)
    point: dict[str, str] = next(each for each in report["points"] if each["name"] == "quiet-import")
    return point


def test_that_python_compiles_a_new_plugin_is_not_its_deed(tmp_path: Path) -> None:
    run("plugins", "new", "readtime", "--into", str(tmp_path))
    folder = tmp_path / "missionwire-readtime"

    assert _import_point(folder)["verdict"] == "pass"
    assert list(folder.rglob("__pycache__")), "it did compile"


def test_a_folder_that_an_import_makes_is_told(tmp_path: Path) -> None:
    run("plugins", "new", "readtime", "--into", str(tmp_path))
    folder = tmp_path / "missionwire-readtime"
    source = folder / "src" / "missionwire_readtime" / "__init__.py"
    source.write_text(f"import os\n\nos.mkdir({str(tmp_path / 'made')!r})\n{source.read_text()}")

    found = _import_point(folder)

    assert found["verdict"] == "fail"
    assert "made the folder" in found["detail"]
