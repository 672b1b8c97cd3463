import subprocess
import sys

import click
import pytest

from missionwire.cli import COMMANDS, load, main, missionwire


def test_help_imports_no_command_and_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from missionwire.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'rich', 'rich_click', 'httpx', 'msgspec', 'redis', 'litestar', 'asyncio'}\n"
        "ours = {name for name in sys.modules if name.startswith('missionwire.cli.')}\n"
        "print(sorted(ours | heavy & sys.modules.keys()), file=sys.stderr)\n"
    )

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stderr.strip() == "[]"
    told = " ".join(ran.stdout.split())
    assert all(f"{name} {line}" in told for name, line in COMMANDS.items())


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_there_and_its_help_begins_as_the_table_says(name: str) -> None:
    command = load(name)

    assert command.name == name
    assert command.get_short_help_str(200) == COMMANDS[name]


@pytest.mark.parametrize(
    ("args", "code"), [(["--version"], 0), (["nope"], 2), (["tail", "--nope"], 2), (["publish"], 2)]
)
def test_exit_codes(args: list[str], code: int, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(args)

    assert ended.value.code == code
    assert "Traceback" not in capfd.readouterr().err


def test_a_bug_is_told_with_its_place_and_without_a_traceback() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "import missionwire.cli as c; c.load = lambda name: 1 / 0; c.main(['tail'])"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 70
    assert ran.stderr.startswith("Error: ZeroDivisionError: division by zero (")
    assert "Traceback" not in ran.stderr


def test_the_group_itself_has_no_command_imported() -> None:
    stand_in = missionwire.get_command(click.Context(missionwire), "tail")

    assert stand_in is not None
    assert not stand_in.params
