"""`missionwire worker`: workers alone, beside an external store."""

from pathlib import Path

import rich_click as click

from missionwire.cli.launch import load_or_exit, run_supervisor


@click.command()
@click.option("--redis-url", help="The Redis or Valkey that `serve` uses; needed here.")
@click.option("--workers", type=click.IntRange(min=1), help="Worker processes to start [1].")
@click.option("--plugins-dir", type=click.Path(file_okay=False), help="Folder of single-file plugins.")
@click.option("--strict", "strict_plugins", is_flag=True, default=None, help="Do not start with a plugin that fails.")
@click.option("--log-level", type=click.Choice(["debug", "info", "warning", "error"]), help="What to log [info].")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Settings file (TOML).")
def worker(config: Path | None, **flags: object) -> int:
    """Run workers alone: they take events from the inbox, run plugins, and publish to the wire.

    A worker whose event loop hangs is ended and replaced. Needs an external server (--redis-url).
    """
    settings = load_or_exit(config, flags)
    if settings.redis_url is None:
        click.echo(
            "Error: a worker alone needs --redis-url (or MISSIONWIRE_REDIS_URL): the server that `serve` uses.",
            err=True,
        )
        return 2
    return run_supervisor(settings, processes=0, workers=max(1, settings.workers))
