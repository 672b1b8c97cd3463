"""A new plugin: its names, its files, and what is refused."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.authoring.scaffold import MAX_NAME_CHARS, AlreadyThereError, BadNameError, make_distribution, names_of
from missionwire.testing import name_of


@pytest.mark.parametrize("name", ["readtime", "docking-delay", "iss2-eclipse", "x" * MAX_NAME_CHARS])
def test_a_name_has_its_three_forms(name: str) -> None:
    names = names_of(name)

    assert names.name == name
    assert names.module == name.replace("-", "_")
    assert names.module.isidentifier()
    assert names.kind.isidentifier()


@given(st.from_regex(r"[a-z][a-z0-9]{1,8}(-[a-z][a-z0-9]{1,8}){0,2}", fullmatch=True))
def test_the_class_leads_back_to_the_name(name: str) -> None:
    try:
        names = names_of(name)
    except BadNameError:
        return  # a word that is taken
    kind = type(names.kind, (), {})

    assert name_of(kind) == name


@pytest.mark.parametrize(
    "name",
    ["", "Readtime", "read_time", "read time", "-read", "read-", "read--time", "3d", "x", "x" * 41, "../up", "é"],
)
def test_a_bad_name_is_told_the_rule(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadNameError, match="joined by hyphens"):
        make_distribution(name, tmp_path)

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["event", "patch", "plugin", "config", "settings", "none", "true", "exception"])
def test_a_name_whose_class_is_taken_is_told_so(name: str) -> None:
    with pytest.raises(BadNameError, match="is taken"):
        names_of(name)


def test_the_folder_has_all_that_a_distribution_needs(tmp_path: Path) -> None:
    files = make_distribution("docking-delay", tmp_path)

    assert sorted(map(str, files)) == [
        "README.md",
        "cases/enrich.json",
        "pyproject.toml",
        "src/missionwire_docking_delay/__init__.py",
        "src/missionwire_docking_delay/py.typed",
        "tests/test_docking_delay.py",
    ]
    for path, text in files.items():
        assert (tmp_path / "missionwire-docking-delay" / path).read_text(encoding="utf-8") == text
        assert not re.search("readtime", text, re.IGNORECASE), f"{path} still speaks of the template"


def test_the_folder_may_stand_where_none_was(tmp_path: Path) -> None:
    make_distribution("readtime", tmp_path / "deep" / "down")

    assert (tmp_path / "deep" / "down" / "missionwire-readtime" / "pyproject.toml").is_file()


def test_a_folder_that_is_there_is_not_touched(tmp_path: Path) -> None:
    kept = tmp_path / "missionwire-readtime" / "notes.txt"
    kept.parent.mkdir()
    kept.write_text("mine")

    with pytest.raises(AlreadyThereError, match="left as it is"):
        make_distribution("readtime", tmp_path)

    assert [path.name for path in kept.parent.iterdir()] == ["notes.txt"]
