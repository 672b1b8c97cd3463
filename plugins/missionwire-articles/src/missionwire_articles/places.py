"""The regions, waters and bodies where craft come down, and where a text names them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Final, Literal, NamedTuple, TypeAlias, cast

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
        """Make one pattern of all names, the longer first."""
        self._known = {
            name: (kind, place, names[0]) for kind in _KINDS for place, names in table[kind].items() for name in names
        }
        names = sorted(self._known, key=len, reverse=True)
        written = (rf"{re.escape(name[0])}(?<!\w.){re.escape(name[1:])}" for name in names)  # to skip by first letters
        self._pattern = re.compile(rf"(?:{'|'.join(written)})\b", re.DOTALL)

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
        """Give the places in the order of the text."""
        for match in self._pattern.finditer(text):
            kind, place, name = self._known[match[0]]
            yield Place(match.start(), match.end(), cast("Kind", kind), place, name)
