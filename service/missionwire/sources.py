"""The sources of plugins that are being written: where they are, and whether something in them changed."""

import json
import time
from collections.abc import Iterable
from importlib import metadata
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from missionwire.plugins.discovery import Found

LOOK_EVERY_S: Final = 0.5
MAX_FILES: Final = 5000
"""At most so many files are looked at."""

_SUFFIXES: Final = frozenset({".py", ".toml", ".json", ".csv", ".txt", ".lua"})


class Sources:
    """Looks at files now and then; what changed since the last look is news."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)
        self._looked_s = time.monotonic()
        self._seen = self._look()

    def has_changed(self) -> bool:
        """Whether a file was written, made or taken away; looked up twice a second at most."""
        now_s = time.monotonic()
        if now_s - self._looked_s < LOOK_EVERY_S:
            return False
        self._looked_s, before, self._seen = now_s, self._seen, self._look()
        return before != self._seen

    def _look(self) -> dict[Path, int]:
        files = (path for folder in self.folders for path in folder.rglob("*") if path.suffix in _SUFFIXES)
        found = {}
        for path in islice(files, MAX_FILES):
            try:
                found[path] = path.stat().st_mtime_ns
            except OSError:
                continue  # it was taken away meanwhile; the next look tells
        return found


def source_folders(plugins: Iterable[Found]) -> tuple[Path, ...]:
    """Give the folders of single files, and of distributions that are installed editable."""
    folders = set()
    for found in plugins:
        if found.is_file:
            folders.add(Path(found.target).parent)
        elif (project := _editable(found.distribution)) is not None:
            folders.add(project / "src" if (project / "src").is_dir() else project)
    return tuple(sorted(folders))


def _editable(distribution: str) -> Path | None:
    try:
        told = metadata.distribution(distribution).read_text("direct_url.json")
        where = json.loads(told or "{}")
    except (metadata.PackageNotFoundError, ValueError):
        return None
    if not where.get("dir_info", {}).get("editable"):
        return None
    return Path(unquote(urlsplit(where.get("url", "")).path))
