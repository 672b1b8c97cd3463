import multiprocessing
import os
from pathlib import Path

import pytest

from missionwire.plugins.manifest import (
    FILE,
    Manifest,
    ManifestError,
    Record,
    Watch,
    change_manifest,
    read_manifest,
    revision_of,
)

WRITERS = 3
EACH = 5


def a_record(distribution: str = "missionwire-readtime", *plugins: str, version: str = "0.1.0") -> Record:
    return Record(
        plugins=plugins or ("readtime",),
        distribution=distribution,
        version=version,
        kind="folder",
        requirement="/home/author/missionwire-readtime",
        installed_at="2026-01-02T03:04:05Z",
    )


def test_where_there_is_none_it_is_empty_and_reading_makes_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "nowhere") == Manifest()
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_read_again_and_a_person_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    written = change_manifest(folder, lambda it: it.with_record(a_record()).switched("crew", is_enabled=False))
    assert read_manifest(folder) == written
    text = (folder / FILE).read_text()
    assert '  "disabled": [\n    "crew"\n  ]' in text
    assert '"requirement": "/home/author/missionwire-readtime"' in text


def test_nothing_but_the_manifest_and_its_lock_is_left_behind(tmp_path: Path) -> None:
    change_manifest(tmp_path, lambda it: it.switched("crew", is_enabled=False))
    assert {path.name for path in tmp_path.iterdir()} == {FILE, f"{FILE}.lock"}


def test_a_distribution_has_one_record_the_latest() -> None:
    manifest = Manifest().with_record(a_record()).with_record(a_record(version="0.2.0"))
    assert [record.version for record in manifest.installed] == ["0.2.0"]


def test_records_stand_in_the_order_of_their_names_whatever_the_order_of_installation() -> None:
    one, other = a_record("missionwire-b", "b"), a_record("missionwire-a", "a")
    assert Manifest().with_record(one).with_record(other) == Manifest().with_record(other).with_record(one)


@pytest.mark.parametrize("name", ["readtime", "missionwire-readtime", "Missionwire_Readtime"])
def test_a_record_is_found_by_plugin_and_by_distribution_however_spelled(name: str) -> None:
    assert Manifest().with_record(a_record()).record_of(name) == a_record()


def test_what_is_removed_is_no_longer_off_and_others_stay_off() -> None:
    manifest = Manifest().with_record(a_record())
    manifest = manifest.switched("readtime", is_enabled=False).switched("crew", is_enabled=False)
    assert manifest.without("missionwire-readtime") == Manifest(disabled=("crew",))


def test_switching_twice_is_switching_once(tmp_path: Path) -> None:
    change_manifest(tmp_path, lambda it: it.switched("crew", is_enabled=False))
    before = revision_of(tmp_path)
    change_manifest(tmp_path, lambda it: it.switched("crew", is_enabled=False))
    assert read_manifest(tmp_path).disabled == ("crew",)
    assert revision_of(tmp_path) == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "is damaged"),
        (b"[]", "is damaged"),
        (b'{"schema": 1, "disabled": [3]}', r"is damaged.*disabled"),
        (b'{"schema": 1, "disabled": ["\xff"]}', "is damaged"),
        (b'{"schema": 2, "whatever": true}', "later version of missionwire"),
    ],
)
def test_one_that_cannot_be_understood_is_told_and_never_overwritten(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ManifestError, match=told):
        read_manifest(tmp_path)
    with pytest.raises(ManifestError, match=told):
        change_manifest(tmp_path, lambda it: it.switched("crew", is_enabled=False))
    assert (tmp_path / FILE).read_bytes() == content


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(ManifestError, match=r"plugins\.json cannot be written"):
        change_manifest(tmp_path / "data", lambda it: it.switched("crew", is_enabled=False))


def test_a_change_that_fails_leaves_it_as_it_was(tmp_path: Path) -> None:
    change_manifest(tmp_path, lambda it: it.switched("crew", is_enabled=False))

    def fail(_: Manifest) -> Manifest:
        raise LookupError

    with pytest.raises(LookupError):
        change_manifest(tmp_path, fail)
    assert read_manifest(tmp_path).disabled == ("crew",)


def _write_some(folder: Path, writer: int) -> None:
    for number in range(EACH):
        change_manifest(folder, lambda it, number=number: it.switched(f"p-{writer}-{number}", is_enabled=False))  # type: ignore[misc]  # a default that binds


@pytest.mark.slow
def test_writers_at_the_same_time_lose_nothing_of_each_other(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_some, args=(tmp_path, each)) for each in range(WRITERS)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        read_manifest(tmp_path)  # never half a file
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    assert len(read_manifest(tmp_path).disabled) == WRITERS * EACH


def test_a_watch_gives_each_change_once(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    assert watch.news() is None
    change_manifest(tmp_path, lambda it: it.switched("crew", is_enabled=False))
    assert watch.news() == Manifest(disabled=("crew",))
    assert watch.news() is None
    (tmp_path / FILE).unlink()
    assert watch.news() == Manifest()


def test_news_are_seen_though_nothing_in_it_changed(tmp_path: Path) -> None:
    """Something that the manifest never knew was removed: a running service is to look all the same."""
    watch = Watch(tmp_path)
    change_manifest(tmp_path, lambda it: it)
    assert watch.news() is None
    change_manifest(tmp_path, lambda it: it, is_news=True)
    assert watch.news() == Manifest()


def test_a_watch_sees_a_change_of_the_same_size_at_the_same_time(tmp_path: Path) -> None:
    change_manifest(tmp_path, lambda it: it.switched("crew", is_enabled=False))
    found = (tmp_path / FILE).stat()
    watch = Watch(tmp_path)
    change_manifest(tmp_path, lambda it: it.switched("crew", is_enabled=True).switched("term", is_enabled=False))
    os.utime(tmp_path / FILE, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert watch.news() == Manifest(disabled=("term",))


def test_a_watch_tells_a_damaged_manifest_once_and_goes_on(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    (tmp_path / FILE).write_bytes(b"{")
    with pytest.raises(ManifestError):
        watch.news()
    assert watch.news() is None
    (tmp_path / FILE).unlink()
    change_manifest(tmp_path, lambda it: it.switched("crew", is_enabled=False))
    assert watch.news() == Manifest(disabled=("crew",))
