"""`missionwire config`: the settings file, for editors and before it is used."""

import difflib
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import rich_click as click

from missionwire.cli import terminal
from missionwire.cli.plugin_installing import place_options, premises_of
from missionwire.cli.steps import Steps


@click.group()
def config() -> None:
    """See to the settings file: its schema, and whether a file is sound."""


@config.command()
@place_options
def schema(config: Path | None, data_dir: str | None, plugins_dir: str | None) -> None:
    """Print the JSON Schema of the settings file, with the settings of each plugin that is installed here.

    Each plugin is loaded in a process of its own; one that cannot be loaded is left out, with a warning.
    """
    from missionwire.cli.settings_schema import settings_schema
    from missionwire.plugins.checkup import probe_all
    from missionwire.plugins.discovery import discover

    there = discover(premises_of(config, data_dir, plugins_dir).plugins_folder)
    with Steps() as steps:
        steps.tell("loading each plugin in a process of its own")
        probed = probe_all(there, {})
    schemas = {}
    for found in there:
        result = probed.get(found.name)
        reason = found.reason if result is None else result.sentence(found.name)
        if result is not None and result.config_schema is not None:
            schemas[found.name] = result.config_schema
        else:
            told = terminal.line(reason or "its settings have no schema")
            click.echo(f"Warning: plugin {found.name} is left out: {told}", err=True)
    click.echo(json.dumps(settings_schema(schemas), ensure_ascii=False, indent=2))


@config.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--plugins-dir", type=click.Path(file_okay=False), help="Folder of single-file plugins.")
def check(file: Path, plugins_dir: str | None) -> int:
    """Report all faults of a settings file, those of plugins' own settings, too. Exit code 1 if there are any."""
    from missionwire.domain.errors import SettingsError
    from missionwire.settings import Settings, load_settings

    faults: list[str] = []
    try:
        settings = load_settings(file, {}, {"plugins_dir": plugins_dir})
    except SettingsError as error:
        faults += error.faults
        settings = Settings(plugins_dir=plugins_dir)
    if given := _plugin_tables(file):
        with Steps() as steps:
            steps.tell("loading the plugins that the file names")
            faults += [f"{file}: {fault}" for fault in _plugin_faults(given, settings.plugins_folder)]
    for fault in faults:
        click.echo(f"Error: {terminal.line(fault)}", err=True)
    sys.stderr.flush()
    if not faults:
        click.echo(f"{file} is sound.")
    return 1 if faults else 0


def _plugin_tables(file: Path) -> dict[str, dict[str, Any]]:
    """Give the `[plugins.NAME]` tables of a file; none where the file cannot be read, which is a fault of its own."""
    try:
        plugins = tomllib.loads(file.read_text(encoding="utf-8")).get("plugins", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
    tables = plugins.items() if isinstance(plugins, dict) else ()
    return {name: table for name, table in tables if isinstance(table, dict)}


def _plugin_faults(given: Mapping[str, dict[str, Any]], folder: Path) -> Iterator[str]:
    """Check what a file says of plugins; one that is not installed here is a fault only if another may be meant."""
    from missionwire.plugins.checkup import probe_all
    from missionwire.plugins.discovery import discover

    there = {found.name: found for found in discover(folder)}
    for name in sorted(given.keys() - there.keys()):
        near = difflib.get_close_matches(name, list(there), n=1)
        if near:
            yield f"plugins.{name}: no such plugin is installed; did you mean {near[0]!r}?"
        else:
            click.echo(f"Warning: plugins.{name}: no such plugin is installed here, it is not checked", err=True)
    configs = {
        name: table["config"]
        for name, table in given.items()
        if name in there and isinstance(table.get("config"), dict)
    }
    for name, probed in probe_all([there[name] for name in sorted(configs)], configs).items():
        if (told := probed.sentence(name)) is not None:
            click.echo(f"Warning: plugins.{name}.config is not checked: {terminal.line(told)}", err=True)
        yield from probed.config_faults
