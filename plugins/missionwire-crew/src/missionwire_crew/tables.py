"""The plugin's own data files, read as rows."""

import csv
from importlib.resources import files


def read_table(name: str) -> list[dict[str, str]]:
    """Give the rows of `data/<name>.csv`; each value is text, empty where nothing is known."""
    text = files(__package__).joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    head, *rows = csv.reader(text.splitlines())
    return [dict(zip(head, row, strict=True)) for row in rows]


def read_version() -> str:
    """Give the day up to which the data tell, as `2026-10-08`."""
    return files(__package__).joinpath("data/VERSION").read_text(encoding="utf-8").strip()
