"""The designations of missions, such as Soyuz MS-18 or STS-135, and where a text names them."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from missionwire.plugin import mission_slug
from missionwire_articles.beginnings import beginnings
from missionwire_articles.gazetteer import Found, What
from missionwire_articles.openings import Begun, Opening

_NAMED_GROUP: Final = re.compile(r"\(\?P<\w+>")
_HAN_DIGITS: Final = {han: value for value, han in enumerate("一二三四五六七八九", start=1)}
_NUMBER: Final = re.compile(r"(?:-(?:ms|tma|tm|t|m))?(?:-\d+[a-z]*)*$")
_NUMBER_GROUPS: Final = ("n", "m", "o")


class Designation(NamedTuple):
    """One manner of designating missions: a row of `data/designations.toml`."""

    name: str
    pattern: re.Pattern[str]
    programme: str
    id: str | None
    what: What
    spacecraft: str | None
    not_before: re.Pattern[str] | None
    is_short: bool


class Designations:
    """Finds missions by their designations."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Compile the rows; those that may begin at a place are known by the letters there."""
        rows = [_row(entry) for entry in table["designation"]]
        self._begun = Begun(((letters, row) for row in rows for letters in _openings(row.pattern.pattern)), list)
        self.openings = self._begun.letters
        self._spacecraft = {
            _key(row.id or mission_slug(row.programme)): row.spacecraft for row in rows if row.spacecraft
        }

    @classmethod
    def load(cls) -> "Designations":
        """Read the table that comes with the plugin."""
        source = files(__package__).joinpath("data/designations.toml")
        return cls(tomllib.loads(source.read_text(encoding="utf-8")))

    def find(self, text: str, openings: Iterable[Opening]) -> Iterator[Found]:
        """Give every designation in the order of the text; `name` is as it is written there.

        The `openings` are where names may begin.
        """
        place = 0
        told: set[str | None] = set()
        for at, letters in openings:
            if at >= place and (found := self._at(text, at, self._begun[letters], told)):
                place = found.end
                told.add(found.id)
                yield found

    def spacecraft_of(self, mission: str) -> str | None:
        """Give the spacecraft that flies a mission, from its slug: `soyuz` of `soyuz-ms-18`; None if not sure."""
        return self._spacecraft.get(mission) or self._spacecraft.get(_key(mission))

    def _at(self, text: str, at: int, rows: Iterable[Designation], told: AbstractSet[str | None]) -> Found | None:
        for row in rows:
            match = row.pattern.match(text, at)
            if not match or (row.not_before and row.not_before.match(text, match.end())):
                continue
            named = match.groupdict()
            start = match.end("skip") if named.get("skip") else at
            number = next((named[group] for group in _NUMBER_GROUPS if named.get(group)), "")
            slug = row.id or mission_slug(f"{row.programme} {_plain(number)}")
            if row.is_short and slug not in told:
                continue
            return Found(start, match.end(), row.what, " ".join(text[start : match.end()].split()), slug)
        return None


def _openings(pattern: str) -> set[str]:
    return {beginning.letters for beginning in beginnings(_NAMED_GROUP.sub("(?:", pattern))}


def _row(entry: Mapping[str, Any]) -> Designation:
    pattern = re.compile(entry["pattern"] + r"(?![A-Za-zА-Яа-я0-9])")
    not_before = re.compile(entry["not_before"]) if "not_before" in entry else None
    return Designation(
        entry["name"],
        pattern,
        entry.get("programme", ""),
        entry.get("id"),
        entry.get("what", "mission"),
        entry.get("spacecraft"),
        not_before,
        entry.get("short", False),
    )


@lru_cache(maxsize=1_024)
def _key(mission: str) -> str:
    """Give a slug without its number and series: `soyuz` of `soyuz-ms-18`."""
    return _NUMBER.sub("", mission)


def _plain(number: str) -> str:
    """Write a Chinese number up to 99 in digits; any other is as it is."""
    if not number or number[0] not in "一二三四五六七八九十":
        return number
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return str(_HAN_DIGITS.get(number, number))
    return str(_HAN_DIGITS.get(tens, 1) * 10 + _HAN_DIGITS.get(ones, 0))
