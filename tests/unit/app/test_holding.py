"""Which plugin an HTTP process was loading when it ended: its siblings know it, and suspect nobody who lives."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from missionwire.app.holding import Holding, Loading
from tests.following import until

ENDS = """
import os, sys
from pathlib import Path
from missionwire.app.holding import Loading
loading = Loading(Path(sys.argv[1]))
loading.note("one")
loading.note(sys.argv[2])
os._exit(1)
"""


def end_while_loading(path: Path, plugin: str) -> None:
    done = subprocess.run([sys.executable, "-c", ENDS, path, plugin], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.fixture
def loading(tmp_path: Path) -> Iterator[Loading]:
    with closing(Loading(tmp_path / "loading-tally-1")) as made:
        yield made


def test_the_plugin_that_a_process_was_loading_when_it_ended_is_named(loading: Loading, tmp_path: Path) -> None:
    end_while_loading(tmp_path / "loading-tally-0", "deadly")

    assert loading.ended_in() == {"deadly"}


def test_one_that_ended_while_it_loaded_nothing_names_nobody(loading: Loading, tmp_path: Path) -> None:
    end_while_loading(tmp_path / "loading-tally-0", "")

    assert loading.ended_in() == set()


def test_who_is_loading_now_is_not_suspected(loading: Loading, tmp_path: Path) -> None:
    with closing(Loading(tmp_path / "loading-tally-2")) as sibling:
        for each in (loading, sibling):
            each.note("slow")

        assert loading.ended_in() == sibling.ended_in() == set()


def test_a_clean_end_leaves_nothing(loading: Loading, tmp_path: Path) -> None:
    sibling = Loading(tmp_path / "loading-tally-2")
    sibling.note("slow")
    sibling.close()

    assert loading.ended_in() == set()
    assert not (tmp_path / "loading-tally-2").exists()


@pytest.mark.slow
def test_who_has_the_loop_for_too_long_is_named_once(caplog: pytest.LogCaptureFixture) -> None:
    holding = Holding()
    stop = holding.watch()
    try:
        holding.hold("quick routes")
        holding.hold("")
        holding.hold("slow routes")
        until(lambda: caplog.messages, 20)
        holding.hold("")
        holding.hold("slow startup")
        until(lambda: len(caplog.messages) > 1, 20)
    finally:
        stop()

    assert [message.partition(" for ")[0] for message in caplog.messages] == [
        "plugin slow holds the HTTP process in routes",
        "plugin slow holds the HTTP process in startup",
    ]
