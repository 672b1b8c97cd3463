"""`missionwire tail`: follow the wire in a terminal or in a pipe."""

import re
import sys
from collections.abc import Callable
from typing import Final

import rich_click as click

from missionwire.cli import terminal
from missionwire.cli.service import url_option

_POSITION: Final = re.compile(r"[A-Za-z0-9._-]{1,256}")


def _checked_position(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is None or _POSITION.fullmatch(value):
        return value
    message = f"{terminal.line(value)!r} is no position; use one as the feed or `tail --json` gave it"
    raise click.BadParameter(message)


def _many(name: str, metavar: str, text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(f"--{name}", name, metavar=metavar, multiple=True, help=f"{text} May be given again: any of.")


@click.command
@_many("type", "TYPE", "Only this type, or a family: missionwire.docking.*")
@_many("mission", "NAME", "Only this mission, as name or slug: 'Soyuz MS-18'.")
@_many("agency", "NAME", "Only events of this agency or company: roscosmos.")
@_many("crew", "NAME", "Only events with this person: 'Anton Shkaplerov'.")
@_many("source", "SOURCE", "Only this source.")
@click.option("--since", metavar="WHEN", help="Start in the past: 10m, 2h, 3d, an RFC 3339 time, or all. Else now.")
@click.option("--until", metavar="WHEN", help="End at this time of coming onto the wire.")
@click.option("--occurred-since", metavar="TIME", help="Only events that happened at this time or later.")
@click.option("--occurred-until", metavar="TIME", help="Only events that happened before this time.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="End after so many events.")
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True),
    metavar="FACTOR",
    help="Replay the past at this multiple of its own pace; needs --since or --last-event-id.",
)
@click.option("--last-event-id", metavar="POSITION", callback=_checked_position, help="Go on after this position.")
@click.option("--json", "is_json", is_flag=True, help="Print one CloudEvent a line, and nothing else, on stdout.")
@url_option
def tail(url: str, *, is_json: bool, limit: int | None, last_event_id: str | None, **wishes: object) -> None:
    """Follow the wire.

    Prints each event as it comes, and goes on by itself after a break, at the place where it was. Ends when the feed
    ends (`--limit`, `--until`) or with Ctrl-C. Filters of different kinds must all hold. Breaks and gaps are told on
    stderr.

    Exit codes: 0 the feed ended, 1 refused, 2 wrong use, 3 the service cannot be reached, 130 Ctrl-C.
    """
    from missionwire.cli.follower import Follower

    follower = Follower(url, _params(wishes), place=last_event_id, limit=limit, tell=_tell)
    show: Callable[[str], None] = _show_json if is_json else _shower()
    for event in follower.events():
        show(event)


def _params(wishes: dict[str, object]) -> list[tuple[str, str]]:
    params = []
    for name, value in wishes.items():
        values = value if isinstance(value, tuple) else (value,)
        params += [(name, str(one)) for one in values if one is not None]
    return params


def _tell(words: str) -> None:
    click.echo(f"missionwire: {words}", err=True)


def _show_json(event: str) -> None:
    """Print the event as it came, as UTF-8 whatever the locale: JSON knows no other."""
    out = sys.stdout.buffer
    one_line = event.replace("\r", " ").replace("\n", " ")  # between tokens only: inside strings JSON escapes them
    out.write(terminal.json_line(one_line).encode() + b"\n")
    out.flush()


def _shower() -> Callable[[str], None]:
    """Make the function that prints an event for people."""
    import msgspec
    from rich.console import Console

    from missionwire.cli.rendering import render

    console = Console(file=sys.stdout, highlight=False, soft_wrap=False)

    is_first = True

    def show(event: str) -> None:
        nonlocal is_first
        try:
            decoded = msgspec.json.decode(event)
        except msgspec.DecodeError:
            decoded = None
        if isinstance(decoded, dict):
            console.print(*([] if is_first else [""]), render(decoded), sep="\n")
            is_first = False
        else:
            _tell("An event could not be read; --json shows what came.")

    return show
