"""`missionwire serve`: everything in one command."""

import sys
from pathlib import Path

import rich_click as click

from missionwire.cli.launch import load_or_exit, run_supervisor


@click.command()
@click.option("--host", help="Address to listen on [127.0.0.1].")
@click.option("--port", type=int, help="Port to listen on, 0 for a free one [8000].")
@click.option("--data-dir", type=click.Path(file_okay=False), help="Folder of the embedded server.")
@click.option("--redis-url", help="External Redis or Valkey instead of the embedded one.")
@click.option("--processes", type=int, help="HTTP processes to start, on one port [1].")
@click.option("--workers", type=int, help="Worker processes to start [1].")
@click.option("--plugins-dir", type=click.Path(file_okay=False), help="Folder of single-file plugins.")
@click.option("--strict", "strict_plugins", is_flag=True, default=None, help="Do not start with a plugin that fails.")
@click.option("--log-level", type=click.Choice(["debug", "info", "warning", "error"]), help="What to log [info].")
@click.option("--reload", "has_reload", is_flag=True, help="Start anew when the source of a plugin changes.")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Settings file (TOML).")
def serve(config: Path | None, *, has_reload: bool, **flags: object) -> int:
    """Run the service: embedded store, worker and HTTP.

    Settings come from defaults, the TOML file (--config or MISSIONWIRE_CONFIG), MISSIONWIRE_* variables, then flags.
    SIGTERM and Ctrl-C drain the feeds and stop it; SIGUSR2 restarts its processes one by one, without a gap.
    """
    settings = load_or_exit(config, flags)
    if settings.host not in ("127.0.0.1", "localhost", "::1"):
        click.echo(
            f"Warning: listening on {settings.host}. There are no keys yet: whoever reaches it can publish.", err=True
        )

    def ready(port: int) -> None:
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        where = "an external server" if settings.redis_url else f"data in {settings.data_folder}"
        click.echo(f"missionwire serves http://{host}:{port} ({where}). Ctrl-C stops it.", err=True)
        sys.stderr.flush()

    return run_supervisor(
        settings, processes=settings.processes, workers=settings.workers, on_ready=ready, has_reload=has_reload
    )
