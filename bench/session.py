"""One run of the benchmark: how long, how many, where, and what was found."""

import contextlib
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import machine
import servers
from load import Load
from result import Rounds

SMOKE_SUBSCRIBERS: Final = 50
SMOKE_S: Final = 0.6


class Session:
    """What the rows share. `faults` are missionwire's, `notes` what else the reader should know."""

    def __init__(self, folder: Path, cores: machine.Cores, *, seconds: float, is_smoke: bool) -> None:
        self.figures = Rounds()
        self.faults: list[str] = []
        self.notes: list[str] = []
        self.cores = cores
        self.is_smoke = is_smoke
        self.round = 0
        self._seconds = SMOKE_S if is_smoke else seconds
        self._folder = folder
        self._load: Load | None = None
        self._began_s = time.monotonic()

    @property
    def load(self) -> Load:
        """The follower, compiled at its first use."""
        if self._load is None:
            self._load = Load(self._folder)
        return self._load

    def seconds(self, share: float = 1.0) -> float:
        """Give how long to measure, where a figure may take more or less than others."""
        return self._seconds * share

    def count(self, wanted: int, smoke: int = SMOKE_SUBSCRIBERS) -> int:
        """Give how many subscribers, events and so on to take: few where only the working is asked."""
        return min(wanted, smoke) if self.is_smoke else wanted

    def say(self, told: str) -> None:
        """Tell what is under way."""
        print(f"  {time.monotonic() - self._began_s:5.0f} s  {told}", file=sys.stderr, flush=True)

    def note(self, told: str) -> None:
        """Keep what the reader should know, once."""
        if told not in self.notes:
            self.notes.append(told)

    @contextlib.contextmanager
    def fresh(self) -> Iterator[Path]:
        """Give an empty folder, which goes afterwards."""
        made = Path(tempfile.mkdtemp(dir=self._folder))
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)

    @contextlib.contextmanager
    def feed(self, contender: servers.Contender, folder: Path | None = None) -> Iterator[servers.Feed]:
        """Start a contender on the measured core, in a folder of its own or one that holds a log."""
        with self.fresh() as empty, contender.start(folder or empty) as feed:
            self.pin(feed.pids)
            if not self.is_smoke:
                time.sleep(contender.settles_s)
            yield feed

    def pin(self, pids: Iterable[int]) -> None:
        """Move what is measured to its core."""
        machine.pin(pids, self.cores.server)

    def add(self, figures: Rounds) -> None:
        """Keep figures that were measured elsewhere."""
        for name, rounds in figures.as_json().items():
            for told in rounds:
                self.figures.add(name, told)

    def blame(self, where: str, faults: Iterable[str]) -> None:
        """Keep what missionwire lost or repeated."""
        self.faults += [f"{where}: {fault}" for fault in faults]
