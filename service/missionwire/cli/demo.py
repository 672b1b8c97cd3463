"""`missionwire demo`: the service on a fresh folder, one article in, and what comes out of the feed, told to people."""

import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeVar

import rich_click as click

from missionwire.cli.launch import load_or_exit, run_supervisor

T = TypeVar("T")

ANSWER_S: Final = 60.0
"""So long the demo waits for each step of the service."""

POLL_S: Final = 0.1


@click.command()
@click.option("--port", type=int, help="Port to listen on, 0 for a free one [8000, else a free one].")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Settings file (TOML).")
@click.option("--once", is_flag=True, help="End after the events were shown, instead of serving on.")
def demo(config: Path | None, port: int | None, *, once: bool) -> int:
    """Show the main job: publish a machine-translated article, and see its events come out repaired and enriched.

    Runs the real service in a fresh temporary folder and goes on serving until Ctrl-C.
    """
    with tempfile.TemporaryDirectory(prefix="missionwire-demo-") as folder:
        wished = port if port is not None else _free_port()
        settings = load_or_exit(config, {"data_dir": folder, "port": wished, "log_level": "warning"})

        def ready(bound: int) -> None:
            threading.Thread(target=_show, args=(f"http://{settings.host}:{bound}", once), daemon=True).start()

        return run_supervisor(settings, processes=1, workers=max(1, settings.workers), on_ready=ready)


def _free_port() -> int:
    """Give 8000, or 0 where somebody else has it."""
    import socket

    with socket.socket() as probe:
        return 0 if probe.connect_ex(("127.0.0.1", 8000)) == 0 else 8000


def _show(url: str, once: bool) -> None:  # noqa: FBT001  # a thread's positional argument
    """Publish, follow, print; all over HTTP."""
    import httpx

    try:
        _run(url)
    except (httpx.HTTPError, KeyError, ValueError) as error:
        click.echo(f"Error: the demo could not go on: {error}", err=True)
        once = True
    if once:
        signal.raise_signal(signal.SIGTERM)


def _run(url: str) -> None:
    import httpx
    from httpx_sse import connect_sse
    from rich.console import Console
    from rich.rule import Rule

    from missionwire.cli.rendering import render

    console = Console(highlight=False)
    article = files("missionwire.cli").joinpath("demo_article.txt").read_text(encoding="utf-8")
    console.print(f"missionwire runs at [bold]{url}[/bold]. This machine-translated article goes in:\n")
    console.print(article.strip(), style="dim", markup=False)
    with httpx.Client(base_url=url, timeout=httpx.Timeout(ANSWER_S), trust_env=False) as client:
        _wait_for_worker(client)
        answer = client.post("/v1/articles", json={"text": article, "language": "en", "source": "urn:demo"})
        answer.raise_for_status()
        console.print(Rule("and comes out of the feed as"))
        with console.status("the plugins read it …"):
            document = _document(client, answer.json()["id"])
        if document["events"]:
            until = datetime.now(UTC) + timedelta(seconds=ANSWER_S)
            params = {"since": "all", "limit": str(len(document["events"])), "until": until.isoformat()}
            with connect_sse(client, "GET", "/v1/feed", params=params) as source:
                for frame in source.iter_sse():
                    if frame.event == "message":
                        console.print(render(frame.json()))
                        console.print()
        _sum_up(console, url, document)
    sys.stdout.flush()


def _wait_for_worker(client: Any) -> None:  # noqa: ANN401  # an httpx client, imported late
    """Wait, bounded, until a worker has started its plugins."""
    _wait_until(lambda: client.get("/health/ready").json()["workers"] or None, "no worker came up")


def _document(client: Any, article: str) -> dict[str, Any]:  # noqa: ANN401  # same
    """Wait, bounded, until the article was read; give its document."""

    def read() -> dict[str, Any] | None:
        found: dict[str, Any] = client.get(f"/v1/articles/{article}").raise_for_status().json()
        return None if found["state"] == "queued" else found

    return _wait_until(read, "the article was not read")


def _wait_until(look: Callable[[], T | None], fault: str) -> T:
    give_up_s = time.monotonic() + ANSWER_S
    while (found := look()) is None:
        if time.monotonic() > give_up_s:
            message = f"{fault} within {ANSWER_S:g} s"
            raise ValueError(message)
        time.sleep(POLL_S)
    return found


def _sum_up(console: Any, url: str, document: dict[str, Any]) -> None:  # noqa: ANN401  # a console of rich
    from rich.rule import Rule
    from rich.table import Table

    corrections = document["corrections"]
    applied = [each for each in corrections if each["applied"]]
    console.print(Rule(f"what was changed in the text, why, and by which plugin ({len(corrections)})"))
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for each in corrections:
        mark = "✎" if each["applied"] else "?"
        old, new = each["original"].strip(), each["replacement"] or "(taken out)"
        told = each["reason"] if each["applied"] else f"only suggested: {each['reason']}"
        table.add_row(
            mark, f"[red]{old}[/red] → [green]{new}[/green]", f"{each['plugin']}, {each['confidence']:.0%}", told
        )
    console.print(table)
    console.print(
        f"\n{len(document['events'])} events, {len(applied)} corrections. Where to go next:\n"
        f"  look      {url}/        and {url}/docs for the API\n"
        f"  follow    curl -N {url}/v1/feed\n"
        f"  publish   curl {url}/v1/articles -H 'Content-Type: application/json' -d '{{\"text\": \"…\"}}'\n"
        "\nServing until Ctrl-C.",
        markup=False,
    )
