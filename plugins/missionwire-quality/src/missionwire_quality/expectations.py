"""What an event of each type should tell, out of the table in `data/types.toml`."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Final, NamedTuple

import msgspec

from missionwire_quality.facts import FACTS, Fact

PREFIX: Final = "missionwire."


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    types: tuple[str, ...]
    facts: tuple[Fact, ...]


class _Moments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    types: frozenset[str]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    expected: tuple[_Row, ...]
    moments: _Moments


class Expectations(NamedTuple):
    """What each type should tell, in the order of `FACTS`, and the types of which a mission has one a minute.

    Types have their whole names.
    """

    facts: Mapping[str, tuple[Fact, ...]]
    moments: frozenset[str]


def load_expectations() -> Expectations:
    """Read the table."""
    written = (resources.files(__package__) / "data" / "types.toml").read_text(encoding="utf-8")
    table = msgspec.convert(tomllib.loads(written), _Table)
    return Expectations(
        facts={
            PREFIX + each: tuple(fact for fact in FACTS if fact in row.facts)
            for row in table.expected
            for each in row.types
        },
        moments=frozenset(PREFIX + each for each in table.moments.types),
    )
