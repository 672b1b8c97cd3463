"""How many articles and events the first-party plugins read in a second of one core, and each plugin's share of it.

`python bench/speed.py`, or with `--rounds 5 --json speed.json`. All of it goes through the real pipeline, without a
server; the time is CPU time of this process with all its threads, the best of the rounds. No two texts are the same.
The rates are measured without what counts the shares.

The articles of 4 kB have many sentences in common, so that what a process keeps of words and phrases is kept already.
The articles of `bench/articles` are read as a wire reads them: other articles went before, and each comes once.
"""

import argparse
import asyncio
import gc
import itertools
import json
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import gold
import machine
import msgspec

from missionwire.app.garbage import collect_seldom
from missionwire.domain.article import SentArticle
from missionwire.pipeline.calls import Caller
from missionwire.pipeline.participant import Hook, Participant
from missionwire.pipeline.pipeline import Pipeline
from missionwire.pipeline.plan import make_plan
from missionwire.plugin import Plugin
from missionwire.plugins.discovery import discover
from missionwire.plugins.loading import load_class
from missionwire.plugins.registry import implementations
from missionwire.store.temporary import TemporaryKeys
from missionwire.testing import make

FIRST_PARTY: Final = ("agencies", "articles", "crew", "pronouns", "quality", "terms")
ARTICLE: Final = 4_000
ARTICLES: Final = Path(__file__).with_name("articles")
GOALS: Final = {"articles": 60, "events": 2_000}

STORY: Final = """\
The Soyuz MS-31 spacecraft undocked from the International Space Station at 1:14 GMT on Friday and landed in Kazakhstan
at 4:36 am GMT (1:36 am GMT), according to the Russian space agency Roscosmos. Commander Oleg Kotov was the first to be
taken out of the device, and Koichi Wakata followed. “It was a quiet flight,” Wakata told the channel.

The coupling of the ship with the station had gone well in April, NASA said. Two hours later the hatch was opened. The
rocket had lifted off from Baikonur on 9 April, and its first floor fell into the steppe as planned. Nobody was hurt.
The recovery teams met the crew at dawn, and Samantha Cristoforetti of the European Space Agency (ESA) welcomed him.

Peggy Whitson, who commanded Crew-40, thanked her team from orbit. A test of the thrusters is planned for Tuesday. Bad
weather kept the helicopters away for an hour; the doctors came by road, and all was well. The next launch will carry
three cosmonauts, the head of the agency said, and their names will be told in the spring.

"""

STRUCTURED: Final[Mapping[str, Mapping[str, Any]]] = {
    "a schedule": {"title": "Falcon 9, Starlink", "vehicle": "Falcon 9", "net": "2031-04-09T06:41:00Z"},
    "a mission alone": {"mission": "Soyuz MS-18"},
    "a crew": {"crew": ["Oleg Novitskiy", "Юлия Пересильд", "Klim Shipenko"], "agencies": ["Roscosmos"]},
}
"""What an event's `data` may hold. The goal is for these in turn."""

SENTENCE: Final[Mapping[str, Any]] = {
    "title": "Crew of three lands",
    "text": "The capsule with Oleg Novitskiy came down on the steppe at 4:36 am GMT, Roscosmos said.",
    "mission": "Soyuz MS-18",
}
"""An event with words of its own, which are read as an article is."""


class Spent:
    """CPU seconds by plugin and hook, gathered as hooks are called."""

    def __init__(self) -> None:
        self.by_hook: dict[tuple[str, str], float] = {}

    def hook(self, plugin: str, hook: str, found: Hook) -> Hook:
        """Give a hook that counts what it spends."""
        key = (plugin, hook)
        if found.is_async:

            async def counted(**given: object) -> object:
                begun = time.process_time()
                try:
                    return await found.function(**given)
                finally:
                    self._add(key, time.process_time() - begun)

            return found._replace(function=counted)

        def counted_in_turn(**given: object) -> object:
            begun = time.thread_time()
            try:
                return found.function(**given)
            finally:
                self._add(key, time.thread_time() - begun)

        return found._replace(function=counted_in_turn)

    def _add(self, key: tuple[str, str], cpu_s: float) -> None:
        self.by_hook[key] = self.by_hook.get(key, 0.0) + cpu_s

    def take(self) -> dict[tuple[str, str], float]:
        """Give what was spent since the last time."""
        taken, self.by_hook = self.by_hook, {}
        return taken


Figures = dict[str, Any]


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often; the best is shown [3]")
    parser.add_argument("--articles", type=int, default=20, help="articles in a round [20]")
    parser.add_argument("--events", type=int, default=1_000, help="events of each kind in a round [1000]")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was measured there")
    given = parser.parse_args()
    told = machine.describe()
    print(*(f"{name}: {value}" for name, value in told.items()), sep="\n")
    figures = asyncio.run(_measured(given.rounds, given.articles, given.events))
    _show(figures)
    if given.json:
        given.json.write_text(json.dumps({"machine": told, "figures": figures}, indent=1) + "\n")


async def _measured(rounds: int, articles: int, events: int) -> Figures:
    spent, caller, keys = Spent(), Caller(), TemporaryKeys()
    plugins = [plugin async for plugin in _started(keys)]
    plain, counted = (
        Pipeline(make_plan([_participant(plugin, counter) for plugin in plugins]), caller) for counter in (None, spent)
    )
    gc.collect()
    collect_seldom()  # as a worker does before its first event

    async def measured(count: int, runner: Callable[[Pipeline], Callable[[int], Awaitable[object]]]) -> Figures:
        return await _best(spent, rounds, count, runner(plain), runner(counted))

    try:
        figures: Figures = {"articles of 4 kB": await measured(articles, _article)}
        figures["articles read first"] = await _first_read(spent, plain, counted)
        figures["structured events"] = await measured(events, partial(_event, kinds=list(STRUCTURED.values())))
        for kind, data in STRUCTURED.items():
            figures[f"- {kind}"] = await measured(events, partial(_event, kinds=[data]))
        figures["events with a sentence"] = await measured(events, partial(_event, kinds=[SENTENCE]))
    finally:
        caller.close()
        await keys.aclose()
    return figures


async def _started(keys: TemporaryKeys) -> Any:  # noqa: ANN401  # an async generator of plugins of any settings
    found = {each.name: each for each in discover() if each.reason is None}
    for name in FIRST_PARTY:
        plugin: Plugin[Any] = make(load_class(found[name]), name=name)
        plugin._store = keys.of(name)  # noqa: SLF001  # as the host gives it
        if startup := implementations(name, plugin).get("startup"):
            answer = startup.function()
            if startup.is_async:
                await answer
        yield plugin


def _participant(plugin: Plugin[Any], spent: Spent | None) -> Participant:
    """Make a plugin take part; `spent` is told what its hooks spend."""
    hooks = {name: Hook(*each) for name, each in implementations(plugin.name, plugin).items()}
    if spent:
        hooks = {name: spent.hook(plugin.name, name, hook) for name, hook in hooks.items()}
    return Participant(plugin.name, "0", hooks, writes=plugin.writes, before=plugin.before, after=plugin.after)


def _article(pipeline: Pipeline) -> Callable[[int], Awaitable[object]]:
    text = (STORY * (ARTICLE // len(STORY) + 1))[:ARTICLE]
    serial = itertools.count()
    return lambda _: pipeline.article(SentArticle(text=f"{text} {next(serial)}", published="2031-10-18"))


async def _first_read(spent: Spent, plain: Pipeline, counted: Pipeline) -> Figures:
    """Measure each third article while it is read first, the others before; half of these tell the shares."""
    files = sorted(ARTICLES.glob("*.json"))
    read = [msgspec.json.decode(file.read_bytes(), type=gold.Article) for file in files]
    articles = [SentArticle(text=one.text, title=one.title, published=one.published) for one in read]
    before, measured, shared = articles[::3] + articles[1::3], articles[2::6], articles[5::6]
    await _cpu_s(len(before), lambda number: plain.article(before[number]))
    gc.collect()  # a worker looks for garbage once in hundreds of articles, which would be once in these few
    rate = len(measured) / await _cpu_s(len(measured), lambda number: plain.article(measured[number]))
    spent.take()
    cpu_s = await _cpu_s(len(shared), lambda number: counted.article(shared[number]))
    shares = {name: each / len(shared) for name, each in _by_plugin(spent.take())}
    return _figures(rate, cpu_s / len(shared), shares)


def _event(pipeline: Pipeline, kinds: list[Mapping[str, Any]]) -> Callable[[int], Awaitable[object]]:
    serial = itertools.count()

    def run(number: int) -> Awaitable[object]:
        event = {
            "specversion": "1.0",
            "id": str(number),
            "source": "urn:bench",
            "type": "missionwire.landing.completed",
        }
        data = dict(kinds[number % len(kinds)])
        data |= {name: f"{data[name]} No. {next(serial)}." for name in ("title", "text") if name in data}
        return pipeline.event({**event, "time": "2021-10-17T04:36:00Z", "data": data})

    return run


async def _best(
    spent: Spent,
    rounds: int,
    count: int,
    run: Callable[[int], Awaitable[object]],
    run_counted: Callable[[int], Awaitable[object]],
) -> Figures:
    """Give how many a CPU second takes, in the best round, and how many microseconds each plugin spends on one."""
    rates, best_s, shares = [], float("inf"), {}
    for _ in range(rounds + 1):  # one to be warm
        rates.append(count / await _cpu_s(count, run))
        spent.take()
        cpu_s = await _cpu_s(count, run_counted)
        if cpu_s < best_s:
            best_s, shares = cpu_s, spent.take()
    return _figures(max(rates), best_s / count, {name: cpu_s / count for name, cpu_s in _by_plugin(shares)})


def _figures(per_cpu_s: float, whole_s: float, plugins_s: Mapping[str, float]) -> Figures:
    """Give the rate, and the microseconds of each plugin and of the pipeline, which takes the rest of the whole."""
    us = {name: 1e6 * cpu_s for name, cpu_s in plugins_s.items()}
    us["pipeline"] = 1e6 * whole_s - sum(us.values())
    return {"per_cpu_s": per_cpu_s, "us": dict(sorted(us.items(), key=lambda item: -item[1]))}


async def _cpu_s(count: int, run: Callable[[int], Awaitable[object]]) -> float:
    begun = time.process_time()
    for number in range(count):
        await run(number)
    return time.process_time() - begun


def _by_plugin(shares: Mapping[tuple[str, str], float]) -> Iterator[tuple[str, float]]:
    for name in dict.fromkeys(name for name, _ in shares):
        yield name, sum(cpu_s for (plugin, _), cpu_s in shares.items() if plugin == name)


def _show(figures: Figures) -> None:
    goals = ", ".join(f"{goal:,} {name}" for name, goal in GOALS.items())
    print(f"\nIn a CPU second (goals: {goals}), and what each plugin takes of one")
    for name, told in figures.items():
        shares = "  ".join(f"{plugin} {us:,.0f} µs" for plugin, us in told["us"].items())
        print(f"  {name:24} {told['per_cpu_s']:8,.0f}   {shares}")


if __name__ == "__main__":
    main()
