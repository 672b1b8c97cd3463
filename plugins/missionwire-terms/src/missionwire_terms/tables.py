"""The package's tables: TOML files of `data/`, read into the Structs that describe their rows."""

import tomllib
from importlib.resources import files
from typing import TypeVar

import msgspec

T = TypeVar("T")


def read_table(name: str, shape: type[T]) -> T:
    """Read `data/<name>.toml` as `shape`; a row that does not fit raises msgspec.ValidationError."""
    text = (files("missionwire_terms") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), shape)
