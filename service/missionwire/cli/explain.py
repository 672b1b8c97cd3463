"""`missionwire explain`: what becomes of an article, with every reason, without publishing it."""

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import rich_click as click

from missionwire.cli import terminal
from missionwire.cli.files import OF_EVENTS, STDIN, About, Fault, Item, cut
from missionwire.cli.launch import end_after, load_or_exit
from missionwire.cli.service import WrongUse, away, connect, instead_url_option, refusal
from missionwire.cli.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from missionwire.cli.explanation import Explained
    from missionwire.domain.article import SentArticle, SentWebpage
    from missionwire.settings import Settings

MAX_INPUT_BYTES: Final = 16 << 20

MAX_S: Final = 120.0
"""Reading that takes longer is ended."""

READ_S: Final = 75.0
"""A service may wait for a page to be read, and then for a worker."""

MAX_WIDTH: Final = 110
"""On a wider terminal longer lines would only be harder to read."""

_OK: Final = 200


@click.command
@click.argument("file", metavar="FILE")
@click.option("--title", help="The title of the article.")
@click.option("--published", metavar="TIME", help="When it was published: RFC 3339, or a date like 2021-10-18.")
@click.option("--language", metavar="CODE", help="The language of its text: en.")
@click.option("--article-url", metavar="URL", help="Where it was published.")
@click.option("--source", help="Where it comes from: a URI.")
@click.option(
    "--json", "is_json", is_flag=True, help="Print the article document as JSON, and nothing else, on stdout."
)
@click.option("--plugins-dir", type=click.Path(file_okay=False), help="Folder of single-file plugins.")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Settings file (TOML).")
@instead_url_option
def explain(
    file: str,
    url: str | None,
    *,
    is_json: bool,
    config: Path | None,
    plugins_dir: str | None,
    article_url: str | None,
    **about: str | None,
) -> None:
    """Show what becomes of an article: what is mended in it, who and what it names, its events, and why.

    FILE is a text (.txt, .md), a web page (.html, .htm), an article as JSON (.json), or - for stdin. Nothing is
    published, and no service is needed: the plugins that are installed here read it, with the same settings as a
    service would use. With --url a running service does, by a dry run.

    Exit codes: 0 explained, 1 it cannot be read or is refused, 2 wrong use, 3 the service cannot be reached.
    """
    if url is not None and (config or plugins_dir):
        raise click.UsageError("--config and --plugins-dir are about the plugins here; --url asks a service.")
    article = _article(file, About(url=article_url, **about))
    with Steps() as steps:
        steps.tell("reading the article")
        if url is not None:
            explained = _asked(url, article)
        else:
            explained = _read_here(load_or_exit(config, {"plugins_dir": plugins_dir}), file, article)
    for told in explained.away:
        click.echo(f"Note: {terminal.line(told)}", err=True)
    if is_json:
        import msgspec

        click.echo(terminal.json_line(msgspec.json.encode(explained.document).decode()))
        return
    from rich.console import Console

    from missionwire.cli.explanation import render

    console = Console(highlight=False, markup=False)
    console.width = min(console.width, MAX_WIDTH)
    is_plain = console.color_system is None or console.no_color
    for part in render(explained, is_plain=is_plain):
        console.print(part)


def _article(file: str, about: About) -> "dict[str, Any]":
    """Give the members of the one article in a file; what the command line says of it wins.

    Raises:
        click.ClickException: the file holds something else.
        WrongUse: it cannot be read, or is too large.
    """
    import msgspec

    found = list(islice(cut(file, _content(file), about), 2))
    if fault := next((one for one in found if isinstance(one, Fault)), None):
        raise click.ClickException(f"{_called(file)}:{fault.line}: {terminal.line(fault.message)}")
    items = [one for one in found if isinstance(one, Item)]
    if len(items) != 1:
        raise click.ClickException(f"{_called(file)} holds {'several articles' if items else 'nothing'}; give one")
    members: dict[str, Any] = msgspec.json.decode(items[0].body)
    if items[0].kind == "event" and members.keys() & OF_EVENTS:
        raise click.ClickException(f"{_called(file)} holds an event; `missionwire plugins trace` shows its way")
    if items[0].kind == "event":
        raise click.ClickException(f"{_called(file)} holds no article: one has a `text`, or a page as `html`")
    return members | {name: value for name, value in about._asdict().items() if value is not None}


def _content(file: str) -> bytes:
    try:
        if file == STDIN:
            content = sys.stdin.buffer.read(MAX_INPUT_BYTES + 1)
        else:
            with Path(file).open("rb") as opened:
                content = opened.read(MAX_INPUT_BYTES + 1)
    except OSError as error:
        raise WrongUse(f"{_called(file)}: {error.strerror or error}") from error
    if len(content) > MAX_INPUT_BYTES:
        raise WrongUse(f"{_called(file)} is over {MAX_INPUT_BYTES:,} bytes")
    return content


def _called(file: str) -> str:
    return "stdin" if file == STDIN else terminal.line(file)


def _asked(url: str, article: "Mapping[str, Any]") -> "Explained":
    """Let a service read it.

    Raises:
        ServiceAway: it cannot be reached.
        click.ClickException: it refuses.
    """
    import httpx

    from missionwire.cli.explanation import Explained

    with connect(url, read_s=READ_S) as client:
        try:
            answer = client.post("/v1/articles", params={"dry_run": "true"}, json=dict(article))
        except httpx.TransportError as error:
            raise away(url, error) from error
        if answer.status_code != _OK:
            raise refusal(answer)
        try:
            document = answer.json()
        except ValueError as error:
            raise away(url, error) from error
    return Explained(document=document)


def _read_here(settings: "Settings", file: str, members: "Mapping[str, Any]") -> "Explained":
    """Let the plugins that are installed here read it.

    Raises:
        click.ClickException: it is no article that can be read.
    """
    import asyncio
    import logging

    import msgspec

    from missionwire.authoring.trace import trace
    from missionwire.cli.explanation import Explained
    from missionwire.domain.article import read_sent
    from missionwire.domain.errors import FaultyItems, StartError
    from missionwire.domain.errors import MissionwireError as Refusal

    logging.getLogger("missionwire").setLevel(logging.CRITICAL)  # what went wrong with a plugin is told below

    async def read_all() -> Explained:
        sent = read_sent(msgspec.json.encode(dict(members)))
        traced = await trace(settings, await _reduced(sent, settings))
        found = [
            {**mention, "plugin": step.plugin}
            for step in traced.steps
            if step.stage == "annotate" and not step.subject.startswith("event ")
            for mention in step.answer or ()
        ]
        told = [f"{each.name} is {each.state}: {each.reason}" for each in traced.away if each.state != "disabled"]
        return Explained(document=traced.result, mentions=tuple(found), away=tuple(told))

    ended = end_after(MAX_S, "the article")
    try:
        return asyncio.run(read_all())
    except FaultyItems as error:
        fault = error.faults[0]
        member = fault.path.removeprefix("$").removeprefix(".")
        told = f"{member}: {fault.message}" if member else fault.message
        raise click.ClickException(f"{_called(file)}: {terminal.line(told)}") from error
    except StartError:
        raise
    except Refusal as error:
        raise click.ClickException(f"{_called(file)}: {terminal.line(error.detail)}") from error
    finally:
        ended()


async def _reduced(sent: "SentArticle | SentWebpage", settings: "Settings") -> "SentArticle":
    """Give the article itself, of a page what it is reduced to."""
    from missionwire.domain.article import SentArticle
    from missionwire.web.reducer import Reducer

    if isinstance(sent, SentArticle):
        return sent
    reducer = Reducer(timeout_s=settings.intake.webpage_timeout_s)
    try:
        return await reducer.article(sent)
    finally:
        await reducer.aclose()
