"""The table of spacecraft, vehicles, stations and sites, and where a text names them."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple, TypeAlias

What: TypeAlias = Literal["mission", "spacecraft", "vehicle", "station", "site"]

AROUND: Final = 150
"""How many characters before and after a careful name are looked at for what must hold around it."""

_WORD: Final = re.compile(r"[^\W_]+")
_RUSSIAN_ENDINGS: Final = r"(?:ами|ями|ах|ях|ам|ям|ом|ем|ой|ей|ою|а|у|е|ы|и|я|ю|о)?"
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


class Found(NamedTuple):
    """A name found in a text: its place, what it names, and the name and id that the table gives it."""

    start: int
    end: int
    what: What
    name: str
    id: str | None


class _Alias:
    """A name of the table. Its pattern is compiled when its first word is first met: most names are in no text."""

    def __init__(self, written: str, craft: Mapping[str, Any], limits: Mapping[str, str]) -> None:
        self.written = written
        self.what: What = craft["what"]
        self.name: str = craft["name"]
        self.id: str | None = craft["id"] or None
        self.is_short = "short" in limits
        self._limits = limits

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The name, with any of space and hyphens between its words, and the endings that it allows."""
        parts = re.split(r"[ -]", self.written.rstrip("~*"))
        endings = _RUSSIAN_ENDINGS if self.written.endswith("~") else ""
        boundary = "" if self.written.endswith("*") else r"(?!\w)"
        return re.compile(r"[\s\-‑–]{1,2}".join(map(re.escape, parts)) + endings + boundary)

    def holds(self, text: str, start: int, end: int, *, is_known: bool) -> bool:
        """Tell whether what stands around a careful name allows it; one that the text knows may stand alone."""
        if not self._limits:
            return True
        head, tail = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        near, not_before, not_after = self._compiled
        if near and not is_known and not (near.search(head) or near.search(tail)):
            return False
        return not ((not_before and not_before.match(tail)) or (not_after and not_after.search(head)))

    @cached_property
    def _compiled(self) -> tuple[re.Pattern[str] | None, ...]:
        names = ("near", "not_before", "not_after")
        return tuple(re.compile(self._limits[name]) if name in self._limits else None for name in names)


class Gazetteer:
    """Finds the names of the table in a text: whole words, letter case as written, in time linear in the text."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Index the names by their first word, so that each word of a text is looked up once."""
        self._by_word: dict[str, list[_Alias]] = defaultdict(list)
        self._by_stem: dict[str, list[_Alias]] = defaultdict(list)
        self._han: list[_Alias] = []
        for craft in table["craft"]:
            for written, limits in _names_of(craft):
                self._put(written, _Alias(written, craft, limits))
        for index in (self._by_word, self._by_stem):
            for aliases in index.values():
                aliases.sort(key=lambda alias: -len(alias.written))
        self._word = _word_with({known[0] for known in (*self._by_word, *self._by_stem)})
        self._stem_head = min(map(len, self._by_stem), default=1)
        self._stem_heads = {stem[: self._stem_head] for stem in self._by_stem}

    @classmethod
    def load(cls) -> "Gazetteer":
        """Read the table that comes with the plugin."""
        source = files(__package__).joinpath("data/craft.toml")
        return cls(tomllib.loads(source.read_text(encoding="utf-8")))

    def find(self, text: str) -> Iterator[Found]:
        """Give every name, the longest that begins at a word; names within a longer one are left out."""
        place = 0
        told: set[str] = set()
        for word in self._word.finditer(text):
            token = word[0]
            if token not in self._by_word and token[: self._stem_head] not in self._stem_heads:
                continue  # as most words
            if word.start() >= place and (found := self._at(text, word, told)):
                place = found.end
                told.add(found.name)
                yield found
        if _HAN.search(text):
            yield from self._in_han(text)

    def _put(self, written: str, alias: _Alias) -> None:
        if written.endswith("*"):
            self._han.append(alias)
        elif " " not in written and written.endswith("~"):
            self._by_stem[written[:-1]].append(alias)
        else:
            first = _WORD.match(written)
            self._by_word[first[0] if first else written].append(alias)

    def _at(self, text: str, word: re.Match[str], told: AbstractSet[str]) -> Found | None:
        token, start = word[0], word.start()
        for alias in (*self._by_word.get(token, ()), *self._stemmed(token)):
            match = alias.pattern.match(text, start)
            is_known = alias.name in told
            may_be = is_known or not alias.is_short
            if match and may_be and alias.holds(text, start, match.end(), is_known=is_known):
                return Found(start, match.end(), alias.what, alias.name, alias.id)
        return None

    def _stemmed(self, token: str) -> Sequence[_Alias]:
        """Give the names of which a word may be a form, with an ending of up to three letters."""
        if token[: self._stem_head] not in self._stem_heads:
            return ()
        stems = (token[: len(token) - cut] for cut in range(min(4, len(token))))
        return [alias for stem in stems for alias in self._by_stem.get(stem, ())]

    def _in_han(self, text: str) -> Iterator[Found]:
        for alias in self._han:
            for match in alias.pattern.finditer(text):
                yield Found(match.start(), match.end(), alias.what, alias.name, alias.id)


def _word_with(first: AbstractSet[str]) -> re.Pattern[str]:
    """Give a pattern of the words that begin with one of these letters."""
    return re.compile(rf"[{''.join(map(re.escape, sorted(first)))}](?<![^\W_].)[^\W_]*", re.DOTALL)


def _names_of(craft: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for written in craft.get("aliases", ()):
        yield written, {}
    for short in craft.get("short", ()):
        yield short, {"short": short}
    for careful in craft.get("careful", ()):
        yield careful["alias"], careful
