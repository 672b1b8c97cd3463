"""`missionwire dead-letters`: what could not be handled, and again."""

import json
from datetime import UTC, datetime
from typing import Any, Final

import rich_click as click

from missionwire.cli import terminal
from missionwire.cli.service import away, connect, refusal, url_option

_MAX_READ_S: Final = 10.0
_MAX_LISTED: Final = 10_000


@click.group()
def dead_letters() -> None:
    """See what could not be handled, and replay or discard it."""


def _call(url: str, method: str, path: str) -> Any:  # noqa: ANN401  # an answer of httpx, imported late
    import httpx

    try:
        with connect(url, read_s=_MAX_READ_S) as client:
            answer = client.request(method, path)
    except httpx.HTTPError as error:
        raise away(url, error) from error
    if answer.is_error:
        raise refusal(answer)
    return answer


def _all(url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    path = "/v1/dead-letters"
    while path and len(found) < _MAX_LISTED:
        answer = _call(url, "GET", path)
        found += answer.json()
        path = answer.links.get("next", {}).get("url", "")
    return found


@dead_letters.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@url_option
def list_letters(url: str, *, as_json: bool) -> None:
    """List dead letters, oldest first."""
    letters = _all(url)
    if as_json:
        click.echo(json.dumps(letters, ensure_ascii=False, indent=2))
        return
    for letter in letters:
        error, event = letter["error"], letter["event"]
        when = datetime.fromtimestamp(letter["time_ms"] / 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        who = f"{error.get('plugin') or 'worker'} {error.get('hook') or ''}".strip()
        what = event.get("id") or event.get("title") or letter["kind"]
        click.echo(terminal.line(f"{letter['id']}  {when}  {who}: {error['kind']}: {error['message']}  [{what}]"))
    if not letters:
        click.echo("There are no dead letters.")


@dead_letters.command()
@click.argument("id_", metavar="ID")
@url_option
def show(url: str, id_: str) -> None:
    """Show one dead letter as JSON: the error, and the event as it was sent."""
    click.echo(json.dumps(_call(url, "GET", f"/v1/dead-letters/{id_}").json(), ensure_ascii=False, indent=2))


@dead_letters.command()
@click.argument("ids", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Replay all of them.")
@click.option("--plugin", help="Replay those that this plugin could not handle.")
@click.option("--kind", help="Replay those with this kind of error.")
@url_option
def replay(url: str, ids: tuple[str, ...], plugin: str | None, kind: str | None, *, every: bool) -> None:
    """Put dead letters back into the inbox, each with its identity; they are published once."""
    is_filtered = plugin is not None or kind is not None
    if bool(ids) + every + is_filtered != 1:
        message = "name dead letters by id, or give --all, or --plugin and --kind"
        raise click.UsageError(message)
    wanted = ids or [
        letter["id"]
        for letter in _all(url)
        if plugin in (None, letter["error"].get("plugin")) and kind in (None, letter["error"]["kind"])
    ]
    count = 0
    for id_ in wanted:
        count += _call(url, "POST", f"/v1/dead-letters/{id_}/replay").json()["replayed"]
    click.echo(f"{count} replayed.")


@dead_letters.command()
@click.argument("ids", nargs=-1, required=True)
@url_option
def discard(url: str, ids: tuple[str, ...]) -> None:
    """Forget dead letters for good."""
    for id_ in ids:
        _call(url, "DELETE", f"/v1/dead-letters/{id_}")
    click.echo(f"{len(ids)} discarded.")
