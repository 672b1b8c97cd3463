"""`missionwire plugins install | remove | enable | disable | restore | doctor`: what changes which plugins run."""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import rich_click as click

from missionwire.cli import terminal
from missionwire.cli.launch import load_or_exit
from missionwire.cli.steps import Steps

if TYPE_CHECKING:
    from missionwire.plugins.premises import Premises

_MARKS: Final = {"ok": "✓", "warning": "!", "wrong": "✗"}

Command = TypeVar("Command", bound=Callable[..., Any])


def place_options(command: Command) -> Command:
    """Add the options that say where plugins are kept."""
    for option in (
        click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Settings file (TOML)."),
        click.option("--plugins-dir", type=click.Path(file_okay=False), help="Folder of single-file plugins."),
        click.option("--data-dir", type=click.Path(file_okay=False), help="Folder of the embedded server."),
    ):
        command = option(command)
    return command


def premises_of(config: Path | None, data_dir: str | None, plugins_dir: str | None) -> "Premises":
    """Say where plugins are kept, as the settings have it."""
    from missionwire.plugins.premises import Premises

    settings = load_or_exit(config, {"data_dir": data_dir, "plugins_dir": plugins_dir})
    return Premises(
        data_folder=settings.data_folder.absolute(),
        plugins_folder=settings.plugins_folder.absolute(),
        configs={name: plugin.config for name, plugin in settings.plugins.items()},
    )


@contextmanager
def told(after: str = "") -> Iterator[None]:
    """Tell a failure in a sentence, with exit code 1; `after` says what that leaves behind."""
    from missionwire.plugins.environment import InstallError
    from missionwire.plugins.manifest import ManifestError

    try:
        yield
    except (InstallError, ManifestError) as error:
        message = f"{terminal.line(str(error)).rstrip('.')}.{after}"
        raise click.ClickException(message) from error


@contextmanager
def _ended_politely() -> Iterator[None]:
    """Let SIGTERM end this as Ctrl-C does, so that what was begun is undone."""

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@click.command()
@click.argument("what", required=False)
@click.option("-e", "--editable", metavar="FOLDER", help="Install a folder so that changes in it count at once.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@place_options
def install(  # click tells the options
    what: str | None,
    editable: str | None,
    config: Path | None,
    data_dir: str | None,
    plugins_dir: str | None,
    *,
    as_json: bool,
) -> None:
    """Install a plugin: a folder, a wheel, a single .py file, or a name such as missionwire-x or missionwire-x==1.2.

    Its metadata are checked first, then it is loaded in a throw-away environment, then it is installed beside the
    service and recorded. Nothing that the service needs is ever changed. If anything fails, all is as it was.
    """
    import msgspec

    from missionwire.plugins import installer
    from missionwire.plugins.candidate import read_asked

    if (what is None) == (editable is None):
        message = "say what to install: a folder, a wheel, a .py file, a name, or -e FOLDER"
        raise click.UsageError(message)
    premises = premises_of(config, data_dir, plugins_dir)
    with told(" Nothing was changed."), _ended_politely(), Steps() as steps:
        asked = read_asked(editable or what or "", is_editable=editable is not None)
        done = installer.install(asked, premises, steps.tell)
    for warning in done.warnings:
        click.echo(f"Warning: {terminal.line(warning)}", err=True)
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(done), ensure_ascii=False, indent=2))
        return
    record = done.record
    was = f", in place of {done.replaced}" if done.replaced not in (None, record.version) else ""
    click.echo(f"Installed {', '.join(record.plugins)} {record.version} ({record.distribution}){was}.")
    if record.brought:
        click.echo(f"With it came {', '.join(record.brought)}.")


@click.command()
@click.argument("name")
@place_options
def remove(name: str, config: Path | None, data_dir: str | None, plugins_dir: str | None) -> None:
    """Remove a plugin, and what came along with it and nothing else needs. Works however broken it is."""
    from missionwire.plugins import removal

    premises = premises_of(config, data_dir, plugins_dir)
    with told(), _ended_politely(), Steps() as steps:
        gone = removal.remove(name, premises, steps.tell)
    click.echo(f"Removed {', '.join(gone.plugins)} ({gone.distribution}).")
    if gone.along:
        click.echo(f"With it went {', '.join(gone.along)}.")
    if gone.kept is not None:
        click.echo(f"The file was the only copy; it is kept as {gone.kept}.")


@click.command()
@click.argument("name")
@place_options
def enable(name: str, config: Path | None, data_dir: str | None, plugins_dir: str | None) -> None:
    """Switch a plugin on; a running service takes note."""
    _switch(name, config, data_dir, plugins_dir, is_enabled=True)


@click.command()
@click.argument("name")
@place_options
def disable(name: str, config: Path | None, data_dir: str | None, plugins_dir: str | None) -> None:
    """Switch a plugin off; a running service takes note."""
    _switch(name, config, data_dir, plugins_dir, is_enabled=False)


def _switch(name: str, config: Path | None, data_dir: str | None, plugins_dir: str | None, *, is_enabled: bool) -> None:
    from missionwire.plugins.discovery import discover
    from missionwire.plugins.manifest import change_manifest, read_manifest
    from missionwire.plugins.premises import unknown

    settings = load_or_exit(config, {"data_dir": data_dir, "plugins_dir": plugins_dir})
    premises = premises_of(config, data_dir, plugins_dir)
    with told():
        manifest = read_manifest(premises.data_folder)
        names = {each.name for each in discover(premises.plugins_folder)}
        names |= {*manifest.disabled, *(plugin for record in manifest.installed for plugin in record.plugins)}
        if name not in names:
            raise click.ClickException(unknown(name, manifest, premises))
        change_manifest(premises.data_folder, lambda now: now.switched(name, is_enabled=is_enabled))
    word = "on" if is_enabled else "off"
    already = (name in manifest.disabled) != is_enabled
    if is_enabled and name in settings.plugins and not settings.plugins[name].enabled:
        message = f"your settings say that {name} is off ([plugins.{name}] enabled = false); change it there"
        raise click.ClickException(message)
    click.echo(f"{name} was {word} already." if already else f"{name} is {word}.")


@click.command()
@click.option("--quiet", is_flag=True, help="Say nothing where nothing is to be done.")
@place_options
def restore(config: Path | None, data_dir: str | None, plugins_dir: str | None, *, quiet: bool) -> int:
    """Install again what the manifest says and is not there: in a new environment, an image, or after a sync."""
    from missionwire.plugins.manifest import read_manifest

    settings = load_or_exit(config, {"data_dir": data_dir, "plugins_dir": plugins_dir})
    with told():
        if not read_manifest(settings.data_folder).installed:  # the usual case costs no more than this
            if not quiet:
                click.echo("The manifest names no plugin.")
            return 0
    from missionwire.plugins import installer

    premises = premises_of(config, data_dir, plugins_dir)
    failed = 0
    with told():
        records = installer.missing(premises)
    for record in records:
        try:
            with told(), _ended_politely(), Steps() as steps:
                installer.restore(record, premises, steps.tell)
            click.echo(f"Restored {', '.join(record.plugins)} {record.version} ({record.distribution}).")
        except click.ClickException as error:
            failed += 1
            click.echo(f"Error: {', '.join(record.plugins)} was not restored. {error.message}", err=True)
    if not records and not quiet:
        click.echo("Everything is there.")
    return 1 if failed else 0


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@place_options
def doctor(
    name: str | None, config: Path | None, data_dir: str | None, plugins_dir: str | None, *, as_json: bool
) -> int:
    """Check each plugin: API level, what it needs, whether it loads, its settings. Exit code 1 if something is wrong.

    Each is loaded in a process of its own, so a broken one harms nothing here.
    """
    import msgspec

    from missionwire.plugins.checkup import check_up
    from missionwire.plugins.manifest import read_manifest
    from missionwire.plugins.premises import unknown

    premises = premises_of(config, data_dir, plugins_dir)
    with told(), Steps() as steps:
        steps.tell("loading each plugin in a process of its own")
        found = [each for each in check_up(premises) if name in (None, each.plugin)]
        if name is not None and not found:
            raise click.ClickException(unknown(name, read_manifest(premises.data_folder), premises))
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=2))
    else:
        for each in found:
            click.echo(terminal.line(f"{_MARKS[each.state]} {each.plugin}  {each.what}: {each.told}"))
        if not found:
            click.echo("No plugin is installed.")
    sys.stdout.flush()
    return 1 if any(each.state == "wrong" for each in found) else 0
