"""How well articles are read: runs each through the pipeline with the first-party plugins, and compares with gold.

`python bench/articles.py`, or with other files, `--errors` for each miss, `--json result.json`, and `--gate NAME=VALUE`
to end with 1 where a figure is worse. What a file holds: bench/articles/README.md.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import machine
import msgspec
from gold import Article
from judgement import Count, Judgement, judge

from missionwire.plugin import Plugin
from missionwire.plugins.discovery import discover
from missionwire.plugins.loading import load_class
from missionwire.testing import ArticleResult, Workbench, make

ARTICLES: Final = Path(__file__).parent / "articles"
PLUGINS: Final = ("agencies", "articles", "crew", "pronouns", "quality", "terms")

SMALL_IS_GOOD: Final = frozenset({"harmful"})
"""Of these a gate is the most that is let through, of all others the least."""


def main() -> int:
    """Read, compare, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "files", type=Path, nargs="*", metavar="FILE", help="articles with gold [bench/articles/*.json]"
    )
    parser.add_argument("--errors", action="store_true", help="print each miss")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was counted there")
    parser.add_argument(
        "--gate", type=_gate, action="append", default=[], metavar="NAME=VALUE", help="end with 1 if worse"
    )
    given = parser.parse_args()
    files: Sequence[Path] = given.files or sorted(ARTICLES.glob("*.json"))
    try:
        articles = [msgspec.json.decode(file.read_bytes(), type=Article) for file in files]
    except (OSError, msgspec.MsgspecError) as error:
        print(f"{', '.join(map(str, files))}: {error}", file=sys.stderr)
        return 2
    judged = {article.id: judge(article, result) for article, result in asyncio.run(_read(articles))}
    total = Count()
    for judgement in judged.values():
        total.add(judgement.count)
    told = machine.describe()
    print(*(f"{name}: {value}" for name, value in told.items()), sep="\n")
    _show({**{name: judgement.count for name, judgement in judged.items()}, "all": total})
    if given.errors:
        _show_errors(judged)
    if given.json:
        figures = {name: judgement.count.as_dict() for name, judgement in judged.items()} | {"all": total.as_dict()}
        given.json.write_text(json.dumps({"machine": told, "figures": figures}, indent=1) + "\n")
    return _gated(total, given.gate)


async def _read(articles: Sequence[Article]) -> list[tuple[Article, ArticleResult]]:
    """Run the articles through the pipeline; a plugin's fault ends it."""
    async with Workbench(*_plugins()) as bench:
        read = []
        for article in articles:
            result = await bench.article(
                article.text,
                title=article.title,
                url=article.url,
                source=article.source,
                published=article.published,
            )
            if result.errors:
                sys.exit(f"{article.id}: {result.errors}")
            read.append((article, result))
        return read


def _plugins() -> Iterator[Plugin[Any]]:
    found = {each.name: each for each in discover()}
    for name in PLUGINS:
        if name not in found or found[name].reason:
            sys.exit(f"the plugin {name} is not installed: pip install ./plugins/missionwire-{name}")
        yield make(load_class(found[name]), name=name)


def _show(counts: dict[str, Count]) -> None:
    names = list(Count().figures())
    width = max(map(len, counts))
    print(f"\n{'':{width}}  " + "  ".join(names))
    for article, count in counts.items():
        shown = (
            "-" if value is None else f"{value:g}" if name in SMALL_IS_GOOD else f"{value:.2f}"
            for name, value in count.figures().items()
        )
        print(
            f"{article:{width}}  " + "  ".join(f"{each:>{len(name)}}" for name, each in zip(names, shown, strict=True))
        )
    print()


def _show_errors(judged: dict[str, Judgement]) -> None:
    for article, judgement in judged.items():
        print(f"{article}", *(f"  {error}" for error in judgement.errors), "", sep="\n")


def _gate(words: str) -> tuple[str, float]:
    name, _, value = words.partition("=")
    if name not in Count().figures():
        message = f"no figure {name!r}: there are {', '.join(Count().figures())}"
        raise argparse.ArgumentTypeError(message)
    return name, float(value)


def _gated(total: Count, gates: Sequence[tuple[str, float]]) -> int:
    failed = 0
    for name, bound in gates:
        value = total.figures()[name]
        is_good = value is not None and (value <= bound if name in SMALL_IS_GOOD else value >= bound)
        if not is_good:
            print(
                f"{name} is {value}, wanted {'at most' if name in SMALL_IS_GOOD else 'at least'} {bound}",
                file=sys.stderr,
            )
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
