"""The table of spacecraft, vehicles, stations and sites, and where a text names them."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from missionwire_articles.openings import Begun, Opening

What: TypeAlias = Literal["mission", "spacecraft", "vehicle", "station", "site"]

AROUND: Final = 150
"""How many characters before and after a careful name are looked at for what must hold around it."""

_WORD: Final = re.compile(r"[^\W_]+")
_RUSSIAN_ENDINGS: Final = r"(?:ами|ями|ах|ях|ам|ям|ом|ем|ой|ей|ою|а|у|е|ы|и|я|ю|о)?"


class Found(NamedTuple):
    """A name found in a text: its place, what it names, and the name and id that the table gives it."""

    start: int
    end: int
    what: What
    name: str
    id: str | None


class _Alias:
    """A name of the table."""

    def __init__(self, written: str, craft: Mapping[str, Any], limits: Mapping[str, str]) -> None:
        self.written = written
        self.what: What = craft["what"]
        self.name: str = craft["name"]
        self.id: str | None = craft["id"] or None
        self._is_short = "short" in limits
        self.is_stem = written.endswith("~") and " " not in written
        self._limits = limits

    @property
    def opening(self) -> str:
        """The letters with which it begins in any text: its first word, of one that takes endings its stem."""
        first = _WORD.match(self.written)
        return first[0] if first else self.written

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What matches it: asked for where a name before it in the order stands too, and is not meant."""
        return re.compile(self.written_so)

    @property
    def written_so(self) -> str:
        """The name as a pattern, with any of space and hyphens between its words, and the endings that it allows."""
        parts = re.split(r"[ -]", self.written.rstrip("~*"))
        endings = _RUSSIAN_ENDINGS if self.written.endswith("~") else ""
        boundary = "" if self.written.endswith("*") else r"(?!\w)"
        return r"[\s\-‑–]{1,2}".join(map(re.escape, parts)) + endings + boundary

    def may_be_meant(self, text: str, start: int, end: int, *, is_known: bool) -> bool:
        """Tell whether what stands around a careful name allows it; one that the text knows may stand alone."""
        if not self._limits:
            return True
        if self._is_short and not is_known:
            return False
        head, tail = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        near, not_before, not_after = self._compiled
        if near and not is_known and not (near.search(head) or near.search(tail)):
            return False
        return not ((not_before and not_before.match(tail)) or (not_after and not_after.search(head)))

    @cached_property
    def _compiled(self) -> tuple[re.Pattern[str] | None, ...]:
        names = ("near", "not_before", "not_after")
        return tuple(re.compile(self._limits[name]) if name in self._limits else None for name in names)


class _Aliases:
    """Names that may begin with the same letters, in the order in which they count.

    They are compiled as one pattern when these letters are first met: most names are in no text.
    """

    def __init__(self, aliases: Iterable[_Alias]) -> None:
        self._aliases = list(aliases)
        names = "|".join(f"({alias.written_so})" for alias in self._aliases)
        self._any = re.compile(names or "(?!)")  # only designations may begin so

    def at(self, text: str, start: int, told: AbstractSet[str]) -> Found | None:
        """Give the first that stands at a place and may be meant there; most often none does."""
        first = self._any.match(text, start)
        for alias, end in self._standing(first) if first else ():
            if alias.may_be_meant(text, start, end, is_known=alias.name in told):
                return Found(start, end, alias.what, alias.name, alias.id)
        return None

    def _standing(self, first: re.Match[str]) -> Iterator[tuple[_Alias, int]]:
        """Give the first that stands at a place, and those after it, each with its end; these are seldom asked for."""
        number = first.lastindex or 1
        yield self._aliases[number - 1], first.end()
        for alias in self._aliases[number:]:
            if match := alias.pattern.match(first.string, first.start()):
                yield alias, match.end()


class Gazetteer:
    """Finds the names of the table in a text: whole words, letter case as written, in time linear in the text."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Index the names by the letters with which they begin."""
        aliases = [_Alias(written, craft, limits) for craft in table["craft"] for written, limits in _names_of(craft)]
        aliases.sort(key=_rank)
        self._begun = Begun(((alias.opening, alias) for alias in aliases), _Aliases)
        self.openings = self._begun.letters

    @classmethod
    def load(cls) -> "Gazetteer":
        """Read the table that comes with the plugin."""
        source = files(__package__).joinpath("data/craft.toml")
        return cls(tomllib.loads(source.read_text(encoding="utf-8")))

    def find(self, text: str, openings: Iterable[Opening]) -> Iterator[Found]:
        """Give every name, the longest that begins at a place; names within a longer one are left out.

        The `openings` are where names may begin.
        """
        place = 0
        told: set[str] = set()
        for at, letters in openings:
            if at >= place and (found := self._begun[letters].at(text, at, told)):
                place = found.end
                told.add(found.name)
                yield found


def _rank(alias: _Alias) -> tuple[bool, int]:
    """Whole words first, then the longer."""
    return alias.is_stem, -len(alias.written)


def _names_of(craft: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for written in craft.get("aliases", ()):
        yield written, {}
    for short in craft.get("short", ()):
        yield short, {"short": short}
    for careful in craft.get("careful", ()):
        yield careful["alias"], careful
