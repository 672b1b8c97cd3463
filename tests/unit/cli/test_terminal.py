import json

from hypothesis import given
from hypothesis import strategies as st

from missionwire.cli import terminal

DRIVES_A_TERMINAL = [*map(chr, range(0x20)), "\x7f", *map(chr, range(0x80, 0xA0)), "\u202e", "\u2066"]


def test_an_escape_sequence_becomes_a_picture_that_starts_nothing() -> None:
    assert terminal.line("a\x1b[31mred\x07") == "a␛[31mred␇"


def test_line_breaks_are_kept_in_a_text_and_are_spaces_in_a_line() -> None:
    assert terminal.text("one\ntwo\tthree") == "one\ntwo three"
    assert terminal.line("one\ntwo\r") == "one two "


@given(st.text(st.sampled_from([*DRIVES_A_TERMINAL, "a", "é", "宇", "🚀"])))
def test_nothing_that_drives_a_terminal_comes_through_and_offsets_stay(words: str) -> None:
    shown = terminal.line(words)

    assert len(shown) == len(words)
    assert not set(shown) & set(DRIVES_A_TERMINAL)
    assert not set(terminal.text(words)) & set(DRIVES_A_TERMINAL) - {"\n"}


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none()))
def test_a_json_line_is_the_same_json_without_what_drives_a_terminal(document: dict[str, object]) -> None:
    line = terminal.json_line(json.dumps(document, ensure_ascii=False))

    assert json.loads(line) == document
    assert not set(line) & set(DRIVES_A_TERMINAL)
