"""`missionwire publish`: send events and articles from files or a pipe."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import rich_click as click
from click.exceptions import Exit

from missionwire.cli import terminal
from missionwire.cli.files import STDIN, About, Fault, Found, find, is_text, read
from missionwire.cli.service import ServiceAway, connect, url_option

if TYPE_CHECKING:
    from missionwire.cli.sender import Account

MAX_TOLD: Final = 50
"""So many faults are told one by one; the rest are counted, and `--json` has more of them."""


@click.command
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--title", help="The title of an article that is sent as text or page.")
@click.option("--article-url", metavar="URL", help="Where that article was published; with its source, its identity.")
@click.option("--source", help="Where that article comes from: a URI.")
@click.option("--published", metavar="TIME", help="When it was published: RFC 3339, or a date like 2021-10-18.")
@click.option("--language", metavar="CODE", help="The language of its text: en.")
@click.option(
    "--json", "is_json", is_flag=True, help="Print one JSON object with the account, and nothing else, on stdout."
)
@click.option(
    "--patience",
    "patience_s",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    default=60.0,
    show_default=True,
    help="Go on for so long while the service takes nothing because it is busy or away.",
)
@url_option
def publish(
    files: Sequence[str], url: str, *, is_json: bool, patience_s: float, article_url: str | None, **about: str | None
) -> None:
    """Send events and articles.

    FILE is a JSON event or an array of them (.json), NDJSON (.ndjson, .jsonl), a text that is sent as an article
    (.txt, .md), the web page that carries one (.html, .htm), a folder of such files, or - for stdin. A JSON object
    with a text or html, and nothing that makes an event, is an article, too. Sending again is safe: an event is known
    by its source and id, and published once.

    Exit codes: 0 all taken, 1 some refused, 2 wrong use, 3 the service cannot be reached.
    """
    from missionwire.cli.progress import ProgressBar
    from missionwire.cli.sender import READ_S, Account, Sender, StoreIsFull

    names = find(files)
    told = About(url=article_url, **about)
    _check_about(names, told)
    account = Account()
    ending: Exception | None = None
    started_s = time.monotonic()
    with ProgressBar(names) as progress, connect(url, read_s=READ_S) as client:
        sender = Sender(client, patience_s=patience_s, account=account, on_fault=_FaultTeller())
        try:
            sender.send(progress.watch(_everything(names, told)))
        except (StoreIsFull, ServiceAway) as error:
            ending = error
    if is_json:
        click.echo(terminal.json_line(_account_json(account, url, ending)))
    else:
        _tell_account(account, time.monotonic() - started_s)
    if isinstance(ending, ServiceAway):
        raise ending
    if ending is not None:
        raise click.ClickException(str(ending))
    if not account.is_all_taken:
        raise Exit(1)


def _check_about(names: Sequence[str], about: About) -> None:
    """Refuse one title or address for several texts: they would be taken for revisions of one article."""
    texts = [name for name in names if is_text(name)]
    if len(texts) > 1 and (about.title or about.url):
        raise click.UsageError(f"--title and --article-url are about one article, and {len(texts)} texts are given.")
    if any(about) and not texts and STDIN not in names and all(Path(name).suffix for name in names):
        raise click.UsageError(
            "--title, --article-url, --source, --published and --language are about a text or page; none is given."
        )


def _everything(names: Sequence[str], about: About) -> Iterator[Found]:
    for name in names:
        yield from read(name, about)


class _FaultTeller:
    """Tells faults on stderr, one a line, as compilers do; a bounded number."""

    def __init__(self) -> None:
        self._told = 0

    def __call__(self, fault: Fault) -> None:
        self._told += 1
        if self._told <= MAX_TOLD:
            click.echo(_line(fault), err=True)
        elif self._told == MAX_TOLD + 1:
            click.echo("More faults are counted, and not told one by one.", err=True)


def _line(fault: Fault) -> str:
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    return terminal.line(": ".join(part for part in (place, fault.path, fault.message) if part))


def _tell_account(account: "Account", took_s: float) -> None:
    counts = (
        (account.accepted, "accepted"),
        (account.revised, "revised"),
        (account.duplicate, "duplicate"),
        (account.conflict_count, "in conflict"),
        (account.fault_count, "faulty"),
        (account.unsent, "not sent"),
    )
    told = ", ".join(f"{number:,} {word}" for number, word in counts if number) or "nothing sent"
    click.echo(f"{told} in {took_s:.1f} s")
    for article in account.articles[:MAX_TOLD]:
        click.echo(terminal.line(f"article {article['id']} {article['status']} ({article['file']})"))


def _account_json(account: "Account", url: str, ending: Exception | None) -> str:
    import msgspec

    told: dict[str, Any] = {
        "url": url,
        "accepted": account.accepted,
        "revised": account.revised,
        "duplicate": account.duplicate,
        "conflict": account.conflict_count,
        "faulty": account.fault_count,
        "unsent": account.unsent,
        "articles": account.articles,
        "conflicts": [fault._asdict() for fault in account.conflicts],
        "faults": [fault._asdict() for fault in account.faults],
        "error": str(ending) if ending else None,
    }
    return msgspec.json.encode(told).decode()
