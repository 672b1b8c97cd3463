from pathlib import Path

import pytest

from missionwire.pipeline.journal import NOBODY, Journal, Past, label_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "journal"


def _left(path: Path) -> Past:
    with Journal(path) as journal:
        return journal.take_over()


def test_a_new_journal_knows_nothing(path: Path) -> None:
    assert _left(path) == Past()


def test_what_was_in_hand_outlives_the_worker(path: Path) -> None:
    with Journal(path) as journal:
        for name in ("1:5-0", "2:6-0", "3:7-0", "4:8-0"):
            journal.begin(name)
        journal.made("2:6-0")
        journal.end("3:7-0")
        journal.hold(label_of("crew enrich"))

    past = _left(path)

    assert (sorted(past.running), past.made, past.alone) == (["1:5-0", "4:8-0"], ("2:6-0",), "")
    assert past.holder == "crew enrich"
    assert past.end == "unproved", "nobody said how it ended"


def test_a_successor_that_ends_too_leaves_the_same_entries_but_accuses_nobody(path: Path) -> None:
    with Journal(path) as journal:
        journal.begin("1:5-0")
        journal.begin_alone("2:6-0")
    Journal.judge(path, "by itself")

    first, second = _left(path), _left(path)

    assert (first.alone, first.end) == ("2:6-0", "by itself")
    assert (second.alone, second.end) == ("", "unproved")
    assert second.running == first.running


def test_what_ran_alone_is_no_longer_alone_when_it_is_made(path: Path) -> None:
    with Journal(path) as journal:
        journal.begin_alone("1:5-0")
        journal.end_alone()
        journal.end("1:5-0")

    assert _left(path) == Past()


def test_an_entry_that_was_made_and_is_run_again_alone_is_known_as_alone(path: Path) -> None:
    with Journal(path) as journal:
        journal.begin("1:5-0")
        journal.made("1:5-0")
        journal.begin_alone("1:5-0")

    assert _left(path).alone == "1:5-0"


def test_a_clean_end_leaves_nothing(path: Path) -> None:
    with Journal(path) as journal:
        journal.begin_alone("1:5-0")
        journal.hold(label_of("crew enrich"))
        journal.clear()

    assert _left(path) == Past()


def test_the_loop_that_is_given_back_has_no_holder(path: Path) -> None:
    with Journal(path) as journal:
        journal.hold(label_of("crew enrich"))
        journal.hold(NOBODY)

    assert _left(path).holder == ""


def test_places_are_used_again_and_the_entries_beyond_them_go_unnoted(path: Path) -> None:
    with Journal(path) as journal:
        for n in range(10_000):
            journal.begin(f"1:{n}-0")
            journal.end(f"1:{n}-0")
        for n in range(5_000):
            journal.begin(f"2:{n}-0")
        journal.made("2:4999-0")
        journal.end("2:4999-0")

    left = _left(path).running
    assert len(left) == 4096
    assert all(name.startswith("2:") for name in left)


def test_the_end_of_a_worker_that_never_wrote_is_not_noted(path: Path) -> None:
    Journal.judge(path, "hung")

    assert not path.exists()


def test_a_file_of_another_shape_is_made_anew(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"x" * 100)

    assert _left(path) == Past()
