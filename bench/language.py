"""What reading a text costs: load of each plugin that reads texts, and CPU of each document hook for 5 kB and 50 kB.

`python bench/language.py`, or with `--rounds 9 --json language.json`. No server; only this process works. The time is
CPU time of this process with all its threads, the least of the rounds. How to read it: bench/README.md.
"""

import argparse
import asyncio
import inspect
import json
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import machine
from msgspec.structs import replace

from missionwire.plugin import Document, Plugin
from missionwire.plugins.discovery import Found, discover
from missionwire.plugins.loading import load_class
from missionwire.plugins.registry import Implementation, implementations
from missionwire.testing import make

STAGES: Final = ("annotate", "repair", "extract")
KEPT_IN: Final = {"annotate": "mentions", "repair": "corrections"}
SHORT: Final = 5_000
LONG: Final = 50_000

PARAGRAPHS: Final = """\
Soyuz MS-31 undocked from the International Space Station at 1:14 GMT on Friday and landed in Kazakhstan at 4:36 am GMT
(1:36 am GMT). Commander Oleg Kotov was the first to be taken out of the device, and Koichi Wakata followed. “It was a
quiet flight,” Wakata told the channel. According to images broadcast by Roscosmos, the recovery teams met them at dawn.

The coupling of the ship with the station had gone well in April, NASA said. He had then waited two hours for the hatch
to open, said Samantha Cristoforetti of the European Space Agency (ESA). The rocket had lifted off from Baikonur on 9
April, and its first floor fell into the steppe as planned. Nobody was hurt, and the crew will fly again in 2033.

The lander was built by Boeing, officials said. It had left the orbit of the Moon two days before, in a flight that
nobody had tried until then, while Crew-40 docked with the orbital laboratory. Peggy Whitson, who commanded the crew,
thanked his team. Bad weather kept the helicopters away for an hour; the doctors came by road, and all was well.

"""
"""An article such as comes in, with people, agencies, craft, times, and faults of a translation."""

HOSTILE: Final = (
    *(
        "ESA ",
        "NASA (",
        "NASA and ",
        "@NASA",
        "Soviet Union in space. ",
        "Oleg Kotov slept. Kotov ate. ",
        'Oleg "',
        "Ka'",
    ),
    *(
        "Kelly ",
        "S.S. Kelly ",
        "A. B. ",
        "O. ",
        "landed ",
        "was was ",
        "device with ",
        "The coupling. ",
        "his crew ",
        "the the ",
    ),
    *("Sunday ", "4:36 CST, ", "1:1 ", "((((", "....", "“", '" ', "a", "\n"),
    "Kotov met Wakata, who thanked her. “It is late,” he said. ",
    *(
        "Zyta Gorecka, an engineer, ",
        "film “NASA ",
        "a\u0301",
        "\u202eOleg\u202c ",
        "\U0001f468\u200d\U0001f680 landed ",
        "王亚平",
    ),
)
"""What a text may consist of all through: a step back for each of its places would show."""


class Installed(NamedTuple):
    """A plugin that has started."""

    name: str
    hooks: Mapping[str, Implementation]


Figures: TypeAlias = dict[tuple[str, str], float]
"""CPU in ms, by plugin and hook."""


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often; the least is shown [5]")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was measured there")
    parser.add_argument("--load", help=argparse.SUPPRESS)
    given = parser.parse_args()
    found = [each for each in discover() if each.reason is None]
    if given.load:
        (one,) = (each for each in found if each.name == given.load)
        print(json.dumps(asyncio.run(_load_here(one))))
        return 0
    found = [each for each in found if any(hasattr(load_class(each), stage) for stage in STAGES)]
    told = machine.describe()
    print(*(f"{name}: {value}" for name, value in told.items()), sep="\n")
    loads = {each.name: _load(each.name, given.rounds) for each in found}
    _show_loads(loads)
    article, hostile = asyncio.run(_read(found, given.rounds))
    _show_article(article)
    _show_hostile(hostile)
    if given.json:
        figures = {"load": loads, "article": _by_name(article), "hostile": hostile}
        given.json.write_text(json.dumps({"machine": told, "figures": figures}, indent=1) + "\n")
    return 0


# --- load -------------------------------------------------------------------------------------------------------------


def _load(name: str, rounds: int) -> dict[str, float]:
    """Give CPU of import and startup in ms, each round in a process of its own."""
    command = [sys.executable, __file__, "--load", name]
    ran = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(rounds)]
    told = [json.loads(each) for each in ran]
    return {member: min(each[member] for each in told) for member in told[0]}


async def _load_here(found: Found) -> dict[str, float]:
    begun = time.process_time()
    kind = load_class(found)
    imported = time.process_time()
    await _start(found.name, kind)
    return {"import_ms": (imported - begun) * 1000, "startup_ms": (time.process_time() - imported) * 1000}


async def _start(name: str, kind: type[Plugin[Any]]) -> Installed:
    plugin = make(kind, name=name)
    hooks = implementations(name, plugin)
    if "startup" in hooks:
        await _called(hooks["startup"])
    return Installed(name, hooks)


# --- hooks ------------------------------------------------------------------------------------------------------------


async def _called(hook: Implementation, **given: object) -> object:
    answer = hook.function(**given)
    return await answer if inspect.isawaitable(answer) else answer


async def _walk(plugins: list[Installed], text: str) -> Figures:
    """Lead a text through all document hooks as the pipeline does, by the order of names."""
    document = Document(id="a", text=text, published="2031-10-18")
    spent: Figures = {}
    for stage in STAGES:
        for plugin in plugins:
            if stage not in plugin.hooks:
                continue
            begun = time.process_time()
            answer: Any = await _called(plugin.hooks[stage], document=document)
            found = tuple(answer or ())
            spent[plugin.name, stage] = (time.process_time() - begun) * 1000
            if kept := KEPT_IN.get(stage):
                document = replace(document, **{kept: (*getattr(document, kept), *found)})
    return spent


async def _least(plugins: list[Installed], text: str, rounds: int) -> Figures:
    walks = [await _walk(plugins, text + " " * number) for number in range(rounds)]  # plugins keep what they read
    return {key: min(walk[key] for walk in walks) for key in walks[0]}


async def _pair(plugins: list[Installed], piece: str, rounds: int) -> dict[tuple[str, str], dict[str, float]]:
    """Give what a short and a long text of one piece cost, and how much more the long one costs for each kB."""
    short = await _least(plugins, _filled(piece, SHORT), rounds)
    long = await _least(plugins, _filled(piece, LONG), rounds)
    return {
        key: {
            "short_ms": short[key],
            "long_ms": long[key],
            "ratio_per_kb": long[key] / LONG / max(1e-9, short[key] / SHORT),
        }
        for key in short
    }


def _filled(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


async def _read(
    found: list[Found], rounds: int
) -> tuple[dict[tuple[str, str], dict[str, float]], dict[str, dict[str, Any]]]:
    plugins = [await _start(each.name, load_class(each)) for each in found]
    article = await _pair(plugins, PARAGRAPHS, rounds)
    worst: dict[str, dict[str, Any]] = {}
    for piece in HOSTILE:
        for key, figures in (await _pair(plugins, piece, 2)).items():
            name = " ".join(key)
            if figures["long_ms"] > worst.get(name, {"long_ms": 0})["long_ms"]:
                worst[name] = {"piece": piece, **figures}
    return article, worst


def _by_name(figures: Mapping[tuple[str, str], Mapping[str, float]]) -> dict[str, Mapping[str, float]]:
    return {" ".join(key): each for key, each in figures.items()}


# --- the tables -------------------------------------------------------------------------------------------------------


def _show_loads(loads: Mapping[str, Mapping[str, float]]) -> None:
    print("\nLoad, CPU: import, startup")
    for name, each in loads.items():
        print(f"  {name:20} {each['import_ms']:9.1f} ms {each['startup_ms']:9.1f} ms")


def _show_article(figures: Mapping[tuple[str, str], Mapping[str, float]]) -> None:
    print(f"\nAn article, CPU: {SHORT // 1000} kB, {LONG // 1000} kB, the long one's cost per kB to the short one's")
    for name, each in _by_name(figures).items():
        print(f"  {name:20} {each['short_ms']:9.2f} ms {each['long_ms']:9.1f} ms {each['ratio_per_kb']:9.2f}")
    short, long = (sum(each[member] for each in figures.values()) for member in ("short_ms", "long_ms"))
    print(f"  {'all':20} {short:9.2f} ms {long:9.1f} ms {long / LONG / (short / SHORT):9.2f}")


def _show_hostile(worst: Mapping[str, Mapping[str, Any]]) -> None:
    print(f"\nThe dearest of {len(HOSTILE)} texts that are one piece all through: the same, and the piece")
    for name, each in worst.items():
        print(
            f"  {name:20} {each['short_ms']:9.2f} ms {each['long_ms']:9.1f} ms {each['ratio_per_kb']:9.2f}"
            f"  {each['piece']!r}"
        )


if __name__ == "__main__":
    sys.exit(main())
