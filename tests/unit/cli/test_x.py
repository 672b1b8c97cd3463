"""`missionwire x`: the commands of plugins, with the settings and the folder that its options name."""

from pathlib import Path

import pytest

from tests.plugin_projects import write_file
from tests.unit.cli.commands import run

pytestmark = pytest.mark.slow

TALKER = """
import click
from missionwire.plugin import Config, Plugin, hookimpl


class Settings(Config):
    word: str = "hello"


class Talker(Plugin[Settings]):
    @hookimpl
    {how} commands(self):
        @click.command("say")
        def say():
            click.echo(self.config.word)

        return {given}
"""


def write_talker(folder: Path, name: str = "talker", how: str = "def", given: str = '{"say": say}') -> None:
    write_file(folder / f"{name}.py", code=TALKER.format(how=how, given=given))


def write_settings(file: Path, *, word: str) -> str:
    folder = file.parent / "plugins"
    write_talker(folder)
    file.write_text(f'plugins_dir = "{folder}"\n[plugins.talker.config]\nword = "{word}"\n', encoding="utf-8")
    return str(file)


def test_a_plugin_of_the_named_folder_runs_its_command(tmp_path: Path) -> None:
    write_talker(tmp_path)

    assert run("x", "--plugins-dir", str(tmp_path), "talker", "say").out == "hello\n"


def test_a_plugin_has_the_settings_of_the_named_file(tmp_path: Path) -> None:
    file = write_settings(tmp_path / "missionwire.toml", word="bonjour")

    assert run("x", "--config", file, "talker", "say").out == "bonjour\n"
    assert run("x", "talker", "say", MISSIONWIRE_CONFIG=file).out == "bonjour\n"


def test_a_data_folder_has_plugins_of_its_own(tmp_path: Path) -> None:
    write_talker(tmp_path / "plugins")

    assert run("x", "--data-dir", str(tmp_path), "talker", "say").out == "hello\n"


def test_the_help_lists_the_plugins_of_the_named_folder(tmp_path: Path) -> None:
    write_talker(tmp_path)

    assert "talker" in run("x", "--plugins-dir", str(tmp_path), "--help").out
    assert "talker" not in run("x", "--help").out


def test_a_settings_file_that_is_not_there_is_told_with_exit_code_2(tmp_path: Path) -> None:
    ran = run("x", "--config", str(tmp_path / "nowhere.toml"), "talker", "say")

    assert ran.code == 2
    assert "nowhere.toml" in ran.err


def test_commands_may_be_async_as_any_hook(tmp_path: Path) -> None:
    write_talker(tmp_path, how="async def")

    assert run("x", "--plugins-dir", str(tmp_path), "talker", "say").out == "hello\n"


@pytest.mark.parametrize("given", ["[say, say]", "5", "1 / 0"])
def test_a_plugin_that_gives_no_commands_is_named(tmp_path: Path, given: str) -> None:
    write_talker(tmp_path, given=given)

    ran = run("x", "--plugins-dir", str(tmp_path), "talker", "say")

    assert ran.code == 1
    assert ran.err.startswith("Error: plugin talker: ")
