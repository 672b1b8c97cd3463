"""`missionwire plugins`: see what is installed, what runs, and in which order."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import rich_click as click
from click.core import ParameterSource

from missionwire.cli import terminal
from missionwire.cli.launch import load_or_exit
from missionwire.cli.plugin_authoring import new, test, trace
from missionwire.cli.plugin_hooks import hooks
from missionwire.cli.plugin_installing import (
    disable,
    doctor,
    enable,
    install,
    place_options,
    remove,
    restore,
    told,
)
from missionwire.cli.plugin_inventory import installed_rows
from missionwire.cli.service import Refused, ServiceAway, away, connect, refusal, url_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import RenderableType

_MAX_READ_S: Final = 10.0


@click.group()
def plugins() -> None:
    """Plugins: write, test, install, switch and check them; what runs, in which order."""


def _ask(url: str, path: str) -> Any:  # noqa: ANN401  # JSON
    import httpx

    try:
        with connect(url, read_s=_MAX_READ_S) as client:
            answer = client.get(path)
    except httpx.HTTPError as error:
        raise away(url, error) from error
    if answer.is_error:
        raise refusal(answer)
    return answer.json()


def _source(installed: dict[str, Any] | None) -> str:
    """Say how a plugin came here."""
    if installed is None:
        return "by hand"
    word = {"editable": "-e ", "name": ""}.get(installed["kind"], "from ")
    return f"{word}{installed['requirement']} on {installed['installed_at'][:10]}"


@plugins.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--running", is_flag=True, help="Ask the service, instead of looking at what is installed here; --url does, too."
)
@place_options
@url_option
@click.pass_context
def list_plugins(
    context: click.Context,
    url: str,
    config: Path | None,
    data_dir: str | None,
    plugins_dir: str | None,
    *,
    as_json: bool,
    running: bool,
) -> None:
    """List plugins; a service that runs tells of their stages and order, calls, errors and latency, too.

    Nothing of a plugin is imported.
    """
    from missionwire.cli import plugin_listing

    if running or _is_named_here(context, "url"):
        rows, listed = _ask(url, "/v1/plugins"), plugin_listing.running
    else:
        with told():
            rows = installed_rows(load_or_exit(config, {"data_dir": data_dir, "plugins_dir": plugins_dir}))
        listed = plugin_listing.installed
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if rows:
        _print(lambda width: listed(rows, width))
    else:
        click.echo("No plugin is installed.")


def _is_named_here(context: click.Context, option: str) -> bool:
    """Whether an option stands on the command line; one from the environment asks for nothing by itself."""
    return context.get_parameter_source(option) is ParameterSource.COMMANDLINE


def _print(lines: "Callable[[int], Iterable[RenderableType]]") -> None:
    """Print lines that are made for the width of this terminal."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    for line in lines(console.width):
        console.print(line)


@plugins.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@url_option
def plan(url: str, *, as_json: bool) -> None:
    """Print the order in which a service calls its plugins, with the reason for each place."""
    stages: dict[str, list[dict[str, Any]]] = {}
    for plugin in _ask(url, "/v1/plugins"):
        for seat in plugin["stages"]:
            stages.setdefault(seat["stage"], []).append({**seat, "plugin": plugin["name"]})
    ordered = {
        stage: sorted(stages[stage], key=lambda seat: seat["place"])
        for stage in ("annotate", "repair", "extract", "enrich", "classify", "keep")
        if stage in stages
    }
    if as_json:
        click.echo(json.dumps(ordered, ensure_ascii=False, indent=2))
        return
    for stage, seats in ordered.items():
        click.echo(stage)
        for seat in seats:
            click.echo(f"  {seat['place']}. {seat['plugin']}  (by {seat['reason']})")


@plugins.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@place_options
@url_option
def show(
    url: str, config: Path | None, data_dir: str | None, plugins_dir: str | None, name: str, *, as_json: bool
) -> None:
    """Show one plugin: how it was installed here and, where a service runs, its state, calls, errors and latency."""
    with told():
        rows = installed_rows(load_or_exit(config, {"data_dir": data_dir, "plugins_dir": plugins_dir}))
    here = next((row for row in rows if row["name"] == name), None)
    try:
        found = _ask(url, f"/v1/plugins/{name}")
    except (ServiceAway, Refused) as error:
        if here is None:
            raise
        click.echo(f"Note: {error.message}", err=True)
        found = None
    row: dict[str, Any] = found or here or {}
    if as_json:
        installed = here["installed"] if here is not None else None
        click.echo(json.dumps({**row, "installed": installed}, ensure_ascii=False, indent=2))
        return
    _print_head(row)
    if here is not None:
        click.echo(f"  {here['distribution']} {here['version']}, installed {_source(here['installed'])}")
    if found is not None:
        _print_running(found)


def _print_head(row: dict[str, Any]) -> None:
    reason = f": {row['reason']}" if row["reason"] else ""
    click.echo(terminal.line(f"{row['name']} {row['version']}  {row['state']}{reason}"))


def _print_running(found: dict[str, Any]) -> None:
    from missionwire.cli import plugin_listing

    if found["about"]:
        click.echo(f"  {terminal.line(found['about'])}")
    _print(lambda width: plugin_listing.hooks(found, width))


for _command in (hooks, new, test, install, remove, enable, disable, restore, doctor, trace):
    plugins.add_command(_command)
