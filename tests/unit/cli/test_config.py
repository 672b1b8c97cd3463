"""The settings file as editors and operators see it."""

import json
from pathlib import Path

import pytest

from missionwire.cli import main
from missionwire.cli.settings_schema import settings_schema
from tests.plugin_projects import write_file


def run(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run `missionwire config …` and give its exit code and what it says."""
    with pytest.raises(SystemExit) as ended:
        main(["config", *words])
    said = capfd.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, said.out, said.err


def test_the_schema_describes_each_setting_and_keeps_the_definitions_of_plugins_apart() -> None:
    own = {
        "$ref": "#/$defs/Settings",
        "$defs": {"Settings": {"properties": {"a": {"$ref": "#/$defs/Part"}}}, "Part": {}},
    }
    made = settings_schema({"one": own, "two": {"type": "object"}})
    definitions = made["$defs"]
    assert definitions["Settings"]["properties"]["port"] == {
        "type": "integer",
        "default": 8000,
        "description": "The port to listen on; 0 takes a free one.",
    }
    plugins = definitions["Settings"]["properties"]["plugins"]
    assert plugins["properties"] == {"one": {"$ref": "#/$defs/plugins.one"}, "two": {"$ref": "#/$defs/plugins.two"}}
    assert definitions["plugins.one"]["properties"]["config"] == {"$ref": "#/$defs/plugins.one.Settings"}
    assert definitions["plugins.one.Settings"]["properties"]["a"] == {"$ref": "#/$defs/plugins.one.Part"}
    assert definitions["plugins.two"]["properties"]["config"] == {"type": "object"}
    assert definitions["PluginSettings"]["properties"]["config"]["type"] == "object"


@pytest.mark.slow
def test_the_schema_has_the_settings_of_what_is_installed_and_leaves_out_what_is_broken(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_file(tmp_path / "readtime.py")
    write_file(tmp_path / "broken.py", code="1 / 0")
    write_file(tmp_path / "future.py", block="[tool.missionwire]\napi = 9\n")
    code, out, err = run(capfd, "schema", "--plugins-dir", str(tmp_path))
    assert code == 0
    definitions = json.loads(out)["$defs"]
    assert definitions["plugins.readtime.Settings"]["properties"]["words_per_minute"]["default"] == 220
    assert not [name for name in definitions if name.startswith(("plugins.broken", "plugins.future"))]
    assert "Warning: plugin broken is left out: plugin broken cannot be imported: ZeroDivisionError" in err
    assert "Warning: plugin future is left out: it is written for API level 9" in err


def test_all_faults_of_a_file_are_told_those_of_plugins_too(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_file(tmp_path / "plugins" / "readtime.py")
    file = tmp_path / "wire.toml"
    file.write_text(
        "prot = 1\n[feed]\nring_byte = 3\n[plugins.readtme]\nenabled = false\n[plugins.elsewhere]\nenabled = false\n"
        "[plugins.readtime]\nenbled = true\n[plugins.readtime.config]\nwords_per_minuet = 3\nwords_per_minute = 'x'\n"
    )
    code, _, err = run(capfd, "check", str(file), "--plugins-dir", str(tmp_path / "plugins"))
    assert code == 1
    for told in (
        "'prot' is not known; did you mean 'port'?",
        "feed.ring_byte: is not known; did you mean 'ring_bytes'?",
        "plugins.readtime.enbled: is not known; did you mean 'enabled'?",
        "plugins.readtme: no such plugin is installed; did you mean 'readtime'?",
        "Warning: plugins.elsewhere: no such plugin is installed here, it is not checked",
        "words_per_minuet",
        "id you mean words_per_minute?",
    ):
        assert told in err
    assert len([line for line in err.splitlines() if line.startswith("Error: ")]) == 6


@pytest.mark.parametrize(("content", "code"), [("port = 1\n", 0), ("", 0), ("port =", 1), (None, 1)])
def test_a_sound_file_and_one_that_cannot_be_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], content: str | None, code: int
) -> None:
    file = tmp_path / "wire.toml"
    if content is not None:
        file.write_text(content)
    found, out, err = run(capfd, "check", str(file))
    assert found == code
    assert "is sound." in out if code == 0 else err.startswith(f"Error: {file}")
