"""The regions, waters and bodies where craft come down, and where a text names them."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Final, Literal, NamedTuple, TypeAlias, cast

from ahocorasick_rs import AhoCorasick

Kind: TypeAlias = Literal["region", "sea", "body"]

_KINDS: Final = ("region", "sea", "body")


class Place(NamedTuple):
    """A region, water or body named in a text."""

    start: int
    end: int
    kind: Kind
    id: str
    name: str


class Places:
    """Finds the places of `data/places.toml`: whole words, letter case as written."""

    def __init__(self, table: Mapping[str, Mapping[str, list[str]]]) -> None:
        """Look for all names in one pass."""
        known = {
            name: (kind, place, names[0]) for kind in _KINDS for place, names in table[kind].items() for name in names
        }
        self._known = list(known.values())
        self._names = AhoCorasick(list(known))

    @classmethod
    def load(cls) -> "Places":
        """Read the table that comes with the plugin."""
        source = files(__package__).joinpath("data/places.toml")
        return cls(tomllib.loads(source.read_text(encoding="utf-8")))

    @staticmethod
    def within() -> Mapping[str, str]:
        """Give the larger place that each smaller one lies in."""
        source = files(__package__).joinpath("data/places.toml")
        found: Mapping[str, str] = tomllib.loads(source.read_text(encoding="utf-8"))["within"]
        return found

    def find(self, text: str) -> Iterator[Place]:
        """Give the places in the order of the text; of several at one place the longest."""
        found = self._names.find_matches_as_indexes(text, overlapping=True)
        place = 0
        for start, end, number in sorted(((start, end, number) for number, start, end in found), key=_rank):
            if start >= place and not (_is_word(text[start - 1 : start]) or _is_word(text[end : end + 1])):
                place = end
                kind, id_, name = self._known[number]
                yield Place(start, end, cast("Kind", kind), id_, name)


def _rank(found: tuple[int, int, int]) -> tuple[int, int]:
    return found[0], -found[1]


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
