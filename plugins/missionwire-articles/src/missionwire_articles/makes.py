"""Kinds of craft: which words may mean one, which rockets launch it."""

import re
from collections.abc import Mapping
from typing import Final

from missionwire_articles.rules import MARKS

LAUNCHERS: Final[Mapping[str, tuple[str, ...]]] = {
    "soyuz": ("soyuz",),
    "progress": ("soyuz",),
    "crew-dragon": ("falcon", "dragon"),
    "cargo-dragon": ("falcon", "dragon"),
    "cygnus": ("falcon", "atlas", "antares"),
    "starliner": ("atlas",),
    "shenzhou": ("long-march",),
    "tianzhou": ("long-march",),
    "orion": ("sls", "space-launch"),
    "htv": ("h-ii", "h3"),
    "htv-x": ("h3",),
    "apollo": ("saturn",),
    "gemini": ("titan",),
    "vostok": ("vostok",),
    "voskhod": ("voskhod",),
    "mercury": ("mercury", "atlas"),
}
"""Which rockets fly a kind of craft, by how their ids begin; which fly any other, the text must tell."""

KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "freighter": ("progress", "cygnus", "tianzhou", "htv", "htv-x", "atv", "cargo-dragon"),
    "cargo": ("progress", "cygnus", "tianzhou", "htv", "htv-x", "atv", "cargo-dragon"),
    "supply": ("progress", "cygnus", "tianzhou", "htv", "htv-x", "atv", "cargo-dragon"),
    "shuttle": ("space-shuttle",),
    "orbiter": ("space-shuttle",),
}
"""Which kinds of craft a noun may mean that stands for one named before."""

KIND: Final = re.compile(
    rf"\b(?:the|its)\s(?:[\w-]+\s){{0,2}}?(?P<kind>{'|'.join(KINDS)})\b(?!(?:\s[\w-]+)?\s{MARKS['mission']})",
    re.IGNORECASE,
)
"""A noun for a kind of craft, as a subject that was named before."""


def is_kind(told: object, spacecraft: str) -> bool:
    """Tell whether a craft may be of a kind: "Dragon" alone is either of its kinds."""
    return not told or told == spacecraft or (told == "dragon" and spacecraft.endswith("dragon"))


def launches(make: str, spacecraft: str) -> bool:
    """Tell whether a rocket launches a kind of craft, or is of that kind itself."""
    return make == spacecraft or make.startswith(LAUNCHERS.get(spacecraft, (spacecraft,)))


def may_be_meant(head: str, spacecraft: object) -> bool:
    """Tell whether a subject that stands for a kind of craft, "the freighter", may mean one."""
    kind = KIND.search(head)
    return kind is None or spacecraft in KINDS[kind["kind"].lower()]
