"""`missionwire plugins`: see what is installed, what runs, and in which order."""

import json
from pathlib import Path
from typing import Any, Final

import rich_click as click

from missionwire.cli.launch import load_or_exit
from missionwire.cli.service import away, connect, refusal, url_option

_MAX_READ_S: Final = 10.0


@click.group()
def plugins() -> None:
    """See plugins: what is installed here, what a service runs, in which order."""


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


@plugins.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--running", is_flag=True, help="Ask the service, instead of looking at what is installed here.")
@click.option("--plugins-dir", type=click.Path(file_okay=False), help="Folder of single-file plugins.")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Settings file (TOML).")
@url_option
def list_plugins(url: str, config: Path | None, plugins_dir: str | None, *, as_json: bool, running: bool) -> None:
    """List plugins. Nothing of a plugin is imported."""
    rows = _ask(url, "/v1/plugins") if running else _installed(config, plugins_dir)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in ("plugin", "version", "state", "distribution", "reason"):
        table.add_column(column)
    for row in rows:
        table.add_row(row["name"], row["version"], row["state"], row["distribution"], row["reason"] or "")
    Console(highlight=False, markup=False).print(table if rows else "No plugin is installed.")


def _installed(config: Path | None, plugins_dir: str | None) -> list[dict[str, Any]]:
    from missionwire.plugins.discovery import discover

    settings = load_or_exit(config, {"plugins_dir": plugins_dir})
    folder = Path(settings.plugins_dir).expanduser() if settings.plugins_dir else None
    rows = []
    for found in discover(folder):
        wish = settings.plugins.get(found.name)
        is_off = wish is not None and not wish.enabled
        rows.append(
            {
                "name": found.name,
                "version": found.version,
                "distribution": found.distribution,
                "api_level": found.api_level,
                "state": "disabled" if is_off else found.state,
                "reason": "the settings say so" if is_off else found.reason,
            }
        )
    return rows


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
@url_option
def show(url: str, name: str, *, as_json: bool) -> None:
    """Show one plugin of a running service: state, calls, errors, latency, settings."""
    found = _ask(url, f"/v1/plugins/{name}")
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    click.echo(
        f"{found['name']} {found['version']}  {found['state']}" + (f": {found['reason']}" if found["reason"] else "")
    )
    click.echo(f"  {found['about'] or ''}")
    click.echo(f"  writes {', '.join(found['writes']) or 'only ext'}; contacts {', '.join(found['hosts']) or 'nobody'}")
    for hook, tally in found["hooks"].items():
        errors = ", ".join(f"{kind} {count}" for kind, count in tally["errors"].items()) or "none"
        click.echo(
            f"  {hook}: {tally['calls']} calls, errors: {errors}, p50 {tally['p50_ms']} ms, p99 {tally['p99_ms']} ms"
        )
