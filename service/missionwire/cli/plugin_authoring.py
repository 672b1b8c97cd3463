"""The author's commands: `missionwire plugins new`, `test` and `trace`."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import rich_click as click

from missionwire.cli import terminal
from missionwire.cli.launch import end_after, load_or_exit
from missionwire.cli.service import WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from missionwire.authoring.verdict import CaseResult, Report

MAX_INPUT_BYTES: Final = 16 << 20
MAX_TRACE_S: Final = 120.0
"""A trace that a plugin holds for longer is ended."""

_ABOUT: Final = {
    "src": "the plugin",
    "cases": "what goes into its hook, and what is expected out of it",
    "tests": "its tests",
    "README.md": "what it does and what can be set",
    "pyproject.toml": "its name, and the settings of the tools",
}


@click.command()
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The folder in which it is made; this one, if not given.",
)
def new(name: str, into: Path) -> None:
    """Make a new plugin: the folder missionwire-NAME, with a plugin in it that works, a case, a test and all else."""
    from missionwire.authoring.scaffold import AlreadyThereError, BadNameError, make_distribution

    try:
        files = make_distribution(name, into)
    except (BadNameError, AlreadyThereError) as error:
        raise WrongUse(terminal.line(str(error))) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or into}: {error.strerror or error}") from error
    folder = into / f"missionwire-{name}"
    click.echo(f"{folder}")
    width = max(len(str(file)) for file in files)
    for file in files:
        about = _ABOUT.get(file.parts[0], "") if file.name != "py.typed" else ""
        click.echo(f"  {file!s:{width}}  {about}".rstrip())
    shown = folder if folder.is_absolute() else f"./{folder}"
    click.echo(f"Next: missionwire plugins test {shown}, then: missionwire plugins install {shown}")


@click.command()
@click.argument("given", metavar="PATH|NAME")
@click.option("--update", is_flag=True, help="Take what came out of the cases as what is expected from now on.")
@click.option("--no-tests", is_flag=True, help="Leave the plugin's own pytest tests out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: a list of reports.")
def test(given: str, *, update: bool, no_tests: bool, as_json: bool) -> None:
    """Test a plugin: its own tests, its JSON cases, and what every plugin owes the service.

    PATH is a distribution's folder or a .py file, which need not be installed; NAME a plugin that is. Exits with 1 if
    anything failed; the grade is A (all is well), B (warnings), C (something failed) or D (it would not run).
    """
    from missionwire.authoring.examination import examine
    from missionwire.authoring.target import NoPluginError, targets_of

    try:
        targets = targets_of(given)
    except NoPluginError as error:
        raise WrongUse(terminal.line(str(error))) from error
    reports = []
    for target in targets:
        with _status(is_silent=as_json) as on_step:
            report = examine(target, runs_tests=not no_tests, on_step=on_step)
        reports.append(_updated(report, is_silent=as_json) if update else report)
        if not as_json:
            _print(reports[-1])
    if as_json:
        import msgspec

        click.echo(json.dumps(msgspec.to_builtins([report.told() for report in reports]), ensure_ascii=False, indent=2))
    sys.exit(0 if all(report.is_good for report in reports) else 1)


class _status:  # noqa: N801  # reads as a function where it is used
    """Shows what is being looked at, where standard error is a terminal."""

    def __init__(self, *, is_silent: bool) -> None:
        from rich.console import Console

        console = Console(stderr=True, highlight=False, markup=False)
        self._status = console.status("") if console.is_terminal and not is_silent else None

    def __enter__(self) -> "Callable[[str], None]":
        if self._status is None:
            return lambda _: None
        self._status.start()
        return self._status.update

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()


def _print(report: "Report") -> None:
    from rich.console import Console

    from missionwire.cli.plugin_report import render

    Console(highlight=False, markup=False).print(render(report))


def _updated(report: "Report", *, is_silent: bool) -> "Report":
    """Take over what came out of the cases, with the difference shown first; gives the report as it is now."""
    from msgspec.structs import replace

    from missionwire.authoring.cases import accept
    from missionwire.authoring.examination import judged_cases

    fresh = [case for case in report.cases if not case.is_met and not case.error]
    if not is_silent:
        _print_fresh(fresh)
    try:
        changed = accept(fresh)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    for file in changed if not is_silent else ():
        click.echo(f"updated {file}")
    cases = tuple(replace(case, is_met=True, expected=case.got) if case in fresh else case for case in report.cases)
    points = tuple(judged_cases(cases) if point.name == "cases" else point for point in report.points)
    return replace(report, cases=cases, points=points)


def _print_fresh(cases: "Sequence[CaseResult]") -> None:
    from rich.console import Console

    from missionwire.cli.plugin_report import render_case

    console = Console(highlight=False, markup=False)
    for case in cases:
        for line in render_case(case):
            console.print(line)


@click.command()
@click.argument("name", required=False)
@click.option("--event", "file", type=click.File("rb"), required=True, metavar="FILE|-", help="The event, as JSON.")
@click.option("--article", "is_article", is_flag=True, help="The file is an article: its JSON, or its bare text.")
@click.option("--plugins-dir", type=click.Path(file_okay=False), help="Folder of single-file plugins.")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Settings file (TOML).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every call, with all that went in and came out.")
def trace(
    name: str | None, file: BinaryIO, config: Path | None, plugins_dir: str | None, *, is_article: bool, as_json: bool
) -> None:
    """Run one event through the plugins that are installed here, and show what each found and changed, and its time.

    NAME shows the calls of one plugin alone; all run, by the plan that a worker makes of the same settings. No service
    is needed.
    """
    import asyncio
    import logging

    from missionwire.authoring import trace as tracing

    written = file.read(MAX_INPUT_BYTES + 1)
    if len(written) > MAX_INPUT_BYTES:
        raise WrongUse(f"the file is over {MAX_INPUT_BYTES:,} bytes")
    try:
        given = tracing.read_input(written, is_article=is_article)
    except tracing.NotTraceableError as error:
        raise WrongUse(f"{terminal.line(file.name)}: {terminal.line(str(error))}") from error
    settings = load_or_exit(config, {"plugins_dir": plugins_dir})
    logging.getLogger("missionwire").setLevel(logging.CRITICAL)  # what a plugin did wrong is in the trace
    ended = end_after(MAX_TRACE_S, "the trace")
    traced = asyncio.run(tracing.trace(settings, given))
    ended()
    _refuse_away(traced, name)
    if as_json:
        _print_json(traced, name)
        return
    from rich.console import Console

    from missionwire.cli.plugin_trace import render

    console = Console(highlight=False, markup=False)
    for line in render(traced, name):
        console.print(line, soft_wrap=True)


def _refuse_away(traced: Any, name: str | None) -> None:  # noqa: ANN401  # a Trace, imported late
    """Refuse to show the calls of a plugin that did not run.

    Raises:
        click.ClickException: it is not there, or did not start.
    """
    if name is None or name in traced.running:
        return
    away = next((each for each in traced.away if each.name == name), None)
    told = f"{name} is {away.state}: {away.reason}" if away else f"no plugin called {name} is installed here"
    raise click.ClickException(terminal.line(told))


def _print_json(traced: Any, name: str | None) -> None:  # noqa: ANN401  # a Trace, imported late
    import msgspec

    told = msgspec.to_builtins(traced)
    told["steps"] = [step for step in told["steps"] if name in (None, step["plugin"])]
    told["away"] = [each._asdict() for each in traced.away]
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))
