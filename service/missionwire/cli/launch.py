"""Starting the long-running commands: settings with all their faults told, failures in one sentence."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from missionwire.domain.errors import SettingsError, StartError
from missionwire.logs import set_up_logging
from missionwire.settings import Settings, load_settings

if TYPE_CHECKING:
    from missionwire.sources import Sources


def load_or_exit(config: Path | None, flags: Mapping[str, object]) -> Settings:
    """Load the settings, or tell every fault and exit with 2."""
    named = os.environ.get("MISSIONWIRE_CONFIG")
    file = config or (Path(named) if named else None)
    try:
        return load_settings(file, os.environ, flags)
    except SettingsError as error:
        for fault in error.faults:
            click.echo(f"Error: {fault}", err=True)
        sys.exit(2)


def run_supervisor(
    settings: Settings,
    *,
    processes: int,
    workers: int,
    on_ready: Callable[[int], None] | None = None,
    has_reload: bool = False,
) -> int:
    """Run until stopped; a start that fails is told in a sentence, with exit code 1."""
    from missionwire.supervisor import Supervisor

    set_up_logging(settings.log_level)
    try:
        sources = _sources(settings) if has_reload else None
        return Supervisor(settings, processes=processes, workers=workers, on_ready=on_ready, sources=sources).run()
    except StartError as error:
        click.echo(f"Error: {error.detail}", err=True)
        return 1


def _sources(settings: Settings) -> "Sources":
    """Give the sources of plugins to look at, and say which those are."""
    from missionwire.plugins.discovery import discover
    from missionwire.sources import Sources, source_folders

    folders = source_folders(discover(settings.plugins_folder))
    told = ", ".join(str(folder) for folder in folders) or "nothing: no plugin here is a single file or editable"
    click.echo(f"Reloads on changes in {told}", err=True)
    return Sources(folders)


def end_after(limit_s: float, held: str) -> Callable[[], None]:
    """End this process if a plugin holds what is `held` for too long; gives what calls that off."""
    import threading

    def end() -> None:
        click.echo(f"Error: a plugin holds {held} for over {limit_s:.0f} s; `plugins test` finds out which.", err=True)
        os._exit(1)

    timer = threading.Timer(limit_s, end)
    timer.daemon = True
    timer.start()
    return timer.cancel
