from pathlib import Path

import pytest

from missionwire.plugins.discovery import Found, discover


def _one(folder: Path, text: str, name: str = "made.py") -> Found:
    (folder / name).write_text(text, encoding="utf-8")
    (found,) = [each for each in discover(folder) if each.is_file]
    return found


def _block(*lines: str) -> str:
    return "\n".join(["# /// script", *(f"# {line}".rstrip() for line in lines), "# ///", ""])


def test_a_single_file_says_its_level_before_it_is_imported(tmp_path: Path) -> None:
    text = (
        _block("dependencies = []", "", "[tool.missionwire]", "api = 1", 'version = "2.3"') + 'raise SystemExit("no")\n'
    )

    found = _one(tmp_path, text, "my_plugin.py")

    assert (found.name, found.version, found.state, found.reason) == ("my-plugin", "2.3", "ready", None)


@pytest.mark.parametrize(
    ("text", "state", "told"),
    [
        ("", "incompatible", "PEP 723"),
        ("import missionwire\n", "incompatible", "PEP 723"),
        (_block("[tool.other]", "api = 1"), "incompatible", "PEP 723"),
        (_block("tool = 5"), "incompatible", "PEP 723"),
        (_block("[tool]", "missionwire = 1"), "incompatible", "PEP 723"),
        (_block("[tool.missionwire]", 'api = "1"'), "incompatible", "PEP 723"),
        (_block("[tool.missionwire]", "api = true"), "incompatible", "PEP 723"),
        (_block("[tool.missionwire]", "api = 2"), "incompatible", "API level 2"),
        (_block("[tool.missionwire]", "api = "), "failed", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_there_with_the_reason(
    tmp_path: Path, text: str, state: str, told: str
) -> None:
    found = _one(tmp_path, text)

    assert found.state == state
    assert told in (found.reason or "")


def test_a_file_that_is_no_text_is_there_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "made.py").write_bytes(b"\xff\xfe")

    (found,) = [each for each in discover(tmp_path) if each.is_file]

    assert found.state == "failed"
    assert "cannot be read" in (found.reason or "")


def test_a_file_with_a_name_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "no plugin name" in (_one(tmp_path, _block("[tool.missionwire]", "api = 1"), "Mine!.py").reason or "")


def test_of_two_plugins_with_one_name_none_is_loaded(tmp_path: Path) -> None:
    for name in ("my_plugin.py", "my-plugin.py"):
        (tmp_path / name).write_text(_block("[tool.missionwire]", "api = 1"), encoding="utf-8")

    found = [each for each in discover(tmp_path) if each.is_file]

    assert [each.state for each in found] == ["failed", "failed"]
    assert all("two plugins are called my-plugin" in (each.reason or "") for each in found)


def test_what_is_installed_is_found_once_and_in_order() -> None:
    names = [each.name for each in discover()]

    assert names == sorted(set(names))
    assert "crew" in names
