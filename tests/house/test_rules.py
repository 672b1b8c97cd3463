"""The rules of the house that no linter knows."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLUGINS = sorted(path for path in (ROOT / "plugins").iterdir() if path.is_dir())


def tracked() -> list[Path]:
    found = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in found.stdout.splitlines() if (ROOT / name).is_file()]


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.name)
def test_a_first_party_plugin_gets_no_favours(plugin: Path) -> None:
    own = plugin.name.replace("-", "_")
    for path in plugin.rglob("*.py"):
        is_test = "tests" in path.relative_to(plugin).parts
        allowed = {"missionwire.plugin", "missionwire.testing"} if is_test else {"missionwire.plugin"}
        ours = {name for name in imported(path) if name.split(".")[0].startswith("missionwire")}
        strangers = {name for name in ours - allowed if name.split(".")[0] != own}
        assert not strangers, f"{path.relative_to(ROOT)} imports {strangers}"


def test_no_file_is_named_for_nothing() -> None:
    vague = {"utils", "helpers", "common", "base", "manager", "misc"}
    assert not [path for path in tracked() if path.suffix == ".py" and path.stem in vague]


def test_the_lock_names_no_registry_and_hashes_everything() -> None:
    for name in ("lock.txt", "tools.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        for block in re.split(r"\n(?=[a-z0-9])", text.strip()):
            assert "--hash=sha256:" in block, block.split()[0]


def test_every_data_folder_says_where_its_facts_come_from() -> None:
    for plugin in PLUGINS:
        for folder in plugin.glob("src/*/data"):
            assert (folder / "NOTICE").exists() or (folder.parent / "NOTICE").exists(), folder
