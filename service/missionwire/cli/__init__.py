"""The command `missionwire`: one file for each command, imported only when that command runs.

Exit codes of all commands: 0 done, 1 refused or failed, 2 wrong use, 3 the service cannot be reached, 130 ended by
Ctrl-C, 141 the reader of our output went away.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Final, NoReturn

import click

from missionwire import __version__

COMMANDS: Final = {
    "serve": "Run the service: embedded store, worker and HTTP.",
    "worker": "Run workers alone: they take events from the inbox, run plugins, and publish to the wire.",
    "publish": "Send events and articles.",
    "tail": "Follow the wire.",
    "explain": "Show what becomes of an article: what is mended in it, who and what it names, its events, and why.",
    "plugins": "Plugins: write, test, install, switch and check them; what runs, in which order.",
    "dead-letters": "See what could not be handled, and replay or discard it.",
    "doctor": "Check this installation, the data folder and, where one runs, the service.",
    "config": "See to the settings file: its schema, and whether a file is sound.",
    "openapi": "Print the OpenAPI 3.1 document of this version as JSON.",
    "x": "Run a command that a plugin brings along.",
    "demo": (
        "Show the main job: publish a machine-translated article, and see its events come out repaired and enriched."
    ),
}
"""Each command with the first line of its help, so that `missionwire --help` imports none of them."""

_INTERRUPTED: Final = 130
_PIPE_CLOSED: Final = 141
_BUG: Final = 70


class LazyGroup(click.Group):
    """A group whose commands are modules beside this one: `dead-letters` is `dead_letters` in `cli/dead_letters.py`.

    This group itself is plain click: rich would make `missionwire --help` three times as slow. The commands use it.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Give the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # same
        """Give a stand-in that knows only its one line of help; `resolve_command` gives the real one."""
        return click.Command(cmd_name, short_help=COMMANDS[cmd_name]) if cmd_name in COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Import the command that is about to run."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and load(command.name or ""), rest

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a closed pipe has its own exit code, where click alone would call it a failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _let_go_of_stdout()
            raise click.exceptions.Exit(_PIPE_CLOSED) from None


def load(name: str) -> click.Command:
    """Import a command by its name.

    Raises:
        ImportError: its module, or something that the module needs, is not there.
    """
    attribute = name.replace("-", "_")
    command: click.Command = getattr(import_module(f"{__name__}.{attribute}"), attribute)
    return command


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Each command has --help. MISSIONWIRE_URL names the service for those that ask one.",
)
@click.version_option(__version__, message="missionwire %(version)s")
def missionwire() -> None:
    """missionwire: a live wire for space missions.

    Events and articles go in, repaired and enriched events come out, in one durable order that anyone can follow.
    """


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code. A fault is told in a sentence, never with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):  # a stream that was replaced or closed
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal without Unicode shows `?`
    code = _run(args)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_stdout()
        code = code or _PIPE_CLOSED
    sys.exit(code)


def _run(args: Sequence[str] | None) -> int:
    try:
        given = missionwire.main(args, prog_name="missionwire", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except Exception as error:  # the last line of defence: told as a bug, with what a report needs
        return _tell(error)
    return given if isinstance(given, int) else 0


def _tell(error: Exception) -> int:
    """Tell an error that no command handled: ours by its sentence, any other as the bug that it is."""
    from missionwire.domain.errors import MissionwireError

    if isinstance(error, MissionwireError):
        click.echo(f"Error: {error.detail}", err=True)
        return 1
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" ({trace.tb_frame.f_code.co_filename}:{trace.tb_lineno})" if trace else ""
    told = str(error).splitlines()
    click.echo(f"Error: {type(error).__name__}: {told[0] if told else 'no message'}{place}", err=True)
    click.echo("This is a bug in missionwire or in a plugin; please report it with that line.", err=True)
    return _BUG


def _let_go_of_stdout() -> None:
    """Point stdout at nothing, so that Python's own flush at the end has no closed pipe to complain of."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
