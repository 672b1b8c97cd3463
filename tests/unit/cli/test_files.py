import json
from pathlib import Path

import pytest
import rich_click as click
from hypothesis import given
from hypothesis import strategies as st

from missionwire.cli.files import About, Fault, Item, find, read

EVENT = '{"specversion": "1.0", "id": "1"}'


def cut(path: Path, content: str | bytes, **about: str) -> list[object]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read(str(path), About(**about)))


def told(found: list[object]) -> list[tuple[int, str]]:
    """The line of each, with its body or message."""
    return [(one.line, one.body.decode() if isinstance(one, Item) else one.message) for one in found]  # type: ignore[attr-defined]  # only these two here


def test_each_item_of_an_array_knows_its_line_and_is_sent_as_it_was_written(tmp_path: Path) -> None:
    found = cut(tmp_path / "a.json", '[\n  {"id": "1",\n   "n": 1.50},\n\n  {"id": "é"}\n]\n')

    assert told(found) == [(2, '{"id": "1",\n   "n": 1.50}'), (5, '{"id": "é"}')]
    assert {one.kind for one in found if isinstance(one, Item)} == {"event"}


@pytest.mark.parametrize("content", [EVENT, f"\ufeff {EVENT}\n", f"[{EVENT}]"])
def test_a_single_event_may_stand_alone_or_in_an_array(tmp_path: Path, content: str) -> None:
    assert told(cut(tmp_path / "a.json", content)) == [(1, EVENT)]


def test_a_json_file_that_is_really_ndjson_is_read_too(tmp_path: Path) -> None:
    assert told(cut(tmp_path / "a.json", f"{EVENT}\n{EVENT}\n")) == [(1, EVENT), (2, EVENT)]


def test_an_object_with_a_text_and_nothing_of_an_event_is_an_article(tmp_path: Path) -> None:
    found = cut(tmp_path / "a.json", '[{"text": "x"}, {"text": "x", "type": "y"}, {"html": "<p>x"}]')

    assert [one.kind for one in found if isinstance(one, Item)] == ["article", "event", "article"]


@pytest.mark.parametrize("name", ["page.html", "PAGE.HTM", "saved-by-curl"])
def test_a_web_page_is_sent_as_the_article_in_it_in_the_charset_that_it_is_in(tmp_path: Path, name: str) -> None:
    page = '<!DOCTYPE html><html><meta charset="windows-1251"><p>Посадка.</p></html>'

    (found,) = cut(tmp_path / name, page.encode("windows-1251"), url="https://a.example/1")

    assert isinstance(found, Item)
    assert (found.kind, json.loads(found.body)) == ("article", {"url": "https://a.example/1", "html": page})


def test_an_empty_page_is_told(tmp_path: Path) -> None:
    assert told(cut(tmp_path / "a.html", " ")) == [(1, "is empty; an article needs a page")]


def test_a_text_that_begins_with_a_tag_is_a_text(tmp_path: Path) -> None:
    (found,) = cut(tmp_path / "a.txt", "<html> is how a page begins.")

    assert isinstance(found, Item)
    assert json.loads(found.body) == {"text": "<html> is how a page begins."}


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("", 1, "is empty"),
        ("[]", 1, "is no JSON: an empty array holds nothing to send"),
        ('[\n{"id": 1}\n{"id": 2}]', 3, "is no JSON: Expecting ',' or ']'"),
        ('{"id": 1,\n"x": }', 2, "is no JSON: Expecting value"),
        ('{"x": NaN}', 1, "is no JSON: NaN is no JSON"),
        ("[5]", 1, "is no object"),
        ("[" * 100_000, 1, "is no JSON: nested too deep"),
        (b'{"a": "\xff"}', 1, "is not UTF-8: a bad byte at offset 7"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(
    tmp_path: Path, content: str | bytes, line: int, message: str
) -> None:
    last = cut(tmp_path / "a.json", content)[-1]

    assert isinstance(last, Fault)
    assert last.line == line
    assert last.message.startswith(message)


def test_a_bad_line_of_ndjson_stops_none_of_the_others(tmp_path: Path) -> None:
    found = cut(tmp_path / "a.ndjson", f"{EVENT}\r\n\nnonsense\n{EVENT} {EVENT}\n{EVENT}")

    assert told(found) == [
        (1, EVENT),
        (3, "is no JSON: Expecting value at column 1"),
        (4, f"has more than one value; the second begins at column {len(EVENT) + 1}"),
        (5, EVENT),
    ]


def test_a_text_is_an_article_with_what_the_command_line_says_of_it(tmp_path: Path) -> None:
    (item,) = cut(tmp_path / "a.txt", "{not json}\nGrüße", title="T", url="https://example.org/a", published="2021-10")

    assert isinstance(item, Item)
    assert item.kind == "article"
    assert json.loads(item.body) == {
        "title": "T",
        "url": "https://example.org/a",
        "published": "2021-10",
        "text": "{not json}\nGrüße",
    }
    assert told(cut(tmp_path / "b.md", " \n")) == [(1, "is empty; an article needs a text")]


def test_a_file_of_unknown_ending_is_told_by_how_it_begins(tmp_path: Path) -> None:
    assert told(cut(tmp_path / "a", f"  {EVENT}")) == [(1, EVENT)]
    assert [one.kind for one in cut(tmp_path / "b", "Once") if isinstance(one, Item)] == ["article"]


def test_a_folder_stands_for_what_in_it_can_be_sent(tmp_path: Path) -> None:
    for name in ("b.json", "a.ndjson", "sub/c.TXT", "sub/d.md", "e.png", ".hidden.json", ".git/f.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(EVENT)

    found = find([str(tmp_path), "-"])

    assert [Path(name).name for name in found] == ["a.ndjson", "b.json", "c.TXT", "d.md", "-"]


@pytest.mark.parametrize("given", [["no such file"], ["-", "-"]])
def test_what_is_not_there_is_wrong_use(given: list[str]) -> None:
    with pytest.raises(click.UsageError):
        find(given)


def test_a_folder_with_nothing_to_send_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="holds nothing to send"):
        find([str(tmp_path)])


@pytest.mark.parametrize("ending", ["json", "ndjson"])
@given(content=st.text(st.sampled_from('[]{},:"a1 \n\\u')) | st.binary(max_size=40))
def test_reading_never_raises_and_lines_are_within_the_file(
    tmp_path_factory: pytest.TempPathFactory, ending: str, content: str | bytes
) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    found = cut(tmp_path_factory.getbasetemp() / f"any.{ending}", raw)

    assert all(1 <= one.line <= raw.count(b"\n") + 2 for one in found)  # type: ignore[attr-defined]  # items and faults
    for one in found:
        if isinstance(one, Item):
            json.loads(one.body)
